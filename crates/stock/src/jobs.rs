//! The jobs that count forecasts: one for all merchants at night, one for each of them. They refuse to begin from the start when
//! a part was counted before.

use crate::{Stock, StockError, service::Part};
use async_trait::async_trait;
use sauda_accounts::Scope;
use sauda_jobs::{Handler, JobContext, JobError, Outcome};
use sauda_kernel::Kind;

/// Counts the forecasts of one merchant.
pub(crate) const FORESEE: &str = "stock.foresee";
/// Asks for those of every merchant.
pub(crate) const FORESEE_ALL: &str = "stock.foresee_all";

/// The job `stock.foresee`, for one merchant.
pub struct ForeseeJob(pub Stock);

#[async_trait]
impl Handler for ForeseeJob {
    fn name(&self) -> &'static str {
        FORESEE
    }

    async fn run(&self, context: &JobContext) -> Result<Outcome, JobError> {
        let merchant = context
            .merchant()
            .cloned()
            .ok_or_else(|| JobError::new(Kind::Invalid, "job-payload", "the job names no merchant"))?;
        let scope = Scope::system(merchant, "counting forecasts");
        let ground = self.0.ground(&scope).await?;
        // What came back or was corrected since the last receipt changes what a piece cost.
        self.0.note_all_costs(&scope).await?;
        context.step("forecasts").await;
        loop {
            let part = self
                .0
                .foresee_part(&scope, &ground, async |tx: &mut sauda_store::Tx| {
                    context.guard(tx).await
                });
            match Box::pin(part).await? {
                Part::Done => return Ok(Outcome::Done),
                Part::More { done, total } => {
                    let whole = |count: i64| u64::try_from(count).unwrap_or(0);
                    context.progress(whole(done), whole(total.max(done))).await;
                }
            }
            if context.stopping() {
                return Ok(Outcome::Again(self.0.clock.now()));
            }
        }
    }
}

/// The job `stock.foresee_all`, asked for by the schedule.
pub struct ForeseeAllJob(pub Stock);

impl ForeseeAllJob {
    /// Name of the job.
    pub const NAME: &'static str = FORESEE_ALL;
}

#[async_trait]
impl Handler for ForeseeAllJob {
    fn name(&self) -> &'static str {
        FORESEE_ALL
    }

    async fn run(&self, context: &JobContext) -> Result<Outcome, JobError> {
        let merchants = self.0.foreseeing().await?;
        for merchant in &merchants {
            let scope = Scope::system(merchant.clone(), "counting forecasts");
            self.0.ask_to_foresee(&scope, "").await?;
        }
        context
            .log("info", &format!("{} merchants asked for", merchants.len()))
            .await;
        Ok(Outcome::Done)
    }
}

impl From<StockError> for JobError {
    fn from(error: StockError) -> Self {
        Self::from_failure(&error)
    }
}
