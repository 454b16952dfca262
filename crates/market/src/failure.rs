//! How a marketplace fails, each way by its name. An unclear answer is `Unclear`: unconfirmed, never done.

use sauda_kernel::{Failure, Kind, Public, Span};

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MarketError {
    /// The cabinet session ended (401): sign in again. Never "empty".
    #[error("the session has ended")]
    SessionEnded,
    /// The key of the shop is wrong or was replaced by another.
    #[error("the marketplace does not accept the token")]
    BadToken,
    /// Phone, mail or password is wrong.
    #[error("the marketplace does not know this login and password")]
    WrongCredentials,
    /// The code is wrong or too old.
    #[error("the marketplace did not accept the code")]
    WrongCode,
    /// Too many sign-in attempts; none before the span has passed.
    #[error("sign-in is closed for {} s", wait.as_secs())]
    SignInFlood { wait: Span },
    /// Too many calls (429). For price changes: the account is stopped for half an hour.
    #[error("too many calls, wait {} s", wait.as_secs())]
    Throttled { wait: Span },
    /// 403, 405 or a page instead of data: this address is not welcome.
    #[error("the address is blocked ({status}): {what}")]
    Blocked { status: u16, what: String },
    /// The exit address is not in Kazakhstan or the connection is held open until it times out.
    #[error("no answer in time")]
    Timeout,
    /// No connection: name, network or TLS.
    #[error("no connection: {0}")]
    NoConnection(String),
    /// 5xx.
    #[error("the marketplace is down ({status})")]
    Down { status: u16 },
    /// The marketplace understood and said no.
    #[error("the marketplace refused: {code} {text}")]
    Refused { code: String, text: String },
    /// The answer is not the document it should be (HTML with 200, broken JSON, a missing member that meaning needs).
    #[error("the answer cannot be understood: {0}")]
    BadAnswer(String),
    /// Larger than any honest answer.
    #[error("the answer is larger than {limit} bytes")]
    TooLarge { limit: usize },
    /// The request was sent and may have worked: read back before repeating.
    #[error("unclear whether it was done: {0}")]
    Unclear(String),
    /// There is no such thing.
    #[error("the marketplace has no {0}")]
    NotFound(String),
    /// This marketplace cannot do this.
    #[error("this marketplace cannot {0}")]
    Unsupported(&'static str),
    /// What we were about to send makes no sense.
    #[error("{0}")]
    Invalid(String),
}

impl MarketError {
    /// A stable word for storage, metrics and `doctor`.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::SessionEnded => "session_ended",
            Self::BadToken => "bad_token",
            Self::WrongCredentials => "wrong_credentials",
            Self::WrongCode => "wrong_code",
            Self::SignInFlood { .. } => "sign_in_flood",
            Self::Throttled { .. } => "throttled",
            Self::Blocked { .. } => "blocked",
            Self::Timeout => "timeout",
            Self::NoConnection(_) => "no_connection",
            Self::Down { .. } => "down",
            Self::Refused { .. } => "refused",
            Self::BadAnswer(_) => "bad_answer",
            Self::TooLarge { .. } => "too_large",
            Self::Unclear(_) => "unclear",
            Self::NotFound(_) => "not_found",
            Self::Unsupported(_) => "unsupported",
            Self::Invalid(_) => "invalid",
        }
    }
}

impl Failure for MarketError {
    fn kind(&self) -> Kind {
        match self {
            Self::SessionEnded | Self::BadToken | Self::Unsupported(_) | Self::Refused { .. } => {
                Kind::Conflict
            }
            Self::WrongCredentials | Self::WrongCode | Self::Invalid(_) => Kind::Invalid,
            Self::NotFound(_) => Kind::NotFound,
            Self::SignInFlood { wait } | Self::Throttled { wait } => Kind::Throttled(*wait),
            _ => Kind::Unavailable,
        }
    }
    fn public(&self) -> Vec<Public> {
        let public = match self {
            Self::SessionEnded => Public::new("market-session-ended"),
            Self::BadToken => Public::new("market-bad-token").field("token"),
            Self::WrongCredentials => Public::new("market-wrong-credentials"),
            Self::WrongCode => Public::new("market-wrong-code").field("code"),
            Self::SignInFlood { wait } => {
                Public::new("market-sign-in-flood").arg("minutes", (wait.as_secs() + 59) / 60)
            }
            Self::Throttled { wait } => {
                Public::new("market-throttled").arg("minutes", (wait.as_secs() + 59) / 60)
            }
            Self::Blocked { status, .. } => Public::new("market-blocked").arg("status", status),
            Self::Timeout => Public::new("market-timeout"),
            Self::NoConnection(_) => Public::new("market-no-connection"),
            Self::Down { status } => Public::new("market-down").arg("status", status),
            Self::Refused { code, text } => Public::new("market-refused").arg("code", code).arg("text", text),
            Self::BadAnswer(_) | Self::TooLarge { .. } => Public::new("market-bad-answer"),
            Self::Unclear(_) => Public::new("market-unclear"),
            Self::NotFound(what) => Public::new("market-not-found").arg("what", what),
            Self::Unsupported(what) => Public::new("market-unsupported").arg("what", what),
            Self::Invalid(what) => Public::new("market-invalid").arg("what", what),
        };
        vec![public]
    }
}
