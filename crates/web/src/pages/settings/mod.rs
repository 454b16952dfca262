//! Settings: profile, team, keys, security, journal. Shops have a module of their own.

mod audit;
mod keys;
mod profile;
mod security;
mod team;

use crate::door::Desk;
use axum::{
    Router,
    http::{HeaderValue, header},
    response::{Redirect, Response},
    routing::{get, post},
};
use sauda_accounts::Right;
use sauda_edge::{Person, need};

pub(crate) fn routes() -> Router<Desk> {
    Router::new()
        .route("/settings", get(first))
        .route("/settings/profile", get(profile::page).post(profile::save))
        .route("/settings/merchant", post(profile::switch))
        .route("/settings/team", get(team::page))
        .route("/settings/team/name", post(team::rename))
        .route("/settings/team/invite", post(team::invite))
        .route("/settings/team/invite/{id}/revoke", post(team::revoke))
        .route("/settings/team/{id}", post(team::change_role))
        .route("/settings/team/{id}/recovery", post(team::recovery))
        .route("/settings/team/{id}/remove", post(team::remove))
        .route("/settings/keys", get(keys::page).post(keys::make))
        .route("/settings/keys/{id}/revoke", post(keys::revoke))
        .route("/settings/security", get(security::page))
        .route("/settings/security/password", post(security::change_password))
        .route("/settings/security/second", post(security::confirm_second))
        .route("/settings/security/second/start", post(security::begin_second))
        .route("/settings/security/second/codes", post(security::renew_codes))
        .route("/settings/security/second/off", post(security::end_second))
        .route(
            "/settings/security/sessions/end-others",
            post(security::end_others),
        )
        .route(
            "/settings/security/sessions/{id}/end",
            post(security::end_session),
        )
        .route("/settings/audit", get(audit::page))
        .route("/settings/audit.csv", get(audit::export))
}

/// The first settings that this person may see.
async fn first(who: Person<need::SignedIn>) -> Redirect {
    Redirect::to(if who.scope().may(Right::ViewShops) {
        "/settings/shops"
    } else {
        "/settings/profile"
    })
}

/// What is shown once is kept nowhere: not by the browser either.
fn shown_once(mut page: Response) -> Response {
    page.headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    page
}
