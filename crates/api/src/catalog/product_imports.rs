//! Imports of products: a file checked, written, looked at, undone; one fact set for many. Files are sent with the request.

use crate::{
    ApiState,
    describe::{Example, Op, op},
    shape::{Made, Moment, Shown},
};
use axum::{body::Body, extract::State};
use futures::StreamExt as _;
use http::{HeaderMap, header};
use sauda_accounts::Scope;
use sauda_catalog::{
    BulkAct, CatalogError, OpenProductUpload, ProductImport,
    import::{
        Finding,
        columns::MappingError,
        products::{CheckTotals, OpenError, ProductField},
    },
    product_upload_limits,
    table::Intake,
};
use sauda_edge::{Caller, JsonBody, Language, PathParams, QueryParams, Refusal, need};
use sauda_kernel::{ImportId, Kind, ProductId, Public};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};

/// How to read the file.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ProductImportQuery {
    /// Which column is what: `Number=sku,B=title`, by names or letters of columns. Guessed, or as chosen before, without it.
    pub mapping: Option<String>,
    /// Name of a sheet; the first whose columns are known without it.
    pub sheet: Option<String>,
    /// Name of the file, for the list of imports.
    pub name: Option<String>,
}

/// Something about a row.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProductFinding {
    /// As table programs number rows.
    pub row: u32,
    pub sku: String,
    pub code: &'static str,
    /// In the language of the request.
    pub detail: String,
}

/// What a file of products holds. Lists of findings are cut at 1 000; the counts are whole.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProductCheck {
    pub rows: usize,
    pub ready: usize,
    /// Rows with a warning.
    pub warned: usize,
    pub refused: usize,
    /// Rows that repeat another word for word.
    pub duplicates: usize,
    pub errors: Vec<ProductFinding>,
    pub warnings: Vec<ProductFinding>,
}

/// A file that was written, or a change of many products.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ProductImport)]
pub(crate) struct ImportView {
    pub id: String,
    /// `file` or `edit`.
    pub kind: &'static str,
    pub title: String,
    /// `loaded`, `going`, `done`, `undoing`, `undone`.
    pub state: &'static str,
    pub total: i64,
    pub created: i64,
    pub changed: i64,
    pub unchanged: i64,
    /// Rows that were refused or repeated others.
    pub skipped: i64,
    pub put_back: i64,
    /// Products that were not put back, since somebody changed them.
    pub kept: i64,
    pub kept_skus: Vec<String>,
    pub by: String,
    pub at: Moment,
    pub can_undo: bool,
}

async fn view(state: &ApiState, scope: &Scope, import: ProductImport) -> Result<ImportView, Refusal> {
    let kept_skus = match import.kept {
        0 => Vec::new(),
        _ => state.products.kept_skus(scope, &import.id).await?,
    };
    Ok(ImportView {
        id: import.id.to_string(),
        kind: import.kind.word(),
        state: import.state.word(),
        total: import.total,
        created: import.created,
        changed: import.changed,
        unchanged: import.unchanged,
        skipped: import.skipped,
        put_back: import.put_back,
        kept: import.kept,
        kept_skus,
        at: Moment(import.at),
        can_undo: state.products.can_undo(&import),
        by: import.by,
        title: import.title,
    })
}

const MOST_FINDINGS: usize = 1_000;
const FILE: &str = "A CSV, XLSX, ODS or XLS table, or a Kaspi price list as XML, of up to 40 MiB; the content decides, not the type. \
                    With `Idempotency-Key` up to 1 MiB.";

async fn receive(headers: &HeaderMap, body: Body) -> Result<Vec<u8>, Refusal> {
    let declared = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse().ok());
    let mut intake = Intake::new(&product_upload_limits(), declared)?;
    let mut pieces = body.into_data_stream();
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|_| {
            Refusal::new(Kind::Invalid, Public::new("body-cut")).with_status(http::StatusCode::BAD_REQUEST)
        })?;
        intake.push(&piece)?;
    }
    Ok(intake.finish()?)
}

async fn open(
    state: &ApiState,
    scope: &Scope,
    query: &ProductImportQuery,
    headers: &HeaderMap,
    body: Body,
) -> Result<OpenProductUpload, Refusal> {
    let bytes = receive(headers, body).await?;
    let mut choices = Vec::new();
    for pair in query.mapping.as_deref().unwrap_or_default().split(',') {
        if let Some((column, field)) = pair.rsplit_once('=') {
            choices.push((column.trim().to_owned(), field.trim().to_owned()));
        }
    }
    let name = query.name.as_deref().unwrap_or("api");
    let kept = state
        .products
        .keep_upload(scope, name, bytes, query.sheet.clone(), choices)
        .await?;
    let open = state.products.open_upload(scope, &kept.id).await?;
    if !open.is_mapped() {
        return Err(CatalogError::Open(OpenError::Mapping(MappingError::NoSku)).into());
    }
    Ok(open)
}

/// A row that something is said of: its article, errors and warnings.
type Remarked = (String, Vec<Finding>, Vec<Finding>);

async fn judged(
    state: &ApiState,
    scope: &Scope,
    language: Language,
    open: OpenProductUpload,
) -> Result<ProductCheck, Refusal> {
    let keep = |row: sauda_catalog::import::products::CheckedRow| {
        (!row.errors.is_empty() || !row.warnings.is_empty()).then_some((row.sku, row.errors, row.warnings))
    };
    let (_, rows, totals) = state.products.check_upload(scope, open, keep).await?;
    let CheckTotals {
        rows: all,
        ready,
        warned,
        refused,
        duplicates,
        ..
    } = totals;
    let tell = |pick: fn(&Remarked) -> &Vec<Finding>| {
        rows.iter()
            .flat_map(|row| pick(row).iter().map(|finding| (row.0.as_str(), finding)))
            .take(MOST_FINDINGS)
            .map(|(sku, finding)| ProductFinding {
                row: finding.row,
                sku: sku.to_owned(),
                code: finding.code,
                detail: state
                    .edge
                    .words()
                    .refusal(language, &finding.public(), state.edge.now()),
            })
            .collect()
    };
    Ok(ProductCheck {
        rows: all,
        ready,
        warned,
        refused,
        duplicates,
        errors: tell(|row| &row.1),
        warnings: tell(|row| &row.2),
    })
}

pub(crate) fn check_op() -> Op {
    op::<need::ManageCatalog>("check_product_import", "What a file of products holds")
        .about("Nothing is written.")
        .query::<ProductImportQuery>()
        .file_body(FILE)
        .shows::<ProductCheck>()
}

pub(crate) async fn check(
    caller: Caller<need::ManageCatalog>,
    State(state): State<ApiState>,
    QueryParams(query): QueryParams<ProductImportQuery>,
    headers: HeaderMap,
    body: Body,
) -> Result<Shown<ProductCheck>, Refusal> {
    let open = open(&state, &caller.scope, &query, &headers, body).await?;
    Ok(Shown(judged(&state, &caller.scope, caller.language, open).await?))
}

/// A file that was written, with what was found in it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProductImportDone {
    /// `going` while a large file is being written.
    pub import: ImportView,
    pub check: ProductCheck,
}

pub(crate) fn apply_op() -> Op {
    op::<need::ManageCatalog>(
        "import_products",
        "Write the good rows of a file into the catalogue",
    )
    .query::<ProductImportQuery>()
    .file_body(FILE)
    .makes::<ProductImportDone>()
}

pub(crate) async fn apply(
    caller: Caller<need::ManageCatalog>,
    State(state): State<ApiState>,
    QueryParams(query): QueryParams<ProductImportQuery>,
    headers: HeaderMap,
    body: Body,
) -> Result<Made<ProductImportDone>, Refusal> {
    let scope = &caller.scope;
    let open = open(&state, scope, &query, &headers, body).await?;
    let id = open.import.id.clone();
    let check = judged(&state, scope, caller.language, open).await?;
    let import = state.products.apply_upload(scope, &id).await?;
    Ok(Made(ProductImportDone {
        import: view(&state, scope, import).await?,
        check,
    }))
}

pub(crate) fn list_op() -> Op {
    op::<need::ManageCatalog>(
        "list_product_imports",
        "The newest 100 imports and changes of many, newest first",
    )
    .shows::<Vec<ImportView>>()
}

pub(crate) async fn list(
    caller: Caller<need::ManageCatalog>,
    State(state): State<ApiState>,
) -> Result<Shown<Vec<ImportView>>, Refusal> {
    let mut views = Vec::new();
    for import in state.products.imports(&caller.scope, 100).await? {
        views.push(view(&state, &caller.scope, import).await?);
    }
    Ok(Shown(views))
}

pub(crate) fn show_op() -> Op {
    op::<need::ManageCatalog>("show_product_import", "One import or change of many").shows::<ImportView>()
}

pub(crate) async fn show(
    caller: Caller<need::ManageCatalog>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<ImportId>,
) -> Result<Shown<ImportView>, Refusal> {
    let import = state.products.import(&caller.scope, &id).await?;
    Ok(Shown(view(&state, &caller.scope, import).await?))
}

pub(crate) fn undo_op() -> Op {
    op::<need::ManageCatalog>(
        "undo_product_import",
        "Put back what an import or a change of many made",
    )
    .about(
        "For 24 hours. Products that somebody changed since stay as they are and are named in `kept_skus`.",
    )
    .conflicts()
    .shows::<ImportView>()
}

pub(crate) async fn undo(
    caller: Caller<need::ManageCatalog>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<ImportId>,
) -> Result<Shown<ImportView>, Refusal> {
    let import = state.products.undo_import(&caller.scope, &id).await?;
    Ok(Shown(view(&state, &caller.scope, import).await?))
}

/// One thing for many products.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ProductEdit)]
pub(crate) struct EditBody {
    /// Which products; at most 20 000.
    pub product_ids: Vec<String>,
    /// `set`, `archive` or `restore`.
    pub act: String,
    /// For `set`: a field, such as `season`, `brand`, `category`, `weight`.
    pub field: Option<String>,
    /// For `set`: the value as a person would type it; empty takes it away.
    pub value: Option<String>,
}

impl Example for EditBody {
    fn example() -> Value {
        json!({"product_ids": ["prd_01kah2m5q8e6v9z4r7t0y3w1xc"], "act": "set", "field": "season", "value": "Winter"})
    }
}

pub(crate) fn edit_op() -> Op {
    op::<need::ManageCatalog>("edit_products", "Set one fact of many products, or archive them")
        .about("Can be undone as an import.")
        .body::<EditBody>()
        .makes::<ImportView>()
}

pub(crate) async fn edit(
    caller: Caller<need::ManageCatalog>,
    State(state): State<ApiState>,
    JsonBody(body): JsonBody<EditBody>,
) -> Result<Made<ImportView>, Refusal> {
    let invalid = |field: &'static str, value: &str| {
        Refusal::new(
            Kind::Invalid,
            Public::new("invalid-value").field(field).arg("value", value),
        )
    };
    let act = match body.act.as_str() {
        "archive" => BulkAct::Archive,
        "restore" => BulkAct::Restore,
        "set" => {
            let word = body.field.unwrap_or_default();
            let money = caller.scope.may(sauda_accounts::Right::ViewMoney);
            let field = ProductField::parse(&word)
                .filter(|field| money || *field != ProductField::Cost)
                .ok_or_else(|| invalid("field", &word))?;
            BulkAct::Set {
                field,
                typed: body.value.unwrap_or_default(),
            }
        }
        other => return Err(invalid("act", other)),
    };
    let mut ids = Vec::with_capacity(body.product_ids.len());
    for text in &body.product_ids {
        ids.push(ProductId::parse(text).map_err(|_| invalid("product_ids", text))?);
    }
    let ids = state.products.chosen(&caller.scope, &ids, None).await?;
    let import = state.products.bulk(&caller.scope, &ids, &act).await?;
    Ok(Made(view(&state, &caller.scope, import).await?))
}
