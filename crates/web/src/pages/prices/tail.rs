//! The rest of a long list: a page of the board brings its first rows, the others follow at once, the very ones that the page
//! was drawn from. Without a script a link leads to the same page with all of them.

use super::{rows, shown};
use crate::{
    door::{Desk, draw, language},
    pages::{live, prices::query::BoardQuery},
    shell::Shell,
    views::prices::{PriceRow, Tail},
};
use axum::{extract::State, http::HeaderMap, response::Response};
use sauda_accounts::Right;
use sauda_edge::{PathParams, Person, QueryParams, Refusal, need};
use sauda_kernel::OfferId;
use sauda_pricing::board::BoardRow;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Rows that come with the page: three screens of a desk, five of a phone.
pub(super) const FIRST: usize = 40;

/// Where the rows after the first ones are found; `base` is the board.
pub(super) fn tail(query: &BoardQuery, city: &str, page: &[BoardRow], base: &str) -> Option<Tail> {
    let left = page.get(FIRST..).filter(|left| !left.is_empty())?;
    if query.whole == "1" {
        return None;
    }
    let ids: Vec<OfferId> = left.iter().map(|row| row.offer.clone()).collect();
    Some(Tail {
        count: i64::try_from(left.len()).unwrap_or(i64::MAX),
        href: format!(
            "{base}/rows?city={}&rows={}",
            crate::pages::system::urlencode(city),
            live::ids(&ids)
        ),
        whole: query.whole_page(base),
    })
}

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    city: String,
    #[serde(default)]
    rows: String,
}

/// Rows alone.
#[derive(Serialize)]
struct Rows {
    rows: Vec<PriceRow>,
    shown: Vec<&'static str>,
    is_editable: bool,
    sees_money: bool,
}

pub(super) async fn list(
    State(desk): State<Desk>,
    who: Person<need::ViewPrices>,
    PathParams(slug): PathParams<String>,
    QueryParams(asked): QueryParams<Asked>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let scope = who.scope();
    let (shop, city) = desk.shop_and_city(&who.session, &slug, Some(&asked.city)).await?;
    let ids = live::read_ids(&asked.rows);
    let mut found: HashMap<OfferId, BoardRow> = desk
        .pricing
        .board_rows(scope, &shop.id, &city, &ids)
        .await?
        .into_iter()
        .map(|row| (row.offer.clone(), row))
        .collect();
    let ordered: Vec<BoardRow> = ids.iter().filter_map(|id| found.remove(id)).collect();
    let base = format!("/s/{slug}/prices");
    let view = Rows {
        rows: rows::rows(&desk, scope, &shop.id, &city, &base, &ordered).await?,
        shown: shown(&headers),
        is_editable: scope.may(Right::ManagePrices),
        sees_money: scope.may(Right::ViewMoney),
    };
    let shell = Shell::bare(language(who.language), desk.now(), "");
    draw(&desk.pages, "live/rows.html", &shell, &view)
}
