//! Lines of a CSV file of snapshots, and lines of a packed day. Refuses to let a cell run as a formula.

use super::MarketRow;
use sauda_kernel::{Tenge, Timestamp};
use std::fmt::Write as _;

const HEAD: &str = "at,source,source_title,place,card,title,brand,price,rating_milli,reviews\r\n";

/// The mark of UTF-8 and the names of the columns.
pub(super) fn head() -> Vec<u8> {
    format!("\u{feff}{HEAD}").into_bytes()
}

pub(super) fn lines(rows: &[MarketRow]) -> Vec<u8> {
    let mut text = String::with_capacity(rows.len() * 160);
    let shown = |value: Option<i64>| value.map(|value| value.to_string()).unwrap_or_default();
    for row in rows {
        // Writing into a text does not fail.
        let _ = write!(
            text,
            "{},{},{},{},{},{},{},{},{},{}\r\n",
            row.at.rfc3339_almaty(),
            row.source,
            cell(&row.source_title),
            row.place,
            cell(&row.card),
            cell(&row.title),
            cell(row.brand.as_deref().unwrap_or_default()),
            shown(row.price.map(|price| price.0)),
            shown(row.rating_milli),
            shown(row.reviews),
        );
    }
    text.into_bytes()
}

/// A text between quotes where it needs them; a table program would run one that begins like a formula.
fn cell(text: &str) -> String {
    let mark = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        "'"
    } else {
        ""
    };
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{mark}{}\"", text.replace('"', "\"\""))
    } else {
        format!("{mark}{text}")
    }
}

/// A line of a packed day: `at,card,place,price,rating_milli,reviews`.
pub(super) fn packed(line: &str) -> Option<MarketRow> {
    let mut fields = line.split(',');
    let at = Timestamp::parse(fields.next()?).ok()?;
    let card = fields.next()?.to_owned();
    let place = fields.next()?.parse().ok()?;
    let mut number = || match fields.next()? {
        "" => Some(None),
        value => value.parse::<i64>().ok().map(Some),
    };
    Some(MarketRow {
        at,
        source: String::new(),
        source_title: String::new(),
        card,
        title: String::new(),
        brand: None,
        place,
        price: number()?.map(Tenge),
        rating_milli: number()?,
        reviews: number()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_keep_their_commas_and_run_nothing() {
        assert_eq!(cell("Диск, 17\""), "\"Диск, 17\"\"\"");
        assert_eq!(cell("=1+1"), "'=1+1");
        assert_eq!(cell("-5, или 6"), "\"'-5, или 6\"");
    }

    #[test]
    fn packed_lines_are_read_or_refused() {
        let row = packed("2026-11-20T08:00:00+05:00,100,3,,4800,12").unwrap();
        assert_eq!(
            (row.place, row.price, row.rating_milli, row.reviews),
            (3, None, Some(4_800), Some(12))
        );
        for damaged in [
            "",
            "2026-11-20T08:00:00+05:00,100,x,1,2,3",
            "2026-11-20T08:00:00+05:00,100,3,1",
        ] {
            assert!(packed(damaged).is_none(), "{damaged}");
        }
    }
}
