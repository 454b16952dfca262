//! Entries of the audit log and the chain of seals that shows a changed, removed or inserted row. No database here.

use crate::Scope;
use crate::scope::Actor;
use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sauda_kernel::{AuditId, MerchantId, Timestamp};
use sha2::Sha256;

/// One consequential act, to be written down in the transaction that does it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// `capability.verb`, such as `pricing.rule_changed`; its text has the key `audit-pricing-rule_changed`.
    pub what: &'static str,
    /// To what: an id, or a name that people recognise.
    pub subject: String,
    pub before: Option<String>,
    pub after: Option<String>,
    /// From which address; when nothing is given, that of the scope.
    pub address: Option<String>,
}

impl AuditEntry {
    pub fn new(what: &'static str, subject: impl ToString) -> Self {
        Self {
            what,
            subject: subject.to_string(),
            before: None,
            after: None,
            address: None,
        }
    }
    #[must_use]
    pub fn before(mut self, text: impl ToString) -> Self {
        self.before = Some(text.to_string());
        self
    }
    #[must_use]
    pub fn after(mut self, text: impl ToString) -> Self {
        self.after = Some(text.to_string());
        self
    }
    #[must_use]
    pub fn address(mut self, address: impl Into<String>) -> Self {
        self.address = Some(address.into());
        self
    }
}

/// One row of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    pub id: AuditId,
    /// Number in the merchant's log, from 1 without gaps; also the cursor of pages.
    pub seq: i64,
    pub at: Timestamp,
    /// `person`, `key` or `system`.
    pub actor_kind: String,
    /// usr_…, key_…, or the reason of the system.
    pub actor_id: String,
    pub actor_name: String,
    pub what: String,
    pub subject: String,
    pub before: Option<String>,
    pub after: Option<String>,
    pub address: Option<String>,
    pub seal: String,
}

/// Which rows to show.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Id of a person or key, or the reason of the system.
    pub actor: Option<String>,
    /// One act, such as `accounts.sign_in`.
    pub what: Option<String>,
    /// Exact subject.
    pub subject: Option<String>,
    /// From this moment.
    pub from: Option<Timestamp>,
    /// Before this moment.
    pub until: Option<Timestamp>,
}

/// What a check of the whole log found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AuditVerdict {
    /// Every row is as it was written. The last seal may be noted elsewhere to notice a log that was replaced by an older copy.
    Intact { rows: u64, last_seal: String },
    /// The first row that does not fit.
    Broken { seq: i64 },
}

pub(crate) fn actor_parts(scope: &Scope) -> (&'static str, String, String) {
    match scope.actor() {
        Actor::Person { user, name } => ("person", user.to_string(), name.clone()),
        Actor::Key { key, name } => ("key", key.to_string(), name.clone()),
        Actor::System { reason } => ("system", (*reason).to_owned(), "system".to_owned()),
    }
}

/// HMAC-SHA-256 over every field, each with its length, and the seal before.
pub(crate) fn seal(key: &[u8], merchant: &MerchantId, row: &AuditRow, before: &str) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else {
        // HMAC takes keys of any length: this cannot happen, and an empty seal would be noticed.
        return String::new();
    };
    let (seq, at) = (row.seq.to_string(), row.at.as_micros().to_string());
    let fields = [
        Some(before),
        Some(merchant.as_str()),
        Some(row.id.as_str()),
        Some(&seq),
        Some(&at),
        Some(&row.actor_kind),
        Some(&row.actor_id),
        Some(&row.actor_name),
        Some(&row.what),
        Some(&row.subject),
        row.before.as_deref(),
        row.after.as_deref(),
        row.address.as_deref(),
    ];
    for field in fields {
        match field {
            Some(text) => {
                mac.update(&[1]);
                mac.update(&u64::try_from(text.len()).unwrap_or(u64::MAX).to_be_bytes());
                mac.update(text.as_bytes());
            }
            None => mac.update(&[0]),
        }
    }
    HEXLOWER.encode(&mac.finalize().into_bytes())
}
