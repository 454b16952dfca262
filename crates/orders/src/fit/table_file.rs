//! A file of size tables as lines: columns by their names in three languages, rows with what is wrong with them. Refuses columns
//! that nobody knows, by name.

use crate::fit::tables::{MOST_LINES, TableLine, TableProblem};
use sauda_catalog::{
    fold,
    table::{ReadOptions, Table, TableError, TableLimits, read},
};
use sauda_sizes::words::meaning;
use std::collections::BTreeMap;

/// What a column holds, such as `chest` or `chest_from`; none when nobody knows.
fn column(name: &str) -> Option<String> {
    let name = fold(&[name]).replace(['_', '(', ')', ',', '.', ':'], " ");
    let mut words: Vec<&str> = name.split_whitespace().collect();
    // Units after a name say nothing new.
    words.pop_if(|word| meaning("unit", word).is_some());
    if let Some(known) = meaning("column", &words.join(" ")) {
        return Some(known.to_owned());
    }
    let end = meaning("end", words.pop()?)?;
    let known = meaning("column", &words.join(" "))?;
    Some(format!("{known}_{end}"))
}

fn is_header(cells: &[&str]) -> bool {
    let named: Vec<String> = cells.iter().filter_map(|cell| column(cell)).collect();
    named.iter().any(|name| name == "size") && named.iter().any(|name| name == "brand" || name == "item")
}

/// Lines of a file, and what is wrong with it.
///
/// # Errors
/// When it cannot be read as a table at all.
pub(crate) fn lines(bytes: &[u8]) -> Result<(Vec<TableLine>, Vec<TableProblem>), TableError> {
    let options = ReadOptions {
        limits: TableLimits {
            file_bytes: 8 * 1024 * 1024,
            rows: MOST_LINES + 1,
            ..TableLimits::default()
        },
        is_header,
        ..ReadOptions::default()
    };
    let table = read(bytes, &options)?;
    let mut problems = Vec::new();
    let columns = columns(&table, &mut problems);
    let mut lines = Vec::new();
    for row in table.rows() {
        let mut line = TableLine {
            row: row.number(),
            ..TableLine::default()
        };
        for (place, name) in &columns {
            let text = row.cell(*place).text.trim();
            if text.is_empty() {
                continue;
            }
            let text = text.to_owned();
            match name.as_str() {
                "brand" => line.brand = Some(text),
                "item" => line.item = Some(text),
                "category" => line.category = Some(text),
                "gender" => match meaning("gender", &text) {
                    Some(word) => line.gender = Some(word.to_owned()),
                    None => problems.push(TableProblem::new(
                        row.number(),
                        &table.column_name(*place),
                        "gender",
                        &text,
                    )),
                },
                "size" => line.size = text,
                "source" | "note" => {}
                measure => {
                    line.measures.insert(measure.to_owned(), text);
                }
            }
        }
        lines.push(line);
    }
    Ok((lines, problems))
}

fn columns(table: &Table, problems: &mut Vec<TableProblem>) -> BTreeMap<usize, String> {
    let mut columns = BTreeMap::new();
    for (place, header) in table.headers().iter().enumerate() {
        let shown = table.column_name(place);
        match column(header) {
            Some(name) if columns.values().any(|known| *known == name) => {
                problems.push(TableProblem::new(table.header_row(), &shown, "column-twice", ""));
            }
            Some(name) => {
                columns.insert(place, name);
            }
            None if header.trim().is_empty() => {}
            None => problems.push(TableProblem::new(table.header_row(), &shown, "unknown-field", "")),
        }
    }
    if !columns.values().any(|name| name == "size") {
        problems.push(TableProblem::new(table.header_row(), "size", "no-column", ""));
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_known_by_their_names_in_three_languages() {
        for (name, known) in [
            ("Размер", "size"),
            ("Обхват груди, см", "chest"),
            ("ОГ от", "chest_from"),
            ("waist_to", "waist_to"),
            ("Талия", "waist"),
            ("Бой", "height"),
            ("Длина стопы (см)", "foot"),
            ("Бренд", "brand"),
        ] {
            assert_eq!(column(name).as_deref(), Some(known), "{name}");
        }
        assert_eq!(column("Цвет"), None);
    }

    #[test]
    fn a_file_becomes_lines_and_an_unknown_column_is_named() {
        let text =
            "Бренд;Пол;Размер;Обхват груди;Цвет\nАльфа;женский;S;84-88;синий\nАльфа;женский;M;88-92;синий\n";
        let (lines, problems) = lines(text.as_bytes()).unwrap();
        assert_eq!(lines.len(), 2);
        let first = &lines[0];
        assert_eq!(
            (
                first.row,
                first.brand.as_deref(),
                first.gender.as_deref(),
                first.size.as_str()
            ),
            (2, Some("Альфа"), Some("women"), "S")
        );
        assert_eq!(first.measures.get("chest").map(String::as_str), Some("84-88"));
        let problem: Vec<_> = problems
            .iter()
            .map(|one| (one.row, one.column.as_str(), one.code.as_str()))
            .collect();
        assert_eq!(problem, [(1, "Цвет", "unknown-field")]);
    }
}
