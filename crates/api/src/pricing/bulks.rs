//! Bulk changes: what one would do, doing it, looking at it, undoing it.

use super::bulk_body::BulkBody;
use crate::{
    ApiState,
    describe::{Op, op},
    shape::{Made, Moment, Shown, text_of},
};
use axum::extract::State;
use sauda_edge::{Arg, Caller, JsonBody, Language, PathParams, Refusal, Words, need};
use sauda_kernel::{BulkId, ShopId};
use sauda_pricing::{
    Bulk,
    service::{BulkPreview, Refusal as RefusedOffer},
};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Before and after of one offer.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BulkSample)]
pub(crate) struct SampleView {
    pub offer_id: String,
    pub sku: String,
    pub title: String,
    pub before: String,
    pub after: String,
}

/// One offer that cannot be changed so.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BulkRefusal)]
pub(crate) struct RefusedView {
    pub sku: String,
    pub title: String,
    pub code: String,
    pub args: BTreeMap<String, String>,
    /// In the language of the request.
    pub detail: String,
}

fn refused(all: Vec<RefusedOffer>, words: &Words, language: Language) -> Vec<RefusedView> {
    let mut views = Vec::with_capacity(all.len());
    for one in all {
        let args: Vec<(&str, Arg)> = one
            .args
            .iter()
            .map(|(name, value)| (name.as_str(), Arg::from(value.as_str())))
            .collect();
        let detail = text_of(words, language, &format!("err-{}", one.code), &args);
        views.push(RefusedView {
            sku: one.sku,
            title: one.title,
            code: one.code,
            args: one.args.into_iter().collect(),
            detail,
        });
    }
    views
}

/// What a bulk change would do.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BulkPreview)]
pub(crate) struct PreviewView {
    pub changed: usize,
    pub unchanged: usize,
    /// Up to five.
    pub samples: Vec<SampleView>,
    pub refused: Vec<RefusedView>,
}

impl PreviewView {
    fn of(preview: BulkPreview, words: &Words, language: Language) -> Self {
        let samples = preview
            .samples
            .into_iter()
            .map(|one| SampleView {
                offer_id: one.offer.to_string(),
                sku: one.sku,
                title: one.title,
                before: one.before,
                after: one.after,
            })
            .collect();
        Self {
            changed: preview.changed,
            unchanged: preview.unchanged,
            samples,
            refused: refused(preview.refused, words, language),
        }
    }
}

/// A bulk change that was made.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Bulk)]
pub(crate) struct BulkView {
    pub id: String,
    pub shop_id: String,
    pub by: String,
    pub at: Moment,
    /// `going` while a large change is being made, then `done`; `undoing` while it is put back, then `undone`.
    pub state: &'static str,
    /// Offers that it is for.
    pub total: i64,
    pub changed: i64,
    pub unchanged: i64,
    pub refused_count: i64,
    /// When it was through; null while it goes on.
    pub finished_at: Option<Moment>,
    /// Until when it can be undone.
    pub undo_until: Moment,
    /// When somebody asked for it to be put back.
    pub undone_at: Option<Moment>,
    /// Offers that were put back. Those that somebody changed since stay as they are and are not counted.
    pub put_back: i64,
    pub refused: Vec<RefusedView>,
}

impl BulkView {
    pub(super) fn of(bulk: Bulk, refusals: Vec<RefusedOffer>, words: &Words, language: Language) -> Self {
        let state = bulk.state().word();
        Self {
            id: bulk.id.to_string(),
            shop_id: bulk.shop.to_string(),
            by: bulk.by,
            at: bulk.at.into(),
            state,
            total: bulk.total,
            changed: bulk.changed,
            unchanged: bulk.unchanged,
            refused_count: bulk.refused,
            finished_at: bulk.finished_at.map(Moment),
            undo_until: bulk.undo_until.into(),
            undone_at: bulk.undone_at.map(Moment),
            put_back: bulk.put_back,
            refused: refused(refusals, words, language),
        }
    }
}

pub(crate) fn preview_op() -> Op {
    op::<need::ManagePrices>("preview_bulk", "What a bulk change would do")
        .body::<super::bulk_body::BulkBody>()
        .shows::<PreviewView>()
}

pub(crate) async fn preview(
    caller: Caller<need::ManagePrices>,
    State(state): State<ApiState>,
    PathParams(shop): PathParams<ShopId>,
    JsonBody(body): JsonBody<BulkBody>,
) -> Result<Shown<PreviewView>, Refusal> {
    let city = super::city_of(&state, &caller.scope, &shop, body.city.as_deref()).await?;
    let selection = body.selection.read(&caller.scope, city)?;
    let preview = state
        .pricing
        .bulk_preview(&caller.scope, &shop, &selection, &body.act.read()?)
        .await?;
    Ok(Shown(PreviewView::of(
        preview,
        state.edge.words(),
        caller.language,
    )))
}

pub(crate) fn apply_op() -> Op {
    op::<need::ManagePrices>("apply_bulk", "Change many offers at once")
        .body::<super::bulk_body::BulkBody>()
        .makes::<BulkView>()
}

pub(crate) async fn apply(
    caller: Caller<need::ManagePrices>,
    State(state): State<ApiState>,
    PathParams(shop): PathParams<ShopId>,
    JsonBody(body): JsonBody<BulkBody>,
) -> Result<Made<BulkView>, Refusal> {
    let city = super::city_of(&state, &caller.scope, &shop, body.city.as_deref()).await?;
    let selection = body.selection.read(&caller.scope, city)?;
    let bulk = state
        .pricing
        .bulk_apply(&caller.scope, &shop, &selection, &body.act.read()?)
        .await?;
    Ok(Made(view(&state, &caller, bulk).await?))
}

/// A bulk change with its refusals, in the language of the caller.
pub(super) async fn view<R>(state: &ApiState, caller: &Caller<R>, bulk: Bulk) -> Result<BulkView, Refusal> {
    let refusals = state.pricing.bulk_refusals(&caller.scope, &bulk.id).await?;
    Ok(BulkView::of(bulk, refusals, state.edge.words(), caller.language))
}

pub(crate) fn show_op() -> Op {
    op::<need::ViewPrices>("show_bulk", "A bulk change with its refusals").shows::<BulkView>()
}

pub(crate) async fn show(
    caller: Caller<need::ViewPrices>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<BulkId>,
) -> Result<Shown<BulkView>, Refusal> {
    let bulk = state.pricing.bulk(&caller.scope, &id).await?;
    Ok(Shown(view(&state, &caller, bulk).await?))
}

pub(crate) fn undo_op() -> Op {
    op::<need::ManagePrices>("undo_bulk", "Put back what a bulk change changed, for a day")
        .shows::<BulkView>()
        .conflicts()
}

pub(crate) async fn undo(
    caller: Caller<need::ManagePrices>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<BulkId>,
) -> Result<Shown<BulkView>, Refusal> {
    let bulk = state.pricing.bulk_undo(&caller.scope, &id).await?;
    Ok(Shown(view(&state, &caller, bulk).await?))
}
