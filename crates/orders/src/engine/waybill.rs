//! Waybills: looked for from seconds after a parcel was declared ready until it leaves, and stored the moment they are there.

use super::{Clerk, ClerkReport, call::Key, keep::FIRST_LOOK, send::LIST_STEP};
use crate::{
    OrdersError,
    model::{Order, Stage},
    store::{
        events::{self, Event, Who},
        orders, waybills,
    },
};
use sauda_catalog::{NewNotice, Tone};
use sauda_kernel::{OrderId, Span, Timestamp};
use sauda_market::{MarketError, OrderTab};
use std::collections::HashMap;
use tokio_util::sync::CancellationToken;

/// Orders looked at in one turn of a shop.
const MOST: i64 = 200;
/// So many are looked at by their list.
const TOGETHER: usize = 4;
/// Orders older than that are not read by lists: too many others stand there.
const LONGEST_BACK: Span = Span::from_days(20);
/// Looks after which a waybill that does not come is told: about ten minutes; the longest that was measured is three.
const TELL_AFTER: i64 = 12;
const LATE: &str = "waybill-late";

impl Clerk {
    pub(super) async fn waybills(
        &self,
        key: &Key<'_>,
        stop: &CancellationToken,
        report: &mut ClerkReport,
    ) -> Result<(), OrdersError> {
        let now = self.orders.clock.now();
        let due = orders::to_look_at(&self.orders.db, key.shop, now, MOST).await?;
        let fresh = self.listed(key, &due, stop, report).await?;
        let read = if fresh.is_some() {
            let ids: Vec<OrderId> = due.iter().map(|order| order.id.clone()).collect();
            orders::by_ids(&self.orders.db, &ids).await?
        } else {
            HashMap::new()
        };
        let mut late = Vec::new();
        let looked = async {
            for order in &due {
                if stop.is_cancelled() || key.is_tired() {
                    break;
                }
                let order = read.get(&order.id).unwrap_or(order);
                match self.waybill(key, order, fresh).await? {
                    Look::Stored => report.waybills += 1,
                    Look::Over => {}
                    Look::Late => late.push(order.id.clone()),
                }
            }
            Ok::<(), OrdersError>(())
        }
        .await;
        self.later(key, &late).await?;
        looked
    }

    /// Many parcels are looked at by their list: one call for a hundred instead of a hundred. From when on what it read is fresh.
    async fn listed(
        &self,
        key: &Key<'_>,
        due: &[Order],
        stop: &CancellationToken,
        report: &mut ClerkReport,
    ) -> Result<Option<Timestamp>, OrdersError> {
        let now = self.orders.clock.now();
        let created = || due.iter().map(|order| order.seen.created_at);
        let (Some(since), Some(until)) = (created().min(), created().max()) else {
            return Ok(None);
        };
        if due.len() < TOGETHER || since < now.minus(LONGEST_BACK) {
            return Ok(None);
        }
        let span = (since, until.plus(LIST_STEP));
        match self
            .together(key, &[OrderTab::KaspiDelivery], span, stop, report)
            .await
        {
            Ok(from) => Ok(Some(from)),
            // Then one by one: a list that cannot be read keeps no paper waiting.
            Err(OrdersError::Market(error)) => {
                tracing::debug!(error = %error, "parcels could not be read together");
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Looks for the waybill of one order.
    async fn waybill(
        &self,
        key: &Key<'_>,
        order: &Order,
        fresh: Option<Timestamp>,
    ) -> Result<Look, OrdersError> {
        let db = &self.orders.db;
        let late = |error: &MarketError| {
            tracing::debug!(order.code = order.seen.code, error = %error, "a waybill could not be read");
            Ok(Look::Late)
        };
        let seen = match self.seen_now(key, order, fresh).await? {
            Ok(seen) => seen,
            Err(error) => return late(&error),
        };
        if seen.stage != Stage::HandOver {
            // It left, or was cancelled: no paper is to be had any more.
            return self.over(key, order).await;
        }
        let Some(url) = seen.document.waybill_url.clone() else {
            return Ok(Look::Late);
        };
        let number = seen.document.waybill_number.clone().unwrap_or_default();
        if waybills::has(db, &order.id, &number).await? {
            return self.over(key, order).await;
        }
        key.permit().await?;
        let answer = self.orders.desk.waybill(key.via(), key.token(), &url).await;
        match key.heard(answer).await? {
            Ok(pdf) => {
                let now = self.orders.clock.now();
                let event = Event::new(now, Who::Program, "waybill-stored").arg("number", &number);
                let mut tx = db.write().await?;
                if waybills::insert(&mut tx, &order.id, &number, pdf, now).await? > 0 {
                    events::add(&mut tx, &self.orders.id(), &order.id, &event).await?;
                }
                orders::look_no_more(&mut tx, &order.id).await?;
                let catalog = &self.orders.catalog;
                catalog
                    .settle(&mut tx, key.scope, LATE, order.id.as_str())
                    .await?;
                tx.commit().await?;
                Ok(Look::Stored)
            }
            Err(error) => late(&error),
        }
    }

    async fn over(&self, key: &Key<'_>, order: &Order) -> Result<Look, OrdersError> {
        let mut tx = self.orders.db.write().await?;
        orders::look_no_more(&mut tx, &order.id).await?;
        let catalog = &self.orders.catalog;
        catalog
            .settle(&mut tx, key.scope, LATE, order.id.as_str())
            .await?;
        tx.commit().await?;
        Ok(Look::Over)
    }

    /// Often at first, then each minute, in the end each ten minutes until the parcel leaves.
    async fn later(&self, key: &Key<'_>, late: &[OrderId]) -> Result<(), OrdersError> {
        if late.is_empty() {
            return Ok(());
        }
        let (db, now) = (&self.orders.db, self.orders.clock.now());
        let waits = [FIRST_LOOK, Span::from_mins(1), Span::from_mins(10)];
        orders::look_later(db, late, waits.map(|wait| now.plus(wait))).await?;
        for (id, code) in orders::looked_at(db, late, TELL_AFTER).await? {
            let notice = NewNotice::new(LATE, id.as_str(), Tone::Warn)
                .shop(key.shop)
                .arg("code", &code)
                .link(format!("/orders/{code}"));
            self.orders.catalog.tell(db, key.scope, &notice).await?;
        }
        Ok(())
    }
}

/// What a look for a waybill came to.
enum Look {
    Stored,
    /// It is here, or none is to be had any more.
    Over,
    /// It is not there yet, or could not be read.
    Late,
}
