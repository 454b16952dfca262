//! What can go wrong in the catalogue room.

use sauda_kernel::{Failure, Kind, Public};
use sauda_market::MarketError;
use sauda_store::StoreError;

#[derive(Debug, thiserror::Error)]
pub enum CatalogError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Market(#[from] MarketError),
    #[error("the shared state does not answer: {0}")]
    Cluster(String),
    #[error("there is no {what} {id}")]
    NotFound { what: &'static str, id: String },
    #[error("{0:?} is not a phone number of Kazakhstan")]
    Phone(String),
    #[error("{0:?} is not a mail address")]
    Mail(String),
    #[error("no sign-in waits for a code")]
    NoPending,
    #[error("another sign-in of this account is under way")]
    SignInBusy,
    #[error("the shop has no marketplace access")]
    NoAccess,
    #[error("the shop has no key")]
    NoKey,
    #[error("a text of {0} letters is no key")]
    Key(usize),
    #[error("the budget is spent until {0}")]
    Budget(sauda_kernel::Timestamp),
    #[error("{0:?} is not a proxy address")]
    Proxy(String),
    #[error("{what}: {value:?} is not allowed")]
    Invalid { what: &'static str, value: String },
}

impl Failure for CatalogError {
    fn kind(&self) -> Kind {
        match self {
            Self::Store(error) => error.kind(),
            Self::Market(error) => error.kind(),
            Self::Cluster(_) => Kind::Unavailable,
            Self::NotFound { .. } => Kind::NotFound,
            Self::Phone(_) | Self::Mail(_) | Self::Proxy(_) | Self::Key(_) | Self::Invalid { .. } => {
                Kind::Invalid
            }
            Self::NoPending | Self::SignInBusy | Self::NoAccess | Self::NoKey => Kind::Conflict,
            Self::Budget(_) => Kind::Throttled(sauda_kernel::Span::from_secs(5)),
        }
    }
    fn public(&self) -> Vec<Public> {
        match self {
            Self::Store(error) => error.public(),
            Self::Market(error) => error.public(),
            Self::Cluster(_) => vec![Public::new("cluster-unavailable")],
            Self::NotFound { what, id } => vec![Public::new("not-found").arg("what", what).arg("id", id)],
            Self::Phone(value) => vec![Public::new("bad-phone").field("login").arg("value", value)],
            Self::Mail(value) => vec![Public::new("bad-mail").field("login").arg("value", value)],
            Self::NoPending => vec![Public::new("no-code-awaited").field("code")],
            Self::SignInBusy => vec![Public::new("sign-in-busy")],
            Self::NoAccess => vec![Public::new("no-access")],
            Self::NoKey => vec![Public::new("no-shop-key")],
            Self::Key(letters) => vec![Public::new("bad-shop-key").field("key").arg("count", letters)],
            Self::Budget(_) => vec![Public::new("budget-spent")],
            Self::Proxy(value) => vec![Public::new("bad-proxy").field("url").arg("value", value)],
            Self::Invalid { what, value } => {
                vec![Public::new("invalid-value").field(*what).arg("value", value)]
            }
        }
    }
}
