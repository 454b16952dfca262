//! The first owner of an installation, and later merchants where the operator allows strangers.

use super::{Accounts, NAME_LETTERS, named};
use crate::{
    AccountsError, AuditEntry, Language, Login, Merchant, NewOwner, Role, Scope, SignedIn, Visitor, password,
    store::{sessions::NewSession, team, users, users::UserRow},
    token,
};
use sauda_kernel::{MerchantId, UserId};
use sauda_store::{StoreError, Tx};
use secrecy::{ExposeSecret as _, SecretString};

impl Accounts {
    /// Whether nobody has signed up yet: the sign-in page shows the first owner's form then.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn needs_owner(&self) -> Result<bool, AccountsError> {
        Ok(!crate::store::users::has_first_owner(&self.db).await?)
    }

    /// Whether a stranger may sign up now.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sign_up_open(&self) -> Result<bool, AccountsError> {
        Ok(self.settings.open_sign_up || self.needs_owner().await?)
    }

    /// Every merchant of the installation: for loops of the program itself.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn merchants(&self) -> Result<Vec<Merchant>, AccountsError> {
        Ok(team::merchants(&self.db).await?)
    }

    /// Makes a merchant and its owner and signs the owner in.
    ///
    /// # Errors
    /// When the installation has an owner already, or a field is wrong, or the login is taken.
    pub async fn sign_up(&self, new: NewOwner, visitor: &Visitor) -> Result<SignedIn, AccountsError> {
        if !self.sign_up_open().await? {
            return Err(AccountsError::SignUpClosed);
        }
        let merchant_name = named("merchant_name", &new.merchant_name, NAME_LETTERS)?;
        let user = self.prepare_user(&new.name, &new.login, &new.password).await?;
        let merchant: MerchantId = self.id();
        let now = self.now();
        let mut tx = self.db.write().await?;
        self.insert_user(&mut tx, &user, new.language).await?;
        let first = users::insert_first_owner(&mut tx, &user.id, now).await?;
        if !first && !self.settings.open_sign_up {
            // Somebody else was faster. Nothing of this attempt stays.
            return Err(AccountsError::SignUpClosed);
        }
        team::insert_merchant(&mut tx, &merchant, &merchant_name, now).await?;
        team::insert(&mut tx, &merchant, &user.id, Role::Owner, now).await?;
        let scope = Scope::person(
            merchant.clone(),
            user.id.clone(),
            user.name.clone(),
            Role::Owner,
            &visitor.address,
        );
        self.audit
            .record_in(
                &mut tx,
                &scope,
                AuditEntry::new("accounts.sign_up", &merchant_name),
            )
            .await?;
        let signed_in = self
            .open_session(&mut tx, &user.id, &merchant, false, visitor)
            .await?;
        tx.commit().await?;
        tracing::info!(user.id = %user.id, merchant.id = %merchant, "merchant signed up");
        Ok(signed_in)
    }

    /// Checks a new person's fields and hashes the password; stores nothing.
    pub(super) async fn prepare_user(
        &self,
        name: &str,
        login: &str,
        word: &SecretString,
    ) -> Result<UserRow, AccountsError> {
        let name = named("name", name, NAME_LETTERS)?;
        let login = Login::parse(login)?;
        password::judge(word.expose_secret(), login.as_str())?;
        let password_hash = self.passwords.hash(word.clone()).await?;
        Ok(UserRow {
            id: self.id(),
            login,
            name,
            password_hash,
        })
    }

    pub(super) async fn insert_user(
        &self,
        tx: &mut Tx,
        user: &UserRow,
        language: Option<Language>,
    ) -> Result<(), AccountsError> {
        if users::find_by_login(&mut *tx, user.login.as_str())
            .await?
            .is_some()
        {
            return Err(AccountsError::LoginTaken);
        }
        match users::insert(tx, user, language, self.now()).await {
            // Two people took the login in the same moment.
            Err(StoreError::Conflict { .. }) => Err(AccountsError::LoginTaken),
            other => Ok(other?),
        }
    }

    pub(super) async fn open_session(
        &self,
        tx: &mut Tx,
        user: &UserId,
        merchant: &MerchantId,
        needs_code: bool,
        visitor: &Visitor,
    ) -> Result<SignedIn, AccountsError> {
        let word = token::random_word("")?;
        let at = self.now();
        let life = if needs_code {
            super::second_factor::CODE_LIFE
        } else {
            self.settings.session_longest
        };
        let expires_at = at.plus(life);
        let new = NewSession {
            id: &self.id(),
            token_hash: &token::fingerprint(word.expose_secret()),
            user,
            merchant,
            needs_code,
            at,
            expires_at,
            visitor,
        };
        crate::store::sessions::insert(&mut *tx, &new).await?;
        if !needs_code {
            team::touch(tx, merchant, user, at).await?;
        }
        Ok(SignedIn {
            token: word,
            expires_at,
            needs_code,
        })
    }
}
