//! How a message answers a question about a size: yes, no, another size, measures, or nothing that a program may act on.
//! Refuses to guess: what says two things at once goes to a person.

use super::SURE;
use super::glossary::{Group, Groups};
use super::intent::Intent;
use super::marks::{Marks, marks};
use super::model::Ranking;
use super::reading::Item;
use super::refused::{Found, Judged, judge};
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

    /// The same beside a wish to give the order up or to send it back: no consent then, whatever words it has. A size that is wanted instead
    /// stays one: nothing was sent yet. A question about something else is a consent only when it begins with one.
    fn beside(self, intent: Intent, agrees: bool) -> Self {
        let is_clear = match intent {
            Intent::Cancel | Intent::Return | Intent::WrongItem => self.kind == ReplyKind::No,
            Intent::Exchange => matches!(self.kind, ReplyKind::No | ReplyKind::OtherSize),
            Intent::SizeComplaintSmall | Intent::SizeComplaintLarge => self.kind != ReplyKind::Yes,
            Intent::SizeAdvice | Intent::ThanksPositive | Intent::Greeting | Intent::Other => true,
            _ => agrees || self.kind != ReplyKind::Yes,
        };
        if is_clear {
            self
        } else {
            Self::of(ReplyKind::Unclear)
        }
    }
}

/// From here on a guess of a wish counts against consent without a word that names it.
const VERY_SURE: f64 = 0.8;

/// What the message wants, when that is sure. One word is never enough of a guess: `отправляйте` is like `не отправляйте`.
pub fn sure_wish(items: &[Item<'_>], ranking: &Ranking) -> Option<Intent> {
    let marks = marks();
    let (intent, share) = ranking.first().copied()?;
    let words = items.iter().filter(|item| matches!(item, Item::Word(..)));
    let is_named = items
        .iter()
        .any(|item| matches!(item, Item::Word(_, groups) if groups.has(marks.withdraw)));
    let is_complaint = matches!(intent, Intent::SizeComplaintSmall | Intent::SizeComplaintLarge);
    let is_enough = is_complaint || words.count() > 2;
    (share >= SURE && is_named || share >= VERY_SURE && is_enough).then_some(intent)
}

/// Reads the answer. `offered` is the size that was asked about, `wish` what the message surely wants, when they are known.
pub fn reply(
    items: &[Item<'_>],
    measures: &Measures,
    sizes: &[Size],
    offered: Option<&str>,
    wish: Option<Intent>,
) -> Reply {
    let reply = answer(items, measures, sizes, offered);
    match wish {
        Some(intent) => reply.beside(intent, first_word(items).has(marks().affirm)),
        None => reply,
    }
}

fn answer(items: &[Item<'_>], measures: &Measures, sizes: &[Size], offered: Option<&str>) -> Reply {
    if measures.has_body() {
        return Reply::of(ReplyKind::Measurements);
    }
    let found = phrases_of(items);
    let judged = judge(items, sizes, &found);
    let look = Look {
        items,
        found: &found,
        judged: &judged,
        marks: marks(),
    };
    let refused = |is_it: bool| {
        let both = sizes.iter().zip(&judged.refused);
        both.filter(move |(_, refused)| **refused == is_it)
            .map(|(size, _)| size.size.as_str())
    };
    let wanted: Vec<&str> = refused(false).collect();
    if !wanted.is_empty() {
        return look.named(&wanted, offered);
    }
    if sizes.is_empty() || look.phrase() == Some(ReplyKind::Unclear) {
        if let Some(kind) = look.phrase() {
            return look.by_phrase(kind);
        }
    } else if offered.is_some_and(|offered| !refused(true).any(|size| names(offered, size))) {
        // Another size than the offered one is refused: that says nothing of the offered one.
        return Reply::of(ReplyKind::Unclear);
    }
    if let Some(steps) = look.steps() {
        return Reply {
            steps: Some(steps),
            ..Reply::of(ReplyKind::OtherSize)
        };
    }
    let kind = look.yes_or_no(!sizes.is_empty());
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

/// Whether a label of goods, as `RU 46` or `46 (L)`, is this size.
fn names(label: &str, size: &str) -> bool {
    label.eq_ignore_ascii_case(size)
        || label
            .split(|sign: char| !sign.is_alphanumeric())
            .any(|part| part.eq_ignore_ascii_case(size))
}

/// What the first word marks that is neither thanks nor filler.
fn first_word(items: &[Item<'_>]) -> Groups {
    let marks = marks();
    let words = items.iter().filter_map(|item| match item {
        Item::Word(_, groups) => Some(*groups),
        Item::Number(_) | Item::Sign(_) => None,
    });
    words
        .filter(|groups| !groups.has(marks.thanks) && !groups.has(marks.filler))
        .find(|groups| !groups.is_empty())
        .unwrap_or_default()
}

struct Look<'a> {
    items: &'a [Item<'a>],
    found: &'a [Found],
    judged: &'a Judged,
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
        first_word(self.items)
    }

    fn is_question(&self) -> bool {
        self.has_question_mark() || self.anywhere(self.marks.ask)
    }

    fn has_question_mark(&self) -> bool {
        self.items
            .iter()
            .any(|item| matches!(item, Item::Sign(sign) if sign.text == "?"))
    }

    /// What the longest known phrase says.
    fn phrase(&self) -> Option<ReplyKind> {
        let longest = self.found.iter().max_by_key(|(_, places)| places.len());
        longest.map(|(kind, _)| *kind)
    }

    /// What a phrase says, unless the rest of the message takes it back.
    fn by_phrase(&self, kind: ReplyKind) -> Reply {
        let turns = self.has_loose_not() || self.is_past() || self.has_question_mark();
        if kind == ReplyKind::Yes && turns {
            return Reply::of(ReplyKind::Unclear);
        }
        Reply {
            steps: self.steps(),
            ..Reply::of(kind)
        }
    }

    /// A "not" that neither belongs to a phrase of consent nor turns a yes into a no.
    fn has_loose_not(&self) -> bool {
        (0..self.items.len()).any(|place| {
            let agrees = |(kind, places): &Found| *kind == ReplyKind::Yes && places.contains(&place);
            self.has(place, self.marks.not)
                && !self.has(place + 1, self.marks.yes)
                && !self.found.iter().any(agrees)
        })
    }

    fn named(&self, wanted: &[&str], offered: Option<&str>) -> Reply {
        let marks = self.marks;
        let mut different: Vec<&str> = wanted.to_vec();
        different.dedup();
        let chooses = self.anywhere(marks.rather) && !self.anywhere(marks.either);
        if different.len() > 1 && (!chooses || self.is_question()) {
            return Reply::of(ReplyKind::Unclear);
        }
        let Some(size) = different.last().copied().filter(|_| !self.judged.is_doubtful) else {
            return Reply::of(ReplyKind::Unclear);
        };
        let doubts = self.anywhere(marks.doubt);
        // `да, 46` repeats what was offered; `44 болады` and `оставьте 42` name a size of their own.
        let affirmed = self.first_word().has(marks.affirm) || self.anywhere(marks.confirm);
        let leads = affirmed && !self.anywhere(marks.rather) && !self.is_question();
        let same = offered.is_some_and(|offered| offered.eq_ignore_ascii_case(size));
        // `нет, 46`, `46 на размер больше`: the very size that was asked about, and something against it.
        let against = self.judged.denies
            || self.first_word().has(marks.no) && self.phrase() != Some(ReplyKind::Yes)
            || self.steps().is_some();
        let kind = if doubts && !self.anywhere(marks.rather) || same && against {
            ReplyKind::Unclear
        } else if same && !self.is_question() || leads && offered.is_none() {
            ReplyKind::Yes
        } else {
            ReplyKind::OtherSize
        };
        if kind == ReplyKind::Unclear {
            return Reply::of(kind);
        }
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
            // `больше не нужно`, `меньше 2 кг`, and in `46 кіші` the word complains.
            let negated = place
                .checked_sub(1)
                .is_some_and(|before| self.has(before, marks.not))
                || self.has(place + 1, marks.no)
                || (place + 1..=place + 2).any(|after| self.has(after, marks.not))
                || matches!(self.items.get(place + 1), Some(Item::Number(_)))
                    && !self.has(place + 2, marks.size)
                || self.judged.complaints.contains(&place);
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
        let (small, large) = (self.anywhere(self.marks.tight), self.anywhere(self.marks.wide));
        match (small || self.judged.is_small, large || self.judged.is_large) {
            (true, false) => Some(1),
            (false, true) => Some(-1),
            _ => None,
        }
    }

    fn yes_or_no(&self, refused: bool) -> ReplyKind {
        let marks = self.marks;
        let (mut yes, mut no) = (0, u32::from(refused));
        let (mut fits, mut said) = (false, false);
        // `отправьте уже быстрее` urges and agrees to nothing.
        let urges = self.anywhere(marks.hurry);
        for place in 0..self.items.len() {
            let groups = self.groups(place);
            let before = place
                .checked_sub(1)
                .map(|before| self.groups(before))
                .unwrap_or_default();
            let negated = before.has(marks.not) || self.has(place + 1, marks.not_after);
            // `точно не подойдёт` affirms the "not".
            if groups.has(marks.yes) && !negated && self.has(place + 1, marks.not) {
                continue;
            }
            if groups.has(marks.yes) && !(urges && groups.has(marks.ship)) {
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
            // `да, но мне больше не нужен этот заказ`.
            (_, 0) if self.has_loose_not() => ReplyKind::Unclear,
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

/// Known phrases whose words stand side by side, with their places.
fn phrases_of(items: &[Item<'_>]) -> Vec<Found> {
    let words: Vec<(usize, &str)> = items
        .iter()
        .enumerate()
        .filter_map(|(place, item)| match item {
            Item::Word(token, _) => Some((place, token.key.as_str())),
            Item::Number(_) | Item::Sign(_) => None,
        })
        .collect();
    let mut found = Vec::new();
    for (kind, phrase) in phrases() {
        for window in words.windows(phrase.len()) {
            if window.iter().zip(phrase).all(|((_, one), other)| one == other) {
                found.push((*kind, window.iter().map(|(place, _)| *place).collect()));
            }
        }
    }
    found
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
