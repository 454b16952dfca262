//! Warehouses: what people should know of each, and how many pieces of an offer lie there.

use super::preorders::number;
use crate::{
    carried::Did,
    door::Desk,
    pages::{prices::path_of, system::urlencode},
    views::{
        parts::{Form, Goods},
        points::{PointLine, StockLine, WarehousesPage},
    },
};
use axum::{
    extract::{OriginalUri, State},
    response::{IntoResponse, Redirect, Response},
};
use sauda_accounts::Right;
use sauda_catalog::{OfferPlaces, OfferPoint, PointNote, RowsWanted};
use sauda_edge::{FormBody, PathParams, Person, QueryParams, Refusal, need};
use sauda_kernel::{Kind, OfferId, Public};
use serde::Deserialize;

const ROWS: usize = 50;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct WarehouseQuery {
    /// Whose stock is shown.
    point: String,
    q: String,
    after: String,
}

pub(super) async fn page(
    State(desk): State<Desk>,
    who: Person<need::ViewCatalog>,
    PathParams(slug): PathParams<String>,
    QueryParams(query): QueryParams<WarehouseQuery>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refusal> {
    let at = desk
        .at_shop(&who.session, who.language, &path_of(&uri), "catalog", &slug, None)
        .await?;
    let (scope, shop) = (who.scope(), &at.shop.id);
    let base = format!("{}/catalog/warehouses", at.shell.base);
    let wanted = RowsWanted {
        after: query.after.clone(),
        search: query.q.trim().to_owned(),
        limit: ROWS,
        ..RowsWanted::default()
    };
    let (points, cities, notes, found) = tokio::try_join!(
        desk.catalog.points(scope, shop),
        desk.catalog.cities(scope, shop),
        desk.feeds.point_notes(scope, shop),
        desk.feeds.places(scope, shop, &wanted),
    )?;
    let chosen = points
        .iter()
        .find(|point| point.id == query.point)
        .or_else(|| points.iter().find(|point| point.gone_at.is_none()))
        .map(|point| point.id.clone())
        .unwrap_or_default();
    let (offers, next) = found;
    let view = WarehousesPage {
        points: points
            .iter()
            .filter(|point| point.gone_at.is_none())
            .map(|point| {
                let note = notes.get(&point.id).cloned().unwrap_or_default();
                let city = cities
                    .iter()
                    .find(|city| Some(&city.city_id) == point.city_id.as_ref());
                PointLine {
                    id: point.id.clone(),
                    code: point.code.clone(),
                    name: point.name.clone(),
                    city: city.map(|city| city.name.clone()),
                    works: point.enabled,
                    is_chosen: point.id == chosen,
                    href: format!("{base}?point={}", urlencode(&point.id)),
                    form: Form::of(&[
                        ("address", &note.address),
                        ("hours", &note.hours),
                        ("cut_off", &note.cut_off_minute.map(clock).unwrap_or_default()),
                        ("shelves", &note.shelves),
                    ]),
                }
            })
            .collect(),
        stock: offers.iter().map(|one| stock_line(one, &chosen)).collect(),
        chosen: chosen.clone(),
        query: query.q.trim().to_owned(),
        next: next.map(|after| {
            format!(
                "{base}?point={}&q={}&after={}",
                urlencode(&chosen),
                urlencode(query.q.trim()),
                urlencode(&after)
            )
        }),
        may_edit: scope.may(Right::ManageCatalog),
    };
    desk.draw(&at.shell, &view)
}

fn stock_line(one: &OfferPlaces, point: &str) -> StockLine {
    let place = one.places.iter().find(|place| place.point_id == point);
    let said = one.said.iter().find(|said| said.point_id == point);
    StockLine {
        goods: Goods::new(one.offer.as_str(), &one.title, &one.sku),
        stock: place.and_then(|place| place.stock),
        is_sold: place.is_some_and(|place| place.available),
        is_here: place.is_some(),
        said_available: match said.and_then(|said| said.available) {
            Some(true) => "yes",
            Some(false) => "no",
            None => "",
        },
        said_stock: said.and_then(|said| said.stock),
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct NoteForm {
    #[serde(default)]
    address: String,
    #[serde(default)]
    hours: String,
    #[serde(default)]
    cut_off: String,
    #[serde(default)]
    shelves: String,
}

pub(super) async fn note(
    State(desk): State<Desk>,
    who: Person<need::ManageCatalog>,
    PathParams((slug, point)): PathParams<(String, String)>,
    FormBody(form): FormBody<NoteForm>,
) -> Result<Response, Refusal> {
    let shop = desk.catalog.shop_by_slug(who.scope(), &slug).await?;
    let typed = form.cut_off.trim();
    let cut_off_minute = minute(typed);
    if !typed.is_empty() && cut_off_minute.is_none() {
        return Err(Refusal::new(
            Kind::Invalid,
            Public::new("point-cut-off").field("cut_off").arg("value", typed),
        ));
    }
    let note = PointNote {
        address: form.address.trim().to_owned(),
        hours: form.hours.trim().to_owned(),
        cut_off_minute,
        shelves: form.shelves.trim().to_owned(),
    };
    desk.feeds
        .note_point(who.scope(), &shop.id, &point, &note)
        .await?;
    let back = format!("/s/{slug}/catalog/warehouses?point={}", urlencode(&point));
    Ok(Did::new("did-point-noted").at(&back))
}

#[derive(Debug, Deserialize)]
pub(super) struct StockForm {
    offer: OfferId,
    /// `yes`, `no`, or nothing for what the marketplace says.
    #[serde(default)]
    available: String,
    /// Nothing for what the marketplace says.
    #[serde(default)]
    stock: String,
    #[serde(default)]
    q: String,
}

pub(super) async fn stock(
    State(desk): State<Desk>,
    who: Person<need::ManageCatalog>,
    PathParams((slug, point)): PathParams<(String, String)>,
    FormBody(form): FormBody<StockForm>,
) -> Result<Response, Refusal> {
    let typed = form.stock.trim();
    let pieces = number(typed);
    if !typed.is_empty() && pieces.is_none() {
        return Err(Refusal::new(
            Kind::Invalid,
            Public::new("point-stock").field("stock").arg("value", typed),
        ));
    }
    let said = OfferPoint {
        offer: form.offer.clone(),
        point_id: point.clone(),
        available: match form.available.as_str() {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        },
        stock: pieces,
    };
    desk.feeds.say_point(who.scope(), &said).await?;
    let back = format!(
        "/s/{slug}/catalog/warehouses?point={}&q={}#o-{}",
        urlencode(&point),
        urlencode(form.q.trim()),
        form.offer
    );
    Ok(Redirect::to(&back).into_response())
}

/// `15:00` of a minute of the day.
fn clock(minute: i64) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// The minute of the day of `15:00`.
fn minute(text: &str) -> Option<i64> {
    let (hours, minutes) = text.split_once(':')?;
    let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.parse().ok()?);
    ((0..24).contains(&hours) && (0..60).contains(&minutes)).then_some(hours * 60 + minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_off_is_a_time_of_the_day() {
        assert_eq!(minute("15:05").map(clock).as_deref(), Some("15:05"));
        assert_eq!(minute("9:00").map(clock).as_deref(), Some("09:00"));
        for nonsense in ["", "15", "24:00", "12:60", "-1:00", "x:y"] {
            assert_eq!(minute(nonsense), None, "{nonsense}");
        }
    }
}
