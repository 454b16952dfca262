//! Reads the file that Google Trends gives for download ("interest over time"). Refuses a file in which a line is unclear.

use crate::{ResearchError, model::TrendPoint};
use sauda_kernel::Timestamp;

/// Points of every query of the file. The head may stand after lines of its own (`Category: All categories`); `<1` is zero.
///
/// # Errors
/// When there is no head with a day, week or month, or a line after it is not like it.
pub fn read(bytes: &[u8]) -> Result<Vec<TrendPoint>, ResearchError> {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{feff}');
    let wrong = |line: usize, value: &str| ResearchError::File {
        line,
        value: value.chars().take(80).collect(),
    };
    let mut queries: Vec<String> = Vec::new();
    let mut points = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim_end_matches('\r');
        if line.trim().is_empty() {
            continue;
        }
        let fields = split(line);
        let first = fields.first().map(String::as_str).unwrap_or_default().trim();
        if queries.is_empty() {
            if fields.len() >= 2 && HEADS.split_whitespace().any(|head| head == first.to_lowercase()) {
                queries = fields.iter().skip(1).map(|name| query(name)).collect();
            }
            continue;
        }
        let day = day(first).ok_or_else(|| wrong(number, line))?;
        if fields.len() != queries.len() + 1 {
            return Err(wrong(number, line));
        }
        for (query, value) in queries.iter().zip(fields.iter().skip(1)) {
            let value = value.trim();
            let value: i64 = if value.starts_with('<') {
                Ok(0)
            } else {
                value.parse()
            }
            .map_err(|_| wrong(number, line))?;
            if !(0..=100).contains(&value) {
                return Err(wrong(number, line));
            }
            points.push(TrendPoint {
                query: query.clone(),
                day,
                value,
            });
        }
    }
    if points.is_empty() {
        return Err(wrong(1, text.lines().next().unwrap_or_default()));
    }
    Ok(points)
}

const HEADS: &str = include_str!("../data/trends-heads.txt");

/// `кроссовки: (Казахстан)` is `кроссовки`.
fn query(head: &str) -> String {
    let head = head.trim();
    let name = head.rsplit_once(": (").map_or(head, |(name, _)| name);
    name.trim().chars().take(100).collect()
}

/// `2026-11-15`, `2026-11` or `2026-11-15T00`.
fn day(text: &str) -> Option<Timestamp> {
    let date = text.split(['T', ' ']).next()?;
    let mut parts = date.split('-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    let day = parts.next().map_or(Some(1), |day| day.parse().ok())?;
    Timestamp::from_almaty(year, month, day, 0, 0, 0)
}

/// Fields of a line; quotes keep commas.
fn split(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    for sign in line.chars() {
        match sign {
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            other => {
                if let Some(last) = fields.last_mut() {
                    last.push(other);
                }
            }
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_downloaded_file_is_read_with_its_preamble_and_two_queries() {
        let file = "Категория: Все категории\n\nНеделя,кроссовки: (Казахстан),\"куртка, зима: (Казахстан)\"\n2026-11-01,57,<1\n2026-11-08,100,12\n";
        let told = read(file.as_bytes()).unwrap();
        let shown: Vec<_> = told
            .iter()
            .map(|one| (one.query.as_str(), one.day.local().day, one.value))
            .collect();
        assert_eq!(
            shown,
            [
                ("кроссовки", 1, 57),
                ("куртка, зима", 1, 0),
                ("кроссовки", 8, 100),
                ("куртка, зима", 8, 12)
            ]
        );
    }

    #[test]
    fn a_line_that_is_unlike_its_head_is_named() {
        for (file, line) in [
            ("Week,a\n2026-11-01,101\n", 2),
            ("Week,a\nsoon,1\n", 2),
            ("Week,a\n2026-11-01\n", 2),
            ("what is this", 1),
        ] {
            let told = read(file.as_bytes()).unwrap_err();
            assert!(
                matches!(told, ResearchError::File { line: told, .. } if told == line),
                "{file}: {told}"
            );
        }
    }
}
