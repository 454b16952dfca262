//! Snapshots of many days as a file. Refuses to hold it whole: it is written while it leaves.

use crate::{door::Desk, pages::export::attachment};
use axum::{
    body::{Body, Bytes},
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use futures::stream;
use sauda_edge::{PathParams, Person, QueryParams, Refusal, need};
use sauda_kernel::{Kind, Public, Timestamp};
use sauda_research::{ExportQuestion, FileKind};
use serde::Deserialize;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct FileQuery {
    /// `2026-11-01`.
    from: String,
    to: String,
    /// `csv` or `parquet`.
    kind: String,
    source: String,
}

fn day(field: &'static str, text: &str) -> Result<Timestamp, Refusal> {
    Timestamp::parse(&format!("{text}T00:00:00+05:00")).map_err(|_| {
        let problem = Public::new("market-day-wrong").field(field).arg("value", text);
        Refusal::new(Kind::Invalid, problem)
    })
}

pub(super) async fn file(
    State(desk): State<Desk>,
    who: Person<need::ViewPrices>,
    PathParams(slug): PathParams<String>,
    QueryParams(query): QueryParams<FileQuery>,
) -> Result<Response, Refusal> {
    desk.catalog.shop_by_slug(who.scope(), &slug).await?;
    let question = ExportQuestion {
        source: Some(query.source).filter(|source| !source.is_empty()),
        from: day("from", &query.from)?,
        to: day("to", &query.to)?,
        kind: FileKind::parse(&query.kind).unwrap_or(FileKind::Csv),
    };
    let file = desk.research.export(who.scope(), &question).await?;
    let pieces = stream::try_unfold(file, async |mut file| {
        let piece = file.next().await.map_err(std::io::Error::other)?;
        Ok::<_, std::io::Error>(piece.map(|piece| (Bytes::from(piece), file)))
    });
    let name = format!("market-{}-{}.{}", query.from, query.to, question.kind.word());
    let headers = [
        (header::CONTENT_TYPE, question.kind.media().to_owned()),
        attachment(&name),
    ];
    Ok((headers, Body::from_stream(pieces)).into_response())
}
