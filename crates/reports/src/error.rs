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
            Self::Span { .. } | Self::TooLarge => Kind::Invalid,
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
            Self::TooLarge => vec![Public::new("landed-too-large")],
        }
    }
}
