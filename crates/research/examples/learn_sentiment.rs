//! Learns `data/sentiment.bin` from a file of reviews (`custom_id,positive,stars,text`) and our own phrases, and tells how well by
//! five parts. Refuses to write with `--measure`; no review of the file is kept.

#![expect(
    clippy::as_conversions,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "run by hand while learning: a wrong table stops it, and its figures are floats"
)]

use sauda_research::sentiment::{
    Seen,
    features::ROWS,
    lexicon::Said,
    model::{COLUMNS, KNOBS, MAGIC, Model, size},
    settle, shares,
};
use std::{collections::BTreeMap, error::Error, io::Write as _};

const OWN: &str = include_str!("../data/sentiment-phrases.txt");
const FOLDS: usize = 5;

#[derive(Clone)]
struct Sample {
    features: Vec<u32>,
    /// Polarity, when it is told.
    positive: Option<bool>,
    stars: Option<u8>,
    /// A word praises, a word blames.
    spoken: (bool, bool),
    weight: f32,
    key: u64,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout().lock();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let file = arguments
        .iter()
        .find(|word| !word.starts_with("--"))
        .ok_or("name the file of reviews")?;
    let option = |name: &str, default: f32| {
        let prefix = format!("--{name}=");
        arguments
            .iter()
            .find_map(|word| word.strip_prefix(&prefix))
            .and_then(|text| text.parse().ok())
            .unwrap_or(default)
    };
    let settings = Settings {
        rounds: option("rounds", 8.0),
        rate: option("rate", 0.04),
        decay: option("decay", 0.00002),
        heavy: option("heavy", 2.0),
    };
    let reviews = reviews(file)?;
    let own = own(option("own", 3.0))?;
    let mut told: Vec<(Sample, [f64; COLUMNS])> = Vec::new();
    for fold in 0..FOLDS {
        let train: Vec<&Sample> = reviews
            .iter()
            .filter(|sample| part(sample) != fold)
            .chain(&own)
            .collect();
        let model = Model::read(&learn(&train, &settings).to_bytes(&[0.0; KNOBS])).ok_or("no model")?;
        for sample in reviews.iter().filter(|sample| part(sample) == fold) {
            told.push((sample.clone(), scores(&model, sample)));
        }
    }
    // Russian phrases of our own, learned from the reviews and the other phrases.
    let mut right = [(0, 0); 2];
    for fold in 0..FOLDS {
        let train: Vec<&Sample> = reviews
            .iter()
            .chain(own.iter().filter(|sample| part(sample) != fold))
            .collect();
        let model = Model::read(&learn(&train, &settings).to_bytes(&[0.0; KNOBS])).ok_or("no model")?;
        for sample in own.iter().filter(|sample| part(sample) == fold) {
            if let Some(positive) = sample.positive {
                if (scores(&model, sample)[0] > 0.0) != positive
                    && arguments.iter().any(|word| word == "--errors")
                {
                    writeln!(
                        out,
                        "{positive}: {}",
                        OWN.lines()
                            .find(|line| line
                                .split_once(' ')
                                .is_some_and(|(_, text)| key(text) == sample.key))
                            .unwrap_or_default()
                    )?;
                }
                let place = &mut right[usize::from(positive)];
                place.1 += 1;
                place.0 += usize::from((scores(&model, sample)[0] > 0.0) == positive);
            }
        }
    }
    writeln!(
        out,
        "own phrases: negative {}/{}, positive {}/{}",
        right[0].0, right[0].1, right[1].0, right[1].1
    )?;
    let knobs = tune(&told, &mut out)?;
    if !arguments.iter().any(|word| word == "--measure") {
        let all: Vec<&Sample> = reviews.iter().chain(&own).collect();
        let bytes = learn(&all, &settings).to_bytes(&knobs);
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/data/sentiment.bin"), &bytes)?;
        writeln!(
            out,
            "{} reviews, {} own phrases, {} bytes",
            reviews.len(),
            own.len(),
            bytes.len()
        )?;
    }
    Ok(())
}

struct Settings {
    rounds: f32,
    rate: f32,
    decay: f32,
    heavy: f32,
}

fn sample(text: &str, positive: Option<bool>, stars: Option<u8>, weight: f32) -> Sample {
    let seen = Seen::of(text);
    Sample {
        features: seen.features.iter().map(|feature| feature.row).collect(),
        positive,
        stars,
        spoken: (
            seen.said.contains(&Said::Praise),
            seen.said.contains(&Said::Blame),
        ),
        weight,
        key: key(text),
    }
}

/// The same text, however it is punctuated, is always in the same part.
fn key(text: &str) -> u64 {
    let letters = text
        .chars()
        .filter(|sign| sign.is_alphanumeric())
        .flat_map(char::to_lowercase);
    letters.fold(0xcbf2_9ce4_8422_2325, |hash, sign| {
        (hash ^ u64::from(u32::from(sign))).wrapping_mul(0x0100_0000_01b3)
    })
}

fn part(sample: &Sample) -> usize {
    usize::try_from((sample.key >> 20) % 5).unwrap_or(0)
}

fn reviews(file: &str) -> Result<Vec<Sample>, Box<dyn Error>> {
    let mut samples = Vec::new();
    for row in csv::Reader::from_path(file)?.records() {
        let row = row?;
        let stars: Option<u8> = row[2].parse().ok();
        let positive = match (&row[1], stars) {
            ("1", _) | ("", Some(4 | 5)) => Some(true),
            ("0", _) | ("", Some(1 | 2)) => Some(false),
            _ => None,
        };
        samples.push(sample(&row[3], positive, stars, 1.0));
    }
    Ok(samples)
}

fn own(weight: f32) -> Result<Vec<Sample>, Box<dyn Error>> {
    let mut samples = Vec::new();
    for line in OWN
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        let (stars, text) = line.split_once(' ').ok_or("a phrase without stars")?;
        let stars: u8 = stars.parse()?;
        let positive = match stars {
            1 | 2 => Some(false),
            4 | 5 => Some(true),
            _ => None,
        };
        samples.push(sample(text, positive, Some(stars), weight));
    }
    Ok(samples)
}

fn scores(model: &Model, sample: &Sample) -> [f64; COLUMNS] {
    let features: Vec<_> = sample
        .features
        .iter()
        .map(|row| sauda_research::sentiment::features::Feature { row: *row, token: 0 })
        .collect();
    model.scores(&features)
}

/// What each column should say; nothing where the sample does not tell.
fn truths(sample: &Sample) -> [Option<bool>; COLUMNS] {
    let least = |wanted: u8| match (sample.stars, sample.positive) {
        (Some(stars), _) => Some(stars >= wanted),
        (None, Some(true)) => (wanted <= 4).then_some(true),
        (None, Some(false)) => (wanted >= 3).then_some(false),
        (None, None) => None,
    };
    [sample.positive, least(2), least(3), least(4), least(5)]
}

struct Learned {
    rows: Vec<[f32; COLUMNS]>,
    bias: [f32; COLUMNS],
}

fn learn(samples: &[&Sample], settings: &Settings) -> Learned {
    let mut learned = Learned {
        rows: vec![[0.0; COLUMNS]; ROWS],
        bias: [0.0; COLUMNS],
    };
    let mut steps = vec![[0.0_f32; COLUMNS]; ROWS];
    let mut order: Vec<usize> = (0..samples.len()).collect();
    let mut chance = 7_u64;
    let mut average = vec![[0.0_f32; COLUMNS]; ROWS];
    let mut averages = 0.0;
    let rounds = settings.rounds as usize;
    for round in 0..rounds {
        for place in (1..order.len()).rev() {
            chance = chance
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            order.swap(place, ((chance >> 33) as usize) % (place + 1));
        }
        for place in &order {
            let sample = samples[*place];
            let size = size(sample.features.len()) as f32;
            let mut sums = [0.0_f32; COLUMNS];
            for row in &sample.features {
                for (sum, weight) in sums.iter_mut().zip(&learned.rows[*row as usize]) {
                    *sum += weight;
                }
            }
            let mut slopes = [0.0_f32; COLUMNS];
            for (((slope, sum), bias), truth) in slopes
                .iter_mut()
                .zip(sums)
                .zip(&mut learned.bias)
                .zip(truths(sample))
            {
                let Some(truth) = truth else { continue };
                let known = 1.0 / (1.0 + (-(sum / size + *bias)).exp());
                let weight = if truth { 1.0 } else { settings.heavy } * sample.weight;
                *slope = (f32::from(u8::from(truth)) - known) * weight;
                *bias += 0.01 * *slope;
                *slope /= size;
            }
            for row in &sample.features {
                let (weights, steps) = (&mut learned.rows[*row as usize], &mut steps[*row as usize]);
                for ((weight, step), slope) in weights.iter_mut().zip(steps).zip(slopes) {
                    if slope != 0.0 {
                        *step += slope * slope;
                        *weight += settings.rate * slope / (*step + 1e-6).sqrt() - settings.decay * *weight;
                    }
                }
            }
        }
        if round + 3 >= rounds {
            averages += 1.0;
            for (sum, row) in average.iter_mut().zip(&learned.rows) {
                for (sum, weight) in sum.iter_mut().zip(row) {
                    *sum += weight;
                }
            }
        }
    }
    for row in &mut average {
        for weight in row {
            *weight /= averages;
        }
    }
    learned.rows = average;
    learned
}

impl Learned {
    fn to_bytes(&self, knobs: &[f32; KNOBS]) -> Vec<u8> {
        let mut scales = [0.0_f32; COLUMNS];
        for (column, scale) in scales.iter_mut().enumerate() {
            let mut sizes: Vec<f32> = self
                .rows
                .iter()
                .map(|row| row[column].abs())
                .filter(|size| *size > 0.0)
                .collect();
            sizes.sort_by(f32::total_cmp);
            // The few loudest are cut, so that the many keep their digits.
            let top = sizes.get(sizes.len() * 9_995 / 10_000).copied().unwrap_or(1.0);
            *scale = top / 127.0;
        }
        let mut bytes = MAGIC.to_vec();
        for number in scales.iter().chain(&self.bias).chain(knobs) {
            bytes.extend(number.to_le_bytes());
        }
        for row in &self.rows {
            for (weight, scale) in row.iter().zip(&scales) {
                bytes.push((weight / scale).round() as i8 as u8);
            }
        }
        bytes
    }
}

/// Counts of truth and answer.
type Table = BTreeMap<(usize, usize), f64>;

fn macro_f1(table: &Table, classes: usize) -> f64 {
    let mut sum = 0.0;
    for class in 0..classes {
        let right = table.get(&(class, class)).copied().unwrap_or(0.0);
        let truth: f64 = (0..classes).filter_map(|other| table.get(&(class, other))).sum();
        let said: f64 = (0..classes).filter_map(|other| table.get(&(other, class))).sum();
        sum += if truth + said > 0.0 {
            2.0 * right / (truth + said)
        } else {
            0.0
        };
    }
    sum / classes as f64
}

/// What decides the stars of a review, beside their weights.
struct Judged {
    positive: f64,
    scores: [f64; COLUMNS - 1],
    spoken: (bool, bool),
}

/// Two mixtures: as the file is, and as the shop window is (of 100 reviews 3.4, 1.2, 3.0, 9.2 and 83.2 have one to five stars).
const NATURAL: [f64; 5] = [0.034, 0.012, 0.030, 0.092, 0.832];

fn tune(
    told: &[(Sample, [f64; COLUMNS])],
    out: &mut impl std::io::Write,
) -> Result<[f32; KNOBS], Box<dyn Error>> {
    let polar: Vec<(bool, f64)> = told
        .iter()
        .filter_map(|(sample, scores)| Some((sample.positive?, scores[0])))
        .collect();
    let counts = [
        polar.iter().filter(|(positive, _)| !positive).count() as f64,
        polar.iter().filter(|(positive, _)| *positive).count() as f64,
    ];
    let shop = [0.047 / counts[0], 0.953 / counts[1]];
    let score = |cut: f64| {
        let (mut plain, mut natural) = (Table::new(), Table::new());
        for (positive, score) in &polar {
            let key = (usize::from(*positive), usize::from(*score > cut));
            *plain.entry(key).or_default() += 1.0;
            *natural.entry(key).or_default() += shop[usize::from(*positive)];
        }
        (macro_f1(&plain, 2), macro_f1(&natural, 2))
    };
    let mut best = (0.0, 0.0);
    for step in -80..=80 {
        let cut = f64::from(step) / 40.0;
        let (plain, natural) = score(cut);
        // Shops are what it is for.
        let worth = plain + 2.0 * natural;
        if worth > best.0 {
            best = (worth, cut);
        }
    }
    let (plain, natural) = score(best.1);
    writeln!(
        out,
        "polarity: cut {:.2}, macro F1 {plain:.4} as in the file, {natural:.4} as in shops ({:?})",
        best.1,
        score(0.0)
    )?;
    let starred: Vec<(u8, Judged)> = told
        .iter()
        .filter_map(|(sample, scores)| {
            let judged = Judged {
                positive: 1.0 / (1.0 + (best.1 - scores[0]).exp()),
                scores: [scores[1], scores[2], scores[3], scores[4]],
                spoken: sample.spoken,
            };
            Some((sample.stars?, judged))
        })
        .collect();
    let mut counts = [0.0_f64; 5];
    for (stars, _) in &starred {
        counts[usize::from(*stars) - 1] += 1.0;
    }
    let measure = |weights: [f64; 5]| {
        let (mut plain, mut natural, mut far, mut far_natural) = (Table::new(), Table::new(), 0.0, 0.0);
        for (stars, judged) in &starred {
            let shares = shares(judged.scores, weights);
            let (_, said, _) = settle(judged.positive, shares, judged.spoken);
            let said = usize::from(said) - 1;
            let truth = usize::from(*stars) - 1;
            let weight = NATURAL[truth] / counts[truth];
            *plain.entry((truth, said)).or_default() += 1.0;
            *natural.entry((truth, said)).or_default() += weight;
            far += said.abs_diff(truth) as f64 / starred.len() as f64;
            far_natural += said.abs_diff(truth) as f64 * weight;
        }
        (macro_f1(&plain, 5), macro_f1(&natural, 5), far, far_natural)
    };
    let worth = |told: (f64, f64, f64, f64)| told.0 + told.1 - 0.3 * (told.2 + told.3);
    let mut weights = [1.0_f64; 5];
    let mut top = worth(measure(weights));
    for _ in 0..8 {
        for place in 0..5 {
            for factor in [0.5, 0.7, 0.8, 0.9, 1.1, 1.25, 1.4, 2.0] {
                let mut other = weights;
                other[place] *= factor;
                let value = worth(measure(other));
                if value > top {
                    (top, weights) = (value, other);
                }
            }
        }
    }
    let told = measure(weights);
    writeln!(
        out,
        "stars: weights {weights:.2?}, macro F1 {:.4} and MAE {:.4} as in the file; {:.4} and {:.4} as in shops",
        told.0, told.2, told.1, told.3
    )?;
    let plain = measure([1.0; 5]);
    writeln!(out, "stars unweighted: {plain:.4?}")?;
    Ok([
        best.1 as f32,
        weights[0] as f32,
        weights[1] as f32,
        weights[2] as f32,
        weights[3] as f32,
        weights[4] as f32,
    ])
}
