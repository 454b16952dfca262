//! Acting for a person of the team who proved themselves by another way than a cookie: a chat that was linked with a one-time code.
//! The rights are those of this moment: who left the team has none.

use super::Accounts;
use crate::{AccountsError, MemberFound, Scope, store::team};
use sauda_kernel::{MerchantId, UserId};

impl Accounts {
    /// The person as they may act now; nothing when they do not belong to the merchant (any more). `way` says by which door, for
    /// the audit, such as `telegram`.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn member(
        &self,
        merchant: &MerchantId,
        user: &UserId,
        way: &str,
    ) -> Result<Option<MemberFound>, AccountsError> {
        let Some(found) = team::find(&self.db, merchant, user).await? else {
            return Ok(None);
        };
        let scope = Scope::person(
            merchant.clone(),
            user.clone(),
            found.name.clone(),
            found.role,
            way,
        );
        Ok(Some(MemberFound {
            user: user.clone(),
            name: found.name,
            login: found.login,
            language: found.language,
            scope,
        }))
    }

    /// People of a merchant, oldest first, for what the program does by itself for each of them.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn members(&self, merchant: &MerchantId) -> Result<Vec<UserId>, AccountsError> {
        Ok(team::users(&self.db, merchant).await?)
    }
}
