//! Why a rate was not found, with the way out. Refuses to answer with a nearby rate instead.

use sauda_kernel::{Failure, Kind, Public};

/// A rate that is not known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RateError {
    #[error(
        "category {category:?} is not in the tariff{near}: correct the name or give the commission as a percentage"
    )]
    UnknownCategory { category: String, near: String },
    #[error(
        "categories under {category:?} have different commissions ({rates}): name the last category, such as {example:?}"
    )]
    AmbiguousCategory {
        category: String,
        rates: String,
        example: String,
    },
    #[error("no commission of categories is known for {day} ({known}): give the commission as a percentage")]
    NoCommission { day: String, known: &'static str },
    #[error("the regime {regime} is not in force on {day} ({span}): choose one of {others}")]
    RegimeNotInForce {
        regime: &'static str,
        day: String,
        span: String,
        others: String,
    },
    #[error("{what} is not known for {day}: give it yourself")]
    NoFact { what: String, day: String },
    #[error("a local rate of {given} % is not possible on {day}: the law allows {least} to {most} %")]
    LocalRateOutside {
        given: String,
        day: String,
        least: String,
        most: String,
    },
    #[error("the table {table} cannot be read at line {line}: {what}")]
    Table {
        table: &'static str,
        line: usize,
        what: String,
    },
}

impl Failure for RateError {
    fn kind(&self) -> Kind {
        match self {
            Self::Table { .. } => Kind::Bug,
            _ => Kind::Invalid,
        }
    }

    fn public(&self) -> Vec<Public> {
        vec![match self {
            Self::UnknownCategory { category, near } => Public::new("unknown-category")
                .field("category")
                .arg("category", category)
                .arg("near", near),
            Self::AmbiguousCategory {
                category,
                rates,
                example,
            } => Public::new("ambiguous-category")
                .field("category")
                .arg("category", category)
                .arg("rates", rates)
                .arg("example", example),
            Self::NoCommission { day, .. } => Public::new("no-commission").field("category").arg("day", day),
            Self::RegimeNotInForce {
                regime,
                day,
                span,
                others,
            } => Public::new("regime-not-in-force")
                .field("regime")
                .arg("regime", regime)
                .arg("day", day)
                .arg("span", span)
                .arg("others", others),
            Self::NoFact { what, day } => Public::new("no-rate").arg("what", what).arg("day", day),
            Self::LocalRateOutside {
                given,
                day,
                least,
                most,
            } => Public::new("local-rate-outside")
                .field("rate")
                .arg("given", given)
                .arg("day", day)
                .arg("least", least)
                .arg("most", most),
            Self::Table { line, .. } => Public::new("floor-table").arg("line", line),
        }]
    }
}
