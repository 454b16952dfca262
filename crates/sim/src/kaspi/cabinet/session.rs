//! Who calls the cabinet and which shop they may touch. Refuses to open sessions; sign-in does.

use crate::{
    control::{
        counters::Counters,
        faults::{FaultKind, Service, Subject},
    },
    kaspi::wire::{cookie, json},
    sim::Sim,
    world::{accounts::Account, shops::Shop},
};
use axum::{
    http::{HeaderMap, StatusCode},
    response::Response,
};
use serde_json::json;

/// The account of a living session, or none.
pub fn account<'a>(sim: &'a Sim, headers: &HeaderMap, merchant: &str) -> Option<&'a Account> {
    let sid = cookie(headers, "mc-sid")?;
    let subject = Subject {
        service: Service::Cabinet,
        merchant,
        ..Subject::default()
    };
    if sim.fault(FaultKind::SessionEnded, &subject) {
        Counters::add(&sim.counters.faults);
        sim.identity.end_session(sid);
        return None;
    }
    sim.world.accounts.get(sim.identity.session(sid)?)
}

/// The shop of a call, when the session lives and the shop is the caller's.
///
/// # Errors
/// The refusal to send: 401 without a session or without `x-auth-version: 3`, 403 for a shop of somebody else, 404 for none.
pub fn shop<'a>(sim: &'a Sim, headers: &HeaderMap, merchant: &str) -> Result<(u16, &'a Shop), Box<Response>> {
    let refuse = |status: StatusCode| {
        Counters::add(&sim.counters.cabinet_refused);
        Box::new(json(
            status,
            &json!({"status": status.as_u16(), "error": status.canonical_reason()}),
        ))
    };
    let versioned = headers
        .get("x-auth-version")
        .is_some_and(|version| version == "3");
    let account = account(sim, headers, merchant)
        .filter(|_| versioned)
        .ok_or_else(|| refuse(StatusCode::UNAUTHORIZED))?;
    let (at, shop) = sim
        .world
        .shop(merchant)
        .ok_or_else(|| refuse(StatusCode::NOT_FOUND))?;
    if account.shops.contains(&at) {
        Ok((at, shop))
    } else {
        Err(refuse(StatusCode::FORBIDDEN))
    }
}
