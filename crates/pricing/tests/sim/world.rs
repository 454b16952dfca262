//! A merchant whose shops live in the pretend Kaspi: signed in by phone and SMS code, read, kept by the bot. Keeps no rule of pricing.

use crate::line::{Line, WorldTime};
use sauda_accounts::{Accounts, AccountsSettings, Scope};
use sauda_catalog::{AccessState, Catalog, LoginKind, SyncJob};
use sauda_cluster::{Cluster, Limit};
use sauda_jobs::{Jobs, Worker, WorkerSettings};
use sauda_kernel::{AccessId, Clock, Id, Ids, OfferId, ShopId, Span, Tenge, Timestamp};
use sauda_market_kaspi::{KaspiMarket, KaspiSettings};
use sauda_pricing::{
    Change, ChangeState, Pricing,
    engine::{CheckReport, Checker, CheckerSettings, PUSH_LIMIT, PlacesJob, PushReport, Pusher, RestateJob},
    service::{OfferPatch, ShopMode},
};
use sauda_sim::{Options, RivalChange, Running, Sim};
use sauda_store::Vault;
use sauda_testkit::TestDb;
use std::{collections::BTreeMap, sync::Arc};
use tokio_util::sync::CancellationToken;

pub const PHONE: &str = "+7 700 100 00 01";
/// As the pretend Kaspi writes it.
pub const CODE_TO: &str = "+7 (700) 100-00-01";
pub const SHOP: &str = "30000001";
pub const SISTER: &str = "30000002";
pub const CITY: &str = "750000000";

/// One own offer on sale, kept by the bot.
#[derive(Debug, Clone)]
pub struct Kept {
    pub id: OfferId,
    pub uid: String,
    pub sku: String,
    pub card: String,
    /// Price in `CITY` when the bot began.
    pub began: i64,
    pub min: i64,
    /// A rival that moves only when a test moves it.
    pub rival: String,
}

/// A small frozen world with one shop; rivals come when a test adds them.
pub fn small(offers: u32) -> Options {
    Options {
        cards: offers + 6,
        sellers: 30,
        shops: 1,
        offers,
        rivals_per_card: Some(0),
        ..Options::for_tests()
    }
}

pub struct World {
    pub sim: Running,
    pub line: Arc<Line>,
    /// Lives as long as the world.
    _test: TestDb,
    pub catalog: Catalog,
    pub pricing: Pricing,
    pub scope: Scope,
    pub access: AccessId,
    pub shops: Vec<ShopId>,
    pub checker: Checker,
    pub pusher: Pusher,
    worker: Worker,
}

impl World {
    /// Opens a world, signs in with phone and code, reads the shops.
    pub async fn open(test: TestDb, options: Options) -> Self {
        Box::pin(Self::open_with(test, options, |settings| settings)).await
    }

    pub async fn open_with(
        test: TestDb,
        options: Options,
        checks: impl FnOnce(CheckerSettings) -> CheckerSettings,
    ) -> Self {
        let sim = sauda_sim::start(options).await.unwrap();
        let settings = KaspiSettings {
            total_timeout_secs: 2,
            ..KaspiSettings::all_at(&sim.base_url())
        };
        let line = Arc::new(Line::new(
            KaspiMarket::new(settings).unwrap(),
            Arc::clone(sim.sim()),
        ));
        let clock: Arc<dyn Clock> = Arc::new(WorldTime(Arc::clone(sim.sim())));
        let ids: Arc<dyn Ids> = Arc::new(sauda_kernel::SystemIds);
        let db = test.db().clone();
        let cluster = Cluster::memory(clock.clone());
        let vault = Vault::from_base64("BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=").unwrap();
        let jobs = Jobs::new(db.clone(), cluster.clone(), clock.clone(), ids.clone());
        let accounts = Accounts::new(
            db.clone(),
            cluster.clone(),
            vault.clone(),
            clock.clone(),
            ids.clone(),
            AccountsSettings::default(),
        )
        .unwrap();
        let catalog = Catalog::new(
            db.clone(),
            cluster.clone(),
            jobs.clone(),
            line.clone(),
            vault,
            clock.clone(),
            ids.clone(),
        );
        let pricing = Pricing::new(
            db,
            cluster,
            accounts,
            catalog.clone(),
            jobs.clone(),
            clock.clone(),
            ids.clone(),
        );
        let handlers: Vec<Arc<dyn sauda_jobs::Handler>> = vec![
            Arc::new(SyncJob(catalog.clone())),
            Arc::new(PlacesJob(pricing.clone())),
            Arc::new(RestateJob(pricing.clone())),
        ];
        let worker = Worker::new(jobs, handlers, WorkerSettings::default());
        let scope = Scope::system(Id::new(&*clock, &*ids), "test");
        let asked = catalog
            .connect(&scope, LoginKind::Phone, PHONE, None)
            .await
            .unwrap();
        assert!(asked.shops.is_empty(), "no shop before the code");
        assert!(asked.access.code_sent_to().is_some());
        let access = asked.access.id;
        let code = sim.sim().last_code(CODE_TO).unwrap();
        let connected = catalog.enter_code(&scope, &access, &code).await.unwrap();
        assert_eq!(connected.access.state, AccessState::Connected);
        // The clock stands between pushes: reads are counted, not kept apart.
        let settings = CheckerSettings {
            limit: Limit::per(8, Span::from_secs(1)),
            ..CheckerSettings::new("test")
        };
        let checker = Checker::new(pricing.clone(), checks(settings));
        let pusher = Pusher::new(pricing.clone(), "test", PUSH_LIMIT);
        let world = Self {
            sim,
            line,
            _test: test,
            catalog,
            pricing,
            scope,
            access,
            shops: connected.shops,
            checker,
            pusher,
            worker,
        };
        world.idle().await;
        world
    }

    pub fn sim(&self) -> &Arc<Sim> {
        self.sim.sim()
    }

    pub fn now(&self) -> Timestamp {
        self.sim().now()
    }

    pub fn step(&self, by: Span) {
        self.sim().step(by);
    }

    /// Runs jobs until none is due.
    pub async fn idle(&self) {
        self.worker.run_until_idle().await.unwrap();
    }

    /// Reads every shop anew.
    pub async fn sync(&self) {
        for shop in &self.shops {
            self.catalog.request_sync(&self.scope, shop).await.unwrap();
        }
        self.idle().await;
    }

    /// Own offers of a shop that buyers of `CITY` see, with limits of half and double their price and a rival of their own that stands
    /// 100 under them.
    pub async fn keep_all(&self, uid: &str) -> Vec<Kept> {
        let mut kept = self.offers(uid).await;
        for one in &mut kept {
            one.rival = self.rival(&one.card, one.began - 100);
            self.limit(one, one.began / 2, one.began * 2).await;
        }
        kept
    }

    /// Own offers of a shop that buyers of `CITY` see, without limits and rivals.
    pub async fn offers(&self, uid: &str) -> Vec<Kept> {
        let shop = self.shop_id(uid).await;
        let ids = self.catalog.offer_ids_by_sku(&self.scope, &shop).await.unwrap();
        let mut found = Vec::new();
        for (sku, card, on_sale) in self.sim().skus(uid) {
            let Some((price, _)) = self.sim().visible(uid, &sku, CITY).filter(|_| on_sale) else {
                continue;
            };
            found.push(Kept {
                id: ids[&sku].clone(),
                uid: uid.to_owned(),
                sku,
                card,
                began: i64::from(price),
                min: 0,
                rival: String::new(),
            });
        }
        found
    }

    pub async fn shop_id(&self, uid: &str) -> ShopId {
        let shops = self.catalog.shops(&self.scope).await.unwrap();
        shops.into_iter().find(|shop| shop.uid == uid).unwrap().id
    }

    /// A new rival on a card who stands still at this price.
    pub fn rival(&self, card: &str, price: i64) -> String {
        let change = RivalChange {
            price: Some(u32::try_from(price).unwrap()),
            frozen: Some(true),
            ..RivalChange::default()
        };
        self.sim().add_rival(card, None, &change).unwrap()
    }

    pub fn move_rival(&self, offer: &Kept, price: i64) {
        self.sim()
            .move_rival(&offer.card, &offer.rival, None, u32::try_from(price).unwrap())
            .unwrap();
    }

    pub async fn limit(&self, offer: &mut Kept, min: i64, max: i64) {
        let patch = OfferPatch {
            min: Some(Some(Tenge(min))),
            max: Some(Some(Tenge(max))),
            step: Some(Some(Tenge(1))),
            ..OfferPatch::default()
        };
        let version = self
            .pricing
            .offer_rule(&self.scope, &offer.id)
            .await
            .unwrap()
            .version;
        self.pricing
            .change_offer(&self.scope, &offer.id, &patch, version)
            .await
            .unwrap();
        offer.min = min;
    }

    pub async fn switch(&self, mode: ShopMode) {
        for shop in &self.shops {
            self.pricing.set_mode(&self.scope, shop, mode).await.unwrap();
        }
    }

    /// Makes everything due and checks until nothing more is.
    pub async fn check(&self) -> CheckReport {
        for shop in &self.shops {
            self.pricing.check_shop_now(shop).await.unwrap();
        }
        let mut sum = CheckReport::default();
        for _ in 0..100 {
            let report = self.checker.turn().await.unwrap();
            if report.taken == 0 {
                return sum;
            }
            sum.taken += report.taken;
            sum.read += report.read;
            sum.failed += report.failed;
            sum.places += report.places;
            sum.wishes += report.wishes;
            self.step(Span::from_secs(1));
        }
        panic!("checks never end: {sum:?}");
    }

    pub async fn turn(&self) -> PushReport {
        self.pusher.turn(&CancellationToken::new()).await.unwrap()
    }

    /// Wishes that wait, and changes on their way, of all shops.
    pub async fn open_changes(&self) -> (i64, i64) {
        let mut sum = (0, 0);
        for shop in &self.shops {
            let pulse = self.pricing.pulse(&self.scope, shop).await.unwrap();
            sum = (sum.0 + pulse.waiting, sum.1 + pulse.flying);
        }
        sum
    }

    /// Sends and reads back until nothing is open; at most so much world time.
    pub async fn drain(&self, limit: Span) {
        let end = self.now().plus(limit);
        while self.open_changes().await != (0, 0) {
            assert!(
                self.now() < end,
                "open after {limit:?}: {:?}",
                self.open_changes().await
            );
            self.turn().await;
            self.step(Span::from_secs(7));
        }
    }

    /// Checks, sends, reads back, and checks once more, so that what was sent is seen on the storefront.
    pub async fn round(&self) {
        self.check().await;
        self.drain(Span::from_mins(30)).await;
        self.check().await;
    }

    /// Changes of an offer, newest first.
    pub async fn changes(&self, offer: &Kept) -> Vec<Change> {
        self.pricing
            .offer_view(&self.scope, &offer.id, CITY, Timestamp::default())
            .await
            .unwrap()
            .changes
    }

    /// States of the offer's changes in `CITY`, newest first.
    pub async fn states(&self, offer: &Kept) -> Vec<ChangeState> {
        self.changes(offer)
            .await
            .iter()
            .filter(|change| change.city_id == CITY)
            .map(|change| change.state)
            .collect()
    }

    /// Price and place that buyers of `CITY` see.
    pub fn seen(&self, offer: &Kept) -> (i64, u32) {
        let (price, place) = self.sim().visible(&offer.uid, &offer.sku, CITY).unwrap();
        (i64::from(price), place)
    }

    /// Words of the open notices.
    pub async fn told(&self) -> Vec<String> {
        self.catalog
            .notices(&self.scope, None, 100)
            .await
            .unwrap()
            .into_iter()
            .map(|notice| notice.word)
            .collect()
    }

    /// Price changes that were tried, by sku.
    pub fn tried(&self) -> BTreeMap<String, usize> {
        let mut tried = BTreeMap::new();
        for change in self.line.changes.lock().unwrap().iter() {
            *tried.entry(change.sku.clone()).or_insert(0) += 1;
        }
        tried
    }

    /// What must hold after any day: nothing under a floor, nothing repeated, no limit crossed.
    pub fn assert_honest(&self, offers: &[Kept]) {
        for offer in offers {
            if let Some(lowest) = self.sim().lowest_accepted(&offer.uid, &offer.sku) {
                assert!(
                    i64::from(lowest) >= offer.min,
                    "{}: {lowest} is under the floor {}",
                    offer.sku,
                    offer.min
                );
            }
        }
        for (at, uid) in [SHOP, SISTER].into_iter().enumerate().take(self.shops.len()) {
            assert_eq!(self.sim().repeats(uid), 0, "a change of {uid} was sent twice");
            let sums = self.sim().change_limit.sums(u16::try_from(at).unwrap());
            assert_eq!(sums.violations, 0, "{uid}: {sums:?}");
            assert!(
                sums.peak_second <= 2 && sums.peak_window <= 250,
                "{uid}: {sums:?}"
            );
        }
        assert_eq!(
            self.sim()
                .counters
                .read_violations
                .load(std::sync::atomic::Ordering::Relaxed),
            0
        );
    }
}
