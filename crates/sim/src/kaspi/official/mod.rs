//! The official API of orders, `/shop/api/v2`. Refuses to share a type with our client.

mod acts;
pub mod cards;
mod show;
mod waybill;

use crate::{
    kaspi::wire::{json, with_type},
    sim::Sim,
    world::orders::{Order, Status, Way},
};
use axum::{
    Router,
    http::{HeaderMap, StatusCode},
    response::Response,
    routing::{get, post, put},
};
use serde_json::{Value, json};
use std::sync::Arc;

pub fn routes() -> Router<Arc<Sim>> {
    Router::new()
        .route("/shop/api/v2/orders", get(show::list).post(acts::act))
        .route("/shop/api/v2/orders/{id}", get(show::one))
        .route("/shop/api/v2/orders/{id}/entries", get(show::entries))
        .route("/shop/api/v2/orderEntryCancelOperation", post(acts::cancel_entry))
        .route("/shop/api/v2/orderEntryImeiOperation", post(acts::tell_devices))
        .route("/shop/api/orderPartialCancel/{id}", put(acts::change_weight))
        .route("/shop/api/waybill/{number}", get(waybill::pdf))
        .merge(cards::routes())
}

/// The shop whose token the call carries.
fn shop_of(sim: &Sim, headers: &HeaderMap) -> Option<u16> {
    let token = headers
        .get("x-auth-token")
        .and_then(|token| token.to_str().ok())
        .unwrap_or("");
    let shop = sim.world.shops.iter().position(|shop| shop.token == token);
    shop.and_then(|at| u16::try_from(at).ok())
}

fn unauthorized() -> Response {
    refusal(StatusCode::UNAUTHORIZED, "Unauthorized")
}

fn answer(value: &Value) -> Response {
    with_type(
        StatusCode::OK,
        "application/vnd.api+json",
        value.to_string().into_bytes(),
    )
}

fn refusal(status: StatusCode, title: &str) -> Response {
    json(status, &json!({"errors": [{"title": title}]}))
}

/// The tab that an order stands in.
fn tab(order: &Order) -> &'static str {
    match (order.status, order.way) {
        (Status::Completed | Status::Cancelled | Status::Returned, _) => "ARCHIVE",
        (Status::Approved, _) => "NEW",
        (_, Way::Pickup) => "PICKUP",
        (_, Way::Own) => "DELIVERY",
        (_, Way::Kaspi { .. } | Way::Postomat) => "KASPI_DELIVERY",
    }
}

const fn status(order: &Order) -> &'static str {
    match order.status {
        Status::Approved => "APPROVED_BY_BANK",
        Status::Accepted => "ACCEPTED_BY_MERCHANT",
        Status::Completed => "COMPLETED",
        Status::Cancelled => "CANCELLED",
        Status::Cancelling => "CANCELLING",
        Status::Returned => "RETURNED",
    }
}

/// An id as the API makes them: base64 of the plain key, without padding (RFC 4648).
fn id_of(key: &str) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(key.len() * 4 / 3 + 2);
    for part in key.as_bytes().chunks(3) {
        let byte = |at: usize| u32::from(part.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for sign in 0..=part.len() {
            let place = usize::try_from(bits >> (18 - 6 * sign) & 63).unwrap_or(0);
            text.push(char::from(SIGNS.get(place).copied().unwrap_or(b'A')));
        }
    }
    text
}

/// The order's number behind an id.
fn code_of(id: &str) -> String {
    let mut bits = 0_u32;
    let mut have = 0;
    let mut bytes = Vec::new();
    for sign in id.bytes() {
        let value = match sign {
            b'A'..=b'Z' => sign - b'A',
            b'a'..=b'z' => sign - b'a' + 26,
            b'0'..=b'9' => sign - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        have += 6;
        if have >= 8 {
            have -= 8;
            bytes.push(u8::try_from(bits >> have & 0xFF).unwrap_or(0));
        }
    }
    String::from_utf8(bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_the_recorded_ones() {
        for (key, id) in [
            ("896884610", "ODk2ODg0NjEw"),
            ("896884610##0", "ODk2ODg0NjEwIyMw"),
            ("7000000001", "NzAwMDAwMDAwMQ"),
            ("30453464_PP1", "MzA0NTM0NjRfUFAx"),
            ("103403297", "MTAzNDAzMjk3"),
        ] {
            assert_eq!(id_of(key), id);
            assert_eq!(code_of(id), key);
        }
    }
}
