//! A person's own notifications: of what, by which way, when it is quiet, where letters go.

use crate::{
    carried::Did,
    door::{Desk, form_refusals},
    views::{
        parts::Form,
        team::{Notifications, WishLine},
    },
};
use axum::{extract::State, response::Response};
use sauda_accounts::Scope;
use sauda_edge::{FormBody, PathParams, Person, Refusal, need};
use sauda_messages::team::{TypedManners, Way, What, Wish, Wishes};
use serde::Deserialize;

const PATH: &str = "/settings/notifications";

#[derive(Deserialize)]
pub(super) struct NotificationForm {
    /// Boxes that are ticked, such as `urgent.telegram`.
    #[serde(default)]
    on: Vec<String>,
    #[serde(default)]
    quiet_from: String,
    #[serde(default)]
    quiet_until: String,
    #[serde(default)]
    report_at: String,
    #[serde(default)]
    mail: String,
}

fn clock(minute: u32) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

async fn view(
    desk: &Desk,
    scope: &Scope,
    wishes: Wishes,
    rows: Vec<(What, Wish)>,
    form: Form,
) -> Result<Notifications, Refusal> {
    Ok(Notifications {
        rows: rows
            .into_iter()
            .map(|(what, wish)| WishLine {
                word: what.word(),
                by_telegram: wish.by_telegram,
                by_mail: wish.by_mail,
                by_screen: wish.by_screen,
            })
            .collect(),
        has_bot: desk.team.bot(scope).await?.is_some(),
        has_chat: wishes.has_chat,
        sends_mail: desk.team.has(Way::Mail),
        mail: wishes.mail,
        is_confirmed: wishes.is_mail_confirmed,
        asked_at: wishes.mail_asked_at,
        form,
    })
}

pub(super) async fn page(State(desk): State<Desk>, who: Person<need::SignedIn>) -> Result<Response, Refusal> {
    let wishes = desk.team.wishes(who.scope()).await?;
    let (from, until) = wishes
        .manners
        .quiet
        .map_or((String::new(), String::new()), |(from, until)| {
            (clock(from), clock(until))
        });
    let form = Form::of(&[
        ("quiet_from", &from),
        ("quiet_until", &until),
        ("report_at", &clock(wishes.manners.report_at)),
        ("mail", &wishes.manners.mail),
    ]);
    let shell = desk.shell(&who.session, who.language, PATH, "settings").await?;
    let rows = wishes.rows.clone();
    desk.draw(&shell, &view(&desk, who.scope(), wishes, rows, form).await?)
}

pub(super) async fn save(
    State(desk): State<Desk>,
    who: Person<need::SignedIn>,
    FormBody(typed): FormBody<NotificationForm>,
) -> Result<Response, Refusal> {
    let wishes = desk.team.wishes(who.scope()).await?;
    let ticked = |what: What, way: &str| typed.on.iter().any(|on| *on == format!("{}.{way}", what.word()));
    let sends_mail = desk.team.has(Way::Mail);
    let rows: Vec<(What, Wish)> = wishes
        .rows
        .iter()
        .map(|(what, before)| {
            let wish = Wish {
                by_telegram: ticked(*what, "telegram"),
                // A column that was not there was not unticked.
                by_mail: if sends_mail {
                    ticked(*what, "mail")
                } else {
                    before.by_mail
                },
                by_screen: ticked(*what, "screen"),
            };
            (*what, wish)
        })
        .collect();
    let manners = TypedManners {
        quiet_from: typed.quiet_from.clone(),
        quiet_until: typed.quiet_until.clone(),
        report_at: typed.report_at.clone(),
        mail: if sends_mail {
            typed.mail.clone()
        } else {
            wishes.manners.mail.clone()
        },
    };
    let saved = match manners.read() {
        Ok(manners) => desk.team.save_wishes(who.scope(), &rows, &manners).await,
        Err(error) => Err(error),
    };
    match saved {
        Ok(()) => Ok(Did::new("did-wishes-saved").at(PATH)),
        Err(error) => {
            let Some(refusals) = form_refusals(&error) else {
                return Err(error.into());
            };
            let form = Form::of(&[
                ("quiet_from", &typed.quiet_from),
                ("quiet_until", &typed.quiet_until),
                ("report_at", &typed.report_at),
                ("mail", &typed.mail),
            ])
            .refused(&refusals);
            let shell = desk.shell(&who.session, who.language, PATH, "settings").await?;
            desk.again(&shell, &view(&desk, who.scope(), wishes, rows, form).await?)
        }
    }
}

pub(super) async fn test(State(desk): State<Desk>, who: Person<need::SignedIn>) -> Result<Response, Refusal> {
    desk.team.test(who.scope(), Way::Mail).await?;
    Ok(Did::new("did-test-sent").at(PATH))
}

/// Sends the link that confirms the address.
pub(super) async fn ask(State(desk): State<Desk>, who: Person<need::SignedIn>) -> Result<Response, Refusal> {
    let mail = desk.team.ask_to_confirm(who.scope()).await?;
    Ok(Did::new("did-mail-asked").arg("mail", mail).at(PATH))
}

/// Somebody opened the link of a letter. A link that opens nothing is told on the page, which offers a new one.
pub(super) async fn confirm(
    State(desk): State<Desk>,
    who: Person<need::SignedIn>,
    PathParams(word): PathParams<String>,
) -> Result<Response, Refusal> {
    let mail = desk.team.confirm_mail(who.scope(), &word).await?;
    Ok(Did::new("did-mail-confirmed").arg("mail", mail).at(PATH))
}
