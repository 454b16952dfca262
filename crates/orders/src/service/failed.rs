//! What was asked of orders and did not happen. Refuses to ask again: people decide that.

use crate::{
    Orders, OrdersError,
    model::{ActKind, CommandState},
    store::commands,
};
use sauda_accounts::Scope;
use sauda_kernel::{ShopId, Timestamp};

/// A command that did not do what it was to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailedCommand {
    /// Number of the order.
    pub code: String,
    pub shop: ShopId,
    pub kind: ActKind,
    /// `refused` or `unseen`.
    pub state: CommandState,
    /// What the marketplace said, else our word for it.
    pub said: Option<String>,
    pub asked_at: Timestamp,
}

impl Orders {
    /// Commands asked for since a moment that the marketplace refused or that were never seen done, the newest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn failed_commands(
        &self,
        scope: &Scope,
        since: Timestamp,
        limit: i64,
    ) -> Result<Vec<FailedCommand>, OrdersError> {
        let found = commands::failed_since(&self.db, scope, since, limit).await?;
        Ok(found
            .into_iter()
            .map(|(code, shop, one)| FailedCommand {
                code,
                shop,
                kind: one.act.kind(),
                state: one.state,
                said: one.trouble_text.or(one.trouble),
                asked_at: one.asked_at,
            })
            .collect())
    }
}
