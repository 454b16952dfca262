//! What buyers say and what the market does: reviews, snapshots of categories, trends. Refuses to know a concrete marketplace.

pub mod command;
pub mod engine;
mod error;
pub mod model;
pub mod plan;
mod raws;
mod reviews;
pub mod sentiment;
mod service;
pub mod stats;
mod store;
pub mod trends_file;

pub use error::ResearchError;
pub use raws::RawList;
pub use reviews::{ReviewFilter, ReviewWeek};
pub use service::{Research, SourceView, TrendView};
