//! Cards and sellers that are told of, how a card stood over time, and own goods against the market. Refuses to guess what was not read.

use crate::{
    ApiState,
    describe::{Example, Op, op},
    shape::{Done, ListQuery, Moment, Page, Shown, Sum, page_of},
};
use axum::extract::State;
use sauda_edge::{Caller, JsonBody, PathParams, QueryParams, Refusal, need};
use sauda_kernel::{Kind, Public};
use sauda_research::OwnPlace;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// A card or a seller that is told of.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MarketTracked)]
pub(crate) struct TrackedShape {
    /// `card` or `seller`.
    pub kind: &'static str,
    pub word: String,
    pub title: String,
    pub since: Moment,
    /// Who wanted it.
    pub by: String,
}

const fn kind_of(is_seller: bool) -> &'static str {
    if is_seller { "seller" } else { "card" }
}

fn is_seller(kind: &str) -> Result<bool, Refusal> {
    match kind {
        "seller" => Ok(true),
        "card" => Ok(false),
        other => {
            let problem = Public::new("invalid-value").field("kind").arg("value", other);
            Err(Refusal::new(Kind::Invalid, problem))
        }
    }
}

pub(crate) fn list_op() -> Op {
    op::<need::ViewPrices>("list_market_tracked", "Cards and sellers that are told of")
        .query::<ListQuery>()
        .lists::<TrackedShape>()
}

pub(crate) async fn list(
    caller: Caller<need::ViewPrices>,
    State(state): State<ApiState>,
    QueryParams(query): QueryParams<ListQuery>,
) -> Result<Shown<Page<TrackedShape>>, Refusal> {
    let all = state.research.tracked(&caller.scope).await?;
    let shapes = all.into_iter().map(|one| TrackedShape {
        kind: kind_of(one.is_seller),
        word: one.word,
        title: one.title,
        since: Moment(one.since),
        by: one.by,
    });
    Ok(Shown(page_of(
        shapes.collect(),
        |one: &TrackedShape| format!("{}:{}", one.kind, one.word),
        query.after.as_deref(),
        query.limit,
    )?))
}

/// What to tell of.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewMarketTracked)]
pub(crate) struct TrackShape {
    /// `card`: a changed price is told; `seller`: new cards of his are told.
    pub kind: String,
    /// The marketplace's number of the card or the seller.
    pub word: String,
    #[serde(default)]
    pub title: String,
}

impl Example for TrackShape {
    fn example() -> Value {
        json!({"kind": "card", "word": "100298401", "title": "Nord Down"})
    }
}

pub(crate) fn track_op() -> Op {
    op::<need::ManagePrices>("track_market", "Tell of a card or a seller")
        .about("The same again changes nothing. Who is told, and by which way, is chosen in the notification settings under `market`.")
        .body::<TrackShape>()
}

pub(crate) async fn track(
    caller: Caller<need::ManagePrices>,
    State(state): State<ApiState>,
    JsonBody(body): JsonBody<TrackShape>,
) -> Result<Done, Refusal> {
    let is_seller = is_seller(&body.kind)?;
    state
        .research
        .track(&caller.scope, is_seller, &body.word, &body.title, true)
        .await?;
    Ok(Done)
}

pub(crate) fn untrack_op() -> Op {
    op::<need::ManagePrices>("untrack_market", "No longer tell of a card or a seller")
}

pub(crate) async fn untrack(
    caller: Caller<need::ManagePrices>,
    State(state): State<ApiState>,
    PathParams((kind, word)): PathParams<(String, String)>,
) -> Result<Done, Refusal> {
    let is_seller = is_seller(&kind)?;
    state
        .research
        .track(&caller.scope, is_seller, &word, "", false)
        .await?;
    Ok(Done)
}

/// A card on one shelf at one moment.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MarketCardPoint)]
pub(crate) struct PointShape {
    /// Id of the source.
    pub source: String,
    pub at: Moment,
    pub place: i64,
    pub price: Option<Sum>,
    /// 4.8 is 4800.
    pub rating_milli: Option<i64>,
    pub reviews: Option<i64>,
}

/// How a card stood.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MarketCardHistory)]
pub(crate) struct HistoryShape {
    pub card: String,
    /// Oldest first; days in archives are left out.
    pub points: Vec<PointShape>,
}

pub(crate) fn history_op() -> Op {
    op::<need::ViewPrices>(
        "show_market_card",
        "How a card stood on every shelf that was read",
    )
    .shows::<HistoryShape>()
}

pub(crate) async fn history(
    caller: Caller<need::ViewPrices>,
    State(state): State<ApiState>,
    PathParams(card): PathParams<String>,
) -> Result<Shown<HistoryShape>, Refusal> {
    let points = state.research.card_history(&caller.scope, &card, 90).await?;
    let points = points.into_iter().map(|point| PointShape {
        source: point.source,
        at: Moment(point.at),
        place: point.place,
        price: point.price.map(Sum::from),
        rating_milli: point.rating_milli,
        reviews: point.reviews,
    });
    Ok(Shown(HistoryShape {
        points: points.collect(),
        card,
    }))
}

/// An own card on a shelf.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MarketOwn)]
pub(crate) struct OwnShape {
    pub card: String,
    pub title: String,
    /// Id of the source.
    pub source: String,
    pub source_title: String,
    pub at: Moment,
    pub place: i64,
    /// Cards of the snapshot.
    pub cards: i64,
    pub own: Option<Sum>,
    /// The lowest price of somebody else on this card; null when its sellers were not read.
    pub rival: Option<Sum>,
    pub rival_name: Option<String>,
    pub low: Option<Sum>,
    pub middle: Option<Sum>,
    pub high: Option<Sum>,
    /// Own price against the middle of the shelf, basis points; above zero is dearer.
    pub against_middle_bp: Option<i64>,
    /// How many cards of the shelf are cheaper, basis points.
    pub cheaper_bp: Option<i64>,
    pub rating_milli: Option<i64>,
    pub rating_middle_milli: Option<i64>,
    pub reviews: Option<i64>,
    pub reviews_middle: Option<i64>,
}

impl From<OwnPlace> for OwnShape {
    fn from(one: OwnPlace) -> Self {
        let against_middle_bp = one.against_middle_bp();
        let (rival, rival_name) = one.rival.unzip();
        Self {
            card: one.card,
            title: one.title,
            source: one.source,
            source_title: one.source_title,
            at: Moment(one.at),
            place: one.place,
            cards: one.cards,
            own: one.own.map(Sum::from),
            rival: rival.map(Sum::from),
            rival_name,
            low: one.low.map(Sum::from),
            middle: one.middle.map(Sum::from),
            high: one.high.map(Sum::from),
            against_middle_bp,
            cheaper_bp: one.cheaper_bp,
            rating_milli: one.rating_milli,
            rating_middle_milli: one.rating_middle,
            reviews: one.reviews,
            reviews_middle: one.reviews_middle,
        }
    }
}

pub(crate) fn own_op() -> Op {
    op::<need::ViewPrices>("list_market_own", "Own goods against the market")
        .query::<ListQuery>()
        .lists::<OwnShape>()
}

pub(crate) async fn own(
    caller: Caller<need::ViewPrices>,
    State(state): State<ApiState>,
    QueryParams(query): QueryParams<ListQuery>,
) -> Result<Shown<Page<OwnShape>>, Refusal> {
    let all = state.research.compare(&caller.scope).await?.rows;
    Ok(Shown(page_of(
        all.into_iter().map(OwnShape::from).collect(),
        |one: &OwnShape| format!("{}:{}", one.source, one.card),
        query.after.as_deref(),
        query.limit,
    )?))
}
