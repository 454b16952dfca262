//! Waybills: looked for from seconds after a parcel was declared ready until it leaves, and stored the moment they are there.

use super::{Clerk, ClerkReport, call::Key, keep::FIRST_LOOK};
use crate::{
    OrdersError,
    model::{Order, Stage},
    store::{
        events::{self, Event, Who},
        orders, waybills,
    },
};
use sauda_catalog::{NewNotice, Tone};
use sauda_kernel::{Span, Timestamp};
use sauda_market::{MarketError, OrderTab};
use tokio_util::sync::CancellationToken;

/// Orders looked at in one turn of a shop.
const MOST: i64 = 200;
/// So many are looked at by their list.
const TOGETHER: usize = 4;
/// Orders older than that are not read by lists: too many others stand there.
const LONGEST_BACK: Span = Span::from_days(20);
/// Looks after which a waybill that does not come is told: about ten minutes; the longest that was measured is three.
const TELL_AFTER: i64 = 12;

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
        for order in due {
            if stop.is_cancelled() || key.is_tired() {
                break;
            }
            report.waybills += usize::from(self.waybill(key, &order, fresh).await?);
        }
        Ok(())
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
        let since = due.iter().map(|order| order.seen.created_at).min();
        let Some(since) = since.filter(|since| due.len() >= TOGETHER && *since > now.minus(LONGEST_BACK))
        else {
            return Ok(None);
        };
        match self
            .tab(key, &OrderTab::KaspiDelivery, since, now, stop, report)
            .await
        {
            Ok(()) => Ok(Some(now)),
            // Then one by one: a list that cannot be read keeps no paper waiting.
            Err(OrdersError::Market(error)) => {
                tracing::debug!(error = %error, "parcels could not be read together");
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Looks for the waybill of one order; whether it was stored.
    async fn waybill(
        &self,
        key: &Key<'_>,
        order: &Order,
        fresh: Option<Timestamp>,
    ) -> Result<bool, OrdersError> {
        let db = &self.orders.db;
        let read = match fresh {
            Some(_) => orders::by_id(db, &order.id).await?,
            None => None,
        };
        let seen = match self.seen_now(key, read.as_ref().unwrap_or(order), fresh).await? {
            Ok(seen) => seen,
            Err(error) => return self.later(key, order, Some(&error)).await,
        };
        if seen.stage != Stage::HandOver {
            // It left, or was cancelled: no paper is to be had any more.
            orders::look_again(db, &order.id, None, 0).await?;
            self.orders
                .catalog
                .settle(db, key.scope, "waybill-late", order.id.as_str())
                .await?;
            return Ok(false);
        }
        let Some(url) = seen.document.waybill_url.clone() else {
            return self.later(key, order, None).await;
        };
        let number = seen.document.waybill_number.clone().unwrap_or_default();
        if waybills::has(db, &order.id, &number).await? {
            orders::look_again(db, &order.id, None, 0).await?;
            return Ok(false);
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
                orders::look_again(&mut tx, &order.id, None, 0).await?;
                tx.commit().await?;
                self.orders
                    .catalog
                    .settle(db, key.scope, "waybill-late", order.id.as_str())
                    .await?;
                Ok(true)
            }
            Err(error) => self.later(key, order, Some(&error)).await,
        }
    }

    async fn later(
        &self,
        key: &Key<'_>,
        order: &Order,
        error: Option<&MarketError>,
    ) -> Result<bool, OrdersError> {
        let looks = orders::looks(&self.orders.db, &order.id).await? + 1;
        let at = next_look(self.orders.clock.now(), looks);
        orders::look_again(&self.orders.db, &order.id, Some(at), looks).await?;
        if let Some(error) = error {
            tracing::debug!(order.code = order.seen.code, error = %error, "a waybill could not be read");
        }
        if looks == TELL_AFTER {
            let notice = NewNotice::new("waybill-late", order.id.as_str(), Tone::Warn)
                .shop(key.shop)
                .arg("code", &order.seen.code)
                .link(format!("/orders/{}", order.seen.code));
            self.orders
                .catalog
                .tell(&self.orders.db, key.scope, &notice)
                .await?;
        }
        Ok(false)
    }
}

/// Often at first, then each minute and a half, in the end each ten minutes until the parcel leaves.
fn next_look(now: Timestamp, looks: i64) -> Timestamp {
    now.plus(match looks {
        0..=4 => FIRST_LOOK,
        5..=12 => Span::from_secs(60),
        _ => Span::from_mins(10),
    })
}
