//! Values of an answer: sums in tenge and shares in percent, exactly. Refuses floats.

use crate::Breakdown;
use crate::rates::{BasisPointsText, Confidence};
use sauda_kernel::{BasisPoints, Money};
use serde_json::{Map, Value, json};

/// Hundredths as a JSON number: `1250`, `1250.5`.
pub(super) fn hundredths(value: i64) -> Value {
    // A text of digits with a point is always a number.
    serde_json::from_str(&BasisPointsText(value).to_string()).unwrap_or(Value::Null)
}

pub(super) fn sum(money: Money) -> Value {
    hundredths(money.tiyn())
}

pub(super) fn percent(share: BasisPoints) -> Value {
    hundredths(i64::from(share.0))
}

/// `part` as a share of `whole` in percent, rounded down to a hundredth; null when there is nothing to compare with.
pub(super) fn ratio(part: Money, whole: Money) -> Value {
    if whole <= Money::ZERO {
        return Value::Null;
    }
    let exact = (i128::from(part.tiyn()) * 10_000).div_euclid(i128::from(whole.tiyn()));
    i64::try_from(exact).map_or(Value::Null, hundredths)
}

pub(super) fn note(code: &str, text_en: impl Into<String>) -> Value {
    json!({"code": code, "text_en": text_en.into()})
}

/// Where a value is from.
pub(super) fn origin(
    told: &mut Map<String, Value>,
    from: &str,
    to: Option<&str>,
    source: &str,
    sure: Confidence,
) {
    told.insert("valid_from".to_owned(), from.into());
    told.insert("valid_to".to_owned(), to.into());
    told.insert("source".to_owned(), source.into());
    told.insert("confidence".to_owned(), sure.word().into());
}

/// The parts of a price. What was not given is null, and the notes say so.
pub(super) fn parts(told: &Breakdown, cost_known: bool, delivery_known: bool, tax_known: bool) -> Value {
    let when = |known: bool, money: Money| if known { sum(money) } else { Value::Null };
    json!({
        "purchase": when(cost_known, told.purchase),
        "packaging": sum(told.packaging),
        "other": sum(told.other),
        "commission": sum(told.commission),
        "payment": sum(told.payment),
        "delivery": when(delivery_known, told.delivery),
        "advertising": sum(told.advertising),
        "returns": sum(told.returns),
        "vat": sum(told.vat),
        "tax": when(tax_known, told.tax),
    })
}
