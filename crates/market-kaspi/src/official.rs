//! The official API of a shop's orders, with the shop's own token. Refuses to send what the API would refuse, and to fetch a waybill from
//! anywhere else.

use crate::{
    KaspiSettings,
    http::{Answer, Call, Clients, Effect, Service, expect_json, judge},
    read,
    settings::join,
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::Method;
use sauda_kernel::Span;
use sauda_market::{
    ApiToken, Egress, EntryCancel, EntryCancelState, MarketError, Order, OrderAct, OrderEntry, OrdersPage,
    OrdersQuestion, WeightChange,
};
use secrecy::ExposeSecret as _;
use serde::Serialize;
use serde_json::{Value, json};
use url::Url;

/// What the API speaks.
const JSON_API: &str = "application/vnd.api+json";
/// Orders of one page.
const MOST_ORDERS: u32 = 100;
/// The longest time between the first and the last order of a listing.
const LONGEST: Span = Span::from_days(14);
/// Letters of a comment.
const MOST_COMMENT: usize = 1_000;
/// Parcels of one order.
const MOST_PARCELS: u32 = 100;
/// Bytes of one waybill.
const MOST_WAYBILL: usize = 4 * 1024 * 1024;

/// The official API as seen through one way out with one shop's token, for one call.
pub struct Official<'a> {
    pub clients: &'a Clients,
    pub via: &'a Egress,
    pub settings: &'a KaspiSettings,
    pub token: &'a ApiToken,
}

impl Official<'_> {
    pub async fn orders(&self, question: &OrdersQuestion) -> Result<OrdersPage, MarketError> {
        let OrdersQuestion {
            tab,
            created_from,
            created_to,
            page,
            size,
        } = question;
        if !(1..=MOST_ORDERS).contains(size) {
            return Err(MarketError::Invalid(format!(
                "{size} orders a page: ask for 1 to {MOST_ORDERS}"
            )));
        }
        let length = created_to.since(*created_from);
        if length > LONGEST || length < Span::ZERO {
            return Err(MarketError::Invalid(format!(
                "orders of {} hours: ask for at most 14 days",
                length.as_secs() / 3_600
            )));
        }
        let query = query(&[
            ("page[number]", &page.to_string()),
            ("page[size]", &size.to_string()),
            ("filter[orders][state]", tab.word()),
            ("filter[orders][creationDate][$ge]", &millis(*created_from)),
            ("filter[orders][creationDate][$le]", &millis(*created_to)),
            ("include[orders]", "entries"),
        ]);
        let answer = self.read("orders", &format!("/orders?{query}")).await?;
        read::orders(&answer.body)
    }

    pub async fn order(&self, code: &str) -> Result<Order, MarketError> {
        check_code(code)?;
        let query = query(&[("filter[orders][code]", code), ("include[orders]", "entries")]);
        let answer = self.read("order", &format!("/orders?{query}")).await?;
        let page = read::orders(&answer.body)?;
        if let Some(why) = page.refused.first() {
            return Err(MarketError::BadAnswer(why.clone()));
        }
        page.orders
            .into_iter()
            .find(|order| order.code == code)
            .ok_or_else(|| MarketError::NotFound(format!("order {code}")))
    }

    pub async fn entries(&self, order_id: &str) -> Result<Vec<OrderEntry>, MarketError> {
        let path = format!("/orders/{}/entries", quoted(order_id)?);
        let answer = self.read("order entries", &path).await?;
        read::entries(&answer.body)
    }

    pub async fn act(&self, order_id: &str, code: &str, act: &OrderAct) -> Result<(), MarketError> {
        check_code(code)?;
        quoted(order_id)?;
        let body = json!({"data": {"type": "orders", "id": order_id, "attributes": attributes(code, act)?}});
        let url = join(&self.settings.official_url, "/orders");
        let mut call = self.change("order act", Method::POST, url, &body)?;
        let secret = match act {
            OrderAct::SendCode => Some(""),
            OrderAct::Complete { code } => Some(code.as_str()),
            _ => None,
        };
        if let Some(secret) = secret {
            call.header("x-security-code", secret)?;
            call.header("x-send-code", "true")?;
        }
        match self.judged(call, Effect::Write).await {
            // Asking for the code is told apart from giving a wrong one by what was sent.
            Err(MarketError::WrongCode) if *act == OrderAct::SendCode => Ok(()),
            Err(error) => Err(error),
            Ok(answer) => expect_json(answer, Effect::Write).map(|_| ()),
        }
    }

    pub async fn cancel_entry(&self, cancel: &EntryCancel) -> Result<EntryCancelState, MarketError> {
        if cancel.left < 0 {
            return Err(MarketError::Invalid(format!(
                "{} pieces are left: give 0 or more",
                cancel.left
            )));
        }
        check_comment(&cancel.notes)?;
        quoted(&cancel.entry_id)?;
        let body = json!({"data": {
            "type": "orderEntryCancelOperation",
            "attributes": {
                "notes": cancel.notes,
                "remainedQuantity": cancel.left,
                "reason": cancel.reason.word(),
            },
            "relationships": {"entry": {"data": {"type": "orderentries", "id": cancel.entry_id}}},
        }});
        let url = join(&self.settings.official_url, "/orderEntryCancelOperation");
        let call = self.change("cancel entry", Method::POST, url, &body)?;
        let answer = expect_json(self.judged(call, Effect::Write).await?, Effect::Write)?;
        read::entry_cancel(&answer.body)
            .map_err(|error| MarketError::Unclear(format!("the change was sent, but {error}")))
    }

    /// Another family of addresses, without a version, in plain JSON.
    pub async fn change_weight(
        &self,
        order_id: &str,
        change: &WeightChange,
    ) -> Result<EntryCancelState, MarketError> {
        if change.left < 0 || change.left_g < 0 {
            return Err(MarketError::Invalid(format!(
                "{} g and {} pieces are left: give 0 or more",
                change.left_g, change.left
            )));
        }
        check_comment(&change.notes)?;
        quoted(&change.entry_id)?;
        let body = json!([{
            "entry": {"id": change.entry_id},
            "remainedWeight": change.left_g,
            "remainedQuantity": change.left,
            "reason": if change.is_underweight { "PRODUCT_UNDERWEIGHT" } else { "MERCHANT_OUT_OF_STOCK" },
            "notes": change.notes,
        }]);
        let base = self
            .settings
            .official_url
            .trim_end_matches('/')
            .trim_end_matches("/v2");
        let url = format!("{base}/orderPartialCancel/{}", quoted(order_id)?);
        let mut call = self.change("weight of a line", Method::PUT, url, &body)?;
        call.header("content-type", "application/json")?;
        call.header("accept", "application/json")?;
        let answer = expect_json(self.judged(call, Effect::Write).await?, Effect::Write)?;
        read::weight_change(&answer.body)
            .map_err(|error| MarketError::Unclear(format!("the change was sent, but {error}")))
    }

    pub async fn tell_imei(&self, entry_id: &str, devices: &[Vec<String>]) -> Result<(), MarketError> {
        quoted(entry_id)?;
        let items: Vec<Value> = devices.iter().map(|numbers| json!({"imei": numbers})).collect();
        let body = json!({"data": {
            "type": "orderEntryImeiOperation",
            "attributes": {"items": items},
            "relationships": {"entry": {"data": {"type": "orderentries", "id": entry_id}}},
        }});
        let url = join(&self.settings.official_url, "/orderEntryImeiOperation");
        let call = self.change("device numbers", Method::POST, url, &body)?;
        expect_json(self.judged(call, Effect::Write).await?, Effect::Write).map(drop)
    }

    pub async fn waybill(&self, url: &str) -> Result<Vec<u8>, MarketError> {
        let own = Url::parse(&self.settings.official_url).map(|url| url.origin());
        let theirs = Url::parse(url).map(|url| url.origin());
        if !matches!((own, theirs), (Ok(own), Ok(theirs)) if own == theirs) {
            return Err(MarketError::Invalid(
                "the waybill's address is not of the marketplace".to_owned(),
            ));
        }
        let mut call = self.call("waybill", url.to_owned())?;
        call.header("accept", "application/pdf, */*")?;
        call.limit_bytes = MOST_WAYBILL;
        let answer = self.judged(call, Effect::Read).await?;
        if answer.body.starts_with(b"%PDF-") {
            Ok(answer.body)
        } else {
            Err(MarketError::BadAnswer("the waybill is not a PDF".to_owned()))
        }
    }

    fn call(&self, name: &'static str, url: String) -> Result<Call, MarketError> {
        let mut call = Call::get(Service::Official, name, url, self.settings);
        call.header("accept", JSON_API)?;
        call.header("content-type", JSON_API)?;
        call.header("x-auth-token", self.token.0.expose_secret())?;
        Ok(call)
    }

    fn change(
        &self,
        name: &'static str,
        method: Method,
        url: String,
        body: &impl Serialize,
    ) -> Result<Call, MarketError> {
        let body =
            serde_json::to_vec(body).map_err(|error| MarketError::Invalid(format!("{name}: {error}")))?;
        Ok(Call {
            effect: Effect::Write,
            method,
            body: Some(body),
            ..self.call(name, url)?
        })
    }

    async fn read(&self, name: &'static str, path: &str) -> Result<Answer, MarketError> {
        let call = self.call(name, join(&self.settings.official_url, path))?;
        expect_json(self.judged(call, Effect::Read).await?, Effect::Read)
    }

    async fn judged(&self, call: Call, effect: Effect) -> Result<Answer, MarketError> {
        let answer = call.send(self.clients, self.via, self.settings).await?;
        judge(answer, Service::Official, effect, self.settings)
    }
}

fn attributes(code: &str, act: &OrderAct) -> Result<Value, MarketError> {
    Ok(match act {
        OrderAct::Accept => json!({"code": code, "status": "ACCEPTED_BY_MERCHANT"}),
        OrderAct::Assemble { parcels } if (1..=MOST_PARCELS).contains(parcels) => {
            json!({"status": "ASSEMBLE", "numberOfSpace": parcels.to_string()})
        }
        OrderAct::Assemble { parcels } => {
            return Err(MarketError::Invalid(format!(
                "{parcels} parcels: give 1 to {MOST_PARCELS}"
            )));
        }
        OrderAct::Cancel { reason, comment } => {
            let mut told = json!({"code": code, "status": "CANCELLED", "cancellationReason": reason.word()});
            if let (Some(comment), Some(members)) = (comment, told.as_object_mut()) {
                check_comment(comment)?;
                members.insert("cancellationComment".to_owned(), json!(comment));
            }
            told
        }
        OrderAct::SendCode | OrderAct::Complete { .. } => json!({"code": code, "status": "COMPLETED"}),
        OrderAct::Arrived => json!({"code": code, "status": "ARRIVED"}),
        OrderAct::ArrivedBackward => json!({"code": code, "status": "ARRIVED_BACKWARD"}),
    })
}

fn query(pairs: &[(&str, &str)]) -> String {
    pairs
        .iter()
        .map(|(name, value)| {
            format!(
                "{}={}",
                utf8_percent_encode(name, NON_ALPHANUMERIC),
                utf8_percent_encode(value, NON_ALPHANUMERIC)
            )
        })
        .collect::<Vec<_>>()
        .join("&")
}

fn millis(at: sauda_kernel::Timestamp) -> String {
    at.as_micros().div_euclid(1_000).to_string()
}

/// An opaque id as part of an address.
fn quoted(id: &str) -> Result<String, MarketError> {
    if (1..=200).contains(&id.len()) {
        return Ok(utf8_percent_encode(id, NON_ALPHANUMERIC).to_string());
    }
    Err(MarketError::Invalid(
        "an id of 1 to 200 letters is needed".to_owned(),
    ))
}

fn check_code(code: &str) -> Result<(), MarketError> {
    if read::is_order_code(code) {
        return Ok(());
    }
    let shown: String = code.chars().take(40).collect();
    Err(MarketError::Invalid(format!(
        "order {shown:?}: it must be a number of up to 40 digits or letters"
    )))
}

fn check_comment(comment: &str) -> Result<(), MarketError> {
    let letters = comment.chars().count();
    if letters <= MOST_COMMENT {
        return Ok(());
    }
    Err(MarketError::Invalid(format!(
        "a comment of {letters} letters: at most {MOST_COMMENT} are taken"
    )))
}
