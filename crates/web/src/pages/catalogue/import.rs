//! Import of products in four steps, each with its address: file, columns, check, done. Refuses to write what was not shown.

use super::{refused, steps};
use crate::{
    carried::Did,
    door::{Desk, form_refusals, language},
    pages::{
        export,
        prices::show::{of_public, say},
    },
    views::{
        catalogue_import::{ImportLine, ProductImportColumns, ProductImportFile},
        parts::Form,
    },
};
use axum::{
    extract::{Multipart, State},
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use sauda_catalog::{
    CatalogError, ImportState, OpenProductUpload,
    import::{
        Finding, bad_rows_csv,
        columns::MappingError,
        products::{OpenError, ProductField, Verdict},
    },
    product_upload_limits,
    table::Intake,
};
use sauda_edge::{FormBody, PathParams, Person, Refusal, need};
use sauda_kernel::{Failure as _, ImportId, Kind, Public};
use std::collections::BTreeMap;

/// Earlier imports on the first page.
const RECENT: i64 = 8;

type Who = Person<need::ManageCatalog>;

pub(super) async fn begin(State(desk): State<Desk>, who: Who) -> Result<Response, Refusal> {
    let shell = desk
        .shell(&who.session, who.language, "/catalog/import", "catalog")
        .await?;
    desk.draw(&shell, &first(&desk, &who, Form::default()).await?)
}

async fn first(desk: &Desk, who: &Who, form: Form) -> Result<ProductImportFile, Refusal> {
    let limits = product_upload_limits();
    let recent = desk.products.imports(who.scope(), RECENT).await?;
    Ok(ProductImportFile {
        form,
        unknown: desk.products.unknown_offers(who.scope()).await?,
        max_mib: i64::try_from(limits.file_bytes >> 20).unwrap_or(0),
        max_rows: i64::try_from(limits.rows).unwrap_or(0),
        recent: recent
            .into_iter()
            .map(|import| ImportLine {
                id: import.id.to_string(),
                said: steps::told(&import),
                at: import.at,
                touched: import.created + import.changed,
                by: import.by,
            })
            .collect(),
    })
}

pub(super) async fn send(State(desk): State<Desk>, who: Who, parts: Multipart) -> Result<Response, Refusal> {
    let said = match take(&desk, parts).await? {
        Ok((name, intake)) => {
            let bytes = intake
                .finish()
                .map_err(|error| CatalogError::Open(OpenError::Table(error)));
            let kept = match bytes {
                Ok(bytes) => {
                    desk.products
                        .keep_upload(who.scope(), &name, bytes, None, Vec::new())
                        .await
                }
                Err(error) => Err(error),
            };
            match kept {
                Ok(import) => {
                    return Ok(
                        Redirect::to(&format!("/catalog/import/{}/columns", import.id)).into_response()
                    );
                }
                Err(error) => match form_refusals(&error) {
                    Some(problems) => problems,
                    None => return Err(error.into()),
                },
            }
        }
        Err(problems) => problems,
    };
    let mut form = Form::default();
    for problem in &said {
        form = form.refuse("file", of_public(problem));
    }
    let shell = desk
        .shell(&who.session, who.language, "/catalog/import", "catalog")
        .await?;
    desk.again(&shell, &first(&desk, &who, form).await?)
}

/// A file of what the cabinet sells and the catalogue does not know; its columns are certain, so the check is next.
pub(super) async fn take_offers(State(desk): State<Desk>, who: Who) -> Result<Response, Refusal> {
    let name = say(&desk, language(who.language), "catalogue-offers-file", &[]);
    let kept = desk.products.keep_offers(who.scope(), &name).await?;
    Ok(Redirect::to(&format!("/catalog/import/{}/check", kept.id)).into_response())
}

/// The file with its name, or what to say at the field.
async fn take(desk: &Desk, mut parts: Multipart) -> Result<Result<(String, Intake), Vec<Public>>, Refusal> {
    let cut = || Refusal::new(Kind::Invalid, Public::new("body-cut"));
    while let Some(mut part) = parts.next_field().await.map_err(|_| cut())? {
        if part.name() != Some("file") {
            continue;
        }
        let name = part.file_name().unwrap_or_default().to_owned();
        let mut intake = desk.products.begin_upload(None)?;
        let mut refused = None;
        // After a refusal the rest is read and dropped: a browser shows an answer only when it could send everything.
        while let Some(piece) = part.chunk().await.map_err(|_| cut())? {
            if refused.is_none()
                && let Err(error) = intake.push(&piece)
            {
                refused = Some(error.public());
            }
        }
        return Ok(match refused {
            Some(problems) => Err(problems),
            None if name.is_empty() && intake.received_bytes() == 0 => {
                Err(vec![Public::new("web-file-missing").field("file")])
            }
            None => Ok((name, intake)),
        });
    }
    Ok(Err(vec![Public::new("web-file-missing").field("file")]))
}

/// The step that an import is at.
pub(super) async fn step(
    State(desk): State<Desk>,
    who: Who,
    PathParams(id): PathParams<ImportId>,
) -> Result<Response, Refusal> {
    let import = desk.products.import(who.scope(), &id).await?;
    let word = match import.state {
        ImportState::Loaded => "columns",
        _ => "done",
    };
    Ok(Redirect::to(&format!("/catalog/import/{id}/{word}")).into_response())
}

/// A file that was let go is told politely; the way goes on with the first step. One that was written has its result.
async fn open(desk: &Desk, who: &Who, id: &ImportId) -> Result<Result<OpenProductUpload, Response>, Refusal> {
    let import = desk.products.import(who.scope(), id).await?;
    if import.state != ImportState::Loaded {
        return Ok(Err(
            Redirect::to(&format!("/catalog/import/{id}/done")).into_response()
        ));
    }
    match desk.products.open_upload(who.scope(), id).await {
        Ok(open) => Ok(Ok(open)),
        Err(CatalogError::FileGone) => Ok(Err(Did::new("did-file-gone").at("/catalog/import"))),
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn columns(
    State(desk): State<Desk>,
    who: Who,
    PathParams(id): PathParams<ImportId>,
) -> Result<Response, Refusal> {
    let open = match open(&desk, &who, &id).await? {
        Ok(open) => open,
        Err(elsewhere) => return Ok(elsewhere),
    };
    if open.file.table().is_none() {
        return Ok(Redirect::to(&format!("/catalog/import/{id}/check")).into_response());
    }
    let path = format!("/catalog/import/{id}/columns");
    let shell = desk.shell(&who.session, who.language, &path, "catalog").await?;
    desk.draw(&shell, &steps::columns(&open, Form::default()))
}

pub(super) async fn choose(
    State(desk): State<Desk>,
    who: Who,
    PathParams(id): PathParams<ImportId>,
    FormBody(form): FormBody<BTreeMap<String, String>>,
) -> Result<Response, Refusal> {
    let mut chosen = Vec::new();
    for (name, word) in &form {
        let column = name
            .strip_prefix("column_")
            .and_then(|number| number.parse::<usize>().ok());
        let field = ProductField::ALL.into_iter().find(|field| field.word() == word);
        if let (Some(column), Some(field)) = (column, field) {
            chosen.push((field, column));
        }
    }
    chosen.sort_by_key(|(_, column)| *column);
    let error = match desk.products.choose_columns(who.scope(), &id, &chosen).await {
        Ok(()) => return Ok(Redirect::to(&format!("/catalog/import/{id}/check")).into_response()),
        Err(error) => error,
    };
    if !matches!(&error, CatalogError::Open(OpenError::Mapping(_))) {
        return match open(&desk, &who, &id).await? {
            Ok(_) => Err(error.into()),
            Err(elsewhere) => Ok(elsewhere),
        };
    }
    let open = match open(&desk, &who, &id).await? {
        Ok(open) => open,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let mut view: ProductImportColumns = steps::columns(&open, refused(Form::default(), error)?);
    steps::as_typed(&mut view, &chosen);
    let path = format!("/catalog/import/{id}/columns");
    let shell = desk.shell(&who.session, who.language, &path, "catalog").await?;
    desk.again(&shell, &view)
}

pub(super) async fn check(
    State(desk): State<Desk>,
    who: Who,
    PathParams(id): PathParams<ImportId>,
) -> Result<Response, Refusal> {
    let open = match open(&desk, &who, &id).await? {
        Ok(open) => open,
        Err(elsewhere) => return Ok(elsewhere),
    };
    if !open.is_mapped() {
        return Ok(Redirect::to(&format!("/catalog/import/{id}/columns")).into_response());
    }
    let view = steps::check(&desk, who.scope(), open).await?;
    let path = format!("/catalog/import/{id}/check");
    let shell = desk.shell(&who.session, who.language, &path, "catalog").await?;
    desk.draw(&shell, &view)
}

pub(super) async fn apply(
    State(desk): State<Desk>,
    who: Who,
    PathParams(id): PathParams<ImportId>,
) -> Result<Response, Refusal> {
    let to = |word: &str| Redirect::to(&format!("/catalog/import/{id}/{word}")).into_response();
    match desk.products.apply_upload(who.scope(), &id).await {
        // Pressed twice: the result of the first press is what both want to see.
        Ok(_) | Err(CatalogError::WrittenAlready) => Ok(to("done")),
        Err(CatalogError::Open(OpenError::Mapping(MappingError::NoSku))) => Ok(to("columns")),
        Err(CatalogError::NothingReady) => Ok(to("check")),
        Err(CatalogError::FileGone) => Ok(Did::new("did-file-gone").at("/catalog/import")),
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn done(
    State(desk): State<Desk>,
    who: Who,
    PathParams(id): PathParams<ImportId>,
) -> Result<Response, Refusal> {
    let import = desk.products.import(who.scope(), &id).await?;
    if import.state == ImportState::Loaded {
        return Ok(Redirect::to(&format!("/catalog/import/{id}/columns")).into_response());
    }
    let kept = desk.products.kept_skus(who.scope(), &id).await?;
    let view = steps::done(&desk, &import, kept);
    let path = format!("/catalog/import/{id}/done");
    let shell = desk.shell(&who.session, who.language, &path, "catalog").await?;
    desk.draw(&shell, &view)
}

pub(super) async fn undo(
    State(desk): State<Desk>,
    who: Who,
    PathParams(id): PathParams<ImportId>,
) -> Result<Response, Refusal> {
    desk.products.undo_import(who.scope(), &id).await?;
    Ok(Redirect::to(&format!("/catalog/import/{id}/done")).into_response())
}

/// Only the refused rows with a column of reasons, to be mended and sent again.
pub(super) async fn bad_rows(
    State(desk): State<Desk>,
    who: Who,
    PathParams(id): PathParams<ImportId>,
) -> Result<Response, Refusal> {
    let open = match desk.products.open_upload(who.scope(), &id).await {
        Ok(open) => open,
        Err(CatalogError::FileGone) => return Ok(Did::new("did-file-gone").at("/catalog/import")),
        Err(error) => return Err(error.into()),
    };
    let keep = |row: sauda_catalog::import::products::CheckedRow| {
        (row.verdict == Verdict::Refused).then_some((row.row, row.errors))
    };
    let (open, refused, _) = desk.products.check_upload(who.scope(), open, keep).await?;
    let words = desk.edge.words();
    let now = desk.now();
    let render = |finding: &Finding| words.refusal(who.language, &finding.public(), now);
    let rows: Vec<u32> = refused.iter().map(|(row, _)| *row).collect();
    let errors: Vec<Finding> = refused.into_iter().flat_map(|(_, errors)| errors).collect();
    let reason = words.text(who.language, "import-reason", &[]);
    let text = match open.file.table() {
        Some(table) => bad_rows_csv(table, &rows, &errors, &reason, &render),
        None => {
            let lines: Vec<String> = errors.iter().map(&render).collect();
            format!("\u{feff}{reason}\r\n{}\r\n", lines.join("\r\n"))
        }
    };
    Ok((
        [
            (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
            export::attachment(&format!("{id}-bad.csv")),
        ],
        text,
    )
        .into_response())
}
