//! What can go wrong with what a merchant keeps of money.

use crate::rates::RateError;
use sauda_kernel::{Failure, Kind, Public};
use sauda_store::StoreError;

#[derive(Debug, thiserror::Error)]
pub enum MoneyError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the audit log does not answer")]
    Accounts(#[source] sauda_accounts::AccountsError),
    #[error(transparent)]
    Rate(#[from] RateError),
    #[error("there is no {what} {id}")]
    NotFound { what: &'static str, id: String },
    #[error("the title is empty or longer than 120 letters: give a short one")]
    Title,
    #[error("packaging is for sku:<article>, weight:<grams>, volume:<cm³> or all, not for {0:?}")]
    Class(String),
    #[error(
        "a delivery is for city, kazakhstan or express, with /weight:<grams> and /from:<tenge> if wanted, not for {0:?}"
    )]
    Band(String),
    #[error("{0:?} is no currency: give its three letters, such as CNY")]
    Currency(String),
    #[error("the text is too long: shorten it")]
    TooLong,
    #[error("there are {0} already: remove some first")]
    TooMany(i64),
    #[error("{value} is not possible for {kind}: give {wanted}")]
    Value {
        kind: &'static str,
        value: i64,
        wanted: &'static str,
    },
}

impl Failure for MoneyError {
    fn kind(&self) -> Kind {
        match self {
            Self::Store(error) => error.kind(),
            Self::Accounts(error) => error.kind(),
            Self::Rate(error) => error.kind(),
            Self::NotFound { .. } => Kind::NotFound,
            Self::TooMany(_) => Kind::Conflict,
            Self::Title
            | Self::TooLong
            | Self::Class(_)
            | Self::Band(_)
            | Self::Currency(_)
            | Self::Value { .. } => Kind::Invalid,
        }
    }

    fn public(&self) -> Vec<Public> {
        match self {
            Self::Store(error) => error.public(),
            Self::Accounts(error) => error.public(),
            Self::Rate(error) => error.public(),
            Self::NotFound { what, id } => vec![Public::new("not-found").arg("what", what).arg("id", id)],
            Self::Title => vec![Public::new("money-title").field("title")],
            Self::Class(subject) => vec![Public::new("money-class").field("subject").arg("value", subject)],
            Self::Band(subject) => vec![Public::new("money-band").field("subject").arg("value", subject)],
            Self::Currency(code) => vec![Public::new("money-currency").field("subject").arg("value", code)],
            Self::TooLong => vec![Public::new("money-too-long")],
            Self::TooMany(most) => vec![Public::new("money-too-many").arg("most", most)],
            Self::Value { value, .. } => vec![Public::new("money-value").field("value").arg("value", value)],
        }
    }
}
