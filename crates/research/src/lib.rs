//! What buyers say and what the market does: reviews, snapshots of categories, trends. Refuses to know a concrete marketplace.

pub mod command;
mod compare;
pub mod engine;
mod error;
mod export;
pub mod interest;
mod look;
pub mod model;
pub mod plan;
pub mod profile;
mod raws;
mod reviews;
pub mod sentiment;
mod service;
pub mod stats;
mod store;
pub mod trends_file;

pub use compare::{Comparison, OwnPlace};
pub use error::ResearchError;
pub use export::{Export, ExportQuestion, FileKind, MarketRow};
pub use look::{CardLook, CardSeen};
pub use raws::RawList;
pub use reviews::{ReviewFilter, ReviewWeek};
pub use service::{Research, SourceView, TrendView};
