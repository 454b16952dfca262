//! Our own phrases, by intent and language, from which words are known and weights are learned. Refuses messages of real people.

use super::intent::Intent;

const FILES: [&str; 4] = [
    include_str!("../../data/phrases/1-before-buying.txt"),
    include_str!("../../data/phrases/2-after-buying.txt"),
    include_str!("../../data/phrases/3-other-words.txt"),
    include_str!("../../data/phrases/4-once-more.txt"),
];

/// One phrase of the tuning corpus.
#[derive(Debug, Clone, Copy)]
pub struct Phrase {
    pub intent: Intent,
    /// `ru`, `kk`, `mix` or `en`.
    pub language: &'static str,
    pub text: &'static str,
}

/// Every phrase, in the order of the files. A line under an intent that is not known is left out, which a test forbids.
pub fn all() -> impl Iterator<Item = Phrase> {
    FILES.into_iter().flat_map(|file| {
        let mut intent = None;
        let mut language = "ru";
        file.lines().filter_map(move |line| {
            if let Some(word) = line.strip_prefix("== ") {
                intent = Intent::of_word(word);
                return None;
            }
            if let Some(word) = line.strip_prefix("= ") {
                language = word;
                return None;
            }
            if line.is_empty() || line.starts_with('#') {
                return None;
            }
            Some(Phrase {
                intent: intent?,
                language,
                text: line,
            })
        })
    })
}

/// A number that changes when a phrase does: weights say from which phrases they were learned.
pub fn checksum() -> u64 {
    FILES
        .iter()
        .flat_map(|file| file.bytes())
        .fold(0xcbf2_9ce4_8422_2325, |sum, byte| {
            (sum ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

    #[test]
    fn every_line_has_an_intent_and_a_language_and_stands_once() {
        let lines = FILES.iter().flat_map(|file| file.lines());
        let written = lines
            .filter(|line| !line.is_empty() && !line.starts_with(['#', '=']))
            .count();
        assert_eq!(all().count(), written);
        let mut seen = BTreeSet::new();
        for phrase in all() {
            assert!(["ru", "kk", "mix", "en"].contains(&phrase.language), "{phrase:?}");
            assert!(seen.insert((phrase.text, phrase.intent)), "twice: {phrase:?}");
        }
    }

    #[test]
    fn every_intent_has_phrases_in_both_languages() {
        let mut counts: BTreeMap<(Intent, &str), usize> = BTreeMap::new();
        for phrase in all() {
            *counts.entry((phrase.intent, phrase.language)).or_default() += 1;
        }
        for intent in Intent::ALL {
            for language in ["ru", "kk"] {
                let count = counts.get(&(intent, language)).copied().unwrap_or(0);
                assert!(count >= 15, "{intent:?} {language}: {count}");
            }
        }
    }
}
