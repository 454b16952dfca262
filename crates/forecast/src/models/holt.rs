//! A level with a trend, damped or straight. Refuses seasons.

use crate::number::{at, head, line, mean};

/// A line ahead: a level, a trend a step, and what is left of the trend after each.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Trend {
    level: f64,
    slope: f64,
    damping: f64,
}

impl Trend {
    pub(crate) fn at(&self, step: f64) -> f64 {
        let steps = if self.damping < 1.0 {
            self.damping * (1.0 - self.damping.powf(step)) / (1.0 - self.damping)
        } else {
            step
        };
        self.level + self.slope * steps
    }
}

pub(crate) struct Trends {
    pub(crate) damped: Trend,
    pub(crate) straight: Trend,
    /// Mean squared error one step ahead of the better of the two.
    pub(crate) error: f64,
}

const RATES: [f64; 6] = [0.05, 0.15, 0.3, 0.5, 0.75, 0.95];
const TURNS: [f64; 4] = [0.02, 0.08, 0.2, 0.4];
const DAMPING: [f64; 3] = [0.82, 0.94, 1.0];

pub(crate) fn best(values: &[f64]) -> Trends {
    let early = head(values, 10);
    let (slope, last, _) = line(early);
    let begun = if early.len() > 4 {
        last - slope * crate::number::real(early.len())
    } else {
        mean(early)
    };
    let mut damped = (
        f64::INFINITY,
        Trend {
            level: begun,
            slope: 0.0,
            damping: 0.9,
        },
    );
    let mut straight = damped;
    for rate in RATES {
        for damping in DAMPING {
            let mut levels = [begun; TURNS.len()];
            let mut slopes = [slope * 0.5; TURNS.len()];
            let mut errors = [0.0; TURNS.len()];
            for value in values {
                for (((level, slope), error), turn) in
                    levels.iter_mut().zip(&mut slopes).zip(&mut errors).zip(TURNS)
                {
                    let carried = *slope * damping;
                    let off = value - *level - carried;
                    *error += off * off;
                    *level += carried + rate * off;
                    *slope = carried + rate * turn * off;
                }
            }
            let best = if damping < 1.0 { &mut damped } else { &mut straight };
            for (place, error) in errors.iter().enumerate() {
                if *error < best.0 {
                    *best = (
                        *error,
                        Trend {
                            level: at(&levels, place),
                            slope: at(&slopes, place),
                            damping,
                        },
                    );
                }
            }
        }
    }
    Trends {
        damped: damped.1,
        straight: straight.1,
        error: damped.0.min(straight.0) / crate::number::real(values.len().max(1)),
    }
}
