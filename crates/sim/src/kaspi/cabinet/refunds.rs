//! Returns in the cabinet. Refuses to accept or refuse one: those calls were never seen.

use super::session;
use crate::{
    control::faults::{FaultKind, Service, Subject},
    kaspi::wire::json,
    sim::Sim,
    world::{
        orders::Order,
        refunds::{self, Refund},
    },
};
use axum::{
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

const TABS: [(&str, &str); 5] = [
    ("NEW", "Новые"),
    ("ON_DELIVERY", "На доставке"),
    ("WAITING_DECISION", "Ожидают решения"),
    ("DISPUTE", "Спор"),
    ("CLOSED", "Закрытые"),
];

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Asked {
    merchant_id: String,
    #[serde(default)]
    tab: String,
    #[serde(default)]
    p: usize,
    s: Option<usize>,
    #[serde(default)]
    refund_id: String,
    #[serde(default)]
    code: String,
}

pub async fn count(State(sim): State<Arc<Sim>>, headers: HeaderMap, Query(asked): Query<Asked>) -> Response {
    let shop = match session::shop(&sim, &headers, &asked.merchant_id) {
        Ok((shop, _)) => shop,
        Err(refusal) => return *refusal,
    };
    let (all, now) = (refunds::of_shop(&sim, shop), sim.now());
    let rows: Vec<Value> = TABS
        .iter()
        .map(|(tab, title)| {
            let total = all
                .iter()
                .filter(|(_, refund)| refund.stage(now).0 == *tab)
                .count();
            json!({"tab": tab, "tabTitle": title, "total": total})
        })
        .collect();
    json(StatusCode::OK, &Value::Array(rows))
}

pub async fn list(State(sim): State<Arc<Sim>>, headers: HeaderMap, Query(asked): Query<Asked>) -> Response {
    let shop = match session::shop(&sim, &headers, &asked.merchant_id) {
        Ok((shop, _)) => shop,
        Err(refusal) => return *refusal,
    };
    let subject = Subject {
        service: Service::Cabinet,
        merchant: &asked.merchant_id,
        ..Subject::default()
    };
    if !TABS.iter().any(|(tab, _)| *tab == asked.tab) || asked.s.is_some_and(|size| size > 10) {
        return json(
            StatusCode::BAD_REQUEST,
            &json!({"title": "Bad Request", "status": 400}),
        );
    }
    let (mut all, now) = (refunds::of_shop(&sim, shop), sim.now());
    all.retain(|(_, refund)| refund.stage(now).0 == asked.tab);
    let (total, size) = (all.len(), asked.s.unwrap_or(10));
    let mut rows: Vec<Value> = all
        .iter()
        .skip(asked.p.saturating_mul(size))
        .take(size)
        .map(|(order, refund)| row(order, refund, now))
        .collect();
    if sim.fault(FaultKind::PartialPage, &subject) {
        rows.truncate(rows.len() / 2);
    }
    json(StatusCode::OK, &json!({"data": rows, "total": total}))
}

fn row(order: &Order, refund: &Refund, now: sauda_kernel::Timestamp) -> Value {
    json!({
        "refundId": refund.number * 11, "applicationNumber": refund.number.to_string(), "order": order.code,
        "productSku": order.sku, "customer": format!("{} {}", order.buyer.first, order.buyer.last),
        "sum": order.total(), "quantity": order.quantity,
        "refundReason": {"reasonDescription": refund.reason}, "description": refund.stage(now).1,
    })
}

pub async fn details(
    State(sim): State<Arc<Sim>>,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Response {
    let shop = match session::shop(&sim, &headers, &asked.merchant_id) {
        Ok((shop, _)) => shop,
        Err(refusal) => return *refusal,
    };
    let known = refunds::of_shop(&sim, shop).into_iter().find(|(_, refund)| {
        (refund.number * 11).to_string() == asked.refund_id && refund.number.to_string() == asked.code
    });
    let Some((order, refund)) = known else {
        return json(
            StatusCode::NOT_FOUND,
            &json!({"title": "Not Found", "status": 404}),
        );
    };
    let (_, words, until) = refund.stage(sim.now());
    json(
        StatusCode::OK,
        &json!({
            "refundId": refund.number * 11, "applicationNumber": refund.number.to_string(), "order": order.code,
            "customerName": order.buyer.first, "refundReason": {"reasonDescription": refund.reason},
            "quantity": order.quantity, "total": order.total(), "totalWithdraw": order.total(),
            "comment": "Прошу оформить возврат", "stepDescription": words, "actions": [],
            "stateSteps": [
                {"title": "Возврат оформлен", "stepStatus": "DONE", "stage": "NEW", "result": "OK", "stepType": "INFO", "expirationTime": null},
                {"title": words, "stepStatus": "CURRENT", "stage": "CURRENT", "result": null, "stepType": "ACTION",
                 "expirationTime": until.map(|until| until.as_micros() / 1_000)},
            ],
            "klTrackUrl": null, "imageUrls": [],
        }),
    )
}
