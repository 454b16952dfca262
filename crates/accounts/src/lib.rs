//! People, merchants, rights, sessions, keys and the audit log.

mod rights;
mod scope;

pub use rights::{Right, Role};
pub use scope::{Actor, Scope};
