//! Import of limits and costs: file, columns, check of every row, done. Refuses to apply anything that was not shown.

mod show;
mod upload;

use crate::{
    carried::Did,
    door::{Desk, form_refusals},
    pages::{
        export,
        prices::{bulk::did_undo, path_of, show::of_public},
    },
    views::{
        import::{ImportFile, RecentImport},
        parts::Form,
    },
};
use axum::{
    Router,
    extract::{DefaultBodyLimit, Multipart, OriginalUri, State},
    http::header,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use sauda_catalog::import::{
    Finding, bad_rows_csv,
    limits::{CheckOptions, Field},
};
use sauda_edge::{FormBody, PathParams, Person, Refusal, need};
use sauda_kernel::{Failure, ImportId};
use sauda_pricing::{PricingError, service::upload_limits};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A body may be larger than the file we take: the rest is read and dropped, so that the refusal reaches the browser.
const BODY_BYTES: usize = 96 * 1024 * 1024;
/// Earlier imports on the first page.
const RECENT: i64 = 5;

pub(crate) fn routes() -> Router<Desk> {
    Router::new()
        .route(
            "/s/{shop}/prices/import",
            get(begin).merge(post(send).layer(DefaultBodyLimit::max(BODY_BYTES))),
        )
        .route("/s/{shop}/prices/import/template.xlsx", get(export::template))
        .route("/s/{shop}/prices/import/{import}", get(step))
        .route("/s/{shop}/prices/import/{import}/columns", post(columns))
        .route("/s/{shop}/prices/import/{import}/apply", post(apply))
        .route("/s/{shop}/prices/import/{import}/undo", post(undo))
        .route("/s/{shop}/prices/import/{import}/bad.csv", get(bad_rows))
}

async fn begin(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams(slug): PathParams<String>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refusal> {
    let at = desk
        .at_shop(&who.session, who.language, &path_of(&uri), "prices", &slug, None)
        .await?;
    let view = first(&desk, &who, &at, Form::default()).await?;
    desk.draw(&at.shell, &view)
}

async fn first(
    desk: &Desk,
    who: &Person<need::ManagePrices>,
    at: &crate::around::AtShop,
    form: Form,
) -> Result<ImportFile, Refusal> {
    let applied = desk
        .pricing
        .applied_uploads(who.scope(), &at.shop.id, RECENT)
        .await?;
    let limits = upload_limits();
    let recent = applied.into_iter().map(|(upload, bulk)| RecentImport {
        id: upload.id.to_string(),
        file: upload.file_name,
        at: bulk.at,
        by: bulk.by,
        changed: bulk.changed,
    });
    Ok(ImportFile {
        form,
        max_mib: i64::try_from(limits.file_bytes >> 20).unwrap_or(0),
        max_rows: i64::try_from(limits.rows).unwrap_or(0),
        recent: recent.collect(),
    })
}

async fn send(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams(slug): PathParams<String>,
    parts: Multipart,
) -> Result<Response, Refusal> {
    let at = desk
        .at_shop(
            &who.session,
            who.language,
            &format!("/s/{slug}/prices/import"),
            "prices",
            &slug,
            None,
        )
        .await?;
    let said = match upload::take(&desk, parts).await? {
        Ok((name, intake)) => match desk
            .pricing
            .keep_upload(who.scope(), &at.shop.id, &name, intake)
            .await
        {
            Ok(upload) => {
                return Ok(Redirect::to(&format!("/s/{slug}/prices/import/{}", upload.id)).into_response());
            }
            Err(error) => match form_refusals(&error) {
                Some(problems) => problems,
                None => return Err(error.into()),
            },
        },
        Err(problems) => problems,
    };
    let mut form = Form::default();
    for problem in &said {
        form = form.refuse("file", of_public(problem));
    }
    let view = first(&desk, &who, &at, form).await?;
    desk.again(&at.shell, &view)
}

/// The step that a file is at: columns and check while it is open, the result once it was applied.
async fn step(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams((slug, id)): PathParams<(String, ImportId)>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refusal> {
    let at = desk
        .at_shop(&who.session, who.language, &path_of(&uri), "prices", &slug, None)
        .await?;
    let upload = desk.pricing.upload(who.scope(), &id).await?;
    if upload.shop != at.shop.id {
        return Err(Refusal::no_page());
    }
    if let Some(bulk) = &upload.bulk {
        let bulk = desk.pricing.bulk(who.scope(), bulk).await?;
        return desk.draw(&at.shell, &show::done(&desk, &upload, &bulk));
    }
    match desk.pricing.open_upload(who.scope(), &id).await {
        Ok(open) => {
            let view =
                show::check(&desk, who.scope(), open, CheckOptions::default(), Form::default()).await?;
            desk.draw(&at.shell, &view)
        }
        Err(error) => gone(&slug, error),
    }
}

/// A file that was let go is told politely; the way goes on with the first step.
fn gone(slug: &str, error: PricingError) -> Result<Response, Refusal> {
    match error {
        PricingError::FileGone => Ok(Did::new("did-file-gone").at(&format!("/s/{slug}/prices/import"))),
        other => Err(other.into()),
    }
}

async fn columns(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams((slug, id)): PathParams<(String, ImportId)>,
    FormBody(form): FormBody<BTreeMap<String, String>>,
) -> Result<Response, Refusal> {
    let mut chosen = Vec::new();
    for (name, word) in &form {
        let column = name
            .strip_prefix("column_")
            .and_then(|number| number.parse::<usize>().ok());
        if let (Some(column), Some(field)) = (column, Field::parse(word)) {
            chosen.push((field, column));
        }
    }
    chosen.sort_by_key(|(_, column)| *column);
    let page = format!("/s/{slug}/prices/import/{id}");
    let error = match desk.pricing.choose_columns(who.scope(), &id, &chosen).await {
        Ok(()) => return Ok(Redirect::to(&page).into_response()),
        Err(PricingError::FileGone) => return gone(&slug, PricingError::FileGone),
        Err(error) => error,
    };
    let PricingError::Mapping(problem) = &error else {
        return Err(error.into());
    };
    let at = desk
        .at_shop(&who.session, who.language, &page, "prices", &slug, None)
        .await?;
    let open = desk.pricing.open_upload(who.scope(), &id).await?;
    let mut refused = Form::default();
    for public in problem.public() {
        refused = refused.refuse("", of_public(&public));
    }
    let mut view = show::check(&desk, who.scope(), open, CheckOptions::default(), refused).await?;
    show::as_typed(&mut view, &chosen);
    desk.again(&at.shell, &view)
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct ApplyForm {
    confirm_below_cost: Option<String>,
}

async fn apply(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams((slug, id)): PathParams<(String, ImportId)>,
    FormBody(form): FormBody<ApplyForm>,
) -> Result<Response, Refusal> {
    let options = CheckOptions {
        confirm_below_cost: form.confirm_below_cost.is_some(),
    };
    match desk.pricing.apply_upload(who.scope(), &id, options).await {
        // Pressed twice: the result of the first press is what both want to see.
        Ok(_) | Err(PricingError::AppliedAlready) => {
            Ok(Redirect::to(&format!("/s/{slug}/prices/import/{id}")).into_response())
        }
        Err(error) => gone(&slug, error),
    }
}

async fn undo(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams((slug, id)): PathParams<(String, ImportId)>,
) -> Result<Response, Refusal> {
    let bulk = desk
        .pricing
        .upload(who.scope(), &id)
        .await?
        .bulk
        .ok_or_else(Refusal::no_page)?;
    let bulk = desk.pricing.bulk_undo(who.scope(), &bulk).await?;
    Ok(did_undo(&bulk, &format!("/s/{slug}/prices/import/{id}")))
}

/// Only the refused rows with a column of reasons, to be corrected and sent again.
async fn bad_rows(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams((slug, id)): PathParams<(String, ImportId)>,
) -> Result<Response, Refusal> {
    let open = match desk.pricing.open_upload(who.scope(), &id).await {
        Ok(open) => open,
        Err(error) => return gone(&slug, error),
    };
    let options = CheckOptions {
        confirm_below_cost: open.upload.confirmed,
    };
    let (open, checked) = desk.pricing.check_upload(who.scope(), open, options).await?;
    let words = desk.edge.words();
    let now = desk.now();
    let render = |finding: &Finding| words.refusal(who.language, &finding.public(), now);
    let checked = checked.unwrap_or_default();
    let text = bad_rows_csv(
        &open.table,
        &checked.refused_rows,
        &checked.errors,
        &words.text(who.language, "import-reason", &[]),
        &render,
    );
    Ok((
        [
            (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
            export::attachment(&format!("{id}-bad.csv")),
        ],
        text,
    )
        .into_response())
}
