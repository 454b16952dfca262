//! The whole web edge in one process: real database, real furniture, a marketplace in memory, a browser's cookies.

use crate::{market::ShelfMarket, post};
use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{HeaderMap, Request},
    response::Response,
};
use http_body_util::BodyExt as _;
use sauda_accounts::{Accounts, AccountsSettings, PasswordCost, Scope, SessionFound, Visitor};
use sauda_catalog::{Catalog, ImportJob, LoginKind, Products, SyncJob};
use sauda_cluster::{Cluster, Limit};
use sauda_edge::{Edge, EdgeSettings, furnish};
use sauda_jobs::{Jobs, Worker, WorkerSettings};
use sauda_kernel::{Clock, OfferId, PushedClock, ShopId, Span, SystemIds, Tenge};
use sauda_orders::Orders;
use sauda_pricing::{
    Pricing,
    engine::{Checker, CheckerSettings, PlacesJob, RestateJob},
    service::{OfferPatch, ShopMode},
};
use sauda_store::Vault;
use sauda_testkit::{OrderShelf, TestDb};
use sauda_web::{Services, Web};
use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{Arc, Mutex},
};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;

pub const PASSWORD: &str = "чайник на полке";

pub struct House {
    pub accounts: Accounts,
    pub catalog: Catalog,
    pub products: Products,
    pub cluster: Cluster,
    pub pricing: Pricing,
    pub feeds: sauda_catalog::Feeds,
    pub orders: Orders,
    pub stock: sauda_stock::Stock,
    pub desk: OrderShelf,
    pub market: ShelfMarket,
    pub clock: PushedClock,
    pub stop: CancellationToken,
    worker: Worker,
    checker: Checker,
    /// Makes reports.
    pub maker: Worker,
    pub report_plans: sauda_reports::ReportPlans,
    app: Router,
    _db: TestDb,
}

/// A browser: its cookies and nothing else.
#[derive(Default)]
pub struct Browser {
    cookies: Mutex<BTreeMap<String, String>>,
}

pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
    /// Where a redirect goes.
    #[track_caller]
    pub fn to(&self) -> &str {
        assert_eq!(self.status, 303, "{}", self.text);
        self.header("location")
    }
    #[track_caller]
    pub fn has(&self, text: &str) {
        assert!(self.text.contains(text), "no {text:?} in {}", self.text);
    }
}

impl House {
    pub async fn new() -> Self {
        Box::pin(Self::made()).await
    }

    async fn made() -> Self {
        let test = sauda_testkit::sqlite().await;
        let db = test.db().clone();
        let clock = sauda_testkit::frozen_clock();
        let shared: Arc<dyn Clock> = Arc::new(clock.clone());
        let ids = Arc::new(SystemIds);
        let cluster = Cluster::memory(shared.clone());
        let vault = Vault::from_base64("BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=").unwrap();
        let cost = PasswordCost {
            memory_kib: 8,
            passes: 1,
            parallel: 4,
        };
        let settings = AccountsSettings {
            password_cost: cost,
            ..AccountsSettings::default()
        };
        let accounts = Accounts::new(
            db.clone(),
            cluster.clone(),
            vault.clone(),
            shared.clone(),
            ids.clone(),
            settings,
        )
        .unwrap();
        let market = ShelfMarket::default();
        let jobs = Jobs::new(db.clone(), cluster.clone(), shared.clone(), ids.clone());
        let catalog = Catalog::new(
            db.clone(),
            cluster.clone(),
            jobs.clone(),
            Arc::new(market.clone()),
            vault.clone(),
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
        let pricing = Pricing::new(
            db.clone(),
            cluster.clone(),
            accounts.clone(),
            catalog.clone(),
            jobs.clone(),
            shared.clone(),
            ids.clone(),
        );
        let stock = sauda_stock::Stock::new(
            db.clone(),
            accounts.clone(),
            catalog.clone(),
            products.clone(),
            jobs.clone(),
            shared.clone(),
            ids.clone(),
        );
        let desk = OrderShelf::new(clock.clone());
        let orders = Orders::new(
            db.clone(),
            cluster.clone(),
            accounts.clone(),
            catalog.clone(),
            Arc::new(desk.clone()),
            shared.clone(),
            Arc::new(SystemIds),
        )
        .with_stock(stock.clone());
        let worker = Worker::new(
            jobs.clone(),
            vec![
                Arc::new(SyncJob(catalog.clone())),
                Arc::new(ImportJob(products.clone())),
                Arc::new(PlacesJob(pricing.clone())),
                Arc::new(RestateJob(pricing.clone())),
                Arc::new(sauda_pricing::service::BulkJob(pricing.clone())),
            ],
            WorkerSettings::default(),
        );
        let stop = CancellationToken::new();
        let web = Web::new(stop.clone()).unwrap();
        let edge = Edge::new(
            accounts.clone(),
            shared.clone(),
            EdgeSettings::default(),
            Some(web.refusal_page()),
        )
        .unwrap();
        let messages = post::messages(&db, &cluster, &accounts, &catalog, &orders, &shared);
        let feeds = sauda_catalog::Feeds::new(catalog.clone(), accounts.clone(), Arc::new(pricing.clone()));
        let team = post::team(&messages, &pricing);
        let money =
            sauda_economics::money::Money::new(db.clone(), accounts.clone(), shared.clone(), ids.clone());
        let reports = sauda_reports::Reports::new(
            catalog.clone(),
            pricing.clone(),
            orders.clone(),
            money.clone(),
            stock.clone(),
        );
        let research = sauda_research::Research::new(
            db.clone(),
            cluster.clone(),
            accounts.clone(),
            catalog.clone(),
            jobs.clone(),
            shared.clone(),
            Limit::per(8, Span::from_secs(1)),
        );
        let report_plans = sauda_reports::ReportPlans {
            db: db.clone(),
            jobs: jobs.clone(),
            accounts: accounts.clone(),
            catalog: catalog.clone(),
            stock: stock.clone(),
            research: research.clone(),
            orders: orders.clone(),
            reports: reports.clone(),
            team: team.clone(),
            clock: shared.clone(),
            ids: ids.clone(),
        };
        let team = team.with_reports(Arc::new(report_plans.clone()));
        let services = Services {
            money,
            reports,
            report_plans: report_plans.clone(),
            research,
            messages,
            edge: edge.clone(),
            accounts: accounts.clone(),
            catalog: catalog.clone(),
            products: products.clone(),
            feeds: feeds.clone(),
            cards: sauda_catalog::Cards::new(
                catalog.clone(),
                products.clone(),
                Arc::new(crate::market::NoCards),
            ),
            stock: stock.clone(),
            pricing: pricing.clone(),
            orders: orders.clone(),
            team: team.clone(),
            jobs: jobs.clone(),
            cluster: cluster.clone(),
            clock: shared,
        };
        let maker = Worker::new(
            jobs,
            vec![Arc::new(sauda_reports::timed::MakeJob(report_plans.clone()))],
            WorkerSettings::default(),
        );
        let app = furnish(web.routes(services), &edge);
        // The clock stands between pushes: reads are counted, not kept apart.
        let settings = CheckerSettings {
            limit: Limit::per(8, Span::from_secs(1)),
            ..CheckerSettings::new("test")
        };
        let checker = Checker::new(pricing.clone(), settings);
        Self {
            cluster,
            accounts,
            catalog,
            products,
            feeds,
            pricing,
            orders,
            stock,
            desk,
            market,
            clock,
            stop,
            worker,
            checker,
            maker,
            report_plans,
            app,
            _db: test,
        }
    }

    pub fn db(&self) -> &sauda_store::Db {
        self._db.db()
    }

    /// The owner's browser after the first sign-up.
    pub async fn owner(&self) -> Browser {
        let browser = Browser::default();
        let typed = [
            ("merchant_name", "Aru Home"),
            ("name", "Айгерим Жумабек"),
            ("login", "aru@mail.kz"),
            ("password", PASSWORD),
        ];
        assert_eq!(self.post(&browser, "/signup", &typed).await.to(), "/");
        browser
    }

    /// Answers on a port of this machine, through every layer, until `stop`.
    pub async fn listen(&self) -> SocketAddr {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let service = self
            .app
            .clone()
            .into_make_service_with_connect_info::<SocketAddr>();
        let stop = self.stop.clone().cancelled_owned();
        tokio::spawn(async move {
            axum::serve(listener, service)
                .with_graceful_shutdown(stop)
                .await
                .unwrap();
        });
        address
    }

    /// The scope of the person whose browser it is.
    pub async fn scope(&self, browser: &Browser) -> Scope {
        let cookie = browser.cookie("sauda").unwrap_or_default();
        match self.accounts.session(&cookie, &Visitor::default()).await.unwrap() {
            SessionFound::Person(session) => session.scope,
            other => panic!("nobody is signed in: {other:?}"),
        }
    }

    /// Connects a shop with what the marketplace sells, and reads it.
    pub async fn connect(&self, scope: &Scope) -> ShopId {
        let connected = self
            .catalog
            .connect(scope, LoginKind::Phone, "+7 701 000 12 34", None)
            .await
            .unwrap();
        self.idle().await;
        connected.shops.into_iter().next().unwrap()
    }

    pub async fn idle(&self) {
        self.worker.run_until_idle().await.unwrap();
    }

    pub async fn offer(&self, scope: &Scope, shop: &ShopId, sku: &str) -> OfferId {
        self.catalog
            .offer_ids_by_sku(scope, shop)
            .await
            .unwrap()
            .remove(sku)
            .unwrap()
    }

    /// Sets limits and a step of 10, and switches the bot on.
    pub async fn keep(&self, scope: &Scope, shop: &ShopId, sku: &str, min: i64, max: i64) -> OfferId {
        let offer = self.offer(scope, shop, sku).await;
        let patch = OfferPatch {
            min: Some(Some(Tenge(min))),
            max: Some(Some(Tenge(max))),
            step: Some(Some(Tenge(10))),
            ..OfferPatch::default()
        };
        let version = self.pricing.offer_rule(scope, &offer).await.unwrap().version;
        self.pricing
            .change_offer(scope, &offer, &patch, version)
            .await
            .unwrap();
        self.pricing.set_mode(scope, shop, ShopMode::On).await.unwrap();
        offer
    }

    /// Reads the storefront and decides.
    pub async fn check(&self, shop: &ShopId) {
        self.pricing.check_shop_now(shop).await.unwrap();
        self.checker.turn().await.unwrap();
    }

    pub async fn raw(&self, browser: &Browser, mut request: Request<Body>) -> Response {
        let cookies = browser.header();
        if !cookies.is_empty() {
            request.headers_mut().insert("cookie", cookies.parse().unwrap());
        }
        request
            .headers_mut()
            .insert("host", "localhost:8080".parse().unwrap());
        request
            .extensions_mut()
            .insert(ConnectInfo(SocketAddr::from(([203, 0, 113, 7], 5000))));
        let response = self.app.clone().oneshot(request).await.unwrap();
        browser.keep(response.headers());
        response
    }

    pub async fn send(&self, browser: &Browser, request: Request<Body>) -> Answer {
        let (parts, body) = self.raw(browser, request).await.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    pub async fn get(&self, browser: &Browser, path: &str) -> Answer {
        self.send(
            browser,
            Request::get(path)
                .header("accept-language", "ru")
                .body(Body::empty())
                .unwrap(),
        )
        .await
    }

    pub async fn post(&self, browser: &Browser, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{name}={}", encode(value)))
            .collect();
        let request = Request::post(path)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("accept-language", "ru")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body.join("&")))
            .unwrap();
        self.send(browser, request).await
    }
}

pub fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

impl Browser {
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().unwrap().get(name).cloned()
    }
    fn header(&self) -> String {
        let cookies = self.cookies.lock().unwrap();
        cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect::<Vec<_>>()
            .join("; ")
    }
    fn keep(&self, headers: &HeaderMap) {
        let mut cookies = self.cookies.lock().unwrap();
        for set in headers.get_all("set-cookie") {
            let set = set.to_str().unwrap();
            let (name, value) = set.split(';').next().unwrap().split_once('=').unwrap();
            if set.contains("Max-Age=0") {
                cookies.remove(name);
            } else {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}
