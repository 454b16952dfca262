//! What the team is told: the bot, its chats, and who hears of what by which way.

pub(crate) mod bot;
pub(crate) mod chats;
pub(crate) mod wishes;
