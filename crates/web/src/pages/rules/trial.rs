//! Replays of a rule on the goods that use it, as one result. Refuses to hide that history is short.

use crate::views::product::Backtest;
use sauda_kernel::{BasisPoints, Money, Timestamp};
use sauda_pricing::{backtest::DAYS_NEEDED, service::OfferBacktest};

/// A product that stands on its floor for this share of the time is stuck there.
const STUCK: BasisPoints = BasisPoints(5_000);

/// One result for all goods; `None` when no product uses the rule.
pub(super) fn result(tries: &[OfferBacktest]) -> Option<Backtest> {
    if tries.is_empty() {
        return None;
    }
    let seen: Vec<&OfferBacktest> = tries.iter().filter(|one| one.comparison.tried.days > 0).collect();
    let days = tries
        .iter()
        .map(|one| one.comparison.tried.days)
        .max()
        .unwrap_or(0);
    let margins: Vec<i64> = tries
        .iter()
        .filter_map(|one| one.comparison.tried.average_margin)
        .map(|share| i64::from(share.0))
        .collect();
    let worst = worst_day(tries);
    let stuck = tries
        .iter()
        .filter(|one| one.comparison.tried.floor_share >= STUCK)
        .count();
    Some(Backtest {
        days,
        changes: tries
            .iter()
            .map(|one| i64::from(one.comparison.tried.changes))
            .sum(),
        first_bp: mean(
            seen.iter()
                .map(|one| i64::from(one.comparison.tried.first_share.0))
                .collect(),
        )
        .unwrap_or(0),
        first_now_bp: mean(
            seen.iter()
                .map(|one| i64::from(one.comparison.today.first_share.0))
                .collect(),
        )
        .unwrap_or(0),
        margin_bp: mean(margins),
        profit_apart: sum(tries.iter().filter_map(|one| one.comparison.profit_gain)),
        worst_day: worst.map(|(day, _)| day),
        worst_day_profit: worst.and_then(|(_, profit)| profit),
        at_floor: i64::try_from(stuck).unwrap_or(i64::MAX),
        products: i64::try_from(tries.len()).unwrap_or(i64::MAX),
        too_short: days < DAYS_NEEDED,
    })
}

fn mean(values: Vec<i64>) -> Option<i32> {
    let count = i64::try_from(values.len()).ok()?;
    values
        .iter()
        .sum::<i64>()
        .checked_div(count)
        .and_then(|mean| i32::try_from(mean).ok())
}

fn sum(mut gains: impl Iterator<Item = Money>) -> Option<Money> {
    let first = gains.next()?;
    gains.try_fold(first, Money::checked_add).ok()
}

/// The worst of the goods' worst days: by profit, or by time on the first place where no profit is known.
fn worst_day(tries: &[OfferBacktest]) -> Option<(Timestamp, Option<Money>)> {
    let days = tries.iter().filter_map(|one| one.comparison.tried.worst_day);
    days.min_by_key(|day| (day.profit.is_none(), day.profit, day.first_share))
        .map(|day| (day.day, day.profit))
}
