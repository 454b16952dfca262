//! A plain HTTP caller that keeps cookies by hand, as the README does with curl. Refuses to retry.

use reqwest::{Client, RequestBuilder, Response, StatusCode, header};
use sauda_sim::{Options, Running, start};
use serde_json::{Value, json};
use std::{collections::BTreeMap, sync::Once};

pub const BROWSER: &str =
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36";
pub const PHONE: &str = "+7 (700) 100-00-01";
pub const MAIL: &str = "owner1@example.com";
pub const PASSWORD: &str = "Sauda-0001";
pub const ALMATY: &str = "750000000";

/// A caller without redirects.
pub struct Caller {
    pub http: Client,
    pub base: String,
    pub cookies: BTreeMap<String, String>,
}

/// A tiny still world and a caller of it.
pub async fn open() -> (Running, Caller) {
    open_with(Options::for_tests()).await
}

pub async fn open_with(options: Options) -> (Running, Caller) {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
    let running = start(options).await.unwrap();
    let http = Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .user_agent(BROWSER)
        .no_proxy()
        .build()
        .unwrap();
    let base = running.base_url();
    (
        running,
        Caller {
            http,
            base,
            cookies: BTreeMap::new(),
        },
    )
}

impl Caller {
    /// A caller of the same world with an empty jar.
    pub fn stranger(&self) -> Self {
        Self {
            http: self.http.clone(),
            base: self.base.clone(),
            cookies: BTreeMap::new(),
        }
    }

    fn dressed(&self, request: RequestBuilder) -> RequestBuilder {
        let jar: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        request
            .header("x-auth-version", "3")
            .header(header::COOKIE, jar.join("; "))
    }

    pub async fn send(&mut self, request: RequestBuilder) -> Response {
        let response = self.dressed(request).send().await.unwrap();
        for cookie in response.headers().get_all(header::SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        response
    }

    pub async fn get(&mut self, path: &str) -> Response {
        let url = if path.starts_with("http") {
            path.to_owned()
        } else {
            format!("{}{path}", self.base)
        };
        self.send(self.http.get(url)).await
    }

    pub async fn post(&mut self, path: &str, body: &Value) -> Response {
        self.send(self.http.post(format!("{}{path}", self.base)).json(body))
            .await
    }

    /// Status and JSON of a GET.
    pub async fn read(&mut self, path: &str) -> (StatusCode, Value) {
        let response = self.get(path).await;
        let status = response.status();
        (status, response.json().await.unwrap())
    }

    /// Status and JSON of a POST.
    pub async fn ask(&mut self, path: &str, body: &Value) -> (StatusCode, Value) {
        let response = self.post(path, body).await;
        let status = response.status();
        (status, response.json().await.unwrap())
    }

    /// Steps 1 to 3 of sign-in: to the login page.
    pub async fn reach_login(&mut self) {
        assert_eq!(self.get("/s/m").await.status(), StatusCode::UNAUTHORIZED);
        let out = self
            .get("/oauth2/authorization/1?redirectUrl=https%3A%2F%2Fkaspi.kz%2Fmc%2F")
            .await;
        let login = self.get(&location(&out)).await;
        assert_eq!(location(&login), format!("{}/login", self.base));
    }

    /// Steps 5 to 7: back to the cabinet with a session.
    pub async fn come_back(&mut self) {
        let out = self
            .get("/oauth2/authorization/1?redirectUrl=https%3A%2F%2Fkaspi.kz%2Fmc%2F")
            .await;
        let authorized = self.get(&location(&out)).await;
        let back = self.get(&location(&authorized)).await;
        assert_eq!(
            (back.status(), location(&back)),
            (StatusCode::FOUND, format!("{}/mc/", self.base))
        );
    }

    /// The whole chain by phone, the code read from the control API.
    pub async fn sign_in(&mut self, phone: &str) {
        self.reach_login().await;
        let (status, echo) = self.ask("/api/p/login", &json!({"_ph": phone})).await;
        assert_eq!((status, echo), (StatusCode::OK, json!({"phone": phone})));
        let code = self.code(phone).await;
        let (status, answer) = self.ask("/api/p/login", &json!({"_c": code})).await;
        assert_eq!((status, answer), (StatusCode::OK, json!({"redirectUrl": "/"})));
        self.come_back().await;
    }

    /// The newest code sent to a login.
    pub async fn code(&mut self, login: &str) -> String {
        let url = format!("{}/_sim/api/codes", self.base);
        let codes: Value = self
            .http
            .get(url)
            .query(&[("login", login)])
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap();
        codes.as_array().unwrap().last().unwrap()["code"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// Offers of a card in a city, all on one page.
    pub async fn offers(&mut self, card: &str, city: &str) -> Value {
        let (status, offers) = self
            .ask(
                &format!("/yml/offer-view/offers/{card}"),
                &json!({"cityId": city, "id": card, "limit": 64, "page": 0, "sortOption": "PRICE"}),
            )
            .await;
        assert_eq!(status, StatusCode::OK);
        offers
    }

    pub async fn change_price(
        &mut self,
        merchant: &str,
        sku: &str,
        city: &str,
        price: u32,
        points: &[&str],
    ) -> (StatusCode, Value) {
        let goods: Vec<Value> = points.iter().map(|point| json!({"available": "yes", "storeId": format!("{merchant}_{point}"), "stockCount": 9})).collect();
        let body = json!({"merchantUid": merchant, "sku": sku, "model": "x", "cityPrices": [{"cityId": city, "value": price}], "availabilities": goods});
        self.ask("/pricefeed/upload/merchant/process", &body).await
    }
}

pub fn location(response: &Response) -> String {
    assert_eq!(response.status(), StatusCode::FOUND);
    response.headers()[header::LOCATION].to_str().unwrap().to_owned()
}
