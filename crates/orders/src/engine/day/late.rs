//! Papers that come after a run gave them up: its troubles, its papers to print and its report are of what is there.

use super::TROUBLED;
use crate::{
    Orders, OrdersError,
    model::{DayStep, ItemState},
    store::{day_figures, day_items, days, waybills},
};
use sauda_accounts::Scope;
use sauda_kernel::{OrderId, ShopId};

/// Tells the shop's last run that a waybill was stored which it waited for in vain.
pub(in crate::engine) async fn paper_came(
    rooms: &Orders,
    scope: &Scope,
    shop: &ShopId,
    order: &OrderId,
) -> Result<(), OrdersError> {
    let db = &rooms.db;
    let Some(run) = days::of(db, shop, 1).await?.into_iter().next() else {
        return Ok(());
    };
    let missed = day_items::without_paper(db, &run.id, order).await?;
    if missed.is_empty() {
        return Ok(());
    }
    let opens = match waybills::paper(db, order, None).await? {
        Some((_, pdf)) => rooms.papers.pages(&pdf).is_ok(),
        None => return Ok(()),
    };
    let (now, one) = (rooms.clock.now(), std::slice::from_ref(order));
    for step in missed {
        let as_what = match step {
            DayStep::Papers if !opens => (ItemState::Trouble, Some("waybill-broken")),
            _ => (ItemState::Done, None),
        };
        day_items::settle_all(db, &run.id, step, one, as_what, now).await?;
    }
    let Some(report) = run.report else {
        return Ok(());
    };
    let counts = day_figures::counts_of(db, &run.id, DayStep::Papers).await?;
    let report = crate::model::DayReport {
        waybills: counts.done,
        troubled: day_figures::troubled(db, &run.id).await?,
        ..report
    };
    days::report(db, &run.id, &report).await?;
    if report.troubled == 0 {
        let mut tx = db.write().await?;
        rooms
            .catalog
            .settle(&mut tx, scope, TROUBLED, shop.as_str())
            .await?;
        tx.commit().await?;
    }
    Ok(())
}
