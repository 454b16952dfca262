//! Takes over shelves that were kept elsewhere: what came when, since when it is kept. Refuses to change what was written before.

use super::Stock;
use crate::{
    StockError,
    model::{MovementKind, NewMovement, Settings, day_of},
    store::{ledger, places},
};
use sauda_accounts::{Right, Scope};
use sauda_kernel::{Money, ProductId, Timestamp};

/// Pieces that came to the main warehouse before it was kept here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivered {
    pub product: ProductId,
    pub quantity: i64,
    pub unit_cost: Option<Money>,
    pub at: Timestamp,
}

impl Stock {
    /// Writes what came to the main warehouse, each product once a day, and keeps stock since the given moment, or since earlier:
    /// orders since then take their pieces when they are read. `delivered` stands in order of time.
    ///
    /// # Errors
    /// When the caller may not, or a number of pieces makes no sense.
    pub async fn take_over(
        &self,
        scope: &Scope,
        since: Timestamp,
        delivered: &[Delivered],
    ) -> Result<(), StockError> {
        scope.require(Right::ManageCatalog)?;
        if let Some(wrong) = delivered
            .iter()
            .find(|one| !(1..=super::MOST_PIECES).contains(&one.quantity))
        {
            return Err(StockError::fact("stock-quantity", "quantity", wrong.quantity));
        }
        let warehouses = self.warehouses(scope).await?;
        let Some(main) = warehouses.iter().find(|one| one.is_main).or(warehouses.first()) else {
            return Err(super::not_found("warehouse", ""));
        };
        let known = self.settings(scope).await?;
        let settings = Settings {
            kept_since: Some(known.kept_since.map_or(since, |kept| kept.min(since))),
            ..known
        };
        let mut tx = self.held(scope).await?;
        for one in delivered {
            let new = NewMovement {
                product: one.product.clone(),
                warehouse: main.id.clone(),
                kind: MovementKind::Receipt,
                quantity: one.quantity,
                unit_cost: one.unit_cost,
                landed: None,
                reason: String::new(),
                document: String::new(),
                once_key: format!("before:{}:{}", one.product, day_of(one.at)),
            };
            if ledger::is_written(&mut tx, scope, &new.once_key).await? {
                continue;
            }
            let balance =
                ledger::change(&mut tx, scope, &new.product, &new.warehouse, new.quantity, 0).await?;
            ledger::add(&mut tx, scope, &self.id(), &new, balance.on_hand, one.at).await?;
        }
        places::put_settings(&mut tx, scope, &settings).await?;
        let after = format!("{} deliveries", delivered.len());
        self.audit(&mut tx, scope, "stock.taken_over", "", Some(after))
            .await?;
        tx.commit().await?;
        let mut products: Vec<ProductId> = delivered.iter().map(|one| one.product.clone()).collect();
        products.sort();
        products.dedup();
        self.note_costs(scope, &products).await
    }
}
