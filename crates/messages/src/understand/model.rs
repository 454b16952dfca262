//! Learned weights: features to intents with a confidence, words to a language. Refuses to learn: see `learn`.

use super::features;
use super::fold::Token;
use super::intent::{INTENTS, Intent};
use super::lexicon::Lexicon;
use super::quick::QuickMap;
use std::sync::LazyLock;

static WEIGHTS: &[u8] = include_bytes!("../../data/weights.bin");
/// Of the file: its kind and version.
pub(super) const MAGIC: [u8; 4] = *b"SMW1";
/// Intents, then one column for Kazakh against Russian.
pub(super) const COLUMNS: usize = INTENTS + 1;

type Row = [i8; COLUMNS];

/// Weights as they lie in the file.
pub struct Model {
    /// Of the phrases it was learned from.
    pub phrases: u64,
    scale: f64,
    language_scale: f64,
    bias: [f64; INTENTS],
    rows: QuickMap<u32, Row>,
}

/// Intents with their probabilities, likeliest first.
pub type Ranking = [(Intent, f64); INTENTS];

/// The one model.
pub fn model() -> &'static Model {
    static MODEL: LazyLock<Model> = LazyLock::new(|| Model::read(WEIGHTS).unwrap_or_else(Model::empty));
    &MODEL
}

impl Model {
    /// Knows nothing: every intent is equally likely, so that every answer is unclear.
    fn empty() -> Self {
        Self {
            phrases: 0,
            scale: 0.0,
            language_scale: 0.0,
            bias: [0.0; INTENTS],
            rows: QuickMap::default(),
        }
    }

    /// Reads a file of weights; nothing when it is none.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(&MAGIC)?;
        let (phrases, rest) = rest.split_first_chunk::<8>()?;
        let (scale, rest) = rest.split_first_chunk::<4>()?;
        let (language_scale, mut rest) = rest.split_first_chunk::<4>()?;
        let mut bias = [0.0; INTENTS];
        for place in &mut bias {
            let (number, further) = rest.split_first_chunk::<4>()?;
            *place = f64::from(f32::from_le_bytes(*number));
            rest = further;
        }
        let mut rows = QuickMap::default();
        let (entries, left) = rest.as_chunks::<{ 4 + COLUMNS }>();
        if !left.is_empty() {
            return None;
        }
        for entry in entries {
            let (feature, weights) = entry.split_first_chunk::<4>()?;
            let mut row = [0_i8; COLUMNS];
            for (place, byte) in row.iter_mut().zip(weights) {
                *place = i8::from_le_bytes([*byte]);
            }
            rows.insert(u32::from_le_bytes(*feature), row);
        }
        Some(Self {
            phrases: u64::from_le_bytes(*phrases),
            scale: f64::from(f32::from_le_bytes(*scale)),
            language_scale: f64::from(f32::from_le_bytes(*language_scale)),
            bias,
            rows,
        })
    }

    /// How likely each intent is.
    pub fn rank(&self, tokens: &[Token], lexicon: &Lexicon) -> Ranking {
        let features = features::of_message(tokens, lexicon);
        let mut sums = [0_i32; INTENTS];
        for row in features.iter().filter_map(|feature| self.rows.get(feature)) {
            for (sum, weight) in sums.iter_mut().zip(row) {
                *sum += i32::from(*weight);
            }
        }
        let share = self.scale / count(features.len()).sqrt();
        let mut ranking = Intent::ALL.map(|intent| (intent, 0.0));
        for (((_, score), sum), bias) in ranking.iter_mut().zip(sums).zip(self.bias) {
            *score = bias + f64::from(sum) * share;
        }
        softmax(&mut ranking);
        ranking.sort_by(|one, other| other.1.total_cmp(&one.1));
        ranking
    }

    /// Above zero for a Kazakh word, under it for a Russian one.
    pub fn language_of(&self, key: &str) -> f64 {
        let features = features::of_lone_word(key);
        let rows = features.iter().filter_map(|feature| self.rows.get(feature));
        let sum: i32 = rows
            .filter_map(|row| row.last())
            .map(|weight| i32::from(*weight))
            .sum();
        f64::from(sum) * self.language_scale / count(features.len()).sqrt()
    }
}

fn count(features: usize) -> f64 {
    f64::from(u32::try_from(features.max(1)).unwrap_or(u32::MAX))
}

fn softmax(ranking: &mut Ranking) {
    let top = ranking.iter().map(|(_, score)| *score).fold(f64::MIN, f64::max);
    for (_, score) in ranking.iter_mut() {
        *score = (*score - top).exp();
    }
    let sum: f64 = ranking.iter().map(|(_, score)| *score).sum();
    for (_, score) in ranking.iter_mut() {
        *score /= sum;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::understand::phrases;

    #[test]
    fn the_weights_were_learned_from_these_phrases() {
        let model = Model::read(WEIGHTS).unwrap();
        assert_eq!(
            model.phrases,
            phrases::checksum(),
            "run `cargo run -p sauda-messages --example learn_messages`"
        );
        assert!(model.rows.len() > 3_000);
    }

    #[test]
    fn a_broken_file_is_no_model() {
        assert!(Model::read(&WEIGHTS[..WEIGHTS.len() - 1]).is_none());
        assert!(Model::read(b"SMW1").is_none());
        assert!(Model::read(b"").is_none());
    }
}
