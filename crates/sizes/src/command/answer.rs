//! An advice as a line of output. Refuses more digits than anybody reads.

use super::words::{no_data_text_en, reason_text_en};
use crate::advise::{Advice, Arg, Reason, SizeChance, Verdict};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Map, Value, value::RawValue};
use std::borrow::Cow;

/// A word of ours, or one that was read back.
pub type Word = Cow<'static, str>;

#[derive(Serialize)]
struct Line<'a> {
    line: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a RawValue>,
    #[serde(flatten)]
    view: AdviceView,
}

/// An advice as it is sent or kept: what is written can be read back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AdviceView {
    pub advice: Word,
    pub size: Option<String>,
    pub confidence: Option<Rounded>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<WhyView>,
    pub way: Option<Word>,
    pub asked: Option<String>,
    pub probabilities: Option<ChancesView>,
    pub sizes: Vec<SizeView>,
    pub reasons: Vec<ReasonView>,
}

/// Why there is no advice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhyView {
    pub code: Word,
    pub text_en: Word,
}

/// Chances that sum to one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChancesView {
    pub small: Rounded,
    pub fit: Rounded,
    pub large: Rounded,
}

/// One size with its chances.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SizeView {
    pub size: String,
    #[serde(flatten)]
    pub chances: ChancesView,
}

/// A reason with its sentence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReasonView {
    pub code: Word,
    pub args: Map<String, Value>,
    pub text_en: String,
}

/// Five digits behind the point.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(transparent)]
pub struct Rounded(pub f64);

impl Rounded {
    /// Whole percent, for people.
    #[must_use]
    pub fn percent(self) -> i64 {
        // Whole numbers of this size always read back.
        format!("{:.0}", self.0 * 100.0).parse().unwrap_or_default()
    }
}

impl Serialize for Rounded {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64((self.0 * 1e5).round() / 1e5)
    }
}

impl From<&Advice> for AdviceView {
    fn from(advice: &Advice) -> Self {
        let (word, size, confidence, why) = match &advice.verdict {
            Verdict::Take { size, confidence } => {
                ("size", Some(size.clone()), Some(Rounded(*confidence)), None)
            }
            Verdict::NoData(why) => ("no_data", None, None, Some(*why)),
        };
        Self {
            advice: Word::Borrowed(word),
            size,
            confidence,
            why: why.map(|why| WhyView {
                code: why.code().into(),
                text_en: no_data_text_en(why).into(),
            }),
            way: advice.way.map(|way| way.word().into()),
            asked: advice.asked.as_ref().map(|asked| asked.size.clone()),
            probabilities: advice.asked.as_ref().map(|asked| chances(asked.chances)),
            sizes: advice.sizes.iter().map(size_view).collect(),
            reasons: advice.reasons.iter().map(reason).collect(),
        }
    }
}

fn chances([small, fit, large]: [f64; 3]) -> ChancesView {
    ChancesView {
        small: Rounded(small),
        fit: Rounded(fit),
        large: Rounded(large),
    }
}

fn size_view(one: &SizeChance) -> SizeView {
    SizeView {
        size: one.size.clone(),
        chances: chances(one.chances),
    }
}

fn reason(reason: &Reason) -> ReasonView {
    let args = reason.args.iter().map(|(name, arg)| {
        let value = match arg {
            Arg::Word(word) => Value::from(word.as_str()),
            Arg::Number(number) => number_value(*number),
        };
        ((*name).to_owned(), value)
    });
    ReasonView {
        code: reason.code.into(),
        args: args.collect(),
        text_en: reason_text_en(reason),
    }
}

/// Whole numbers without a point, others with one digit.
fn number_value(number: f64) -> Value {
    let rounded = (number * 10.0).round() / 10.0;
    let text = rounded.to_string();
    text.parse::<i64>()
        .map_or_else(|_| Value::from(rounded), Value::from)
}

pub(super) fn line(line: u64, id: Option<&RawValue>, advice: &Advice) -> String {
    // Numbers and texts always have a JSON form.
    serde_json::to_string(&Line {
        line,
        id,
        view: advice.into(),
    })
    .unwrap_or_default()
}
