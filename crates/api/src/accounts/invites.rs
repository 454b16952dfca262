//! Invitations to the team by link.

use crate::{
    ApiState,
    describe::{Example, Op, op},
    shape::{Done, ListQuery, Made, Moment, Page, RoleWord, Shown, Word, page_of},
};
use axum::extract::State;
use sauda_accounts::{Invite, InviteState};
use sauda_edge::{Caller, JsonBody, PathParams, QueryParams, Refusal, need};
use sauda_kernel::InviteId;
use secrecy::ExposeSecret as _;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// One invitation.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Invite)]
pub(crate) struct InviteView {
    pub id: String,
    pub role: RoleWord,
    /// For whom it is.
    pub note: String,
    pub made_by: String,
    /// `open`, `used`, `revoked` or `expired`.
    pub state: &'static str,
    pub created_at: Moment,
    pub expires_at: Moment,
}

impl From<Invite> for InviteView {
    fn from(invite: Invite) -> Self {
        let state = match invite.state {
            InviteState::Open => "open",
            InviteState::Used => "used",
            InviteState::Revoked => "revoked",
            InviteState::Expired => "expired",
        };
        Self {
            id: invite.id.to_string(),
            role: Word(invite.role),
            note: invite.note,
            made_by: invite.made_by,
            state,
            created_at: invite.created_at.into(),
            expires_at: invite.expires_at.into(),
        }
    }
}

pub(crate) fn list_op() -> Op {
    op::<need::ManageTeam>("list_invites", "Invitations")
        .query::<ListQuery>()
        .lists::<InviteView>()
}

pub(crate) async fn list(
    caller: Caller<need::ManageTeam>,
    State(state): State<ApiState>,
    QueryParams(query): QueryParams<ListQuery>,
) -> Result<Shown<Page<InviteView>>, Refusal> {
    let all = state.accounts.invites(&caller.scope).await?;
    let page = page_of(
        all,
        |invite| invite.id.to_string(),
        query.after.as_deref(),
        query.limit,
    )?;
    Ok(Shown(Page {
        items: page.items.into_iter().map(InviteView::from).collect(),
        next: page.next,
    }))
}

/// Whom to invite.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewInvite {
    pub role: RoleWord,
    /// For whom it is; up to 120 characters.
    #[serde(default)]
    pub note: String,
}

impl Example for NewInvite {
    fn example() -> Value {
        json!({"role": "packer", "note": "Aigul, warehouse"})
    }
}

/// A new invitation. The token is shown this once.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InviteMade {
    /// The secret part of the link that the invited person opens.
    pub token: String,
    pub expires_at: Moment,
}

pub(crate) fn create_op() -> Op {
    op::<need::ManageTeam>("create_invite", "Invite a person by a link")
        .body::<NewInvite>()
        .makes::<InviteMade>()
}

pub(crate) async fn create(
    caller: Caller<need::ManageTeam>,
    State(state): State<ApiState>,
    JsonBody(body): JsonBody<NewInvite>,
) -> Result<Made<InviteMade>, Refusal> {
    let link = state
        .accounts
        .invite(&caller.scope, body.role.0, &body.note)
        .await?;
    Ok(Made(InviteMade {
        token: link.token.expose_secret().to_owned(),
        expires_at: link.expires_at.into(),
    }))
}

pub(crate) fn revoke_op() -> Op {
    op::<need::ManageTeam>("revoke_invite", "Take an invitation back")
}

pub(crate) async fn revoke(
    caller: Caller<need::ManageTeam>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<InviteId>,
) -> Result<Done, Refusal> {
    state.accounts.revoke_invite(&caller.scope, &id).await?;
    Ok(Done)
}
