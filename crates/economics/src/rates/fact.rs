//! Lines of the tables of tax parameters and indices, looked up by day. Refuses a value that the table marks as not found.

use super::{Day, RateError};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// How sure a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Given by the merchant.
    Own,
    High,
    Medium,
    Low,
    Unsourced,
}

impl Confidence {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
            Self::Unsourced => "unsourced",
        }
    }
}

/// One value with its days and where it is from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Hundredths of the table's unit: basis points of a percentage, tiyn of a tenge, hundredths of an index.
    pub hundredths: i64,
    pub from: String,
    /// None: still in force as far as known.
    pub to: Option<String>,
    pub source: String,
    pub confidence: Confidence,
}

const TAX: &str = include_str!("../../../../facts/kz_tax_params.csv");
const INDICES: &str = include_str!("../../../../facts/kz_indices.csv");

#[derive(Debug, Deserialize)]
struct TaxLine {
    key: String,
    taxpayer: String,
    regime: String,
    value: String,
    unit: String,
    base: String,
    valid_from: String,
    valid_to: String,
    law_ref: String,
    source: String,
    confidence: Confidence,
}

#[derive(Debug, Deserialize)]
struct IndexLine {
    key: String,
    value_kzt: String,
    valid_from: String,
    valid_to: String,
    source: String,
    confidence: Confidence,
}

/// A table once read, or the line that cannot be.
pub(super) type Read<T> = Result<Vec<T>, RateError>;

static TAX_LINES: LazyLock<Read<TaxLine>> = LazyLock::new(|| read("kz_tax_params", TAX));
static INDEX_LINES: LazyLock<Read<IndexLine>> = LazyLock::new(|| read("kz_indices", INDICES));

pub(super) fn read<T: for<'a> Deserialize<'a>>(table: &'static str, text: &str) -> Read<T> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let lines = reader.deserialize().enumerate();
    lines
        .map(|(index, line)| {
            line.map_err(|error| RateError::Table {
                table,
                line: index + 2,
                what: error.to_string(),
            })
        })
        .collect()
}

pub(super) fn in_force(from: &str, to: &str, day: &str) -> bool {
    from <= day && (to.is_empty() || day <= to)
}

/// `10.9` as 1090. None for words such as `unsourced`.
pub(super) fn hundredths(text: &str) -> Option<i64> {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let rest = match rest.len() {
        0 => 0,
        1 => rest.parse::<i64>().ok()? * 10,
        2 => rest.parse().ok()?,
        _ => return None,
    };
    whole.parse::<i64>().ok()?.checked_mul(100)?.checked_add(rest)
}

pub(super) fn ending(to: &str) -> Option<String> {
    (!to.is_empty()).then(|| to.to_owned())
}

/// A tax parameter: the line with this key and regime, one of whose taxpayers it is and whose unit begins so.
///
/// # Errors
/// When nothing is in force that day, or the value was not found.
pub fn tax_fact(key: &str, taxpayer: &str, regime: &str, unit: &str, day: Day) -> Result<Fact, RateError> {
    let what = format!("{key} of {regime}");
    find(&what, day, |line| {
        line.key == key
            && line.regime == regime
            && line.taxpayer.split('|').any(|one| one == taxpayer)
            && line.unit.starts_with(unit)
    })
}

/// A dearer step of an individual's rate: the line whose base begins so.
///
/// # Errors
/// As [`tax_fact`].
pub(crate) fn tax_step(regime: &str, base: &str, day: Day) -> Result<Fact, RateError> {
    find(&format!("rate of {regime}, {base}"), day, |line| {
        line.key == "rate" && line.taxpayer == "IP" && line.regime == regime && line.base.starts_with(base)
    })
}

fn find(what: &str, day: Day, wanted: impl Fn(&TaxLine) -> bool) -> Result<Fact, RateError> {
    let lines = TAX_LINES.as_ref().map_err(RateError::clone)?;
    let text = day.to_string();
    let missing = || RateError::NoFact {
        what: what.to_owned(),
        day: text.clone(),
    };
    let line = lines
        .iter()
        .find(|line| wanted(line) && in_force(&line.valid_from, &line.valid_to, &text))
        .ok_or_else(missing)?;
    let source = match line.law_ref.as_str() {
        "" => line.source.clone(),
        law => format!("{law}; {}", line.source),
    };
    Ok(Fact {
        hundredths: hundredths(&line.value).ok_or_else(missing)?,
        from: line.valid_from.clone(),
        to: ending(&line.valid_to),
        source,
        confidence: line.confidence,
    })
}

/// Value added tax in force that day.
///
/// # Errors
/// As [`tax_fact`].
pub fn vat_rate(day: Day) -> Result<Fact, RateError> {
    tax_fact("rate", "any", "VAT", "percent", day)
}

/// The monthly calculation index of a day.
///
/// # Errors
/// When the index of that year is not known.
pub fn mrp(day: Day) -> Result<Fact, RateError> {
    let lines = INDEX_LINES.as_ref().map_err(RateError::clone)?;
    let text = day.to_string();
    let missing = || RateError::NoFact {
        what: "the monthly calculation index (MRP)".to_owned(),
        day: text.clone(),
    };
    let line = lines
        .iter()
        .find(|line| line.key == "MRP" && in_force(&line.valid_from, &line.valid_to, &text))
        .ok_or_else(missing)?;
    Ok(Fact {
        hundredths: hundredths(&line.value_kzt).ok_or_else(missing)?,
        from: line.valid_from.clone(),
        to: ending(&line.valid_to),
        source: line.source.clone(),
        confidence: line.confidence,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn rates_change_on_the_first_day_of_the_new_code_and_not_before() {
        assert_eq!(vat_rate(day("2025-12-31")).unwrap().hundredths, 1_200);
        assert_eq!(vat_rate(day("2026-01-01")).unwrap().hundredths, 1_600);
        let simplified = |text| {
            tax_fact("rate", "IP", "simplified declaration", "percent", day(text))
                .unwrap()
                .hundredths
        };
        assert_eq!((simplified("2025-12-31"), simplified("2026-01-01")), (300, 400));
    }

    #[test]
    fn an_index_that_was_not_found_is_refused_and_not_guessed() {
        assert_eq!(mrp(day("2026-12-31")).unwrap().hundredths, 432_500);
        let told = mrp(day("2027-01-01")).unwrap_err().to_string();
        assert_eq!(
            told,
            "the monthly calculation index (MRP) is not known for 2027-01-01: give it yourself"
        );
    }
}
