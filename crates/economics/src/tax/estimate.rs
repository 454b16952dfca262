//! Turnover, expenses and a regime make a tax, part by part. Refuses to guess expenses where the law taxes what remains.

use super::{Period, Threshold, threshold};
use crate::rates::{
    Day, Fact, RateError, Regime, mrp, retail_rate, simplified_rate, tax_fact, tax_step, vat_rate,
};
use crate::unit::inside;
use sauda_kernel::{BasisPoints, Failure, Kind, Money, Public};

/// What is to be taxed.
#[derive(Debug, Clone)]
pub struct TaxQuestion<'a> {
    pub regime: Regime,
    pub period: Period,
    /// With value added tax when its payer.
    pub turnover: Money,
    /// The same by days, ascending; empty when not known. Adds up to `turnover`.
    pub incomes: &'a [(Day, Money)],
    /// Turnover of the same year before the period.
    pub year_before: Money,
    /// Costs that the law lets be taken off; needed by the general regimes.
    pub expenses: Option<Money>,
    /// Taxable income of the same year before the period, for the dearer step of the general regime.
    pub taxed_before: Money,
    pub vat_payer: bool,
    /// Tax inside of what was bought.
    pub input_vat: Money,
    pub place: Option<&'a str>,
    pub own_rate: Option<BasisPoints>,
    /// The merchant's own index for years whose index is not known.
    pub own_mrp: Option<Money>,
}

/// One tax.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxPart {
    /// `turnover_tax`, `income_tax`, `income_tax_upper`, `social_tax`, `social_payment`, `vat`.
    pub code: &'static str,
    pub base: Money,
    /// None for a sum that is no share.
    pub rate: Option<BasisPoints>,
    pub sum: Money,
    pub fact: Fact,
}

/// Days by which the law wants it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    pub declare: Day,
    pub pay: Day,
}

/// What a reader has to know beside the sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaxNote {
    /// The place's own decision is not known: the Code's rate was taken.
    DefaultRate,
    /// Expenses are higher than income.
    Loss,
    /// Whether the simplified declaration goes together with value added tax has to be asked of an accountant.
    SimplifiedWithVat,
    /// More value added tax is inside purchases than inside sales.
    VatCarried,
    /// Limits in indices are not known, because the index of the year is not.
    NoIndex,
    RegimeLimitCrossed,
    VatThresholdCrossed,
}

impl TaxNote {
    pub const fn word(self) -> &'static str {
        match self {
            Self::DefaultRate => "default-rate",
            Self::Loss => "loss",
            Self::SimplifiedWithVat => "simplified-with-vat",
            Self::VatCarried => "vat-carried",
            Self::NoIndex => "no-index",
            Self::RegimeLimitCrossed => "regime-limit-crossed",
            Self::VatThresholdCrossed => "vat-threshold-crossed",
        }
    }

    pub const fn text_en(self) -> &'static str {
        match self {
            Self::DefaultRate => {
                "the local rate of this place is not known here: the Code's rate was taken, give your own"
            }
            Self::Loss => "expenses are higher than income: no income tax, the loss is shown",
            Self::SimplifiedWithVat => {
                "whether the simplified declaration and VAT go together is not settled in our sources: ask an accountant"
            }
            Self::VatCarried => {
                "more VAT is inside purchases than inside sales: what is over is set off in later periods, nothing is paid back by itself"
            }
            Self::NoIndex => {
                "the monthly calculation index of this year is not known: give mrp to see the thresholds"
            }
            Self::RegimeLimitCrossed => {
                "the limit of the regime is crossed: what is above it is taxed by the general regime and is not computed here"
            }
            Self::VatThresholdCrossed => "the threshold of VAT is crossed: register as its payer",
        }
    }
}

/// The tax of a period. The parts add up to `total`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Estimate {
    pub parts: Vec<TaxPart>,
    pub total: Money,
    /// Turnover without value added tax.
    pub income: Money,
    /// Income less expenses; none when expenses are not known.
    pub profit: Option<Money>,
    /// `total` as a share of turnover.
    pub share: BasisPoints,
    pub thresholds: Vec<Threshold>,
    pub due: Option<Due>,
    pub notes: Vec<TaxNote>,
    pub place: Option<String>,
}

impl Estimate {
    /// The limit that this turnover is beyond: the regime may not be used then.
    pub fn beyond(&self) -> Option<&Threshold> {
        let crossed = super::ThresholdState::Crossed;
        let mut limits = self.thresholds.iter();
        limits.find(|one| one.code == "regime" && one.state == crossed)
    }
}

/// Why there is no estimate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TaxError {
    #[error(transparent)]
    Rate(#[from] RateError),
    #[error("{part} is {value} tiyn: give 0 or more")]
    Negative { part: &'static str, value: i64 },
    #[error("{part} is {value} tiyn: give at most {largest}")]
    TooLarge {
        part: &'static str,
        value: i64,
        largest: i64,
    },
    #[error(
        "the regime {0} taxes income less expenses, and expenses are not given: give expenses, 0 when there are none"
    )]
    NeedsExpenses(&'static str),
}

impl Failure for TaxError {
    fn kind(&self) -> Kind {
        match self {
            Self::Rate(error) => error.kind(),
            _ => Kind::Invalid,
        }
    }

    fn public(&self) -> Vec<Public> {
        match self {
            Self::Rate(error) => error.public(),
            Self::Negative { part, value } => vec![
                Public::new("floor-negative")
                    .field(*part)
                    .arg("part", part)
                    .arg("value", value),
            ],
            Self::TooLarge { part, value, largest } => vec![
                Public::new("floor-too-large")
                    .field(*part)
                    .arg("part", part)
                    .arg("value", value)
                    .arg("largest", largest),
            ],
            Self::NeedsExpenses(regime) => vec![
                Public::new("tax-needs-expenses")
                    .field("expenses")
                    .arg("regime", regime),
            ],
        }
    }
}

/// Ten thousand billion tenge in tiyn: shares of it stay inside 64 bits.
const LARGEST: i64 = 100_000_000_000_000;

/// The tax.
///
/// # Errors
/// When the regime is not in force, a figure makes no sense, or expenses are needed and missing.
pub fn estimate(question: &TaxQuestion<'_>) -> Result<Estimate, TaxError> {
    check(question)?;
    let day = question.period.to();
    question.regime.rate(day)?;
    let index = question
        .own_mrp
        .map(|own| own.tiyn())
        .or_else(|| mrp(day).ok().map(|fact| fact.hundredths));
    let mut notes = Vec::new();
    let mut parts = Vec::new();
    let mut income = question.turnover;
    if question.vat_payer {
        let fact = vat_rate(day)?;
        let in_turnover = Money::from_tiyn(inside(question.turnover.tiyn(), fact.hundredths));
        income = Money::from_tiyn(question.turnover.tiyn() - in_turnover.tiyn());
        parts.push(TaxPart {
            code: "vat",
            base: income,
            rate: share(&fact),
            sum: Money::from_tiyn(in_turnover.tiyn() - question.input_vat.tiyn()),
            fact,
        });
        if question.input_vat > in_turnover {
            notes.push(TaxNote::VatCarried);
        }
        if question.regime == Regime::Simplified {
            notes.push(TaxNote::SimplifiedWithVat);
        }
    }
    let profit = question
        .expenses
        .map(|spent| Money::from_tiyn(income.tiyn() - spent.tiyn()));
    let place = regime_parts(question, income, profit, index, &mut parts, &mut notes)?;
    let thresholds = match index {
        Some(index) => threshold::thresholds(question, question.period, index)?,
        None => {
            notes.push(TaxNote::NoIndex);
            Vec::new()
        }
    };
    for one in &thresholds {
        if one.state == super::ThresholdState::Crossed {
            notes.push(match one.code {
                "vat" => TaxNote::VatThresholdCrossed,
                _ => TaxNote::RegimeLimitCrossed,
            });
        }
    }
    let total = Money::from_tiyn(parts.iter().map(|part| part.sum.tiyn()).sum());
    Ok(Estimate {
        total,
        income,
        profit,
        share: total.share_of(question.turnover),
        thresholds,
        due: due(question),
        notes,
        place,
        parts,
    })
}

fn check(question: &TaxQuestion<'_>) -> Result<(), TaxError> {
    let sums = [
        ("turnover", question.turnover),
        ("year_turnover_before", question.year_before),
        ("expenses", question.expenses.unwrap_or(Money::ZERO)),
        ("taxed_before", question.taxed_before),
        ("input_vat", question.input_vat),
        ("mrp", question.own_mrp.unwrap_or(Money::ZERO)),
    ];
    for (part, sum) in sums {
        let value = sum.tiyn();
        if value < 0 {
            return Err(TaxError::Negative { part, value });
        }
        if value > LARGEST {
            let largest = LARGEST;
            return Err(TaxError::TooLarge { part, value, largest });
        }
    }
    Ok(())
}

fn share(fact: &Fact) -> Option<BasisPoints> {
    i32::try_from(fact.hundredths).ok().map(BasisPoints)
}

fn of(base: Money, fact: Fact, code: &'static str) -> TaxPart {
    let rate = share(&fact);
    TaxPart {
        code,
        base,
        rate,
        sum: base.share(rate.unwrap_or_default()),
        fact,
    }
}

/// The parts that the regime asks for; answers with the place whose rate was taken.
fn regime_parts(
    question: &TaxQuestion<'_>,
    income: Money,
    profit: Option<Money>,
    index: Option<i64>,
    parts: &mut Vec<TaxPart>,
    notes: &mut Vec<TaxNote>,
) -> Result<Option<String>, TaxError> {
    let day = question.period.to();
    let own = |fact: Fact| match question.own_rate {
        Some(rate) => Fact {
            hundredths: i64::from(rate.0),
            source: "given by the merchant".to_owned(),
            confidence: crate::rates::Confidence::Own,
            ..fact
        },
        None => fact,
    };
    match question.regime {
        Regime::Simplified | Regime::Retail => {
            let rate = match question.regime {
                Regime::Simplified => simplified_rate,
                _ => retail_rate,
            };
            let local = rate(question.place, question.own_rate, day)?;
            if question.place.is_some() && local.place.is_none() && question.own_rate.is_none() {
                notes.push(TaxNote::DefaultRate);
            }
            parts.push(of(income, local.fact, "turnover_tax"));
            return Ok(local.place);
        }
        Regime::SelfEmployed => parts.push(of(income, own(question.regime.rate(day)?), "social_payment")),
        Regime::GeneralIp | Regime::Llp => {
            let profit = profit.ok_or(TaxError::NeedsExpenses(question.regime.word()))?;
            if profit < Money::ZERO {
                notes.push(TaxNote::Loss);
            }
            let base = profit.max(Money::ZERO);
            let fact = own(question.regime.rate(day)?);
            if question.regime == Regime::GeneralIp {
                general(question, base, fact, index, parts)?;
            } else {
                parts.push(of(base, fact, "income_tax"));
            }
        }
    }
    Ok(None)
}

/// An individual's income tax has a dearer step since 2026, counted over the year; and a social tax for oneself.
fn general(
    question: &TaxQuestion<'_>,
    base: Money,
    fact: Fact,
    index: Option<i64>,
    parts: &mut Vec<TaxPart>,
) -> Result<(), TaxError> {
    let day = question.period.to();
    let Ok(upper) = tax_step("general", "part above", day) else {
        parts.push(of(base, fact, "income_tax"));
        return Ok(());
    };
    let index = index.ok_or_else(|| RateError::NoFact {
        what: "the monthly calculation index (mrp), which the step of income tax needs,".to_owned(),
        day: day.to_string(),
    })?;
    let room = (UPPER_STEP_MRP * index - question.taxed_before.tiyn()).max(0);
    let lower = Money::from_tiyn(base.tiyn().min(room));
    parts.push(of(lower, fact, "income_tax"));
    if base > lower {
        parts.push(of(
            Money::from_tiyn(base.tiyn() - lower.tiyn()),
            upper,
            "income_tax_upper",
        ));
    }
    if let Ok(social) = tax_fact("social_tax", "IP", "general", "MRP per month", day) {
        let months = question.period.months();
        parts.push(TaxPart {
            code: "social_tax",
            base: Money::from_tiyn(index),
            rate: None,
            sum: Money::from_tiyn(social.hundredths / 100 * index * months),
            fact: social,
        });
    }
    Ok(())
}

/// Where the dearer step begins (Tax Code 2025 art. 363 p. 4).
const UPPER_STEP_MRP: i64 = 230_000;

/// The simplified declaration is handed in by the 15th and paid by the 25th of the second month after the half-year; the
/// company's declaration by 31 March and paid in ten days.
fn due(question: &TaxQuestion<'_>) -> Option<Due> {
    let (year, end) = (question.period.to().year(), question.period.to());
    match question.regime {
        Regime::Simplified => {
            let (year, month) = if end.half() == 1 { (year, 8) } else { (year + 1, 2) };
            Some(Due {
                declare: Day::new(year, month, 15)?,
                pay: Day::new(year, month, 25)?,
            })
        }
        Regime::Llp => Some(Due {
            declare: Day::new(year + 1, 3, 31)?,
            pay: Day::new(year + 1, 4, 10)?,
        }),
        Regime::GeneralIp | Regime::Retail | Regime::SelfEmployed => None,
    }
}
