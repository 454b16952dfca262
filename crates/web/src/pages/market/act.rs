//! What people do with the market: sources, settings, what to be told of, files of Google Trends.

use super::{
    show::{new_form, settings_form, view},
    trends::trends_view,
};
use crate::{
    carried::Did,
    door::{Desk, form_refusals},
    pages::prices::path_of,
    views::parts::Form,
};
use axum::{
    extract::{Multipart, OriginalUri, State},
    response::Response,
};
use sauda_edge::{FormBody, PathParams, Person, Refusal, need};
use sauda_kernel::{Kind, Public};
use sauda_research::{
    model::{MAIN_CITY, NewSource, Report, Settings, SourceKind},
    plan,
};
use serde::Deserialize;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct SourceForm {
    kind: String,
    word: String,
    title: String,
    city: String,
    pages: String,
    most: String,
    sellers_of: String,
}

fn number(text: &str) -> i64 {
    text.trim().parse().unwrap_or(-1)
}

/// Adds a category or a query.
pub(super) async fn add(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams(slug): PathParams<String>,
    OriginalUri(uri): OriginalUri,
    FormBody(typed): FormBody<SourceForm>,
) -> Result<Response, Refusal> {
    let at = desk
        .at_shop(&who.session, who.language, &path_of(&uri), "market", &slug, None)
        .await?;
    let wish = NewSource {
        kind: SourceKind::parse(&typed.kind).unwrap_or(SourceKind::Category),
        word: typed.word.trim().to_owned(),
        title: typed.title.trim().to_owned(),
        city_id: match typed.city.trim() {
            "" => MAIN_CITY.to_owned(),
            city => city.to_owned(),
        },
        pages: number(&typed.pages),
        most: number(&typed.most),
        sellers_of: number(&typed.sellers_of),
    };
    match desk.research.put_source(who.scope(), &wish).await {
        Ok(id) => Ok(Did::new("did-market-source").at(&format!("{}/market?source={id}", at.shell.base))),
        Err(error) => {
            let Some(refusals) = form_refusals(&error) else {
                return Err(error.into());
            };
            let form = Form::of(&[
                ("kind", &typed.kind),
                ("word", &typed.word),
                ("title", &typed.title),
                ("city", &typed.city),
                ("pages", &typed.pages),
                ("most", &typed.most),
                ("sellers_of", &typed.sellers_of),
            ])
            .refused(&refusals);
            let settings = settings_form(&desk.research.settings(who.scope()).await?);
            let page = view(&desk, who.scope(), &at.shell, "", form, settings).await?;
            desk.again(&at.shell, &page)
        }
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct SettingsForm {
    times: String,
    keep_days: String,
    archive_days: String,
    report: String,
    report_time: String,
    reviews: String,
    review_limit: String,
    raw_days: String,
}

pub(super) async fn settings(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams(slug): PathParams<String>,
    OriginalUri(uri): OriginalUri,
    FormBody(typed): FormBody<SettingsForm>,
) -> Result<Response, Refusal> {
    let at = desk
        .at_shop(&who.session, who.language, &path_of(&uri), "market", &slug, None)
        .await?;
    let wrong = |field: &'static str, value: &str| {
        Public::new("market-source-wrong")
            .field(field)
            .arg("field", field)
            .arg("value", value)
    };
    let times = plan::read_times(&typed.times);
    let minute = plan::read_times(&typed.report_time).and_then(|times| times.first().copied());
    let refusals = match (times, minute) {
        (None, _) => vec![wrong("times", &typed.times)],
        (_, None) => vec![wrong("report_time", &typed.report_time)],
        (Some(times), Some(report_minute)) => {
            let wish = Settings {
                times,
                keep_days: number(&typed.keep_days),
                archive_days: number(&typed.archive_days),
                report: Report::parse(&typed.report).unwrap_or(Report::Off),
                report_minute,
                told_at: None,
                reviews: typed.reviews == "on",
                review_limit: number(&typed.review_limit),
                raw_days: number(&typed.raw_days),
                live_trends: desk.research.settings(who.scope()).await?.live_trends,
            };
            match desk.research.put_settings(who.scope(), &wish).await {
                Ok(()) => return Ok(Did::new("did-market-settings").at(&format!("{}/market", at.shell.base))),
                Err(error) => match form_refusals(&error) {
                    Some(refusals) => refusals,
                    None => return Err(error.into()),
                },
            }
        }
    };
    let form = Form::of(&[
        ("times", &typed.times),
        ("keep_days", &typed.keep_days),
        ("archive_days", &typed.archive_days),
        ("report", &typed.report),
        ("report_time", &typed.report_time),
        ("reviews", &typed.reviews),
        ("review_limit", &typed.review_limit),
        ("raw_days", &typed.raw_days),
    ])
    .refused(&refusals);
    let page = view(&desk, who.scope(), &at.shell, "", new_form(), form).await?;
    desk.again(&at.shell, &page)
}

/// Reads now, pauses, starts or removes a source.
pub(super) async fn turn(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams((slug, id, act)): PathParams<(String, String, String)>,
) -> Result<Response, Refusal> {
    let scope = who.scope();
    let shop = desk.catalog.shop_by_slug(scope, &slug).await?;
    let research = &desk.research;
    let did = match act.as_str() {
        "read" => {
            research.read_now(scope, Some(&id)).await?;
            "did-market-reads"
        }
        "pause" => {
            research.pause_source(scope, &id, true).await?;
            "did-market-paused"
        }
        "resume" => {
            research.pause_source(scope, &id, false).await?;
            "did-market-resumed"
        }
        "remove" => {
            research.remove_source(scope, &id).await?;
            "did-market-removed"
        }
        other => {
            return Err(Refusal::new(
                Kind::NotFound,
                Public::new("not-found").arg("what", "act").arg("id", other),
            ));
        }
    };
    Ok(Did::new(did).at(&format!("/s/{}/market?source={id}", shop.slug)))
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct TrackForm {
    /// `card` or `seller`.
    kind: String,
    word: String,
    title: String,
    /// `on` or nothing.
    wanted: String,
    source: String,
}

pub(super) async fn track(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams(slug): PathParams<String>,
    FormBody(form): FormBody<TrackForm>,
) -> Result<Response, Refusal> {
    let shop = desk.catalog.shop_by_slug(who.scope(), &slug).await?;
    let wanted = form.wanted == "on";
    desk.research
        .track(
            who.scope(),
            form.kind == "seller",
            &form.word,
            &form.title,
            wanted,
        )
        .await?;
    let did = Did::new(if wanted {
        "did-market-tracked"
    } else {
        "did-market-untracked"
    });
    let source: String = form.source.chars().filter(char::is_ascii_hexdigit).collect();
    Ok(did.at(&format!("/s/{}/market?source={source}", shop.slug)))
}

/// A file of Google Trends.
pub(super) async fn trends(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams(slug): PathParams<String>,
    OriginalUri(uri): OriginalUri,
    mut parts: Multipart,
) -> Result<Response, Refusal> {
    let cut = || Refusal::new(Kind::Invalid, Public::new("body-cut"));
    let mut bytes = Vec::new();
    while let Some(part) = parts.next_field().await.map_err(|_| cut())? {
        if part.name() == Some("file") {
            bytes = part.bytes().await.map_err(|_| cut())?.to_vec();
        }
    }
    let at = desk
        .at_shop(&who.session, who.language, &path_of(&uri), "market", &slug, None)
        .await?;
    let refusals = if bytes.is_empty() {
        vec![Public::new("web-file-missing").field("file")]
    } else {
        match desk.research.import_trends(who.scope(), &bytes).await {
            Ok(points) => {
                let did = Did::new("did-market-trends").arg("n", i64::try_from(points).unwrap_or(i64::MAX));
                return Ok(did.at(&format!("{}/market/trends", at.shell.base)));
            }
            Err(error) => match form_refusals(&error) {
                Some(refusals) => refusals,
                None => return Err(error.into()),
            },
        }
    };
    let form = Form::default().refused(&refusals);
    let page = trends_view(&desk, who.scope(), &at.shell, form).await?;
    desk.again(&at.shell, &page)
}
