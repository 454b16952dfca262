//! Telegram as the team's bot: posts with buttons, answers to presses, long polling, links with codes. Refuses to keep state, budgets or
//! retries: those are the caller's.

mod client;
mod http;
mod markup;
mod read;
mod settings;
mod wire;

pub use client::Telegram;
pub use markup::{escape_html, escape_markdown};
pub use settings::TelegramSettings;
