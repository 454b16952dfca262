//! What a workbook's number format makes of a number: a plain one, a share, or a date; refuses to round money.

use super::CellKind;
use sauda_kernel::Timestamp;

/// The sorts of number formats that matter for import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum NumberStyle {
    #[default]
    Plain,
    Percent,
    Date,
}

/// Formats that workbooks refer to by number alone (ECMA-376 part 1, §18.8.30).
pub(super) const fn built_in(id: u16) -> NumberStyle {
    match id {
        9 | 10 => NumberStyle::Percent,
        14..=22 | 27..=36 | 45..=47 | 50..=58 => NumberStyle::Date,
        _ => NumberStyle::Plain,
    }
}

/// A format that is written out, such as `dd.mm.yyyy` or `# ##0" ₸"`. Texts in quotes, after a backslash and in
/// brackets are no codes.
pub(super) fn custom(code: &str) -> NumberStyle {
    let mut letters = code.chars();
    let mut style = NumberStyle::Plain;
    while let Some(letter) = letters.next() {
        match letter {
            '"' => while letters.next().is_some_and(|inner| inner != '"') {},
            '[' => {
                let inner: String = letters.by_ref().take_while(|inner| *inner != ']').collect();
                // [h], [mm], [ss] are lengths of time; [Red] and [$₸-43F] are not.
                if !inner.is_empty()
                    && inner
                        .chars()
                        .all(|unit| matches!(unit.to_ascii_lowercase(), 'h' | 'm' | 's'))
                {
                    return NumberStyle::Date;
                }
            }
            '\\' | '_' | '*' => {
                letters.next();
            }
            '%' => style = NumberStyle::Percent,
            'd' | 'D' | 'm' | 'M' | 'y' | 'Y' | 'h' | 'H' | 's' | 'S' => return NumberStyle::Date,
            'G' | 'g' => {
                // `General`
                for _ in 0..6 {
                    letters.next();
                }
            }
            ';' => break,
            _ => {}
        }
    }
    style
}

/// The number of a cell as a person sees it: fifteen digits, as Excel shows them, without an exponent.
/// Workbooks store binary numbers, so the text goes through one; whole numbers in plain digits do not.
pub(super) fn show(stored: &str, style: NumberStyle) -> (CellKind, String) {
    let stored = stored.trim();
    let plain = !stored.is_empty() && stored.len() <= 15 && stored.bytes().all(|byte| byte.is_ascii_digit());
    if plain && style == NumberStyle::Plain {
        return (CellKind::Number, stored.to_owned());
    }
    let Ok(number) = stored.parse::<f64>() else {
        return (CellKind::Text, stored.to_owned());
    };
    match style {
        NumberStyle::Date => match date(number) {
            Some(date) => (CellKind::Date, date),
            None => (CellKind::Date, stored.to_owned()),
        },
        NumberStyle::Percent => (CellKind::Number, format!("{}%", fifteen_digits(number * 100.0))),
        NumberStyle::Plain => (CellKind::Number, fifteen_digits(number)),
    }
}

fn fifteen_digits(number: f64) -> String {
    let rounded = format!("{number:.14e}").parse::<f64>().unwrap_or(number);
    if rounded.abs() < 1e21 {
        rounded.to_string()
    } else {
        format!("{rounded:e}")
    }
}

/// Days since 1899-12-30, as every table program counts them after February 1900.
fn date(serial: f64) -> Option<String> {
    if !(0.0..2_958_466.0).contains(&serial) {
        return None;
    }
    let days: i64 = format!("{:.0}", serial.floor()).parse().ok()?;
    let text = Timestamp::from_secs((days - 25_569).saturating_mul(86_400)).rfc3339();
    text.get(..10).map(ToOwned::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_apart() {
        for (code, style) in [
            ("General", NumberStyle::Plain),
            ("# ##0\" тенге\"", NumberStyle::Plain),
            ("#,##0\\ [$₸-43F]", NumberStyle::Plain),
            ("[Red]0.00;[Blue]-0.00", NumberStyle::Plain),
            ("0.0%", NumberStyle::Percent),
            ("dd.mm.yyyy", NumberStyle::Date),
            ("[h]:mm", NumberStyle::Date),
            ("_-* # ##0_-", NumberStyle::Plain),
        ] {
            assert_eq!(custom(code), style, "{code}");
        }
    }

    #[test]
    fn numbers_are_shown_as_the_table_program_shows_them() {
        for (stored, style, shown) in [
            ("38740", NumberStyle::Plain, "38740"),
            ("38740.0", NumberStyle::Plain, "38740"),
            ("3.874E4", NumberStyle::Plain, "38740"),
            ("38740.000000000007", NumberStyle::Plain, "38740"),
            ("0.30000000000000004", NumberStyle::Plain, "0.3"),
            ("0.125", NumberStyle::Percent, "12.5%"),
            ("46154", NumberStyle::Date, "2026-05-12"),
            ("-5", NumberStyle::Plain, "-5"),
            ("1.23456789012346E+17", NumberStyle::Plain, "123456789012346000"),
        ] {
            assert_eq!(show(stored, style).1, shown, "{stored}");
        }
    }
}
