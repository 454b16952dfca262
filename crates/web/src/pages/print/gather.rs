//! Orders as the labels' room wants them: goods with what the catalogue knows of them. Refuses to sort.

use crate::{door::Desk, format::Moment};
use sauda_accounts::Scope;
use sauda_catalog::Shop;
use sauda_edge::Refusal;
use sauda_kernel::DayRunId;
use sauda_labels as labels;
use sauda_orders::{
    OrderFilter,
    model::{Line, Order, PickState, Stage, View},
};
use std::collections::{BTreeSet, HashMap};

/// Most orders that are printed at once.
const MOST: usize = 500;

/// What is to be printed.
pub(super) struct Gathered {
    pub orders: Vec<labels::Order>,
    /// Those that have a waybill.
    pub papers: BTreeSet<String>,
    pub more: bool,
    /// The marketplace's own id of each line and how it stands, by order and article.
    pub lines: HashMap<(String, String), (String, Option<PickState>)>,
    /// What is printed on the goods, by article.
    pub barcodes: HashMap<String, String>,
}

/// Orders of a run whose papers are ready, or all that are to be packed and handed over.
pub(super) async fn gather(
    desk: &Desk,
    scope: &Scope,
    shop: &Shop,
    run: Option<&DayRunId>,
    say: &Moment<'_>,
) -> Result<Gathered, Refusal> {
    let (mut found, mut lines, mut more) = (Vec::new(), HashMap::new(), false);
    if let Some(run) = run {
        let codes = desk.orders.day_papers(scope, &shop.id, run).await?;
        more = codes.len() > MOST;
        let codes: Vec<&str> = codes.iter().take(MOST).map(String::as_str).collect();
        let page = desk.orders.by_codes(scope, &shop.id, &codes).await?;
        (found, lines) = (page.orders, page.lines);
    } else {
        for view in [View::HandOver, View::Pack] {
            let filter = OrderFilter {
                view,
                limit: i64::try_from(MOST).unwrap_or(500),
                ..OrderFilter::default()
            };
            let page = desk.orders.list(scope, &shop.id, &filter).await?;
            more |= page.next.is_some();
            lines.extend(page.lines);
            found.extend(
                page.orders
                    .into_iter()
                    .filter(|order| matches!(order.seen.stage, Stage::HandOver | Stage::Pack)),
            );
        }
        more |= found.len() > MOST;
        found.truncate(MOST);
    }
    let codes: Vec<&str> = found.iter().map(|order| order.seen.code.as_str()).collect();
    let papers = desk.orders.with_waybill(scope, &shop.id, &codes).await?;
    let skus: BTreeSet<&str> = lines.values().flatten().map(|line| line.sku.as_str()).collect();
    let skus: Vec<&str> = skus.into_iter().filter(|sku| !sku.is_empty()).collect();
    let products = desk.products.by_skus(scope, &skus).await?;
    let ids: Vec<_> = found.iter().map(|order| order.id.clone()).collect();
    let picks = desk.orders.picks(&ids).await?;
    let mut known = HashMap::new();
    for order in &found {
        for line in lines.get(&order.id).into_iter().flatten() {
            let pick = picks
                .iter()
                .find(|pick| pick.order == order.id && pick.entry == line.market_id);
            let key = (order.seen.code.clone(), line.sku.clone());
            known
                .entry(key)
                .or_insert_with(|| (line.market_id.clone(), pick.map(|pick| pick.state)));
        }
    }
    let none = [];
    let orders = found
        .iter()
        .map(|order| {
            let lines = lines.get(&order.id).map_or(&none[..], Vec::as_slice);
            printed(order, lines, &products, say)
        })
        .collect();
    Ok(Gathered {
        orders,
        papers,
        more,
        lines: known,
        barcodes: products
            .into_iter()
            .filter_map(|(sku, product)| Some((sku, product.facts.barcode?)))
            .collect(),
    })
}

fn printed(
    order: &Order,
    lines: &[Line],
    products: &HashMap<String, sauda_catalog::Product>,
    say: &Moment<'_>,
) -> labels::Order {
    let good = |line: &Line| {
        let facts = products.get(&line.sku).map(|product| &product.facts);
        labels::Good {
            shelf: facts.and_then(|facts| facts.shelf.clone().or_else(|| facts.store.clone())),
            brand: facts.and_then(|facts| facts.brand.clone()),
            model: facts
                .and_then(|facts| facts.model.clone().or_else(|| facts.title.clone()))
                .unwrap_or_else(|| line.name.clone()),
            size: facts.and_then(|facts| facts.size.clone()),
            colour: facts.and_then(|facts| facts.color.clone()),
            sku: Some(line.sku.clone()).filter(|sku| !sku.is_empty()),
            quantity: u32::try_from(line.quantity).unwrap_or(1),
            parcel: None,
        }
    };
    let document = &order.seen.document;
    labels::Order {
        code: order.seen.code.clone(),
        goods: lines.iter().map(good).collect(),
        city: Some(order.seen.town.clone()).filter(|town| !town.is_empty()),
        point: document.origin.clone(),
        deadline: order.seen.due_at.map(|due| say.when(due)),
        express: document.express,
        parcels: None,
        waybill_expected: document.is_kaspi_delivery,
        scan: None,
    }
}
