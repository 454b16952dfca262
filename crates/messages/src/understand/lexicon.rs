//! Ideas behind words, found in any spelling and with a typing error. Refuses to weigh them: see `model`.

use super::fold::{Token, fold, tokens};
use super::phrases;
use std::collections::HashMap;
use std::sync::LazyLock;

const CONCEPTS: &str = include_str!("../../data/concepts.txt");

/// A set of ideas, one bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ideas(u128);

impl Ideas {
    pub const fn has(self, idea: Idea) -> bool {
        self.0 & (1 << idea.0) != 0
    }
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
    const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
    /// The numbers of the ideas.
    pub fn numbers(self) -> impl Iterator<Item = u8> {
        (0..128).filter(move |number| self.0 & (1 << number) != 0)
    }
}

/// One idea, by its number in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Idea(u8);

/// The ideas that rules ask for by name.
#[derive(Debug)]
pub struct Named {
    pub size: Idea,
    pub larger: Idea,
    pub smaller: Idea,
    pub yes: Idea,
    pub no: Idea,
    pub not: Idea,
    pub hello: Idea,
    pub ask: Idea,
}

/// Words, their ideas, and every word of our phrases for the correction of typing errors.
#[derive(Debug)]
pub struct Lexicon {
    exact: HashMap<String, Ideas>,
    stems: HashMap<String, Ideas>,
    longest_stem: usize,
    /// How often a word stands in our phrases.
    known: HashMap<String, u32>,
    /// A word with one letter left out → the words it may come from.
    shortened: HashMap<String, Vec<String>>,
    pub named: Named,
}

/// The one lexicon, read when it is first needed.
pub fn lexicon() -> &'static Lexicon {
    static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::read);
    &LEXICON
}

impl Lexicon {
    fn read() -> Self {
        let mut lexicon = Self {
            exact: HashMap::new(),
            stems: HashMap::new(),
            longest_stem: 0,
            known: HashMap::new(),
            shortened: HashMap::new(),
            named: Named {
                size: numbered("size"),
                larger: numbered("larger"),
                smaller: numbered("smaller"),
                yes: numbered("yes"),
                no: numbered("no"),
                not: numbered("not"),
                hello: numbered("hello"),
                ask: numbered("ask"),
            },
        };
        for (number, words) in (0_u8..).zip(lines().map(|(_, words)| words)) {
            for word in words.split_whitespace() {
                lexicon.add(number, word);
            }
        }
        for phrase in phrases::all() {
            for token in tokens(phrase.text) {
                *lexicon.known.entry(token.key).or_default() += 1;
            }
        }
        let long: Vec<String> = lexicon.known.keys().filter(|key| key.chars().count() >= 5).cloned().collect();
        for word in long {
            for short in shorter(&word) {
                lexicon.shortened.entry(short).or_default().push(word.clone());
            }
        }
        lexicon
    }

    fn add(&mut self, number: u8, word: &str) {
        let ideas = Ideas(1 << number);
        if let Some(stem) = word.strip_suffix('*') {
            let stem = fold(stem);
            self.longest_stem = self.longest_stem.max(stem.chars().count());
            let entry = self.stems.entry(stem).or_default();
            *entry = entry.and(ideas);
        } else {
            let entry = self.exact.entry(fold(word)).or_default();
            *entry = entry.and(ideas);
        }
    }

    /// The ideas of a word as typed, or as it was most likely meant.
    pub fn ideas(&self, token: &Token) -> Ideas {
        let found = self.ideas_of(&token.key);
        if !found.is_empty() {
            return found;
        }
        self.meant(&token.key).map_or(found, |word| self.ideas_of(word))
    }

    fn ideas_of(&self, key: &str) -> Ideas {
        let mut found = self.exact.get(key).copied().unwrap_or_default();
        let ends = key.char_indices().skip(1).map(|(place, _)| place).chain([key.len()]);
        for end in ends.take(self.longest_stem).skip(1) {
            if let Some(ideas) = key.get(..end).and_then(|stem| self.stems.get(stem)) {
                found = found.and(*ideas);
            }
        }
        found
    }

    /// The known word that an unknown one is a typing error of: one letter wrong, missing, more, or two changed about.
    /// Short words are left as they are: too many are one letter apart.
    pub fn meant(&self, key: &str) -> Option<&str> {
        if key.chars().nth(4).is_none() || self.known.contains_key(key) {
            return None;
        }
        let mut best: Option<(&str, u32)> = None;
        let mut offer = |word: &'_ str, lexicon: &'static Self| {
            let Some((word, count)) = lexicon.known.get_key_value(word) else {
                return;
            };
            if near(key, word) && best.is_none_or(|(old, most)| (*count, word.as_str()) > (most, old)) {
                best = Some((word, *count));
            }
        };
        let whole = lexicon();
        for candidate in self.shortened.get(key).into_iter().flatten() {
            offer(candidate, whole);
        }
        for short in shorter(key) {
            if self.known.contains_key(&short) {
                offer(&short, whole);
            }
            for candidate in self.shortened.get(&short).into_iter().flatten() {
                offer(candidate, whole);
            }
        }
        best.map(|(word, _)| word)
    }
}

fn lines() -> impl Iterator<Item = (&'static str, &'static str)> {
    CONCEPTS.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(':'))
}

/// The number of an idea; a name that is not in the file is the last bit, which no word has.
fn numbered(name: &str) -> Idea {
    let place = lines().position(|(known, _)| known == name);
    Idea(place.and_then(|place| u8::try_from(place).ok()).unwrap_or(127))
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
    let (one, other) = (one.get(head..).unwrap_or_default(), other.get(head..).unwrap_or_default());
    let tail = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
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
    fn every_named_idea_is_in_the_file() {
        let named = &lexicon().named;
        for idea in [named.size, named.larger, named.smaller, named.yes, named.no, named.not, named.hello, named.ask] {
            assert!(idea.0 < 127, "{named:?}");
        }
        assert!(lines().count() < 127);
    }

    #[test]
    fn a_word_is_known_by_its_stem_in_any_alphabet_and_with_an_error() {
        let lexicon = lexicon();
        let size = lexicon.named.size;
        for word in ["размер", "Размерами", "өлшемі", "olshemi", "разммер", "размре", "рзмер"] {
            assert!(lexicon.ideas(&tokens(word)[0]).has(size), "{word}");
        }
        assert!(!lexicon.ideas(&tokens("ремонт")[0]).has(size));
    }

    #[test]
    fn one_error_is_near_and_two_are_not() {
        for (one, other, wanted) in [
            ("доставка", "доствка", true),
            ("доставка", "достваака", false),
            ("доставка", "достваак", false),
            ("доставка", "дотсавка", true),
            ("возврат", "возврат", true),
            ("возврат", "возраст", false),
        ] {
            assert_eq!(near(one, other), wanted, "{one} {other}");
        }
    }
}
