//! A merchant with products, a shop and a stock on a test database, with a pushed clock.

use sauda_accounts::{Accounts, AccountsSettings, Scope};
use sauda_catalog::{Catalog, Feeds, NoWishes, Products};
use sauda_cluster::Cluster;
use sauda_economics::money::Money;
use sauda_jobs::Jobs;
use sauda_kernel::{
    Clock, CountedIds, Id, Ids, OfferId, OrderId, ProductId, PushedClock, ShopId, SupplierId, Timestamp,
};
use sauda_stock::{
    MovementKind, NewMovement, OrderGoods, OrderStock, OrderWish, Settings, Stock, StockTeller, Supplier,
};
use sauda_store::{Db, Vault, sql};
use sauda_testkit::{TestDb, frozen_clock};
use std::sync::Arc;

pub struct Shed {
    _test: TestDb,
    pub db: Db,
    pub clock: PushedClock,
    pub ids: Arc<dyn Ids>,
    pub stock: Stock,
    pub money: Money,
    pub teller: StockTeller,
    pub catalog: Catalog,
    pub products: Products,
    accounts: Accounts,
    pub scope: Scope,
    pub jobs: Jobs,
}

impl Shed {
    pub fn open(test: TestDb) -> Self {
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
        let market = Arc::new(
            sauda_market_kaspi::KaspiMarket::new(sauda_market_kaspi::KaspiSettings::default()).unwrap(),
        );
        let catalog = Catalog::new(
            db.clone(),
            cluster,
            jobs.clone(),
            market,
            vault,
            clock.clone(),
            ids.clone(),
        );
        let products = Products::new(
            db.clone(),
            accounts.clone(),
            jobs.clone(),
            clock.clone(),
            ids.clone(),
        );
        let feeds = Feeds::new(catalog.clone(), accounts.clone(), Arc::new(NoWishes));
        let money = Money::new(db.clone(), accounts.clone(), clock.clone(), ids.clone());
        let stock = Stock::new(
            db.clone(),
            accounts.clone(),
            catalog.clone(),
            products.clone(),
            jobs.clone(),
            clock.clone(),
            ids.clone(),
        );
        let scope = Scope::system(Id::new(&*clock, &*ids), "test");
        Self {
            _test: test,
            db,
            clock: pushed,
            ids,
            teller: StockTeller::new(stock.clone(), feeds),
            stock,
            money,
            catalog,
            products,
            accounts,
            scope,
            jobs,
        }
    }

    /// The same stock as a process sees it that has just begun and remembers nothing.
    pub fn begun(&self) -> Stock {
        Stock::new(
            self.db.clone(),
            self.accounts.clone(),
            self.catalog.clone(),
            self.products.clone(),
            self.jobs.clone(),
            Arc::new(self.clock.clone()),
            self.ids.clone(),
        )
    }

    pub fn id<K: sauda_kernel::IdKind>(&self) -> Id<K> {
        Id::new(&self.clock, &*self.ids)
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Somebody goods are bought from, whose prices hold 12 % of the tax.
    pub async fn supplier(&self, name: &str) -> SupplierId {
        let wanted = Supplier {
            id: self.id(),
            name: name.to_owned(),
            phone: String::new(),
            lead_days: 9,
            lead_spread_tenths: 0,
            weekdays: 127,
            days_off: Vec::new(),
            email: " zakaz@bazar.kz ".to_owned(),
            vat_bp: 1_200,
            is_gone: false,
        };
        let saved = self
            .stock
            .save_supplier(&self.scope, None, &wanted)
            .await
            .unwrap();
        assert_eq!(saved.email, "zakaz@bazar.kz");
        saved.id
    }

    pub async fn product(&self, sku: &str) -> ProductId {
        let id: ProductId = self.id();
        sql!(
            "INSERT INTO products (id, merchant_id, sku, title, cost, price, name_fold, fold, version, created_at, changed_at, changed_by) \
             VALUES ($1, $2, $3, $3, 100000, 2500, $3, $3, 1, 0, 0, '')"
        )
        .bind(&id)
        .bind(self.scope.merchant())
        .bind(sku)
        .run(&self.db)
        .await
        .unwrap();
        id
    }

    /// A shop with a point PP1 that sells the product.
    pub async fn shop(&self, product: &ProductId) -> (ShopId, OfferId) {
        let (shop, offer): (ShopId, OfferId) = (self.id(), self.id());
        sql!(
            "INSERT INTO shops (id, merchant_id, marketplace, uid, slug, name, egress, created_at) VALUES ($1, $2, 'kaspi', '30067228', 'aru', 'Aru', 'direct', 0)"
        )
        .bind(&shop)
        .bind(self.scope.merchant())
        .run(&self.db)
        .await
        .unwrap();
        sql!("INSERT INTO points (shop_id, id, code, name, enabled, seen_at) VALUES ($1, '30067228_PP1', 'PP1', 'PP1', $2, 0)")
            .bind(&shop)
            .bind(true)
            .run(&self.db)
            .await
            .unwrap();
        sql!(
            "INSERT INTO offers (id, merchant_id, shop_id, sku, title, fold, on_sale, price, errors, availabilities, created_at, seen_at, product_id, product_link) \
             VALUES ($1, $2, $3, 'A', 'A', 'a', $4, 100, '', '[]', 0, 0, $5, 'sku')"
        )
        .bind(&offer)
        .bind(self.scope.merchant())
        .bind(&shop)
        .bind(true)
        .bind(product)
        .run(&self.db)
        .await
        .unwrap();
        (shop, offer)
    }

    pub async fn keep(&self, refuses_negative: bool) {
        let wanted = Settings {
            refuses_negative,
            sends_stock: true,
            ..Settings::default()
        };
        self.stock
            .save_settings(&self.scope, &wanted, true)
            .await
            .unwrap();
    }

    pub async fn moved(
        &self,
        product: &ProductId,
        kind: MovementKind,
        quantity: i64,
        key: &str,
    ) -> NewMovement {
        let warehouses = self.stock.warehouses(&self.scope).await.unwrap();
        NewMovement {
            product: product.clone(),
            warehouse: warehouses[0].id.clone(),
            kind,
            quantity,
            unit_cost: None,
            landed: None,
            reason: "проверка".to_owned(),
            document: String::new(),
            once_key: key.to_owned(),
        }
    }

    pub async fn receive(&self, product: &ProductId, quantity: i64, key: &str) {
        let new = self.moved(product, MovementKind::Receipt, quantity, key).await;
        self.stock.record(&self.scope, &new).await.unwrap();
    }

    /// On hand and reserved.
    pub async fn lies(&self, product: &ProductId) -> (i64, i64) {
        let balances = self.stock.balances_of(&self.scope, product).await.unwrap();
        balances
            .iter()
            .fold((0, 0), |sum, one| (sum.0 + one.on_hand, sum.1 + one.reserved))
    }

    pub async fn follow(&self, order: &OrderId, wish: OrderWish, product: &ProductId, quantity: i64) {
        self.follow_at(order, wish, product, quantity, self.now()).await;
    }

    pub async fn follow_at(
        &self,
        order: &OrderId,
        wish: OrderWish,
        product: &ProductId,
        quantity: i64,
        created_at: Timestamp,
    ) {
        let following = self.stock.following(&self.scope).await.unwrap();
        let mut tx = self.db.write().await.unwrap();
        let told = OrderStock {
            order: order.clone(),
            code: "501".to_owned(),
            created_at,
            wish,
            goods: vec![OrderGoods {
                line: 0,
                product: product.clone(),
                quantity,
                unit_price: None,
            }],
        };
        self.stock
            .follow(&mut tx, &self.scope, &following, &told)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    pub async fn back(&self, order: &OrderId, key: &str, is_back: bool) {
        let mut tx = self.db.write().await.unwrap();
        self.stock
            .bring_back(&mut tx, &self.scope, order, key, is_back)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }
}
