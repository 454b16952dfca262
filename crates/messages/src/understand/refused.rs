//! Which of the sizes that a message names it refuses, and whether a "not" is left that nothing explains. Refuses to say what is wanted.

use super::glossary::{Group, Groups};
use super::marks::{Marks, marks};
use super::reading::Item;
use super::reply::ReplyKind;
use super::sizes::Size;

/// Words from a size to what refuses it.
const NEAR: usize = 3;

/// A known phrase and where its words stand.
pub type Found = (ReplyKind, Vec<usize>);

/// What a message does to the sizes that it names.
#[derive(Debug, Default)]
pub struct Judged {
    /// For each size, in order: it is refused.
    pub refused: Vec<bool>,
    /// The refused size was called small, or large.
    pub is_small: bool,
    pub is_large: bool,
    /// Something else than a named size was refused: `не подойдёт, давайте 48`.
    pub denies: bool,
    /// A "not" beside a size that refuses nothing we know.
    pub is_doubtful: bool,
    /// Words that call a named size small or large: no wish for another one.
    pub complaints: Vec<usize>,
}

/// Reads what is refused.
pub fn judge(items: &[Item<'_>], sizes: &[Size], phrases: &[Found]) -> Judged {
    let look = Look {
        items,
        sizes,
        phrases,
        marks: marks(),
    };
    let mut judged = Judged {
        refused: vec![false; sizes.len()],
        ..Judged::default()
    };
    for place in 0..items.len() {
        let groups = look.groups(place);
        if groups.has(look.marks.not) {
            look.not(place, &mut judged);
        } else {
            look.word(place, groups, &mut judged);
        }
    }
    judged
}

struct Look<'a> {
    items: &'a [Item<'a>],
    sizes: &'a [Size],
    phrases: &'a [Found],
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

    fn size_at(&self, place: usize) -> Option<usize> {
        self.sizes
            .iter()
            .position(|size| (size.first..=size.last).contains(&place))
    }

    fn is_sign(&self, place: usize, signs: &[&str]) -> bool {
        matches!(self.items.get(place), Some(Item::Sign(sign)) if signs.contains(&sign.text.as_str()))
    }

    /// The size from a place on, over words that only lead to it: `не влезу в мой 46`.
    fn size_after(&self, from: usize) -> Option<usize> {
        (from..self.items.len())
            .find(|place| self.size_at(*place).is_some() || !self.has(*place, self.marks.link))
            .and_then(|place| self.size_at(place))
    }

    /// The size that a word stands close after, and whether a comma is between them. Whoever says `но` or `подойдёт` between speaks
    /// of something else.
    fn size_before(&self, word: usize) -> Option<(usize, bool)> {
        let marks = self.marks;
        let (mut words, mut is_apart) = (1, false);
        for place in (0..word).rev() {
            if let Some(size) = self.size_at(place) {
                return Some((size, is_apart));
            }
            let groups = self.groups(place);
            let is_turned = place + 1 == word && self.has(word, marks.not_after);
            let is_other = groups.has(marks.but)
                || groups.has(marks.instead)
                || groups.has(marks.yes) && !groups.has(marks.link) && !is_turned;
            match self.items.get(place)? {
                Item::Number(_) => return None,
                Item::Word(..) if is_other || words == NEAR => return None,
                Item::Word(..) => words += 1,
                Item::Sign(_) if self.is_sign(place, &["-", "–", "—"]) => {}
                Item::Sign(_) if self.is_sign(place, &[","]) => is_apart = true,
                Item::Sign(_) => return None,
            }
        }
        None
    }

    fn phrase_at(&self, place: usize) -> Option<ReplyKind> {
        self.phrases
            .iter()
            .filter(|(_, places)| places.contains(&place))
            .max_by_key(|(_, places)| places.len())
            .map(|(kind, _)| *kind)
    }

    /// A "not": it refuses the size right after it, the one after its word, or the one before it.
    fn not(&self, place: usize, judged: &mut Judged) {
        let marks = self.marks;
        let phrase = self.phrase_at(place);
        if phrase == Some(ReplyKind::Yes) {
            return;
        }
        let before = self.size_before(place);
        if let Some(size) = self.size_after(place + 1) {
            let is_next = self.size_at(place + 1) == Some(size);
            if is_next || !matches!(before, Some((_, false))) {
                refuse(judged, size);
            } else {
                judged.is_doubtful = true;
            }
            return;
        }
        let word = self.groups(place + 1);
        let is_word = matches!(self.items.get(place + 1), Some(Item::Word(..)));
        let measures = [marks.larger, marks.smaller, marks.tight, marks.wide];
        let is_odd = measures.iter().any(|group| word.has(*group)) || phrase == Some(ReplyKind::Unclear);
        let after = if is_word { self.size_after(place + 2) } else { None };
        match (before, after) {
            _ if is_odd => judged.is_doubtful |= self.is_near_a_size(place),
            (Some((_, false)), Some(_)) => judged.is_doubtful = true,
            (_, Some(size)) | (Some((size, _)), None) => refuse(judged, size),
            (None, None) => {
                let denies =
                    phrase.is_some() || [marks.yes, marks.rather].iter().any(|group| word.has(*group));
                judged.denies |= denies;
                judged.is_doubtful |= !denies && self.is_near_a_size(place);
            }
        }
    }

    /// Another word that refuses: `46 мал`, `мал 46`, `46 емес`, `46 вместо 48`, `48 орнына 46`.
    fn word(&self, place: usize, groups: Groups, judged: &mut Judged) {
        let marks = self.marks;
        if groups.has(marks.instead)
            && let Some(size) = (place + 1..=place + NEAR).find_map(|place| self.size_at(place))
        {
            refuse(judged, size);
        }
        if groups.has(marks.instead_after) {
            let from = place.saturating_sub(NEAR);
            if let Some(size) = (from..place).rev().find_map(|place| self.size_at(place)) {
                refuse(judged, size);
            }
        }
        let is_turned = place
            .checked_sub(1)
            .is_some_and(|before| self.has(before, marks.not));
        if is_turned || self.size_at(place).is_some() {
            return;
        }
        let (small, large) = (groups.has(marks.tight), groups.has(marks.wide));
        let before = self
            .size_before(place)
            .filter(|(_, is_apart)| !is_apart)
            .map(|(size, _)| size);
        // `46 кіші` complains; `46 бір размер кіші` asks.
        let bare = before.filter(|size| {
            let from = self.sizes.get(*size).map_or(place, |size| size.last + 1);
            (from..place).all(|between| self.has(between, marks.link) && !self.has(between, marks.size))
        });
        let (undersized, oversized) = (groups.has(marks.undersized), groups.has(marks.oversized));
        let complained = if small || large {
            before.or_else(|| {
                self.size_after(place + 1)
                    .filter(|size| !self.is_spoken_of(*size))
            })
        } else if undersized || oversized {
            bare
        } else {
            None
        };
        if let Some(size) = complained {
            refuse(judged, size);
            judged.is_small |= small || undersized;
            judged.is_large |= large || oversized;
            judged.complaints.push(place);
        } else if groups.has(marks.no) {
            let follows = self.sizes.first().is_some_and(|size| size.first < place);
            match before {
                Some(size) => refuse(judged, size),
                None => judged.is_doubtful |= follows && self.is_near_a_size(place),
            }
        }
    }

    /// A complaint of its own follows the size: in `44 мало 48 много` each word is of the size before it.
    fn is_spoken_of(&self, size: usize) -> bool {
        let marks = self.marks;
        let Some(size) = self.sizes.get(size) else {
            return false;
        };
        (size.last + 1..=size.last + NEAR)
            .take_while(|place| matches!(self.items.get(*place), Some(Item::Word(..))))
            .any(|place| {
                [marks.tight, marks.wide, marks.yes, marks.rather]
                    .iter()
                    .any(|group| self.has(place, *group))
            })
    }

    /// A size is named in the same sentence.
    fn is_near_a_size(&self, place: usize) -> bool {
        self.sizes.iter().any(|size| {
            let (from, to) = (place.min(size.last), place.max(size.first));
            (from..to).all(|between| !self.is_sign(between, &[".", "!", "?", ";"]))
        })
    }
}

fn refuse(judged: &mut Judged, size: usize) {
    if let Some(refused) = judged.refused.get_mut(size) {
        *refused = true;
    }
}
