//! Weights and pieces as sellers write them; refuses amounts that are only hinted at (`>5`, «много»).

/// What a plain number of a weight column means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WeightUnit {
    Kilograms,
    Grams,
}

/// Why a text is no weight or no number of pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MeasureRefusal {
    NotANumber,
    Zero,
    Negative,
    /// Pieces are whole.
    Decimals,
    TooLarge,
    /// `>5`, `5+`, «есть»: nobody can promise that.
    Inexact,
    /// The table program has shortened the number.
    Shortened,
}

/// A weight that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weight {
    pub grams: i64,
    /// It was written more exactly than to a gram.
    pub rounded: bool,
}

/// The heaviest thing we believe: ten tonnes.
const MOST_GRAMS: i64 = 10_000_000;
const MOST_PIECES: i64 = 10_000_000;
/// Units at the end of a weight; longer ones first.
const UNITS: [(&str, WeightUnit); 13] = [
    ("килограмм", WeightUnit::Kilograms),
    ("грамм", WeightUnit::Grams),
    ("gramm", WeightUnit::Grams),
    ("gram", WeightUnit::Grams),
    ("кг.", WeightUnit::Kilograms),
    ("гр.", WeightUnit::Grams),
    ("кг", WeightUnit::Kilograms),
    ("kg", WeightUnit::Kilograms),
    ("гр", WeightUnit::Grams),
    ("gr", WeightUnit::Grams),
    ("г.", WeightUnit::Grams),
    ("г", WeightUnit::Grams),
    ("g", WeightUnit::Grams),
];
const PIECES: [&str; 8] = ["штук", "шт.", "шт", "pcs", "pc", "ед.", "ед", "дана"];
const HINTS: [&str; 14] = [
    "много",
    "мало",
    "есть",
    "в наличии",
    "нет",
    "нет в наличии",
    "под заказ",
    "бар",
    "жоқ",
    "yes",
    "no",
    "да",
    "available",
    "көп",
];

/// Reads a weight: `0,95`, `0.95 кг`, `950 г`, `1,250` (a kilogram and a quarter: weights have no groups after a comma).
///
/// # Errors
/// With the reason, exactly.
pub fn weight(text: &str, plain: WeightUnit) -> Result<Weight, MeasureRefusal> {
    let lower = text.trim().to_lowercase();
    let (body, unit) = UNITS
        .iter()
        .find_map(|(word, unit)| lower.strip_suffix(word).map(|body| (body, *unit)))
        .unwrap_or((lower.as_str(), plain));
    let (negative, whole, decimals) = number(body)?;
    let places = match unit {
        WeightUnit::Kilograms => 3,
        WeightUnit::Grams => 0,
    };
    let scale: i64 = if places == 3 { 1_000 } else { 1 };
    let kept: String = decimals.chars().take(places).collect();
    let rest = decimals.get(kept.len()..).unwrap_or_default();
    let fraction: i64 = match places {
        0 => 0,
        _ => format!("{kept:0<3}")
            .parse()
            .map_err(|_| MeasureRefusal::NotANumber)?,
    };
    let up = i64::from(rest.as_bytes().first().is_some_and(|digit| *digit >= b'5'));
    let grams = whole
        .checked_mul(scale)
        .and_then(|grams| grams.checked_add(fraction + up))
        .ok_or(MeasureRefusal::TooLarge)?;
    match (grams, negative) {
        (0, _) => Err(MeasureRefusal::Zero),
        (_, true) => Err(MeasureRefusal::Negative),
        (grams, false) if grams > MOST_GRAMS => Err(MeasureRefusal::TooLarge),
        (grams, false) => Ok(Weight {
            grams,
            // Seventeen digits are how programs store 0,3; nobody wrote them.
            rounded: !rest.is_empty() && decimals.len() < 12,
        }),
    }
}

/// Reads a number of pieces, from 0: `5`, `5 шт.`, `2.0`, `1 200`.
///
/// # Errors
/// With the reason, exactly.
pub fn pieces(text: &str) -> Result<i64, MeasureRefusal> {
    let lower = text.trim().to_lowercase();
    let hinted = lower.starts_with(['>', '<', '~', '≈', '≥', '≤'])
        || lower.ends_with('+')
        || ["более", "больше", "около", "свыше", "more than"]
            .iter()
            .any(|word| lower.starts_with(word));
    if hinted || HINTS.contains(&lower.as_str()) {
        return Err(MeasureRefusal::Inexact);
    }
    let body = PIECES
        .iter()
        .find_map(|word| lower.strip_suffix(word))
        .unwrap_or(&lower);
    let (negative, whole, decimals) = number(body)?;
    if negative && (whole > 0 || !decimals.is_empty()) {
        return Err(MeasureRefusal::Negative);
    }
    if !decimals.is_empty() {
        return Err(MeasureRefusal::Decimals);
    }
    if whole > MOST_PIECES {
        return Err(MeasureRefusal::TooLarge);
    }
    Ok(whole)
}

/// Sign, whole part and the digits after the one comma or point, without zeros at the end. Spaces group digits.
fn number(text: &str) -> Result<(bool, i64, String), MeasureRefusal> {
    let text = text.trim();
    let (negative, text) = match text.strip_prefix(['-', '\u{2212}', '\u{2013}', '\u{2014}']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if text.contains(['e', 'е']) {
        let digits = text.replace(['e', 'е', '+', '-', '.', ','], "");
        let shortened = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        return Err(if shortened {
            MeasureRefusal::Shortened
        } else {
            MeasureRefusal::NotANumber
        });
    }
    let (whole, decimals) = text.split_once([',', '.']).unwrap_or((text, ""));
    let whole = grouped(whole).ok_or(MeasureRefusal::NotANumber)?;
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let dangling = decimals.is_empty() && text.contains([',', '.']);
    if dangling || !is_digits(decimals) {
        return Err(MeasureRefusal::NotANumber);
    }
    let meaningful = whole.trim_start_matches('0');
    if meaningful.len() > 12 {
        return Err(MeasureRefusal::TooLarge);
    }
    let value = if meaningful.is_empty() {
        0
    } else {
        meaningful.parse().map_err(|_| MeasureRefusal::TooLarge)?
    };
    Ok((negative, value, decimals.trim_end_matches('0').to_owned()))
}

/// Digits, with spaces only before groups of three.
fn grouped(text: &str) -> Option<String> {
    let mut groups = text.split(char::is_whitespace);
    let first = groups.next()?;
    let mut digits = first.to_owned();
    for group in groups {
        if group.len() != 3 || first.len() > 3 {
            return None;
        }
        digits.push_str(group);
    }
    (!digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn grams(text: &str) -> Result<i64, MeasureRefusal> {
        weight(text, WeightUnit::Kilograms).map(|weight| weight.grams)
    }

    #[test]
    fn weights_are_read_as_people_write_them() {
        for (text, wanted) in [
            ("0,95", 950),
            ("0.95", 950),
            ("0,95 кг", 950),
            ("950 г", 950),
            ("950гр.", 950),
            ("950 g", 950),
            ("1", 1_000),
            ("1,250", 1_250),
            ("1.250", 1_250),
            ("12 500 г", 12_500),
            ("0.30000000000000004", 300),
            ("0.001", 1),
        ] {
            assert_eq!(grams(text), Ok(wanted), "{text}");
        }
        assert_eq!(weight("950", WeightUnit::Grams).unwrap().grams, 950);
        assert_eq!(weight("0,5 кг", WeightUnit::Grams).unwrap().grams, 500);
        let rounded = weight("0,1234", WeightUnit::Kilograms).unwrap();
        assert_eq!((rounded.grams, rounded.rounded), (123, true));
        assert!(
            !weight("0.30000000000000004", WeightUnit::Kilograms)
                .unwrap()
                .rounded
        );
    }

    #[test]
    fn weights_are_refused_with_the_exact_reason() {
        use MeasureRefusal as R;
        for (text, reason) in [
            ("0", R::Zero),
            ("0,00", R::Zero),
            ("-1", R::Negative),
            ("1,2,3", R::NotANumber),
            ("лёгкий", R::NotANumber),
            ("10-12", R::NotANumber),
            ("5,", R::NotANumber),
            ("99999", R::TooLarge),
        ] {
            assert_eq!(grams(text), Err(reason), "{text}");
        }
    }

    #[test]
    fn pieces_are_whole_and_exact() {
        for (text, wanted) in [
            ("5", 5),
            ("5 шт.", 5),
            ("0", 0),
            ("2.0", 2),
            ("1 200", 1_200),
            ("7 дана", 7),
        ] {
            assert_eq!(pieces(text), Ok(wanted), "{text}");
        }
        use MeasureRefusal as R;
        for (text, reason) in [
            (">5", R::Inexact),
            ("5+", R::Inexact),
            ("Есть", R::Inexact),
            ("нет", R::Inexact),
            ("более 10", R::Inexact),
            ("-1", R::Negative),
            ("2,5", R::Decimals),
            ("пять", R::NotANumber),
            ("1 20", R::NotANumber),
            ("1e5", R::Shortened),
            ("999999999", R::TooLarge),
        ] {
            assert_eq!(pieces(text), Err(reason), "{text}");
        }
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic_and_what_passes_is_in_range(text in "\\PC{0,16}") {
            if let Ok(weight) = weight(&text, WeightUnit::Kilograms) {
                prop_assert!((1..=MOST_GRAMS).contains(&weight.grams));
            }
            if let Ok(pieces) = pieces(&text) {
                prop_assert!((0..=MOST_PIECES).contains(&pieces));
            }
        }

        #[test]
        fn grams_written_as_kilograms_come_back(grams in 1_i64..MOST_GRAMS) {
            let text = format!("{},{:03}", grams / 1_000, grams % 1_000);
            prop_assert_eq!(weight(&text, WeightUnit::Kilograms), Ok(Weight { grams, rounded: false }));
        }
    }
}
