//! Which language a message is in: Russian, Kazakh, both, English. Refuses to count names, sizes and loanwords for either.

use super::fold::{Piece, Token};
use super::goods;
use super::model::Model;
use serde::Serialize;
use std::collections::HashSet;
use std::sync::LazyLock;

/// The language of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    Ru,
    Kk,
    Mix,
    En,
}

const NEUTRAL: &str = include_str!("../../data/neutral-words.txt");
const ENGLISH: &str = include_str!("../../data/english.txt");

struct Known {
    neutral: HashSet<&'static str>,
    english: HashSet<&'static str>,
}

fn known() -> &'static Known {
    static KNOWN: LazyLock<Known> = LazyLock::new(|| Known {
        neutral: NEUTRAL.split_whitespace().collect(),
        english: ENGLISH.split_whitespace().collect(),
    });
    &KNOWN
}

/// How far a word must lean to be counted.
const LEAN: f64 = 0.7;

/// The language of a message; one without words is Russian, as most are.
pub fn language(tokens: &[Token], model: &Model) -> Language {
    let known = known();
    let (mut ru, mut kk, mut en) = (0.0, 0.0, 0);
    for token in tokens.iter().filter(|token| token.piece == Piece::Word) {
        if token.latin && known.english.contains(token.text.as_str()) {
            en += 1;
            continue;
        }
        if known.neutral.contains(token.text.as_str()) || goods::is_city(token) {
            continue;
        }
        if token.kazakh {
            kk += 1.5;
            continue;
        }
        let lean = model.language_of(&token.key);
        if lean > LEAN {
            kk += lean.min(2.0);
        } else if lean < -LEAN {
            ru -= lean.max(-2.0);
        }
    }
    let total = ru + kk;
    if en > 0 && total <= f64::from(en) * 2.0 {
        Language::En
    } else if total > 0.0 && ru.min(kk) >= 0.9 && ru.min(kk) / total > 0.15 {
        Language::Mix
    } else if kk > ru {
        Language::Kk
    } else {
        Language::Ru
    }
}
