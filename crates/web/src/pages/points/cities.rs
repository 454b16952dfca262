//! Cities of a shop: where the bot works, and prices fixed in single cities. Refuses to promise delivery: the marketplace counts it.

use super::preorders::number;
use crate::{
    carried::Did,
    door::{Desk, form_refusals},
    pages::{
        prices::path_of,
        system::{first_shop, urlencode},
    },
    views::{
        cities::{CitiesPage, CityLine, CityPriceLine},
        parts::{Form, Goods, Told},
    },
};
use axum::{
    Router,
    extract::{OriginalUri, State},
    response::Response,
    routing::{get, post},
};
use sauda_accounts::{Right, Scope};
use sauda_catalog::{RowsWanted, Shop};
use sauda_edge::{FormBody, PathParams, Person, QueryParams, Refusal, need};
use sauda_kernel::{OfferId, Tenge};
use serde::Deserialize;

/// Offers that a search offers.
const FOUND: usize = 20;

pub(super) fn routes() -> Router<Desk> {
    Router::new()
        .route(
            "/catalog/cities",
            get(async |desk, who| first_shop(desk, who, "catalog/cities").await),
        )
        .route("/s/{shop}/catalog/cities", get(page).post(save))
        .route("/s/{shop}/catalog/cities/{city}/{offer}/end", post(end))
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct CitiesQuery {
    q: String,
}

async fn page(
    State(desk): State<Desk>,
    who: Person<need::ViewCatalog>,
    PathParams(slug): PathParams<String>,
    QueryParams(query): QueryParams<CitiesQuery>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refusal> {
    let at = desk
        .at_shop(&who.session, who.language, &path_of(&uri), "catalog", &slug, None)
        .await?;
    let view = view(&desk, who.scope(), &at.shop, &query.q, Form::default()).await?;
    desk.draw(&at.shell, &view)
}

async fn view(
    desk: &Desk,
    scope: &Scope,
    shop: &Shop,
    search: &str,
    form: Form,
) -> Result<CitiesPage, Refusal> {
    let wanted = RowsWanted {
        search: search.trim().to_owned(),
        limit: FOUND,
        ..RowsWanted::default()
    };
    let (cities, points, prices) = tokio::try_join!(
        desk.catalog.cities(scope, &shop.id),
        desk.catalog.points(scope, &shop.id),
        desk.catalog.city_prices(scope, &shop.id),
    )?;
    let found = if search.trim().is_empty() {
        Vec::new()
    } else {
        desk.feeds.places(scope, &shop.id, &wanted).await?.0
    };
    let lines = cities
        .into_iter()
        .filter(|city| city.gone_at.is_none())
        .map(|city| {
            let here = |point: &&sauda_catalog::ShopPoint| {
                point.enabled && point.gone_at.is_none() && point.city_id.as_ref() == Some(&city.city_id)
            };
            CityLine {
                points: points
                    .iter()
                    .filter(here)
                    .map(|point| point.code.clone())
                    .collect(),
                prices: prices
                    .iter()
                    .filter(|price| price.city_id == city.city_id)
                    .map(|price| CityPriceLine {
                        goods: Goods::new(price.offer.as_str(), &price.title, &price.sku),
                        price: price.price.get(),
                        set_by: price.set_by.clone(),
                        set_at: price.set_at,
                    })
                    .collect(),
                is_watched: city.watched,
                id: city.city_id,
                name: city.name,
            }
        });
    Ok(CitiesPage {
        lines: lines.collect(),
        found: found
            .iter()
            .map(|one| Goods::new(one.offer.as_str(), &one.title, &one.sku))
            .collect(),
        query: search.trim().to_owned(),
        form,
        may_edit: scope.may(Right::ManagePrices),
    })
}

#[derive(Debug, Deserialize)]
struct CityForm {
    #[serde(default)]
    offer: String,
    #[serde(default)]
    city: String,
    #[serde(default)]
    price: String,
    #[serde(default)]
    q: String,
}

async fn save(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams(slug): PathParams<String>,
    OriginalUri(uri): OriginalUri,
    FormBody(typed): FormBody<CityForm>,
) -> Result<Response, Refusal> {
    let mut form = Form::of(&[
        ("offer", &typed.offer),
        ("city", &typed.city),
        ("price", &typed.price),
    ]);
    let offer = OfferId::parse(&typed.offer).ok();
    if offer.is_none() {
        form = form.refuse("offer", Told::new("preorder-offer"));
    }
    let price = number(&typed.price).map(Tenge);
    if price.is_none() {
        form = form.refuse("price", Told::new("city-price").arg("value", typed.price.clone()));
    }
    if let (Some(offer), Some(price)) = (offer, price) {
        let kept = desk
            .pricing
            .fix_city_price(who.scope(), &offer, &typed.city, Some(price))
            .await;
        match kept {
            Ok(()) => {
                return Ok(Did::new("did-city-price").at(&format!("/s/{}/catalog/cities", urlencode(&slug))));
            }
            Err(error) => match form_refusals(&error) {
                Some(refusals) => form = form.refused(&refusals),
                None => return Err(error.into()),
            },
        }
    }
    let at = desk
        .at_shop(&who.session, who.language, &path_of(&uri), "catalog", &slug, None)
        .await?;
    let view = view(&desk, who.scope(), &at.shop, &typed.q, form).await?;
    desk.again(&at.shell, &view)
}

async fn end(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams((slug, city, offer)): PathParams<(String, String, OfferId)>,
) -> Result<Response, Refusal> {
    desk.pricing
        .fix_city_price(who.scope(), &offer, &city, None)
        .await?;
    Ok(Did::new("did-city-price-ended").at(&format!("/s/{}/catalog/cities", urlencode(&slug))))
}
