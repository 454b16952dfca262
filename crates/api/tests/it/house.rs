//! One installation with an owner and, when wished, a connected shop; and a caller of its interface.

use crate::market::{CARD, CITY, CODE, Market, own_offer, rival};
use axum::{Router, body::Body};
use http::{HeaderMap, Request, StatusCode, header};
use http_body_util::BodyExt as _;
use sauda_accounts::{
    Accounts, AccountsSettings, NewKey, NewOwner, NewPerson, PasswordCost, Right, Role, Session,
    SessionFound, Visitor,
};
use sauda_api::ApiState;
use sauda_catalog::{Catalog, ImportJob, Products, SyncJob};
use sauda_cluster::{Cluster, Limit};
use sauda_edge::{Edge, EdgeSettings, furnish};
use sauda_jobs::{Jobs, Worker, WorkerSettings};
use sauda_kernel::{Clock, Ids, PushedClock, Span, SystemIds};
use sauda_orders::Orders;
use sauda_pricing::{
    Pricing,
    engine::{Checker, CheckerSettings, PUSH_LIMIT, PlacesJob, Pusher, RestateJob},
};
use sauda_store::Vault;
use sauda_testkit::{OrderShelf, TestDb, frozen_clock, sqlite};
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use std::sync::Arc;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;

pub struct House {
    pub market: Market,
    pub clock: PushedClock,
    pub accounts: Accounts,
    pub pricing: Pricing,
    pub orders: Orders,
    pub stock: sauda_stock::Stock,
    pub desk: OrderShelf,
    pub jobs: Jobs,
    pub owner: Session,
    /// The owner's cookie.
    pub cookie: Who,
    pub checker: Checker,
    pub pusher: Pusher,
    worker: Worker,
    router: Router,
    test: TestDb,
}

/// Who calls.
#[derive(Debug, Clone)]
pub enum Who {
    Nobody,
    Cookie(String),
    Key(String),
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
    pub bytes: Vec<u8>,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text)
            .unwrap_or_else(|error| panic!("{error}: {} {}", self.status, self.text))
    }
    pub fn ok(self) -> Value {
        assert!(self.status.is_success(), "{} {}", self.status, self.text);
        if self.text.is_empty() {
            Value::Null
        } else {
            self.json()
        }
    }
    /// The code of a refusal, after its form was checked.
    pub fn refused(self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        assert_eq!(self.headers[header::CONTENT_TYPE], "application/problem+json");
        let problem = self.json();
        assert_eq!(problem["status"], status);
        assert_eq!(
            problem["type"],
            format!("urn:sauda:problem:{}", problem["code"].as_str().unwrap())
        );
        for member in ["title", "detail"] {
            let text = problem[member].as_str().unwrap();
            assert!(
                !text.is_empty() && !text.contains('⟦') && !text.contains("{$"),
                "{problem}"
            );
        }
        assert_eq!(problem["request_id"].as_str().unwrap().len(), 10);
        problem
    }
}

fn visitor() -> Visitor {
    Visitor {
        address: "203.0.113.7".to_owned(),
        device: "test".to_owned(),
    }
}

impl House {
    pub async fn new() -> Self {
        Box::pin(Self::made()).await
    }

    async fn made() -> Self {
        let test = sqlite().await;
        let db = test.db().clone();
        let clock = frozen_clock();
        let shared: Arc<dyn Clock> = Arc::new(clock.clone());
        let ids: Arc<dyn Ids> = Arc::new(SystemIds);
        let cluster = Cluster::memory(shared.clone());
        let vault = Vault::from_base64("BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=").unwrap();
        let jobs = Jobs::new(db.clone(), cluster.clone(), shared.clone(), ids.clone());
        let settings = AccountsSettings {
            password_cost: PasswordCost {
                memory_kib: 8,
                passes: 1,
                parallel: 4,
            },
            open_sign_up: true,
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
        let market = Market::default();
        let catalog = Catalog::new(
            db.clone(),
            cluster.clone(),
            jobs.clone(),
            Arc::new(market.clone()),
            vault,
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
            ids.clone(),
        );
        let messages = crate::post::messages(&db, &cluster, &accounts, &catalog, &orders, &shared);
        let products = Products::new(
            db.clone(),
            accounts.clone(),
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
        let research = sauda_research::Research::new(
            db.clone(),
            cluster.clone(),
            accounts.clone(),
            catalog.clone(),
            jobs.clone(),
            shared.clone(),
            Limit::per(8, Span::from_secs(1)),
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
        let shared_for_money = shared.clone();
        let edge = Edge::new(accounts.clone(), shared, EdgeSettings::default(), None).unwrap();
        let team = crate::post::team(&messages, &pricing);
        let money = sauda_economics::money::Money::new(
            db.clone(),
            accounts.clone(),
            shared_for_money.clone(),
            ids.clone(),
        );
        let reports = sauda_reports::Reports::new(
            catalog.clone(),
            pricing.clone(),
            orders.clone(),
            money.clone(),
            stock.clone(),
        );
        let report_plans = sauda_reports::ReportPlans {
            db,
            jobs: jobs.clone(),
            accounts: accounts.clone(),
            catalog: catalog.clone(),
            stock: stock.clone(),
            research: research.clone(),
            orders: orders.clone(),
            reports: reports.clone(),
            team: team.clone(),
            clock: shared_for_money,
            ids,
        };
        let state = ApiState {
            team,
            money,
            reports,
            report_plans,
            research,
            messages,
            accounts: accounts.clone(),
            catalog: catalog.clone(),
            products: products.clone(),
            cards: sauda_catalog::Cards::new(
                catalog.clone(),
                products.clone(),
                Arc::new(crate::market::NoCards),
            ),
            feeds: sauda_catalog::Feeds::new(catalog.clone(), accounts.clone(), Arc::new(pricing.clone())),
            stock: stock.clone(),
            pricing: pricing.clone(),
            orders: orders.clone(),
            jobs: jobs.clone(),
            cluster: cluster.clone(),
            edge: edge.clone(),
        };
        let router = furnish(sauda_api::routes(state), &edge);
        let handlers: Vec<Arc<dyn sauda_jobs::Handler>> = vec![
            Arc::new(SyncJob(catalog.clone())),
            Arc::new(ImportJob(products.clone())),
            Arc::new(PlacesJob(pricing.clone())),
            Arc::new(RestateJob(pricing.clone())),
            Arc::new(sauda_pricing::service::BulkJob(pricing.clone())),
        ];
        let worker = Worker::new(jobs.clone(), handlers, WorkerSettings::default());
        let (owner, cookie) = owner_of(&accounts, "aru@mail.kz").await;
        // The clock stands between pushes: reads are counted, not kept apart.
        let settings = CheckerSettings {
            limit: Limit::per(8, Span::from_secs(1)),
            ..CheckerSettings::new("test")
        };
        let checker = Checker::new(pricing.clone(), settings);
        let pusher = Pusher::new(pricing.clone(), "test", PUSH_LIMIT);
        Self {
            market,
            clock,
            accounts,
            pricing,
            orders,
            stock,
            desk,
            jobs,
            owner,
            cookie,
            checker,
            pusher,
            worker,
            router,
            test,
        }
    }

    /// With a connected shop of two offers, `A` on a card with two rivals, `B` on its own; answers the shop's id.
    pub async fn with_shop() -> (Self, String) {
        Box::pin(Self::sells()).await
    }

    async fn sells() -> (Self, String) {
        let house = Self::new().await;
        {
            let mut shelf = house.market.shelf();
            for offer in [own_offer("A", CARD, 39_000), own_offer("B", "200000001", 12_000)] {
                shelf.own.insert(offer.sku.clone(), offer);
            }
            shelf.rivals = vec![rival("9000001", 38_750), rival("9000002", 41_000)];
        }
        let body = json!({"login_kind": "phone", "login": "8 701 000 12 34"});
        let begun = house.post("/accesses", body).await.ok();
        let path = format!("/accesses/{}/codes", begun["access"]["id"].as_str().unwrap());
        let connected = house.post(&path, json!({"code": CODE})).await.ok();
        let shop = connected["shop_ids"][0].as_str().unwrap().to_owned();
        house.idle().await;
        (house, shop)
    }

    pub fn db(&self) -> &sauda_store::Db {
        self.test.db()
    }

    /// Runs jobs until none is due.
    pub async fn idle(&self) {
        self.worker.run_until_idle().await.unwrap();
    }

    /// Makes everything of a shop due, checks it, sends what came of it, twice, so that it is read back.
    pub async fn turn(&self, shop: &str) {
        self.pricing.check_shop_now(&shop.parse().unwrap()).await.unwrap();
        self.checker.turn().await.unwrap();
        for _ in 0..2 {
            self.clock.push(Span::from_secs(10));
            self.pusher.turn(&CancellationToken::new()).await.unwrap();
        }
        self.clock.push(Span::from_secs(10));
    }

    /// The id of an offer.
    pub async fn offer(&self, shop: &str, sku: &str) -> String {
        let page = self.get(&format!("/shops/{shop}/offers?q={sku}")).await.ok();
        page["items"][0]["offer_id"]
            .as_str()
            .unwrap_or_else(|| panic!("{page}"))
            .to_owned()
    }

    pub async fn hire(&self, role: Role) -> Who {
        let link = self.accounts.invite(&self.owner.scope, role, "").await.unwrap();
        let person = NewPerson {
            name: "Данияр".to_owned(),
            login: format!("{}@mail.kz", role.word()),
            password: "чайник на полке".into(),
            language: None,
        };
        let signed_in = self
            .accounts
            .accept_invite_new(link.token.expose_secret(), person, &visitor())
            .await
            .unwrap();
        Who::Cookie(signed_in.token.expose_secret().to_owned())
    }

    pub async fn key(&self, rights: &[Right]) -> Who {
        let new = NewKey {
            name: "1С".to_owned(),
            rights: rights.to_vec(),
            expires_at: None,
        };
        let shown = self.accounts.make_key(&self.owner.scope, new).await.unwrap();
        Who::Key(shown.key.expose_secret().to_owned())
    }

    /// Another business of the installation.
    pub async fn stranger(&self) -> Who {
        owner_of(&self.accounts, "bek@mail.kz").await.1
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.call(&self.cookie, "GET", path, None, &[]).await
    }
    pub async fn post(&self, path: &str, body: Value) -> Reply {
        self.call(&self.cookie, "POST", path, Some(body), &[]).await
    }
    pub async fn delete(&self, path: &str) -> Reply {
        self.call(&self.cookie, "DELETE", path, None, &[]).await
    }
    /// A change with `If-Match`.
    pub async fn change(&self, method: &str, path: &str, version: i64, body: Value) -> Reply {
        self.call(
            &self.cookie,
            method,
            path,
            Some(body),
            &[("if-match", &format!("\"{version}\""))],
        )
        .await
    }

    pub async fn call(
        &self,
        who: &Who,
        method: &str,
        path: &str,
        body: Option<Value>,
        headers: &[(&str, &str)],
    ) -> Reply {
        let (bytes, kind) = match body {
            Some(body) => (serde_json::to_vec(&body).unwrap(), Some("application/json")),
            None => (Vec::new(), None),
        };
        self.send(who, method, &format!("/api/v1{path}"), bytes, kind, headers)
            .await
    }

    pub async fn send(
        &self,
        who: &Who,
        method: &str,
        address: &str,
        body: Vec<u8>,
        kind: Option<&str>,
        headers: &[(&str, &str)],
    ) -> Reply {
        let mut request = Request::builder()
            .method(method)
            .uri(address)
            .header("accept-language", "en");
        match who {
            Who::Nobody => {}
            Who::Cookie(token) => request = request.header("cookie", format!("sauda={token}")),
            Who::Key(key) => request = request.header("authorization", format!("Bearer {key}")),
        }
        if let Some(kind) = kind {
            request = request.header("content-type", kind);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = self
            .router
            .clone()
            .oneshot(request.body(Body::from(body)).unwrap())
            .await
            .unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes().to_vec();
        Reply {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
            bytes,
        }
    }
}

async fn owner_of(accounts: &Accounts, login: &str) -> (Session, Who) {
    let new = NewOwner {
        merchant_name: "Aru Home".to_owned(),
        name: "Ару".to_owned(),
        login: login.to_owned(),
        password: "чайник на полке".into(),
        language: None,
    };
    let signed_in = accounts.sign_up(new, &visitor()).await.unwrap();
    let token = signed_in.token.expose_secret().to_owned();
    match accounts.session(&token, &visitor()).await.unwrap() {
        SessionFound::Person(session) => (*session, Who::Cookie(token)),
        other => panic!("no open session: {other:?}"),
    }
}

/// A price as the interface gives it.
pub fn tenge(price: i64) -> Value {
    json!({"amount_minor": price * 100, "currency": "KZT"})
}

/// The address of a shop's board in the test city.
pub fn board(shop: &str, rest: &str) -> String {
    format!("/shops/{shop}/offers?city={CITY}{rest}")
}
