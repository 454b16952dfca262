//! What a buyer's reason for sending goods back says of their size. Refuses to guess: a reason that says both, or neither, says nothing.

use crate::{fit::FitWord, model::ReturnDocument};
use std::sync::LazyLock;

/// Groups of words, read once from the data of this room.
static WORDS: LazyLock<Words> = LazyLock::new(|| Words::read(include_str!("../../data/return_reasons.txt")));

#[derive(Debug, Default)]
struct Words {
    small: Vec<&'static str>,
    large: Vec<&'static str>,
    /// What turns the word behind it around.
    not: Vec<&'static str>,
    /// What turns the word before it around.
    not_behind: Vec<&'static str>,
    /// Words about something else than a size, with the same beginning.
    other: Vec<&'static str>,
}

impl Words {
    fn read(text: &'static str) -> Self {
        let mut words = Self::default();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let Some((group, rest)) = line.split_once(": ") else {
                continue;
            };
            let many = rest.split_whitespace();
            match group {
                "small" => words.small.extend(many),
                "large" => words.large.extend(many),
                "not" => words.not.extend(many),
                "not_behind" => words.not_behind.extend(many),
                "other" => words.other.push(rest.trim()),
                _ => {}
            }
        }
        words
    }
}

/// How the piece sat as the reason and the comment say; none when they do not say it, or say both.
pub(crate) fn sat(document: &ReturnDocument) -> Option<FitWord> {
    let words = [document.reason.as_deref(), document.comment.as_deref()];
    let said: Vec<FitWord> = words.into_iter().flatten().flat_map(said).collect();
    let is_small = said.contains(&FitWord::Small);
    let is_large = said.contains(&FitWord::Large);
    match (is_small, is_large) {
        (true, false) => Some(FitWord::Small),
        (false, true) => Some(FitWord::Large),
        _ => None,
    }
}

/// Everything a text says of the size.
fn said(text: &str) -> Vec<FitWord> {
    let mut text = text.to_lowercase().replace('\u{451}', "\u{435}");
    for other in &WORDS.other {
        text = text.replace(other, " ");
    }
    let words: Vec<&str> = text
        .split(|sign: char| !sign.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let mut found = Vec::new();
    let mut before = "";
    let mut after = words.iter().skip(1);
    for word in &words {
        let next = after.next().copied().unwrap_or_default();
        let is_denied = WORDS.not.contains(&before) || WORDS.not_behind.contains(&next);
        if !is_denied && is_one_of(word, &WORDS.small) {
            found.push(FitWord::Small);
        }
        if !is_denied && is_one_of(word, &WORDS.large) {
            found.push(FitWord::Large);
        }
        before = word;
    }
    found
}

fn is_one_of(word: &str, known: &[&str]) -> bool {
    known.iter().any(|one| match one.strip_suffix('*') {
        Some(begin) => word.starts_with(begin),
        None => word == *one,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(reason: &str, comment: &str) -> Option<FitWord> {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        sat(&ReturnDocument {
            reason: text(reason),
            comment: text(comment),
            ..ReturnDocument::default()
        })
    }

    #[test]
    fn every_group_of_the_data_is_known() {
        let words = &*WORDS;
        assert!(words.small.len() > 20 && words.large.len() > 15 && words.other.len() > 4);
        assert!(!words.not.is_empty() && !words.not_behind.is_empty());
    }

    #[test]
    fn small_and_large_are_read_in_words_that_buyers_use() {
        for (reason, comment, word) in [
            ("Маломерит", "", Some(FitWord::Small)),
            ("Размер оказался мал", "", Some(FitWord::Small)),
            ("Товар меньше указанного размера", "", Some(FitWord::Small)),
            ("Не подошёл размер", "платье узкое в груди", Some(FitWord::Small)),
            ("Не подошёл размер", "кішкентай болып қалды", Some(FitWord::Small)),
            ("Большемерит", "", Some(FitWord::Large)),
            ("Не подошёл размер", "Великовата, висит", Some(FitWord::Large)),
            ("Не подошёл размер", "үлкен екен", Some(FitWord::Large)),
            ("Товар больше указанного размера", "", Some(FitWord::Large)),
            ("Не подошёл размер", "", None),
            ("Не подошёл размер", "в плечах узко, а в талии широко", None),
            ("Передумал", "Большое спасибо, больше не нужно", None),
            ("Брак или повреждение", "", None),
            ("Не подошёл размер", "не мал, просто не то", None),
            ("Не подошёл размер", "тар емес", None),
            ("", "", None),
        ] {
            assert_eq!(of(reason, comment), word, "{reason:?} {comment:?}");
        }
    }

    proptest! {
        #[test]
        fn what_says_both_says_nothing(between in "[а-д ,.]{0,20}") {
            prop_assert_eq!(of("маломерит", &format!("{between} большемерит")), None);
        }

        #[test]
        fn no_words_break_it(reason in "\\PC{0,60}", comment in "\\PC{0,60}") {
            prop_assert_ne!(of(&reason, &comment), Some(FitWord::Returned));
        }
    }
}
