//! One product: past days and the forecast, the advice as sentences, how it is bought, what moved.

use super::{forecast, list::row, typed_decimal};
use crate::{
    door::Desk,
    pages::prices::path_of,
    views::{
        parts::Form,
        stock::{Choice, GapShown, MoveRow, StockLayer, StockProductPage},
    },
};
use axum::{
    extract::{OriginalUri, State},
    http::Uri,
    response::Response,
};
use sauda_accounts::{Right, Scope};
use sauda_edge::{PathParams, Person, Refusal, need};
use sauda_kernel::{Money, ProductId, Timestamp};
use sauda_stock::{
    MovementKind, ReorderRow,
    reorder::{BatchReason, Break, Day, rounded},
};

/// Movements that are shown.
const MOVES: i64 = 30;

pub(super) async fn page(
    State(desk): State<Desk>,
    who: Person<need::ViewCatalog>,
    PathParams(id): PathParams<ProductId>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refusal> {
    let shell = desk
        .shell(&who.session, who.language, &path_of(&uri), "stock")
        .await?;
    let view = view(&desk, who.scope(), &id, "", Form::default()).await?;
    desk.draw(&shell, &view)
}

/// The page again with what was typed into one of its forms.
pub(super) async fn again<R: sauda_edge::Need>(
    desk: &Desk,
    who: &Person<R>,
    uri: &Uri,
    id: &ProductId,
    at: &'static str,
    form: Form,
) -> Result<Response, Refusal> {
    let shell = desk
        .shell(&who.session, who.language, &path_of(uri), "stock")
        .await?;
    let view = view(desk, who.scope(), id, at, form).await?;
    desk.again(&shell, &view)
}

async fn view(
    desk: &Desk,
    scope: &Scope,
    id: &ProductId,
    at: &'static str,
    form: Form,
) -> Result<StockProductPage, Refusal> {
    let one = desk.stock.advice(scope, id).await?;
    let (warehouses, balances, moves, suppliers, foreseen, promotions) = tokio::try_join!(
        desk.stock.warehouses(scope),
        desk.stock.balances_of(scope, id),
        desk.stock.movements(scope, Some(id), None, MOVES),
        desk.stock.suppliers(scope),
        desk.stock.foreseen(scope, id),
        desk.stock.promotions(scope, Some(id)),
    )?;
    let name = |id: &sauda_kernel::WarehouseId| {
        let found = warehouses.iter().find(|one| one.id == *id);
        found.map_or_else(String::new, |one| one.name.clone())
    };
    let length = i64::try_from(one.past.len()).unwrap_or(0);
    let days: Vec<(i64, Day)> = one
        .past
        .iter()
        .enumerate()
        .map(|(place, day)| {
            (
                one.last_day - length + 1 + i64::try_from(place).unwrap_or(0),
                *day,
            )
        })
        .collect();
    let gap = gap(desk, scope, &one).await?;
    let rate = one.supply.rate_milli;
    let layers = desk.stock.layers(scope, &one.product.id).await?;
    let sees_money = scope.may(Right::ViewMoney);
    let typed = |name: &str| form.values.get(name).map(String::as_str);
    Ok(StockProductPage {
        gap,
        lead_days: one.lead_days,
        lead_spread: one
            .supplier
            .as_ref()
            .filter(|known| known.lead_spread_tenths > 0)
            .map(|known| typed_decimal(known.lead_spread_tenths, 1)),
        lasts: one
            .plan
            .as_ref()
            .filter(|plan| plan.order > 0)
            .and_then(|plan| Some(rounded(plan.cover(plan.order)?))),
        plot: forecast::plot(&days, foreseen.as_ref(), one.last_day + 1),
        foresight: foreseen
            .as_ref()
            .map(|told| forecast::foresight(told, one.last_day + 1)),
        warehouses: balances
            .iter()
            .map(|one| (name(&one.warehouse), one.on_hand, one.reserved))
            .collect(),
        moves: moves
            .iter()
            .map(|one| MoveRow {
                at: one.at,
                kind: one.kind.word(),
                quantity: one.quantity,
                balance: one.balance,
                warehouse: name(&one.warehouse),
                by: one.made_by.clone(),
                reason: one.reason.clone(),
                // The number of an order or a purchase; a counting has only our own id.
                document: match one.kind {
                    MovementKind::Counting => String::new(),
                    _ => one.document.clone(),
                },
            })
            .collect(),
        one_offs: days
            .iter()
            .filter(|(_, day)| matches!(day, Day::OneOff(_)))
            .map(|(day, _)| (date(*day), forecast::noon(*day)))
            .collect(),
        promotions: promotions
            .iter()
            .map(|one| {
                let days = [one.from_day, one.to_day];
                (days.map(date), days.map(forecast::noon), one.product.is_none())
            })
            .collect(),
        suppliers: suppliers
            .iter()
            .map(|known| Choice {
                value: known.id.to_string(),
                name: known.name.clone(),
                is_on: match typed("supplier") {
                    Some(typed) => typed == known.id.as_str(),
                    None => Some(&known.id) == one.supply.supplier.as_ref(),
                },
            })
            .collect(),
        places: warehouses
            .iter()
            .map(|known| Choice {
                value: known.id.to_string(),
                name: known.name.clone(),
                is_on: match typed("warehouse") {
                    Some(typed) => typed == known.id.as_str(),
                    None => known.is_main,
                },
            })
            .collect(),
        least: one.supply.least,
        pack: one.supply.pack,
        rate: rate.map_or_else(String::new, |rate| typed_decimal(rate, 3)),
        volume: one
            .supply
            .volume_cm3
            .map_or_else(String::new, |volume| typed_decimal(volume, 3)),
        breaks: typed_breaks(&one.supply.breaks),
        yearly: one
            .plan
            .as_ref()
            .filter(|plan| sees_money && plan.batch_reason == BatchReason::Cheapest)
            .and_then(|plan| Some(plan.cheapest?.yearly)),
        layers: layers
            .iter()
            .filter(|_| sees_money)
            .map(|layer| StockLayer {
                pieces: layer.pieces,
                each: layer
                    .cost
                    .and_then(|cost| cost.tiyn().checked_div(layer.pieces))
                    .map(Money::from_tiyn),
                cost: layer.cost,
            })
            .collect(),
        worth: layers
            .iter()
            .try_fold(0_i64, |sum, layer| sum.checked_add(layer.cost?.tiyn()))
            .filter(|_| sees_money && !layers.is_empty())
            .map(Money::from_tiyn),
        sees_money,
        at,
        form: form.clone(),
        once: format!("hand:{id}:{}", desk.now().as_micros()),
        may_edit: scope.may(Right::ManageCatalog),
        may_move: scope.may(Right::ManageOrders),
        row: row(scope, &one, desk.now()),
    })
}

/// The chance from which it is told that goods run out, and from which it is nearly certain.
const LIKELY: f64 = 0.5;
const SURE: f64 = 0.9;

/// What runs out before more is here, with what is lost by it at today's profit of a piece.
async fn gap(desk: &Desk, scope: &Scope, one: &ReorderRow) -> Result<Option<GapShown>, Refusal> {
    let Some(found) = one.gap(desk.now()) else {
        return Ok(None);
    };
    let lost = rounded(found.lost);
    if found.chance < LIKELY || lost < 1 {
        return Ok(None);
    }
    let mut offers = desk
        .products
        .offers_of(scope, std::slice::from_ref(&one.product.id))
        .await?;
    let offers = offers.remove(&one.product.id).unwrap_or_default();
    let shops = desk.catalog.shops(scope).await?;
    let (mut href, mut profit) = (None, None);
    for offer in offers.iter().filter(|_| scope.may(Right::ViewPrices)) {
        let Some(shop) = shops.iter().find(|shop| shop.id == offer.shop) else {
            continue;
        };
        href.get_or_insert_with(|| format!("/s/{}/prices/{}", shop.slug, offer.id));
        let places = desk.pricing.places(scope, &offer.id).await?;
        // Of several cities the least: nothing is promised.
        let least = places.iter().filter_map(|place| place.profit).min();
        profit = profit.or(least);
    }
    Ok(Some(GapShown {
        word: if found.chance >= SURE { "sure" } else { "likely" },
        days: found.days,
        lost,
        profit: profit
            .filter(|each| scope.may(Right::ViewMoney) && each.tiyn() > 0)
            .and_then(|each| each.tiyn().checked_mul(lost))
            .map(Money::from_tiyn),
        href,
    }))
}

/// Prices by quantity as people type them: `10 — 1400` in a line.
fn typed_breaks(breaks: &[Break]) -> String {
    let lines = breaks
        .iter()
        .map(|one| format!("{} — {}", one.from, typed_decimal(one.price.tiyn(), 2)));
    lines.collect::<Vec<String>>().join("\n")
}

/// Such as 2026-11-20.
fn date(day: i64) -> String {
    let local = Timestamp::from_secs(day.saturating_mul(86_400)).local();
    format!("{:04}-{:02}-{:02}", local.year, local.month, local.day)
}
