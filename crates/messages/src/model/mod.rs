//! What the room keeps: lines, talks, messages, questions, settings. Refuses to send and to store.

mod ask;
mod facts;
mod file;
mod line;
mod message;
mod settings;
mod talk;

pub(crate) use ask::reply_word;
pub use ask::{Ask, AskValues, SizeAnswer, reply_kind};
pub use facts::{event_facts, template_facts};
pub use file::{
    FileKind, FileState, LARGEST_BYTES as FILE_BYTES, MessageFile, is_what_it_says, taken as file_kind,
};
pub use line::Line;
pub(crate) use line::state_of;
pub use message::{Message, MessageMedia, MessageState, channel_part};
pub use settings::{EARLIEST_MINUTE, LATEST_MINUTE, SettingsWrong, ShopSettings, TriggerSetting};
pub(crate) use settings::{read as read_settings, write as write_settings};
pub use talk::{InboxView, Talk, Who};
