//! A job that is about to be asked for.

use sauda_kernel::{MerchantId, Timestamp};
use serde::Serialize;

/// Attempts of a job that says nothing else.
const ATTEMPTS: u32 = 5;

/// Work to be done later, in this or another process. It may run twice, late, or after the world has changed.
#[derive(Debug, Clone)]
pub struct NewJob {
    pub(crate) name: &'static str,
    pub(crate) version: u32,
    pub(crate) payload: Result<String, String>,
    pub(crate) merchant: Option<MerchantId>,
    pub(crate) dedupe: Option<String>,
    pub(crate) run_at: Timestamp,
    pub(crate) priority: i32,
    pub(crate) max_attempts: u32,
    pub(crate) once_more: bool,
}

impl NewJob {
    /// A job named `capability.verb` with a versioned payload of ids; due at `run_at`.
    pub fn new(name: &'static str, version: u32, payload: &impl Serialize, run_at: Timestamp) -> Self {
        Self {
            name,
            version,
            payload: serde_json::to_string(payload).map_err(|error| error.to_string()),
            merchant: None,
            dedupe: None,
            run_at,
            priority: 0,
            max_attempts: ATTEMPTS,
            once_more: true,
        }
    }

    /// Whose work it is.
    #[must_use]
    pub fn merchant(mut self, merchant: &MerchantId) -> Self {
        self.merchant = Some(merchant.clone());
        self
    }

    /// At most one job with this key waits. Asked for while it waits: the earlier time and the newer payload count.
    /// Asked for while it runs: it runs once more afterwards, since the run may have looked too early.
    #[must_use]
    pub fn dedupe(mut self, key: impl Into<String>) -> Self {
        self.dedupe = Some(key.into());
        self
    }

    /// Asked for while it runs: the running one is enough.
    #[must_use]
    pub const fn running_is_enough(mut self) -> Self {
        self.once_more = false;
        self
    }

    /// Due at another time.
    #[must_use]
    pub const fn at(mut self, run_at: Timestamp) -> Self {
        self.run_at = run_at;
        self
    }

    /// Higher goes first; 0 without this.
    #[must_use]
    pub const fn priority(mut self, priority: i32) -> Self {
        self.priority = priority;
        self
    }

    /// Parked after so many failed attempts; 5 without this.
    #[must_use]
    pub const fn attempts(mut self, most: u32) -> Self {
        self.max_attempts = if most == 0 { 1 } else { most };
        self
    }
}
