//! The product-card service of Kaspi, with the shop's own token. Refuses to send what its import schema refuses.

use crate::{
    KaspiMarket, KaspiSettings,
    http::{Answer, Call, Clients, Effect, Service, expect_json, judge},
    read,
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::Method;
use sauda_market::{
    ApiToken, AttributeKind, AttributeValue, CardAttribute, CardCategory, CardDesk, CardFinding, CardValue,
    Egress, MarketError, NewCard, UploadResult, UploadStatus,
};
use secrecy::ExposeSecret as _;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// Of the import schema.
const MOST_CARDS: usize = 10_000;
const MOST_ATTRIBUTES: usize = 256;
const MOST_VALUES: usize = 32;
const LONGEST_VALUE: usize = 256;

struct CardsCall<'a> {
    clients: &'a Clients,
    via: &'a Egress,
    settings: &'a KaspiSettings,
    token: &'a ApiToken,
}

impl CardsCall<'_> {
    fn call(&self, name: &'static str, path: &str) -> Result<Call, MarketError> {
        let base = self.settings.official_url.trim_end_matches('/');
        let base = base.strip_suffix("/v2").unwrap_or(base);
        let url = format!("{base}/products{path}");
        let mut call = Call::get(Service::Official, name, url, self.settings);
        call.header("accept", "application/json")?;
        call.header("x-auth-token", self.token.0.expose_secret())?;
        Ok(call)
    }

    async fn read(&self, name: &'static str, path: &str) -> Result<Answer, MarketError> {
        let call = self.call(name, path)?;
        self.judged(call, Effect::Read).await
    }

    async fn upload(&self, document: &[u8]) -> Result<Answer, MarketError> {
        let mut call = self.call("card upload", "/import")?;
        // JSON under this name: with its own the service answers 500.
        call.header("content-type", "text/plain")?;
        let call = Call {
            effect: Effect::Write,
            method: Method::POST,
            body: Some(document.to_vec()),
            ..call
        };
        self.judged(call, Effect::Write).await
    }

    async fn judged(&self, call: Call, effect: Effect) -> Result<Answer, MarketError> {
        let answer = call.send(self.clients, self.via, self.settings).await?;
        expect_json(judge(answer, Service::Official, effect, self.settings)?, effect)
    }
}

fn quoted(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

#[async_trait::async_trait]
impl CardDesk for KaspiMarket {
    async fn categories(&self, via: &Egress, token: &ApiToken) -> Result<Vec<CardCategory>, MarketError> {
        let answer = self
            .cards(via, token)
            .read("card categories", "/classification/categories")
            .await?;
        read::card_categories(&answer.body)
    }

    async fn attributes(
        &self,
        via: &Egress,
        token: &ApiToken,
        category: &str,
    ) -> Result<Vec<CardAttribute>, MarketError> {
        let path = format!("/classification/attributes?c={}", quoted(category));
        let answer = self.cards(via, token).read("card attributes", &path).await?;
        read::card_attributes(&answer.body)
    }

    async fn values(
        &self,
        via: &Egress,
        token: &ApiToken,
        category: &str,
        attribute: &str,
    ) -> Result<Vec<AttributeValue>, MarketError> {
        let path = format!(
            "/classification/attribute/values?c={}&a={}",
            quoted(category),
            quoted(attribute)
        );
        let answer = self.cards(via, token).read("attribute values", &path).await?;
        read::attribute_values(&answer.body)
    }

    fn check(&self, cards: &[NewCard], attributes: &[CardAttribute]) -> Vec<CardFinding> {
        check(cards, attributes)
    }

    fn document(&self, cards: &[NewCard]) -> Result<Vec<u8>, MarketError> {
        let cards: Vec<Value> = cards.iter().map(wire).collect::<Result<_, _>>()?;
        serde_json::to_vec(&cards).map_err(|error| MarketError::Invalid(error.to_string()))
    }

    async fn upload(
        &self,
        via: &Egress,
        token: &ApiToken,
        document: &[u8],
    ) -> Result<UploadStatus, MarketError> {
        let answer = self.cards(via, token).upload(document).await?;
        read::upload_status(&answer.body)
            .map_err(|error| MarketError::Unclear(format!("the cards were sent, but {error}")))
    }

    async fn upload_status(
        &self,
        via: &Egress,
        token: &ApiToken,
        code: &str,
    ) -> Result<UploadStatus, MarketError> {
        let path = format!("/import?i={}", quoted(code));
        let answer = self.cards(via, token).read("upload status", &path).await?;
        read::upload_status(&answer.body)
    }

    async fn upload_result(
        &self,
        via: &Egress,
        token: &ApiToken,
        code: &str,
    ) -> Result<UploadResult, MarketError> {
        let path = format!("/import/result?i={}", quoted(code));
        let answer = self.cards(via, token).read("upload result", &path).await?;
        read::upload_result(&answer.body)
    }
}

impl KaspiMarket {
    const fn cards<'a>(&'a self, via: &'a Egress, token: &'a ApiToken) -> CardsCall<'a> {
        CardsCall {
            clients: &self.clients,
            via,
            settings: self.settings(),
            token,
        }
    }
}

/// A card as the schema has it.
fn wire(card: &NewCard) -> Result<Value, MarketError> {
    let mut members = Map::new();
    members.insert("sku".to_owned(), json!(card.sku));
    members.insert("title".to_owned(), json!(card.title));
    members.insert("brand".to_owned(), json!(card.brand));
    members.insert("category".to_owned(), json!(card.category));
    if let Some(description) = &card.description {
        members.insert("description".to_owned(), json!(description));
    }
    if let Some(weight) = &card.weight {
        members.insert("weight".to_owned(), json!(weight));
    }
    let mut attributes = Vec::with_capacity(card.attributes.len());
    for (code, value) in &card.attributes {
        let value = match value {
            CardValue::Flag(flag) => json!(flag),
            CardValue::Text(text) => json!(text),
            CardValue::Many(many) => json!(many),
            CardValue::Number(number) => serde_json::from_str(number)
                .ok()
                .filter(Value::is_number)
                .ok_or_else(|| MarketError::Invalid(format!("{code}: {number:?} is no number")))?,
        };
        attributes.push(json!({"code": code, "value": value}));
    }
    members.insert("attributes".to_owned(), Value::from(attributes));
    let images: Vec<Value> = card.images.iter().map(|url| json!({"url": url})).collect();
    members.insert("images".to_owned(), Value::from(images));
    Ok(Value::from(members))
}

/// The import schema of the service, and the attributes of the category.
fn check(cards: &[NewCard], attributes: &[CardAttribute]) -> Vec<CardFinding> {
    let mut found = Vec::new();
    if cards.is_empty() || cards.len() > MOST_CARDS {
        found.push(CardFinding {
            sku: String::new(),
            code: if cards.is_empty() { "few" } else { "many" },
            field: "cards".to_owned(),
            value: cards.len().to_string(),
        });
    }
    let mut skus = BTreeSet::new();
    for card in cards {
        let mut say = |code, field: &str, value: &str| {
            found.push(CardFinding {
                sku: card.sku.clone(),
                code,
                field: field.to_owned(),
                value: value.chars().take(60).collect(),
            });
        };
        for (field, text, longest) in [
            ("sku", &card.sku, 64),
            ("title", &card.title, 1_024),
            ("brand", &card.brand, 256),
            ("category", &card.category, 512),
        ] {
            if text.is_empty() {
                say("missing", field, "");
            } else if text.chars().count() > longest {
                say("long", field, text);
            }
        }
        if !card.category.is_empty() && !is_category(&card.category) {
            say("pattern", "category", &card.category);
        }
        for (field, text, longest) in [
            ("description", &card.description, 1_024),
            ("weight", &card.weight, 256),
        ] {
            match text {
                Some(text) if text.is_empty() => say("missing", field, ""),
                Some(text) if text.chars().count() > longest => say("long", field, text),
                _ => {}
            }
        }
        if !skus.insert(card.sku.as_str()) {
            say("twice", "sku", &card.sku);
        }
        if card.images.is_empty() {
            say("missing", "images", "");
        }
        for url in &card.images {
            let is_address = url.starts_with("http://") || url.starts_with("https://");
            if !is_address || url.contains(char::is_whitespace) {
                say("address", "images", url);
            }
        }
        check_attributes(card, attributes, &mut say);
    }
    found
}

fn check_attributes(
    card: &NewCard,
    attributes: &[CardAttribute],
    say: &mut impl FnMut(&'static str, &str, &str),
) {
    if card.attributes.is_empty() {
        say("missing", "attributes", "");
    }
    if card.attributes.len() > MOST_ATTRIBUTES {
        say("many", "attributes", &card.attributes.len().to_string());
    }
    for known in attributes.iter().filter(|known| known.mandatory) {
        if !card.attributes.iter().any(|(code, _)| *code == known.code) {
            say("missing", &known.code, "");
        }
    }
    let mut seen = BTreeSet::new();
    for (code, value) in &card.attributes {
        if !seen.insert(code) {
            say("twice", code, "");
        }
        let kind = attributes.iter().find(|known| known.code == *code);
        match value {
            CardValue::Text(text) if text.is_empty() => say("missing", code, ""),
            CardValue::Text(text) if text.chars().count() > LONGEST_VALUE => say("long", code, text),
            CardValue::Many(many) => {
                let unique: BTreeSet<&String> = many.iter().collect();
                if many.is_empty() {
                    say("missing", code, "");
                } else if many.len() > MOST_VALUES || kind.is_some_and(|kind| !kind.many) {
                    say("many", code, &many.len().to_string());
                } else if unique.len() < many.len() {
                    say("twice", code, "");
                }
            }
            CardValue::Number(number) => {
                let is_number = serde_json::from_str::<Value>(number).is_ok_and(|value| value.is_number());
                if !is_number {
                    say("number", code, number);
                }
            }
            CardValue::Flag(_) | CardValue::Text(_) => {
                let wants_number = kind.is_some_and(|kind| kind.kind == AttributeKind::Number);
                if wants_number {
                    say("number", code, "");
                }
            }
        }
    }
}

/// `^Master ?-[a-zA-Z_\s\d-]+$`
fn is_category(code: &str) -> bool {
    let rest = code
        .strip_prefix("Master")
        .map(|rest| rest.strip_prefix(' ').unwrap_or(rest));
    let rest = rest.and_then(|rest| rest.strip_prefix('-'));
    rest.is_some_and(|rest| {
        !rest.is_empty()
            && rest.chars().all(|letter| {
                letter.is_ascii_alphanumeric() || letter.is_whitespace() || matches!(letter, '_' | '-')
            })
    })
}
