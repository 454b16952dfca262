//! The job that sends a recorded upload once and asks until its results are there. Refuses to send again what may have been taken.

use super::Cards;
use crate::{
    CatalogError, NewNotice, Tone,
    model::{CardUpload, CardUploadState},
    notices,
    store::card_uploads,
};
use async_trait::async_trait;
use sauda_accounts::Scope;
use sauda_jobs::{Handler, JobContext, JobError, NewJob, Outcome};
use sauda_kernel::{CardUploadId, MerchantId, Span, Timestamp};
use sauda_market::{MarketError, UploadState};
use sauda_store::Tx;
use serde::{Deserialize, Serialize};

/// Name of the job.
pub const CARDS_JOB: &str = "catalog.cards";

/// Payload, version 1.
#[derive(Debug, Serialize, Deserialize)]
struct CardsWork {
    merchant: MerchantId,
    upload: CardUploadId,
}

/// The job `catalog.cards`.
pub struct CardsJob(pub Cards);

impl Cards {
    /// Asks for the job in the transaction that needs it.
    pub(super) async fn later(
        &self,
        tx: &mut Tx,
        scope: &Scope,
        upload: &CardUploadId,
    ) -> Result<(), CatalogError> {
        let work = CardsWork {
            merchant: scope.merchant().clone(),
            upload: upload.clone(),
        };
        let job = NewJob::new(CARDS_JOB, 1, &work, self.catalog.clock.now())
            .merchant(scope.merchant())
            .dedupe(format!("{CARDS_JOB}:{upload}"))
            .attempts(8);
        self.catalog
            .jobs
            .enqueue(tx, job)
            .await
            .map_err(CatalogError::Jobs)?;
        Ok(())
    }

    /// One step of an upload; when to take the next one, if there is one.
    ///
    /// # Errors
    /// When the database or the marketplace does not answer: nothing was lost, try again.
    pub async fn step(&self, scope: &Scope, id: &CardUploadId) -> Result<Option<Timestamp>, CatalogError> {
        let upload = self.upload(scope, id).await?;
        match upload.state {
            CardUploadState::Recorded => self.send_once(scope, &upload).await,
            // A process died while it sent: nobody knows whether it was taken.
            CardUploadState::Sending => {
                self.unclear(scope, &upload, "interrupted").await?;
                Ok(None)
            }
            CardUploadState::Sent => self.ask(scope, &upload).await,
            CardUploadState::Unclear | CardUploadState::Done | CardUploadState::Refused => Ok(None),
        }
    }

    async fn send_once(&self, scope: &Scope, upload: &CardUpload) -> Result<Option<Timestamp>, CatalogError> {
        let key = self.allowed(scope, &upload.shop).await?;
        let packed = card_uploads::document(&self.catalog.db, &upload.id).await?;
        let document =
            zstd::decode_all(packed.as_slice()).map_err(|error| CatalogError::Cluster(error.to_string()))?;
        let moved = self
            .advance(
                upload,
                CardUploadState::Recorded,
                CardUploadState::Sending,
                None,
                None,
                None,
            )
            .await?;
        if !moved {
            return Ok(None);
        }
        let answer = self.desk.upload(&key.egress, &key.token, &document).await;
        let now = self.catalog.clock.now();
        self.catalog.heard_with_key(scope, &upload.shop, &answer).await?;
        match answer {
            Ok(status) => {
                self.advance(
                    upload,
                    CardUploadState::Sending,
                    CardUploadState::Sent,
                    Some(&status.code),
                    None,
                    status.told.as_deref(),
                )
                .await?;
                Ok(Some(now.plus(Span::from_secs(15))))
            }
            // Surely not taken: the same upload may leave later.
            Err(
                error @ (MarketError::NoConnection(_)
                | MarketError::Throttled { .. }
                | MarketError::Blocked { .. }),
            ) => {
                self.advance(
                    upload,
                    CardUploadState::Sending,
                    CardUploadState::Recorded,
                    None,
                    Some(error.word()),
                    None,
                )
                .await?;
                Ok(Some(now.plus(Span::from_mins(2))))
            }
            Err(
                error @ (MarketError::Refused { .. }
                | MarketError::Invalid(_)
                | MarketError::BadToken
                | MarketError::NotFound(_)),
            ) => {
                let told = error.to_string();
                self.advance(
                    upload,
                    CardUploadState::Sending,
                    CardUploadState::Refused,
                    None,
                    Some(error.word()),
                    Some(&told),
                )
                .await?;
                Ok(None)
            }
            Err(error) => {
                self.unclear(scope, upload, error.word()).await?;
                Ok(None)
            }
        }
    }

    async fn ask(&self, scope: &Scope, upload: &CardUpload) -> Result<Option<Timestamp>, CatalogError> {
        let Some(code) = upload.code.as_deref() else {
            self.unclear(scope, upload, "no_code").await?;
            return Ok(None);
        };
        let key = self.allowed(scope, &upload.shop).await?;
        let answer = self.desk.upload_status(&key.egress, &key.token, code).await;
        self.catalog.heard_with_key(scope, &upload.shop, &answer).await?;
        let status = answer?;
        card_uploads::polled(&self.catalog.db, &upload.id, status.told.as_deref()).await?;
        if status.state != UploadState::Finished {
            // Soon at first, then more and more seldom.
            let wait = Span::from_secs(15_i64.saturating_mul(upload.polls.clamp(1, 40)));
            return Ok(Some(self.catalog.clock.now().plus(wait)));
        }
        let key = self.allowed(scope, &upload.shop).await?;
        let answer = self.desk.upload_result(&key.egress, &key.token, code).await;
        self.catalog.heard_with_key(scope, &upload.shop, &answer).await?;
        let result = answer?;
        let mut tx = self.catalog.db.write().await?;
        for (sku, row) in &result.rows {
            card_uploads::set_row(&mut tx, &upload.id, sku, &row.state, row.told.as_deref()).await?;
        }
        let told = format!(
            "total {}, errors {}, warnings {}, skipped {}",
            result.total, result.errors, result.warnings, result.skipped
        );
        card_uploads::advance(
            &mut tx,
            &upload.id,
            CardUploadState::Sent,
            CardUploadState::Done,
            None,
            None,
            Some(&told),
            self.catalog.clock.now(),
        )
        .await?;
        tx.commit().await?;
        Ok(None)
    }

    async fn unclear(&self, scope: &Scope, upload: &CardUpload, trouble: &str) -> Result<(), CatalogError> {
        self.advance(
            upload,
            upload.state_now(),
            CardUploadState::Unclear,
            None,
            Some(trouble),
            None,
        )
        .await?;
        let notice = NewNotice::new(notices::CARDS_UNCLEAR, upload.id.as_str(), Tone::Warn)
            .shop(&upload.shop)
            .arg("count", upload.cards)
            .link("/catalog/cards");
        self.catalog.tell(&self.catalog.db, scope, &notice).await
    }

    async fn advance(
        &self,
        upload: &CardUpload,
        from: CardUploadState,
        to: CardUploadState,
        code: Option<&str>,
        trouble: Option<&str>,
        told: Option<&str>,
    ) -> Result<bool, CatalogError> {
        let now = self.catalog.clock.now();
        let moved =
            card_uploads::advance(&self.catalog.db, &upload.id, from, to, code, trouble, told, now).await?;
        Ok(moved > 0)
    }
}

impl CardUpload {
    /// The state an unclear end leaves: what was recorded was being sent by now.
    const fn state_now(&self) -> CardUploadState {
        match self.state {
            CardUploadState::Recorded => CardUploadState::Sending,
            other => other,
        }
    }
}

#[async_trait]
impl Handler for CardsJob {
    fn name(&self) -> &'static str {
        CARDS_JOB
    }

    async fn run(&self, context: &JobContext) -> Result<Outcome, JobError> {
        let work: CardsWork = context.payload()?;
        let scope = Scope::system(work.merchant, "cards sent");
        context.step("send").await;
        match self.0.step(&scope, &work.upload).await {
            Ok(Some(at)) => Ok(Outcome::Again(at)),
            Ok(None) => Ok(Outcome::Done),
            Err(error) => Err(JobError::from_failure(&error)),
        }
    }
}
