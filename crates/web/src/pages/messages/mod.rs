//! Messages of a shop: talks, lines, templates, limits. Refuses to send: what is written is recorded, the postman sends.

mod inbox;
mod limits;
mod lines;
mod show;
mod talk;
mod templates;

pub(crate) use show::talk_line;

use crate::door::Desk;
use axum::{
    Router,
    extract::State,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use sauda_edge::{PathParams, Person, Refusal, need};

pub(crate) fn routes() -> Router<Desk> {
    Router::new()
        .route("/messages", get(first))
        .route("/messages/{part}", get(first_part))
        .route("/s/{shop}/messages", get(inbox::page))
        .route("/s/{shop}/messages/talks/{talk}", get(talk::page).post(talk::act))
        .route(
            "/s/{shop}/messages/orders/{code}",
            get(talk::of_order).post(talk::write_to_order),
        )
        .route("/s/{shop}/messages/files/{message}", get(talk::file))
        .route("/s/{shop}/messages/cancel/{message}", post(talk::cancel))
        .route("/s/{shop}/messages/whatsapp", get(lines::page).post(lines::add))
        .route(
            "/s/{shop}/messages/whatsapp/{line}",
            get(lines::link).post(lines::act),
        )
        .route("/s/{shop}/messages/templates", get(templates::list))
        .route(
            "/s/{shop}/messages/templates/{key}",
            get(templates::page).post(templates::write),
        )
        .route("/s/{shop}/messages/triggers/{trigger}", post(templates::trigger))
        .route("/s/{shop}/messages/limits", get(limits::page).post(limits::put))
}

/// Without a shop in the address: those of the first.
async fn first(State(desk): State<Desk>, who: Person<need::ViewMessages>) -> Result<Response, Refusal> {
    lead(&desk, &who, "").await
}

async fn first_part(
    State(desk): State<Desk>,
    who: Person<need::ViewMessages>,
    PathParams(part): PathParams<String>,
) -> Result<Response, Refusal> {
    let part = match part.as_str() {
        "whatsapp" | "templates" | "limits" => format!("/{part}"),
        _ => String::new(),
    };
    lead(&desk, &who, &part).await
}

async fn lead(desk: &Desk, who: &Person<need::ViewMessages>, part: &str) -> Result<Response, Refusal> {
    let shops = desk.catalog.shops(who.scope()).await?;
    let address = shops.first().map_or_else(
        || "/connect".to_owned(),
        |shop| format!("/s/{}/messages{part}", shop.slug),
    );
    Ok(Redirect::to(&address).into_response())
}
