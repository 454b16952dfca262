//! Tries the reorder rules on a file of daily sales. Refuses to be part of the program: a road to the figures of docs/accuracy.md.
//!
//! Run as `cargo run -p sauda-stock --example trial -- FILE [every] [half_life drift weeks caution shuffled
//! with_backorders with_equal_service usual_ratio apart]`; a line of the file is
//! `name,first day,units of the days with blanks between`.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a tool of developers"
)]

use rand::{SeedableRng as _, seq::SliceRandom as _};
use sauda_stock::reorder::trial::{Outcome, Rule, Trial, trial};
use sauda_stock::reorder::{Shortage, Weighing};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let text = std::fs::read_to_string(&arguments[0]).unwrap();
    let every = arguments.get(1).map_or(1, |text| text.parse().unwrap());
    let number = |at: usize, usual: f64| arguments.get(at).map_or(usual, |text| text.parse().unwrap());
    let weighing = Weighing {
        half_life_days: number(2, Weighing::LEARNED.half_life_days),
        drift: number(3, Weighing::LEARNED.drift),
        weeks_of_doubt: number(4, Weighing::LEARNED.weeks_of_doubt),
        caution: number(5, Weighing::LEARNED.caution),
        usual_ratio: number(9, Weighing::LEARNED.usual_ratio),
        apart: number(10, Weighing::LEARNED.apart),
    };
    let is_shuffled = number(6, 0.0) > 0.0;
    let mut chance = rand_chacha::ChaCha8Rng::seed_from_u64(7);
    let series: Vec<Vec<i64>> = text
        .lines()
        .skip(1)
        .step_by(every)
        .map(|line| {
            let units = line.rsplit(',').next().unwrap();
            let mut units: Vec<i64> = units.split(' ').map(|one| one.parse().unwrap()).collect();
            if is_shuffled {
                units.shuffle(&mut chance);
            }
            units
        })
        .collect();
    println!("{} products, {weighing:?}", series.len());
    for shortage in [Shortage::Lost, Shortage::Backorder]
        .into_iter()
        .take(if number(7, 1.0) > 0.0 { 2 } else { 1 })
    {
        for lead_days in [7, 14, 30] {
            for fill in [0.9, 0.95, 0.98] {
                let how = Trial {
                    lead_days,
                    review_days: 7,
                    fill,
                    shortage,
                    learn_days: 182,
                };
                let run = |rule| {
                    let (mut sum, mut share, mut with_sales) = (Outcome::default(), 0.0, 0);
                    for sales in &series {
                        let outcome = trial(sales, how, rule);
                        sum = sum.with(outcome);
                        if outcome.asked > 0 {
                            share += outcome.fill();
                            with_sales += 1;
                        }
                    }
                    (
                        sum.fill() * 100.0,
                        share * 100.0 / f64::from(with_sales),
                        sum.stock(),
                    )
                };
                let (house, textbook) = (run(Rule::House(weighing)), run(Rule::Textbook { factor: None }));
                // A rule of a textbook with as much safety as serves as many buyers.
                let as_good = |rule: fn(f64) -> Rule, most: f64| {
                    let (mut low, mut high) = (0.0, most);
                    for _ in 0..if number(8, 1.0) > 0.0 { 15 } else { 0 } {
                        let middle = (low + high) / 2.0;
                        if run(rule(middle)).0 < house.0 {
                            low = middle;
                        } else {
                            high = middle;
                        }
                    }
                    (high, run(rule(high)))
                };
                let (high, level) = as_good(|factor| Rule::Textbook { factor: Some(factor) }, 12.0);
                let printed = run(Rule::TextbookFill { times: 1.0 });
                let (top, equal) = as_good(|times| Rule::TextbookFill { times }, 8.0);
                println!(
                    "    textbook's fill rate {:.2} (mean {:.2}) stock {:.2}; times {top:.2}: {:.2} (mean {:.2}) stock {:.2}, house {:+.1} %",
                    printed.0,
                    printed.1,
                    printed.2,
                    equal.0,
                    equal.1,
                    equal.2,
                    (house.2 / equal.2 - 1.0) * 100.0
                );
                println!(
                    "{shortage:?} lead {lead_days:2} promised {:.0}: house {:.2} (mean {:.2}) stock {:.2}; textbook {:.2} (mean {:.2}) stock {:.2}; stock {:+.1} %; textbook with factor {high:.2}: {:.2} stock {:.2}, house {:+.1} %",
                    fill * 100.0,
                    house.0,
                    house.1,
                    house.2,
                    textbook.0,
                    textbook.1,
                    textbook.2,
                    (house.2 / textbook.2 - 1.0) * 100.0,
                    level.0,
                    level.2,
                    (house.2 / level.2 - 1.0) * 100.0
                );
            }
        }
    }
}
