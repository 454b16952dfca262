//! The day of a shop for programs: started, watched, held. It is done by a worker: look at the run for what became of it.

use crate::{
    ApiState,
    describe::{Example, Op, op},
    shape::{Done, Made, Moment, Page, Shown},
};
use axum::extract::State;
use sauda_edge::{Caller, JsonBody, PathParams, Refusal, need};
use sauda_kernel::{DayRunId, Kind, Public, ShopId};
use sauda_orders::{
    DayItem, DayRun, DayView,
    model::{DaySettings, DayStep},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Last things that a run tells.
const LAST: i64 = 100;

/// A run of the day in short.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Day)]
pub(crate) struct RunView {
    pub id: String,
    /// `running`, `paused`, `stopped`, `done`, `ended`.
    pub state: &'static str,
    /// Empty when it started by itself.
    pub started_by: String,
    pub started_at: Moment,
    pub ended_at: Option<Moment>,
    /// Why it stopped: `no-key`, `bad-token`, `silent`.
    pub trouble: Option<String>,
    pub report: Option<ReportView>,
}

/// What came of a run.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DayReport)]
pub(crate) struct ReportView {
    /// Orders that were looked at.
    pub orders: i64,
    pub accepted: i64,
    pub assembled: i64,
    pub waybills: i64,
    /// Orders that wait for a person.
    pub troubled: i64,
    /// Orders whose size was advised, those among them that were bought in another one, and those without data.
    pub advised: i64,
    pub size_remarks: i64,
    pub size_no_data: i64,
    /// Orders whose buyers were asked about the size, and those among them who named one.
    pub asked: i64,
    pub confirmed: i64,
    /// Articles of offers that run low, with their pieces.
    pub low_stock: BTreeMap<String, i64>,
    /// How many orders stood where at the end, by stage.
    pub stages: BTreeMap<String, i64>,
}

/// A step of a run.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DayStep)]
pub(crate) struct StepView {
    /// `fetch`, `check`, `sizes`, `confirm`, `accept`, `assemble`, `waybills`, `papers`, `stock`, `statuses`, `report`.
    pub step: &'static str,
    /// `waiting`, `running`, `done`, `skipped`.
    pub state: &'static str,
    pub began_at: Option<Moment>,
    pub ended_at: Option<Moment>,
    /// Orders in it.
    pub total: i64,
    pub done: i64,
    pub trouble: i64,
}

/// An order in a step.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DayItem)]
pub(crate) struct ItemView {
    pub at: Moment,
    pub step: &'static str,
    pub order: String,
    /// `asked`, `done`, `trouble`, `left`.
    pub state: &'static str,
    /// Why it is in trouble or left alone.
    pub why: Option<String>,
    /// The marketplace's own words.
    pub text: Option<String>,
}

/// A run with its steps.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WholeDay)]
pub(crate) struct WholeView {
    pub day: RunView,
    pub steps: Vec<StepView>,
    /// Oldest first.
    pub troubles: Vec<ItemView>,
    /// Done, with something to say: oldest first.
    pub remarks: Vec<ItemView>,
    /// Newest first.
    pub last: Vec<ItemView>,
}

impl From<&DayRun> for RunView {
    fn from(run: &DayRun) -> Self {
        Self {
            id: run.id.to_string(),
            state: run.state.word(),
            started_by: run.started_by.clone(),
            started_at: run.started_at.into(),
            ended_at: run.ended_at.map(Moment),
            trouble: run.trouble.clone(),
            report: run.report.as_ref().map(|report| ReportView {
                orders: report.orders,
                accepted: report.accepted,
                assembled: report.assembled,
                waybills: report.waybills,
                troubled: report.troubled,
                advised: report.advised,
                size_remarks: report.size_remarks,
                size_no_data: report.size_no_data,
                asked: report.asked,
                confirmed: report.confirmed,
                low_stock: report
                    .low
                    .iter()
                    .map(|low| (low.sku.clone(), low.pieces))
                    .collect(),
                stages: report.stages.iter().cloned().collect(),
            }),
        }
    }
}

impl From<&DayItem> for ItemView {
    fn from(item: &DayItem) -> Self {
        Self {
            at: item.at.into(),
            step: item.step.word(),
            order: item.code.clone(),
            state: item.state.word(),
            why: item.trouble.clone(),
            text: item.trouble_text.clone(),
        }
    }
}

impl From<&DayView> for WholeView {
    fn from(seen: &DayView) -> Self {
        Self {
            day: RunView::from(&seen.run),
            steps: seen
                .steps
                .iter()
                .map(|(step, counts)| StepView {
                    step: step.step.word(),
                    state: step.state.word(),
                    began_at: step.began_at.map(Moment),
                    ended_at: step.ended_at.map(Moment),
                    total: counts.total(),
                    done: counts.done,
                    trouble: counts.trouble,
                })
                .collect(),
            troubles: seen.troubles.iter().map(ItemView::from).collect(),
            remarks: seen.remarks.iter().map(ItemView::from).collect(),
            last: seen.last.iter().map(ItemView::from).collect(),
        }
    }
}

pub(crate) fn list_op() -> Op {
    op::<need::ViewOrders>("list_days", "The last runs of a shop's day, the newest first").lists::<RunView>()
}

pub(crate) async fn list(
    caller: Caller<need::ViewOrders>,
    State(state): State<ApiState>,
    PathParams(shop): PathParams<ShopId>,
) -> Result<Shown<Page<RunView>>, Refusal> {
    let runs = state.orders.days(&caller.scope, &shop).await?;
    Ok(Shown(Page {
        items: runs.iter().map(RunView::from).collect(),
        next: None,
    }))
}

pub(crate) fn start_op() -> Op {
    op::<need::ManageOrders>("start_day", "Run the day of a shop")
        .about("One run of a shop is open at a time: whoever starts a second time is given the first. What was done is never done twice.")
        .makes::<RunView>()
}

pub(crate) async fn start(
    caller: Caller<need::ManageOrders>,
    State(state): State<ApiState>,
    PathParams(shop): PathParams<ShopId>,
) -> Result<Made<RunView>, Refusal> {
    let run = state.orders.start_day(&caller.scope, &shop).await?;
    Ok(Made(RunView::from(&run)))
}

pub(crate) fn show_op() -> Op {
    op::<need::ViewOrders>("show_day", "A run of the day with its steps").shows::<WholeView>()
}

pub(crate) async fn show(
    caller: Caller<need::ViewOrders>,
    State(state): State<ApiState>,
    PathParams((shop, day)): PathParams<(ShopId, DayRunId)>,
) -> Result<Shown<WholeView>, Refusal> {
    let seen = state.orders.day(&caller.scope, &shop, &day, LAST).await?;
    Ok(Shown(WholeView::from(&seen)))
}

/// What to do with a run.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NewDayAct)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewAct {
    /// `pause`, `go_on`, `end`, `skip`, `repeat`.
    pub act: String,
    /// For `skip` and `repeat`.
    #[serde(default)]
    pub step: Option<String>,
}

impl Example for NewAct {
    fn example() -> Value {
        json!({"act": "repeat", "step": "accept"})
    }
}

fn wrong(field: &'static str, value: &str) -> Refusal {
    Refusal::new(
        Kind::Invalid,
        Public::new("invalid-value").field(field).arg("value", value),
    )
}

pub(crate) fn act_op() -> Op {
    op::<need::ManageOrders>(
        "act_on_day",
        "Hold a run, let it go on, end it, skip or repeat a step",
    )
    .body::<NewAct>()
}

pub(crate) async fn act(
    caller: Caller<need::ManageOrders>,
    State(state): State<ApiState>,
    PathParams((shop, day)): PathParams<(ShopId, DayRunId)>,
    JsonBody(body): JsonBody<NewAct>,
) -> Result<Done, Refusal> {
    let (orders, scope) = (&state.orders, &caller.scope);
    let step = || {
        let word = body.step.as_deref().unwrap_or_default();
        DayStep::parse(word).ok_or_else(|| wrong("step", word))
    };
    match body.act.as_str() {
        "pause" => orders.pause_day(scope, &shop, &day).await?,
        "go_on" => orders.go_on_day(scope, &shop, &day).await?,
        "end" => orders.end_day(scope, &shop, &day).await?,
        "skip" => orders.skip_step(scope, &shop, &day, step()?).await?,
        "repeat" => orders.repeat_step(scope, &shop, &day, step()?).await?,
        other => return Err(wrong("act", other)),
    }
    Ok(Done)
}

/// How a shop's day goes.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = DaySettings)]
#[serde(deny_unknown_fields)]
pub(crate) struct SettingsBody {
    /// Steps that are left out; `check` and `report` cannot be.
    pub skips: Vec<String>,
    /// Minute of the day in Almaty at which it starts by itself, 0 to 1439; null when a person starts it.
    pub starts_at: Option<i64>,
    /// Days of the week on which it does, Monday is 1.
    pub weekdays: Vec<u32>,
    /// Pieces from which on down an offer is said to run low, 0 to 1000.
    pub low_stock: i64,
}

impl Example for SettingsBody {
    fn example() -> Value {
        json!({"skips": [], "starts_at": 510, "weekdays": [1, 2, 3, 4, 5, 6], "low_stock": 2})
    }
}

impl From<&DaySettings> for SettingsBody {
    fn from(settings: &DaySettings) -> Self {
        Self {
            skips: settings.skips.iter().map(|step| step.word().to_owned()).collect(),
            starts_at: settings.starts_at,
            weekdays: settings.weekdays.clone(),
            low_stock: settings.low_stock,
        }
    }
}

pub(crate) fn settings_op() -> Op {
    op::<need::ViewOrders>("show_day_settings", "How a shop's day goes").shows::<SettingsBody>()
}

pub(crate) async fn settings(
    caller: Caller<need::ViewOrders>,
    State(state): State<ApiState>,
    PathParams(shop): PathParams<ShopId>,
) -> Result<Shown<SettingsBody>, Refusal> {
    let settings = state.orders.day_settings(&caller.scope, &shop).await?;
    Ok(Shown(SettingsBody::from(&settings)))
}

pub(crate) fn put_op() -> Op {
    op::<need::ManageOrders>("put_day_settings", "Set how a shop's day goes")
        .body::<SettingsBody>()
        .shows::<SettingsBody>()
}

pub(crate) async fn put(
    caller: Caller<need::ManageOrders>,
    State(state): State<ApiState>,
    PathParams(shop): PathParams<ShopId>,
    JsonBody(body): JsonBody<SettingsBody>,
) -> Result<Shown<SettingsBody>, Refusal> {
    let skips = body
        .skips
        .iter()
        .map(|word| DayStep::parse(word).ok_or_else(|| wrong("skips", word)))
        .collect::<Result<_, _>>()?;
    let settings = DaySettings {
        skips,
        starts_at: body.starts_at,
        weekdays: body.weekdays,
        low_stock: body.low_stock,
    };
    state
        .orders
        .put_day_settings(&caller.scope, &shop, &settings)
        .await?;
    Ok(Shown(SettingsBody::from(&settings)))
}
