//! A merchant with a shop, products, orders that ended and a stock on a test database, with a pushed clock.

use sauda_accounts::{Accounts, AccountsSettings, Scope};
use sauda_catalog::{Catalog, Products};
use sauda_cluster::Cluster;
use sauda_economics::money::Money as MoneyRoom;
use sauda_jobs::Jobs;
use sauda_kernel::{Clock, CountedIds, Id, IdKind, Ids, OrderId, ProductId, PushedClock, ShopId, Timestamp};
use sauda_orders::Orders;
use sauda_pricing::Pricing;
use sauda_reports::Reports;
use sauda_stock::{OrderGoods, OrderStock, OrderWish, Stock};
use sauda_store::{Db, Vault, sql};
use sauda_testkit::{OrderShelf, TestDb, frozen_clock};
use std::sync::Arc;

pub struct Desk {
    _test: TestDb,
    pub db: Db,
    pub clock: PushedClock,
    ids: Arc<dyn Ids>,
    pub money: MoneyRoom,
    pub stock: Stock,
    pub reports: Reports,
    pub scope: Scope,
}

impl Desk {
    pub fn open(test: TestDb) -> Self {
        sauda_testkit::install_crypto();
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
            vault.clone(),
            clock.clone(),
            ids.clone(),
            settings,
        )
        .unwrap();
        let kaspi = sauda_market_kaspi::KaspiMarket::new(sauda_market_kaspi::KaspiSettings::default());
        let catalog = Catalog::new(
            db.clone(),
            cluster.clone(),
            jobs.clone(),
            Arc::new(kaspi.unwrap()),
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
        let stock = Stock::new(
            db.clone(),
            accounts.clone(),
            catalog.clone(),
            products,
            jobs.clone(),
            clock.clone(),
            ids.clone(),
        );
        let pricing = Pricing::new(
            db.clone(),
            cluster.clone(),
            accounts.clone(),
            catalog.clone(),
            jobs,
            clock.clone(),
            ids.clone(),
        );
        let orders = Orders::new(
            db.clone(),
            cluster,
            accounts.clone(),
            catalog.clone(),
            Arc::new(OrderShelf::new(pushed.clone())),
            clock.clone(),
            ids.clone(),
        );
        let money = MoneyRoom::new(db.clone(), accounts, clock.clone(), ids.clone());
        Self {
            _test: test,
            db,
            clock: pushed,
            reports: Reports::new(catalog, pricing, orders, money.clone(), stock.clone()),
            scope: Scope::system(Id::new(&*clock, &*ids), "test"),
            ids,
            money,
            stock,
        }
    }

    pub fn id<K: IdKind>(&self) -> Id<K> {
        Id::new(&self.clock, &*self.ids)
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub async fn shop(&self, scope: &Scope, slug: &str) -> ShopId {
        let shop: ShopId = self.id();
        sql!(
            "INSERT INTO shops (id, merchant_id, marketplace, uid, slug, name, egress, created_at) VALUES ($1, $2, 'kaspi', $3, $3, $3, 'direct', 0)"
        )
        .bind(&shop)
        .bind(scope.merchant())
        .bind(slug)
        .run(&self.db)
        .await
        .unwrap();
        shop
    }

    /// A product whose cost is told in tenge, or not.
    pub async fn product(&self, sku: &str, cost: Option<i64>) -> ProductId {
        let id: ProductId = self.id();
        sql!(
            "INSERT INTO products (id, merchant_id, sku, title, cost, name_fold, fold, version, created_at, changed_at, changed_by) \
             VALUES ($1, $2, $3, $3, $4, $3, $3, 1, 0, 0, '')"
        )
        .bind(&id)
        .bind(self.scope.merchant())
        .bind(sku)
        .bind(cost.map(|tenge| tenge * 100))
        .run(&self.db)
        .await
        .unwrap();
        id
    }

    /// The catalogue says another cost from now on.
    pub async fn recost(&self, product: &ProductId, tenge: i64) {
        sql!("UPDATE products SET cost = $2 WHERE id = $1")
            .bind(product)
            .bind(tenge * 100)
            .run(&self.db)
            .await
            .unwrap();
    }

    /// An order of one line that ended now: `done` or `returned`.
    pub async fn sold(
        &self,
        (scope, shop): (&Scope, &ShopId),
        code: &str,
        stage: &str,
        (sku, quantity, tenge): (&str, i64, i64),
    ) -> OrderId {
        let order: OrderId = self.id();
        let line = (sku, quantity, tenge);
        crate::sales::sold(&self.db, (scope, shop), (&order, code, stage), line, self.now()).await;
        order
    }

    /// The pieces of an order leave the warehouse.
    pub async fn ships(&self, order: &OrderId, code: &str, product: &ProductId, quantity: i64) {
        let following = self.stock.following(&self.scope).await.unwrap();
        let told = OrderStock {
            order: order.clone(),
            code: code.to_owned(),
            created_at: self.now(),
            wish: OrderWish::Shipped,
            goods: vec![OrderGoods {
                line: 0,
                product: product.clone(),
                quantity,
                unit_price: None,
            }],
        };
        let mut tx = self.db.write().await.unwrap();
        self.stock
            .follow(&mut tx, &self.scope, &following, &told)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }
}
