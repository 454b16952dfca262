//! How a merchant keeps stock, and how its products are bought. Refuses figures that make no sense.

use super::{LARGEST_COST, MOST_PIECES, Stock, not_found, reorder::LOOK_BACK_DAYS};
use crate::{
    StockError,
    model::{Settings, Supply, day_of},
    reorder::Break,
    store::{pasts, places, supply},
};
use sauda_accounts::{Right, Scope};
use sauda_kernel::ProductId;

/// No supplier's list has more steps.
const MOST_BREAKS: usize = 20;

impl Stock {
    /// How the merchant keeps stock.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn settings(&self, scope: &Scope) -> Result<Settings, StockError> {
        Ok(places::settings(&self.db, scope).await?.unwrap_or_default())
    }

    /// Changes how the merchant keeps stock; the first time it is switched on, it is kept from now on.
    ///
    /// # Errors
    /// When the caller may not, or a figure makes no sense.
    pub async fn save_settings(
        &self,
        scope: &Scope,
        wanted: &Settings,
        is_kept: bool,
    ) -> Result<Settings, StockError> {
        scope.require(Right::ManageCatalog)?;
        for (field, value, range) in [
            ("fill_bp", wanted.fill_bp, 5_000..=9_990),
            ("review_days", wanted.review_days, 1..=90),
            ("lead_days", wanted.lead_days, 0..=365),
            ("most_days", wanted.most_days, 0..=1_000),
        ] {
            if !range.contains(&value) {
                return Err(StockError::fact("stock-setting", field, value));
            }
        }
        batch_costs(wanted)?;
        let known = self.settings(scope).await?;
        let settings = Settings {
            kept_since: is_kept.then(|| known.kept_since.unwrap_or_else(|| self.clock.now())),
            sends_stock: wanted.sends_stock && is_kept,
            ..wanted.clone()
        };
        let mut tx = self.db.write().await?;
        places::put_settings(&mut tx, scope, &settings).await?;
        let after = format!("kept: {is_kept}, sent: {}", settings.sends_stock);
        self.audit(&mut tx, scope, "stock.settings", "", Some(after))
            .await?;
        tx.commit().await?;
        if settings.costing != known.costing {
            self.note_all_costs(scope).await?;
        }
        Ok(settings)
    }

    /// How a product is bought; what nobody said is blank.
    ///
    /// # Errors
    /// When there is no such product.
    pub async fn supply_of(&self, scope: &Scope, product: &ProductId) -> Result<Supply, StockError> {
        self.product(scope, product).await?;
        let known = supply::all(&self.db, scope, Some(product)).await?.remove(product);
        Ok(known.unwrap_or_else(|| Supply::blank(product.clone())))
    }

    /// How a product is bought: from whom, in what numbers, until when it is skipped.
    ///
    /// # Errors
    /// When the caller may not, or a figure makes no sense.
    pub async fn save_supply(&self, scope: &Scope, wanted: &Supply) -> Result<(), StockError> {
        scope.require(Right::ManageCatalog)?;
        self.product(scope, &wanted.product).await?;
        for (field, value, range) in [
            ("least", wanted.least, 1..=MOST_PIECES),
            ("pack", wanted.pack, 1..=MOST_PIECES),
            ("rate", wanted.rate_milli.unwrap_or(0), 0..=1_000_000_000),
            ("volume", wanted.volume_cm3.unwrap_or(1), 1..=10_000_000),
        ] {
            if !range.contains(&value) {
                return Err(StockError::fact("stock-setting", field, value));
            }
        }
        if let Some(supplier) = &wanted.supplier
            && !self.suppliers(scope).await?.iter().any(|one| one.id == *supplier)
        {
            return Err(not_found("supplier", supplier.as_str()));
        }
        price_breaks(&wanted.breaks)?;
        let mut tx = self.db.write().await?;
        supply::put(&mut tx, scope, wanted).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Says that a day's sales will not repeat, or takes it back.
    ///
    /// # Errors
    /// When the caller may not, there is no such product, or advice does not look at the day.
    pub async fn mark_one_off(
        &self,
        scope: &Scope,
        product: &ProductId,
        day: i64,
        is_one_off: bool,
    ) -> Result<(), StockError> {
        scope.require(Right::ManageCatalog)?;
        self.product(scope, product).await?;
        let today = day_of(self.clock.now());
        if is_one_off && !(today - LOOK_BACK_DAYS..today).contains(&day) {
            return Err(StockError::fact("stock-one-off-day", "date", LOOK_BACK_DAYS));
        }
        let mut tx = self.db.write().await?;
        if is_one_off {
            supply::mark_one_off(&mut tx, scope, product, day).await?;
        } else {
            supply::unmark_one_off(&mut tx, scope, product, day).await?;
        }
        pasts::touch(&mut tx, scope, product).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// What an order costs and what keeping costs are known together, or neither: the cheapest batch lies between them.
fn batch_costs(wanted: &Settings) -> Result<(), StockError> {
    match (wanted.order_cost, wanted.holding_bp) {
        (None, None) => Ok(()),
        (Some(order), Some(_)) if !(1..=LARGEST_COST).contains(&order.tiyn()) => Err(StockError::fact(
            "stock-order-cost",
            "order_cost",
            order.tiyn() / 100,
        )),
        (Some(_), Some(holding)) if !(1..=100_000).contains(&holding) => {
            Err(StockError::fact("stock-holding", "holding_bp", holding / 100))
        }
        (Some(_), Some(_)) => Ok(()),
        (Some(_), None) => Err(StockError::fact("stock-batch-costs", "holding_bp", "")),
        (None, Some(_)) => Err(StockError::fact("stock-batch-costs", "order_cost", "")),
    }
}

/// Prices of a supplier by quantity rise in quantity and have a price above nothing.
fn price_breaks(breaks: &[Break]) -> Result<(), StockError> {
    if breaks.len() > MOST_BREAKS {
        return Err(StockError::fact("stock-breaks-many", "breaks", breaks.len()));
    }
    for one in breaks {
        if !(1..=MOST_PIECES).contains(&one.from) {
            return Err(StockError::fact("stock-break-from", "breaks", one.from));
        }
        if !(1..=LARGEST_COST).contains(&one.price.tiyn()) {
            return Err(StockError::fact(
                "stock-break-price",
                "breaks",
                one.price.tiyn() / 100,
            ));
        }
    }
    match breaks
        .windows(2)
        .find(|two| matches!(two, [one, next] if next.from <= one.from))
    {
        Some([_, next]) => Err(StockError::fact("stock-break-order", "breaks", next.from)),
        _ => Ok(()),
    }
}
