//! A shop with offers on a test database and the door of its price list, with a pushed clock and prices decided by the test.

use async_trait::async_trait;
use sauda_accounts::{Accounts, AccountsSettings, Scope};
use sauda_catalog::{
    Catalog, CatalogError, FeedAnswer, FeedWay, Feeds, Fetcher, Notice, WishedPrice, WishedPrices,
};
use sauda_cluster::Cluster;
use sauda_jobs::Jobs;
use sauda_kernel::{Clock, CountedIds, Id, Ids, OfferId, ProductId, PushedClock, ShopId, Span, Tenge};
use sauda_market_kaspi::{KaspiMarket, KaspiSettings};
use sauda_store::{Db, Tx, Vault, sql};
use sauda_testkit::{TestDb, frozen_clock};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

/// Prices of a test, and what it was told of them.
#[derive(Default)]
pub struct Wishes {
    pub wished: Mutex<Vec<WishedPrice>>,
    pub told: Mutex<Vec<String>>,
    pub floors: Mutex<HashMap<ProductId, Tenge>>,
}

#[async_trait]
impl WishedPrices for Wishes {
    async fn wished(
        &self,
        _scope: &Scope,
        _shop: &ShopId,
        _way: FeedWay,
        offers: &[OfferId],
    ) -> Result<Vec<WishedPrice>, CatalogError> {
        let all = self.wished.lock().unwrap().clone();
        Ok(all
            .into_iter()
            .filter(|one| offers.contains(&one.offer))
            .collect())
    }
    async fn floors(
        &self,
        _scope: &Scope,
        _shop: &ShopId,
        products: &[ProductId],
    ) -> Result<Vec<Option<Tenge>>, CatalogError> {
        let floors = self.floors.lock().unwrap();
        Ok(products
            .iter()
            .map(|product| floors.get(product).copied())
            .collect())
    }
    async fn leaving(&self, _tx: &mut Tx, marks: &[String]) -> Result<(), CatalogError> {
        self.told
            .lock()
            .unwrap()
            .push(format!("leaving {}", marks.join(" ")));
        Ok(())
    }
    async fn arrived(&self, _tx: &mut Tx, marks: &[String]) -> Result<(), CatalogError> {
        self.told
            .lock()
            .unwrap()
            .push(format!("arrived {}", marks.join(" ")));
        Ok(())
    }
}

pub struct Stall {
    _test: TestDb,
    pub db: Db,
    pub clock: PushedClock,
    ids: Arc<dyn Ids>,
    pub catalog: Catalog,
    pub feeds: Feeds,
    pub wishes: Arc<Wishes>,
    pub scope: Scope,
    pub shop: ShopId,
}

/// What came of a fetch.
#[derive(Debug, PartialEq, Eq)]
pub enum Fetched {
    Unknown,
    Unchanged,
    Held(&'static str),
    List(String),
}

impl Stall {
    /// A shop of two points in Almaty and one in Astana, without access to a cabinet.
    pub async fn open(test: TestDb) -> Self {
        sauda_testkit::install_crypto();
        let pushed = frozen_clock();
        let clock: Arc<dyn Clock> = Arc::new(pushed.clone());
        let ids: Arc<dyn Ids> = Arc::new(CountedIds::default());
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
        let market = Arc::new(KaspiMarket::new(KaspiSettings::default()).unwrap());
        let catalog = Catalog::new(
            db.clone(),
            cluster,
            jobs,
            market,
            vault,
            clock.clone(),
            ids.clone(),
        );
        let wishes = Arc::new(Wishes::default());
        let feeds = Feeds::new(catalog.clone(), accounts, wishes.clone());
        let scope = Scope::system(Id::new(&*clock, &*ids), "test");
        let shop: ShopId = Id::new(&*clock, &*ids);
        let stall = Self {
            _test: test,
            db,
            clock: pushed,
            ids,
            catalog,
            feeds,
            wishes,
            scope,
            shop,
        };
        stall.furnish().await;
        stall
    }

    async fn furnish(&self) {
        sql!(
            "INSERT INTO shops (id, merchant_id, marketplace, uid, slug, name, egress, created_at) VALUES ($1, $2, 'kaspi', '30067228', 'aru', 'Aru & Co', 'direct', 0)"
        )
        .bind(&self.shop)
        .bind(self.scope.merchant())
        .run(&self.db)
        .await
        .unwrap();
        for (code, city) in [("PP1", "750000000"), ("PP2", "750000000"), ("PP3", "710000000")] {
            sql!(
                "INSERT INTO points (shop_id, id, code, name, enabled, city_id, seen_at) VALUES ($1, $2, $3, $3, $4, $5, 0)"
            )
            .bind(&self.shop)
            .bind(format!("30067228_{code}"))
            .bind(code)
            .bind(true)
            .bind(city)
            .run(&self.db)
            .await
            .unwrap();
        }
    }

    /// An offer on sale at PP1 and PP3.
    pub async fn offer(&self, sku: &str, price: i64) -> OfferId {
        let offer: OfferId = Id::new(&self.clock, &*self.ids);
        let places = r#"[{"point_id":"30067228_PP1","available":true,"stock":3,"preorder_days":null,"stock_enabled":true},
            {"point_id":"30067228_PP3","available":false,"stock":0,"preorder_days":null,"stock_enabled":true}]"#;
        sql!(
            "INSERT INTO offers (id, merchant_id, shop_id, sku, title, brand, fold, on_sale, price, errors, availabilities, created_at, seen_at) \
             VALUES ($1, $2, $3, $4, $5, 'Aru', $5, $6, $7, '', $8, 0, 0)"
        )
        .bind(&offer)
        .bind(self.scope.merchant())
        .bind(&self.shop)
        .bind(sku)
        .bind(format!("шапка {}", sku.to_lowercase()))
        .bind(true)
        .bind(price)
        .bind(places)
        .run(&self.db)
        .await
        .unwrap();
        offer
    }

    pub async fn set_price(&self, offer: &OfferId, price: i64) {
        sql!("UPDATE offers SET price = $2 WHERE id = $1")
            .bind(offer)
            .bind(price)
            .run(&self.db)
            .await
            .unwrap();
    }

    pub fn now(&self) -> sauda_kernel::Timestamp {
        self.clock.now()
    }

    /// A login that opens the shop's cabinet.
    pub async fn give_access(&self) {
        let access: sauda_kernel::AccessId = Id::new(&self.clock, &*self.ids);
        sql!(
            "INSERT INTO accesses (id, merchant_id, marketplace, login_kind, login_fold, login_masked, login_sealed, state, state_since, created_at) \
             VALUES ($1, $2, 'kaspi', 'phone', 'x', 'x', 'x', 'connected', 0, 0)"
        )
        .bind(&access)
        .bind(self.scope.merchant())
        .run(&self.db)
        .await
        .unwrap();
        sql!("UPDATE shops SET access_id = $2 WHERE id = $1")
            .bind(&self.shop)
            .bind(&access)
            .run(&self.db)
            .await
            .unwrap();
    }

    /// The shop was read whole just now.
    pub async fn read_whole(&self) {
        sql!("UPDATE shops SET synced_at = $2 WHERE id = $1")
            .bind(&self.shop)
            .bind(self.now())
            .run(&self.db)
            .await
            .unwrap();
    }

    /// The word of a new address.
    pub async fn address(&self) -> String {
        self.feeds.rotate(&self.scope, &self.shop).await.unwrap();
        self.feeds.word(&self.scope, &self.shop).await.unwrap().unwrap()
    }

    pub async fn fetch(&self, word: &str) -> Fetched {
        self.fetch_as(word, &Fetcher::default()).await
    }

    pub async fn fetch_as(&self, word: &str, fetcher: &Fetcher) -> Fetched {
        self.clock.push(Span::from_secs(60));
        match self.feeds.fetch(word, fetcher).await.unwrap() {
            FeedAnswer::Unknown => Fetched::Unknown,
            FeedAnswer::Unchanged { .. } => Fetched::Unchanged,
            FeedAnswer::Held(held) => Fetched::Held(held.word()),
            FeedAnswer::List(mut list) => {
                let mut bytes = Vec::new();
                while let Some(piece) = list.next().await.unwrap() {
                    bytes.extend(piece);
                }
                assert_eq!(u64::try_from(bytes.len()).unwrap(), list.bytes);
                Fetched::List(String::from_utf8(bytes).unwrap())
            }
        }
    }

    pub async fn notices(&self) -> Vec<Notice> {
        self.catalog.notices(&self.scope, None, 100).await.unwrap()
    }
}
