//! How many requests one caller may make. The limits protect this program; the outside world has its own budgets.

use super::Accounts;
use crate::AccountsError;
use sauda_cluster::{BudgetKey, Limit, Permit};
use sauda_kernel::{ApiKeyId, SessionId, Span};

/// Whose requests are counted together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Requester {
    /// Nobody is signed in: the address.
    Address(String),
    Session(SessionId),
    Key(ApiKeyId),
}

const ADDRESS: Limit = Limit::per(60, Span::from_secs(10)).and(1_200, Span::from_mins(10));
const SESSION: Limit = Limit::per(120, Span::from_secs(10)).and(3_000, Span::from_mins(10));
const KEY: Limit = Limit::per(50, Span::from_secs(1)).and(6_000, Span::from_mins(10));

impl Accounts {
    /// Counts one request.
    ///
    /// # Errors
    /// When there were too many.
    pub async fn permit(&self, requester: &Requester) -> Result<(), AccountsError> {
        let (key, limit) = match requester {
            Requester::Address(address) => (BudgetKey::new("requests-address", address.as_str()), ADDRESS),
            Requester::Session(id) => (BudgetKey::new("requests-session", id.as_str()), SESSION),
            Requester::Key(id) => (BudgetKey::new("requests-key", id.as_str()), KEY),
        };
        match self.cluster.take(&key, &limit, 1).await {
            Ok(Permit::Granted) => Ok(()),
            Ok(Permit::Refused { retry_at }) => Err(AccountsError::TooMany {
                wait: retry_at.since(self.now()).max(Span::from_millis(1)),
            }),
            Err(error) => {
                // The limit is there for our own sake: without the shared count the pages still open.
                tracing::warn!(%error, "requests are not counted");
                Ok(())
            }
        }
    }
}
