//! One product: from demand, lead time and promise to "order so many now". Refuses to leave out why.

use super::batch::{Batch, Costs, Holding, Offer, cheapest};
use super::float::{float, whole};
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
}

impl Plan {
    /// Days that so many pieces last; none when nothing is asked for.
    pub fn cover(&self, pieces: i64) -> Option<f64> {
        (self.daily > 0.0).then(|| float(pieces.max(0)) / self.daily)
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
        ),
        _ => None,
    };
    let (batch, batch_reason) = batch(facts, cheapest, daily);
    let is_up_to = batch_reason == BatchReason::Review;
    let target = match &facts.demand {
        Demand::Estimated(estimate) => facts.target.with_caution(estimate.caution),
        Demand::Rate { .. } | Demand::Foreseen { .. } => facts.target,
    };
    let reorder_point = exposure.level(target, if is_up_to { 0 } else { batch }, facts.shortage);
    let is_idle = daily <= 0.0;
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
        exposure,
    }
}

fn exposure(facts: &Facts, daily: f64) -> Exposure {
    let whole_days = facts.lead.mean + facts.review_days;
    let over = |days: f64| match &facts.demand {
        Demand::Foreseen { days: told, spread } => {
            if (days - whole_days).abs() < 1e-9 && (days - told).abs() < 1e-9 && facts.lead.variance <= 0.0 {
                return spread.clone();
            }
            let part = days / told.max(1e-9);
            let variance =
                spread.deviation() * spread.deviation() * part + daily * daily * facts.lead.variance;
            Spread::of(facts.law.unwrap_or(Law::Gamma), daily * days, variance)
        }
        Demand::Rate { mean, variance } => {
            let variance = variance * days + mean * mean * facts.lead.variance;
            let law = facts.law.unwrap_or_else(|| fitting(mean * days, variance, false));
            Spread::of(law, mean * days, variance)
        }
        Demand::Estimated(estimate) => {
            let mean = estimate.mean * days;
            let wander = mean * mean * estimate.drift * days / 3.0;
            let variance = estimate.variance * days
                + estimate.doubt * days * days
                + wander
                + estimate.mean * estimate.mean * facts.lead.variance;
            let law = facts.law.unwrap_or_else(|| fitting(mean, variance, true));
            Spread::of(law, mean, variance)
        }
    };
    Exposure {
        lead: over(facts.lead.mean),
        whole: over(whole_days),
        review: daily * facts.review_days,
    }
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
    // As many batches as lift the position above the reorder point, and no more.
    let lacking = reorder_point.saturating_add(1).saturating_sub(position).max(1);
    facts.offer.worth_taking(lacking.max(batch))
}
