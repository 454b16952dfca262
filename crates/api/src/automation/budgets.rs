//! How much of the outside world's budgets is spent now.

use crate::{
    ApiState,
    describe::{Op, op},
    shape::{Moment, Page, Shown},
};
use axum::extract::State;
use sauda_cluster::BudgetUsage;
use sauda_edge::{Caller, Refusal, need};
use serde::Serialize;
use utoipa::ToSchema;

/// One window of a budget.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BudgetWindow)]
pub(crate) struct WindowView {
    pub used: u32,
    pub max: u32,
    pub per_seconds: i64,
}

/// One budget.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Budget)]
pub(crate) struct BudgetView {
    /// Such as `price-changes`.
    pub name: String,
    /// Whose it is: an address, a login, a shop.
    pub scope: String,
    pub windows: Vec<WindowView>,
    /// Closed by the outside world until then.
    pub blocked_until: Option<Moment>,
}

impl From<BudgetUsage> for BudgetView {
    fn from(usage: BudgetUsage) -> Self {
        let windows = usage.windows.iter().map(|window| WindowView {
            used: window.used,
            max: window.max,
            per_seconds: window.per.as_secs(),
        });
        Self {
            windows: windows.collect(),
            name: usage.name,
            scope: usage.scope,
            blocked_until: usage.blocked_until.map(Moment),
        }
    }
}

/// Counts of requests to this program concern nobody but it.
const OWN: &str = "requests-";

pub(crate) fn list_op() -> Op {
    op::<need::ViewAutomation>("list_budgets", "How much of the marketplace's budgets is spent")
        .lists::<BudgetView>()
}

pub(crate) async fn list(
    caller: Caller<need::ViewAutomation>,
    State(state): State<ApiState>,
) -> Result<Shown<Page<BudgetView>>, Refusal> {
    let usage = state.cluster.usage().await?;
    let is_alone = state.is_alone(&caller.scope).await?;
    let mut own: Vec<String> = Vec::new();
    if !is_alone {
        own.extend(
            state
                .catalog
                .accesses(&caller.scope)
                .await?
                .iter()
                .map(|access| access.id.to_string()),
        );
        own.extend(
            state
                .catalog
                .shops(&caller.scope)
                .await?
                .iter()
                .map(|shop| shop.id.to_string()),
        );
    }
    let shown = usage
        .into_iter()
        .filter(|one| !one.name.starts_with(OWN) && (is_alone || own.contains(&one.scope)));
    Ok(Shown(Page {
        items: shown.map(BudgetView::from).collect(),
        next: None,
    }))
}
