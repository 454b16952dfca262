//! Orders as the labels' room wants them: goods with what the catalogue knows of them, in the sizes that were agreed on. Refuses to sort.

use super::which::Which;
use crate::{door::Desk, format::Moment, views::print::Part};
use sauda_accounts::Scope;
use sauda_catalog::{GoodsSold, Shop};
use sauda_edge::Refusal;
use sauda_kernel::OrderId;
use sauda_labels as labels;
use sauda_orders::{
    Pick,
    fit::LineFit,
    model::{Line, Order, PickState},
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
    let goods = goods(desk, scope, &lines).await?;
    let ids: Vec<_> = found.iter().map(|order| order.id.clone()).collect();
    let (picks, fits) = tokio::try_join!(desk.orders.picks(&ids), desk.orders.fits(&ids))?;
    let mut gathered = Gathered {
        orders: Vec::with_capacity(found.len()),
        papers,
        left: which.chosen.len().saturating_sub(found.len()),
        parts,
        lines: HashMap::new(),
    };
    for order in &found {
        let lines = lines.get(&order.id).map_or(&[][..], Vec::as_slice);
        for (place, line) in (1..).zip(lines) {
            let known = known(order, line, &picks, &goods);
            gathered.lines.insert((order.seen.code.clone(), place), known);
        }
        let fits = fits.get(&order.id).map_or(&[][..], Vec::as_slice);
        gathered.orders.push(printed(order, lines, &goods, fits, say));
    }
    Ok(gathered)
}

/// Products of the lines, by the offer that was sold, else by its article.
async fn goods(
    desk: &Desk,
    scope: &Scope,
    lines: &HashMap<OrderId, Vec<Line>>,
) -> Result<GoodsSold, Refusal> {
    let all = || lines.values().flatten();
    let offers: BTreeSet<_> = all().filter_map(|line| line.offer.clone()).collect();
    let offers: Vec<_> = offers.into_iter().collect();
    let skus: BTreeSet<&str> = all().map(|line| line.sku.as_str()).collect();
    let skus: Vec<&str> = skus.into_iter().filter(|sku| !sku.is_empty()).collect();
    Ok(desk.catalog.goods_sold(scope, &offers, &skus).await?)
}

fn known(order: &Order, line: &Line, picks: &[Pick], goods: &GoodsSold) -> Known {
    let entry = line.entry();
    let pick = picks
        .iter()
        .find(|pick| pick.order == order.id && pick.entry == entry);
    let product = goods.of(line.offer.as_ref(), &line.sku);
    Known {
        state: pick.map(|pick| pick.state),
        barcode: product.and_then(|product| product.facts.barcode.clone()),
        entry: entry.into_owned(),
    }
}

fn printed(
    order: &Order,
    lines: &[Line],
    goods: &GoodsSold,
    fits: &[LineFit],
    say: &Moment<'_>,
) -> labels::Order {
    let good = |line: &Line| {
        let facts = goods
            .of(line.offer.as_ref(), &line.sku)
            .map(|product| &product.facts);
        let fit = fits.iter().find(|fit| fit.line == line.number);
        let agreed = fit.and_then(|fit| Some((fit.agreed()?.to_owned(), fit.asked.clone())));
        let (size, bought) = match agreed {
            Some((agreed, bought)) => (Some(agreed), Some(bought)),
            None => (facts.and_then(|facts| facts.size.clone()), None),
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
