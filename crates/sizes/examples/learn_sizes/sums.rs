//! Least squares and the sums of three classes by Newton's steps. Refuses to know what the numbers mean.

use sauda_sizes::learned::features::dot;
use sauda_sizes::learned::solve::{chances, solve};

const PULL: f64 = 5.0;

/// Weights of a sum that comes nearest to the targets.
pub fn squares<const N: usize>(rows: &[[f64; N]], targets: &[f64]) -> [f64; N] {
    let (mut matrix, mut right) = ([[0.0; N]; N], [0.0; N]);
    for (row, target) in rows.iter().zip(targets) {
        for at in 0..N {
            right[at] += row[at] * target;
            for other in 0..N {
                matrix[at][other] += row[at] * row[other];
            }
        }
    }
    for (at, line) in matrix.iter_mut().enumerate() {
        line[at] += 1.0;
    }
    solve(&mut matrix, &right)
}

/// Weights of too small and too large against fit. `BOTH` is twice `N`.
pub fn classes<const N: usize, const BOTH: usize>(rows: &[[f64; N]], classes: &[usize]) -> [[f64; N]; 2] {
    let mut found = [[0.0; N]; 2];
    let mut best = loss(rows, classes, &found);
    for _ in 0..9 {
        let (slope, mut bend) = slopes::<N, BOTH>(rows, classes, &found);
        let step = solve(&mut bend, &slope);
        let mut share = 1.0;
        loop {
            let mut next = found;
            for at in 0..N {
                next[0][at] += share * step[at];
                next[1][at] += share * step[N + at];
            }
            let now = loss(rows, classes, &next);
            if now <= best || share < 1e-3 {
                (found, best) = (next, now);
                break;
            }
            share /= 2.0;
        }
    }
    found
}

fn slopes<const N: usize, const BOTH: usize>(
    rows: &[[f64; N]],
    classes: &[usize],
    found: &[[f64; N]; 2],
) -> ([f64; BOTH], Box<[[f64; BOTH]; BOTH]>) {
    let mut slope = [0.0; BOTH];
    let mut bend = Box::new([[0.0; BOTH]; BOTH]);
    for (row, class) in rows.iter().zip(classes) {
        let [small, _, large] = chances(dot(row, &found[0]), dot(row, &found[1]));
        let off = [
            f64::from(u8::from(*class == 0)) - small,
            f64::from(u8::from(*class == 2)) - large,
        ];
        let (upper, lower, both) = (small * (1.0 - small), large * (1.0 - large), -small * large);
        for at in (0..N).filter(|at| row[*at] != 0.0) {
            slope[at] += off[0] * row[at];
            slope[N + at] += off[1] * row[at];
            for other in 0..N {
                let product = row[at] * row[other];
                bend[at][other] += upper * product;
                bend[N + at][N + other] += lower * product;
                bend[N + at][other] += both * product;
            }
        }
    }
    for at in 0..N {
        slope[at] -= PULL * found[0][at];
        slope[N + at] -= PULL * found[1][at];
        bend[at][at] += PULL;
        bend[N + at][N + at] += PULL;
    }
    (slope, bend)
}

fn loss<const N: usize>(rows: &[[f64; N]], classes: &[usize], found: &[[f64; N]; 2]) -> f64 {
    let told: f64 = rows
        .iter()
        .zip(classes)
        .map(|(row, class)| {
            -chances(dot(row, &found[0]), dot(row, &found[1]))[*class]
                .max(1e-300)
                .ln()
        })
        .sum();
    told + PULL / 2.0 * (dot(&found[0], &found[0]) + dot(&found[1], &found[1]))
}
