//! The ladder of profit as a picture: price along, profit up, the line of no profit, and where a dearer delivery or another
//! commission begins. Refuses to compute a profit.

use crate::charts::Tick;
use serde::Serialize;

/// A rung: what is left at a price, both whole tenge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rung {
    pub price: i64,
    pub profit: i64,
    pub is_delivery_step: bool,
    pub is_commission_step: bool,
    pub is_here: bool,
}

/// Where a fee changes: `delivery` or `commission`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// In the 1 000 × 100 box.
    pub x: String,
    pub word: &'static str,
    pub price: i64,
}

/// The picture in a box of 1 000 × 100; positions of labels are shares of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ladder {
    pub line: String,
    /// Between the line and no profit; nothing when no profit is not in the picture.
    pub area: String,
    /// Height of no profit, when it is in the picture.
    pub zero: Option<String>,
    pub steps: Vec<Step>,
    /// The asked price.
    pub mark: Option<(String, String)>,
    /// Where the price earns nothing and loses nothing.
    pub even: Option<(String, String)>,
    /// The ends, the price of no profit and the asked one, as far as their labels do not meet.
    pub x: Vec<Tick<i64>>,
    pub from: i64,
    pub to: i64,
}

/// Labels nearer than this, in hundredths of a percent of the width, would lie on each other.
const APART: i64 = 1_500;

/// Hundredths as text: 1 250 is `12.5`.
fn text(hundredths: i64) -> String {
    let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A place between two ends, in parts of `of`; the middle when both are one.
fn place(value: i64, low: i64, high: i64, of: i64) -> i64 {
    if high == low {
        return of / 2;
    }
    let exact = i128::from(value - low) * i128::from(of) / i128::from(high - low);
    i64::try_from(exact).unwrap_or(0)
}

/// Draws a ladder with the price at which nothing is earned, where that is known. `None` for fewer than two rungs.
pub fn ladder(rungs: &[Rung], even: Option<i64>) -> Option<Ladder> {
    let (first, last) = (rungs.first()?, rungs.last()?);
    if rungs.len() < 2 || first.price >= last.price {
        return None;
    }
    let low = rungs.iter().map(|rung| rung.profit).min()?;
    let high = rungs.iter().map(|rung| rung.profit).max()?;
    let across = |price: i64| place(price, first.price, last.price, 100_000);
    // Five of a hundred stay free above and below.
    let up = |profit: i64| 9_500 - place(profit, low, high, 9_000);
    let mut line = String::new();
    for rung in rungs {
        let letter = if line.is_empty() { 'M' } else { 'L' };
        line.push_str(&format!(
            "{letter}{} {}",
            text(across(rung.price)),
            text(up(rung.profit))
        ));
    }
    let step = |rung: &Rung, word| Step {
        x: text(across(rung.price)),
        word,
        price: rung.price,
    };
    let mut steps = Vec::new();
    for rung in rungs {
        if rung.is_delivery_step {
            steps.push(step(rung, "delivery"));
        }
        if rung.is_commission_step {
            steps.push(step(rung, "commission"));
        }
    }
    let zero = (low < 0 && high > 0).then(|| text(up(0)));
    let even = even.filter(|price| (first.price..=last.price).contains(price));
    let here = rungs.iter().find(|rung| rung.is_here);
    Some(Ladder {
        area: zero
            .as_ref()
            .map(|zero| format!("{line}V{zero}H0Z"))
            .unwrap_or_default(),
        line,
        steps,
        mark: here.map(|rung| (text(across(rung.price) / 10), text(up(rung.profit)))),
        even: even
            .zip(zero.clone())
            .map(|(price, zero)| (text(across(price) / 10), zero)),
        zero,
        x: ticks(
            &[
                Some(first.price),
                Some(last.price),
                here.map(|rung| rung.price),
                even,
            ],
            &|price| across(price) / 10,
        ),
        from: first.price,
        to: last.price,
    })
}

/// Labels of prices in the order of their worth, those dropped that would lie on one before; from left to right.
fn ticks(prices: &[Option<i64>], across: &dyn Fn(i64) -> i64) -> Vec<Tick<i64>> {
    let mut kept: Vec<i64> = Vec::new();
    for price in prices.iter().flatten() {
        if kept
            .iter()
            .all(|other| (across(*other) - across(*price)).abs() >= APART)
        {
            kept.push(*price);
        }
    }
    kept.sort_unstable();
    kept.into_iter()
        .map(|value| Tick {
            position: text(across(value)),
            value,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rung(price: i64, profit: i64) -> Rung {
        Rung {
            price,
            profit,
            is_delivery_step: price == 10_000,
            is_commission_step: false,
            is_here: price == 15_000,
        }
    }

    #[test]
    fn prices_go_across_profit_goes_up_and_steps_stand_at_their_price() {
        let rungs = [rung(5_000, -1_000), rung(10_000, 0), rung(15_000, 1_000)];
        let told = ladder(&rungs, Some(10_000)).unwrap();
        assert_eq!(told.line, "M0 95L500 50L1000 5");
        assert_eq!(told.area, "M0 95L500 50L1000 5V50H0Z");
        assert_eq!(told.zero.as_deref(), Some("50"));
        assert_eq!((told.steps.len(), told.steps[0].x.as_str()), (1, "500"));
        assert_eq!(told.mark, Some(("100".to_owned(), "5".to_owned())));
        assert_eq!(told.even, Some(("50".to_owned(), "50".to_owned())));
    }

    #[test]
    fn labels_that_would_meet_are_dropped_and_the_asked_price_goes_before_the_one_of_no_profit() {
        let rungs = [rung(10_000, -500), rung(15_000, 100), rung(20_000, 700)];
        let told = |even| -> Vec<i64> {
            let plot = ladder(&rungs, Some(even)).unwrap();
            plot.x.into_iter().map(|tick| tick.value).collect()
        };
        assert_eq!(told(12_500), [10_000, 12_500, 15_000, 20_000]);
        assert_eq!(told(14_200), [10_000, 15_000, 20_000]);
        assert_eq!(told(10_900), [10_000, 15_000, 20_000]);
    }

    #[test]
    fn one_rung_is_no_picture_and_a_level_ladder_is_a_line_in_the_middle() {
        assert_eq!(ladder(&[rung(5_000, 1)], None), None);
        let level = ladder(&[rung(5_000, 7), rung(6_000, 7)], None).unwrap();
        assert_eq!((level.line.as_str(), level.zero), ("M0 50L1000 50", None));
    }
}
