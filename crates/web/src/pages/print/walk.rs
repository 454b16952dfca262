//! The list of goods one thing at a time, for a phone at the shelf and a scanner in the hand. Refuses to take what is not in the list.

use super::{
    gather::{Gathered, gather},
    show::moment,
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
use sauda_kernel::{DayRunId, Kind, Public};
use sauda_labels::shelves;
use sauda_orders::model::PickState;
use serde::Deserialize;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct PickQuery {
    /// Only the orders of this run.
    run: String,
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
    let found = found(&desk, &who, &at.shop, &query.run, who.language).await?;
    let items = items(&found);
    let asked: Option<usize> = query.at.parse().ok();
    let item = match asked {
        Some(place) => items.iter().find(|item| item.place == place),
        None => items.iter().find(|item| item.state.is_empty()),
    };
    let address = |place: usize| {
        let run = Some(&query.run).filter(|run| !run.is_empty());
        let run = run.map_or_else(String::new, |run| format!("&run={}", urlencode(run)));
        format!("{}/orders/pick?at={place}{run}", at.shell.base)
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
        run: Some(query.run).filter(|run| !run.is_empty()),
    };
    desk.draw(&at.shell, &view)
}

async fn found(
    desk: &Desk,
    who: &Person<need::ManageOrders>,
    shop: &sauda_catalog::Shop,
    run: &str,
    to: Language,
) -> Result<Gathered, Refusal> {
    let run = Some(run.trim()).filter(|run| !run.is_empty());
    let run = run.map(|id| {
        DayRunId::parse(id).map_err(|_| {
            Refusal::new(
                Kind::NotFound,
                Public::new("not-found").arg("what", "day").arg("id", id),
            )
        })
    });
    gather(
        desk,
        who.scope(),
        shop,
        run.transpose()?.as_ref(),
        &moment(desk, to),
    )
    .await
}

/// Everything that has to be taken, in the order of the shelves.
fn items(found: &Gathered) -> Vec<PickItem> {
    let shelves = shelves(&found.orders);
    let mut items = Vec::new();
    for shelf in &shelves {
        for model in &shelf.models {
            for size in &model.sizes {
                for line in &size.lines {
                    let sku = line.good.sku.clone().unwrap_or_default();
                    let Some((entry, state)) = found.lines.get(&(line.order.code.clone(), sku)) else {
                        continue;
                    };
                    items.push(PickItem {
                        code: line.order.code.clone(),
                        entry: entry.clone(),
                        shelf: shelf.name.map(str::to_owned),
                        model: model.name.to_owned(),
                        size: size.name.map(str::to_owned),
                        colour: line.good.colour.clone(),
                        sku: line.good.sku.clone(),
                        quantity: line.good.quantity,
                        deadline: line.order.deadline.clone(),
                        express: line.order.express,
                        state: state.map_or("", PickState::word),
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
}

/// Notes what was taken, by a press or by a code that was read, and goes on to the next thing.
pub(super) async fn take(
    State(desk): State<Desk>,
    who: Person<need::ManageOrders>,
    PathParams(slug): PathParams<String>,
    FormBody(form): FormBody<TakeForm>,
) -> Result<Redirect, Refusal> {
    let shop = desk.catalog.shop_by_slug(who.scope(), &slug).await?;
    let run = Some(form.run.as_str()).filter(|run| !run.is_empty());
    let run = run.map_or_else(String::new, |run| format!("run={}", urlencode(run)));
    let to = format!("/s/{slug}/orders/pick?{run}");
    let scan = form.scan.trim();
    if scan.is_empty() {
        let state = PickState::parse(&form.state);
        desk.orders
            .pick(who.scope(), &shop.id, &form.order, &form.entry, state)
            .await?;
        return Ok(Redirect::to(&to));
    }
    let found = found(&desk, &who, &shop, &form.run, who.language).await?;
    let items = items(&found);
    let read = |item: &&PickItem| {
        let sku = item.sku.as_deref().unwrap_or_default();
        let barcode = found.barcodes.get(sku).map(String::as_str);
        sku == scan || item.code == scan || barcode == Some(scan)
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
