//! The budget of price changes of one login, and what it must not forget.

use super::Pusher;
use crate::{PricingError, store::calls};
use sauda_cluster::{BudgetKey, Limit};
use sauda_kernel::{Span, Timestamp};
use std::collections::BTreeMap;

/// Price changes of one login. The marketplace takes 1.5 a second and 250 in any half hour, counted when they arrive; above
/// that the account is stopped for half an hour. A permit is counted when it is given, up to half a minute before the change
/// arrives: a slow call followed by quick ones comes closer together there than here. So the windows are longer than the
/// marketplace's: three calls cannot arrive within a second, nor 251 within half an hour.
pub const PUSH_LIMIT: Limit =
    Limit::per(1, Span::from_secs(1)).and(250, Span::from_secs(30 * 60 + ON_THE_WAY));
/// The longest way from a permit to the marketplace, s: the time limit of a call, and what is recorded before it.
const ON_THE_WAY: i64 = 30;
/// How long a login stays stopped that changed prices too fast.
const STOPPED_FOR: Span = Span::from_mins(30);
/// Lies where the budgets lie, and is lost with them.
const KNOWN: &str = "price-changes:restored";

/// The budget of one login's price changes.
pub(super) fn budget(access: &str) -> BudgetKey {
    BudgetKey::new("price-changes", access)
}

impl Pusher {
    /// Gives the budgets back what was spent and what was stopped, when the place where they are counted does not know: after
    /// a start of this process, or when Redis came back empty.
    pub(super) async fn restore_budgets(&self) -> Result<(), PricingError> {
        let pricing = &self.pricing;
        let fail = |error: sauda_cluster::ClusterError| PricingError::Cluster(error.to_string());
        if pricing.cluster.cached(KNOWN).await.map_err(fail)?.is_some() {
            return Ok(());
        }
        let now = pricing.clock.now();
        let since = now.minus(STOPPED_FOR).minus(Span::from_mins(1));
        let mut spent: BTreeMap<String, Vec<(Timestamp, u32)>> = BTreeMap::new();
        for (access, at) in calls::spent_since(&pricing.db, since).await? {
            spent.entry(access.to_string()).or_default().push((at, 1));
        }
        for (access, times) in spent {
            pricing
                .cluster
                .seed(&budget(&access), &times)
                .await
                .map_err(fail)?;
        }
        for (access, at) in calls::stopped_since(&pricing.db, since).await? {
            let key = budget(access.as_str());
            let until = at.plus(STOPPED_FOR);
            let known = pricing.cluster.blocked_until(&key).await.map_err(fail)?;
            if until > now && known.is_none() {
                pricing.cluster.block(&key, until).await.map_err(fail)?;
            }
        }
        pricing
            .cluster
            .cache(KNOWN, &[1], STOPPED_FOR)
            .await
            .map_err(fail)
    }
}
