//! Promised service is kept on days the rules have not seen, with less stock than the textbook's rule.

use rand::{Rng as _, SeedableRng as _};
use sauda_stock::reorder::trial::{Outcome, Rule, Trial, trial};
use sauda_stock::reorder::{Shortage, Weighing};

/// Days of a product whose buyers come by themselves and sometimes take several.
fn days(chance: &mut rand_chacha::ChaCha8Rng, rate: f64) -> Vec<i64> {
    (0..365)
        .map(|_| {
            let mut units = 0;
            for _ in 0..8 {
                if chance.random_bool(rate / 8.0) {
                    units += if chance.random_bool(0.25) { 3 } else { 1 };
                }
            }
            units
        })
        .collect()
}

#[test]
fn the_promised_fill_rate_is_kept_within_a_point_or_more_with_less_stock_than_the_textbook() {
    let mut chance = rand_chacha::ChaCha8Rng::seed_from_u64(11);
    let products: Vec<Vec<i64>> = (0..24)
        .map(|at| days(&mut chance, 0.6 + 0.25 * f64::from(at)))
        .collect();
    let run = |how: Trial, rule: Rule| {
        products
            .iter()
            .fold(Outcome::default(), |sum, sales| sum.with(trial(sales, how, rule)))
    };
    for (lead_days, fill) in [(7, 0.95), (14, 0.9), (14, 0.95), (30, 0.9)] {
        let how = Trial {
            lead_days,
            review_days: 7,
            fill,
            shortage: Shortage::Lost,
            learn_days: 182,
        };
        let house = run(how, Rule::House(Weighing::LEARNED));
        let textbook = run(how, Rule::Textbook { factor: None });
        assert!(
            house.fill() >= fill - 0.01,
            "{lead_days} {fill}: {}",
            house.fill()
        );
        assert!(
            house.stock() < textbook.stock(),
            "{lead_days} {fill}: {} {}",
            house.stock(),
            textbook.stock()
        );
    }
}
