//! `sauda decide`: one JSON object a line in, one decision a line out. Refuses what it does not know, by name, and goes on
//! with the next line. The format is told in `docs/decide.md`.

mod answer;
mod question;
mod refusal;
mod words;

pub use question::floors_of;
pub use words::{guard_text_en, reason_text_en};

use crate::decide::{Input, decide, explain};
use crate::model::Outcome;
use question::Question;
use refusal::Refusal;
use std::io::{self, BufRead, Read, Write};

/// How many lines came to what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// Lines with something on them.
    pub lines: u64,
    pub set: u64,
    pub held: u64,
    pub asked: u64,
    pub refused: u64,
}

/// Longer lines are refused unread: 64 rows take about 15 000 bytes.
pub const LONGEST_LINE_BYTES: u64 = 1_048_576;

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
        let whole = bytes.ends_with(b"\n") || u64::try_from(read).unwrap_or(u64::MAX) <= LONGEST_LINE_BYTES;
        if !whole {
            skip_line(&mut input)?;
        }
        if whole && bytes.trim_ascii().is_empty() {
            continue;
        }
        summary.lines += 1;
        let answered = if whole {
            answer_line(line, &bytes, &mut summary)
        } else {
            Err(Refusal::too_long())
        };
        let text = match answered {
            Ok(text) => text,
            Err(refusal) => {
                summary.refused += 1;
                refusal.to_line(line)
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

fn answer_line(line: u64, bytes: &[u8], summary: &mut Summary) -> Result<String, Refusal> {
    let question = Question::read(bytes)?;
    let input = Input {
        offer: &question.offer,
        rule: &question.rule,
        floors: &question.floors,
        observation: question.observation.as_ref(),
        sisters: &question.sisters,
        moves: &question.moves,
        last_contact: question.last_contact,
        curve: question.curve.as_ref(),
        parts: question.parts.as_ref(),
        now: question.now,
    };
    let decision = decide(&input);
    match decision.outcome {
        Outcome::Set(_) => summary.set += 1,
        Outcome::Hold => summary.held += 1,
        Outcome::Ask(_) => summary.asked += 1,
    }
    let receipt = explain(&input, &decision);
    answer::line(line, &question, &receipt)
}
