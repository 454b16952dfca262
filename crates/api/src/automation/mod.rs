//! Requests about the work behind the prices: jobs, schedules, budgets, health.

pub(crate) mod budgets;
pub(crate) mod health;
pub(crate) mod jobs;
pub(crate) mod runs;
pub(crate) mod schedules;

use crate::{ApiState, shape::not_found};
use sauda_accounts::Scope;
use sauda_edge::Refusal;
use sauda_jobs::JobView;
use sauda_kernel::{JobId, MerchantId};

/// Whose jobs the caller may see: their merchant's, or all when there is no other merchant.
pub(super) async fn owner_of(state: &ApiState, scope: &Scope) -> Result<Option<MerchantId>, Refusal> {
    Ok(if state.is_alone(scope).await? {
        None
    } else {
        Some(scope.merchant().clone())
    })
}

/// A job that the caller may see.
pub(super) async fn job_of(state: &ApiState, scope: &Scope, id: &JobId) -> Result<JobView, Refusal> {
    let job = state.jobs.job(id).await?;
    let is_theirs = match &job.merchant {
        Some(merchant) => merchant == scope.merchant(),
        None => state.is_alone(scope).await?,
    };
    if is_theirs {
        Ok(job)
    } else {
        Err(not_found("job", id))
    }
}
