//! Reads prices and shares as people type them: any spacing, comma or dot, with or without the sign of the currency.

use sauda_kernel::{BasisPoints, Tenge};

/// Digits with at most one comma or dot, free of spaces and of the given endings.
fn plain(typed: &str, endings: &[&str]) -> Option<String> {
    let mut text: String = typed
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect();
    for ending in endings {
        if let Some(rest) = text.strip_suffix(ending) {
            text = rest.to_owned();
            break;
        }
    }
    let text = text.replace(',', ".");
    let good = !text.is_empty()
        && text
            .chars()
            .all(|letter| letter.is_ascii_digit() || letter == '.')
        && text.matches('.').count() <= 1;
    (good && text.starts_with(|first: char| first.is_ascii_digit())).then_some(text)
}

/// `38740`, `38 740`, `38 740 ₸`, `38 740,00`. Nothing for parts of a tenge, signs and other letters.
pub fn read_tenge(typed: &str) -> Option<Tenge> {
    let text = plain(typed, &["₸", "тенге", "теңге", "тг.", "тг", "kzt"])?;
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    if part.len() > 2 || part.chars().any(|digit| digit != '0') {
        return None;
    }
    whole.parse().ok().map(Tenge)
}

/// `15,9 %`, `15.9`, `10`. Nothing for more than two digits after the comma.
pub fn read_share(typed: &str) -> Option<BasisPoints> {
    let text = plain(typed, &["%"])?;
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    if part.len() > 2 {
        return None;
    }
    let whole: i32 = whole.parse().ok()?;
    let part: i32 = format!("{part:0<2}").parse().ok()?;
    whole.checked_mul(100)?.checked_add(part).map(BasisPoints)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_are_read_in_any_spelling() {
        for typed in [
            "38740",
            "38 740",
            "38\u{a0}740\u{a0}₸",
            " 38 740 тг ",
            "38740.00",
            "38 740,0 KZT",
            "38\u{202f}740 тенге",
        ] {
            assert_eq!(read_tenge(typed), Some(Tenge(38_740)), "{typed}");
        }
        for typed in [
            "",
            "-5",
            "+5",
            "38740,50",
            "1.234.567",
            "12.345",
            "abc",
            "12 usd",
            "99999999999999999999",
            ",5",
            "₸",
        ] {
            assert_eq!(read_tenge(typed), None, "{typed}");
        }
    }

    #[test]
    fn shares_are_read_in_any_spelling() {
        assert_eq!(
            ["15,9 %", "15.9", "10", "0,05%", "7,"].map(read_share),
            [Some(1_590), Some(1_590), Some(1_000), Some(5), Some(700)].map(|bp| bp.map(BasisPoints))
        );
        assert_eq!(["", "1,234", "-1", "x", "99999999"].map(read_share), [None; 5]);
    }
}
