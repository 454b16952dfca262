//! The bot of the team: connected by its token, chats linked by a code that is shown once, what was not delivered.

use crate::{
    carried::Did,
    door::{Desk, form_refusals},
    views::{
        parts::{Form, Told},
        team::{BotLine, ChatLine, CodeShown, TelegramPage, TroubleLine},
    },
};
use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::Response,
};
use sauda_accounts::{Right, Scope};
use sauda_edge::{FormBody, PathParams, Person, Refusal, need};
use sauda_messages::team::{BotView, LinkId, Trouble, Way, told_trouble};
use secrecy::SecretString;
use serde::Deserialize;

const PATH: &str = "/messages/telegram";

#[derive(Deserialize)]
pub(super) struct TokenForm {
    #[serde(default)]
    token: String,
}

fn trouble(trouble: Trouble) -> TroubleLine {
    TroubleLine {
        at: trouble.at,
        way: trouble.way.word(),
        what: trouble.what.word(),
        word: told_trouble(&trouble.word),
        text: trouble.text,
    }
}

fn bot(bot: BotView) -> BotLine {
    BotLine {
        name: bot.name,
        user_name: bot.user_name,
        trouble: bot.trouble.map(|word| {
            Told::new(format!("channel-{}", word.replace('_', "-")))
                .arg("status", 0)
                .arg("seconds", 0)
        }),
        heard_at: bot.heard_at,
        connected_by: bot.connected_by,
        connected_at: bot.connected_at,
        waiting: bot.waiting,
        said: bot.said,
    }
}

async fn view(desk: &Desk, scope: &Scope, form: Form) -> Result<TelegramPage, Refusal> {
    let may_manage = scope.may(Right::ManageShops);
    let links = desk.team.links(scope).await?;
    let chats: Vec<ChatLine> = links
        .into_iter()
        .map(|link| {
            let (ended_at, ended) = link.ended.map_or((None, None), |(at, why)| (Some(at), Some(why)));
            ChatLine {
                may_unlink: ended_at.is_none() && (link.is_own || scope.may(Right::ManageTeam)),
                id: link.id.to_string(),
                name: link.name,
                person: link.person,
                is_group: link.is_group,
                is_own: link.is_own,
                linked_at: link.linked_at,
                ended_at,
                ended,
            }
        })
        .collect();
    let troubles = if may_manage {
        desk.team.troubles(scope).await?
    } else {
        Vec::new()
    };
    let tabs = if scope.may(Right::ViewMessages) {
        let shops = desk.catalog.shops(scope).await?;
        shops.first().map(|shop| format!("/s/{}/messages", shop.slug))
    } else {
        None
    };
    Ok(TelegramPage {
        tabs,
        bot: desk.team.bot(scope).await?.map(bot),
        has_own: chats.iter().any(|chat| chat.is_own && chat.ended_at.is_none()),
        chats,
        troubles: troubles.into_iter().map(trouble).collect(),
        may_manage,
        code: None,
        form,
    })
}

pub(super) async fn page(
    State(desk): State<Desk>,
    who: Person<need::ViewToday>,
) -> Result<Response, Refusal> {
    let shell = desk.shell(&who.session, who.language, PATH, "messages").await?;
    desk.draw(&shell, &view(&desk, who.scope(), Form::default()).await?)
}

pub(super) async fn connect(
    State(desk): State<Desk>,
    who: Person<need::ManageShops>,
    FormBody(typed): FormBody<TokenForm>,
) -> Result<Response, Refusal> {
    let token = SecretString::from(typed.token);
    match desk.team.connect_bot(who.scope(), &token).await {
        Ok(bot) => Ok(Did::new("did-bot-connected").arg("name", bot.user_name).at(PATH)),
        Err(error) => {
            let Some(mut refusals) = form_refusals(&error) else {
                return Err(error.into());
            };
            // Whatever is wrong with a token is wrong with that field; what was typed is not shown again.
            for refusal in &mut refusals {
                refusal.field = Some("token".to_owned());
            }
            let form = Form::default().refused(&refusals);
            let shell = desk.shell(&who.session, who.language, PATH, "messages").await?;
            desk.again(&shell, &view(&desk, who.scope(), form).await?)
        }
    }
}

pub(super) async fn disconnect(
    State(desk): State<Desk>,
    who: Person<need::ManageShops>,
) -> Result<Response, Refusal> {
    desk.team.disconnect_bot(who.scope()).await?;
    Ok(Did::new("did-bot-removed").at(PATH))
}

/// A code for the own chat, shown once.
pub(super) async fn link(
    State(desk): State<Desk>,
    who: Person<need::ViewToday>,
) -> Result<Response, Refusal> {
    let made = desk.team.link_code(who.scope()).await?;
    let shell = desk.shell(&who.session, who.language, PATH, "messages").await?;
    let mut shown = view(&desk, who.scope(), Form::default()).await?;
    shown.code = Some(CodeShown {
        code: made.code,
        url: made.url,
        group_url: made.group_url,
        until: made.expires_at,
        picture: made.picture,
    });
    let mut page = desk.draw(&shell, &shown)?;
    page.headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(page)
}

pub(super) async fn unlink(
    State(desk): State<Desk>,
    who: Person<need::ViewToday>,
    PathParams(id): PathParams<LinkId>,
) -> Result<Response, Refusal> {
    desk.team.unlink(who.scope(), &id).await?;
    Ok(Did::new("did-unlinked").at(PATH))
}

pub(super) async fn test(
    State(desk): State<Desk>,
    who: Person<need::ViewToday>,
) -> Result<Response, Refusal> {
    desk.team.test(who.scope(), Way::Telegram).await?;
    Ok(Did::new("did-test-sent").at(PATH))
}
