//! A login at a marketplace and what became of its session.

use sauda_kernel::{AccessId, MerchantId, Timestamp};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoginKind {
    Phone,
    Mail,
}

/// What the seller sees of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccessState {
    /// Signing in was never finished.
    New,
    Connected,
    /// A code was sent and waits to be entered.
    NeedsCode,
    /// The marketplace ended the session: sign in again.
    SessionEnded,
    WrongPassword,
    /// The marketplace closed sign-in for a while.
    Blocked,
}

#[derive(Debug, Clone)]
pub struct Access {
    pub id: AccessId,
    pub merchant: MerchantId,
    pub marketplace: String,
    pub login_kind: LoginKind,
    pub login_masked: String,
    pub state: AccessState,
    pub state_since: Timestamp,
    pub state_until: Option<Timestamp>,
    /// Where the code went and how many digits it has: `+7 701 ••• 12 34|6`.
    pub pending_hint: Option<String>,
    pub contact_at: Option<Timestamp>,
}

impl LoginKind {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Mail => "mail",
        }
    }
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Phone, Self::Mail]
            .into_iter()
            .find(|kind| kind.word() == word)
    }
}

impl AccessState {
    pub const ALL: [Self; 6] = [
        Self::New,
        Self::Connected,
        Self::NeedsCode,
        Self::SessionEnded,
        Self::WrongPassword,
        Self::Blocked,
    ];

    pub const fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Connected => "connected",
            Self::NeedsCode => "needs_code",
            Self::SessionEnded => "session_ended",
            Self::WrongPassword => "wrong_password",
            Self::Blocked => "blocked",
        }
    }
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

impl Access {
    /// Where the code went.
    pub fn code_sent_to(&self) -> Option<&str> {
        self.pending_hint
            .as_deref()
            .map(|hint| hint.rsplit_once('|').map_or(hint, |(place, _)| place))
    }
    /// How many digits the code has, when known.
    pub fn code_digits(&self) -> Option<u32> {
        self.pending_hint.as_deref()?.rsplit_once('|')?.1.parse().ok()
    }
}
