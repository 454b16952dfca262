//! What a review says: praise or blame, how many stars, in which words, about what. Refuses to know whose review it is.

pub mod features;
pub mod lexicon;
pub mod model;
mod signs;

use features::Feature;
use lexicon::{Aspect, Said, lexicon};
use model::{COLUMNS, Model, model};
use sauda_messages::understand::{
    Language,
    fold::{Piece, Token, tokens},
};

/// Longer reviews are read by their beginning.
const LONGEST_BYTES: usize = 4_000;
/// Words that are told as reasons.
const REASONS: usize = 5;

/// Signs that count, and what one of them adds to a score.
const MOST_SIGNS: i32 = 2;
const SIGN: f64 = 1.5;

/// The two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Polarity {
    Positive,
    Negative,
}

/// What an honest reader would say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Positive,
    Negative,
    /// Praises and blames, and neither wins clearly.
    Mixed,
    /// Says neither, or too little of one.
    Neutral,
}

impl Polarity {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Positive => "positive",
            Self::Negative => "negative",
        }
    }
}

impl Tone {
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Positive, Self::Negative, Self::Mixed, Self::Neutral]
            .into_iter()
            .find(|tone| tone.word() == word)
    }

    pub const fn word(self) -> &'static str {
        match self {
            Self::Positive => "positive",
            Self::Negative => "negative",
            Self::Mixed => "mixed",
            Self::Neutral => "neutral",
        }
    }
}

/// A word that spoke.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// As typed, in small letters.
    pub word: String,
    pub polarity: Polarity,
}

/// What a review says.
#[derive(Debug, Clone)]
pub struct Sentiment {
    pub polarity: Polarity,
    /// Nothing is said: there is no word, and no sign that praises or blames. Polarity and stars are then a guess of nothing.
    pub is_silent: bool,
    /// How likely it is praise: 0 to 1.
    pub positive: f64,
    pub tone: Tone,
    /// 1 to 5.
    pub stars: u8,
    /// How likely each number of stars is, from 1.
    pub shares: [f64; 5],
    pub language: Language,
    /// Loudest first.
    pub reasons: Vec<Reason>,
    /// What is spoken about, with what is said of it.
    pub aspects: Vec<(Aspect, Tone)>,
}

/// What the room needs of a text before it judges; kept apart so that learning sees the same.
#[derive(Debug, Default)]
pub struct Seen {
    pub tokens: Vec<Token>,
    pub said: Vec<Said>,
    pub features: Vec<Feature>,
    /// Signs that praise, less those that blame.
    pub signs: i32,
    groups: Vec<sauda_messages::understand::glossary::Groups>,
}

impl Seen {
    pub fn of(text: &str) -> Self {
        let text = text
            .get(..text.floor_char_boundary(LONGEST_BYTES))
            .unwrap_or(text);
        let mut seen = Self {
            tokens: tokens(text),
            signs: signs::net(text),
            ..Self::default()
        };
        lexicon().groups(&seen.tokens, &mut seen.groups);
        lexicon().said(&seen.groups, &mut seen.said);
        features::of_text(&seen.tokens, &seen.said, &mut seen.features);
        seen
    }
}

/// Reads a review.
pub fn read(text: &str) -> Sentiment {
    judge(&Seen::of(text), model())
}

/// Reads a review in the marketplace's three fields: the text, what is good, what is bad. What stands under "bad" and says that
/// there is nothing bad is left out.
pub fn read_parts(text: &str, plus: &str, minus: &str) -> Sentiment {
    let (plus, minus) = (plus.trim(), minus.trim());
    if plus.is_empty() && minus.is_empty() {
        return read(text);
    }
    let mut whole = text.trim().to_owned();
    let mut add = |name: &str, part: &str| {
        if !whole.is_empty() {
            whole.push_str(". ");
        }
        whole.push_str(name);
        whole.push_str(part);
    };
    if !plus.is_empty() {
        add("", plus);
    }
    if !minus.is_empty() && !is_nothing(minus) {
        add(MINUS_HEAD, minus);
    }
    read(&whole)
}

/// Says before the words under "bad" that they are.
const MINUS_HEAD: &str = include_str!("../../data/minus-head.txt");

/// No fault was found: up to three words that begin with one that denies, or none at all.
fn is_nothing(minus: &str) -> bool {
    let words: Vec<Token> = tokens(minus)
        .into_iter()
        .filter(|token| token.piece != Piece::Sign)
        .collect();
    words.len() <= 3 && words.first().is_none_or(|word| lexicon().denies(word))
}

/// Judges what was seen by a model.
pub fn judge(seen: &Seen, model: &Model) -> Sentiment {
    let [polarity, rest @ ..] = model.scores(&seen.features);
    let [cut, weights @ ..] = model.knobs.map(f64::from);
    // What was learned from has no signs: each weighs as a plain word of praise does, and no crowd of them outweighs words.
    let signs = f64::from(seen.signs.clamp(-MOST_SIGNS, MOST_SIGNS)) * SIGN;
    let is_silent = seen.signs == 0 && seen.tokens.iter().all(|token| token.piece == Piece::Sign);
    let positive = if is_silent {
        0.5
    } else {
        chance(polarity - cut + signs)
    };
    let shares = shares(rest.map(|score| score + signs), weights);
    let spoken = (
        seen.said.contains(&Said::Praise),
        seen.said.contains(&Said::Blame),
    );
    let (polarity, stars, tone) = settle(positive, shares, spoken);
    Sentiment {
        polarity,
        is_silent,
        positive,
        tone,
        stars,
        shares,
        language: sauda_messages::understand::language_of(&seen.tokens),
        reasons: reasons(seen, model),
        aspects: aspects(seen, positive),
    }
}

fn chance(score: f64) -> f64 {
    1.0 / (1.0 + (-score).exp())
}

/// How likely each number of stars is: differences of "at least so many", each with its learned weight.
pub fn shares(scores: [f64; COLUMNS - 1], weights: [f64; 5]) -> [f64; 5] {
    let mut least = 1.0_f64;
    let [two, three, four, five] = scores.map(|score| {
        least = least.min(chance(score));
        least
    });
    let mut shares = [1.0 - two, two - three, three - four, four - five, five];
    for (share, weight) in shares.iter_mut().zip(weights) {
        *share *= weight;
    }
    let sum: f64 = shares.iter().sum::<f64>().max(1e-9);
    shares.map(|share| share / sum)
}

/// Polarity, stars and tone that agree: four and five stars are praise, one and two are blame, and three are neither. Three is
/// what is left where stars and polarity contradict each other, and where nothing is said and both sides are as likely.
/// `spoken`: whether a word praises, and whether one blames.
pub fn settle(positive: f64, shares: [f64; 5], spoken: (bool, bool)) -> (Polarity, u8, Tone) {
    let polarity = if positive >= 0.5 {
        Polarity::Positive
    } else {
        Polarity::Negative
    };
    let likeliest = shares
        .iter()
        .zip(1_u8..)
        .max_by(|one, other| one.0.total_cmp(other.0))
        .map_or(5, |(_, stars)| stars);
    let says_nothing = spoken == (false, false) && leaning(positive) == Tone::Neutral;
    match (polarity, likeliest) {
        (Polarity::Positive, 4 | 5) if !says_nothing => (polarity, likeliest, Tone::Positive),
        (Polarity::Negative, 1 | 2) if !says_nothing => (polarity, likeliest, Tone::Negative),
        _ if spoken == (true, true) => (polarity, 3, Tone::Mixed),
        _ => (polarity, 3, Tone::Neutral),
    }
}

/// Where a review leans whose words say nothing.
fn leaning(positive: f64) -> Tone {
    if (0.35..0.65).contains(&positive) {
        Tone::Neutral
    } else if positive >= 0.5 {
        Tone::Positive
    } else {
        Tone::Negative
    }
}

/// The words that pull hardest, when they pull at all.
fn reasons(seen: &Seen, model: &Model) -> Vec<Reason> {
    let mut pulls = vec![0_i32; seen.tokens.len()];
    for feature in &seen.features {
        if let Some(pull) = pulls.get_mut(usize::from(feature.token)) {
            *pull += model.pull(*feature);
        }
    }
    for (pull, said) in pulls.iter_mut().zip(&seen.said) {
        *pull += match said {
            Said::Nothing => 0,
            Said::Praise => LOUD,
            Said::Blame => -LOUD,
        };
    }
    let mut loud: Vec<(i32, &Token)> = pulls
        .into_iter()
        .zip(&seen.tokens)
        .filter(|(pull, token)| pull.abs() >= LOUD && token.piece == Piece::Word)
        .collect();
    loud.sort_by_key(|(pull, token)| (-pull.abs(), token.start));
    let mut reasons: Vec<Reason> = Vec::with_capacity(REASONS);
    for (pull, token) in loud {
        if reasons.len() == REASONS {
            break;
        }
        if reasons.iter().all(|reason| reason.word != token.text) {
            reasons.push(Reason {
                word: token.text.clone(),
                polarity: if pull > 0 {
                    Polarity::Positive
                } else {
                    Polarity::Negative
                },
            });
        }
    }
    reasons
}

/// A word speaks from here on.
const LOUD: i32 = 60;

/// What is spoken about, judged by the nearest word that praises or blames, and by the whole when there is none near.
fn aspects(seen: &Seen, positive: f64) -> Vec<(Aspect, Tone)> {
    let mut found: Vec<(Aspect, Tone)> = Vec::new();
    for (place, groups) in seen.groups.iter().enumerate() {
        for aspect in lexicon().aspects(*groups) {
            let tone = match nearest(&seen.tokens, &seen.said, place) {
                Said::Praise => Tone::Positive,
                Said::Blame => Tone::Negative,
                Said::Nothing => leaning(positive),
            };
            match found.iter_mut().find(|(known, _)| *known == aspect) {
                Some((_, known)) if *known != tone => *known = Tone::Mixed,
                Some(_) => {}
                None => found.push((aspect, tone)),
            }
        }
    }
    found.sort_by_key(|(aspect, _)| *aspect);
    found
}

/// What is said up to four tokens away within the same sentence; what stands after counts before what stands before.
fn nearest(tokens: &[Token], said: &[Said], place: usize) -> Said {
    let at = |place: usize| said.get(place).copied().unwrap_or_default();
    let ends = |place: usize| {
        tokens.get(place).is_none_or(|token| {
            token.piece == Piece::Sign && matches!(token.text.as_str(), "." | "!" | "?" | ";" | ",")
        })
    };
    if at(place) != Said::Nothing {
        return at(place);
    }
    let (mut after, mut before) = (true, true);
    for step in 1..=4 {
        after = after && !ends(place + step);
        if after && at(place + step) != Said::Nothing {
            return at(place + step);
        }
        let Some(back) = place.checked_sub(step) else {
            before = false;
            continue;
        };
        before = before && !ends(back);
        if before && at(back) != Said::Nothing {
            return at(back);
        }
    }
    Said::Nothing
}
