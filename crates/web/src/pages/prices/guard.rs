//! The card guard: who sells on my cards. Refuses to accuse anybody: it shows and lets people look past a seller.

use crate::{
    carried::Did,
    door::Desk,
    pages::{
        prices::{path_of, show},
        system::urlencode,
    },
    views::{
        guard::{Guard, Guest as GuestLine},
        parts::{Goods, Pager, Tab},
    },
};
use axum::{
    extract::{OriginalUri, State},
    response::Response,
};
use sauda_accounts::Right;
use sauda_edge::{PathParams, Person, QueryParams, Refusal, need};
use sauda_kernel::OfferId;
use sauda_pricing::{Guest, GuestCounts, GuestView};
use serde::Deserialize;
use std::collections::HashMap;

/// Rows a page.
const ROWS: i64 = 50;

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct GuardQuery {
    view: String,
    city: String,
    /// Number of the first row.
    from: String,
}

pub(super) async fn list(
    State(desk): State<Desk>,
    who: Person<need::ViewPrices>,
    PathParams(slug): PathParams<String>,
    QueryParams(query): QueryParams<GuardQuery>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refusal> {
    let at = desk
        .at_shop(
            &who.session,
            who.language,
            &path_of(&uri),
            "prices",
            &slug,
            Some(&query.city),
        )
        .await?;
    let scope = who.scope();
    let view = GuestView::parse(&query.view);
    let from = query.from.parse::<i64>().unwrap_or(1).max(1);
    let (guests, counts) = desk
        .pricing
        .guests(scope, &at.shop.id, &at.city, view, from - 1, ROWS)
        .await?;
    let ids: Vec<OfferId> = guests.iter().map(|guest| guest.offer.clone()).collect();
    let goods: HashMap<OfferId, Goods> = desk
        .catalog
        .offers_by_ids(&ids)
        .await?
        .iter()
        .map(|offer| (offer.id.clone(), show::goods(offer)))
        .collect();
    let ignored = desk.pricing.ignored_guests(scope, &at.shop.id, &guests).await?;
    let watched = at.counts.all;
    let page = Guard {
        tabs: tabs(&at.shell.base, view, &query.city, &counts),
        guests: guests
            .iter()
            .zip(ignored)
            .map(|(guest, ignored)| line(guest, goods.get(&guest.offer), ignored))
            .collect(),
        watched,
        pager: pager(&at.shell.base, view, &query.city, from, guests.len(), &counts),
        may_edit: scope.may(Right::ManagePrices),
    };
    desk.draw(&at.shell, &page)
}

fn line(guest: &Guest, goods: Option<&Goods>, is_ignored: bool) -> GuestLine {
    let id = guest.offer.as_str();
    let seller = &guest.seller;
    GuestLine {
        id: urlencode(&format!("{id}.{}", seller.merchant_uid)),
        goods: goods.cloned().unwrap_or_else(|| Goods::new(id, id, "")),
        seller: if seller.name.is_empty() {
            seller.merchant_uid.clone()
        } else {
            seller.name.clone()
        },
        joined_at: (!guest.was_before).then_some(seller.first_at),
        price: Some(seller.last_price),
        apart: guest.own.map(|own| seller.last_price.get() - own.get()),
        left_at: seller.gone_at,
        is_new: guest.is_new,
        is_ignored,
    }
}

fn count_of(view: GuestView, counts: &GuestCounts) -> i64 {
    match view {
        GuestView::New => counts.new,
        GuestView::Now => counts.now,
        GuestView::Left => counts.left,
    }
}

fn address(base: &str, view: GuestView, city: &str) -> String {
    let city = if city.is_empty() {
        String::new()
    } else {
        format!("&city={}", urlencode(city))
    };
    format!("{base}/prices/guard?view={}{city}", view.word())
}

fn tabs(base: &str, on: GuestView, city: &str, counts: &GuestCounts) -> Vec<Tab> {
    let tab = |view: GuestView| Tab {
        word: view.word().to_owned(),
        href: address(base, view, city),
        count: Some(count_of(view, counts)),
        tone: if view == GuestView::New { "warn" } else { "" },
        is_on: view == on,
    };
    GuestView::ALL.into_iter().map(tab).collect()
}

fn pager(base: &str, view: GuestView, city: &str, from: i64, shown: usize, counts: &GuestCounts) -> Pager {
    let (of, shown) = (count_of(view, counts), i64::try_from(shown).unwrap_or(0));
    let to = from + shown - 1;
    let at = |from: i64| format!("{}&from={from}", address(base, view, city));
    Pager {
        from,
        to,
        of,
        back: (from > 1).then(|| at((from - ROWS).max(1))),
        next: (to < of && shown > 0).then(|| at(to + 1)),
    }
}

/// `off_….uid`, as the list writes it.
fn guest_of(text: &str) -> Result<(OfferId, &str), Refusal> {
    let (offer, uid) = text.split_once('.').ok_or_else(Refusal::no_page)?;
    Ok((OfferId::parse(offer).map_err(|_| Refusal::no_page())?, uid))
}

fn back(slug: &str, did: Did) -> Response {
    did.at(&format!("/s/{slug}/prices/guard"))
}

pub(super) async fn seen(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams((slug, guest)): PathParams<(String, String)>,
) -> Result<Response, Refusal> {
    let (offer, uid) = guest_of(&guest)?;
    desk.pricing.seen_seller(who.scope(), &offer, uid).await?;
    Ok(back(&slug, Did::new("did-guest-seen")))
}

pub(super) async fn ignore(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams((slug, guest)): PathParams<(String, String)>,
) -> Result<Response, Refusal> {
    let (offer, uid) = guest_of(&guest)?;
    desk.pricing.ignore_seller(who.scope(), &offer, uid, true).await?;
    let undo = format!("/s/{slug}/prices/guard/{}/count", urlencode(&guest));
    Ok(back(&slug, Did::new("did-guest-ignored").undo(undo)))
}

pub(super) async fn count(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams((slug, guest)): PathParams<(String, String)>,
) -> Result<Response, Refusal> {
    let (offer, uid) = guest_of(&guest)?;
    desk.pricing
        .ignore_seller(who.scope(), &offer, uid, false)
        .await?;
    let undo = format!("/s/{slug}/prices/guard/{}/ignore", urlencode(&guest));
    Ok(back(&slug, Did::new("did-guest-counted").undo(undo)))
}
