//! Sizes that a message names: numbers and letters, typed in any alphabet. Refuses numbers that measure something else.

use super::glossary::Groups;
use super::marks::marks;
use super::reading::{Item, Number};
use super::values::Measures;
use std::collections::HashMap;
use std::sync::LazyLock;

const FILE: &str = include_str!("../../data/letter-sizes.txt");
/// Heights that sizes of children are called by.
const CHILDREN: [i64; 20] = [
    50, 56, 62, 68, 74, 80, 86, 92, 98, 104, 110, 116, 122, 128, 134, 140, 146, 152, 158, 164,
];

/// A size and where it stands among the items: `46-48` and `2 XL` stand at more than one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Size {
    pub size: String,
    pub first: usize,
    pub last: usize,
}

fn letters() -> &'static HashMap<&'static str, &'static str> {
    static LETTERS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
        let lines = FILE.lines().filter_map(|line| line.split_once(':'));
        lines
            .flat_map(|(size, spellings)| spellings.split_whitespace().map(move |spelling| (spelling, size)))
            .collect()
    });
    &LETTERS
}

/// The sizes of a message, in order, each once at each place.
pub fn sizes(items: &[Item<'_>], measures: &Measures) -> Vec<Size> {
    let marks = marks();
    let about_size = items
        .iter()
        .any(|item| matches!(item, Item::Word(_, groups) if groups.has(marks.size)));
    let mut found = Vec::new();
    let mut place = 0;
    while let Some(item) = items.get(place) {
        let size = match item {
            Item::Number(number) => {
                let joined = match items.get(place + 1) {
                    // `2XL` and `3 хл`.
                    Some(Item::Word(word, _))
                        if number.whole().is_some_and(|whole| (2..=8).contains(&whole)) =>
                    {
                        letters()
                            .get(format!("{}{}", number.hundredths / 100, word.text).as_str())
                            .copied()
                    }
                    _ => None,
                };
                joined.map(str::to_owned).or_else(|| {
                    let free = !measures.used.contains(&place);
                    (free && is_size(items, place, *number, about_size)).then(|| written(*number))
                })
            }
            Item::Word(token, _) => letter(items, place, &token.text, token.latin),
            Item::Sign(_) => None,
        };
        // `2XL` takes its letters along.
        let joined = size
            .as_ref()
            .is_some_and(|size| matches!(item, Item::Number(_)) && size.contains('X'));
        let last = place + usize::from(joined);
        if let Some(size) = size {
            found.push(Size {
                size,
                first: place,
                last,
            });
        }
        place = last + 1;
    }
    ranges(items, found)
}

fn written(number: Number) -> String {
    match number.whole() {
        Some(whole) => whole.to_string(),
        None => format!("{}.{}", number.hundredths / 100, number.hundredths % 100 / 10),
    }
}

/// Sizes of clothes and shoes, and heights of children beside a word of sizes. A unit that follows makes it no size.
fn is_size(items: &[Item<'_>], place: usize, number: Number, about_size: bool) -> bool {
    let marks = marks();
    let after = match items.get(place + 1) {
        Some(Item::Word(_, groups)) => *groups,
        _ => Groups::default(),
    };
    let measured = [
        marks.cm,
        marks.kg,
        marks.years,
        marks.months,
        marks.tenge,
        marks.piece,
        marks.thousand,
        marks.height,
        marks.weight,
    ];
    if measured.iter().any(|unit| after.has(*unit)) || number.digits > 3 {
        return false;
    }
    let Some(whole) = number.whole() else {
        return (3_400..=4_800).contains(&number.hundredths) && number.hundredths % 50 == 0;
    };
    let child = CHILDREN.contains(&whole) && (about_size || items.len() <= 3 || near_fit(items, place));
    (30..=70).contains(&whole) || (16..=29).contains(&whole) && named(items, place) || child
}

/// A word of sizes stands right beside.
fn named(items: &[Item<'_>], place: usize) -> bool {
    let marks = marks();
    let beside = [place.checked_sub(1), Some(place + 1)];
    beside
        .into_iter()
        .flatten()
        .filter_map(|place| items.get(place))
        .any(|item| matches!(item, Item::Word(_, groups) if groups.has(marks.size)))
}

fn near_fit(items: &[Item<'_>], place: usize) -> bool {
    let marks = marks();
    let beside = [place.checked_sub(2), place.checked_sub(1), Some(place + 1)];
    beside.into_iter().flatten().filter_map(|place| items.get(place)).any(|item| {
        matches!(item, Item::Word(_, groups)
            if [marks.yes, marks.rather, marks.can, marks.no, marks.either].iter().any(|mark| groups.has(*mark)))
    })
}

fn letter(items: &[Item<'_>], place: usize, text: &str, latin: bool) -> Option<String> {
    let size = letters().get(text)?;
    let single = text.chars().count() == 1;
    // A lone Cyrillic letter may be a word (`с` is "with"); beside a word of sizes or of choice, or alone, it is a size.
    let after_digit = matches!(
        place.checked_sub(1).and_then(|before| items.get(before)),
        Some(Item::Number(_))
    );
    if single && after_digit {
        return None;
    }
    // `М-ку`.
    let declined = matches!(items.get(place + 1), Some(Item::Sign(sign)) if sign.text == "-");
    let whole = items.len() <= 2 || declined;
    let preposition = single && !latin && matches!(text, "с") && !named(items, place) && !whole;
    let lone = single && !latin && !(named(items, place) || near_fit(items, place) || whole);
    (!preposition && !lone).then(|| (*size).to_owned())
}

/// `46-48` and `M/L` are one size.
fn ranges(items: &[Item<'_>], found: Vec<Size>) -> Vec<Size> {
    let mut joined: Vec<Size> = Vec::with_capacity(found.len());
    for size in found {
        let joins = joined.last().is_some_and(|last| {
            let sign = matches!(items.get(last.last + 1), Some(Item::Sign(sign)) if matches!(sign.text.as_str(), "-" | "/" | "–"));
            let step = match (last.size.parse::<i64>(), size.size.parse::<i64>()) {
                (Ok(one), Ok(other)) => (1..=4).contains(&(other - one)),
                (Err(_), Err(_)) => true,
                _ => false,
            };
            sign && size.first == last.last + 2 && step
        });
        match joined.last_mut() {
            Some(last) if joins => {
                last.size = format!("{}-{}", last.size, size.size);
                last.last = size.last;
            }
            _ => joined.push(size),
        }
    }
    joined
}
