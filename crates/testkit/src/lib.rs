//! What tests of every room need: migrated databases of both engines, a Redis, a pushed clock, counted ids, waiting.
//! Refuses to be used by anything but tests, benchmarks and their runners.

mod database;
mod desk;
pub mod services;
mod time;

pub use database::{TestDb, engines, postgres, sqlite};
pub use desk::{ORDER_KEY, OrderShelf};
pub use sauda_kernel::{CountedIds, PushedClock};
pub use services::{PrivatePostgres, PrivateRedis, redis_url, unique_name};
pub use time::{frozen_clock, until};

/// Installs the TLS provider of the process; may be called any number of times.
pub fn install_crypto() {
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// Whether a missing server is a failure (`SAUDA_REQUIRE_ENGINES=1`) instead of a skipped half.
pub fn engines_required() -> bool {
    std::env::var("SAUDA_REQUIRE_ENGINES").is_ok_and(|value| value == "1")
}
