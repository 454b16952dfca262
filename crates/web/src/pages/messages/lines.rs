//! Lines: how each stands, a new one, linking a phone. Keys come in and are never shown.

use super::show::line_card;
use crate::{
    carried::Did,
    door::{Desk, form_refusals},
    pages::prices::path_of,
    shell::Shell,
    views::{
        message_lines::{LinesPage, LinkPage},
        parts::Form,
    },
};
use axum::{
    extract::{OriginalUri, State},
    response::Response,
};
use sauda_accounts::{Right, Session};
use sauda_edge::{FormBody, Language, PathParams, Person, QueryParams, Refusal, need};
use sauda_kernel::{Kind, MessageLineId, Public};
use sauda_messages::NewLine;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct LinesQuery {
    /// `<line>.remove` or `<line>.logout`: to be confirmed.
    ask: String,
}

async fn load(
    desk: &Desk,
    session: &Session,
    to: Language,
    (path, slug): (&str, &str),
    form: Form,
    ask: &str,
) -> Result<(Shell, LinesPage), Refusal> {
    let at = desk.at_shop(session, to, path, "messages", slug, None).await?;
    let base = format!("{}/messages", at.shell.base);
    let lines = desk.messages.lines(&session.scope).await?;
    let page = LinesPage {
        lines: lines
            .iter()
            .map(|view| line_card(view, &base, &at.shop, desk.now()))
            .collect(),
        form,
        may_edit: session.scope.may(Right::ManageShops),
        asked: ask.split_once('.').and_then(|(line, act)| match act {
            "remove" => Some((line.to_owned(), "remove")),
            "logout" => Some((line.to_owned(), "logout")),
            _ => None,
        }),
        base,
    };
    Ok((at.shell, page))
}

pub(super) async fn page(
    State(desk): State<Desk>,
    who: Person<need::ViewMessages>,
    PathParams(slug): PathParams<String>,
    QueryParams(query): QueryParams<LinesQuery>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refusal> {
    let form = Form::of(&[("name", &slug.chars().take(54).collect::<String>())]);
    let place = (path_of(&uri), slug);
    let (shell, page) = load(
        &desk,
        &who.session,
        who.language,
        (&place.0, &place.1),
        form,
        &query.ask,
    )
    .await?;
    desk.draw(&shell, &page)
}

#[derive(Deserialize)]
pub(super) struct LineForm {
    #[serde(default)]
    server: String,
    #[serde(default)]
    key: String,
    #[serde(default)]
    name: String,
}

pub(super) async fn add(
    State(desk): State<Desk>,
    who: Person<need::ManageShops>,
    PathParams(slug): PathParams<String>,
    FormBody(form): FormBody<LineForm>,
) -> Result<Response, Refusal> {
    let shop = desk.catalog.shop_by_slug(who.scope(), &slug).await?;
    let path = format!("/s/{slug}/messages/whatsapp");
    let new = NewLine {
        server: form.server.trim().to_owned(),
        key: SecretString::from(form.key.trim().to_owned()),
        name: form.name.trim().to_owned(),
    };
    match desk.messages.add_line(who.scope(), &shop.id, &new).await {
        Ok(id) => Ok(Did::new("did-line-added").at(&format!("{path}/{id}"))),
        Err(error) => {
            let Some(refusals) = form_refusals(&error) else {
                return Err(error.into());
            };
            let typed = Form::of(&[("server", &form.server), ("name", &form.name)]).refused(&refusals);
            let (shell, page) = load(&desk, &who.session, who.language, (&path, &slug), typed, "").await?;
            desk.again(&shell, &page)
        }
    }
}

/// Linking a phone: the QR of now; the page asks for itself again.
pub(super) async fn link(
    State(desk): State<Desk>,
    who: Person<need::ManageShops>,
    PathParams((slug, id)): PathParams<(String, MessageLineId)>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refusal> {
    let at = desk
        .at_shop(
            &who.session,
            who.language,
            &path_of(&uri),
            "messages",
            &slug,
            None,
        )
        .await?;
    let scope = who.scope();
    let base = format!("{}/messages", at.shell.base);
    let known = desk.messages.line(scope, &id).await?;
    // What its server says, or that it does not answer, is told by the line.
    let qr = if known.line.state.can_send() {
        None
    } else {
        desk.messages.line_qr(scope, &id).await.unwrap_or(None)
    };
    let view = desk.messages.line(scope, &id).await?;
    let page = LinkPage {
        line: line_card(&view, &base, &at.shop, desk.now()),
        turn: qr.as_ref().map_or(0, |qr| qr.turn),
        seconds_left: qr.as_ref().map_or(0, |qr| qr.left.as_secs()),
        is_last: qr.as_ref().is_some_and(|qr| qr.is_last),
        picture: qr.map(|qr| qr.picture.expose_secret().to_owned()),
        base,
    };
    desk.draw(&at.shell, &page)
}

#[derive(Deserialize)]
pub(super) struct ActForm {
    /// `open`, `restart`, `logout`, `remove`, `use` or `leave`.
    act: String,
}

pub(super) async fn act(
    State(desk): State<Desk>,
    who: Person<need::ManageShops>,
    PathParams((slug, id)): PathParams<(String, MessageLineId)>,
    FormBody(form): FormBody<ActForm>,
) -> Result<Response, Refusal> {
    let scope = who.scope();
    let shop = desk.catalog.shop_by_slug(scope, &slug).await?;
    let (messages, list) = (&desk.messages, format!("/s/{slug}/messages/whatsapp"));
    let link = format!("{list}/{id}");
    match form.act.as_str() {
        "open" => {
            messages.open_line(scope, &id).await?;
            Ok(Did::new("did-line-opened").at(&link))
        }
        "restart" => {
            messages.restart_line(scope, &id).await?;
            Ok(Did::new("did-line-restarted").at(&link))
        }
        "logout" => {
            messages.log_out_line(scope, &id).await?;
            Ok(Did::new("did-line-logged-out").at(&list))
        }
        "remove" => {
            messages.remove_line(scope, &id).await?;
            Ok(Did::new("did-line-removed").at(&list))
        }
        "use" => {
            messages.choose_line(scope, &shop.id, Some(&id)).await?;
            Ok(Did::new("did-line-chosen").at(&list))
        }
        "leave" => {
            messages.choose_line(scope, &shop.id, None).await?;
            Ok(Did::new("did-line-left").at(&list))
        }
        other => Err(Refusal::new(
            Kind::Invalid,
            Public::new("invalid-value").field("act").arg("value", other),
        )),
    }
}
