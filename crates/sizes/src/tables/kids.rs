//! Children's sizes by height, age and weight, from `facts/sizes_kids_by_height.csv`. Refuses adults.

use super::place;

/// Ages in months of the heights 50, 56 … 152.
pub const MONTHS: [f64; 18] = [
    1.0, 2.0, 3.0, 6.0, 9.0, 12.0, 18.0, 24.0, 36.0, 48.0, 60.0, 72.0, 84.0, 96.0, 108.0, 120.0, 132.0, 144.0,
];
/// The most a child of the height weighs.
pub const WEIGHT_TO: [f64; 18] = [
    4.0, 4.0, 5.0, 7.0, 9.0, 11.0, 12.0, 14.5, 15.0, 18.0, 21.0, 25.0, 28.0, 32.0, 33.0, 35.0, 36.0, 38.0,
];
/// Chest of the height, the upper end.
pub const CHEST_TO: [f64; 18] = [
    43.0, 45.0, 47.0, 49.0, 51.0, 53.0, 54.0, 55.0, 56.0, 57.0, 58.0, 59.0, 62.0, 65.0, 68.0, 71.0, 74.0,
    75.0,
];
/// Russian sizes of the heights.
pub const RU: [f64; 18] = [
    18.0, 18.0, 20.0, 22.0, 24.0, 24.0, 24.0, 26.0, 26.0, 28.0, 28.0, 30.0, 30.0, 32.0, 32.0, 34.0, 36.0,
    38.0,
];

/// Steps from 50 cm.
#[must_use]
pub fn place_of_height(cm: f64) -> f64 {
    (cm - 50.0) / 6.0
}

#[must_use]
pub fn place_of_months(months: f64) -> Option<f64> {
    place(&MONTHS, months)
}

/// The middle of the heights that bear this Russian size.
#[must_use]
pub fn place_of_ru(size: f64) -> Option<f64> {
    let (mut sum, mut count) = (0.0, 0.0);
    for (at, one) in RU.iter().enumerate() {
        if (one - size).abs() < 0.5 {
            sum += super::real(at);
            count += 1.0;
        }
    }
    (count > 0.0).then(|| sum / count)
}

/// An age as people write it: `18M`, `3Y`, `3-4Y`, `3`; also with the words for months and years.
#[must_use]
pub fn place_of_age(label: &str) -> Option<f64> {
    let digits: String = label
        .chars()
        .take_while(|sign| sign.is_ascii_digit() || *sign == '-' || *sign == '.')
        .collect();
    let age = crate::size::number(digits.trim_end_matches('-'))?;
    let unit = label.get(digits.len()..)?.trim();
    // M and the Russian word for months begin alike once letters are made Latin.
    let months = if unit.starts_with('M') { age } else { age * 12.0 };
    (1.0..=180.0).contains(&months).then(|| place_of_months(months))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_those_of_the_facts() {
        let mut reader =
            csv::Reader::from_reader(include_str!("../../../../facts/sizes_kids_by_height.csv").as_bytes());
        let upper = |text: &str| text.rsplit('-').next().unwrap().parse::<f64>().unwrap();
        let mut rows = 0;
        for (at, record) in reader.records().enumerate() {
            let record = record.unwrap();
            assert_eq!(
                record[0].parse::<f64>().unwrap(),
                50.0 + 6.0 * super::super::real(at)
            );
            assert_eq!(record[1].parse::<f64>().unwrap(), RU[at]);
            assert_eq!(upper(&record[3]), WEIGHT_TO[at]);
            assert_eq!(upper(&record[4]), CHEST_TO[at]);
            let (age, unit) = record[2].split_once(' ').unwrap();
            let months = upper(age) * if unit.starts_with('m') { 1.0 } else { 12.0 };
            assert_eq!(months, MONTHS[at]);
            rows += 1;
        }
        assert_eq!(rows, 18);
    }

    #[test]
    fn ages_are_read_with_their_unit() {
        assert_eq!(place_of_age("18M"), Some(6.0));
        assert_eq!(place_of_age("5Y"), place_of_age("5"));
        assert_eq!(place_of_age("5-6 Y"), Some(10.5));
        assert_eq!(place_of_age("W32"), None);
    }
}
