//! Redis goes away: calls answer `Unavailable` soon, nothing hangs, and all is well when it is back.

use crate::places::on_redis;
use sauda_cluster::{BudgetKey, Limit, Permit, RedisSettings};
use sauda_kernel::{Failure as _, Kind, Span};
use sauda_testkit::{PrivateRedis, frozen_clock, unique_name, until};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

const LIMIT: Limit = Limit::per(1_000, Span::from_secs(1));
const SOON: Duration = Duration::from_secs(3);

#[tokio::test]
async fn a_killed_redis_is_told_and_its_return_is_noticed() {
    let Some(mut server) = PrivateRedis::start() else {
        return;
    };
    let cluster = on_redis(&server.url(), &unique_name(), &frozen_clock());
    let key = BudgetKey::new("reads", "x");
    assert_eq!(cluster.take(&key, &LIMIT, 1).await.unwrap(), Permit::Granted);
    server.kill();
    for _ in 0..3 {
        let start = Instant::now();
        assert_eq!(
            cluster.take(&key, &LIMIT, 1).await.unwrap_err().kind(),
            Kind::Unavailable
        );
        assert_eq!(cluster.ping().await.unwrap_err().kind(), Kind::Unavailable);
        assert_eq!(
            cluster
                .lease("x", "me", Span::from_secs(1))
                .await
                .unwrap_err()
                .kind(),
            Kind::Unavailable
        );
        assert!(start.elapsed() < SOON, "{:?}", start.elapsed());
    }
    server.restart().unwrap();
    until(
        async || cluster.take(&key, &LIMIT, 1).await.is_ok(),
        Duration::from_secs(10),
    )
    .await;
    cluster.ping().await.unwrap();
}

#[tokio::test]
async fn a_frozen_redis_makes_nobody_wait() {
    let Some(server) = PrivateRedis::start() else {
        return;
    };
    let settings = RedisSettings {
        patience: Span::from_millis(200),
        ..RedisSettings::new(server.url())
    };
    let cluster = sauda_cluster::Cluster::redis(&settings, Arc::new(frozen_clock())).unwrap();
    let key = BudgetKey::new("reads", "x");
    cluster.take(&key, &LIMIT, 1).await.unwrap();
    server.freeze().unwrap();
    let start = Instant::now();
    let asked: Vec<_> = (0..50)
        .map(|_| {
            let (cluster, key) = (cluster.clone(), key.clone());
            tokio::spawn(async move { cluster.take(&key, &LIMIT, 1).await })
        })
        .collect();
    for answer in asked {
        assert_eq!(answer.await.unwrap().unwrap_err().kind(), Kind::Unavailable);
    }
    assert!(start.elapsed() < SOON, "{:?}", start.elapsed());
    server.thaw().unwrap();
    until(
        async || cluster.take(&key, &LIMIT, 1).await.is_ok(),
        Duration::from_secs(10),
    )
    .await;
}

#[tokio::test]
async fn a_program_starts_before_its_redis() {
    let Some(mut server) = PrivateRedis::start() else {
        return;
    };
    server.kill();
    let cluster = on_redis(&server.url(), &unique_name(), &frozen_clock());
    assert_eq!(cluster.ping().await.unwrap_err().kind(), Kind::Unavailable);
    server.restart().unwrap();
    until(async || cluster.ping().await.is_ok(), Duration::from_secs(10)).await;
}

#[tokio::test]
async fn an_unreadable_address_is_refused_by_name() {
    let error =
        sauda_cluster::Cluster::redis(&RedisSettings::new("localhost 6379"), Arc::new(frozen_clock()))
            .unwrap_err();
    assert_eq!(error.kind(), Kind::Invalid);
    assert_eq!(
        error.to_string(),
        "the redis address cannot be read, write redis://host:port/"
    );
}
