//! What can go wrong with shared state. A caller that meets `Unavailable` holds: no permit, no lease.

use sauda_kernel::{Failure, Kind, Public};

#[derive(Debug, thiserror::Error)]
pub enum ClusterError {
    /// Redis refuses or is not there. The way out: start it, or try again.
    #[error("redis does not answer")]
    Unavailable(#[source] redis::RedisError),
    /// Redis gave no answer in time.
    #[error("redis gave no answer within {0} ms")]
    Silent(i64),
    /// More is asked for at once than the budget ever allows.
    #[error("budget {name} allows {max} at once, {cost} were asked for: ask for less at a time")]
    TooMuch { name: &'static str, cost: u32, max: u32 },
    #[error("the redis address cannot be read, write redis://host:port/")]
    Address(#[source] redis::RedisError),
    #[error("redis answered {0}, which this program does not understand")]
    Answer(String),
}

impl ClusterError {
    pub(crate) fn from_redis(error: redis::RedisError) -> Self {
        Self::Unavailable(error)
    }
}

impl Failure for ClusterError {
    fn kind(&self) -> Kind {
        match self {
            Self::Unavailable(_) | Self::Silent(_) => Kind::Unavailable,
            Self::Address(_) => Kind::Invalid,
            Self::TooMuch { .. } | Self::Answer(_) => Kind::Bug,
        }
    }
    fn public(&self) -> Vec<Public> {
        match self {
            Self::Unavailable(_) | Self::Silent(_) => vec![Public::new("cluster-unavailable")],
            Self::Address(_) => vec![Public::new("redis-address")],
            Self::TooMuch { .. } | Self::Answer(_) => vec![Public::new("bug")],
        }
    }
}
