//! The redirects of sign-in, out to the authorisation server and back, and the list of merchants. Refuses to check codes.

use crate::{
    control::counters::Counters,
    kaspi::{
        cabinet::session,
        identity::desk::AuthRequest,
        wire::{cookie, found, html, json, set_cookie},
    },
    sim::Sim,
};
use axum::{
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header},
    response::Response,
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

/// Always to be taken from the redirect.
const CLIENT_ID: &str = "da68118c-9671-4cb5-8c9e-c08785ad204b";

/// The simulator's own address as the caller wrote it.
fn base(headers: &HeaderMap) -> String {
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or("127.0.0.1");
    format!("http://{host}")
}

fn quoted(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Begin {
    redirect_url: Option<String>,
}

/// `GET /oauth2/authorization/1?redirectUrl=`: out to the authorisation server.
pub async fn begin(State(sim): State<Arc<Sim>>, headers: HeaderMap, Query(begin): Query<Begin>) -> Response {
    let base = base(&headers);
    let state = sim.identity.token(32);
    let wanted = begin.redirect_url.unwrap_or_default();
    // Hosts of the real service are all this one; only the path of the wish is kept.
    let path = wanted
        .split_once("://")
        .and_then(|(_, rest)| rest.split_once('/'))
        .map_or("/mc/".to_owned(), |(_, path)| format!("/{path}"));
    let arr = sim.identity.open_request(AuthRequest {
        state: state.clone(),
        redirect_to: format!("{base}{path}"),
    });
    let mut response = found(&format!(
        "{base}/oauth2/authorize?response_type=code&client_id={CLIENT_ID}&scope=openid&state={state}&redirect_uri={}&nonce={}&code_challenge={}&code_challenge_method=S256",
        quoted(&format!("{base}/login/oauth2/code/1")),
        sim.identity.token(43),
        sim.identity.token(43),
    ));
    set_cookie(
        &mut response,
        &format!("mc_arr={arr}; Path=/; HttpOnly; SameSite=Lax"),
    );
    response
}

#[derive(Debug, Deserialize)]
pub struct Authorize {
    response_type: String,
    client_id: String,
    state: String,
    redirect_uri: String,
    code_challenge: String,
    code_challenge_method: String,
}

/// `GET /oauth2/authorize`: to the login page, or back with a code when signed in.
pub async fn authorize(
    State(sim): State<Arc<Sim>>,
    headers: HeaderMap,
    Query(asked): Query<Authorize>,
) -> Response {
    let base = base(&headers);
    let right = asked.response_type == "code"
        && asked.client_id == CLIENT_ID
        && asked.redirect_uri == format!("{base}/login/oauth2/code/1")
        && asked.code_challenge_method == "S256"
        && !asked.code_challenge.is_empty();
    if !right {
        return json(StatusCode::BAD_REQUEST, &json!({"error": "invalid_request"}));
    }
    let (visit, account) = sim.identity.visit(cookie(&headers, "MS_AUTH_SSO"));
    let mut response = match account {
        None => found(&format!("{base}/login")),
        Some(account) => {
            let code = sim.identity.grant(account, &asked.state);
            found(&format!(
                "{}?code={code}&state={}",
                asked.redirect_uri, asked.state
            ))
        }
    };
    set_cookie(
        &mut response,
        &format!("MS_AUTH_SSO={visit}; Path=/; HttpOnly; SameSite=Lax"),
    );
    response
}

#[derive(Debug, Deserialize)]
pub struct Finish {
    code: Option<String>,
    state: Option<String>,
}

/// `GET /login/oauth2/code/1`: back at the cabinet, which opens the session.
pub async fn finish(State(sim): State<Arc<Sim>>, headers: HeaderMap, Query(back): Query<Finish>) -> Response {
    let arr = cookie(&headers, "mc_arr").unwrap_or("");
    let opened = sim.identity.redeem(
        arr,
        back.code.as_deref().unwrap_or(""),
        back.state.as_deref().unwrap_or(""),
    );
    let Some((sid, redirect_to)) = opened else {
        return json(StatusCode::UNAUTHORIZED, &json!({"error": "Unauthorized"}));
    };
    Counters::add(&sim.counters.sign_ins);
    let mut response = found(&redirect_to);
    set_cookie(
        &mut response,
        &format!("mc-sid={sid}; Path=/; HttpOnly; SameSite=Lax"),
    );
    set_cookie(
        &mut response,
        &format!("mc-session={}; Path=/; HttpOnly", sim.identity.token(32)),
    );
    set_cookie(&mut response, "mc_arr=; Path=/; Max-Age=0");
    response
}

/// `GET /mc/`: a static shell; it starts nothing.
pub async fn shell() -> Response {
    html(
        StatusCode::OK,
        "<!doctype html><html lang=\"ru\"><head><title>Kaspi Продавец</title></head><body><div id=\"app\"></div></body></html>",
    )
}

/// `GET /s/m`: the merchants of the session, or 401 and a fresh `mc-session`.
pub async fn merchants(State(sim): State<Arc<Sim>>, headers: HeaderMap) -> Response {
    let Some(account) = session::account(&sim, &headers, "") else {
        let mut response = json(StatusCode::UNAUTHORIZED, &json!({"error": "Unauthorized"}));
        set_cookie(
            &mut response,
            &format!("mc-session={}; Path=/; HttpOnly", sim.identity.token(32)),
        );
        return response;
    };
    let shops = account
        .shops
        .iter()
        .filter_map(|at| sim.world.shops.get(usize::from(*at)));
    let merchants: Vec<Value> = shops
        .map(|shop| json!({"uid": shop.uid, "name": shop.name, "logo": null}))
        .collect();
    json(StatusCode::OK, &json!({"merchants": merchants}))
}
