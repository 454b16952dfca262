//! What the cabinet answers about returns. Refuses to fail on a single odd member.

use super::{
    loose::{List, Thing},
    number::Number,
    text::Text,
};
use serde::Deserialize;

/// `GET /refund/api/v1/merchant-cabinet/load-refunds-by-tab`.
#[derive(Debug, Deserialize)]
pub struct RefundsAnswer<'a> {
    #[serde(borrow, default)]
    pub data: List<Thing<RefundRow<'a>>>,
    #[serde(default)]
    pub total: Number,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct RefundRow<'a> {
    #[serde(borrow)]
    pub refund_id: Text<'a>,
    #[serde(borrow)]
    pub application_number: Text<'a>,
    #[serde(borrow)]
    pub order: Text<'a>,
    #[serde(borrow)]
    pub product_sku: Text<'a>,
    #[serde(borrow)]
    pub customer: Text<'a>,
    pub sum: Number,
    pub quantity: Number,
    #[serde(borrow)]
    pub refund_reason: Thing<Reason<'a>>,
    #[serde(borrow)]
    pub description: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Reason<'a> {
    #[serde(borrow)]
    pub reason_description: Text<'a>,
}

/// `GET /refund/api/v1/merchant-cabinet/load-refund-details`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct RefundAnswer<'a> {
    #[serde(borrow)]
    pub refund_id: Text<'a>,
    #[serde(borrow)]
    pub refund_reason: Thing<Reason<'a>>,
    #[serde(borrow)]
    pub comment: Text<'a>,
    #[serde(borrow)]
    pub step_description: Text<'a>,
    #[serde(borrow)]
    pub state_steps: List<Thing<StepRow<'a>>>,
    #[serde(borrow)]
    pub kl_track_url: Text<'a>,
    #[serde(borrow)]
    pub image_urls: List<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct StepRow<'a> {
    #[serde(borrow)]
    pub title: Text<'a>,
    #[serde(borrow)]
    pub result: Text<'a>,
    /// Milliseconds or a written moment: its type was never published.
    #[serde(borrow)]
    pub expiration_time: Text<'a>,
}
