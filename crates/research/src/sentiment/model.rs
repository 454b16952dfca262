//! Learned weights: a table of rows, one column for the polarity and four for "at least so many stars". Refuses to learn:
//! `examples/learn_sentiment.rs` does.

use super::features::{Feature, ROWS};
use std::sync::LazyLock;

static WEIGHTS: &[u8] = include_bytes!("../../data/sentiment.bin");
/// Of the file: its kind and version.
pub const MAGIC: [u8; 4] = *b"SRS1";
/// Polarity; at least 2, 3, 4 and 5 stars.
pub const COLUMNS: usize = 5;
/// Cut of the polarity and shares of the five stars: what decides, learned beside the weights.
pub const KNOBS: usize = 6;

/// Weights as they lie in the file.
pub struct Model {
    scale: [f32; COLUMNS],
    bias: [f32; COLUMNS],
    pub knobs: [f32; KNOBS],
    rows: Vec<[i8; COLUMNS]>,
}

/// The one model.
pub fn model() -> &'static Model {
    static MODEL: LazyLock<Model> = LazyLock::new(|| Model::read(WEIGHTS).unwrap_or_else(Model::empty));
    &MODEL
}

impl Model {
    /// Knows nothing: every text is as likely praise as blame.
    fn empty() -> Self {
        Self {
            scale: [0.0; COLUMNS],
            bias: [0.0; COLUMNS],
            knobs: [1.0; KNOBS],
            rows: Vec::new(),
        }
    }

    /// Reads a file of weights; nothing when it is none.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(&MAGIC)?;
        let mut next = || {
            let (number, further) = rest.split_first_chunk::<4>()?;
            rest = further;
            Some(f32::from_le_bytes(*number))
        };
        let (mut scale, mut bias, mut knobs) = ([0.0; COLUMNS], [0.0; COLUMNS], [0.0; KNOBS]);
        for place in scale.iter_mut().chain(&mut bias).chain(&mut knobs) {
            *place = next()?;
        }
        let (rows, left) = rest.as_chunks::<COLUMNS>();
        if !left.is_empty() || rows.len() != ROWS {
            return None;
        }
        Some(Self {
            scale,
            bias,
            knobs,
            rows: rows
                .iter()
                .map(|row| row.map(|byte| i8::from_le_bytes([byte])))
                .collect(),
        })
    }

    /// Scores of the columns: log odds.
    pub fn scores(&self, features: &[Feature]) -> [f64; COLUMNS] {
        let mut sums = [0_i32; COLUMNS];
        for feature in features {
            for (sum, weight) in sums.iter_mut().zip(self.row(*feature)) {
                *sum += i32::from(weight);
            }
        }
        let size = size(features.len());
        let mut scores = [0.0; COLUMNS];
        for (((score, sum), scale), bias) in scores.iter_mut().zip(sums).zip(self.scale).zip(self.bias) {
            *score = f64::from(sum) * f64::from(scale) / size + f64::from(bias);
        }
        scores
    }

    /// How far a feature pulls to praise.
    pub fn pull(&self, feature: Feature) -> i32 {
        let [polarity, ..] = self.row(feature);
        i32::from(polarity)
    }

    fn row(&self, feature: Feature) -> [i8; COLUMNS] {
        usize::try_from(feature.row)
            .ok()
            .and_then(|row| self.rows.get(row))
            .copied()
            .unwrap_or([0; COLUMNS])
    }
}

/// What sums are divided by, so that long texts do not shout.
pub fn size(features: usize) -> f64 {
    f64::from(u32::try_from(features.max(1)).unwrap_or(u32::MAX)).sqrt()
}
