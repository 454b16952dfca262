//! The rules of the price bot: facts and the time in, a decision and its reason out. Refuses to read a clock, to fetch
//! or to store; whole tenge only.

mod arithmetic;
mod bounds;
mod explain;
mod field;
mod gate;
mod profit;
mod strategy;
mod war;

pub use explain::{explain, place_of};

use crate::model::{
    Check, Decision, Floors, Guard, LARGEST_PRICE, Observation, OfferFacts, Outcome, OwnMove, ProfitCurve,
    Reason, Rule, Sister, Verdict,
};
use field::Field;
use sauda_economics::FloorParts;
use sauda_kernel::{Tenge, Timestamp};

/// Everything that one decision looks at.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    pub offer: &'a OfferFacts,
    pub rule: &'a Rule,
    pub floors: &'a Floors,
    /// The newest read of the card in the city.
    pub observation: Option<&'a Observation>,
    /// Other shops of the same owner.
    pub sisters: &'a [Sister],
    /// Our own moves in this city, in any order: see [`crate::model::forget_old_moves`] for how many.
    pub moves: &'a [OwnMove],
    /// When the marketplace last answered; absent switches the dead-man's switch off.
    pub last_contact: Option<Timestamp>,
    /// For the profit strategy, with `parts`.
    pub curve: Option<&'a ProfitCurve>,
    pub parts: Option<&'a FloorParts>,
    pub now: Timestamp,
}

/// What the strategy wants, before the guards that bound a move.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Want {
    Price {
        price: Tenge,
        reason: Reason,
        reference: Option<usize>,
    },
    Hold {
        reason: Reason,
        reference: Option<usize>,
    },
}

/// The desk on which one decision is made.
pub(crate) struct Desk<'a> {
    pub(crate) input: &'a Input<'a>,
    pub(crate) before: Option<Tenge>,
    /// Where the strategy thinks from: the present price, brought into its limits.
    pub(crate) stand: Option<Tenge>,
    pub(crate) floor: Tenge,
    pub(crate) ceiling: Tenge,
    pub(crate) checks: Vec<Check>,
}

/// Decides one offer in one city.
pub fn decide(input: &Input<'_>) -> Decision {
    let mut desk = Desk {
        input,
        before: input.offer.price,
        stand: None,
        floor: Tenge::ZERO,
        ceiling: input.rule.max.unwrap_or(LARGEST_PRICE).min(LARGEST_PRICE),
        checks: Vec::new(),
    };
    if let Some(early) = gate::before_reading(&mut desk) {
        return early;
    }
    let Some(observation) = input.observation else {
        return desk.hold(Reason::NoObservation {}, None);
    };
    if let Some(early) =
        gate::reading(&mut desk, observation).or_else(|| gate::timing(&mut desk, observation))
    {
        return early;
    }
    desk.stand = desk.before.map(|before| before.max(desk.floor).min(desk.ceiling));
    let field = Field::new(input, observation);
    let want = strategy::want(&mut desk, &field);
    let want = war::calmed(&mut desk, &field, want);
    let want = strategy::lifted(&mut desk, &field, want);
    bounds::settle(desk, &field, want)
}

impl Desk<'_> {
    pub(crate) fn note(&mut self, verdict: Verdict, guard: Guard) {
        self.checks.push(Check { verdict, guard });
    }

    /// Whether the present price is outside of the limits and must be brought back.
    pub(crate) fn out_of_bounds(&self) -> bool {
        self.before
            .is_some_and(|before| before < self.floor || before > self.ceiling)
    }

    pub(crate) fn hold(&mut self, reason: Reason, reference: Option<usize>) -> Decision {
        self.end(Outcome::Hold, reason, reference, None)
    }

    pub(crate) fn stopped(&mut self, guard: Guard, reason: Reason) -> Decision {
        self.note(Verdict::Stopped, guard);
        self.hold(reason, None)
    }

    pub(crate) fn asked(&mut self, guard: Guard, reason: Reason) -> Decision {
        self.note(Verdict::Asked, guard);
        self.end(Outcome::Ask(None), reason, None, None)
    }

    pub(crate) fn end(
        &mut self,
        outcome: Outcome,
        reason: Reason,
        reference: Option<usize>,
        wanted: Option<Tenge>,
    ) -> Decision {
        Decision {
            outcome,
            reason,
            checks: std::mem::take(&mut self.checks),
            reference,
            before: self.before,
            floor: (self.floor > Tenge::ZERO).then_some(self.floor),
            ceiling: self.input.rule.max,
            wanted,
        }
    }
}
