//! The page of the price list: address, fetches, a test, rows in and out. Refuses to judge a row itself.

use crate::{
    door::{Desk, language},
    pages::{
        export::csv_file,
        prices::{path_of, show::say},
        system::urlencode,
    },
    views::{
        feed::{CheckView, FeedPage, FetchLine, PointPick, ReasonCount, RowLine},
        parts::{Tab, Told},
    },
};
use axum::{
    extract::{OriginalUri, State},
    response::Response,
};
use sauda_accounts::Right;
use sauda_catalog::{
    FETCHED_EVERY, Feed, FeedCheck, FeedFetch, FeedGoods, FeedRow, FeedWay, Feeds, Held, RowReason,
    RowsWanted, Shop,
};
use sauda_edge::{PathParams, Person, QueryParams, Refusal, need};
use sauda_kernel::{Span, Timestamp};
use serde::Deserialize;

const ROWS: usize = 50;
const FETCHES: usize = 8;
/// Rows of one file.
const MOST: usize = 100_000;
/// Two fetches in a row that did not come are no chance.
const LONG_AGO: Span = Span::from_hours(3);

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct FeedQuery {
    /// `in`, `out`, or all.
    show: String,
    q: String,
    after: String,
    /// Article whose XML is shown.
    sku: String,
    /// The whole list is to be tested.
    check: String,
}

impl FeedQuery {
    fn wanted(&self, limit: usize) -> RowsWanted {
        RowsWanted {
            after: self.after.clone(),
            search: self.q.trim().to_owned(),
            written: match self.show.as_str() {
                "in" => Some(true),
                "out" => Some(false),
                _ => None,
            },
            limit,
        }
    }
    fn show(&self) -> &str {
        if matches!(self.show.as_str(), "in" | "out") {
            &self.show
        } else {
            "all"
        }
    }
    fn text(&self) -> String {
        format!("show={}&q={}", self.show(), urlencode(self.q.trim()))
    }
}

pub(super) async fn page(
    State(desk): State<Desk>,
    who: Person<need::ViewCatalog>,
    PathParams(slug): PathParams<String>,
    QueryParams(query): QueryParams<FeedQuery>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refusal> {
    let at = desk
        .at_shop(&who.session, who.language, &path_of(&uri), "catalog", &slug, None)
        .await?;
    let (scope, shop) = (who.scope(), &at.shop.id);
    let may_edit = scope.may(Right::ManageCatalog);
    let word = if may_edit {
        desk.feeds.word(scope, shop).await?
    } else {
        None
    };
    let wanted = query.wanted(ROWS);
    let (feed, fetches, points, rows) = tokio::try_join!(
        desk.feeds.feed(scope, shop),
        desk.feeds.fetches(scope, shop),
        desk.catalog.points(scope, shop),
        desk.feeds.rows(scope, shop, &wanted),
    )?;
    let asked = !query.check.is_empty();
    let check = if asked || feed.held.is_some() {
        Some(desk.feeds.check(scope, shop).await?)
    } else {
        None
    };
    let base = format!("{}/catalog/feed", at.shell.base);
    let view = FeedPage {
        state: state(&feed, &fetches, desk.now()),
        way: feed.way.word(),
        address: word.map(|word| {
            let public = desk.edge.settings().public_url.trim_end_matches('/');
            format!("{public}/feeds/{word}.xml")
        }),
        has_address: feed.has_address,
        rotated_at: feed.rotated_at,
        rotated_by: feed.rotated_by.clone(),
        held: feed
            .held
            .clone()
            .map(|word| held_told(check.as_ref().and_then(|check| check.held.as_ref()), &word)),
        held_at: feed.held_at,
        good_rows: feed.good_rows,
        good_at: feed.good_at,
        next_at: feed
            .good_at
            .map(|at| at.plus(FETCHED_EVERY))
            .filter(|next| *next > desk.now()),
        may_agree: check.as_ref().and_then(|check| match check.held {
            Some(Held::Drop { rows, .. }) => Some(rows),
            _ => None,
        }),
        fetches: fetches.iter().take(FETCHES).map(fetch_line).collect(),
        check: check.filter(|_| asked).map(check_view),
        tabs: ["all", "in", "out"]
            .into_iter()
            .map(|word| Tab {
                word: word.to_owned(),
                href: format!("{base}?show={word}&q={}", urlencode(query.q.trim())),
                count: None,
                tone: "",
                is_on: query.show() == word,
            })
            .collect(),
        show: query.show().to_owned(),
        query: query.q.trim().to_owned(),
        next: rows
            .next
            .as_ref()
            .map(|after| format!("{base}?{}&after={}", query.text(), urlencode(after))),
        csv: format!("{base}/rows.csv?{}", query.text()),
        preview: rows
            .rows
            .iter()
            .find(|row| row.sku == query.sku)
            .and_then(Feeds::preview),
        previewed: query.sku.clone(),
        rows: rows
            .rows
            .iter()
            .map(|row| row_line(row, &at.shop, &base, &query))
            .collect(),
        points: points
            .into_iter()
            .filter(|point| point.enabled && point.gone_at.is_none())
            .map(|point| PointPick {
                is_chosen: feed.products_point.as_ref() == Some(&point.id),
                id: point.id,
                name: point.name,
            })
            .collect(),
        lists_products: feed.products_point.is_some(),
        may_edit,
    };
    desk.draw(&at.shell, &view)
}

/// What the page says first.
fn state(feed: &Feed, fetches: &[FeedFetch], now: Timestamp) -> &'static str {
    if !feed.has_address {
        return "none";
    }
    if feed.way == FeedWay::Cabinet {
        return "off";
    }
    if feed.held.is_some() {
        return "held";
    }
    match fetches.first() {
        None => "never",
        Some(last) if now.since(last.at) > LONG_AGO => "old",
        Some(_) => "fresh",
    }
}

fn held_told(held: Option<&Held>, word: &str) -> Told {
    let Some(held) = held else {
        return Told::new(word);
    };
    let told = Told::new(held.word());
    match held {
        Held::Off | Held::NeverRead | Held::Empty => told,
        Held::Stale { read_at } => told.arg("read_at", read_at.as_micros()),
        Held::Drop { rows, before } => told.arg("rows", *rows).arg("before", *before),
        Held::Rows { count, reason, sku } => told
            .arg("count", *count)
            .arg("reason", reason.word())
            .arg("sku", sku.clone()),
    }
}

fn fetch_line(fetch: &FeedFetch) -> FetchLine {
    FetchLine {
        at: fetch.at,
        address: fetch.address.clone(),
        agent: fetch.agent.clone(),
        status: fetch.status,
        outcome: match (fetch.status, fetch.whole) {
            (200, true) => "whole",
            (200, false) => "broken",
            (304, _) => "unchanged",
            _ => "held",
        },
        rows_in: fetch.rows_in,
        rows_out: fetch.rows_out,
        held: fetch.held.clone(),
    }
}

fn check_view(check: FeedCheck) -> CheckView {
    CheckView {
        rows: check.counts.rows,
        kilobytes: i64::try_from(check.bytes.div_ceil(1_024)).unwrap_or(i64::MAX),
        reasons: check
            .counts
            .reasons
            .iter()
            .map(|(reason, count)| ReasonCount {
                word: reason.word(),
                count: *count,
                leaves_out: reason.leaves_out(),
            })
            .collect(),
        held: check.held.as_ref().map(|held| held_told(Some(held), held.word())),
    }
}

fn row_line(row: &FeedRow, shop: &Shop, base: &str, query: &FeedQuery) -> RowLine {
    let after = urlencode(&query.after);
    RowLine {
        sku: row.sku.clone(),
        title: row.title.clone(),
        href: match &row.goods {
            FeedGoods::Offer(offer) => format!("/s/{}/prices/{offer}", shop.slug),
            FeedGoods::Product(product) => format!("/catalog/{product}"),
        },
        preview: row.verdict.is_ok().then(|| {
            format!(
                "{base}?{}&after={after}&sku={}#preview",
                query.text(),
                urlencode(&row.sku)
            )
        }),
        reason: row.verdict.as_ref().err().map(|reason| reason.word()),
        holds: row
            .verdict
            .as_ref()
            .err()
            .is_some_and(|reason| !reason.leaves_out()),
    }
}

/// Rows in and out as a file.
pub(super) async fn csv(
    State(desk): State<Desk>,
    who: Person<need::ViewCatalog>,
    PathParams(slug): PathParams<String>,
    QueryParams(query): QueryParams<FeedQuery>,
) -> Result<Response, Refusal> {
    let to = language(who.language);
    let shop = desk.catalog.shop_by_slug(who.scope(), &slug).await?;
    let found = desk
        .feeds
        .rows(who.scope(), &shop.id, &query.wanted(MOST))
        .await?;
    let head = ["feed-col-sku", "feed-col-title", "feed-col-in", "feed-col-reason"];
    let mut lines = vec![head.map(|key| say(&desk, to, key, &[])).to_vec()];
    let reason = |reason: &RowReason| say(&desk, to, &format!("feed-row-{}", reason.word()), &[]);
    lines.extend(found.rows.iter().map(|row| {
        vec![
            row.sku.clone(),
            row.title.clone(),
            say(
                &desk,
                to,
                if row.verdict.is_ok() {
                    "feed-in"
                } else {
                    "feed-out"
                },
                &[],
            ),
            row.verdict.as_ref().err().map(reason).unwrap_or_default(),
        ]
    }));
    csv_file("feed.csv", &lines)
}
