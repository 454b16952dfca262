//! How a person becomes a cabinet session: phone, cookies, the chain of redirects. Refuses to print any of it.

mod chain;
mod cookies;
mod phone;
mod record;
mod sign_in;

pub use cookies::Jar;
pub use record::{Pending, Record};
pub use sign_in::{enter_code, renew, sign_in};
