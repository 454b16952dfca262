//! Reading a shop's orders: everything open, what the lists do not show any more, and a year of history, one window at a time.

use super::{Clerk, ClerkReport, call::Key};
use crate::{
    OrdersError,
    store::{
        lines, orders,
        reading::{self, HISTORY},
    },
};
use sauda_catalog::{NewNotice, Tone};
use sauda_kernel::{OrderId, Span, Timestamp};
use sauda_market::{MarketError, OrderEntry, OrderTab, OrdersQuestion};
use tokio_util::sync::CancellationToken;

/// The longest window that may be asked for, a little under the marketplace's fourteen days.
const WINDOW: Span = Span::from_hours(14 * 24 - 1);
/// How far ahead of ours the marketplace's moments may be: its clock, and its words on time zones, are its own.
const AHEAD: Span = Span::from_hours(12);
/// Orders a page.
const PAGE: u32 = 100;
/// Pages of one window: twenty thousand orders in two weeks; beyond that the newest are read.
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
/// How far back the daily look for late news goes: a return may be asked for two weeks after a long way.
const LATE_NEWS: Span = Span::from_days(45);
/// How long open orders are listed at most: a pre-order takes 30 days, its way some more.
const OLDEST_OPEN: Span = Span::from_days(90);
/// Orders read one by one in a turn: those that no list shows any more.
const MOST_SINGLE: i64 = 60;

impl Clerk {
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
        let is_due = state
            .read_at
            .is_none_or(|read_at| read_at.plus(Span::from_mins(state.pace_min)) <= now);
        let mut pace = state.pace_min;
        if is_due {
            // Once a day what is over is read too: returns come late, and what came and went while nobody read is there.
            // History walks there first.
            let is_first = state.read_at.is_none();
            let looks_back = !is_first
                && state
                    .archive_at
                    .is_none_or(|at| at.plus(Span::from_days(1)) <= now);
            let back_to = looks_back.then(|| looked_back_to(state.archive_at, now));
            let changed = self.open(key, now, back_to, stop, report).await?;
            if stop.is_cancelled() {
                return Ok(());
            }
            if looks_back || is_first {
                reading::looked_over(db, key.shop, now).await?;
            }
            if changed > 0 {
                self.orders.advise_fresh(key.scope, key.shop).await?;
            }
            pace = if changed > 0 {
                PACE.0
            } else {
                (state.pace_min * 2).clamp(PACE.0, PACE.1)
            };
            reading::done(db, key.shop, &state, now, now.plus(Span::from_mins(pace)), pace).await?;
        }
        if !state.is_whole() {
            let to = state.back_to.unwrap_or(now);
            let from = to.minus(WINDOW).max(state.back_until);
            self.window(key, &OrderTab::Archive, from, to, report).await?;
            // The next window comes with the next turn: commands are not kept waiting by history.
            reading::went_back(db, key.shop, from, self.orders.clock.now()).await?;
            if from <= state.back_until
                && let Some(stock) = &self.orders.stock
            {
                // The whole history is here: demand can be forecast.
                stock.history_was_read(key.scope).await?;
            }
        } else if !is_due {
            let read_at = state.read_at.unwrap_or(now);
            reading::done(
                db,
                key.shop,
                &state,
                read_at,
                read_at.plus(Span::from_mins(pace)),
                pace,
            )
            .await?;
        }
        Ok(())
    }

    /// Reads everything that is open; how much of it was new.
    async fn open(
        &self,
        key: &Key<'_>,
        now: Timestamp,
        back_to: Option<Timestamp>,
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
        let since = back_to.map_or(since, |back_to| since.min(back_to));
        let over = back_to.map(|_| OrderTab::Archive);
        let refused = report.refused;
        for tab in OPEN.iter().chain(&over) {
            self.tab(key, tab, since, latest(now), stop, report).await?;
        }
        // What is open here and was not listed is over, or too new for the list: each is asked for by its number.
        for code in orders::unread(db, key.shop, now, MOST_SINGLE).await? {
            if stop.is_cancelled() {
                break;
            }
            self.single(key, &code, now, report).await?;
        }
        let told = self.goods(key, now, stop).await;
        self.keep_lines(key, &told.0).await?;
        told.1?;
        self.tell_refused(key, report.refused - refused).await?;
        Ok(report.changed - before)
    }

    /// The goods of orders whose lists did not tell them, and what ended the asking: what was told until then is kept.
    async fn goods(
        &self,
        key: &Key<'_>,
        now: Timestamp,
        stop: &CancellationToken,
    ) -> (Vec<(OrderId, Vec<OrderEntry>)>, Result<(), OrdersError>) {
        let mut told = Vec::new();
        let asked = async {
            let since = now.minus(WINDOW);
            for (id, market_id, _) in lines::missing(&self.orders.db, key.shop, since, MOST_SINGLE).await? {
                if stop.is_cancelled() {
                    break;
                }
                key.permit().await?;
                let answer = self.orders.desk.entries(key.via(), key.token(), &market_id).await;
                match key.heard(answer).await? {
                    Ok(entries) if entries.is_empty() => {}
                    Ok(entries) => told.push((id, entries)),
                    // One odd order does not keep the others waiting.
                    Err(error) if is_odd(&error) => {
                        tracing::warn!(order.id = %id, error = %error, "the goods of an order could not be read");
                    }
                    Err(error) => return Err(error.into()),
                }
            }
            Ok(())
        };
        let ended = asked.await;
        (told, ended)
    }

    /// Reads open orders of some tabs that were created in a span: what many commands did is seen at once. From when on what it
    /// read is fresh.
    pub(super) async fn together(
        &self,
        key: &Key<'_>,
        tabs: &[OrderTab],
        (since, until): (Timestamp, Timestamp),
        stop: &CancellationToken,
        report: &mut ClerkReport,
    ) -> Result<Timestamp, OrdersError> {
        let now = self.orders.clock.now();
        for tab in tabs {
            if key.is_tired() {
                break;
            }
            self.tab(key, tab, since, until, stop, report).await?;
        }
        Ok(now)
    }

    /// Reads one tab from a moment to a later one, window by window.
    pub(super) async fn tab(
        &self,
        key: &Key<'_>,
        tab: &OrderTab,
        since: Timestamp,
        until: Timestamp,
        stop: &CancellationToken,
        report: &mut ClerkReport,
    ) -> Result<(), OrdersError> {
        let mut to = until;
        while to > since && !stop.is_cancelled() {
            let from = to.minus(WINDOW).max(since);
            self.window(key, tab, from, to, report).await?;
            to = from;
        }
        Ok(())
    }

    async fn single(
        &self,
        key: &Key<'_>,
        code: &str,
        now: Timestamp,
        report: &mut ClerkReport,
    ) -> Result<(), OrdersError> {
        key.permit().await?;
        let answer = self.orders.desk.order(key.via(), key.token(), code).await;
        match key.heard(answer).await? {
            Ok(order) => {
                report.read += 1;
                report.changed += self.keep(key, std::slice::from_ref(&order)).await?;
            }
            // The marketplace does not know it any more, or says what we do not understand: it stays as it was, and the
            // others have their turn.
            Err(error) if is_odd(&error) => {
                tracing::warn!(order.code = code, error = %error, "an order could not be read");
                if let Some(order) = orders::by_code(&self.orders.db, key.shop, code).await? {
                    orders::read_again(&self.orders.db, std::slice::from_ref(&order.id), now).await?;
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
            report.refused += listed.refused.len();
            for refused in &listed.refused {
                tracing::warn!(shop.id = %key.shop, refused, "an order in a list could not be understood");
            }
            report.read += listed.orders.len();
            report.changed += self.keep(key, &listed.orders).await?;
            let is_last = listed.orders.len() + listed.refused.len() < usize::try_from(PAGE).unwrap_or(100)
                || listed.pages.is_some_and(|pages| i64::from(page) + 1 >= pages);
            if is_last {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Tells people of orders that could not be understood: they see them in the cabinet only.
    async fn tell_refused(&self, key: &Key<'_>, refused: usize) -> Result<(), OrdersError> {
        let (catalog, db) = (&self.orders.catalog, &self.orders.db);
        if refused == 0 {
            catalog
                .settle(db, key.scope, "orders-unreadable", key.shop.as_str())
                .await?;
            return Ok(());
        }
        let notice = NewNotice::new("orders-unreadable", key.shop.as_str(), Tone::Bad)
            .shop(key.shop)
            .arg("n", refused)
            .link("/orders");
        catalog.tell(db, key.scope, &notice).await?;
        Ok(())
    }
}

/// From when on the daily look for what is over reads: wider after a time in which nobody read, and never wider than history.
fn looked_back_to(looked_at: Option<Timestamp>, now: Timestamp) -> Timestamp {
    let usual = now.minus(LATE_NEWS);
    looked_at.map_or(usual, |at| usual.min(at).max(now.minus(HISTORY)))
}

/// How late an order may seem to be created: new ones may seem to come from the future.
pub(super) const fn latest(now: Timestamp) -> Timestamp {
    now.plus(AHEAD)
}

/// A failure that belongs to one order, not to the line or the key.
const fn is_odd(error: &MarketError) -> bool {
    matches!(
        error,
        MarketError::NotFound(_)
            | MarketError::BadAnswer(_)
            | MarketError::Refused { .. }
            | MarketError::Invalid(_)
            | MarketError::TooLarge { .. }
    )
}
