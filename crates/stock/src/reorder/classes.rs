//! Which products matter, which are steady, which lie dead. Refuses to call a rare seller unsteady for being rare.
//!
//! Sources: classes by share of the whole, Dickie, ABC inventory analysis shoots for dollars, 1951; rare demand told from
//! unsteady demand by its interval (1.32) and squared variation (0.49), Syntetos, Boylan and Croston, 2005; sums over longer
//! periods for rare demand, Nikolopoulos et al., 2011.

use super::float::{count, float};
use super::history::{Day, moments, sums};
use serde::Serialize;

/// By worth: A makes the first 80 % of the whole, B the next 15 %, C the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Worth {
    A,
    B,
    C,
}

/// By steadiness of sales.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Steadiness {
    X,
    Y,
    Z,
}

impl Worth {
    pub const fn word(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
        }
    }
}

impl Steadiness {
    pub const fn word(self) -> &'static str {
        match self {
            Self::X => "X",
            Self::Y => "Y",
            Self::Z => "Z",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        [Self::X, Self::Y, Self::Z]
            .into_iter()
            .find(|class| class.word() == word)
    }
}

/// The class of each value, in the order given: a product belongs to the class in which its share of the whole begins.
pub fn worths(values: &[i64]) -> Vec<Worth> {
    let mut places: Vec<(usize, i64)> = values.iter().map(|value| (*value).max(0)).enumerate().collect();
    places.sort_by_key(|(place, value)| (std::cmp::Reverse(*value), *place));
    let whole: i128 = places.iter().map(|(_, value)| i128::from(*value)).sum();
    let mut classes: Vec<(usize, Worth)> = Vec::with_capacity(values.len());
    let mut before = 0_i128;
    for (place, value) in places {
        let class = if value == 0 || before * 100 >= whole * 95 {
            Worth::C
        } else if before * 100 >= whole * 80 {
            Worth::B
        } else {
            Worth::A
        };
        before += i128::from(value);
        classes.push((place, class));
    }
    classes.sort_by_key(|(place, _)| *place);
    classes.into_iter().map(|(_, class)| class).collect()
}

/// How steady sales are, by sums over a week, or over two or four where weeks without sales are many. None when less than
/// four such sums are known.
pub fn steadiness(days: &[Day]) -> Option<Steadiness> {
    for length in [7, 14, 28] {
        let sums = sums(days, length);
        if sums.len() < 4 {
            break;
        }
        let sold = count(sums.iter().filter(|sum| **sum > 0.0).count());
        if sold == 0.0 {
            return Some(Steadiness::Z);
        }
        if count(sums.len()) / sold > RARE {
            continue;
        }
        let (mean, variance) = moments(&sums)?;
        // Small counts vary by themselves: what a Poisson law has is not unsteadiness.
        let squared = ((variance - mean) / (mean * mean)).max(0.0);
        return Some(match squared {
            low if low <= 0.25 => Steadiness::X,
            middle if middle <= 1.0 => Steadiness::Y,
            _ => Steadiness::Z,
        });
    }
    (sums(days, 7).len() >= 4).then_some(Steadiness::Z)
}

/// Periods for each one with a sale, above which demand is rare.
const RARE: f64 = 1.32;

/// Why stock counts as dead or slow.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Idle {
    /// Nothing was sold for so many known days, though there was something to sell.
    Dead { days: i64 },
    /// What lies there lasts so many days.
    Slow { cover_days: i64 },
}

/// Without a sale for so many days stock is dead; lasting longer than twice that it is slow.
pub const DEAD_AFTER_DAYS: i64 = 90;

/// Known days without a sale up to the last one, though there was something to sell.
pub fn quiet_days(days: &[Day]) -> i64 {
    let mut quiet = 0_i64;
    for day in days.iter().rev() {
        match day {
            Day::Units(0) => quiet += 1,
            Day::Unknown | Day::SoldOut(0) => {}
            Day::Units(_) | Day::SoldOut(_) | Day::OneOff(_) => break,
        }
    }
    quiet
}

/// Whether what lies there is dead or slow, after so many [`quiet_days`]. The last piece of what still sells is not slow: less
/// than one cannot be kept.
pub fn idle(on_hand: i64, quiet: i64, daily: f64) -> Option<Idle> {
    if on_hand <= 0 {
        return None;
    }
    if quiet >= DEAD_AFTER_DAYS {
        return Some(Idle::Dead { days: quiet });
    }
    if daily <= 0.0 || on_hand == 1 {
        return None;
    }
    let cover = super::float::whole(float(on_hand) / daily);
    (cover > 2 * DEAD_AFTER_DAYS).then_some(Idle::Slow { cover_days: cover })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn days(units: &[i64], times: usize) -> Vec<Day> {
        (0..times)
            .flat_map(|_| units.iter().map(|one| Day::Units(*one)))
            .collect()
    }

    #[test]
    fn four_fifths_of_the_worth_are_a_and_nothing_is_c() {
        assert_eq!(
            worths(&[5, 60, 0, 25, 10]),
            [Worth::C, Worth::A, Worth::C, Worth::A, Worth::B]
        );
        assert_eq!(worths(&[0, 0]), [Worth::C, Worth::C]);
        assert_eq!(worths(&[7]), [Worth::A]);
    }

    #[test]
    fn a_rare_but_regular_seller_is_not_unsteady() {
        // One piece each tenth day.
        let regular = days(&[0, 0, 0, 0, 0, 0, 0, 0, 0, 1], 20);
        assert_eq!(steadiness(&regular), Some(Steadiness::X));
        let mut lumpy = vec![0; 55];
        lumpy.push(80);
        assert_eq!(steadiness(&days(&lumpy, 4)), Some(Steadiness::Z));
        assert_eq!(steadiness(&days(&[0], 60)), Some(Steadiness::Z));
        assert_eq!(steadiness(&days(&[3], 20)), None);
    }

    #[test]
    fn stock_without_sales_for_three_months_is_dead_and_unknown_days_prove_nothing() {
        assert_eq!(
            idle(4, quiet_days(&days(&[0], 90)), 0.0),
            Some(Idle::Dead { days: 90 })
        );
        assert_eq!(idle(4, quiet_days(&days(&[0], 89)), 0.0), None);
        assert_eq!(idle(0, quiet_days(&days(&[0], 200)), 0.0), None);
        assert_eq!(idle(4, quiet_days(&vec![Day::Unknown; 200]), 0.0), None);
        assert_eq!(idle(1, quiet_days(&days(&[1, 0, 0, 0, 0], 40)), 0.001), None);
        assert_eq!(
            idle(40, quiet_days(&days(&[1, 0, 0, 0, 0], 40)), 0.2),
            Some(Idle::Slow { cover_days: 200 })
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn worth_more_is_never_a_lower_class(values in proptest::collection::vec(0_i64..1_000_000, 1..40)) {
            let classes = worths(&values);
            for (one, class) in values.iter().zip(&classes) {
                for (other, lower) in values.iter().zip(&classes) {
                    prop_assert!(one <= other || class <= lower);
                }
            }
        }
    }
}
