//! What prices do, learned from weeks of orange juice by store and brand, and what that is worth to forecasts. Refuses to measure on
//! stores and brands that it learned from.

use crate::sets::is_learned_from;
use sauda_forecast::Frequency;
use sauda_forecast::adjust::{Beside, adjust};
use sauda_forecast::forecast::forecast;
use sauda_forecast::prepare::History;
use sauda_forecast::response::{Priced, Usual, measure as measure_response, respond};
use std::collections::BTreeMap;
use std::path::Path;

const AHEAD: usize = 8;

type Weeks = Vec<Priced>;

fn read(folder: &Path) -> BTreeMap<String, Weeks> {
    let mut found: BTreeMap<String, BTreeMap<u32, Priced>> = BTreeMap::new();
    let mut reader = csv::Reader::from_path(folder.join("orange_juice_dev.csv")).unwrap();
    for record in reader.records() {
        let record = record.unwrap();
        let cell = |place: usize| record[place].parse::<f64>().unwrap();
        let week = Priced {
            sold: cell(3) / 64.0,
            price: cell(4) * 64.0,
            promoted: cell(5).max(cell(6)).clamp(0.0, 1.0),
        };
        let key = format!("{} {}", &record[0], &record[1]);
        found
            .entry(key)
            .or_default()
            .insert(record[2].parse().unwrap(), week);
    }
    found
        .into_iter()
        .map(|(id, weeks)| (id, weeks.into_values().collect()))
        .collect()
}

pub fn measure(folder: &Path) {
    let all = read(folder);
    let blank = Usual {
        elasticity: -2.0,
        apart: 50.0,
    };
    let own: Vec<(f64, f64)> = all
        .iter()
        .filter(|(id, _)| is_learned_from(id))
        .filter_map(|(_, weeks)| {
            measure_response(weeks, blank)
                .ok()
                .map(|found| (found.own, found.own_doubt))
        })
        .collect();
    let mut usual = Usual {
        elasticity: -2.0,
        apart: 1.0,
    };
    for _ in 0..50 {
        let weights: Vec<f64> = own
            .iter()
            .map(|(_, doubt)| 1.0 / (usual.apart.powi(2) + doubt * doubt))
            .collect();
        let sum: f64 = weights.iter().sum();
        usual.elasticity = own
            .iter()
            .zip(&weights)
            .map(|((own, _), weight)| own * weight)
            .sum::<f64>()
            / sum;
        let spread: f64 = own
            .iter()
            .zip(&weights)
            .map(|((own, doubt), weight)| {
                weight * weight * ((own - usual.elasticity).powi(2) - doubt * doubt)
            })
            .sum::<f64>()
            / weights.iter().map(|weight| weight * weight).sum::<f64>();
        usual.apart = spread.max(0.01).sqrt();
    }
    println!("learned from {} of stores and brands: {usual:.3?}", own.len());
    halves(&all, usual);
    for weeks in [26, 52, 200] {
        worth(&all, usual, weeks);
    }
}

/// The elasticity of the first half of the weeks against what the second half says alone.
fn halves(all: &BTreeMap<String, Weeks>, usual: Usual) {
    let (mut inside, mut off, mut off_own, mut count, mut silent) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for (id, weeks) in all {
        if is_learned_from(id) {
            continue;
        }
        let (first, second) = weeks.split_at(weeks.len() / 2);
        let later = measure_response(
            second,
            Usual {
                elasticity: -2.0,
                apart: 50.0,
            },
        );
        match (respond(first, usual), later) {
            (Ok(first), Ok(later)) => {
                let apart = (first.doubt.powi(2) + later.own_doubt.powi(2)).sqrt();
                inside += f64::from(u8::from((first.elasticity - later.own).abs() <= 1.645 * apart));
                off += (first.elasticity - later.own).abs();
                off_own += (first.own - later.own).abs();
                count += 1.0;
            }
            _ => silent += 1.0,
        }
    }
    println!(
        "first half against second: {count} pairs, mean distance {:.3} ({:.3} without drawing), inside the 90 percent interval {:.3}; not enough data {silent}",
        off / count,
        off_own / count,
        inside / count
    );
}

/// Eight weeks with prices and promotions known, against the same without.
fn worth(all: &BTreeMap<String, Weeks>, usual: Usual, most: usize) {
    let (mut with, mut without, mut came, mut covered, mut steps) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for (id, weeks) in all {
        if is_learned_from(id) || weeks.len() < most.min(60) + AHEAD {
            continue;
        }
        let (past, ahead) = weeks.split_at(weeks.len() - AHEAD);
        let past = &past[past.len().saturating_sub(most)..];
        let values: Vec<f64> = past.iter().map(|week| week.sold).collect();
        let beside = Beside {
            price: past.iter().map(|week| Some(week.price)).collect(),
            promoted: past.iter().map(|week| week.promoted).collect(),
            price_ahead: ahead.iter().map(|week| Some(week.price)).collect(),
            promoted_ahead: ahead.iter().map(|week| week.promoted).collect(),
            ..Beside::default()
        };
        let adjusted = adjust(&values, &[], Frequency::Weekly, &beside, AHEAD, usual);
        let told = |values: &[f64]| {
            forecast(
                &History {
                    values,
                    seen: &[],
                    frequency: Frequency::Weekly,
                },
                AHEAD,
            )
        };
        let (mut known, plain) = (told(&adjusted.values), told(&values));
        for (step, week) in ahead.iter().enumerate() {
            known.steps[step].mean *= adjusted.ahead[step];
            with += (known.steps[step].mean - week.sold).abs();
            without += (plain.steps[step].mean - week.sold).abs();
            covered += f64::from(u8::from(week.sold <= known.quantile(step, 0.9)));
            came += week.sold;
            steps += 1.0;
        }
    }
    println!(
        "up to {most} weeks: WAPE {:.4} with prices known, {:.4} without; 0.9 covers {:.3}",
        with / came,
        without / came,
        covered / steps
    );
}
