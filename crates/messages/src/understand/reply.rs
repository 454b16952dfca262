//! How a message answers a question about a size: yes, no, another size, measures, or nothing that a program may act on.
//! Refuses to guess: what says two things at once goes to a person.

use super::glossary::{Group, Groups};
use super::marks::{Marks, marks};
use super::reading::Item;
use super::sizes::Size;
use super::values::Measures;
use serde::Serialize;

const PHRASES: &str = include_str!("../../data/replies.txt");
const SMILES: &str = include_str!("../../data/smiles.txt");

/// What the answer says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ReplyKind {
    /// The size that was offered is right.
    Yes,
    /// It is not, and no other was named.
    No,
    /// Another size, named or by steps.
    OtherSize,
    /// Height and weight, from which a size follows.
    Measurements,
    /// A person has to look.
    Unclear,
}

/// An answer to a question about a size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    pub kind: ReplyKind,
    /// The size that was named, as `46`, `46-48` or `XL`.
    pub size: Option<String>,
    /// Steps from the size that was offered: 1 is one larger, -1 one smaller.
    pub steps: Option<i64>,
}

impl Reply {
    const fn of(kind: ReplyKind) -> Self {
        Self {
            kind,
            size: None,
            steps: None,
        }
    }
}

/// Reads the answer. `offered` is the size that was asked about, when it is known.
pub fn reply(items: &[Item<'_>], measures: &Measures, sizes: &[Size], offered: Option<&str>) -> Reply {
    let look = Look {
        items,
        marks: marks(),
    };
    if measures.has_body() {
        return Reply::of(ReplyKind::Measurements);
    }
    let wanted: Vec<&Size> = sizes.iter().filter(|size| !look.is_refused(size)).collect();
    let refused = sizes.len() - wanted.len();
    if let Some(kind) = look.phrase()
        && wanted.is_empty()
    {
        return Reply {
            steps: look.steps(),
            ..Reply::of(kind)
        };
    }
    if !wanted.is_empty() {
        return look.named(&wanted, offered);
    }
    if let Some(steps) = look.steps() {
        return Reply {
            steps: Some(steps),
            ..Reply::of(ReplyKind::OtherSize)
        };
    }
    let kind = look.yes_or_no(refused > 0);
    let steps = if kind == ReplyKind::No {
        look.complaint()
    } else {
        None
    };
    Reply {
        steps,
        ..Reply::of(kind)
    }
}

struct Look<'a> {
    items: &'a [Item<'a>],
    marks: &'static Marks,
}

impl Look<'_> {
    fn groups(&self, place: usize) -> Groups {
        match self.items.get(place) {
            Some(Item::Word(_, groups)) => *groups,
            _ => Groups::default(),
        }
    }

    fn has(&self, place: usize, group: Group) -> bool {
        self.groups(place).has(group)
    }

    fn anywhere(&self, group: Group) -> bool {
        (0..self.items.len()).any(|place| self.has(place, group))
    }

    fn first_word(&self) -> Groups {
        let words = (0..self.items.len()).map(|place| self.groups(place));
        words
            .filter(|groups| !groups.has(self.marks.thanks) && !groups.has(self.marks.filler))
            .find(|groups| !groups.is_empty())
            .unwrap_or_default()
    }

    fn is_question(&self) -> bool {
        let sign = self
            .items
            .iter()
            .any(|item| matches!(item, Item::Sign(sign) if sign.text == "?"));
        sign || self.anywhere(self.marks.ask)
    }

    /// The longest known phrase whose words stand side by side.
    fn phrase(&self) -> Option<ReplyKind> {
        let words: Vec<&str> = self
            .items
            .iter()
            .filter_map(|item| match item {
                Item::Word(token, _) => Some(token.key.as_str()),
                Item::Number(_) | Item::Sign(_) => None,
            })
            .collect();
        phrases()
            .iter()
            .filter(|(_, phrase)| {
                words
                    .windows(phrase.len())
                    .any(|window| window.iter().zip(phrase).all(|(one, other)| one == other))
            })
            .max_by_key(|(_, phrase)| phrase.len())
            .map(|(kind, _)| *kind)
    }

    /// A size after "not" or "instead of", or before "is small".
    fn is_refused(&self, size: &Size) -> bool {
        let marks = self.marks;
        let before = size
            .place
            .checked_sub(1)
            .is_some_and(|place| self.has(place, marks.not) && !self.has(place, marks.yes));
        let after = (size.place + 1..=size.place + 2)
            .take_while(|place| !matches!(self.items.get(*place), Some(Item::Sign(_))));
        let fails = after.into_iter().any(|place| {
            let groups = self.groups(place);
            groups.has(marks.tight) || groups.has(marks.wide) || groups.has(marks.no)
        });
        before || fails
    }

    fn named(&self, wanted: &[&Size], offered: Option<&str>) -> Reply {
        let marks = self.marks;
        let mut different: Vec<&str> = wanted.iter().map(|size| size.size.as_str()).collect();
        different.dedup();
        let chooses = self.anywhere(marks.rather) && !self.anywhere(marks.either);
        if different.len() > 1 && (!chooses || self.is_question()) {
            return Reply::of(ReplyKind::Unclear);
        }
        let Some(size) = different.last().copied() else {
            return Reply::of(ReplyKind::Unclear);
        };
        let doubts = self.anywhere(marks.doubt);
        // `да, 46` repeats what was offered; `44 болады` and `оставьте 42` name a size of their own.
        let affirmed = self.first_word().has(marks.affirm) || self.anywhere(marks.confirm);
        let leads = affirmed && !self.anywhere(marks.rather) && !self.is_question();
        let same = offered.is_some_and(|offered| offered.eq_ignore_ascii_case(size));
        let kind = if doubts && !self.anywhere(marks.rather) {
            ReplyKind::Unclear
        } else if same && !self.is_question() || leads && offered.is_none() {
            ReplyKind::Yes
        } else {
            ReplyKind::OtherSize
        };
        Reply {
            kind,
            size: Some(size.to_owned()),
            steps: None,
        }
    }

    /// `на размер больше`, `поменьше`, `на два размера меньше`.
    fn steps(&self) -> Option<i64> {
        let marks = self.marks;
        let (mut larger, mut smaller) = (false, false);
        for place in 0..self.items.len() {
            let negated = place
                .checked_sub(1)
                .is_some_and(|before| self.has(before, marks.not))
                || self.has(place + 1, marks.no);
            larger |= self.has(place, marks.larger) && !negated;
            smaller |= self.has(place, marks.smaller) && !negated;
        }
        let asks = self.anywhere(marks.rather)
            || self.anywhere(marks.size)
            || self.anywhere(marks.can)
            || self.words() <= 3;
        let count = self
            .items
            .iter()
            .any(|item| matches!(item, Item::Number(number) if number.whole() == Some(2)));
        let count = if count { 2 } else { 1 };
        match (larger, smaller) {
            (true, false) if asks => Some(count),
            (false, true) if asks && !self.is_past() => Some(-count),
            _ => None,
        }
    }

    fn words(&self) -> usize {
        self.items
            .iter()
            .filter(|item| matches!(item, Item::Word(..)))
            .count()
    }

    /// `кішкентай болып қалды`: it turned out small, which is no wish for smaller.
    fn is_past(&self) -> bool {
        self.anywhere(self.marks.tight) || self.anywhere(self.marks.wide)
    }

    /// Which way a complaint points: small wants larger.
    fn complaint(&self) -> Option<i64> {
        match (self.anywhere(self.marks.tight), self.anywhere(self.marks.wide)) {
            (true, false) => Some(1),
            (false, true) => Some(-1),
            _ => None,
        }
    }

    fn yes_or_no(&self, refused: bool) -> ReplyKind {
        let marks = self.marks;
        let (mut yes, mut no) = (0, u32::from(refused));
        let (mut fits, mut said) = (false, false);
        for place in 0..self.items.len() {
            let groups = self.groups(place);
            let before = place
                .checked_sub(1)
                .map(|before| self.groups(before))
                .unwrap_or_default();
            let negated = before.has(marks.not) || self.has(place + 1, marks.not_after);
            if groups.has(marks.yes) {
                let fit = groups.has(marks.fits) && !negated;
                fits |= fit;
                said |= !fit && !negated;
                if negated { no += 1 } else { yes += 1 }
            } else if groups.has(marks.no) || groups.has(marks.tight) || groups.has(marks.wide) {
                no += 1;
            }
            let sign = match self.items.get(place) {
                Some(Item::Sign(sign)) => smile(&sign.text),
                Some(Item::Word(word, _)) if word.latin => smile(&word.text),
                _ => None,
            };
            match sign {
                Some(true) => yes += 1,
                Some(false) => no += 1,
                None => {}
            }
        }
        let first = self.first_word();
        if self.anywhere(marks.doubt)
            || self.is_question() && !(first.has(marks.yes) && self.words() > 2)
            || self.words() > 14
        {
            return ReplyKind::Unclear;
        }
        let complains = self.anywhere(marks.tight) || self.anywhere(marks.wide);
        match (yes, no) {
            // A lone "not" is a no.
            (0, 0) if self.words() == 1 && first.has(marks.not) => ReplyKind::No,
            (0, 0) => ReplyKind::Unclear,
            // `тар болады`: it will be tight.
            _ if complains && fits && !said => ReplyKind::No,
            (_, 0) => ReplyKind::Yes,
            (0, _) => ReplyKind::No,
            // `жоқ, болмайды ок` begins with no and goes on politely; the other way round it is two answers.
            _ if first.has(marks.no) && !fits => ReplyKind::No,
            _ => ReplyKind::Unclear,
        }
    }
}

fn smile(sign: &str) -> Option<bool> {
    let line = |kind: &str| {
        SMILES
            .lines()
            .find_map(|line| line.strip_prefix(kind))
            .unwrap_or_default()
    };
    if line("yes:").split_whitespace().any(|known| known == sign) {
        Some(true)
    } else if line("no:").split_whitespace().any(|known| known == sign) {
        Some(false)
    } else {
        None
    }
}

type Phrases = Vec<(ReplyKind, Vec<String>)>;

fn phrases() -> &'static Phrases {
    static READ: std::sync::LazyLock<Phrases> = std::sync::LazyLock::new(|| {
        let lines = PHRASES
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split_once(':'));
        lines
            .map(|(kind, phrase)| {
                let kind = match kind {
                    "yes" => ReplyKind::Yes,
                    "no" => ReplyKind::No,
                    _ => ReplyKind::Unclear,
                };
                (kind, phrase.split_whitespace().map(super::fold::fold).collect())
            })
            .collect()
    });
    &READ
}
