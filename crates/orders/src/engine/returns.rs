//! Reads what buyers send back from each shop's cabinet. Refuses to accept or refuse a return: people do that in the cabinet.

use crate::{
    Orders, OrdersError,
    model::{ReturnDocument, ReturnMark, ReturnView, Returned, until},
    store::returned::{self, ReturnReading},
};
use sauda_accounts::Scope;
use sauda_catalog::{CatalogError, NewNotice, Tone};
use sauda_kernel::{ShopId, Span, Timestamp};
use sauda_market::{MarketError, Refund, RefundTab};
use tokio_util::sync::CancellationToken;

/// Between readings while something is open, and while nothing is.
const PACE: (Span, Span) = (Span::from_mins(30), Span::from_hours(2));
/// After a reading that failed.
const AGAIN: Span = Span::from_mins(20);
/// How often new shops are looked for.
const NEW_SHOPS: Span = Span::from_mins(5);
/// A process that dies frees the shop after this.
const LEASE: Span = Span::from_mins(3);
/// Details of an open return are read anew after this.
const STALE: Span = Span::from_hours(6);
/// Pages of a tab that are read at most: a thousand returns that are open, or closed since the last time.
const MOST_PAGES: u32 = 100;
const PAGE: usize = 10;
const WAITING: &str = "returns-waiting";

/// Keeps the returns of all shops.
pub struct ReturnsKeeper {
    orders: Orders,
    owner: String,
}

impl ReturnsKeeper {
    pub fn new(orders: Orders, owner: impl Into<String>) -> Self {
        Self {
            orders,
            owner: owner.into(),
        }
    }

    /// Runs until told to stop.
    pub async fn run(&self, stop: CancellationToken) {
        let mut looked = Timestamp::from_micros(0);
        while !stop.is_cancelled() {
            let now = self.orders.clock.now();
            let worked = async {
                if now.since(looked) >= NEW_SHOPS {
                    self.adopt().await?;
                    looked = now;
                }
                self.turn().await
            };
            if let Err(error) = worked.await {
                tracing::warn!(
                    error = sauda_kernel::chain(&error),
                    "returns wait: something does not answer"
                );
            }
            tokio::select! {
                () = stop.cancelled() => {}
                () = tokio::time::sleep(Span::from_secs(5).to_std()) => {}
            }
        }
    }

    /// Shops with a cabinet are read from now on.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn adopt(&self) -> Result<(), OrdersError> {
        let now = self.orders.clock.now();
        for shop in self.orders.catalog.all_shops().await? {
            if shop.access.is_some() {
                returned::begin(&self.orders.db, &shop.merchant, &shop.id, now).await?;
            }
        }
        Ok(())
    }

    /// Reads the shops whose time has come; how many.
    ///
    /// # Errors
    /// When the database or the shared state does not answer.
    pub async fn turn(&self) -> Result<usize, OrdersError> {
        let due = returned::due(&self.orders.db, self.orders.clock.now()).await?;
        let many = due.len();
        for reading in due {
            self.shop(&reading).await?;
        }
        Ok(many)
    }

    async fn shop(&self, reading: &ReturnReading) -> Result<(), OrdersError> {
        let cluster = &self.orders.cluster;
        let fail = |error: sauda_cluster::ClusterError| OrdersError::Cluster(error.to_string());
        let name = format!("returns:{}", reading.shop);
        let Some(lease) = cluster.lease(&name, &self.owner, LEASE).await.map_err(fail)? else {
            return Ok(());
        };
        let scope = Scope::system(reading.merchant.clone(), "returns");
        let read = self.read(&scope, &reading.shop).await;
        let (db, now) = (&self.orders.db, self.orders.clock.now());
        let kept = match read {
            Ok(open) => {
                let pace = if open > 0 { PACE.0 } else { PACE.1 };
                returned::read_until(db, &reading.shop, Some(now), None, now.plus(pace)).await?;
                // Who came back is known now: who kept the goods long enough was fit.
                self.orders.judge(&scope, &reading.shop).await?;
                self.tell(&scope, &reading.shop).await
            }
            Err(OrdersError::Catalog(CatalogError::NoAccess | CatalogError::NotFound { .. })) => {
                returned::end(db, &reading.shop).await?;
                Ok(())
            }
            Err(OrdersError::Catalog(error)) if !matches!(error, CatalogError::Store(_)) => {
                let word = match &error {
                    CatalogError::Market(error) => error.word(),
                    _ => "session_ended",
                };
                tracing::info!(shop.id = %reading.shop, error = %error, "returns could not be read");
                returned::read_until(db, &reading.shop, None, Some(word), now.plus(AGAIN)).await?;
                Ok(())
            }
            Err(error) => Err(error),
        };
        cluster.release(&lease).await.map_err(fail)?;
        self.orders.signal(&reading.shop).await;
        kept
    }

    /// Reads a shop's returns: all that are open, and of the closed ones those that were closed since. How many are open.
    async fn read(&self, scope: &Scope, shop: &ShopId) -> Result<usize, OrdersError> {
        let (now, mut open) = (self.orders.clock.now(), 0);
        for tab in RefundTab::ALL {
            for page in 0..MOST_PAGES {
                let listed = self
                    .orders
                    .catalog
                    .cabinet_refunds(scope, shop, tab, page)
                    .await?;
                for refused in &listed.refused {
                    tracing::warn!(shop.id = %shop, refused, "a return in a list could not be understood");
                }
                let news = self.keep(scope, shop, tab, &listed.refunds, now).await?;
                let many = listed.refunds.len() + listed.refused.len();
                if tab != RefundTab::Closed {
                    open += listed.refunds.len();
                }
                // The newest are first: behind a page of closed ones that are known nothing is new.
                let is_known = tab == RefundTab::Closed && news == 0;
                if many < PAGE || is_known {
                    break;
                }
            }
        }
        Ok(open)
    }

    /// Keeps a page of returns; how many of them stood elsewhere or were not here.
    async fn keep(
        &self,
        scope: &Scope,
        shop: &ShopId,
        tab: RefundTab,
        listed: &[Refund],
        now: Timestamp,
    ) -> Result<usize, OrdersError> {
        if listed.is_empty() {
            return Ok(0);
        }
        let ids: Vec<&str> = listed.iter().map(|refund| refund.id.as_str()).collect();
        let known = returned::by_market_ids(&self.orders.db, shop, &ids).await?;
        let (mut rows, mut telling, mut news) = (Vec::new(), Vec::new(), 0);
        for refund in listed {
            let before = known.iter().find(|row| row.market_id == refund.id);
            let mut row = self.row(shop, tab, refund, before, now);
            let is_news = before.is_none_or(|before| before.tab != tab);
            news += usize::from(is_news);
            let is_stale = row.details_at.is_none_or(|at| now.since(at) > STALE);
            let has_moved = before.is_none_or(|before| before.document.state != row.document.state);
            if tab != RefundTab::Closed && (is_news || has_moved || is_stale) {
                self.details(scope, shop, refund, &mut row, now).await?;
            }
            let said = |document: &ReturnDocument| (document.reason.clone(), document.comment.clone());
            if before.is_none_or(|before| said(&before.document) != said(&row.document)) {
                telling.push(row.clone());
            }
            rows.push(row);
        }
        // What a reason teaches comes first: a process that dies in between reads the return as news again.
        self.orders.learn_from(scope, shop, &telling).await?;
        let mut tx = self.orders.db.write().await?;
        for row in &rows {
            returned::keep(&mut tx, scope, row, &fold(row)).await?;
        }
        tx.commit().await?;
        Ok(news)
    }

    fn row(
        &self,
        shop: &ShopId,
        tab: RefundTab,
        refund: &Refund,
        before: Option<&Returned>,
        now: Timestamp,
    ) -> Returned {
        let document = before.map(|before| before.document.clone()).unwrap_or_default();
        Returned {
            id: before.map_or_else(|| self.orders.id(), |before| before.id.clone()),
            shop: shop.clone(),
            market_id: refund.id.clone(),
            number: refund.number.clone(),
            order_code: refund.order_code.clone().unwrap_or_default(),
            tab,
            until_at: before
                .and_then(|before| before.until_at)
                .filter(|_| tab != RefundTab::Closed),
            document: ReturnDocument::with_row(document, refund),
            first_at: before.map_or(now, |before| before.first_at),
            seen_at: now,
            details_at: before.and_then(|before| before.details_at),
            mark: before.map_or(ReturnMark::None, |before| before.mark),
            marked_by: String::new(),
            marked_at: None,
            condition: None,
        }
    }

    /// What only the details tell. One odd return does not keep the others waiting.
    async fn details(
        &self,
        scope: &Scope,
        shop: &ShopId,
        refund: &Refund,
        row: &mut Returned,
        now: Timestamp,
    ) -> Result<(), OrdersError> {
        match self.orders.catalog.cabinet_refund(scope, shop, refund).await {
            Ok(details) => {
                row.until_at = until(&details);
                row.document = row.document.clone().with_details(&details);
                row.details_at = Some(now);
                Ok(())
            }
            Err(CatalogError::Market(
                error @ (MarketError::BadAnswer(_) | MarketError::NotFound(_) | MarketError::Refused { .. }),
            )) => {
                tracing::warn!(shop.id = %shop, number = row.number, error = %error, "a return could not be read");
                Ok(())
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Tells people of returns that wait for them.
    async fn tell(&self, scope: &Scope, shop: &ShopId) -> Result<(), OrdersError> {
        let (catalog, db) = (&self.orders.catalog, &self.orders.db);
        let waiting: i64 = returned::counts(db, shop)
            .await?
            .into_iter()
            .filter(|(tab, mark, _)| ReturnView::Todo.shows(*tab, *mark))
            .map(|(_, _, count)| count)
            .sum();
        if waiting == 0 {
            catalog.settle(db, scope, WAITING, shop.as_str()).await?;
        } else {
            let notice = NewNotice::new(WAITING, shop.as_str(), Tone::Warn)
                .shop(shop)
                .arg("n", waiting)
                .link("/orders/returns");
            catalog.tell(db, scope, &notice).await?;
        }
        Ok(())
    }
}

/// What searches look through.
fn fold(row: &Returned) -> String {
    let document = &row.document;
    let words =
        [&document.sku, &document.customer, &document.reason].map(|word| word.as_deref().unwrap_or(""));
    sauda_catalog::fold(&[&row.number, &row.order_code, words[0], words[1], words[2]])
}
