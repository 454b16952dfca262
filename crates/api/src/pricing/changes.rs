//! Price changes on their way: of a shop as a feed, of an offer; and the points of an offer's price history.

use super::{decisions::PlaceListQuery, offer::view_of, receipt::reason_of, since_of};
use crate::{
    ApiState,
    describe::{Op, op},
    shape::{ChangeStateWord, Growing, Moment, Page, Shown, Sum, ToldView, Word, page_of},
};
use axum::extract::State;
use sauda_accounts::Right;
use sauda_edge::{Caller, PathParams, QueryParams, Refusal, need};
use sauda_kernel::{OfferId, ShopId, Span};
use sauda_pricing::{Change, PricePoint};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// One change of a price.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PriceChange)]
pub(crate) struct ChangeView {
    pub id: String,
    pub shop_id: String,
    pub offer_id: String,
    pub city_id: String,
    pub decision_id: Option<String>,
    pub from: Option<Sum>,
    pub to: Sum,
    /// Under which it was never to go.
    pub floor: Sum,
    /// Name of a person or key, or `bot`.
    pub wanted_by: String,
    pub state: ChangeStateWord,
    /// Why it was lost or refused.
    pub trouble: Option<String>,
    pub attempts: i64,
    pub created_at: Moment,
    pub sent_at: Option<Moment>,
    pub accepted_at: Option<Moment>,
    /// The cabinet shows it since.
    pub cabinet_at: Option<Moment>,
    /// Buyers see it since.
    pub storefront_at: Option<Moment>,
    /// When the rival's change was seen that it answers.
    pub caused_at: Option<Moment>,
}

impl From<Change> for ChangeView {
    fn from(change: Change) -> Self {
        Self {
            id: change.id.to_string(),
            shop_id: change.shop.to_string(),
            offer_id: change.offer.to_string(),
            city_id: change.city_id,
            decision_id: change.decision.map(|decision| decision.to_string()),
            from: change.from.map(Sum::from),
            to: change.to.into(),
            floor: change.floor.into(),
            wanted_by: change.wanted_by,
            state: Word(change.state),
            trouble: change.trouble,
            attempts: change.attempts,
            created_at: change.created_at.into(),
            sent_at: change.sent_at.map(Moment),
            accepted_at: change.accepted_at.map(Moment),
            cabinet_at: change.cabinet_at.map(Moment),
            storefront_at: change.storefront_at.map(Moment),
            caused_at: change.caused_at.map(Moment),
        }
    }
}

/// A change with what it is about and why.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FeedLine)]
pub(crate) struct FeedView {
    pub title: String,
    pub change: ChangeView,
    /// When the bot decided it.
    pub reason: Option<ToldView>,
}

/// Since when.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct SinceQuery {
    /// Not before; one day back without it.
    #[param(value_type = Option<String>)]
    pub since: Option<Moment>,
    /// `next` of the page before.
    pub after: Option<String>,
    /// Items a page, 1 to 200; 50 without it.
    pub limit: Option<u32>,
}

pub(crate) fn feed_op() -> Op {
    op::<need::ViewPrices>("list_shop_changes", "Changes of a shop's prices, newest first")
        .query::<SinceQuery>()
        .lists::<FeedView>()
}

pub(crate) async fn feed(
    caller: Caller<need::ViewPrices>,
    State(state): State<ApiState>,
    PathParams(shop): PathParams<ShopId>,
    QueryParams(query): QueryParams<SinceQuery>,
) -> Result<Shown<Page<FeedView>>, Refusal> {
    let since = query
        .since
        .map_or_else(|| state.edge.now().minus(Span::from_days(1)), |since| since.0);
    let mut growing = Growing::new(query.after.as_deref(), query.limit)?;
    let page = loop {
        let all = state
            .pricing
            .feed(&caller.scope, &shop, since, growing.asked())
            .await?;
        if let Some(page) = growing.page(all, |line| line.change.id.to_string())? {
            break page;
        }
    };
    let (words, shows_money) = (state.edge.words(), caller.scope.may(Right::ViewMoney));
    let mut items = Vec::with_capacity(page.items.len());
    for line in page.items {
        let reason = line
            .decision
            .map(|kept| reason_of(&kept.receipt.reason.args(), words, caller.language, shows_money));
        items.push(FeedView {
            title: line.title,
            change: line.change.into(),
            reason,
        });
    }
    Ok(Shown(Page {
        items,
        next: page.next,
    }))
}

pub(crate) fn of_offer_op() -> Op {
    op::<need::ViewPrices>(
        "list_offer_changes",
        "Changes of an offer in a city, the latest 200",
    )
    .query::<super::decisions::PlaceListQuery>()
    .lists::<ChangeView>()
}

/// Changes of an offer in a city, newest first: the latest 200.
pub(crate) async fn of_offer(
    caller: Caller<need::ViewPrices>,
    State(state): State<ApiState>,
    PathParams(offer): PathParams<OfferId>,
    QueryParams(query): QueryParams<PlaceListQuery>,
) -> Result<Shown<Page<ChangeView>>, Refusal> {
    let view = view_of(
        &state,
        &caller.scope,
        &offer,
        query.city.as_deref(),
        since_of(&state, None),
    )
    .await?;
    let page = page_of(
        view.changes,
        |change| change.id.to_string(),
        query.after.as_deref(),
        query.limit,
    )?;
    Ok(Shown(Page {
        items: page.items.into_iter().map(ChangeView::from).collect(),
        next: page.next,
    }))
}

/// How things stood from a moment on.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PricePoint)]
pub(crate) struct PointView {
    pub at: Moment,
    pub own: Option<Sum>,
    pub rival: Option<Sum>,
    pub floor: Option<Sum>,
    pub place: Option<i64>,
    pub sellers: Option<i64>,
}

impl From<PricePoint> for PointView {
    fn from(point: PricePoint) -> Self {
        Self {
            at: point.at.into(),
            own: point.own.map(Sum::from),
            rival: point.rival.map(Sum::from),
            floor: point.floor.map(Sum::from),
            place: point.place,
            sellers: point.sellers,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct PointsQuery {
    /// The shop's main city without it.
    pub city: Option<String>,
    /// Not before; thirty days back without it.
    #[param(value_type = Option<String>)]
    pub since: Option<Moment>,
    /// `next` of the page before.
    pub after: Option<String>,
    /// Items a page, 1 to 200; 50 without it.
    pub limit: Option<u32>,
}

pub(crate) fn points_op() -> Op {
    op::<need::ViewPrices>(
        "list_price_points",
        "Price history of an offer in a city, oldest first",
    )
    .query::<PointsQuery>()
    .lists::<PointView>()
}

pub(crate) async fn points(
    caller: Caller<need::ViewPrices>,
    State(state): State<ApiState>,
    PathParams(offer): PathParams<OfferId>,
    QueryParams(query): QueryParams<PointsQuery>,
) -> Result<Shown<Page<PointView>>, Refusal> {
    let view = view_of(
        &state,
        &caller.scope,
        &offer,
        query.city.as_deref(),
        since_of(&state, query.since),
    )
    .await?;
    let page = page_of(
        view.points,
        |point| point.at.rfc3339(),
        query.after.as_deref(),
        query.limit,
    )?;
    Ok(Shown(Page {
        items: page.items.into_iter().map(PointView::from).collect(),
        next: page.next,
    }))
}
