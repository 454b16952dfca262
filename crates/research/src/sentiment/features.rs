//! What the weights look at: parts of words, words, their neighbours, signs, known words of praise and blame. Refuses to judge.

use super::lexicon::{Lexicon, Said};
use sauda_messages::understand::fold::{Piece, Token};

/// Rows of the table of weights: a feature goes to the row of its lowest bits.
pub const ROWS: usize = 1 << 17;
const MASK: u32 = 0x1_ffff;
/// Parts of a word have up to so many letters.
const LONGEST_PART: usize = 5;

/// A feature's row, and which token it came from; `u16::MAX` for the text as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Feature {
    pub row: u32,
    pub token: u16,
}

/// The features of a text, written into a vector that is used again and again.
pub fn of_text(tokens: &[Token], said: &[Said], found: &mut Vec<Feature>) {
    found.clear();
    let (mut before, mut earlier) = (START, START);
    let (mut praise, mut blame, mut words) = (0_u32, 0_u32, 0_u32);
    for ((token, said), place) in tokens.iter().zip(said).zip(0_u16..) {
        let mut put = |hash: u32| {
            found.push(Feature {
                row: hash & MASK,
                token: place,
            });
        };
        let this = match token.piece {
            Piece::Word => {
                words += 1;
                of_word(&token.key, &mut put)
            }
            Piece::Number => turn(START, u32::from(b'0')),
            Piece::Sign => token
                .key
                .chars()
                .fold(turn(START, 7), |hash, sign| turn(hash, u32::from(sign))),
        };
        put(turn(this, 1));
        put(turn(turn(before, 2), this));
        put(turn(turn(turn(earlier, 3), before), this));
        match said {
            Said::Nothing => {}
            Said::Praise => {
                praise += 1;
                (0..4).for_each(|part| put(turn(PRAISE, part)));
            }
            Said::Blame => {
                blame += 1;
                (0..4).for_each(|part| put(turn(BLAME, part)));
            }
        }
        earlier = before;
        before = this;
    }
    let mut whole = |hash: u32| {
        found.push(Feature {
            row: hash & MASK,
            token: u16::MAX,
        });
    };
    whole(turn(turn(before, 4), 4));
    let balance = if praise > blame {
        1
    } else if blame > praise {
        2
    } else {
        u32::from(praise > 0) * 3
    };
    for part in 0..4 {
        whole(turn(turn(turn(11, praise.min(4)), blame.min(4)), part));
        whole(turn(turn(14, balance), part));
    }
    whole(turn(12, words.min(24).next_power_of_two()));
    whole(turn(13, u32::from(Lexicon::last(said))));
}

const START: u32 = 0x811c_9dc5;
const PRAISE: u32 = 0x9e37_79b9;
const BLAME: u32 = 0x85eb_ca6b;

/// Parts of a word with its ends marked; gives the number of the whole word.
fn of_word(key: &str, put: &mut impl FnMut(u32)) -> u32 {
    let mut signs = [0_u32; 40];
    let mut length = 0;
    for (place, sign) in signs
        .iter_mut()
        .zip(std::iter::once('_').chain(key.chars()).chain(['_']))
    {
        *place = u32::from(sign);
        length += 1;
    }
    let signs = signs.get(..length).unwrap_or_default();
    for start in 0..length {
        let mut hash = START;
        for (sign, count) in signs.iter().skip(start).zip(1..=LONGEST_PART) {
            hash = turn(hash, *sign);
            if count > 1 {
                put(hash);
            }
        }
    }
    signs.iter().fold(turn(START, 5), |hash, sign| turn(hash, *sign))
}

/// One step of a hash that mixes well enough for a table.
const fn turn(hash: u32, next: u32) -> u32 {
    let mixed = (hash ^ next).wrapping_mul(0x9e37_79b1);
    mixed ^ (mixed >> 15)
}
