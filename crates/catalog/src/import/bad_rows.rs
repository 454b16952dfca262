//! Writes the refused rows as a file to mend and bring back; refuses to let a cell run as a formula.

use super::Finding;
use crate::table::Table;

/// The refused rows as they were, with a last column of reasons: CSV in UTF-8 with a byte order mark and semicolons, as
/// table programs of this country open it. Rows and errors are in the order of the file. `reason` is the column's name and `render` puts a finding in words.
///
/// Cells that a table program would run get an apostrophe, which our own reader takes off again.
pub fn bad_rows_csv(
    table: &Table,
    refused_rows: &[u32],
    errors: &[Finding],
    reason: &str,
    render: &dyn Fn(&Finding) -> String,
) -> String {
    let mut text = String::from("\u{feff}");
    for name in table.headers() {
        push_cell(&mut text, name);
        text.push(';');
    }
    push_cell(&mut text, reason);
    text.push_str("\r\n");
    let mut refused = refused_rows.iter().copied().peekable();
    let mut errors = errors.iter().peekable();
    for row in table.rows() {
        if refused.peek() != Some(&row.number()) {
            continue;
        }
        refused.next();
        for column in 0..table.headers().len() {
            push_cell(&mut text, row.cell(column).text);
            text.push(';');
        }
        let mut reasons: Vec<String> = Vec::new();
        while let Some(finding) = errors.next_if(|finding| finding.row <= row.number()) {
            if finding.row == row.number() {
                reasons.push(render(finding));
            }
        }
        push_cell(&mut text, &reasons.join(" "));
        text.push_str("\r\n");
    }
    text
}

pub(crate) fn push_cell(text: &mut String, cell: &str) {
    let runs = cell.starts_with(['=', '+', '@', '\t', '\r'])
        || cell
            .strip_prefix('-')
            .is_some_and(|rest| rest.contains(|letter: char| !is_numeric(letter)));
    let quoted =
        cell.contains([';', '"', '\n', '\r', '\t', ',']) || cell.starts_with(' ') || cell.ends_with(' ');
    if !quoted {
        if runs {
            text.push('\'');
        }
        return text.push_str(cell);
    }
    text.push('"');
    if runs {
        text.push('\'');
    }
    text.push_str(&cell.replace('"', "\"\""));
    text.push('"');
}

fn is_numeric(letter: char) -> bool {
    letter.is_ascii_digit() || letter.is_whitespace() || matches!(letter, '.' | ',')
}
