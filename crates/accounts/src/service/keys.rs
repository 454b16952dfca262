//! Keys of the JSON API: shown once, stored as fingerprints, never stronger than their maker.

use super::{Accounts, NAME_LETTERS, named, person};
use crate::{AccountsError, ApiKey, AuditEntry, NewKey, Right, Scope, ShownKey, store::keys, token};
use sauda_kernel::ApiKeyId;
use secrecy::ExposeSecret as _;

/// Begins every key, so that people and scanners recognise one.
pub(super) const PREFIX: &str = "sk_";
/// Letters of the key that stay visible.
const HINT_LETTERS: usize = 7;

impl Accounts {
    /// Makes a key. The answer is the only time it is seen whole.
    ///
    /// # Errors
    /// When the actor is no person who may make keys, or a right is missing, unknown to the maker, or the end is past.
    pub async fn make_key(&self, scope: &Scope, mut new: NewKey) -> Result<ShownKey, AccountsError> {
        scope.require(Right::ManageKeys)?;
        let maker = person(scope)?.clone();
        new.name = named("name", &new.name, NAME_LETTERS)?;
        new.rights = Right::ALL
            .into_iter()
            .filter(|right| new.rights.contains(right))
            .collect();
        if new.rights.is_empty() {
            return Err(AccountsError::KeyRights);
        }
        if let Some(right) = new.rights.iter().find(|right| !scope.may(**right)) {
            return Err(AccountsError::KeyRight(right.word().to_owned()));
        }
        let now = self.now();
        if new.expires_at.is_some_and(|end| end <= now) {
            return Err(AccountsError::Past);
        }
        let key = token::random_word(PREFIX)?;
        let id: ApiKeyId = self.id();
        let hint: String = key.expose_secret().chars().take(HINT_LETTERS).collect();
        let hash = token::fingerprint(key.expose_secret());
        let mut tx = self.db.write().await?;
        keys::insert(&mut tx, scope, &maker, &id, (&hash, &hint), &new, now).await?;
        let words = new
            .rights
            .iter()
            .map(|right| right.word())
            .collect::<Vec<_>>()
            .join(" ");
        self.audit
            .record_in(
                &mut tx,
                scope,
                AuditEntry::new("accounts.key_made", &new.name).after(words),
            )
            .await?;
        tx.commit().await?;
        Ok(ShownKey { id, key })
    }

    /// The newest 500 keys of the team, revoked ones too.
    ///
    /// # Errors
    /// When the actor may not manage keys.
    pub async fn keys(&self, scope: &Scope) -> Result<Vec<ApiKey>, AccountsError> {
        scope.require(Right::ManageKeys)?;
        Ok(keys::list(&self.db, scope).await?)
    }

    /// Ends a key at once.
    ///
    /// # Errors
    /// When the team has no such key that works.
    pub async fn revoke_key(&self, scope: &Scope, id: &ApiKeyId) -> Result<(), AccountsError> {
        scope.require(Right::ManageKeys)?;
        let mut tx = self.db.write().await?;
        if keys::revoke(&mut tx, scope, id, self.now()).await? == 0 {
            return Err(AccountsError::NotFound {
                what: "key",
                id: id.to_string(),
            });
        }
        self.audit
            .record_in(&mut tx, scope, AuditEntry::new("accounts.key_revoked", id))
            .await?;
        tx.commit().await?;
        Ok(())
    }
}
