//! The idea of a marketplace: what it can do, the documents it speaks in, how it fails. Refuses to know any particular one.

mod cards;
mod documents;
mod failure;
mod marketplace;
mod orders;
pub mod raw;
mod refunds;
mod session;

pub use cards::*;
pub use documents::*;
pub use failure::MarketError;
pub use marketplace::Marketplace;
pub use orders::*;
pub use refunds::{Refund, RefundDetails, RefundPage, RefundStep, RefundTab};
pub use session::{Egress, Login, PendingSignIn, Session, SignIn};
