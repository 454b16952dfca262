//! What the product would sell and earn a day at other prices, by its forecast and what its price was seen to do. Refuses to guess:
//! says what is missing.

use crate::{
    door::Desk,
    views::what_if::{TryRow, WhatIf},
};
use sauda_accounts::{Right, Scope};
use sauda_economics::{FloorParts, unit};
use sauda_edge::Refusal;
use sauda_kernel::{Money, Tenge};
use sauda_pricing::service::OfferView;
use sauda_stock::{
    day_of,
    foresee::{Foreseen, PriceEffect, PriceSaid},
};

/// Prices that are shown beside the present one, percent of it.
const AROUND: [i64; 5] = [90, 95, 100, 105, 110];
/// Days whose mean says what a day sells.
const DAYS: i64 = 28;
/// No price is above.
const LARGEST: i64 = 100_000_000;

/// The part of the page; `typed` is a price to try.
pub(super) async fn part(
    desk: &Desk,
    scope: &Scope,
    facts: &OfferView,
    price: Option<Tenge>,
    typed: &str,
) -> Result<WhatIf, Refusal> {
    let told = desk.stock.foreseen_of_offer(scope, &facts.offer.id).await?;
    let today = day_of(desk.now());
    let told = told.filter(|told| told.is_fresh(today));
    let wanted = read(typed);
    let mut part = WhatIf {
        typed: typed.trim().to_owned(),
        is_wrong: !typed.trim().is_empty() && wanted.is_none(),
        sees_money: scope.may(Right::ViewMoney),
        ..WhatIf::default()
    };
    let Some(told) = told else {
        part.why = Some("no-forecast".to_owned());
        return Ok(part);
    };
    match &told.price {
        PriceSaid::Nothing => part.why = Some("no-price".to_owned()),
        PriceSaid::NotEnough(why) => part.why = Some(why.clone()),
        PriceSaid::Known(effect) => {
            let now = price.unwrap_or_else(|| effect.price.tenge_down());
            part.elasticity_milli = effect.elasticity_milli;
            part.rows = rows(&told, effect, facts.parts.as_ref(), (now, wanted), today);
        }
    }
    Ok(part)
}

/// A typed price; nothing when it is none.
fn read(typed: &str) -> Option<Tenge> {
    let digits: String = typed
        .chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '₸')
        .collect();
    let price: i64 = digits.parse().ok()?;
    (1..=LARGEST).contains(&price).then_some(Tenge(price))
}

fn rows(
    told: &Foreseen,
    effect: &PriceEffect,
    parts: Option<&FloorParts>,
    (now, wanted): (Tenge, Option<Tenge>),
    today: i64,
) -> Vec<TryRow> {
    let mut prices: Vec<Tenge> = AROUND
        .iter()
        .map(|percent| Tenge(now.get().saturating_mul(*percent) / 100))
        .filter(|price| *price > Tenge(0))
        .collect();
    prices.extend(wanted);
    prices.sort_unstable();
    prices.dedup();
    let daily_milli = told.expected_milli(today, DAYS) / DAYS;
    let row = |price: Tenge| {
        let [low, middle, high] = effect.factor_milli(price.money());
        let units = |factor: i64| daily_milli.saturating_mul(factor) / 1_000;
        let each = parts.and_then(|parts| unit(price, parts).ok());
        let earned = |units_milli: i64| {
            each.as_ref().map(|each| {
                let tiyn = i128::from(each.profit.tiyn()) * i128::from(units_milli) / 1_000;
                Money::from_tiyn(i64::try_from(tiyn).unwrap_or(0))
            })
        };
        TryRow {
            price,
            is_now: price == now,
            is_tried: Some(price) == wanted,
            daily_milli: units(middle),
            low_milli: units(low),
            high_milli: units(high),
            profit: earned(units(middle)),
            profit_low: earned(units(low)),
            profit_high: earned(units(high)),
            is_outside: effect.is_outside(price.money()),
        }
    };
    prices.into_iter().map(row).collect()
}
