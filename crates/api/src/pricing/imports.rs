//! Limits and costs from a file: look at its columns and rows, apply the good ones, get the bad ones back. The file is sent
//! with each request; nothing of it is kept here.

use super::bulks::BulkView;
use crate::{
    ApiState,
    describe::{Op, op},
    shape::{Download, Made, Shown},
};
use axum::{body::Body, extract::State};
use futures::StreamExt as _;
use http::{HeaderMap, header};
use sauda_accounts::Scope;
use sauda_catalog::{
    import::{
        Finding, bad_rows_csv,
        limits::{self, CheckOptions, Checked, KnownOffers as _, Mapping},
    },
    table::{self, Intake, ReadOptions, Table, TableError, TableLimits},
};
use sauda_edge::{Caller, Language, PathParams, QueryParams, Refusal, need};
use sauda_kernel::{Kind, Public, ShopId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// How to read the file.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ImportQuery {
    /// Which column (from 0) is what: `sku=0,min=2,max=3`; fields are `sku`, `min`, `max`, `cost`, `strategy`, `step`. Guessed without it.
    pub mapping: Option<String>,
    /// Name of a sheet; the first filled one without it.
    pub sheet: Option<String>,
    /// Rows whose minimum loses money are wanted so.
    #[serde(default)]
    pub confirm_below_cost: bool,
}

/// One column of the file.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ImportColumn {
    /// From 0.
    pub column: usize,
    pub name: String,
    /// What it is taken for.
    pub field: Option<&'static str>,
    /// Different values of its first rows.
    pub samples: Vec<String>,
}

/// Something about a row.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ImportFinding {
    /// As table programs number rows.
    pub row: u32,
    /// From 0.
    pub column: Option<usize>,
    pub code: &'static str,
    /// In the language of the request.
    pub detail: String,
}

/// What a file would change. Lists of findings are cut at 1 000; the counts are whole.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ImportCheck {
    pub columns: Vec<ImportColumn>,
    /// The mapping that was used, to be sent with the import.
    pub mapping: String,
    pub rows: usize,
    /// Rows that can be applied.
    pub ready: usize,
    /// Rows whose minimum loses money: send `confirm_below_cost=true` to apply them too.
    pub to_confirm: usize,
    pub unchanged: usize,
    pub duplicates: usize,
    pub refused: usize,
    pub errors: Vec<ImportFinding>,
    pub warnings: Vec<ImportFinding>,
}

/// An import that was applied.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ImportDone {
    /// It can be undone as a bulk change.
    pub bulk: BulkView,
    pub check: ImportCheck,
}

const MOST_FINDINGS: usize = 1_000;
const FILE: &str = "A CSV, XLSX, ODS or XLS file of up to 64 MiB; the content decides, not the type. With `Idempotency-Key` up to 1 MiB.";

/// A file that was read, with what its columns are.
struct Loaded {
    table: Table,
    mapping: Mapping,
    columns: Vec<ImportColumn>,
}

async fn receive(headers: &HeaderMap, body: Body) -> Result<Vec<u8>, Refusal> {
    let declared = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse().ok());
    let mut intake = Intake::new(&TableLimits::default(), declared)?;
    let mut pieces = body.into_data_stream();
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|_| {
            Refusal::new(Kind::Invalid, Public::new("body-cut")).with_status(http::StatusCode::BAD_REQUEST)
        })?;
        intake.push(&piece)?;
    }
    Ok(intake.finish()?)
}

async fn load(
    state: &ApiState,
    scope: &Scope,
    shop: &ShopId,
    query: &ImportQuery,
    headers: &HeaderMap,
    body: Body,
) -> Result<Loaded, Refusal> {
    state.catalog.shop(scope, shop).await?;
    let bytes = receive(headers, body).await?;
    let options = ReadOptions {
        sheet: query.sheet.clone(),
        ..limits::read_options()
    };
    // Reading a large workbook takes seconds of the processor: other requests go on meanwhile.
    let table: Result<Table, TableError> = tokio::task::block_in_place(|| table::read(&bytes, &options));
    let table = table?;
    let known = state.pricing.shop_offers(scope, shop).await?;
    let guesses = sauda_catalog::import::columns::guess(&table, &|sku| known.current(sku).is_some());
    let mapping = match &query.mapping {
        Some(text) => Mapping::parse(&table, text)?,
        None => Mapping::from_guesses(&table, &guesses)?,
    };
    let columns = guesses
        .into_iter()
        .map(|column| ImportColumn {
            column: column.column,
            field: limits::Field::ALL
                .into_iter()
                .find(|field| mapping.column(*field) == Some(column.column))
                .map(limits::Field::word),
            name: column.name,
            samples: column.samples,
        })
        .collect();
    Ok(Loaded {
        table,
        mapping,
        columns,
    })
}

impl ImportCheck {
    fn of(checked: &Checked, loaded: Loaded, state: &ApiState, language: Language) -> Self {
        let tell = |found: &[Finding]| {
            found
                .iter()
                .take(MOST_FINDINGS)
                .map(|finding| told(finding, state, language))
                .collect()
        };
        Self {
            columns: loaded.columns,
            mapping: loaded.mapping.to_text(),
            rows: checked.row_count(),
            ready: checked.ready.len(),
            to_confirm: checked.to_confirm.len(),
            unchanged: checked.unchanged.len(),
            duplicates: checked.duplicates.len(),
            refused: checked.refused_rows.len(),
            errors: tell(&checked.errors),
            warnings: tell(&checked.warnings),
        }
    }
}

fn told(finding: &Finding, state: &ApiState, language: Language) -> ImportFinding {
    let detail = state
        .edge
        .words()
        .refusal(language, &finding.public(), state.edge.now());
    ImportFinding {
        row: finding.row,
        column: finding.column,
        code: finding.code,
        detail,
    }
}

pub(crate) fn check_op() -> Op {
    op::<need::ManagePrices>("check_import", "What a file of limits would change")
        .query::<ImportQuery>()
        .file_body(FILE)
        .shows::<ImportCheck>()
}

pub(crate) async fn check(
    caller: Caller<need::ManagePrices>,
    State(state): State<ApiState>,
    PathParams(shop): PathParams<ShopId>,
    QueryParams(query): QueryParams<ImportQuery>,
    headers: HeaderMap,
    body: Body,
) -> Result<Shown<ImportCheck>, Refusal> {
    let loaded = load(&state, &caller.scope, &shop, &query, &headers, body).await?;
    let options = CheckOptions {
        confirm_below_cost: query.confirm_below_cost,
    };
    let checked = state
        .pricing
        .check_limits(&caller.scope, &shop, &loaded.table, &loaded.mapping, options)
        .await?;
    Ok(Shown(ImportCheck::of(&checked, loaded, &state, caller.language)))
}

pub(crate) fn apply_op() -> Op {
    op::<need::ManagePrices>("apply_import", "Apply the good rows of a file as one bulk change")
        .query::<ImportQuery>()
        .file_body(FILE)
        .makes::<ImportDone>()
}

pub(crate) async fn apply(
    caller: Caller<need::ManagePrices>,
    State(state): State<ApiState>,
    PathParams(shop): PathParams<ShopId>,
    QueryParams(query): QueryParams<ImportQuery>,
    headers: HeaderMap,
    body: Body,
) -> Result<Made<ImportDone>, Refusal> {
    let loaded = load(&state, &caller.scope, &shop, &query, &headers, body).await?;
    let options = CheckOptions {
        confirm_below_cost: query.confirm_below_cost,
    };
    let done = state
        .pricing
        .import_limits(
            &caller.scope,
            &shop,
            None,
            &loaded.table,
            &loaded.mapping,
            options,
        )
        .await?;
    let bulk = super::bulks::view(&state, &caller, done.bulk).await?;
    Ok(Made(ImportDone {
        bulk,
        check: ImportCheck::of(&done.checked, loaded, &state, caller.language),
    }))
}

pub(crate) fn bad_rows_op() -> Op {
    op::<need::ManagePrices>(
        "list_import_bad_rows",
        "The refused rows of a file with reasons, as CSV",
    )
    .query::<ImportQuery>()
    .file_body(FILE)
    .gives_file(&["text/csv"])
}

/// The rows that cannot be applied, to mend and send again.
pub(crate) async fn bad_rows(
    caller: Caller<need::ManagePrices>,
    State(state): State<ApiState>,
    PathParams(shop): PathParams<ShopId>,
    QueryParams(query): QueryParams<ImportQuery>,
    headers: HeaderMap,
    body: Body,
) -> Result<Download, Refusal> {
    let loaded = load(&state, &caller.scope, &shop, &query, &headers, body).await?;
    let options = CheckOptions {
        confirm_below_cost: query.confirm_below_cost,
    };
    let checked = state
        .pricing
        .check_limits(&caller.scope, &shop, &loaded.table, &loaded.mapping, options)
        .await?;
    let reason = state.edge.words().text(caller.language, "api-reason", &[]);
    let text = bad_rows_csv(
        &loaded.table,
        &checked.refused_rows,
        &checked.errors,
        &reason,
        &|finding| told(finding, &state, caller.language).detail,
    );
    Ok(Download {
        name: "bad_rows.csv".to_owned(),
        content_type: "text/csv; charset=utf-8",
        bytes: text.into_bytes(),
    })
}
