//! HTTP furniture: callers, strict extractors, refusals, limits, headers, words and formats. Refuses to know any capability
//! but accounts, and draws no page.

mod address;
mod caller;
mod cookies;
mod csrf;
mod extract;
pub mod format;
mod furnish;
mod headers;
mod idempotency;
mod identity;
mod limits;
pub mod need;
mod refusal;
mod render;
mod settings;
pub mod words;

pub use address::Network;
pub use caller::{Caller, Person, Visit};
pub use cookies::{
    LANGUAGE_COOKIE, THEME_COOKIE, language_cookie, session_cookie, session_cookie_name, sign_out_cookie,
    theme_cookie,
};
pub use extract::{FormBody, JsonBody, PathParams, QueryParams};
pub use furnish::{Edge, furnish};
pub use headers::CONTENT_SECURITY_POLICY;
pub use identity::{Identity, Known};
pub use need::Need;
pub use refusal::Refusal;
pub use render::{RefusalPage, Told};
pub use settings::{EdgeSettings, EdgeSettingsError};
pub use words::{Arg, Language, Words};
