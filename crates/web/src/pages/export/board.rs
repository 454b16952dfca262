//! The filtered board as a file: every row that the filter finds, page by page. Refuses to hold the whole list for CSV and
//! JSON.

use super::{Cell, Sheet, attachment, csv_text, workbook};
use crate::{
    around::AtShop,
    door::{Desk, language},
    format,
    pages::prices::{query::BoardQuery, show::say},
};
use axum::{
    body::{Body, Bytes},
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use futures::{Stream, StreamExt as _, TryStreamExt as _, stream};
use sauda_accounts::{Right, Scope};
use sauda_catalog::CatalogOffer;
use sauda_edge::{PathParams, Person, QueryParams, Refusal, need};
use sauda_kernel::{Money, OfferId, RuleId, ShopId, Tenge, Timestamp};
use sauda_pricing::board::{BoardFilter, BoardRow};
use std::collections::HashMap;

/// Rows that are read at once.
const PAGE: i64 = 1_000;
/// The largest workbook: a million rows is where Excel ends.
const MOST_ROWS: usize = 500_000;

/// What one export needs beside the rows.
#[derive(Clone)]
struct Source {
    desk: Desk,
    scope: Scope,
    shop: ShopId,
    language: sauda_edge::Language,
    rules: HashMap<RuleId, String>,
    sees_money: bool,
}

/// A row with what the catalogue knows.
struct Line {
    row: BoardRow,
    offer: Option<CatalogOffer>,
}

async fn source(desk: &Desk, who: &Person<need::ViewPrices>, at: &AtShop) -> Result<Source, Refusal> {
    let scope = who.scope();
    Ok(Source {
        desk: desk.clone(),
        scope: scope.clone(),
        shop: at.shop.id.clone(),
        language: who.language,
        rules: desk
            .pricing
            .rules(scope)
            .await?
            .into_iter()
            .map(|rule| (rule.id, rule.name))
            .collect(),
        sees_money: scope.may(Right::ViewMoney),
    })
}

impl Source {
    /// Pages of lines, one after another.
    fn pages(self, filter: BoardFilter) -> impl Stream<Item = Result<Vec<Line>, Refusal>> + Send {
        stream::try_unfold(Some(filter), move |next| {
            let source = self.clone();
            async move {
                let Some(filter) = next else { return Ok(None) };
                let page = source
                    .desk
                    .pricing
                    .board(&source.scope, &source.shop, &filter)
                    .await?;
                let ids: Vec<OfferId> = page.rows.iter().map(|row| row.offer.clone()).collect();
                let mut offers: HashMap<OfferId, CatalogOffer> = source
                    .desk
                    .catalog
                    .offers_by_ids(&ids)
                    .await?
                    .into_iter()
                    .map(|offer| (offer.id.clone(), offer))
                    .collect();
                let lines = page
                    .rows
                    .into_iter()
                    .map(|row| Line {
                        offer: offers.remove(&row.offer),
                        row,
                    })
                    .collect();
                let next = page.next.map(|after| BoardFilter {
                    after: Some(after),
                    before: None,
                    ..filter
                });
                Ok(Some((lines, next)))
            }
        })
    }

    fn say(&self, key: &str) -> String {
        say(&self.desk, language(self.language), key, &[])
    }

    fn headers(&self) -> Vec<String> {
        const KEYS: [&str; 14] = [
            "sku",
            "col-goods",
            "filter-category",
            "col-my-price",
            "col-place",
            "export-sellers",
            "col-rival",
            "export-rival-name",
            "minimum",
            "maximum",
            "step",
            "export-strategy",
            "filter-rule",
            "col-state",
        ];
        let mut headers: Vec<String> = KEYS.iter().map(|key| self.say(key)).collect();
        if self.sees_money {
            headers.extend(["cost", "col-profit", "filter-margin"].map(|key| self.say(key)));
        }
        headers.extend(["col-stock", "export-changed", "export-checked"].map(|key| self.say(key)));
        headers
    }

    fn cells(&self, line: &Line) -> Vec<Cell> {
        let (row, offer) = (&line.row, line.offer.as_ref());
        let tenge = |price: Option<Tenge>| Cell::number(price.map(Tenge::get));
        let whole = |sum: Option<Money>| Cell::number(sum.map(|sum| format::tiyn_to_tenge(sum.tiyn())));
        let mut cells = vec![
            Cell::text(offer.map(|offer| offer.sku.clone())),
            Cell::text(offer.map(|offer| offer.title.clone())),
            Cell::text(row.category.clone()),
            tenge(row.price),
            Cell::number(row.place),
            Cell::number(row.sellers),
            tenge(row.rival_price),
            Cell::text(row.rival_name.clone()),
            tenge(row.min),
            tenge(row.max),
            tenge(row.step),
            Cell::Text(self.say(&format!(
                "strategy-short-{}",
                if row.strategy.is_empty() {
                    "none"
                } else {
                    &row.strategy
                }
            ))),
            Cell::text(row.rule.as_ref().and_then(|rule| self.rules.get(rule)).cloned()),
            Cell::Text(self.say(&format!("state-{}", row.state.word()))),
        ];
        if self.sees_money {
            cells.extend([
                whole(row.cost),
                whole(row.profit),
                row.margin.map_or(Cell::Nothing, |margin| Cell::Share(margin.0)),
            ]);
        }
        cells.extend([
            Cell::number(row.stock),
            Cell::text(row.changed_at.map(clock)),
            Cell::text(row.checked_at.map(clock)),
        ]);
        cells
    }

    fn object(&self, line: &Line) -> serde_json::Value {
        let (row, offer) = (&line.row, line.offer.as_ref());
        let mut object = serde_json::json!({
            "offer_id": row.offer.as_str(),
            "city_id": row.city_id,
            "sku": offer.map(|offer| offer.sku.as_str()),
            "title": offer.map(|offer| offer.title.as_str()),
            "category": row.category,
            "price": row.price.map(Tenge::get),
            "place": row.place,
            "sellers": row.sellers,
            "rival_price": row.rival_price.map(Tenge::get),
            "rival_name": row.rival_name,
            "min": row.min.map(Tenge::get),
            "max": row.max.map(Tenge::get),
            "step": row.step.map(Tenge::get),
            "strategy": row.strategy,
            "rule_id": row.rule.as_ref().map(RuleId::as_str),
            "state": row.state.word(),
            "stock": row.stock,
            "changed_at": row.changed_at.map(Timestamp::rfc3339),
            "checked_at": row.checked_at.map(Timestamp::rfc3339),
        });
        if self.sees_money
            && let Some(members) = object.as_object_mut()
        {
            members.insert("cost_minor".to_owned(), row.cost.map(Money::tiyn).into());
            members.insert("profit_minor".to_owned(), row.profit.map(Money::tiyn).into());
            members.insert("margin_bp".to_owned(), row.margin.map(|margin| margin.0).into());
        }
        object
    }
}

/// `2026-11-20 12:41` in Almaty: sorts as text.
pub(super) fn clock(at: Timestamp) -> String {
    let local = at.local();
    format!(
        "{}-{:02}-{:02} {:02}:{:02}",
        local.year, local.month, local.day, local.hour, local.minute
    )
}

fn plain(cell: Cell) -> String {
    match cell {
        Cell::Text(text) => text,
        Cell::Number(number) => number.to_string(),
        Cell::Share(share) => format!("{},{:02}", share / 100, (share % 100).abs()),
        Cell::Nothing => String::new(),
    }
}

fn file_name(at: &AtShop, now: Timestamp, kind: &str) -> String {
    let day = now.local();
    format!(
        "{}-{}-{:02}-{:02}.{kind}",
        at.shop.slug, day.year, day.month, day.day
    )
}

async fn begin(
    desk: &Desk,
    who: &Person<need::ViewPrices>,
    slug: &str,
    query: &BoardQuery,
) -> Result<(AtShop, Source, BoardFilter), Refusal> {
    let at = desk
        .at_shop(&who.session, who.language, "", "prices", slug, Some(&query.city))
        .await?;
    let source = source(desk, who, &at).await?;
    let filter = BoardFilter {
        after: None,
        before: None,
        ..query.filter(&at.city, PAGE)
    };
    Ok((at, source, filter))
}

/// A failure in the middle of a stream ends it: the browser shows a broken download instead of a short list.
fn cut(refusal: Refusal) -> std::io::Error {
    std::io::Error::other(refusal.code())
}

pub(super) async fn csv(
    State(desk): State<Desk>,
    who: Person<need::ViewPrices>,
    PathParams(slug): PathParams<String>,
    QueryParams(query): QueryParams<BoardQuery>,
) -> Result<Response, Refusal> {
    let (at, source, filter) = begin(&desk, &who, &slug, &query).await?;
    let head = csv_text(&[source.headers()], true)?;
    let shape = source.clone();
    let body = source.pages(filter).map(move |page| {
        let rows: Vec<Vec<String>> = page
            .map_err(cut)?
            .iter()
            .map(|line| shape.cells(line).into_iter().map(plain).collect())
            .collect();
        csv_text(&rows, false).map(Bytes::from).map_err(cut)
    });
    let whole = stream::iter([Ok::<_, std::io::Error>(Bytes::from(head))]).chain(body);
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        attachment(&file_name(&at, desk.now(), "csv")),
    ];
    Ok((headers, Body::from_stream(whole)).into_response())
}

pub(super) async fn json(
    State(desk): State<Desk>,
    who: Person<need::ViewPrices>,
    PathParams(slug): PathParams<String>,
    QueryParams(query): QueryParams<BoardQuery>,
) -> Result<Response, Refusal> {
    let (at, source, filter) = begin(&desk, &who, &slug, &query).await?;
    let shape = source.clone();
    let mut first = true;
    let body = source.pages(filter).map(move |page| {
        let mut text = String::new();
        for line in page.map_err(cut)? {
            text.push_str(if first { "\n" } else { ",\n" });
            first = false;
            text.push_str(&shape.object(&line).to_string());
        }
        Ok::<_, std::io::Error>(Bytes::from(text))
    });
    let whole = stream::iter([Ok(Bytes::from_static(b"["))])
        .chain(body)
        .chain(stream::iter([Ok(Bytes::from_static(b"\n]\n"))]));
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        attachment(&file_name(&at, desk.now(), "json")),
    ];
    Ok((headers, Body::from_stream(whole)).into_response())
}

pub(super) async fn xlsx(
    State(desk): State<Desk>,
    who: Person<need::ViewPrices>,
    PathParams(slug): PathParams<String>,
    QueryParams(query): QueryParams<BoardQuery>,
) -> Result<Response, Refusal> {
    let (at, source, filter) = begin(&desk, &who, &slug, &query).await?;
    let shape = source.clone();
    let mut rows = Vec::new();
    let mut pages = std::pin::pin!(source.pages(filter));
    while let Some(page) = pages.try_next().await? {
        rows.extend(page.iter().map(|line| shape.cells(line)));
        if rows.len() >= MOST_ROWS {
            break;
        }
    }
    let sheet = Sheet {
        name: shape.say("nav-prices"),
        headers: shape.headers(),
        rows,
        widths: vec![
            20, 44, 24, 12, 8, 10, 12, 22, 12, 12, 8, 20, 22, 18, 14, 12, 10, 10, 17, 17,
        ],
    };
    workbook(&file_name(&at, desk.now(), "xlsx"), vec![sheet]).await
}
