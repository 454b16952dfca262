//! A shop of the pretend Kaspi whose orders are worked on: the rooms that orders need, the clock of the world.

use crate::desk::{Desk, WorldTime};
use sauda_accounts::{Accounts, AccountsSettings, Scope};
use sauda_catalog::{Catalog, LoginKind, Products};
use sauda_cluster::Cluster;
use sauda_jobs::Jobs;
use sauda_kernel::{Clock, Id, Ids, ShopId, Span};
use sauda_market::ApiToken;
use sauda_market_kaspi::{KaspiMarket, KaspiSettings};
use sauda_orders::{
    OrderFilter, OrderView, Orders,
    engine::{Clerk, ClerkReport},
    model::{Act, CommandState, Order, Stage, View},
};
use sauda_sim::{Options, Running, Sim, Way};
use sauda_stock::Stock;
use sauda_store::Vault;
use sauda_testkit::TestDb;
use secrecy::SecretString;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// The phone of the first shop's cabinet, as typed and as the simulator keeps it.
const PHONE: &str = "+7 700 100 00 01";
const CODE_TO: &str = "+7 (700) 100-00-01";

pub struct World {
    test: TestDb,
    pub running: Running,
    pub desk: Arc<Desk>,
    pub catalog: Catalog,
    pub products: Products,
    pub orders: Orders,
    /// Follows no order by itself.
    pub stock: Stock,
    pub scope: Scope,
    pub shop: ShopId,
    pub clerk: Clerk,
}

impl World {
    /// A world with a connected shop that has no key yet.
    pub async fn open(test: TestDb) -> Self {
        let options = Options {
            cards: 200,
            offers: 120,
            shops: 1,
            ..Options::for_tests()
        };
        let running = sauda_sim::start(options).await.unwrap();
        running.sim().live(false, false);
        let settings = KaspiSettings {
            total_timeout_secs: 2,
            ..KaspiSettings::all_at(&running.base_url())
        };
        let kaspi = Arc::new(KaspiMarket::new(settings).unwrap());
        let desk = Arc::new(Desk::new(kaspi.clone(), Arc::clone(running.sim())));
        let clock: Arc<dyn Clock> = Arc::new(WorldTime(Arc::clone(running.sim())));
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
            kaspi,
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
            products.clone(),
            jobs,
            clock.clone(),
            ids.clone(),
        );
        let orders = Orders::new(
            db,
            cluster,
            accounts,
            catalog.clone(),
            desk.clone(),
            clock.clone(),
            ids.clone(),
        );
        let scope = Scope::system(Id::new(&*clock, &*ids), "test");
        let asked = catalog
            .connect(&scope, LoginKind::Phone, PHONE, None)
            .await
            .unwrap();
        let code = running.sim().last_code(CODE_TO).unwrap();
        let connected = catalog.enter_code(&scope, &asked.access.id, &code).await.unwrap();
        let clerk = Clerk::new(orders.clone(), "one");
        Self {
            test,
            products,
            stock,
            running,
            desk,
            catalog,
            orders,
            scope,
            shop: connected.shops[0].clone(),
            clerk,
        }
    }

    /// The same with the shop's key, and everything that there is already read.
    pub async fn with_key(test: TestDb) -> Self {
        let world = Self::open(test).await;
        world
            .orders
            .connect(&world.scope, &world.shop, &world.key())
            .await
            .unwrap();
        world.turns(40).await;
        world
    }

    pub fn db(&self) -> &sauda_store::Db {
        self.test.db()
    }

    pub fn sim(&self) -> &Arc<Sim> {
        self.running.sim()
    }

    pub fn key(&self) -> String {
        self.sim().world.shops[0].token.clone()
    }

    pub fn token(&self) -> ApiToken {
        ApiToken(SecretString::from(self.key()))
    }

    pub async fn turn(&self) -> ClerkReport {
        self.clerk.turn(&CancellationToken::new()).await.unwrap()
    }

    /// Turns with some seconds between them.
    pub async fn turns(&self, turns: usize) {
        for _ in 0..turns {
            self.turn().await;
            self.sim().step(Span::from_secs(5));
        }
    }

    /// Reads everything now.
    pub async fn read(&self) {
        self.orders.read_now(&self.scope, &self.shop).await.unwrap();
        self.sim().step(Span::from_mins(1));
        self.turn().await;
    }

    /// Somebody orders what goes this way; it is read.
    pub async fn order(&self, way: Way) -> Order {
        let uid = &self.sim().world.shops[0].uid;
        let code = self.sim().order(uid, None, Some(way)).unwrap();
        self.read().await;
        self.view(&code).await.order
    }

    pub async fn list(&self, view: View) -> Vec<Order> {
        let filter = OrderFilter {
            view,
            limit: 500,
            ..OrderFilter::default()
        };
        self.orders
            .list(&self.scope, &self.shop, &filter)
            .await
            .unwrap()
            .orders
    }

    /// How many commands are under way.
    pub async fn under_way(&self) -> usize {
        let filter = OrderFilter {
            limit: 500,
            ..OrderFilter::default()
        };
        let page = self.orders.list(&self.scope, &self.shop, &filter).await.unwrap();
        page.commands.len()
    }

    pub async fn view(&self, code: &str) -> OrderView {
        self.orders.view(&self.scope, &self.shop, code).await.unwrap()
    }

    pub async fn stage(&self, code: &str) -> Stage {
        self.view(code).await.order.seen.stage
    }

    pub async fn ask(&self, code: &str, act: Act) {
        self.orders.ask(&self.scope, &self.shop, code, act).await.unwrap();
    }

    /// State of the last command of an order.
    pub async fn command(&self, code: &str) -> CommandState {
        self.view(code).await.commands.last().unwrap().state
    }

    /// Words of an order's history.
    pub async fn history(&self, code: &str) -> Vec<String> {
        self.view(code)
            .await
            .events
            .into_iter()
            .map(|event| event.word)
            .collect()
    }

    /// Words of the open notices.
    pub async fn told(&self) -> Vec<String> {
        let notices = self.catalog.notices(&self.scope, None, 100).await.unwrap();
        notices.into_iter().map(|notice| notice.word).collect()
    }

    /// How often an order was assembled at the marketplace.
    pub fn assemblies(&self, code: &str) -> u32 {
        self.sim().orders.lock().unwrap().find(code).unwrap().1.assemblies
    }
}
