//! Links that set a new password, made by an owner or by the program's own command; there is no mail yet.

use super::{Accounts, person};
use crate::{
    AccountsError, AuditEntry, Link, Login, Right, Scope, password,
    store::{failures, links, sessions, team, users, users::UserRow},
    token,
};
use sauda_kernel::UserId;
use sauda_store::Tx;
use secrecy::{ExposeSecret as _, SecretString};

impl Accounts {
    /// A link for a person of the team. The second factor stays.
    ///
    /// # Errors
    /// When the actor may not manage the team, the person is not in it, or is in another team too: a password opens all of them.
    pub async fn reset_link(&self, scope: &Scope, user: &UserId) -> Result<Link, AccountsError> {
        scope.require(Right::ManageTeam)?;
        person(scope)?;
        let mut tx = self.db.write().await?;
        let memberships = team::memberships(&mut tx, user).await?;
        if !memberships.iter().any(|home| home.merchant == *scope.merchant()) {
            return Err(AccountsError::NotFound {
                what: "user",
                id: user.to_string(),
            });
        }
        if memberships.len() > 1 {
            return Err(AccountsError::ForeignMember);
        }
        let Some(user) = users::find(&mut tx, user).await? else {
            return Err(AccountsError::NotFound {
                what: "user",
                id: user.to_string(),
            });
        };
        let link = self.make_link(&mut tx, &user).await?;
        self.audit
            .record_in(
                &mut tx,
                scope,
                AuditEntry::new("accounts.reset_link_made", &user.name),
            )
            .await?;
        tx.commit().await?;
        Ok(link)
    }

    /// A link for whoever has the login; for the program's own command only.
    ///
    /// # Errors
    /// When nobody has it.
    pub async fn reset_link_for(&self, login: &str) -> Result<Link, AccountsError> {
        let user = self.user_by_login(login).await?;
        let mut tx = self.db.write().await?;
        let link = self.make_link(&mut tx, &user).await?;
        self.record_everywhere(&mut tx, &user, "accounts.reset_link_made", None)
            .await?;
        tx.commit().await?;
        Ok(link)
    }

    async fn make_link(&self, tx: &mut Tx, user: &UserRow) -> Result<Link, AccountsError> {
        let word = token::random_word("")?;
        let expires_at = self.now().plus(self.settings.reset_life);
        links::delete_of_user(&mut *tx, &user.id).await?;
        links::insert(
            tx,
            &token::fingerprint(word.expose_secret()),
            &user.id,
            self.now(),
            expires_at,
        )
        .await?;
        Ok(Link {
            token: word,
            expires_at,
        })
    }

    /// Whose password the link sets, masked.
    ///
    /// # Errors
    /// When the link does not work.
    pub async fn reset_facts(&self, link: &str) -> Result<String, AccountsError> {
        let user = links::find(&self.db, &token::fingerprint(link), self.now())
            .await?
            .ok_or(AccountsError::LinkDead)?;
        let user = users::find(&self.db, &user)
            .await?
            .ok_or(AccountsError::LinkDead)?;
        Ok(user.login.masked())
    }

    /// Sets the password, uses the link up and ends every session of the person, who then signs in as always.
    ///
    /// # Errors
    /// When the link does not work or the password is not good enough.
    pub async fn reset_password(
        &self,
        link: &str,
        new: SecretString,
        address: &str,
    ) -> Result<(), AccountsError> {
        let hash = token::fingerprint(link);
        let user = links::find(&self.db, &hash, self.now())
            .await?
            .ok_or(AccountsError::LinkDead)?;
        let user = users::find(&self.db, &user)
            .await?
            .ok_or(AccountsError::LinkDead)?;
        password::judge(new.expose_secret(), user.login.as_str())?;
        let password_hash = self.passwords.hash(new).await?;
        let mut tx = self.db.write().await?;
        if !links::delete(&mut tx, &hash).await? {
            return Err(AccountsError::LinkDead);
        }
        users::update_password(&mut tx, &user.id, &password_hash, self.now()).await?;
        sessions::delete_of_user(&mut tx, &user.id).await?;
        failures::delete(&mut tx, "login", &token::fingerprint(user.login.as_str())).await?;
        self.record_everywhere(&mut tx, &user, "accounts.password_reset", Some(address))
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Writes the same act into the log of each team of a person.
    async fn record_everywhere(
        &self,
        tx: &mut Tx,
        user: &UserRow,
        what: &'static str,
        address: Option<&str>,
    ) -> Result<(), AccountsError> {
        for home in team::memberships(&mut *tx, &user.id).await? {
            let (scope, entry) = match address {
                Some(address) => (
                    Scope::person(
                        home.merchant,
                        user.id.clone(),
                        user.name.clone(),
                        home.role,
                        address,
                    ),
                    AuditEntry::new(what, &user.name),
                ),
                None => (
                    Scope::system(home.merchant, "command"),
                    AuditEntry::new(what, &user.name),
                ),
            };
            self.audit.record_in(tx, &scope, entry).await?;
        }
        Ok(())
    }

    /// Whether a text is a login at all; for forms.
    ///
    /// # Errors
    /// When it is neither a mail address nor a phone number.
    pub fn read_login(typed: &str) -> Result<Login, AccountsError> {
        Login::parse(typed)
    }
}
