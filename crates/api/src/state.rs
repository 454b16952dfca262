//! The services that requests may call. Refuses to hold a database or a marketplace.

use sauda_accounts::{Accounts, Scope};
use sauda_catalog::{Cards, Catalog, Feeds, Products};
use sauda_cluster::Cluster;
use sauda_economics::money::Money;
use sauda_edge::{Edge, Refusal};
use sauda_jobs::Jobs;
use sauda_messages::{Messages, team::Team};
use sauda_orders::Orders;
use sauda_pricing::Pricing;
use sauda_reports::{ReportPlans, Reports};
use sauda_research::Research;
use sauda_stock::Stock;

/// What the interface needs. Cheap to clone.
#[derive(Clone)]
pub struct ApiState {
    pub accounts: Accounts,
    pub catalog: Catalog,
    pub products: Products,
    pub feeds: Feeds,
    pub cards: Cards,
    pub stock: Stock,
    pub pricing: Pricing,
    pub orders: Orders,
    pub jobs: Jobs,
    pub cluster: Cluster,
    pub edge: Edge,
    pub messages: Messages,
    pub team: Team,
    pub money: Money,
    pub reports: Reports,
    pub report_plans: ReportPlans,
    pub research: Research,
}

impl ApiState {
    /// Whether the caller's merchant is the only one here: then the work of the program itself is theirs to see.
    pub(crate) async fn is_alone(&self, scope: &Scope) -> Result<bool, Refusal> {
        let merchants = self.accounts.merchants().await?;
        Ok(merchants.iter().all(|merchant| merchant.id == *scope.merchant()))
    }
}
