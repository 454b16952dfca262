//! Girths of adult sizes, from `facts/sizes_adult_body.csv`. Refuses children.

use super::place;

/// Women: Russian 40, 42 … 64.
pub const WOMEN_CHEST: [f64; 13] = [
    80.0, 84.0, 88.0, 92.0, 96.0, 100.0, 104.0, 108.0, 112.0, 116.0, 120.0, 124.0, 128.0,
];
pub const WOMEN_WAIST: [f64; 13] = [
    62.0, 66.0, 70.0, 74.0, 78.0, 82.0, 86.0, 92.0, 98.0, 104.0, 110.0, 116.0, 122.0,
];
pub const WOMEN_HIPS: [f64; 13] = [
    86.0, 90.0, 94.0, 98.0, 102.0, 106.0, 110.0, 114.0, 118.0, 122.0, 126.0, 130.0, 134.0,
];
/// Men: Russian 44, 46 … 62.
pub const MEN_CHEST: [f64; 10] = [88.0, 92.0, 96.0, 100.0, 104.0, 108.0, 112.0, 116.0, 120.0, 124.0];
pub const MEN_WAIST: [f64; 10] = [76.0, 80.0, 84.0, 88.0, 92.0, 96.0, 102.0, 108.0, 114.0, 120.0];

/// Girths by size of one gender; men have no hips in the table.
#[derive(Debug, Clone, Copy)]
pub struct Girths {
    pub chest: &'static [f64],
    pub waist: &'static [f64],
    pub hips: Option<&'static [f64]>,
}

pub const WOMEN: Girths = Girths {
    chest: &WOMEN_CHEST,
    waist: &WOMEN_WAIST,
    hips: Some(&WOMEN_HIPS),
};
pub const MEN: Girths = Girths {
    chest: &MEN_CHEST,
    waist: &MEN_WAIST,
    hips: None,
};

impl Girths {
    /// The last place of the table.
    #[must_use]
    pub fn last(&self) -> f64 {
        super::real(self.chest.len()) - 1.0
    }

    #[must_use]
    pub fn by_chest(&self, cm: f64) -> Option<f64> {
        place(self.chest, cm)
    }

    #[must_use]
    pub fn by_waist(&self, cm: f64) -> Option<f64> {
        place(self.waist, cm)
    }

    #[must_use]
    pub fn by_hips(&self, cm: f64) -> Option<f64> {
        place(self.hips?, cm)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_those_of_the_facts() {
        let mut reader =
            csv::Reader::from_reader(include_str!("../../../../facts/sizes_adult_body.csv").as_bytes());
        let (mut women, mut men) = (0, 0);
        for record in reader.records() {
            let record = record.unwrap();
            let number = |at: usize| record[at].parse::<f64>().ok();
            let (table, at) = match &record[0] {
                "women" => (WOMEN, &mut women),
                _ => (MEN, &mut men),
            };
            assert_eq!(number(4), Some(table.chest[*at]));
            assert_eq!(number(5), Some(table.waist[*at]));
            assert_eq!(number(6), table.hips.map(|hips| hips[*at]));
            let first = if table.hips.is_some() { 40.0 } else { 44.0 };
            assert_eq!(number(1), Some(first + 2.0 * super::super::real(*at)));
            *at += 1;
        }
        assert_eq!((women, men), (13, 10));
    }
}
