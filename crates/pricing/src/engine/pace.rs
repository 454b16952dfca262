//! When a watch is looked at next and what a change is worth: binds the plans to what is known of a batch.

use crate::{
    board::BoardRow,
    engine::subject::Subject,
    float::float,
    model::{CheckPace, Place, Receipt},
    plan::{Bounds, CheckPlan, Demand, Look, WatchPace, WeekShape, cost_of_lateness, next_check},
    store::{
        changes::{Change, ChangeState},
        watches::Watch,
    },
};
use sauda_kernel::{BasisPoints, Money, Span, Tenge, Timestamp};
use sauda_market::MarketError;

/// What all watches share: the shape of the week and the price of a read.
#[derive(Debug, Clone)]
pub(crate) struct Shared {
    pub shape: WeekShape,
    pub multiplier: f64,
}

impl Default for Shared {
    fn default() -> Self {
        Self {
            shape: WeekShape::default(),
            multiplier: 1.0,
        }
    }
}

/// Sales of an offer that has no history here: one in two days. Only compares watches with each other.
const ASSUMED_SALES_MILLI: i64 = 500;
/// Profit of an offer without a cost: a tenth of its price. Only compares watches with each other.
const ASSUMED_MARGIN: BasisPoints = BasisPoints(1_000);
/// Share of sales that a lost place takes with it.
const LOST_SHARE_BP: i64 = 5_000;
/// A change that the cabinet shows is looked for on the storefront this often, so long.
const VISIBLE_LOOK: Span = Span::from_secs(20);
const VISIBLE_FOR: Span = Span::from_mins(5);
/// An answer that says nothing is asked for again after this.
const UNUSABLE_WAIT: Span = Span::from_mins(2);

/// What the places of one watch ask for together.
#[derive(Debug, Default)]
pub(crate) struct Pace {
    cost_per_minute: f64,
    check: Option<CheckPace>,
    priority: bool,
    awaits_storefront: bool,
    moved: bool,
}

impl Pace {
    pub(crate) fn note(&mut self, subject: &Subject<'_>, recent: &[Change], now: Timestamp) {
        let working = subject.managed && subject.offer.on_sale && !subject.rule.paused;
        let profit = subject.place.row.profit.filter(|profit| *profit > Money::ZERO);
        let profit = profit.unwrap_or_else(|| {
            subject
                .place
                .row
                .price
                .unwrap_or_default()
                .money()
                .share(ASSUMED_MARGIN)
        });
        let sales = subject.facts.sales_per_day_milli.unwrap_or(ASSUMED_SALES_MILLI);
        if working {
            self.cost_per_minute += cost_of_lateness(sales, profit, LOST_SHARE_BP);
            self.check = Some(closer(self.check, subject.rule.check));
            self.priority |= subject.rule.priority;
        } else {
            self.check = self.check.or(Some(CheckPace::Learned {
                shortest_minutes: 30,
                longest_minutes: 120,
            }));
        }
        self.awaits_storefront |= recent.iter().any(|change| {
            change.state == ChangeState::InCabinet
                && change.cabinet_at.is_some_and(|at| now.since(at) < VISIBLE_FOR)
        });
    }

    /// Whether the price that matters to a place moved.
    pub(crate) fn note_move(&mut self, before: &BoardRow, after: &BoardRow) {
        self.moved |= before.checked_at.is_some() && before.rival_price != after.rival_price;
    }

    /// The watch after a read: what it learned and when it is due.
    pub(crate) fn after_read(
        self,
        mut watch: Watch,
        usable: bool,
        shared: &mut Shared,
        now: Timestamp,
    ) -> Watch {
        let mut pace =
            serde_json::from_str::<WatchPace>(&watch.stats).unwrap_or_else(|_| WatchPace::new(now));
        if let Some(before) = watch.checked_at.filter(|_| usable) {
            pace.learn(
                Look {
                    before,
                    now,
                    changed: self.moved,
                },
                &mut shared.shape,
            );
        }
        let plan = CheckPlan {
            pace: &pace,
            shape: &shared.shape,
            cost_per_minute: self.cost_per_minute,
            check: self.check.unwrap_or(CheckPace::Learned {
                shortest_minutes: 2,
                longest_minutes: 60,
            }),
            priority: self.priority,
            multiplier: shared.multiplier,
        };
        let planned = next_check(&plan, now);
        watch.next_at = Some(if !usable {
            planned.min(now.plus(UNUSABLE_WAIT))
        } else if self.awaits_storefront {
            planned.min(now.plus(VISIBLE_LOOK))
        } else {
            planned
        });
        watch.value_per_day = crate::float::whole(self.cost_per_minute * 1_440.0 / 100.0);
        watch.stats = serde_json::to_string(&pace).unwrap_or_else(|_| "{}".to_owned());
        watch.failures = 0;
        watch.last_error = None;
        if usable {
            watch.checked_at = Some(now);
        }
        watch
    }
}

/// The closer watch of two.
fn closer(known: Option<CheckPace>, wish: CheckPace) -> CheckPace {
    let Some(known) = known else { return wish };
    let bounds = |pace| match pace {
        CheckPace::Fixed { minutes } => (minutes, minutes),
        CheckPace::Learned {
            shortest_minutes,
            longest_minutes,
        } => (shortest_minutes, longest_minutes),
    };
    match (known, wish) {
        (CheckPace::Fixed { minutes: a }, CheckPace::Fixed { minutes: b }) => {
            CheckPace::Fixed { minutes: a.min(b) }
        }
        (a, b) => {
            let ((short_a, long_a), (short_b, long_b)) = (bounds(a), bounds(b));
            CheckPace::Learned {
                shortest_minutes: short_a.min(short_b),
                longest_minutes: long_a.min(long_b),
            }
        }
    }
}

/// The watch after a failed read: tried again later and later, at most every quarter of an hour.
pub(crate) fn after_failure(mut watch: Watch, error: &MarketError, now: Timestamp) -> Watch {
    watch.failures += 1;
    watch.last_error = Some(error.word().to_owned());
    let doubled = 15_i64.saturating_mul(
        1_i64
            .checked_shl(u32::try_from(watch.failures.min(6)).unwrap_or(6))
            .unwrap_or(64),
    );
    watch.next_at = Some(now.plus(Span::from_secs(doubled.min(900))));
    watch
}

/// Share of a card's sales by place, as believed before any history: see `model::curves`.
const SHARES_MILLI: [i64; 8] = [1_000, 500, 330, 250, 200, 160, 130, 80];
/// A change that brings a price back into its limits goes before all others.
const CORRECTION: i64 = 1_000_000_000_000;

/// What a change is expected to earn a day, whole tenge.
pub(crate) fn gain(subject: &Subject<'_>, receipt: &Receipt, price: Tenge) -> i64 {
    if subject
        .facts
        .price
        .is_some_and(|before| before < subject.floor() || subject.rule.max.is_some_and(|max| before > max))
    {
        return CORRECTION;
    }
    let earned = |price: Tenge, place: Option<Place>| {
        let unit = match &subject.parts {
            Some(parts) => sauda_economics::unit(price, parts).map_or(Money::ZERO, |parts| parts.profit),
            None => price.money().share(ASSUMED_MARGIN),
        };
        let place = place.map_or(8, |place| place.place.max(1));
        let share = usize::try_from(place - 1)
            .ok()
            .and_then(|at| SHARES_MILLI.get(at))
            .copied()
            .unwrap_or(50);
        unit.tiyn().saturating_mul(share) / 100_000
    };
    let before = subject
        .facts
        .price
        .map_or(0, |before| earned(before, receipt.place_before));
    let after = earned(price, receipt.place_after);
    let factor = if subject.rule.priority { 4 } else { 1 };
    after.saturating_sub(before).saturating_mul(factor)
}

/// Kept between starts: the shape of the week.
pub(crate) const SHAPE: &str = "week-shape";

/// What one watch asks of the budget, from its kept statistics.
pub(crate) fn demand(stats: &str, value_per_day: i64, shape: &WeekShape, now: Timestamp) -> Demand {
    let pace = serde_json::from_str::<WatchPace>(stats).unwrap_or_else(|_| WatchPace::new(now));
    Demand {
        changes_per_hour: pace.changes_per_hour(now, shape),
        cost_per_minute: float(value_per_day) * 100.0 / 1_440.0,
        bounds: Bounds::from(CheckPace::Learned {
            shortest_minutes: 2,
            longest_minutes: 60,
        }),
    }
}
