//! Requests about people, keys and the audit log.

pub(crate) mod audit;
pub(crate) mod invites;
pub(crate) mod keys;
pub(crate) mod me;
pub(crate) mod members;
