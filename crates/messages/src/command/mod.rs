//! `sauda understand` and `sauda phone`: one message a line in, one JSON line out. Refuses what it does not know, by name, and goes
//! on with the next line. The formats are told in `docs/understand.md` and `docs/phone.md`.

mod phones;
mod question;
mod refusal;
mod understanding;

use question::Question;
pub use refusal::Refusal;
use std::io::{self, BufRead, Read, Write};

/// How many lines came to what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// Lines with something on them.
    pub lines: u64,
    pub refused: u64,
}

/// Longer lines are refused unread.
pub const LONGEST_LINE_BYTES: u64 = 65_536;

/// What is asked of each line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// What the message means.
    Meaning,
    /// Which phone numbers it has.
    Phones,
}

/// Answers each line of the input with one line of output, in order. Empty lines are passed over.
///
/// # Errors
/// When the input cannot be read or the output cannot be written. A bad line is an answer, not an error.
pub fn run_lines(asked: Asked, input: impl BufRead, output: impl Write) -> io::Result<Summary> {
    answer_lines(input, output, |line, bytes| answer(asked, line, bytes))
}

/// The loop of every such command: each line with something on it goes to `answer` and comes back as one line, in order.
///
/// # Errors
/// When the input cannot be read or the output cannot be written. A bad line is an answer, not an error.
pub fn answer_lines(
    mut input: impl BufRead,
    output: impl Write,
    answer: impl Fn(u64, &[u8]) -> Result<String, Refusal>,
) -> io::Result<Summary> {
    let mut output = io::BufWriter::new(output);
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
            output.flush()?;
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
            answer(line, &bytes)
        } else {
            Err(Refusal::too_long())
        };
        let text = answered.unwrap_or_else(|refusal| {
            summary.refused += 1;
            refusal.to_line(line)
        });
        output.write_all(text.as_bytes())?;
        output.write_all(b"\n")?;
        // Who types one line waits for its answer; the rest of a file is there already.
        output.flush()?;
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

fn answer(asked: Asked, line: u64, bytes: &[u8]) -> Result<String, Refusal> {
    let question = Question::read(bytes, asked)?;
    match asked {
        Asked::Meaning => understanding::line(line, &question),
        Asked::Phones => phones::line(line, &question),
    }
}
