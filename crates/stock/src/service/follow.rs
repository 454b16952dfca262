//! What orders do to the stock: promised when accepted, gone when handed over, free again when cancelled, back by a person's
//! word. Each is done once, however often it is told. Refuses to stop an order: what was sold is a fact.

use super::Stock;
use crate::{
    StockError,
    model::{LineState, MovementKind, NewMovement, OrderStock, day_of},
    store::{
        ledger,
        order_lines::{self, Followed},
        pasts, places,
    },
};
use sauda_accounts::Scope;
use sauda_kernel::{OrderId, WarehouseId};
use sauda_store::Tx;

/// What a merchant's orders need to be followed: read before, so that nothing else is awaited in a transaction.
#[derive(Debug, Clone)]
pub struct Following {
    main: WarehouseId,
    kept_since: Option<sauda_kernel::Timestamp>,
}

impl Stock {
    /// What following needs.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn following(&self, scope: &Scope) -> Result<Following, StockError> {
        let warehouses = self.warehouses(scope).await?;
        let main = warehouses.iter().find(|one| one.is_main).or(warehouses.first());
        Ok(Following {
            main: main.map_or_else(|| self.id(), |one| one.id.clone()),
            kept_since: places::settings(&self.db, scope)
                .await?
                .and_then(|settings| settings.kept_since),
        })
    }

    /// Brings the stock to where an order stands. Orders from before stock was kept here count for demand alone.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn follow(
        &self,
        tx: &mut Tx,
        scope: &Scope,
        following: &Following,
        order: &OrderStock,
    ) -> Result<(), StockError> {
        let known = order_lines::of(&mut *tx, scope, &order.order).await?;
        let moves = following
            .kept_since
            .is_some_and(|since| order.created_at >= since);
        let mut told = Vec::new();
        for goods in order.goods.iter().filter(|goods| goods.quantity > 0) {
            let was = known.iter().find(|line| line.line == goods.line);
            let before = was.map_or(LineState::Seen, |line| line.state);
            let after = match before.after(order.wish) {
                LineState::Held | LineState::Shipped if !moves && before == LineState::Seen => {
                    LineState::Seen
                }
                after => after,
            };
            let line = Followed {
                line: goods.line,
                // What left the shelf is what comes back to it, whatever is said of it since.
                product: match (was, before) {
                    (Some(was), LineState::Shipped | LineState::Returned) => was.product.clone(),
                    _ => goods.product.clone(),
                },
                warehouse: was.map_or_else(|| following.main.clone(), |line| line.warehouse.clone()),
                quantity: goods.quantity,
                state: after,
                code: order.code.clone(),
                unit_price: goods.unit_price.or_else(|| was.and_then(|line| line.unit_price)),
            };
            if let Some(was) = was {
                if *was == line {
                    told.push(goods.line);
                    continue;
                }
                self.undo(tx, scope, was, &line).await?;
            }
            if before != after || was.is_none() {
                self.done(tx, scope, order, &line, before).await?;
            } else if after == LineState::Held {
                ledger::change(tx, scope, &line.product, &line.warehouse, 0, line.quantity).await?;
            }
            order_lines::put(tx, scope, order, &line, day_of(order.created_at)).await?;
            if let Some(was) = was.filter(|was| was.product != line.product) {
                pasts::touch(tx, scope, &was.product).await?;
            }
            told.push(goods.line);
        }
        // A line that is not told any more was cancelled by itself.
        for was in known.iter().filter(|line| !told.contains(&line.line)) {
            if was.state == LineState::Held {
                ledger::change(tx, scope, &was.product, &was.warehouse, 0, -was.quantity).await?;
            }
            if matches!(was.state, LineState::Held | LineState::Seen) {
                order_lines::set_state(tx, scope, &order.order, was, LineState::Freed).await?;
            }
        }
        Ok(())
    }

    /// Frees what a line held before, when it holds something else now.
    async fn undo(
        &self,
        tx: &mut Tx,
        scope: &Scope,
        was: &Followed,
        now: &Followed,
    ) -> Result<(), StockError> {
        if was.state == LineState::Held
            && (now.state != LineState::Held || was.quantity != now.quantity || was.product != now.product)
        {
            ledger::change(tx, scope, &was.product, &was.warehouse, 0, -was.quantity).await?;
        }
        Ok(())
    }

    /// What a new state does to the balance.
    async fn done(
        &self,
        tx: &mut Tx,
        scope: &Scope,
        order: &OrderStock,
        line: &Followed,
        before: LineState,
    ) -> Result<(), StockError> {
        match line.state {
            LineState::Held => {
                ledger::change(tx, scope, &line.product, &line.warehouse, 0, line.quantity).await?;
            }
            LineState::Shipped if before != LineState::Shipped => {
                let sale = NewMovement {
                    product: line.product.clone(),
                    warehouse: line.warehouse.clone(),
                    kind: MovementKind::Sale,
                    quantity: -line.quantity,
                    unit_cost: None,
                    landed: None,
                    reason: String::new(),
                    document: order.code.clone(),
                    once_key: format!("sale:{}:{}", order.order, line.line),
                };
                self.write(tx, scope, &sale, None).await?;
            }
            LineState::Shipped | LineState::Seen | LineState::Freed | LineState::Returned => {}
        }
        Ok(())
    }

    /// Pieces of an order are for sale again, or are not after all. `key` names the word that said so: told twice, done once.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn bring_back(
        &self,
        tx: &mut Tx,
        scope: &Scope,
        order: &OrderId,
        key: &str,
        is_back: bool,
    ) -> Result<(), StockError> {
        let (from, to, sign) = if is_back {
            (LineState::Shipped, LineState::Returned, 1)
        } else {
            (LineState::Returned, LineState::Shipped, -1)
        };
        for line in order_lines::of(&mut *tx, scope, order).await? {
            if line.state != from {
                continue;
            }
            let new = NewMovement {
                product: line.product.clone(),
                warehouse: line.warehouse.clone(),
                kind: MovementKind::Return,
                quantity: sign * line.quantity,
                unit_cost: None,
                landed: None,
                reason: String::new(),
                document: line.code.clone(),
                once_key: format!("return:{order}:{}:{key}", line.line),
            };
            self.write(tx, scope, &new, None).await?;
            order_lines::set_state(tx, scope, order, &line, to).await?;
        }
        Ok(())
    }
}
