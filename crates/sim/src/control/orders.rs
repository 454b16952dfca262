//! Orders by hand: somebody buys in a shop, and what has become of it. Refuses to go through the wire.

use crate::{
    control::actions::Missing,
    kaspi::wire::json,
    locks::{lock, read},
    sim::Sim,
    world::{
        orders::{self, Bought, Line, Order, Way},
        refunds,
        shops::OwnOffer,
    },
};
use axum::{
    body::Bytes,
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

/// How the goods of an order by hand reach the buyer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wanted {
    Kaspi,
    Express,
    Postomat,
    Pickup,
    Own,
}

impl Wanted {
    const fn way(self) -> Way {
        match self {
            Self::Kaspi => Way::Kaspi { express: false },
            Self::Express => Way::Kaspi { express: true },
            Self::Postomat => Way::Postomat,
            Self::Pickup => Way::Pickup,
            Self::Own => Way::Own,
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewOrder {
    /// The first offer on sale, when it is not said.
    sku: Option<String>,
    /// As buyers choose, when it is not said.
    way: Option<Wanted>,
    /// Pieces; one, when it is not said.
    quantity: Option<u32>,
    /// Articles of further lines, a piece of each.
    #[serde(default)]
    more: Vec<String>,
    /// Grams, for goods by weight.
    grams: Option<u32>,
    /// The seller has to tell the numbers of the devices.
    #[serde(default)]
    imei: bool,
}

impl Sim {
    /// Somebody buys one piece in a shop. The number of the order.
    ///
    /// # Errors
    /// When there is no such shop, or it sells no such thing.
    pub fn order(&self, uid: &str, sku: Option<&str>, way: Option<Way>) -> Result<String, Missing> {
        self.order_of(uid, sku, way, 1, &[])
    }

    /// Somebody buys so many pieces, and a piece of each further article.
    ///
    /// # Errors
    /// When there is no such shop, or it sells no such thing.
    pub fn order_of(
        &self,
        uid: &str,
        sku: Option<&str>,
        way: Option<Way>,
        quantity: u32,
        more: &[&str],
    ) -> Result<String, Missing> {
        self.order_whole(uid, sku, way, quantity, more, (None, false))
    }

    /// The same with grams of the first line, and whether it is a device.
    ///
    /// # Errors
    /// When there is no such shop, or it sells no such thing.
    pub fn order_whole(
        &self,
        uid: &str,
        sku: Option<&str>,
        way: Option<Way>,
        quantity: u32,
        more: &[&str],
        (grams, imei): (Option<u32>, bool),
    ) -> Result<String, Missing> {
        let (at, shop) = self.world.shop(uid).ok_or_else(|| Missing::of("shop", uid))?;
        let now = self.now();
        let (sku, card, price, point, city, more) = {
            let state = read(&shop.state);
            let offer = state
                .offers
                .iter()
                .find(|offer| offer.on_sale && sku.is_none_or(|sku| offer.sku == sku))
                .ok_or_else(|| Missing::of("offer", sku.unwrap_or("on sale")))?;
            let price = price_of(offer);
            let line = |sku: &&str| {
                let offer = state.offers.iter().find(|offer| offer.sku == **sku);
                let offer = offer.ok_or_else(|| Missing::of("offer", sku))?;
                Ok(Line {
                    sku: offer.sku.clone(),
                    card: offer.card,
                    price: price_of(offer),
                    quantity: 1,
                    grams: None,
                    imei: false,
                })
            };
            let more = more.iter().map(line).collect::<Result<Vec<_>, Missing>>()?;
            let point = state
                .points
                .iter()
                .find(|point| point.enabled)
                .ok_or_else(|| Missing::of("point", uid))?;
            (
                offer.sku.clone(),
                offer.card,
                price,
                point.code.clone(),
                point.city,
                more,
            )
        };
        let bought = Bought {
            shop: at,
            sku: &sku,
            card,
            city,
            price,
            point: point.rsplit('_').next().unwrap_or("PP1"),
            is_near: true,
            way,
            quantity: quantity.max(1),
            grams,
            imei,
            more,
        };
        let wakes = orders::place(self, &bought, now);
        self.wake_all(wakes);
        let all = lock(&self.orders);
        Ok(all.all.last().map(|order| order.code.clone()).unwrap_or_default())
    }
}

impl Sim {
    /// The buyer sends an order back, whatever became of it.
    ///
    /// # Errors
    /// When there is no such order.
    pub fn send_back(&self, code: &str, reason: Option<&str>) -> Result<(), Missing> {
        let wakes = refunds::open(self, code, reason, self.now());
        self.wake_all(wakes.ok_or_else(|| Missing::of("order", code))?);
        Ok(())
    }
}

impl Sim {
    /// Numbers of devices that the seller told for an order.
    pub fn devices(&self, code: &str) -> Vec<Vec<String>> {
        let orders = lock(&self.orders);
        let told = orders.find(code).map(|(_, order)| order.devices.clone());
        told.unwrap_or_default()
            .into_iter()
            .flat_map(|(_, devices)| devices)
            .collect()
    }
}

fn price_of(offer: &OwnOffer) -> u32 {
    offer
        .everywhere
        .or_else(|| offer.city_prices.values().next().copied())
        .unwrap_or(1_000)
}

fn show(sim: &Sim, order: &Order) -> Value {
    json!({
        "code": order.code,
        "shop": sim.world.shops.get(usize::from(order.shop)).map(|shop| shop.uid.as_str()),
        "sku": order.sku, "price": order.price, "quantity": order.quantity,
        "lines": order.lines().map(|(number, line)| json!({"number": number, "sku": line.sku, "price": line.price, "quantity": line.quantity})).collect::<Vec<_>>(),
        "way": format!("{:?}", order.way), "status": format!("{:?}", order.status),
        "buyer": format!("{} {}", order.buyer.first, order.buyer.last), "code_of_buyer": order.secret,
        "created_at": order.created_at.rfc3339(), "assemblies": order.assemblies,
        "waybill_at": order.assembled.as_ref().map(|ready| ready.waybill_at.rfc3339()),
        "handed_over_at": order.handed_over_at.map(|at| at.rfc3339()),
    })
}

fn refuse(missing: &Missing) -> Response {
    json(StatusCode::NOT_FOUND, &json!({"error": missing.to_string()}))
}

pub(super) async fn add(State(sim): State<Arc<Sim>>, Path(uid): Path<String>, body: Bytes) -> Response {
    let asked: NewOrder = match serde_json::from_slice(if body.is_empty() { b"{}" } else { &body }) {
        Ok(asked) => asked,
        Err(error) => {
            return json(
                StatusCode::UNPROCESSABLE_ENTITY,
                &json!({"error": error.to_string()}),
            );
        }
    };
    let more: Vec<&str> = asked.more.iter().map(String::as_str).collect();
    match sim.order_whole(
        &uid,
        asked.sku.as_deref(),
        asked.way.map(Wanted::way),
        asked.quantity.unwrap_or(1),
        &more,
        (asked.grams, asked.imei),
    ) {
        Err(missing) => refuse(&missing),
        Ok(code) => one(&sim, &code),
    }
}

fn one(sim: &Sim, code: &str) -> Response {
    let orders = lock(&sim.orders);
    match orders.find(code) {
        None => refuse(&Missing::of("order", code)),
        Some((_, order)) => json(StatusCode::OK, &show(sim, order)),
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// As buyers say it, when it is not said.
    reason: Option<String>,
}

/// The buyer sends an order back.
pub(super) async fn send_back(
    State(sim): State<Arc<Sim>>,
    Path(code): Path<String>,
    body: Bytes,
) -> Response {
    match serde_json::from_slice::<Reason>(if body.is_empty() { b"{}" } else { &body }) {
        Err(error) => json(
            StatusCode::UNPROCESSABLE_ENTITY,
            &json!({"error": error.to_string()}),
        ),
        Ok(Reason { reason }) => match sim.send_back(&code, reason.as_deref()) {
            Err(missing) => refuse(&missing),
            Ok(()) => one(&sim, &code),
        },
    }
}

pub(super) async fn look(State(sim): State<Arc<Sim>>, Path(code): Path<String>) -> Response {
    one(&sim, &code)
}

#[derive(Debug, Deserialize)]
pub(super) struct From {
    #[serde(default)]
    from: usize,
}

pub(super) async fn list(State(sim): State<Arc<Sim>>, Query(asked): Query<From>) -> Response {
    let orders = lock(&sim.orders);
    let rows: Vec<Value> = orders
        .all
        .iter()
        .skip(asked.from)
        .map(|order| show(&sim, order))
        .collect();
    json(StatusCode::OK, &Value::Array(rows))
}
