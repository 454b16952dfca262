//! The event stream of an open page: cells of the visible rows, counters, age. Refuses to change lists: cells only, by id.

mod paint;
mod stream;

use crate::door::Desk;
use axum::{
    Router,
    extract::State,
    http::{HeaderName, HeaderValue, header},
    response::{
        IntoResponse, Response,
        sse::{Event, Sse},
    },
    routing::get,
};
use futures::StreamExt as _;
use paint::Watched;
use sauda_edge::{PathParams, Person, QueryParams, Refusal, need};
use sauda_kernel::OfferId;
use sauda_pricing::board::BoardSort;
use serde::Deserialize;
use std::convert::Infallible;

/// Most rows that one page watches.
const MOST_ROWS: usize = 200;

pub(crate) fn routes() -> Router<Desk> {
    Router::new().route("/s/{shop}/live", get(listen))
}

/// A page that can be kept fresh.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LivePage {
    Prices,
    Product,
    Today,
    /// Talks: the page asks for its list again when something was said.
    Messages,
}

impl LivePage {
    const fn word(self) -> &'static str {
        match self {
            Self::Prices => "prices",
            Self::Product => "product",
            Self::Today => "today",
            Self::Messages => "messages",
        }
    }
    fn parse(word: &str) -> Self {
        [Self::Prices, Self::Product, Self::Messages]
            .into_iter()
            .find(|page| page.word() == word)
            .unwrap_or(Self::Today)
    }
}

/// Address of the stream for `Shell::live`: which rows stand on the page, and the word of their order. `base` is `/s/<slug>`.
pub(crate) fn address(base: &str, page: LivePage, city: &str, sort: &str, rows: &[OfferId]) -> String {
    format!(
        "{base}/live?page={}&city={}&sort={}&rows={}",
        page.word(),
        crate::pages::system::urlencode(city),
        crate::pages::system::urlencode(sort),
        ids(rows)
    )
}

/// Rows as addresses name them.
pub(crate) fn ids(rows: &[OfferId]) -> String {
    let mut text = String::new();
    for row in rows.iter().take(MOST_ROWS) {
        if !text.is_empty() {
            text.push('.');
        }
        text.push_str(row.as_str());
    }
    text
}

/// The rows that an address names; junk among them is left out.
pub(crate) fn read_ids(text: &str) -> Vec<OfferId> {
    text.split('.')
        .filter_map(|id| OfferId::parse(id).ok())
        .take(MOST_ROWS)
        .collect()
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    page: String,
    #[serde(default)]
    city: String,
    #[serde(default)]
    sort: String,
    #[serde(default)]
    rows: String,
}

async fn listen(
    State(desk): State<Desk>,
    who: Person<need::ViewToday>,
    PathParams(slug): PathParams<String>,
    QueryParams(asked): QueryParams<Asked>,
) -> Result<Response, Refusal> {
    let shop = desk.catalog.shop_by_slug(who.scope(), &slug).await?;
    let page = LivePage::parse(&asked.page);
    let city = if asked.city.is_empty() {
        desk.default_city(&who.session, &shop).await?
    } else {
        asked.city
    };
    let watched = Watched {
        page,
        shop: shop.id,
        city,
        sort: BoardSort::parse(&asked.sort),
        rows: read_ids(&asked.rows),
        language: crate::door::language(who.language),
    };
    let events = stream::events(desk, who.session.clone(), watched).map(Ok::<Event, Infallible>);
    let mut answer = Sse::new(events).into_response();
    answer
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // Proxies that collect answers would hold messages back.
    answer.headers_mut().insert(
        HeaderName::from_static("x-accel-buffering"),
        HeaderValue::from_static("no"),
    );
    Ok(answer)
}
