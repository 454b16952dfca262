//! A decision as the rules made it, lean: the full account is a `Receipt`. Refuses to hold texts.

use super::{Check, MoveKind, Observation, OwnMove, Reason, Row};
use sauda_kernel::{Tenge, Timestamp};
use serde::{Deserialize, Serialize};

/// What to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Publish this price.
    Set(Tenge),
    /// Leave the price.
    Hold,
    /// Ask a person; the price that would be set, when there is one.
    Ask(Option<Tenge>),
}

/// Where an offer stands among all sellers of the card that a buyer sees. Equal prices share the better place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub place: u32,
    /// Sellers in the list, we included.
    pub of: u32,
}

/// The decision on one offer in one city.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    pub outcome: Outcome,
    pub reason: Reason,
    /// Guards that changed, stopped or asked; those that merely passed are in the receipt.
    pub checks: Vec<Check>,
    /// Index into the observation's rows of the rival that was answered.
    pub reference: Option<usize>,
    /// Our price before.
    pub before: Option<Tenge>,
    /// Effective floor and ceiling.
    pub floor: Option<Tenge>,
    pub ceiling: Option<Tenge>,
    /// What the strategy wanted before the guards.
    pub wanted: Option<Tenge>,
}

impl Decision {
    /// The price to publish, when there is one.
    pub const fn price(&self) -> Option<Tenge> {
        match self.outcome {
            Outcome::Set(price) => Some(price),
            Outcome::Hold | Outcome::Ask(_) => None,
        }
    }

    /// The row of the rival that was answered.
    pub fn rival<'a>(&self, observation: Option<&'a Observation>) -> Option<&'a Row> {
        observation?.rows().get(self.reference?)
    }

    /// The move to remember once the price has been sent; none for a decision that sets nothing. `observation` is the
    /// one that was decided on.
    pub fn as_move(&self, at: Timestamp, observation: Option<&Observation>) -> Option<OwnMove> {
        let to = self.price()?;
        let rival = self.rival(observation).map(|row| row.seller.clone());
        let down = self.before.is_some_and(|before| to < before);
        let kind = match self.reason {
            Reason::StepBack { .. } => MoveKind::StepBack,
            _ if down && rival.is_some() => MoveKind::Undercut,
            _ => MoveKind::Other,
        };
        Some(OwnMove {
            at,
            from: self.before,
            to,
            kind,
            rival,
        })
    }
}
