//! What processes share: budgets of the outside world, leases, a cache, signals; in memory or in Redis, with one behaviour.
//! Refuses to keep anything that must not be lost: that belongs to the database.

mod budget;
mod cache;
mod cluster;
mod error;
mod lease;
mod remote;
mod signal;

pub use budget::{BudgetKey, BudgetUsage, Limit, Permit, Window, WindowUsage};
pub use cluster::{Cluster, RedisSettings, RedisTime};
pub use error::ClusterError;
pub use lease::Lease;
pub use signal::{Signal, Signals};
