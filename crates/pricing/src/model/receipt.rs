//! The full account of one decision, as it is stored and shown. Refuses to hold sentences: words and numbers only.

use super::{Check, Outcome, Place, Reason, Row, SellerUid, Strategy, Version1, moment};
use sauda_kernel::{Tenge, Timestamp};
use serde::{Deserialize, Serialize};

/// Everything a seller may ask about a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    pub version: Version1,
    #[serde(with = "moment::rfc3339")]
    pub decided_at: Timestamp,
    #[serde(default, with = "moment::rfc3339_option")]
    pub observed_at: Option<Timestamp>,
    pub outcome: Outcome,
    pub reason: Reason,
    /// Every guard that looked, those that passed included.
    pub checks: Vec<Check>,
    pub strategy: Strategy,
    pub step: Tenge,
    pub before: Option<Tenge>,
    pub floor: Option<Tenge>,
    pub ceiling: Option<Tenge>,
    /// The rival that was answered.
    pub rival: Option<Row>,
    pub place_before: Option<Place>,
    /// Where the new price stands if nobody else moves.
    pub place_after: Option<Place>,
    /// Cheapest first.
    pub ladder: Vec<Rung>,
    /// From the rival's price to the result, one line a step.
    pub arithmetic: Vec<ArithmeticLine>,
}

/// One seller in the ladder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rung {
    /// 1 is the cheapest; equal prices share a place.
    pub place: u32,
    pub seller: SellerUid,
    pub name: Box<str>,
    pub price: Tenge,
    pub rating_milli: Option<i32>,
    pub reviews: Option<i64>,
    pub delivery_days: Option<i32>,
    pub preorder_days: i32,
    pub kind: RungKind,
}

/// What a row is to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RungKind {
    Own,
    Sister,
    Rival,
    /// `{"ignored": "preorder"}`.
    Ignored(Ignored),
}

/// Why a rival is looked past; texts are `ignored-<word>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ignored {
    Named,
    Preorder,
    Slower,
    Rating,
    Reviews,
    OtherCity,
    Absurd,
}

/// One line of the arithmetic; texts are `arithmetic-<word>`. `price` is the running result, `by` the difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArithmeticLine {
    pub word: Box<str>,
    pub by: i64,
    pub price: Tenge,
}
