//! What the team is told: the bot and its chats, and each person's notifications.

mod notifications;
mod telegram;

use crate::door::Desk;
use axum::{
    Router,
    routing::{get, post},
};

pub(crate) fn routes() -> Router<Desk> {
    Router::new()
        .route("/messages/telegram", get(telegram::page))
        .route("/messages/telegram/bot", post(telegram::connect))
        .route("/messages/telegram/bot/remove", post(telegram::disconnect))
        .route("/messages/telegram/link", post(telegram::link))
        .route("/messages/telegram/links/{id}/end", post(telegram::unlink))
        .route("/messages/telegram/test", post(telegram::test))
        .route(
            "/settings/notifications",
            get(notifications::page).post(notifications::save),
        )
        .route("/settings/notifications/test", post(notifications::test))
        .route("/settings/notifications/confirm", post(notifications::ask))
        .route(
            "/settings/notifications/confirm/{word}",
            get(notifications::confirm),
        )
}
