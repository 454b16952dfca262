//! Logins at the marketplace: connect, enter the code, sign in again, disconnect. Refuses to give a secret back.

use crate::{
    ApiState,
    describe::{Example, Op, op},
    shape::{AccessStateWord, Done, ListQuery, LoginKindWord, Made, Moment, Page, Shown, Word, page_of},
};
use axum::extract::State;
use sauda_catalog::{Access, Connected};
use sauda_edge::{Caller, JsonBody, PathParams, QueryParams, Refusal, need};
use sauda_kernel::AccessId;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// One login.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Access)]
pub(crate) struct AccessView {
    pub id: String,
    pub marketplace: String,
    pub login_kind: LoginKindWord,
    /// `+7 701 ••• 12 34`
    pub login_masked: String,
    pub state: AccessStateWord,
    pub state_since: Moment,
    /// When sign-in opens again.
    pub state_until: Option<Moment>,
    /// Where the awaited code went.
    pub code_sent_to: Option<String>,
    /// How many digits it has, when known.
    pub code_digits: Option<u32>,
    /// When the marketplace last answered.
    pub contact_at: Option<Moment>,
}

impl From<Access> for AccessView {
    fn from(access: Access) -> Self {
        let (sent_to, digits) = (access.code_sent_to().map(str::to_owned), access.code_digits());
        Self {
            id: access.id.to_string(),
            marketplace: access.marketplace,
            login_kind: Word(access.login_kind),
            login_masked: access.login_masked,
            state: Word(access.state),
            state_since: access.state_since.into(),
            state_until: access.state_until.map(Moment),
            code_sent_to: sent_to,
            code_digits: digits,
            contact_at: access.contact_at.map(Moment),
        }
    }
}

/// What a step of connecting led to.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Connected)]
pub(crate) struct ConnectedView {
    pub access: AccessView,
    /// Ids of the shops that this step attached; empty while a code is awaited.
    pub shop_ids: Vec<String>,
}

impl From<Connected> for ConnectedView {
    fn from(connected: Connected) -> Self {
        Self {
            access: connected.access.into(),
            shop_ids: connected.shops.iter().map(ToString::to_string).collect(),
        }
    }
}

pub(crate) fn list_op() -> Op {
    op::<need::ViewShops>("list_accesses", "Logins and the state of their sessions")
        .query::<ListQuery>()
        .lists::<AccessView>()
}

pub(crate) async fn list(
    caller: Caller<need::ViewShops>,
    State(state): State<ApiState>,
    QueryParams(query): QueryParams<ListQuery>,
) -> Result<Shown<Page<AccessView>>, Refusal> {
    let all = state.catalog.accesses(&caller.scope).await?;
    let page = page_of(
        all,
        |access| access.id.to_string(),
        query.after.as_deref(),
        query.limit,
    )?;
    Ok(Shown(Page {
        items: page.items.into_iter().map(AccessView::from).collect(),
        next: page.next,
    }))
}

pub(crate) fn show_op() -> Op {
    op::<need::ViewShops>("show_access", "One login").shows::<AccessView>()
}

pub(crate) async fn show(
    caller: Caller<need::ViewShops>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<AccessId>,
) -> Result<Shown<AccessView>, Refusal> {
    Ok(Shown(state.catalog.access(&caller.scope, &id).await?.into()))
}

/// A login to connect.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewAccess {
    /// `phone`: a code comes by SMS; `mail`: with a password.
    pub login_kind: LoginKindWord,
    /// In any spelling.
    pub login: String,
    /// For `mail`. Kept sealed, never given back.
    #[serde(default)]
    #[schema(format = Password)]
    pub password: Option<String>,
}

impl Example for NewAccess {
    fn example() -> Value {
        json!({"login_kind": "phone", "login": "+7 701 000 12 34"})
    }
}

pub(crate) fn connect_op() -> Op {
    op::<need::ManageShops>("connect", "Begin to connect a login")
        .about("While `code_sent_to` is set, send the code next.")
        .body::<NewAccess>()
        .makes::<ConnectedView>()
        .conflicts()
}

pub(crate) async fn connect(
    caller: Caller<need::ManageShops>,
    State(state): State<ApiState>,
    JsonBody(body): JsonBody<NewAccess>,
) -> Result<Made<ConnectedView>, Refusal> {
    let connected = state
        .catalog
        .connect(
            &caller.scope,
            body.login_kind.0,
            &body.login,
            body.password.as_deref(),
        )
        .await?;
    Ok(Made(connected.into()))
}

/// The code that came by SMS or mail.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CodeBody {
    pub code: String,
}

impl Example for CodeBody {
    fn example() -> Value {
        json!({"code": "4821"})
    }
}

pub(crate) fn enter_code_op() -> Op {
    op::<need::ManageShops>("enter_code", "Go on with the code that came")
        .body::<CodeBody>()
        .shows::<ConnectedView>()
        .conflicts()
}

pub(crate) async fn enter_code(
    caller: Caller<need::ManageShops>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<AccessId>,
    JsonBody(body): JsonBody<CodeBody>,
) -> Result<Shown<ConnectedView>, Refusal> {
    Ok(Shown(
        state
            .catalog
            .enter_code(&caller.scope, &id, &body.code)
            .await?
            .into(),
    ))
}

pub(crate) fn renew_op() -> Op {
    op::<need::ManageShops>("renew_access", "Sign in again with the kept login")
        .shows::<ConnectedView>()
        .conflicts()
}

pub(crate) async fn renew(
    caller: Caller<need::ManageShops>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<AccessId>,
) -> Result<Shown<ConnectedView>, Refusal> {
    Ok(Shown(state.catalog.renew(&caller.scope, &id).await?.into()))
}

pub(crate) fn disconnect_op() -> Op {
    op::<need::ManageShops>("disconnect", "Forget the session of a login")
}

pub(crate) async fn disconnect(
    caller: Caller<need::ManageShops>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<AccessId>,
) -> Result<Done, Refusal> {
    state.catalog.disconnect(&caller.scope, &id).await?;
    Ok(Done)
}
