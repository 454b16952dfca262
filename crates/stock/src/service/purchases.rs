//! Orders to suppliers: drafted, sent, on the way, received with what differs. Refuses to receive twice.

use super::{Stock, not_found};
use crate::{
    StockError,
    model::{MovementKind, NewMovement, Purchase, PurchaseLine, PurchaseState, spread_cost},
    store::purchases,
};
use sauda_accounts::{Right, Scope};
use sauda_kernel::{Money, ProductId, PurchaseId, Span, SupplierId};

/// A product to order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    pub product: ProductId,
    pub quantity: i64,
    pub unit_cost: Option<Money>,
}

/// What came of a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    pub product: ProductId,
    pub quantity: i64,
}

impl Stock {
    /// Orders to suppliers, newest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn purchases(&self, scope: &Scope) -> Result<Vec<Purchase>, StockError> {
        Ok(purchases::list(&self.db, scope, None, 200).await?)
    }

    /// One of them.
    ///
    /// # Errors
    /// When there is no such order.
    pub async fn purchase(&self, scope: &Scope, id: &PurchaseId) -> Result<Purchase, StockError> {
        let mut found = purchases::list(&self.db, scope, Some(id), 1).await?;
        found.pop().ok_or_else(|| not_found("purchase", id.as_str()))
    }

    /// Drafts an order; what a piece costs is what the catalogue says where nobody says otherwise.
    ///
    /// # Errors
    /// When the caller may not, nothing is wanted, or a number makes no sense.
    pub async fn draft_purchase(
        &self,
        scope: &Scope,
        supplier: Option<SupplierId>,
        wanted: &[Wanted],
    ) -> Result<Purchase, StockError> {
        scope.require(Right::ManageCatalog)?;
        if wanted.is_empty() || wanted.len() > 1_000 {
            return Err(StockError::fact("purchase-empty", "lines", wanted.len()));
        }
        if let Some(id) = &supplier
            && !self.suppliers(scope).await?.iter().any(|one| one.id == *id)
        {
            return Err(not_found("supplier", id.as_str()));
        }
        let mut lines: Vec<PurchaseLine> = Vec::with_capacity(wanted.len());
        for one in wanted {
            if !(1..=super::MOST_PIECES).contains(&one.quantity) {
                return Err(StockError::fact("stock-quantity", "quantity", one.quantity));
            }
            let product = self.product(scope, &one.product).await?;
            if lines.iter().any(|line| line.product == one.product) {
                return Err(StockError::fact("purchase-twice", "lines", product.facts.sku));
            }
            lines.push(PurchaseLine {
                product: one.product.clone(),
                ordered: one.quantity,
                received: None,
                unit_cost: one.unit_cost.or(product.facts.cost),
            });
        }
        let warehouses = self.warehouses(scope).await?;
        let main = warehouses.first().ok_or_else(|| not_found("warehouse", ""))?;
        let mut new = Purchase {
            id: self.id(),
            number: 0,
            supplier,
            warehouse: main.id.clone(),
            state: PurchaseState::Draft,
            expected_at: None,
            extra_cost: Money::ZERO,
            made_by: scope.actor_name().to_owned(),
            created_at: self.clock.now(),
            sent_at: None,
            received_at: None,
            lines,
        };
        let mut tx = self.db.write().await?;
        new.number = purchases::insert(&mut tx, scope, &new).await?;
        purchases::put_lines(&mut tx, scope, &new.id, &new.lines).await?;
        tx.commit().await?;
        Ok(new)
    }

    /// Moves an order on: sent, on the way, cancelled. When it is sent, it is expected after the supplier's days.
    ///
    /// # Errors
    /// When the caller may not, or it stands where this makes no sense.
    pub async fn advance_purchase(
        &self,
        scope: &Scope,
        id: &PurchaseId,
        state: PurchaseState,
    ) -> Result<Purchase, StockError> {
        scope.require(Right::ManageCatalog)?;
        let was = self.purchase(scope, id).await?;
        if !was.state.next().contains(&state) {
            return Err(StockError::PurchaseNotNow {
                state: was.state.word(),
            });
        }
        let now = self.clock.now();
        let mut expected_at = was.expected_at;
        if state == PurchaseState::Sent {
            let suppliers = self.suppliers(scope).await?;
            let supplier = suppliers
                .iter()
                .find(|one| Some(&one.id) == was.supplier.as_ref());
            let days = match supplier {
                Some(one) => one.lead_days + one.opens_in(now),
                None => self.settings(scope).await?.lead_days,
            };
            expected_at = Some(now.plus(Span::from_days(days)));
        }
        let mut tx = self.db.write().await?;
        if purchases::set_state(&mut tx, scope, &was, state, expected_at, now).await? == 0 {
            return Err(StockError::PurchaseNotNow {
                state: was.state.word(),
            });
        }
        self.audit(
            &mut tx,
            scope,
            "stock.purchase",
            id.as_str(),
            Some(state.word().to_owned()),
        )
        .await?;
        tx.commit().await?;
        self.purchase(scope, id).await
    }

    /// Receives an order: what came, not what was asked for, lies there now; carriage and duties are spread over it.
    ///
    /// # Errors
    /// When the caller may not, it is not on its way, or a number makes no sense.
    pub async fn receive_purchase(
        &self,
        scope: &Scope,
        id: &PurchaseId,
        came: &[Received],
        extra: Money,
    ) -> Result<Purchase, StockError> {
        scope.require(Right::ManageOrders)?;
        let was = self.purchase(scope, id).await?;
        if !was.state.is_coming() {
            return Err(StockError::PurchaseNotNow {
                state: was.state.word(),
            });
        }
        let mut lines = Vec::with_capacity(was.lines.len());
        for line in &was.lines {
            let told = came.iter().find(|one| one.product == line.product);
            let quantity = told.map_or(line.ordered, |one| one.quantity);
            if !(0..=super::MOST_PIECES).contains(&quantity) {
                return Err(StockError::fact("stock-quantity", "received", quantity));
            }
            lines.push((line, quantity));
        }
        let pieces: Vec<(i64, Option<Money>)> =
            lines.iter().map(|(line, came)| (*came, line.unit_cost)).collect();
        let costs = spread_cost(&pieces, extra);
        let now = self.clock.now();
        let mut tx = self.db.write().await?;
        if purchases::set_state(
            &mut tx,
            scope,
            &was,
            PurchaseState::Received,
            was.expected_at,
            now,
        )
        .await?
            == 0
        {
            return Err(StockError::PurchaseNotNow {
                state: was.state.word(),
            });
        }
        purchases::set_extra(&mut tx, scope, id, extra).await?;
        for ((line, quantity), cost) in lines.iter().zip(costs) {
            purchases::set_received(&mut tx, id, &line.product, *quantity).await?;
            if *quantity == 0 {
                continue;
            }
            let new = NewMovement {
                product: line.product.clone(),
                warehouse: was.warehouse.clone(),
                kind: MovementKind::Receipt,
                quantity: *quantity,
                unit_cost: cost,
                reason: String::new(),
                document: was.number.to_string(),
                once_key: format!("receipt:{id}:{}", line.product),
            };
            self.write(&mut tx, scope, &new, None).await?;
        }
        self.audit(&mut tx, scope, "stock.received", id.as_str(), None)
            .await?;
        tx.commit().await?;
        self.purchase(scope, id).await
    }
}
