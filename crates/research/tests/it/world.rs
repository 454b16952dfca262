//! The market read from the pretend Kaspi over its wire: the rooms that reading needs, the clock of the world, several processes.

use sauda_accounts::{Accounts, AccountsSettings, Scope};
use sauda_catalog::{Catalog, LoginKind};
use sauda_cluster::{Cluster, Limit};
use sauda_jobs::{Jobs, Worker, WorkerSettings};
use sauda_kernel::{Clock, Id, Ids, Span, Timestamp};
use sauda_market_kaspi::{KaspiMarket, KaspiSettings};
use sauda_research::{
    Research, SourceView,
    engine::{CollectJob, KeepJob, ReviewsJob},
    model::NewSource,
};
use sauda_sim::{Options, Running, Sim};
use sauda_store::Vault;
use sauda_testkit::TestDb;
use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

const PHONE: &str = "+7 700 100 00 01";
const CODE_TO: &str = "+7 (700) 100-00-01";

/// The world's clock as ours.
struct WorldTime(Arc<Sim>);

impl Clock for WorldTime {
    fn now(&self) -> Timestamp {
        self.0.now()
    }
}

pub struct World {
    _test: TestDb,
    pub running: Running,
    pub research: Research,
    pub scope: Scope,
    jobs: Jobs,
}

impl World {
    /// A world of few families of goods, with one connected shop whose offers are known here.
    pub async fn open(test: TestDb) -> Self {
        let options = Options {
            cards: 600,
            offers: 40,
            shops: 1,
            ..Options::for_tests()
        };
        let running = sauda_sim::start(options).await.unwrap();
        let settings = KaspiSettings {
            total_timeout_secs: 2,
            ..KaspiSettings::all_at(&running.base_url())
        };
        let kaspi = Arc::new(KaspiMarket::new(settings).unwrap());
        let clock: Arc<dyn Clock> = Arc::new(WorldTime(Arc::clone(running.sim())));
        let ids: Arc<dyn Ids> = Arc::new(sauda_kernel::SystemIds);
        let db = test.db().clone();
        let cluster = Cluster::memory(clock.clone());
        let vault = || Vault::from_base64("BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=").unwrap();
        let jobs = Jobs::new(db.clone(), cluster.clone(), clock.clone(), ids.clone());
        let accounts = Accounts::new(
            db.clone(),
            cluster.clone(),
            vault(),
            clock.clone(),
            ids.clone(),
            AccountsSettings::default(),
        )
        .unwrap();
        let catalog = Catalog::new(
            db.clone(),
            cluster.clone(),
            jobs.clone(),
            kaspi,
            vault(),
            clock.clone(),
            ids.clone(),
        );
        let limit = Limit::per(5, Span::from_secs(1));
        let research = Research::new(
            db.clone(),
            cluster,
            accounts,
            catalog.clone(),
            jobs.clone(),
            clock.clone(),
            limit,
        );
        let scope = Scope::system(Id::new(&*clock, &*ids), "test");
        let asked = catalog
            .connect(&scope, LoginKind::Phone, PHONE, None)
            .await
            .unwrap();
        let code = running.sim().last_code(CODE_TO).unwrap();
        catalog.enter_code(&scope, &asked.access.id, &code).await.unwrap();
        Self {
            _test: test,
            running,
            research,
            scope,
            jobs,
        }
    }

    pub fn sim(&self) -> &Arc<Sim> {
        self.running.sim()
    }

    /// A process that works on the market, with leases short enough to be taken over within a test.
    pub fn process(&self) -> Worker {
        let settings = WorkerSettings {
            lease: Span::from_secs(6),
            grace: Duration::from_secs(2),
            ..WorkerSettings::default()
        };
        Worker::new(
            self.jobs.clone(),
            vec![
                Arc::new(CollectJob(self.research.clone())),
                Arc::new(ReviewsJob(self.research.clone())),
                Arc::new(KeepJob(self.research.clone())),
            ],
            settings,
        )
    }

    /// Works until the newest reading of a source is over, moving the world on over spent budgets.
    pub async fn work(&self) {
        let worker = self.process();
        for _ in 0..90 {
            worker.run_until_idle().await.unwrap();
            self.sim().step(Span::from_millis(1_100));
        }
    }

    /// The category that most cards of the shop are in, by its storefront code, with how many cards it has in all.
    pub fn category(&self) -> (String, usize) {
        let world = &self.sim().world;
        let mut counts = std::collections::BTreeMap::new();
        for slot in &world.cards {
            *counts.entry(slot.info.family).or_insert(0_usize) += 1;
        }
        let (family, count) = counts.into_iter().max_by_key(|(_, count)| *count).unwrap();
        (world.families[usize::from(family)].front.clone(), count)
    }

    /// Three pages of it, sellers on the first four cards.
    pub fn wish(&self) -> NewSource {
        NewSource {
            pages: 3,
            most: 36,
            sellers_of: 4,
            ..NewSource::category(self.category().0)
        }
    }

    pub async fn look(&self, id: &str) -> SourceView {
        self.research.look(&self.scope, id).await.unwrap()
    }

    /// Sellers that the world has on these cards in the main city, a seller of two cards twice.
    pub fn ladders(&self, cards: &[&str]) -> usize {
        let world = &self.sim().world;
        let city = world.cities.find("750000000").unwrap();
        cards
            .iter()
            .map(|card| {
                let (_, slot) = world.card(card).unwrap();
                slot.state.read().unwrap().ladder(city, &world.sellers).len()
            })
            .sum()
    }

    pub fn stranger(&self) -> Scope {
        Scope::system(
            Id::new(&WorldTime(Arc::clone(self.sim())), &sauda_kernel::SystemIds),
            "stranger",
        )
    }

    /// Reads of the storefront since the world began, and how many of them broke its limit.
    pub fn reads(&self) -> (u64, u64) {
        let counters = &self.sim().counters;
        (
            counters.storefront_reads.load(Ordering::Relaxed),
            counters.read_violations.load(Ordering::Relaxed),
        )
    }
}
