//! The bot at work: checks, decisions kept, changes pushed and confirmed, upkeep. The rules themselves are in `decide`.

mod check;
mod confirm;
mod feed;
mod fetch;
mod keep;
mod pace;
mod push;
mod restate;
mod subject;
mod upkeep;

pub use check::{CheckReport, Checker, CheckerSettings};
pub use fetch::{STOREFRONT_READS, storefront_limit};
pub use push::{PUSH_LIMIT, PushReport, Pusher};
pub use restate::RestateJob;
pub(crate) use subject::floors;
pub use upkeep::{DeadManJob, PlacesJob, RetentionJob, UPKEEP_JOBS};
