//! The page of raw answers, and one of them. Refuses to draw what an answer holds: it leaves as a file.

use crate::{
    door::Desk,
    pages::{export::attachment, prices::path_of},
    views::{
        market::tabs,
        market_raws::{RawLine, RawsPage},
    },
};
use axum::{
    extract::{OriginalUri, State},
    http::header,
    response::{IntoResponse, Response},
};
use sauda_edge::{PathParams, Person, QueryParams, Refusal, need};
use sauda_kernel::Timestamp;
use serde::Deserialize;

/// Answers on a page.
const ROWS: usize = 100;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct RawsQuery {
    /// `bad` shows those that could not be used.
    view: String,
    after: String,
}

pub(super) async fn page(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams(slug): PathParams<String>,
    QueryParams(query): QueryParams<RawsQuery>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refusal> {
    let at = desk
        .at_shop(&who.session, who.language, &path_of(&uri), "market", &slug, None)
        .await?;
    let after = query
        .after
        .split_once('~')
        .and_then(|(at, id)| Some((Timestamp::from_micros(at.parse().ok()?), id)));
    let bad = query.view == "bad";
    let asked = i64::try_from(ROWS + 1).unwrap_or(101);
    let list = desk.research.raws(who.scope(), bad, after, asked).await?;
    let mut rows = list.rows;
    let is_more = rows.len() > ROWS;
    rows.truncate(ROWS);
    let base = format!("{}/market/answers", at.shell.base);
    let next = rows.last().filter(|_| is_more).map(|row| {
        format!(
            "{base}?view={}&after={}~{}",
            query.view,
            row.at.as_micros(),
            row.id
        )
    });
    let days = desk.research.settings(who.scope()).await?.raw_days;
    let view = RawsPage {
        tabs: tabs(&at.shell.base, "snapshots"),
        rows: rows
            .into_iter()
            .map(|row| RawLine {
                href: format!("{base}/{}", row.id),
                about: row.about.replace(' ', "-"),
                subject: row.subject,
                at: row.at,
                status: row.status,
                trouble: row.trouble,
                kilobytes: (row.bytes + 1_023) / 1_024,
            })
            .collect(),
        count: list.count,
        megabytes: (list.packed + 1_048_575) / 1_048_576,
        days,
        is_bad: bad,
        next,
    };
    desk.draw(&at.shell, &view)
}

/// One answer as it came, as a text that no browser draws.
pub(super) async fn one(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams((slug, raw)): PathParams<(String, String)>,
) -> Result<Response, Refusal> {
    desk.catalog.shop_by_slug(who.scope(), &slug).await?;
    let (mark, body) = desk.research.raw(who.scope(), &raw).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        attachment(&format!("answer-{}.txt", mark.id)),
    ];
    Ok((headers, body).into_response())
}
