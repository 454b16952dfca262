//! Waybills: looked for from seconds after a parcel was declared ready until it leaves, and stored the moment they are there.

use super::{Clerk, ClerkReport, call::Key, day::paper_came, keep::FIRST_LOOK, send::LIST_STEP};
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

/// Orders looked at in one turn of a shop: one reading of lists serves them all.
const MOST: i64 = 1_000;
/// Papers fetched in one turn: what a person asks for meanwhile has the next turn.
const MOST_PAPERS: usize = 200;
/// What was read so long ago is new enough to say whether there is a paper.
const STILL_FRESH: Span = Span::from_secs(10);
/// Orders of one page of a list.
const PAGE: i64 = 100;
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
        let fresh = now.minus(STILL_FRESH);
        let stale: Vec<&Order> = due.iter().filter(|order| order.read_at < fresh).collect();
        let read = if self.listed(key, &stale, stop, report).await? {
            let ids: Vec<OrderId> = stale.iter().map(|order| order.id.clone()).collect();
            orders::by_ids(&self.orders.db, &ids).await?
        } else {
            HashMap::new()
        };
        let (mut late, mut papers) = (Vec::new(), 0);
        let looked = async {
            for order in &due {
                if stop.is_cancelled() || key.is_tired() || papers == MOST_PAPERS {
                    break;
                }
                let order = read.get(&order.id).unwrap_or(order);
                match self.waybill(key, order, Some(fresh)).await? {
                    Look::Stored => {
                        papers += 1;
                        report.waybills += 1;
                    }
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

    /// Many parcels are looked at by their list where that takes fewer calls than one for each: a hundred of neighbours is one
    /// page, a few among ten thousand are not. Whether they were.
    async fn listed(
        &self,
        key: &Key<'_>,
        stale: &[&Order],
        stop: &CancellationToken,
        report: &mut ClerkReport,
    ) -> Result<bool, OrdersError> {
        let now = self.orders.clock.now();
        let created = || stale.iter().map(|order| order.seen.created_at);
        let (Some(since), Some(until)) = (created().min(), created().max()) else {
            return Ok(false);
        };
        if since < now.minus(LONGEST_BACK) {
            return Ok(false);
        }
        let span = (since, until.plus(LIST_STEP));
        let listed = orders::ready_between(&self.orders.db, key.shop, span).await?;
        // A list is read to its last page, and that is one more where pages are full.
        if listed / PAGE + 1 >= i64::try_from(stale.len()).unwrap_or(i64::MAX) {
            return Ok(false);
        }
        match self
            .together(key, &[OrderTab::KaspiDelivery], span, stop, report)
            .await
        {
            Ok(_) => Ok(true),
            // Then one by one: a list that cannot be read keeps no paper waiting.
            Err(OrdersError::Market(error)) => {
                tracing::debug!(error = %error, "parcels could not be read together");
                Ok(false)
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
                let at = (key.scope, key.shop);
                paper_came(&mut tx, &self.orders, at, (&order.id, &pdf)).await?;
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
