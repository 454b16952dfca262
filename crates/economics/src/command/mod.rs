//! `sauda economics` and `sauda tax`: one JSON object a line in, one answer a line out. Refuses what it does not know, by name,
//! and goes on with the next line. The formats are told in `docs/economics.md` and `docs/tax.md`.

mod answer;
mod batch;
mod currency;
mod delivery;
mod fields;
mod question;
mod refusal;
mod show;
mod taxes;
mod wanted;

pub use fields::two_readings;
pub use refusal::Refusal;

use sauda_kernel::read_json;
use serde_json::{Map, Value};
use std::io::{self, BufRead, Read, Write};

/// What the lines ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// One sale, a landed cost, or a stock.
    Economics,
    /// The tax of a period.
    Tax,
}

/// How many lines came to what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// Lines with something on them.
    pub lines: u64,
    pub refused: u64,
}

/// Longer lines are refused unread.
pub const LONGEST_LINE_BYTES: u64 = 1_048_576;

/// Answers each line of the input with one line of output, in order. Empty lines are passed over.
///
/// # Errors
/// When the input cannot be read or the output cannot be written. A bad line is an answer, not an error.
pub fn run_lines(asked: Asked, mut input: impl BufRead, mut output: impl Write) -> io::Result<Summary> {
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
        let whole = bytes.ends_with(b"\n") || u64::try_from(read).unwrap_or(u64::MAX) <= LONGEST_LINE_BYTES;
        if !whole {
            skip_line(&mut input)?;
        }
        if whole && bytes.trim_ascii().is_empty() {
            continue;
        }
        summary.lines += 1;
        let mut id = None;
        let answered = if whole {
            answer_line(asked, &bytes, &mut id)
        } else {
            Err(Refusal::too_long())
        };
        let text = match answered {
            Ok(told) => with_line(line, id, told),
            Err(refusal) => {
                summary.refused += 1;
                refusal.to_line(line, id.as_ref())
            }
        };
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

fn with_line(line: u64, id: Option<Value>, told: Map<String, Value>) -> String {
    let mut all = Map::new();
    all.insert("line".to_owned(), line.into());
    if let Some(id) = id {
        all.insert("id".to_owned(), id);
    }
    all.extend(told);
    Value::Object(all).to_string()
}

/// The answer to one question, for pages and programs: the members are those of a line.
///
/// # Errors
/// As a line is refused.
pub fn ask(asked: Asked, question: &Value) -> Result<Map<String, Value>, Refusal> {
    match asked {
        Asked::Economics => answer::answer(question),
        Asked::Tax => taxes::answer(question),
    }
}

/// A sum or a share of an answer in hundredths: tiyn, or basis points; none for null.
pub fn hundredths_of(value: &Value) -> Option<i64> {
    fields::decimal_of(value, 2)
}

/// A typed sum in hundredths: `1 250,50`. None for what is no number or has more digits.
///
/// # Errors
/// When three digits stand behind its only comma: `6,500`.
pub fn sum_of(text: &str) -> Result<Option<i64>, Refusal> {
    match fields::two_readings(text) {
        Some((whole, cut)) => Err(Refusal::ambiguous("sum", text.trim(), &whole, &cut)),
        None => Ok(fields::decimal(text, 2)),
    }
}

/// `72,4` as millionths: rates of currencies are told so. None for what is no number or has more digits.
pub fn millionths_of(text: &str) -> Option<i64> {
    fields::decimal(text, 6)
}

fn answer_line(asked: Asked, bytes: &[u8], id: &mut Option<Value>) -> Result<Map<String, Value>, Refusal> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let read = read_json(bytes).map_err(|error| Refusal::bad_json(error.to_string()))?;
    if !read.value.is_object() {
        return Err(Refusal::bad_json("the line is not a JSON object"));
    }
    *id = read.value.get("id").filter(|id| !id.is_null()).cloned();
    match read.repeated {
        Some(path) => Err(Refusal::repeated(&path)),
        None => ask(asked, &read.value),
    }
}
