//! One offer's change: accepted now, done later. Refuses to say what came of it; the protocol does.

use crate::{
    control::{
        counters::Counters,
        faults::{FaultKind, Service, Subject},
    },
    kaspi::{
        cabinet::session,
        pricefeed::{limit::Verdict, reading::Body},
        wire::json,
    },
    locks::{lock, read},
    sim::Sim,
    world::{
        jobs,
        ledger::{Change, Door, Entry},
        shops::{Protocol, Shop},
    },
};
use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use sauda_kernel::{Clock, Span};
use serde_json::json;
use std::sync::Arc;

/// `POST /pricefeed/upload/merchant/process`
pub async fn process(State(sim): State<Arc<Sim>>, headers: HeaderMap, body: Bytes) -> Response {
    let Ok(asked) = serde_json::from_slice::<Body>(&body) else {
        return bad_request();
    };
    let (shop_at, shop) = match session::shop(&sim, &headers, &asked.merchant_uid) {
        Ok(found) => found,
        Err(refusal) => return *refusal,
    };
    if let Some(refusal) = refused_by_limit(&sim, shop_at, 1) {
        return refusal;
    }
    let Some(change) = asked.change(&sim, false) else {
        return bad_request();
    };
    let job = lock(&sim.luck).hex(24);
    accept(&sim, shop_at, shop, &asked.sku, change, Door::Single, &job);
    json(StatusCode::OK, &json!({"id": job}))
}

pub fn bad_request() -> Response {
    json(
        StatusCode::BAD_REQUEST,
        &json!({"status": 400, "error": "Bad Request"}),
    )
}

/// The 429 of a call above the limits, or none.
pub fn refused_by_limit(sim: &Sim, shop: u16, changes: u32) -> Option<Response> {
    let enforced = read(&sim.settings).change_limit;
    let verdict = sim
        .change_limit
        .take(shop, changes, enforced, sim.clock.limit_now());
    if verdict == Verdict::Pass {
        return None;
    }
    Counters::add(&sim.counters.changes_refused);
    if verdict == Verdict::Crossed {
        Counters::add(&sim.counters.change_violations);
    }
    Some(json(
        StatusCode::TOO_MANY_REQUESTS,
        &json!({"status": 429, "error": "Too Many Requests"}),
    ))
}

/// Books a change and plans its job, unless a fault throws it away.
pub fn accept(sim: &Sim, shop_at: u16, shop: &Shop, sku: &str, change: Change, door: Door, job: &str) {
    let now = sim.clock.now();
    let subject = Subject {
        service: Service::Pricefeed,
        merchant: &shop.uid,
        sku,
        ..Subject::default()
    };
    let lost = sim.fault(FaultKind::LostJob, &subject);
    let late = sim
        .faults
        .strike(FaultKind::LateJob, &subject, sim.clock.limit_now());
    let later = late.map_or(Span::ZERO, |fault| {
        Span::from_millis(i64::try_from(fault.delay_ms).unwrap_or(0))
    });
    Counters::add(&sim.counters.changes_accepted);
    let entry = sim.ledger.accept(Entry {
        job: job.to_owned(),
        door,
        shop: shop_at,
        merchant: shop.uid.clone(),
        sku: sku.to_owned(),
        requested: now,
        applied: None,
        visible: None,
        lost,
        refused: None,
        same_as_before: false,
        change,
    });
    if lost {
        return;
    }
    if let Some((_, offer)) = crate::locks::write(&shop.state).find_mut(sku) {
        offer.protocol = Some(Protocol {
            job: job.to_owned(),
            status: "IN_PROGRESS",
            at: now,
            errors: Vec::new(),
        });
    }
    let delay = Span::from_micros(jobs::delay(sim, shop_at, sku).as_micros() + later.as_micros());
    jobs::plan(sim, entry, delay, now);
}
