//! Schedules: list, pause, run now.

use super::owner_of;
use crate::{
    ApiState,
    describe::{Example, Op, op},
    shape::{Done, JobStateWord, ListQuery, Made, Moment, Page, Shown, Word, not_found, page_of},
};
use axum::extract::State;
use sauda_accounts::Scope;
use sauda_edge::{Caller, JsonBody, PathParams, QueryParams, Refusal, need};
use sauda_jobs::ScheduleView;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// One schedule.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Schedule)]
pub(crate) struct ScheduleShown {
    pub id: String,
    pub name: String,
    /// Name of the job that it asks for.
    pub job: String,
    pub timing: String,
    pub paused: bool,
    pub next_at: Moment,
    pub last_at: Option<Moment>,
    pub last_job_id: Option<String>,
    pub last_state: Option<JobStateWord>,
}

impl From<ScheduleView> for ScheduleShown {
    fn from(schedule: ScheduleView) -> Self {
        Self {
            id: schedule.id,
            name: schedule.name,
            job: schedule.job,
            timing: schedule.timing,
            paused: schedule.paused,
            next_at: schedule.next_at.into(),
            last_at: schedule.last_at.map(Moment),
            last_job_id: schedule.last_job.map(|job| job.to_string()),
            last_state: schedule.last_state.map(Word),
        }
    }
}

async fn visible(state: &ApiState, scope: &Scope) -> Result<Vec<ScheduleView>, Refusal> {
    Ok(state
        .jobs
        .schedules(owner_of(state, scope).await?.as_ref())
        .await?)
}

pub(crate) fn list_op() -> Op {
    op::<need::ViewAutomation>("list_schedules", "Schedules")
        .query::<ListQuery>()
        .lists::<ScheduleShown>()
}

pub(crate) async fn list(
    caller: Caller<need::ViewAutomation>,
    State(state): State<ApiState>,
    QueryParams(query): QueryParams<ListQuery>,
) -> Result<Shown<Page<ScheduleShown>>, Refusal> {
    let all = visible(&state, &caller.scope).await?;
    let page = page_of(
        all,
        |schedule| schedule.id.clone(),
        query.after.as_deref(),
        query.limit,
    )?;
    Ok(Shown(Page {
        items: page.items.into_iter().map(ScheduleShown::from).collect(),
        next: page.next,
    }))
}

async fn demand(state: &ApiState, scope: &Scope, id: &str) -> Result<(), Refusal> {
    let is_known = visible(state, scope)
        .await?
        .iter()
        .any(|schedule| schedule.id == id);
    if is_known {
        Ok(())
    } else {
        Err(not_found("schedule", &id.chars().take(80).collect::<String>()))
    }
}

/// Whether a schedule rests.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SchedulePatch {
    pub paused: bool,
}

impl Example for SchedulePatch {
    fn example() -> Value {
        json!({"paused": true})
    }
}

pub(crate) fn change_op() -> Op {
    op::<need::ManageAutomation>("change_schedule", "Let a schedule rest, or go on").body::<SchedulePatch>()
}

pub(crate) async fn change(
    caller: Caller<need::ManageAutomation>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<String>,
    JsonBody(body): JsonBody<SchedulePatch>,
) -> Result<Done, Refusal> {
    demand(&state, &caller.scope, &id).await?;
    state.jobs.set_schedule_paused(&id, body.paused).await?;
    Ok(Done)
}

/// The job that was asked for.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ScheduleRun {
    pub job_id: String,
}

pub(crate) fn run_now_op() -> Op {
    op::<need::ManageAutomation>("run_schedule", "Ask for a schedule's job now").makes::<ScheduleRun>()
}

pub(crate) async fn run_now(
    caller: Caller<need::ManageAutomation>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<String>,
) -> Result<Made<ScheduleRun>, Refusal> {
    demand(&state, &caller.scope, &id).await?;
    let job = state.jobs.run_schedule_now(&id).await?;
    Ok(Made(ScheduleRun {
        job_id: job.to_string(),
    }))
}
