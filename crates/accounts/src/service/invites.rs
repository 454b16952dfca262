//! Invitations to a team by link.

use super::Accounts;
use crate::{
    AccountsError, AuditEntry, Invite, InviteFacts, Link, Login, NewPerson, Right, Role, Scope, Session,
    SignedIn, Visitor, lockout,
    store::{failures, invites, invites::OpenInvite, second_factor, sessions, team, users, users::UserRow},
    token,
};
use sauda_kernel::{InviteId, UserId};
use sauda_store::Tx;
use secrecy::{ExposeSecret as _, SecretString};

/// Longest note about whom an invitation is for, in characters.
const NOTE_LETTERS: usize = 120;

impl Accounts {
    /// Makes a link that one person may use once.
    ///
    /// # Errors
    /// When the actor may not manage the team or the note is too long.
    pub async fn invite(&self, scope: &Scope, role: Role, note: &str) -> Result<Link, AccountsError> {
        scope.require(Right::ManageTeam)?;
        let note = note.split_whitespace().collect::<Vec<_>>().join(" ");
        if note.chars().count() > NOTE_LETTERS {
            return Err(AccountsError::BadText {
                field: "note",
                max: NOTE_LETTERS,
            });
        }
        let word = token::random_word("")?;
        let at = self.now();
        let expires_at = at.plus(self.settings.invite_life);
        let new = invites::NewInvite {
            id: &self.id(),
            token_hash: &token::fingerprint(word.expose_secret()),
            role,
            note: &note,
            at,
            expires_at,
        };
        let mut tx = self.db.write().await?;
        invites::insert(&mut tx, scope, &new).await?;
        let subject = if note.is_empty() {
            new.id.to_string()
        } else {
            note.clone()
        };
        self.audit
            .record_in(
                &mut tx,
                scope,
                AuditEntry::new("accounts.invite_made", subject).after(role.word()),
            )
            .await?;
        tx.commit().await?;
        Ok(Link {
            token: word,
            expires_at,
        })
    }

    /// The newest 200 invitations of the team.
    ///
    /// # Errors
    /// When the actor may not manage the team.
    pub async fn invites(&self, scope: &Scope) -> Result<Vec<Invite>, AccountsError> {
        scope.require(Right::ManageTeam)?;
        Ok(invites::list(&self.db, scope, self.now()).await?)
    }

    /// Takes an invitation back.
    ///
    /// # Errors
    /// When there is no open invitation with this id in the team.
    pub async fn revoke_invite(&self, scope: &Scope, id: &InviteId) -> Result<(), AccountsError> {
        scope.require(Right::ManageTeam)?;
        let mut tx = self.db.write().await?;
        if invites::revoke(&mut tx, scope, id, self.now()).await? == 0 {
            return Err(AccountsError::NotFound {
                what: "invite",
                id: id.to_string(),
            });
        }
        self.audit
            .record_in(&mut tx, scope, AuditEntry::new("accounts.invite_revoked", id))
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// What the invited person is told.
    ///
    /// # Errors
    /// When the link does not work.
    pub async fn invite_facts(&self, link: &str) -> Result<InviteFacts, AccountsError> {
        let found = self.open_invite(link).await?;
        Ok(InviteFacts {
            merchant_name: found.merchant_name,
            made_by: found.made_by,
            role: found.role,
            expires_at: found.expires_at,
        })
    }

    async fn open_invite(&self, link: &str) -> Result<OpenInvite, AccountsError> {
        let found = invites::find_open(&self.db, &token::fingerprint(link), self.now()).await?;
        found.ok_or(AccountsError::LinkDead)
    }

    /// A person without a login here accepts: gets one, joins the team and is signed in. Somebody who left every team comes
    /// back with the old login and password, and the second factor if it is on.
    ///
    /// # Errors
    /// When the link does not work, a field is wrong, or the login is taken: then sign in first and open the link again.
    pub async fn accept_invite_new(
        &self,
        link: &str,
        new: NewPerson,
        visitor: &Visitor,
    ) -> Result<SignedIn, AccountsError> {
        let found = self.open_invite(link).await?;
        let login = Login::parse(&new.login)?;
        if let Some(known) = users::find_by_login(&self.db, login.as_str()).await?
            && team::memberships(&self.db, &known.id).await?.is_empty()
        {
            return self.come_back(&found, known, new.password, visitor).await;
        }
        let user = self.prepare_user(&new.name, &new.login, &new.password).await?;
        let mut tx = self.db.write().await?;
        self.insert_user(&mut tx, &user, new.language).await?;
        self.join(&mut tx, &found, &user.id, &user.name, &visitor.address)
            .await?;
        let signed_in = self
            .open_session(&mut tx, &user.id, &found.merchant, false, visitor)
            .await?;
        tx.commit().await?;
        Ok(signed_in)
    }

    async fn come_back(
        &self,
        found: &OpenInvite,
        known: UserRow,
        password: SecretString,
        visitor: &Visitor,
    ) -> Result<SignedIn, AccountsError> {
        let subject = token::fingerprint(known.login.as_str());
        let mut tx = self.db.write().await?;
        self.count(&mut tx, "login", &subject, &lockout::LOGIN).await?;
        tx.commit().await?;
        if !self
            .passwords
            .check(Some(&known.password_hash), password)
            .await?
            .matches
        {
            return Err(AccountsError::WrongPair);
        }
        let factor = second_factor::find(&self.db, &known.id).await?;
        let needs_code = factor.is_some_and(|factor| factor.confirmed_at.is_some());
        let mut tx = self.db.write().await?;
        failures::delete(&mut tx, "login", &subject).await?;
        self.join(&mut tx, found, &known.id, &known.name, &visitor.address)
            .await?;
        let signed_in = self
            .open_session(&mut tx, &known.id, &found.merchant, needs_code, visitor)
            .await?;
        tx.commit().await?;
        Ok(signed_in)
    }

    /// A person who is signed in accepts: the session moves to the new team, with a new cookie.
    ///
    /// # Errors
    /// When the link does not work or the person is in the team already.
    pub async fn accept_invite(&self, session: &Session, link: &str) -> Result<SignedIn, AccountsError> {
        let found = self.open_invite(link).await?;
        let mut tx = self.db.write().await?;
        self.join(
            &mut tx,
            &found,
            &session.user,
            &session.name,
            session.scope.address().unwrap_or_default(),
        )
        .await?;
        sessions::update_merchant(&mut tx, &session.id, &found.merchant).await?;
        team::touch(&mut tx, &found.merchant, &session.user, self.now()).await?;
        let signed_in = self.rotate(&mut tx, session).await?;
        tx.commit().await?;
        Ok(signed_in)
    }

    async fn join(
        &self,
        tx: &mut Tx,
        found: &OpenInvite,
        user: &UserId,
        name: &str,
        address: &str,
    ) -> Result<(), AccountsError> {
        if !invites::use_up(&mut *tx, &found.id, user, self.now()).await? {
            return Err(AccountsError::LinkDead);
        }
        if !team::insert(&mut *tx, &found.merchant, user, found.role, self.now()).await? {
            return Err(AccountsError::MemberAlready);
        }
        let scope = Scope::person(
            found.merchant.clone(),
            user.clone(),
            name.to_owned(),
            found.role,
            address,
        );
        let entry = AuditEntry::new("accounts.invite_accepted", name).after(found.role.word());
        self.audit.record_in(tx, &scope, entry).await.map(|_| ())
    }
}
