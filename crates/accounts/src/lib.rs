//! People, merchants, rights, sessions, keys and the audit log. Refuses to know HTTP, pages or any marketplace.

mod audit;
mod device;
mod error;
mod language;
mod lockout;
mod login;
mod model;
mod password;
mod rights;
mod scope;
mod second_factor;
mod service;
mod settings;
mod store;
mod token;

pub use audit::{AuditEntry, AuditFilter, AuditRow, AuditVerdict};
pub use device::device_name;
pub use error::AccountsError;
pub use language::{Language, Theme};
pub use login::{Login, LoginKind, mask_phone};
pub use model::{
    ApiKey, Awaiting, Enrolment, Invite, InviteFacts, InviteState, KeyCaller, Link, Member, MemberFound,
    Membership, Merchant, NewKey, NewOwner, NewPerson, Preferences, RecoveryCodes, SecondFactor, Session,
    SessionFound, SessionRow, ShownKey, SignedIn, Visitor,
};
pub use rights::{Right, Role};
pub use scope::{Actor, Scope};
pub use service::{Accounts, Audit, Claim, Claimed, Recorded, Requester, Swept};
pub use settings::{AccountsSettings, PasswordCost};
