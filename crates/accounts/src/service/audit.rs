//! Writing, reading and checking the audit log.

use super::Accounts;
use crate::{
    AccountsError, AuditEntry, AuditFilter, AuditRow, AuditVerdict, Right, Scope,
    audit::{actor_parts, seal},
    store::audit as store,
    token,
};
use sauda_kernel::{AuditId, Clock, Id, Ids, MerchantId};
use sauda_store::{On, Tx, Vault};
use std::sync::Arc;

/// Most rows of one page.
pub const MOST_ROWS: i64 = 1_000;
/// Longest kept text before or after, in characters.
const TEXT_LETTERS: usize = 4_000;

/// Writes the audit log: only adds. Cheap to clone.
#[derive(Clone)]
pub struct Audit {
    vault: Vault,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn Ids>,
}

fn purpose(merchant: &MerchantId) -> String {
    format!("merchant:{merchant}:audit")
}

fn cut(text: String) -> String {
    if text.chars().count() <= TEXT_LETTERS {
        text
    } else {
        text.chars().take(TEXT_LETTERS).chain(['…']).collect()
    }
}

impl Audit {
    pub fn new(vault: Vault, clock: Arc<dyn Clock>, ids: Arc<dyn Ids>) -> Self {
        Self { vault, clock, ids }
    }

    /// Writes one entry: in the caller's transaction, or in one of its own when given the database.
    ///
    /// # Errors
    /// When the database refuses; then the act itself must not happen either.
    pub async fn record(
        &self,
        on: impl Into<On<'_>>,
        scope: &Scope,
        entry: AuditEntry,
    ) -> Result<AuditId, AccountsError> {
        match on.into() {
            On::Tx(tx) => self.record_in(tx, scope, entry).await,
            On::Db(db) => {
                let mut tx = db.write().await?;
                let id = self.record_in(&mut tx, scope, entry).await?;
                tx.commit().await?;
                Ok(id)
            }
        }
    }

    pub(crate) async fn record_in(
        &self,
        tx: &mut Tx,
        scope: &Scope,
        entry: AuditEntry,
    ) -> Result<AuditId, AccountsError> {
        let merchant = scope.merchant();
        let head = match store::hold_head(tx, merchant).await? {
            Some(head) => head,
            None => self.first_head(tx, merchant).await?,
        };
        let key = self.vault.open(&purpose(merchant), &head.key)?;
        let (actor_kind, actor_id, actor_name) = actor_parts(scope);
        let mut row = AuditRow {
            id: Id::new(&*self.clock, &*self.ids),
            seq: head.seq.saturating_add(1),
            at: self.clock.now(),
            actor_kind: actor_kind.to_owned(),
            actor_id,
            actor_name,
            what: entry.what.to_owned(),
            subject: cut(entry.subject),
            before: entry.before.map(cut),
            after: entry.after.map(cut),
            address: entry.address.or_else(|| scope.address().map(str::to_owned)),
            seal: String::new(),
        };
        row.seal = seal(&key, merchant, &row, &head.seal);
        store::insert(tx, merchant, &row).await?;
        store::update_head(tx, merchant, row.seq, &row.seal).await?;
        Ok(row.id)
    }

    async fn first_head(&self, tx: &mut Tx, merchant: &MerchantId) -> Result<store::Head, AccountsError> {
        let mut key = zeroize::Zeroizing::new([0_u8; 32]);
        token::fill(&mut *key)?;
        let sealed = self.vault.seal(&purpose(merchant), &*key)?;
        store::insert_head(tx, merchant, &sealed).await?;
        // Another process may have been faster: what is in the table counts.
        store::hold_head(tx, merchant)
            .await?
            .ok_or_else(|| AccountsError::Secret("the head of the audit log is gone".to_owned()))
    }
}

impl Accounts {
    /// Writes one entry of the audit log, for other rooms in their own transactions.
    ///
    /// # Errors
    /// When the database refuses; then the act itself must not happen either.
    pub async fn audit(
        &self,
        on: impl Into<On<'_>>,
        scope: &Scope,
        entry: AuditEntry,
    ) -> Result<AuditId, AccountsError> {
        self.audit.record(on, scope, entry).await
    }

    /// Rows from the newest on; the next page begins `below` the last row's `seq`. At most 1 000 at once: exports ask again.
    ///
    /// # Errors
    /// When the actor may not read the log.
    pub async fn audit_page(
        &self,
        scope: &Scope,
        filter: &AuditFilter,
        below: Option<i64>,
        limit: u32,
    ) -> Result<Vec<AuditRow>, AccountsError> {
        scope.require(Right::ViewAudit)?;
        let limit = i64::from(limit).clamp(1, MOST_ROWS);
        Ok(store::page(&self.db, scope.merchant(), filter, below, limit).await?)
    }

    /// Which acts the log holds, for the filter.
    ///
    /// # Errors
    /// When the actor may not read the log.
    pub async fn audit_words(&self, scope: &Scope) -> Result<Vec<String>, AccountsError> {
        scope.require(Right::ViewAudit)?;
        Ok(store::words(&self.db, scope.merchant()).await?)
    }

    /// Who acted, id and name, for the filter.
    ///
    /// # Errors
    /// When the actor may not read the log.
    pub async fn audit_actors(&self, scope: &Scope) -> Result<Vec<(String, String)>, AccountsError> {
        scope.require(Right::ViewAudit)?;
        Ok(store::actors(&self.db, scope.merchant()).await?)
    }

    /// Checks every row of the merchant's log against the chain of seals.
    ///
    /// # Errors
    /// When the actor may not read the log or the database does not answer.
    pub async fn audit_verify(&self, scope: &Scope) -> Result<AuditVerdict, AccountsError> {
        scope.require(Right::ViewAudit)?;
        let merchant = scope.merchant();
        // One state of both tables: an entry written meanwhile is not a broken chain.
        let mut tx = self.db.snapshot().await?;
        let Some(head) = store::find_head(&mut tx, merchant).await? else {
            let orphans = store::oldest(&mut tx, merchant, 0, 1).await?;
            return Ok(match orphans.first() {
                Some(row) => AuditVerdict::Broken { seq: row.seq },
                None => AuditVerdict::Intact {
                    rows: 0,
                    last_seal: String::new(),
                },
            });
        };
        let Ok(key) = self.vault.open(&purpose(merchant), &head.key) else {
            return Ok(AuditVerdict::Broken { seq: 1 });
        };
        let (mut last, mut last_seal, mut rows) = (0_i64, String::new(), 0_u64);
        loop {
            let batch = store::oldest(&mut tx, merchant, last, MOST_ROWS).await?;
            if batch.is_empty() {
                break;
            }
            for row in batch {
                if row.seq != last + 1 || row.seal != seal(&key, merchant, &row, &last_seal) {
                    return Ok(AuditVerdict::Broken { seq: last + 1 });
                }
                (last, last_seal, rows) = (row.seq, row.seal, rows + 1);
            }
        }
        if last != head.seq || last_seal != head.seal {
            return Ok(AuditVerdict::Broken { seq: last + 1 });
        }
        Ok(AuditVerdict::Intact { rows, last_seal })
    }
}
