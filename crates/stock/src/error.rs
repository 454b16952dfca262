//! What can go wrong in the room of stock.

use sauda_kernel::{Failure, Kind, Public};
use sauda_store::StoreError;

#[derive(Debug, thiserror::Error)]
pub enum StockError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Catalog(#[from] sauda_catalog::CatalogError),
    #[error(transparent)]
    Accounts(#[from] sauda_accounts::AccountsError),
    #[error(transparent)]
    Money(#[from] sauda_economics::money::MoneyError),
    #[error("there is no {what} {id}")]
    NotFound { what: &'static str, id: String },
    #[error(
        "{product}: {on_hand} lie there, {wanted} cannot go: count again, or allow stock under zero in the settings"
    )]
    Negative {
        product: String,
        on_hand: i64,
        wanted: i64,
    },
    #[error("the counting of forecasts could not be asked for")]
    Jobs(#[source] Box<sauda_jobs::JobsError>),
    #[error("the counting of forecasts was cut off")]
    Cut,
    #[error("{field}: {value:?} is refused ({code})")]
    Fact {
        code: &'static str,
        field: &'static str,
        value: String,
    },
    #[error("the purchase is {state}: look at it again")]
    PurchaseNotNow { state: &'static str },
    #[error(
        "{cost} cannot be spread: {product} has no {what}; give it, or spread by something that every line has"
    )]
    NoMeasure {
        product: String,
        cost: &'static str,
        what: &'static str,
    },
    #[error("the counting is over: begin another one")]
    CountingOver,
}

impl StockError {
    pub(crate) fn fact(code: &'static str, field: &'static str, value: impl ToString) -> Self {
        Self::Fact {
            code,
            field,
            value: value.to_string(),
        }
    }
}

impl Failure for StockError {
    fn kind(&self) -> Kind {
        match self {
            Self::Store(error) => error.kind(),
            Self::Catalog(error) => error.kind(),
            Self::Accounts(error) => error.kind(),
            Self::Money(error) => error.kind(),
            Self::Jobs(error) => error.kind(),
            Self::Cut => Kind::Bug,
            Self::NotFound { .. } => Kind::NotFound,
            Self::Fact { .. } | Self::NoMeasure { .. } => Kind::Invalid,
            Self::Negative { .. } | Self::PurchaseNotNow { .. } | Self::CountingOver => Kind::Conflict,
        }
    }

    fn public(&self) -> Vec<Public> {
        match self {
            Self::Store(error) => error.public(),
            Self::Catalog(error) => error.public(),
            Self::Accounts(error) => error.public(),
            Self::Money(error) => error.public(),
            Self::Jobs(error) => error.public(),
            Self::Cut => Vec::new(),
            Self::NotFound { what, id } => vec![Public::new("not-found").arg("what", what).arg("id", id)],
            Self::Negative {
                product,
                on_hand,
                wanted,
            } => vec![
                Public::new("stock-negative")
                    .field("quantity")
                    .arg("product", product)
                    .arg("count", on_hand)
                    .arg("wanted", wanted),
            ],
            Self::Fact { code, field, value } => vec![Public::new(code).field(*field).arg("value", value)],
            Self::PurchaseNotNow { state } => vec![Public::new("purchase-not-now").arg("state", state)],
            Self::NoMeasure { product, cost, what } => vec![
                Public::new("purchase-no-measure")
                    .field(*cost)
                    .arg("product", product)
                    .arg("what", what),
            ],
            Self::CountingOver => vec![Public::new("counting-over")],
        }
    }
}
