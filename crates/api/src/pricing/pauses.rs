//! Pauses of everything, a shop, a rule or an offer.

use crate::{
    ApiState,
    describe::{Example, Op, op},
    shape::{Done, ListQuery, Made, Moment, Page, PauseKind, PauseKindWord, Shown, Word, not_found, page_of},
};
use axum::extract::State;
use sauda_edge::{Caller, JsonBody, PathParams, QueryParams, Refusal, need};
use sauda_pricing::service::{Pause, PauseSubject};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// One pause that holds.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Pause)]
pub(crate) struct PauseView {
    /// Its name in addresses: `everything`, or the id of the shop, rule or offer.
    pub subject: String,
    pub kind: PauseKindWord,
    /// `null`: until it is taken off.
    pub until: Option<Moment>,
    pub by: String,
    pub at: Moment,
}

impl From<Pause> for PauseView {
    fn from(pause: Pause) -> Self {
        let (kind, subject) = match pause.subject {
            PauseSubject::Everything => (PauseKind::Everything, "everything".to_owned()),
            PauseSubject::Shop(id) => (PauseKind::Shop, id.to_string()),
            PauseSubject::Rule(id) => (PauseKind::Rule, id.to_string()),
            PauseSubject::Offer(id) => (PauseKind::Offer, id.to_string()),
        };
        Self {
            subject,
            kind: Word(kind),
            until: pause.until.map(Moment),
            by: pause.by,
            at: pause.at.into(),
        }
    }
}

/// `everything`, or an id by its prefix.
fn subject_of(text: &str) -> Result<PauseSubject, Refusal> {
    let kind = match text.split('_').next() {
        Some("everything") => "everything",
        Some("shp") => "shop",
        Some("rul") => "rule",
        Some("off") => "offer",
        _ => "",
    };
    PauseSubject::parse(kind, text)
        .ok_or_else(|| not_found("pause", &text.chars().take(80).collect::<String>()))
}

pub(crate) fn list_op() -> Op {
    op::<need::ViewPrices>("list_pauses", "Pauses that hold")
        .query::<ListQuery>()
        .lists::<PauseView>()
}

pub(crate) async fn list(
    caller: Caller<need::ViewPrices>,
    State(state): State<ApiState>,
    QueryParams(query): QueryParams<ListQuery>,
) -> Result<Shown<Page<PauseView>>, Refusal> {
    let all: Vec<PauseView> = state
        .pricing
        .pauses(&caller.scope)
        .await?
        .into_iter()
        .map(PauseView::from)
        .collect();
    Ok(Shown(page_of(
        all,
        |pause| pause.subject.clone(),
        query.after.as_deref(),
        query.limit,
    )?))
}

/// What to pause and until when.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPause {
    /// `everything`, or the id of a shop, rule or offer.
    pub subject: String,
    /// Nothing: until it is taken off.
    #[serde(default)]
    pub until: Option<Moment>,
}

impl Example for NewPause {
    fn example() -> Value {
        json!({"subject": "everything", "until": "2026-11-20T18:00:00Z"})
    }
}

pub(crate) fn create_op() -> Op {
    op::<need::ManagePrices>(
        "create_pause",
        "Stop changing prices of everything, a shop, a rule or an offer",
    )
    .body::<NewPause>()
    .makes::<PauseView>()
}

pub(crate) async fn create(
    caller: Caller<need::ManagePrices>,
    State(state): State<ApiState>,
    JsonBody(body): JsonBody<NewPause>,
) -> Result<Made<PauseView>, Refusal> {
    let pause = state
        .pricing
        .pause(
            &caller.scope,
            subject_of(&body.subject)?,
            body.until.map(|until| until.0),
        )
        .await?;
    Ok(Made(pause.into()))
}

pub(crate) fn remove_op() -> Op {
    op::<need::ManagePrices>("remove_pause", "Go on")
}

pub(crate) async fn remove(
    caller: Caller<need::ManagePrices>,
    State(state): State<ApiState>,
    PathParams(subject): PathParams<String>,
) -> Result<Done, Refusal> {
    state
        .pricing
        .resume(&caller.scope, &subject_of(&subject)?)
        .await?;
    Ok(Done)
}
