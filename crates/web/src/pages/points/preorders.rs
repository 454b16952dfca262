//! Preorders: which offers are sold by preorder, for how many days, until when, how many pieces.

use crate::{
    carried::Did,
    door::{Desk, form_refusals},
    pages::{prices::path_of, system::urlencode},
    views::{
        parts::{Form, Goods, Told},
        points::{PreorderLine, PreordersPage},
    },
};
use axum::{
    extract::{OriginalUri, State},
    response::Response,
};
use sauda_accounts::Right;
use sauda_catalog::RowsWanted;
use sauda_edge::{FormBody, PathParams, Person, QueryParams, Refusal, need};
use sauda_kernel::{OfferId, Span, Timestamp};
use serde::Deserialize;

/// Offers that a search offers.
const FOUND: usize = 20;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct PreorderQuery {
    q: String,
}

pub(super) async fn page(
    State(desk): State<Desk>,
    who: Person<need::ViewCatalog>,
    PathParams(slug): PathParams<String>,
    QueryParams(query): QueryParams<PreorderQuery>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refusal> {
    let at = desk
        .at_shop(&who.session, who.language, &path_of(&uri), "catalog", &slug, None)
        .await?;
    let form = Form::of(&[("days", "7")]);
    let view = view(&desk, who.scope(), &at.shop.id, &query.q, form).await?;
    desk.draw(&at.shell, &view)
}

async fn view(
    desk: &Desk,
    scope: &sauda_accounts::Scope,
    shop: &sauda_kernel::ShopId,
    search: &str,
    form: Form,
) -> Result<PreordersPage, Refusal> {
    let now = desk.now();
    let wanted = RowsWanted {
        search: search.trim().to_owned(),
        limit: FOUND,
        ..RowsWanted::default()
    };
    let known = desk.feeds.preorders(scope, shop).await?;
    let found = if search.trim().is_empty() {
        Vec::new()
    } else {
        desk.feeds.places(scope, shop, &wanted).await?.0
    };
    Ok(PreordersPage {
        lines: known
            .into_iter()
            .map(|(preorder, offer)| PreorderLine {
                goods: Goods::new(offer.id.as_str(), &offer.title, &offer.sku),
                days: preorder.days,
                ends_at: preorder.ends_at,
                most: preorder.most,
                is_over: preorder.ends_at.is_some_and(|end| end <= now),
                set_by: preorder.set_by,
                set_at: preorder.set_at,
            })
            .collect(),
        found: found
            .iter()
            .map(|one| Goods::new(one.offer.as_str(), &one.title, &one.sku))
            .collect(),
        query: search.trim().to_owned(),
        form,
        may_edit: scope.may(Right::ManageCatalog),
    })
}

#[derive(Debug, Deserialize)]
pub(super) struct PreorderForm {
    #[serde(default)]
    offer: String,
    #[serde(default)]
    days: String,
    /// A day, `2026-12-31`; the preorder ends with it.
    #[serde(default)]
    ends: String,
    #[serde(default)]
    limit: String,
    #[serde(default)]
    q: String,
}

pub(super) async fn save(
    State(desk): State<Desk>,
    who: Person<need::ManageCatalog>,
    PathParams(slug): PathParams<String>,
    OriginalUri(uri): OriginalUri,
    FormBody(typed): FormBody<PreorderForm>,
) -> Result<Response, Refusal> {
    let mut form = Form::of(&[
        ("offer", &typed.offer),
        ("days", &typed.days),
        ("ends_at", &typed.ends),
        ("limit", &typed.limit),
    ]);
    let offer = OfferId::parse(&typed.offer).ok();
    if offer.is_none() {
        form = form.refuse("offer", Told::new("preorder-offer"));
    }
    let days = number(&typed.days);
    if days.is_none() {
        form = form.refuse(
            "days",
            Told::new("preorder-days").arg("value", typed.days.clone()),
        );
    }
    let limit = Some(typed.limit.trim()).filter(|text| !text.is_empty());
    let most = limit.and_then(number);
    if let (Some(text), None) = (limit, most) {
        form = form.refuse("limit", Told::new("preorder-limit").arg("value", text));
    }
    let ends = Some(typed.ends.trim()).filter(|text| !text.is_empty());
    let ends_at = ends.and_then(end_of_day);
    if ends.is_some() && ends_at.is_none() {
        form = form.refuse("ends_at", Told::new("preorder-over"));
    }
    if form.refusals.is_empty()
        && let (Some(offer), Some(days)) = (offer, days)
    {
        let kept = desk
            .feeds
            .put_preorder(who.scope(), &offer, days, ends_at, most)
            .await;
        match kept {
            Ok(_) => {
                return Ok(Did::new("did-preorder-set").at(&format!("/s/{slug}/catalog/preorders")));
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
    let view = view(&desk, who.scope(), &at.shop.id, &typed.q, form).await?;
    desk.again(&at.shell, &view)
}

pub(super) async fn end(
    State(desk): State<Desk>,
    who: Person<need::ManageCatalog>,
    PathParams((slug, offer)): PathParams<(String, OfferId)>,
) -> Result<Response, Refusal> {
    desk.feeds.end_preorder(who.scope(), &offer).await?;
    let back = format!("/s/{}/catalog/preorders", urlencode(&slug));
    Ok(Did::new("did-preorder-ended").at(&back))
}

/// A whole number as people type it.
pub(super) fn number(text: &str) -> Option<i64> {
    let digits: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    digits.parse().ok()
}

/// The last moment of a day in the time of the shop.
fn end_of_day(text: &str) -> Option<Timestamp> {
    let mut parts = text.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let midnight = Timestamp::from_almaty(
        year.parse().ok()?,
        month.parse().ok()?,
        day.parse().ok()?,
        0,
        0,
        0,
    )?;
    Some(midnight.plus(Span::from_days(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_preorder_ends_with_its_day() {
        assert_eq!(
            end_of_day("2026-12-31"),
            Timestamp::from_almaty(2027, 1, 1, 0, 0, 0)
        );
        for nonsense in ["", "2026-02-30", "31.12.2026", "x-y-z"] {
            assert_eq!(end_of_day(nonsense), None, "{nonsense}");
        }
    }
}
