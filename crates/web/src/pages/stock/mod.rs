//! Stock: what to reorder, orders to suppliers, counting, settings. Refuses to compute: the room of stock does.

mod act;
mod counts;
mod forecast;
mod list;
mod one;
mod orders;
mod paper;
mod purchase;
mod setup;
mod typed;

pub(crate) use paper::pdf_file;

use crate::door::Desk;
use axum::{
    Router,
    routing::{get, post},
};

pub(crate) fn routes() -> Router<Desk> {
    Router::new()
        .route("/stock", get(list::page))
        .route("/stock/export.csv", get(list::csv))
        .route("/stock/forecast", post(forecast::again))
        .route("/stock/order", post(act::order))
        .route("/stock/orders", get(orders::page))
        .route("/stock/orders/{id}", get(purchase::page).post(purchase::change))
        .route("/stock/orders/{id}/state", post(purchase::state))
        .route("/stock/orders/{id}/currency", post(purchase::currency))
        .route("/stock/orders/{id}/receive", post(purchase::receive))
        .route("/stock/orders/{id}/file.csv", get(paper::csv))
        .route("/stock/orders/{id}/file.xlsx", get(paper::xlsx))
        .route("/stock/orders/{id}/file.pdf", get(paper::pdf))
        .route("/stock/counts", get(counts::page).post(counts::begin))
        .route("/stock/counts/{id}/line", post(counts::line))
        .route("/stock/counts/{id}/close", post(counts::close))
        .route("/stock/settings", get(setup::page).post(setup::save))
        .route("/stock/warehouses", post(setup::warehouse))
        .route("/stock/points", post(setup::point))
        .route("/stock/suppliers", post(setup::supplier))
        .route("/stock/suppliers/{id}/remove", post(setup::remove_supplier))
        .route("/stock/{product}", get(one::page))
        .route("/stock/{product}/supply", post(act::supply))
        .route("/stock/{product}/skip", post(act::skip))
        .route("/stock/{product}/one-off", post(act::one_off))
        .route("/stock/{product}/promotion", post(act::promotion))
        .route("/stock/{product}/move", post(act::movement))
}

fn wrong(field: &'static str, text: &str) -> sauda_edge::Refusal {
    sauda_edge::Refusal::new(
        sauda_kernel::Kind::Invalid,
        sauda_kernel::Public::new("invalid-value")
            .field(field)
            .arg("value", text),
    )
}

/// A product, a supplier or a warehouse by its typed id.
fn id<K: sauda_kernel::IdKind>(
    field: &'static str,
    text: &str,
) -> Result<sauda_kernel::Id<K>, sauda_edge::Refusal> {
    sauda_kernel::Id::parse(text).map_err(|_| wrong(field, text))
}

/// Thousandths, hundredths or tenths as people type them: 2 400 thousandths are 2,4.
fn typed_decimal(value: i64, digits: u32) -> String {
    let below = 10_i64.pow(digits.min(9));
    let room = usize::try_from(digits).unwrap_or(0);
    let text = format!("{},{:0room$}", value / below, value % below);
    text.trim_end_matches('0').trim_end_matches(',').to_owned()
}
