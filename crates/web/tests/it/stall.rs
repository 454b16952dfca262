//! A shop with three products for the tests of prices, and what they read from pages.

use crate::house::{Answer, Browser, House};
use axum::{body::Body, http::Request};
use http_body_util::BodyExt as _;
use sauda_accounts::Scope;
use sauda_kernel::{OfferId, ShopId};
use scraper::{Html, Selector};

/// A shop with three products; two rivals stand on the first card.
pub struct Stall {
    pub house: House,
    pub owner: Browser,
    pub scope: Scope,
    pub shop: ShopId,
    pub coat: OfferId,
    pub base: String,
}

impl Stall {
    pub async fn new() -> Self {
        Box::pin(Self::made()).await
    }

    async fn made() -> Self {
        let house = House::new().await;
        house.market.sell("P-1", "Пуховик Aru Nord", "102298404", 38_740);
        house.market.sell("K-1", "Кружка Tumar", "102298405", 6_490);
        house.market.sell("7001", "Рюкзак Saiga", "102298406", 17_900);
        house.market.rival("102298404", "9000001", 38_000);
        house.market.rival("102298404", "9000002", 39_500);
        Box::pin(Self::of(house, "P-1")).await
    }

    /// The shop of whatever the market sells; `sku` is its coat.
    pub async fn of(house: House, sku: &str) -> Self {
        Box::pin(Self::that_sells(house, sku)).await
    }

    async fn that_sells(house: House, sku: &str) -> Self {
        let owner = house.owner().await;
        let scope = house.scope(&owner).await;
        let shop = house.connect(&scope).await;
        let slug = house.catalog.shop(&scope, &shop).await.unwrap().slug;
        let coat = house.offer(&scope, &shop, sku).await;
        let base = format!("/s/{slug}/prices");
        Self {
            house,
            owner,
            scope,
            shop,
            coat,
            base,
        }
    }

    pub async fn page(&self, path: &str) -> Answer {
        let answer = self.house.get(&self.owner, path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text);
        assert!(
            !answer.text.contains('⟦'),
            "{path}: {}",
            around(&answer.text, '⟦')
        );
        answer
    }

    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.house.post(&self.owner, path, fields).await
    }

    pub async fn cell(&self, offer: &OfferId, body: &str) -> (u16, serde_json::Value) {
        let request = Request::post(format!("{}/{offer}/cell", self.base))
            .header("content-type", "application/x-www-form-urlencoded")
            .header("accept", "application/json")
            .header("accept-language", "ru")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body.to_owned()))
            .unwrap();
        let (parts, body) = self.house.raw(&self.owner, request).await.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        (parts.status.as_u16(), serde_json::from_slice(&bytes).unwrap())
    }

    pub async fn upload(&self, name: &str, text: &str) -> Answer {
        self.upload_to(&format!("{}/import", self.base), name, text).await
    }

    pub async fn upload_to(&self, address: &str, name: &str, text: &str) -> Answer {
        let body = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/csv\r\n\r\n{text}\r\n--edge--\r\n"
        );
        let request = Request::post(address)
            .header("content-type", "multipart/form-data; boundary=edge")
            .header("accept-language", "ru")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body))
            .unwrap();
        let (parts, body) = self.house.raw(&self.owner, request).await.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    pub async fn bytes(&self, path: &str) -> (axum::http::HeaderMap, Vec<u8>) {
        let request = Request::get(path)
            .header("accept-language", "ru")
            .body(Body::empty())
            .unwrap();
        let (parts, body) = self.house.raw(&self.owner, request).await.into_parts();
        assert_eq!(parts.status.as_u16(), 200, "{path}");
        (parts.headers, body.collect().await.unwrap().to_bytes().to_vec())
    }

    pub async fn rule(&self, offer: &OfferId) -> sauda_pricing::service::OfferRule {
        self.house.pricing.offer_rule(&self.scope, offer).await.unwrap()
    }
}

pub fn around(text: &str, mark: char) -> String {
    let at = text.find(mark).unwrap_or(0);
    text[at..].chars().take(120).collect()
}

/// Texts of the elements that a selector finds, spaces single.
pub fn texts(answer: &Answer, css: &str) -> Vec<String> {
    let document = Html::parse_document(&answer.text);
    let selector = Selector::parse(css).unwrap();
    document
        .select(&selector)
        .map(|element| {
            element
                .text()
                .collect::<String>()
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect()
}

pub fn attributes(answer: &Answer, css: &str, name: &str) -> Vec<String> {
    let document = Html::parse_document(&answer.text);
    let selector = Selector::parse(css).unwrap();
    document
        .select(&selector)
        .filter_map(|element| element.value().attr(name).map(str::to_owned))
        .collect()
}

pub fn first(html: &str, css: &str) -> String {
    let document = Html::parse_document(html);
    let found = document
        .select(&Selector::parse(css).unwrap())
        .next()
        .map(|element| element.text().collect::<String>());
    found
        .unwrap_or_else(|| panic!("no {css} in {html}"))
        .trim()
        .to_owned()
}

pub fn title(html: &str) -> String {
    first(html, "title").replace('\u{a0}', " ")
}
