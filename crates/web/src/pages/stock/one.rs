//! One product: past days and the forecast, the advice as sentences, how it is bought, what moved.

use super::{forecast, list::row};
use crate::{
    door::Desk,
    pages::prices::path_of,
    views::stock::{Choice, MoveRow, StockProductPage},
};
use axum::{
    extract::{OriginalUri, State},
    response::Response,
};
use sauda_accounts::Right;
use sauda_edge::{PathParams, Person, Refusal, need};
use sauda_kernel::{ProductId, Timestamp};
use sauda_stock::{MovementKind, reorder::Day};

/// Movements that are shown.
const MOVES: i64 = 50;

pub(super) async fn page(
    State(desk): State<Desk>,
    who: Person<need::ViewCatalog>,
    PathParams(id): PathParams<ProductId>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refusal> {
    let shell = desk
        .shell(&who.session, who.language, &path_of(&uri), "stock")
        .await?;
    let scope = who.scope();
    let one = desk.stock.advice(scope, &id).await?;
    let (warehouses, balances, moves, suppliers, foreseen) = tokio::try_join!(
        desk.stock.warehouses(scope),
        desk.stock.balances_of(scope, &id),
        desk.stock.movements(scope, Some(&id), None, MOVES),
        desk.stock.suppliers(scope),
        desk.stock.foreseen(scope, &id),
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
    let rate = one.supply.rate_milli;
    let view = StockProductPage {
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
            .map(|(day, _)| date(*day))
            .collect(),
        suppliers: suppliers
            .iter()
            .map(|known| Choice {
                value: known.id.to_string(),
                name: known.name.clone(),
                is_on: Some(&known.id) == one.supply.supplier.as_ref(),
            })
            .collect(),
        places: warehouses
            .iter()
            .map(|known| Choice {
                value: known.id.to_string(),
                name: known.name.clone(),
                is_on: known.is_main,
            })
            .collect(),
        least: one.supply.least,
        pack: one.supply.pack,
        rate: rate.map_or_else(String::new, |rate| {
            format!("{},{:03}", rate / 1_000, rate % 1_000)
                .trim_end_matches('0')
                .trim_end_matches(',')
                .to_owned()
        }),
        once: format!("hand:{id}:{}", desk.now().as_micros()),
        may_edit: scope.may(Right::ManageCatalog),
        may_move: scope.may(Right::ManageOrders),
        row: row(scope, &one),
    };
    desk.draw(&shell, &view)
}

/// Such as 2026-11-20.
fn date(day: i64) -> String {
    let local = Timestamp::from_secs(day.saturating_mul(86_400)).local();
    format!("{:04}-{:02}-{:02}", local.year, local.month, local.day)
}
