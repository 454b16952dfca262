//! Categories and queries that are read, and what the newest snapshot of one shows.

use crate::{
    ApiState,
    describe::{Example, Op, op},
    shape::{Done, ListQuery, Made, Moment, Page, Shown, Sum, page_of},
};
use axum::extract::State;
use sauda_edge::{Caller, JsonBody, PathParams, QueryParams, Refusal, need};
use sauda_kernel::{Kind, Public};
use sauda_research::{
    SourceView,
    model::{MAIN_CITY, NewSource, Source, SourceKind},
    stats,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// What is read.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MarketSource)]
pub(crate) struct SourceShape {
    pub id: String,
    /// `category` or `query`.
    pub kind: &'static str,
    pub word: String,
    pub title: String,
    pub city_id: String,
    pub pages: i64,
    pub max_items: i64,
    pub sellers_of: i64,
    pub paused: bool,
    /// Declared in the settings file.
    pub from_file: bool,
    /// `new`, `reading`, `done` or `failed`.
    pub state: &'static str,
    /// Why the last reading failed.
    pub trouble: Option<String>,
    /// The newest whole snapshot.
    pub read_at: Option<Moment>,
}

impl From<&Source> for SourceShape {
    fn from(source: &Source) -> Self {
        Self {
            id: source.id.clone(),
            kind: source.wish.kind.word(),
            word: source.wish.word.clone(),
            title: source.title().to_owned(),
            city_id: source.wish.city_id.clone(),
            pages: source.wish.pages,
            max_items: source.wish.most,
            sellers_of: source.wish.sellers_of,
            paused: source.paused,
            from_file: source.from_file,
            state: source.state.word(),
            trouble: source.trouble.clone(),
            read_at: source.read_at.map(Moment),
        }
    }
}

pub(crate) fn list_op() -> Op {
    op::<need::ViewPrices>("list_market_sources", "Categories and queries that are read")
        .query::<ListQuery>()
        .lists::<SourceShape>()
}

pub(crate) async fn list(
    caller: Caller<need::ViewPrices>,
    State(state): State<ApiState>,
    QueryParams(query): QueryParams<ListQuery>,
) -> Result<Shown<Page<SourceShape>>, Refusal> {
    let mut all = state.research.sources(&caller.scope).await?;
    all.sort_by(|one, other| one.id.cmp(&other.id));
    let shapes = all.iter().map(SourceShape::from).collect();
    Ok(Shown(page_of(
        shapes,
        |source: &SourceShape| source.id.clone(),
        query.after.as_deref(),
        query.limit,
    )?))
}

/// A category or a query to read.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewMarketSource)]
pub(crate) struct NewShape {
    /// `category` (without it) or `query`.
    pub kind: Option<String>,
    /// Code of the category as in its address, or the words.
    pub word: String,
    #[serde(default)]
    pub title: String,
    /// City of the marketplace; Almaty without it.
    pub city_id: Option<String>,
    /// 1 to 50; 5 without it.
    pub pages: Option<i64>,
    /// 1 to 600; 60 without it.
    pub max_items: Option<i64>,
    /// Sellers are read on so many first cards, 0 to 60; 10 without it.
    pub sellers_of: Option<i64>,
}

impl Example for NewShape {
    fn example() -> Value {
        json!({"kind": "category", "word": "Rims", "title": "Wheels", "pages": 5, "max_items": 60})
    }
}

/// The id of what was made.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MarketSourceMade)]
pub(crate) struct MadeShape {
    pub id: String,
}

pub(crate) fn create_op() -> Op {
    op::<need::ManagePrices>("create_market_source", "Read a category or a query")
        .about("The same category and city again changes how deep it is read. It is read at once, then at the times of the settings.")
        .body::<NewShape>()
        .makes::<MadeShape>()
}

pub(crate) async fn create(
    caller: Caller<need::ManagePrices>,
    State(state): State<ApiState>,
    JsonBody(body): JsonBody<NewShape>,
) -> Result<Made<MadeShape>, Refusal> {
    let kind = match body.kind.as_deref() {
        None => SourceKind::Category,
        Some(word) => SourceKind::parse(word).ok_or_else(|| {
            Refusal::new(
                Kind::Invalid,
                Public::new("invalid-value").field("kind").arg("value", word),
            )
        })?,
    };
    let usual = NewSource::category(body.word);
    let wish = NewSource {
        kind,
        title: body.title,
        city_id: body.city_id.unwrap_or_else(|| MAIN_CITY.to_owned()),
        pages: body.pages.unwrap_or(usual.pages),
        most: body.max_items.unwrap_or(usual.most),
        sellers_of: body.sellers_of.unwrap_or(usual.sellers_of),
        word: usual.word,
    };
    let id = state.research.put_source(&caller.scope, &wish).await?;
    Ok(Made(MadeShape { id }))
}

/// A card of the newest snapshot.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MarketCard)]
pub(crate) struct CardShape {
    pub card: String,
    pub title: String,
    pub brand: Option<String>,
    pub place: i64,
    pub price: Option<Sum>,
    /// 4.8 is 4800.
    pub rating_milli: Option<i64>,
    pub reviews: Option<i64>,
    /// Reviews more than in the snapshot before.
    pub grown: Option<i64>,
    pub is_new: bool,
    pub is_own: bool,
}

/// A seller on the first cards.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MarketSeller)]
pub(crate) struct SellerShape {
    pub seller: String,
    pub name: String,
    pub cards: i64,
    /// Cards where the price is the lowest.
    pub first: i64,
    /// Of the cards whose sellers were read, basis points.
    pub share_bp: i64,
    pub is_new: bool,
}

/// What a source shows.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MarketSnapshot)]
pub(crate) struct LookShape {
    pub source: SourceShape,
    pub read_at: Option<Moment>,
    /// The snapshot that this one is told against.
    pub before_at: Option<Moment>,
    pub low: Option<Sum>,
    pub middle: Option<Sum>,
    pub high: Option<Sum>,
    /// Reviews more since then.
    pub grown: Option<i64>,
    /// Estimated sales since then: one buyer in ten leaves a review.
    pub sales_at_least: Option<i64>,
    /// The same when one in thirty does.
    pub sales_at_most: Option<i64>,
    pub cards: Vec<CardShape>,
    /// Cards of the snapshot before that are not here.
    pub gone: Vec<String>,
    pub sellers: Vec<SellerShape>,
    pub sellers_left: Vec<String>,
}

impl LookShape {
    fn of(look: SourceView) -> Self {
        let newest = look.snapshots.first();
        let grown = newest.and_then(|one| one.grown);
        let own: Vec<&str> = look.own.iter().map(|(row, _)| row.card.as_str()).collect();
        let change = look.change.as_ref();
        let cards = look.rows.iter().map(|row| CardShape {
            card: row.card.clone(),
            title: row.title.clone(),
            brand: row.brand.clone(),
            place: row.place,
            price: row.price.map(Sum::from),
            rating_milli: row.rating_milli,
            reviews: row.reviews,
            grown: change
                .and_then(|change| change.moves.iter().find(|one| one.card == row.card))
                .and_then(|one| one.grown),
            is_new: change.is_some_and(|change| change.fresh.contains(&row.card)),
            is_own: own.contains(&row.card.as_str()),
        });
        Self {
            source: SourceShape::from(&look.source),
            read_at: newest.map(|one| Moment(one.at)),
            before_at: look.snapshots.get(1).map(|one| Moment(one.at)),
            low: newest.and_then(|one| one.low).map(Sum::from),
            middle: newest.and_then(|one| one.middle).map(Sum::from),
            high: newest.and_then(|one| one.high).map(Sum::from),
            grown,
            sales_at_least: grown.map(|grown| stats::sales(grown).0),
            sales_at_most: grown.map(|grown| stats::sales(grown).1),
            cards: cards.collect(),
            gone: change.map(|change| change.gone.clone()).unwrap_or_default(),
            sellers: look
                .sellers
                .iter()
                .map(|one| SellerShape {
                    seller: one.seller.clone(),
                    name: one.name.clone(),
                    cards: one.cards,
                    first: one.first,
                    share_bp: one.share_bp,
                    is_new: one.is_new,
                })
                .collect(),
            sellers_left: look.left,
        }
    }
}

pub(crate) fn show_op() -> Op {
    op::<need::ViewPrices>(
        "show_market_source",
        "The newest snapshot of a source against the one before",
    )
    .shows::<LookShape>()
}

pub(crate) async fn show(
    caller: Caller<need::ViewPrices>,
    State(state): State<ApiState>,
    PathParams(source): PathParams<String>,
) -> Result<Shown<LookShape>, Refusal> {
    Ok(Shown(LookShape::of(
        state.research.look(&caller.scope, &source).await?,
    )))
}

/// Whether a source is read.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = MarketSourcePatch)]
pub(crate) struct PatchShape {
    pub paused: bool,
}

impl Example for PatchShape {
    fn example() -> Value {
        json!({"paused": true})
    }
}

pub(crate) fn change_op() -> Op {
    op::<need::ManagePrices>("change_market_source", "Stop reading a source, or go on").body::<PatchShape>()
}

pub(crate) async fn change(
    caller: Caller<need::ManagePrices>,
    State(state): State<ApiState>,
    PathParams(source): PathParams<String>,
    JsonBody(body): JsonBody<PatchShape>,
) -> Result<Done, Refusal> {
    state
        .research
        .pause_source(&caller.scope, &source, body.paused)
        .await?;
    Ok(Done)
}

pub(crate) fn remove_op() -> Op {
    op::<need::ManagePrices>("remove_market_source", "Forget a source")
}

pub(crate) async fn remove(
    caller: Caller<need::ManagePrices>,
    State(state): State<ApiState>,
    PathParams(source): PathParams<String>,
) -> Result<Done, Refusal> {
    state.research.remove_source(&caller.scope, &source).await?;
    Ok(Done)
}
