//! What can go wrong when the team is told.

use sauda_channel::ChannelError;
use sauda_kernel::{Failure, Kind, Public, Span};
use sauda_store::StoreError;

#[derive(Debug, thiserror::Error)]
pub enum TeamError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Accounts(#[from] sauda_accounts::AccountsError),
    #[error(transparent)]
    Catalog(#[from] sauda_catalog::CatalogError),
    #[error(transparent)]
    Orders(#[from] sauda_orders::OrdersError),
    #[error(transparent)]
    Pricing(#[from] sauda_pricing::PricingError),
    #[error(transparent)]
    Channel(#[from] ChannelError),
    #[error("the shared state does not answer: {0}")]
    Cluster(#[from] sauda_cluster::ClusterError),
    #[error("a report cannot be drawn: {0}")]
    Report(#[from] super::kept::Undrawn),
    #[error("this merchant has no bot")]
    NoBot,
    /// Another merchant of this installation has it.
    #[error("bot {0} serves another merchant")]
    BotElsewhere(String),
    #[error("there is no {what} {id}")]
    NotFound { what: &'static str, id: String },
    /// Nobody is linked, so nothing can be said there.
    #[error("no chat of this person is linked")]
    NotLinked,
    #[error("{field}: {value:?} is no time of a day")]
    Time { field: &'static str, value: String },
    #[error("mail: {0:?} is no address")]
    Address(String),
    /// Letters go nowhere before the link in the first one was opened.
    #[error("the address {0} was not confirmed")]
    Unconfirmed(String),
    #[error("a link was sent a moment ago")]
    TooOften { wait: Span },
    #[error("the link was used, is too old, or is another person's")]
    LinkWorthless,
    /// This installation sends no letters.
    #[error("no mail server is set")]
    NoMail,
}

impl Failure for TeamError {
    fn kind(&self) -> Kind {
        match self {
            Self::Store(error) => error.kind(),
            Self::Accounts(error) => error.kind(),
            Self::Catalog(error) => error.kind(),
            Self::Orders(error) => error.kind(),
            Self::Pricing(error) => error.kind(),
            Self::Channel(error) => error.kind(),
            Self::Cluster(_) => Kind::Unavailable,
            Self::Report(undrawn) => undrawn.kind,
            Self::NotFound { .. } => Kind::NotFound,
            Self::NoBot
            | Self::BotElsewhere(_)
            | Self::NotLinked
            | Self::Unconfirmed(_)
            | Self::LinkWorthless
            | Self::NoMail => Kind::Conflict,
            Self::TooOften { wait } => Kind::Throttled(*wait),
            Self::Time { .. } | Self::Address(_) => Kind::Invalid,
        }
    }

    fn public(&self) -> Vec<Public> {
        match self {
            Self::Store(error) => error.public(),
            Self::Accounts(error) => error.public(),
            Self::Catalog(error) => error.public(),
            Self::Orders(error) => error.public(),
            Self::Pricing(error) => error.public(),
            Self::Channel(error) => error.public(),
            Self::Cluster(_) | Self::Report(_) => vec![Public::new("cluster-unavailable")],
            Self::NoBot => vec![Public::new("team-no-bot")],
            Self::BotElsewhere(name) => {
                vec![Public::new("team-bot-elsewhere").field("token").arg("name", name)]
            }
            Self::NotFound { what, id } => vec![Public::new("not-found").arg("what", what).arg("id", id)],
            Self::NotLinked => vec![Public::new("team-not-linked")],
            Self::Time { field, value } => vec![Public::new("team-time").field(*field).arg("value", value)],
            Self::Address(value) if value.is_empty() => {
                vec![Public::new("team-no-address").field("mail")]
            }
            Self::Address(value) => vec![Public::new("team-address").field("mail").arg("value", value)],
            Self::Unconfirmed(address) => {
                vec![Public::new("team-mail-unconfirmed").arg("mail", address)]
            }
            Self::TooOften { wait } => {
                vec![Public::new("team-mail-too-often").arg("seconds", wait.as_secs())]
            }
            Self::LinkWorthless => vec![Public::new("team-link-worthless")],
            Self::NoMail => vec![Public::new("team-no-mail")],
        }
    }
}
