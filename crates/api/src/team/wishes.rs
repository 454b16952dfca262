//! Who of the team hears of what, and by which way. Each person's own to change.

use crate::{
    ApiState,
    describe::{Example, Op, op},
    shape::{ListQuery, Moment, Page, Shown, page_of},
};
use axum::extract::State;
use sauda_edge::{Caller, JsonBody, Person, QueryParams, Refusal, need};
use sauda_kernel::{Kind, Public};
use sauda_messages::team::{Hearer, TypedManners, What, Wish, Wishes};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// By which ways somebody hears of something.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TeamWays)]
pub(crate) struct Ways {
    pub telegram: bool,
    pub mail: bool,
    pub screen: bool,
}

impl From<Wish> for Ways {
    fn from(wish: Wish) -> Self {
        Self {
            telegram: wish.by_telegram,
            mail: wish.by_mail,
            screen: wish.by_screen,
        }
    }
}

fn events(rows: Vec<(What, Wish)>) -> BTreeMap<String, Ways> {
    rows.into_iter()
        .map(|(what, wish)| (what.word().to_owned(), Ways::from(wish)))
        .collect()
}

/// What one person hears, and where.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TeamHearer)]
pub(crate) struct HearerView {
    pub user_id: String,
    pub name: String,
    /// By event: `urgent`, `new_order`, `trouble`, `day`, `low_stock`, `prices`, `access`, `report`. Only those the person may be told of.
    pub events: BTreeMap<String, Ways>,
    /// Linked chats, groups among them.
    pub chats: i64,
    /// Where letters go; null when no address is known.
    pub mail: Option<String>,
    /// The link that was sent there was opened: letters go.
    pub mail_confirmed: bool,
}

impl From<Hearer> for HearerView {
    fn from(hearer: Hearer) -> Self {
        Self {
            user_id: hearer.user.to_string(),
            name: hearer.name,
            events: events(hearer.rows),
            chats: hearer.chats,
            mail: hearer.mail,
            mail_confirmed: hearer.is_mail_confirmed,
        }
    }
}

pub(crate) fn list_op() -> Op {
    op::<need::ManageTeam>("list_team_hearers", "Who of the team hears of what")
        .query::<ListQuery>()
        .lists::<HearerView>()
}

pub(crate) async fn list(
    caller: Caller<need::ManageTeam>,
    State(state): State<ApiState>,
    QueryParams(query): QueryParams<ListQuery>,
) -> Result<Shown<Page<HearerView>>, Refusal> {
    let all = state.team.hearers(&caller.scope).await?;
    let page = page_of(
        all,
        |hearer| hearer.user.to_string(),
        query.after.as_deref(),
        query.limit,
    )?;
    Ok(Shown(Page {
        items: page.items.into_iter().map(HearerView::from).collect(),
        next: page.next,
    }))
}

/// What the asking person hears.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MyNotifications)]
pub(crate) struct MyView {
    pub events: BTreeMap<String, Ways>,
    /// Almaty time such as `22:00`; null when no hours are quiet.
    pub quiet_from: Option<String>,
    pub quiet_until: Option<String>,
    pub report_at: String,
    /// Where letters go; null when no address is known.
    pub mail: Option<String>,
    pub mail_confirmed: bool,
    /// When the link that confirms the address was sent.
    pub mail_asked_at: Option<Moment>,
    pub has_chat: bool,
}

fn clock(minute: u32) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

impl From<Wishes> for MyView {
    fn from(wishes: Wishes) -> Self {
        let quiet = wishes.manners.quiet;
        Self {
            events: events(wishes.rows),
            quiet_from: quiet.map(|(from, _)| clock(from)),
            quiet_until: quiet.map(|(_, until)| clock(until)),
            report_at: clock(wishes.manners.report_at),
            mail: wishes.mail,
            mail_confirmed: wishes.is_mail_confirmed,
            mail_asked_at: wishes.mail_asked_at.map(Moment),
            has_chat: wishes.has_chat,
        }
    }
}

pub(crate) fn show_op() -> Op {
    op::<need::SignedIn>("show_my_notifications", "What the asking person hears of")
        .personal()
        .shows::<MyView>()
}

pub(crate) async fn show(
    person: Person<need::SignedIn>,
    State(state): State<ApiState>,
) -> Result<Shown<MyView>, Refusal> {
    Ok(Shown(state.team.wishes(person.scope()).await?.into()))
}

/// What changes; what is left out stays.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = MyNotificationsPatch)]
pub(crate) struct MyPatch {
    pub events: BTreeMap<String, Ways>,
    /// Both empty: no hours are quiet.
    pub quiet_from: Option<String>,
    pub quiet_until: Option<String>,
    pub report_at: Option<String>,
    /// Empty: the address of the login. A new one gets a letter with a link first.
    pub mail: Option<String>,
}

impl Example for MyPatch {
    fn example() -> Value {
        json!({"events": {"report": {"telegram": true, "mail": true, "screen": true}}, "report_at": "20:00"})
    }
}

pub(crate) fn change_op() -> Op {
    op::<need::SignedIn>(
        "change_my_notifications",
        "Change what the asking person hears of",
    )
    .personal()
    .body::<MyPatch>()
    .shows::<MyView>()
}

pub(crate) async fn change(
    person: Person<need::SignedIn>,
    State(state): State<ApiState>,
    JsonBody(patch): JsonBody<MyPatch>,
) -> Result<Shown<MyView>, Refusal> {
    let scope = person.scope();
    let before = state.team.wishes(scope).await?;
    let mut rows = Vec::new();
    for (word, ways) in &patch.events {
        let known = before.rows.iter().find(|(what, _)| what.word() == word);
        let Some((what, _)) = known else {
            let public = Public::new("invalid-value").field("events").arg("value", word);
            return Err(Refusal::new(Kind::Invalid, public));
        };
        let wish = Wish {
            by_telegram: ways.telegram,
            by_mail: ways.mail,
            by_screen: ways.screen,
        };
        rows.push((*what, wish));
    }
    let (from, until) = before.manners.quiet.map_or_else(
        || (String::new(), String::new()),
        |(from, until)| (clock(from), clock(until)),
    );
    let manners = TypedManners {
        quiet_from: patch.quiet_from.unwrap_or(from),
        quiet_until: patch.quiet_until.unwrap_or(until),
        report_at: patch.report_at.unwrap_or_else(|| clock(before.manners.report_at)),
        mail: patch.mail.unwrap_or(before.manners.mail),
    };
    state.team.save_wishes(scope, &rows, &manners.read()?).await?;
    Ok(Shown(state.team.wishes(scope).await?.into()))
}
