//! Which stock keeps a promise: safety stock and reorder point. Refuses to know prices.
//!
//! Sources: demand over a lead time that varies, Hadley and Whitin, Analysis of Inventory Systems, 1963, §3-5; fill rate by
//! expected excess and periodic review with batches, Silver, Pyke and Thomas, Inventory and Production Management in Supply
//! Chains, 4th ed. 2017, chapters 6 and 7; averaging over the batch, Axsäter, Inventory Control, 3rd ed. 2015, §5.3.

use super::float::{float, whole_up};
use super::special::normal_quantile;
use super::spread::{Law, Spread, average};

/// What is promised.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Target {
    /// Chance that nothing runs out before the next delivery.
    Cycle(f64),
    /// Share of the pieces asked for that are there at once.
    Fill(f64),
}

impl Target {
    /// A higher promise, that real demand keeps as well as the law keeps the lower one: real weeks have heavier tails. From
    /// 90 % on up; by trials, docs/accuracy.md.
    #[must_use]
    pub fn with_caution(self, caution: f64) -> Self {
        let higher = |kept: f64| {
            let missed = 1.0 - kept;
            let part = ((0.1 - missed) / 0.08).clamp(0.0, 1.0);
            1.0 - missed * (1.0 - caution * part)
        };
        match self {
            Self::Cycle(chance) => Self::Cycle(higher(chance)),
            Self::Fill(share) => Self::Fill(higher(share)),
        }
    }
}

/// What becomes of a buyer who finds nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shortage {
    /// Goes elsewhere.
    Lost,
    /// Waits.
    Backorder,
}

/// Demand until what is ordered now arrives, and until what is ordered at the next look arrives.
#[derive(Debug, Clone, PartialEq)]
pub struct Exposure {
    /// Over the lead time.
    pub lead: Spread,
    /// Over lead time and review.
    pub whole: Spread,
    /// Mean demand between two looks; 0 when every sale is looked at.
    pub review: f64,
    /// How long a delivery may take, where that varies: the chance, demand over it, and over it and the review.
    pub turns: Vec<(f64, Spread, Spread)>,
}

impl Exposure {
    /// Share of demand served at once when the position is at `level` after each look, and orders come in batches that
    /// lift it by up to `batch`.
    pub fn fill(&self, level: i64, batch: i64, shortage: Shortage) -> f64 {
        let lost = |lead: &Spread, whole: &Spread| {
            lost(self.short(lead, whole, level, batch), gone(lead, level, batch))
        };
        1.0 - match shortage {
            Shortage::Backorder => self.short(&self.lead, &self.whole, level, batch),
            Shortage::Lost if self.turns.is_empty() => lost(&self.lead, &self.whole),
            Shortage::Lost => {
                let each = self.turns.iter();
                each.map(|(chance, lead, whole)| chance * lost(lead, whole)).sum()
            }
        }
    }

    /// Share of demand that waits when buyers stay.
    fn short(&self, lead: &Spread, whole: &Spread, level: i64, batch: i64) -> f64 {
        let (low, high) = (float(level), float(level + batch.max(1)));
        let short = if self.review > 0.0 {
            let missing = |at: f64| (whole.excess(at) - lead.excess(at)).max(0.0);
            if batch <= 1 {
                missing(low) / self.review
            } else {
                average(level + 1, level + batch, missing) / self.review
            }
        } else if batch <= 1 {
            1.0 - lead.at_most(low - 1.0)
        } else {
            (lead.excess(low) - lead.excess(high)).max(0.0) / float(batch)
        };
        short.clamp(0.0, 1.0)
    }

    /// The smallest level that keeps the promise, never under the mean demand.
    pub fn level(&self, target: Target, batch: i64, shortage: Shortage) -> i64 {
        let least = whole_up(self.whole.mean());
        let wanted = match target {
            Target::Cycle(chance) if self.whole.law() == Law::Normal => {
                whole_up(self.whole.mean() + normal_quantile(chance) * self.whole.deviation())
            }
            Target::Cycle(chance) => self.smallest(|level| self.whole.at_most(float(level)) >= chance),
            Target::Fill(share) => self.smallest(|level| self.fill(level, batch, shortage) >= share),
        };
        wanted.max(least)
    }

    fn smallest(&self, keeps: impl Fn(i64) -> bool) -> i64 {
        let (mut low, mut high) = (-1_i64, whole_up(self.whole.mean()).max(1));
        while !keeps(high) && high < MOST {
            low = high;
            high = high.saturating_mul(2);
        }
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if keeps(middle) {
                high = middle;
            } else {
                low = middle;
            }
        }
        high
    }
}

/// Chance that more than the position would be sold in the lead time, on the average of a batch.
fn gone(lead: &Spread, level: i64, batch: i64) -> f64 {
    let low = float(level);
    if batch <= 1 {
        return 1.0 - lead.at_most(low);
    }
    (lead.excess(low + 1.0) - lead.excess(low + float(batch) + 1.0)).max(0.0) / float(batch)
}

/// Share of demand lost where buyers who find nothing leave: `short` is the share that would wait if they stayed, `gone` the
/// chance that more than all would be sold in the lead time. Who left takes nothing from the next delivery, so that sales of a
/// lead time never pass the level: their law is cut there. With Poisson buyers and every sale looked at this is Erlang's loss
/// formula (Hadley and Whitin, 1963, §4-13). Of one lead time: a late delivery cuts nothing, so that each is counted by itself.
fn lost(short: f64, gone: f64) -> f64 {
    if gone >= 1.0 - 1e-9 {
        return short;
    }
    ((short - gone) / (1.0 - gone)).clamp(0.0, short)
}

/// No level is beyond this.
const MOST: i64 = 1_000_000_000_000;
