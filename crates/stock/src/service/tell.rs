//! Tells the shops what is free: every offer of a product, at every point that its warehouse serves. Refuses to touch points
//! of no warehouse, and shops of merchants who did not switch it on.

use super::Stock;
use crate::{
    StockError,
    model::Balance,
    store::{ledger, places},
};
use sauda_accounts::Scope;
use sauda_catalog::{Feeds, OfferPoint};
use sauda_kernel::WarehouseId;
use std::{collections::BTreeMap, time::Duration};
use tokio_util::sync::CancellationToken;

/// Balances of one turn.
const TOGETHER: i64 = 500;
/// Between two turns.
const EVERY: Duration = Duration::from_secs(20);

/// Carries what is free into price lists and cabinets, for every merchant who wants it.
#[derive(Clone)]
pub struct StockTeller {
    stock: Stock,
    feeds: Feeds,
}

impl StockTeller {
    pub const fn new(stock: Stock, feeds: Feeds) -> Self {
        Self { stock, feeds }
    }

    /// Works until it is told to stop.
    pub async fn run(self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            if let Err(error) = self.turn().await {
                tracing::warn!(error = %error, "the shops could not be told their stock");
            }
            let _ = tokio::time::timeout(EVERY, stop.cancelled()).await;
        }
    }

    /// One turn over all merchants; how many balances were told.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn turn(&self) -> Result<usize, StockError> {
        let mut many = 0;
        for merchant in places::telling(&self.stock.db).await? {
            let scope = Scope::system(merchant, "stock told to shops");
            many += self.tell(&scope).await?;
        }
        Ok(many)
    }

    async fn tell(&self, scope: &Scope) -> Result<usize, StockError> {
        let balances = ledger::untold(&self.stock.db, scope, TOGETHER).await?;
        if balances.is_empty() {
            return Ok(0);
        }
        let mut points: BTreeMap<WarehouseId, Vec<(sauda_kernel::ShopId, String)>> = BTreeMap::new();
        for (shop, point, warehouse) in places::points(&self.stock.db, scope).await? {
            points.entry(warehouse).or_default().push((shop, point));
        }
        for balance in &balances {
            if let Some(served) = points.get(&balance.warehouse) {
                self.tell_one(scope, balance, served).await?;
            }
            ledger::told(&self.stock.db, balance).await?;
        }
        Ok(balances.len())
    }

    async fn tell_one(
        &self,
        scope: &Scope,
        balance: &Balance,
        served: &[(sauda_kernel::ShopId, String)],
    ) -> Result<(), StockError> {
        let offers = self
            .stock
            .products
            .offers_of(scope, std::slice::from_ref(&balance.product))
            .await?;
        let said: Vec<OfferPoint> = offers
            .values()
            .flatten()
            .flat_map(|offer| {
                let here = served.iter().filter(|(shop, _)| *shop == offer.shop);
                here.map(|(_, point)| OfferPoint {
                    offer: offer.id.clone(),
                    point_id: point.clone(),
                    available: Some(balance.free() > 0),
                    stock: Some(balance.free()),
                })
            })
            .collect();
        self.feeds.keep_stock(scope, &said).await?;
        Ok(())
    }
}
