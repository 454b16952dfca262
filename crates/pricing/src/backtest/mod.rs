//! What another rule would have done with the market that was seen: replays recorded observations. Refuses to know how
//! rivals would have answered; the report says so.

use crate::decide::{Input, decide, place_of};
use crate::float::{float, whole};
use crate::model::{
    Floors, Observation, OfferFacts, OwnMove, ProfitCurve, Rule, SellerUid, Sister, forget_old_moves,
};
use sauda_economics::{FloorParts, unit};
use sauda_kernel::{BasisPoints, Money, Span, Tenge, Timestamp};

/// The market and the offer that a rule is tried on.
#[derive(Debug, Clone, Copy)]
pub struct Replay<'a> {
    /// The offer as it stood before the first observation.
    pub offer: &'a OfferFacts,
    pub floors: &'a Floors,
    /// For margins and profit.
    pub parts: Option<&'a FloorParts>,
    pub sisters: &'a [Sister],
    /// Ascending in time.
    pub observations: &'a [Observation],
    /// Sales a day at each place, for the estimated profit; none gives no estimate.
    pub curve: Option<&'a ProfitCurve>,
    /// The end of the last observation's validity.
    pub until: Timestamp,
}

/// What came of one rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub changes: u32,
    /// Times the rule asked a person; the replay leaves the price.
    pub asked: u32,
    /// Of the time with a readable market.
    pub first_share: BasisPoints,
    pub floor_share: BasisPoints,
    /// Averaged over time; none without costs.
    pub average_margin: Option<BasisPoints>,
    /// Estimated profit of the whole span; none without costs or a curve.
    pub profit: Option<Money>,
    /// The local day (its midnight) with the lowest estimated profit, or without estimate with the least time first.
    pub worst_day: Option<WorstDay>,
    /// Real length of the history in whole days.
    pub days: i64,
    pub reservation: Option<Reservation>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorstDay {
    pub day: Timestamp,
    pub first_share: BasisPoints,
    pub profit: Option<Money>,
}

/// Why a report should be read with care.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reservation {
    /// Less history than a week.
    ShortHistory {
        days: i64,
        needed: i64,
    },
    NoHistory,
}

pub const DAYS_NEEDED: i64 = 7;
/// A gap between observations longer than this is not counted: nobody knows what stood then.
const LONGEST_VALID: Span = Span::from_hours(6);

/// Two rules on the same market.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    pub today: Report,
    pub tried: Report,
    /// Of the tried rule against today's.
    pub profit_gain: Option<Money>,
}

/// Replays both rules on the same market.
pub fn compare(replay: &Replay<'_>, today: &Rule, tried: &Rule) -> Comparison {
    let (today, tried) = (run(replay, today), run(replay, tried));
    let profit_gain = match (today.profit, tried.profit) {
        (Some(before), Some(after)) => after.checked_sub(before).ok(),
        _ => None,
    };
    Comparison {
        today,
        tried,
        profit_gain,
    }
}

/// Replays one rule: each observation is shown to it with our own row at the replayed price, and its price stands until
/// the next one.
pub fn run(replay: &Replay<'_>, rule: &Rule) -> Report {
    let (Some(first), Some(_)) = (replay.observations.first(), replay.observations.last()) else {
        return Tally::new(replay.until).report(Some(Reservation::NoHistory), 0);
    };
    let mut offer = replay.offer.clone();
    let mut moves: Vec<OwnMove> = Vec::new();
    let mut tally = Tally::new(first.at());
    for (index, seen) in replay.observations.iter().enumerate() {
        let seen_by_us = with_own_price(seen, &offer.seller, offer.price);
        let input = Input {
            offer: &offer,
            rule,
            floors: replay.floors,
            observation: Some(&seen_by_us),
            sisters: replay.sisters,
            moves: &moves,
            last_contact: Some(seen.at()),
            curve: replay.curve,
            parts: replay.parts,
            now: seen.at(),
        };
        let decision = decide(&input);
        if let Some(price) = decision.price() {
            moves.extend(decision.as_move(seen.at(), Some(&seen_by_us)));
            offer.price = Some(price);
            tally.changes = tally.changes.saturating_add(1);
        } else if matches!(decision.outcome, crate::model::Outcome::Ask(_)) {
            tally.asked = tally.asked.saturating_add(1);
        }
        forget_old_moves(&mut moves, seen.at());
        let end = replay
            .observations
            .get(index + 1)
            .map_or(replay.until, Observation::at);
        let end = end.min(seen.at().plus(LONGEST_VALID));
        if let (Some(price), true) = (offer.price, !seen.rows().is_empty()) {
            let place = place_of(seen, &offer.seller, price).place;
            tally.stand(replay, price, place, decision.floor, seen.at(), end);
        }
    }
    let days = replay.until.since(first.at()).as_mins() / 1_440;
    let short = days < DAYS_NEEDED;
    tally.report(
        short.then_some(Reservation::ShortHistory {
            days,
            needed: DAYS_NEEDED,
        }),
        days,
    )
}

/// The observation as it would have been with our offer at another price.
fn with_own_price(seen: &Observation, own: &SellerUid, price: Option<Tenge>) -> Observation {
    let mut rows = seen.rows().to_vec();
    let (Some(price), Some(row)) = (price, rows.iter_mut().find(|row| row.seller == *own)) else {
        return seen.clone();
    };
    row.price = price;
    Observation::new(seen.at(), seen.coverage(), Some(seen.total()), rows).unwrap_or_else(|_| seen.clone())
}

/// Sums over time, per local day.
struct Tally {
    changes: u32,
    asked: u32,
    micros: i64,
    first_micros: i64,
    floor_micros: i64,
    /// Margin in basis points × microseconds, and the microseconds with a known margin.
    margin: (i128, i64),
    profit: Option<f64>,
    days: Vec<Day>,
}

#[derive(Clone, Copy)]
struct Day {
    start: Timestamp,
    micros: i64,
    first_micros: i64,
    profit: Option<f64>,
}

impl Tally {
    fn new(first: Timestamp) -> Self {
        let start = first.local_midnight();
        Self {
            changes: 0,
            asked: 0,
            micros: 0,
            first_micros: 0,
            floor_micros: 0,
            margin: (0, 0),
            profit: None,
            days: vec![Day {
                start,
                micros: 0,
                first_micros: 0,
                profit: None,
            }],
        }
    }

    /// Our price stood on a place from one moment to another; split at local midnights.
    fn stand(
        &mut self,
        replay: &Replay<'_>,
        price: Tenge,
        place: u32,
        floor: Option<Tenge>,
        from: Timestamp,
        to: Timestamp,
    ) {
        let told = replay.parts.and_then(|parts| unit(price, parts).ok());
        let units = replay
            .curve
            .and_then(|curve| curve.units_per_million_days(place, price));
        let per_day = told
            .zip(units)
            .map(|(told, units)| float(told.profit.tiyn()) * float(units) / 1e6);
        let mut at = from;
        while at < to {
            let midnight = at.local_midnight().plus(Span::from_days(1));
            let end = midnight.min(to);
            let micros = end.since(at).as_micros();
            self.micros += micros;
            if let Some(told) = told {
                self.margin.0 += i128::from(told.margin.0) * i128::from(micros);
                self.margin.1 += micros;
            }
            if floor == Some(price) {
                self.floor_micros += micros;
            }
            let earned =
                per_day.map(|per_day| per_day * float(micros) / float(Span::from_days(1).as_micros()));
            let first = if place == 1 { micros } else { 0 };
            self.first_micros += first;
            self.profit = add(self.profit, earned);
            let day = self.day(at.local_midnight());
            day.micros += micros;
            day.first_micros += first;
            day.profit = add(day.profit, earned);
            at = end;
        }
    }

    fn day(&mut self, start: Timestamp) -> &mut Day {
        if self.days.last().is_none_or(|day| day.start != start) {
            self.days.push(Day {
                start,
                micros: 0,
                first_micros: 0,
                profit: None,
            });
        }
        let last = self.days.len() - 1;
        #[expect(
            clippy::indexing_slicing,
            reason = "the line above makes sure that there is a last element"
        )]
        &mut self.days[last]
    }

    fn report(self, reservation: Option<Reservation>, days: i64) -> Report {
        // Days of which less than half was seen say little.
        let half = Span::from_hours(12).as_micros();
        let judged = |day: &&Day| day.micros >= half;
        let worst = self.days.iter().filter(judged).min_by(|one, two| {
            let by_profit = one.profit.unwrap_or(0.0).total_cmp(&two.profit.unwrap_or(0.0));
            by_profit.then(share(one.first_micros, one.micros).cmp(&share(two.first_micros, two.micros)))
        });
        let margin = (self.margin.1 > 0).then(|| self.margin.0 / i128::from(self.margin.1.max(1)));
        Report {
            changes: self.changes,
            asked: self.asked,
            first_share: share(self.first_micros, self.micros),
            floor_share: share(self.floor_micros, self.micros),
            average_margin: margin
                .and_then(|margin| i32::try_from(margin).ok())
                .map(BasisPoints),
            profit: self.profit.map(|tiyn| Money::from_tiyn(whole(tiyn))),
            worst_day: worst.map(|day| WorstDay {
                day: day.start,
                first_share: share(day.first_micros, day.micros),
                profit: day.profit.map(|tiyn| Money::from_tiyn(whole(tiyn))),
            }),
            days,
            reservation,
        }
    }
}

fn add(sum: Option<f64>, more: Option<f64>) -> Option<f64> {
    match (sum, more) {
        (None, more) => more,
        (sum, None) => sum,
        (Some(sum), Some(more)) => Some(sum + more),
    }
}

fn share(part: i64, whole: i64) -> BasisPoints {
    if whole <= 0 {
        return BasisPoints(0);
    }
    let share = i128::from(part) * 10_000 / i128::from(whole);
    BasisPoints(i32::try_from(share).unwrap_or(10_000))
}
