//! Lists of orders.

use crate::{
    Orders, OrdersError,
    model::{Line, Order},
    store::{
        commands::{self, Command},
        figures, lines,
        orders::{self, OrderCursor, OrderFilter, StageCounts},
    },
};
use sauda_accounts::Scope;
use sauda_kernel::{OrderId, ShopId};
use std::collections::HashMap;

/// Most rows of one page.
pub const MOST_ROWS: i64 = 500;

/// One page of a list.
#[derive(Debug, Clone)]
pub struct OrderPage {
    pub orders: Vec<Order>,
    pub lines: HashMap<OrderId, Vec<Line>>,
    /// What is under way, by order.
    pub commands: HashMap<OrderId, Command>,
    pub next: Option<OrderCursor>,
    /// How many the filter finds.
    pub found: i64,
}

impl Orders {
    /// One page of the orders of a shop.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn list(
        &self,
        scope: &Scope,
        shop: &ShopId,
        filter: &OrderFilter,
    ) -> Result<OrderPage, OrdersError> {
        self.catalog.shop(scope, shop).await?;
        let limit = filter.limit.clamp(1, MOST_ROWS);
        let asked = OrderFilter {
            limit: limit + 1,
            ..filter.clone()
        };
        let (mut rows, found) = tokio::try_join!(
            orders::list(&self.db, shop, &asked),
            orders::count(&self.db, shop, &asked)
        )?;
        let limit = usize::try_from(limit).unwrap_or(1);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| more).map(orders::cursor);
        self.whole(rows, next, found).await
    }

    /// The numbers that people know orders by.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn codes(&self, ids: &[OrderId]) -> Result<HashMap<OrderId, String>, OrdersError> {
        let mut codes = HashMap::new();
        for part in ids.chunks(500) {
            let found = orders::by_ids(&self.db, part).await?;
            codes.extend(found.into_iter().map(|(id, order)| (id, order.seen.code)));
        }
        Ok(codes)
    }

    /// Orders by their numbers, those that there are.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn by_codes(
        &self,
        scope: &Scope,
        shop: &ShopId,
        codes: &[&str],
    ) -> Result<OrderPage, OrdersError> {
        self.catalog.shop(scope, shop).await?;
        let rows = orders::by_codes(&self.db, shop, codes).await?;
        let found = i64::try_from(rows.len()).unwrap_or(i64::MAX);
        self.whole(rows, None, found).await
    }

    /// Orders with their lines and what is under way.
    async fn whole(
        &self,
        rows: Vec<Order>,
        next: Option<OrderCursor>,
        found: i64,
    ) -> Result<OrderPage, OrdersError> {
        let ids: Vec<OrderId> = rows.iter().map(|order| order.id.clone()).collect();
        let (lines, open) = tokio::try_join!(lines::of(&self.db, &ids), commands::open_of(&self.db, &ids))?;
        Ok(OrderPage {
            next,
            orders: rows,
            lines,
            commands: open
                .into_iter()
                .map(|command| (command.order.clone(), command))
                .collect(),
            found,
        })
    }

    /// How many orders of a shop stand where.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn counts(&self, scope: &Scope, shop: &ShopId) -> Result<StageCounts, OrdersError> {
        self.catalog.shop(scope, shop).await?;
        Ok(orders::counts(&self.db, shop).await?)
    }

    /// How many open orders of a shop show no phone to write to: the marketplace hides it.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn hidden_phones(&self, scope: &Scope, shop: &ShopId) -> Result<i64, OrdersError> {
        self.catalog.shop(scope, shop).await?;
        Ok(figures::hidden_phones(&self.db, shop).await?)
    }
}
