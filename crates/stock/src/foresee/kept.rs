//! A forecast as it is kept: whole numbers, day by day. Refuses to say anything of days it was not made for.

use crate::reorder::{Estimate, Spread, fitting, float};
use sauda_forecast::response::Response;
use sauda_kernel::{Money, ProductId, Timestamp};

/// A forecast older than this does not speak.
const FRESH_DAYS: i64 = 4;
/// Days whose mean stands for those beyond the last.
const LAST_DAYS: usize = 28;

/// What is expected of a product. Days are counted from 1970 in Almaty.
#[derive(Debug, Clone, PartialEq)]
pub struct Foreseen {
    pub product: ProductId,
    pub made_at: Timestamp,
    /// The first day ahead.
    pub first_day: i64,
    /// Mean of each day ahead, thousandths of a piece.
    pub mean_milli: Vec<i64>,
    /// Pieces that a day stays at or under in one case of ten, five, nine. Left out where only means were asked for.
    pub low: Vec<i64>,
    pub middle: Vec<i64>,
    pub high: Vec<i64>,
    /// Models and their parts in thousandths, heaviest first.
    pub models: Vec<(String, i64)>,
    /// Share of the square of a day's mean, thousandths.
    pub unsteady_milli: i64,
    /// Special days ahead and what they multiply demand by, thousandths.
    pub special: Vec<(String, i64)>,
    pub counted: i64,
    pub sold_out: i64,
    /// Products of the same kind it learned from.
    pub neighbours: Option<i64>,
    pub tested: Option<Tested>,
    pub price: PriceSaid,
    /// What a promotion multiplies demand by, thousandths; none while none was seen.
    pub promotion_milli: Option<i64>,
    pub first_place: Option<FirstPlace>,
}

/// What standing first in the card does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FirstPlace {
    /// Demand of a day that is first throughout against one that never is, thousandths.
    pub factor_milli: i64,
    /// Share of the newest week that was first, thousandths: the forecast goes by it.
    pub share_milli: i64,
}

/// How good it would have been on the newest past, which it was not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tested {
    /// Counted days of the trial.
    pub days: i64,
    /// Of them, those inside of the band of 80 %.
    pub inside: i64,
    pub sold: i64,
    /// What it would have told, and what a plain mean would have; thousandths of a piece.
    pub told_milli: i64,
    pub plain_milli: i64,
}

/// What is known of the price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PriceSaid {
    /// No price is known.
    Nothing,
    /// Not enough to say anything: the code of the reason.
    NotEnough(String),
    Known(PriceEffect),
}

/// What a price does to demand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PriceEffect {
    /// Percent of demand for a percent of price, thousandths; below zero as a rule.
    pub elasticity_milli: i64,
    /// One standard deviation of it.
    pub doubt_milli: i64,
    /// What the forecast goes by, and the lowest and highest that was seen.
    pub price: Money,
    pub lowest: Money,
    pub highest: Money,
}

impl PriceEffect {
    /// Demand at a price against that at the price the forecast goes by: lower bound, middle, upper bound at 90 %, thousandths. Never
    /// under a fifth or above five times: nobody saw what is beyond.
    pub fn factor_milli(&self, price: Money) -> [i64; 3] {
        let tiyn = |money: Money| float(money.tiyn().max(1));
        self.response()
            .factor(tiyn(price), tiyn(self.price))
            .map(|factor| crate::reorder::rounded(factor.clamp(0.2, 5.0) * 1_000.0))
    }

    /// Whether nothing was ever sold near this price.
    pub fn is_outside(&self, price: Money) -> bool {
        self.response().is_outside(float(price.tiyn().max(1)))
    }

    fn response(&self) -> Response {
        let elasticity = float(self.elasticity_milli) / 1_000.0;
        let doubt = float(self.doubt_milli) / 1_000.0;
        Response {
            elasticity,
            doubt,
            own: elasticity,
            own_doubt: doubt,
            promotion: None,
            reference: float(self.price.tiyn()),
            steps: 0,
            prices: 0,
            lowest: float(self.lowest.tiyn()),
            highest: float(self.highest.tiyn()),
        }
    }
}

impl Foreseen {
    /// Whether it still speaks on this day.
    pub fn is_fresh(&self, today: i64) -> bool {
        (0..FRESH_DAYS).contains(&(today - self.first_day)) && !self.mean_milli.is_empty()
    }

    /// Pieces expected over so many days from a day on, thousandths; beyond the last day the newest weeks ahead go on.
    pub fn expected_milli(&self, from: i64, days: i64) -> i64 {
        let sum = |days: &[i64]| days.iter().fold(0_i64, |sum, day| sum.saturating_add(*day));
        let skipped = usize::try_from(from - self.first_day).unwrap_or(0);
        let wanted = usize::try_from(days).unwrap_or(0);
        let ahead = self.mean_milli.get(skipped..).unwrap_or_default();
        let told = sum(ahead.get(..wanted).unwrap_or(ahead));
        let missing = i64::try_from(wanted.saturating_sub(ahead.len())).unwrap_or(0);
        if missing == 0 {
            return told;
        }
        let last = self.mean_milli.len().saturating_sub(LAST_DAYS);
        let newest = self.mean_milli.get(last..).unwrap_or_default();
        let many = i64::try_from(newest.len().max(1)).unwrap_or(1);
        told.saturating_add((sum(newest) / many).saturating_mul(missing))
    }

    /// Demand over so many days from a day on, and how much of a shortage more is to be prevented than the law says. The mean is
    /// the forecast's. Around it, past weeks say how far such sums go: their part beyond chance grows with the mean.
    pub fn over(&self, from: i64, days: i64, past: Option<Estimate>) -> (Spread, f64) {
        let mean = float(self.expected_milli(from, days)) / 1_000.0;
        let beyond_chance = match past {
            Some(past) if past.mean > 0.0 && self.neighbours.is_none() => {
                let days = float(days);
                let usual = past.mean * days;
                let variance =
                    past.variance * days + past.doubt * days * days + usual * usual * past.drift * days / 3.0;
                (variance - usual).max(0.0) / (usual * usual)
            }
            _ => float(self.unsteady_milli) / 1_000.0,
        };
        let variance = mean + beyond_chance * mean * mean;
        let caution = past.map_or(0.0, |past| past.caution);
        (Spread::of(fitting(mean, variance, true), mean, variance), caution)
    }
}
