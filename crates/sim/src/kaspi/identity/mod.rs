//! Sign-in: the authorisation server and the cabinet's side of the chain. Refuses to know offers.

pub mod desk;
mod login;
mod oauth;

use crate::sim::Sim;
use axum::{
    Router,
    routing::{get, post},
};
use std::sync::Arc;

pub fn routes() -> Router<Arc<Sim>> {
    Router::new()
        .route("/oauth2/authorization/1", get(oauth::begin))
        .route("/oauth2/authorize", get(oauth::authorize))
        .route("/login/oauth2/code/1", get(oauth::finish))
        .route("/login", get(login::page))
        .route("/api/p/login", post(login::step))
        .route("/mc/", get(oauth::shell))
        .route("/s/m", get(oauth::merchants))
}
