//! A trial of the rules on past days: what a shop that follows them would have sold and kept. Refuses to look ahead.

use super::batch::Offer;
use super::float::{count, float, whole_up};
use super::history::{Day, Weighing, estimate, moments, sums};
use super::level::{Exposure, Shortage, Target};
use super::plan::{Demand, Facts, LeadTime, Standing, plan};
use super::special::normal_quantile;
use super::spread::{Law, Spread};

/// Which rule the shop of a trial follows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Rule {
    /// These rules.
    House(Weighing),
    /// Mean and deviation of the whole past, the normal law, the promise taken as the chance of a cycle.
    Textbook {
        /// Deviations of safety; by the promise when nobody says.
        factor: Option<f64>,
    },
    /// The textbook's rule for a fill rate: the same mean and deviation, expected pieces short of a normal law (Silver, Pyke and
    /// Thomas, 2017, chapter 6).
    TextbookFill {
        /// Times the deviation; 1 as it is printed.
        times: f64,
    },
}

/// How a trial goes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trial {
    pub lead_days: usize,
    pub review_days: usize,
    /// Promised share of demand served at once.
    pub fill: f64,
    pub shortage: Shortage,
    /// Days that are only learned from.
    pub learn_days: usize,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Outcome {
    pub asked: i64,
    pub served: i64,
    /// Sum of the stock at each evening, over `days`.
    pub stock_days: i64,
    pub days: i64,
}

impl Outcome {
    pub fn fill(&self) -> f64 {
        float(self.served) / float(self.asked.max(1))
    }

    pub fn stock(&self) -> f64 {
        float(self.stock_days) / float(self.days.max(1))
    }

    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self {
            asked: self.asked + other.asked,
            served: self.served + other.served,
            stock_days: self.stock_days + other.stock_days,
            days: self.days + other.days,
        }
    }
}

/// One product through its past: at each review the rule sees the days before, and nothing else.
pub fn trial(sales: &[i64], trial: Trial, rule: Rule) -> Outcome {
    let days: Vec<Day> = sales.iter().map(|units| Day::Units(*units)).collect();
    let mut outcome = Outcome::default();
    let (mut on_hand, mut waiting) = (0_i64, 0_i64);
    let mut coming: Vec<(usize, i64)> = Vec::new();
    for (day, asked) in sales.iter().enumerate().skip(trial.learn_days) {
        let arrived: i64 = coming
            .iter()
            .filter(|(at, _)| *at == day)
            .map(|(_, units)| units)
            .sum();
        coming.retain(|(at, _)| *at > day);
        on_hand += arrived;
        let made_good = waiting.min(on_hand);
        on_hand -= made_good;
        waiting -= made_good;
        if (day - trial.learn_days).is_multiple_of(trial.review_days) {
            let level = level(days.get(..day).unwrap_or_default(), trial, rule);
            let position = on_hand - waiting + coming.iter().map(|(_, units)| units).sum::<i64>();
            let order = (level - position).max(0);
            if day == trial.learn_days {
                // The shop opens with what the rule wants.
                on_hand += order;
            } else if order > 0 {
                coming.push((day + trial.lead_days, order));
            }
        }
        let served = on_hand.min(*asked);
        on_hand -= served;
        if trial.shortage == Shortage::Backorder {
            waiting += asked - served;
        }
        outcome = outcome.with(Outcome {
            asked: *asked,
            served,
            stock_days: on_hand,
            days: 1,
        });
    }
    outcome
}

fn level(past: &[Day], trial: Trial, rule: Rule) -> i64 {
    let whole_days = count(trial.lead_days) + count(trial.review_days);
    let (mean, variance) = moments(&sums(past, 1)).unwrap_or((0.0, 0.0));
    match rule {
        Rule::TextbookFill { times } => {
            let over = |days: usize| {
                Spread::of(
                    Law::Normal,
                    mean * count(days),
                    variance * count(days) * times * times,
                )
            };
            Exposure {
                lead: over(trial.lead_days),
                whole: over(trial.lead_days + trial.review_days),
                review: mean * count(trial.review_days),
                turns: Vec::new(),
            }
            .level(Target::Fill(trial.fill), 0, Shortage::Backorder)
        }
        Rule::Textbook { factor } => {
            let factor = factor.unwrap_or_else(|| normal_quantile(trial.fill));
            whole_up(mean * whole_days + factor * (variance * whole_days).sqrt())
        }
        Rule::House(weighing) => {
            let Some(estimate) = estimate(past, weighing) else {
                return 0;
            };
            let facts = Facts {
                demand: Demand::Estimated(estimate),
                lead: LeadTime {
                    mean: count(trial.lead_days),
                    variance: 0.0,
                },
                review_days: count(trial.review_days),
                target: Target::Fill(trial.fill),
                shortage: trial.shortage,
                law: None,
                standing: Standing::default(),
                offer: Offer {
                    least: 1,
                    pack: 1,
                    breaks: Vec::new(),
                },
                order_cost: None,
                holding: None,
                most_days: None,
            };
            plan(&facts).order_up_to
        }
    }
}
