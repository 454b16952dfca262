//! Money: the calculator, what is kept of it, profit, tax, rates. Refuses to compute: the rooms do.

mod answer;
mod calculator;
mod fill;
mod profit;
mod profit_files;
mod rates;
mod saved;
mod take;
mod tax;
mod tax_files;

pub(crate) use profit::cut_of;

use crate::{door::Desk, views::parts::Told};
use axum::{
    Router,
    routing::{get, post},
};
use sauda_economics::{command::sum_of, rates::Day};
use sauda_kernel::Timestamp;

pub(crate) fn routes() -> Router<Desk> {
    Router::new()
        .route("/s/{shop}/money/calculator", get(calculator::page))
        .route("/s/{shop}/money/saved", get(saved::page).post(saved::keep))
        .route("/s/{shop}/money/saved/export.csv", get(saved::csv))
        .route("/s/{shop}/money/saved/export.xlsx", get(saved::xlsx))
        .route("/s/{shop}/money/saved/{id}", post(saved::act))
        .route("/s/{shop}/money/profit", get(profit::page))
        .route("/s/{shop}/money/profit/export.csv", get(profit_files::csv))
        .route("/s/{shop}/money/profit/export.xlsx", get(profit_files::xlsx))
        .route("/s/{shop}/money/profit/export.pdf", get(profit_files::pdf))
        .route("/s/{shop}/money/tax", get(tax::page).post(tax::save))
        .route("/s/{shop}/money/tax/remove", post(tax::remove))
        .route("/s/{shop}/money/tax/export.csv", get(tax_files::csv))
        .route("/s/{shop}/money/tax/export.xlsx", get(tax_files::xlsx))
        .route("/s/{shop}/money/tax/export.pdf", get(tax_files::pdf))
        .route("/s/{shop}/money/cost", post(take::cost))
        .route("/s/{shop}/money/rates", get(rates::page).post(rates::set))
        .route("/s/{shop}/money/rates/{id}", post(rates::remove))
}

/// The day of a text such as `2026-11-20`, as a moment that pages can show.
fn moment_of(day: &str) -> Timestamp {
    Day::parse(day).map(Day::noon).unwrap_or_default()
}

/// `1 250,50`, `10,9 %` as hundredths; none for what is no number.
fn hundredths(text: &str) -> Option<i64> {
    sauda_economics::command::hundredths_of(&serde_json::Value::String(text.to_owned()))
}

/// A typed sum as hundredths; refused when there is none, or when its comma may part thousands or tiyn.
fn sum_typed(name: &str, text: &str) -> Result<i64, Told> {
    match sum_of(text) {
        Ok(Some(sum)) => Ok(sum),
        Ok(None) => Err(Told::new("wrong-value").arg("value", text).arg("name", name)),
        Err(refused) => Err(Told::from(&refused.public())),
    }
}

/// Currencies that purchases are offered in.
const CURRENCIES: [&str; 8] = ["USD", "CNY", "EUR", "RUB", "TRY", "KRW", "AED", "UZS"];

/// Currencies to choose from: the usual, and the one that is chosen.
pub(crate) fn currencies(chosen: Option<&str>) -> Vec<String> {
    let other = chosen.filter(|code| !CURRENCIES.contains(code));
    CURRENCIES.into_iter().chain(other).map(str::to_owned).collect()
}

/// Tenge for one of a currency, with a comma.
pub(crate) fn rate_typed(millionths: i64) -> String {
    sauda_economics::money::fields::decimal(millionths, 6).replace('.', ",")
}

fn wrong(field: &'static str, value: &str) -> sauda_edge::Refusal {
    let told = sauda_kernel::Public::new("invalid-value")
        .field(field)
        .arg("value", value);
    sauda_edge::Refusal::new(sauda_kernel::Kind::Invalid, told)
}
