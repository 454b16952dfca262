//! The card guard: who joined the cards of a shop.

use super::{changes::SinceQuery, offer::CardSellerView};
use crate::{
    ApiState,
    describe::{Op, op},
    shape::{Growing, Page, Shown},
};
use axum::extract::State;
use sauda_edge::{Caller, PathParams, QueryParams, Refusal, need};
use sauda_kernel::{OfferId, ShopId, Span};
use sauda_pricing::CardSeller;
use serde::Serialize;
use utoipa::ToSchema;

/// One seller who joined a card.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Newcomer)]
pub(crate) struct NewcomerView {
    pub offer_id: String,
    pub seller: CardSellerView,
}

pub(crate) fn list_op() -> Op {
    op::<need::ViewPrices>("list_newcomers", "Who joined the cards of a shop, newest first")
        .query::<super::changes::SinceQuery>()
        .lists::<NewcomerView>()
}

pub(crate) async fn list(
    caller: Caller<need::ViewPrices>,
    State(state): State<ApiState>,
    PathParams(shop): PathParams<ShopId>,
    QueryParams(query): QueryParams<SinceQuery>,
) -> Result<Shown<Page<NewcomerView>>, Refusal> {
    let since = query
        .since
        .map_or_else(|| state.edge.now().minus(Span::from_days(1)), |since| since.0);
    let id = |(offer, seller): &(OfferId, CardSeller)| {
        format!("{offer}.{}.{}", seller.merchant_uid, seller.first_at.as_micros())
    };
    let mut growing = Growing::new(query.after.as_deref(), query.limit)?;
    let page = loop {
        let all = state
            .pricing
            .newcomers(&caller.scope, &shop, since, growing.asked())
            .await?;
        if let Some(page) = growing.page(all, id)? {
            break page;
        }
    };
    let items = page
        .items
        .into_iter()
        .map(|(offer, seller)| NewcomerView {
            offer_id: offer.to_string(),
            seller: seller.into(),
        })
        .collect();
    Ok(Shown(Page {
        items,
        next: page.next,
    }))
}
