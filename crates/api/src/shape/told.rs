//! Reasons, guards and notices as a word, its values and a sentence in the caller's language. Refuses to hold sentences.

use super::Sum;
use sauda_edge::{Arg, Language, Words, format};
use sauda_kernel::{BasisPoints, Money, Tenge};
use sauda_pricing::model::Args;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// A stable word with its values and what it says to people.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Told)]
pub(crate) struct ToldView {
    /// For programs: does not change.
    #[schema(example = "undercut")]
    pub word: String,
    /// Values by name; sums as money objects, shares in basis points.
    #[schema(value_type = Object)]
    pub args: Map<String, Value>,
    /// For people, in the language of the request.
    pub text: String,
}

/// Values that are prices in whole tenge.
const PRICES: [&str; 17] = [
    "rival",
    "step",
    "price",
    "floor",
    "ceiling",
    "wanted",
    "from",
    "to",
    "limit",
    "day_start",
    "sister",
    "level",
    "rise",
    "by",
    "threshold",
    "shown",
    "ours",
];
/// Values that are shares in basis points.
const SHARES: [&str; 3] = ["margin_bp", "raise_bp", "ease_bp"];

/// The sentence of a word whose values were stored as JSON.
pub(crate) fn told(words: &Words, language: Language, prefix: &str, args: &Args) -> ToldView {
    let mut shown = Map::new();
    let mut filled: Vec<(&str, Arg)> = Vec::with_capacity(args.args.len());
    for (name, value) in &args.args {
        filled.push((name, argument(words, language, name, value)));
        shown.insert(name.clone(), plain(name, value));
    }
    let text = text_of(words, language, &format!("{prefix}-{}", args.word), &filled);
    ToldView {
        word: args.word.clone(),
        args: shown,
        text,
    }
}

/// A text, or its key's last part when there is none: words of newer versions still say something.
pub(crate) fn text_of(words: &Words, language: Language, key: &str, args: &[(&str, Arg)]) -> String {
    if words.has(language, key) {
        words.text(language, key, args)
    } else {
        key.to_owned()
    }
}

fn argument(words: &Words, language: Language, name: &str, value: &Value) -> Arg {
    match (name, value) {
        ("cell" | "action", Value::String(word)) => {
            let text = text_of(words, language, &format!("{name}-{word}"), &[]);
            // A cell begins the sentence, an action stands within it: both texts are written that way.
            Arg::from(text)
        }
        ("profit_per_day", Value::Number(tiyn)) => {
            Arg::from(Money::from_tiyn(tiyn.as_i64().unwrap_or_default()))
        }
        ("rating_by_milli", Value::Number(milli)) => Arg::from(tenths(milli.as_i64().unwrap_or_default())),
        (name, Value::Number(number)) if PRICES.contains(&name) => {
            Arg::from(Tenge(number.as_i64().unwrap_or_default()))
        }
        (name, Value::Number(number)) if SHARES.contains(&name) => {
            let share = number
                .as_i64()
                .and_then(|share| i32::try_from(share).ok())
                .unwrap_or_default();
            Arg::from(format::share(BasisPoints(share)))
        }
        (_, Value::Number(number)) => number
            .as_i64()
            .map_or_else(|| Arg::from(number.to_string()), Arg::from),
        (_, Value::String(text)) => Arg::from(text.as_str()),
        (_, other) => Arg::from(other.to_string()),
    }
}

/// 300 as `0,3`.
fn tenths(milli: i64) -> String {
    format!("{},{}", milli / 1_000, (milli % 1_000).abs() / 100)
}

fn plain(name: &str, value: &Value) -> Value {
    let sum = match (name, value.as_i64()) {
        ("profit_per_day", Some(tiyn)) => Some(Sum::from(Money::from_tiyn(tiyn))),
        (name, Some(price)) if PRICES.contains(&name) => Some(Sum::from(Tenge(price))),
        _ => None,
    };
    sum.and_then(|sum| serde_json::to_value(sum).ok())
        .unwrap_or_else(|| value.clone())
}
