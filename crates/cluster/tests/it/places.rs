//! Where shared state is kept in these tests.

use sauda_cluster::{Cluster, RedisSettings, RedisTime};
use sauda_testkit::{PushedClock, frozen_clock, redis_url, unique_name};
use std::sync::Arc;

/// One place to keep shared state, with the clock that it goes by.
pub struct Place {
    pub cluster: Cluster,
    pub clock: PushedClock,
    pub name: &'static str,
}

/// Memory, and Redis when this machine has one, each with its own pushed clock.
pub fn places() -> Vec<Place> {
    let clock = frozen_clock();
    let mut all = vec![Place {
        cluster: Cluster::memory(Arc::new(clock.clone())),
        clock,
        name: "memory",
    }];
    if let Some(url) = redis_url() {
        let clock = frozen_clock();
        all.push(Place {
            cluster: on_redis(&url, &unique_name(), &clock),
            clock,
            name: "redis",
        });
    }
    all
}

pub fn on_redis(url: &str, prefix: &str, clock: &PushedClock) -> Cluster {
    let settings = RedisSettings {
        prefix: prefix.to_owned(),
        time: RedisTime::Injected,
        ..RedisSettings::new(url)
    };
    Cluster::redis(&settings, Arc::new(clock.clone())).unwrap()
}
