//! Answers of the storefront as they came, kept when asked for. Refuses to show them to those who may not change what is read.

use crate::{
    ApiState,
    describe::{Op, op},
    shape::{Download, ListQuery, Moment, Page, Shown, bad_cursor, limit_of},
};
use axum::extract::State;
use sauda_edge::{Caller, PathParams, QueryParams, Refusal, need};
use sauda_kernel::Timestamp;
use sauda_research::model::RawMark;
use serde::Serialize;
use utoipa::ToSchema;

/// A raw answer.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MarketRaw)]
pub(crate) struct RawShape {
    pub id: String,
    pub at: Moment,
    /// Which question it answers: `listing`, `counted listing`, `card offers`, `reviews`.
    pub about: String,
    /// The category, query or card asked about.
    pub subject: String,
    pub status: Option<i64>,
    /// Why it could not be used; null when it could.
    pub trouble: Option<String>,
    /// Its length as it came.
    pub bytes: i64,
}

impl From<RawMark> for RawShape {
    fn from(mark: RawMark) -> Self {
        Self {
            id: mark.id,
            at: Moment(mark.at),
            about: mark.about,
            subject: mark.subject,
            status: mark.status,
            trouble: mark.trouble,
            bytes: mark.bytes,
        }
    }
}

pub(crate) fn list_op() -> Op {
    op::<need::ManagePrices>("list_market_raws", "Answers of the storefront as they came, newest first")
        .about("They are kept for `raw_days` of the settings, up to 200 MiB, without who wrote reviews and what they ordered.")
        .query::<ListQuery>()
        .lists::<RawShape>()
}

/// The cursor of a row: its time and id.
fn cursor(mark: &RawMark) -> String {
    format!("{}~{}", mark.at.as_micros(), mark.id)
}

pub(crate) async fn list(
    caller: Caller<need::ManagePrices>,
    State(state): State<ApiState>,
    QueryParams(query): QueryParams<ListQuery>,
) -> Result<Shown<Page<RawShape>>, Refusal> {
    let limit = limit_of(query.limit)?;
    let after = match query.after.as_deref() {
        None => None,
        Some(text) => {
            let (at, id) = text.split_once('~').ok_or_else(|| bad_cursor(text))?;
            let at: i64 = at.parse().map_err(|_| bad_cursor(text))?;
            Some((Timestamp::from_micros(at), id))
        }
    };
    let asked = i64::try_from(limit + 1).unwrap_or(51);
    let mut rows = state
        .research
        .raws(&caller.scope, false, after, asked)
        .await?
        .rows;
    let is_more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| is_more).map(cursor);
    Ok(Shown(Page {
        items: rows.into_iter().map(RawShape::from).collect(),
        next,
    }))
}

pub(crate) fn show_op() -> Op {
    op::<need::ManagePrices>("show_market_raw", "One answer as it came")
        .gives_file(&["application/octet-stream"])
}

pub(crate) async fn show(
    caller: Caller<need::ManagePrices>,
    State(state): State<ApiState>,
    PathParams(raw): PathParams<String>,
) -> Result<Download, Refusal> {
    let (mark, bytes) = state.research.raw(&caller.scope, &raw).await?;
    Ok(Download {
        name: format!("{}.txt", mark.id),
        content_type: "application/octet-stream",
        bytes,
    })
}
