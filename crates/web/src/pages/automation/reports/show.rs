//! The page of reports: what is made by itself, what was made, and the form for a new one or a change.

use super::{
    form::{Typed, clock, plan_form},
    to_line,
};
use crate::{
    door::Desk,
    views::{
        parts::{Pager, State as Shown, Told},
        reports::{MadeLine, PlanForm, PlanLine, ReportsPage, kinds},
    },
};
use axum::{extract::State, response::Response};
use sauda_accounts::{Right, Scope};
use sauda_catalog::Shop;
use sauda_edge::{PathParams, Person, QueryParams, Refusal, need};
use sauda_messages::team::TeamPlace;
use sauda_reports::timed::{Frequency, Made, MadeFilter, MadeId, MadeState, Plan, PlanId, PlanKind};
use serde::Deserialize;

/// Reports on one page.
const PAGE: usize = 30;

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct ReportsQuery {
    kind: String,
    before: String,
}

pub(super) async fn page(
    State(desk): State<Desk>,
    who: Person<need::ViewAutomation>,
    PathParams(slug): PathParams<String>,
    QueryParams(query): QueryParams<ReportsQuery>,
) -> Result<Response, Refusal> {
    let path = format!("/s/{slug}/automation/reports");
    let at = desk
        .at_shop(&who.session, who.language, &path, "automation", &slug, None)
        .await?;
    let form = plan_form(&desk, who.scope(), None, &Typed::new(who.language), &[]).await?;
    let view = view(&desk, who.scope(), &at.shell.base, &query, form).await?;
    desk.draw(&at.shell, &view)
}

/// The page with the form of one that is there.
pub(super) async fn edit(
    State(desk): State<Desk>,
    who: Person<need::ManageAutomation>,
    PathParams((slug, id)): PathParams<(String, PlanId)>,
) -> Result<Response, Refusal> {
    let path = format!("/s/{slug}/automation/reports/{id}");
    let at = desk
        .at_shop(&who.session, who.language, &path, "automation", &slug, None)
        .await?;
    let plan = desk.report_plans.plan(who.scope(), &id).await?;
    let form = plan_form(&desk, who.scope(), Some(id.to_string()), &Typed::of(&plan), &[]).await?;
    let view = view(&desk, who.scope(), &at.shell.base, &ReportsQuery::default(), form).await?;
    desk.draw(&at.shell, &view)
}

/// The whole page around a form.
pub(super) async fn view(
    desk: &Desk,
    scope: &Scope,
    base: &str,
    query: &ReportsQuery,
    edit: PlanForm,
) -> Result<ReportsPage, Refusal> {
    let shops = desk.catalog.shops(scope).await?;
    let places = desk.report_plans.places(scope).await?;
    let plans = desk.report_plans.plans(scope).await?;
    let kind = PlanKind::parse(&query.kind);
    let filter = MadeFilter {
        kinds: kind.into_iter().collect(),
        before: MadeId::parse(&query.before).ok(),
        limit: i64::try_from(PAGE + 1).unwrap_or(i64::MAX),
        ..MadeFilter::default()
    };
    let mut made = desk.report_plans.made(scope, &filter).await?;
    let is_more = made.len() > PAGE;
    made.truncate(PAGE);
    let link = |before: &str| {
        format!(
            "{base}/automation/reports?kind={}&before={before}#made",
            query.kind_word()
        )
    };
    let next = made.last().filter(|_| is_more).map(|last| link(last.id.as_str()));
    Ok(ReportsPage {
        plans: plans
            .iter()
            .map(|plan| plan_line(plan, &shops, &places))
            .collect(),
        made: made.iter().map(|made| made_line(made, &shops)).collect(),
        kinds: kinds(base, query.kind_word()),
        is_filtered: kind.is_some() || filter.before.is_some(),
        pager: Pager {
            back: filter.before.is_some().then(|| link("")),
            next,
            ..Pager::default()
        },
        edit,
        may_edit: scope.may(Right::ManageAutomation),
    })
}

impl ReportsQuery {
    fn kind_word(&self) -> &'static str {
        PlanKind::parse(&self.kind).map_or("", PlanKind::word)
    }
}

fn shop_name(shops: &[Shop], id: Option<&sauda_kernel::ShopId>) -> Option<String> {
    let id = id?;
    shops
        .iter()
        .find(|shop| shop.id == *id)
        .map(|shop| shop.name.clone())
}

fn plan_line(plan: &Plan, shops: &[Shop], places: &[TeamPlace]) -> PlanLine {
    let wish = &plan.wish;
    let when = Told::new(wish.frequency.word()).arg("at", clock(wish.minute));
    PlanLine {
        id: plan.id.to_string(),
        name: wish.name.clone(),
        kind: wish.kind.word(),
        shop: shop_name(shops, wish.shop.as_ref()),
        when: match wish.frequency {
            Frequency::Daily => when,
            // A word chooses the form of the sentence.
            Frequency::Weekly | Frequency::Biweekly => when.arg("weekday", format!("d{}", wish.day)),
            Frequency::Monthly => when.arg("day", wish.day),
        },
        to: wish.recipients.iter().map(|one| to_line(one, places)).collect(),
        is_on: !plan.is_paused,
        from_file: plan.from_file,
        next_at: plan.next_at,
        last_at: plan.last_due_at,
    }
}

pub(super) fn made_state(state: MadeState) -> Shown {
    let tone = match state {
        MadeState::Making => "accent",
        MadeState::Made => "ok",
        MadeState::Failed => "bad",
    };
    Shown::new(state.word(), tone)
}

fn made_line(made: &Made, shops: &[Shop]) -> MadeLine {
    MadeLine {
        id: made.id.to_string(),
        name: made.name.clone(),
        kind: made.kind.word(),
        shop: shop_name(shops, made.shop.as_ref()),
        at: made.made_at.unwrap_or(made.created_at),
        state: made_state(made.state),
        by: made.by.clone(),
        unsent: i64::try_from(made.unsent.len()).unwrap_or(i64::MAX),
    }
}
