//! Decisions of the bot with their receipts, undoing one, and the questions that wait for a person.

use super::{
    changes::ChangeView,
    offer::{OwnView, view_of},
    receipt::{ReceiptView, outcome_price, reason_of},
    since_of,
};
use crate::{
    ApiState,
    describe::{Example, Op, op},
    shape::{Done, Growing, Moment, Page, Shown, Sum, ToldView, YesNo, YesNoWord, page_of},
};
use axum::extract::State;
use sauda_accounts::Right;
use sauda_edge::{Caller, JsonBody, Language, PathParams, QueryParams, Refusal, Words, need};
use sauda_kernel::{DecisionId, OfferId, ShopId};
use sauda_pricing::KeptDecision;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};

/// One decision.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Decision)]
pub(crate) struct DecisionView {
    pub id: String,
    pub shop_id: String,
    pub offer_id: String,
    pub city_id: String,
    pub at: Moment,
    /// `set`, `hold` or `ask`.
    pub outcome: String,
    pub reason: ToldView,
    pub before: Option<Sum>,
    pub after: Option<Sum>,
    /// The price that was decided or is asked for.
    pub price: Option<Sum>,
    /// Decided, not published.
    pub dry_run: bool,
    /// Of a question: `yes`, `no`, `stale`; `null` while it is open.
    pub answer: Option<String>,
}

impl DecisionView {
    pub(super) fn of(kept: &KeptDecision, words: &Words, language: Language, shows_money: bool) -> Self {
        Self {
            id: kept.id.to_string(),
            shop_id: kept.shop.to_string(),
            offer_id: kept.offer.to_string(),
            city_id: kept.city_id.clone(),
            at: kept.at.into(),
            outcome: kept.outcome.clone(),
            reason: reason_of(&kept.receipt.reason.args(), words, language, shows_money),
            before: kept.before.map(Sum::from),
            after: kept.after.map(Sum::from),
            price: outcome_price(kept.receipt.outcome).map(Sum::from),
            dry_run: kept.dry_run,
            answer: kept.answer.clone(),
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct PlaceListQuery {
    /// The shop's main city without it.
    pub city: Option<String>,
    /// `next` of the page before.
    pub after: Option<String>,
    /// Items a page, 1 to 200; 50 without it.
    pub limit: Option<u32>,
}

pub(crate) fn list_op() -> Op {
    op::<need::ViewPrices>(
        "list_decisions",
        "The latest moves and questions of an offer in a city",
    )
    .query::<PlaceListQuery>()
    .lists::<DecisionView>()
}

/// The latest moves and questions of an offer in a city, newest first.
pub(crate) async fn list(
    caller: Caller<need::ViewPrices>,
    State(state): State<ApiState>,
    PathParams(offer): PathParams<OfferId>,
    QueryParams(query): QueryParams<PlaceListQuery>,
) -> Result<Shown<Page<DecisionView>>, Refusal> {
    let view = view_of(
        &state,
        &caller.scope,
        &offer,
        query.city.as_deref(),
        since_of(&state, None),
    )
    .await?;
    let shows_money = caller.scope.may(Right::ViewMoney);
    let page = page_of(
        view.decisions,
        |kept| kept.id.to_string(),
        query.after.as_deref(),
        query.limit,
    )?;
    let items = page
        .items
        .iter()
        .map(|kept| DecisionView::of(kept, state.edge.words(), caller.language, shows_money))
        .collect();
    Ok(Shown(Page {
        items,
        next: page.next,
    }))
}

/// A decision with all that explains it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DecisionShown {
    pub decision: DecisionView,
    pub receipt: ReceiptView,
    /// The change that it led to.
    pub change: Option<ChangeView>,
}

pub(crate) fn show_op() -> Op {
    op::<need::ViewPrices>("show_decision", "A decision with its receipt").shows::<DecisionShown>()
}

pub(crate) async fn show(
    caller: Caller<need::ViewPrices>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<DecisionId>,
) -> Result<Shown<DecisionShown>, Refusal> {
    let (kept, change) = state.pricing.decision(&caller.scope, &id).await?;
    let (words, shows_money) = (state.edge.words(), caller.scope.may(Right::ViewMoney));
    Ok(Shown(DecisionShown {
        decision: DecisionView::of(&kept, words, caller.language, shows_money),
        receipt: ReceiptView::of(kept.receipt, words, caller.language, shows_money),
        change: change.map(ChangeView::from),
    }))
}

pub(crate) fn undo_op() -> Op {
    op::<need::ManagePrices>(
        "undo_decision",
        "Bring the price before it back and hold it for a day",
    )
    .shows::<super::offer::OwnView>()
    .conflicts()
}

pub(crate) async fn undo(
    caller: Caller<need::ManagePrices>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<DecisionId>,
) -> Result<Shown<OwnView>, Refusal> {
    let own = state.pricing.undo(&caller.scope, &id).await?;
    Ok(Shown(OwnView::of(own, caller.scope.may(Right::ViewMoney))))
}

pub(crate) fn list_questions_op() -> Op {
    op::<need::ViewPrices>("list_questions", "Questions that wait for a person")
        .query::<crate::shape::ListQuery>()
        .lists::<DecisionView>()
}

/// Open questions of a shop, newest first.
pub(crate) async fn list_questions(
    caller: Caller<need::ViewPrices>,
    State(state): State<ApiState>,
    PathParams(shop): PathParams<ShopId>,
    QueryParams(query): QueryParams<crate::shape::ListQuery>,
) -> Result<Shown<Page<DecisionView>>, Refusal> {
    let mut growing = Growing::new(query.after.as_deref(), query.limit)?;
    let page = loop {
        let all = state
            .pricing
            .questions(&caller.scope, &shop, growing.asked())
            .await?;
        if let Some(page) = growing.page(all, |kept| kept.id.to_string())? {
            break page;
        }
    };
    let shows_money = caller.scope.may(Right::ViewMoney);
    let items = page
        .items
        .iter()
        .map(|kept| DecisionView::of(kept, state.edge.words(), caller.language, shows_money))
        .collect();
    Ok(Shown(Page {
        items,
        next: page.next,
    }))
}

/// The answer to a question.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AnswerBody {
    /// `yes` publishes the asked price, `no` leaves it.
    pub answer: YesNoWord,
}

impl Example for AnswerBody {
    fn example() -> Value {
        json!({"answer": "yes"})
    }
}

pub(crate) fn answer_op() -> Op {
    op::<need::ManagePrices>("answer_question", "Answer a question of the bot")
        .body::<AnswerBody>()
        .conflicts()
}

pub(crate) async fn answer(
    caller: Caller<need::ManagePrices>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<DecisionId>,
    JsonBody(body): JsonBody<AnswerBody>,
) -> Result<Done, Refusal> {
    state
        .pricing
        .answer(&caller.scope, &id, body.answer.0 == YesNo::Yes)
        .await?;
    Ok(Done)
}
