//! A shop with offers, rivals and a marketplace in memory that answers as told. Keeps no rule of pricing.

use async_trait::async_trait;
use sauda_accounts::{Accounts, AccountsSettings, Scope};
use sauda_catalog::{Catalog, LoginKind, SyncJob};
use sauda_cluster::{Cluster, Limit, RedisSettings, RedisTime};
use sauda_jobs::{Jobs, Worker, WorkerSettings};
use sauda_kernel::{Clock, Id, Ids, MerchantId, OfferId, PushedClock, ShopId, Span, Tenge, Timestamp};
use sauda_market::*;
use sauda_pricing::{
    Pricing,
    board::{BoardFilter, BoardView},
    engine::{Checker, CheckerSettings, PUSH_LIMIT, PlacesJob, Pusher, RestateJob},
    service::{BulkJob, OfferPatch, ShopMode},
};
use sauda_store::{Db, Vault};
use sauda_testkit::TestDb;
use std::{
    collections::{BTreeMap, VecDeque},
    pin::Pin,
    sync::{Arc, Mutex},
};
use tokio_util::sync::CancellationToken;

pub const CITY: &str = "750000000";
pub const UID: &str = "30067228";
pub const CARD: &str = "102298404";

/// What the marketplace in memory knows and was asked.
#[derive(Default)]
pub struct Shelf {
    pub own: BTreeMap<String, OwnOffer>,
    pub rivals: BTreeMap<String, Vec<RivalOffer>>,
    /// Prices that buyers see, by SKU.
    pub visible: BTreeMap<String, Tenge>,
    /// Every price change that was asked for.
    pub asked: Vec<PriceChange>,
    /// Answers for the next price changes, before the usual one.
    pub answers: VecDeque<MarketError>,
    /// Failures for the next storefront reads.
    pub read_failures: VecDeque<MarketError>,
    /// Accepted changes that never come true.
    pub lose: bool,
    pub session_ended: bool,
    /// Happens while the next price change is under way, before it is answered.
    pub meanwhile: Option<Pin<Box<dyn Future<Output = ()> + Send>>>,
    /// The next answers lack this many rows.
    pub cut_rows: usize,
    pub reads: usize,
}

#[derive(Clone, Default)]
pub struct FakeMarket(pub Arc<Mutex<Shelf>>);

impl FakeMarket {
    pub fn shelf(&self) -> std::sync::MutexGuard<'_, Shelf> {
        self.0.lock().unwrap()
    }
    /// The storefront catches up with the cabinet.
    pub fn publish(&self) {
        let mut shelf = self.shelf();
        let prices: Vec<(String, Tenge)> = shelf
            .own
            .iter()
            .filter_map(|(sku, offer)| Some((sku.clone(), *offer.city_prices.get(CITY)?)))
            .collect();
        shelf.visible.extend(prices);
    }
    pub fn rival(&self, card: &str, uid: &str, price: i64) {
        let mut shelf = self.shelf();
        let rivals = shelf.rivals.entry(card.to_owned()).or_default();
        rivals.retain(|row| row.merchant_uid != uid);
        rivals.push(rival(uid, price));
    }
    /// A rival leaves the card.
    pub fn leaves(&self, card: &str, uid: &str) {
        if let Some(rivals) = self.shelf().rivals.get_mut(card) {
            rivals.retain(|row| row.merchant_uid != uid);
        }
    }
}

pub fn rival(uid: &str, price: i64) -> RivalOffer {
    RivalOffer {
        merchant_uid: uid.to_owned(),
        merchant_name: format!("Rival {uid}"),
        merchant_sku: None,
        price: Tenge(price),
        rating_milli: Some(4_700),
        reviews: Some(100),
        delivery_at: None,
        pickup_at: None,
        marketplace_delivery: true,
        delivery_type: None,
        delivery_duration: Some("TOMORROW".to_owned()),
        preorder_days: 0,
        point_id: None,
    }
}

#[async_trait]
impl Marketplace for FakeMarket {
    fn name(&self) -> &'static str {
        "kaspi"
    }
    async fn sign_in(&self, _: &Egress, _: &Login) -> Result<SignIn, MarketError> {
        self.shelf().session_ended = false;
        Ok(SignIn::Done(Session("session".into())))
    }
    async fn enter_code(&self, _: &Egress, _: &PendingSignIn, _: &str) -> Result<SignIn, MarketError> {
        Err(MarketError::WrongCode)
    }
    async fn shops(&self, _: &Egress, _: &Session) -> Result<Vec<ShopSummary>, MarketError> {
        Ok(vec![ShopSummary {
            uid: UID.to_owned(),
            name: None,
        }])
    }
    async fn shop(&self, _: &Egress, _: &Session, uid: &str) -> Result<ShopProfile, MarketError> {
        if self.shelf().session_ended {
            return Err(MarketError::SessionEnded);
        }
        Ok(ShopProfile {
            uid: uid.to_owned(),
            name: "Aru Home".to_owned(),
            logo_url: None,
            points: vec![Point {
                id: format!("{uid}_PP1"),
                code: "PP1".to_owned(),
                name: "PP1".to_owned(),
                enabled: true,
                city_id: Some(CITY.to_owned()),
                city_name: Some("Алматы".to_owned()),
            }],
        })
    }
    async fn own_offers(
        &self,
        _: &Egress,
        _: &Session,
        _: &str,
        filter: OwnOffersFilter,
        page: u32,
        size: u32,
    ) -> Result<OwnOfferPage, MarketError> {
        let shelf = self.shelf();
        if shelf.session_ended {
            return Err(MarketError::SessionEnded);
        }
        let wanted = filter == OwnOffersFilter::OnSale;
        let all: Vec<&OwnOffer> = shelf
            .own
            .values()
            .filter(|offer| offer.on_sale == wanted)
            .collect();
        let from = usize::try_from(page * size).unwrap();
        let offers = all
            .iter()
            .skip(from)
            .take(usize::try_from(size).unwrap())
            .map(|offer| (*offer).clone())
            .collect();
        Ok(OwnOfferPage {
            offers,
            total: i64::try_from(all.len()).ok(),
            refused: Vec::new(),
        })
    }
    async fn own_offer(&self, _: &Egress, _: &Session, _: &str, sku: &str) -> Result<OwnOffer, MarketError> {
        let shelf = self.shelf();
        if shelf.session_ended {
            return Err(MarketError::SessionEnded);
        }
        shelf
            .own
            .get(sku)
            .cloned()
            .ok_or_else(|| MarketError::NotFound(sku.to_owned()))
    }
    async fn change_price(
        &self,
        _: &Egress,
        _: &Session,
        change: &PriceChange,
    ) -> Result<AcceptedJob, MarketError> {
        let meanwhile = self.shelf().meanwhile.take();
        if let Some(meanwhile) = meanwhile {
            meanwhile.await;
        }
        let mut shelf = self.shelf();
        if shelf.session_ended {
            return Err(MarketError::SessionEnded);
        }
        shelf.asked.push(change.clone());
        let failure = shelf.answers.pop_front();
        let done = !shelf.lose
            && !matches!(
                failure,
                Some(MarketError::Throttled { .. } | MarketError::Refused { .. } | MarketError::SessionEnded)
            );
        if done && let Some(own) = shelf.own.get_mut(&change.sku) {
            own.city_prices.extend(change.city_prices.clone());
        }
        match failure {
            Some(error) => Err(error),
            None => Ok(AcceptedJob {
                job_id: format!("job{}", shelf.asked.len()),
            }),
        }
    }
    async fn change_sale(
        &self,
        _: &Egress,
        _: &Session,
        _: &str,
        _: &[SaleChange],
    ) -> Result<AcceptedJob, MarketError> {
        Err(MarketError::Unsupported("sale"))
    }
    async fn job_rows(
        &self,
        _: &Egress,
        _: &Session,
        _: &str,
        _: &[String],
    ) -> Result<Vec<JobRow>, MarketError> {
        Ok(Vec::new())
    }
    async fn card_offers(&self, _: &Egress, question: &CardQuestion) -> Result<CardOffers, MarketError> {
        let mut shelf = self.shelf();
        shelf.reads += 1;
        if let Some(failure) = shelf.read_failures.pop_front() {
            return Err(failure);
        }
        let mut offers = shelf.rivals.get(&question.card).cloned().unwrap_or_default();
        for (sku, own) in &shelf.own {
            if own.on_sale
                && own.card.as_deref() == Some(&question.card)
                && let Some(price) = shelf.visible.get(sku)
            {
                offers.push(rival(UID, price.get()));
            }
        }
        offers.sort_by_key(|row| row.price);
        let total = i64::try_from(offers.len()).unwrap();
        let keep = offers.len().saturating_sub(shelf.cut_rows);
        offers.truncate(keep);
        Ok(CardOffers {
            offers,
            total,
            refused: Vec::new(),
            duplicates: Vec::new(),
        })
    }
    async fn listing(&self, _: &Egress, _: &ListingQuestion) -> Result<ListingPage, MarketError> {
        Err(MarketError::Unsupported("listing"))
    }
    async fn card_facts(&self, _: &Egress, _: &str, _: &str) -> Result<CardFacts, MarketError> {
        Err(MarketError::Unsupported("facts"))
    }
    async fn reviews(&self, _: &Egress, _: &str, _: u32, _: u32) -> Result<Reviews, MarketError> {
        Err(MarketError::Unsupported("reviews"))
    }
}

/// Own offer on a card.
pub fn own_offer(sku: &str, card: &str, price: i64) -> OwnOffer {
    OwnOffer {
        sku: sku.to_owned(),
        card: Some(card.to_owned()),
        title: format!("Пуховик {sku}"),
        brand: None,
        category: Some("Master - Coats".to_owned()),
        image_url: None,
        card_url: None,
        on_sale: true,
        city_prices: BTreeMap::from([(CITY.to_owned(), Tenge(price))]),
        price: None,
        availabilities: vec![Availability {
            point_id: format!("{UID}_PP1"),
            available: true,
            stock: Some(17),
            preorder_days: None,
            stock_enabled: None,
        }],
        errors: Vec::new(),
        settling_until: None,
        updated_at: None,
    }
}

/// What a world stands on: its database, and a Redis when it shares one.
pub struct Ground {
    pub db: Db,
    pub redis: Option<String>,
    /// Ends with the world.
    pub _held: Box<dyn std::any::Any + Send + Sync>,
}

impl From<TestDb> for Ground {
    fn from(test: TestDb) -> Self {
        Self {
            db: test.db().clone(),
            redis: None,
            _held: Box::new(test),
        }
    }
}

/// A merchant with one connected shop.
pub struct World {
    pub ground: Ground,
    pub clock: PushedClock,
    pub market: FakeMarket,
    pub cluster: Cluster,
    pub catalog: Catalog,
    pub pricing: Pricing,
    pub scope: Scope,
    pub shop: ShopId,
    pub checker: Checker,
    pub pusher: Pusher,
    worker: Worker,
}

impl World {
    /// Connects the shop and reads `offers`; rivals stand on `CARD` at the prices given.
    pub async fn new(ground: impl Into<Ground>, offers: Vec<OwnOffer>, rivals: &[i64]) -> Self {
        let market = FakeMarket::default();
        for offer in offers {
            market.shelf().own.insert(offer.sku.clone(), offer);
        }
        for (number, price) in rivals.iter().enumerate() {
            market.rival(CARD, &format!("900000{number}"), *price);
        }
        market.publish();
        let clock = sauda_testkit::frozen_clock();
        Self::open(ground.into(), market, clock, None).await
    }

    /// The same database and marketplace with everything in memory new: as after a crash.
    pub async fn restarted(self) -> Self {
        let (merchant, shop) = (self.scope.merchant().clone(), self.shop.clone());
        Self::open(self.ground, self.market, self.clock, Some((merchant, shop))).await
    }

    async fn open(
        ground: Ground,
        market: FakeMarket,
        clock: PushedClock,
        known: Option<(MerchantId, ShopId)>,
    ) -> Self {
        let db = ground.db.clone();
        let shared: Arc<dyn Clock> = Arc::new(clock.clone());
        let ids: Arc<dyn Ids> = Arc::new(sauda_kernel::SystemIds);
        let cluster = match &ground.redis {
            None => Cluster::memory(shared.clone()),
            Some(url) => {
                let settings = RedisSettings {
                    time: RedisTime::Injected,
                    ..RedisSettings::new(url)
                };
                Cluster::redis(&settings, shared.clone()).unwrap()
            }
        };
        let vault = Vault::from_base64("BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=").unwrap();
        let jobs = Jobs::new(db.clone(), cluster.clone(), shared.clone(), ids.clone());
        let accounts = Accounts::new(
            db.clone(),
            cluster.clone(),
            vault.clone(),
            shared.clone(),
            ids.clone(),
            AccountsSettings::default(),
        )
        .unwrap();
        let catalog = Catalog::new(
            db.clone(),
            cluster.clone(),
            jobs.clone(),
            Arc::new(market.clone()),
            vault,
            shared.clone(),
            ids.clone(),
        );
        let pricing = Pricing::new(
            db.clone(),
            cluster.clone(),
            accounts,
            catalog.clone(),
            jobs.clone(),
            shared.clone(),
            ids.clone(),
        );
        let worker = Worker::new(
            jobs.clone(),
            vec![
                Arc::new(SyncJob(catalog.clone())),
                Arc::new(PlacesJob(pricing.clone())),
                Arc::new(RestateJob(pricing.clone())),
                Arc::new(BulkJob(pricing.clone())),
            ],
            // What a dead worker held is taken over within a second.
            WorkerSettings {
                lease: Span::from_secs(3),
                grace: std::time::Duration::from_secs(1),
                ..WorkerSettings::default()
            },
        );
        let (merchant, shop) = match known {
            Some(known) => known,
            None => {
                let scope = Scope::system(Id::new(&*shared, &*ids), "test");
                let connected = catalog
                    .connect(&scope, LoginKind::Phone, "+7 701 000 12 34", None)
                    .await
                    .unwrap();
                (
                    scope.merchant().clone(),
                    connected.shops.into_iter().next().unwrap(),
                )
            }
        };
        // The clock stands between pushes: reads are counted, not kept apart.
        let settings = CheckerSettings {
            limit: Limit::per(8, Span::from_secs(1)),
            ..CheckerSettings::new("test")
        };
        let checker = Checker::new(pricing.clone(), settings);
        let pusher = Pusher::new(pricing.clone(), "test", PUSH_LIMIT);
        let scope = Scope::system(merchant, "test");
        let world = Self {
            ground,
            clock,
            market,
            cluster,
            catalog,
            pricing,
            scope,
            shop,
            checker,
            pusher,
            worker,
        };
        world.idle().await;
        world
    }

    /// Runs jobs until none is due.
    pub async fn idle(&self) {
        self.worker.run_until_idle().await.unwrap();
    }

    /// Works as a process does, until it is stopped.
    pub async fn work(&self, stop: CancellationToken) {
        self.worker.run(stop).await;
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub async fn offer(&self, sku: &str) -> OfferId {
        self.catalog
            .offer_ids_by_sku(&self.scope, &self.shop)
            .await
            .unwrap()
            .remove(sku)
            .unwrap()
    }

    /// Sets limits and a step, and switches publishing on.
    pub async fn keep(&self, sku: &str, min: i64, max: i64, step: i64) -> OfferId {
        let offer = self.offer(sku).await;
        let patch = OfferPatch {
            min: Some(Some(Tenge(min))),
            max: Some(Some(Tenge(max))),
            step: Some(Some(Tenge(step))),
            ..OfferPatch::default()
        };
        let version = self
            .pricing
            .offer_rule(&self.scope, &offer)
            .await
            .unwrap()
            .version;
        self.pricing
            .change_offer(&self.scope, &offer, &patch, version)
            .await
            .unwrap();
        self.pricing
            .set_mode(&self.scope, &self.shop, ShopMode::On)
            .await
            .unwrap();
        offer
    }

    /// Makes everything due and checks it once.
    pub async fn check(&self) -> sauda_pricing::engine::CheckReport {
        self.pricing.check_shop_now(&self.shop).await.unwrap();
        let report = self.checker.turn().await.unwrap();
        self.clock.push(Span::from_secs(10));
        report
    }

    /// Sends and looks at what is due.
    pub async fn push(&self) -> sauda_pricing::engine::PushReport {
        let report = self.pusher.turn(&CancellationToken::new()).await.unwrap();
        self.clock.push(Span::from_secs(10));
        report
    }

    /// The board's row of an offer.
    pub async fn row(&self, offer: &OfferId) -> sauda_pricing::board::BoardRow {
        self.pricing
            .places(&self.scope, offer)
            .await
            .unwrap()
            .into_iter()
            .next()
            .unwrap()
    }

    /// States of the offer's changes, newest first.
    pub async fn states(&self, offer: &OfferId) -> Vec<&'static str> {
        let view = self
            .pricing
            .offer_view(&self.scope, offer, CITY, Timestamp::default())
            .await
            .unwrap();
        view.changes.iter().map(|change| change.state.word()).collect()
    }

    /// Words of the open notices.
    pub async fn told(&self) -> Vec<String> {
        let notices = self.catalog.notices(&self.scope, None, 100).await.unwrap();
        notices.into_iter().map(|notice| notice.word).collect()
    }

    /// Prices that were asked for, in order.
    pub fn asked(&self) -> Vec<i64> {
        self.market
            .shelf()
            .asked
            .iter()
            .map(|change| change.city_prices[CITY].get())
            .collect()
    }
}

/// A view of the board in the only city.
pub fn filter(view: BoardView) -> BoardFilter {
    BoardFilter {
        city_id: CITY.to_owned(),
        view,
        limit: 100,
        ..BoardFilter::default()
    }
}

/// So many offers `S0000`, `S0001`, … at 10 000 ₸ and 100 ₸ more each.
pub fn shelf_of(offers: i64) -> Vec<OwnOffer> {
    (0..offers)
        .map(|number| {
            own_offer(
                &format!("S{number:04}"),
                &format!("3000{number:04}"),
                10_000 + number * 100,
            )
        })
        .collect()
}

/// A shop with a hundred of them.
pub async fn hundred(test: TestDb) -> World {
    World::new(test, shelf_of(100), &[]).await
}
