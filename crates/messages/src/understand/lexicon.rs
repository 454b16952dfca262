//! Ideas behind words, found in any spelling and with a typing error. Refuses to weigh them: see `model`.

use super::fold::{Token, tokens};
use super::glossary::{Glossary, Group, Groups};
use super::phrases;
use super::quick::QuickMap;
use std::sync::LazyLock;

const CONCEPTS: &str = include_str!("../../data/concepts.txt");

/// Ideas, and every word of our phrases for the correction of typing errors.
#[derive(Debug)]
pub struct Lexicon {
    ideas: Glossary,
    /// How often a word stands in our phrases.
    known: QuickMap<String, u32>,
    /// A word with one letter left out → the words it may come from.
    shortened: QuickMap<String, Vec<String>>,
    hello: Group,
}

/// The one lexicon, read when it is first needed.
pub fn lexicon() -> &'static Lexicon {
    static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::read);
    &LEXICON
}

impl Lexicon {
    fn read() -> Self {
        let ideas = Glossary::read(CONCEPTS);
        let mut known: QuickMap<String, u32> = QuickMap::default();
        for phrase in phrases::all() {
            for token in tokens(phrase.text) {
                *known.entry(token.key).or_default() += 1;
            }
        }
        let mut shortened: QuickMap<String, Vec<String>> = QuickMap::default();
        for word in known.keys().filter(|key| is_long(key)) {
            for short in shorter(word) {
                shortened.entry(short).or_default().push(word.clone());
            }
        }
        Self {
            hello: ideas.group("hello"),
            ideas,
            known,
            shortened,
        }
    }

    /// The ideas of a word as typed, or as it was most likely meant.
    pub fn ideas(&self, token: &Token) -> Groups {
        let found = self.ideas.of(&token.key);
        if !found.is_empty() {
            return found;
        }
        self.meant(&token.key).map_or(found, |word| self.ideas.of(word))
    }

    /// Whether these ideas are a greeting.
    pub const fn is_hello(&self, ideas: Groups) -> bool {
        ideas.has(self.hello)
    }

    /// The known word that an unknown one is a typing error of: one letter wrong, missing, more, or two changed about.
    /// Short words are left as they are: too many are one letter apart.
    pub fn meant(&self, key: &str) -> Option<&str> {
        if !is_long(key) || self.known.contains_key(key) {
            return None;
        }
        let short = shorter(key);
        let longer = self.shortened.get(key).into_iter().flatten();
        let like = short
            .iter()
            .filter_map(|short| self.shortened.get(short))
            .flatten();
        longer
            .chain(like)
            .chain(&short)
            .filter_map(|word| self.known.get_key_value(word))
            .filter(|(word, _)| near(key, word))
            .max_by_key(|(word, count)| (**count, word.as_str()))
            .map(|(word, _)| word.as_str())
    }
}

fn is_long(key: &str) -> bool {
    key.chars().nth(4).is_some()
}

/// The word with each of its letters left out once.
fn shorter(word: &str) -> Vec<String> {
    word.char_indices()
        .map(|(place, letter)| {
            let mut short = String::with_capacity(word.len());
            short.push_str(word.get(..place).unwrap_or_default());
            short.push_str(word.get(place + letter.len_utf8()..).unwrap_or_default());
            short
        })
        .collect()
}

/// At most one letter wrong, missing or more, or two neighbours changed about.
fn near(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let head = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let (one, other) = (
        one.get(head..).unwrap_or_default(),
        other.get(head..).unwrap_or_default(),
    );
    let tail = one
        .iter()
        .rev()
        .zip(other.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let one = one.get(..one.len() - tail).unwrap_or_default();
    let other = other.get(..other.len() - tail).unwrap_or_default();
    match (one, other) {
        ([a, b], [c, d]) => a == d && b == c,
        (one, other) => one.len() <= 1 && other.len() <= 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_known_by_its_stem_in_any_alphabet_and_with_an_error() {
        let lexicon = lexicon();
        let size = lexicon.ideas.group("size");
        for word in [
            "размер",
            "Размерами",
            "өлшемі",
            "olshemi",
            "разммер",
            "размре",
            "рзмер",
        ] {
            assert!(lexicon.ideas(&tokens(word)[0]).has(size), "{word}");
        }
        assert!(!lexicon.ideas(&tokens("ремонт")[0]).has(size));
    }

    #[test]
    fn one_error_is_near_and_two_are_not() {
        for (one, other, wanted) in [
            ("доставка", "доствка", true),
            ("доставка", "достваака", false),
            ("доставка", "дотсавка", true),
            ("возврат", "возврат", true),
            ("возврат", "возраст", false),
        ] {
            assert_eq!(near(one, other), wanted, "{one} {other}");
        }
    }

    #[test]
    fn every_group_of_ideas_has_its_own_name() {
        let names = lexicon().ideas.names();
        let mut sorted = names.to_vec();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(
            (sorted.len(), names.len()),
            (names.len(), CONCEPTS.lines().count() - 2)
        );
    }
}
