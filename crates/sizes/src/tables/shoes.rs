//! Feet and European shoe numbers, from `facts/sizes_shoes.csv`: the length of the foot decides. Refuses other systems but the
//! American one.

use super::place;
use crate::size::Gender;

/// The European number of the first entry.
pub const FIRST: f64 = 20.0;
/// Feet of the numbers 20 to 46, cm; children to 34, women to 41, men to 46: where two tables meet they agree.
pub const FOOT: [f64; 27] = [
    12.5, 13.0, 13.8, 14.5, 15.0, 15.8, 16.5, 17.0, 17.8, 18.5, 19.0, 19.8, 20.5, 21.0, 21.8, 22.5, 23.0,
    23.5, 24.5, 25.0, 25.5, 26.5, 27.0, 27.5, 28.5, 29.0, 30.0,
];
const WOMEN_US: [(f64, f64); 7] = [
    (5.0, 35.0),
    (5.5, 36.0),
    (6.5, 37.0),
    (7.5, 38.0),
    (8.5, 39.0),
    (9.0, 40.0),
    (10.0, 41.0),
];
const MEN_US: [(f64, f64); 8] = [
    (6.5, 39.0),
    (7.0, 40.0),
    (8.0, 41.0),
    (8.5, 42.0),
    (9.5, 43.0),
    (10.5, 44.0),
    (11.5, 45.0),
    (12.5, 46.0),
];

/// The number of a foot, between numbers by shares.
#[must_use]
pub fn number_of(foot_cm: f64) -> Option<f64> {
    place(&FOOT, foot_cm).map(|place| FIRST + place)
}

/// The European number of an American one; it takes the gender.
#[must_use]
pub fn eu_of_us(us: f64, gender: Option<Gender>) -> Option<f64> {
    let table: &[(f64, f64)] = match gender? {
        Gender::Women => &WOMEN_US,
        Gender::Men => &MEN_US,
        Gender::Kids | Gender::Unisex => return None,
    };
    let (first, last) = (table.first()?, table.last()?);
    if us < first.0 - 0.5 || us > last.0 + 0.5 {
        return None;
    }
    let near = table.iter().min_by(|left, right| {
        let (left, right) = ((left.0 - us).abs(), (right.0 - us).abs());
        left.total_cmp(&right)
    })?;
    Some(near.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_those_of_the_facts() {
        let mut reader =
            csv::Reader::from_reader(include_str!("../../../../facts/sizes_shoes.csv").as_bytes());
        let mut rows = 0;
        for record in reader.records() {
            let record = record.unwrap();
            let (eu, foot): (f64, f64) = (record[1].parse().unwrap(), record[2].parse().unwrap());
            assert_eq!(number_of(foot), Some(eu), "{record:?}");
            let gender = match &record[0] {
                "women" => Gender::Women,
                "men" => Gender::Men,
                _ => Gender::Kids,
            };
            if let Ok(us) = record[3].parse::<f64>() {
                assert_eq!(eu_of_us(us, Some(gender)), Some(eu));
            }
            rows += 1;
        }
        assert_eq!(rows, 31);
    }
}
