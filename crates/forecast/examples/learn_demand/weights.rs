//! Teaches which model is trusted when: weights that sum to one, by descent on the error of what they give. Refuses sets.

use crate::sets::Lesson;
use sauda_forecast::learned::Params;
use sauda_forecast::models::{COUNT, NAMES};
use sauda_forecast::prepare::{FACTS, History, Prepared, prepare};

pub struct Known<'a> {
    pub lesson: &'a Lesson,
    pub series: Prepared,
    pub scale: f64,
}

pub fn prepared(lessons: &[Lesson]) -> Vec<Known<'_>> {
    let known = |lesson: &'_ Lesson| {
        let history = History {
            values: &lesson.before,
            seen: &[],
            frequency: lesson.frequency,
        };
        let steps = lesson.before.windows(2).map(|pair| (pair[1] - pair[0]).powi(2));
        let scale = (steps.sum::<f64>() / lesson.before.len() as f64).sqrt();
        let level = lesson.before.iter().sum::<f64>() / lesson.before.len() as f64;
        (
            prepare(&history, lesson.after.len()),
            scale.max(0.2 * level).max(1e-6),
        )
    };
    lessons
        .iter()
        .map(|lesson| {
            let (series, scale) = known(lesson);
            Known {
                lesson,
                series,
                scale,
            }
        })
        .collect()
}

const ROUNDS: usize = 250;
const RATE: f64 = 0.04;

pub fn teach(params: &mut Params, known: &[Known<'_>], seldom: bool) {
    let size = COUNT * FACTS + 1 + FACTS;
    let (mut first, mut second) = (vec![0.0; size], vec![0.0; size]);
    // Hundreds of long series teach less surely than thousands of short ones.
    let singly = known.iter().filter(|one| one.lesson.singly).count();
    let few = singly * 2 > known.len();
    let pull = if few { 0.001 } else { 0.0001 };
    for round in 1..=ROUNDS {
        let mut slope = vec![0.0; size];
        let (mut loss, mut all) = (0.0, 0.0);
        for one in known {
            for (step, came) in one.lesson.after.iter().enumerate() {
                // Every third step of a long horizon is enough.
                if one.lesson.after.len() > 30 && step % 3 != 0 {
                    continue;
                }
                let weights = params.weigh(&one.series, step);
                let lines: Vec<f64> = one
                    .series
                    .ahead
                    .iter()
                    .map(|line| line.as_ref().map_or(0.0, |line| line[step]))
                    .collect();
                let told: f64 = lines
                    .iter()
                    .zip(&weights)
                    .map(|(line, weight)| line * weight)
                    .sum();
                let lift: f64 = weights.iter().sum();
                let off = (told - came) / one.scale;
                let weight = one.lesson.weight;
                let (value, turn) = if one.lesson.singly {
                    let root = (off * off + 0.04).sqrt();
                    (root, off / root)
                } else {
                    // Squares, softened far out; less where sales are seldom.
                    let far = if one.lesson.frequency == sauda_forecast::Frequency::Monthly && !seldom {
                        25.0
                    } else if seldom {
                        2.0
                    } else {
                        4.0
                    };
                    let root = (1.0 + off * off / far).sqrt();
                    (far * (root - 1.0), off / root)
                };
                loss += value * weight;
                all += weight;
                // Counts are not lifted: softened squares would draw them down.
                let lifted = if few {
                    weight * turn * told / one.scale * one.series.rough
                } else {
                    0.0
                };
                for fact in 0..FACTS - 1 {
                    slope[COUNT * FACTS + 1 + fact] += lifted * one.series.facts[fact];
                }
                slope[size - 1] += lifted * ((step + 1) as f64).ln() / 2.0;
                for (model, line) in lines.iter().enumerate() {
                    let part = weight * turn * weights[model] * (line - told / lift) / one.scale;
                    if part == 0.0 {
                        continue;
                    }
                    for fact in 0..FACTS - 1 {
                        slope[model * FACTS + fact] += part * one.series.facts[fact];
                    }
                    slope[model * FACTS + FACTS - 1] += part * ((step + 1) as f64).ln() / 2.0;
                    slope[COUNT * FACTS] -= part * one.series.behind[model];
                }
            }
        }
        for place in 0..size {
            let value = match place.checked_sub(COUNT * FACTS) {
                None => &mut params.weights[place / FACTS][place % FACTS],
                Some(0) => &mut params.past,
                Some(next) => &mut params.lift[next - 1],
            };
            let drawn = match place.checked_sub(COUNT * FACTS) {
                None => pull * *value,
                Some(0) => 0.0,
                Some(_) => 5.0 * pull * *value,
            };
            let turn = slope[place] / all + drawn;
            first[place] = 0.9 * first[place] + 0.1 * turn;
            second[place] = 0.99 * second[place] + 0.01 * turn * turn;
            let (one, two) = (
                first[place] / (1.0 - 0.9_f64.powi(round as i32)),
                second[place] / (1.0 - 0.99_f64.powi(round as i32)),
            );
            *value -= (if place > COUNT * FACTS { 0.1 } else { 1.0 }) * RATE * one / (two.sqrt() + 1e-8);
        }
        if round == 1 || round % 125 == 0 {
            eprintln!("  round {round}: {:.5}", loss / all);
        }
    }
    let mut shares = [0.0; COUNT];
    for one in known {
        for (share, weight) in shares.iter_mut().zip(params.weigh(&one.series, 0)) {
            *share += weight / known.len() as f64;
        }
    }
    let mut told: Vec<(f64, &str)> = shares.iter().copied().zip(NAMES).collect();
    told.sort_by(|one, other| other.0.total_cmp(&one.0));
    let words: Vec<String> = told
        .iter()
        .map(|(share, name)| format!("{name} {share:.2}"))
        .collect();
    eprintln!("  past {:.2}; {}", params.past, words.join(", "));
}
