//! The answer of `sauda phone`. Refuses to leave out what is masked or broken.

use super::{question::Question, refusal::Refusal};
use crate::phone::{Phone, PhoneKind, PhoneProblem, find};
use serde::Serialize;
use serde_json::Value;

#[derive(Serialize)]
struct Line<'a> {
    line: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a Value>,
    phones: Vec<Told<'a>>,
}

#[derive(Serialize)]
struct Told<'a> {
    text: &'a str,
    /// Signs of the text, not bytes.
    start: usize,
    end: usize,
    e164: Option<&'a str>,
    valid: bool,
    kind: PhoneKind,
    country: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    operator: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extension: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    masked: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<PhoneProblem>,
}

pub(super) fn line(line: u64, question: &Question) -> Result<String, Refusal> {
    let found = find(&question.text);
    let signs = |place: usize| {
        question
            .text
            .get(..place)
            .map_or(0, |before| before.chars().count())
    };
    let told = |phone: &'_ Phone| -> (usize, usize) { (signs(phone.start), signs(phone.end)) };
    let phones = found.iter().map(|phone| {
        let (start, end) = told(phone);
        Told {
            text: &phone.text,
            start,
            end,
            e164: phone.e164.as_deref(),
            valid: phone.is_valid(),
            kind: phone.kind,
            country: phone.country.as_deref(),
            operator: phone.operator,
            region: phone.region,
            extension: phone.extension.as_deref(),
            masked: phone.masked.as_deref(),
            problem: phone.problem,
        }
    });
    let answer = Line {
        line,
        id: question.id.as_ref(),
        phones: phones.collect(),
    };
    serde_json::to_string(&answer).map_err(|error| Refusal::not_json(&error))
}
