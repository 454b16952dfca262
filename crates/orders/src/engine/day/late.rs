//! Papers that come after a run gave them up: its troubles, its papers to print and its report are of what is there.

use super::TROUBLED;
use crate::{
    Orders, OrdersError,
    model::{DayReport, DayStep, ItemState},
    store::{day_figures, day_items, days},
};
use sauda_accounts::Scope;
use sauda_kernel::{OrderId, ShopId};
use sauda_store::Tx;

/// Tells the shop's last run of a waybill that it waited for in vain, in the transaction that stores the waybill.
pub(in crate::engine) async fn paper_came(
    tx: &mut Tx,
    rooms: &Orders,
    (scope, shop): (&Scope, &ShopId),
    (order, pdf): (&OrderId, &[u8]),
) -> Result<(), OrdersError> {
    let Some(run) = days::of(&mut *tx, shop, 1).await?.into_iter().next() else {
        return Ok(());
    };
    let missed = day_items::without_paper(&mut *tx, &run.id, order).await?;
    if missed.is_empty() {
        return Ok(());
    }
    let opens = rooms.papers.pages(pdf).is_ok();
    let (now, one) = (rooms.clock.now(), std::slice::from_ref(order));
    for step in missed {
        let as_what = match step {
            DayStep::Papers if !opens => (ItemState::Trouble, Some("waybill-broken")),
            _ => (ItemState::Done, None),
        };
        day_items::settle_all(&mut *tx, &run.id, step, one, as_what, now).await?;
    }
    // A run that is going makes its report from what it finds.
    let Some(report) = run.report else {
        return Ok(());
    };
    let papers = day_figures::counts_of(&mut *tx, &run.id, DayStep::Papers).await?;
    let report = DayReport {
        waybills: papers.done,
        troubled: day_figures::troubled(&mut *tx, &run.id).await?,
        ..report
    };
    days::report(&mut *tx, &run.id, &report).await?;
    if report.troubled == 0 {
        rooms.catalog.settle(tx, scope, TROUBLED, shop.as_str()).await?;
    }
    Ok(())
}
