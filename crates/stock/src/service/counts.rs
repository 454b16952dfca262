//! Stock-taking: what should be there, what is, and the difference written when it is closed. Refuses to close twice.

use super::{Stock, not_found};
use crate::{
    StockError,
    model::{CountLine, Counting, MovementKind, NewMovement},
    store::{counts, ledger},
};
use sauda_accounts::{Right, Scope};
use sauda_kernel::{CountingId, ProductId, WarehouseId};

impl Stock {
    /// Stock-takings, newest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn countings(&self, scope: &Scope) -> Result<Vec<Counting>, StockError> {
        Ok(counts::list(&self.db, scope, 50).await?)
    }

    /// One of them with what was counted.
    ///
    /// # Errors
    /// When there is no such one.
    pub async fn counting(
        &self,
        scope: &Scope,
        id: &CountingId,
    ) -> Result<(Counting, Vec<CountLine>), StockError> {
        let all = counts::list(&self.db, scope, 10_000).await?;
        let found = all
            .into_iter()
            .find(|one| one.id == *id)
            .ok_or_else(|| not_found("counting", id.as_str()))?;
        let lines = counts::lines(&self.db, id).await?;
        Ok((found, lines))
    }

    /// Begins a stock-taking.
    ///
    /// # Errors
    /// When the caller may not, or there is no such warehouse.
    pub async fn begin_counting(
        &self,
        scope: &Scope,
        warehouse: &WarehouseId,
    ) -> Result<Counting, StockError> {
        scope.require(Right::ManageOrders)?;
        self.warehouse(scope, warehouse).await?;
        let new = Counting {
            id: self.id(),
            warehouse: warehouse.clone(),
            is_open: true,
            made_by: scope.actor_name().to_owned(),
            created_at: self.clock.now(),
            closed_at: None,
        };
        counts::insert(&self.db, scope, &new).await?;
        Ok(new)
    }

    /// Says how many pieces of a product are there; what should be there is noted at this moment, so that sales meanwhile do no
    /// harm.
    ///
    /// # Errors
    /// When it is over, there is no such product, or the number makes no sense.
    pub async fn count(
        &self,
        scope: &Scope,
        id: &CountingId,
        product: &ProductId,
        counted: i64,
    ) -> Result<(), StockError> {
        scope.require(Right::ManageOrders)?;
        if !(0..=super::MOST_PIECES).contains(&counted) {
            return Err(StockError::fact("stock-quantity", "counted", counted));
        }
        let (counting, _) = self.counting(scope, id).await?;
        self.product(scope, product).await?;
        let balances = ledger::balances_of(&self.db, scope, product).await?;
        let here = balances.iter().find(|one| one.warehouse == counting.warehouse);
        let line = CountLine {
            product: product.clone(),
            expected: here.map_or(0, |one| one.on_hand),
            counted,
            counted_by: scope.actor_name().to_owned(),
        };
        if counts::put_line(&self.db, scope, id, &line).await? == 0 {
            return Err(StockError::CountingOver);
        }
        Ok(())
    }

    /// Ends a stock-taking: differences become movements, or all is forgotten.
    ///
    /// # Errors
    /// When the caller may not, or it is over.
    pub async fn close_counting(
        &self,
        scope: &Scope,
        id: &CountingId,
        is_kept: bool,
    ) -> Result<(), StockError> {
        scope.require(Right::ManageOrders)?;
        let (counting, lines) = self.counting(scope, id).await?;
        let mut tx = self.held(scope).await?;
        let state = if is_kept { "closed" } else { "cancelled" };
        if counts::close(&mut tx, scope, id, state, self.clock.now()).await? == 0 {
            return Err(StockError::CountingOver);
        }
        for line in lines.iter().filter(|line| is_kept && line.difference() != 0) {
            let new = NewMovement {
                product: line.product.clone(),
                warehouse: counting.warehouse.clone(),
                kind: MovementKind::Counting,
                quantity: line.difference(),
                unit_cost: None,
                landed: None,
                reason: String::new(),
                document: id.to_string(),
                once_key: format!("counting:{id}:{}", line.product),
            };
            self.write(&mut tx, scope, &new, None).await?;
        }
        self.audit(
            &mut tx,
            scope,
            "stock.counted",
            id.as_str(),
            Some(state.to_owned()),
        )
        .await?;
        tx.commit().await?;
        let counted: Vec<ProductId> = lines.into_iter().map(|line| line.product).collect();
        self.note_costs(scope, &counted).await
    }
}
