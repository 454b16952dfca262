//! Named groups of words from a file, found by whole word or by stem. Refuses to guess: typing errors are the lexicon's.

use super::fold::fold;
use super::quick::QuickMap;

/// A set of groups, one bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Groups(u128);

/// One group, by its number in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Group(u8);

/// No word is in it.
const NOBODY: u8 = 127;

impl Groups {
    pub const fn has(self, group: Group) -> bool {
        self.0 & (1 << group.0) != 0
    }
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
    const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
    /// The numbers of the groups.
    pub fn numbers(self) -> impl Iterator<Item = u8> {
        (0..NOBODY).filter(move |number| self.0 & (1 << number) != 0)
    }
}

/// The groups of one file.
#[derive(Debug)]
pub struct Glossary {
    names: Vec<&'static str>,
    exact: QuickMap<String, Groups>,
    stems: QuickMap<String, Groups>,
    longest_stem: usize,
}

impl Glossary {
    /// Reads lines `name: words`; a star stands for any ending.
    pub fn read(file: &'static str) -> Self {
        let mut glossary = Self {
            names: Vec::new(),
            exact: QuickMap::default(),
            stems: QuickMap::default(),
            longest_stem: 0,
        };
        let lines = file.lines().filter(|line| !line.starts_with('#'));
        for ((name, words), number) in lines.filter_map(|line| line.split_once(':')).zip(0_u8..NOBODY) {
            glossary.names.push(name);
            for word in words.split_whitespace() {
                glossary.add(number, &word.to_lowercase());
            }
        }
        glossary
    }

    fn add(&mut self, number: u8, word: &str) {
        let groups = Groups(1 << number);
        let entry = if let Some(stem) = word.strip_suffix('*') {
            let stem = fold(stem);
            self.longest_stem = self.longest_stem.max(stem.chars().count());
            self.stems.entry(stem).or_default()
        } else {
            self.exact.entry(fold(word)).or_default()
        };
        *entry = entry.and(groups);
    }

    /// The group of a name; of a name that is not in the file, one that no word is in, which a test forbids.
    pub fn group(&self, name: &str) -> Group {
        let place = self.names.iter().position(|known| *known == name);
        Group(place.and_then(|place| u8::try_from(place).ok()).unwrap_or(NOBODY))
    }

    /// The groups of a folded word.
    pub fn of(&self, key: &str) -> Groups {
        let mut found = self.exact.get(key).copied().unwrap_or_default();
        let ends = key
            .char_indices()
            .skip(1)
            .map(|(place, _)| place)
            .chain([key.len()]);
        for end in ends.take(self.longest_stem).skip(1) {
            if let Some(groups) = key.get(..end).and_then(|stem| self.stems.get(stem)) {
                found = found.and(*groups);
            }
        }
        found
    }

    /// Names of the file, in order.
    #[cfg(test)]
    pub fn names(&self) -> &[&'static str] {
        &self.names
    }
}
