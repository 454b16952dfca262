//! New cards of products: what a marketplace asks of them, how they are sent, what becomes of each. Refuses to be a way of prices or stock.

use crate::{ApiToken, Egress, MarketError};
use std::collections::BTreeMap;

/// A category that takes cards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardCategory {
    pub code: String,
    pub title: String,
}

/// What an attribute takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttributeKind {
    Flag,
    /// One of the marketplace's values.
    Choice,
    Text,
    Number,
    /// A kind that this version does not know: sent as text.
    Unknown(String),
}

/// An attribute of a category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardAttribute {
    /// As the marketplace spells it; never made up.
    pub code: String,
    pub kind: AttributeKind,
    pub many: bool,
    pub mandatory: bool,
}

/// A value that an attribute takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttributeValue {
    pub code: String,
    pub name: String,
}

/// A value of a new card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CardValue {
    Flag(bool),
    /// A decimal as text, so that nothing rounds it.
    Number(String),
    Text(String),
    Many(Vec<String>),
}

/// A card to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCard {
    pub sku: String,
    pub title: String,
    pub brand: String,
    /// Code of the category.
    pub category: String,
    pub description: Option<String>,
    /// Kilograms as a decimal.
    pub weight: Option<String>,
    pub attributes: Vec<(String, CardValue)>,
    /// Addresses of pictures.
    pub images: Vec<String>,
}

/// What is wrong with a card before it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardFinding {
    pub sku: String,
    /// Stable word: `missing`, `long`, `many`, `twice`, `pattern`, `address`, `number`, `few`.
    pub code: &'static str,
    /// Member or attribute.
    pub field: String,
    pub value: String,
}

/// How far an upload is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UploadState {
    /// Taken, not looked at yet.
    Uploaded,
    Finished,
    /// A word that this version does not know: neither done nor lost.
    Other(String),
}

/// An upload as the marketplace tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UploadStatus {
    pub code: String,
    pub state: UploadState,
    pub told: Option<String>,
}

/// What became of one card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardResult {
    /// The marketplace's word.
    pub state: String,
    pub told: Option<String>,
}

/// What became of an upload.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UploadResult {
    pub errors: i64,
    pub warnings: i64,
    pub skipped: i64,
    pub total: i64,
    pub rows: BTreeMap<String, CardResult>,
}

/// A marketplace that takes new cards with a key of the shop. Stateless, asks no budget: the caller has.
#[async_trait::async_trait]
pub trait CardDesk: Send + Sync {
    async fn categories(&self, via: &Egress, token: &ApiToken) -> Result<Vec<CardCategory>, MarketError>;
    async fn attributes(
        &self,
        via: &Egress,
        token: &ApiToken,
        category: &str,
    ) -> Result<Vec<CardAttribute>, MarketError>;
    async fn values(
        &self,
        via: &Egress,
        token: &ApiToken,
        category: &str,
        attribute: &str,
    ) -> Result<Vec<AttributeValue>, MarketError>;
    /// What the marketplace would refuse; nothing when all are in order.
    fn check(&self, cards: &[NewCard], attributes: &[CardAttribute]) -> Vec<CardFinding>;
    /// The document that would be sent.
    fn document(&self, cards: &[NewCard]) -> Result<Vec<u8>, MarketError>;
    /// Sends a document once. `Unclear` means that it may have been taken.
    async fn upload(
        &self,
        via: &Egress,
        token: &ApiToken,
        document: &[u8],
    ) -> Result<UploadStatus, MarketError>;
    async fn upload_status(
        &self,
        via: &Egress,
        token: &ApiToken,
        code: &str,
    ) -> Result<UploadStatus, MarketError>;
    async fn upload_result(
        &self,
        via: &Egress,
        token: &ApiToken,
        code: &str,
    ) -> Result<UploadResult, MarketError>;
}
