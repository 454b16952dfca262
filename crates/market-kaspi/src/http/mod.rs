//! One HTTP call to Kaspi: sent, limited in time and size, and its refusals named. Refuses to know what a call means.

mod call;
mod clients;
mod verdict;

pub use call::{Answer, Call, Effect, Service};
pub use clients::Clients;
pub use verdict::{expect_html, expect_json, judge, retry_after};
