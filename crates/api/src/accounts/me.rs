//! Who asks, and the asking person's sessions.

use crate::{
    ApiState,
    describe::{Op, op},
    shape::{Done, LanguageWord, ListQuery, Moment, Page, RightWord, RoleWord, Shown, Word, page_of},
};
use axum::extract::State;
use sauda_accounts::{Actor, SessionRow};
use sauda_edge::{Caller, PathParams, Person, QueryParams, Refusal, need};
use sauda_kernel::SessionId;
use serde::Serialize;
use utoipa::ToSchema;

/// Who asks.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Me)]
pub(crate) struct MeView {
    /// `person` or `key`.
    pub kind: &'static str,
    /// Id of the person or key.
    pub id: String,
    pub name: String,
    pub merchant_id: String,
    /// Of a person.
    pub merchant_name: Option<String>,
    pub role: Option<RoleWord>,
    pub rights: Vec<RightWord>,
    /// In which texts come.
    pub language: LanguageWord,
}

pub(crate) fn show_op() -> Op {
    op::<need::SignedIn>("show_me", "Who asks and what they may").shows::<MeView>()
}

pub(crate) async fn show(caller: Caller<need::SignedIn>) -> Shown<MeView> {
    let (kind, id) = match caller.scope.actor() {
        Actor::Person { user, .. } => ("person", user.to_string()),
        Actor::Key { key, .. } => ("key", key.to_string()),
        Actor::System { reason } => ("system", (*reason).to_owned()),
    };
    Shown(MeView {
        kind,
        id,
        name: caller.scope.actor_name().to_owned(),
        merchant_id: caller.scope.merchant().to_string(),
        merchant_name: caller.person.as_ref().map(|person| person.merchant_name.clone()),
        role: caller.person.as_ref().map(|person| Word(person.role)),
        rights: caller.scope.rights().into_iter().map(Word).collect(),
        language: Word(caller.language),
    })
}

/// One session of the asking person.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Session)]
pub(crate) struct SessionView {
    pub id: String,
    /// Whether it is the one that asks.
    pub current: bool,
    pub device: String,
    pub address: String,
    pub created_at: Moment,
    pub seen_at: Moment,
    pub expires_at: Moment,
}

impl From<SessionRow> for SessionView {
    fn from(row: SessionRow) -> Self {
        Self {
            id: row.id.to_string(),
            current: row.current,
            device: row.device,
            address: row.address,
            created_at: row.created_at.into(),
            seen_at: row.seen_at.into(),
            expires_at: row.expires_at.into(),
        }
    }
}

pub(crate) fn list_sessions_op() -> Op {
    op::<need::SignedIn>("list_my_sessions", "The person's sessions")
        .personal()
        .query::<ListQuery>()
        .lists::<SessionView>()
}

pub(crate) async fn list_sessions(
    person: Person<need::SignedIn>,
    State(state): State<ApiState>,
    QueryParams(query): QueryParams<ListQuery>,
) -> Result<Shown<Page<SessionView>>, Refusal> {
    let all = state.accounts.sessions(&person.session).await?;
    let page = page_of(all, |row| row.id.to_string(), query.after.as_deref(), query.limit)?;
    Ok(Shown(Page {
        items: page.items.into_iter().map(SessionView::from).collect(),
        next: page.next,
    }))
}

pub(crate) fn end_session_op() -> Op {
    op::<need::SignedIn>("end_my_session", "End one of the person's sessions").personal()
}

pub(crate) async fn end_session(
    person: Person<need::SignedIn>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<SessionId>,
) -> Result<Done, Refusal> {
    state.accounts.end_session(&person.session, &id).await?;
    Ok(Done)
}
