//! What the accounts door takes and gives: plain data, no rules.

use crate::{Language, Right, Role, Scope, Theme};
use sauda_kernel::{ApiKeyId, InviteId, MerchantId, SessionId, Timestamp, UserId};
use secrecy::SecretString;

/// From where a request came: the network address and what the browser says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Visitor {
    pub address: String,
    pub device: String,
}

/// A business of this installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merchant {
    pub id: MerchantId,
    pub name: String,
}

/// What the first owner types.
#[derive(Debug, Clone)]
pub struct NewOwner {
    pub merchant_name: String,
    pub name: String,
    pub login: String,
    pub password: SecretString,
    pub language: Option<Language>,
}

/// What an invited person types who has no login here yet.
#[derive(Debug, Clone)]
pub struct NewPerson {
    pub name: String,
    pub login: String,
    pub password: SecretString,
    pub language: Option<Language>,
}

/// A new word for the cookie. Shown once.
#[derive(Debug, Clone)]
pub struct SignedIn {
    pub token: SecretString,
    pub expires_at: Timestamp,
    /// The second factor is still awaited: the session opens nothing else.
    pub needs_code: bool,
}

/// Whose cookie it is.
#[derive(Debug, Clone)]
pub enum SessionFound {
    Nobody,
    AwaitsCode(Awaiting),
    Person(Box<Session>),
}

/// A sign-in between password and code.
#[derive(Debug, Clone)]
pub struct Awaiting {
    pub id: SessionId,
    pub user: UserId,
    pub expires_at: Timestamp,
    pub language: Option<Language>,
}

/// A person who is signed in.
#[derive(Debug, Clone)]
pub struct Session {
    pub id: SessionId,
    pub user: UserId,
    pub name: String,
    pub login: String,
    pub role: Role,
    pub merchant_name: String,
    pub scope: Scope,
    pub preferences: Preferences,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
}

/// A call that came with a key.
#[derive(Debug, Clone)]
pub struct KeyCaller {
    pub key: ApiKeyId,
    pub name: String,
    pub scope: Scope,
}

/// How a person likes the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preferences {
    /// Nothing: as the browser asks.
    pub language: Option<Language>,
    pub theme: Theme,
    /// Whether single-letter shortcuts work.
    pub shortcuts: bool,
}

/// A person of the team who acts by another way than a cookie, with the rights of this moment.
#[derive(Debug, Clone)]
pub struct MemberFound {
    pub user: UserId,
    pub name: String,
    pub login: String,
    /// Nothing: none was chosen.
    pub language: Option<Language>,
    pub scope: Scope,
}

/// One line of the list of sessions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    pub id: SessionId,
    /// Whether it is the one that asks.
    pub current: bool,
    pub device: String,
    pub address: String,
    pub created_at: Timestamp,
    pub seen_at: Timestamp,
    pub expires_at: Timestamp,
}

/// One team of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    pub merchant: MerchantId,
    pub merchant_name: String,
    pub role: Role,
}

/// One person of a team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub user: UserId,
    pub name: String,
    pub login: String,
    pub role: Role,
    pub joined_at: Timestamp,
    pub seen_at: Option<Timestamp>,
    pub second_factor: bool,
}

/// Where an invitation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InviteState {
    Open,
    Used,
    Revoked,
    Expired,
}

/// One invitation as the team sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invite {
    pub id: InviteId,
    pub role: Role,
    pub note: String,
    pub made_by: String,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub state: InviteState,
}

/// What the invited person is told before accepting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InviteFacts {
    pub merchant_name: String,
    pub made_by: String,
    pub role: Role,
    pub expires_at: Timestamp,
}

/// The secret part of a link. Shown once; the page puts it into an address.
#[derive(Debug, Clone)]
pub struct Link {
    pub token: SecretString,
    pub expires_at: Timestamp,
}

/// What a new key should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewKey {
    pub name: String,
    pub rights: Vec<Right>,
    /// Nothing: until it is revoked.
    pub expires_at: Option<Timestamp>,
}

/// A key at its making: the only time it is seen whole.
#[derive(Debug, Clone)]
pub struct ShownKey {
    pub id: ApiKeyId,
    pub key: SecretString,
}

/// One key as the team sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    pub id: ApiKeyId,
    pub name: String,
    /// Its first letters.
    pub hint: String,
    /// As given; what the maker has lost since does not work.
    pub rights: Vec<Right>,
    pub made_by: String,
    pub created_at: Timestamp,
    /// To the hour.
    pub used_at: Option<Timestamp>,
    pub expires_at: Option<Timestamp>,
    pub revoked_at: Option<Timestamp>,
}

/// What a person needs to set up a code app.
#[derive(Debug, Clone)]
pub struct Enrolment {
    /// Base 32, for typing.
    pub secret: SecretString,
    pub otpauth: SecretString,
    /// The same as a picture: SVG text.
    pub picture: SecretString,
}

/// Codes for the day the phone is lost. Shown once.
#[derive(Debug, Clone)]
pub struct RecoveryCodes(pub Vec<SecretString>);

/// How the second factor of a person stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SecondFactor {
    /// Since when it is on; nothing when it is off.
    pub since: Option<Timestamp>,
    /// Recovery codes that are still good.
    pub codes_left: u32,
}
