//! `sauda reorder`: one JSON object a line in, one answer a line out. Refuses what it does not know, by name, and goes on
//! with the next line. The format is told in `docs/reorder.md`.

mod answer;
mod demand;
mod fields;
mod note;
mod past;
mod question;
mod refusal;
mod words;

use answer::{decide, group, single};
use question::{ID, Item, KNOWN};
use refusal::Refusal;
use sauda_kernel::{ReadJson, read_json};
use serde::Serialize;
use serde_json::{Map, Value};
use std::io::{self, BufRead, Read, Write};

/// How many lines came to what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// Lines with something on them.
    pub lines: u64,
    pub refused: u64,
}

/// Longer lines are refused unread: a year of days of 500 products takes about a million bytes.
pub const LONGEST_LINE_BYTES: u64 = 16_777_216;

/// Answers each line of the input with one line of output, in order. Empty lines are passed over.
///
/// # Errors
/// When the input cannot be read or the output cannot be written. A bad line is an answer, not an error.
pub fn run_lines(mut input: impl BufRead, mut output: impl Write) -> io::Result<Summary> {
    let mut summary = Summary::default();
    let mut bytes = Vec::new();
    let mut line = 0_u64;
    loop {
        bytes.clear();
        let read = input
            .by_ref()
            .take(LONGEST_LINE_BYTES + 1)
            .read_until(b'\n', &mut bytes)?;
        if read == 0 {
            return Ok(summary);
        }
        line += 1;
        let is_whole =
            bytes.ends_with(b"\n") || u64::try_from(read).unwrap_or(u64::MAX) <= LONGEST_LINE_BYTES;
        if !is_whole {
            skip_line(&mut input)?;
        }
        if is_whole && bytes.trim_ascii().is_empty() {
            continue;
        }
        summary.lines += 1;
        let text = if is_whole {
            answer_line(line, &bytes)
        } else {
            Err(Refusal::too_long().to_line(line, None))
        };
        let text = text.unwrap_or_else(|refused| {
            summary.refused += 1;
            refused
        });
        output.write_all(text.as_bytes())?;
        output.write_all(b"\n")?;
    }
}

fn skip_line(input: &mut impl BufRead) -> io::Result<()> {
    loop {
        let (used, ended) = {
            let buffer = input.fill_buf()?;
            match buffer.iter().position(|byte| *byte == b'\n') {
                Some(place) => (place + 1, true),
                None => (buffer.len(), buffer.is_empty()),
            }
        };
        input.consume(used);
        if ended {
            return Ok(());
        }
    }
}

/// The answer, or the line of the refusal.
fn answer_line(line: u64, bytes: &[u8]) -> Result<String, String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let ReadJson { value, repeated } =
        read_json(bytes).map_err(|error| Refusal::bad_json(error.to_string()).to_line(line, None))?;
    let Value::Object(members) = &value else {
        return Err(Refusal::bad_json("the line is JSON, but no object").to_line(line, None));
    };
    let id = id_of(members);
    if let Some(path) = repeated {
        return Err(Refusal::repeated(&path).to_line(line, id.as_ref()));
    }
    let answered = if members.contains_key("items") {
        answer_group(line, id.clone(), members).and_then(|view| text(&view))
    } else {
        Item::read(&value).and_then(|item| text(&single(line, &decide(item, id.clone()))))
    };
    answered.map_err(|refusal| refusal.to_line(line, id.as_ref()))
}

fn text(view: &impl Serialize) -> Result<String, Refusal> {
    serde_json::to_string(view).map_err(|error| Refusal::bad_json(error.to_string()))
}

fn id_of(members: &Map<String, Value>) -> Option<Value> {
    ID.iter().find_map(|name| members.get(*name)).cloned()
}

/// Members of the group are those of each product that does not say otherwise.
fn answer_group(
    line: u64,
    id: Option<Value>,
    members: &Map<String, Value>,
) -> Result<answer::GroupView, Refusal> {
    const BUDGET: &[&str] = &["budget", "budget_tenge"];
    let whole = Value::Object(members.clone());
    let known: Vec<&[&str]> = KNOWN.iter().copied().chain([BUDGET, &["items"][..]]).collect();
    let fields = fields::Members::read("", &whole, &known)?;
    let budget = fields.money(BUDGET)?;
    let Some(Value::Array(items)) = members.get("items") else {
        return Err(Refusal::wrong(
            "items",
            members.get("items").unwrap_or(&Value::Null),
            "a list of products",
        ));
    };
    if items.is_empty() {
        return Err(Refusal::missing("items", "give one product or more"));
    }
    let mut all = Vec::with_capacity(items.len());
    for (place, item) in items.iter().enumerate() {
        let Value::Object(own) = item else {
            return Err(Refusal::wrong(&format!("items[{place}]"), item, "an object"));
        };
        let item_id = id_of(own);
        let mut merged = own.clone();
        for (name, value) in members {
            let is_shared =
                name != "items" && !BUDGET.contains(&name.as_str()) && !ID.contains(&name.as_str());
            let same = KNOWN.iter().find(|names| names.contains(&name.as_str()));
            let is_told = same.is_some_and(|names| names.iter().any(|other| own.contains_key(*other)));
            if is_shared && !is_told && !overrules(own, name) {
                merged.insert(name.clone(), value.clone());
            }
        }
        let read = Item::read(&Value::Object(merged)).map_err(|refusal| refusal.inside(place))?;
        all.push(decide(read, item_id));
    }
    Ok(group(line, id, all, budget))
}

/// Whether a product tells another form of what the group tells: one promise takes the place of another.
fn overrules(own: &Map<String, Value>, name: &str) -> bool {
    const PROMISES: [&str; 10] = [
        "service_level",
        "cycle_service_level",
        "cycle_service",
        "csl",
        "fill_rate",
        "fill_rate_target",
        "target_fill_rate",
        "service",
        "target",
        "promise",
    ];
    PROMISES.contains(&name) && PROMISES.iter().any(|other| own.contains_key(*other))
}
