//! What people do with reports: add, change, send now, pause, remove.

use super::{
    form::{Typed, plan_form},
    show::{ReportsQuery, view},
};
use crate::{
    carried::Did,
    door::{Desk, form_refusals},
};
use axum::{extract::State, response::Response};
use sauda_edge::{FormBody, PathParams, Person, Refusal, need};
use sauda_kernel::{Kind, Public};
use sauda_reports::timed::PlanId;

pub(super) async fn add(
    State(desk): State<Desk>,
    who: Person<need::ManageAutomation>,
    PathParams(slug): PathParams<String>,
    FormBody(typed): FormBody<Typed>,
) -> Result<Response, Refusal> {
    save(&desk, &who, &slug, None, &typed).await
}

pub(super) async fn change(
    State(desk): State<Desk>,
    who: Person<need::ManageAutomation>,
    PathParams((slug, id)): PathParams<(String, PlanId)>,
    FormBody(typed): FormBody<Typed>,
) -> Result<Response, Refusal> {
    save(&desk, &who, &slug, Some(id), &typed).await
}

async fn save(
    desk: &Desk,
    who: &Person<need::ManageAutomation>,
    slug: &str,
    id: Option<PlanId>,
    typed: &Typed,
) -> Result<Response, Refusal> {
    let scope = who.scope();
    let path = format!("/s/{slug}/automation/reports");
    let refusals = match typed.read() {
        Err(refusals) => refusals,
        Ok(wish) => {
            let saved = match &id {
                Some(id) => desk.report_plans.change(scope, id, &wish).await,
                None => desk.report_plans.add(scope, &wish).await,
            };
            match saved {
                Ok(plan) => {
                    return Ok(Did::new("did-report-saved")
                        .arg("name", plan.wish.name.as_str())
                        .at(&path));
                }
                Err(error) => match form_refusals(&error) {
                    Some(refusals) => refusals,
                    None => return Err(error.into()),
                },
            }
        }
    };
    let at = desk
        .at_shop(&who.session, who.language, &path, "automation", slug, None)
        .await?;
    let form = plan_form(desk, scope, id.map(|id| id.to_string()), typed, &refusals).await?;
    let page = view(desk, scope, &at.shell.base, &ReportsQuery::default(), form).await?;
    desk.again(&at.shell, &page)
}

pub(super) async fn turn(
    State(desk): State<Desk>,
    who: Person<need::ManageAutomation>,
    PathParams((slug, id, act)): PathParams<(String, PlanId, String)>,
) -> Result<Response, Refusal> {
    let (scope, plans) = (who.scope(), &desk.report_plans);
    let path = format!("/s/{slug}/automation/reports");
    let did = match act.as_str() {
        "send" => {
            let made = plans.send_now(scope, &id).await?;
            return Ok(Did::new("did-report-sent").at(&format!("{path}/made/{}", made.id)));
        }
        "pause" => {
            plans.pause(scope, &id, true).await?;
            "did-report-paused"
        }
        "resume" => {
            plans.pause(scope, &id, false).await?;
            "did-report-resumed"
        }
        "remove" => {
            plans.remove(scope, &id).await?;
            "did-report-removed"
        }
        other => {
            return Err(Refusal::new(
                Kind::NotFound,
                Public::new("not-found").arg("what", "act").arg("id", other),
            ));
        }
    };
    Ok(Did::new(did).at(&path))
}
