//! How much of a limit of the law is used, and on which day it was crossed. Refuses to say what follows from it.

use super::{Period, TaxQuestion};
use crate::rates::{Day, Fact, RateError, Regime, tax_fact};
use sauda_kernel::{BasisPoints, Money};

/// Where turnover stands against a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ThresholdState {
    Within,
    /// Four fifths or more.
    Near,
    Crossed,
}

impl ThresholdState {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Within => "within",
            Self::Near => "near",
            Self::Crossed => "crossed",
        }
    }
}

/// One limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Threshold {
    /// `vat` or `regime`.
    pub code: &'static str,
    pub limit: Money,
    /// In monthly calculation indices.
    pub limit_mrp: i64,
    /// `year`, `half_year`, `month`.
    pub over: &'static str,
    pub used: Money,
    /// Negative when crossed.
    pub left: Money,
    pub share: BasisPoints,
    pub state: ThresholdState,
    /// The day whose income went over it; only when income is given by days.
    pub crossed_on: Option<Day>,
    pub fact: Fact,
}

/// All limits that concern this merchant.
pub(super) fn thresholds(
    question: &TaxQuestion<'_>,
    period: Period,
    mrp: i64,
) -> Result<Vec<Threshold>, RateError> {
    let mut told = Vec::new();
    let day = period.to();
    if !question.vat_payer {
        let fact = tax_fact("registration_threshold", "any", "VAT", "MRP", day)?;
        told.push(one("vat", "year", fact, mrp, question, question.year_before));
    }
    match question.regime {
        Regime::Simplified => {
            let fact = tax_fact("income_limit", "IP", "simplified declaration", "MRP", day)?;
            let yearly = day.year() >= 2026;
            let (over, before) = if yearly {
                ("year", question.year_before)
            } else {
                ("half_year", Money::ZERO)
            };
            told.push(one("regime", over, fact, mrp, question, before));
        }
        Regime::SelfEmployed => {
            let fact = tax_fact(
                "income_limit",
                "natural person",
                "self-employed",
                "MRP per month",
                day,
            )?;
            told.push(monthly(fact, mrp, question, period));
        }
        Regime::GeneralIp | Regime::Llp | Regime::Retail => {}
    }
    Ok(told)
}

fn one(
    code: &'static str,
    over: &'static str,
    fact: Fact,
    mrp: i64,
    question: &TaxQuestion<'_>,
    before: Money,
) -> Threshold {
    let limit = limit(&fact, mrp);
    let used = Money::from_tiyn(before.tiyn().saturating_add(question.turnover.tiyn()));
    let mut reached = before.tiyn();
    let mut crossed_on = None;
    for (day, sum) in question.incomes {
        reached = reached.saturating_add(sum.tiyn());
        if reached > limit.tiyn() {
            crossed_on = Some(*day);
            break;
        }
    }
    against(code, over, fact, limit, used, crossed_on)
}

/// The fullest month; without days, the turnover against the limit of all months together.
fn monthly(fact: Fact, mrp: i64, question: &TaxQuestion<'_>, period: Period) -> Threshold {
    let month = limit(&fact, mrp);
    if question.incomes.is_empty() {
        let all = Money::from_tiyn(month.tiyn().saturating_mul(period.months()));
        return against("regime", "period", fact, all, question.turnover, None);
    }
    let (mut most, mut reached, mut crossed_on) = (0_i64, (0, 0_i64), None);
    for (day, sum) in question.incomes {
        if reached.0 != day.month() {
            reached = (day.month(), 0);
        }
        reached.1 = reached.1.saturating_add(sum.tiyn());
        most = most.max(reached.1);
        if reached.1 > month.tiyn() && crossed_on.is_none() {
            crossed_on = Some(*day);
        }
    }
    against("regime", "month", fact, month, Money::from_tiyn(most), crossed_on)
}

/// Hundredths of indices × tiyn of an index.
fn limit(fact: &Fact, mrp: i64) -> Money {
    Money::from_tiyn((fact.hundredths / 100).saturating_mul(mrp))
}

fn against(
    code: &'static str,
    over: &'static str,
    fact: Fact,
    limit: Money,
    used: Money,
    crossed_on: Option<Day>,
) -> Threshold {
    let near = limit.tiyn() / 5 * 4;
    let state = match used.tiyn() {
        used if used > limit.tiyn() => ThresholdState::Crossed,
        used if used >= near => ThresholdState::Near,
        _ => ThresholdState::Within,
    };
    Threshold {
        code,
        limit,
        limit_mrp: fact.hundredths / 100,
        over,
        used,
        left: Money::from_tiyn(limit.tiyn().saturating_sub(used.tiyn())),
        share: used.share_of(limit),
        state,
        crossed_on,
        fact,
    }
}
