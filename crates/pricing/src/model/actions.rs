//! Our own recent price moves in one city: the memory of cool-down, day limit and price-war brake. Refuses to remember rivals.

use super::{SellerUid, moment};
use sauda_kernel::{Span, Tenge, Timestamp};
use serde::{Deserialize, Serialize};

/// Why a price moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MoveKind {
    /// Down, to stand under or level with a rival.
    Undercut,
    /// Up, out of a price war.
    StepBack,
    /// Any other move, of the bot or of a person.
    Other,
}

/// One move of our price, as it was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnMove {
    #[serde(with = "moment::rfc3339")]
    pub at: Timestamp,
    #[serde(default)]
    pub from: Option<Tenge>,
    pub to: Tenge,
    pub kind: MoveKind,
    /// The rival that it answered.
    #[serde(default)]
    pub rival: Option<SellerUid>,
}

/// How long step-backs are remembered: their number lengthens the next truce.
pub const STEP_BACKS_KEPT: Span = Span::from_days(14);
/// How long other moves are remembered.
pub const MOVES_KEPT: Span = Span::from_hours(26);

/// Drops moves that no rule looks at any more. Callers that load moves from a table ask for the last 14 days of
/// step-backs and the last 26 hours of the rest instead.
pub fn forget_old_moves(moves: &mut Vec<OwnMove>, now: Timestamp) {
    moves.retain(|own| {
        let kept = if own.kind == MoveKind::StepBack {
            STEP_BACKS_KEPT
        } else {
            MOVES_KEPT
        };
        now.since(own.at) <= kept
    });
}
