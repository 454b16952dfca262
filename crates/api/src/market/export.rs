//! Snapshots of many days as a file that is written while it leaves. Refuses to hold it whole.

use crate::{
    ApiState,
    describe::{Op, op},
    shape::day,
};
use axum::{
    body::{Body, Bytes},
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use futures::stream;
use sauda_edge::{Caller, QueryParams, Refusal, need};
use sauda_kernel::{Kind, Public};
use sauda_research::{ExportQuestion, FileKind};
use serde::Deserialize;
use utoipa::IntoParams;

/// Which snapshots, and how.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ExportQuery {
    /// First day in Almaty.
    #[param(example = "2026-11-01")]
    pub from: String,
    /// Last day in Almaty.
    #[param(example = "2026-11-30")]
    pub to: String,
    /// `csv` (without it) or `parquet`.
    pub format: Option<String>,
    /// Id of one source; all without it.
    pub source: Option<String>,
}

pub(crate) fn export_op() -> Op {
    op::<need::ViewPrices>("export_market", "Snapshots of many days as a file")
        .about("Each line is a card of a snapshot: time, source, place, price, rating, reviews. Days in archives are included. Parquet keeps prices as whole tenge and times in UTC.")
        .query::<ExportQuery>()
        .gives_file(&["text/csv", "application/vnd.apache.parquet"])
}

pub(crate) async fn export(
    caller: Caller<need::ViewPrices>,
    State(state): State<ApiState>,
    QueryParams(query): QueryParams<ExportQuery>,
) -> Result<Response, Refusal> {
    let format = query.format.as_deref().unwrap_or("csv");
    let kind = FileKind::parse(format).ok_or_else(|| {
        let problem = Public::new("invalid-value").field("format").arg("value", format);
        Refusal::new(Kind::Invalid, problem)
    })?;
    let question = ExportQuestion {
        source: query.source,
        from: day("from", &query.from)?,
        to: day("to", &query.to)?,
        kind,
    };
    let file = state.research.export(&caller.scope, &question).await?;
    let pieces = stream::try_unfold(file, async |mut file| {
        let piece = file.next().await.map_err(std::io::Error::other)?;
        Ok::<_, std::io::Error>(piece.map(|piece| (Bytes::from(piece), file)))
    });
    let name = format!("market-{}-{}.{}", query.from, query.to, kind.word());
    let headers = [
        (header::CONTENT_TYPE, kind.media().to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
    ];
    Ok((headers, Body::from_stream(pieces)).into_response())
}
