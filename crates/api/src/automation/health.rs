//! Whether the program itself is well: queue, shared state, stuck runs.

use super::owner_of;
use crate::{
    ApiState,
    describe::{Op, op},
    shape::Shown,
};
use axum::extract::State;
use sauda_edge::{Caller, Refusal, need};
use serde::Serialize;
use utoipa::ToSchema;

/// A run that takes much longer than usual.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StuckRun)]
pub(crate) struct StuckView {
    pub run_id: String,
    pub job_id: String,
    pub name: String,
    pub takes_seconds: i64,
    pub usual_seconds: i64,
}

/// How the program is.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Health)]
pub(crate) struct HealthView {
    /// How long the job waits that is due longest.
    pub queue_wait_seconds: i64,
    /// `memory`, `redis` or `unavailable`.
    pub shared_state: &'static str,
    pub stuck_runs: Vec<StuckView>,
}

pub(crate) fn show_op() -> Op {
    op::<need::ViewAutomation>("show_health", "Queue, shared state and stuck runs").shows::<HealthView>()
}

pub(crate) async fn show(
    caller: Caller<need::ViewAutomation>,
    State(state): State<ApiState>,
) -> Result<Shown<HealthView>, Refusal> {
    let owner = owner_of(&state, &caller.scope).await?;
    let shared_state = match (state.cluster.is_shared(), state.cluster.ping().await) {
        (_, Err(error)) => {
            tracing::warn!(%error, "the shared state does not answer");
            "unavailable"
        }
        (true, Ok(())) => "redis",
        (false, Ok(())) => "memory",
    };
    let mut stuck_runs = Vec::new();
    for stuck in state.jobs.stuck().await? {
        let job = state.jobs.job(&stuck.run.job).await?;
        if owner.is_some() && job.merchant != owner {
            continue;
        }
        stuck_runs.push(StuckView {
            run_id: stuck.run.id.to_string(),
            job_id: stuck.run.job.to_string(),
            name: stuck.run.name,
            takes_seconds: stuck.takes.as_secs(),
            usual_seconds: stuck.usual.as_secs(),
        });
    }
    Ok(Shown(HealthView {
        queue_wait_seconds: state.jobs.oldest_wait().await?.as_secs(),
        shared_state,
        stuck_runs,
    }))
}
