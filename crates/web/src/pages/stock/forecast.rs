//! The forecast of a product as it is shown, and the button that counts all of them anew.

use crate::{
    carried::Did,
    door::Desk,
    foresight::{self, DayAhead, ForesightPlot, PastDay},
    views::stock_forecast::{Counting, Foresight, TestedRow},
};
use axum::{extract::State, response::Response};
use sauda_accounts::Scope;
use sauda_edge::{Person, Refusal, need};
use sauda_kernel::Timestamp;
use sauda_stock::{
    foresee::{Foreseen, special_days},
    reorder::Day,
};
use std::collections::BTreeMap;

/// Past days that are drawn, and days ahead.
const PAST: usize = 90;
const AHEAD: usize = 30;
/// Families of models that are named.
const NAMED: usize = 2;

/// Counts every forecast anew.
pub(super) async fn again(
    State(desk): State<Desk>,
    who: Person<need::ManageCatalog>,
) -> Result<Response, Refusal> {
    desk.stock.foresee_now(who.scope()).await?;
    Ok(Did::new("did-forecast-asked").at("/stock"))
}

/// How far the counting is.
pub(super) async fn counting(desk: &Desk, scope: &Scope) -> Result<Counting, Refusal> {
    let run = desk.stock.foresee_run(scope).await?;
    Ok(run.map_or_else(Counting::default, |run| Counting {
        is_going: run.finished_at.is_none(),
        done: run.done,
        total: run.total,
        finished_at: run.finished_at,
    }))
}

/// Draws the newest past days and the forecast from today on, when it is fresh.
pub(super) fn plot(days: &[(i64, Day)], told: Option<&Foreseen>, today: i64) -> Option<ForesightPlot> {
    let past: Vec<PastDay> = days
        .iter()
        .skip(days.len().saturating_sub(PAST))
        .map(|(day, what)| PastDay {
            at: noon(*day),
            units: match what {
                Day::Units(units) | Day::SoldOut(units) | Day::OneOff(units) => *units,
                Day::Unknown => 0,
            },
            is_out: matches!(what, Day::SoldOut(_)),
            is_one_off: matches!(what, Day::OneOff(_)),
        })
        .collect();
    let ahead = told
        .filter(|told| told.is_fresh(today))
        .map_or_else(Vec::new, |told| ahead(told, today));
    if ahead.is_empty() && past.iter().all(|day| day.units == 0) {
        return None;
    }
    let begins = today - i64::try_from(past.len()).unwrap_or(0);
    let length = past.len() + ahead.len();
    foresight::plot(&past, &ahead, &special(begins, length))
}

fn ahead(told: &Foreseen, today: i64) -> Vec<DayAhead> {
    let skipped = usize::try_from(today - told.first_day).unwrap_or(0);
    let bounds = told.low.iter().zip(&told.high);
    told.mean_milli
        .iter()
        .zip(bounds)
        .enumerate()
        .skip(skipped)
        .take(AHEAD)
        .map(|(place, (mean, (low, high)))| DayAhead {
            at: noon(told.first_day + i64::try_from(place).unwrap_or(0)),
            mean_milli: *mean,
            low: *low,
            high: *high,
        })
        .collect()
}

/// Runs of special days, by slot.
fn special(begins: i64, length: usize) -> Vec<(usize, usize, String)> {
    let mut named: BTreeMap<&'static str, Vec<bool>> = BTreeMap::new();
    for (day, name) in special_days(begins, i64::try_from(length).unwrap_or(0)) {
        let holds = named.entry(name).or_insert_with(|| vec![false; length]);
        let slot = usize::try_from(day - begins)
            .ok()
            .and_then(|slot| holds.get_mut(slot));
        if let Some(slot) = slot {
            *slot = true;
        }
    }
    let mut found: Vec<(usize, usize, String)> = named
        .into_iter()
        .flat_map(|(name, holds)| {
            let runs = foresight::runs(&holds).into_iter();
            runs.map(move |(from, length)| (from, length, name.to_owned()))
        })
        .collect();
    found.sort();
    found
}

/// The forecast in words and figures.
pub(super) fn foresight(told: &Foreseen, today: i64) -> Foresight {
    let mut families: BTreeMap<&'static str, i64> = BTreeMap::new();
    for (name, part) in &told.models {
        *families.entry(family(name)).or_default() += part;
    }
    let mut models: Vec<(&'static str, i64)> = families.into_iter().collect();
    models.sort_by_key(|(name, part)| (std::cmp::Reverse(*part), *name));
    models.truncate(NAMED);
    let whole = |milli: i64| (milli + 500) / 1_000;
    Foresight {
        made_at: told.made_at,
        is_old: !told.is_fresh(today),
        models: models
            .into_iter()
            .map(|(name, part)| (name, (part + 5) / 10))
            .collect(),
        counted: told.counted,
        sold_out: told.sold_out,
        neighbours: told.neighbours,
        tested: told.tested.map(|tested| TestedRow {
            days: tested.days,
            inside: tested.inside,
            sold: tested.sold,
            told: whole(tested.told_milli),
            plain: whole(tested.plain_milli),
        }),
        special: told
            .special
            .iter()
            .map(|(name, milli)| (name.clone(), (milli - 1_000) / 10))
            .collect(),
        promotion: told.promotion_milli.map(more),
        first_place: told
            .first_place
            .map(|found| (more(found.factor_milli), (found.share_milli + 5) / 10)),
    }
}

/// By how many percent a factor moves demand.
const fn more(milli: i64) -> i64 {
    (milli - 1_000) / 10
}

/// What a model goes by, in a word.
fn family(model: &str) -> &'static str {
    match model {
        "croston-sba" | "tsb" | "adida" => "rare",
        "damped-trend" | "trend" | "theta" => "trend",
        "seasonal-naive" | "seasonal-mean" | "winters-additive" => "season",
        "echo" | "echo-of-changes" => "echo",
        _ => "mean",
    }
}

/// Noon of a day counted from 1970 in Almaty.
pub(super) fn noon(day: i64) -> Timestamp {
    Timestamp::from_secs(day.saturating_mul(86_400).saturating_add(7 * 3_600))
}
