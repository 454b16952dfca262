//! The second step of sign-in: setting it up, asking for it, recovery codes, switching it off.

use super::Accounts;
use crate::{
    AccountsError, AuditEntry, Awaiting, Enrolment, RecoveryCodes, Scope, SecondFactor, Session, SignedIn,
    Visitor, lockout, second_factor as rules,
    store::{failures, second_factor as store, sessions, team, users},
    token,
};
use sauda_kernel::{MerchantId, Span, UserId};
use sauda_store::{On, Tx};
use secrecy::{ExposeSecret as _, SecretString};

/// How long the page waits for a code after the password.
pub(super) const CODE_LIFE: Span = Span::from_mins(10);

fn purpose(user: &UserId) -> String {
    format!("user:{user}:totp")
}

impl Accounts {
    /// # Errors
    /// When the database does not answer.
    pub async fn second_factor(&self, session: &Session) -> Result<SecondFactor, AccountsError> {
        let found = store::find(&self.db, &session.user).await?;
        let since = found.and_then(|factor| factor.confirmed_at);
        let codes_left = store::count_codes(&self.db, &session.user).await?;
        Ok(SecondFactor { since, codes_left })
    }

    /// Makes a secret for a code app. Nothing changes at sign-in until a first code proves it.
    ///
    /// # Errors
    /// When the password is wrong or two-step sign-in is on already.
    pub async fn begin_second_factor(
        &self,
        session: &Session,
        password: SecretString,
    ) -> Result<Enrolment, AccountsError> {
        self.prove_password(session, password).await?;
        let mut secret = zeroize::Zeroizing::new([0_u8; rules::SECRET_BYTES]);
        token::fill(&mut *secret)?;
        let sealed = self.vault.seal(&purpose(&session.user), &*secret)?;
        if !store::begin(&self.db, &session.user, &sealed).await? {
            return Err(AccountsError::SecondFactorOn);
        }
        self.shown(session, &*secret)
    }

    /// The same secret again, for a page that is reloaded or answered a wrong first code.
    ///
    /// # Errors
    /// When two-step sign-in is not being set up.
    pub async fn pending_second_factor(&self, session: &Session) -> Result<Enrolment, AccountsError> {
        match store::find(&self.db, &session.user).await? {
            Some(factor) if factor.confirmed_at.is_none() => {
                let secret = self.vault.open(&purpose(&session.user), &factor.secret)?;
                self.shown(session, &secret)
            }
            _ => Err(AccountsError::SecondFactorOff),
        }
    }

    fn shown(&self, session: &Session, secret: &[u8]) -> Result<Enrolment, AccountsError> {
        let otpauth = rules::otpauth(&self.settings.issuer, &session.login, secret);
        let picture = rules::picture(&otpauth)?;
        Ok(Enrolment {
            secret: rules::secret_text(secret).into(),
            otpauth: otpauth.into(),
            picture: picture.into(),
        })
    }

    /// A first code switches two-step sign-in on. Other sessions end; this one gets a new cookie.
    ///
    /// # Errors
    /// When the code is wrong, or nothing is being set up.
    pub async fn confirm_second_factor(
        &self,
        session: &Session,
        code: &str,
    ) -> Result<(RecoveryCodes, SignedIn), AccountsError> {
        let factor = store::find(&self.db, &session.user)
            .await?
            .ok_or(AccountsError::SecondFactorOff)?;
        if factor.confirmed_at.is_some() {
            return Err(AccountsError::SecondFactorOn);
        }
        self.count_code(&session.user).await?;
        let secret = self.vault.open(&purpose(&session.user), &factor.secret)?;
        let step = rules::matching_step(&secret, code, factor.last_step, self.now())?
            .ok_or(AccountsError::WrongCode)?;
        let codes = rules::recovery_codes()?;
        let mut tx = self.db.write().await?;
        if !store::use_step(&mut tx, &session.user, step).await? {
            return Err(AccountsError::WrongCode);
        }
        if !store::confirm(&mut tx, &session.user, self.now()).await? {
            return Err(AccountsError::SecondFactorOn);
        }
        self.replace_codes(&mut tx, &session.user, &codes).await?;
        failures::delete(&mut tx, "code", &token::fingerprint(session.user.as_str())).await?;
        sessions::delete_others(&mut tx, &session.user, &session.id).await?;
        let signed_in = self.rotate(&mut tx, session).await?;
        self.audit
            .record_in(
                &mut tx,
                &session.scope,
                AuditEntry::new("accounts.second_factor_on", &session.name),
            )
            .await?;
        tx.commit().await?;
        Ok((RecoveryCodes(codes), signed_in))
    }

    /// Makes new recovery codes; the old ones stop working.
    ///
    /// # Errors
    /// When the password is wrong or two-step sign-in is off.
    pub async fn renew_recovery_codes(
        &self,
        session: &Session,
        password: SecretString,
    ) -> Result<RecoveryCodes, AccountsError> {
        self.prove_password(session, password).await?;
        let codes = rules::recovery_codes()?;
        let mut tx = self.db.write().await?;
        let on = store::find(&mut tx, &session.user)
            .await?
            .is_some_and(|factor| factor.confirmed_at.is_some());
        if !on {
            return Err(AccountsError::SecondFactorOff);
        }
        self.replace_codes(&mut tx, &session.user, &codes).await?;
        self.audit
            .record_in(
                &mut tx,
                &session.scope,
                AuditEntry::new("accounts.recovery_codes_made", &session.name),
            )
            .await?;
        tx.commit().await?;
        Ok(RecoveryCodes(codes))
    }

    /// Switches two-step sign-in off. Other sessions end; this one gets a new cookie.
    ///
    /// # Errors
    /// When the password is wrong or it is off already.
    pub async fn end_second_factor(
        &self,
        session: &Session,
        password: SecretString,
    ) -> Result<SignedIn, AccountsError> {
        self.prove_password(session, password).await?;
        let mut tx = self.db.write().await?;
        if store::delete(&mut tx, &session.user).await? == 0 {
            return Err(AccountsError::SecondFactorOff);
        }
        store::delete_codes(&mut tx, &session.user).await?;
        sessions::delete_others(&mut tx, &session.user, &session.id).await?;
        let signed_in = self.rotate(&mut tx, session).await?;
        self.audit
            .record_in(
                &mut tx,
                &session.scope,
                AuditEntry::new("accounts.second_factor_off", &session.name),
            )
            .await?;
        tx.commit().await?;
        Ok(signed_in)
    }

    /// The second step of sign-in: a code of the app or a recovery code. The session opens with a new cookie.
    ///
    /// # Errors
    /// When the cookie waits for no code, the code is wrong or used, or there were too many wrong ones.
    pub async fn enter_code(
        &self,
        cookie: &str,
        code: &str,
        visitor: &Visitor,
    ) -> Result<SignedIn, AccountsError> {
        let found = sessions::find(
            &self.db,
            &token::fingerprint(cookie),
            self.now(),
            self.idle_since(),
        )
        .await?;
        let Some(sessions::Found::Awaiting { awaiting, merchant }) = found else {
            return Err(AccountsError::NoCodeAwaited);
        };
        let locked_until = self.count_code(&awaiting.user).await?;
        let mut tx = self.db.write().await?;
        let Some(recovered) = self.use_code(&mut tx, &awaiting, code).await? else {
            drop(tx);
            let now = self.now();
            if locked_until > now {
                return Err(AccountsError::Locked {
                    until: locked_until,
                    wait: locked_until.since(now),
                });
            }
            return Err(AccountsError::WrongCode);
        };
        let signed_in = self
            .open_fully(&mut tx, &awaiting, merchant, recovered, visitor)
            .await?;
        tx.commit().await?;
        Ok(signed_in)
    }

    /// The code was right: the half-open session opens, with a new cookie, and the sign-in is written down.
    async fn open_fully(
        &self,
        tx: &mut Tx,
        awaiting: &Awaiting,
        merchant: MerchantId,
        recovered: bool,
        visitor: &Visitor,
    ) -> Result<SignedIn, AccountsError> {
        let word = token::random_word("")?;
        let (now, expires_at) = (self.now(), self.now().plus(self.settings.session_longest));
        if !sessions::promote(
            &mut *tx,
            &awaiting.id,
            &token::fingerprint(word.expose_secret()),
            now,
            expires_at,
        )
        .await?
        {
            return Err(AccountsError::NoCodeAwaited);
        }
        failures::delete(&mut *tx, "code", &token::fingerprint(awaiting.user.as_str())).await?;
        team::touch(&mut *tx, &merchant, &awaiting.user, now).await?;
        let user = users::find(&mut *tx, &awaiting.user)
            .await?
            .ok_or(AccountsError::NoCodeAwaited)?;
        let memberships = team::memberships(&mut *tx, &awaiting.user).await?;
        let Some(home) = memberships.into_iter().find(|home| home.merchant == merchant) else {
            return Err(AccountsError::NoTeam);
        };
        let scope = Scope::person(merchant, user.id, user.name, home.role, &visitor.address);
        let what = if recovered {
            "accounts.sign_in_recovery_code"
        } else {
            "accounts.sign_in"
        };
        self.audit
            .record_in(
                tx,
                &scope,
                AuditEntry::new(what, crate::device_name(&visitor.device)),
            )
            .await?;
        Ok(SignedIn {
            token: word,
            expires_at,
            needs_code: false,
        })
    }

    /// Uses up a code: `Some(true)` for a recovery code, `Some(false)` for a code of the app, nothing for a wrong one.
    async fn use_code(
        &self,
        tx: &mut Tx,
        awaiting: &Awaiting,
        typed: &str,
    ) -> Result<Option<bool>, AccountsError> {
        if let Some(folded) = rules::fold_recovery(typed) {
            let used = store::use_code(tx, &awaiting.user, &token::fingerprint(&folded), self.now()).await?;
            return Ok(used.then_some(true));
        }
        let Some(factor) = store::find(&mut *tx, &awaiting.user).await? else {
            return Ok(None);
        };
        let secret = self.vault.open(&purpose(&awaiting.user), &factor.secret)?;
        let Some(step) = rules::matching_step(&secret, typed, factor.last_step, self.now())? else {
            return Ok(None);
        };
        let used = store::use_step(tx, &awaiting.user, step).await?;
        Ok(used.then_some(false))
    }

    async fn count_code(&self, user: &UserId) -> Result<sauda_kernel::Timestamp, AccountsError> {
        let mut tx = self.db.write().await?;
        let until = self
            .count(
                &mut tx,
                "code",
                &token::fingerprint(user.as_str()),
                &lockout::CODE,
            )
            .await?;
        tx.commit().await?;
        Ok(until)
    }

    async fn replace_codes(
        &self,
        tx: &mut Tx,
        user: &UserId,
        codes: &[SecretString],
    ) -> Result<(), AccountsError> {
        store::delete_codes(&mut *tx, user).await?;
        let hashes = codes
            .iter()
            .map(|code| token::fingerprint(&code.expose_secret().replace('-', "")))
            .collect();
        Ok(store::insert_codes(tx, user, hashes).await?)
    }

    /// Switches a lost second factor off; for the program's own command only.
    ///
    /// # Errors
    /// When nobody has the login, or it is off already.
    pub async fn drop_second_factor(&self, login: &str) -> Result<(), AccountsError> {
        let user = self.user_by_login(login).await?;
        let mut tx = self.db.write().await?;
        if store::delete(&mut tx, &user.id).await? == 0 {
            return Err(AccountsError::SecondFactorOff);
        }
        store::delete_codes(On::from(&mut tx), &user.id).await?;
        sessions::delete_of_user(&mut tx, &user.id).await?;
        for home in team::memberships(&mut tx, &user.id).await? {
            let scope = Scope::system(home.merchant, "command");
            self.audit
                .record_in(
                    &mut tx,
                    &scope,
                    AuditEntry::new("accounts.second_factor_off", &user.name),
                )
                .await?;
        }
        tx.commit().await?;
        Ok(())
    }
}
