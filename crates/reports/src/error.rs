//! What can go wrong while counting: mostly what the rooms that are asked say.

use sauda_economics::{FloorError, money::MoneyError, rates::RateError, tax::TaxError};
use sauda_kernel::{Failure, Kind, Public};

#[derive(Debug, thiserror::Error)]
pub enum ReportsError {
    #[error(transparent)]
    Orders(#[from] sauda_orders::OrdersError),
    #[error(transparent)]
    Catalog(#[from] sauda_catalog::CatalogError),
    #[error(transparent)]
    Pricing(#[from] sauda_pricing::PricingError),
    #[error(transparent)]
    Money(#[from] MoneyError),
    #[error(transparent)]
    Stock(#[from] sauda_stock::StockError),
    #[error(transparent)]
    Rate(#[from] RateError),
    #[error(transparent)]
    Parts(#[from] FloorError),
    #[error(transparent)]
    Tax(#[from] TaxError),
    #[error(transparent)]
    Store(#[from] sauda_store::StoreError),
    #[error(transparent)]
    Accounts(#[from] sauda_accounts::AccountsError),
    #[error(transparent)]
    Jobs(#[from] sauda_jobs::JobsError),
    #[error(transparent)]
    Research(#[from] sauda_research::ResearchError),
    #[error(transparent)]
    Team(#[from] sauda_messages::team::TeamError),
    #[error("there is no {what} {id}")]
    NotFound { what: &'static str, id: String },
    #[error("{field} of a report cannot be {value:?}")]
    Wish { field: &'static str, value: String },
    #[error("nothing can be told to {}: {}", .0.who, .0.why)]
    Recipient(crate::timed::Unsent),
    #[error("there is a report named {0:?} already")]
    NameTaken(String),
    #[error("there are {0} reports, which is the most")]
    TooManyPlans(usize),
    #[error("report {0:?} is declared in the settings file")]
    FromFile(String),
    #[error("no mail server is set")]
    NoMail,
    #[error(
        "the span from {from} to {to} is longer than {most} days or runs backwards: ask for a shorter one"
    )]
    Span { from: String, to: String, most: i64 },
    #[error("the sums are larger than can be kept")]
    TooLarge,
}

impl Failure for ReportsError {
    fn kind(&self) -> Kind {
        match self {
            Self::Orders(error) => error.kind(),
            Self::Catalog(error) => error.kind(),
            Self::Pricing(error) => error.kind(),
            Self::Money(error) => error.kind(),
            Self::Stock(error) => error.kind(),
            Self::Rate(error) => error.kind(),
            Self::Parts(error) => error.kind(),
            Self::Tax(error) => error.kind(),
            Self::Store(error) => error.kind(),
            Self::Accounts(error) => error.kind(),
            Self::Jobs(error) => error.kind(),
            Self::Research(error) => error.kind(),
            Self::Team(error) => error.kind(),
            Self::NotFound { .. } => Kind::NotFound,
            Self::NameTaken(_) | Self::FromFile(_) => Kind::Conflict,
            Self::Span { .. }
            | Self::TooLarge
            | Self::Wish { .. }
            | Self::Recipient(_)
            | Self::TooManyPlans(_)
            | Self::NoMail => Kind::Invalid,
        }
    }

    fn public(&self) -> Vec<Public> {
        match self {
            Self::Orders(error) => error.public(),
            Self::Catalog(error) => error.public(),
            Self::Pricing(error) => error.public(),
            Self::Money(error) => error.public(),
            Self::Stock(error) => error.public(),
            Self::Rate(error) => error.public(),
            Self::Parts(error) => error.public(),
            Self::Tax(error) => error.public(),
            Self::Span { from, to, most } => vec![
                Public::new("report-span")
                    .field("from")
                    .arg("from", from)
                    .arg("to", to)
                    .arg("most", most),
            ],
            Self::Store(error) => error.public(),
            Self::Accounts(error) => error.public(),
            Self::Jobs(error) => error.public(),
            Self::Research(error) => error.public(),
            Self::Team(error) => error.public(),
            Self::NotFound { what, id } => vec![Public::new("not-found").arg("what", what).arg("id", id)],
            Self::Wish { field, value } => {
                let code = match *field {
                    "name" => "report-name",
                    "shop" => "report-shop",
                    "day" => "report-day",
                    "time" => "report-time",
                    "recipients" => "report-recipients",
                    _ => "invalid-value",
                };
                vec![Public::new(code).field(*field).arg("value", value)]
            }
            Self::Recipient(unsent) => {
                let code = match unsent.why.as_str() {
                    "unconfirmed" => "report-to-unconfirmed",
                    "no-right" => "report-to-no-right",
                    "group" => "report-to-group",
                    "unlinked" => "report-to-unlinked",
                    _ => "report-to-unknown",
                };
                let who = unsent
                    .who
                    .split_once(':')
                    .map_or(unsent.who.as_str(), |(_, who)| who);
                vec![Public::new(code).field("recipients").arg("who", who)]
            }
            Self::NameTaken(name) => vec![Public::new("report-name-taken").field("name").arg("name", name)],
            Self::TooManyPlans(most) => vec![Public::new("report-many").field("name").arg("most", most)],
            Self::FromFile(name) => vec![Public::new("report-file").arg("name", name)],
            Self::NoMail => vec![Public::new("team-no-mail").field("recipients")],
            Self::TooLarge => vec![Public::new("landed-too-large")],
        }
    }
}
