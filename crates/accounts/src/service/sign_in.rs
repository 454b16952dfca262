//! Login and password. One answer and one way through the code for an unknown login and for a wrong password.

use super::Accounts;
use crate::{
    AccountsError, AuditEntry, Login, Scope, SignedIn, Visitor,
    lockout::{self, Policy},
    store::{failures, second_factor, team, users, users::UserRow},
    token,
};
use sauda_kernel::Timestamp;
use sauda_store::Tx;
use secrecy::SecretString;

/// The tallies that one attempt counts against.
struct Subjects {
    login: String,
    address: String,
}

impl Accounts {
    /// Opens a session, or the wait for the second factor.
    ///
    /// # Errors
    /// `WrongPair` for any wrong pair; `Locked` until when no attempt of this login or address is looked at.
    pub async fn sign_in(
        &self,
        login: &str,
        password: SecretString,
        visitor: &Visitor,
    ) -> Result<SignedIn, AccountsError> {
        let login = Login::parse(login)
            .map_or_else(|_| login.trim().to_lowercase(), |login| login.as_str().to_owned());
        let subjects = Subjects {
            login: token::fingerprint(&login),
            address: token::fingerprint(&visitor.address),
        };
        let locked_until = self.count_attempt(&subjects).await?;
        let user = users::find_by_login(&self.db, &login).await?;
        let verdict = self
            .passwords
            .check(
                user.as_ref().map(|user| user.password_hash.as_str()),
                password.clone(),
            )
            .await?;
        match user.filter(|_| verdict.matches) {
            Some(user) => {
                let renewed = if verdict.outdated {
                    Some(self.passwords.hash(password).await?)
                } else {
                    None
                };
                self.admit(user, renewed, &subjects, visitor).await
            }
            None => {
                tracing::info!(address = %visitor.address, "sign-in refused");
                let now = self.now();
                if locked_until > now {
                    return Err(AccountsError::Locked {
                        until: locked_until,
                        wait: locked_until.since(now),
                    });
                }
                Err(AccountsError::WrongPair)
            }
        }
    }

    /// Counts the attempt before it is looked at; the moment until which the next one would be closed.
    async fn count_attempt(&self, subjects: &Subjects) -> Result<Timestamp, AccountsError> {
        let mut tx = self.db.write().await?;
        let login = self
            .count(&mut tx, "login", &subjects.login, &lockout::LOGIN)
            .await?;
        let address = self
            .count(&mut tx, "address", &subjects.address, &lockout::ADDRESS)
            .await?;
        tx.commit().await?;
        Ok(login.max(address))
    }

    /// Counts one attempt of one subject, in a transaction. When it is locked nothing of the transaction may stay.
    pub(super) async fn count(
        &self,
        tx: &mut Tx,
        kind: &'static str,
        subject: &str,
        policy: &Policy,
    ) -> Result<Timestamp, AccountsError> {
        let now = self.now();
        let tally = failures::hold(tx, kind, subject).await?;
        match lockout::attempt(tally, policy, now) {
            Ok(tally) => {
                failures::update(tx, kind, subject, tally).await?;
                Ok(tally.locked_until)
            }
            Err(until) => Err(AccountsError::Locked {
                until,
                wait: until.since(now),
            }),
        }
    }

    async fn admit(
        &self,
        user: UserRow,
        renewed: Option<String>,
        subjects: &Subjects,
        visitor: &Visitor,
    ) -> Result<SignedIn, AccountsError> {
        let memberships = team::memberships(&self.db, &user.id).await?;
        let Some(home) = memberships.into_iter().next() else {
            return Err(AccountsError::NoTeam);
        };
        let factor = second_factor::find(&self.db, &user.id).await?;
        let needs_code = factor.is_some_and(|factor| factor.confirmed_at.is_some());
        let mut tx = self.db.write().await?;
        failures::delete(&mut tx, "login", &subjects.login).await?;
        failures::forgive_one(&mut tx, "address", &subjects.address, self.now()).await?;
        if let Some(hash) = renewed {
            users::update_hash(&mut tx, &user.id, &user.password_hash, &hash).await?;
        }
        let signed_in = self
            .open_session(&mut tx, &user.id, &home.merchant, needs_code, visitor)
            .await?;
        if !needs_code {
            let scope = Scope::person(
                home.merchant,
                user.id.clone(),
                user.name,
                home.role,
                &visitor.address,
            );
            self.audit
                .record_in(
                    &mut tx,
                    &scope,
                    AuditEntry::new("accounts.sign_in", crate::device_name(&visitor.device)),
                )
                .await?;
        }
        tx.commit().await?;
        Ok(signed_in)
    }
}
