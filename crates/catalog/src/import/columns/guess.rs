//! Guesses which column is what, with samples to judge the guess by; refuses to guess one field twice.

use super::ColumnField;
use crate::table::Table;

/// How sure a guess is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// The column has a known name.
    Named,
    /// Its name hints at the field.
    Hinted,
    /// Its values are SKUs of the shop.
    ByValues,
}

/// What a column may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnGuess<F> {
    pub column: usize,
    /// The column's name, or its letters when it has none.
    pub name: String,
    pub guess: Option<(F, Certainty)>,
    /// Up to five different values from the first rows.
    pub samples: Vec<String>,
}

const SAMPLE_ROWS: usize = 200;
const SAMPLES: usize = 5;

/// Guesses each column of a table. `is_known_sku` tells whether the shop has such an offer.
pub fn guess<F: ColumnField>(table: &Table, is_known_sku: &dyn Fn(&str) -> bool) -> Vec<ColumnGuess<F>> {
    let headers = table.headers();
    let mut guesses: Vec<ColumnGuess<F>> = (0..headers.len())
        .map(|column| ColumnGuess {
            column,
            name: table.column_name(column),
            guess: None,
            samples: samples(table, column),
        })
        .collect();
    let mut taken: Vec<F> = Vec::new();
    for certainty in [Certainty::Named, Certainty::Hinted] {
        for (column, header) in guesses.iter_mut().zip(headers) {
            if column.guess.is_some() {
                continue;
            }
            let field = match certainty {
                Certainty::Named => F::named(header),
                Certainty::Hinted | Certainty::ByValues => F::hinted(header),
            };
            if let Some(field) = field.filter(|field| !taken.contains(field)) {
                column.guess = Some((field, certainty));
                taken.push(field);
            }
        }
    }
    if !taken.contains(&F::KEY)
        && let Some(found) = sku_by_values(table, &guesses, is_known_sku)
        && let Some(column) = guesses.get_mut(found)
    {
        column.guess = Some((F::KEY, Certainty::ByValues));
    }
    guesses
}

fn samples(table: &Table, column: usize) -> Vec<String> {
    let mut samples: Vec<String> = Vec::new();
    for row in table.rows().take(SAMPLE_ROWS) {
        let text = row.cell(column).text;
        if !text.is_empty() && !samples.iter().any(|known| known == text) {
            samples.push(text.to_owned());
        }
        if samples.len() == SAMPLES {
            break;
        }
    }
    samples
}

/// The free column of which at least half the values are known SKUs, the best one.
fn sku_by_values<F>(
    table: &Table,
    guesses: &[ColumnGuess<F>],
    is_known_sku: &dyn Fn(&str) -> bool,
) -> Option<usize> {
    let mut best: Option<(usize, usize)> = None;
    for column in guesses.iter().filter(|column| column.guess.is_none()) {
        let (mut filled, mut known) = (0_usize, 0_usize);
        for row in table.rows().take(SAMPLE_ROWS) {
            let text = row.cell(column.column).text;
            filled += usize::from(!text.is_empty());
            known += usize::from(!text.is_empty() && is_known_sku(text));
        }
        if known > 0 && known * 2 >= filled && best.is_none_or(|(most, _)| known > most) {
            best = Some((known, column.column));
        }
    }
    best.map(|(_, column)| column)
}

/// Whether a row holds column names: one of an SKU and one of anything else.
pub(crate) fn looks_like_header<F: ColumnField>(cells: &[&str]) -> bool {
    let fields: Vec<F> = cells
        .iter()
        .filter_map(|cell| F::named(cell).or_else(|| F::hinted(cell)))
        .collect();
    fields.contains(&F::KEY) && fields.iter().any(|field| *field != F::KEY)
}
