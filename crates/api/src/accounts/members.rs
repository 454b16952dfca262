//! The people of the team.

use crate::{
    ApiState,
    describe::{Example, Op, op},
    shape::{Done, ListQuery, Moment, Page, RoleWord, Shown, Word, page_of},
};
use axum::extract::State;
use sauda_accounts::Member;
use sauda_edge::{Caller, JsonBody, PathParams, QueryParams, Refusal, need};
use sauda_kernel::UserId;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// One person of the team.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Member)]
pub(crate) struct MemberView {
    pub id: String,
    pub name: String,
    pub login: String,
    pub role: RoleWord,
    pub joined_at: Moment,
    pub seen_at: Option<Moment>,
    /// Whether the person signs in with a code as well.
    pub second_factor: bool,
}

impl From<Member> for MemberView {
    fn from(member: Member) -> Self {
        Self {
            id: member.user.to_string(),
            name: member.name,
            login: member.login,
            role: Word(member.role),
            joined_at: member.joined_at.into(),
            seen_at: member.seen_at.map(Moment),
            second_factor: member.second_factor,
        }
    }
}

pub(crate) fn list_op() -> Op {
    op::<need::ManageTeam>("list_members", "People of the team")
        .query::<ListQuery>()
        .lists::<MemberView>()
}

pub(crate) async fn list(
    caller: Caller<need::ManageTeam>,
    State(state): State<ApiState>,
    QueryParams(query): QueryParams<ListQuery>,
) -> Result<Shown<Page<MemberView>>, Refusal> {
    let all = state.accounts.team(&caller.scope).await?;
    let page = page_of(
        all,
        |member| member.user.to_string(),
        query.after.as_deref(),
        query.limit,
    )?;
    Ok(Shown(Page {
        items: page.items.into_iter().map(MemberView::from).collect(),
        next: page.next,
    }))
}

/// What a person becomes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MemberPatch {
    pub role: RoleWord,
}

impl Example for MemberPatch {
    fn example() -> Value {
        json!({"role": "manager"})
    }
}

pub(crate) fn change_op() -> Op {
    op::<need::ManageTeam>("change_member", "Give a person another role")
        .about("Their sessions end.")
        .body::<MemberPatch>()
        .conflicts()
}

pub(crate) async fn change(
    caller: Caller<need::ManageTeam>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<UserId>,
    JsonBody(body): JsonBody<MemberPatch>,
) -> Result<Done, Refusal> {
    state.accounts.set_role(&caller.scope, &id, body.role.0).await?;
    Ok(Done)
}

pub(crate) fn remove_op() -> Op {
    op::<need::ManageTeam>("remove_member", "Take a person out of the team").conflicts()
}

pub(crate) async fn remove(
    caller: Caller<need::ManageTeam>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<UserId>,
) -> Result<Done, Refusal> {
    state.accounts.remove_member(&caller.scope, &id).await?;
    Ok(Done)
}
