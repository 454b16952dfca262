//! The catalogue: products of the merchant, whatever shops sell them. Refuses to change prices on sale: those are offers' own.

mod bulk;
mod cell;
mod export;
mod import;
mod list;
mod mend;
mod one;
mod query;
mod steps;

use crate::{door::Desk, pages::prices::show::of_public, views::parts::Form};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};
use sauda_catalog::{CatalogError, import::products::ProductFacts};
use sauda_kernel::{Failure, Kind, Public};

/// A body may be larger than the file we take: the rest is read and dropped, so that the refusal reaches the browser.
const BODY_BYTES: usize = 96 * 1024 * 1024;
/// The same for a picture.
const PICTURE_BODY_BYTES: usize = 16 * 1024 * 1024;

pub(crate) fn routes() -> Router<Desk> {
    Router::new()
        .route("/catalog", get(list::page))
        .route("/catalog/export.csv", get(export::csv))
        .route("/catalog/export.xlsx", get(export::xlsx))
        .route("/catalog/new", get(one::begin).post(one::create))
        .route("/catalog/bulk", get(bulk::preview).post(bulk::apply))
        .route(
            "/catalog/import",
            get(import::begin).merge(post(import::send).layer(DefaultBodyLimit::max(BODY_BYTES))),
        )
        .route("/catalog/import/offers", post(import::take_offers))
        .route("/catalog/import/{import}", get(import::step))
        .route(
            "/catalog/import/{import}/columns",
            get(import::columns).post(import::choose),
        )
        .route("/catalog/import/{import}/check", get(import::check))
        .route("/catalog/import/{import}/mend", post(mend::save))
        .route("/catalog/import/{import}/apply", post(import::apply))
        .route("/catalog/import/{import}/done", get(import::done))
        .route("/catalog/import/{import}/undo", post(import::undo))
        .route("/catalog/import/{import}/bad.csv", get(import::bad_rows))
        .route("/catalog/{product}", get(one::page).post(one::save))
        .route("/catalog/{product}/cell", post(cell::save))
        .route("/catalog/{product}/archive", post(one::archive))
        .route("/catalog/{product}/restore", post(one::restore))
        .route("/catalog/{product}/link", post(one::link))
        .route("/catalog/{product}/unlink", post(one::unlink))
        .route(
            "/catalog/{product}/photo",
            get(one::photo).merge(post(one::put_photo).layer(DefaultBodyLimit::max(PICTURE_BODY_BYTES))),
        )
        .route("/catalog/{product}/photo/remove", post(one::remove_photo))
}

/// A form with what a service refuses of it; refusals that belong to no form are an error of their own.
fn refused(form: Form, error: CatalogError) -> Result<Form, CatalogError> {
    if !matches!(error.kind(), Kind::Invalid | Kind::Conflict) {
        return Err(error);
    }
    let say = |form: Form, public: &Public| {
        form.refuse(public.field.as_deref().unwrap_or_default(), of_public(public))
    };
    Ok(error.public().iter().fold(form, say))
}

/// Kilograms as people of this country write them.
fn kilograms(facts: &ProductFacts) -> Option<String> {
    facts.weight_grams.map(|grams| {
        let text = format!("{},{:03}", grams / 1_000, grams % 1_000);
        text.trim_end_matches('0').trim_end_matches(',').to_owned()
    })
}
