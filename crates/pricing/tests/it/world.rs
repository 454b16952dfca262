//! A shop with offers and rivals on a marketplace in memory. Keeps no rule of pricing.

use sauda_accounts::{Accounts, AccountsSettings, Scope};
use sauda_catalog::{Catalog, LoginKind, Products, SyncJob};
use sauda_cluster::{Cluster, Limit, RedisSettings, RedisTime};
use sauda_economics::money::Money;
use sauda_jobs::{Jobs, Worker, WorkerSettings};
use sauda_kernel::{Clock, Id, Ids, MerchantId, OfferId, PushedClock, ShopId, Span, Tenge, Timestamp};
use sauda_market::*;
use sauda_pricing::{
    Pricing,
    board::{BoardFilter, BoardView},
    engine::{Checker, CheckerSettings, PUSH_LIMIT, PlacesJob, Pusher, RestateJob},
    service::{BulkJob, OfferPatch, ShopMode},
};
use sauda_stock::Stock;
use sauda_store::{Db, Vault};
use sauda_testkit::TestDb;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

pub use crate::shelf::*;

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
    pub accounts: Accounts,
    pub catalog: Catalog,
    pub products: Products,
    pub stock: Stock,
    pub money: Money,
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
        Box::pin(Self::open(ground.into(), market, clock, None)).await
    }

    /// The same database and marketplace with everything in memory new: as after a crash.
    pub async fn restarted(self) -> Self {
        let (merchant, shop) = (self.scope.merchant().clone(), self.shop.clone());
        let again = Self::open(self.ground, self.market, self.clock, Some((merchant, shop)));
        Box::pin(again).await
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
        let products = Products::new(
            db.clone(),
            accounts.clone(),
            jobs.clone(),
            shared.clone(),
            ids.clone(),
        );
        let stock = Stock::new(
            db.clone(),
            accounts.clone(),
            catalog.clone(),
            products.clone(),
            jobs.clone(),
            shared.clone(),
            ids.clone(),
        );
        let money = Money::new(db.clone(), accounts.clone(), shared.clone(), ids.clone());
        let pricing = Pricing::new(
            db.clone(),
            cluster.clone(),
            accounts.clone(),
            catalog.clone(),
            jobs.clone(),
            shared.clone(),
            ids.clone(),
        )
        .with_stock(stock.clone());
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
            accounts,
            catalog,
            products,
            stock,
            money,
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

/// A shop with a hundred of them.
pub async fn hundred(test: TestDb) -> World {
    World::new(test, shelf_of(100), &[]).await
}
