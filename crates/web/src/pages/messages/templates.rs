//! Templates: the list with when each is sent by itself, and one being written with a preview.

use super::show::{clock, minute, name_of, way_out};
use crate::{
    carried::Did,
    door::{Desk, form_refusals},
    pages::prices::path_of,
    shell::Shell,
    views::{
        messages::{NameOf, PreviewPart, TemplateLine, TemplatePage, TemplatesPage, TriggerLine},
        parts::Form,
    },
};
use axum::{
    extract::{OriginalUri, State},
    response::Response,
};
use sauda_accounts::{Right, Session};
use sauda_edge::{FormBody, Language, PathParams, Person, Refusal, need};
use sauda_kernel::{Kind, Public, Span};
use sauda_messages::{
    TemplatePreview, TemplateText,
    hours::Hours,
    template::{Preview, Variable},
    trigger::{Setting, Trigger},
};
use sauda_orders::{OrderFilter, model::View as OrderStage};
use serde::Deserialize;

/// The key of a template that is not there yet.
const NEW: &str = "new";

async fn load_list(
    desk: &Desk,
    session: &Session,
    to: Language,
    (path, slug): (&str, &str),
    form: Form,
) -> Result<(Shell, TemplatesPage), Refusal> {
    let at = desk.at_shop(session, to, path, "messages", slug, None).await?;
    let scope = &session.scope;
    let base = format!("{}/messages", at.shell.base);
    let settings = desk.messages.settings(scope, &at.shop.id).await?;
    let templates = desk.messages.templates(scope, &at.shop.id).await?;
    let line = |view: &sauda_messages::TemplateView| TemplateLine {
        href: format!("{base}/templates/{}", view.text.key),
        name: name_of(view),
        ru: view.text.ru.clone(),
        changed_by: view.text.changed_by.clone(),
        changed_at: view.text.changed_at,
        trigger: view.trigger.and_then(|trigger| {
            let one = settings.trigger(trigger)?.setting;
            Some(TriggerLine {
                word: trigger.word(),
                is_on: one.is_on,
                delay: one.delay.as_mins(),
                from: clock(one.hours.from_minute()),
                until: clock(one.hours.until_minute()),
            })
        }),
    };
    let page = TemplatesPage {
        templates: templates.iter().map(line).collect(),
        may_edit: scope.may(Right::ManageMessages),
        form,
        way: way_out(desk, scope, &at.shop).await?,
        base,
    };
    Ok((at.shell, page))
}

pub(super) async fn list(
    State(desk): State<Desk>,
    who: Person<need::ViewMessages>,
    PathParams(slug): PathParams<String>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refusal> {
    let place = (path_of(&uri), slug);
    let place = (place.0.as_str(), place.1.as_str());
    let (shell, page) = load_list(&desk, &who.session, who.language, place, Form::default()).await?;
    desk.draw(&shell, &page)
}

#[derive(Deserialize)]
pub(super) struct TriggerForm {
    #[serde(default)]
    on: String,
    #[serde(default)]
    delay: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    until: String,
}

/// When a trigger speaks, and whether.
pub(super) async fn trigger(
    State(desk): State<Desk>,
    who: Person<need::ManageMessages>,
    PathParams((slug, word)): PathParams<(String, String)>,
    FormBody(form): FormBody<TriggerForm>,
) -> Result<Response, Refusal> {
    let shop = desk.catalog.shop_by_slug(who.scope(), &slug).await?;
    let trigger = Trigger::parse(&word).ok_or_else(|| missing("trigger", &word))?;
    let path = format!("/s/{slug}/messages/templates");
    let delay = form.delay.trim().parse().unwrap_or(-1);
    let refusals = match Hours::new(minute(&form.from), minute(&form.until)) {
        Err(_) => vec![Public::new("limits-hours").field("from")],
        Ok(hours) => {
            let setting = Setting {
                is_on: form.on == "on",
                delay: Span::from_mins(delay),
                hours,
            };
            match desk
                .messages
                .put_trigger(who.scope(), &shop.id, trigger, setting)
                .await
            {
                Ok(()) => {
                    let did = if setting.is_on {
                        "did-trigger-on"
                    } else {
                        "did-trigger-off"
                    };
                    return Ok(Did::new(did).at(&path));
                }
                Err(error) => match form_refusals(&error) {
                    Some(refusals) => refusals,
                    None => return Err(error.into()),
                },
            }
        }
    };
    let typed = Form::of(&[("trigger", trigger.word())]).refused(&refusals);
    let (shell, page) = load_list(&desk, &who.session, who.language, (&path, &slug), typed).await?;
    desk.again(&shell, &page)
}

fn missing(what: &'static str, id: &str) -> Refusal {
    Refusal::new(
        Kind::NotFound,
        Public::new("not-found").arg("what", what).arg("id", id),
    )
}

fn part(language: &'static str, preview: &Preview) -> PreviewPart {
    PreviewPart {
        language,
        text: preview.text.clone(),
        length: preview.length,
        missing: preview.missing.iter().map(|variable| variable.word()).collect(),
    }
}

async fn load(
    desk: &Desk,
    session: &Session,
    to: Language,
    (path, slug, key): (&str, &str, &str),
    typed: Option<Form>,
) -> Result<(Shell, TemplatePage), Refusal> {
    let at = desk.at_shop(session, to, path, "messages", slug, None).await?;
    let scope = &session.scope;
    let base = format!("{}/messages", at.shell.base);
    let known = if key == NEW {
        None
    } else {
        Some(desk.messages.template(scope, &at.shop.id, key).await?)
    };
    let form = typed.unwrap_or_else(|| match &known {
        Some(view) => Form::of(&[
            ("ru", &view.text.ru),
            ("kk", &view.text.kk),
            ("name", &view.text.name),
            ("version", &view.text.version.to_string()),
        ]),
        None => Form::of(&[("version", "0")]),
    });
    let text = |name: &str| form.values.get(name).cloned().unwrap_or_default();
    let preview = look(desk, session, &at.shop, (&text("ru"), &text("kk"))).await?;
    let page = TemplatePage {
        href: format!("{base}/templates/{key}"),
        name: known.as_ref().map_or_else(
            || NameOf {
                trigger: None,
                name: String::new(),
            },
            name_of,
        ),
        is_own: known.as_ref().is_none_or(|view| view.trigger.is_none()),
        variables: Variable::ALL
            .into_iter()
            .map(|variable| (variable.word(), variable.name("ru"), variable.name("kk")))
            .collect(),
        preview: preview.as_ref().map_or_else(Vec::new, |preview| {
            vec![part("ru", &preview.ru), part("kk", &preview.kk)]
        }),
        one_sided: preview.as_ref().map_or_else(Vec::new, |preview| {
            preview.one_sided.iter().map(|variable| variable.word()).collect()
        }),
        order: preview.and_then(|preview| preview.order),
        may_edit: scope.may(Right::ManageMessages),
        form,
        base,
    };
    Ok((at.shell, page))
}

/// How the texts would look with the newest order; nothing for texts that cannot be read.
async fn look(
    desk: &Desk,
    session: &Session,
    shop: &sauda_catalog::Shop,
    texts: (&str, &str),
) -> Result<Option<TemplatePreview>, Refusal> {
    let newest = OrderFilter {
        view: OrderStage::Open,
        limit: 1,
        ..OrderFilter::default()
    };
    let scope = &session.scope;
    let orders = desk.orders.list(scope, &shop.id, &newest).await?.orders;
    let code = orders.first().map(|order| order.seen.code.as_str());
    let code = code.filter(|_| scope.may(Right::ViewBuyers));
    match desk.messages.preview_template(scope, &shop.id, texts, code).await {
        Ok(preview) => Ok(Some(preview)),
        Err(error) => form_refusals(&error).map_or(Err(error.into()), |_| Ok(None)),
    }
}

pub(super) async fn page(
    State(desk): State<Desk>,
    who: Person<need::ViewMessages>,
    PathParams((slug, key)): PathParams<(String, String)>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refusal> {
    let path = path_of(&uri);
    let (shell, page) = load(&desk, &who.session, who.language, (&path, &slug, &key), None).await?;
    desk.draw(&shell, &page)
}

#[derive(Deserialize)]
pub(super) struct TemplateForm {
    /// `save`, or `look` for a preview that keeps nothing.
    #[serde(default)]
    act: String,
    #[serde(default)]
    ru: String,
    #[serde(default)]
    kk: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    version: i64,
}

pub(super) async fn write(
    State(desk): State<Desk>,
    who: Person<need::ManageMessages>,
    PathParams((slug, key)): PathParams<(String, String)>,
    FormBody(form): FormBody<TemplateForm>,
) -> Result<Response, Refusal> {
    let scope = who.scope();
    let shop = desk.catalog.shop_by_slug(scope, &slug).await?;
    let list = format!("/s/{slug}/messages/templates");
    let path = format!("{list}/{key}");
    let version = form.version.to_string();
    let typed = Form::of(&[
        ("ru", &form.ru),
        ("kk", &form.kk),
        ("name", &form.name),
        ("version", &version),
    ]);
    let place = (path.as_str(), slug.as_str(), key.as_str());
    let texts = (form.ru.as_str(), form.kk.as_str());
    let outcome = if form.act == "look" {
        desk.messages
            .preview_template(scope, &shop.id, texts, None)
            .await
            .map(|_| None)
    } else {
        let written = TemplateText {
            key: if key == NEW { String::new() } else { key.clone() },
            version: form.version,
            name: form.name.clone(),
            ru: form.ru.clone(),
            kk: form.kk.clone(),
            changed_by: String::new(),
            changed_at: None,
        };
        desk.messages
            .put_template(scope, &shop.id, &written)
            .await
            .map(Some)
    };
    match outcome {
        Ok(Some(_)) => Ok(Did::new("did-template").at(&list)),
        Ok(None) => {
            let (shell, page) = load(&desk, &who.session, who.language, place, Some(typed)).await?;
            desk.draw(&shell, &page)
        }
        Err(error) => {
            let Some(refusals) = form_refusals(&error) else {
                return Err(error.into());
            };
            let typed = typed.refused(&refusals);
            let (shell, page) = load(&desk, &who.session, who.language, place, Some(typed)).await?;
            desk.again(&shell, &page)
        }
    }
}
