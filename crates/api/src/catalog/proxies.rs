//! Proxies, with their health. Refuses to give their credentials back.

use crate::{
    ApiState,
    describe::{Example, Op, op},
    shape::{Done, ListQuery, Made, Moment, Page, Shown, page_of},
};
use axum::extract::State;
use sauda_catalog::Proxy;
use sauda_edge::{Caller, JsonBody, PathParams, QueryParams, Refusal, need};
use sauda_kernel::ProxyId;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// One proxy.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Proxy)]
pub(crate) struct ProxyView {
    pub id: String,
    /// Host and port.
    pub name: String,
    pub enabled: bool,
    pub successes: i64,
    pub failures: i64,
    /// Failures in a row.
    pub streak: i64,
    /// Rests until then.
    pub benched_until: Option<Moment>,
    pub last_error: Option<String>,
    pub latency_ms: Option<i64>,
    pub used_at: Option<Moment>,
}

impl From<Proxy> for ProxyView {
    fn from(proxy: Proxy) -> Self {
        Self {
            id: proxy.id.to_string(),
            name: proxy.name,
            enabled: proxy.enabled,
            successes: proxy.successes,
            failures: proxy.failures,
            streak: proxy.streak,
            benched_until: proxy.benched_until.map(Moment),
            last_error: proxy.last_error,
            latency_ms: proxy.latency_ms,
            used_at: proxy.used_at.map(Moment),
        }
    }
}

pub(crate) fn list_op() -> Op {
    op::<need::ManageProxies>("list_proxies", "Proxies and their health")
        .query::<ListQuery>()
        .lists::<ProxyView>()
}

pub(crate) async fn list(
    caller: Caller<need::ManageProxies>,
    State(state): State<ApiState>,
    QueryParams(query): QueryParams<ListQuery>,
) -> Result<Shown<Page<ProxyView>>, Refusal> {
    let all = state.catalog.proxies(&caller.scope).await?;
    let page = page_of(
        all,
        |proxy| proxy.id.to_string(),
        query.after.as_deref(),
        query.limit,
    )?;
    Ok(Shown(Page {
        items: page.items.into_iter().map(ProxyView::from).collect(),
        next: page.next,
    }))
}

/// A proxy to use.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewProxy {
    /// `http://user:password@host:port` or `socks5://…`; kept sealed.
    pub url: String,
}

impl Example for NewProxy {
    fn example() -> Value {
        json!({"url": "http://user:secret@proxy.example.kz:3128"})
    }
}

/// The id of what was made.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProxyMade {
    pub id: String,
}

pub(crate) fn create_op() -> Op {
    op::<need::ManageProxies>("create_proxy", "Add a proxy")
        .body::<NewProxy>()
        .makes::<ProxyMade>()
}

pub(crate) async fn create(
    caller: Caller<need::ManageProxies>,
    State(state): State<ApiState>,
    JsonBody(body): JsonBody<NewProxy>,
) -> Result<Made<ProxyMade>, Refusal> {
    let id = state.catalog.add_proxy(&caller.scope, &body.url).await?;
    Ok(Made(ProxyMade { id: id.to_string() }))
}

/// Whether a proxy is used.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProxyPatch {
    pub enabled: bool,
}

impl Example for ProxyPatch {
    fn example() -> Value {
        json!({"enabled": false})
    }
}

pub(crate) fn change_op() -> Op {
    op::<need::ManageProxies>("change_proxy", "Use a proxy, or not").body::<ProxyPatch>()
}

pub(crate) async fn change(
    caller: Caller<need::ManageProxies>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<ProxyId>,
    JsonBody(body): JsonBody<ProxyPatch>,
) -> Result<Done, Refusal> {
    state
        .catalog
        .enable_proxy(&caller.scope, &id, body.enabled)
        .await?;
    Ok(Done)
}

pub(crate) fn remove_op() -> Op {
    op::<need::ManageProxies>("remove_proxy", "Remove a proxy")
}

pub(crate) async fn remove(
    caller: Caller<need::ManageProxies>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<ProxyId>,
) -> Result<Done, Refusal> {
    state.catalog.remove_proxy(&caller.scope, &id).await?;
    Ok(Done)
}
