//! Hours, numbers a day and quiet days of a shop. Refuses nothing by itself: the room does.

use super::show::{clock, line_card, minute};
use crate::{
    carried::Did,
    door::{Desk, form_refusals},
    pages::prices::path_of,
    shell::Shell,
    views::{message_lines::LimitsPage, parts::Form},
};
use axum::{
    extract::{OriginalUri, State},
    response::Response,
};
use sauda_accounts::{Right, Session};
use sauda_edge::{FormBody, Language, PathParams, Person, Refusal, need};
use sauda_kernel::{Kind, Public, Span};
use sauda_messages::{hours::Hours, limits::Wishes};
use serde::Deserialize;

async fn load(
    desk: &Desk,
    session: &Session,
    to: Language,
    (path, slug): (&str, &str),
    typed: Option<(Form, Vec<u32>)>,
) -> Result<(Shell, LimitsPage), Refusal> {
    let at = desk.at_shop(session, to, path, "messages", slug, None).await?;
    let scope = &session.scope;
    let base = format!("{}/messages", at.shell.base);
    let settings = desk.messages.settings(scope, &at.shop.id).await?;
    let line = match &settings.line {
        Some(line) => {
            let view = desk.messages.line(scope, line).await?;
            Some(line_card(&view, &base, &at.shop, desk.now()))
        }
        None => None,
    };
    let wishes = settings.limits.wishes();
    let (form, quiet) = typed.unwrap_or_else(|| {
        let form = Form::of(&[
            ("from", &clock(wishes.hours.from_minute())),
            ("until", &clock(wishes.hours.until_minute())),
            ("per_day", &wishes.per_day.to_string()),
            ("gap", &wishes.gap.as_secs().to_string()),
            ("jitter", &wishes.jitter.as_secs().to_string()),
            ("warm_up", if wishes.warm_up { "on" } else { "" }),
        ]);
        (form, wishes.quiet_days)
    });
    let page = LimitsPage {
        weekdays: (1..=7).map(|day| (day, quiet.contains(&day))).collect(),
        form,
        may_edit: scope.may(Right::ManageMessages),
        line,
        base,
    };
    Ok((at.shell, page))
}

pub(super) async fn page(
    State(desk): State<Desk>,
    who: Person<need::ViewMessages>,
    PathParams(slug): PathParams<String>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refusal> {
    let place = (path_of(&uri), slug);
    let (shell, page) = load(&desk, &who.session, who.language, (&place.0, &place.1), None).await?;
    desk.draw(&shell, &page)
}

#[derive(Deserialize)]
pub(super) struct LimitsForm {
    #[serde(default)]
    from: String,
    #[serde(default)]
    until: String,
    #[serde(default)]
    per_day: String,
    #[serde(default)]
    gap: String,
    #[serde(default)]
    jitter: String,
    #[serde(default)]
    warm_up: String,
    #[serde(default)]
    weekday: Vec<u32>,
}

impl LimitsForm {
    fn wishes(&self) -> Result<Wishes, Vec<Public>> {
        let hours = Hours::new(minute(&self.from), minute(&self.until))
            .map_err(|_| vec![Public::new("limits-hours").field("from")])?;
        let number = |text: &str| text.trim().parse::<i64>().unwrap_or(-1);
        Ok(Wishes {
            gap: Span::from_secs(number(&self.gap)),
            jitter: Span::from_secs(number(&self.jitter)),
            per_day: self.per_day.trim().parse().unwrap_or(0),
            hours,
            quiet_days: self.weekday.clone(),
            warm_up: self.warm_up == "on",
        })
    }
}

pub(super) async fn put(
    State(desk): State<Desk>,
    who: Person<need::ManageMessages>,
    PathParams(slug): PathParams<String>,
    FormBody(form): FormBody<LimitsForm>,
) -> Result<Response, Refusal> {
    let shop = desk.catalog.shop_by_slug(who.scope(), &slug).await?;
    let path = format!("/s/{slug}/messages/limits");
    let refusals = match form.wishes() {
        Err(refusals) => refusals,
        Ok(wishes) => match desk.messages.put_limits(who.scope(), &shop.id, wishes).await {
            Ok(()) => return Ok(Did::new("did-limits").at(&path)),
            Err(error) => match form_refusals(&error) {
                Some(refusals) => refusals,
                None => return Err(error.into()),
            },
        },
    };
    if refusals.is_empty() {
        return Err(Refusal::new(Kind::Bug, Public::new("bug")));
    }
    let typed = Form::of(&[
        ("from", &form.from),
        ("until", &form.until),
        ("per_day", &form.per_day),
        ("gap", &form.gap),
        ("jitter", &form.jitter),
        ("warm_up", &form.warm_up),
    ])
    .refused(&refusals);
    let typed = Some((typed, form.weekday.clone()));
    let (shell, page) = load(&desk, &who.session, who.language, (&path, &slug), typed).await?;
    desk.again(&shell, &page)
}
