//! Schedules, the list of jobs with search and paging, and the jobs that gave up.

use super::{job_state, owner, shop_name, timing::timing};
use crate::{
    carried::Did,
    door::Desk,
    pages::system::urlencode,
    views::{
        automation::{Jobs, Parked, RunLine, ScheduleLine},
        parts::{Form, Pager, State as Shown},
    },
};
use axum::{extract::State, response::Response};
use sauda_accounts::{Right, Scope};
use sauda_catalog::Shop;
use sauda_edge::{FormBody, PathParams, Person, QueryParams, Refusal, need};
use sauda_jobs::{JobFilter, JobState, JobView, ScheduleView};
use sauda_kernel::{JobId, Kind, MerchantId, Public, Span, Timestamp};
use serde::Deserialize;

/// Jobs on one page.
const PAGE: u32 = 50;

#[derive(Deserialize, Default)]
pub(super) struct JobQuery {
    #[serde(default)]
    q: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    before: String,
}

pub(super) async fn page(
    State(desk): State<Desk>,
    who: Person<need::ViewAutomation>,
    PathParams(slug): PathParams<String>,
    QueryParams(query): QueryParams<JobQuery>,
) -> Result<Response, Refusal> {
    let path = format!("/s/{slug}/automation");
    let at = desk
        .at_shop(&who.session, who.language, &path, "automation", &slug, None)
        .await?;
    let scope = who.scope();
    let merchant = owner(&desk, scope).await?;
    let state = JobState::parse(&query.state);
    let (runs, next) = jobs(&desk, scope, merchant.as_ref(), state, &query).await?;
    let mut schedules = Vec::new();
    for schedule in desk.jobs.schedules(merchant.as_ref()).await? {
        schedules.push(schedule_line(&desk, schedule).await?);
    }
    let counts = desk.jobs.counts().await?;
    let count = |state| {
        i64::try_from(
            counts
                .iter()
                .filter(|count| count.state == state)
                .map(|count| count.jobs)
                .sum::<u64>(),
        )
        .unwrap_or(0)
    };
    let waiting = count(JobState::Waiting);
    let oldest = desk.jobs.oldest_wait().await?;
    let link = |before: &str| {
        format!(
            "{path}?q={}&state={}&before={before}",
            urlencode(&query.q),
            urlencode(&query.state)
        )
    };
    let shop = desk.catalog.shop_by_slug(scope, &slug).await?;
    let view = Jobs {
        autos: super::overview::autos(&desk, scope, &shop).await?,
        schedules,
        pager: Pager {
            back: (!query.before.is_empty()).then(|| link("")),
            next: next.map(|id| link(id.as_str())),
            ..Pager::default()
        },
        is_filtered: !query.q.is_empty() || state.is_some() || !query.before.is_empty(),
        filter: Form::of(&[("q", &query.q), ("state", state.map_or("", JobState::word))]),
        states: JobState::ALL.into_iter().map(JobState::word).collect(),
        runs,
        waiting,
        oldest: (waiting > 0 && oldest > Span::ZERO).then_some(oldest),
        parked: count(JobState::Parked),
        may_edit: scope.may(Right::ManageAutomation),
    };
    desk.draw(&at.shell, &view)
}

/// A page of jobs as lines, and the last one when there are older ones.
async fn jobs(
    desk: &Desk,
    scope: &Scope,
    merchant: Option<&MerchantId>,
    state: Option<JobState>,
    query: &JobQuery,
) -> Result<(Vec<RunLine>, Option<JobId>), Refusal> {
    let filter = JobFilter {
        state,
        merchant: merchant.cloned(),
        search: Some(query.q.clone()).filter(|text| !text.trim().is_empty()),
        before: JobId::parse(&query.before).ok(),
        limit: PAGE + 1,
        ..JobFilter::default()
    };
    let mut found = desk.jobs.list(&filter).await?;
    let page = usize::try_from(PAGE).unwrap_or(50);
    let is_more = found.len() > page;
    found.truncate(page);
    let next = if is_more {
        found.last().map(|job| job.id.clone())
    } else {
        None
    };
    let shops = desk.catalog.shops(scope).await?;
    Ok((found.iter().map(|job| line(&shops, job)).collect(), next))
}

/// A job as a line; its address leads to its newest run.
fn line(shops: &[Shop], job: &JobView) -> RunLine {
    let is_over = matches!(job.state, JobState::Done | JobState::Parked | JobState::Cancelled);
    RunLine {
        id: job.id.to_string(),
        job: job.id.to_string(),
        word: job.name.clone(),
        shop: shop_name(shops, job),
        at: if is_over { job.updated_at } else { job.run_at },
        took: None,
        state: job_state(job.state),
        attempt: i64::from(job.attempts),
        attempts: i64::from(job.max_attempts),
        said: job.error_text.clone(),
    }
}

async fn schedule_line(desk: &Desk, schedule: ScheduleView) -> Result<ScheduleLine, Refusal> {
    let mut usual = None;
    if let Some(job) = &schedule.last_job {
        let last = desk
            .jobs
            .runs(job)
            .await?
            .into_iter()
            .find_map(|run| Some(run.finished_at?.since(run.started_at)));
        usual = last.filter(|took| *took >= Span::ZERO);
    }
    Ok(ScheduleLine {
        when: timing(&schedule.timing),
        id: schedule.id,
        word: schedule.job,
        next_at: Some(schedule.next_at).filter(|at| *at > Timestamp::default()),
        last_at: schedule.last_at,
        last_run: schedule.last_job.map(|job| job.to_string()),
        state: schedule
            .last_state
            .map_or_else(|| Shown::new("none", "off"), job_state),
        usual,
        is_on: !schedule.paused,
    })
}

#[derive(Deserialize)]
pub(super) struct ActForm {
    act: String,
}

/// Runs a schedule now, or switches it off and on.
pub(super) async fn schedule(
    State(desk): State<Desk>,
    who: Person<need::ManageAutomation>,
    PathParams((slug, id)): PathParams<(String, String)>,
    FormBody(typed): FormBody<ActForm>,
) -> Result<Response, Refusal> {
    let merchant = owner(&desk, who.scope()).await?;
    let is_known = desk
        .jobs
        .schedules(merchant.as_ref())
        .await?
        .iter()
        .any(|schedule| schedule.id == id);
    if !is_known {
        return Err(Refusal::no_page());
    }
    let key = match typed.act.as_str() {
        "run" => {
            desk.jobs.run_schedule_now(&id).await?;
            "did-schedule-run"
        }
        "pause" => {
            desk.jobs.set_schedule_paused(&id, true).await?;
            "did-schedule-paused"
        }
        "resume" => {
            desk.jobs.set_schedule_paused(&id, false).await?;
            "did-schedule-resumed"
        }
        other => {
            return Err(Refusal::new(
                Kind::Invalid,
                Public::new("invalid-value").field("act").arg("value", other),
            ));
        }
    };
    Ok(Did::new(key).at(&format!("/s/{slug}/automation")))
}

/// Jobs that gave up: a person repeats or drops them.
pub(super) async fn parked(
    State(desk): State<Desk>,
    who: Person<need::ViewAutomation>,
    PathParams(slug): PathParams<String>,
    QueryParams(query): QueryParams<JobQuery>,
) -> Result<Response, Refusal> {
    let path = format!("/s/{slug}/automation/parked");
    let at = desk
        .at_shop(&who.session, who.language, &path, "automation", &slug, None)
        .await?;
    let merchant = owner(&desk, who.scope()).await?;
    let (runs, next) = jobs(
        &desk,
        who.scope(),
        merchant.as_ref(),
        Some(JobState::Parked),
        &query,
    )
    .await?;
    let pager = Pager {
        back: (!query.before.is_empty()).then(|| path.clone()),
        next: next.map(|id| format!("{path}?before={id}")),
        ..Pager::default()
    };
    desk.draw(
        &at.shell,
        &Parked {
            runs,
            pager,
            may_edit: who.scope().may(Right::ManageAutomation),
        },
    )
}
