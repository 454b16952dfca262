//! The list of a shop's offers in a city: the board of prices with search, filters and order.

use crate::{
    ApiState,
    describe::{Op, op},
    shape::{
        BoardSortWord, BoardViewWord, Moment, Page, PlaceStateWord, Shown, Sum, Word, limit_of, share_of,
    },
};
use axum::extract::State;
use sauda_accounts::{Right, Scope};
use sauda_catalog::CatalogOffer;
use sauda_edge::{Caller, PathParams, QueryParams, Refusal, need};
use sauda_kernel::{BasisPoints, Kind, OfferId, Public, RuleId, ShopId};
use sauda_pricing::board::{BoardCounts, BoardCursor, BoardFilter, BoardRow, BoardSort, BoardView};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use utoipa::{IntoParams, ToSchema};

/// One offer in one city.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OfferRow)]
pub(crate) struct RowView {
    pub offer_id: String,
    pub city_id: String,
    pub sku: String,
    pub title: String,
    pub category: Option<String>,
    pub image_url: Option<String>,
    pub card_url: Option<String>,
    pub price: Option<Sum>,
    /// The last change of the price.
    pub delta: Option<Sum>,
    pub changed_at: Option<Moment>,
    pub place: Option<i64>,
    pub sellers: Option<i64>,
    pub rival_price: Option<Sum>,
    pub rival_name: Option<String>,
    /// Profit of one sale; `null` to those who may not see money.
    pub profit: Option<Sum>,
    pub margin_bp: Option<i32>,
    pub cost: Option<Sum>,
    pub floor: Option<Sum>,
    pub state: PlaceStateWord,
    /// Word of the last decision's reason.
    pub reason: String,
    pub checked_at: Option<Moment>,
    pub decision_id: Option<String>,
    /// The price that waits to be published.
    pub desired: Option<Sum>,
    pub strategy: String,
    pub stock: Option<i64>,
    pub rule_id: Option<String>,
    pub min: Option<Sum>,
    pub max: Option<Sum>,
    /// Set for the offer itself.
    pub step: Option<Sum>,
    /// Whether the bot keeps the price.
    pub managed: bool,
    /// For `If-Match`.
    pub version: i64,
}

impl RowView {
    pub(super) fn of(row: BoardRow, offer: Option<&CatalogOffer>, shows_money: bool) -> Self {
        Self {
            offer_id: row.offer.to_string(),
            city_id: row.city_id,
            sku: offer.map(|offer| offer.sku.clone()).unwrap_or_default(),
            title: offer.map(|offer| offer.title.clone()).unwrap_or_default(),
            category: row.category,
            image_url: offer.and_then(|offer| offer.image_url.clone()),
            card_url: offer.and_then(|offer| offer.card_url.clone()),
            price: row.price.map(Sum::from),
            delta: row.delta.map(|delta| sauda_kernel::Tenge(delta).into()),
            changed_at: row.changed_at.map(Moment),
            place: row.place,
            sellers: row.sellers,
            rival_price: row.rival_price.map(Sum::from),
            rival_name: row.rival_name,
            profit: row.profit.filter(|_| shows_money).map(Sum::from),
            margin_bp: row.margin.filter(|_| shows_money).map(share_of),
            cost: row.cost.filter(|_| shows_money).map(Sum::from),
            floor: row.floor.map(Sum::from),
            state: Word(row.state),
            reason: row.reason,
            checked_at: row.checked_at.map(Moment),
            decision_id: row.decision.map(|decision| decision.to_string()),
            desired: row.desired.map(Sum::from),
            strategy: row.strategy,
            stock: row.stock,
            rule_id: row.rule.map(|rule| rule.to_string()),
            min: row.min.map(Sum::from),
            max: row.max.map(Sum::from),
            step: row.step.map(Sum::from),
            managed: row.managed,
            version: row.version,
        }
    }
}

/// Which offers; also the filter of bulk changes.
#[derive(Debug, Default, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct BoardQuery {
    /// The shop's main city without it.
    pub city: Option<String>,
    /// `all`, `not_first`, `floor`, `no_limits`, `errors`, `paused`, `asks`, `gone`
    #[param(value_type = Option<String>, schema_with = view_schema)]
    pub view: Option<BoardViewWord>,
    /// Words of the title or SKU.
    pub q: Option<String>,
    /// Word of a strategy.
    pub strategy: Option<String>,
    pub category: Option<String>,
    /// Id of a rule.
    #[param(value_type = Option<String>)]
    pub rule: Option<RuleId>,
    /// Basis points; needs the right to see money.
    pub margin_below_bp: Option<i32>,
    pub stock_below: Option<i64>,
    /// `-` is descending; orders by profit need the right to see money.
    #[param(value_type = Option<String>, schema_with = sort_schema)]
    pub sort: Option<BoardSortWord>,
    /// `next` of the page before.
    pub after: Option<String>,
    /// Items a page, 1 to 200; 50 without it.
    pub limit: Option<u32>,
}

fn view_schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
    <BoardViewWord as utoipa::PartialSchema>::schema()
}
fn sort_schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
    <BoardSortWord as utoipa::PartialSchema>::schema()
}

impl BoardQuery {
    /// Refuses to order or filter by what the caller may not see: the order would tell it.
    pub(super) fn filter(self, scope: &Scope, city_id: String) -> Result<BoardFilter, Refusal> {
        let shows_money = scope.may(Right::ViewMoney);
        let by_money = matches!(self.sort, Some(Word(BoardSort::ProfitDown | BoardSort::ProfitUp)))
            || self.margin_below_bp.is_some();
        if by_money && !shows_money {
            return Err(Refusal::new(
                Kind::Forbidden,
                Public::new("forbidden").arg("right", Right::ViewMoney.word()),
            ));
        }
        let usual = if shows_money {
            BoardSort::ProfitDown
        } else {
            BoardSort::ChangedDown
        };
        let after = match &self.after {
            None => None,
            Some(text) => Some(BoardCursor::decode(text).ok_or_else(|| {
                let shown: String = text.chars().take(80).collect();
                Refusal::new(
                    Kind::Invalid,
                    Public::new("bad-cursor").field("after").arg("value", shown),
                )
            })?),
        };
        Ok(BoardFilter {
            city_id,
            view: self.view.map_or(BoardView::All, |view| view.0),
            search: self.q.filter(|text| !text.trim().is_empty()),
            strategy: self.strategy,
            category: self.category,
            rule: self.rule,
            margin_below: self.margin_below_bp.map(BasisPoints),
            stock_below: self.stock_below,
            sort: self.sort.map_or(usual, |sort| sort.0),
            after,
            before: None,
            limit: i64::try_from(limit_of(self.limit)?).unwrap_or(50),
            found: None,
        })
    }
}

pub(crate) fn list_op() -> Op {
    op::<need::ViewPrices>("list_offers", "Offers of a shop in a city")
        .about("Costs, profit and margins are null to those without the right `view_money`.")
        .query::<BoardQuery>()
        .lists::<RowView>()
}

pub(crate) async fn list(
    caller: Caller<need::ViewPrices>,
    State(state): State<ApiState>,
    PathParams(shop): PathParams<ShopId>,
    QueryParams(query): QueryParams<BoardQuery>,
) -> Result<Shown<Page<RowView>>, Refusal> {
    let city = super::city_of(&state, &caller.scope, &shop, query.city.as_deref()).await?;
    let filter = query.filter(&caller.scope, city)?;
    let page = state.pricing.board(&caller.scope, &shop, &filter).await?;
    let items = rows(&state, page.rows, caller.scope.may(Right::ViewMoney)).await?;
    Ok(Shown(Page {
        items,
        next: page.next.map(|cursor| cursor.encode()),
    }))
}

/// Rows with their titles.
pub(super) async fn rows(
    state: &ApiState,
    rows: Vec<BoardRow>,
    shows_money: bool,
) -> Result<Vec<RowView>, Refusal> {
    let ids: Vec<OfferId> = rows.iter().map(|row| row.offer.clone()).collect();
    let offers: HashMap<OfferId, CatalogOffer> = state
        .catalog
        .offers_by_ids(&ids)
        .await?
        .into_iter()
        .map(|offer| (offer.id.clone(), offer))
        .collect();
    Ok(rows
        .into_iter()
        .map(|row| {
            let offer = offers.get(&row.offer);
            RowView::of(row, offer, shows_money)
        })
        .collect())
}

/// In which city.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct CityQuery {
    /// The shop's main city without it.
    pub city: Option<String>,
}

/// How many offers each view has.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OfferCounts)]
pub(crate) struct CountsView {
    pub all: i64,
    pub not_first: i64,
    pub floor: i64,
    pub no_limits: i64,
    pub errors: i64,
    pub paused: i64,
    pub asks: i64,
}

impl From<BoardCounts> for CountsView {
    fn from(counts: BoardCounts) -> Self {
        Self {
            all: counts.all,
            not_first: counts.not_first,
            floor: counts.at_floor,
            no_limits: counts.no_limits,
            errors: counts.errors,
            paused: counts.paused,
            asks: counts.asks,
        }
    }
}

pub(crate) fn counts_op() -> Op {
    op::<need::ViewPrices>("count_offers", "How many offers each view has")
        .query::<CityQuery>()
        .shows::<CountsView>()
}

pub(crate) async fn counts(
    caller: Caller<need::ViewPrices>,
    State(state): State<ApiState>,
    PathParams(shop): PathParams<ShopId>,
    QueryParams(query): QueryParams<CityQuery>,
) -> Result<Shown<CountsView>, Refusal> {
    let city = super::city_of(&state, &caller.scope, &shop, query.city.as_deref()).await?;
    Ok(Shown(
        state
            .pricing
            .board_counts(&caller.scope, &shop, &city)
            .await?
            .into(),
    ))
}

/// One category.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Category)]
pub(crate) struct CategoryView {
    pub name: String,
    pub offers: i64,
}

pub(crate) fn categories_op() -> Op {
    op::<need::ViewPrices>("list_categories", "Categories of a shop")
        .query::<CityQuery>()
        .lists::<CategoryView>()
}

pub(crate) async fn categories(
    caller: Caller<need::ViewPrices>,
    State(state): State<ApiState>,
    PathParams(shop): PathParams<ShopId>,
    QueryParams(query): QueryParams<CityQuery>,
) -> Result<Shown<Page<CategoryView>>, Refusal> {
    let city = super::city_of(&state, &caller.scope, &shop, query.city.as_deref()).await?;
    let all = state
        .pricing
        .board_categories(&caller.scope, &shop, &city)
        .await?;
    Ok(Shown(Page {
        items: all
            .into_iter()
            .map(|(name, offers)| CategoryView { name, offers })
            .collect(),
        next: None,
    }))
}
