//! One run: its steps, log with search and level, progress; repeating, stopping and dropping its job.

use super::{job_of, job_state, run_state, shop_name};
use crate::{
    carried::Did,
    door::Desk,
    views::automation::{LogLine, Run, RunLine, RunStep},
};
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use sauda_accounts::{Right, Scope};
use sauda_edge::{PathParams, Person, QueryParams, Refusal, need};
use sauda_jobs::{self as queue, JobView, LogLevel, RunState, RunView};
use sauda_kernel::{JobId, Kind, Public, RunId};
use serde::Deserialize;

/// Lines of a log that one page shows.
const MOST_LINES: usize = 2_000;

#[derive(Deserialize, Default)]
pub(super) struct LogQuery {
    #[serde(default)]
    q: String,
    #[serde(default)]
    level: String,
}

/// The newest run of a job, or the job itself while it has none.
pub(super) async fn newest(
    State(desk): State<Desk>,
    who: Person<need::ViewAutomation>,
    PathParams((slug, id)): PathParams<(String, JobId)>,
) -> Result<Response, Refusal> {
    let job = job_of(&desk, who.scope(), &id).await?;
    if let Some(run) = desk.jobs.runs(&id).await?.into_iter().next() {
        return Ok(Redirect::to(&format!("/s/{slug}/automation/runs/{}", run.id)).into_response());
    }
    let at = desk
        .at_shop(
            &who.session,
            who.language,
            &format!("/s/{slug}/automation/jobs/{id}"),
            "automation",
            &slug,
            None,
        )
        .await?;
    let shops = desk.catalog.shops(who.scope()).await?;
    let view = Run {
        run: RunLine {
            id: id.to_string(),
            job: id.to_string(),
            word: job.name.clone(),
            shop: shop_name(&shops, &job),
            at: job.run_at,
            took: None,
            state: job_state(job.state),
            attempt: i64::from(job.attempts),
            attempts: i64::from(job.max_attempts),
            said: job.error_text.clone(),
        },
        job_state: job.state.word(),
        steps: Vec::new(),
        lines: Vec::new(),
        others: Vec::new(),
        level: LogLevel::Info.word().to_owned(),
        query: String::new(),
        input: job.payload,
        done: None,
        total: None,
        usual: None,
        may_edit: who.scope().may(Right::ManageAutomation),
    };
    desk.draw(&at.shell, &view)
}

pub(super) async fn page(
    State(desk): State<Desk>,
    who: Person<need::ViewAutomation>,
    PathParams((slug, id)): PathParams<(String, RunId)>,
    QueryParams(query): QueryParams<LogQuery>,
) -> Result<Response, Refusal> {
    let scope = who.scope();
    let (run, job) = run_of(&desk, scope, &id).await?;
    let at = desk
        .at_shop(
            &who.session,
            who.language,
            &format!("/s/{slug}/automation/runs/{id}"),
            "automation",
            &slug,
            None,
        )
        .await?;
    let shops = desk.catalog.shops(scope).await?;
    let stuck = desk
        .jobs
        .stuck()
        .await?
        .into_iter()
        .find(|stuck| stuck.run.id == id);
    let least = LogLevel::parse(&query.level).unwrap_or(LogLevel::Info);
    let search = Some(query.q.trim()).filter(|text| !text.is_empty());
    let mut lines = desk.jobs.lines(&id, 0, least, search).await?;
    lines.truncate(MOST_LINES);
    let all = desk.jobs.lines(&id, 0, LogLevel::Error, None).await?;
    let others = desk
        .jobs
        .runs(&run.job)
        .await?
        .iter()
        .filter(|other| other.id != id)
        .map(|other| of_run(other, &job, None))
        .collect();
    let mut line = of_run(&run, &job, shop_name(&shops, &job));
    if stuck.is_some() {
        line.state = crate::views::parts::State::new("stuck", "warn");
    }
    let count = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let view = Run {
        run: line,
        job_state: job.state.word(),
        steps: steps(&all, &run),
        lines: lines
            .into_iter()
            .filter(|line| line.level != LogLevel::Step)
            .map(|line| LogLine {
                at: line.at,
                level: line.level.word(),
                text: line.text,
            })
            .collect(),
        others,
        level: least.word().to_owned(),
        query: query.q.clone(),
        input: job.payload,
        done: run.progress.map(|(done, _)| count(done)),
        total: run.progress.map(|(_, total)| count(total)),
        usual: stuck.map(|stuck| stuck.usual),
        may_edit: scope.may(Right::ManageAutomation),
    };
    desk.draw(&at.shell, &view)
}

fn of_run(run: &RunView, job: &JobView, shop: Option<String>) -> RunLine {
    RunLine {
        id: run.id.to_string(),
        job: run.job.to_string(),
        word: run.name.clone(),
        shop,
        at: run.started_at,
        took: run.finished_at.map(|end| end.since(run.started_at)),
        state: run_state(run.state),
        attempt: i64::from(run.attempt),
        attempts: i64::from(job.max_attempts),
        said: run.error_text.clone(),
    }
}

/// Steps from the lines that begin them; each lasts until the next one or the end of the run.
fn steps(lines: &[queue::RunLine], run: &RunView) -> Vec<RunStep> {
    let begun: Vec<&queue::RunLine> = lines.iter().filter(|line| line.level == LogLevel::Step).collect();
    let mut steps = Vec::with_capacity(begun.len());
    for (place, line) in begun.iter().enumerate() {
        let next = begun.get(place + 1);
        let end = next.map(|next| next.at).or(run.finished_at);
        let state = match (next, run.state) {
            (Some(_), _) | (None, RunState::Done | RunState::Again) => "done",
            (None, RunState::Running) => "now",
            (None, RunState::Failed | RunState::Lost) => "fail",
            (None, RunState::Cancelled | RunState::Released) => "warn",
        };
        steps.push(RunStep {
            name: line.text.clone(),
            state,
            at: Some(line.at),
            took: end.map(|end| end.since(line.at)),
        });
    }
    steps
}

async fn run_of(desk: &Desk, scope: &Scope, id: &RunId) -> Result<(RunView, JobView), Refusal> {
    let none = || {
        Refusal::new(
            Kind::NotFound,
            Public::new("not-found").arg("what", "run").arg("id", id),
        )
    };
    let run = desk.jobs.run(id).await?.ok_or_else(none)?;
    let job = job_of(desk, scope, &run.job).await?;
    Ok((run, job))
}

/// Repeats or drops the job of a run.
pub(super) async fn act_on_run(
    State(desk): State<Desk>,
    who: Person<need::ManageAutomation>,
    PathParams((slug, run, word)): PathParams<(String, RunId, String)>,
) -> Result<Response, Refusal> {
    let (_, job) = run_of(&desk, who.scope(), &run).await?;
    settle(&desk, &slug, &job.id, &word).await
}

/// Repeats or drops a job.
pub(super) async fn act(
    State(desk): State<Desk>,
    who: Person<need::ManageAutomation>,
    PathParams((slug, id, word)): PathParams<(String, JobId, String)>,
) -> Result<Response, Refusal> {
    job_of(&desk, who.scope(), &id).await?;
    settle(&desk, &slug, &id, &word).await
}

async fn settle(desk: &Desk, slug: &str, job: &JobId, word: &str) -> Result<Response, Refusal> {
    match word {
        "replay" => {
            desk.jobs.replay(job).await?;
            Ok(Did::new("did-job-replayed").at(&format!("/s/{slug}/automation")))
        }
        "drop" => {
            desk.jobs.cancel(job).await?;
            Ok(Did::new("did-job-dropped").at(&format!("/s/{slug}/automation/parked")))
        }
        _ => Err(Refusal::no_page()),
    }
}
