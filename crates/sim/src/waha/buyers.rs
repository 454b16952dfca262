//! Pretend buyers on WhatsApp: who they are, when they answer, and in which words. A pure model: the same seed, number and question give
//! the same answer. Refuses to know sessions and webhooks.

use super::{phrases, typos};
use crate::random::Stream;
use sauda_kernel::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// What a buyer tends to answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Temper {
    Yes,
    No,
    OtherSize,
    /// Tells height and weight instead of a size.
    Measures,
    Nonsense,
    /// Wants no messages.
    Stop,
    /// Reads and says nothing.
    Silent,
    /// Asks back.
    Question,
    /// First one thing, then another.
    ChangesMind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tongue {
    Russian,
    Kazakh,
    /// Both in one message.
    Mixed,
}

/// A person behind a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Buyer {
    pub temper: Temper,
    pub tongue: Tongue,
    /// One slip in so many letters; 0 never.
    pub haste: u64,
    pub latin: bool,
    /// Minutes until an answer, at most.
    pub slowness: u32,
}

/// One message of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// After the message before it was read.
    pub after: Span,
    pub text: String,
    /// What the buyer means: `yes no size:46 measures:165/60 nonsense stop question voice`.
    pub meant: String,
    pub is_voice: bool,
}

fn stream(seed: u64, number: &str, turn: u64) -> Stream {
    let folded = number.bytes().fold(7_u64, |sum, byte| {
        sum.wrapping_mul(131).wrapping_add(u64::from(byte))
    });
    Stream::new(seed ^ turn.wrapping_mul(0x9E37_79B9), 70, folded)
}

/// The person that a number has in this world.
pub fn person(seed: u64, number: &str) -> Buyer {
    let mut luck = stream(seed, number, 0);
    let temper = match luck.below(100) {
        0..44 => Temper::Yes,
        44..52 => Temper::No,
        52..66 => Temper::OtherSize,
        66..76 => Temper::Measures,
        76..80 => Temper::Nonsense,
        80..83 => Temper::Stop,
        83..91 => Temper::Silent,
        91..97 => Temper::Question,
        _ => Temper::ChangesMind,
    };
    let tongue = match luck.below(100) {
        0..55 => Tongue::Russian,
        55..85 => Tongue::Kazakh,
        _ => Tongue::Mixed,
    };
    Buyer {
        temper,
        tongue,
        haste: [0, 25, 12, 7]
            .get(usize::try_from(luck.below(4)).unwrap_or(0))
            .copied()
            .unwrap_or(0),
        latin: tongue != Tongue::Russian && luck.chance(0.12),
        slowness: luck.between(2, 45),
    }
}

/// Whether a number is in WhatsApp: nearly all are.
pub fn exists(seed: u64, number: &str) -> bool {
    stream(seed, number, 1).below(100) >= 7
}

/// Whether the person lets others see that a message was read.
pub fn shows_reading(seed: u64, number: &str) -> bool {
    stream(seed, number, 2).below(100) >= 20
}

/// How the person calls himself.
pub fn name(seed: u64, number: &str) -> &'static str {
    const NAMES: [&str; 12] = [
        "Айгерим",
        "Данияр",
        "Мадина",
        "Ержан",
        "Оля",
        "Асель",
        "Нурлан",
        "Динара",
        "Сергей",
        "Гульнара",
        "Тимур",
        "Жанна",
    ];
    stream(seed, number, 3).pick(&NAMES).copied().unwrap_or("Айгерим")
}

/// What the person answers to our `turn`-th message, counted from 1; empty means silence.
pub fn replies(seed: u64, number: &str, buyer: Buyer, turn: u64) -> Vec<Reply> {
    let mut luck = stream(seed, number, 100 + turn);
    let wait = Span::from_secs(i64::from(luck.between(20, 60 * buyer.slowness.max(1))));
    let mut say = |temper: Temper, after: Span| one(temper, buyer, after, &mut luck);
    match (buyer.temper, turn) {
        (Temper::Silent, _) | (_, 5..) | (Temper::Stop, 2..) => Vec::new(),
        (Temper::ChangesMind, 1) => vec![
            say(Temper::Yes, wait),
            say(Temper::OtherSize, Span::from_secs(95)),
        ],
        (Temper::ChangesMind | Temper::Question | Temper::Nonsense, 2..) => vec![say(Temper::Yes, wait)],
        (Temper::Measures, 2..) => vec![say(Temper::Yes, wait)],
        (temper, _) => vec![say(temper, wait)],
    }
}

fn one(temper: Temper, buyer: Buyer, after: Span, luck: &mut Stream) -> Reply {
    let (plain, meant) = words(temper, buyer.tongue, luck);
    if temper == Temper::Nonsense && luck.chance(0.3) {
        return Reply {
            after,
            text: String::new(),
            meant: "voice".to_owned(),
            is_voice: true,
        };
    }
    let mut text = plain;
    if buyer.tongue != Tongue::Russian && luck.chance(0.45) {
        text = typos::plain_kazakh(&text);
    }
    if buyer.latin {
        text = typos::latin(&text);
    }
    if buyer.haste > 0 {
        text = typos::hurried(&text, buyer.haste, luck);
    }
    if luck.chance(0.25) {
        text = text.to_lowercase();
    } else if luck.chance(0.06) {
        text = text.to_uppercase();
    }
    if luck.chance(0.15) {
        text.push_str(
            [")", "))", " 🙏", " 👍", "!", "..."]
                .get(usize::try_from(luck.below(6)).unwrap_or(0))
                .copied()
                .unwrap_or(")"),
        );
    }
    if text.trim().is_empty() {
        "ок".clone_into(&mut text);
    }
    Reply {
        after,
        text,
        meant,
        is_voice: false,
    }
}

fn words(temper: Temper, tongue: Tongue, luck: &mut Stream) -> (String, String) {
    let size = 40 + 2 * luck.below(9);
    let letter = ["S", "M", "L", "XL", "2XL", "3XL"]
        .get(usize::try_from(luck.below(6)).unwrap_or(0))
        .copied()
        .unwrap_or("M");
    let (height, weight) = (150 + luck.below(40), 45 + luck.below(60));
    let in_letters = luck.chance(0.3);
    let size = if in_letters {
        letter.to_owned()
    } else {
        size.to_string()
    };
    let text = luck.pick(phrases::of(temper, tongue)).copied().unwrap_or("Ок");
    let text = text
        .replace("{s}", &size)
        .replace("{h}", &height.to_string())
        .replace("{w}", &weight.to_string());
    let meant = match temper {
        Temper::Yes => "yes".to_owned(),
        Temper::No => "no".to_owned(),
        Temper::OtherSize => format!("size:{size}"),
        Temper::Measures => format!("measures:{height}/{weight}"),
        Temper::Nonsense => "nonsense".to_owned(),
        Temper::Stop => "stop".to_owned(),
        Temper::Question => "question".to_owned(),
        Temper::Silent | Temper::ChangesMind => "yes".to_owned(),
    };
    (text, meant)
}

/// People sleep: what falls between 23:00 and 8:00 of Almaty is said in the morning.
pub fn awake(at: Timestamp) -> Timestamp {
    let minute = i64::from(at.local().minute_of_day());
    let morning = 8 * 60 + i64::from(u32::try_from(at.as_secs().rem_euclid(50)).unwrap_or(0));
    if minute < 8 * 60 {
        at.plus(Span::from_mins(morning - minute))
    } else if minute >= 23 * 60 {
        at.plus(Span::from_mins(24 * 60 + morning - minute))
    } else {
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn number(at: u64) -> String {
        format!("7701{at:07}")
    }

    #[test]
    fn the_same_person_answers_the_same_and_others_otherwise() {
        let say = |seed, at| replies(seed, &number(at), person(seed, &number(at)), 1);
        assert_eq!(say(1, 5), say(1, 5));
        let all: BTreeSet<String> = (0..300)
            .flat_map(|at| say(1, at))
            .map(|reply| reply.text)
            .collect();
        assert!(all.len() > 150, "{}", all.len());
    }

    #[test]
    fn all_tempers_and_tongues_are_about_and_each_says_what_it_means() {
        let (mut tempers, mut tongues) = (BTreeSet::new(), BTreeSet::new());
        for at in 0..400 {
            let buyer = person(1, &number(at));
            tempers.insert(format!("{:?}", buyer.temper));
            tongues.insert(format!("{:?}", buyer.tongue));
            for reply in replies(1, &number(at), buyer, 1) {
                if let Some(size) = reply.meant.strip_prefix("size:") {
                    let folded = reply.text.to_uppercase();
                    let letters: String = size.chars().filter(char::is_ascii_digit).collect();
                    assert!(folded.contains(&letters), "{} means {}", reply.text, reply.meant);
                }
                if let Some(measures) = reply.meant.strip_prefix("measures:") {
                    for part in measures.split('/') {
                        assert!(reply.text.contains(part), "{} means {}", reply.text, reply.meant);
                    }
                }
                assert_eq!(reply.text.is_empty(), reply.is_voice);
            }
        }
        assert_eq!((tempers.len(), tongues.len()), (9, 3));
    }

    #[test]
    fn nobody_answers_at_night() {
        for (written, said) in [
            ("2026-11-20T18:30:00Z", "2026-11-21T08"),
            ("2026-11-20T22:00:00Z", "2026-11-21T08"),
            ("2026-11-20T10:00:00Z", "2026-11-20T15:00:00"),
        ] {
            let at = awake(Timestamp::parse(written).unwrap());
            assert!(
                at.rfc3339_almaty().starts_with(said),
                "{written}: {}",
                at.rfc3339_almaty()
            );
        }
    }

    #[test]
    fn who_wants_no_messages_says_so_once() {
        let buyer = Buyer {
            temper: Temper::Stop,
            ..person(1, &number(1))
        };
        assert_eq!(replies(1, &number(1), buyer, 1).len(), 1);
        assert!(replies(1, &number(1), buyer, 2).is_empty());
    }
}
