//! Removing what has ended. The audit log is never touched.

use super::Accounts;
use crate::{
    AccountsError,
    store::{failures, idempotency, links, sessions},
};
use sauda_kernel::Span;

/// A tally of attempts is forgotten after this long; longer than any wait.
const TALLY_KEPT: Span = Span::from_days(3);

/// What was removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Swept {
    pub sessions: u64,
    pub links: u64,
    pub tallies: u64,
    pub answers: u64,
}

impl Accounts {
    /// Removes ended sessions, links, tallies and kept answers. Meant for once an hour; running it twice does no harm.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sweep(&self) -> Result<Swept, AccountsError> {
        let now = self.now();
        Ok(Swept {
            sessions: sessions::delete_ended(&self.db, now, self.idle_since()).await?,
            links: links::delete_ended(&self.db, now).await?,
            tallies: failures::delete_before(&self.db, now.minus(TALLY_KEPT)).await?,
            answers: idempotency::delete_ended(&self.db, now).await?,
        })
    }
}
