//! The board of prices: list, cells, bulk changes, card guard. Refuses to sort or filter by itself: the service does.

pub(crate) mod bulk;
mod bulk_form;
pub(crate) mod cell;
mod chips;
mod guard;
pub(crate) mod query;
mod rows;
pub(crate) mod show;
mod tail;

use crate::{
    carried::{Did, is_own},
    door::Desk,
    pages::live::{self, LivePage},
    views::{
        parts::{Pager, Tab},
        prices::{COLUMNS, Prices, PricesEmpty},
    },
};
use axum::{
    Router,
    extract::{OriginalUri, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use query::BoardQuery;
use sauda_accounts::Right;
use sauda_edge::{FormBody, PathParams, Person, QueryParams, Refusal, need};
use sauda_kernel::OfferId;
use sauda_pricing::board::{BoardCounts, BoardPage, BoardView};
use serde::Deserialize;
use std::collections::BTreeMap;

pub(crate) fn routes() -> Router<Desk> {
    Router::new()
        .route("/s/{shop}/prices", get(board))
        .route("/s/{shop}/prices/rows", get(tail::list))
        .route("/s/{shop}/prices/columns", post(columns))
        .route("/s/{shop}/prices/{offer}/cell", post(cell::save))
        .route("/s/{shop}/prices/bulk", get(bulk::preview).post(bulk::apply))
        .route("/s/{shop}/prices/bulk/{bulk}", get(bulk::result))
        .route("/s/{shop}/prices/bulk/{bulk}/undo", post(bulk::undo))
        .route("/s/{shop}/prices/bulk/{bulk}/refused.csv", get(bulk::refused))
        .route("/s/{shop}/prices/guard", get(guard::list))
        .route("/s/{shop}/prices/guard/{guest}/seen", post(guard::seen))
        .route("/s/{shop}/prices/guard/{guest}/ignore", post(guard::ignore))
        .route("/s/{shop}/prices/guard/{guest}/count", post(guard::count))
}

/// Rows a page.
const ROWS: i64 = 100;
/// The address as it was asked for: for coming back.
pub(crate) fn path_of(uri: &axum::http::Uri) -> String {
    uri.path_and_query()
        .map_or_else(|| uri.path().to_owned(), |path| path.as_str().to_owned())
}

async fn board(
    State(desk): State<Desk>,
    who: Person<need::ViewPrices>,
    PathParams(slug): PathParams<String>,
    QueryParams(mut query): QueryParams<BoardQuery>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let scope = who.scope();
    let (shop, city) = desk.shop_and_city(&who.session, &slug, Some(&query.city)).await?;
    // While no cost is known there is no profit to sort by: those furthest from the first place come first.
    if query.sort.is_empty() && !desk.pricing.knows_profit(scope, &shop.id, &city).await? {
        sauda_pricing::board::BoardSort::PlaceDown
            .word()
            .clone_into(&mut query.sort);
    }
    let filter = query.filter(&city, ROWS);
    let id = shop.id.clone();
    let path = path_of(&uri);
    let around = desk.around(&who.session, who.language, &path, "prices", shop, city);
    let (mut at, page) = if filter.is_narrowed() {
        // Both look at every offer: they do it beside each other.
        let page = async { Ok::<_, Refusal>(desk.pricing.board(scope, &id, &filter).await?) };
        tokio::try_join!(around, page)?
    } else {
        let at = around.await?;
        let page = desk
            .pricing
            .board(scope, &id, &filter.counted(&at.counts))
            .await?;
        (at, page)
    };
    let base = format!("{}/prices", at.shell.base);
    let empty = if page.rows.is_empty() {
        Some(why_empty(&desk, scope, &at, &query, &at.counts, &base).await?)
    } else {
        None
    };
    let tail = tail::tail(&query, &at.city, &page.rows, &base);
    let first = match tail {
        Some(_) => page.rows.get(..tail::FIRST).unwrap_or_default(),
        None => &page.rows,
    };
    let rows = rows::rows(&desk, scope, &id, &at.city, &base, first).await?;
    let ids: Vec<OfferId> = page.rows.iter().map(|row| row.offer.clone()).collect();
    at.shell.live = Some(live::address(
        &at.shell.base,
        LivePage::Prices,
        &at.city,
        &page_sort(&query),
        &ids,
    ));
    let view = Prices {
        tabs: tabs(&query, &at.counts, &base),
        query: query.q.trim().to_owned(),
        city: at.city.clone(),
        kept: query.kept(),
        chips: chips::chips(&desk, scope, &at, &query, &base).await?,
        empty,
        pager: pager(&query, &page, &base),
        sort: page_sort(&query),
        sort_href: query.sort_base(&base),
        checked_at: page.rows.iter().filter_map(|row| row.checked_at).max(),
        columns: COLUMNS.to_vec(),
        shown: shown(&headers),
        columns_open: query.columns == "1",
        filter_query: query.filter_text(&at.city),
        is_editable: scope.may(Right::ManagePrices),
        is_paused_view: BoardView::parse(&query.view) == BoardView::Paused,
        sees_money: scope.may(Right::ViewMoney),
        rows,
        tail,
    };
    desk.draw(&at.shell, &view)
}

fn page_sort(query: &BoardQuery) -> String {
    sauda_pricing::board::BoardSort::parse(&query.sort)
        .word()
        .to_owned()
}

fn tabs(query: &BoardQuery, counts: &BoardCounts, base: &str) -> Vec<Tab> {
    let on = BoardView::parse(&query.view);
    let tab = |view: BoardView, count, tone| Tab {
        word: view.word().to_owned(),
        href: query.with(
            base,
            "view",
            if view == BoardView::All { "" } else { view.word() },
        ),
        count: Some(count),
        tone,
        is_on: view == on,
    };
    vec![
        tab(BoardView::All, counts.all, ""),
        tab(BoardView::NotFirst, counts.not_first, "bad"),
        tab(BoardView::AtFloor, counts.at_floor, "warn"),
        tab(BoardView::NoLimits, counts.no_limits, "warn"),
        tab(BoardView::Errors, counts.errors, "bad"),
        tab(BoardView::Paused, counts.paused, ""),
        tab(BoardView::Asks, counts.asks, "warn"),
    ]
}

fn pager(query: &BoardQuery, page: &BoardPage, base: &str) -> Pager {
    let shown = i64::try_from(page.rows.len()).unwrap_or(0);
    let first = page.back.is_none();
    let from = if shown == 0 {
        0
    } else if first {
        1
    } else {
        query.from.parse::<i64>().unwrap_or(1).clamp(1, page.found.max(1))
    };
    let to = if shown == 0 {
        0
    } else {
        (from + shown - 1).min(page.found)
    };
    let back = page
        .back
        .as_ref()
        .map(|cursor| query.page(base, "before", &cursor.encode(), (from - ROWS).max(1)));
    let next = page
        .next
        .as_ref()
        .map(|cursor| query.page(base, "after", &cursor.encode(), to + 1));
    Pager {
        from,
        to,
        of: page.found,
        back,
        next,
    }
}

/// Why there are no rows, and which filter to drop to see some.
async fn why_empty(
    desk: &Desk,
    scope: &sauda_accounts::Scope,
    at: &crate::around::AtShop,
    query: &BoardQuery,
    counts: &BoardCounts,
    base: &str,
) -> Result<PricesEmpty, Refusal> {
    if counts.all == 0 {
        return Ok(PricesEmpty::Nothing);
    }
    let on = query.filters_on();
    if on.is_empty() && query.q.trim().is_empty() {
        return Ok(PricesEmpty::AllDone);
    }
    let mut best: Option<(&'static str, i64)> = None;
    for word in on {
        let filter = query.without(word).filter(&at.city, 1);
        let found = desk.pricing.board(scope, &at.shop.id, &filter).await?.found;
        if found > best.map_or(0, |(_, most)| most) {
            best = Some((word, found));
        }
    }
    Ok(PricesEmpty::NotFound {
        query: query.q.trim().to_owned(),
        among: counts.all,
        drop_word: best.map(|(word, _)| word),
        drop_href: best.map_or_else(String::new, |(word, _)| query.without(word).address(base)),
        would_show: best.map_or(0, |(_, found)| found),
    })
}

const COLUMNS_COOKIE: &str = "columns";
/// Stock is one click away: nine columns are enough.
const USUAL_COLUMNS: [&str; 7] = ["place", "price", "rival", "limits", "strategy", "profit", "state"];

fn shown(headers: &HeaderMap) -> Vec<&'static str> {
    match crate::carried::cookie(headers, COLUMNS_COOKIE) {
        Some(kept) => COLUMNS
            .into_iter()
            .filter(|word| kept.split('.').any(|column| column == *word))
            .collect(),
        None => USUAL_COLUMNS.to_vec(),
    }
}

#[derive(Deserialize)]
struct ColumnsForm {
    #[serde(default)]
    column: Vec<String>,
    #[serde(default)]
    back: String,
}

/// Which columns this person's browser shows, for a year.
async fn columns(
    State(desk): State<Desk>,
    _who: Person<need::ViewPrices>,
    PathParams(slug): PathParams<String>,
    FormBody(form): FormBody<ColumnsForm>,
) -> Result<Response, Refusal> {
    let chosen: Vec<&str> = COLUMNS
        .into_iter()
        .filter(|word| form.column.iter().any(|column| column == word))
        .collect();
    let secure = if desk.edge.settings().is_https() {
        "; Secure"
    } else {
        ""
    };
    let text = format!(
        "{COLUMNS_COOKIE}={}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly{secure}",
        chosen.join(".")
    );
    let board = format!("/s/{slug}/prices");
    let back = if is_own(&form.back) && form.back.starts_with(&board) {
        form.back.replace("columns=1", "")
    } else {
        board
    };
    let mut response = axum::response::Redirect::to(&back).into_response();
    if let Ok(cookie) = HeaderValue::from_str(&text) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// Back to the board, saying what was done.
pub(crate) fn to_board(base: &str, did: Did) -> Response {
    did.at(&format!("{base}/prices"))
}

/// Values of the search form that must survive a search.
pub(crate) type Kept = BTreeMap<String, String>;
