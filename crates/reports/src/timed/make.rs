//! Makes reports: takes periods that are due, each once, composes, and records in one step what was found and to whom it is told.
//! Refuses to send: the outbox of the team does, once for each place.

use super::model::{Made, MadeId, MadeState, Plan, Recipient};
use crate::{ReportPlans, ReportsError, store};
use async_trait::async_trait;
use sauda_accounts::Scope;
use sauda_catalog::{NewNotice, Tone};
use sauda_jobs::{Handler, JobContext, JobError, NewJob, Outcome};
use sauda_kernel::{Failure as _, Kind, Span, Timestamp};
use sauda_messages::team::ReportPost;
use sauda_store::Tx;
use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;

/// Name of the job.
pub const MAKE_JOB: &str = "reports.make";
/// How often it is looked for what is due.
const EVERY: Span = Span::from_secs(15);
/// Plans taken at once.
const BATCH: i64 = 100;
/// Reports are kept so long.
const KEPT: Span = Span::from_days(400);
/// A report looks back so far at most.
const LONGEST: Span = Span::from_days(62);

#[derive(Debug, Serialize, Deserialize)]
struct Payload {
    made: MadeId,
}

/// Looks which reports are due.
pub struct PlanKeeper {
    plans: ReportPlans,
}

impl PlanKeeper {
    pub const fn new(plans: ReportPlans) -> Self {
        Self { plans }
    }

    /// Runs until told to stop.
    pub async fn run(&self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            if let Err(error) = self.turn().await {
                tracing::warn!(error = sauda_kernel::chain(&error), "reports are made later");
            }
            tokio::select! {
                () = stop.cancelled() => {}
                () = tokio::time::sleep(EVERY.to_std()) => {}
            }
        }
    }

    /// Looks once; how many reports were asked for. Several processes may look beside each other.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn turn(&self) -> Result<u64, ReportsError> {
        let plans = &self.plans;
        let now = plans.now();
        let mut asked = 0;
        for plan in store::plans::due(&plans.db, now, BATCH).await? {
            asked += u64::from(plans.take(&plan, now).await?);
        }
        if asked > 0 {
            plans.jobs.nudge().await;
        }
        store::made::forget(&plans.db, now.minus(KEPT)).await?;
        Ok(asked)
    }
}

impl ReportPlans {
    /// Takes what is due of a plan: the newest period, once, whatever was missed before it.
    async fn take(&self, plan: &Plan, now: Timestamp) -> Result<bool, ReportsError> {
        let Some(claim) = plan.rhythm().claim(plan.next_at, now) else {
            return Ok(false);
        };
        let from = plan
            .last_due_at
            .unwrap_or_else(|| plan.rhythm().before(claim.due))
            .max(claim.due.minus(LONGEST));
        let mut tx = self.db.write().await?;
        if store::plans::claim(&mut tx, plan, &claim).await? == 0 {
            return Ok(false);
        }
        let made = self.noted(plan, claim.due, from, "");
        let is_new = self.ask(&mut tx, &made, &claim.period).await?;
        tx.commit().await?;
        Ok(is_new)
    }

    /// A report that is to be made by a plan.
    pub(super) fn noted(&self, plan: &Plan, due: Timestamp, from: Timestamp, by: &str) -> Made {
        Made {
            id: self.id(),
            merchant: plan.merchant.clone(),
            plan: plan.id.clone(),
            name: plan.wish.name.clone(),
            kind: plan.wish.kind,
            frequency: plan.wish.frequency,
            shop: plan.wish.shop.clone(),
            recipients: plan.wish.recipients.clone(),
            language: plan.wish.language,
            pictures: plan.wish.pictures,
            state: MadeState::Making,
            by: by.to_owned(),
            due_at: due,
            from_at: from,
            job: None,
            findings: None,
            unsent: Vec::new(),
            created_at: self.now(),
            made_at: None,
        }
    }

    /// Notes a report and asks for the job that makes it, in the caller's transaction; false when its period has one.
    pub(super) async fn ask(&self, tx: &mut Tx, made: &Made, once: &str) -> Result<bool, ReportsError> {
        if store::made::insert(&mut *tx, made, once).await? == 0 {
            return Ok(false);
        }
        let payload = Payload {
            made: made.id.clone(),
        };
        let job = NewJob::new(MAKE_JOB, 1, &payload, self.now())
            .merchant(&made.merchant)
            .dedupe(format!("report:{}", made.id));
        let job = self.jobs.enqueue(&mut *tx, job).await?;
        store::made::set_job(&mut *tx, &made.id, &job).await?;
        Ok(true)
    }

    /// Composes a report and records, in one step, what was found and where it goes. Nothing when that was done before.
    ///
    /// # Errors
    /// When a room that is asked does not answer.
    pub async fn make(&self, scope: &Scope, id: &MadeId) -> Result<Option<usize>, ReportsError> {
        let Some(made) = store::made::find(&self.db, scope, id).await? else {
            return Ok(None);
        };
        if made.state == MadeState::Made {
            return Ok(None);
        }
        let findings = Box::pin(self.compose(scope, &made)).await?;
        let known = self.team.places(scope.merchant()).await?;
        let (places, unsent) = super::places(made.kind, &made.recipients, &known);
        let posts: Vec<ReportPost> = places
            .iter()
            .map(|place| ReportPost {
                report: made.id.to_string(),
                user: place.user.clone(),
                way: place.way,
                address: place.address.clone(),
            })
            .collect();
        let mut tx = self.db.write().await?;
        if store::made::keep(&mut tx, id, &findings, &unsent, self.now()).await? == 0 {
            return Ok(None);
        }
        self.team.record_report(&mut tx, scope.merchant(), &posts).await?;
        if made.recipients.contains(&Recipient::Screen) {
            let notice = NewNotice::new("report-made", made.plan.as_str(), Tone::Info)
                .arg("name", &made.name)
                .link(format!("/automation/reports/made/{}", made.id));
            // The newest report of a plan takes the place of the one before.
            self.catalog
                .settle(&mut tx, scope, "report-made", made.plan.as_str())
                .await?;
            self.catalog.tell(&mut tx, scope, &notice).await?;
        }
        tx.commit().await?;
        Ok(Some(posts.len()))
    }
}

/// The job `reports.make`, for one report.
pub struct MakeJob(pub ReportPlans);

#[async_trait]
impl Handler for MakeJob {
    fn name(&self) -> &'static str {
        MAKE_JOB
    }

    async fn run(&self, context: &JobContext) -> Result<Outcome, JobError> {
        let merchant = context
            .merchant()
            .cloned()
            .ok_or_else(|| JobError::new(Kind::Invalid, "job-payload", "the job names no merchant"))?;
        let payload: Payload = context.payload()?;
        let scope = Scope::system(merchant, "making a report");
        context.log("step", "compose").await;
        let made = self
            .0
            .make(&scope, &payload.made)
            .await
            .map_err(|error| JobError::from_failure(&error))?;
        let said = match made {
            Some(places) => format!("made, told at {places} places"),
            None => "made before".to_owned(),
        };
        context.log("info", &said).await;
        Ok(Outcome::Done)
    }
}

impl From<&ReportsError> for sauda_messages::team::Undrawn {
    fn from(error: &ReportsError) -> Self {
        Self {
            kind: error.kind(),
            text: sauda_kernel::chain(error),
        }
    }
}
