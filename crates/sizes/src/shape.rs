//! How chances follow from the distance between a size and the one asked for, and how outcomes move that distance. Refuses to
//! know whose sizes they are.

/// How far a size forgives beyond half of its step.
const FORGIVES: f64 = 0.55;
const SHARPEST: f64 = 0.35;
const BY_DOUBT: f64 = 0.45;
const ROUNDS: usize = 8;

/// One outcome: how much larger than asked for, how wide the size is, how doubtful that is, and how it sat.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Signal {
    pub over: f64,
    pub step: f64,
    pub doubt: f64,
    /// 0 too small, 1 fit, 2 too large.
    pub class: usize,
}

/// Chances of too small, fit and too large of a size that is `over` larger than asked for.
#[must_use]
pub fn chances(over: f64, step: f64, doubt: f64) -> [f64; 3] {
    let spread = (SHARPEST.powi(2) + (BY_DOUBT * doubt).powi(2)).sqrt();
    let wide = 0.5 * step + FORGIVES;
    let small = 1.0 / (1.0 + ((wide + over) / spread).exp());
    let large = 1.0 / (1.0 + ((wide - over) / spread).exp());
    [small, (1.0 - small - large).max(1e-6), large]
}

/// How much smaller than written a piece is, in steps: the likeliest shift, given where it was thought to be before.
#[must_use]
pub fn shift(signals: &[Signal], before: f64, spread: f64) -> f64 {
    if signals.is_empty() {
        return before;
    }
    let mut found = before;
    for _ in 0..ROUNDS {
        let (low, mid, high) = (
            told(signals, found - 0.05, before, spread),
            told(signals, found, before, spread),
            told(signals, found + 0.05, before, spread),
        );
        let slope = (high - low) / 0.1;
        let bend = ((high - 2.0 * mid + low) / 0.0025).min(-0.5);
        let step = (-slope / bend).clamp(-0.7, 0.7);
        found = (found + step).clamp(-4.0, 4.0);
        if step.abs() < 0.01 {
            break;
        }
    }
    found
}

fn told(signals: &[Signal], shift: f64, before: f64, spread: f64) -> f64 {
    let outcomes: f64 = signals
        .iter()
        .map(|one| {
            let all = chances(one.over - shift, one.step, one.doubt);
            all.get(one.class).copied().unwrap_or(1.0).max(1e-9).ln()
        })
        .sum();
    outcomes - ((shift - before) / spread).powi(2) / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_larger_size_is_never_likelier_too_small(over in -6.0..6.0_f64, more in 0.01..3.0_f64, doubt in 0.0..2.5_f64, step in 0.5..2.0_f64) {
            let (here, there) = (chances(over, step, doubt), chances(over + more, step, doubt));
            prop_assert!(there[0] <= here[0] && there[2] >= here[2]);
            let sum: f64 = here.iter().sum();
            prop_assert!((sum - 1.0).abs() < 1e-3, "{here:?}");
        }

        #[test]
        fn one_more_too_small_never_makes_a_piece_larger(classes in prop::collection::vec(0_usize..3, 0..20)) {
            let mut signals: Vec<Signal> = classes
                .iter()
                .map(|class| Signal { over: 0.0, step: 1.0, doubt: 1.0, class: *class })
                .collect();
            let before = shift(&signals, 0.0, 0.7);
            signals.push(Signal { over: 0.0, step: 1.0, doubt: 1.0, class: 0 });
            prop_assert!(shift(&signals, 0.0, 0.7) >= before - 0.02);
        }
    }

    #[test]
    fn many_outcomes_say_more_than_few() {
        let small = Signal {
            over: 0.0,
            step: 1.0,
            doubt: 1.0,
            class: 0,
        };
        let few = shift(&[small; 2], 0.0, 0.7);
        let many = shift(&[small; 20], 0.0, 0.7);
        assert!(0.2 < few && few < many && many < 4.0, "{few} {many}");
    }
}
