//! One product: from demand, lead time and promise to "order so many now". Refuses to leave out why.

use super::batch::{Batch, Costs, Holding, LARGEST, Offer, cheapest};
use super::float::{float, whole, whole_up};
use super::history::{Estimate, moments};
use super::level::{Exposure, Shortage, Target};
use super::spread::{Law, Spread, fitting};
use sauda_kernel::Money;

/// What is known of coming demand.
#[derive(Debug, Clone, PartialEq)]
pub enum Demand {
    /// Mean and variance of a day.
    Rate { mean: f64, variance: f64 },
    /// Estimated from past days.
    Estimated(Estimate),
    /// Demand over so many days, as somebody foresaw it; lead time and review should add up to them.
    Foreseen { days: f64, spread: Spread },
}

/// Days from order to delivery.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LeadTime {
    pub mean: f64,
    pub variance: f64,
}

impl LeadTime {
    /// From past deliveries.
    pub fn of(days: &[f64]) -> Option<Self> {
        match days {
            [] => None,
            [one] => Some(Self {
                mean: *one,
                variance: 0.0,
            }),
            many => moments(many).map(|(mean, variance)| Self { mean, variance }),
        }
    }
}

/// What lies there and what is promised of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing {
    pub on_hand: i64,
    pub on_the_way: i64,
    /// Sold and not yet handed over, or waited for.
    pub reserved: i64,
}

impl Standing {
    /// What may still be sold.
    pub const fn free(self) -> i64 {
        self.on_hand.saturating_sub(self.reserved)
    }

    /// What may still be sold, with what is coming.
    pub const fn position(self) -> i64 {
        self.free().saturating_add(self.on_the_way)
    }
}

/// Everything that decides one product.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    pub demand: Demand,
    pub lead: LeadTime,
    /// Days between looks; 0 when every sale is looked at.
    pub review_days: f64,
    pub target: Target,
    pub shortage: Shortage,
    /// The law to take, when somebody says so.
    pub law: Option<Law>,
    pub standing: Standing,
    pub offer: Offer,
    /// Of one order, and of keeping; the batch is computed when both are known.
    pub order_cost: Option<Money>,
    pub holding: Option<Holding>,
    /// A piece may lie so many days on the average, or twice the lead time and review when those are longer; none for what is
    /// kept whatever it sells.
    pub most_days: Option<f64>,
}

/// Why less is kept than the promise asks for: rare demand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Restraint {
    /// The promise asks for this; the level stands at what sells in the longest time that goods may lie.
    Level { wanted: i64 },
    /// A piece of the smallest order lies longer than it may: none is suggested.
    NotKept { smallest: i64 },
}

/// Where the batch comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BatchReason {
    /// Cheapest by ordering, keeping and prices.
    Cheapest,
    /// Up to the level at each look.
    Review,
    /// The supplier's fewest or the pack.
    Supplier,
    /// A week's demand: nobody said what an order costs.
    Week,
}

/// What follows.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    pub exposure: Exposure,
    /// Mean demand of a day.
    pub daily: f64,
    pub safety_stock: i64,
    /// At this position, or under it, an order is due.
    pub reorder_point: i64,
    /// The highest position after an order: a batch above the reorder point, or the level that each look fills up to. A lower
    /// price, the pack or the supplier's fewest may go above it.
    pub order_up_to: i64,
    /// The cheapest batch, when costs are known.
    pub cheapest: Option<Batch>,
    pub batch: i64,
    pub batch_reason: BatchReason,
    /// What to order now; 0 for nothing.
    pub order: i64,
    pub order_cost: Option<Money>,
    /// Chance that nothing runs out in a cycle, at this reorder point.
    pub cycle: f64,
    /// Share of demand served at once, at this reorder point.
    pub fill: f64,
    /// What sells too rarely for its promise.
    pub restraint: Option<Restraint>,
}

impl Plan {
    /// Days that so many pieces last; none when nothing is asked for.
    pub fn cover(&self, pieces: i64) -> Option<f64> {
        (self.daily > 0.0).then(|| float(pieces.max(0)) / self.daily)
    }
}

/// What may run out before more is here.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gap {
    /// Whole days without goods, as it goes usually.
    pub days: i64,
    /// Chance that somebody finds nothing.
    pub chance: f64,
    /// Pieces that are likely not sold.
    pub lost: f64,
}

impl Plan {
    /// What may run out of so many pieces in so many days. Nothing when nothing is asked for.
    pub fn gap(&self, free: i64, days: i64) -> Option<Gap> {
        let lead = self.exposure.lead.mean();
        if days <= 0 || self.daily <= 0.0 || lead <= 0.0 {
            return None;
        }
        let (free, mean) = (free.max(0), self.daily * float(days));
        let deviation = self.exposure.lead.deviation();
        let variance = deviation * deviation * mean / lead;
        let demand = Spread::of(fitting(mean, variance, true), mean, variance);
        let lasts = whole((float(free) / self.daily).floor());
        Some(Gap {
            days: (days - lasts).max(0),
            chance: 1.0 - demand.at_most(float(free)),
            lost: demand.excess(float(free)),
        })
    }
}

/// Decides one product.
pub fn plan(facts: &Facts) -> Plan {
    let daily = match &facts.demand {
        Demand::Rate { mean, .. } => *mean,
        Demand::Estimated(estimate) => estimate.mean,
        Demand::Foreseen { days, spread } => spread.mean() / days.max(1e-9),
    };
    let exposure = exposure(facts, daily);
    let yearly_milli = whole(daily * 365_000.0);
    let cheapest = match (facts.order_cost, facts.holding) {
        (Some(order), Some(holding)) => cheapest(
            &facts.offer,
            &Costs {
                yearly_milli,
                order,
                holding,
            },
            // A piece of a batch lies for half of it on the average.
            sells_while_lying(facts, daily).map_or(LARGEST, |sells| whole((2.0 * sells - 1.0).floor())),
        ),
        _ => None,
    };
    let (batch, batch_reason) = batch(facts, cheapest, daily);
    let is_up_to = batch_reason == BatchReason::Review;
    let target = match &facts.demand {
        Demand::Estimated(estimate) => facts.target.with_caution(estimate.caution),
        Demand::Rate { .. } | Demand::Foreseen { .. } => facts.target,
    };
    let wanted = exposure.level(target, if is_up_to { 0 } else { batch }, facts.shortage);
    let is_idle = daily <= 0.0;
    let above = (wanted, (!is_up_to).then_some(batch));
    let restraint = restraint(facts, daily, above, exposure.whole.mean()).filter(|_| !is_idle);
    let is_kept = !matches!(restraint, Some((Restraint::NotKept { .. }, _)));
    let reorder_point = restraint.map_or(wanted, |(_, level)| level);
    let is_up_to = is_up_to || !is_kept;
    let order_up_to = reorder_point.saturating_add(if is_up_to || is_idle { 0 } else { batch });
    let order = order(facts, reorder_point, order_up_to, batch, is_up_to || is_idle);
    Plan {
        daily,
        safety_stock: whole((float(reorder_point) - exposure.whole.mean()).max(0.0)),
        reorder_point,
        order_up_to,
        cheapest,
        batch,
        batch_reason,
        order,
        order_cost: facts.offer.cost(order),
        cycle: exposure.whole.at_most(float(reorder_point)),
        fill: if is_idle {
            1.0
        } else {
            exposure.fill(reorder_point, if is_up_to { 0 } else { batch }, facts.shortage)
        },
        restraint: restraint.map(|(why, _)| why),
        exposure,
    }
}

/// Pieces that sell in the longest time that one may lie on the average; none where that may be as long as the promise asks.
fn sells_while_lying(facts: &Facts, daily: f64) -> Option<f64> {
    let days = facts.most_days?.max(2.0 * (facts.lead.mean + facts.review_days));
    Some(daily * days + 1e-9)
}

/// Why and to which level the wanted one is lowered, so that a piece lies no longer than it may on the average; nothing when it
/// may stand. A piece of a level waits for as many sales as the level has pieces, one of a batch for half of it besides.
fn restraint(
    facts: &Facts,
    daily: f64,
    (wanted, batch): (i64, Option<i64>),
    least: f64,
) -> Option<(Restraint, i64)> {
    let sells = sells_while_lying(facts, daily)?;
    let smallest = facts.offer.at_least(1);
    let half = |batch: i64| (float(batch) + 1.0) / 2.0;
    if half(smallest) > sells {
        return Some((Restraint::NotKept { smallest }, 0));
    }
    let most = whole((sells - batch.map_or(0.0, half)).floor()).max(whole_up(least));
    (wanted > most).then_some((Restraint::Level { wanted }, most))
}

fn exposure(facts: &Facts, daily: f64) -> Exposure {
    let (whole_days, late) = (facts.lead.mean + facts.review_days, facts.lead.variance);
    let moments = |days: f64, late: f64| {
        let (mean, variance) = match &facts.demand {
            Demand::Foreseen { days: told, spread } => {
                let part = days / told.max(1e-9);
                (daily * days, spread.deviation() * spread.deviation() * part)
            }
            Demand::Rate { mean, variance } => (mean * days, variance * days),
            Demand::Estimated(estimate) => {
                let mean = estimate.mean * days;
                let wander = mean * mean * estimate.drift * days / 3.0;
                (
                    mean,
                    estimate.variance * days + estimate.doubt * days * days + wander,
                )
            }
        };
        (mean, variance + daily * daily * late)
    };
    // One law for all spans: what is lost follows from their difference.
    let (mean, variance) = moments(whole_days, late);
    let law = facts.law.unwrap_or_else(|| match &facts.demand {
        Demand::Foreseen { spread, .. } => match spread.law() {
            Law::Empirical => Law::Gamma,
            Law::Fixed => fitting(mean, variance, true),
            law => law,
        },
        Demand::Rate { .. } => fitting(mean, variance, false),
        Demand::Estimated(_) => fitting(mean, variance, true),
    });
    let over = |days: f64, late: f64| match &facts.demand {
        // What somebody saw over just these days stays as it is, and parts of it look alike.
        Demand::Foreseen { days: told, spread }
            if late <= 0.0
                && facts.lead.variance <= 0.0
                && (whole_days - told).abs() < 1e-9
                && (spread.law() == Law::Empirical || (days - told).abs() < 1e-9) =>
        {
            spread.times(days / told)
        }
        _ => {
            let (mean, variance) = moments(days, late);
            Spread::of(law, mean, variance)
        }
    };
    Exposure {
        lead: over(facts.lead.mean, late),
        whole: over(whole_days, late),
        review: daily * facts.review_days,
        turns: turns(facts, |days| over(days, 0.0)),
    }
}

/// A lead time that varies as three that do not, with its mean and its variance (Gauss and Hermite's points).
fn turns(facts: &Facts, over: impl Fn(f64) -> Spread) -> Vec<(f64, Spread, Spread)> {
    let LeadTime { mean, variance } = facts.lead;
    if variance <= 0.0 || facts.shortage == Shortage::Backorder {
        return Vec::new();
    }
    let apart = (3.0 * variance).sqrt();
    let points = [
        (1.0 / 6.0, (mean - apart).max(0.0)),
        (2.0 / 3.0, mean),
        (1.0 / 6.0, mean + apart),
    ];
    points
        .into_iter()
        .map(|(chance, days)| (chance, over(days), over(days + facts.review_days)))
        .collect()
}

fn batch(facts: &Facts, cheapest: Option<Batch>, daily: f64) -> (i64, BatchReason) {
    let offer = &facts.offer;
    let fewest = offer.at_least(1);
    if let Some(batch) = cheapest {
        return (batch.quantity, BatchReason::Cheapest);
    }
    let between = whole(daily * facts.review_days);
    if facts.review_days > 0.0 {
        if fewest > between.max(1) {
            return (fewest, BatchReason::Supplier);
        }
        return (fewest, BatchReason::Review);
    }
    let week = offer.at_least(whole(daily * 7.0).max(1));
    if offer.least > 1 && offer.least >= whole(daily * 7.0) {
        (fewest, BatchReason::Supplier)
    } else {
        (week, BatchReason::Week)
    }
}

fn order(facts: &Facts, reorder_point: i64, up_to: i64, batch: i64, is_up_to: bool) -> i64 {
    let position = facts.standing.position();
    let is_due = if is_up_to {
        position < up_to
    } else {
        position <= reorder_point
    };
    if !is_due {
        return 0;
    }
    let missing = up_to.saturating_sub(position);
    if is_up_to {
        return facts.offer.worth_taking(missing);
    }
    // As many whole batches as lift the position above the reorder point, and no more: it then stands between the point and a
    // batch above it, which is what the chance of the reorder point was computed for.
    let lacking = reorder_point.saturating_sub(position).max(0);
    let batches = lacking.div_euclid(batch.max(1)).saturating_add(1);
    facts.offer.worth_taking(batches.saturating_mul(batch))
}
