//! The list of goods one thing at a time, for a phone at the shelf and a scanner in the hand. Refuses to take what is not in the list.

use super::{
    gather::{Gathered, gather},
    show::moment,
    which::Which,
};
use crate::{
    door::Desk,
    pages::{prices::path_of, system::urlencode},
    views::pick::{PickItem, PickPage, Scanned},
};
use axum::{
    extract::{OriginalUri, State},
    response::{Redirect, Response},
};
use sauda_edge::{FormBody, Language, PathParams, Person, QueryParams, Refusal, need};
use sauda_labels::shelves;
use sauda_orders::model::PickState;
use serde::Deserialize;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct PickQuery {
    /// Only the orders of this run.
    run: String,
    /// Only these, parted by dots.
    codes: String,
    /// Which five hundred of them, from 1.
    part: String,
    /// Place of the thing, from 1; the first that nobody looked for without it.
    at: String,
    /// A code that was read and is none of the list, or was taken before.
    scanned: String,
    what: String,
}

pub(super) async fn page(
    State(desk): State<Desk>,
    who: Person<need::ManageOrders>,
    PathParams(slug): PathParams<String>,
    QueryParams(query): QueryParams<PickQuery>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refusal> {
    let at = desk
        .at_shop(&who.session, who.language, &path_of(&uri), "orders", &slug, None)
        .await?;
    let which = Which::read(&query.run, &query.codes, &query.part)?;
    let found = found(&desk, &who, &at.shop, &which, who.language).await?;
    let items = items(&found);
    let asked: Option<usize> = query.at.parse().ok();
    let item = match asked {
        Some(place) => items.iter().find(|item| item.place == place),
        None => items.iter().find(|item| item.state.is_empty()),
    };
    let own = which.text();
    let address = |place: usize| {
        let own = Some(&own).filter(|own| !own.is_empty());
        let own = own.map_or_else(String::new, |own| format!("&{own}"));
        format!("{}/orders/pick?at={place}{own}", at.shell.base)
    };
    let place = item.map_or(0, |item| item.place);
    let count = |state| items.iter().filter(|item| item.state == state).count();
    let view = PickPage {
        back: (place > 1).then(|| address(place - 1)),
        next: (place > 0 && place < items.len()).then(|| address(place + 1)),
        taken: count("taken"),
        missing: count("missing"),
        lines: items.len(),
        scanned: match query.what.as_str() {
            "unknown" => Some("unknown"),
            "again" => Some("again"),
            _ => None,
        }
        .map(|what| Scanned {
            value: query.scanned.chars().take(60).collect(),
            what,
        }),
        item: item.cloned(),
        parts: found.parts,
        kept: which.pairs(),
        which: own,
    };
    desk.draw(&at.shell, &view)
}

async fn found(
    desk: &Desk,
    who: &Person<need::ManageOrders>,
    shop: &sauda_catalog::Shop,
    which: &Which,
    to: Language,
) -> Result<Gathered, Refusal> {
    gather(desk, who.scope(), shop, which, &moment(desk, to)).await
}

/// Everything that has to be taken, in the order of the shelves.
fn items(found: &Gathered) -> Vec<PickItem> {
    let shelves = shelves(&found.orders);
    let mut items = Vec::new();
    for shelf in &shelves {
        for model in &shelf.models {
            for size in &model.sizes {
                for line in &size.lines {
                    let Some(known) = found.known(line) else {
                        continue;
                    };
                    items.push(PickItem {
                        code: line.order.code.clone(),
                        entry: known.entry.clone(),
                        barcode: known.barcode.clone(),
                        shelf: shelf.name.map(str::to_owned),
                        model: model.name.to_owned(),
                        size: size.name.map(str::to_owned),
                        bought: line.good.bought.clone(),
                        colour: line.good.colour.clone(),
                        sku: line.good.sku.clone(),
                        quantity: line.good.quantity,
                        deadline: line.order.deadline.clone(),
                        express: line.order.express,
                        state: known.state.map_or("", PickState::word),
                        place: items.len() + 1,
                    });
                }
            }
        }
    }
    items
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct TakeForm {
    order: String,
    entry: String,
    /// `taken` or `missing`; empty takes the note back.
    state: String,
    /// What a scanner read: barcode, article or number of the order.
    scan: String,
    run: String,
    codes: String,
    part: String,
}

/// Notes what was taken, by a press or by a code that was read, and goes on to the next thing.
pub(super) async fn take(
    State(desk): State<Desk>,
    who: Person<need::ManageOrders>,
    PathParams(slug): PathParams<String>,
    FormBody(form): FormBody<TakeForm>,
) -> Result<Redirect, Refusal> {
    let shop = desk.catalog.shop_by_slug(who.scope(), &slug).await?;
    let which = Which::read(&form.run, &form.codes, &form.part)?;
    let to = format!("/s/{slug}/orders/pick?{}", which.text());
    let scan = form.scan.trim();
    if scan.is_empty() {
        let state = PickState::parse(&form.state);
        desk.orders
            .pick(who.scope(), &shop.id, &form.order, &form.entry, state)
            .await?;
        return Ok(Redirect::to(&to));
    }
    let found = found(&desk, &who, &shop, &which, who.language).await?;
    let items = items(&found);
    let read = |item: &&PickItem| {
        let sku = item.sku.as_deref().unwrap_or_default();
        sku == scan || item.code == scan || item.barcode.as_deref() == Some(scan)
    };
    let mut fitting = items.iter().filter(read).peekable();
    let is_known = fitting.peek().is_some();
    // What lies before the person first, then the first of its kind that nobody took yet.
    let ahead: Vec<&PickItem> = fitting.filter(|item| item.state != "taken").collect();
    let own = ahead
        .iter()
        .find(|item| item.code == form.order && item.entry == form.entry);
    if let Some(item) = own.or_else(|| ahead.first()) {
        desk.orders
            .pick(
                who.scope(),
                &shop.id,
                &item.code,
                &item.entry,
                Some(PickState::Taken),
            )
            .await?;
        return Ok(Redirect::to(&to));
    }
    let what = if is_known { "again" } else { "unknown" };
    Ok(Redirect::to(&format!(
        "{to}&what={what}&scanned={}",
        urlencode(scan)
    )))
}
