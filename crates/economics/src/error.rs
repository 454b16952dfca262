//! What is wrong with cost parts, so that a floor cannot be computed. Refuses to guess a value instead.

use sauda_kernel::{Failure, Kind, Public};

/// Why there is no floor.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FloorError {
    #[error("{part} is {value}: give 0 or more")]
    Negative { part: &'static str, value: i64 },
    #[error("the parcel weighs {grams} g: give more than 0")]
    NoWeight { grams: i64 },
    #[error("{part} is {value} tiyn: give at most {largest}")]
    TooLarge {
        part: &'static str,
        value: i64,
        largest: i64,
    },
    /// Shares and wished margin leave less than 0.01 % of the price.
    #[error(
        "commission, tax, shares and wished margin take {taken_bp} of 10000 basis points of the price: nothing is left to pay the cost, lower one of them"
    )]
    SharesTooLarge { taken_bp: i64 },
    #[error("no price up to {largest} tenge earns the wish: check the cost and the shares")]
    OutOfReach { largest: i64 },
    #[error("the delivery steps are not in ascending order at {from} tenge, or do not begin at 0: sort them")]
    StepsOutOfOrder { from: i64 },
    #[error("no published tariff for {service} on {day} at {grams} g: give the fee as a fixed sum")]
    NoTariff {
        service: &'static str,
        day: String,
        grams: i64,
    },
    #[error("the table of tariffs cannot be read at line {line}: {what}")]
    Table { line: usize, what: String },
}

impl Failure for FloorError {
    fn kind(&self) -> Kind {
        match self {
            Self::Table { .. } => Kind::Bug,
            _ => Kind::Invalid,
        }
    }

    fn public(&self) -> Vec<Public> {
        vec![match self {
            Self::Negative { part, value } => Public::new("floor-negative")
                .field(*part)
                .arg("part", part)
                .arg("value", value),
            Self::NoWeight { grams } => Public::new("floor-no-weight")
                .field("delivery.grams")
                .arg("value", grams),
            Self::TooLarge { part, value, largest } => Public::new("floor-too-large")
                .field(*part)
                .arg("part", part)
                .arg("value", value)
                .arg("largest", largest),
            Self::SharesTooLarge { taken_bp } => {
                Public::new("floor-shares-too-large").arg("taken_bp", taken_bp)
            }
            Self::OutOfReach { largest } => Public::new("floor-out-of-reach").arg("largest", largest),
            Self::StepsOutOfOrder { from } => Public::new("floor-steps-out-of-order")
                .field("delivery")
                .arg("from", from),
            Self::NoTariff { service, day, grams } => Public::new("floor-no-tariff")
                .field("delivery")
                .arg("service", service)
                .arg("day", day)
                .arg("grams", grams),
            Self::Table { line, .. } => Public::new("floor-table").arg("line", line),
        }]
    }
}
