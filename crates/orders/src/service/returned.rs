//! What buyers send back: lists for pages, and what people say they did with it.

use crate::{
    Orders, OrdersError, ReturnFilter, ReturnReading,
    model::{Condition, ReturnMark, ReturnView, Returned},
    store::{
        events::{self, Event, Who},
        orders, returned,
    },
};
use sauda_accounts::Scope;
use sauda_kernel::{ReturnId, ShopId, Timestamp};

/// A page of returns.
#[derive(Debug, Clone)]
pub struct ReturnPage {
    pub returns: Vec<Returned>,
    /// From where the next page goes on.
    pub next: Option<(Timestamp, ReturnId)>,
    /// How many each view shows.
    pub counts: Vec<(ReturnView, i64)>,
    /// Nothing while the shop has no cabinet.
    pub reading: Option<ReturnReading>,
}

impl Orders {
    /// Returns of a shop.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn returns(
        &self,
        scope: &Scope,
        shop: &ShopId,
        filter: &ReturnFilter,
    ) -> Result<ReturnPage, OrdersError> {
        if self.catalog.shop(scope, shop).await?.access.is_some() {
            // A shop that was connected just now: its returns are read at once, not when new shops are looked for.
            returned::begin(&self.db, scope.merchant(), shop, self.clock.now()).await?;
        }
        let limit = filter.limit.clamp(1, 1_000);
        let more = ReturnFilter {
            limit: limit + 1,
            ..filter.clone()
        };
        let mut returns = returned::list(&self.db, shop, &more).await?;
        let limit = usize::try_from(limit).unwrap_or(1);
        let next = if returns.len() > limit {
            returns.truncate(limit);
            returns.last().map(returned::cursor)
        } else {
            None
        };
        let counts = returned::counts(&self.db, shop).await?;
        let of = |view: ReturnView| {
            counts
                .iter()
                .filter(|(tab, mark, _)| view.shows(*tab, *mark))
                .map(|(_, _, count)| count)
                .sum()
        };
        Ok(ReturnPage {
            returns,
            next,
            counts: ReturnView::ALL.iter().map(|view| (*view, of(*view))).collect(),
            reading: returned::reading(&self.db, shop).await?,
        })
    }

    /// Returns of one order, the newest first.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn returns_of(
        &self,
        scope: &Scope,
        shop: &ShopId,
        code: &str,
    ) -> Result<Vec<Returned>, OrdersError> {
        self.catalog.shop(scope, shop).await?;
        Ok(returned::of_order(&self.db, shop, code).await?)
    }

    /// Reads a shop's returns as soon as somebody is free.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn read_returns(&self, scope: &Scope, shop: &ShopId) -> Result<(), OrdersError> {
        let shop = self.catalog.shop(scope, shop).await?;
        let now = self.clock.now();
        returned::begin(&self.db, scope.merchant(), &shop.id, now).await?;
        returned::hurry(&self.db, &shop.id, now).await?;
        Ok(())
    }

    /// Notes what somebody did with a return; the order's history tells it.
    ///
    /// # Errors
    /// When there is no such return, this may not be said of it now, or another was faster.
    pub async fn mark_return(
        &self,
        scope: &Scope,
        shop: &ShopId,
        id: &ReturnId,
        mark: ReturnMark,
    ) -> Result<Returned, OrdersError> {
        self.catalog.shop(scope, shop).await?;
        let row = returned::find(&self.db, shop, id)
            .await?
            .ok_or_else(|| OrdersError::NoReturn { id: id.to_string() })?;
        if row.mark == mark {
            return Ok(row);
        }
        if !row.mark.next().contains(&mark) {
            return Err(OrdersError::ReturnNotNow { mark: row.mark });
        }
        let (now, by) = (self.clock.now(), scope.actor_name().to_owned());
        let mut tx = self.db.write().await?;
        if returned::mark(&mut tx, &row, mark, &by, now).await? == 0 {
            return Err(OrdersError::ReturnNotNow { mark: row.mark });
        }
        if let Some(order) = orders::by_code(&mut tx, shop, &row.order_code).await? {
            let word = format!("return-{}", mark.word());
            let event = Event::new(now, Who::Person(by.clone()), &word).arg("number", &row.number);
            events::add(&mut tx, &self.id(), &order.id, &event).await?;
            let is_back = mark == ReturnMark::Stocked;
            if let Some(stock) = self
                .stock
                .as_ref()
                .filter(|_| is_back || row.mark == ReturnMark::Stocked)
            {
                let key = format!("{id}:{}", now.as_micros());
                stock.hold(&mut tx, scope).await?;
                stock.bring_back(&mut tx, scope, &order.id, &key, is_back).await?;
            }
        }
        let what = Some(mark.word().to_owned());
        self.audit(&mut tx, scope, "return.marked", &row.number, what)
            .await?;
        tx.commit().await?;
        self.signal(shop).await;
        Ok(Returned {
            mark,
            marked_by: by,
            marked_at: Some(now),
            ..row
        })
    }

    /// Notes in what condition the goods of a return came back; the order's history tells it. Said again, the last word stands.
    ///
    /// # Errors
    /// When there is no such return, or nobody has fetched it.
    pub async fn note_condition(
        &self,
        scope: &Scope,
        shop: &ShopId,
        id: &ReturnId,
        condition: Condition,
    ) -> Result<Returned, OrdersError> {
        self.catalog.shop(scope, shop).await?;
        let row = returned::find(&self.db, shop, id)
            .await?
            .ok_or_else(|| OrdersError::NoReturn { id: id.to_string() })?;
        if row.condition == Some(condition) {
            return Ok(row);
        }
        let mut tx = self.db.write().await?;
        if returned::note_goods(&mut tx, &row, condition).await? == 0 {
            return Err(OrdersError::ReturnNotNow { mark: row.mark });
        }
        if let Some(order) = orders::by_code(&mut tx, shop, &row.order_code).await? {
            let by = scope.actor_name().to_owned();
            let event = Event::new(self.clock.now(), Who::Person(by), "return-goods")
                .arg("number", &row.number)
                .arg("condition", condition.word());
            events::add(&mut tx, &self.id(), &order.id, &event).await?;
        }
        let what = Some(condition.word().to_owned());
        self.audit(&mut tx, scope, "return.looked_at", &row.number, what)
            .await?;
        tx.commit().await?;
        self.signal(shop).await;
        Ok(Returned {
            condition: Some(condition),
            ..row
        })
    }
}
