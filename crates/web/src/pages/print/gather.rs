//! Orders as the labels' room wants them: goods with what the catalogue knows of them, in the sizes that were agreed on, with the
//! shelf and the code of the piece that is really packed. Refuses to sort.

use super::which::Which;
use crate::{door::Desk, format::Moment, views::print::Part};
use sauda_accounts::Scope;
use sauda_catalog::Shop;
use sauda_edge::Refusal;
use sauda_labels as labels;
use sauda_orders::{
    Pick,
    fit::Packed,
    model::{Order, PickState},
};
use std::collections::{BTreeSet, HashMap};

/// What is to be printed.
pub(super) struct Gathered {
    pub orders: Vec<labels::Order>,
    /// Those that have a waybill.
    pub papers: BTreeSet<String>,
    /// All parts; the one that was gathered is on.
    pub parts: Vec<Part>,
    /// Chosen orders that are not printed: gone, over, or not of this shop.
    pub left: usize,
    /// What is known of a line, by order and place among its goods, from 1.
    lines: HashMap<(String, u16), Known>,
}

/// What the labels' room does not know of a line.
pub(super) struct Known {
    /// The marketplace's own id of the line.
    pub entry: String,
    pub state: Option<PickState>,
    /// What is printed on the goods.
    pub barcode: Option<String>,
}

impl Gathered {
    pub fn known(&self, line: &labels::Line<'_>) -> Option<&Known> {
        self.lines.get(&(line.order.code.clone(), line.share.number))
    }
}

/// Orders of a run whose papers are ready, chosen ones, or all that are to be packed and handed over: one part of them.
pub(super) async fn gather(
    desk: &Desk,
    scope: &Scope,
    shop: &Shop,
    which: &Which,
    say: &Moment<'_>,
) -> Result<Gathered, Refusal> {
    let codes = match &which.run {
        _ if !which.chosen.is_empty() => which.chosen.clone(),
        Some(run) => desk.orders.day_papers(scope, &shop.id, run).await?,
        None => desk.orders.to_pack(scope, &shop.id).await?,
    };
    let (part, parts) = which.cut(&codes);
    let part: Vec<&str> = part.iter().map(String::as_str).collect();
    let mut page = desk.orders.by_codes(scope, &shop.id, &part).await?;
    if !which.chosen.is_empty() {
        page.orders.retain(|order| !order.seen.stage.is_over());
    }
    let (found, lines) = (page.orders, page.lines);
    let codes: Vec<&str> = found.iter().map(|order| order.seen.code.as_str()).collect();
    let papers = desk.orders.with_waybill(scope, &shop.id, &codes).await?;
    let ids: Vec<_> = found.iter().map(|order| order.id.clone()).collect();
    let told: Vec<_> = lines
        .iter()
        .flat_map(|(id, lines)| lines.iter().map(move |line| (Some(id), line)))
        .collect();
    let (picks, packing) = tokio::try_join!(desk.orders.picks(&ids), desk.orders.packing(scope, &told))?;
    let mut gathered = Gathered {
        orders: Vec::with_capacity(found.len()),
        papers,
        left: which.chosen.len().saturating_sub(found.len()),
        parts,
        lines: HashMap::new(),
    };
    for order in &found {
        let lines = lines.get(&order.id).map_or(&[][..], Vec::as_slice);
        let packed: Vec<Packed<'_>> = lines
            .iter()
            .map(|line| packing.of(Some(&order.id), line))
            .collect();
        for (place, one) in (1..).zip(&packed) {
            let known = known(order, one, &picks);
            gathered.lines.insert((order.seen.code.clone(), place), known);
        }
        gathered.orders.push(printed(order, &packed, say));
    }
    Ok(gathered)
}

fn known(order: &Order, packed: &Packed<'_>, picks: &[Pick]) -> Known {
    let entry = packed.line.entry();
    let pick = picks
        .iter()
        .find(|pick| pick.order == order.id && pick.entry == entry);
    Known {
        state: pick.map(|pick| pick.state),
        barcode: packed.product.and_then(|product| product.facts.barcode.clone()),
        entry: entry.into_owned(),
    }
}

fn printed(order: &Order, packed: &[Packed<'_>], say: &Moment<'_>) -> labels::Order {
    let good = |one: &Packed<'_>| {
        let (line, facts) = (one.line, one.product.map(|product| &product.facts));
        let (size, bought) = match one.sizes {
            Some((agreed, bought)) => (Some(agreed.to_owned()), Some(bought.to_owned())),
            None => (facts.and_then(|facts| facts.size.clone()), None),
        };
        let sku = match facts {
            Some(facts) if one.is_other => &facts.sku,
            _ => &line.sku,
        };
        labels::Good {
            shelf: facts.and_then(|facts| facts.shelf.clone().or_else(|| facts.store.clone())),
            brand: facts.and_then(|facts| facts.brand.clone()),
            model: facts
                .and_then(|facts| facts.model.clone().or_else(|| facts.title.clone()))
                .unwrap_or_else(|| line.name.clone()),
            size,
            bought,
            colour: facts.and_then(|facts| facts.color.clone()),
            sku: Some(sku.clone()).filter(|sku| !sku.is_empty()),
            quantity: u32::try_from(line.quantity).unwrap_or(1),
            parcel: None,
        }
    };
    let document = &order.seen.document;
    labels::Order {
        code: order.seen.code.clone(),
        goods: packed.iter().map(good).collect(),
        city: Some(order.seen.town.clone()).filter(|town| !town.is_empty()),
        point: document.origin.clone(),
        deadline: order.seen.due_at.map(|due| say.when(due)),
        express: document.express,
        parcels: None,
        waybill_expected: document.is_kaspi_delivery,
        scan: None,
    }
}
