//! Tables of bodies and sizes from `facts/`, as numbers. Refuses brands: theirs come with the piece.

pub mod adult;
pub mod grid;
pub mod kids;
pub mod shoes;

/// The place of a value among rising ones, between them by shares; beyond the ends by the last distance.
#[must_use]
pub fn place(values: &[f64], value: f64) -> Option<f64> {
    let at = values
        .partition_point(|one| *one <= value)
        .clamp(1, values.len().checked_sub(1)?);
    let (left, right) = (values.get(at - 1)?, values.get(at)?);
    Some(real(at - 1) + (value - left) / (right - left))
}

/// The value at a place; the other way around of [`place`].
#[must_use]
pub fn value(values: &[f64], place: f64) -> Option<f64> {
    let last = values.len().checked_sub(2)?;
    let at = (0..=last).rev().find(|at| real(*at) <= place).unwrap_or(0);
    let (left, right) = (values.get(at)?, values.get(at + 1)?);
    Some(left + (place - real(at)) * (right - left))
}

pub(crate) fn real(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_values_are_each_others_way_back() {
        let values = [62.0, 66.0, 70.0, 80.0];
        for at in [-0.5, 0.0, 0.3, 1.0, 2.5, 3.0, 3.4] {
            let back = place(&values, value(&values, at).unwrap()).unwrap();
            assert!((back - at).abs() < 1e-9, "{at} {back}");
        }
    }
}
