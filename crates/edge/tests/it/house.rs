//! What these tests share: furnished routers and their answers.

use axum::{Router, body::Body, extract::ConnectInfo, response::Response};
use http::{Method, Request};
use http_body_util::BodyExt as _;
use sauda_accounts::{
    Accounts, AccountsSettings, NewOwner, PasswordCost, Session, SessionFound, SignedIn, Visitor,
};
use sauda_cluster::Cluster;
use sauda_edge::{Edge, EdgeSettings, RefusalPage, furnish};
use sauda_kernel::{PushedClock, SystemIds};
use sauda_store::Vault;
use sauda_testkit::{TestDb, frozen_clock};
use secrecy::ExposeSecret as _;
use std::{net::SocketAddr, sync::Arc};
use tower::ServiceExt as _;

pub const PASSWORD: &str = "чайник на полке";

pub struct House {
    pub accounts: Accounts,
    pub clock: PushedClock,
    pub owner: SignedIn,
    app: Router,
    _db: TestDb,
}

pub struct Answer {
    pub status: u16,
    pub headers: http::HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl House {
    pub async fn new(router: Router) -> Self {
        Self::with(router, EdgeSettings::default(), None).await
    }

    pub async fn with(router: Router, settings: EdgeSettings, page: Option<RefusalPage>) -> Self {
        let db = sauda_testkit::sqlite().await;
        let clock = frozen_clock();
        let shared: Arc<PushedClock> = Arc::new(clock.clone());
        let vault = Vault::from_base64("BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=").unwrap();
        let accounts = Accounts::new(
            db.db().clone(),
            Cluster::memory(shared.clone()),
            vault,
            shared.clone(),
            Arc::new(SystemIds),
            AccountsSettings {
                password_cost: PasswordCost {
                    memory_kib: 8,
                    passes: 1,
                    parallel: 4,
                },
                ..AccountsSettings::default()
            },
        )
        .unwrap();
        let new = NewOwner {
            merchant_name: "Aru Home".to_owned(),
            name: "Ару".to_owned(),
            login: "aru@mail.kz".to_owned(),
            password: PASSWORD.into(),
            language: None,
        };
        let owner = accounts.sign_up(new, &Visitor::default()).await.unwrap();
        let edge = Edge::new(accounts.clone(), shared, settings, page).unwrap();
        let app = furnish(router, &edge);
        Self {
            accounts,
            clock,
            owner,
            app,
            _db: db,
        }
    }

    pub async fn session(&self, signed_in: &SignedIn) -> Session {
        match self
            .accounts
            .session(signed_in.token.expose_secret(), &Visitor::default())
            .await
            .unwrap()
        {
            SessionFound::Person(session) => *session,
            other => panic!("no open session: {other:?}"),
        }
    }

    pub fn cookie(&self) -> (&'static str, String) {
        ("cookie", format!("sauda={}", self.owner.token.expose_secret()))
    }

    /// Sends a request as the given headers say.
    pub async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut request = Request::builder()
            .method(Method::from_bytes(method.as_bytes()).unwrap())
            .uri(path)
            .header("host", "localhost:8080");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut request = request.body(Body::from(body.to_owned())).unwrap();
        request
            .extensions_mut()
            .insert(ConnectInfo(SocketAddr::from(([203, 0, 113, 7], 5000))));
        read(self.app.clone().oneshot(request).await.unwrap()).await
    }

    pub async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send("GET", path, headers, "").await
    }

    pub async fn as_owner(&self, method: &str, path: &str, body: &str) -> Answer {
        let (name, value) = self.cookie();
        self.send(
            method,
            path,
            &[(name, &value), ("content-type", "application/json")],
            body,
        )
        .await
    }
}

async fn read(response: Response) -> Answer {
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    Answer {
        status: parts.status.as_u16(),
        headers: parts.headers,
        text: String::from_utf8_lossy(&bytes).into_owned(),
    }
}
