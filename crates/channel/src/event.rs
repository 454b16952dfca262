//! What a line tells us by itself. Comes at least once and in any order: whoever stores it, does so by `id` first.

use crate::{ChatId, Delivery, LineState, Message};
use sauda_kernel::Timestamp;

/// One thing that happened on a line.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// The same for every repetition of the same event.
    pub id: String,
    /// Name of the line.
    pub line: String,
    /// When the server noticed, if it said so.
    pub at: Option<Timestamp>,
    pub what: Happening,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Happening {
    /// A message, theirs or ours (`from_me`).
    Message(Box<Message>),
    Delivery {
        message: String,
        chat: Option<ChatId>,
        delivery: Delivery,
    },
    State {
        state: LineState,
        /// A code that the phone shows too.
        code: Option<String>,
    },
    Reaction {
        message: String,
        chat: ChatId,
        from_me: bool,
        /// Empty when it was taken back.
        sign: String,
    },
    Edited {
        /// Perhaps only the last part of the id: compare with [`crate::is_same_message`].
        message: String,
        chat: Option<ChatId>,
        text: String,
    },
    Revoked {
        /// As above.
        message: String,
        chat: Option<ChatId>,
    },
    /// An event that we do nothing with; its name.
    Other(String),
}
