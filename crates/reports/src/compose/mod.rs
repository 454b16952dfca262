//! What a report finds: each kind asks the rooms that own the facts, within the merchant's own data. Refuses to keep or to send.

mod errors;
mod forecast;
mod market;
mod profit;
mod reorder;

use crate::timed::{Made, PlanKind};
use crate::{Findings, ReportPlans, ReportsError};
use sauda_accounts::Scope;

/// Rows of a table of a report.
const ROWS: usize = 30;
/// Bars under each other.
const BARS: usize = 8;

impl ReportPlans {
    /// What a report finds now.
    ///
    /// # Errors
    /// When a room that is asked does not answer.
    pub(crate) async fn compose(&self, scope: &Scope, made: &Made) -> Result<Findings, ReportsError> {
        match made.kind {
            PlanKind::Reorder => reorder::compose(self, scope).await,
            PlanKind::Forecast => forecast::compose(self, scope).await,
            PlanKind::Profit => profit::compose(self, scope, made).await,
            PlanKind::Market => market::compose(self, scope, made).await,
            PlanKind::Errors => errors::compose(self, scope, made).await,
        }
    }
}

fn more(all: usize, shown: usize) -> i64 {
    i64::try_from(all.saturating_sub(shown)).unwrap_or(i64::MAX)
}
