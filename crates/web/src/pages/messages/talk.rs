//! One talk: what was said, and the composer. Also of an order whose buyer was not written to yet.

use super::show::{message_line, name_of, talk_line, way_out};
use crate::{
    carried::Did,
    door::{Desk, form_refusals},
    pages::{
        live::{self, LivePage},
        prices::path_of,
        system::urlencode,
    },
    shell::Shell,
    views::{messages::TalkPage, parts::Form},
};
use axum::{
    extract::{OriginalUri, State},
    http::header,
    response::{IntoResponse, Response},
};
use sauda_accounts::{Right, Session};
use sauda_edge::{FormBody, Language, PathParams, Person, QueryParams, Refusal, need};
use sauda_kernel::{Kind, MessageId, Public, TalkId};
use sauda_messages::model::{FileKind, Message, MessageFile, Talk};
use serde::Deserialize;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct TalkQuery {
    /// The composer is filled with this template.
    template: String,
    /// An act that is to be confirmed: `silence`, `lift` or `erase`.
    ask: String,
}

/// What a page of a talk is made of.
struct Parts<'a> {
    slug: &'a str,
    path: &'a str,
    href: String,
    talk: Option<Talk>,
    messages: Vec<Message>,
    files: Vec<MessageFile>,
    code: Option<String>,
    has_phone: bool,
    form: Form,
    asked: &'a str,
}

async fn load(
    desk: &Desk,
    session: &Session,
    to: Language,
    parts: Parts<'_>,
) -> Result<(Shell, TalkPage), Refusal> {
    let mut at = desk
        .at_shop(session, to, parts.path, "messages", parts.slug, None)
        .await?;
    at.shell.live = Some(live::address(
        &at.shell.base,
        LivePage::Messages,
        &at.city,
        "",
        &[],
    ));
    let scope = &session.scope;
    let base = format!("{}/messages", at.shell.base);
    let may_write = scope.may(Right::ManageMessages);
    let way = way_out(desk, scope, &at.shop).await?;
    let templates = desk.messages.templates(scope, &at.shop.id).await?;
    let closed = match &parts.talk {
        Some(talk) if talk.is_silent => Some("silent"),
        None if !parts.has_phone => Some("no_phone"),
        _ if way.state == "none" => Some("no_line"),
        _ => None,
    };
    let page = TalkPage {
        talk: parts.talk.as_ref().map(|talk| talk_line(talk, &base, scope)),
        order: parts
            .code
            .as_ref()
            .filter(|_| scope.may(Right::ViewOrders))
            .map(|code| (code.clone(), format!("{}/orders/{code}", at.shell.base))),
        messages: parts
            .messages
            .iter()
            .map(|message| message_line(message, &parts.files, &base, may_write))
            .collect(),
        form: parts.form,
        templates: templates
            .iter()
            .map(|view| {
                (
                    format!("{}?template={}", parts.href, view.text.key),
                    name_of(view),
                )
            })
            .collect(),
        may_write,
        closed,
        asked: match parts.asked {
            "silence" => Some("silence"),
            "lift" => Some("lift"),
            "erase" => Some("erase"),
            _ => None,
        },
        way,
        href: parts.href,
        base,
    };
    Ok((at.shell, page))
}

/// The composer with the words of a template.
async fn filled(
    desk: &Desk,
    session: &Session,
    slug: &str,
    key: &str,
    code: Option<&str>,
    is_kazakh: bool,
) -> Result<Form, Refusal> {
    if key.is_empty() {
        return Ok(Form::default());
    }
    let shop = desk.catalog.shop_by_slug(&session.scope, slug).await?;
    let text = desk
        .messages
        .fill_template(&session.scope, &shop.id, key, code, is_kazakh)
        .await?;
    Ok(Form::of(&[("text", &text)]))
}

pub(super) async fn page(
    State(desk): State<Desk>,
    who: Person<need::ViewMessages>,
    PathParams((slug, id)): PathParams<(String, TalkId)>,
    QueryParams(query): QueryParams<TalkQuery>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refusal> {
    let scope = who.scope();
    let shop = desk.catalog.shop_by_slug(scope, &slug).await?;
    let seen = desk.messages.talk(scope, &shop.id, &id).await?;
    if scope.may(Right::ManageMessages) {
        desk.messages.talk_seen(scope, &shop.id, &id).await?;
    }
    let code = seen.talk.order_code.clone();
    let form = filled(
        &desk,
        &who.session,
        &slug,
        &query.template,
        code.as_deref(),
        seen.talk.is_kazakh,
    )
    .await?;
    let parts = Parts {
        slug: &slug,
        path: &path_of(&uri),
        href: format!("/s/{slug}/messages/talks/{id}"),
        has_phone: true,
        messages: seen.messages,
        files: seen.files,
        talk: Some(seen.talk),
        code,
        form,
        asked: &query.ask,
    };
    let (shell, page) = load(&desk, &who.session, who.language, parts).await?;
    desk.draw(&shell, &page)
}

#[derive(Deserialize)]
pub(super) struct TalkForm {
    /// `send`, `done`, `silence`, `lift` or `erase`.
    #[serde(default)]
    act: String,
    #[serde(default)]
    text: String,
}

pub(super) async fn act(
    State(desk): State<Desk>,
    who: Person<need::ManageMessages>,
    PathParams((slug, id)): PathParams<(String, TalkId)>,
    FormBody(form): FormBody<TalkForm>,
) -> Result<Response, Refusal> {
    let scope = who.scope();
    let shop = desk.catalog.shop_by_slug(scope, &slug).await?;
    let (messages, href) = (&desk.messages, format!("/s/{slug}/messages/talks/{id}"));
    let list = format!("/s/{slug}/messages");
    match form.act.as_str() {
        "send" => match messages.write(scope, &shop.id, &id, &form.text).await {
            Ok(_) => Ok(Did::new("did-message-queued").at(&format!("{href}#end"))),
            Err(error) => {
                let Some(refusals) = form_refusals(&error) else {
                    return Err(error.into());
                };
                let seen = messages.talk(scope, &shop.id, &id).await?;
                let parts = Parts {
                    slug: &slug,
                    path: &href,
                    href: href.clone(),
                    code: seen.talk.order_code.clone(),
                    has_phone: true,
                    messages: seen.messages,
                    files: seen.files,
                    talk: Some(seen.talk),
                    form: Form::of(&[("text", &form.text)]).refused(&refusals),
                    asked: "",
                };
                let (shell, page) = load(&desk, &who.session, who.language, parts).await?;
                desk.again(&shell, &page)
            }
        },
        "done" => {
            messages.set_needs_person(scope, &shop.id, &id, false).await?;
            Ok(Did::new("did-talk-done").at(&list))
        }
        "silence" => {
            messages.silence(scope, &shop.id, &id).await?;
            Ok(Did::new("did-talk-silenced").at(&href))
        }
        "lift" => {
            messages.lift_silence(scope, &shop.id, &id).await?;
            Ok(Did::new("did-talk-lifted").at(&href))
        }
        "erase" => {
            messages.erase_talk(scope, &shop.id, &id).await?;
            Ok(Did::new("did-talk-erased").at(&list))
        }
        other => Err(Refusal::new(
            Kind::Invalid,
            Public::new("invalid-value").field("act").arg("value", other),
        )),
    }
}

/// The talk with the buyer of an order.
pub(super) async fn of_order(
    State(desk): State<Desk>,
    who: Person<need::ViewMessages>,
    PathParams((slug, code)): PathParams<(String, String)>,
    QueryParams(query): QueryParams<TalkQuery>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refusal> {
    let shop = desk.catalog.shop_by_slug(who.scope(), &slug).await?;
    let seen = desk.messages.order_talk(who.scope(), &shop.id, &code).await?;
    let is_kazakh = seen.talk.as_ref().is_some_and(|talk| talk.is_kazakh);
    let form = filled(
        &desk,
        &who.session,
        &slug,
        &query.template,
        Some(&code),
        is_kazakh,
    )
    .await?;
    let parts = Parts {
        slug: &slug,
        path: &path_of(&uri),
        href: format!("/s/{slug}/messages/orders/{code}"),
        has_phone: seen.has_phone,
        messages: seen.messages,
        files: seen.files,
        talk: seen.talk,
        code: Some(code),
        form,
        asked: "",
    };
    let (shell, page) = load(&desk, &who.session, who.language, parts).await?;
    desk.draw(&shell, &page)
}

pub(super) async fn write_to_order(
    State(desk): State<Desk>,
    who: Person<need::ManageMessages>,
    PathParams((slug, code)): PathParams<(String, String)>,
    FormBody(form): FormBody<TalkForm>,
) -> Result<Response, Refusal> {
    let scope = who.scope();
    let shop = desk.catalog.shop_by_slug(scope, &slug).await?;
    let href = format!("/s/{slug}/messages/orders/{code}");
    let written = desk
        .messages
        .write_to_order(scope, &shop.id, &code, &form.text)
        .await;
    let Err(error) = written else {
        return Ok(Did::new("did-message-queued").at(&format!("{href}#end")));
    };
    let Some(refusals) = form_refusals(&error) else {
        return Err(error.into());
    };
    let seen = desk.messages.order_talk(scope, &shop.id, &code).await?;
    let parts = Parts {
        slug: &slug,
        path: &href,
        href: href.clone(),
        has_phone: seen.has_phone,
        messages: seen.messages,
        files: seen.files,
        talk: seen.talk,
        code: Some(code),
        form: Form::of(&[("text", &form.text)]).refused(&refusals),
        asked: "",
    };
    let (shell, page) = load(&desk, &who.session, who.language, parts).await?;
    desk.again(&shell, &page)
}

#[derive(Deserialize)]
pub(super) struct CancelForm {
    #[serde(default)]
    back: String,
}

/// Takes back a message that has not left.
pub(super) async fn cancel(
    State(desk): State<Desk>,
    who: Person<need::ManageMessages>,
    PathParams((slug, id)): PathParams<(String, MessageId)>,
    FormBody(form): FormBody<CancelForm>,
) -> Result<Response, Refusal> {
    let shop = desk.catalog.shop_by_slug(who.scope(), &slug).await?;
    desk.messages.cancel(who.scope(), &shop.id, &id).await?;
    let list = format!("/s/{slug}/messages");
    let back = if crate::carried::is_own(&form.back) {
        &form.back
    } else {
        &list
    };
    Ok(Did::new("did-message-cancelled").at(back))
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct FileQuery {
    /// Not empty: to be kept as a file.
    save: String,
}

/// A file that a buyer sent. Pictures, voice and films are shown; everything else is only handed over, never opened here.
pub(super) async fn file(
    State(desk): State<Desk>,
    who: Person<need::ViewMessages>,
    PathParams((slug, id)): PathParams<(String, MessageId)>,
    QueryParams(query): QueryParams<FileQuery>,
) -> Result<Response, Refusal> {
    let shop = desk.catalog.shop_by_slug(who.scope(), &slug).await?;
    let (file, bytes) = desk.messages.file(who.scope(), &shop.id, &id).await?;
    let how = if file.kind().is_shown() && query.save.is_empty() {
        "inline"
    } else {
        "attachment"
    };
    let named = format!(
        "{how}; filename*=UTF-8''{}",
        urlencode(&file_name(&file.name, file.kind()))
    );
    Ok((
        [
            (header::CONTENT_TYPE, file.mime),
            (header::CONTENT_DISPOSITION, named),
            (header::CACHE_CONTROL, "private, max-age=3600".to_owned()),
        ],
        bytes,
    )
        .into_response())
}

/// A name without ways and control signs.
fn file_name(name: &str, kind: FileKind) -> String {
    let safe: String = name
        .chars()
        .filter(|sign| !sign.is_control() && !matches!(sign, '/' | '\\' | ':' | '"'))
        .take(120)
        .collect();
    let safe = safe.trim().trim_start_matches('.').to_owned();
    if safe.is_empty() {
        kind.word().to_owned()
    } else {
        safe
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_a_file_leads_nowhere() {
        assert_eq!(file_name("../../etc/passwd", FileKind::Document), "etcpasswd");
        assert_eq!(file_name(" \r\n", FileKind::Picture), "picture");
        assert_eq!(file_name("замеры 46.pdf", FileKind::Document), "замеры 46.pdf");
    }
}
