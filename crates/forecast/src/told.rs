//! One history from its raw steps to quantiles: gaps filled, what moves demand taken out and put back, a newcomer told by its
//! neighbours. Refuses histories that say nothing.

use crate::adjust::{Adjusted, Beside, adjust};
use crate::fill::{Filled, Step, fill};
use crate::forecast::{Forecast, forecast};
use crate::frequency::Frequency;
use crate::neighbours::{Usual, grown};
use crate::number::{mean, real};
use crate::prepare::History;
use crate::response;
use crate::spread::Spread;

/// Fewer counted steps than this say nothing by themselves.
pub const LEAST: usize = 3;

/// What is asked.
#[derive(Debug, Clone)]
pub struct Asked<'a> {
    /// Oldest first.
    pub steps: &'a [Step],
    pub frequency: Frequency,
    pub beside: &'a Beside,
    pub horizon: usize,
    /// What is usual among its neighbours; of use only while the product is new.
    pub usual: Option<Usual>,
}

/// What is answered.
#[derive(Debug, Clone)]
pub struct Told {
    pub filled: Filled,
    pub adjusted: Adjusted,
    /// With everything put back: price, promotion, special days, neighbours.
    pub forecast: Forecast,
    /// Steps that were counted.
    pub counted: usize,
    /// Neighbours it learned from; none when its own history was enough.
    pub neighbours: Option<usize>,
}

/// How many steps of a history were counted.
#[must_use]
pub fn counted(steps: &[Step]) -> usize {
    steps.iter().filter(|step| matches!(step, Step::Sold(_))).count()
}

/// Answers; none where fewer than [`LEAST`] steps were counted and no neighbour is known.
#[must_use]
pub fn tell(asked: &Asked<'_>) -> Option<Told> {
    let counted = counted(asked.steps);
    let usual = asked.usual.filter(|_| counted < grown(asked.frequency));
    if counted < LEAST && usual.is_none() {
        return None;
    }
    let filled = fill(asked.steps, asked.frequency).unwrap_or(Filled {
        values: Vec::new(),
        seen: Vec::new(),
    });
    let adjusted = adjust(
        &filled.values,
        &filled.seen,
        asked.frequency,
        asked.beside,
        asked.horizon,
        response::Usual::default(),
    );
    let history = History {
        values: &adjusted.values,
        seen: &filled.seen,
        frequency: asked.frequency,
    };
    let whole = filled
        .values
        .iter()
        .zip(&filled.seen)
        .all(|(value, seen)| !*seen || value.fract() == 0.0);
    let mut told = forecast(&history, asked.horizon);
    if let Some(usual) = usual {
        learn(&mut told, &filled, usual, asked.frequency);
    }
    for (spread, factor) in told.steps.iter_mut().zip(&adjusted.ahead) {
        spread.mean *= factor;
        spread.whole_numbers = whole;
    }
    Some(Told {
        filled,
        adjusted,
        forecast: told,
        counted,
        neighbours: usual.map(|usual| usual.products),
    })
}

/// A new product: its own sales and those of its group, by how long it is there.
fn learn(told: &mut Forecast, filled: &Filled, usual: Usual, frequency: Frequency) {
    let own = real(filled.seen.iter().filter(|seen| **seen).count());
    let share = own / (own + real(grown(frequency)) / 4.0);
    let level = mean(&filled.values);
    for spread in &mut told.steps {
        let mean = share * if own > 0.0 { spread.mean } else { level } + (1.0 - share) * usual.level;
        *spread = Spread {
            mean,
            share: share * spread.share + (1.0 - share) * (usual.apart + 0.3),
            whole_numbers: true,
        };
    }
}
