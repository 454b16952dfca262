//! A pretend Google Trends: a cookie, a list of widgets, a line over time. Tokens work once; after some calls it refuses for an hour.
//! Refuses to know what people really search for: a line follows from the words.

use crate::{locks::lock, random::Stream, sim::Sim};
use axum::{
    Router,
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use sauda_kernel::{Clock, Span, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};
use std::{
    collections::HashSet,
    sync::{Arc, Mutex},
};

/// Calls in an hour before it refuses.
const CALLS: u32 = 30;
const WEEK: i64 = 7 * 86_400;
/// Five years.
const WEEKS: i64 = 260;

/// What the pretend Google remembers.
#[derive(Default)]
pub struct Trends(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    tokens: HashSet<String>,
    made: u64,
    calls: u32,
    since: Option<Timestamp>,
}

/// What a call brings.
#[derive(Debug, Deserialize)]
struct Question {
    req: Option<String>,
    token: Option<String>,
}

pub fn routes() -> Router<Arc<Sim>> {
    Router::new()
        .route("/trends/explore/", get(shell))
        .route("/trends/api/explore", get(explore).post(explore))
        .route("/trends/api/widgetdata/multiline", get(multiline))
}

/// The page itself is not there for us, its cookie is.
async fn shell() -> Response {
    let cookie = [(
        header::SET_COOKIE,
        "NID=511=pretend; expires=Sat, 22-May-2027 00:00:00 GMT; path=/; domain=.google.com; HttpOnly",
    )];
    (
        StatusCode::NOT_FOUND,
        cookie,
        Html("<!doctype html><title>Error 404</title>"),
    )
        .into_response()
}

fn refused() -> Response {
    (
        StatusCode::TOO_MANY_REQUESTS,
        Html("<!doctype html><title>Error 429 (Too Many Requests)!!1</title>"),
    )
        .into_response()
}

fn bad() -> Response {
    (
        StatusCode::BAD_REQUEST,
        Html("<!doctype html><title>Error 400</title>"),
    )
        .into_response()
}

/// A document behind the signs that keep it from being run.
fn guarded(signs: &str, body: &Value) -> Response {
    let kind = [(header::CONTENT_TYPE, "application/json; charset=utf-8")];
    (kind, format!("{signs}\n{body}")).into_response()
}

/// Whether this call is answered: it brings the cookie, and there were not too many within the hour.
fn welcome(sim: &Sim, headers: &HeaderMap) -> bool {
    let has_cookie = headers
        .get(header::COOKIE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|cookies| cookies.contains("NID="));
    let now = sim.clock.now();
    let mut kept = lock(&sim.trends.0);
    if kept
        .since
        .is_none_or(|since| now.since(since) >= Span::from_hours(1))
    {
        kept.since = Some(now);
        kept.calls = 0;
    }
    kept.calls += 1;
    has_cookie && kept.calls <= CALLS
}

async fn explore(
    State(sim): State<Arc<Sim>>,
    headers: HeaderMap,
    Query(question): Query<Question>,
) -> Response {
    if !welcome(&sim, &headers) {
        return refused();
    }
    let asked: Option<Value> = question
        .req
        .as_deref()
        .and_then(|req| serde_json::from_str(req).ok());
    let keyword = asked
        .as_ref()
        .and_then(|asked| asked.get("comparisonItem")?.get(0)?.get("keyword")?.as_str());
    let Some(keyword) = keyword else { return bad() };
    let request = json!({
        "time": "2021-11-20 2026-11-20", "resolution": "WEEK", "locale": "ru",
        "comparisonItem": [{"geo": {"country": "KZ"}, "complexKeywordsRestriction": {"keyword": [{"type": "BROAD", "value": keyword}]}}],
        "requestOptions": {"property": "", "backend": "IZG", "category": 0}, "userConfig": {"userType": "USER_TYPE_SCRAPER"},
    });
    let token = {
        let mut kept = lock(&sim.trends.0);
        kept.made += 1;
        let token = format!("APP6_pretend_{}", kept.made);
        kept.tokens.insert(token.clone());
        token
    };
    let widgets = json!([{
        "request": request, "token": token, "id": "TIMESERIES", "type": "fe_line_chart", "title": "Динамика популярности",
        "template": "fe", "embedTemplate": "fe_embed", "version": "1", "isLong": true, "isCurated": false,
    }]);
    let told = json!({
        "widgets": widgets, "keywords": [{"keyword": keyword, "name": keyword, "type": "Поисковый запрос"}],
        "timeRanges": ["Последние 5 лет"], "examples": [], "shareText": "",
    });
    guarded(")]}'", &told)
}

async fn multiline(
    State(sim): State<Arc<Sim>>,
    headers: HeaderMap,
    Query(question): Query<Question>,
) -> Response {
    if !welcome(&sim, &headers) {
        return refused();
    }
    let known = question
        .token
        .is_some_and(|token| lock(&sim.trends.0).tokens.remove(&token));
    let asked: Option<Value> = question
        .req
        .as_deref()
        .and_then(|req| serde_json::from_str(req).ok());
    let keyword = asked.as_ref().and_then(|asked| {
        let item = asked.get("comparisonItem")?.get(0)?;
        item.get("complexKeywordsRestriction")?
            .get("keyword")?
            .get(0)?
            .get("value")?
            .as_str()
    });
    let (true, Some(keyword)) = (known, keyword) else {
        return bad();
    };
    guarded(
        ")]}',",
        &json!({"default": {"timelineData": line(&sim, keyword), "averages": []}}),
    )
}

/// A season of its own for each word, with chance on it; the greatest is 100.
fn line(sim: &Sim, keyword: &str) -> Vec<Value> {
    let number = keyword.bytes().fold(0_u64, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(u64::from(byte))
    });
    let mut luck = Stream::new(sim.world.seed, 70, number);
    let peak = i64::try_from(luck.below(52)).unwrap_or(0);
    let last = sim.clock.now().as_secs() / WEEK * WEEK;
    let raw: Vec<i64> = (0..WEEKS)
        .map(|week| {
            let away = ((last / WEEK - WEEKS + 1 + week) % 52 - peak).abs();
            let near = 26 - away.min(52 - away);
            20 + near * near / 8 + i64::try_from(luck.below(12)).unwrap_or(0)
        })
        .collect();
    let most = raw.iter().max().copied().unwrap_or(1).max(1);
    let mut rows = Vec::with_capacity(raw.len());
    for (week, value) in (0_i64..).zip(raw) {
        let at = last - (WEEKS - 1 - week) * WEEK;
        let value = value * 100 / most;
        let mut row = json!({
            "time": at.to_string(), "formattedTime": "", "formattedAxisTime": "", "value": [value], "hasData": [true],
            "formattedValue": [value.to_string()],
        });
        if week == WEEKS - 1
            && let Some(members) = row.as_object_mut()
        {
            members.insert("isPartial".to_owned(), json!(true));
        }
        rows.push(row);
    }
    rows
}
