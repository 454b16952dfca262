//! How a channel fails, each way by its name. An unclear answer is `Unconfirmed`: neither sent nor lost until it was read back.

use sauda_kernel::{Failure, Kind, Public, Span};

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChannelError {
    /// The phone is not linked (any more), or the line does not run: its state as the channel says it.
    #[error("the line is not linked to a phone ({state})")]
    LoggedOut { state: String },
    /// Key, token or password is wrong.
    #[error("the channel does not accept the key")]
    BadKey,
    /// Nobody can be reached there: no such number in the channel, no such chat, no such mailbox.
    #[error("nobody can be reached at {0}")]
    NoRecipient(String),
    /// The person blocked us, left, or never began the talk.
    #[error("the recipient does not take messages from us: {0}")]
    Closed(String),
    /// The chat lives under another number now.
    #[error("the chat has moved to {to}")]
    Moved { to: i64 },
    /// Too many calls (429): none before the span has passed.
    #[error("too many messages, wait {} s", wait.as_secs())]
    Throttled { wait: Span },
    /// Another process takes the same updates, or a webhook does.
    #[error("somebody else takes the updates of this bot: {0}")]
    Taken(String),
    #[error("no answer in time")]
    Timeout,
    /// No connection: name, network or TLS. Certainly not sent.
    #[error("no connection: {0}")]
    NoConnection(String),
    /// 5xx to a question.
    #[error("the channel is down ({status})")]
    Down { status: u16 },
    /// The channel understood and said no.
    #[error("the channel refused: {code} {text}")]
    Refused { code: String, text: String },
    /// The answer is not the document it should be.
    #[error("the answer cannot be understood: {0}")]
    BadAnswer(String),
    #[error("the answer is larger than {limit} bytes")]
    TooLarge { limit: usize },
    /// It was sent and may have worked: read back before repeating.
    #[error("unconfirmed: {0}")]
    Unconfirmed(String),
    /// There is no such line, message or file.
    #[error("the channel has no {0}")]
    NotFound(String),
    /// A webhook without the right signature.
    #[error("the signature of the webhook is wrong: {0}")]
    Forged(&'static str),
    /// This channel, or this version of its server, cannot do this.
    #[error("this channel cannot {0}")]
    Unsupported(&'static str),
    /// What we were about to send makes no sense; says what would.
    #[error("{0}")]
    Invalid(String),
}

impl ChannelError {
    /// A stable word for storage, metrics and `doctor`.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::LoggedOut { .. } => "logged_out",
            Self::BadKey => "bad_key",
            Self::NoRecipient(_) => "no_recipient",
            Self::Closed(_) => "closed",
            Self::Moved { .. } => "moved",
            Self::Throttled { .. } => "throttled",
            Self::Taken(_) => "taken",
            Self::Timeout => "timeout",
            Self::NoConnection(_) => "no_connection",
            Self::Down { .. } => "down",
            Self::Refused { .. } => "refused",
            Self::BadAnswer(_) => "bad_answer",
            Self::TooLarge { .. } => "too_large",
            Self::Unconfirmed(_) => "unconfirmed",
            Self::NotFound(_) => "not_found",
            Self::Forged(_) => "forged",
            Self::Unsupported(_) => "unsupported",
            Self::Invalid(_) => "invalid",
        }
    }

    /// True when the message may have reached somebody: read back, never simply send again.
    pub const fn may_be_sent(&self) -> bool {
        matches!(self, Self::Unconfirmed(_))
    }
}

impl Failure for ChannelError {
    fn kind(&self) -> Kind {
        match self {
            Self::LoggedOut { .. }
            | Self::BadKey
            | Self::Closed(_)
            | Self::Moved { .. }
            | Self::Taken(_)
            | Self::Refused { .. }
            | Self::Unsupported(_) => Kind::Conflict,
            Self::NoRecipient(_) | Self::Invalid(_) => Kind::Invalid,
            Self::NotFound(_) => Kind::NotFound,
            Self::Forged(_) => Kind::Unauthenticated,
            Self::Throttled { wait } => Kind::Throttled(*wait),
            Self::Timeout
            | Self::NoConnection(_)
            | Self::Down { .. }
            | Self::BadAnswer(_)
            | Self::TooLarge { .. }
            | Self::Unconfirmed(_) => Kind::Unavailable,
        }
    }

    fn public(&self) -> Vec<Public> {
        let public = match self {
            Self::LoggedOut { state } => Public::new("channel-logged-out").arg("state", state),
            Self::BadKey => Public::new("channel-bad-key").field("key"),
            Self::NoRecipient(who) => Public::new("channel-no-recipient").arg("who", who).field("to"),
            Self::Closed(why) => Public::new("channel-closed").arg("why", why),
            Self::Moved { to } => Public::new("channel-moved").arg("to", to),
            Self::Throttled { wait } => Public::new("channel-throttled").arg("seconds", wait.as_secs()),
            Self::Taken(_) => Public::new("channel-taken"),
            Self::Timeout => Public::new("channel-timeout"),
            Self::NoConnection(_) => Public::new("channel-no-connection"),
            Self::Down { status } => Public::new("channel-down").arg("status", status),
            Self::Refused { code, text } => {
                Public::new("channel-refused").arg("code", code).arg("text", text)
            }
            Self::BadAnswer(_) | Self::TooLarge { .. } => Public::new("channel-bad-answer"),
            Self::Unconfirmed(_) => Public::new("channel-unconfirmed"),
            Self::NotFound(what) => Public::new("channel-not-found").arg("what", what),
            Self::Forged(_) => Public::new("channel-forged"),
            Self::Unsupported(what) => Public::new("channel-unsupported").arg("what", what),
            Self::Invalid(what) => Public::new("channel-invalid").arg("what", what),
        };
        vec![public]
    }
}
