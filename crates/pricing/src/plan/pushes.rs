//! Which price changes to send first when there are more than the marketplace takes. Refuses to send.

use sauda_kernel::{Money, Span, Timestamp};
use std::collections::BTreeMap;

/// A wish of one offer in one city that is not on the marketplace yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingChange<K> {
    /// The offer: all its cities travel in one call.
    pub offer: K,
    /// What the new price earns more in an hour than the present one; negative for a change that costs but must be.
    pub gain_per_hour: Money,
    /// How long the new price is expected to stay right: an hour divided by the watch's changes an hour.
    pub expected_life: Span,
    pub wanted_since: Timestamp,
    pub priority: bool,
    /// Brings a price back into its limits: goes before everything else.
    pub corrects_limits: bool,
}

/// One call to the marketplace: an offer with all of its waiting cities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PushCall<K> {
    pub offer: K,
    /// Indexes of the changes that it carries, in the order given.
    pub changes: Vec<usize>,
    /// What the call is expected to earn over the life of its prices.
    pub worth: Money,
    corrects: bool,
    priority: bool,
    since: Timestamp,
}

/// A price that stays right for weeks is not worth waiting for without end: life is counted up to this.
const LONGEST_LIFE: Span = Span::from_hours(24);

/// Calls in the order in which they should be sent: corrections, then by what a call earns over the expected life of its
/// prices (a call costs one change of the budget, whatever it carries); priority counts four times; of equal worth the
/// older first.
pub fn rank<K: Ord + Clone>(changes: &[PendingChange<K>]) -> Vec<PushCall<K>> {
    let mut calls: BTreeMap<&K, PushCall<K>> = BTreeMap::new();
    for (index, change) in changes.iter().enumerate() {
        let call = calls.entry(&change.offer).or_insert_with(|| PushCall {
            offer: change.offer.clone(),
            changes: Vec::new(),
            worth: Money::ZERO,
            corrects: false,
            priority: false,
            since: change.wanted_since,
        });
        call.changes.push(index);
        call.worth = Money::from_tiyn(call.worth.tiyn().saturating_add(worth(change)));
        call.corrects |= change.corrects_limits;
        call.priority |= change.priority;
        call.since = call.since.min(change.wanted_since);
    }
    let mut calls: Vec<_> = calls.into_values().collect();
    let weight = |call: &PushCall<K>| {
        let worth = call.worth.tiyn();
        if call.priority && worth > 0 {
            worth.saturating_mul(4)
        } else {
            worth
        }
    };
    calls.sort_by(|one, two| {
        let by_worth = weight(two).cmp(&weight(one));
        two.corrects
            .cmp(&one.corrects)
            .then(by_worth)
            .then(one.since.cmp(&two.since))
            .then(one.offer.cmp(&two.offer))
    });
    calls
}

/// Gain an hour over the expected life, in tiyn.
fn worth<K>(change: &PendingChange<K>) -> i64 {
    let life = change.expected_life.max(Span::ZERO).min(LONGEST_LIFE).as_secs();
    let exact = i128::from(change.gain_per_hour.tiyn()) * i128::from(life) / 3_600;
    i64::try_from(exact).unwrap_or(if exact < 0 { i64::MIN } else { i64::MAX })
}

/// What a minute of being late costs, in tiyn: units a day (thousandths) × profit of a unit × the share of sales that the
/// lost place takes (basis points), over the minutes of a day. For plans, not for books.
pub fn cost_of_lateness(sales_per_day_milli: i64, unit_profit: Money, lost_share_bp: i64) -> f64 {
    use crate::float::float;
    let per_day = float(sales_per_day_milli.max(0)) / 1_000.0 * float(unit_profit.tiyn().max(0));
    per_day * float(lost_share_bp.clamp(0, 10_000)) / 10_000.0 / 1_440.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(offer: &'static str, gain: i64, life_minutes: i64) -> PendingChange<&'static str> {
        PendingChange {
            offer,
            gain_per_hour: Money::from_tiyn(gain),
            expected_life: Span::from_mins(life_minutes),
            wanted_since: Timestamp::from_secs(0),
            priority: false,
            corrects_limits: false,
        }
    }

    #[test]
    fn cities_of_one_offer_are_one_call_and_worth_decides() {
        let changes = [
            change("a", 100, 60),
            change("b", 150, 60),
            change("a", 90, 60),
            change("c", 1_000, 3),
        ];
        let order: Vec<_> = rank(&changes)
            .into_iter()
            .map(|call| (call.offer, call.changes, call.worth.tiyn()))
            .collect();
        assert_eq!(
            order,
            [("a", vec![0, 2], 190), ("b", vec![1], 150), ("c", vec![3], 50)]
        );
    }

    #[test]
    fn corrections_come_first_and_priority_counts_four_times() {
        let correction = PendingChange {
            corrects_limits: true,
            ..change("floor", -500, 60)
        };
        let favoured = PendingChange {
            priority: true,
            ..change("favoured", 100, 60)
        };
        let order: Vec<_> = rank(&[change("big", 390, 60), favoured, correction])
            .into_iter()
            .map(|call| call.offer)
            .collect();
        assert_eq!(order, ["floor", "favoured", "big"]);
    }

    #[test]
    fn lateness_costs_what_the_lost_place_would_have_sold() {
        // Two a day at 720 ₸ profit, half of the sales lost: 720 ₸ a day, 0.5 ₸ a minute.
        assert_eq!(cost_of_lateness(2_000, Money::from_tiyn(72_000), 5_000), 50.0);
    }
}
