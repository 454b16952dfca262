//! `sauda sentiment`: one review a line in, one JSON line out. Refuses what it does not know, by name, and goes on with the next
//! line. The format is told in `docs/sentiment.md`.

use crate::sentiment::{self, Sentiment};
use sauda_kernel::{ReadJson, read_json};
use sauda_messages::{
    command::{Refusal, Summary, answer_lines},
    understand::Language,
};
use serde::Serialize;
use serde_json::{Map, Value};
use std::io::{self, BufRead, Write};

/// Answers each line of the input with one line of output, in order. Empty lines are passed over.
///
/// # Errors
/// When the input cannot be read or the output cannot be written. A bad line is an answer, not an error.
pub fn run_lines(input: impl BufRead, output: impl Write) -> io::Result<Summary> {
    answer_lines(input, output, answer)
}

/// Names under which the text may come.
const TEXTS: [&str; 7] = [
    "text",
    "review",
    "comment",
    "message",
    "msg",
    "body",
    "text_cleaned",
];
const PLUS: [&str; 3] = ["plus", "pros", "advantages"];
const MINUS: [&str; 3] = ["minus", "cons", "disadvantages"];
const IDS: [&str; 3] = ["id", "custom_id", "review_id"];

fn answer(line: u64, bytes: &[u8]) -> Result<String, Refusal> {
    let question = Question::read(bytes)?;
    let told = sentiment::read_parts(&question.text, &question.plus, &question.minus);
    let answer = Line::of(line, question.id.as_ref(), &told);
    serde_json::to_string(&answer).map_err(|error| Refusal::not_json(&error))
}

/// What a line asks.
#[derive(Default)]
struct Question {
    id: Option<Value>,
    text: String,
    plus: String,
    minus: String,
}

impl Question {
    fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        let line = std::str::from_utf8(bytes).map_err(|_| Refusal::not_text())?;
        let line = line.trim_start_matches('\u{feff}').trim_end_matches(['\r', '\n']);
        let start = line.trim_start();
        if start.starts_with('{') {
            let ReadJson { value, repeated } =
                read_json(start.as_bytes()).map_err(|error| Refusal::not_json(&error))?;
            return match (value, repeated) {
                (_, Some(path)) => Err(Refusal::repeated(&path)),
                (Value::Object(members), None) => Self::of_members(members),
                (other, None) => Err(Refusal::wrong("text", &other, "an object")),
            };
        }
        // A text in quotes is JSON too, when it is whole; otherwise the quotes are the buyer's.
        Ok(Self {
            text: serde_json::from_str::<String>(start).unwrap_or_else(|_| line.to_owned()),
            ..Self::default()
        })
    }

    fn of_members(mut members: Map<String, Value>) -> Result<Self, Refusal> {
        let text = words(&mut members, &TEXTS)?;
        let plus = words(&mut members, &PLUS)?;
        let minus = words(&mut members, &MINUS)?;
        let id = match one_of(&mut members, &IDS)? {
            None | Some((_, Value::Null)) => None,
            Some((_, id @ (Value::String(_) | Value::Number(_)))) => Some(id),
            Some((name, other)) => return Err(Refusal::wrong(name, &other, "a text or a number")),
        };
        if let Some(unknown) = members.keys().next() {
            let known: Vec<&str> = TEXTS
                .iter()
                .chain(&PLUS)
                .chain(&MINUS)
                .chain(&IDS)
                .copied()
                .collect();
            return Err(Refusal::unknown(unknown, &known));
        }
        if text.is_none() && plus.is_none() && minus.is_none() {
            return Err(Refusal::missing("text"));
        }
        Ok(Self {
            id,
            text: text.unwrap_or_default(),
            plus: plus.unwrap_or_default(),
            minus: minus.unwrap_or_default(),
        })
    }
}

fn words(members: &mut Map<String, Value>, names: &[&'static str]) -> Result<Option<String>, Refusal> {
    match one_of(members, names)? {
        None | Some((_, Value::Null)) => Ok(None),
        Some((_, Value::String(text))) => Ok(Some(text)),
        Some((name, other)) => Err(Refusal::wrong(name, &other, "a text")),
    }
}

fn one_of(
    members: &mut Map<String, Value>,
    names: &[&'static str],
) -> Result<Option<(&'static str, Value)>, Refusal> {
    let mut found: Option<(&'static str, Value)> = None;
    for name in names {
        if let Some(value) = members.remove(*name) {
            if let Some((first, _)) = found {
                return Err(Refusal::both(first, name));
            }
            found = Some((name, value));
        }
    }
    Ok(found)
}

#[derive(Serialize)]
struct Line<'a> {
    line: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a Value>,
    polarity: &'static str,
    /// How likely it is praise.
    positive: f64,
    tone: &'static str,
    stars: Option<u8>,
    stars_shares: Option<[f64; 5]>,
    language: Language,
    reasons: Vec<Told<'a>>,
    aspects: Map<String, Value>,
}

#[derive(Serialize)]
struct Told<'a> {
    word: &'a str,
    polarity: &'static str,
}

impl<'a> Line<'a> {
    fn of(line: u64, id: Option<&'a Value>, told: &'a Sentiment) -> Self {
        let thousandths = |share: f64| (share * 1000.0).round() / 1000.0;
        Self {
            line,
            id,
            polarity: if told.is_silent {
                "none"
            } else {
                told.polarity.word()
            },
            positive: thousandths(told.positive),
            tone: told.tone.word(),
            stars: (!told.is_silent).then_some(told.stars),
            stars_shares: (!told.is_silent).then(|| told.shares.map(thousandths)),
            language: told.language,
            reasons: told
                .reasons
                .iter()
                .map(|reason| Told {
                    word: &reason.word,
                    polarity: reason.polarity.word(),
                })
                .collect(),
            aspects: told
                .aspects
                .iter()
                .map(|(aspect, tone)| (aspect.word().to_owned(), tone.word().into()))
                .collect(),
        }
    }
}
