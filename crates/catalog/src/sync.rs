//! Reads a shop's points and offers from the cabinet, whole, and keeps them. An empty or partial reading removes nothing.

use crate::{
    Cabinet, Catalog, CatalogError, NewNotice, Tone,
    events::{SHOP_SYNCED, ShopSynced},
    model::{StoredAvailability, fold},
    notices, store,
};
use async_trait::async_trait;
use sauda_accounts::Scope;
use sauda_jobs::{Handler, JobContext, JobError, NewJob, Outcome};
use sauda_kernel::{Failure, Kind, MerchantId, OfferId, ShopId, Span, Tenge, Timestamp};
use sauda_market::{OwnOffer, OwnOffersFilter, ShopProfile};
use sauda_store::{On, Tx};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// Name of the job that reads a shop.
pub const SYNC_JOB: &str = "catalog.sync";
const PAGE: u32 = 100;
/// No honest shop has more pages; a list that never ends stops here.
const MOST_PAGES: u32 = 10_000;

/// Payload, version 1.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SyncPayload {
    pub merchant: MerchantId,
    pub shop: ShopId,
}

/// What a reading found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SyncReport {
    pub on_sale: u64,
    pub removed: u64,
    pub gone: u64,
    pub refused: u64,
    /// The cabinet listed nothing although offers are known: everything was kept.
    pub doubtful: bool,
}

/// Is told how a reading goes.
#[async_trait]
pub trait SyncWatcher: Send + Sync {
    async fn progress(&self, done: u64, total: Option<u64>);
    /// Whether to stop between pages; what was read so far is kept.
    fn stopping(&self) -> bool;
}

/// The job that reads one shop now; a second one waiting or running is the same one.
pub(crate) fn job(merchant: &MerchantId, shop: &ShopId, now: Timestamp) -> NewJob {
    let payload = SyncPayload {
        merchant: merchant.clone(),
        shop: shop.clone(),
    };
    NewJob::new(SYNC_JOB, 1, &payload, now)
        .merchant(merchant)
        .dedupe(format!("{SYNC_JOB}:{shop}"))
        .attempts(5)
}

pub(crate) fn jobs_error(error: sauda_jobs::JobsError) -> CatalogError {
    match error {
        sauda_jobs::JobsError::Store(error) => error.into(),
        other => CatalogError::Cluster(other.to_string()),
    }
}

impl Catalog {
    /// Asks for a reading of a shop as soon as a worker is free.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn request_sync(&self, scope: &Scope, shop: &ShopId) -> Result<(), CatalogError> {
        self.shop(scope, shop).await?;
        self.jobs
            .enqueue(&self.db, job(scope.merchant(), shop, self.clock.now()))
            .await
            .map_err(jobs_error)?;
        Ok(())
    }

    /// Tells later rooms that a shop's facts changed, inside the caller's transaction.
    pub(crate) async fn announce(
        &self,
        tx: &mut Tx,
        scope: &Scope,
        shop: &ShopId,
    ) -> Result<(), CatalogError> {
        let fact = ShopSynced {
            merchant: scope.merchant().clone(),
            shop: shop.clone(),
        };
        let event = NewJob::new(SHOP_SYNCED, 1, &fact, self.clock.now())
            .merchant(scope.merchant())
            .dedupe(format!("{SHOP_SYNCED}:{shop}"))
            .attempts(8);
        self.jobs.enqueue(tx, event).await.map_err(jobs_error)?;
        Ok(())
    }

    /// Reads a shop whole.
    ///
    /// # Errors
    /// When the cabinet or the database does not answer; what was read before is kept, nothing is marked gone.
    pub async fn sync(
        &self,
        scope: &Scope,
        shop: &ShopId,
        watcher: &dyn SyncWatcher,
    ) -> Result<SyncReport, CatalogError> {
        let outcome = self.sync_inner(scope, shop, watcher).await;
        let (at, error) = match &outcome {
            Ok(_) => (Some(self.clock.now()), None),
            Err(error) => (
                None,
                Some(error.public().first().map_or("bug", |public| public.code)),
            ),
        };
        store::shops::set_synced(&self.db, scope, shop, at, error).await?;
        if outcome.as_ref().is_ok_and(|report| !report.doubtful) {
            self.settle(&self.db, scope, notices::SYNC_FAILED, shop.as_str())
                .await?;
        }
        outcome
    }

    async fn sync_inner(
        &self,
        scope: &Scope,
        shop: &ShopId,
        watcher: &dyn SyncWatcher,
    ) -> Result<SyncReport, CatalogError> {
        let started = self.clock.now();
        let cabinet = self.cabinet(scope, shop).await?;
        self.wait_cabinet_read(&cabinet.access).await?;
        let profile = self
            .market
            .shop(&cabinet.egress, &cabinet.session, &cabinet.uid)
            .await;
        let profile = self.heard(scope, &cabinet, profile).await?;
        let mut tx = self.db.write().await?;
        self.keep_profile(&mut tx, scope, shop, &profile, false).await?;
        tx.commit().await?;

        let mut known = store::offers::ids_by_sku(&self.db, shop).await?;
        let before = store::offers::count(&self.db, shop).await?;
        let mut report = SyncReport::default();
        let mut refused = Vec::new();
        for filter in [OwnOffersFilter::OnSale, OwnOffersFilter::Removed] {
            let read = self
                .read_list(
                    scope,
                    shop,
                    &cabinet,
                    filter,
                    &mut known,
                    &mut refused,
                    watcher,
                    report.on_sale,
                )
                .await?;
            match filter {
                OwnOffersFilter::Removed => report.removed = read,
                _ => report.on_sale = read,
            }
        }
        report.refused = u64::try_from(refused.len()).unwrap_or(u64::MAX);
        if watcher.stopping() {
            return Err(CatalogError::Budget(self.clock.now()));
        }
        let empty = report.on_sale + report.removed == 0;
        let mut tx = self.db.write().await?;
        report.doubtful = empty && before > 0;
        if report.doubtful {
            // An empty list is not an empty shop: keep everything and say so.
            let notice = NewNotice::new(notices::SYNC_FAILED, shop.as_str(), Tone::Warn)
                .shop(shop)
                .arg("known", before)
                .link("/settings/stores");
            self.tell(&mut tx, scope, &notice).await?;
        } else {
            report.gone = store::offers::mark_gone(&mut tx, shop, started, self.clock.now()).await?;
            if report.gone > 0 {
                let notice = NewNotice::new(notices::OFFERS_GONE, shop.as_str(), Tone::Info)
                    .shop(shop)
                    .arg("count", report.gone)
                    .link("/prices?view=gone");
                self.tell(&mut tx, scope, &notice).await?;
            }
        }
        if let Some(first) = refused.first() {
            let notice = NewNotice::new(notices::ROWS_REFUSED, shop.as_str(), Tone::Warn)
                .shop(shop)
                .arg("count", refused.len())
                .arg("first", first);
            self.tell(&mut tx, scope, &notice).await?;
        }
        store::product_offers::link_by_sku(&mut tx, scope, Some(shop)).await?;
        self.announce(&mut tx, scope, shop).await?;
        tx.commit().await?;
        Ok(report)
    }

    /// Reads one list page by page until a page is empty; answers how many offers there were.
    #[expect(
        clippy::too_many_arguments,
        reason = "one caller; the values have nothing else in common"
    )]
    async fn read_list(
        &self,
        scope: &Scope,
        shop: &ShopId,
        cabinet: &Cabinet,
        filter: OwnOffersFilter,
        known: &mut HashMap<String, OfferId>,
        refused: &mut Vec<String>,
        watcher: &dyn SyncWatcher,
        before: u64,
    ) -> Result<u64, CatalogError> {
        let mut read = 0;
        for page in 0..MOST_PAGES {
            if watcher.stopping() {
                break;
            }
            self.wait_cabinet_read(&cabinet.access).await?;
            let answer = self
                .market
                .own_offers(
                    &cabinet.egress,
                    &cabinet.session,
                    &cabinet.uid,
                    filter,
                    page,
                    PAGE,
                )
                .await;
            let answer = self.heard(scope, cabinet, answer).await?;
            if answer.offers.is_empty() && answer.refused.is_empty() {
                break;
            }
            refused.extend(answer.refused);
            read += u64::try_from(answer.offers.len()).unwrap_or(0);
            self.keep_offers(scope, shop, &answer.offers, known).await?;
            let total = answer.total.and_then(|total| u64::try_from(total).ok());
            watcher
                .progress(before + read, total.map(|total| total + before))
                .await;
        }
        Ok(read)
    }

    /// Keeps one page of offers.
    pub(crate) async fn keep_offers(
        &self,
        scope: &Scope,
        shop: &ShopId,
        offers: &[OwnOffer],
        known: &mut HashMap<String, OfferId>,
    ) -> Result<(), CatalogError> {
        let now = self.clock.now();
        let cities = store::shops::cities(&self.db, shop).await?;
        let mut seen: BTreeMap<&str, store::offers::Seen<'_>> = BTreeMap::new();
        let mut prices: BTreeMap<(OfferId, String), Tenge> = BTreeMap::new();
        for offer in offers {
            let id = known
                .entry(offer.sku.clone())
                .or_insert_with(|| self.id())
                .clone();
            for city in &cities {
                // Beside city prices the one price is only the lowest of them: it is no promise in a city that nobody chose.
                let everywhere = offer
                    .price
                    .filter(|_| city.watched || offer.city_prices.is_empty());
                if let Some(price) = offer
                    .city_prices
                    .get(&city.city_id)
                    .copied()
                    .or(everywhere)
                    .filter(|price| price.get() > 0)
                {
                    prices.insert((id.clone(), city.city_id.clone()), price);
                }
            }
            let availabilities: Vec<StoredAvailability> = offer
                .availabilities
                .iter()
                .map(|one| StoredAvailability {
                    point_id: one.point_id.clone(),
                    available: one.available,
                    stock: one.stock,
                    preorder_days: one.preorder_days,
                    stock_enabled: one.stock_enabled,
                })
                .collect();
            let stock = availabilities
                .iter()
                .filter(|one| one.available)
                .filter_map(|one| one.stock)
                .reduce(i64::saturating_add);
            let folded = fold(&[
                &offer.title,
                &offer.sku,
                offer.card.as_deref().unwrap_or_default(),
                offer.brand.as_deref().unwrap_or_default(),
            ]);
            let availabilities = serde_json::to_string(&availabilities).unwrap_or_else(|_| "[]".to_owned());
            seen.insert(
                &offer.sku,
                store::offers::Seen {
                    id,
                    offer,
                    fold: folded,
                    stock,
                    availabilities,
                },
            );
        }
        let seen: Vec<store::offers::Seen<'_>> = seen.into_values().collect();
        let prices: Vec<(OfferId, String, Tenge)> = prices
            .into_iter()
            .map(|((id, city), price)| (id, city, price))
            .collect();
        let mut tx = self.db.write().await?;
        if !seen.is_empty() {
            store::offers::upsert(&mut tx, scope, shop, &seen, now).await?;
        }
        for part in prices.chunks(5_000) {
            store::offers::upsert_cities(&mut tx, part.to_vec(), now).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Keeps the profile of a shop: points and cities, with news told unless it is the first time.
    pub(crate) async fn keep_profile(
        &self,
        tx: &mut Tx,
        scope: &Scope,
        shop: &ShopId,
        profile: &ShopProfile,
        first: bool,
    ) -> Result<(), CatalogError> {
        let now = self.clock.now();
        let old_points = store::shops::points(On::from(&mut *tx), shop).await?;
        let old_cities = store::shops::cities(On::from(&mut *tx), shop).await?;
        let first = first && old_points.is_empty();
        for point in &profile.points {
            store::shops::upsert_point(&mut *tx, shop, point, now).await?;
        }
        for old in old_points.iter().filter(|old| old.gone_at.is_none()) {
            // A shop whose answer has no point at all is a broken answer, not a closed shop.
            if profile.points.is_empty() || profile.points.iter().any(|point| point.id == old.id) {
                continue;
            }
            store::shops::point_gone(&mut *tx, shop, &old.id, now).await?;
            let notice = NewNotice::new(notices::POINT_GONE, format!("{shop}:{}", old.id), Tone::Warn)
                .shop(shop)
                .arg("point", &old.code)
                .link("/settings/stores");
            self.tell(&mut *tx, scope, &notice).await?;
        }
        let mut cities: BTreeMap<&str, &str> = BTreeMap::new();
        for point in profile.points.iter().filter(|point| point.enabled) {
            if let Some(city) = &point.city_id {
                cities.insert(city, point.city_name.as_deref().unwrap_or(city));
            }
        }
        for (city, name) in &cities {
            let known = old_cities
                .iter()
                .find(|old| old.city_id == *city && old.gone_at.is_none());
            // A new city of a working shop waits for a person: prices there are a new promise.
            store::shops::upsert_city(&mut *tx, shop, city, name, first || old_cities.is_empty(), now)
                .await?;
            if known.is_none() && !old_cities.is_empty() {
                let notice = NewNotice::new(notices::CITY_NEW, format!("{shop}:{city}"), Tone::Info)
                    .shop(shop)
                    .arg("city", name)
                    .link("/settings/stores");
                self.tell(&mut *tx, scope, &notice).await?;
            }
        }
        for old in old_cities.iter().filter(|old| old.gone_at.is_none()) {
            if !profile.points.is_empty() && !cities.contains_key(old.city_id.as_str()) {
                store::shops::city_gone(&mut *tx, shop, &old.city_id, now).await?;
                let notice =
                    NewNotice::new(notices::CITY_GONE, format!("{shop}:{}", old.city_id), Tone::Warn)
                        .shop(shop)
                        .arg("city", &old.name)
                        .link("/settings/stores");
                self.tell(&mut *tx, scope, &notice).await?;
            }
        }
        let main = profile
            .points
            .iter()
            .find_map(|point| point.city_id.as_deref().filter(|_| point.enabled));
        store::shops::set_profile(&mut *tx, scope, shop, &profile.name, main).await?;
        Ok(())
    }
}

/// The job `catalog.sync`.
pub struct SyncJob(pub Catalog);

struct ToRun<'a>(&'a JobContext);

#[async_trait]
impl SyncWatcher for ToRun<'_> {
    async fn progress(&self, done: u64, total: Option<u64>) {
        self.0.progress(done, total.unwrap_or(done)).await;
    }
    fn stopping(&self) -> bool {
        self.0.stopping()
    }
}

#[async_trait]
impl Handler for SyncJob {
    fn name(&self) -> &'static str {
        SYNC_JOB
    }

    async fn run(&self, context: &JobContext) -> Result<Outcome, JobError> {
        let payload: SyncPayload = context.payload()?;
        let scope = Scope::system(payload.merchant, "catalog sync");
        context.step("read").await;
        match self.0.sync(&scope, &payload.shop, &ToRun(context)).await {
            Ok(report) => {
                context
                    .log(
                        "info",
                        &format!(
                            "on sale {}, removed {}, gone {}, refused {}",
                            report.on_sale, report.removed, report.gone, report.refused
                        ),
                    )
                    .await;
                Ok(Outcome::Done)
            }
            Err(CatalogError::Budget(at)) => Ok(Outcome::Again(at.plus(Span::from_secs(1)))),
            // Signing in again is a person's work; the job begins anew after it.
            Err(CatalogError::Market(sauda_market::MarketError::SessionEnded) | CatalogError::NoAccess) => {
                Ok(Outcome::Done)
            }
            Err(error) => match error.kind() {
                Kind::Throttled(wait) => Ok(Outcome::Again(self.0.clock.now().plus(wait))),
                _ => Err(JobError::from_failure(&error)),
            },
        }
    }
}
