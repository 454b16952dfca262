//! What buyers were to be told and were not, for those who answer for it. Refuses to send anything again.

use super::{Team, TeamError};
use crate::{model::Message, store::messages};
use sauda_accounts::Scope;
use sauda_kernel::Timestamp;

impl Team {
    /// Messages to buyers written since a moment that did not leave or did not arrive, or of which nobody knows, the newest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn undelivered(
        &self,
        scope: &Scope,
        since: Timestamp,
        limit: i64,
    ) -> Result<Vec<Message>, TeamError> {
        Ok(messages::undelivered_since(&self.rooms.db, scope, since, limit).await?)
    }
}
