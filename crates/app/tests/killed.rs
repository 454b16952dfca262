//! The program itself, killed without warning at any moment, beside a pretend Kaspi in a process of its own. Refuses to look inside either.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that cannot go on has failed")]

use sauda_accounts::{Accounts, AccountsSettings, Scope};
use sauda_catalog::{Catalog, LoginKind, SyncJob};
use sauda_cluster::Cluster;
use sauda_jobs::{Handler, Jobs, Worker, WorkerSettings};
use sauda_kernel::{Clock, Id, Ids, MerchantId, Span, SystemClock, SystemIds, Tenge, Timestamp};
use sauda_market_kaspi::{KaspiMarket, KaspiSettings};
use sauda_pricing::{
    Pricing,
    engine::{Checker, CheckerSettings, PUSH_LIMIT, PlacesJob, Pusher},
    service::{OfferPatch, ShopMode},
};
use sauda_store::{Db, Vault};
use sauda_testkit::until;
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};
use tokio_util::sync::CancellationToken;

const KEY: &str = "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=";
const SHOP: &str = "30000001";
const PATIENCE: Duration = Duration::from_secs(20);

/// A process that does not outlive its test.
struct Process(Child);

impl Process {
    fn start(folder: &Path, words: &[&str]) -> Self {
        let program = env!("CARGO_BIN_EXE_sauda");
        let child = Command::new(program).args(words).current_dir(folder).stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn();
        Self(child.unwrap())
    }

    /// SIGKILL: nothing is finished, nothing is given back.
    fn kill(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The pretend Kaspi in its own process.
struct Market {
    _process: Process,
    base: String,
    http: reqwest::Client,
}

impl Market {
    fn start(folder: &Path) -> Self {
        let mut words = vec!["sim", "--listen", "127.0.0.1:0", "--speed", "60", "--cards", "14", "--sellers", "20", "--shops", "1", "--offers", "8"];
        words.extend(["--rivals-per-card", "1", "--still-rivals", "--no-buyers"]);
        let mut process = Process::start(folder, &words);
        let out = process.0.stdout.take().unwrap();
        let line = BufReader::new(out).lines().map_while(Result::ok).find(|line| line.starts_with("pretend Kaspi at ")).unwrap();
        let base = line.split_whitespace().find(|word| word.starts_with("http://")).unwrap().trim_end_matches(',').to_owned();
        Self { _process: process, base, http: reqwest::Client::new() }
    }

    async fn get(&self, path: &str) -> Value {
        let answer = self.http.get(format!("{}/_sim/api/{path}", self.base)).send().await.unwrap();
        serde_json::from_str(&answer.text().await.unwrap()).unwrap()
    }

    async fn post(&self, path: &str, body: &Value) {
        let answer = self.http.post(format!("{}/_sim/api/{path}", self.base)).body(body.to_string()).send().await.unwrap();
        assert!(answer.status().is_success(), "{path}: {}", answer.text().await.unwrap());
    }

    async fn ledger(&self) -> Vec<Value> {
        self.get("ledger").await.as_array().unwrap().clone()
    }
}

/// The machine's time and how much of waiting was skipped.
#[derive(Clone, Default)]
struct Shifted(Arc<AtomicI64>);

impl Shifted {
    fn skip(&self, span: Span) {
        self.0.fetch_add(span.as_micros(), Ordering::SeqCst);
    }
}

impl Clock for Shifted {
    fn now(&self) -> Timestamp {
        SystemClock.now().plus(Span::from_micros(self.0.load(Ordering::SeqCst)))
    }
}

/// The same database seen from the test.
struct Desk {
    catalog: Catalog,
    pricing: Pricing,
    worker: Worker,
    clock: Shifted,
}

impl Desk {
    async fn open(url: &str, base: &str) -> Self {
        let clock = Shifted::default();
        let shared: Arc<dyn Clock> = Arc::new(clock.clone());
        let ids: Arc<dyn Ids> = Arc::new(SystemIds);
        let db = Db::open(url).await.unwrap();
        sauda_store::migrate(&db).await.unwrap();
        let vault = Vault::from_base64(KEY).unwrap();
        let cluster = Cluster::memory(shared.clone());
        let jobs = Jobs::new(db.clone(), cluster.clone(), shared.clone(), ids.clone());
        let accounts =
            Accounts::new(db.clone(), cluster.clone(), vault.clone(), shared.clone(), ids.clone(), AccountsSettings::default()).unwrap();
        let market = Arc::new(KaspiMarket::new(KaspiSettings::all_at(base)).unwrap());
        let catalog = Catalog::new(db.clone(), cluster.clone(), jobs.clone(), market, vault, shared.clone(), ids.clone());
        let pricing = Pricing::new(db, cluster, accounts, catalog.clone(), shared, ids);
        let handlers: Vec<Arc<dyn Handler>> = vec![Arc::new(SyncJob(catalog.clone())), Arc::new(PlacesJob(pricing.clone()))];
        let worker = Worker::new(jobs, handlers, WorkerSettings::default());
        Self { catalog, pricing, worker, clock }
    }

    /// Connects the shop, gives every visible offer a cheaper rival and limits, and wishes a price for each. Answers floors by SKU.
    async fn prepare(&self, market: &Market, scope: &Scope) -> BTreeMap<String, i64> {
        let asked = self.catalog.connect(scope, LoginKind::Phone, "+7 700 100 00 01", None).await.unwrap();
        let codes = market.get("codes").await;
        let code = codes.as_array().unwrap().last().unwrap()["code"].as_str().unwrap().to_owned();
        let shop = self.catalog.enter_code(scope, &asked.access.id, &code).await.unwrap().shops.remove(0);
        self.worker.run_until_idle().await.unwrap();
        let ids = self.catalog.offer_ids_by_sku(scope, &shop).await.unwrap();
        let mut floors = BTreeMap::new();
        for row in market.get(&format!("shops/{SHOP}/offers")).await.as_array().unwrap() {
            let (Some(price), Some(true)) = (row["visible_price"].as_i64(), row["on_sale"].as_bool()) else { continue };
            let (sku, card) = (row["sku"].as_str().unwrap(), row["card"].as_str().unwrap());
            market.post(&format!("cards/{card}/rivals"), &json!({"price": price - 100, "frozen": true})).await;
            let patch = OfferPatch {
                min: Some(Some(Tenge(price / 2))),
                max: Some(Some(Tenge(price * 2))),
                step: Some(Some(Tenge(1))),
                ..OfferPatch::default()
            };
            self.pricing.change_offer(scope, &ids[sku], &patch, 0).await.unwrap();
            floors.insert(sku.to_owned(), price / 2);
        }
        self.pricing.set_mode(scope, &shop, ShopMode::On).await.unwrap();
        let checker = Checker::new(self.pricing.clone(), CheckerSettings::new("test"));
        until(async || checker.turn().await.unwrap().taken == 0 && self.waiting(scope).await >= i64::try_from(floors.len()).unwrap(), PATIENCE).await;
        floors
    }

    async fn waiting(&self, scope: &Scope) -> i64 {
        let mut sum = 0;
        for shop in self.catalog.shops(scope).await.unwrap() {
            sum += self.pricing.pulse(scope, &shop.id).await.unwrap().waiting;
        }
        sum
    }

    async fn open_changes(&self, scope: &Scope) -> i64 {
        let mut sum = self.waiting(scope).await;
        for shop in self.catalog.shops(scope).await.unwrap() {
            sum += self.pricing.pulse(scope, &shop.id).await.unwrap().flying;
        }
        sum
    }
}

#[tokio::test]
async fn a_killed_program_sends_nothing_twice_and_forgets_nothing() {
    sauda_testkit::install_crypto();
    let folder = tempfile::tempdir().unwrap();
    let market = Market::start(folder.path());
    let url = format!("sqlite://{}", folder.path().join("sauda.sqlite").display());
    let desk = Desk::open(&url, &market.base).await;
    let merchant: MerchantId = Id::new(&desk.clock, &SystemIds);
    let scope = Scope::system(merchant, "test");
    let floors = desk.prepare(&market, &scope).await;
    assert!(floors.len() >= 5, "{floors:?}");

    let mut words = vec!["serve".to_owned(), "--roles".to_owned(), "worker".to_owned()];
    let mut set = |key: &str, value: &str| words.extend(["--set".to_owned(), format!("{key}={value}")]);
    set("database.url", &url);
    set("secrets.key", KEY);
    set("logs.filter", "error");
    for host in ["storefront_url", "cabinet_url", "identity_url", "site_url", "resources_url", "official_url"] {
        set(&format!("kaspi.{host}"), &market.base);
    }
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    // The first call takes effect, and its answer never comes: the program dies not knowing.
    market.post("faults", &json!({"kind": "hang", "service": "pricefeed", "count": 1, "after_effect": true})).await;
    for kill in 0_u64..4 {
        let before = market.ledger().await.len();
        let mut program = Process::start(folder.path(), &words);
        until(async || market.ledger().await.len() > before || desk.waiting(&scope).await == 0, PATIENCE).await;
        // Each time a little later in the life of a change.
        tokio::time::sleep(Duration::from_millis(90 * kill)).await;
        program.kill();
    }
    assert!(market.ledger().await.len() >= 3, "each life sent something");

    // The rest goes its way; waiting is skipped.
    let pusher = Pusher::new(desk.pricing.clone(), "after", PUSH_LIMIT);
    pusher.restore_budgets().await.unwrap();
    let stop = CancellationToken::new();
    until(
        async || {
            pusher.turn(&stop).await.unwrap();
            desk.clock.skip(Span::from_secs(2));
            desk.open_changes(&scope).await == 0
        },
        PATIENCE,
    )
    .await;

    let ledger = market.ledger().await;
    let mut sent: BTreeMap<String, usize> = BTreeMap::new();
    for line in &ledger {
        let sku = line["sku"].as_str().unwrap().to_owned();
        assert_eq!(line["same_as_before"], false, "{line}");
        assert!(line["lowest"].as_i64().unwrap() >= floors[&sku], "{line}");
        *sent.entry(sku).or_insert(0) += 1;
    }
    assert_eq!(sent.keys().collect::<Vec<_>>(), floors.keys().collect::<Vec<_>>(), "every wish was sent");
    assert!(sent.values().all(|times| *times == 1), "{sent:?}");
    let world = market.get("world").await;
    assert_eq!(world["shops"][0]["changes"]["violations"], 0);
}
