//! The seam to whoever asks buyers about a doubtful size. Refuses to know a channel, a template or a message.

use crate::fit::LineFit;
use async_trait::async_trait;
use sauda_accounts::Scope;
use sauda_kernel::{OrderId, ShopId, Timestamp};
use serde_json::{Map, Value};

/// What came of asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskOutcome {
    /// The question is on its way; asking again with the same key sends nothing twice.
    Asked,
    /// The question is recorded and leaves much later: at night, or when the number has written enough for today, nobody is
    /// written to.
    Later,
    /// The buyer cannot be reached this way: the phone is hidden or unknown.
    NoPhone,
    /// The buyer asked for silence.
    Silent,
    /// The shop has nothing to write by.
    NoLine,
}

/// What a buyer answered.
#[derive(Debug, Clone, PartialEq)]
pub enum Said {
    /// The bought size stays.
    Keep,
    /// Another size is wanted for a line.
    Take { line: i64, size: String },
    /// Measures, as members of `buyer` of the size advice.
    Measures(Map<String, Value>),
    /// Not this size, and no other was named.
    Refuse,
    /// A larger or smaller one by so many steps; which that is, only a person can tell.
    Steps(i64),
    /// Something that only a person understands.
    Unclear,
}

/// An answer to a question that was asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    pub order: OrderId,
    pub said: Said,
    /// When it was said: what a person decided later stands above it.
    pub at: Timestamp,
}

/// Asks buyers and hears what they answer.
#[async_trait]
pub trait Askers: Send + Sync {
    /// Whether somebody is there to ask. Without, the day leaves the step out.
    fn is_there(&self) -> bool {
        true
    }

    /// Asks the buyer of an order about these lines. `key` is the same for the same question: a second time sends nothing.
    ///
    /// # Errors
    /// Why it could not be asked now, in English, for the log; it is tried again.
    async fn ask(
        &self,
        scope: &Scope,
        shop: &ShopId,
        order: &OrderId,
        key: &str,
        lines: &[LineFit],
    ) -> Result<AskOutcome, String>;

    /// Answers of these orders that came so far; the same answer may be told again.
    ///
    /// # Errors
    /// Why nothing can be heard now, in English, for the log.
    async fn answers(&self, scope: &Scope, shop: &ShopId, orders: &[OrderId]) -> Result<Vec<Answer>, String>;
}

/// Nobody asks.
pub(crate) struct Nobody;

#[async_trait]
impl Askers for Nobody {
    fn is_there(&self) -> bool {
        false
    }

    async fn ask(
        &self,
        _: &Scope,
        _: &ShopId,
        _: &OrderId,
        _: &str,
        _: &[LineFit],
    ) -> Result<AskOutcome, String> {
        Ok(AskOutcome::NoPhone)
    }

    async fn answers(&self, _: &Scope, _: &ShopId, _: &[OrderId]) -> Result<Vec<Answer>, String> {
        Ok(Vec::new())
    }
}
