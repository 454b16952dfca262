//! `sauda size`: one JSON object a line in, one advice a line out; outcomes of a shop are learned before, or line by line.
//! Refuses what it does not know, by name, and goes on with the next line. The format is told in `docs/size.md`.

mod answer;
mod fields;
mod garment;
mod question;
mod refusal;
mod rows;
mod words;

pub use answer::{AdviceView, ChancesView, ReasonView, Rounded, SizeView, WhyView};
pub use question::read_buyer;
pub use refusal::Refusal;
pub use rows::{FileRows, read_outcomes};
pub use words::{no_data_text_en, reason_text_en};

use crate::advise::{Advisor, Verdict};
use crate::chart::Charts;
use crate::outcomes::Outcomes;
use sauda_kernel::{ReadJson, read_json};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::io::{self, BufRead, Read, Write};

/// How many lines came to what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// Lines with something on them.
    pub lines: u64,
    pub advised: u64,
    pub no_data: u64,
    pub learned: u64,
    pub refused: u64,
}

/// What is known before the first line.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The shop's own outcomes.
    pub outcomes: Outcomes,
    /// The shop's size tables.
    pub charts: Charts,
}

/// Longer lines are refused unread.
pub const LONGEST_LINE_BYTES: u64 = 1_048_576;

/// Answers each line of the input with one line of output, in order. Empty lines are passed over.
///
/// # Errors
/// When the input cannot be read or the output cannot be written. A bad line is an answer, not an error.
pub fn run_lines(
    mut input: impl BufRead,
    mut output: impl Write,
    mut options: Options,
) -> io::Result<Summary> {
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
            answer_line(line, &bytes, &mut options, &mut summary, &mut id)
        } else {
            Err(Refusal::too_long())
        };
        let text = answered.unwrap_or_else(|refusal| {
            summary.refused += 1;
            refusal.to_line(line, id.as_deref())
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

#[derive(Serialize)]
struct LearnedLine<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a RawValue>,
    learned: bool,
    line: u64,
}

/// The line's `id` as it is written there: a number with many digits must not come back rounded.
fn id_of(bytes: &[u8]) -> Option<Box<RawValue>> {
    #[derive(Deserialize)]
    struct Named {
        id: Box<RawValue>,
    }
    Some(serde_json::from_slice::<Named>(bytes).ok()?.id)
}

fn answer_line(
    line: u64,
    bytes: &[u8],
    options: &mut Options,
    summary: &mut Summary,
    id: &mut Option<Box<RawValue>>,
) -> Result<String, Refusal> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let ReadJson { value, repeated } =
        read_json(bytes).map_err(|error| Refusal::bad_json(error.to_string()))?;
    *id = value.get("id").and_then(|_| id_of(bytes));
    if let Some(path) = repeated {
        return Err(Refusal::repeated(&path));
    }
    if let Some(outcome) = value.get("outcome").filter(|outcome| outcome.is_object()) {
        if let Some(name) = value.as_object().and_then(|all| {
            all.keys()
                .find(|name| !["id", "outcome"].contains(&name.as_str()))
        }) {
            return Err(Refusal::unknown(name, &["id", "outcome"]));
        }
        rows::learn(outcome, &mut options.outcomes)?;
        options.outcomes.settle();
        summary.learned += 1;
        let told = LearnedLine {
            line,
            learned: true,
            id: id.as_deref(),
        };
        // Numbers and texts always have a JSON form.
        return Ok(serde_json::to_string(&told).unwrap_or_default());
    }
    let question = question::question(&value)?;
    let advisor = Advisor::new(&options.outcomes, &options.charts);
    let advice = advisor
        .advise(&question)
        .map_err(|problem| Refusal::problem(&problem))?;
    match advice.verdict {
        Verdict::Take { .. } => summary.advised += 1,
        Verdict::NoData(_) => summary.no_data += 1,
    }
    Ok(answer::line(line, id.as_deref(), &advice))
}
