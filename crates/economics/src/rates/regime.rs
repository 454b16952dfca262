//! Tax regimes and what they take from one sale on a day. Refuses a regime that the law of that day does not know.

use super::{Day, Fact, LocalRate, RateError, retail_rate, simplified_rate, tax_fact, vat_rate};
use crate::words::meaning_of_letters;
use sauda_kernel::BasisPoints;
use serde::{Deserialize, Serialize};

/// How a merchant is taxed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Regime {
    /// Simplified declaration: a share of turnover.
    Simplified,
    /// Individual entrepreneur, general regime: a share of income less expenses.
    GeneralIp,
    /// Company, general regime: corporate income tax.
    Llp,
    /// Retail tax, abolished on 2026-01-01.
    Retail,
    /// Self-employed without registration, since 2026.
    SelfEmployed,
}

impl Regime {
    pub const ALL: [Self; 5] = [
        Self::Simplified,
        Self::GeneralIp,
        Self::Llp,
        Self::Retail,
        Self::SelfEmployed,
    ];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Simplified => "simplified",
            Self::GeneralIp => "general_ip",
            Self::Llp => "llp",
            Self::Retail => "retail",
            Self::SelfEmployed => "self_employed",
        }
    }

    /// Reads its word or what people call it.
    pub fn parse(text: &str) -> Option<Self> {
        let word = meaning_of_letters("regime", text)?;
        Self::ALL.into_iter().find(|regime| regime.word() == word)
    }

    /// The main rate on a day, before local decisions.
    pub(crate) fn rate(self, day: Day) -> Result<Fact, RateError> {
        let fact = match self {
            Self::Simplified => tax_fact("rate", "IP", "simplified declaration", "percent", day),
            Self::GeneralIp => tax_fact("rate", "IP", "general", "percent", day),
            Self::Llp => tax_fact("rate", "LLP", "general (CIT)", "percent", day),
            Self::Retail => tax_fact("rate", "IP", "retail tax", "percent", day),
            Self::SelfEmployed => tax_fact(
                "social_payments",
                "natural person",
                "self-employed",
                "percent",
                day,
            ),
        };
        fact.map_err(|_| self.not_in_force(day))
    }

    fn not_in_force(self, day: Day) -> RateError {
        let span = match self {
            Self::Retail => "in force from 2021-01-01 to 2025-12-31",
            Self::SelfEmployed => "in force from 2026-01-01",
            Self::Llp => "known from 2009-01-01",
            Self::Simplified | Self::GeneralIp => "known from 2018-01-01",
        };
        let others: Vec<&str> = regimes_on(day).into_iter().map(Self::word).collect();
        RateError::RegimeNotInForce {
            regime: self.word(),
            day: day.to_string(),
            span: span.to_owned(),
            others: others.join(", "),
        }
    }
}

/// The regimes that can be chosen on a day.
pub fn regimes_on(day: Day) -> Vec<Regime> {
    let known = |regime: &Regime| match regime {
        Regime::Simplified => tax_fact("rate", "IP", "simplified declaration", "percent", day).is_ok(),
        Regime::GeneralIp => tax_fact("rate", "IP", "general", "percent", day).is_ok(),
        Regime::Llp => tax_fact("rate", "LLP", "general (CIT)", "percent", day).is_ok(),
        Regime::Retail => tax_fact("rate", "IP", "retail tax", "percent", day).is_ok(),
        Regime::SelfEmployed => tax_fact(
            "social_payments",
            "natural person",
            "self-employed",
            "percent",
            day,
        )
        .is_ok(),
    };
    Regime::ALL.into_iter().filter(known).collect()
}

/// What a regime takes from one sale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitTaxes {
    /// Of turnover.
    pub tax: BasisPoints,
    /// Of profit.
    pub profit_tax: BasisPoints,
    /// Value added tax of the day, for its payers.
    pub vat: Option<BasisPoints>,
    pub fact: Fact,
    /// The place whose rate it is, where places may decide.
    pub place: Option<String>,
}

/// The taxes of one sale on a day.
///
/// # Errors
/// When the regime is not in force, or the local rate is outside of the law.
pub fn unit_taxes(
    regime: Regime,
    place: Option<&str>,
    own: Option<BasisPoints>,
    vat_payer: bool,
    day: Day,
) -> Result<UnitTaxes, RateError> {
    let LocalRate { fact, place } = match regime {
        Regime::Simplified => {
            regime.rate(day)?;
            simplified_rate(place, own, day)?
        }
        Regime::Retail => retail_rate(place, own, day)?,
        _ => {
            let fact = regime.rate(day)?;
            let fact = match own {
                Some(own) => Fact {
                    hundredths: i64::from(own.0),
                    source: "given by the merchant".to_owned(),
                    confidence: super::Confidence::Own,
                    ..fact
                },
                None => fact,
            };
            LocalRate { fact, place: None }
        }
    };
    let share = BasisPoints(i32::try_from(fact.hundredths).unwrap_or(i32::MAX));
    let none = BasisPoints(0);
    let (tax, profit_tax) = match regime {
        Regime::Simplified | Regime::Retail | Regime::SelfEmployed => (share, none),
        Regime::GeneralIp | Regime::Llp => (none, share),
    };
    let vat = if vat_payer {
        let rate = vat_rate(day)?.hundredths;
        Some(BasisPoints(i32::try_from(rate).unwrap_or(i32::MAX)))
    } else {
        None
    };
    Ok(UnitTaxes {
        tax,
        profit_tax,
        vat,
        fact,
        place,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn each_regime_has_its_rate_on_the_days_of_the_law() {
        let taxes = |regime, text| {
            let told = unit_taxes(regime, None, None, false, day(text)).unwrap();
            (told.tax.0, told.profit_tax.0)
        };
        assert_eq!(taxes(Regime::Simplified, "2025-12-31"), (300, 0));
        assert_eq!(taxes(Regime::Simplified, "2026-01-01"), (400, 0));
        assert_eq!(taxes(Regime::GeneralIp, "2026-01-01"), (0, 1_000));
        assert_eq!(taxes(Regime::Llp, "2024-05-05"), (0, 2_000));
        assert_eq!(taxes(Regime::Retail, "2025-12-31"), (400, 0));
        assert_eq!(taxes(Regime::SelfEmployed, "2026-01-01"), (400, 0));
    }

    #[test]
    fn an_abolished_regime_is_refused_with_those_that_remain() {
        let told = unit_taxes(Regime::Retail, None, None, false, day("2026-01-01")).unwrap_err();
        assert_eq!(
            told.to_string(),
            "the regime retail is not in force on 2026-01-01 (in force from 2021-01-01 to 2025-12-31): choose one of simplified, general_ip, llp, self_employed"
        );
        assert!(unit_taxes(Regime::SelfEmployed, None, None, false, day("2025-12-31")).is_err());
    }
}
