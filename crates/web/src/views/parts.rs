//! Parts that several pages share: forms with refusals, words with numbers, pages of lists. Refuses to know a page.

use sauda_kernel::{Money, Public, Tenge, Timestamp};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// A stable word with its values; the text is `<prefix>-<word>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct Told {
    pub word: String,
    pub args: BTreeMap<String, Value>,
}

impl Told {
    pub fn new(word: impl Into<String>) -> Self {
        Self {
            word: word.into(),
            args: BTreeMap::new(),
        }
    }
    #[must_use]
    pub fn arg(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.args.insert(name.to_owned(), value.into());
        self
    }
}

impl From<&Public> for Told {
    fn from(refusal: &Public) -> Self {
        let args = refusal
            .args
            .iter()
            .map(|(name, value)| ((*name).to_owned(), number_or_text(value)))
            .collect();
        Self {
            word: refusal.code.to_owned(),
            args,
        }
    }
}

/// Whole numbers are shown in groups, so they must arrive as numbers.
fn number_or_text(text: &str) -> Value {
    text.parse::<i64>()
        .map_or_else(|_| Value::from(text), Value::from)
}

/// A refusal and the field to blame.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldError {
    /// Empty for a refusal of the form as a whole.
    pub field: String,
    pub said: Told,
}

/// What was typed and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct Form {
    pub values: BTreeMap<String, String>,
    /// First refusal of each field.
    pub errors: BTreeMap<String, Told>,
    /// All refusals in order, for the summary.
    pub refusals: Vec<FieldError>,
}

impl Form {
    pub fn of(values: &[(&str, &str)]) -> Self {
        let values = values
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        Self {
            values,
            ..Self::default()
        }
    }
    /// Adds refusals of a service to the fields that they name.
    #[must_use]
    pub fn refused(mut self, refusals: &[Public]) -> Self {
        for refusal in refusals {
            let field = refusal.field.clone().unwrap_or_default();
            self = self.refuse(&field, Told::from(refusal));
        }
        self
    }
    #[must_use]
    pub fn refuse(mut self, field: &str, said: Told) -> Self {
        self.errors
            .entry(field.to_owned())
            .or_insert_with(|| said.clone());
        self.refusals.push(FieldError {
            field: field.to_owned(),
            said,
        });
        self
    }
}

/// Goods as lists show them: a photo, or a tinted glyph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Goods {
    pub id: String,
    pub title: String,
    pub sku: String,
    pub image: Option<String>,
    /// One letter for the glyph.
    pub mark: String,
    /// 0..5, chooses the tint.
    pub tint: u8,
}

impl Goods {
    pub fn new(id: &str, title: &str, sku: &str) -> Self {
        let mark = title
            .chars()
            .find(|letter| letter.is_alphanumeric())
            .map(|letter| letter.to_uppercase().collect());
        let sum: u32 = sku.bytes().map(u32::from).sum();
        Self {
            id: id.to_owned(),
            title: title.to_owned(),
            sku: sku.to_owned(),
            image: None,
            mark: mark.unwrap_or_else(|| "•".to_owned()),
            tint: u8::try_from(sum % 6).unwrap_or(0),
        }
    }
}

/// Where a list goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct Pager {
    pub from: i64,
    pub to: i64,
    pub of: i64,
    pub back: Option<String>,
    pub next: Option<String>,
}

/// A tab of a saved view: name is `<prefix>-<word>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tab {
    pub word: String,
    pub href: String,
    pub count: Option<i64>,
    pub tone: &'static str,
    pub is_on: bool,
}

/// One state in a few words: tone and the text `state-<word>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct State {
    pub word: String,
    pub tone: &'static str,
}

impl State {
    pub fn new(word: &str, tone: &'static str) -> Self {
        Self {
            word: word.to_owned(),
            tone,
        }
    }
}

/// Place among the sellers of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Place {
    pub place: i64,
    pub of: i64,
}

/// A part of a price or a sum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Name is `part-<word>`.
    pub word: &'static str,
    pub args: BTreeMap<String, Value>,
    pub tenge: Tenge,
    pub share_bp: i32,
    /// 1..6, chooses the colour.
    pub colour: u8,
}

/// Parts of a whole with shares in tenths of a percent that add up: the last is rounded by itself, as it stands elsewhere too,
/// and the others take what is left.
pub fn shares(mut parts: Vec<Part>, whole: Tenge) -> Vec<Part> {
    let Some((last, others)) = parts.split_last_mut() else {
        return parts;
    };
    let exact = |part: &Part, of: i64| part.tenge.0.saturating_mul(of).checked_div(whole.0).unwrap_or(0);
    let last_bp = exact(last, 10_000);
    let last_tenths = crate::format::round_div(last_bp, 10);
    last.share_bp = i32::try_from(last_tenths * 10).unwrap_or(0);
    // Hundredths of a tenth stand for tiyn of a tenge.
    let sums: Vec<Money> = others
        .iter()
        .map(|part| Money::from_tiyn(exact(part, 100_000)))
        .collect();
    for (part, tenths) in others.iter_mut().zip(whole_tenge(&sums, 1_000 - last_tenths)) {
        part.share_bp = i32::try_from(tenths * 10).unwrap_or(0);
    }
    parts
}

/// Sums in whole tenge that add up to `whole`: each is rounded down, and the missing tenge go where most was cut off.
pub fn whole_tenge(sums: &[Money], whole: i64) -> Vec<i64> {
    let mut told: Vec<(usize, i64, i64)> = sums
        .iter()
        .map(|sum| (sum.tenge_down().get(), sum.tiyn()))
        .enumerate()
        .map(|(place, (tenge, tiyn))| (place, tiyn - tenge * 100, tenge))
        .collect();
    let count = i64::try_from(told.len()).unwrap_or(i64::MAX);
    if count == 0 {
        return Vec::new();
    }
    let missing = whole - told.iter().map(|(_, _, tenge)| tenge).sum::<i64>();
    let (each, more) = (missing.div_euclid(count), missing.rem_euclid(count));
    told.sort_by_key(|(place, rest, _)| (std::cmp::Reverse(*rest), *place));
    for (place, (_, _, tenge)) in (0_i64..).zip(&mut told) {
        *tenge += each + i64::from(place < more);
    }
    told.sort_by_key(|(place, _, _)| *place);
    told.into_iter().map(|(_, _, tenge)| tenge).collect()
}

/// Moments for samples: one frozen noon.
pub mod sample {
    use super::Timestamp;
    use sauda_kernel::Span;

    /// Friday 20 November 2026, 12:41:08 in Almaty.
    pub const NOW: Timestamp = Timestamp::from_secs(1_795_160_468);

    pub const fn seconds_ago(seconds: i64) -> Timestamp {
        NOW.minus(Span::from_secs(seconds))
    }
    pub const fn minutes_ago(minutes: i64) -> Timestamp {
        NOW.minus(Span::from_mins(minutes))
    }
    pub const fn days_ago(days: i64) -> Timestamp {
        NOW.minus(Span::from_days(days))
    }
    pub const fn in_minutes(minutes: i64) -> Timestamp {
        NOW.plus(Span::from_mins(minutes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_tenge_add_up_and_none_is_more_than_a_tenge_off() {
        // Steps that share no divisor with a hundred reach every rest of a tenge.
        for seed in 1..400_i64 {
            let count = seed % 11 + 1;
            let tiyn: Vec<i64> = (1..=count)
                .map(|place| seed * place * 7_919 % 1_000_003 - 300_000)
                .collect();
            let sums: Vec<Money> = tiyn.iter().copied().map(Money::from_tiyn).collect();
            let whole = crate::format::tiyn_to_tenge(tiyn.iter().sum());
            let told = whole_tenge(&sums, whole);
            assert_eq!(told.iter().sum::<i64>(), whole);
            for (tenge, tiyn) in told.iter().zip(&tiyn) {
                assert!((tenge * 100 - tiyn).abs() <= 100, "{tenge} tenge of {tiyn} tiyn");
            }
        }
        assert!(whole_tenge(&[], 5).is_empty());
    }

    #[test]
    fn shares_add_up_and_the_last_is_rounded_by_itself() {
        let part = |tenge| Part {
            word: "part",
            args: BTreeMap::new(),
            tenge: Tenge(tenge),
            share_bp: 0,
            colour: 1,
        };
        let told = |tenge: &[i64]| -> Vec<i32> {
            let whole = Tenge(tenge.iter().sum());
            let parts = shares(tenge.iter().copied().map(part).collect(), whole);
            parts.iter().map(|part| part.share_bp).collect()
        };
        assert_eq!(
            told(&[21_000, 4_842, 1_275, 1_550, 10_073]),
            [5_420, 1_250, 330, 400, 2_600]
        );
        // A loss takes more than all.
        assert_eq!(told(&[900, 300, -200]), [9_000, 3_000, -2_000]);
    }
}
