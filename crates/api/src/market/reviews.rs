//! Reviews of own cards with what their words say.

use crate::{
    ApiState,
    describe::{Op, op},
    shape::{Moment, Page, Shown, bad_cursor, limit_of},
};
use axum::extract::State;
use sauda_edge::{Caller, QueryParams, Refusal, need};
use sauda_kernel::{Kind, Public, Timestamp};
use sauda_research::{ReviewFilter, sentiment::Tone};
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
    /// 1 to 5; all without it.
    pub stars: Option<i64>,
    /// The marketplace's number of a card; all without it.
    pub card: Option<String>,
    /// Words that stand in the review.
    pub q: Option<String>,
    /// `next` of the page before.
    pub after: Option<String>,
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
    let limit = limit_of(query.limit)?;
    let after = query.after.as_deref().map(read_cursor).transpose()?;
    let filter = ReviewFilter {
        tone,
        stars: query.stars,
        card: query.card,
        words: query.q.unwrap_or_default(),
        from: None,
        after,
    };
    let asked = i64::try_from(limit + 1).unwrap_or(51);
    let (mut reviews, _) = state.research.reviews(&caller.scope, &filter, asked).await?;
    let is_more = reviews.len() > limit;
    reviews.truncate(limit);
    let next = reviews.last().filter(|_| is_more).map(|one| {
        let at = one.at.map(|at| at.as_micros().to_string()).unwrap_or_default();
        format!("{at}~{}", one.id)
    });
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
        next,
    }))
}

/// Time and id of the last review of the page before; one without a day has no time.
fn read_cursor(text: &str) -> Result<(Option<Timestamp>, String), Refusal> {
    let (at, id) = text.split_once('~').ok_or_else(|| bad_cursor(text))?;
    let at = match at {
        "" => None,
        at => Some(Timestamp::from_micros(at.parse().map_err(|_| bad_cursor(text))?)),
    };
    Ok((at, id.to_owned()))
}
