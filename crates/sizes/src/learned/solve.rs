//! Small dense equations and the chances of three classes. Refuses to allocate.
#![expect(
    clippy::indexing_slicing,
    clippy::needless_range_loop,
    reason = "square arrays of a fixed size, indexed by ranges of that size, as the textbooks write them"
)]

/// Chances of too small, fit and too large from two sums against fit.
#[must_use]
pub fn chances(small: f64, large: f64) -> [f64; 3] {
    let top = small.max(large).max(0.0);
    let (small, fit, large) = ((small - top).exp(), (-top).exp(), (large - top).exp());
    let sum = small + fit + large;
    [small / sum, fit / sum, large / sum]
}

/// Solves `matrix · x = right` for a symmetric matrix that bends one way only; the matrix is used up.
#[must_use]
pub fn solve<const N: usize>(matrix: &mut [[f64; N]; N], right: &[f64; N]) -> [f64; N] {
    for row in 0..N {
        for column in 0..=row {
            let mut sum = matrix[row][column];
            for before in 0..column {
                sum -= matrix[row][before] * matrix[column][before];
            }
            matrix[row][column] = if row == column {
                sum.max(1e-9).sqrt()
            } else {
                sum / matrix[column][column]
            };
        }
    }
    let mut middle = *right;
    for row in 0..N {
        for before in 0..row {
            middle[row] -= matrix[row][before] * middle[before];
        }
        middle[row] /= matrix[row][row];
    }
    for row in (0..N).rev() {
        for after in row + 1..N {
            middle[row] -= matrix[after][row] * middle[after];
        }
        middle[row] /= matrix[row][row];
    }
    middle
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_equation_is_solved() {
        let mut matrix = [[4.0, 1.0, 0.0], [1.0, 3.0, -1.0], [0.0, -1.0, 2.0]];
        let found = solve(&mut matrix, &[6.0, 4.0, 4.0]);
        for (found, wanted) in found.iter().zip([1.0, 2.0, 3.0]) {
            assert!((found - wanted).abs() < 1e-9, "{found} {wanted}");
        }
    }

    #[test]
    fn chances_sum_to_one_however_large_the_sums() {
        for (small, large) in [(0.0, 0.0), (800.0, -800.0), (-800.0, 799.0), (-800.0, -800.0)] {
            let sum: f64 = chances(small, large).iter().sum();
            assert!((sum - 1.0).abs() < 1e-9);
        }
    }
}
