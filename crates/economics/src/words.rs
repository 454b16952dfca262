//! Words that people use for regimes, deliveries, places, units and answers, read from `data/words.csv`. Refuses to guess: a word that
//! is not in the list means nothing.

use std::collections::HashMap;
use std::sync::LazyLock;

const LIST: &str = include_str!("../data/words.csv");

static WORDS: LazyLock<HashMap<(&'static str, &'static str), &'static str>> =
    LazyLock::new(|| lines().map(|(kind, word, means)| ((kind, word), means)).collect());

fn lines() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    LIST.lines().skip(1).filter_map(|line| {
        let (kind, rest) = line.split_once(',')?;
        let (word, means) = rest.rsplit_once(',')?;
        Some((kind, word, means))
    })
}

/// What a word of this kind means; capitals and outer spaces do not count.
pub(crate) fn meaning(kind: &str, word: &str) -> Option<&'static str> {
    let word = word.trim().to_lowercase();
    WORDS.get(&(kind, word.as_str())).copied()
}

/// The same for words whose spaces and signs do not count.
pub(crate) fn meaning_of_letters(kind: &str, word: &str) -> Option<&'static str> {
    let letters: String = fold(word)
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .collect();
    meaning(kind, &letters)
}

/// The words of a kind, in the order of the list.
pub(crate) fn words(kind: &str) -> impl Iterator<Item = &'static str> {
    lines()
        .filter(move |(one, ..)| *one == kind)
        .map(|(_, word, _)| word)
}

/// Small letters, with one letter for the two that people mix.
pub(crate) fn fold(text: &str) -> String {
    text.to_lowercase().replace('\u{451}', "\u{435}")
}
