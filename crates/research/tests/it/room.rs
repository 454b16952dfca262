//! The room of the market on a test database, with a pushed clock and a storefront in memory.

use crate::shelf::Window;
use sauda_accounts::{Accounts, AccountsSettings, Scope};
use sauda_catalog::Catalog;
use sauda_cluster::{Cluster, Limit};
use sauda_jobs::{Jobs, Worker, WorkerSettings};
use sauda_kernel::{Clock, CountedIds, Id, Ids, PushedClock, ShopId, Span};
use sauda_research::{
    Research,
    engine::{CollectJob, KeepJob, ReviewsJob},
    interest::{AskInterest, TrendsJob},
};
use sauda_store::{Db, Vault, sql};
use sauda_testkit::{TestDb, frozen_clock};
use std::sync::Arc;

pub struct Room {
    _test: TestDb,
    pub db: Db,
    pub clock: PushedClock,
    pub window: Window,
    pub catalog: Catalog,
    pub research: Research,
    pub scope: Scope,
    pub jobs: Jobs,
    worker: Worker,
}

impl Room {
    pub fn open(test: TestDb) -> Self {
        Self::open_with(test, None)
    }

    /// The same with somebody outside who knows what is searched for.
    pub fn open_with(test: TestDb, outside: Option<Arc<dyn AskInterest>>) -> Self {
        let pushed = frozen_clock();
        let clock: Arc<dyn Clock> = Arc::new(pushed.clone());
        let ids: Arc<dyn Ids> = Arc::new(CountedIds::default());
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
        let window = Window::default();
        let catalog = Catalog::new(
            db.clone(),
            cluster.clone(),
            jobs.clone(),
            Arc::new(window.clone()),
            vault(),
            clock.clone(),
            ids.clone(),
        );
        let research = Research::new(
            db.clone(),
            cluster,
            accounts,
            catalog.clone(),
            jobs.clone(),
            clock.clone(),
            Limit::per(5, Span::from_secs(1)),
        );
        let research = match outside {
            Some(outside) => research.with_interest(outside),
            None => research,
        };
        let worker = Worker::new(
            jobs.clone(),
            vec![
                Arc::new(CollectJob(research.clone())),
                Arc::new(ReviewsJob(research.clone())),
                Arc::new(KeepJob(research.clone())),
                Arc::new(TrendsJob(research.clone())),
            ],
            WorkerSettings::default(),
        );
        Self {
            _test: test,
            db,
            clock: pushed,
            window,
            catalog,
            research,
            scope: Scope::system(Id::new(&*clock, &*ids), "test"),
            jobs,
            worker,
        }
    }

    /// Runs what is queued and due until nothing is left, pushing the clock over spent budgets.
    pub async fn work(&self) {
        for _ in 0..75 {
            self.worker.run_until_idle().await.unwrap();
            self.clock.push(Span::from_millis(1_100));
        }
    }

    /// A shop that stands on a card.
    pub async fn stands_on(&self, card: &str) {
        let shop: ShopId = Id::new(&self.clock, &sauda_kernel::SystemIds);
        sql!(
            "INSERT INTO shops (id, merchant_id, marketplace, uid, slug, name, egress, created_at) VALUES ($1, $2, 'kaspi', 'uid', 'uid', 'Aru', 'direct', 0)"
        )
        .bind(&shop)
        .bind(self.scope.merchant())
        .run(&self.db)
        .await
        .unwrap();
        let offer: sauda_kernel::OfferId = Id::new(&self.clock, &sauda_kernel::SystemIds);
        sql!(
            "INSERT INTO offers (id, merchant_id, shop_id, sku, card, title, fold, on_sale, price, errors, availabilities, created_at, seen_at) \
             VALUES ($1, $2, $3, 'A', $4, 'Пуховик', '', $5, 990, '', '[]', 0, 0)"
        )
        .bind(&offer)
        .bind(self.scope.merchant())
        .bind(&shop)
        .bind(card)
        .bind(true)
        .run(&self.db)
        .await
        .unwrap();
    }

    pub async fn notices(&self) -> Vec<String> {
        let open = self.catalog.notices(&self.scope, None, 50).await.unwrap();
        open.into_iter().map(|notice| notice.word).collect()
    }
}
