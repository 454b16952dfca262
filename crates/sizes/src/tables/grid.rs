//! Letters by height and weight, from `facts/sizes_height_weight_grid.csv`: what cards of goods show, of low authority. Refuses
//! weights that it does not hold.

use super::{place, value};

/// Weights at which women's letters change: 40 begins XS, 46 S, 52 M …, 105 ends 4XL.
pub const WOMEN_EDGES: [f64; 9] = [40.0, 46.0, 52.0, 60.0, 68.0, 76.0, 85.0, 95.0, 105.0];
const WOMEN_HEIGHTS: [(f64, f64); 8] = [
    (150.0, 158.0),
    (155.0, 163.0),
    (158.0, 168.0),
    (162.0, 172.0),
    (164.0, 176.0),
    (165.0, 178.0),
    (166.0, 180.0),
    (168.0, 182.0),
];
/// Men's: 50 begins S, 60 M …, 125 ends 4XL.
pub const MEN_EDGES: [f64; 8] = [50.0, 60.0, 70.0, 80.0, 90.0, 100.0, 112.0, 125.0];
const MEN_HEIGHTS: [(f64, f64); 7] = [
    (160.0, 170.0),
    (165.0, 175.0),
    (170.0, 180.0),
    (174.0, 185.0),
    (176.0, 190.0),
    (178.0, 195.0),
    (180.0, 200.0),
];
/// A letter for so many centimetres beyond the heights of its row: taller is slimmer at the same weight.
const LETTER_PER_CM: f64 = 0.03;
/// Most that height moves the letter.
const MOST: f64 = 0.45;

/// A body among the letters: steps from XS (women) or S (men), where the middle of a letter is a whole number.
#[must_use]
pub fn letter_of(women: bool, height_cm: Option<f64>, weight_kg: f64) -> Option<f64> {
    let (edges, heights): (&[f64], &[(f64, f64)]) = if women {
        (&WOMEN_EDGES, &WOMEN_HEIGHTS)
    } else {
        (&MEN_EDGES, &MEN_HEIGHTS)
    };
    let by_weight = place(edges, weight_kg)? - 0.5;
    let row = heights
        .iter()
        .enumerate()
        .filter(|(at, _)| super::real(*at) <= by_weight + 0.5)
        .map(|(_, row)| *row)
        .next_back()
        .or_else(|| heights.first().copied())?;
    let moved = match height_cm {
        Some(height) if height < row.0 => (row.0 - height) * LETTER_PER_CM,
        Some(height) if height > row.1 => (row.1 - height) * LETTER_PER_CM,
        _ => 0.0,
    };
    Some(by_weight + moved.clamp(-MOST, MOST))
}

/// A usual woman of a letter: height and weight.
#[must_use]
pub fn woman_of(letter: f64) -> Option<(f64, f64)> {
    let middles = WOMEN_HEIGHTS.map(|(from, to)| f64::midpoint(from, to));
    Some((
        value(&middles, letter.clamp(-1.0, 8.0))?,
        value(&WOMEN_EDGES, letter + 0.5)?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_of_the_facts_has_its_letter() {
        let mut reader = csv::Reader::from_reader(
            include_str!("../../../../facts/sizes_height_weight_grid.csv").as_bytes(),
        );
        let mut seen = [0.0, 0.0];
        for record in reader.records() {
            let record = record.unwrap();
            let women = &record[0] == "women";
            let cell: Vec<f64> = (2..6).map(|at| record[at].parse().unwrap()).collect();
            let at = &mut seen[usize::from(women)];
            for height in [cell[0], f64::midpoint(cell[0], cell[1]), cell[1]] {
                for weight in [cell[2] + 0.5, f64::midpoint(cell[2], cell[3]), cell[3] - 0.5] {
                    let letter = letter_of(women, Some(height), weight).unwrap();
                    assert!(
                        (letter - *at).abs() < 0.5,
                        "{record:?} {height} {weight}: {letter}"
                    );
                }
            }
            *at += 1.0;
        }
        assert_eq!(seen, [7.0, 8.0]);
    }

    #[test]
    fn taller_at_the_same_weight_is_never_larger() {
        for women in [true, false] {
            let mut last = f64::INFINITY;
            for height in 140..200 {
                let letter = letter_of(women, Some(f64::from(height)), 64.0).unwrap();
                assert!(letter <= last);
                last = letter;
            }
        }
    }
}
