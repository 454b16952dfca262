//! Sizes in the order a shelf has them: XS, S, M, L, XL, 2XL; 36, 36.5, 38; 42-44 after 42. Refuses to guess a size that is
//! not written.

use crate::natural::{self, Natural};

/// What sizes are sorted by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SizeKey {
    class: Class,
    /// Words before the number: `EU`, `W`.
    scale: String,
    /// From and to; thousandths, or steps from M.
    from: i64,
    to: i64,
    rest: Natural,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Letters,
    Numbers,
    Words,
    Nothing,
}

impl SizeKey {
    /// The key of a size as it is written; none is last.
    pub fn of(size: Option<&str>) -> Self {
        let Some(size) = size.map(str::trim).filter(|size| !size.is_empty()) else {
            return Self::new(Class::Nothing, "", 0, 0, "");
        };
        let folded = natural::latin(&natural::fold(size)).replace(['–', '—', '/', '−'], "-");
        Self::letters(&folded)
            .or_else(|| Self::numbers(&folded))
            .unwrap_or_else(|| Self::new(Class::Words, "", 0, 0, &folded))
    }

    fn new(class: Class, scale: &str, from: i64, to: i64, rest: &str) -> Self {
        Self {
            class,
            scale: scale.to_owned(),
            from,
            to,
            rest: natural::text(rest),
        }
    }

    /// `m`, `s-m`, `2xl`, `xl (50)`.
    fn letters(text: &str) -> Option<Self> {
        let end = text.find([' ', '(']).unwrap_or(text.len());
        let (head, rest) = text.split_at(end);
        let (first, second) = head.split_once('-').unwrap_or((head, head));
        let (from, to) = (letter_rank(first)?, letter_rank(second)?);
        Some(Self::new(Class::Letters, "", from, to, rest.trim()))
    }

    /// `42`, `36,5`, `42-44`, `eu 42`, `75b`, `80 см`.
    fn numbers(text: &str) -> Option<Self> {
        let start = text.find(|sign: char| sign.is_ascii_digit())?;
        let (scale, tail) = text.split_at(start);
        if scale.chars().count() > 4 {
            return None;
        }
        let (from, tail) = number(tail)?;
        let trimmed = tail.trim_start();
        let (to, rest) = match trimmed
            .strip_prefix('-')
            .and_then(|tail| number(tail.trim_start()))
        {
            Some((to, rest)) => (to, rest),
            None => (from, trimmed),
        };
        Some(Self::new(Class::Numbers, scale.trim(), from, to, rest.trim()))
    }
}

/// Steps from M: S is −1, 3XL is 4.
fn letter_rank(text: &str) -> Option<i64> {
    let text = text.trim();
    let split = text
        .find(|sign: char| !sign.is_ascii_digit())
        .unwrap_or(text.len());
    let (count, letters) = text.split_at(split);
    if !count.is_empty() {
        let count: i64 = count.parse().ok().filter(|count| (1..=20).contains(count))?;
        return match letters {
            "xl" => Some(1 + count),
            "xs" => Some(-1 - count),
            _ => None,
        };
    }
    let crosses = i64::try_from(letters.len().checked_sub(1)?).ok()?;
    match letters {
        "s" => Some(-1),
        "m" => Some(0),
        "l" => Some(1),
        _ if crosses > 10 || !letters.chars().take(letters.len() - 1).all(|sign| sign == 'x') => None,
        _ if letters.ends_with('l') => Some(1 + crosses),
        _ if letters.ends_with('s') => Some(-1 - crosses),
        _ => None,
    }
}

/// A number at the beginning in thousandths, and what follows.
fn number(text: &str) -> Option<(i64, &str)> {
    let end = text
        .find(|sign: char| !sign.is_ascii_digit())
        .unwrap_or(text.len());
    let (whole, tail) = text.split_at(end);
    let whole: i64 = whole.parse().ok().filter(|whole| *whole < 1_000_000_000)?;
    let Some(after) = tail.strip_prefix(['.', ',']) else {
        return Some((whole * 1000, tail));
    };
    let end = after
        .find(|sign: char| !sign.is_ascii_digit())
        .unwrap_or(after.len());
    let (part, rest) = after.split_at(end);
    if part.is_empty() {
        return Some((whole * 1000, tail));
    }
    let padded: String = part.chars().chain("000".chars()).take(3).collect();
    Some((whole * 1000 + padded.parse::<i64>().ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sorted(mut sizes: Vec<&str>) -> Vec<&str> {
        sizes.sort_by_key(|size| SizeKey::of(Some(size)));
        sizes
    }

    #[test]
    fn letters_go_from_small_to_large() {
        let sizes = vec![
            "3XL", "XL", "M", "XXS", "L", "XS", "S", "XXL", "S-M", "4XL", "3XS",
        ];
        assert_eq!(
            sorted(sizes),
            [
                "3XS", "XXS", "XS", "S", "S-M", "M", "L", "XL", "XXL", "3XL", "4XL"
            ]
        );
    }

    #[test]
    fn numbers_go_by_value_and_ranges_after_their_beginning() {
        let sizes = vec!["104", "42-44", "36,5", "44", "42", "9", "36", "42-46", "37"];
        assert_eq!(
            sorted(sizes),
            ["9", "36", "36,5", "37", "42", "42-44", "42-46", "44", "104"]
        );
        assert_eq!(
            sorted(vec!["80B", "75C", "75B", "70D"]),
            ["70D", "75B", "75C", "80B"]
        );
        assert_eq!(
            sorted(vec!["EU 42", "EU 9", "W34", "W32"]),
            ["EU 9", "EU 42", "W32", "W34"]
        );
    }

    #[test]
    fn spellings_of_one_size_are_one_size() {
        for (one, other) in [
            ("XXL", "2xl"),
            ("М", "M"),
            ("ХL", "XL"),
            ("36.5", "36,50"),
            ("42–44", "42/44"),
            ("S/M", "s-m"),
        ] {
            assert_eq!(SizeKey::of(Some(one)), SizeKey::of(Some(other)), "{one} {other}");
        }
    }

    #[test]
    fn letters_then_numbers_then_words_then_nothing() {
        let mut sizes = vec![None, Some("one size"), Some("42"), Some("M")];
        sizes.sort_by_key(|size| SizeKey::of(*size));
        assert_eq!(sizes, [Some("M"), Some("42"), Some("one size"), None]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        #[test]
        fn any_text_has_a_place_and_whole_numbers_are_in_order(text in ".{0,12}", a in 0_i64..100_000, b in 0_i64..100_000) {
            let _ = SizeKey::of(Some(&text));
            let (first, second) = (a.to_string(), b.to_string());
            prop_assert_eq!(SizeKey::of(Some(&first)).cmp(&SizeKey::of(Some(&second))), a.cmp(&b));
        }
    }
}
