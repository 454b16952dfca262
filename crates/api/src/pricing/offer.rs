//! One offer: its places, its rule, its floor arithmetic, who else sells the card.

use super::{board::RowView, rule_settings::SettingsBody, since_of};
use crate::{
    ApiState,
    describe::{Op, op},
    shape::{Accepted, Moment, Sum, Versioned, share_of},
};
use axum::extract::State;
use sauda_accounts::Right;
use sauda_catalog::CatalogOffer;
use sauda_economics::Breakdown;
use sauda_edge::{Caller, PathParams, QueryParams, Refusal, need};
use sauda_kernel::{OfferId, Timestamp};
use sauda_pricing::{
    CardSeller,
    model::{Level, Observation, Row},
    service::{OfferRule, OfferView},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// What the cabinet says of the offer.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OfferFacts)]
pub(crate) struct FactsView {
    pub id: String,
    pub shop_id: String,
    pub sku: String,
    /// The marketplace's id of the card.
    pub card: Option<String>,
    pub title: String,
    pub brand: Option<String>,
    pub category: Option<String>,
    pub image_url: Option<String>,
    pub card_url: Option<String>,
    pub on_sale: bool,
    pub stock: Option<i64>,
    pub seen_at: Moment,
    /// Since when the cabinet does not show it.
    pub gone_at: Option<Moment>,
}

impl From<CatalogOffer> for FactsView {
    fn from(offer: CatalogOffer) -> Self {
        Self {
            id: offer.id.to_string(),
            shop_id: offer.shop.to_string(),
            sku: offer.sku,
            card: offer.card,
            title: offer.title,
            brand: offer.brand,
            category: offer.category,
            image_url: offer.image_url,
            card_url: offer.card_url,
            on_sale: offer.on_sale,
            stock: offer.stock,
            seen_at: offer.seen_at.into(),
            gone_at: offer.gone_at.map(Moment),
        }
    }
}

/// The offer's own settings.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OfferSettings)]
pub(crate) struct OwnView {
    pub rule_id: Option<String>,
    /// Whether the bot keeps the price.
    pub managed: bool,
    pub min: Option<Sum>,
    pub max: Option<Sum>,
    /// Purchase cost of one piece; `null` to those who may not see money.
    pub cost: Option<Sum>,
    pub step: Option<Sum>,
    pub pinned_price: Option<Sum>,
    pub pinned_until: Option<Moment>,
    /// The other overrides.
    pub settings: SettingsBody,
    /// For `If-Match`; 0 before it was ever saved.
    pub version: i64,
    pub updated_by: String,
    pub updated_at: Option<Moment>,
}

impl OwnView {
    pub(super) fn of(own: OfferRule, shows_money: bool) -> Self {
        Self {
            rule_id: own.rule.map(|rule| rule.to_string()),
            managed: own.managed,
            min: own.min.map(Sum::from),
            max: own.max.map(Sum::from),
            cost: own.cost.filter(|_| shows_money).map(Sum::from),
            step: own.step.map(Sum::from),
            pinned_price: own.pinned_price.map(Sum::from),
            pinned_until: own.pinned_until.map(Moment),
            settings: own.settings.into(),
            version: own.version,
            updated_by: own.updated_by,
            updated_at: (own.version > 0).then_some(Moment(own.updated_at)),
        }
    }
}

/// One sale at the present price, part by part; parts and profit add up to the price.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Breakdown)]
pub(crate) struct BreakdownView {
    pub price: Sum,
    pub purchase: Sum,
    pub packaging: Sum,
    pub commission: Sum,
    pub tax: Sum,
    pub delivery: Sum,
    pub advertising: Sum,
    pub returns: Sum,
    pub profit: Sum,
    pub margin_bp: i32,
}

impl From<Breakdown> for BreakdownView {
    fn from(parts: Breakdown) -> Self {
        Self {
            price: parts.price.into(),
            purchase: parts.purchase.into(),
            packaging: parts.packaging.into(),
            commission: parts.commission.into(),
            tax: parts.tax.into(),
            delivery: parts.delivery.into(),
            advertising: parts.advertising.into(),
            returns: parts.returns.into(),
            profit: parts.profit.into(),
            margin_bp: share_of(parts.margin),
        }
    }
}

/// One seller of the card as last seen.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SellerRow)]
pub(crate) struct SellerRowView {
    /// The marketplace's id of the seller.
    pub seller_uid: String,
    pub name: String,
    pub price: Sum,
    /// 4.8 is 4800.
    pub rating_milli: Option<i32>,
    pub reviews: Option<i64>,
    pub delivery_days: Option<i32>,
    pub preorder_days: i32,
}

impl From<&Row> for SellerRowView {
    fn from(row: &Row) -> Self {
        Self {
            seller_uid: row.seller.to_string(),
            name: row.name.to_string(),
            price: row.price.into(),
            rating_milli: row.rating_milli,
            reviews: row.reviews,
            delivery_days: row.delivery_days,
            preorder_days: row.preorder_days,
        }
    }
}

/// The market as last read.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Market)]
pub(crate) struct MarketView {
    /// When it last looked so.
    pub seen_at: Option<Moment>,
    /// How many sellers the marketplace says there are.
    pub total: i64,
    /// Cheapest first.
    pub rows: Vec<SellerRowView>,
}

impl MarketView {
    fn of(seen: &Observation, at: Option<Timestamp>) -> Self {
        Self {
            seen_at: at.map(Moment),
            total: seen.total(),
            rows: seen.rows().iter().map(SellerRowView::from).collect(),
        }
    }
}

/// Since when a seller is on the card.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CardSeller)]
pub(crate) struct CardSellerView {
    pub seller_uid: String,
    pub name: String,
    pub first_at: Moment,
    pub last_at: Moment,
    pub first_price: Sum,
    pub last_price: Sum,
    pub gone_at: Option<Moment>,
}

impl From<CardSeller> for CardSellerView {
    fn from(seller: CardSeller) -> Self {
        Self {
            seller_uid: seller.merchant_uid,
            name: seller.name,
            first_at: seller.first_at.into(),
            last_at: seller.last_at.into(),
            first_price: seller.first_price.into(),
            last_price: seller.last_price.into(),
            gone_at: seller.gone_at.map(Moment),
        }
    }
}

/// Everything about an offer in a city.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Offer)]
pub(crate) struct OfferShown {
    pub offer: FactsView,
    /// The asked city; `null` when the bot does not work there.
    pub place: Option<RowView>,
    /// Every city of the offer.
    pub places: Vec<RowView>,
    pub own: OwnView,
    /// The effective rule, every member set.
    pub effective: SettingsBody,
    /// Which level each setting comes from: `built_in` (absent here), `shop`, `rule` or `offer`.
    pub origins: BTreeMap<String, String>,
    /// The lowest price that the costs allow; `null` to those who may not see money.
    pub cost_floor: Option<Sum>,
    /// The lowest price that the strategy's margin allows.
    pub margin_floor: Option<Sum>,
    /// What the price consists of; `null` without a cost or to those who may not see money.
    pub breakdown: Option<BreakdownView>,
    pub market: Option<MarketView>,
    pub sellers: Vec<CardSellerView>,
}

impl OfferShown {
    fn of(view: OfferView, shows_money: bool) -> Self {
        let facts = view.offer.clone();
        Self {
            place: view.place.map(|row| RowView::of(row, Some(&facts), shows_money)),
            places: view
                .cities
                .into_iter()
                .map(|row| RowView::of(row, Some(&facts), shows_money))
                .collect(),
            own: OwnView::of(view.own, shows_money),
            effective: view.rule.into(),
            origins: view
                .origins
                .into_iter()
                .map(|(setting, level)| (setting.to_owned(), level_word(level).to_owned()))
                .collect(),
            cost_floor: view.floors.cost.filter(|_| shows_money).map(Sum::from),
            margin_floor: view.floors.margin.filter(|_| shows_money).map(Sum::from),
            breakdown: view.breakdown.filter(|_| shows_money).map(BreakdownView::from),
            market: view
                .observation
                .as_ref()
                .map(|seen| MarketView::of(seen, view.observed_at)),
            sellers: view.sellers.into_iter().map(CardSellerView::from).collect(),
            offer: view.offer.into(),
        }
    }
}

const fn level_word(level: Level) -> &'static str {
    match level {
        Level::BuiltIn => "built_in",
        Level::Shop => "shop",
        Level::Rule => "rule",
        Level::Offer => "offer",
    }
}

/// In which city and since when.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct OfferQuery {
    /// The shop's main city without it.
    pub city: Option<String>,
}

/// The offer with all that its city shows.
pub(super) async fn view_of(
    state: &ApiState,
    scope: &sauda_accounts::Scope,
    id: &OfferId,
    city: Option<&str>,
    since: Timestamp,
) -> Result<OfferView, Refusal> {
    let shop = state.catalog.offer(scope, id).await?.shop;
    let city = super::city_of(state, scope, &shop, city).await?;
    Ok(state.pricing.offer_view(scope, id, &city, since).await?)
}

pub(crate) fn show_op() -> Op {
    op::<need::ViewPrices>("show_offer", "Everything about an offer in a city")
        .query::<OfferQuery>()
        .shows::<OfferShown>()
}

pub(crate) async fn show(
    caller: Caller<need::ViewPrices>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<OfferId>,
    QueryParams(query): QueryParams<OfferQuery>,
) -> Result<Versioned<OfferShown>, Refusal> {
    let since = since_of(&state, None);
    let view = view_of(&state, &caller.scope, &id, query.city.as_deref(), since).await?;
    let version = view.own.version;
    Ok(Versioned(
        OfferShown::of(view, caller.scope.may(Right::ViewMoney)),
        version,
    ))
}

pub(crate) fn check_now_op() -> Op {
    op::<need::ManagePrices>("check_offer", "Check the offer's cards soon").accepts()
}

pub(crate) async fn check_now(
    caller: Caller<need::ManagePrices>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<OfferId>,
) -> Result<Accepted, Refusal> {
    let offer = state.catalog.offer(&caller.scope, &id).await?;
    state.pricing.check_offers_now(&[offer.id]).await?;
    Ok(Accepted)
}
