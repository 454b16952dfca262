//! Automation: jobs and schedules, runs, what gave up, budgets, proxies, health. Merchants see their own work; whoever is
//! alone here sees the program's too.

mod jobs;
mod outside;
mod overview;
mod proxies;
mod reports;
mod runs;
mod timing;

use crate::{door::Desk, views::parts::State as Shown};
use axum::{
    Router,
    routing::{get, post},
};
use sauda_accounts::Scope;
use sauda_catalog::Shop;
use sauda_edge::Refusal;
use sauda_jobs::{JobState, JobView, RunState};
use sauda_kernel::{JobId, Kind, MerchantId, Public};

pub(crate) fn routes() -> Router<Desk> {
    Router::new()
        .route("/s/{shop}/automation", get(jobs::page))
        .route("/s/{shop}/automation/schedules/{id}", post(jobs::schedule))
        .route("/s/{shop}/automation/jobs/{job}", get(runs::newest))
        .route("/s/{shop}/automation/jobs/{job}/{act}", post(runs::act))
        .route("/s/{shop}/automation/runs/{run}", get(runs::page))
        .route("/s/{shop}/automation/runs/{run}/{act}", post(runs::act_on_run))
        .route("/s/{shop}/automation/parked", get(jobs::parked))
        .route("/s/{shop}/automation/budgets", get(outside::budgets))
        .route("/s/{shop}/automation/health", get(outside::health))
        .route(
            "/s/{shop}/automation/proxies",
            get(proxies::page).post(proxies::add),
        )
        .route("/s/{shop}/automation/proxies/{id}", post(proxies::act))
        .merge(reports::routes())
}

/// Whose jobs this person sees: their merchant's, or everybody's when there is no other merchant.
async fn owner(desk: &Desk, scope: &Scope) -> Result<Option<MerchantId>, Refusal> {
    let merchants = desk.accounts.merchants().await?;
    let is_alone = merchants.iter().all(|merchant| merchant.id == *scope.merchant());
    Ok(if is_alone {
        None
    } else {
        Some(scope.merchant().clone())
    })
}

/// A job that this person may see.
async fn job_of(desk: &Desk, scope: &Scope, id: &JobId) -> Result<JobView, Refusal> {
    let job = desk.jobs.job(id).await?;
    match owner(desk, scope).await? {
        Some(merchant) if job.merchant.as_ref() != Some(&merchant) => Err(Refusal::new(
            Kind::NotFound,
            Public::new("not-found").arg("what", "job").arg("id", id),
        )),
        _ => Ok(job),
    }
}

/// Name of the shop that a job works for, when its payload names one.
fn shop_name(shops: &[Shop], job: &JobView) -> Option<String> {
    shops
        .iter()
        .find(|shop| job.payload.contains(shop.id.as_str()))
        .map(|shop| shop.name.clone())
}

fn job_state(state: JobState) -> Shown {
    let tone = match state {
        JobState::Waiting | JobState::Cancelled => "off",
        JobState::Running => "accent",
        JobState::Done => "ok",
        JobState::Parked => "bad",
    };
    Shown::new(state.word(), tone)
}

fn run_state(state: RunState) -> Shown {
    let tone = match state {
        RunState::Running => "accent",
        RunState::Done => "ok",
        RunState::Again | RunState::Released | RunState::Cancelled => "off",
        RunState::Failed => "bad",
        RunState::Lost => "warn",
    };
    Shown::new(state.word(), tone)
}
