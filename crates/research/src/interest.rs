//! Interest in searches, asked of somebody outside: a job that asks each search once a day and stops for long when it is refused. An
//! experiment behind two switches; refuses to ask unless both are on.

use crate::{
    Research, ResearchError,
    model::TrendPoint,
    store::{asks, reviews, sources},
};
use async_trait::async_trait;
use sauda_accounts::{Right, Scope};
use sauda_jobs::{Handler, JobContext, JobError, NewJob, Outcome};
use sauda_kernel::{Kind, Span, Timestamp};
use std::collections::BTreeMap;

/// Name of the job.
pub const TRENDS_JOB: &str = "research.trends";
/// An answer holds for so long.
const FRESH: Span = Span::from_hours(24);
/// After a refusal nobody asks for so long.
const AFTER_REFUSAL: Span = Span::from_hours(6);
/// Between two searches.
const PAUSE: Span = Span::from_secs(30);
/// Searches of one merchant at most.
pub const MOST_ASKS: usize = 20;

/// Somebody who knows how often words are searched for.
#[async_trait]
pub trait AskInterest: Send + Sync {
    /// Weeks, oldest first, each with 0 to 100 of the most.
    ///
    /// # Errors
    /// When it refuses, does not answer, or answers something else.
    async fn interest(&self, query: &str) -> Result<Vec<(Timestamp, i64)>, InterestError>;
}

/// Why there is no interest to tell.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InterestError {
    #[error("it refuses ({status})")]
    Refused { status: u16 },
    #[error("it does not answer: {0}")]
    NoAnswer(String),
    #[error("its answer cannot be understood: {0}")]
    Unreadable(String),
}

impl InterestError {
    /// Stable word; its text is `ask-trouble-<word>`.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Refused { .. } => "refused",
            Self::NoAnswer(_) => "no_answer",
            Self::Unreadable(_) => "unreadable",
        }
    }
}

/// A search that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    pub query: String,
    pub asked_at: Option<Timestamp>,
    pub next_at: Timestamp,
    pub trouble: Option<String>,
}

/// The job `research.trends`, for one merchant.
pub struct TrendsJob(pub Research);

#[async_trait]
impl Handler for TrendsJob {
    fn name(&self) -> &'static str {
        TRENDS_JOB
    }

    async fn run(&self, context: &JobContext) -> Result<Outcome, JobError> {
        let merchant = context
            .merchant()
            .cloned()
            .ok_or_else(|| JobError::new(Kind::Invalid, "job-payload", "the job names no merchant"))?;
        let scope = Scope::system(merchant, "asking for interest");
        self.0
            .ask_next(context, &scope)
            .await
            .map_err(|error| JobError::from_failure(&error))
    }
}

impl Research {
    /// Whether the installation lets anybody outside be asked.
    pub fn may_ask_interest(&self) -> bool {
        self.interest.is_some()
    }

    /// Searches that are asked for, by name.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn asks(&self, scope: &Scope) -> Result<Vec<Ask>, ResearchError> {
        Ok(asks::list(&self.db, scope).await?)
    }

    /// Begins or ends to ask for a search; switches the experiment on with the first and off with the last one.
    ///
    /// # Errors
    /// When the words cannot be, there are too many, nobody may be asked, or without the right.
    pub async fn ask_for(&self, scope: &Scope, query: &str, wanted: bool) -> Result<(), ResearchError> {
        scope.require(Right::ManagePrices)?;
        let query = query.split_whitespace().collect::<Vec<_>>().join(" ");
        let known = self.asks(scope).await?;
        if query.is_empty() || query.chars().count() > 100 || (wanted && !self.may_ask_interest()) {
            return Err(ResearchError::Invalid {
                field: "query",
                value: query,
            });
        }
        if wanted && known.len() >= MOST_ASKS {
            return Err(ResearchError::TooMany(MOST_ASKS));
        }
        let mut settings = self.settings(scope).await?;
        let others = known.iter().filter(|one| one.query != query).count();
        settings.live_trends = wanted || others > 0;
        self.put_settings(scope, &settings).await?;
        // Who refused one search is not asked for another meanwhile.
        let refused = known.iter().filter(|one| one.trouble.is_some());
        let next = refused.map(|one| one.next_at).max();
        let next = next.map_or(self.clock.now(), |next| next.max(self.clock.now()));
        let mut tx = self.db.write().await?;
        if wanted {
            asks::add(&mut tx, scope, &query, next).await?;
            let job = NewJob::new(
                TRENDS_JOB,
                1,
                &BTreeMap::<String, String>::new(),
                self.clock.now(),
            )
            .merchant(scope.merchant())
            .dedupe(format!("schedule:market-trends:{}", scope.merchant()));
            self.jobs.enqueue(&mut tx, job).await?;
        } else {
            asks::remove(&mut tx, scope, &query).await?;
        }
        tx.commit().await?;
        self.jobs.nudge().await;
        Ok(())
    }

    /// Asks for the search that is due for longest, then rests.
    async fn ask_next(&self, context: &JobContext, scope: &Scope) -> Result<Outcome, ResearchError> {
        let settings = sources::settings(&self.db, scope).await?.unwrap_or_default();
        let Some(outside) = self.interest.as_ref().filter(|_| settings.live_trends) else {
            context.log("info", "asking is switched off").await;
            return Ok(Outcome::Done);
        };
        let now = self.clock.now();
        let mut due: Vec<Ask> = self.asks(scope).await?;
        due.retain(|one| one.next_at <= now);
        due.sort_by(|one, other| (one.next_at, &one.query).cmp(&(other.next_at, &other.query)));
        let Some(one) = due.first() else {
            return Ok(Outcome::Done);
        };
        context.step(&one.query).await;
        let answer = outside.interest(&one.query).await;
        let now = self.clock.now();
        let mut tx = self.db.write().await?;
        context.guard(&mut tx).await.map_err(ResearchError::TakenOver)?;
        match answer {
            Ok(points) => {
                let points: Vec<TrendPoint> = points
                    .into_iter()
                    .map(|(day, value)| TrendPoint {
                        query: one.query.clone(),
                        day: day.local_midnight(),
                        value,
                    })
                    .collect();
                reviews::forget_trend(&mut tx, scope, &one.query).await?;
                reviews::put_trends(&mut tx, scope, &points, now, "google").await?;
                asks::stand(&mut tx, scope, &one.query, None, now, now.plus(FRESH)).await?;
            }
            Err(error) => {
                context.log("warn", &format!("{}: {error}", one.query)).await;
                let next = now.plus(AFTER_REFUSAL);
                asks::stand(&mut tx, scope, &one.query, Some(error.word()), now, next).await?;
                // Who refuses one refuses all: nobody asks for the others meanwhile either.
                asks::put_off(&mut tx, scope, next).await?;
            }
        }
        tx.commit().await?;
        let more = due.len() > 1 && self.asks(scope).await?.iter().any(|one| one.next_at <= now);
        Ok(if more {
            Outcome::Again(now.plus(PAUSE))
        } else {
            Outcome::Done
        })
    }
}
