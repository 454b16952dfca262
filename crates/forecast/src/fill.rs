//! Steps that were not counted, and steps on which the shelf was empty: what was likely asked for there. Refuses to take either for
//! a zero.

use crate::frequency::Frequency;
use crate::number::at;
use crate::season::Season;

/// One counted step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Step {
    Sold(f64),
    /// Nobody counted.
    Unknown,
    /// The shelf was empty for a part of the step: at least this much was asked for.
    AtLeast(f64),
}

/// A history without gaps, and which steps of it were really counted.
#[derive(Debug, Clone, PartialEq)]
pub struct Filled {
    pub values: Vec<f64>,
    pub seen: Vec<bool>,
}

/// How many steps to each side tell what a step would have been.
fn reach(frequency: Frequency) -> usize {
    match frequency {
        Frequency::Daily => 21,
        Frequency::Weekly => 6,
        Frequency::Monthly => 4,
    }
}

/// Fills what was not counted by the level around it and the season; none when no step was counted.
#[must_use]
pub fn fill(steps: &[Step], frequency: Frequency) -> Option<Filled> {
    let seen: Vec<bool> = steps.iter().map(|step| matches!(step, Step::Sold(_))).collect();
    if !seen.contains(&true) {
        return None;
    }
    let sold: Vec<f64> = steps
        .iter()
        .map(|step| match step {
            Step::Sold(value) | Step::AtLeast(value) => *value,
            Step::Unknown => 0.0,
        })
        .collect();
    if !seen.contains(&false) {
        return Some(Filled { values: sold, seen });
    }
    // First by the level alone, then by the level and the season that shows then.
    let first = likely(steps, &sold, &seen, frequency, &Season::none());
    let season = Season::of(&first, frequency.round());
    let values = likely(steps, &sold, &seen, frequency, &season);
    Some(Filled { values, seen })
}

fn likely(steps: &[Step], sold: &[f64], seen: &[bool], frequency: Frequency, season: &Season) -> Vec<f64> {
    let plain = season.without(sold);
    let levels = levels(&plain, seen, reach(frequency));
    // A step that nobody counted is no record.
    let most = sold.iter().copied().fold(0.0, f64::max);
    let rows = steps.iter().enumerate();
    rows.map(|(place, step)| {
        let usual = at(&levels, place) * season.index(place);
        match step {
            Step::Sold(value) => *value,
            Step::Unknown => usual.min(most),
            Step::AtLeast(value) => value.max(usual),
        }
    })
    .collect()
}

/// Means of the counted steps around each step; where there are none near, the reach grows.
fn levels(plain: &[f64], seen: &[bool], reach: usize) -> Vec<f64> {
    let mut sums = vec![(0.0, 0.0)];
    let (mut sum, mut count) = (0.0, 0.0);
    for (value, seen) in plain.iter().zip(seen) {
        if *seen {
            sum += value;
            count += 1.0;
        }
        sums.push((sum, count));
    }
    let until = |place: usize| sums.get(place.min(plain.len())).copied().unwrap_or((sum, count));
    (0..plain.len())
        .map(|place| {
            let mut reach = reach;
            loop {
                let (low, high) = (until(place.saturating_sub(reach)), until(place + reach + 1));
                let counted = high.1 - low.1;
                if counted >= 3.0 || (reach >= plain.len() && counted > 0.0) {
                    return (high.0 - low.0) / counted;
                }
                if reach >= plain.len() {
                    return 0.0;
                }
                reach *= 2;
            }
        })
        .collect()
}
