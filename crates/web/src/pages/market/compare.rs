//! The page that lays own goods beside the market, and its file. Refuses to compare with what was not read.

use crate::{
    charts::corridor,
    door::Desk,
    pages::{export::csv_file, prices::path_of},
    views::{
        market::tabs,
        market_compare::{ComparePage, OwnLine, ShelfTab},
        prices::Corridor,
    },
};
use axum::{
    extract::{OriginalUri, State},
    response::Response,
};
use sauda_edge::{PathParams, Person, QueryParams, Refusal, need};
use sauda_research::OwnPlace;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Rows on the page; the file has all.
const ROWS: usize = 300;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct CompareQuery {
    source: String,
    q: String,
    /// `dear` or `cheap`.
    view: String,
}

impl CompareQuery {
    fn wants(&self, row: &OwnPlace) -> bool {
        let needle = self.q.trim().to_lowercase();
        let against = row.against_middle_bp();
        (self.source.is_empty() || row.source == self.source)
            && (needle.is_empty() || row.title.to_lowercase().contains(&needle) || row.card == needle)
            && match self.view.as_str() {
                "dear" => against.is_some_and(|bp| bp > 0),
                "cheap" => against.is_some_and(|bp| bp < 0),
                _ => true,
            }
    }
}

pub(super) async fn page(
    State(desk): State<Desk>,
    who: Person<need::ViewPrices>,
    PathParams(slug): PathParams<String>,
    QueryParams(query): QueryParams<CompareQuery>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refusal> {
    let at = desk
        .at_shop(&who.session, who.language, &path_of(&uri), "market", &slug, None)
        .await?;
    let all = desk.research.compare(who.scope()).await?;
    let sources: BTreeMap<String, String> = all
        .rows
        .iter()
        .map(|row| (row.source.clone(), row.source_title.clone()))
        .collect();
    let count = |wanted: fn(i64) -> bool| {
        all.rows
            .iter()
            .filter(|row| row.against_middle_bp().is_some_and(wanted))
            .count()
    };
    let (dear, cheap) = (count(|bp| bp > 0), count(|bp| bp < 0));
    let total = all.rows.len();
    let found: Vec<&OwnPlace> = all.rows.iter().filter(|row| query.wants(row)).collect();
    let view = ComparePage {
        tabs: tabs(&at.shell.base, "compare"),
        rows: found.iter().take(ROWS).map(|row| line(row)).collect(),
        found: found.len(),
        total,
        unseen: all.unseen,
        dear,
        cheap,
        sources: sources
            .into_iter()
            .map(|(id, title)| ShelfTab {
                is_on: id == query.source,
                id,
                title,
            })
            .collect(),
        q: query.q,
        view: query.view,
    };
    desk.draw(&at.shell, &view)
}

fn line(row: &OwnPlace) -> OwnLine {
    OwnLine {
        range: corridor(row.low, row.high, row.own, row.middle).map(|(own, rival)| Corridor { own, rival }),
        against_bp: row.against_middle_bp(),
        card: row.card.clone(),
        title: row.title.clone(),
        source_title: row.source_title.clone(),
        place: row.place,
        cards: row.cards,
        own: row.own,
        middle: row.middle,
        low: row.low,
        high: row.high,
        cheaper_bp: row.cheaper_bp,
        rival: row.rival.as_ref().map(|(price, _)| *price),
        rival_name: row.rival.as_ref().map(|(_, name)| name.clone()),
        rating_milli: row.rating_milli,
        rating_middle: row.rating_middle,
        reviews: row.reviews,
        reviews_middle: row.reviews_middle,
    }
}

/// Every own card on every shelf.
pub(super) async fn csv(
    State(desk): State<Desk>,
    who: Person<need::ViewPrices>,
    PathParams(slug): PathParams<String>,
    QueryParams(query): QueryParams<CompareQuery>,
) -> Result<Response, Refusal> {
    desk.catalog.shop_by_slug(who.scope(), &slug).await?;
    let all = desk.research.compare(who.scope()).await?;
    let head = [
        "card",
        "title",
        "category",
        "place",
        "cards",
        "my_price",
        "lowest_other",
        "lowest_other_seller",
        "low",
        "median",
        "high",
        "against_median_percent",
        "cheaper_cards_percent",
        "band_from",
        "band_to",
        "rating",
        "median_rating",
        "reviews",
        "median_reviews",
    ];
    let mut rows: Vec<Vec<String>> = vec![head.map(str::to_owned).to_vec()];
    for row in all.rows.iter().filter(|row| query.wants(row)) {
        rows.push(cells(row));
    }
    csv_file("market-compare.csv", &rows)
}

fn cells(row: &OwnPlace) -> Vec<String> {
    let shown = |value: Option<i64>| value.map(|value| value.to_string()).unwrap_or_default();
    let price = |value: Option<sauda_kernel::Tenge>| shown(value.map(|price| price.0));
    let milli = |value: Option<i64>| {
        value
            .map(|milli| format!("{}.{:03}", milli / 1_000, milli % 1_000))
            .unwrap_or_default()
    };
    let percent = |bp: Option<i64>| {
        bp.map(|bp| {
            let sign = if bp < 0 { "-" } else { "" };
            format!("{sign}{}.{:02}", bp.abs() / 100, bp.abs() % 100)
        })
        .unwrap_or_default()
    };
    vec![
        row.card.clone(),
        row.title.clone(),
        row.source_title.clone(),
        row.place.to_string(),
        row.cards.to_string(),
        price(row.own),
        price(row.rival.as_ref().map(|(price, _)| *price)),
        row.rival
            .as_ref()
            .map(|(_, name)| name.clone())
            .unwrap_or_default(),
        price(row.low),
        price(row.middle),
        price(row.high),
        percent(row.against_middle_bp()),
        percent(row.cheaper_bp),
        price(row.band.map(|(from, _)| from)),
        price(row.band.map(|(_, to)| to)),
        milli(row.rating_milli),
        milli(row.rating_middle),
        shown(row.reviews),
        shown(row.reviews_middle),
    ]
}
