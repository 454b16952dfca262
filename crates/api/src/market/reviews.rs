//! Reviews of own cards with what their words say.

use crate::{
    ApiState,
    describe::{Op, op},
    shape::{Moment, Page, Shown, limit_of},
};
use axum::extract::State;
use sauda_edge::{Caller, QueryParams, Refusal, need};
use sauda_kernel::{Kind, Public};
use sauda_research::sentiment::Tone;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// A review.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Review)]
pub(crate) struct ReviewShape {
    pub card: String,
    pub title: String,
    pub at: Option<Moment>,
    /// As the buyer gave.
    pub stars: i64,
    pub text: String,
    /// What the words say: `positive`, `negative`, `mixed` or `neutral`.
    pub tone: &'static str,
    /// Thousandths: how likely it is praise.
    pub positive_milli: i64,
    /// What is spoken about and how: `size`, `quality`, `delivery`, `packaging`, `price`, `seller`.
    pub aspects: BTreeMap<String, String>,
}

/// Which reviews.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ReviewsQuery {
    /// One tone; all without it.
    pub tone: Option<String>,
    /// Items a page, 1 to 200; 50 without it.
    pub limit: Option<u32>,
}

pub(crate) fn list_op() -> Op {
    op::<need::ViewPrices>("list_reviews", "Newest reviews of own cards")
        .query::<ReviewsQuery>()
        .lists::<ReviewShape>()
}

pub(crate) async fn list(
    caller: Caller<need::ViewPrices>,
    State(state): State<ApiState>,
    QueryParams(query): QueryParams<ReviewsQuery>,
) -> Result<Shown<Page<ReviewShape>>, Refusal> {
    let tone = match query.tone.as_deref() {
        None => None,
        Some(word) => Some(Tone::parse(word).ok_or_else(|| {
            Refusal::new(
                Kind::Invalid,
                Public::new("invalid-value").field("tone").arg("value", word),
            )
        })?),
    };
    let limit = i64::try_from(limit_of(query.limit)?).unwrap_or(50);
    let (reviews, _) = state.research.reviews(&caller.scope, tone, limit).await?;
    let items = reviews.into_iter().map(|one| ReviewShape {
        card: one.card,
        title: one.title,
        at: one.at.map(Moment),
        stars: one.stars,
        text: one.text,
        tone: one.tone.word(),
        positive_milli: one.positive_milli,
        aspects: one.aspects.into_iter().collect(),
    });
    Ok(Shown(Page {
        items: items.collect(),
        next: None,
    }))
}
