//! Learns the numbers from rows: the size a body asks for, then the sums without and with outcomes. Refuses to let a row see
//! its own outcome: effects of items come from other buyers, and every row is also learned as if little were known.

use crate::rows::{Row, mix};
use crate::sums::{classes, squares};
use sauda_sizes::learned::features::{self, BASE, DEMAND, FULL, dot};
use sauda_sizes::learned::{ItemFacts, Model, Outlook, Params, Past, SIZES, Seen};
use std::collections::HashMap;

const FOLDS: u64 = 10;
const NOTHING: Past = Past::NONE;

pub fn teach(rows: &[&Row]) -> Params {
    let mut params = Params {
        demand: [0.0; DEMAND],
        position: [0.0; SIZES],
        share: [0.0; SIZES],
        base: [[0.0; BASE]; 2],
        full: [[0.0; FULL]; 2],
    };
    for row in rows {
        params.share[row.size] += 1.0;
    }
    let all: f64 = params.share.iter().sum();
    params.share = params.share.map(|count| count / all);
    (params.demand, params.position) = demand(rows);
    let told: Vec<usize> = rows.iter().map(|row| row.class).collect();
    let first: Vec<[f64; BASE]> = {
        let model = Model::new(&params);
        rows.iter()
            .map(|row| {
                let wear = model
                    .wear(row.size, model.asked(&row.body))
                    .expect("a known size");
                features::base(&row.body, row.piece, &wear)
            })
            .collect()
    };
    params.base = classes::<BASE, { 2 * BASE }>(&first, &told);
    let (second, told) = whole(rows, &params);
    params.full = classes::<FULL, { 2 * FULL }>(&second, &told);
    params
}

/// Weights of the size a body asks for, and where each size lies: by turns, each from the other.
fn demand(rows: &[&Row]) -> ([f64; DEMAND], [f64; SIZES]) {
    let bodies: Vec<[f64; DEMAND]> = rows.iter().map(|row| features::demand(&row.body)).collect();
    let mut position: [f64; SIZES] = std::array::from_fn(real);
    let mut weights = [0.0; DEMAND];
    for round in 0..8 {
        let all = real(rows.len());
        let mean = rows.iter().map(|row| position[row.size]).sum::<f64>() / all;
        let square = rows
            .iter()
            .map(|row| (position[row.size] - mean).powi(2))
            .sum::<f64>()
            / all;
        position = position.map(|place| (place - mean) / square.sqrt());
        let targets: Vec<f64> = rows.iter().map(|row| position[row.size]).collect();
        weights = squares(&bodies, &targets);
        if round == 7 {
            break;
        }
        let (mut sum, mut count) = ([0.0; SIZES], [0.0; SIZES]);
        for (row, body) in rows.iter().zip(&bodies) {
            let weight = if row.class == 1 { 1.0 } else { 0.5 };
            sum[row.size] += weight * dot(body, &weights);
            count[row.size] += weight;
        }
        for size in 0..SIZES {
            let (mut near, mut many) = (0.0, 0.0);
            for other in 0..SIZES {
                let weight = (-(real(size.abs_diff(other)) / 2.5).powi(2)).exp();
                near += weight * sum[other];
                many += weight * count[other];
            }
            position[size] = (sum[size] + 20.0 * near / many) / (count[size] + 20.0);
        }
    }
    (weights, position)
}

fn real(count: usize) -> f64 {
    f64::from(u32::try_from(count).expect("a small count"))
}

/// Every row with what others' outcomes say of its piece, some again with little or nothing known.
fn whole(rows: &[&Row], params: &Params) -> (Vec<[f64; FULL]>, Vec<usize>) {
    let model = Model::new(params);
    let seen: Vec<Seen> = rows.iter().map(|row| seen(&model, row)).collect();
    let pasts = pasts(rows, &seen);
    let (mut numbers, mut told) = (Vec::new(), Vec::new());
    let mut items: Vec<_> = by_item(rows).into_iter().collect();
    items.sort_unstable_by_key(|(item, _)| *item);
    for (_, places) in items {
        for fold in 0..FOLDS {
            let (held, rest): (Vec<usize>, Vec<usize>) = places
                .iter()
                .partition(|place| mix(rows[**place].user, 77) % FOLDS == fold);
            if held.is_empty() {
                continue;
            }
            let facts = |keep: &dyn Fn(usize) -> bool| {
                let kept: Vec<Seen> = rest
                    .iter()
                    .filter(|place| keep(**place))
                    .map(|place| seen[*place])
                    .collect();
                ItemFacts::of(&kept)
            };
            let many = u64::try_from(rest.len()).expect("a count").max(1);
            let full = facts(&|_| true);
            let few = facts(&|place| mix(rows[place].user, 5 + fold) % many < 6);
            let none = ItemFacts::default();
            for place in held {
                let row = rows[place];
                let draw = mix(row.user ^ (row.item << 24), 3) % 20;
                let extra = match draw {
                    0 | 1 => Some(&none),
                    2 | 3 => Some(&few),
                    _ => None,
                };
                let past = if mix(row.user ^ (row.item << 24), 9).is_multiple_of(2) {
                    &pasts[place]
                } else {
                    &NOTHING
                };
                for item in std::iter::once(&full).chain(extra) {
                    let asked = model.asked(&row.body);
                    let outlook = Outlook {
                        body: &row.body,
                        piece: row.piece,
                        asked,
                        item,
                        past,
                        taken: Some(row.size),
                    };
                    let wear = model.wear(row.size, asked).expect("a known size");
                    numbers.push(model.full(&outlook, &wear));
                    told.push(row.class);
                }
            }
        }
    }
    (numbers, told)
}

pub fn seen(model: &Model<'_>, row: &Row) -> Seen {
    model
        .seen(&row.body, row.piece, row.size, row.class)
        .expect("a known size")
}

pub fn by_item(rows: &[&Row]) -> HashMap<u64, Vec<usize>> {
    let mut found: HashMap<u64, Vec<usize>> = HashMap::new();
    for (place, row) in rows.iter().enumerate() {
        found.entry(row.item).or_default().push(place);
    }
    found
}

/// What each row's buyer wore otherwise, other pieces only.
fn pasts(rows: &[&Row], seen: &[Seen]) -> Vec<Past> {
    let mut users: HashMap<u64, Vec<usize>> = HashMap::new();
    for (place, row) in rows.iter().enumerate() {
        users.entry(row.user).or_default().push(place);
    }
    rows.iter()
        .map(|row| {
            let mut past = Past::default();
            for other in &users[&row.user] {
                if rows[*other].item != row.item {
                    past.add(seen[*other].over, rows[*other].class);
                }
            }
            past
        })
        .collect()
}
