//! Teaches how far from the truth forecasts may be, and measures where quantiles really lie. Refuses to change the mean.

use crate::weights::Known;
use sauda_forecast::learned::{KNOTS, Params};
use sauda_forecast::prepare::{SPREAD_FACTS, combined};
use sauda_forecast::spread::Spread;

struct Row {
    facts: [f64; SPREAD_FACTS],
    mean: f64,
    came: f64,
    weight: f64,
    whole_numbers: bool,
}

pub fn teach(params: &mut Params, known: &mut [Known<'_>]) {
    let mut rows = Vec::new();
    for one in known {
        let mut series = one.series.clone();
        series.settle(|series, step| params.weigh(series, step));
        for (step, came) in one.lesson.after.iter().enumerate() {
            let mut facts = series.spread_facts;
            facts[SPREAD_FACTS - 1] = ((step + 1) as f64).ln() / 2.0;
            rows.push(Row {
                facts,
                mean: combined(&series.ahead, &params.weigh(&series, step), step).max(0.02),
                came: came.round(),
                weight: one.lesson.weight,
                whole_numbers: series.whole_numbers,
            });
        }
    }
    let all: f64 = rows.iter().map(|row| row.weight).sum();
    let (mut first, mut second) = ([0.0; SPREAD_FACTS], [0.0; SPREAD_FACTS]);
    for round in 1..=200 {
        let mut slope = [0.0; SPREAD_FACTS];
        let mut loss = 0.0;
        for row in &rows {
            let sum: f64 = params
                .spread
                .iter()
                .zip(&row.facts)
                .map(|(weight, fact)| weight * fact)
                .sum();
            let sum = sum.clamp(-10.0, 3.0);
            let here = unlikely(row, sum);
            loss += here * row.weight;
            let turn = ((unlikely(row, sum + 0.01) - here) / 0.01).clamp(-3.0, 3.0);
            for (slope, fact) in slope.iter_mut().zip(&row.facts) {
                *slope += row.weight * turn * fact / all;
            }
        }
        for place in 0..SPREAD_FACTS {
            first[place] = 0.9 * first[place] + 0.1 * slope[place];
            second[place] = 0.99 * second[place] + 0.01 * slope[place] * slope[place];
            let (one, two): (f64, f64) = (
                first[place] / (1.0 - 0.9_f64.powi(round)),
                second[place] / (1.0 - 0.99_f64.powi(round)),
            );
            params.spread[place] -= 0.05 * one / (two.sqrt() + 1e-8);
        }
        if round == 1 || round % 100 == 0 {
            eprintln!("  spread {round}: {:.5}", loss / all);
        }
    }
    eprintln!("  spread {:.2?}", params.spread);
    calibrate(params, &rows);
}

/// The negative logarithm of the chance of what came.
fn unlikely(row: &Row, share: f64) -> f64 {
    let size = (-share).exp();
    let odds = row.mean / (size + row.mean);
    let y = row.came;
    -(gamma(y + size) - gamma(size) - gamma(y + 1.0) + size * (1.0 - odds).ln() + y * odds.ln())
}

/// The logarithm of the gamma function (Stirling's series).
fn gamma(value: f64) -> f64 {
    let (mut place, mut less) = (value, 0.0);
    while place < 7.0 {
        less += place.ln();
        place += 1.0;
    }
    let square = 1.0 / (place * place);
    (place - 0.5) * place.ln() - place
        + 0.918_938_533_204_672_7
        + (1.0 / 12.0 - square * (1.0 / 360.0 - square / 1260.0)) / place
        - less
}

fn calibrate(params: &mut Params, rows: &[Row]) {
    let mut seed = 7_u64;
    let mut places: [Vec<(f64, f64)>; 2] = [Vec::new(), Vec::new()];
    for row in rows {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let chance = (seed >> 11) as f64 / (1_u64 << 53) as f64;
        let sum: f64 = params
            .spread
            .iter()
            .zip(&row.facts)
            .map(|(weight, fact)| weight * fact)
            .sum();
        let spread = Spread {
            mean: row.mean,
            share: sum.clamp(-10.0, 3.0).exp(),
            whole_numbers: row.whole_numbers,
        };
        let (high, low) = (spread.chance(row.came), spread.chance(row.came - 1.0));
        let place = if spread.mean > 150.0 {
            high
        } else {
            low + chance * (high - low)
        };
        if row.mean < 16.0 {
            places[0].push((place, row.weight));
        }
        if row.mean >= 16.0 {
            places[1].push((place, row.weight));
        }
    }
    eprintln!("  small {} large {}", places[0].len(), places[1].len());
    for (found, told) in places.iter_mut().zip(&mut params.calibration) {
        if found.len() < 500 {
            continue;
        }
        found.sort_by(|one, other| one.0.total_cmp(&other.0));
        let all: f64 = found.iter().map(|(_, weight)| weight).sum();
        let mut sum = 0.0;
        let mut next = 0;
        for (place, weight) in found.iter() {
            sum += weight;
            while next < KNOTS.len() && sum >= KNOTS[next] * all {
                told[next] = place.clamp(0.0005, 0.998);
                next += 1;
            }
        }
        eprintln!("  knots {told:.3?}");
    }
}
