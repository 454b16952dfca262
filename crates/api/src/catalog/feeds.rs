//! The price list of a shop: its address, how prices leave, who fetched it, a test of it.

use crate::{
    ApiState,
    describe::{Example, Op, op},
    shape::{Done, FeedWayWord, ListQuery, Moment, Page, Shown, Word, page_of, present},
};
use axum::extract::State;
use sauda_accounts::{Right, Scope};
use sauda_catalog::{Feed, FeedCheck, FeedFetch};
use sauda_edge::{Caller, JsonBody, PathParams, QueryParams, Refusal, need};
use sauda_kernel::ShopId;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// The price list of a shop.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Feed)]
pub(crate) struct FeedView {
    pub way: FeedWayWord,
    /// Where the marketplace fetches it; shown to those who may change it.
    pub address: Option<String>,
    pub has_address: bool,
    pub rotated_at: Option<Moment>,
    /// Offers of the last list that left whole.
    pub good_rows: Option<i64>,
    pub good_at: Option<Moment>,
    /// Why it is held: `never_read`, `stale`, `empty`, `drop` or `rows`.
    pub held: Option<String>,
    pub held_at: Option<Moment>,
    /// Point at which products without an offer join the list; `null` while they do not.
    pub products_point: Option<String>,
}

async fn view(state: &ApiState, scope: &Scope, shop: &ShopId, feed: Feed) -> Result<FeedView, Refusal> {
    let word = if scope.may(Right::ManageCatalog) {
        state.feeds.word(scope, shop).await?
    } else {
        None
    };
    let public = state.edge.settings().public_url.trim_end_matches('/');
    Ok(FeedView {
        way: Word(feed.way),
        address: word.map(|word| format!("{public}/feeds/{word}.xml")),
        has_address: feed.has_address,
        rotated_at: feed.rotated_at.map(Moment),
        good_rows: feed.good_rows,
        good_at: feed.good_at.map(Moment),
        held: feed.held,
        held_at: feed.held_at.map(Moment),
        products_point: feed.products_point,
    })
}

pub(crate) fn show_op() -> Op {
    op::<need::ViewCatalog>("get_feed", "The price list of a shop").shows::<FeedView>()
}

pub(crate) async fn show(
    caller: Caller<need::ViewCatalog>,
    State(state): State<ApiState>,
    PathParams(shop): PathParams<ShopId>,
) -> Result<Shown<FeedView>, Refusal> {
    let feed = state.feeds.feed(&caller.scope, &shop).await?;
    Ok(Shown(view(&state, &caller.scope, &shop, feed).await?))
}

/// How prices leave, and whether products without an offer join the list.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FeedPatch {
    pub way: Option<FeedWayWord>,
    /// Id of a point of the shop; `null` keeps such products out.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub products_point: Option<Option<String>>,
}

impl Example for FeedPatch {
    fn example() -> Value {
        json!({"way": "feed"})
    }
}

pub(crate) fn change_op() -> Op {
    op::<need::ManageCatalog>(
        "change_feed",
        "Let prices leave through the cabinet, by the list, or both",
    )
    .body::<FeedPatch>()
    .shows::<FeedView>()
}

pub(crate) async fn change(
    caller: Caller<need::ManageCatalog>,
    State(state): State<ApiState>,
    PathParams(shop): PathParams<ShopId>,
    JsonBody(body): JsonBody<FeedPatch>,
) -> Result<Shown<FeedView>, Refusal> {
    let mut feed = state.feeds.feed(&caller.scope, &shop).await?;
    if let Some(point) = body.products_point {
        feed = state
            .feeds
            .list_products(&caller.scope, &shop, point.as_deref())
            .await?;
    }
    if let Some(way) = body.way {
        feed = state.feeds.set_way(&caller.scope, &shop, way.0).await?;
    }
    Ok(Shown(view(&state, &caller.scope, &shop, feed).await?))
}

pub(crate) fn rotate_op() -> Op {
    op::<need::ManageCatalog>(
        "rotate_feed_address",
        "Make the address of the list, or another one; the one before is dead at once",
    )
    .shows::<FeedView>()
}

pub(crate) async fn rotate(
    caller: Caller<need::ManageCatalog>,
    State(state): State<ApiState>,
    PathParams(shop): PathParams<ShopId>,
) -> Result<Shown<FeedView>, Refusal> {
    let feed = state.feeds.rotate(&caller.scope, &shop).await?;
    Ok(Shown(view(&state, &caller.scope, &shop, feed).await?))
}

/// What a test of the whole list found.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FeedCheck)]
pub(crate) struct CheckView {
    /// Whether the list would leave now.
    pub leaves: bool,
    /// Why not: `off`, `never_read`, `stale`, `empty`, `drop` or `rows`.
    pub held: Option<String>,
    /// What the reason is about, such as the first article.
    pub about: BTreeMap<String, String>,
    pub rows: i64,
    pub left_out: i64,
    pub bytes: u64,
    /// How many offers are left out or hold the list, by reason.
    pub reasons: BTreeMap<String, i64>,
}

impl From<FeedCheck> for CheckView {
    fn from(check: FeedCheck) -> Self {
        let about = check.held.as_ref().map(|held| held.args()).unwrap_or_default();
        Self {
            leaves: check.held.is_none(),
            held: check.held.as_ref().map(|held| held.word().to_owned()),
            about: about
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
            rows: check.counts.rows,
            left_out: check.counts.left_out(),
            bytes: check.bytes,
            reasons: check
                .counts
                .reasons
                .iter()
                .map(|(reason, count)| (reason.word().to_owned(), *count))
                .collect(),
        }
    }
}

pub(crate) fn check_op() -> Op {
    op::<need::ViewCatalog>("check_feed", "Write the whole list and tell what would leave")
        .shows::<CheckView>()
}

pub(crate) async fn check(
    caller: Caller<need::ViewCatalog>,
    State(state): State<ApiState>,
    PathParams(shop): PathParams<ShopId>,
) -> Result<Shown<CheckView>, Refusal> {
    Ok(Shown(state.feeds.check(&caller.scope, &shop).await?.into()))
}

/// A smaller list that somebody agrees to.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AgreeBody {
    /// The number of offers that the check told.
    pub rows: i64,
}

impl Example for AgreeBody {
    fn example() -> Value {
        json!({"rows": 412})
    }
}

pub(crate) fn agree_op() -> Op {
    op::<need::ManageCatalog>("agree_to_feed", "Let a list leave that became much smaller")
        .body::<AgreeBody>()
}

pub(crate) async fn agree(
    caller: Caller<need::ManageCatalog>,
    State(state): State<ApiState>,
    PathParams(shop): PathParams<ShopId>,
    JsonBody(body): JsonBody<AgreeBody>,
) -> Result<Done, Refusal> {
    state.feeds.agree(&caller.scope, &shop, body.rows).await?;
    Ok(Done)
}

/// One time that somebody fetched the list.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FeedFetch)]
pub(crate) struct FetchView {
    pub id: String,
    pub at: Moment,
    pub address: String,
    pub agent: String,
    pub status: i64,
    pub rows: i64,
    pub left_out: i64,
    /// Whether the last byte was handed over.
    pub whole: bool,
    pub held: Option<String>,
    pub took_ms: i64,
}

impl From<FeedFetch> for FetchView {
    fn from(fetch: FeedFetch) -> Self {
        Self {
            id: fetch.id.to_string(),
            at: Moment(fetch.at),
            address: fetch.address,
            agent: fetch.agent,
            status: fetch.status,
            rows: fetch.rows_in,
            left_out: fetch.rows_out,
            whole: fetch.whole,
            held: fetch.held,
            took_ms: fetch.took_ms,
        }
    }
}

pub(crate) fn list_fetches_op() -> Op {
    op::<need::ViewCatalog>("list_feed_fetches", "Who fetched the list, newest first")
        .query::<ListQuery>()
        .lists::<FetchView>()
}

pub(crate) async fn list_fetches(
    caller: Caller<need::ViewCatalog>,
    State(state): State<ApiState>,
    PathParams(shop): PathParams<ShopId>,
    QueryParams(query): QueryParams<ListQuery>,
) -> Result<Shown<Page<FetchView>>, Refusal> {
    let all = state.feeds.fetches(&caller.scope, &shop).await?;
    let page = page_of(
        all,
        |fetch| fetch.id.to_string(),
        query.after.as_deref(),
        query.limit,
    )?;
    Ok(Shown(Page {
        items: page.items.into_iter().map(FetchView::from).collect(),
        next: page.next,
    }))
}
