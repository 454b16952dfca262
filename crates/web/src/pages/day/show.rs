//! Looking at the day: the card, the panel, one run, all runs.

use crate::{
    door::{Desk, draw, language},
    pages::prices::path_of,
    shell::Shell,
    views::{
        day::{DayCard, DayPage, DayPanel, DaysPage, ItemLine, LowLine, ReportLine, RunLine, StepLine},
        parts::Form,
    },
};
use axum::{
    extract::{OriginalUri, State},
    response::{Html, IntoResponse, Response},
};
use sauda_accounts::{Right, Scope, Session};
use sauda_catalog::Shop;
use sauda_edge::{Language, PathParams, Person, Refusal, need};
use sauda_kernel::{DayRunId, Span, Timestamp};
use sauda_orders::{
    DayItem, DayRun, DayView, ItemCounts, OrderFilter, RunStep,
    model::{DaySettings, DayState, DayStep, StepState, View as OrderStage},
};

/// How long a panel stays beside the list when its run is over.
const STAYS: Span = Span::from_mins(30);
/// Lines of the panel's log, of which each step under way shows its own three, and of a page's.
const LAST: i64 = 12;
const LOG: i64 = 300;

fn run_line(run: &DayRun, base: &str) -> RunLine {
    RunLine {
        id: run.id.to_string(),
        href: format!("{base}/orders/runs/{}", run.id),
        state: run.state.word(),
        started_at: run.started_at,
        ended_at: run.ended_at,
        took: run.ended_at.map(|end| end.since(run.started_at).as_micros()),
        by: run.started_by.clone(),
        trouble: run.trouble.clone(),
        report: run.report.as_ref().map(|report| ReportLine {
            orders: report.orders,
            asked: report.asked,
            confirmed: report.confirmed,
            accepted: report.accepted,
            assembled: report.assembled,
            waybills: report.waybills,
            troubled: report.troubled,
            low: report
                .low
                .iter()
                .map(|low| LowLine {
                    title: low.title.clone(),
                    sku: low.sku.clone(),
                    pieces: low.pieces,
                })
                .collect(),
        }),
    }
}

fn item_line(item: &DayItem) -> ItemLine {
    ItemLine {
        at: item.at,
        step: item.step.word(),
        code: item.code.clone(),
        state: item.state.word(),
        why: item.trouble.clone(),
        text: item.trouble_text.clone(),
    }
}

/// How a step looks in a run that stands so.
fn look(step: &RunStep, counts: &ItemCounts, run: DayState) -> &'static str {
    match step.state {
        StepState::Skipped => "skipped",
        StepState::Done if counts.trouble > 0 => "warn",
        StepState::Done => "done",
        StepState::Running if run == DayState::Stopped => "fail",
        StepState::Running if !run.is_over() => "now",
        StepState::Running | StepState::Waiting => "todo",
    }
}

pub(super) fn of_view(seen: &DayView, base: &str, back: String, may_edit: bool, now: Timestamp) -> DayPanel {
    let state = seen.run.state;
    let steps: Vec<StepLine> = (1..)
        .zip(&seen.steps)
        .map(|(place, (step, counts))| StepLine {
            word: step.step.word(),
            place,
            state: look(step, counts, state),
            began_at: step.began_at,
            took: step
                .began_at
                .filter(|_| step.state != StepState::Waiting)
                .map(|began| step.ended_at.unwrap_or(now).since(began).as_micros()),
            total: counts.total(),
            done: counts.done,
            trouble: counts.trouble,
            may_skip: may_edit && !state.is_over() && step.state.is_ahead() && !step.step.is_needed(),
            may_repeat: may_edit && state != DayState::Ended && step.state == StepState::Done,
        })
        .collect();
    // Each step is a part; the one under way counts by its orders.
    let whole = i64::try_from(steps.len()).unwrap_or(1).max(1);
    let parts: i64 = seen
        .steps
        .iter()
        .map(|(step, counts)| match step.state {
            StepState::Done | StepState::Skipped => 100,
            StepState::Running => ((counts.total() - counts.open()) * 100)
                .checked_div(counts.total())
                .unwrap_or(0),
            StepState::Waiting => 0,
        })
        .sum();
    let papers = seen.steps.iter().find(|(step, _)| step.step == DayStep::Papers);
    DayPanel {
        papers: papers
            .filter(|(step, _)| step.state == StepState::Done)
            .map_or(0, |(_, counts)| counts.done),
        place: seen.place().unwrap_or(steps.len()),
        steps,
        percent: parts / whole,
        last: seen.last.iter().map(item_line).collect(),
        troubled: i64::try_from(seen.troubles.len()).unwrap_or(0),
        address: format!("{base}/orders/day"),
        orders: format!("{base}/orders"),
        back,
        may_edit,
        run: run_line(&seen.run, base),
    }
}

/// The run that is worth being beside the list: open, or over a short while ago.
pub(crate) async fn panel(
    desk: &Desk,
    scope: &Scope,
    shop: &Shop,
    base: &str,
) -> Result<Option<DayPanel>, Refusal> {
    let now = desk.now();
    let Some(run) = desk
        .orders
        .last_day(scope, &shop.id)
        .await?
        .filter(|run| run.ended_at.is_none_or(|ended| now.since(ended) < STAYS))
    else {
        return Ok(None);
    };
    let seen = desk.orders.day(scope, &shop.id, &run.id, LAST).await?;
    let back = format!("{base}/orders");
    Ok(Some(of_view(
        &seen,
        base,
        back,
        scope.may(Right::ManageOrders),
        now,
    )))
}

/// What Today shows of the day; nothing for a shop without a key.
pub(crate) async fn card(
    desk: &Desk,
    scope: &Scope,
    shop: &Shop,
    base: &str,
) -> Result<Option<DayCard>, Refusal> {
    if desk.catalog.shop_key(scope, &shop.id).await?.is_none() {
        return Ok(None);
    }
    let counts = desk.orders.counts(scope, &shop.id).await?;
    let settings = desk.orders.day_settings(scope, &shop.id).await?;
    let mut first_due = None;
    for view in [OrderStage::New, OrderStage::Pack] {
        let first = OrderFilter {
            view,
            limit: 1,
            ..OrderFilter::default()
        };
        let due = desk.orders.list(scope, &shop.id, &first).await?.orders;
        let due = due.first().and_then(|order| order.seen.due_at);
        first_due = match (first_due, due) {
            (Some(one), Some(other)) => Some(std::cmp::min(one, other)),
            (one, other) => one.or(other),
        };
    }
    let panel = panel(desk, scope, shop, base).await?;
    let last = desk.orders.last_day(scope, &shop.id).await?;
    Ok(Some(DayCard {
        ready: counts.of(OrderStage::New) + counts.of(OrderStage::Pack),
        first_due,
        last: last
            .filter(|run| run.state.is_over())
            .map(|run| run_line(&run, base)),
        open: panel.filter(|panel| !matches!(panel.run.state, "done" | "ended")),
        base: base.to_owned(),
        may_edit: scope.may(Right::ManageOrders),
        steps: desk
            .orders
            .day_steps()
            .filter(|step| !settings.skips.contains(step))
            .map(DayStep::word)
            .collect(),
        starts_at: settings.starts_at.map(clock),
    }))
}

fn clock(minute: i64) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// The panel alone, as it is now.
pub(super) async fn fragment(
    State(desk): State<Desk>,
    who: Person<need::ViewOrders>,
    PathParams(slug): PathParams<String>,
) -> Result<Response, Refusal> {
    let shop = desk.catalog.shop_by_slug(who.scope(), &slug).await?;
    let Some(panel) = panel(&desk, who.scope(), &shop, &format!("/s/{slug}")).await? else {
        return Ok(Html("").into_response());
    };
    let shell = Shell::bare(language(who.language), desk.now(), "");
    draw(&desk.pages, "live/day.html", &shell, &panel)
}

/// One run, whole.
pub(super) async fn run(
    State(desk): State<Desk>,
    who: Person<need::ViewOrders>,
    PathParams((slug, id)): PathParams<(String, DayRunId)>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refusal> {
    let path = path_of(&uri);
    let at = desk
        .at_shop(&who.session, who.language, &path, "orders", &slug, None)
        .await?;
    let seen = desk.orders.day(who.scope(), &at.shop.id, &id, LOG).await?;
    let may_edit = who.scope().may(Right::ManageOrders);
    let mut panel = of_view(&seen, &at.shell.base, path.clone(), may_edit, desk.now());
    panel.last.truncate(usize::try_from(LAST).unwrap_or(3));
    let page = DayPage {
        troubles: seen.troubles.iter().map(item_line).collect(),
        remarks: seen.remarks.iter().map(item_line).collect(),
        log: seen.last.iter().map(item_line).collect(),
        panel,
    };
    desk.draw(&at.shell, &page)
}

pub(super) async fn runs(
    State(desk): State<Desk>,
    who: Person<need::ViewOrders>,
    PathParams(slug): PathParams<String>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refusal> {
    let (shell, page) = load_runs(&desk, &who.session, who.language, &path_of(&uri), &slug, None).await?;
    desk.draw(&shell, &page)
}

/// The page of all runs, with a form that is shown again and the settings that were typed.
pub(super) async fn load_runs(
    desk: &Desk,
    session: &Session,
    to: Language,
    path: &str,
    slug: &str,
    typed: Option<(Form, DaySettings)>,
) -> Result<(Shell, DaysPage), Refusal> {
    let at = desk.at_shop(session, to, path, "orders", slug, None).await?;
    let scope = &session.scope;
    let kept = desk.orders.day_settings(scope, &at.shop.id).await?;
    let (form, settings) = typed.unwrap_or_else(|| {
        let time = kept.starts_at.map(clock).unwrap_or_else(|| "08:30".to_owned());
        let low = kept.low_stock.to_string();
        let by_itself = if kept.starts_at.is_some() { "on" } else { "" };
        (
            Form::of(&[
                ("starts_at", &time),
                ("low_stock", &low),
                ("by_itself", by_itself),
            ]),
            kept,
        )
    });
    let runs = desk.orders.days(scope, &at.shop.id).await?;
    let page = DaysPage {
        runs: runs.iter().map(|run| run_line(run, &at.shell.base)).collect(),
        has_key: desk.catalog.shop_key(scope, &at.shop.id).await?.is_some(),
        may_edit: scope.may(Right::ManageOrders),
        form,
        steps: desk
            .orders
            .day_steps()
            .filter(|step| !step.is_needed())
            .map(|step| (step.word(), !settings.skips.contains(&step)))
            .collect(),
        weekdays: (1..=7)
            .map(|day| (day, settings.weekdays.contains(&day)))
            .collect(),
    };
    Ok((at.shell, page))
}
