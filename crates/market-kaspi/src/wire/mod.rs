//! The shapes that travel between us and Kaspi, private to this crate. Refuses to decide what they mean: see `read`.

pub mod login;
pub mod loose;
pub mod number;
pub mod orders;
pub mod own;
pub mod page;
pub mod refunds;
pub mod send;
pub mod shops;
pub mod storefront;
pub mod text;
pub mod time;
