//! The room of products on a test database, with a pushed clock.

use sauda_accounts::{Accounts, AccountsSettings, Scope};
use sauda_catalog::{ImportJob, Product, ProductFilter, ProductImport, ProductPage, Products};
use sauda_cluster::Cluster;
use sauda_jobs::{Jobs, Worker, WorkerSettings};
use sauda_kernel::{Clock, CountedIds, Id, Ids, MerchantId, OfferId, PushedClock, ShopId};
use sauda_store::{Db, Vault, sql};
use sauda_testkit::{TestDb, frozen_clock};
use std::sync::Arc;

pub struct Room {
    _test: TestDb,
    pub db: Db,
    pub clock: PushedClock,
    pub ids: Arc<dyn Ids>,
    pub products: Products,
    pub jobs: Jobs,
    pub scope: Scope,
}

impl Room {
    pub fn open(test: TestDb) -> Self {
        let pushed = frozen_clock();
        let clock: Arc<dyn Clock> = Arc::new(pushed.clone());
        let ids: Arc<dyn Ids> = Arc::new(CountedIds::default());
        let db = test.db().clone();
        let cluster = Cluster::memory(clock.clone());
        let vault = Vault::from_base64("BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=").unwrap();
        let jobs = Jobs::new(db.clone(), cluster.clone(), clock.clone(), ids.clone());
        let settings = AccountsSettings::default();
        let accounts = Accounts::new(
            db.clone(),
            cluster.clone(),
            vault,
            clock.clone(),
            ids.clone(),
            settings,
        )
        .unwrap();
        let products = Products::new(db.clone(), accounts, jobs.clone(), clock.clone(), ids.clone());
        let scope = Scope::system(Id::new(&*clock, &*ids), "test");
        Self {
            _test: test,
            db,
            clock: pushed,
            ids,
            products,
            jobs,
            scope,
        }
    }

    pub fn id<K: sauda_kernel::IdKind>(&self) -> Id<K> {
        Id::new(&self.clock, &*self.ids)
    }

    /// Another merchant of the same installation.
    pub fn stranger(&self) -> Scope {
        Scope::system(self.id::<sauda_kernel::kinds::Merchant>(), "test")
    }

    pub async fn import(&self, text: &str) -> ProductImport {
        let kept = self
            .products
            .keep_upload(
                &self.scope,
                "sheet.csv",
                text.as_bytes().to_vec(),
                None,
                Vec::new(),
            )
            .await
            .unwrap();
        self.products.apply_upload(&self.scope, &kept.id).await.unwrap()
    }

    /// Runs what is queued until nothing is left.
    pub async fn work(&self) {
        let worker = Worker::new(
            self.jobs.clone(),
            vec![Arc::new(ImportJob(self.products.clone()))],
            WorkerSettings::default(),
        );
        worker.run_until_idle().await.unwrap();
    }

    pub async fn all(&self, filter: &ProductFilter) -> Vec<Product> {
        let page = ProductPage {
            limit: 1_000,
            ..ProductPage::default()
        };
        self.products
            .list(&self.scope, filter, &page)
            .await
            .unwrap()
            .products
    }

    pub async fn one(&self, sku: &str) -> Product {
        let mut found = self.products.by_skus(&self.scope, &[sku]).await.unwrap();
        found.remove(sku).unwrap()
    }

    /// A shop with one offer of each article.
    pub async fn shop(&self, skus: &[&str]) -> (ShopId, Vec<OfferId>) {
        let shop: ShopId = self.id();
        let merchant: &MerchantId = self.scope.merchant();
        sql!(
            "INSERT INTO shops (id, merchant_id, marketplace, uid, slug, name, egress, created_at) VALUES ($1, $2, 'kaspi', $3, $3, 'Aru', 'direct', 0)"
        )
        .bind(&shop)
        .bind(merchant)
        .bind(shop.as_str())
        .run(&self.db)
        .await
        .unwrap();
        let mut offers = Vec::new();
        for sku in skus {
            let offer: OfferId = self.id();
            sql!(
                "INSERT INTO offers (id, merchant_id, shop_id, sku, title, fold, on_sale, price, errors, availabilities, created_at, seen_at) \
                 VALUES ($1, $2, $3, $4, $4, $4, $5, 100, '', '[]', 0, 0)"
            )
            .bind(&offer)
            .bind(merchant)
            .bind(&shop)
            .bind(*sku)
            .bind(true)
            .run(&self.db)
            .await
            .unwrap();
            offers.push(offer);
        }
        (shop, offers)
    }
}
