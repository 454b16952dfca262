//! What the weights look at: words, neighbours, parts of words, ideas and their pairs, kinds of numbers. Refuses to judge.

use super::fold::{Piece, Token};
use super::glossary::Groups;
use super::lexicon::Lexicon;
use super::marks::marks;

/// Numbers of the features of a message, each once, in order.
pub fn of_message(tokens: &[Token], lexicon: &Lexicon) -> Vec<u32> {
    let ideas: Vec<Groups> = tokens
        .iter()
        .map(|token| match token.piece {
            Piece::Word => lexicon.ideas(token),
            Piece::Number | Piece::Sign => Groups::default(),
        })
        .collect();
    let greeted = greeting(tokens, &ideas, lexicon);
    let mut found = Vec::with_capacity(192);
    let mut before: Option<u32> = None;
    let mut all = [false; 128];
    let mut words = 0_u32;
    for (place, (token, own)) in tokens.iter().zip(&ideas).enumerate() {
        if place < greeted {
            continue;
        }
        let this = match token.piece {
            Piece::Word => {
                words += 1;
                for number in own.numbers() {
                    if let Some(mark) = all.get_mut(usize::from(number)) {
                        *mark = true;
                    }
                }
                of_word(token, lexicon, &mut found)
            }
            Piece::Number => hash(b'n', number_kind(token).as_bytes()),
            Piece::Sign => hash(b's', token.text.as_bytes()),
        };
        found.push(this);
        if let Some(before) = before {
            found.push(hash(b'b', &[before.to_le_bytes(), this.to_le_bytes()].concat()));
        }
        before = Some(this);
    }
    pairs(&all, &mut found);
    if let Some(last) = before {
        found.push(hash(b'e', &last.to_le_bytes()));
    }
    let length = match words {
        0 => b'0',
        1 => b'1',
        2 => b'2',
        3 | 4 => b'3',
        5..=7 => b'5',
        _ => b'8',
    };
    found.push(hash(b'l', &[length]));
    found.sort_unstable();
    found.dedup();
    found
}

/// How many pieces at the start are a greeting before something else: what follows says what is wanted.
fn greeting(tokens: &[Token], ideas: &[Groups], lexicon: &Lexicon) -> usize {
    let marks = marks();
    let hello = |place: usize| ideas.get(place).is_some_and(|ideas| lexicon.is_hello(*ideas));
    let filler = |token: &Token| token.piece == Piece::Sign || marks.of(token).has(marks.greet_tail);
    if !hello(0) {
        return 0;
    }
    let mut end = 0;
    while let Some(token) = tokens.get(end) {
        if !hello(end) && !filler(token) {
            break;
        }
        end += 1;
    }
    let rest = tokens.get(end..).unwrap_or_default();
    if rest.iter().any(|token| token.piece != Piece::Sign) {
        end
    } else {
        0
    }
}

/// Pairs of ideas anywhere in the message, and the ideas themselves.
fn pairs(all: &[bool; 128], found: &mut Vec<u32>) {
    let there: Vec<u8> = (0_u8..)
        .zip(all)
        .filter(|(_, mark)| **mark)
        .map(|(number, _)| number)
        .collect();
    for (place, one) in there.iter().enumerate() {
        // Several times over: an idea weighs as much as the parts of its word.
        found.extend((0..6_u8).map(|part| hash(b'i', &[*one, part])));
        for other in there.iter().skip(place + 1) {
            found.push(hash(b'p', &[*one, *other]));
        }
    }
}

/// Parts of a word of three to five letters, its ends marked; gives the number of the word as it was meant.
fn of_word(token: &Token, lexicon: &Lexicon, found: &mut Vec<u32>) -> u32 {
    parts(&token.key, found);
    let meant = lexicon.meant(&token.key).unwrap_or(&token.key);
    hash(b'w', meant.as_bytes())
}

/// The features of a word alone, for its language.
pub fn of_lone_word(key: &str) -> Vec<u32> {
    let mut found = Vec::with_capacity(32);
    parts(key, &mut found);
    found.push(hash(b'w', key.as_bytes()));
    found
}

fn parts(key: &str, found: &mut Vec<u32>) {
    let mut marked = String::with_capacity(key.len() + 2);
    marked.push('_');
    marked.push_str(key);
    marked.push('_');
    let places: Vec<usize> = marked
        .char_indices()
        .map(|(place, _)| place)
        .chain([marked.len()])
        .collect();
    for length in 3..=5 {
        for (start, end) in places.iter().zip(places.iter().skip(length)) {
            found.push(hash(
                b'g',
                marked.get(*start..*end).unwrap_or_default().as_bytes(),
            ));
        }
    }
}

/// What a number may be by its size.
fn number_kind(token: &Token) -> &'static str {
    let whole = token.key.split('.').next().unwrap_or_default();
    match (whole.len(), whole.parse::<u64>().unwrap_or(0)) {
        (8.., _) => "code",
        (4..=7, _) => "money",
        (_, 0..=12) => "few",
        (_, 13..=35) => "some",
        (_, 36..=68) => "size",
        (_, 69..=139) => "body",
        (_, 140..=215) => "height",
        _ => "many",
    }
}

/// FNV-1a over a kind and its bytes.
fn hash(kind: u8, bytes: &[u8]) -> u32 {
    bytes.iter().fold(
        (0x811c_9dc5 ^ u32::from(kind)).wrapping_mul(0x0100_0193),
        |sum, byte| (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193),
    )
}
