//! What other prices would sell and earn. Refuses to compute.

use sauda_kernel::{Money, Tenge};
use serde::Serialize;

/// One price.
#[derive(Debug, Clone, Serialize)]
pub struct TryRow {
    pub price: Tenge,
    pub is_now: bool,
    /// It was typed.
    pub is_tried: bool,
    /// Thousandths of a piece a day, with bounds of 90 %.
    pub daily_milli: i64,
    pub low_milli: i64,
    pub high_milli: i64,
    /// Of a day; nothing without a cost.
    pub profit: Option<Money>,
    pub profit_low: Option<Money>,
    pub profit_high: Option<Money>,
    /// Nothing was ever sold near it.
    pub is_outside: bool,
}

/// The part of a page.
#[derive(Debug, Clone, Default, Serialize)]
pub struct WhatIf {
    pub rows: Vec<TryRow>,
    /// Why there are none: `no-forecast`, `no-price`, `too-few-steps`, `price-stood`, `unclear`, `rises-with-price`.
    pub why: Option<String>,
    pub elasticity_milli: i64,
    pub typed: String,
    /// What was typed is no price.
    pub is_wrong: bool,
    pub sees_money: bool,
}

pub(super) fn sample() -> WhatIf {
    let row = |price, is_now, daily_milli: i64, profit: i64| TryRow {
        price: Tenge(price),
        is_now,
        is_tried: price == 36_500,
        daily_milli,
        low_milli: daily_milli * 4 / 5,
        high_milli: daily_milli * 6 / 5,
        profit: Some(Money::from_tiyn(profit)),
        profit_low: Some(Money::from_tiyn(profit * 4 / 5)),
        profit_high: Some(Money::from_tiyn(profit * 6 / 5)),
        is_outside: price == 42_600,
    };
    WhatIf {
        rows: vec![
            row(36_500, false, 3_100, 940_000),
            row(38_740, true, 2_400, 1_010_000),
            row(42_600, false, 1_700, 990_000),
        ],
        why: None,
        elasticity_milli: -2_400,
        typed: "36 500".to_owned(),
        is_wrong: false,
        sees_money: true,
    }
}
