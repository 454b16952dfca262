//! Leases, the cache and signals.

use crate::places::{on_redis, places};
use sauda_cluster::{Signal, Signals};
use sauda_kernel::{Clock as _, Span};
use sauda_testkit::{PrivateRedis, frozen_clock, redis_url, unique_name, until};
use std::time::Duration;

const MINUTE: Span = Span::from_mins(1);

#[tokio::test]
async fn a_lease_has_one_holder_until_it_ends() {
    for place in places() {
        let (cluster, clock) = (&place.cluster, &place.clock);
        let first = cluster.lease("sign-in", "one", MINUTE).await.unwrap().unwrap();
        assert_eq!(first.until, clock.now().plus(MINUTE));
        assert_eq!(
            cluster.lease("sign-in", "two", MINUTE).await.unwrap(),
            None,
            "{}",
            place.name
        );
        assert!(cluster.lease("other", "two", MINUTE).await.unwrap().is_some());
        clock.push(Span::from_secs(50));
        let renewed = cluster.renew(&first, MINUTE).await.unwrap().unwrap();
        assert_eq!(
            (renewed.token, renewed.until),
            (first.token, clock.now().plus(MINUTE))
        );
        clock.push(Span::from_secs(59));
        assert_eq!(cluster.lease("sign-in", "two", MINUTE).await.unwrap(), None);
        clock.push(Span::from_secs(1));
        let second = cluster.lease("sign-in", "two", MINUTE).await.unwrap().unwrap();
        assert!(second.token > first.token, "{}", place.name);
        assert_eq!(
            cluster.renew(&renewed, MINUTE).await.unwrap(),
            None,
            "the first holder learns that it lost"
        );
        cluster.release(&first).await.unwrap();
        assert_eq!(
            cluster.lease("sign-in", "three", MINUTE).await.unwrap(),
            None,
            "a lost lease cannot be released"
        );
        cluster.release(&second).await.unwrap();
        assert!(
            cluster.lease("sign-in", "three", MINUTE).await.unwrap().is_some(),
            "{}",
            place.name
        );
    }
}

#[tokio::test]
async fn cached_bytes_live_as_long_as_said() {
    for place in places() {
        let (cluster, clock) = (&place.cluster, &place.clock);
        assert_eq!(cluster.cached("a").await.unwrap(), None);
        cluster.cache("a", b"one", MINUTE).await.unwrap();
        cluster.cache("a", b"two", MINUTE).await.unwrap();
        assert_eq!(
            cluster.cached("a").await.unwrap().as_deref(),
            Some(b"two".as_slice()),
            "{}",
            place.name
        );
        clock.push(Span::from_secs(59));
        assert!(cluster.cached("a").await.unwrap().is_some());
        clock.push(Span::from_secs(1));
        assert_eq!(cluster.cached("a").await.unwrap(), None, "{}", place.name);
        cluster.cache("b", b"", MINUTE).await.unwrap();
        assert_eq!(
            cluster.cached("b").await.unwrap().as_deref(),
            Some(b"".as_slice())
        );
        cluster.uncache("b").await.unwrap();
        assert_eq!(cluster.cached("b").await.unwrap(), None);
    }
}

/// Publishes until the listener hears it: hearing begins a moment after `subscribe`.
async fn heard(publish: impl AsyncFn(), signals: &mut Signals, wanted: &str) {
    until(
        async || {
            publish().await;
            while let Ok(Some(signal)) = tokio::time::timeout(Duration::from_millis(5), signals.next()).await
            {
                if signal.topic == wanted {
                    return true;
                }
            }
            false
        },
        Duration::from_secs(10),
    )
    .await;
}

#[tokio::test]
async fn signals_reach_every_listener() {
    for place in places() {
        let cluster = &place.cluster;
        let (mut one, mut two) = (cluster.subscribe(), cluster.subscribe());
        heard(
            async || cluster.publish("jobs", "x").await.unwrap(),
            &mut one,
            "jobs",
        )
        .await;
        let signal = two.next().await.unwrap();
        assert_eq!(
            signal,
            Signal {
                topic: "jobs".to_owned(),
                text: "x".to_owned()
            },
            "{}",
            place.name
        );
    }
}

#[tokio::test]
async fn signals_cross_processes_and_a_slow_listener_learns_of_its_loss() {
    let Some(url) = redis_url() else { return };
    let (prefix, clock) = (unique_name(), frozen_clock());
    let (here, there) = (on_redis(&url, &prefix, &clock), on_redis(&url, &prefix, &clock));
    let mut signals = here.subscribe();
    heard(
        async || there.publish("prices", "shop\nsecond line").await.unwrap(),
        &mut signals,
        "prices",
    )
    .await;
    let alone = sauda_cluster::Cluster::memory(std::sync::Arc::new(clock));
    let mut slow = alone.subscribe();
    for number in 0..3_000 {
        alone.publish("many", &number.to_string()).await.unwrap();
    }
    assert_eq!(slow.next().await.unwrap().topic, Signal::GAP);
    assert_eq!(slow.next().await.unwrap().topic, "many");
}

#[tokio::test]
async fn listeners_are_connected_again_after_redis_was_gone_and_learn_of_the_gap() {
    let Some(mut server) = PrivateRedis::start() else {
        return;
    };
    let cluster = on_redis(&server.url(), &unique_name(), &frozen_clock());
    let mut signals = cluster.subscribe();
    heard(
        async || cluster.publish("a", "").await.unwrap(),
        &mut signals,
        "a",
    )
    .await;
    server.kill();
    server.restart().unwrap();
    heard(async || {}, &mut signals, Signal::GAP).await;
    heard(async || drop(cluster.publish("b", "").await), &mut signals, "b").await;
}
