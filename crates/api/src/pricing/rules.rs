//! Named rules: list, make, look, change, put away.

use super::{no_change, rule_settings::SettingsBody};
use crate::{
    ApiState,
    describe::{Example, Op, op},
    shape::{Done, IfMatch, ListQuery, Made, Moment, Page, RuleStateWord, Shown, Versioned, Word, page_of},
};
use axum::extract::State;
use sauda_edge::{Caller, JsonBody, PathParams, QueryParams, Refusal, need};
use sauda_kernel::RuleId;
use sauda_pricing::service::{NamedRule, RuleState};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// One rule.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Rule)]
pub(crate) struct RuleView {
    pub id: String,
    pub name: String,
    pub settings: SettingsBody,
    /// `draft` decides nothing, `share` for a tenth of its offers, `on` for all.
    pub state: RuleStateWord,
    /// How many offers use it.
    pub offers: i64,
    pub version: i64,
    pub updated_by: String,
    pub updated_at: Moment,
}

impl From<NamedRule> for RuleView {
    fn from(rule: NamedRule) -> Self {
        Self {
            id: rule.id.to_string(),
            name: rule.name,
            settings: rule.settings.into(),
            state: Word(rule.state),
            offers: rule.offers,
            version: rule.version,
            updated_by: rule.updated_by,
            updated_at: rule.updated_at.into(),
        }
    }
}

pub(crate) fn list_op() -> Op {
    op::<need::ViewPrices>("list_rules", "Rules with how many offers use each")
        .query::<ListQuery>()
        .lists::<RuleView>()
}

pub(crate) async fn list(
    caller: Caller<need::ViewPrices>,
    State(state): State<ApiState>,
    QueryParams(query): QueryParams<ListQuery>,
) -> Result<Shown<Page<RuleView>>, Refusal> {
    let all = state.pricing.rules(&caller.scope).await?;
    let page = page_of(
        all,
        |rule| rule.id.to_string(),
        query.after.as_deref(),
        query.limit,
    )?;
    Ok(Shown(Page {
        items: page.items.into_iter().map(RuleView::from).collect(),
        next: page.next,
    }))
}

pub(crate) fn show_op() -> Op {
    op::<need::ViewPrices>("show_rule", "One rule").shows::<RuleView>()
}

pub(crate) async fn show(
    caller: Caller<need::ViewPrices>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<RuleId>,
) -> Result<Versioned<RuleView>, Refusal> {
    let rule = state.pricing.rule(&caller.scope, &id).await?;
    let version = rule.version;
    Ok(Versioned(rule.into(), version))
}

/// A rule to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewRule {
    /// 1 to 80 characters.
    pub name: String,
    #[serde(default)]
    pub settings: SettingsBody,
    /// `draft` without it.
    #[serde(default)]
    pub state: Option<RuleStateWord>,
}

impl Example for NewRule {
    fn example() -> Value {
        json!({
            "name": "Fast movers",
            "state": "on",
            "settings": {
                "strategy": {"kind": "always_first"},
                "step": {"amount_minor": 100, "currency": "KZT"},
                "max_day": {"bp": 1500},
                "ignore": {"preorder": true, "rating_below_milli": 4000},
                "dead_man": {"minutes": 120, "action": "alarm"},
            },
        })
    }
}

pub(crate) fn create_op() -> Op {
    op::<need::ManagePrices>("create_rule", "Make a rule")
        .body::<NewRule>()
        .makes::<RuleView>()
}

pub(crate) async fn create(
    caller: Caller<need::ManagePrices>,
    State(state): State<ApiState>,
    JsonBody(body): JsonBody<NewRule>,
) -> Result<Made<RuleView>, Refusal> {
    let wanted = body.state.map_or(RuleState::Draft, |state| state.0);
    let rule = state
        .pricing
        .create_rule(&caller.scope, &body.name, body.settings.read()?, wanted)
        .await?;
    Ok(Made(rule.into()))
}

/// What to change of a rule; absent members stay.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RulePatch {
    #[serde(default)]
    pub name: Option<String>,
    /// Replaces the settings whole: a member that is absent in it becomes inherited.
    #[serde(default)]
    pub settings: Option<SettingsBody>,
    #[serde(default)]
    pub state: Option<RuleStateWord>,
}

impl Example for RulePatch {
    fn example() -> Value {
        json!({"state": "share"})
    }
}

pub(crate) fn change_op() -> Op {
    op::<need::ManagePrices>("change_rule", "Change a rule")
        .versioned()
        .body::<RulePatch>()
        .shows::<RuleView>()
}

pub(crate) async fn change(
    caller: Caller<need::ManagePrices>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<RuleId>,
    IfMatch(seen): IfMatch,
    JsonBody(body): JsonBody<RulePatch>,
) -> Result<Versioned<RuleView>, Refusal> {
    if body.name.is_none() && body.settings.is_none() && body.state.is_none() {
        return Err(no_change());
    }
    let before = state.pricing.rule(&caller.scope, &id).await?;
    let settings = body.settings.map_or(Ok(before.settings), SettingsBody::read)?;
    let wanted = body.state.map_or(before.state, |state| state.0);
    let name = body.name.unwrap_or(before.name);
    let rule = state
        .pricing
        .save_rule(&caller.scope, &id, &name, settings, wanted, seen)
        .await?;
    let version = rule.version;
    Ok(Versioned(rule.into(), version))
}

pub(crate) fn archive_op() -> Op {
    op::<need::ManagePrices>("archive_rule", "Put a rule away that no offer uses").conflicts()
}

pub(crate) async fn archive(
    caller: Caller<need::ManagePrices>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<RuleId>,
) -> Result<Done, Refusal> {
    state.pricing.archive_rule(&caller.scope, &id).await?;
    Ok(Done)
}
