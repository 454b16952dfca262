//! What can go wrong in the pricing room.

use crate::model::RuleError;
use sauda_catalog::CatalogError;
use sauda_economics::FloorError;
use sauda_kernel::{Failure, Kind, Public, Tenge};
use sauda_store::StoreError;

#[derive(Debug, thiserror::Error)]
pub enum PricingError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Catalog(#[from] CatalogError),
    #[error(transparent)]
    Stock(#[from] sauda_stock::StockError),
    #[error(transparent)]
    Market(#[from] sauda_market::MarketError),
    #[error("the queue does not answer")]
    Jobs(#[source] sauda_jobs::JobsError),
    #[error("the audit log does not answer")]
    Accounts(#[source] sauda_accounts::AccountsError),
    #[error("the shared state does not answer: {0}")]
    Cluster(String),
    #[error("there is no {what} {id}")]
    NotFound { what: &'static str, id: String },
    #[error("the rule cannot be followed")]
    Rule(Vec<RuleError>),
    #[error(transparent)]
    Floor(#[from] FloorError),
    /// Somebody saved in between: who, and what stands now.
    #[error("{by} changed it meanwhile")]
    ChangedMeanwhile { by: String, now: String },
    /// The lowest price is under what the costs allow: confirm or correct.
    #[error("the minimum {min} is under the cost floor {floor}")]
    MinBelowCost { min: Tenge, floor: Tenge },
    #[error("the price {price} is under the floor {floor}")]
    BelowFloor { price: Tenge, floor: Tenge },
    #[error("{field}: {value:?} is not allowed")]
    Invalid {
        field: &'static str,
        value: String,
        code: &'static str,
    },
    #[error("the question was answered already")]
    Answered,
    #[error("the time to undo has passed")]
    UndoPassed,
    #[error("a rule that {0} offers use cannot be put away")]
    RuleInUse(i64),
    #[error("the file cannot be read")]
    Table(#[source] sauda_catalog::table::TableError),
    #[error("the columns cannot be imported")]
    Mapping(#[source] sauda_catalog::import::columns::MappingError),
    /// Files are let go after a day.
    #[error("the file is not kept any more: send it again")]
    FileGone,
    #[error("the file was applied already")]
    AppliedAlready,
}

impl Failure for PricingError {
    fn kind(&self) -> Kind {
        match self {
            Self::Store(error) => error.kind(),
            Self::Catalog(error) => error.kind(),
            Self::Stock(error) => error.kind(),
            Self::Market(error) => error.kind(),
            Self::Jobs(error) => error.kind(),
            Self::Accounts(error) => error.kind(),
            Self::Cluster(_) => Kind::Unavailable,
            Self::NotFound { .. } => Kind::NotFound,
            Self::Rule(_)
            | Self::Floor(_)
            | Self::MinBelowCost { .. }
            | Self::BelowFloor { .. }
            | Self::Invalid { .. } => Kind::Invalid,
            Self::Table(error) => error.kind(),
            Self::Mapping(error) => error.kind(),
            Self::ChangedMeanwhile { .. }
            | Self::Answered
            | Self::UndoPassed
            | Self::RuleInUse(_)
            | Self::FileGone
            | Self::AppliedAlready => Kind::Conflict,
        }
    }

    fn public(&self) -> Vec<Public> {
        match self {
            Self::Store(error) => error.public(),
            Self::Catalog(error) => error.public(),
            Self::Stock(error) => error.public(),
            Self::Market(error) => error.public(),
            Self::Jobs(error) => error.public(),
            Self::Accounts(error) => error.public(),
            Self::Cluster(_) => vec![Public::new("cluster-unavailable")],
            Self::NotFound { what, id } => vec![Public::new("not-found").arg("what", what).arg("id", id)],
            Self::Rule(problems) => problems.iter().flat_map(Failure::public).collect(),
            Self::Floor(error) => error.public(),
            Self::ChangedMeanwhile { by, now } => {
                vec![Public::new("changed-by").arg("by", by).arg("now", now)]
            }
            Self::MinBelowCost { min, floor } => vec![
                Public::new("min-below-cost")
                    .field("min")
                    .arg("min", min)
                    .arg("floor", floor),
            ],
            Self::BelowFloor { price, floor } => vec![
                Public::new("price-below-floor")
                    .field("price")
                    .arg("price", price)
                    .arg("floor", floor),
            ],
            Self::Invalid { field, value, code } => vec![Public::new(code).field(*field).arg("value", value)],
            Self::Answered => vec![Public::new("answered-already")],
            Self::UndoPassed => vec![Public::new("undo-passed")],
            Self::Table(error) => error.public(),
            Self::Mapping(error) => error.public(),
            Self::FileGone => vec![Public::new("import-file-gone")],
            Self::AppliedAlready => vec![Public::new("import-applied-already")],
            Self::RuleInUse(offers) => vec![Public::new("rule-in-use").arg("count", offers)],
        }
    }
}
