//! Local rates of the simplified declaration and of the retail tax. Refuses to pass the Code's default off as a local decision.

use super::fact::{Read, ending, hundredths, in_force, read};
use super::{Confidence, Day, Fact, RateError, Regime, tax_fact};
use crate::words;
use sauda_kernel::BasisPoints;
use serde::Deserialize;
use std::sync::LazyLock;

const SIMPLIFIED: &str = include_str!("../../../../facts/kz_simplified_rate_regions.csv");
const RETAIL: &str = include_str!("../../../../facts/kz_retail_rate_regions.csv");

#[derive(Debug, Deserialize)]
struct Line {
    region: String,
    rate_pct: String,
    valid_from: String,
    valid_to: String,
    basis: String,
    source: String,
    confidence: Confidence,
}

static SIMPLIFIED_LINES: LazyLock<Read<Line>> =
    LazyLock::new(|| read("kz_simplified_rate_regions", SIMPLIFIED));
static RETAIL_LINES: LazyLock<Read<Line>> = LazyLock::new(|| read("kz_retail_rate_regions", RETAIL));

/// The rate of a regime in a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalRate {
    pub fact: Fact,
    /// The line of the table; none when the Code's rate was taken, because the place's decision is not known.
    pub place: Option<String>,
}

/// The rate of the simplified declaration on a day: the merchant's own figure, the place's, or the Code's.
///
/// # Errors
/// When the given rate is outside of what the law allows.
pub fn simplified_rate(
    place: Option<&str>,
    own: Option<BasisPoints>,
    day: Day,
) -> Result<LocalRate, RateError> {
    let fact = |key| tax_fact(key, "IP", "simplified declaration", "percent", day);
    let base = fact("rate")?;
    if let Some(own) = own {
        let given = i64::from(own.0);
        let (least, most) = match (fact("rate_min"), fact("rate_max")) {
            (Ok(least), Ok(most)) => (least.hundredths, most.hundredths),
            // Before 2026 places could only cut.
            _ => (0, base.hundredths),
        };
        if given < least || given > most {
            let percent = |hundredths: i64| BasisPointsText(hundredths).to_string();
            return Err(RateError::LocalRateOutside {
                given: percent(given),
                day: day.to_string(),
                least: percent(least),
                most: percent(most),
            });
        }
        return Ok(told(base, own));
    }
    decided(&SIMPLIFIED_LINES, base, place, day)
}

/// The rate of the retail tax on a day: the merchant's own figure, the place's, or the Code's.
///
/// # Errors
/// When the regime is not in force.
pub fn retail_rate(place: Option<&str>, own: Option<BasisPoints>, day: Day) -> Result<LocalRate, RateError> {
    let base = Regime::Retail.rate(day)?;
    match own {
        Some(own) => Ok(told(base, own)),
        None => decided(&RETAIL_LINES, base, place, day),
    }
}

/// The merchant's own figure.
fn told(base: Fact, own: BasisPoints) -> LocalRate {
    LocalRate {
        fact: Fact {
            hundredths: i64::from(own.0),
            source: "given by the merchant".to_owned(),
            confidence: Confidence::Own,
            ..base
        },
        place: None,
    }
}

/// What a place decided, or the Code's rate.
fn decided(
    lines: &'static LazyLock<Read<Line>>,
    base: Fact,
    place: Option<&str>,
    day: Day,
) -> Result<LocalRate, RateError> {
    let lines = lines.as_ref().map_err(RateError::clone)?;
    let text = day.to_string();
    let wanted = place.map(fold).unwrap_or_default();
    let found = lines.iter().find(|line| {
        in_force(&line.valid_from, &line.valid_to, &text) && names(&line.region).any(|name| name == wanted)
    });
    let known = found.and_then(|line| Some((line, hundredths(&line.rate_pct)?)));
    Ok(match known {
        Some((line, rate)) => LocalRate {
            fact: Fact {
                hundredths: rate,
                from: line.valid_from.clone(),
                to: ending(&line.valid_to),
                source: format!("{}; {}", line.basis, line.source),
                confidence: line.confidence,
            },
            place: Some(line.region.clone()),
        },
        None => LocalRate {
            fact: base,
            place: None,
        },
    })
}

/// Hundredths of a percent as people write them: `4`, `2.5`.
pub(crate) struct BasisPointsText(pub(crate) i64);

impl std::fmt::Display for BasisPointsText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, rest) = (self.0.abs() / 100, self.0.abs() % 100);
        match (rest, rest % 10) {
            (0, _) => write!(f, "{sign}{whole}"),
            (_, 0) => write!(f, "{sign}{whole}.{}", rest / 10),
            _ => write!(f, "{sign}{whole}.{rest:02}"),
        }
    }
}

/// The places that a line names: the part after the colon when there is one, by commas.
fn names(region: &str) -> impl Iterator<Item = String> {
    let named = region.split_once(':').map_or(region, |(_, after)| after);
    named
        .split(',')
        .map(fold)
        .filter(|name| !name.is_empty())
        .collect::<Vec<_>>()
        .into_iter()
}

/// A place without its kind, in small letters, Latin names as Cyrillic ones.
fn fold(text: &str) -> String {
    let small = words::fold(text);
    let kept: Vec<&str> = small
        .split(|letter: char| !letter.is_alphanumeric() && letter != '-')
        .filter(|word| !word.is_empty() && words::meaning("place-kind", word).is_none())
        .collect();
    let name = kept.join(" ");
    words::meaning("place", &name).map_or(name, str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_the_table_have_their_rate_and_others_the_codes() {
        let day = Day::parse("2026-03-01").unwrap();
        let rate = |place| simplified_rate(Some(place), None, day).unwrap();
        assert_eq!(rate("Алматы").fact.hundredths, 300);
        assert_eq!(rate("г. Шымкент").fact.hundredths, 200);
        assert_eq!(rate("Конаев").fact.hundredths, 200);
        assert_eq!(rate("Талгарский район").fact.hundredths, 300);
        let unknown = rate("Астана");
        assert_eq!((unknown.fact.hundredths, unknown.place), (400, None));
        let before = Day::parse("2025-12-31").unwrap();
        assert_eq!(
            simplified_rate(Some("Алматы"), None, before)
                .unwrap()
                .fact
                .hundredths,
            300
        );
    }

    #[test]
    fn retail_tax_was_lower_where_a_place_had_cut_it() {
        let day = Day::parse("2025-06-30").unwrap();
        let rate = |place| retail_rate(place, None, day).unwrap();
        for name in ["Астана", "г. Астана", "Astana", "Нур-Султан"] {
            let told = rate(Some(name));
            assert_eq!(
                (told.fact.hundredths, told.place.as_deref()),
                (300, Some("г. Астана")),
                "{name}"
            );
        }
        assert_eq!(rate(Some("Шымкент")).fact.hundredths, 200);
        for place in [Some("Алматы"), Some(""), None] {
            let told = rate(place);
            assert_eq!((told.fact.hundredths, told.place), (400, None), "{place:?}");
        }
        let own = retail_rate(Some("Астана"), Some(BasisPoints(350)), day).unwrap();
        assert_eq!((own.fact.hundredths, own.place), (350, None));
        assert!(retail_rate(None, None, Day::parse("2026-01-01").unwrap()).is_err());
    }

    #[test]
    fn a_rate_outside_of_the_law_is_refused() {
        let day = Day::parse("2026-03-01").unwrap();
        assert_eq!(
            simplified_rate(None, Some(BasisPoints(250)), day)
                .unwrap()
                .fact
                .hundredths,
            250
        );
        let told = simplified_rate(None, Some(BasisPoints(700)), day)
            .unwrap_err()
            .to_string();
        assert_eq!(
            told,
            "a local rate of 7 % is not possible on 2026-03-01: the law allows 2 to 6 %"
        );
    }
}
