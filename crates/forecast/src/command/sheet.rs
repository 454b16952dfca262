//! Sales as CSV, one row a product and date, read as one question a product. Refuses a sheet without the columns that it needs.

use super::question::question;
use super::refusal::Refusal;
use super::{Asked, Options};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::io::{BufRead, Read as _};

/// Whether the input begins like CSV: anything but an object.
pub(super) fn is_sheet(bytes: &[u8]) -> bool {
    let bytes = bytes
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(bytes)
        .trim_ascii_start();
    bytes
        .first()
        .is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'"')
}

/// Names of the columns, and what they are.
const COLUMNS: &[(&str, &str)] = &[
    ("series", "id"),
    ("id", "id"),
    ("product", "id"),
    ("product_id", "id"),
    ("sku", "id"),
    ("unique_id", "id"),
    ("date", "date"),
    ("day", "date"),
    ("ds", "date"),
    ("week", "date"),
    ("month", "date"),
    ("units", "units"),
    ("sold", "units"),
    ("sales", "units"),
    ("quantity", "units"),
    ("value", "units"),
    ("demand", "units"),
    ("y", "units"),
    ("price", "price"),
    ("promo", "promo"),
    ("promotion", "promo"),
    ("first_place", "first_place"),
    ("buy_box", "first_place"),
    ("stock_out", "stock_out"),
    ("out_of_stock", "stock_out"),
    ("stockout", "stock_out"),
    ("group", "group"),
    ("category", "group"),
];

struct Series {
    line: u64,
    rows: Vec<Value>,
    group: Option<String>,
}

pub(super) fn read(input: impl BufRead, options: &Options) -> Vec<Asked> {
    match series(input) {
        Ok(all) => all
            .into_iter()
            .map(|(id, series)| asked(id, series, options))
            .collect(),
        Err((line, refusal)) => vec![Asked {
            line,
            id: None,
            question: Err(refusal),
        }],
    }
}

fn asked(id: String, series: Series, options: &Options) -> Asked {
    let mut line = json!({"id": id, "history": series.rows});
    let beside = [
        ("group", &series.group),
        ("gaps", &options.gaps),
        ("negatives", &options.negatives),
        ("duplicates", &options.duplicates),
    ];
    if let Some(members) = line.as_object_mut() {
        for (name, value) in beside {
            if let Some(value) = value {
                members.insert(name.to_owned(), Value::from(value.as_str()));
            }
        }
    }
    Asked {
        line: series.line,
        id: Some(Value::from(id)),
        question: question(&line, options),
    }
}

/// What parts the names of the first line: comma, semicolon or tab, whichever stands there most often outside of quotes.
fn separator(head: &[u8]) -> u8 {
    let mut is_quoted = false;
    let (mut commas, mut semicolons, mut tabs) = (0_u32, 0_u32, 0_u32);
    for byte in head {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b',' if !is_quoted => commas += 1,
            b';' if !is_quoted => semicolons += 1,
            b'\t' if !is_quoted => tabs += 1,
            _ => {}
        }
    }
    if semicolons > commas && semicolons >= tabs {
        b';'
    } else if tabs > commas {
        b'\t'
    } else {
        b','
    }
}

/// Products in the order of their first rows.
fn series(mut input: impl BufRead) -> Result<Vec<(String, Series)>, (u64, Refusal)> {
    let hint = "send CSV with a first line of names, such as series,date,units, in UTF-8";
    let bad = |error: &csv::Error| {
        let line = error.position().map_or(1, csv::Position::line);
        (line, Refusal::bare("bad-csv", error.to_string(), hint))
    };
    let mut head = Vec::new();
    input
        .by_ref()
        .take(super::LONGEST_LINE_BYTES)
        .read_until(b'\n', &mut head)
        .map_err(|error| bad(&error.into()))?;
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator(&head))
        .from_reader(head.chain(input));
    let names = reader.headers().map_err(|error| bad(&error))?.clone();
    let mut columns = Vec::new();
    for name in &names {
        let clean = name.trim().trim_start_matches('\u{feff}').to_lowercase();
        let Some((_, meaning)) = COLUMNS.iter().find(|(one, _)| *one == clean) else {
            let known = [
                "series",
                "date",
                "units",
                "price",
                "promo",
                "first_place",
                "stock_out",
                "group",
            ];
            return Err((1, Refusal::unknown(name, &known)));
        };
        columns.push(*meaning);
    }
    for needed in ["id", "date", "units"] {
        if !columns.contains(&needed) {
            let name = if needed == "id" { "series" } else { needed };
            return Err((
                1,
                Refusal::new("missing-field", name, format!("no column `{name}`"), hint),
            ));
        }
    }
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut found: Vec<(String, Series)> = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| bad(&error))?;
        let line = record.position().map_or(0, csv::Position::line);
        let (mut id, mut group, mut row) = (String::new(), None, Map::new());
        for (column, cell) in columns.iter().zip(&record) {
            match *column {
                "id" => id = cell.trim().to_owned(),
                "group" => group = Some(cell.trim().to_owned()).filter(|group| !group.is_empty()),
                name => {
                    row.insert(name.to_owned(), Value::from(cell));
                }
            }
        }
        let place = *places.entry(id.clone()).or_insert(found.len());
        if place == found.len() {
            found.push((
                id,
                Series {
                    line,
                    rows: Vec::new(),
                    group: None,
                },
            ));
        }
        if let Some((_, series)) = found.get_mut(place) {
            series.rows.push(Value::Object(row));
            series.group = series.group.take().or(group);
        }
    }
    Ok(found)
}
