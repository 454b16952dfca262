//! Whose a page is: by the name of its file, by what is written on it, by the page before it. Refuses to guess between two
//! orders.

use std::collections::{BTreeMap, BTreeSet};

/// Shorter codes inside of a name or a text mean nothing when they speak against each other.
const TELLING: usize = 4;
/// Codes from this length on are also found when their digits are spaced out.
const LONG: usize = 8;

/// Codes of the orders that are known.
#[derive(Debug, Clone, Default)]
pub struct Codes {
    /// Folded code to the order's place.
    known: BTreeMap<String, usize>,
    /// Codes with signs between letters and digits.
    signed: Vec<String>,
    lengths: BTreeSet<usize>,
}

/// What was found out of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// The order's place.
    Order(usize),
    /// Nothing known; a number that looks like an order's, when there is one.
    Nobody(Option<String>),
    /// Several orders, and nothing tells which.
    Several(Vec<usize>),
}

fn fold(text: &str) -> String {
    text.trim().to_ascii_uppercase()
}

impl Codes {
    pub fn of<'a>(codes: impl IntoIterator<Item = &'a str>) -> Self {
        let mut read = Self::default();
        for (place, code) in codes.into_iter().enumerate() {
            let code = fold(code);
            if code.chars().any(|sign| !sign.is_ascii_alphanumeric()) {
                read.signed.push(code.clone());
            }
            if code.len() >= LONG && code.bytes().all(|byte| byte.is_ascii_digit()) {
                read.lengths.insert(code.len());
            }
            read.known.entry(code).or_insert(place);
        }
        read
    }

    /// Known codes that stand in a text as words of their own, each once.
    fn within(&self, text: &str) -> Vec<usize> {
        let text = fold(text);
        let mut found = Vec::new();
        let mut add = |code: &str| {
            if let Some(place) = self.known.get(code)
                && !found.contains(place)
            {
                found.push(*place);
            }
        };
        for word in text.split(|sign: char| !sign.is_ascii_alphanumeric()) {
            add(word);
            for digits in word.split(|sign: char| !sign.is_ascii_digit()) {
                if digits.len() < word.len() {
                    add(digits);
                }
            }
        }
        for code in &self.signed {
            if text
                .match_indices(code.as_str())
                .any(|(at, _)| alone(&text, at, code.len()))
            {
                add(code);
            }
        }
        found
    }

    /// Long codes whose digits are spaced out: `880 000 001`.
    fn spaced(&self, text: &str) -> Vec<usize> {
        let signs: Vec<char> = text
            .chars()
            .filter(|sign| !matches!(sign, ' ' | '\u{A0}' | '\n' | '\t'))
            .collect();
        let squeezed: String = signs.into_iter().collect();
        let mut found = Vec::new();
        for run in squeezed.split(|sign: char| !sign.is_ascii_digit()) {
            for length in &self.lengths {
                for start in 0..run.len().saturating_sub(length.saturating_sub(1)) {
                    let window = run.get(start..start + length).unwrap_or_default();
                    if let Some(place) = self.known.get(window)
                        && !found.contains(place)
                    {
                        found.push(*place);
                    }
                }
            }
        }
        found
    }

    fn telling(&self, place: usize) -> bool {
        self.known
            .iter()
            .any(|(code, at)| *at == place && code.len() >= TELLING)
    }

    /// Which order a file's name speaks of: the name itself, else the folders it lies in.
    pub fn of_name(&self, name: &str) -> Option<usize> {
        for part in name.rsplit('/') {
            let stem = without_copy(part);
            match self.within(stem).as_slice() {
                [] => {}
                [one] => return Some(*one),
                several => {
                    let longest = several
                        .iter()
                        .filter(|place| self.telling(**place))
                        .collect::<Vec<_>>();
                    return match longest.as_slice() {
                        [one] => Some(**one),
                        _ => None,
                    };
                }
            }
        }
        None
    }

    /// Whose each page of a file is.
    pub fn of_pages(&self, name: &str, texts: &[&str]) -> Vec<Whose> {
        let by_name = self.of_name(name);
        let mut before: Option<usize> = None;
        texts
            .iter()
            .map(|text| {
                let whose = self.of_page(by_name, before, name, text);
                before = match whose {
                    Whose::Order(place) => Some(place),
                    Whose::Nobody(_) | Whose::Several(_) => None,
                };
                whose
            })
            .collect()
    }

    fn of_page(&self, by_name: Option<usize>, before: Option<usize>, name: &str, text: &str) -> Whose {
        let mut written = self.within(text);
        if written.is_empty() && by_name.is_none() {
            written = self.spaced(text);
        }
        match (by_name, written.as_slice()) {
            // A paper of another order under this name is the other's: the wrong parcel would travel with it.
            (Some(named), [other]) if *other != named && self.telling(*other) => Whose::Order(*other),
            (Some(named), _) => Whose::Order(named),
            (None, [one]) => Whose::Order(*one),
            (None, []) => match (before, stranger(text)) {
                // A page without a number goes on with the order before it.
                (Some(before), None) => Whose::Order(before),
                (_, seen) => Whose::Nobody(seen.or_else(|| stranger(without_copy(name)))),
            },
            (None, several) => {
                let telling: Vec<usize> = several
                    .iter()
                    .copied()
                    .filter(|place| self.telling(*place))
                    .collect();
                match telling.as_slice() {
                    [one] => Whose::Order(*one),
                    _ => Whose::Several(several.to_vec()),
                }
            }
        }
    }
}

/// Whether what was found is not a part of a longer word.
fn alone(text: &str, at: usize, length: usize) -> bool {
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    let after = text.get(at + length..).and_then(|after| after.chars().next());
    [before, after]
        .into_iter()
        .flatten()
        .all(|sign| !sign.is_ascii_alphanumeric())
}

/// The first long number, which may be that of an order nobody told us of.
fn stranger(text: &str) -> Option<String> {
    text.split(|sign: char| !sign.is_ascii_digit())
        .find(|digits| (LONG..=12).contains(&digits.len()))
        .map(str::to_owned)
}

/// A name without its ending and the mark of a copy: `(1)`, ` - Copy`.
pub(super) fn without_copy(name: &str) -> &str {
    let mut stem = match name.rsplit_once('.') {
        Some((stem, ending)) if ending.len() <= 4 && !stem.is_empty() => stem,
        _ => name,
    };
    loop {
        let trimmed = stem.trim_end();
        let Some(open) = trimmed.strip_suffix(')').and_then(|inner| inner.rfind('(')) else {
            return trimmed;
        };
        let inner = trimmed.get(open + 1..trimmed.len() - 1).unwrap_or_default();
        if open == 0 || inner.len() > 3 || !inner.bytes().all(|byte| byte.is_ascii_digit()) {
            return trimmed;
        }
        stem = trimmed.get(..open).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes() -> Codes {
        Codes::of(["880000001", "880000002", "AB-17", "77"])
    }

    #[test]
    fn a_name_speaks_of_the_order_it_holds() {
        let codes = codes();
        let named = [
            ("KASPI_SHOP-880000001.pdf", Some(0)),
            ("880000002 (1).pdf", Some(1)),
            ("waybill880000002.PDF", Some(1)),
            ("ab-17.pdf", Some(2)),
            ("day/880000001/waybill.pdf", Some(0)),
            ("8800000012.pdf", None),
            ("880000001_880000002.pdf", None),
            ("880000001_77.pdf", Some(0)),
            ("scan (77).pdf", None),
        ];
        for (name, place) in named {
            assert_eq!(codes.of_name(name), place, "{name}");
        }
    }

    #[test]
    fn pages_of_one_file_are_parted_by_the_orders_on_them() {
        let texts = ["Order 880000001", "page 2", "Заказ №880 000 002", "880000099"];
        assert_eq!(
            codes().of_pages("all.pdf", &texts),
            [
                Whose::Order(0),
                Whose::Order(0),
                Whose::Order(1),
                Whose::Nobody(Some("880000099".to_owned())),
            ]
        );
    }

    #[test]
    fn what_is_written_outweighs_the_name_and_silence_does_not() {
        let codes = codes();
        assert_eq!(
            codes.of_pages("880000001.pdf", &["order 880000002"]),
            [Whose::Order(1)]
        );
        assert_eq!(codes.of_pages("880000001.pdf", &[""]), [Whose::Order(0)]);
        assert_eq!(
            codes.of_pages("880000001.pdf", &["880000001 880000002"]),
            [Whose::Order(0)]
        );
        assert_eq!(codes.of_pages("880000001.pdf", &["box 77"]), [Whose::Order(0)]);
    }

    #[test]
    fn a_page_of_two_orders_is_nobodys_guess() {
        assert_eq!(
            codes().of_pages("register.pdf", &["880000001, 880000002"]),
            [Whose::Several(vec![0, 1])]
        );
        assert_eq!(
            codes().of_pages("x.pdf", &["", "880000002"]),
            [Whose::Nobody(None), Whose::Order(1)]
        );
    }
}
