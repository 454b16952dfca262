//! Jobs: list, look, repeat, put off, cancel.

use super::{job_of, owner_of};
use crate::{
    ApiState,
    describe::{Example, Op, op},
    shape::{Done, JobStateWord, Moment, Page, Shown, Word, limit_of},
};
use axum::extract::State;
use sauda_edge::{Caller, JsonBody, PathParams, QueryParams, Refusal, need};
use sauda_jobs::{JobFilter, JobView};
use sauda_kernel::{JobId, Kind, Public};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};

/// One job.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Job)]
pub(crate) struct JobShown {
    pub id: String,
    /// Such as `catalog.sync`.
    pub name: String,
    pub state: JobStateWord,
    /// Ids that it works on.
    #[schema(value_type = Object)]
    pub payload: Value,
    pub run_at: Moment,
    pub attempts: u32,
    pub max_attempts: u32,
    /// Its run, while it runs.
    pub run_id: Option<String>,
    /// It was asked to stop.
    pub cancelling: bool,
    pub error_code: Option<String>,
    pub error_text: Option<String>,
    pub created_at: Moment,
    pub updated_at: Moment,
}

impl From<JobView> for JobShown {
    fn from(job: JobView) -> Self {
        Self {
            id: job.id.to_string(),
            name: job.name,
            state: Word(job.state),
            payload: serde_json::from_str(&job.payload).unwrap_or_default(),
            run_at: job.run_at.into(),
            attempts: job.attempts,
            max_attempts: job.max_attempts,
            run_id: job.run.map(|run| run.to_string()),
            cancelling: job.cancelling,
            error_code: job.error_code,
            error_text: job.error_text,
            created_at: job.created_at.into(),
            updated_at: job.updated_at.into(),
        }
    }
}

/// Which jobs.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct JobQuery {
    #[param(schema_with = state_schema)]
    pub state: Option<JobStateWord>,
    /// Exact name.
    pub name: Option<String>,
    /// A part of the name, id, key, payload or failure.
    pub q: Option<String>,
    /// `next` of the page before.
    pub after: Option<String>,
    /// Items a page, 1 to 200; 50 without it.
    pub limit: Option<u32>,
}

fn state_schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
    <JobStateWord as utoipa::PartialSchema>::schema()
}

pub(crate) fn list_op() -> Op {
    op::<need::ViewAutomation>("list_jobs", "Jobs, newest first")
        .query::<JobQuery>()
        .lists::<JobShown>()
}

/// Newest first.
pub(crate) async fn list(
    caller: Caller<need::ViewAutomation>,
    State(state): State<ApiState>,
    QueryParams(query): QueryParams<JobQuery>,
) -> Result<Shown<Page<JobShown>>, Refusal> {
    let limit = limit_of(query.limit)?;
    let before = match &query.after {
        None => None,
        Some(text) => Some(JobId::parse(text).map_err(|_| {
            let shown: String = text.chars().take(80).collect();
            Refusal::new(
                Kind::Invalid,
                Public::new("bad-cursor").field("after").arg("value", shown),
            )
        })?),
    };
    let filter = JobFilter {
        state: query.state.map(|state| state.0),
        merchant: owner_of(&state, &caller.scope).await?,
        name: query.name,
        search: query.q,
        before,
        // The queue gives at most 200: a full page of that length is asked for its successor.
        limit: u32::try_from(limit).unwrap_or(50).saturating_add(1).min(200),
    };
    let mut jobs = state.jobs.list(&filter).await?;
    let is_more = jobs.len() > limit || limit == 200 && jobs.len() == 200;
    jobs.truncate(limit);
    let next = if is_more {
        jobs.last().map(|job| job.id.to_string())
    } else {
        None
    };
    Ok(Shown(Page {
        items: jobs.into_iter().map(JobShown::from).collect(),
        next,
    }))
}

pub(crate) fn show_op() -> Op {
    op::<need::ViewAutomation>("show_job", "One job").shows::<JobShown>()
}

pub(crate) async fn show(
    caller: Caller<need::ViewAutomation>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<JobId>,
) -> Result<Shown<JobShown>, Refusal> {
    Ok(Shown(job_of(&state, &caller.scope, &id).await?.into()))
}

pub(crate) fn replay_op() -> Op {
    op::<need::ManageAutomation>(
        "replay_job",
        "Put a parked, cancelled or finished job back into the queue",
    )
    .shows::<JobShown>()
    .conflicts()
}

pub(crate) async fn replay(
    caller: Caller<need::ManageAutomation>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<JobId>,
) -> Result<Shown<JobShown>, Refusal> {
    job_of(&state, &caller.scope, &id).await?;
    state.jobs.replay(&id).await?;
    Ok(Shown(state.jobs.job(&id).await?.into()))
}

/// When a job is due.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct JobPatch {
    pub run_at: Moment,
}

impl Example for JobPatch {
    fn example() -> Value {
        json!({"run_at": "2026-11-20T18:00:00Z"})
    }
}

pub(crate) fn change_op() -> Op {
    op::<need::ManageAutomation>("put_job_off", "Give a waiting or parked job another time")
        .body::<JobPatch>()
        .shows::<JobShown>()
        .conflicts()
}

pub(crate) async fn change(
    caller: Caller<need::ManageAutomation>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<JobId>,
    JsonBody(body): JsonBody<JobPatch>,
) -> Result<Shown<JobShown>, Refusal> {
    job_of(&state, &caller.scope, &id).await?;
    state.jobs.put_off(&id, body.run_at.0).await?;
    Ok(Shown(state.jobs.job(&id).await?.into()))
}

pub(crate) fn cancel_op() -> Op {
    op::<need::ManageAutomation>("cancel_job", "Cancel a job").conflicts()
}

pub(crate) async fn cancel(
    caller: Caller<need::ManageAutomation>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<JobId>,
) -> Result<Done, Refusal> {
    job_of(&state, &caller.scope, &id).await?;
    state.jobs.cancel(&id).await?;
    Ok(Done)
}
