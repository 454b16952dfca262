//! What standing first in a card does to demand: steps at the front against steps behind it around them. Refuses to take one change
//! of place for its effect: something else may have changed then.

use crate::frequency::Frequency;
use crate::number::{at, mean, real};

/// From this share of a step on it counts as first, up to the other as behind.
const FIRST: f64 = 0.6;
const BEHIND: f64 = 0.4;
/// Changes between first and behind without which nothing is said.
const LEAST_CHANGES: usize = 3;
/// Steps of each kind without which nothing is said.
const LEAST_STEPS: usize = 6;
/// Pieces that are added to both sides: a few sales prove little.
const DRAWN: f64 = 8.0;
/// More than this nobody is believed: six times.
const MOST: f64 = 1.8;

/// What standing first does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// The logarithm of demand on a step that is first throughout against one that never is; not below zero.
    pub effect: f64,
    /// Share of the newest steps that were first: forecasts go by it where nothing else is told.
    pub usual: f64,
}

impl Standing {
    /// What demand is multiplied by when this share of a step is first, against the usual share.
    #[must_use]
    pub fn factor(&self, share: Option<f64>) -> f64 {
        (self.effect * (share.unwrap_or(self.usual) - self.usual)).exp()
    }
}

/// Reads it out of a history whose prices, promotions and the like are taken out already; none where it does not show.
#[must_use]
pub fn standing(
    values: &[f64],
    seen: &[bool],
    shares: &[Option<f64>],
    frequency: Frequency,
) -> Option<Standing> {
    let (around, newest) = match frequency {
        Frequency::Daily => (28, 7),
        Frequency::Weekly => (8, 2),
        Frequency::Monthly => (6, 1),
    };
    let known = |place: usize| -> Option<f64> {
        let counted = seen.get(place).copied().unwrap_or(true) && place < values.len();
        shares.get(place).copied().flatten().filter(|_| counted)
    };
    let is_first = |place: usize| match known(place)? {
        share if share >= FIRST => Some(true),
        share if share <= BEHIND => Some(false),
        _ => None,
    };
    let clear: Vec<(usize, bool)> = (0..values.len())
        .filter_map(|place| Some((place, is_first(place)?)))
        .collect();
    let changes = clear
        .windows(2)
        .filter(|pair| matches!(pair, [(_, one), (_, other)] if one != other));
    let firsts = clear.iter().filter(|(_, first)| *first).count();
    if changes.count() < LEAST_CHANGES || firsts.min(clear.len() - firsts) < LEAST_STEPS {
        return None;
    }
    let (mut sold, mut usual) = (0.0, 0.0);
    for (place, _) in clear.iter().filter(|(_, first)| *first) {
        let near = clear
            .iter()
            .filter(|(other, first)| !first && other.abs_diff(*place) <= around);
        let behind: Vec<f64> = near.map(|(other, _)| at(values, *other)).collect();
        if behind.len() >= 3 {
            sold += at(values, *place);
            usual += mean(&behind);
        }
    }
    if sold + usual <= 0.0 {
        return None;
    }
    let effect = ((sold + DRAWN) / (usual + DRAWN)).ln().clamp(0.0, MOST);
    let last: Vec<f64> = (0..values.len()).rev().filter_map(known).take(newest).collect();
    let usual = last.iter().sum::<f64>() / real(last.len().max(1));
    Some(Standing { effect, usual })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(of: impl Fn(usize) -> (f64, Option<f64>)) -> (Vec<f64>, Vec<Option<f64>>) {
        (0..120).map(of).unzip()
    }

    #[test]
    fn days_at_the_front_are_held_against_days_behind_it() {
        // First in every other fortnight, and twice as much then, while everything grows.
        let (values, shares) = days(|day| {
            let first = day / 14 % 2 == 1;
            let level = 10.0 + real(day) / 12.0;
            (
                if first { 2.0 * level } else { level },
                Some(f64::from(u8::from(first))),
            )
        });
        let found = standing(&values, &[true; 120], &shares, Frequency::Daily).unwrap();
        assert!((found.effect.exp() - 2.0).abs() < 0.15, "{found:?}");
        assert!(found.usual.abs() < 1e-9, "the newest days are behind: {found:?}");
        assert!((found.factor(Some(1.0)) - found.effect.exp()).abs() < 1e-9);
        assert!((found.factor(None) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn one_change_proves_nothing_and_unknown_days_are_passed_over() {
        let (values, shares) = days(|day| {
            (
                if day < 60 { 4.0 } else { 9.0 },
                Some(f64::from(u8::from(day >= 60))),
            )
        });
        assert_eq!(standing(&values, &[true; 120], &shares, Frequency::Daily), None);
        let (values, shares) = days(|day| (5.0, (day % 40 == 0).then_some(1.0)));
        assert_eq!(standing(&values, &[true; 120], &shares, Frequency::Daily), None);
        assert_eq!(standing(&values, &[true; 120], &[], Frequency::Daily), None);
    }

    #[test]
    fn nobody_is_told_that_standing_first_sells_less() {
        let (values, shares) = days(|day| {
            let first = day / 10 % 2 == 0;
            (if first { 3.0 } else { 9.0 }, Some(f64::from(u8::from(first))))
        });
        let found = standing(&values, &[true; 120], &shares, Frequency::Daily).unwrap();
        assert!(found.effect.abs() < 1e-9, "{found:?}");
    }
}
