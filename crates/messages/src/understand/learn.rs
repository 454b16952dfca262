//! Learns the weights from our own phrases, the same from the same ones: a linear model with a softmax. Refuses to run when
//! messages are read; `examples/learn_messages.rs` runs it and writes the file.

use super::features;
use super::fold::tokens;
use super::intent::{INTENTS, Intent};
use super::lexicon::lexicon;
use super::model::{COLUMNS, MAGIC};
use super::phrases;
use std::collections::{BTreeMap, HashMap};

const ROUNDS: usize = 14;
const RATE: f32 = 0.35;
/// Pulls weights to zero, so that rare features do not decide alone.
const DECAY: f32 = 0.00002;

/// What one phrase teaches.
#[derive(Debug, Clone)]
pub struct Sample {
    pub text: String,
    pub intent: Intent,
    pub language: &'static str,
}

/// Phrases as written, and again with a typing error or in company of polite words.
pub fn samples(keep: impl Fn(usize) -> bool) -> Vec<Sample> {
    let mut chance = Chance(0x5eed);
    let mut samples = Vec::new();
    for (place, phrase) in phrases::all().enumerate() {
        let spoiled = [
            spoil(phrase.text, &mut chance),
            dress(phrase.text, phrase.intent, &mut chance),
        ];
        if keep(place) {
            let own = Sample {
                text: phrase.text.to_owned(),
                intent: phrase.intent,
                language: phrase.language,
            };
            samples.extend(spoiled.map(|text| Sample { text, ..own.clone() }));
            samples.push(own);
        }
    }
    samples
}

/// Numbers that look random and are always the same.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let limit = u64::try_from(limit.max(1)).unwrap_or(1);
        usize::try_from((self.0 >> 33) % limit).unwrap_or(0)
    }
}

/// A typing error in one of the words.
fn spoil(text: &str, chance: &mut Chance) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let place = chance.below(letters.len());
    let kind = chance.below(3);
    if letters.len() < 6 || !letters.get(place).is_some_and(|sign| sign.is_alphabetic()) {
        return text.to_owned();
    }
    match kind {
        0 => {
            letters.remove(place);
        }
        1 if place > 0 => letters.swap(place, place - 1),
        _ => {
            if let Some(other) = letters.get(chance.below(letters.len())).copied()
                && let Some(letter) = letters.get_mut(place)
                && other.is_alphabetic()
            {
                *letter = other;
            }
        }
    }
    letters.into_iter().collect()
}

/// The phrase after a greeting or before a request, as people write it.
fn dress(text: &str, intent: Intent, chance: &mut Chance) -> String {
    let (before, after) = match chance.below(8) {
        0 => (POLITE_BEFORE.lines().nth(chance.below(6)).unwrap_or_default(), ""),
        1 => ("", POLITE_AFTER.lines().nth(chance.below(4)).unwrap_or_default()),
        2 => ("", "?"),
        3 => ("", "!"),
        _ => ("", ""),
    };
    if matches!(intent, Intent::Greeting | Intent::Other) {
        return text.to_owned();
    }
    format!("{before} {text} {after}").trim().to_owned()
}

const POLITE_BEFORE: &str = include_str!("../../data/polite-before.txt");
const POLITE_AFTER: &str = include_str!("../../data/polite-after.txt");

/// Weights before they are rounded.
pub struct Learned {
    features: HashMap<u32, usize>,
    rows: Vec<[f32; COLUMNS]>,
    bias: [f32; INTENTS],
}

/// Learns from samples.
pub fn learn(samples: &[Sample]) -> Learned {
    let lexicon = lexicon();
    let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
    let read: Vec<(Vec<u32>, Intent)> = samples
        .iter()
        .map(|sample| {
            (
                features::of_message(&tokens(&sample.text), lexicon),
                sample.intent,
            )
        })
        .collect();
    let words = word_samples();
    for feature in read.iter().flat_map(|(features, _)| features) {
        *counts.entry(*feature).or_default() += 1;
    }
    let word_features: Vec<u32> = words.iter().flat_map(|(features, _)| features).copied().collect();
    for feature in word_features {
        counts.entry(feature).or_default();
    }
    let kept = counts
        .into_iter()
        .filter(|(_, count)| *count >= 5)
        .map(|(feature, _)| feature);
    let features: HashMap<u32, usize> = kept.zip(0..).collect();
    let mut learned = Learned {
        rows: vec![[0.0; COLUMNS]; features.len()],
        features,
        bias: [0.0; INTENTS],
    };
    learned.teach_intents(&read);
    learned.teach_language(&words);
    learned
}

/// Words that stand in phrases of one language, with 1 for Kazakh and 0 for Russian; a word of both teaches nothing.
fn word_samples() -> Vec<(Vec<u32>, f32)> {
    let mut seen: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    for phrase in phrases::all() {
        for token in tokens(phrase.text) {
            let entry = seen.entry(token.key).or_default();
            match phrase.language {
                "ru" => entry.0 += 1,
                "kk" => entry.1 += 1,
                _ => {}
            }
        }
    }
    seen.into_iter()
        .filter(|(key, (ru, kk))| (*ru == 0) != (*kk == 0) && key.chars().all(char::is_alphabetic))
        .map(|(key, (_, kk))| (features::of_lone_word(&key), if kk > 0 { 1.0 } else { 0.0 }))
        .collect()
}

impl Learned {
    fn ids(&self, features: &[u32]) -> Vec<usize> {
        features
            .iter()
            .filter_map(|feature| self.features.get(feature))
            .copied()
            .collect()
    }

    fn teach_intents(&mut self, samples: &[(Vec<u32>, Intent)]) {
        let prepared: Vec<(Vec<usize>, f32, Intent)> = samples
            .iter()
            .map(|(features, intent)| (self.ids(features), size(features.len()), *intent))
            .collect();
        let mut steps = vec![[0.0_f32; INTENTS]; self.rows.len()];
        let mut order: Vec<usize> = (0..prepared.len()).collect();
        let mut chance = Chance(7);
        for _ in 0..ROUNDS {
            for place in (1..order.len()).rev() {
                order.swap(place, chance.below(place + 1));
            }
            for (ids, size, intent) in order.iter().filter_map(|place| prepared.get(*place)) {
                let scores = self.scores(ids, *size);
                for ((column, known), bias) in Intent::ALL.iter().zip(scores).zip(&mut self.bias) {
                    *bias += 0.01 * (truth(*column == *intent) - known);
                }
                for id in ids {
                    let (Some(row), Some(step)) = (self.rows.get_mut(*id), steps.get_mut(*id)) else {
                        continue;
                    };
                    for (((weight, sum), column), known) in
                        row.iter_mut().zip(step).zip(Intent::ALL).zip(scores)
                    {
                        let slope = (truth(column == *intent) - known) / size;
                        *sum += slope * slope;
                        *weight += RATE * slope / (*sum + 1e-6).sqrt() - DECAY * *weight;
                    }
                }
            }
        }
    }

    fn scores(&self, ids: &[usize], size: f32) -> [f32; INTENTS] {
        let mut sums = [0.0_f32; INTENTS];
        for row in ids.iter().filter_map(|id| self.rows.get(*id)) {
            for (sum, weight) in sums.iter_mut().zip(row) {
                *sum += *weight;
            }
        }
        for (sum, bias) in sums.iter_mut().zip(self.bias) {
            *sum = *sum / size + bias;
        }
        let top = sums.iter().copied().fold(f32::MIN, f32::max);
        let mut whole = 0.0;
        for sum in &mut sums {
            *sum = (*sum - top).exp();
            whole += *sum;
        }
        sums.map(|sum| sum / whole)
    }

    fn teach_language(&mut self, words: &[(Vec<u32>, f32)]) {
        let mut steps = vec![0.0_f32; self.rows.len()];
        for _ in 0..ROUNDS {
            for (features, truth) in words {
                let (ids, size) = (self.ids(features), size(features.len()));
                let rows = ids.iter().filter_map(|id| self.rows.get(*id));
                let sum: f32 = rows.filter_map(|row| row.last()).sum::<f32>() / size;
                let slope = (truth - 1.0 / (1.0 + (-sum).exp())) / size;
                for id in ids {
                    if let (Some(weight), Some(step)) = (
                        self.rows.get_mut(id).and_then(|row| row.last_mut()),
                        steps.get_mut(id),
                    ) {
                        *step += slope * slope;
                        *weight += 0.3 * slope / (*step + 1e-6).sqrt();
                    }
                }
            }
        }
    }

    /// The file of weights: each in one byte.
    pub fn to_bytes(&self) -> Vec<u8> {
        let most = |values: &mut dyn Iterator<Item = f32>| {
            values.fold(1e-6_f32, |most, value| most.max(value.abs()))
        };
        let scale = most(&mut self.rows.iter().flat_map(|row| row.iter().take(INTENTS)).copied()) / 127.0;
        let language_scale = most(&mut self.rows.iter().filter_map(|row| row.last()).copied()) / 127.0;
        let mut bytes = MAGIC.to_vec();
        bytes.extend(phrases::checksum().to_le_bytes());
        bytes.extend(scale.to_le_bytes());
        bytes.extend(language_scale.to_le_bytes());
        bytes.extend(self.bias.iter().flat_map(|bias| bias.to_le_bytes()));
        let mut sorted: Vec<(u32, usize)> = self
            .features
            .iter()
            .map(|(feature, id)| (*feature, *id))
            .collect();
        sorted.sort_unstable();
        for (feature, id) in sorted {
            let row = self.rows.get(id).copied().unwrap_or([0.0; COLUMNS]);
            let (intents, language) = row.split_at(INTENTS);
            let weights = intents.iter().map(|weight| weight / scale);
            let weights: Vec<i8> = weights
                .chain(language.iter().map(|weight| weight / language_scale))
                .map(rounded)
                .collect();
            if weights.iter().any(|weight| *weight != 0) {
                bytes.extend(feature.to_le_bytes());
                bytes.extend(weights.iter().flat_map(|weight| weight.to_le_bytes()));
            }
        }
        bytes
    }
}

const fn truth(yes: bool) -> f32 {
    if yes { 1.0 } else { 0.0 }
}

fn size(features: usize) -> f32 {
    f32::from(u16::try_from(features.max(1)).unwrap_or(u16::MAX)).sqrt()
}

#[expect(
    clippy::as_conversions,
    reason = "the standard library has no other way from f32 to i8; the cast saturates"
)]
fn rounded(weight: f32) -> i8 {
    weight.round() as i8
}
