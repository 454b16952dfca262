//! `sauda forecast`: histories in, forecasts out, on all processors. Refuses what it does not know, by name, and goes on with the
//! next line. The format is told in `docs/forecast.md`.

mod answer;
mod fields;
mod question;
mod refusal;
mod rows;
mod sheet;

pub use refusal::Refusal;

use crate::neighbours::Neighbours;
use question::{Question, question};
use sauda_kernel::{ReadJson, read_json};
use serde_json::Value;
use std::io::{self, BufRead as _, BufReader, Read, Write};
use std::num::NonZero;

/// What lines do not say themselves, and how to work.
#[derive(Debug, Clone, Default)]
pub struct Options {
    pub horizon: Option<usize>,
    pub quantiles: Option<Vec<f64>>,
    pub frequency: Option<String>,
    /// `zero` or `unknown`: what a missing row means.
    pub gaps: Option<String>,
    /// `zero` or `unknown`: what sales below zero mean.
    pub negatives: Option<String>,
    /// `sum` or `last`: what two rows of one date mean.
    pub duplicates: Option<String>,
    /// Read everything first, so that new products learn from their group.
    pub pool: bool,
    pub threads: Option<usize>,
}

/// How many lines came to what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    pub lines: u64,
    pub refused: u64,
}

/// Longer lines are refused unread.
pub const LONGEST_LINE_BYTES: u64 = 4_194_304;
/// Lines that are answered together.
const BATCH: usize = 512;

/// A line that was read.
struct Asked {
    line: u64,
    id: Option<Value>,
    question: Result<Question, Refusal>,
}

/// Answers each line of the input, or each series of a CSV, with one line of output, in order. Empty lines are passed over.
///
/// # Errors
/// When the input cannot be read or the output cannot be written. A bad line is an answer, not an error.
pub fn run(input: impl Read, mut output: impl Write, options: &Options) -> io::Result<Summary> {
    let mut input = BufReader::with_capacity(1 << 20, input);
    let mut summary = Summary::default();
    if sheet::is_sheet(input.fill_buf()?) {
        let asked = sheet::read(input, options);
        answer(asked, options, &mut output, &mut summary)?;
        return Ok(summary);
    }
    let mut lines: Vec<(u64, Option<Vec<u8>>)> = Vec::new();
    let mut number = 0_u64;
    loop {
        let more = next(&mut input, &mut number, &mut lines)?;
        let waiting = lines.len() < BATCH && input.buffer().contains(&b'\n');
        if more && (options.pool || waiting) {
            continue;
        }
        let read = std::mem::take(&mut lines);
        let asked = shared(options, &read, |(line, bytes)| {
            asked(*line, bytes.as_deref(), options)
        });
        answer(asked, options, &mut output, &mut summary)?;
        output.flush()?;
        if !more {
            return Ok(summary);
        }
    }
}

/// One more line; none of it when it is too long. False at the end.
fn next(
    input: &mut BufReader<impl Read>,
    number: &mut u64,
    lines: &mut Vec<(u64, Option<Vec<u8>>)>,
) -> io::Result<bool> {
    let mut bytes = Vec::new();
    let read = input
        .by_ref()
        .take(LONGEST_LINE_BYTES + 1)
        .read_until(b'\n', &mut bytes)?;
    if read == 0 {
        return Ok(false);
    }
    *number += 1;
    let whole = bytes.ends_with(b"\n") || u64::try_from(read).unwrap_or(u64::MAX) <= LONGEST_LINE_BYTES;
    if !whole {
        input.skip_until(b'\n')?;
        lines.push((*number, None));
    } else if !bytes.trim_ascii().is_empty() {
        lines.push((*number, Some(bytes)));
    }
    Ok(true)
}

fn asked(line: u64, bytes: Option<&[u8]>, options: &Options) -> Asked {
    let Some(bytes) = bytes else {
        let message = format!("the line is longer than {LONGEST_LINE_BYTES} bytes");
        let question = Err(Refusal::bare(
            "line-too-long",
            message,
            "send one JSON object a line",
        ));
        return Asked {
            line,
            id: None,
            question,
        };
    };
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match read_json(bytes) {
        Ok(ReadJson { value, repeated }) => Asked {
            line,
            id: value.get("id").cloned(),
            question: match repeated {
                Some(path) => Err(Refusal::repeated(&path)),
                None => question(&value, options),
            },
        },
        Err(error) => {
            let refusal = Refusal::bare(
                "bad-json",
                error.to_string(),
                "send one JSON object a line, in UTF-8",
            );
            Asked {
                line,
                id: None,
                question: Err(refusal),
            }
        }
    }
}

fn answer(
    asked: Vec<Asked>,
    options: &Options,
    output: &mut impl Write,
    summary: &mut Summary,
) -> io::Result<()> {
    let mut neighbours = Neighbours::default();
    if options.pool {
        for question in asked.iter().filter_map(|one| one.question.as_ref().ok()) {
            if let Some(group) = &question.group {
                neighbours.add(group, question.frequency, &question.steps);
            }
        }
    }
    let answers = shared(options, &asked, |one| {
        let told = one.question.as_ref().map_err(Clone::clone);
        let told = told.and_then(|question| answer::answer(one.line, one.id.as_ref(), question, &neighbours));
        told.map_err(|refusal| refusal.to_line(one.line, one.id.as_ref()))
    });
    for told in answers {
        summary.lines += 1;
        let text = told.unwrap_or_else(|refused| {
            summary.refused += 1;
            refused
        });
        output.write_all(text.as_bytes())?;
        output.write_all(b"\n")?;
    }
    Ok(())
}

/// The same work for each, shared out over the processors; answers keep their order.
fn shared<In: Sync, Out: Send>(options: &Options, all: &[In], work: impl Fn(&In) -> Out + Sync) -> Vec<Out> {
    let threads = options
        .threads
        .unwrap_or_else(|| std::thread::available_parallelism().map_or(1, NonZero::get));
    let part = all.len().div_ceil(threads.clamp(1, 64)).max(1);
    if all.len() < 4 || part >= all.len() {
        return all.iter().map(work).collect();
    }
    std::thread::scope(|scope| {
        let work = &work;
        let parts: Vec<_> = all
            .chunks(part)
            .map(|part| scope.spawn(move || part.iter().map(work).collect::<Vec<Out>>()))
            .collect();
        parts
            .into_iter()
            .flat_map(|part| {
                part.join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            })
            .collect()
    })
}
