//! Stock: what to reorder, orders to suppliers, counting, settings. Refuses to compute: the room of stock does.

mod act;
mod counts;
mod forecast;
mod list;
mod one;
mod orders;
mod setup;

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
        .route("/stock/orders/{id}/state", post(orders::state))
        .route("/stock/orders/{id}/receive", post(orders::receive))
        .route("/stock/orders/{id}/file.csv", get(orders::file))
        .route("/stock/counts", get(counts::page).post(counts::begin))
        .route("/stock/counts/{id}/line", post(counts::line))
        .route("/stock/counts/{id}/close", post(counts::close))
        .route("/stock/settings", get(setup::page).post(setup::save))
        .route("/stock/warehouses", post(setup::warehouse))
        .route("/stock/points", post(setup::point))
        .route("/stock/suppliers", post(setup::supplier))
        .route("/stock/{product}", get(one::page))
        .route("/stock/{product}/supply", post(act::supply))
        .route("/stock/{product}/skip", post(act::skip))
        .route("/stock/{product}/one-off", post(act::one_off))
        .route("/stock/{product}/move", post(act::movement))
}

/// A whole number as people type it; a wrong one is named.
fn whole(field: &'static str, text: &str) -> Result<i64, sauda_edge::Refusal> {
    let plain: String = text.chars().filter(|one| !one.is_whitespace()).collect();
    plain.parse().map_err(|_| wrong(field, text))
}

/// Tenths, hundredths or thousandths of a number with a comma.
fn decimal(field: &'static str, text: &str, digits: u32) -> Result<i64, sauda_edge::Refusal> {
    let plain: String = text.chars().filter(|one| !one.is_whitespace()).collect();
    let plain = plain.replace(',', ".");
    let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
    let room = usize::try_from(digits).unwrap_or(0);
    let is_number = !whole.is_empty()
        && whole.len() <= 9
        && part.len() <= room
        && whole.chars().chain(part.chars()).all(|one| one.is_ascii_digit());
    if !is_number {
        return Err(wrong(field, text));
    }
    format!("{whole}{part:0<room$}")
        .parse()
        .map_err(|_| wrong(field, text))
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
