//! A question about a size and what the buyer answered. Refuses to decide what is packed.

use crate::understand::{ReplyKind, Understanding};
use sauda_kernel::{MessageId, TalkId, Timestamp};
use serde::{Deserialize, Serialize};

/// What the answer names.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AskValues {
    /// The size that was named, as `46`, `46-48` or `XL`.
    pub size: Option<String>,
    /// Steps from the size that was asked about: 1 is one larger.
    pub steps: Option<i64>,
    pub height_cm: Option<i64>,
    pub weight_kg: Option<i64>,
    pub age_years: Option<i64>,
    pub foot_mm: Option<i64>,
    pub chest_cm: Option<i64>,
    pub waist_cm: Option<i64>,
    pub hips_cm: Option<i64>,
    /// The buyer's own words.
    pub text: String,
}

impl AskValues {
    pub(crate) fn of(understanding: &Understanding, text: &str) -> Self {
        let measures = &understanding.values.measures;
        Self {
            size: understanding.reply.size.clone(),
            steps: understanding.reply.steps,
            height_cm: measures.height_cm,
            weight_kg: measures.weight_kg,
            age_years: measures.age_years,
            foot_mm: measures.foot_mm,
            chest_cm: measures.chest_cm,
            waist_cm: measures.waist_cm,
            hips_cm: measures.hips_cm,
            text: text.chars().take(500).collect(),
        }
    }
}

/// A question about the size of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    pub order_code: String,
    pub talk: TalkId,
    pub message: MessageId,
    /// Empty when none was named.
    pub size: String,
    pub asked_at: Timestamp,
    pub reply: Option<ReplyKind>,
    pub values: Option<AskValues>,
    pub replied_at: Option<Timestamp>,
}

/// What is known of the size of an order: asked, and perhaps answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SizeAnswer {
    pub asked_at: Timestamp,
    /// The question left us.
    pub is_sent: bool,
    /// It will never leave: no such number, silence, a person took it back.
    pub is_dead: bool,
    pub size: String,
    pub reply: Option<ReplyKind>,
    pub values: Option<AskValues>,
    pub replied_at: Option<Timestamp>,
}

/// The kind of a stored word.
pub fn reply_kind(word: &str) -> Option<ReplyKind> {
    [
        ReplyKind::Yes,
        ReplyKind::No,
        ReplyKind::OtherSize,
        ReplyKind::Measurements,
        ReplyKind::Unclear,
    ]
    .into_iter()
    .find(|kind| reply_word(*kind) == word)
}

/// Stable word for storage, the API and the key of the text `size-reply-<word>`.
pub(crate) const fn reply_word(kind: ReplyKind) -> &'static str {
    match kind {
        ReplyKind::Yes => "yes",
        ReplyKind::No => "no",
        ReplyKind::OtherSize => "other_size",
        ReplyKind::Measurements => "measurements",
        ReplyKind::Unclear => "unclear",
    }
}
