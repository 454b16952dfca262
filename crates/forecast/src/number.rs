//! Counts as real numbers, means, and other sums over series. Refuses anything that knows what a series is.

/// A count as a real number.
pub(crate) fn real(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}

pub(crate) fn mean(values: &[f64]) -> f64 {
    if values.is_empty() {
        0.0
    } else {
        values.iter().sum::<f64>() / real(values.len())
    }
}

/// The last `count` values, or all when there are fewer.
pub(crate) fn tail(values: &[f64], count: usize) -> &[f64] {
    values.split_at(values.len().saturating_sub(count)).1
}

/// The first `count` values, or all when there are fewer.
pub(crate) fn head(values: &[f64], count: usize) -> &[f64] {
    values.split_at(count.min(values.len())).0
}

pub(crate) fn at(values: &[f64], place: usize) -> f64 {
    values.get(place).copied().unwrap_or_default()
}

/// A straight line through the values: its slope a step, its value at the last step, and the slope's t statistic.
pub(crate) fn line(values: &[f64]) -> (f64, f64, f64) {
    let n = real(values.len());
    if values.len() < 3 {
        return (0.0, mean(values), 0.0);
    }
    let (middle, level) = ((n - 1.0) / 2.0, mean(values));
    let (mut sxy, mut sxx, mut syy) = (0.0, 0.0, 0.0);
    for (place, value) in values.iter().enumerate() {
        let (x, y) = (real(place) - middle, value - level);
        sxy += x * y;
        sxx += x * x;
        syy += y * y;
    }
    let slope = sxy / sxx;
    let rest = ((syy - slope * sxy).max(0.0) / (n - 2.0)).max(1e-12 * (1.0 + level * level));
    (slope, level + slope * middle, slope / (rest / sxx).sqrt())
}

/// How alike neighbouring values are, from -1 to 1.
pub(crate) fn neighbours_alike(values: &[f64]) -> f64 {
    let level = mean(values);
    let (mut both, mut own, mut last) = (0.0, 1e-12, None);
    for value in values {
        let apart = value - level;
        if let Some(before) = last {
            both += apart * before;
        }
        own += apart * apart;
        last = Some(apart);
    }
    both / own
}
