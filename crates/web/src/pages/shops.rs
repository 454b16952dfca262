//! Shops in the settings: state of access, reading again, cities, way out, removal with its name said.

use crate::{
    carried::Did,
    door::{Desk, form_refusals},
    views::{
        parts::{State as Shown, Told},
        settings::{ShopCityLine, ShopLine, Shops},
    },
};
use axum::{
    Router,
    extract::State,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use sauda_accounts::{Right, Scope, Session};
use sauda_catalog::{Access, AccessState, Shop};
use sauda_edge::{FormBody, Language, PathParams, Person, Refusal, need};
use sauda_kernel::ShopId;
use sauda_pricing::service::ShopMode;
use serde::Deserialize;

const PATH: &str = "/settings/shops";

pub(crate) fn routes() -> Router<Desk> {
    Router::new()
        .route("/settings/shops", get(page))
        .route("/settings/shops/{id}/sync", post(sync))
        .route("/settings/shops/{id}/renew", post(renew))
        .route("/settings/shops/{id}/key", post(key))
        .route("/settings/shops/{id}/key/forget", post(forget_key))
        .route("/settings/shops/{id}/cities", post(cities))
        .route("/settings/shops/{id}/egress", post(egress))
        .route("/settings/shops/{id}/remove", get(ask_remove).post(remove))
}

async fn page(State(desk): State<Desk>, who: Person<need::ViewShops>) -> Result<Response, Refusal> {
    draw(&desk, &who.session, who.language, None, None).await
}

async fn draw(
    desk: &Desk,
    session: &Session,
    language: Language,
    asked: Option<ShopId>,
    refused: Option<(ShopId, Told)>,
) -> Result<Response, Refusal> {
    let shell = desk.shell(session, language, PATH, "settings").await?;
    let scope = &session.scope;
    let may_edit = scope.may(Right::ManageShops);
    let accesses = desk.catalog.accesses(scope).await?;
    let proxies = desk.catalog.proxies(scope).await?;
    let ways: Vec<(String, String)> = proxies
        .into_iter()
        .map(|proxy| (proxy.id.to_string(), proxy.name))
        .collect();
    let mut shops = Vec::new();
    for shop in desk.catalog.shops(scope).await? {
        let mut line = line(desk, scope, shop, &accesses, &ways).await?;
        line.key_refused = refused
            .as_ref()
            .filter(|(id, _)| id.as_str() == line.id)
            .map(|(_, why)| why.clone());
        shops.push(line);
    }
    desk.draw(
        &shell,
        &Shops {
            shops,
            ways,
            asked: asked.map(|id| id.to_string()),
            may_edit,
        },
    )
}

async fn line(
    desk: &Desk,
    scope: &Scope,
    shop: Shop,
    accesses: &[Access],
    ways: &[(String, String)],
) -> Result<ShopLine, Refusal> {
    let access = accesses
        .iter()
        .find(|access| Some(&access.id) == shop.access.as_ref());
    let state = shop.access_state.unwrap_or(AccessState::New);
    let tone = match state {
        AccessState::Connected => "ok",
        AccessState::New | AccessState::NeedsCode => "warn",
        AccessState::SessionEnded | AccessState::WrongPassword | AccessState::Blocked => "bad",
    };
    let cities = desk
        .catalog
        .cities(scope, &shop.id)
        .await?
        .into_iter()
        .filter(|city| city.gone_at.is_none());
    let cities = cities.map(|city| ShopCityLine {
        id: city.city_id,
        name: city.name,
        is_watched: city.watched,
    });
    let key = desk.catalog.shop_key(scope, &shop.id).await?;
    Ok(ShopLine {
        offers: desk.catalog.offer_count(&shop.id).await?,
        cities: cities.collect(),
        egress_name: ways
            .iter()
            .find(|(id, _)| *id == shop.egress)
            .map(|(_, name)| name.clone()),
        sent_to: access.and_then(|access| access.code_sent_to().map(str::to_owned)),
        login: access.map(|access| access.login_masked.clone()),
        access: shop.access.map(|id| id.to_string()),
        id: shop.id.to_string(),
        slug: shop.slug,
        name: shop.name,
        uid: shop.uid,
        state: Shown::new(state.word(), tone),
        until: shop.access_until,
        contact_at: shop.contact_at,
        synced_at: shop.synced_at,
        egress: shop.egress,
        key: key.map(|key| (key.end, key.state.word())),
        key_refused: None,
    })
}

async fn sync(
    State(desk): State<Desk>,
    who: Person<need::ManageShops>,
    PathParams(id): PathParams<ShopId>,
) -> Result<Response, Refusal> {
    let shop = desk.catalog.shop(who.scope(), &id).await?;
    desk.catalog.request_sync(who.scope(), &id).await?;
    Ok(Did::new("did-shop-sync").arg("name", shop.name).at(PATH))
}

/// Signs in again with the kept login: a code is asked for where the marketplace wants one.
async fn renew(
    State(desk): State<Desk>,
    who: Person<need::ManageShops>,
    PathParams(id): PathParams<ShopId>,
) -> Result<Response, Refusal> {
    let shop = desk.catalog.shop(who.scope(), &id).await?;
    let Some(access) = shop.access else {
        return Ok(Redirect::to("/connect").into_response());
    };
    let connected = desk.catalog.renew(who.scope(), &access).await?;
    if connected.access.state == AccessState::Connected {
        return Ok(Did::new("did-shop-renewed").arg("name", shop.name).at(PATH));
    }
    Ok(Redirect::to(&format!("/connect/{access}/code")).into_response())
}

#[derive(Deserialize)]
struct KeyForm {
    #[serde(default)]
    key: String,
}

/// Takes the key to a shop's orders; what cannot be a key is refused beside its field.
async fn key(
    State(desk): State<Desk>,
    who: Person<need::ManageShops>,
    PathParams(id): PathParams<ShopId>,
    FormBody(typed): FormBody<KeyForm>,
) -> Result<Response, Refusal> {
    match desk.orders.connect(who.scope(), &id, &typed.key).await {
        Ok(()) => Ok(Did::new("did-key-given").at(PATH)),
        Err(error) => {
            let refusals = form_refusals(&error).unwrap_or_default();
            let Some(first) = refusals.first() else {
                return Err(error.into());
            };
            let refused = Some((id, Told::from(first)));
            let mut page = draw(&desk, &who.session, who.language, None, refused).await?;
            *page.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
            Ok(page)
        }
    }
}

async fn forget_key(
    State(desk): State<Desk>,
    who: Person<need::ManageShops>,
    PathParams(id): PathParams<ShopId>,
) -> Result<Response, Refusal> {
    desk.orders.disconnect(who.scope(), &id).await?;
    Ok(Did::new("did-key-forgotten").at(PATH))
}

#[derive(Deserialize)]
struct CitiesForm {
    /// Ids of the cities where the bot works.
    #[serde(default)]
    city: Vec<String>,
}

async fn cities(
    State(desk): State<Desk>,
    who: Person<need::ManageShops>,
    PathParams(id): PathParams<ShopId>,
    FormBody(typed): FormBody<CitiesForm>,
) -> Result<Response, Refusal> {
    let scope = who.scope();
    let shop = desk.catalog.shop(scope, &id).await?;
    for city in desk.catalog.cities(scope, &id).await? {
        let wished = typed.city.contains(&city.city_id);
        if city.gone_at.is_none() && wished != city.watched {
            desk.catalog.watch_city(scope, &id, &city.city_id, wished).await?;
        }
    }
    Ok(Did::new("did-shop-cities").arg("name", shop.name).at(PATH))
}

#[derive(Deserialize)]
struct EgressForm {
    egress: String,
}

async fn egress(
    State(desk): State<Desk>,
    who: Person<need::ManageProxies>,
    PathParams(id): PathParams<ShopId>,
    FormBody(typed): FormBody<EgressForm>,
) -> Result<Response, Refusal> {
    let shop = desk.catalog.shop(who.scope(), &id).await?;
    desk.catalog
        .choose_egress(who.scope(), &id, &typed.egress)
        .await?;
    Ok(Did::new("did-shop-egress").arg("name", shop.name).at(PATH))
}

/// The same page with the question open, for browsers without script.
async fn ask_remove(
    State(desk): State<Desk>,
    who: Person<need::ManageShops>,
    PathParams(id): PathParams<ShopId>,
) -> Result<Response, Refusal> {
    desk.catalog.shop(who.scope(), &id).await?;
    draw(&desk, &who.session, who.language, Some(id), None).await
}

/// Stops publishing first, so that nothing already wished is sent for a shop that is gone.
async fn remove(
    State(desk): State<Desk>,
    who: Person<need::ManageShops>,
    PathParams(id): PathParams<ShopId>,
) -> Result<Response, Refusal> {
    let shop = desk.catalog.shop(who.scope(), &id).await?;
    desk.pricing.set_mode(who.scope(), &id, ShopMode::Off).await?;
    desk.catalog.remove_shop(who.scope(), &id).await?;
    Ok(Did::new("did-shop-removed").arg("name", shop.name).at(PATH))
}
