//! Proxies: adding, switching, removing, and a test that reads the storefront once through one.

use crate::{
    carried::Did,
    door::{Desk, form_refusals},
    views::{
        automation::{Proxies, ProxyLine},
        parts::{Form, Told},
    },
};
use axum::{extract::State, response::Response};
use sauda_accounts::{Right, Scope};
use sauda_edge::{FormBody, PathParams, Person, Refusal, need};
use sauda_kernel::{Failure, Kind, ProxyId, Public};
use serde::Deserialize;

async fn view(desk: &Desk, scope: &Scope, form: Form) -> Result<Proxies, Refusal> {
    let shops = desk.catalog.shops(scope).await?;
    let proxies = desk.catalog.proxies(scope).await?.into_iter().map(|proxy| {
        let requests = proxy.successes.saturating_add(proxy.failures);
        let share = proxy
            .failures
            .saturating_mul(10_000)
            .checked_div(requests)
            .unwrap_or(0);
        ProxyLine {
            used_by: shops
                .iter()
                .filter(|shop| shop.egress == proxy.id.as_str())
                .map(|shop| shop.name.clone())
                .collect(),
            id: proxy.id.to_string(),
            address: proxy.name,
            is_on: proxy.enabled,
            latency_ms: proxy.latency_ms,
            failures_bp: i32::try_from(share).unwrap_or(0),
            requests,
            benched_until: proxy.benched_until.filter(|until| *until > desk.now()),
            last_error: proxy.last_error,
            used_at: proxy.used_at,
        }
    });
    Ok(Proxies {
        proxies: proxies.collect(),
        form,
        may_edit: scope.may(Right::ManageProxies),
    })
}

pub(super) async fn page(
    State(desk): State<Desk>,
    who: Person<need::ViewAutomation>,
    PathParams(slug): PathParams<String>,
) -> Result<Response, Refusal> {
    let at = desk
        .at_shop(
            &who.session,
            who.language,
            &format!("/s/{slug}/automation/proxies"),
            "automation",
            &slug,
            None,
        )
        .await?;
    desk.draw(&at.shell, &view(&desk, who.scope(), Form::default()).await?)
}

#[derive(Deserialize)]
pub(super) struct NewProxy {
    #[serde(default)]
    address: String,
}

pub(super) async fn add(
    State(desk): State<Desk>,
    who: Person<need::ManageProxies>,
    PathParams(slug): PathParams<String>,
    FormBody(typed): FormBody<NewProxy>,
) -> Result<Response, Refusal> {
    let path = format!("/s/{slug}/automation/proxies");
    match desk.catalog.add_proxy(who.scope(), &typed.address).await {
        Ok(_) => Ok(Did::new("did-proxy-added").at(&path)),
        Err(error) => {
            let Some(refusals) = form_refusals(&error) else {
                return Err(error.into());
            };
            let at = desk
                .at_shop(&who.session, who.language, &path, "automation", &slug, None)
                .await?;
            let mut form = Form::of(&[("address", typed.address.as_str())]);
            for refusal in &refusals {
                form = form.refuse("address", Told::from(refusal));
            }
            desk.again(&at.shell, &view(&desk, who.scope(), form).await?)
        }
    }
}

#[derive(Deserialize)]
pub(super) struct ActForm {
    act: String,
}

pub(super) async fn act(
    State(desk): State<Desk>,
    who: Person<need::ManageProxies>,
    PathParams((slug, id)): PathParams<(String, ProxyId)>,
    FormBody(typed): FormBody<ActForm>,
) -> Result<Response, Refusal> {
    let path = format!("/s/{slug}/automation/proxies");
    let scope = who.scope();
    let did = match typed.act.as_str() {
        "on" => {
            desk.catalog.enable_proxy(scope, &id, true).await?;
            Did::new("did-proxy-on")
        }
        "off" => {
            desk.catalog.enable_proxy(scope, &id, false).await?;
            Did::new("did-proxy-off")
        }
        "remove" => {
            desk.catalog.remove_proxy(scope, &id).await?;
            Did::new("did-proxy-removed")
        }
        "test" => {
            let at = desk
                .at_shop(&who.session, who.language, &path, "automation", &slug, None)
                .await?;
            match desk.catalog.test_proxy(scope, &id, &at.city).await {
                Ok(took) => Did::new("did-proxy-works").arg("ms", took.as_millis()),
                Err(error) if matches!(error.kind(), Kind::NotFound | Kind::Bug) => return Err(error.into()),
                Err(error) => {
                    let mut form = Form::default();
                    for refusal in &error.public() {
                        form = form.refuse("", Told::from(refusal));
                    }
                    return desk.again(&at.shell, &view(&desk, scope, form).await?);
                }
            }
        }
        other => {
            return Err(Refusal::new(
                Kind::Invalid,
                Public::new("invalid-value").field("act").arg("value", other),
            ));
        }
    };
    Ok(did.at(&path))
}
