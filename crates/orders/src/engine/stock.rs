//! What orders want of the stock, told in the transaction that keeps them. Refuses to hold an order up: goods nobody knows are
//! passed over.

use super::{Clerk, call::Key};
use crate::{
    OrdersError,
    model::{Line, Seen, Stage},
};
use sauda_catalog::GoodsSold;
use sauda_kernel::OrderId;
use sauda_stock::{Following, OrderGoods, OrderStock, OrderWish};
use sauda_store::Tx;

/// What following needs, read before the transaction.
pub(super) struct StockFacts {
    following: Following,
    goods: GoodsSold,
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

impl Clerk {
    /// Products of these lines; nothing when nobody keeps stock.
    pub(super) async fn stock_facts(
        &self,
        key: &Key<'_>,
        lines: &[&Line],
    ) -> Result<Option<StockFacts>, OrdersError> {
        let Some(stock) = &self.orders.stock else {
            return Ok(None);
        };
        let (mut offers, mut skus) = (Vec::new(), Vec::new());
        for line in lines {
            offers.extend(line.offer.clone());
            if !line.sku.is_empty() {
                skus.push(line.sku.as_str());
            }
        }
        if offers.is_empty() && skus.is_empty() {
            return Ok(None);
        }
        Ok(Some(StockFacts {
            following: stock.following(key.scope).await?,
            goods: self.orders.catalog.goods_sold(key.scope, &offers, &skus).await?,
        }))
    }

    /// Brings the stock to where an order stands.
    pub(super) async fn follow_stock(
        &self,
        tx: &mut Tx,
        key: &Key<'_>,
        facts: Option<&StockFacts>,
        order: (&OrderId, &Seen, &[Line]),
    ) -> Result<(), OrdersError> {
        let (id, seen, lines) = order;
        let (Some(stock), Some(facts), Some(wish)) = (&self.orders.stock, facts, wish_of(seen.stage)) else {
            return Ok(());
        };
        // What is sold by weight is not counted in pieces.
        let goods: Vec<OrderGoods> = lines
            .iter()
            .filter(|line| line.grams.is_none())
            .filter_map(|line| {
                Some(OrderGoods {
                    line: line.number,
                    product: facts.goods.of(line.offer.as_ref(), &line.sku)?.id.clone(),
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
        stock.follow(tx, key.scope, &facts.following, &told).await?;
        Ok(())
    }
}
