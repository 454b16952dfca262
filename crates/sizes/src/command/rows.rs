//! Files of outcomes: CSV or JSON lines with the same names as the flat form of a question. Refuses rows by name and goes on.

use super::question::question;
use super::refusal::Refusal;
use crate::buyer::Fit;
use crate::outcomes::{Outcome, Outcomes};
use crate::words::{meaning, meanings};
use sauda_kernel::{ReadJson, read_json};
use serde_json::{Map, Value};
use std::io::{self, BufRead};

const MOST_TOLD: usize = 5;

/// How a file of outcomes was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FileRows {
    pub learned: u64,
    pub refused: u64,
    /// The first refused rows, with their lines.
    pub first: Vec<(u64, Refusal)>,
}

impl FileRows {
    fn refuse(&mut self, line: u64, refusal: Refusal) {
        self.refused += 1;
        if self.first.len() < MOST_TOLD {
            self.first.push((line, refusal));
        }
    }
}

/// Learns from a file of outcomes: JSON lines when it begins with `{`, else CSV with a first line of names.
///
/// # Errors
/// When the file cannot be read. A bad row is told, not an error.
pub fn read_outcomes(mut input: impl BufRead, outcomes: &mut Outcomes) -> io::Result<FileRows> {
    let mut rows = FileRows::default();
    let json = input.fill_buf()?.trim_ascii_start().starts_with(b"{");
    if json {
        for (at, line) in input.lines().enumerate() {
            let line = line?;
            if line.trim().is_empty() {
                continue;
            }
            let number = u64::try_from(at).unwrap_or(u64::MAX) + 1;
            let learned = read_json(line.as_bytes())
                .map_err(|error| Refusal::bad_json(error.to_string()))
                .and_then(|ReadJson { value, repeated }| match repeated {
                    Some(path) => Err(Refusal::repeated(&path)),
                    None => learn(value.get("outcome").unwrap_or(&value), outcomes),
                });
            match learned {
                Ok(()) => rows.learned += 1,
                Err(refusal) => rows.refuse(number, refusal),
            }
        }
    } else {
        read_csv(input, outcomes, &mut rows);
    }
    outcomes.settle();
    Ok(rows)
}

fn read_csv(input: impl BufRead, outcomes: &mut Outcomes, rows: &mut FileRows) {
    let bad = |error: &csv::Error| {
        let hint = "send CSV with a first line of column names, in UTF-8";
        let line = error.position().map_or(0, csv::Position::line);
        (line, Refusal::new("bad-csv", None, error.to_string(), hint))
    };
    let mut reader = csv::Reader::from_reader(input);
    let names = match reader.headers() {
        Ok(names) => names.clone(),
        Err(error) => {
            let (line, refusal) = bad(&error);
            rows.refuse(line, refusal);
            return;
        }
    };
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let (line, refusal) = bad(&error);
                rows.refuse(line, refusal);
                continue;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        let cells = names.iter().zip(&record);
        let row: Map<String, Value> = cells
            .map(|(name, cell)| {
                (
                    name.trim().trim_start_matches('\u{feff}').to_owned(),
                    Value::from(cell),
                )
            })
            .collect();
        match learn(&Value::Object(row), outcomes) {
            Ok(()) => rows.learned += 1,
            Err(refusal) => rows.refuse(line, refusal),
        }
    }
}

/// Learns from one outcome: the flat form of a question, or one with `buyer` and `garment`, and `fit`.
pub(super) fn learn(value: &Value, outcomes: &mut Outcomes) -> Result<(), Refusal> {
    let question = question(value)?;
    question
        .buyer
        .check()
        .map_err(|body| Refusal::problem(&crate::advise::Problem::Body(body)))?;
    let told = value
        .get("fit")
        .and_then(Value::as_str)
        .filter(|word| !word.is_empty());
    let told = told.ok_or_else(|| Refusal::missing("fit", "say how it sat: small, fit or large"))?;
    let fit = match meaning("fit", told) {
        Some("small") => Fit::Small,
        Some("large") => Fit::Large,
        Some(_) => Fit::Fit,
        None => {
            let wanted = format!("one of {}", meanings("fit").join(", "));
            return Err(Refusal::wrong("fit", &Value::from(told), &wanted));
        }
    };
    let garment = &question.garment;
    let size = garment.size.as_deref();
    let outcome = Outcome {
        user: question.user.as_deref(),
        item: garment.item.as_deref(),
        brand: garment.brand.as_deref(),
        category: garment.category.as_deref(),
        piece: garment.piece,
        gender: garment.gender.or(question.buyer.gender),
        system: garment.system.or(garment.kind),
        size: size.ok_or_else(|| Refusal::missing("size", "say which size it was"))?,
        fit,
        buyer: &question.buyer,
    };
    outcomes.add(&outcome).map_err(|problem| {
        let hint = "correct the size or tell its system";
        Refusal::new("unknown-size", Some("size"), problem.to_string(), hint)
    })
}
