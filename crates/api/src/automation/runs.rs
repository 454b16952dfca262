//! Runs of jobs and what they wrote down.

use super::job_of;
use crate::{
    ApiState,
    describe::{Op, op},
    shape::{ListQuery, LogLevelWord, Moment, Page, RunStateWord, Shown, Word, limit_of, not_found, page_of},
};
use axum::extract::State;
use sauda_edge::{Caller, PathParams, QueryParams, Refusal, need};
use sauda_jobs::{LogLevel, RunLine, RunView};
use sauda_kernel::{JobId, RunId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// One run.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Run)]
pub(crate) struct RunShown {
    pub id: String,
    pub job_id: String,
    pub name: String,
    pub attempt: u32,
    pub state: RunStateWord,
    pub started_at: Moment,
    pub finished_at: Option<Moment>,
    /// What it does now.
    pub step: Option<String>,
    pub done: Option<u64>,
    pub total: Option<u64>,
    pub error_code: Option<String>,
    pub error_text: Option<String>,
}

impl From<RunView> for RunShown {
    fn from(run: RunView) -> Self {
        Self {
            id: run.id.to_string(),
            job_id: run.job.to_string(),
            name: run.name,
            attempt: run.attempt,
            state: Word(run.state),
            started_at: run.started_at.into(),
            finished_at: run.finished_at.map(Moment),
            step: run.step,
            done: run.progress.map(|(done, _)| done),
            total: run.progress.map(|(_, total)| total),
            error_code: run.error_code,
            error_text: run.error_text,
        }
    }
}

pub(crate) fn list_op() -> Op {
    op::<need::ViewAutomation>("list_runs", "Runs of a job, newest first")
        .query::<ListQuery>()
        .lists::<RunShown>()
}

/// Newest first.
pub(crate) async fn list(
    caller: Caller<need::ViewAutomation>,
    State(state): State<ApiState>,
    PathParams(job): PathParams<JobId>,
    QueryParams(query): QueryParams<ListQuery>,
) -> Result<Shown<Page<RunShown>>, Refusal> {
    job_of(&state, &caller.scope, &job).await?;
    let all = state.jobs.runs(&job).await?;
    let page = page_of(all, |run| run.id.to_string(), query.after.as_deref(), query.limit)?;
    Ok(Shown(Page {
        items: page.items.into_iter().map(RunShown::from).collect(),
        next: page.next,
    }))
}

async fn run_of(state: &ApiState, scope: &sauda_accounts::Scope, id: &RunId) -> Result<RunView, Refusal> {
    let run = state.jobs.run(id).await?.ok_or_else(|| not_found("run", id))?;
    job_of(state, scope, &run.job).await?;
    Ok(run)
}

pub(crate) fn show_op() -> Op {
    op::<need::ViewAutomation>("show_run", "One run").shows::<RunShown>()
}

pub(crate) async fn show(
    caller: Caller<need::ViewAutomation>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<RunId>,
) -> Result<Shown<RunShown>, Refusal> {
    Ok(Shown(run_of(&state, &caller.scope, &id).await?.into()))
}

/// One line of a run.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RunLine)]
pub(crate) struct LineShown {
    pub number: u32,
    pub at: Moment,
    pub level: LogLevelWord,
    pub text: String,
}

impl From<RunLine> for LineShown {
    fn from(line: RunLine) -> Self {
        Self {
            number: line.number,
            at: line.at.into(),
            level: Word(line.level),
            text: line.text,
        }
    }
}

/// Which lines.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct LineQuery {
    /// This or louder; steps always.
    #[param(schema_with = level_schema)]
    pub level: Option<LogLevelWord>,
    /// A part of the text.
    pub q: Option<String>,
    /// `next` of the page before: the number of its last line.
    pub after: Option<u32>,
    /// Items a page, 1 to 200; 50 without it.
    pub limit: Option<u32>,
}

fn level_schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
    <LogLevelWord as utoipa::PartialSchema>::schema()
}

pub(crate) fn lines_op() -> Op {
    op::<need::ViewAutomation>("list_run_lines", "What a run wrote down")
        .query::<LineQuery>()
        .lists::<LineShown>()
}

pub(crate) async fn lines(
    caller: Caller<need::ViewAutomation>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<RunId>,
    QueryParams(query): QueryParams<LineQuery>,
) -> Result<Shown<Page<LineShown>>, Refusal> {
    let limit = limit_of(query.limit)?;
    run_of(&state, &caller.scope, &id).await?;
    let least = query.level.map_or(LogLevel::Debug, |level| level.0);
    let mut lines = state
        .jobs
        .lines(&id, query.after.unwrap_or(0), least, query.q.as_deref())
        .await?;
    let is_more = lines.len() > limit;
    lines.truncate(limit);
    let next = if is_more {
        lines.last().map(|line| line.number.to_string())
    } else {
        None
    };
    Ok(Shown(Page {
        items: lines.into_iter().map(LineShown::from).collect(),
        next,
    }))
}
