//! Chats that hear the bot: linked by a code of the person they are told for, ended by the same person or by who manages the team.

use crate::{
    ApiState,
    describe::{Op, op},
    shape::{Done, ListQuery, Made, Moment, Page, Shown, page_of},
};
use axum::extract::State;
use sauda_edge::{Caller, PathParams, Person, QueryParams, Refusal, need};
use sauda_messages::team::{LinkCode, LinkId, LinkView};
use serde::Serialize;
use utoipa::ToSchema;

/// A chat that is, or was in the last week, somebody's.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TeamChat)]
pub(crate) struct ChatView {
    pub id: String,
    /// For whom it is told.
    pub user_id: String,
    pub user_name: String,
    /// The name in Telegram.
    pub telegram_name: String,
    pub is_group: bool,
    pub linked_at: Moment,
    /// Null while it is told.
    pub ended_at: Option<Moment>,
    /// `stopped`, `blocked`, `replaced`, `removed`, `left`.
    pub ended_why: Option<String>,
}

impl From<LinkView> for ChatView {
    fn from(link: LinkView) -> Self {
        let (ended_at, ended_why) = link
            .ended
            .map_or((None, None), |(at, why)| (Some(Moment(at)), Some(why)));
        Self {
            id: link.id.to_string(),
            user_id: link.user.to_string(),
            user_name: link.name,
            telegram_name: link.person,
            is_group: link.is_group,
            linked_at: link.linked_at.into(),
            ended_at,
            ended_why,
        }
    }
}

pub(crate) fn list_op() -> Op {
    op::<need::ViewToday>("list_team_chats", "Chats that hear the bot")
        .about("One's own; all of the team with the right to manage the team or shops.")
        .query::<ListQuery>()
        .lists::<ChatView>()
}

pub(crate) async fn list(
    caller: Caller<need::ViewToday>,
    State(state): State<ApiState>,
    QueryParams(query): QueryParams<ListQuery>,
) -> Result<Shown<Page<ChatView>>, Refusal> {
    let all = state.team.links(&caller.scope).await?;
    let page = page_of(
        all,
        |link| link.id.to_string(),
        query.after.as_deref(),
        query.limit,
    )?;
    Ok(Shown(Page {
        items: page.items.into_iter().map(ChatView::from).collect(),
        next: page.next,
    }))
}

pub(crate) fn end_op() -> Op {
    op::<need::ViewToday>("end_team_chat", "Tell a chat nothing any more")
        .about("One's own, or anybody's with the right to manage the team.")
}

pub(crate) async fn end(
    caller: Caller<need::ViewToday>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<LinkId>,
) -> Result<Done, Refusal> {
    state.team.unlink(&caller.scope, &id).await?;
    Ok(Done)
}

/// A code that links a chat to the asking person.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TeamLinkCode)]
pub(crate) struct CodeView {
    pub code: String,
    /// Opens the talk with the bot and hands the code over.
    pub url: String,
    /// The same for a group.
    pub group_url: String,
    pub expires_at: Moment,
}

impl From<LinkCode> for CodeView {
    fn from(made: LinkCode) -> Self {
        Self {
            code: made.code,
            url: made.url,
            group_url: made.group_url,
            expires_at: made.expires_at.into(),
        }
    }
}

pub(crate) fn create_code_op() -> Op {
    op::<need::ViewToday>(
        "create_team_link_code",
        "A code that links a Telegram chat to the asking person",
    )
    .about("Used once, for a quarter of an hour. A newer code makes the older ones worthless.")
    .personal()
    .makes::<CodeView>()
    .conflicts()
}

pub(crate) async fn create_code(
    person: Person<need::ViewToday>,
    State(state): State<ApiState>,
) -> Result<Made<CodeView>, Refusal> {
    Ok(Made(state.team.link_code(person.scope()).await?.into()))
}
