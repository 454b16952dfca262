//! What orders want of the stock, told in the transaction that keeps them: the goods that are really packed. Refuses to hold an order
//! up: goods nobody knows are passed over.

use crate::{
    Orders, OrdersError,
    fit::Packing,
    model::{Line, Order, Seen, Stage},
    store::{lines, orders},
};
use sauda_accounts::Scope;
use sauda_kernel::OrderId;
use sauda_stock::{Following, OrderGoods, OrderStock, OrderWish};
use sauda_store::Tx;

/// What following needs, read before the transaction.
pub(crate) struct StockFacts {
    following: Following,
    packing: Packing,
}

/// What a stage wants; nothing where it says nothing of the pieces.
const fn wish_of(stage: Stage) -> Option<OrderWish> {
    match stage {
        Stage::New | Stage::Sign => Some(OrderWish::Seen),
        Stage::Pack | Stage::HandOver | Stage::Deliver | Stage::Pickup | Stage::Preorder => {
            Some(OrderWish::Held)
        }
        Stage::OnWay | Stage::Done | Stage::ReturnAsked | Stage::Returned => Some(OrderWish::Shipped),
        Stage::Cancelled => Some(OrderWish::Freed),
        Stage::ComingBack | Stage::Unknown => None,
    }
}

impl Orders {
    /// What is packed for these lines, each with its order when that is kept; nothing when nobody keeps stock.
    pub(crate) async fn stock_facts(
        &self,
        scope: &Scope,
        lines: &[(Option<&OrderId>, &Line)],
    ) -> Result<Option<StockFacts>, OrdersError> {
        let is_known = |line: &Line| line.offer.is_some() || !line.sku.is_empty();
        let Some(stock) = self
            .stock
            .as_ref()
            .filter(|_| lines.iter().any(|(_, line)| is_known(line)))
        else {
            return Ok(None);
        };
        Ok(Some(StockFacts {
            following: stock.following(scope).await?,
            packing: self.packing(scope, lines).await?,
        }))
    }

    /// Waits until no other transaction changes what lies in the warehouses: called once, before orders are followed.
    pub(crate) async fn hold_stock(
        &self,
        tx: &mut Tx,
        scope: &Scope,
        facts: Option<&StockFacts>,
    ) -> Result<(), OrdersError> {
        if let Some(stock) = self.stock.as_ref().filter(|_| facts.is_some()) {
            stock.hold(tx, scope).await?;
        }
        Ok(())
    }

    /// Brings the stock to where an order stands.
    pub(crate) async fn follow_stock(
        &self,
        tx: &mut Tx,
        scope: &Scope,
        facts: Option<&StockFacts>,
        order: (&OrderId, &Seen, &[Line]),
    ) -> Result<(), OrdersError> {
        let (id, seen, lines) = order;
        let (Some(stock), Some(facts), Some(wish)) = (&self.stock, facts, wish_of(seen.stage)) else {
            return Ok(());
        };
        // What is sold by weight is not counted in pieces.
        let goods: Vec<OrderGoods> = lines
            .iter()
            .filter(|line| line.grams.is_none())
            .filter_map(|line| {
                Some(OrderGoods {
                    line: line.number,
                    product: facts.packing.of(Some(id), line).product?.id.clone(),
                    quantity: line.quantity,
                    unit_price: Some(line.price),
                })
            })
            .collect();
        if goods.is_empty() {
            return Ok(());
        }
        let told = OrderStock {
            order: id.clone(),
            code: seen.code.clone(),
            created_at: seen.created_at,
            wish,
            goods,
        };
        stock.follow(tx, scope, &facts.following, &told).await?;
        Ok(())
    }

    /// Another size was agreed on: what is promised from now on is that one.
    pub(crate) async fn follow_packing(&self, scope: &Scope, order: &Order) -> Result<(), OrdersError> {
        let ids = std::slice::from_ref(&order.id);
        let mut lines = lines::of(&self.db, ids).await?;
        let lines = lines.remove(&order.id).unwrap_or_default();
        let all: Vec<_> = lines.iter().map(|line| (Some(&order.id), line)).collect();
        let Some(facts) = self.stock_facts(scope, &all).await? else {
            return Ok(());
        };
        let mut tx = self.db.write().await?;
        self.hold_stock(&mut tx, scope, Some(&facts)).await?;
        // Where it stands now, not where it stood when somebody looked at it.
        if let Some(order) = orders::by_ids(&mut tx, ids).await?.get(&order.id) {
            let told = (&order.id, &order.seen, lines.as_slice());
            self.follow_stock(&mut tx, scope, Some(&facts), told).await?;
        }
        tx.commit().await?;
        Ok(())
    }
}
