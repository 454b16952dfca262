//! Reports that are made by themselves: list, add, change, pause, remove, one now.

use crate::{
    ApiState,
    describe::{Example, Op, op},
    shape::{Done, ListQuery, Made, Moment, Page, Shown, page_of},
};
use axum::extract::State;
use sauda_edge::{Caller, JsonBody, Language, PathParams, QueryParams, Refusal, need};
use sauda_kernel::{Kind, Public, ShopId};
use sauda_reports::timed::{Frequency, NewPlan, Plan, PlanId, PlanKind, Recipient};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// A report that is made by itself.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReportPlan)]
pub(crate) struct PlanView {
    pub id: String,
    pub name: String,
    /// `reorder`, `forecast`, `profit`, `market` or `errors`.
    pub kind: &'static str,
    /// Nothing: all shops.
    pub shop_id: Option<String>,
    /// `daily`, `weekly`, `biweekly` or `monthly`.
    pub frequency: &'static str,
    /// Day of the week from Monday 1, or of the month.
    pub day: u32,
    /// In Almaty, such as `09:00`.
    pub time: String,
    /// `screen`, `telegram`, `mail`, `telegram:<chat or login>`, `mail:<address>`.
    pub recipients: Vec<String>,
    pub language: &'static str,
    pub pictures: bool,
    pub paused: bool,
    /// Declared in the settings file: it can be paused, and is changed there.
    pub from_file: bool,
    pub next_at: Moment,
    pub last_due_at: Option<Moment>,
}

impl From<&Plan> for PlanView {
    fn from(plan: &Plan) -> Self {
        let wish = &plan.wish;
        Self {
            id: plan.id.to_string(),
            name: wish.name.clone(),
            kind: wish.kind.word(),
            shop_id: wish.shop.as_ref().map(ToString::to_string),
            frequency: wish.frequency.word(),
            day: wish.day,
            time: format!("{:02}:{:02}", wish.minute / 60, wish.minute % 60),
            recipients: wish.recipients.iter().map(Recipient::word).collect(),
            language: wish.language.word(),
            pictures: wish.pictures,
            paused: plan.is_paused,
            from_file: plan.from_file,
            next_at: plan.next_at.into(),
            last_due_at: plan.last_due_at.map(Moment),
        }
    }
}

/// A report that is to be made by itself.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewReportPlan)]
pub(crate) struct NewPlanBody {
    pub name: String,
    /// `reorder`, `forecast`, `profit`, `market` or `errors`.
    pub kind: String,
    /// For `profit` and `errors`; nothing: all shops.
    pub shop_id: Option<String>,
    /// `daily`, `weekly`, `biweekly` or `monthly`.
    pub frequency: String,
    /// Day of the week from Monday 1, or of the month; 1 without it. A shorter month ends with its last day.
    pub day: Option<u32>,
    /// In Almaty, such as `09:00`.
    pub time: String,
    /// `screen`, `telegram`, `mail`, `telegram:<chat or login>`, `mail:<address>`.
    pub recipients: Vec<String>,
    /// `ru`, `kk` or `en`; `ru` without it.
    pub language: Option<String>,
    /// Whether its drawing and a PDF go along; they do without it.
    pub pictures: Option<bool>,
}

impl Example for NewPlanBody {
    fn example() -> Value {
        json!({"name": "Profit of the week", "kind": "profit", "frequency": "weekly", "day": 1, "time": "09:00", "recipients": ["screen"], "language": "en", "pictures": true})
    }
}

impl NewPlanBody {
    fn read(&self) -> Result<NewPlan, Refusal> {
        let wrong = |code: &'static str, field: &'static str, value: &str| {
            Refusal::new(Kind::Invalid, Public::new(code).field(field).arg("value", value))
        };
        let shop = self
            .shop_id
            .as_deref()
            .map(|id| ShopId::parse(id).map_err(|_| wrong("invalid-value", "shop_id", id)));
        let recipients = self
            .recipients
            .iter()
            .map(|word| Recipient::parse(word).ok_or_else(|| wrong("invalid-value", "recipients", word)))
            .collect::<Result<Vec<_>, _>>()?;
        let language = self.language.as_deref().unwrap_or("ru");
        Ok(NewPlan {
            name: self.name.clone(),
            kind: PlanKind::parse(&self.kind).ok_or_else(|| wrong("invalid-value", "kind", &self.kind))?,
            shop: shop.transpose()?,
            frequency: Frequency::parse(&self.frequency)
                .ok_or_else(|| wrong("invalid-value", "frequency", &self.frequency))?,
            day: self.day.unwrap_or(1),
            minute: minute(&self.time).ok_or_else(|| wrong("report-time", "time", &self.time))?,
            recipients,
            language: Language::parse(language)
                .ok_or_else(|| wrong("invalid-value", "language", language))?,
            pictures: self.pictures.unwrap_or(true),
        })
    }
}

fn minute(text: &str) -> Option<u32> {
    let (hour, minute) = text.trim().split_once(':')?;
    let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

pub(crate) fn list_op() -> Op {
    op::<need::ViewAutomation>("list_report_plans", "Reports that are made by themselves")
        .query::<ListQuery>()
        .lists::<PlanView>()
}

pub(crate) async fn list(
    caller: Caller<need::ViewAutomation>,
    State(state): State<ApiState>,
    QueryParams(query): QueryParams<ListQuery>,
) -> Result<Shown<Page<PlanView>>, Refusal> {
    let mut all = state.report_plans.plans(&caller.scope).await?;
    all.sort_by(|one, other| one.id.cmp(&other.id));
    let views = all.iter().map(PlanView::from).collect();
    Ok(Shown(page_of(
        views,
        |plan: &PlanView| plan.id.clone(),
        query.after.as_deref(),
        query.limit,
    )?))
}

pub(crate) fn show_op() -> Op {
    op::<need::ViewAutomation>("show_report_plan", "One of them").shows::<PlanView>()
}

pub(crate) async fn show(
    caller: Caller<need::ViewAutomation>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<PlanId>,
) -> Result<Shown<PlanView>, Refusal> {
    let plan = state.report_plans.plan(&caller.scope, &id).await?;
    Ok(Shown(PlanView::from(&plan)))
}

pub(crate) fn create_op() -> Op {
    op::<need::ManageAutomation>("create_report_plan", "Let a report be made by itself")
        .about("A period that was missed is made up for once. Letters go to confirmed addresses only, profit to no group.")
        .body::<NewPlanBody>()
        .conflicts()
        .makes::<PlanView>()
}

pub(crate) async fn create(
    caller: Caller<need::ManageAutomation>,
    State(state): State<ApiState>,
    JsonBody(body): JsonBody<NewPlanBody>,
) -> Result<Made<PlanView>, Refusal> {
    let plan = state.report_plans.add(&caller.scope, &body.read()?).await?;
    Ok(Made(PlanView::from(&plan)))
}

pub(crate) fn put_op() -> Op {
    op::<need::ManageAutomation>("put_report_plan", "Change a report that is made by itself")
        .about("A period that has its report gets no second one.")
        .body::<NewPlanBody>()
        .conflicts()
        .shows::<PlanView>()
}

pub(crate) async fn put(
    caller: Caller<need::ManageAutomation>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<PlanId>,
    JsonBody(body): JsonBody<NewPlanBody>,
) -> Result<Shown<PlanView>, Refusal> {
    let plan = state
        .report_plans
        .change(&caller.scope, &id, &body.read()?)
        .await?;
    Ok(Shown(PlanView::from(&plan)))
}

/// Whether a report rests.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReportPlanPatch)]
pub(crate) struct PatchBody {
    pub paused: bool,
}

impl Example for PatchBody {
    fn example() -> Value {
        json!({"paused": true})
    }
}

pub(crate) fn change_op() -> Op {
    op::<need::ManageAutomation>("change_report_plan", "Let a report rest, or go on")
        .about("What was missed meanwhile is not made up for.")
        .body::<PatchBody>()
}

pub(crate) async fn change(
    caller: Caller<need::ManageAutomation>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<PlanId>,
    JsonBody(body): JsonBody<PatchBody>,
) -> Result<Done, Refusal> {
    state.report_plans.pause(&caller.scope, &id, body.paused).await?;
    Ok(Done)
}

pub(crate) fn remove_op() -> Op {
    op::<need::ManageAutomation>("remove_report_plan", "Make a report no more").conflicts()
}

pub(crate) async fn remove(
    caller: Caller<need::ManageAutomation>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<PlanId>,
) -> Result<Done, Refusal> {
    state.report_plans.remove(&caller.scope, &id).await?;
    Ok(Done)
}

/// The report that is being made.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReportAsked)]
pub(crate) struct AskedView {
    pub report_id: String,
}

pub(crate) fn send_op() -> Op {
    op::<need::ManageAutomation>("send_report_now", "Make and send a report now")
        .about("Asked for twice in a minute it is made once. Look at the report for how far it is.")
        .makes::<AskedView>()
}

pub(crate) async fn send(
    caller: Caller<need::ManageAutomation>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<PlanId>,
) -> Result<Made<AskedView>, Refusal> {
    let made = state.report_plans.send_now(&caller.scope, &id).await?;
    Ok(Made(AskedView {
        report_id: made.id.to_string(),
    }))
}
