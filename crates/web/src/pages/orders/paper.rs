//! Papers of an order.

use crate::door::Desk;
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use sauda_edge::{PathParams, Person, QueryParams, Refusal, need};
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct PaperQuery {
    /// Which one, when there are several; the newest without it.
    number: Option<String>,
}

/// The waybill as the marketplace made it, to look at and print.
pub(super) async fn waybill(
    State(desk): State<Desk>,
    who: Person<need::ViewOrders>,
    PathParams((slug, code)): PathParams<(String, String)>,
    QueryParams(asked): QueryParams<PaperQuery>,
) -> Result<Response, Refusal> {
    let shop = desk.catalog.shop_by_slug(who.scope(), &slug).await?;
    let (_, pdf) = desk
        .orders
        .waybill(who.scope(), &shop.id, &code, asked.number.as_deref())
        .await?;
    let name = format!("inline; filename=\"waybill-{}.pdf\"", plain(&code));
    Ok((
        [
            (header::CONTENT_TYPE, "application/pdf".to_owned()),
            (header::CONTENT_DISPOSITION, name),
            (header::CACHE_CONTROL, "private, no-cache".to_owned()),
        ],
        pdf,
    )
        .into_response())
}

/// Letters and digits alone: names of files are of our making.
fn plain(code: &str) -> String {
    code.chars()
        .filter(char::is_ascii_alphanumeric)
        .take(40)
        .collect()
}
