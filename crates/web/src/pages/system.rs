//! The first address, refusals in words, «more» on phones.

use crate::{
    door::{Desk, draw, language},
    render::Pages,
    shell::Shell,
    views::system::Refusal as RefusalView,
};
use axum::{
    Router,
    extract::State,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use sauda_edge::{Refusal, Told, Visit};

pub(crate) fn routes() -> Router<Desk> {
    Router::new().route("/", get(first))
}

/// Where a person begins: the first shop, connecting one, signing in, or making the owner's account.
async fn first(State(desk): State<Desk>, visit: Visit) -> Result<Redirect, Refusal> {
    let Some(session) = &visit.person else {
        return Ok(Redirect::to(if desk.accounts.needs_owner().await? { "/signup" } else { "/login" }));
    };
    let shops = desk.catalog.shops(&session.scope).await?;
    Ok(match shops.first() {
        Some(shop) => Redirect::to(&format!("/s/{}/today", shop.slug)),
        None => Redirect::to("/connect"),
    })
}

/// A refusal as a page: nobody signed in goes to sign in, all others are told what happened and what to do.
pub(crate) fn refusal(pages: &Pages, refusal: &Refusal, told: &Told) -> Option<Response> {
    let code = refusal.code();
    if code == "sign-in-first" {
        let back = if told.method == axum::http::Method::GET { told.address.as_str() } else { "/" };
        return Some(Redirect::to(&format!("/login?next={}", urlencode(back))).into_response());
    }
    if code == "code-awaited" {
        return Some(Redirect::to("/login/code").into_response());
    }
    let mut shell = Shell::bare(language(told.language), told.now, &told.address);
    shell.theme.clone_from(&told.theme);
    draw(pages, "pages/refusal.html", &shell, &view(refusal, told)).ok()
}

fn view(refusal: &Refusal, told: &Told) -> RefusalView {
    RefusalView {
        status: refusal.status().as_u16(),
        request: told.request_id.clone(),
        retry_seconds: refusal.retry_after(),
        home: "/".to_owned(),
    }
}

/// For one value in a query.
pub(crate) fn urlencode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
