//! Requests that may be sent twice: the second gets the answer of the first. Refuses to know what a request does.

use super::Accounts;
use crate::{AccountsError, Actor, Scope, store::idempotency as store, token};
use sauda_kernel::Span;
use secrecy::ExposeSecret as _;

/// How long an answer is kept.
const KEPT: Span = Span::from_hours(24);
/// An attempt without an answer for so long is over: its process died.
const RUNNING: Span = Span::from_mins(15);

/// The right to carry out a request, until it is answered or given up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    id: String,
    holder: String,
}

/// An answer that was given before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    pub status: u16,
    pub content_type: String,
    pub body: Vec<u8>,
}

/// What a key of the caller stands for.
#[derive(Debug)]
pub enum Claimed {
    /// Not seen yet: carry the request out, then `idempotency_answer` or `idempotency_give_up`.
    Fresh(Claim),
    /// Answered before.
    Answered(Recorded),
    /// The first request still runs.
    Running,
    /// The key was used for another body.
    Differs,
}

impl Accounts {
    /// Claims a caller's key on a route (method and path) for a body.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn idempotency_claim(
        &self,
        scope: &Scope,
        route: &str,
        key: &str,
        body: &[u8],
    ) -> Result<Claimed, AccountsError> {
        let actor = match scope.actor() {
            Actor::Person { user, .. } => user.to_string(),
            Actor::Key { key, .. } => key.to_string(),
            Actor::System { reason } => (*reason).to_owned(),
        };
        let id = token::fingerprint_parts(&[scope.merchant().as_str(), &actor, route, key]);
        let request_hash = token::fingerprint_bytes(body);
        let holder = token::random_word("")?.expose_secret().to_owned();
        let now = self.now();
        let mut tx = self.db.write().await?;
        let row = store::hold(&mut tx, &id, &request_hash, &holder, now, now.plus(KEPT)).await?;
        let ours = row.holder == holder;
        let died = row.answer.is_none() && now.since(row.started_at) >= RUNNING;
        if !ours && (row.expires_at <= now || died) {
            store::take_over(&mut tx, &id, &request_hash, &holder, now, now.plus(KEPT)).await?;
            tx.commit().await?;
            return Ok(Claimed::Fresh(Claim { id, holder }));
        }
        tx.commit().await?;
        if ours {
            return Ok(Claimed::Fresh(Claim { id, holder }));
        }
        if row.request_hash != request_hash {
            return Ok(Claimed::Differs);
        }
        match row.answer {
            None => Ok(Claimed::Running),
            Some((status, content_type, sealed)) => {
                let body = self.vault.open(&format!("idempotency:{id}"), &sealed)?.to_vec();
                Ok(Claimed::Answered(Recorded {
                    status: u16::try_from(status).unwrap_or(500),
                    content_type,
                    body,
                }))
            }
        }
    }

    /// Keeps the answer for a day, sealed.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn idempotency_answer(&self, claim: &Claim, answer: &Recorded) -> Result<(), AccountsError> {
        let sealed = self
            .vault
            .seal(&format!("idempotency:{}", claim.id), &answer.body)?;
        store::update_answer(
            &self.db,
            &claim.id,
            &claim.holder,
            u32::from(answer.status),
            &answer.content_type,
            &sealed,
        )
        .await?;
        Ok(())
    }

    /// Nothing was done: the same key may be tried again.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn idempotency_give_up(&self, claim: &Claim) -> Result<(), AccountsError> {
        store::delete(&self.db, &claim.id, &claim.holder).await?;
        Ok(())
    }
}
