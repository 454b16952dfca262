//! Words that people and files use for genders, kinds, systems and outcomes, read from `data/words.csv`. Refuses to guess:
//! a word that is not in the list means nothing.

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
#[must_use]
pub fn meaning(kind: &str, word: &str) -> Option<&'static str> {
    let word = word.trim().to_lowercase();
    // The list is 'static, the question is not: the key is looked up by its parts.
    WORDS.get(&(kind, word.as_str())).copied()
}

/// The meanings whose words stand somewhere in a title.
pub fn in_title(title: &str) -> impl Iterator<Item = &'static str> {
    let title = title.to_lowercase();
    lines()
        .filter(|(kind, ..)| *kind == "title")
        .filter(move |(_, word, _)| title.contains(word))
        .map(|(.., means)| means)
}

/// What the words of a kind may mean, each once, for a refusal.
#[must_use]
pub fn meanings(kind: &str) -> Vec<&'static str> {
    let mut found: Vec<&str> = Vec::new();
    for (.., means) in lines().filter(|(one, ..)| *one == kind) {
        if !found.contains(&means) {
            found.push(means);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_three_languages_mean_the_same() {
        for word in ["too small", "Маломерит", " тар "] {
            assert_eq!(meaning("fit", word), Some("small"), "{word}");
        }
        assert_eq!(meaning("fit", "blue"), None);
        assert_eq!(in_title("Платье ОВЕРСАЙЗ").next(), Some("oversize"));
    }

    #[test]
    fn every_word_of_the_facts_is_known() {
        let facts = include_str!("../../../facts/sizes_rules.csv");
        for (rule, means) in [
            ("fit_feedback_words_small", "small"),
            ("fit_feedback_words_large", "large"),
            ("fit_feedback_words_ok", "fit"),
        ] {
            let line = facts.lines().find(|line| line.starts_with(rule)).unwrap();
            let list = line.split('"').nth(1).unwrap();
            for word in list.split(',') {
                assert_eq!(meaning("fit", word), Some(means), "{word}");
            }
        }
    }
}
