//! Keys of this interface.

use crate::{
    ApiState,
    describe::{Example, Op, op},
    shape::{Done, ListQuery, Made, Moment, Page, RightWord, Shown, Word, page_of},
};
use axum::extract::State;
use sauda_accounts::{ApiKey, NewKey};
use sauda_edge::{Caller, JsonBody, PathParams, Person, QueryParams, Refusal, need};
use sauda_kernel::ApiKeyId;
use secrecy::ExposeSecret as _;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// One key; its secret is not kept.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ApiKey)]
pub(crate) struct KeyView {
    pub id: String,
    pub name: String,
    /// Its first letters.
    pub hint: String,
    pub rights: Vec<RightWord>,
    pub made_by: String,
    pub created_at: Moment,
    /// To the hour.
    pub used_at: Option<Moment>,
    pub expires_at: Option<Moment>,
    pub revoked_at: Option<Moment>,
}

impl From<ApiKey> for KeyView {
    fn from(key: ApiKey) -> Self {
        Self {
            id: key.id.to_string(),
            name: key.name,
            hint: key.hint,
            rights: key.rights.into_iter().map(Word).collect(),
            made_by: key.made_by,
            created_at: key.created_at.into(),
            used_at: key.used_at.map(Moment),
            expires_at: key.expires_at.map(Moment),
            revoked_at: key.revoked_at.map(Moment),
        }
    }
}

pub(crate) fn list_op() -> Op {
    op::<need::ManageKeys>("list_api_keys", "Keys, revoked ones too")
        .query::<ListQuery>()
        .lists::<KeyView>()
}

pub(crate) async fn list(
    caller: Caller<need::ManageKeys>,
    State(state): State<ApiState>,
    QueryParams(query): QueryParams<ListQuery>,
) -> Result<Shown<Page<KeyView>>, Refusal> {
    let all = state.accounts.keys(&caller.scope).await?;
    let page = page_of(all, |key| key.id.to_string(), query.after.as_deref(), query.limit)?;
    Ok(Shown(Page {
        items: page.items.into_iter().map(KeyView::from).collect(),
        next: page.next,
    }))
}

/// What a new key may do.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewKeyBody {
    /// Up to 80 characters.
    pub name: String,
    /// Rights that its maker has.
    pub rights: Vec<RightWord>,
    /// Nothing: until it is revoked.
    #[serde(default)]
    pub expires_at: Option<Moment>,
}

impl Example for NewKeyBody {
    fn example() -> Value {
        json!({"name": "accounting", "rights": ["view_prices", "manage_prices"], "expires_at": "2027-11-20T00:00:00Z"})
    }
}

/// A new key. The secret is shown this once.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct KeyMade {
    pub id: String,
    /// Send it as `Authorization: Bearer <key>`.
    pub key: String,
}

pub(crate) fn create_op() -> Op {
    op::<need::ManageKeys>("create_api_key", "Make a key")
        .about("The secret is shown this once.")
        .personal()
        .body::<NewKeyBody>()
        .makes::<KeyMade>()
}

/// Keys cannot make keys.
pub(crate) async fn create(
    person: Person<need::ManageKeys>,
    State(state): State<ApiState>,
    JsonBody(body): JsonBody<NewKeyBody>,
) -> Result<Made<KeyMade>, Refusal> {
    let new = NewKey {
        name: body.name,
        rights: body.rights.into_iter().map(|right| right.0).collect(),
        expires_at: body.expires_at.map(|end| end.0),
    };
    let shown = state.accounts.make_key(person.scope(), new).await?;
    Ok(Made(KeyMade {
        id: shown.id.to_string(),
        key: shown.key.expose_secret().to_owned(),
    }))
}

pub(crate) fn revoke_op() -> Op {
    op::<need::ManageKeys>("revoke_api_key", "End a key at once")
}

pub(crate) async fn revoke(
    caller: Caller<need::ManageKeys>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<ApiKeyId>,
) -> Result<Done, Refusal> {
    state.accounts.revoke_key(&caller.scope, &id).await?;
    Ok(Done)
}
