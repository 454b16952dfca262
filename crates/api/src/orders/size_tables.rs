//! A shop's size tables and how good its advices were. A file holds whole or not at all; the last change can be undone.

use crate::{
    ApiState,
    describe::{Op, op},
    shape::{Done, Made, Moment, Shown, text_of},
};
use axum::{body::Body, extract::State};
use futures::StreamExt as _;
use http::{HeaderMap, header};
use sauda_catalog::table::{Intake, TableLimits};
use sauda_edge::{Arg, Caller, PathParams, QueryParams, Refusal, need};
use sauda_kernel::{FitTablesId, Kind, Public, ShopId};
use sauda_orders::fit::{
    quality::Sat,
    tables::{Tables, TablesState},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

const FILE_BYTES: u64 = 8 * 1024 * 1024;
const FILE: &str = "A CSV, XLSX, ODS or XLS table of up to 8 MiB: brand or model, category, gender, size, and chest, waist, hips, underbust, \
                    height, weight, foot as `92` or `88-92`; names of columns in English, Russian or Kazakh.";

/// What is wrong with a row.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SizeTableProblem {
    pub row: u32,
    pub column: String,
    pub code: String,
    /// In the language of the request.
    pub detail: String,
}

/// One size of a table.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SizeTableLine {
    pub brand: Option<String>,
    pub item: Option<String>,
    pub category: Option<String>,
    /// `women`, `men`, `kids`, `unisex`.
    pub gender: Option<String>,
    pub size: String,
    /// Measures as they were written.
    pub measures: BTreeMap<String, String>,
}

/// A state of a shop's size tables.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SizeTables {
    pub id: String,
    pub title: String,
    /// `loaded`, `current`, `past`, `undone`.
    pub state: &'static str,
    pub tables: i64,
    pub lines: Vec<SizeTableLine>,
    /// With any of them the tables do not hold.
    pub problems: Vec<SizeTableProblem>,
    pub by: String,
    pub at: Moment,
}

/// How the file is called, and whether it only is looked at.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct SizeTablesQuery {
    /// Name of the file, for the list.
    pub name: Option<String>,
    /// `true`: nothing changes.
    pub check: Option<bool>,
}

fn view<M>(state: &ApiState, caller: &Caller<M>, tables: Tables) -> SizeTables {
    let problems = tables.problems.into_iter().map(|problem| {
        let args = [
            ("row", Arg::from(i64::from(problem.row))),
            ("column", Arg::from(problem.column.as_str())),
            ("value", Arg::from(problem.value.as_str())),
        ];
        let key = format!("size-table-{}", problem.code);
        SizeTableProblem {
            detail: text_of(state.edge.words(), caller.language, &key, &args),
            row: problem.row,
            column: problem.column.clone(),
            code: problem.code,
        }
    });
    SizeTables {
        id: tables.id.to_string(),
        title: tables.title,
        state: tables.state.word(),
        tables: tables.tables,
        problems: problems.collect(),
        lines: tables
            .lines
            .into_iter()
            .map(|line| SizeTableLine {
                brand: line.brand,
                item: line.item,
                category: line.category,
                gender: line.gender,
                size: line.size,
                measures: line.measures,
            })
            .collect(),
        by: tables.by,
        at: Moment(tables.made_at),
    }
}

/// The size tables that hold.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HeldSizeTables {
    /// Null when there are none.
    pub tables: Option<SizeTables>,
}

pub(crate) fn show_op() -> Op {
    op::<need::ViewOrders>("show_size_tables", "The size tables that hold").shows::<HeldSizeTables>()
}

pub(crate) async fn show(
    caller: Caller<need::ViewOrders>,
    State(state): State<ApiState>,
    PathParams(shop): PathParams<ShopId>,
) -> Result<Shown<HeldSizeTables>, Refusal> {
    let held = state.orders.size_tables(&caller.scope, &shop).await?;
    Ok(Shown(HeldSizeTables {
        tables: held.map(|held| view(&state, &caller, held)),
    }))
}

pub(crate) fn load_op() -> Op {
    op::<need::ManageOrders>("import_size_tables", "Replace the size tables by those of a file")
        .about("With problems nothing changes: the answer names them and its state stays `loaded`.")
        .query::<SizeTablesQuery>()
        .file_body(FILE)
        .makes::<SizeTables>()
}

pub(crate) async fn load(
    caller: Caller<need::ManageOrders>,
    State(state): State<ApiState>,
    PathParams(shop): PathParams<ShopId>,
    QueryParams(query): QueryParams<SizeTablesQuery>,
    headers: HeaderMap,
    body: Body,
) -> Result<Made<SizeTables>, Refusal> {
    let bytes = receive(&headers, body).await?;
    let name = query.name.as_deref().unwrap_or("api");
    let (scope, orders) = (&caller.scope, &state.orders);
    let tables = orders.load_size_tables(scope, &shop, name, &bytes).await?;
    let is_good = tables.problems.is_empty() && !tables.lines.is_empty();
    let tables = if is_good && query.check != Some(true) {
        orders.hold_size_tables(scope, &shop, &tables.id).await?
    } else {
        tables
    };
    Ok(Made(view(&state, &caller, tables)))
}

async fn receive(headers: &HeaderMap, body: Body) -> Result<Vec<u8>, Refusal> {
    let declared = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse().ok());
    let limits = TableLimits {
        file_bytes: FILE_BYTES,
        ..TableLimits::default()
    };
    let mut intake = Intake::new(&limits, declared)?;
    let mut pieces = body.into_data_stream();
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|_| {
            Refusal::new(Kind::Invalid, Public::new("body-cut")).with_status(http::StatusCode::BAD_REQUEST)
        })?;
        intake.push(&piece)?;
    }
    Ok(intake.finish()?)
}

pub(crate) fn undo_op() -> Op {
    op::<need::ManageOrders>("undo_size_tables", "Take the size tables that hold back")
        .about("Those before them hold again, or none.")
}

pub(crate) async fn undo(
    caller: Caller<need::ManageOrders>,
    State(state): State<ApiState>,
    PathParams((shop, tables)): PathParams<(ShopId, FitTablesId)>,
) -> Result<Done, Refusal> {
    let orders = &state.orders;
    let known = orders.size_tables_of(&caller.scope, &shop, &tables).await?;
    // Asked for twice, it is done once.
    if known.state != TablesState::Undone {
        orders
            .take_back_size_tables(&caller.scope, &shop, &tables)
            .await?;
    }
    Ok(Done)
}

/// How pieces sat.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SizeSat {
    pub small: i64,
    pub fit: i64,
    pub large: i64,
    /// Came back, and nobody said why.
    pub returned: i64,
}

impl From<Sat> for SizeSat {
    fn from(sat: Sat) -> Self {
        Self {
            small: sat.small,
            fit: sat.fit,
            large: sat.large,
            returned: sat.returned,
        }
    }
}

/// How good the advices of a shop were in the last half year.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SizeQuality {
    /// Lines with a size, and those without data.
    pub advised: i64,
    pub no_data: i64,
    /// The mean chance that was told, percent.
    pub told_percent: Option<i64>,
    /// All outcomes.
    pub sat: SizeSat,
    /// Where the buyer had the advised size.
    pub followed: SizeSat,
    /// Where the buyer had another one.
    pub other: SizeSat,
    /// Corrections by people, at most 50 of the newest.
    pub corrections: usize,
}

pub(crate) fn quality_op() -> Op {
    op::<need::ViewOrders>("show_size_quality", "How good the size advices of a shop were")
        .shows::<SizeQuality>()
}

pub(crate) async fn quality(
    caller: Caller<need::ViewOrders>,
    State(state): State<ApiState>,
    PathParams(shop): PathParams<ShopId>,
) -> Result<Shown<SizeQuality>, Refusal> {
    let found = state.orders.size_quality(&caller.scope, &shop).await?;
    Ok(Shown(SizeQuality {
        advised: found.advised,
        no_data: found.no_data,
        told_percent: found.told,
        sat: found.sat.into(),
        followed: found.followed.into(),
        other: found.other.into(),
        corrections: found.corrections.len(),
    }))
}
