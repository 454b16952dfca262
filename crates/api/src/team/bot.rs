//! The bot of the team. Refuses to show its token.

use crate::{
    ApiState,
    describe::{Example, Op, op},
    shape::{Done, Moment, Shown},
};
use axum::extract::State;
use sauda_edge::{Caller, JsonBody, Refusal, need};
use sauda_kernel::{Kind, Public};
use sauda_messages::team::BotView as Bot;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// The bot and how it does.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TeamBot)]
pub(crate) struct BotView {
    pub name: String,
    /// Without `@`.
    pub user_name: String,
    pub works: bool,
    /// What is wrong, such as `bad_key` or `taken`; null when it works.
    pub trouble: Option<String>,
    /// Since when it stands so.
    pub state_since: Moment,
    /// When it was listened to last.
    pub heard_at: Option<Moment>,
    pub connected_by: String,
    pub connected_at: Moment,
    /// What waits to be said.
    pub waiting: i64,
    /// What was said since midnight.
    pub said_today: i64,
}

impl From<Bot> for BotView {
    fn from(bot: Bot) -> Self {
        Self {
            name: bot.name,
            user_name: bot.user_name,
            works: bot.trouble.is_none(),
            trouble: bot.trouble,
            state_since: bot.state_since.into(),
            heard_at: bot.heard_at.map(Moment),
            connected_by: bot.connected_by,
            connected_at: bot.connected_at.into(),
            waiting: bot.waiting,
            said_today: bot.said,
        }
    }
}

async fn found(state: &ApiState, scope: &sauda_accounts::Scope) -> Result<BotView, Refusal> {
    state
        .team
        .bot(scope)
        .await?
        .map(BotView::from)
        .ok_or_else(|| Refusal::new(Kind::NotFound, Public::new("team-no-bot")))
}

pub(crate) fn show_op() -> Op {
    op::<need::ViewToday>("show_team_bot", "The bot of the team and how it does")
        .about("404 while no bot is connected.")
        .shows::<BotView>()
}

pub(crate) async fn show(
    caller: Caller<need::ViewToday>,
    State(state): State<ApiState>,
) -> Result<Shown<BotView>, Refusal> {
    Ok(Shown(found(&state, &caller.scope).await?))
}

/// A bot to be connected.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewBot {
    /// The token that @BotFather gave. Kept sealed, never shown again.
    pub token: String,
}

impl Example for NewBot {
    fn example() -> Value {
        json!({"token": "2222222:AAEexample_token-of_35_signs_0000000"})
    }
}

pub(crate) fn connect_op() -> Op {
    op::<need::ManageShops>("connect_team_bot", "Connect the team's bot by its token")
        .about("The token is tried first. Another bot takes the place of the one before; its chats are linked anew.")
        .body::<NewBot>()
        .shows::<BotView>()
        .conflicts()
}

pub(crate) async fn connect(
    caller: Caller<need::ManageShops>,
    State(state): State<ApiState>,
    JsonBody(new): JsonBody<NewBot>,
) -> Result<Shown<BotView>, Refusal> {
    state
        .team
        .connect_bot(&caller.scope, &SecretString::from(new.token))
        .await?;
    Ok(Shown(found(&state, &caller.scope).await?))
}

pub(crate) fn remove_op() -> Op {
    op::<need::ManageShops>("remove_team_bot", "Take the team's bot away").conflicts()
}

pub(crate) async fn remove(
    caller: Caller<need::ManageShops>,
    State(state): State<ApiState>,
) -> Result<Done, Refusal> {
    state.team.disconnect_bot(&caller.scope).await?;
    Ok(Done)
}
