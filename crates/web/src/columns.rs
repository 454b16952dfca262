//! Columns of a chart: sums by days or months from zero up, losses below it, with round ticks. Refuses to write HTML or texts.

use crate::charts::{Tick, round_step, tenths};
use serde::Serialize;

/// One column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Column {
    pub x: String,
    pub width: String,
    pub y: String,
    pub height: String,
    pub value: i64,
    pub label: String,
    pub is_loss: bool,
}

/// A chart in a box of 1 000 × 100; positions of labels are shares of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Columns {
    pub bars: Vec<Column>,
    pub y: Vec<Tick<i64>>,
    /// As many labels as have room beside each other.
    pub x: Vec<Tick<String>>,
    pub highest: i64,
}

/// Labels below the columns at most.
const LABELS: usize = 7;

fn position(value: i64, low: i64, high: i64) -> i64 {
    let exact = i128::from(high - value) * 1_000 / i128::from((high - low).max(1));
    i64::try_from(exact).unwrap_or(0)
}

/// Draws whole tenge with their labels. `None` without values, or where all of them are zero.
pub fn columns(values: &[(String, i64)]) -> Option<Columns> {
    let least = values.iter().map(|(_, value)| *value).min()?.min(0);
    let most = values.iter().map(|(_, value)| *value).max()?.max(0);
    if least == most {
        return None;
    }
    let step = round_step(most - least).max(1);
    let low = least.div_euclid(step) * step;
    let high = (most + step - 1).div_euclid(step) * step;
    let count = i64::try_from(values.len()).ok()?;
    let slot = 10_000 / count;
    let every = values.len().div_ceil(LABELS);
    let (mut bars, mut x) = (Vec::with_capacity(values.len()), Vec::new());
    for (place, (label, value)) in values.iter().enumerate() {
        let at = i64::try_from(place).ok()? * 10_000 / count;
        let (top, bottom) = (
            position((*value).max(0), low, high),
            position((*value).min(0), low, high),
        );
        bars.push(Column {
            x: tenths(at + slot * 16 / 100),
            width: tenths((slot * 68 / 100).max(8)),
            y: tenths(top),
            height: tenths(bottom - top),
            value: *value,
            label: label.clone(),
            is_loss: *value < 0,
        });
        if place % every == 0 {
            x.push(Tick {
                position: tenths((at + slot / 2) / 10),
                value: label.clone(),
            });
        }
    }
    let ticks = (0_i64..)
        .map(|n| low + n * step)
        .take_while(|value| *value <= high);
    Some(Columns {
        bars,
        y: ticks
            .map(|value| Tick {
                position: tenths(position(value, low, high)),
                value,
            })
            .collect(),
        x,
        highest: most,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(values: &[i64]) -> Columns {
        let values: Vec<(String, i64)> = values.iter().map(|value| (value.to_string(), *value)).collect();
        columns(&values).unwrap()
    }

    #[test]
    fn columns_stand_on_zero_and_losses_hang_below_it() {
        let told = drawn(&[400, -100, 0]);
        let bar = |place: usize| (told.bars[place].y.as_str(), told.bars[place].height.as_str());
        // From −200 to 400: zero is at two thirds.
        assert_eq!(
            told.y.iter().map(|tick| tick.value).collect::<Vec<_>>(),
            [-200, 0, 200, 400]
        );
        assert_eq!(
            (bar(0), bar(1), bar(2)),
            (("0", "66.6"), ("66.6", "16.7"), ("66.6", "0"))
        );
        assert_eq!((told.bars[0].is_loss, told.bars[1].is_loss), (false, true));
    }

    #[test]
    fn many_columns_keep_a_few_labels_and_nothing_is_no_chart() {
        let told = drawn(&(1..=365).collect::<Vec<_>>());
        assert!(told.x.len() <= LABELS && told.bars.len() == 365);
        assert_eq!(columns(&[]), None);
        assert_eq!(columns(&[("1".to_owned(), 0)]), None);
    }
}
