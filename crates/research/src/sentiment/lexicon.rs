//! Words that praise, blame and turn, and what a review speaks about. Refuses to weigh them: see `model`.

use sauda_messages::understand::{
    fold::{Piece, Token},
    glossary::{Glossary, Group, Groups},
};
use std::sync::LazyLock;

const WORDS: &str = include_str!("../../data/opinion-words.txt");

/// What a word of the list says where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Said {
    #[default]
    Nothing,
    Praise,
    Blame,
}

/// What a review speaks about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aspect {
    Size,
    Quality,
    Delivery,
    Packaging,
    Price,
    Seller,
}

impl Aspect {
    pub const ALL: [Self; 6] = [
        Self::Size,
        Self::Quality,
        Self::Delivery,
        Self::Packaging,
        Self::Price,
        Self::Seller,
    ];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Size => "size",
            Self::Quality => "quality",
            Self::Delivery => "delivery",
            Self::Packaging => "packaging",
            Self::Price => "price",
            Self::Seller => "seller",
        }
    }
}

/// The list of words, read when it is first needed.
#[derive(Debug)]
pub struct Lexicon {
    words: Glossary,
    praise: Group,
    blame: Group,
    before: Group,
    /// Turns its very neighbours only.
    nought: Group,
    after: Group,
    thanks: Group,
    reason: Group,
    flaw: Group,
    turns: Group,
    nothing: Group,
    aspects: [(Aspect, Group); 6],
}

/// The one list.
pub fn lexicon() -> &'static Lexicon {
    static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::read);
    &LEXICON
}

impl Lexicon {
    fn read() -> Self {
        let words = Glossary::read(WORDS);
        let aspects = Aspect::ALL.map(|aspect| (aspect, words.group(&format!("aspect_{}", aspect.word()))));
        Self {
            praise: words.group("praise"),
            blame: words.group("blame"),
            before: words.group("before"),
            nought: words.group("nought"),
            thanks: words.group("thanks"),
            reason: words.group("reason"),
            after: words.group("after"),
            flaw: words.group("flaw"),
            turns: words.group("turns"),
            nothing: words.group("nothing"),
            aspects,
            words,
        }
    }

    /// Groups of each token; signs and numbers have none.
    pub fn groups(&self, tokens: &[Token], found: &mut Vec<Groups>) {
        found.clear();
        found.extend(tokens.iter().map(|token| match token.piece {
            Piece::Word => self.words.of(&token.key),
            Piece::Number | Piece::Sign => Groups::default(),
        }));
    }

    /// What each token says: a word of praise after `не` or before `емес` is blame, and the other way round.
    pub fn said(&self, groups: &[Groups], found: &mut Vec<Said>) {
        found.clear();
        let plain = |own: Groups| {
            if own.has(self.blame) {
                Said::Blame
            } else if own.has(self.praise) {
                Said::Praise
            } else {
                Said::Nothing
            }
        };
        found.extend(groups.iter().map(|own| plain(*own)));
        for place in 0..groups.len() {
            if self.is_turned(groups, place)
                && let Some(said) = found.get_mut(place)
            {
                *said = match *said {
                    Said::Nothing => Said::Nothing,
                    Said::Praise => Said::Blame,
                    Said::Blame => Said::Praise,
                };
            }
        }
        for place in 0..groups.len() {
            if self.is_bitter(groups, found, place)
                && let Some(said) = found.get_mut(place)
            {
                *said = Said::Blame;
            }
        }
    }

    /// Thanks for what is bad: the word of thanks, the one that says what for, and blame up to two words further, or the other
    /// way round.
    fn is_bitter(&self, groups: &[Groups], said: &[Said], place: usize) -> bool {
        let has = |place: Option<usize>, group: Group| {
            place
                .and_then(|place| groups.get(place))
                .is_some_and(|groups| groups.has(group))
        };
        let says = |place: Option<usize>| place.and_then(|place| said.get(place)).copied();
        let blames = |near: Option<usize>, far: Option<usize>| match says(near) {
            Some(Said::Blame) => true,
            Some(Said::Nothing) => says(far) == Some(Said::Blame),
            Some(Said::Praise) | None => false,
        };
        has(Some(place), self.thanks)
            && (has(Some(place + 1), self.reason) && blames(Some(place + 2), Some(place + 3))
                || has(place.checked_sub(1), self.reason)
                    && blames(place.checked_sub(2), place.checked_sub(3)))
    }

    /// `Минусов не нашла`: a flaw that is not there. Otherwise, whether a word that turns stands up to two words before it, or up to two after it.
    fn is_turned(&self, groups: &[Groups], place: usize) -> bool {
        let has = |place: Option<usize>, group: Group| {
            place
                .and_then(|place| groups.get(place))
                .is_some_and(|groups| groups.has(group))
        };
        let silent = |place: Option<usize>| !has(place, self.praise) && !has(place, self.blame);
        let (one, two) = (place.checked_sub(1), place.checked_sub(2));
        let flawless = has(Some(place), self.flaw)
            && (has(Some(place + 1), self.turns)
                || has(Some(place + 2), self.turns)
                || has(Some(place + 3), self.turns));
        flawless
            || has(one, self.before)
            || has(one, self.nought)
            || has(Some(place + 1), self.nought)
            || silent(one) && has(two, self.before)
            || has(Some(place + 1), self.after)
            || silent(Some(place + 1)) && has(Some(place + 2), self.after)
    }

    /// What a token speaks about.
    pub fn aspects(&self, groups: Groups) -> impl Iterator<Item = Aspect> {
        self.aspects
            .iter()
            .filter(move |(_, group)| groups.has(*group))
            .map(|(aspect, _)| *aspect)
    }

    /// Whether an answer to "what is bad?" that begins so says that nothing is.
    pub fn denies(&self, word: &Token) -> bool {
        self.words.of(&word.key).has(self.nothing)
    }

    /// What the last word that says something says: 0 nothing, 1 praise, 2 blame.
    pub fn last(said: &[Said]) -> u8 {
        match said.iter().rev().find(|said| **said != Said::Nothing) {
            None | Some(Said::Nothing) => 0,
            Some(Said::Praise) => 1,
            Some(Said::Blame) => 2,
        }
    }
}
