//! Reading a shop's orders: everything open, what the lists do not show any more, and a year of history, one window at a time.

use super::{Clerk, ClerkReport, call::Key, keep::Articles};
use crate::{
    OrdersError,
    store::{lines, orders, reading},
};
use sauda_kernel::{Span, Timestamp};
use sauda_market::{MarketError, OrderTab, OrdersQuestion};
use tokio_util::sync::CancellationToken;

/// The longest window that may be asked for, a little under the marketplace's fourteen days.
const WINDOW: Span = Span::from_hours(14 * 24 - 1);
/// How far ahead of ours the marketplace's moments may be: its clock, and its words on time zones, are its own.
const AHEAD: Span = Span::from_hours(12);
/// Orders a page.
const PAGE: u32 = 100;
/// Pages of one window; more orders than that in two weeks are read in shorter windows.
const MOST_PAGES: u32 = 200;
/// Tabs of orders that are not over.
const OPEN: [OrderTab; 5] = [
    OrderTab::New,
    OrderTab::SignRequired,
    OrderTab::Pickup,
    OrderTab::Delivery,
    OrderTab::KaspiDelivery,
];
/// Minutes between readings: the first while orders change, doubled up to the last while nothing does.
const PACE: (i64, i64) = (1, 8);
/// How long open orders are listed at most: a pre-order takes 30 days, its way some more.
const OLDEST_OPEN: Span = Span::from_days(90);
/// Orders read one by one in a turn: those that no list shows any more.
const MOST_SINGLE: i64 = 60;

impl Clerk {
    /// What the articles of the shop's lines are.
    pub(super) async fn articles(&self, key: &Key<'_>) -> Result<Articles, OrdersError> {
        Ok(self.orders.catalog.offer_ids_by_sku(key.scope, key.shop).await?)
    }

    /// Reads when it is time: what is open each time, and one window of history after it.
    pub(super) async fn reading(
        &self,
        key: &Key<'_>,
        stop: &CancellationToken,
        report: &mut ClerkReport,
    ) -> Result<(), OrdersError> {
        let db = &self.orders.db;
        let Some(state) = reading::find(db, key.shop).await? else {
            return Ok(());
        };
        let now = self.orders.clock.now();
        if state.next_at > now {
            return Ok(());
        }
        let articles = self.articles(key).await?;
        let is_due = state
            .read_at
            .is_none_or(|read_at| read_at.plus(Span::from_mins(state.pace_min)) <= now);
        let mut pace = state.pace_min;
        if is_due {
            let changed = self.open(key, &articles, now, stop, report).await?;
            if stop.is_cancelled() {
                return Ok(());
            }
            pace = if changed > 0 {
                PACE.0
            } else {
                (state.pace_min * 2).clamp(PACE.0, PACE.1)
            };
            reading::done(db, key.shop, now, now.plus(Span::from_mins(pace)), pace).await?;
        }
        if !state.is_whole() {
            let to = state.back_to.unwrap_or(now);
            let from = to.minus(WINDOW).max(state.back_until);
            self.window(key, &articles, &OrderTab::Archive, from, to, report)
                .await?;
            // The next window comes with the next turn: commands are not kept waiting by history.
            reading::went_back(db, key.shop, from, self.orders.clock.now()).await?;
        } else if !is_due {
            let read_at = state.read_at.unwrap_or(now);
            reading::done(db, key.shop, read_at, read_at.plus(Span::from_mins(pace)), pace).await?;
        }
        Ok(())
    }

    /// Reads everything that is open; how much of it was new.
    async fn open(
        &self,
        key: &Key<'_>,
        articles: &Articles,
        now: Timestamp,
        stop: &CancellationToken,
        report: &mut ClerkReport,
    ) -> Result<usize, OrdersError> {
        let db = &self.orders.db;
        let before = report.changed;
        let oldest = orders::oldest_open(db, key.shop).await?;
        let since = oldest
            .unwrap_or(now)
            .min(now.minus(WINDOW))
            .max(now.minus(OLDEST_OPEN));
        for tab in &OPEN {
            // New orders may seem to come from the future.
            let mut to = now.plus(AHEAD);
            while to > since && !stop.is_cancelled() {
                let from = to.minus(WINDOW).max(since);
                self.window(key, articles, tab, from, to, report).await?;
                to = from;
            }
        }
        // What is open here and was not listed is over, or too new for the list: each is asked for by its number.
        for code in orders::unread(db, key.shop, now, MOST_SINGLE).await? {
            if stop.is_cancelled() {
                break;
            }
            self.single(key, articles, &code, now, report).await?;
        }
        for (id, market_id, _) in lines::missing(db, key.shop, MOST_SINGLE).await? {
            if stop.is_cancelled() {
                break;
            }
            key.permit().await?;
            let answer = self.orders.desk.entries(key.via(), key.token(), &market_id).await;
            let entries = key.heard(answer).await??;
            if let Some(order) = orders::by_id(db, &id).await? {
                self.keep_lines(&order, articles, &entries).await?;
            }
        }
        Ok(report.changed - before)
    }

    async fn single(
        &self,
        key: &Key<'_>,
        articles: &Articles,
        code: &str,
        now: Timestamp,
        report: &mut ClerkReport,
    ) -> Result<(), OrdersError> {
        key.permit().await?;
        let answer = self.orders.desk.order(key.via(), key.token(), code).await;
        match key.heard(answer).await? {
            Ok(order) => {
                report.read += 1;
                report.changed += usize::from(self.keep(key, articles, &order).await?);
            }
            // The marketplace does not know it any more: it stays as it was, and the others have their turn.
            Err(MarketError::NotFound(_)) => {
                if let Some(order) = orders::by_code(&self.orders.db, key.shop, code).await? {
                    orders::read_again(&self.orders.db, &order.id, now).await?;
                }
            }
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }

    /// Reads every page of one tab in one window. What cannot be understood is logged and never taken for gone.
    async fn window(
        &self,
        key: &Key<'_>,
        articles: &Articles,
        tab: &OrderTab,
        from: Timestamp,
        to: Timestamp,
        report: &mut ClerkReport,
    ) -> Result<(), OrdersError> {
        for page in 0..MOST_PAGES {
            key.permit().await?;
            let question = OrdersQuestion {
                tab: tab.clone(),
                created_from: from,
                created_to: to,
                page,
                size: PAGE,
            };
            let answer = self.orders.desk.orders(key.via(), key.token(), &question).await;
            let listed = key.heard(answer).await??;
            for refused in &listed.refused {
                tracing::warn!(shop.id = %key.shop, refused, "an order in a list could not be understood");
            }
            for order in &listed.orders {
                report.read += 1;
                report.changed += usize::from(self.keep(key, articles, order).await?);
            }
            let is_last = listed.orders.len() + listed.refused.len() < usize::try_from(PAGE).unwrap_or(100)
                || listed.pages.is_some_and(|pages| i64::from(page) + 1 >= pages);
            if is_last {
                return Ok(());
            }
        }
        Ok(())
    }
}
