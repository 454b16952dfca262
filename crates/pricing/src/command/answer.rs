//! One line of output. Refuses to leave out a guard that spoke or a rival that was looked past.

use super::question::Question;
use super::refusal::Refusal;
use super::words::{guard_text_en, reason_text_en};
use crate::model::{Args, ArithmeticLine, Level, Outcome, Place, Receipt, Rung, Verdict};
use sauda_kernel::Tenge;
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

#[derive(Serialize)]
struct Line<'a> {
    line: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    decision: &'static str,
    /// The price to publish, or for `ask` the price that would be set.
    price: Option<Tenge>,
    reason: Told,
    guards: Vec<Guarded>,
    before: Option<Tenge>,
    floor: Option<Tenge>,
    ceiling: Option<Tenge>,
    rival: Option<&'a str>,
    place_before: Option<Place>,
    place_after: Option<Place>,
    ladder: &'a [Rung],
    arithmetic: &'a [ArithmeticLine],
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    settings_from: &'a BTreeMap<&'static str, Level>,
}

#[derive(Serialize)]
struct Told {
    code: String,
    text_en: String,
    args: Map<String, Value>,
}

#[derive(Serialize)]
struct Guarded {
    verdict: Verdict,
    #[serde(flatten)]
    told: Told,
}

fn told(args: Args, text_en: String) -> Told {
    Told {
        code: args.word,
        text_en,
        args: args.args.into_iter().collect(),
    }
}

pub(super) fn line(line: u64, question: &Question, receipt: &Receipt) -> Result<String, Refusal> {
    let (decision, price) = match receipt.outcome {
        Outcome::Set(price) => ("set", Some(price)),
        Outcome::Hold => ("hold", None),
        Outcome::Ask(price) => ("ask", price),
    };
    let guards = receipt.checks.iter().map(|check| Guarded {
        verdict: check.verdict,
        told: told(check.guard.args(), guard_text_en(&check.guard)),
    });
    let answer = Line {
        line,
        id: question.id.as_deref(),
        decision,
        price,
        reason: told(receipt.reason.args(), reason_text_en(&receipt.reason)),
        guards: guards.collect(),
        before: receipt.before,
        floor: receipt.floor,
        ceiling: receipt.ceiling,
        rival: receipt.rival.as_ref().map(|row| row.seller.as_str()),
        place_before: receipt.place_before,
        place_after: receipt.place_after,
        ladder: &receipt.ladder,
        arithmetic: &receipt.arithmetic,
        settings_from: &question.origins,
    };
    serde_json::to_string(&answer).map_err(|error| Refusal::not_json(&error))
}
