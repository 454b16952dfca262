//! What a person changes about themselves: password, name, language, theme, shortcuts.

use super::{Accounts, NAME_LETTERS, named};
use crate::{
    AccountsError, AuditEntry, Login, Preferences, Session, SignedIn, lockout, password,
    store::{failures, sessions, users, users::UserRow},
    token,
};
use secrecy::{ExposeSecret as _, SecretString};

impl Accounts {
    /// Sets a new password. Other sessions end; this one gets a new cookie.
    ///
    /// # Errors
    /// When the old password is wrong or the new one is not good enough.
    pub async fn change_password(
        &self,
        session: &Session,
        old: SecretString,
        new: SecretString,
    ) -> Result<SignedIn, AccountsError> {
        self.prove_password(session, old).await?;
        password::judge(new.expose_secret(), &session.login)?;
        let hash = self.passwords.hash(new).await?;
        let mut tx = self.db.write().await?;
        users::update_password(&mut tx, &session.user, &hash, self.now()).await?;
        crate::store::links::delete_of_user(&mut tx, &session.user).await?;
        sessions::delete_others(&mut tx, &session.user, &session.id).await?;
        let signed_in = self.rotate(&mut tx, session).await?;
        self.audit
            .record_in(
                &mut tx,
                &session.scope,
                AuditEntry::new("accounts.password_changed", &session.name),
            )
            .await?;
        tx.commit().await?;
        Ok(signed_in)
    }

    /// The person at the keyboard shows to be the one who signed in. Wrong passwords count as at sign-in.
    pub(super) async fn prove_password(
        &self,
        session: &Session,
        word: SecretString,
    ) -> Result<(), AccountsError> {
        let subject = token::fingerprint(&session.login);
        let mut tx = self.db.write().await?;
        self.count(&mut tx, "login", &subject, &lockout::LOGIN).await?;
        tx.commit().await?;
        let user = users::find(&self.db, &session.user).await?;
        let verdict = self
            .passwords
            .check(user.as_ref().map(|user| user.password_hash.as_str()), word)
            .await?;
        if !verdict.matches {
            return Err(AccountsError::WrongPassword);
        }
        failures::delete(&self.db, "login", &subject).await?;
        Ok(())
    }

    pub(super) async fn user_by_login(&self, login: &str) -> Result<UserRow, AccountsError> {
        let login = Login::parse(login)?;
        let found = users::find_by_login(&self.db, login.as_str()).await?;
        found.ok_or_else(|| AccountsError::NotFound {
            what: "login",
            id: login.as_str().to_owned(),
        })
    }

    /// # Errors
    /// When the database does not answer.
    pub async fn set_preferences(&self, session: &Session, wanted: Preferences) -> Result<(), AccountsError> {
        Ok(users::update_preferences(&self.db, &session.user, wanted).await?)
    }

    /// # Errors
    /// When the name is empty or too long.
    pub async fn set_name(&self, session: &Session, name: &str) -> Result<(), AccountsError> {
        let name = named("name", name, NAME_LETTERS)?;
        let mut tx = self.db.write().await?;
        users::update_name(&mut tx, &session.user, &name).await?;
        let entry = AuditEntry::new("accounts.name_changed", &session.user)
            .before(&session.name)
            .after(&name);
        self.audit.record_in(&mut tx, &session.scope, entry).await?;
        tx.commit().await?;
        Ok(())
    }
}
