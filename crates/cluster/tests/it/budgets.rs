//! Budgets: exact in every window, shared, restorable, closed on demand, honest about their use.

use crate::places::{on_redis, places};
use proptest::prelude::*;
use sauda_cluster::{BudgetKey, Cluster, ClusterError, Limit, Permit, RedisSettings, WindowUsage};
use sauda_kernel::{Clock as _, Span, SystemClock, Timestamp};
use sauda_testkit::{frozen_clock, redis_url, unique_name};
use std::sync::Arc;

const READS: Limit = Limit::per(8, Span::from_secs(1));
const CHANGES: Limit = Limit::per(3, Span::from_secs(2)).and(250, Span::from_mins(30));

fn key() -> BudgetKey {
    BudgetKey::new("reads", "10.0.0.1")
}

#[tokio::test]
async fn the_ninth_read_of_a_second_is_refused_until_the_first_leaves() {
    for place in places() {
        let (cluster, clock) = (&place.cluster, &place.clock);
        let start = clock.now();
        for _ in 0..8 {
            assert_eq!(
                cluster.take(&key(), &READS, 1).await.unwrap(),
                Permit::Granted,
                "{}",
                place.name
            );
            clock.push(Span::from_millis(10));
        }
        let retry_at = start.plus(Span::from_secs(1));
        assert_eq!(
            cluster.take(&key(), &READS, 1).await.unwrap(),
            Permit::Refused { retry_at },
            "{}",
            place.name
        );
        clock.set(retry_at.minus(Span::from_micros(1)));
        assert_eq!(
            cluster.take(&key(), &READS, 1).await.unwrap(),
            Permit::Refused { retry_at }
        );
        clock.set(retry_at);
        assert_eq!(cluster.take(&key(), &READS, 1).await.unwrap(), Permit::Granted);
        assert_eq!(
            cluster
                .take(&BudgetKey::new("reads", "10.0.0.2"), &READS, 8)
                .await
                .unwrap(),
            Permit::Granted
        );
    }
}

#[tokio::test]
async fn all_windows_must_allow() {
    for place in places() {
        let (cluster, clock) = (&place.cluster, &place.clock);
        let start = clock.now();
        let mut granted = 0;
        while granted < 250 {
            match cluster.take(&key(), &CHANGES, 1).await.unwrap() {
                Permit::Granted => granted += 1,
                Permit::Refused { retry_at } => clock.set(retry_at),
            }
        }
        // 250 changes at three per two seconds: the last group begins at 83 * 2 s.
        assert_eq!(clock.now().since(start), Span::from_secs(166), "{}", place.name);
        clock.push(Span::from_secs(10));
        let retry_at = start.plus(Span::from_mins(30));
        assert_eq!(
            cluster.take(&key(), &CHANGES, 1).await.unwrap(),
            Permit::Refused { retry_at }
        );
        // Four at once need the second group to leave the long window too.
        let limit = Limit::per(4, Span::from_secs(2)).and(250, Span::from_mins(30));
        let four = cluster.take(&key(), &limit, 4).await.unwrap();
        assert_eq!(
            four,
            Permit::Refused {
                retry_at: retry_at.plus(Span::from_secs(2))
            },
            "{}",
            place.name
        );
    }
}

#[tokio::test]
async fn a_window_with_room_makes_nobody_wait_whatever_was_spent_before_it() {
    let apart = Limit::per(8, Span::from_secs(1)).and(1, Span::from_millis(137));
    for place in places() {
        let (cluster, clock) = (&place.cluster, &place.clock);
        for _ in 0..30 {
            cluster.take_up_to(&key(), &apart, 8).await.unwrap();
            clock.push(Span::from_millis(200));
        }
        // After a rest the long window is empty, the short one alone says when.
        clock.push(Span::from_secs(30));
        for _ in 0..20 {
            let soon = clock.now().plus(Span::from_millis(137));
            assert_eq!(
                cluster.take_up_to(&key(), &apart, 8).await.unwrap(),
                (1, Some(soon)),
                "{}",
                place.name
            );
            assert_eq!(
                cluster.take(&key(), &apart, 1).await.unwrap(),
                Permit::Refused { retry_at: soon }
            );
            clock.set(soon);
        }
    }
}

#[tokio::test]
async fn a_part_of_a_wish_is_granted_when_asked_so() {
    for place in places() {
        let cluster = &place.cluster;
        let retry_at = place.clock.now().plus(Span::from_secs(1));
        assert_eq!(
            cluster.take_up_to(&key(), &READS, 5).await.unwrap(),
            (5, None),
            "{}",
            place.name
        );
        assert_eq!(
            cluster.take_up_to(&key(), &READS, 5).await.unwrap(),
            (3, Some(retry_at))
        );
        assert_eq!(
            cluster.take_up_to(&key(), &READS, 5).await.unwrap(),
            (0, Some(retry_at))
        );
        place.clock.set(retry_at);
        assert_eq!(
            cluster.take_up_to(&key(), &READS, 100).await.unwrap(),
            (8, Some(retry_at.plus(Span::from_secs(1))))
        );
    }
}

#[tokio::test]
async fn more_than_ever_fits_is_a_mistake_by_name() {
    for place in places() {
        let error = place.cluster.take(&key(), &CHANGES, 4).await.unwrap_err();
        assert!(matches!(
            error,
            ClusterError::TooMuch {
                name: "reads",
                cost: 4,
                max: 3
            }
        ));
        assert_eq!(
            error.to_string(),
            "budget reads allows 3 at once, 4 were asked for: ask for less at a time"
        );
    }
}

#[tokio::test]
async fn a_closed_budget_refuses_until_its_end() {
    for place in places() {
        let (cluster, clock) = (&place.cluster, &place.clock);
        assert_eq!(cluster.blocked_until(&key()).await.unwrap(), None);
        let until = clock.now().plus(Span::from_mins(30));
        cluster.block(&key(), until).await.unwrap();
        assert_eq!(
            cluster.blocked_until(&key()).await.unwrap(),
            Some(until),
            "{}",
            place.name
        );
        assert_eq!(
            cluster.take(&key(), &READS, 1).await.unwrap(),
            Permit::Refused { retry_at: until }
        );
        assert_eq!(
            cluster.take_up_to(&key(), &READS, 2).await.unwrap(),
            (0, Some(until))
        );
        assert_eq!(cluster.usage().await.unwrap()[0].blocked_until, Some(until));
        clock.set(until);
        assert_eq!(cluster.blocked_until(&key()).await.unwrap(), None);
        assert_eq!(
            cluster.take(&key(), &READS, 8).await.unwrap(),
            Permit::Granted,
            "{}",
            place.name
        );
        cluster
            .block(&key(), clock.now().plus(Span::from_mins(1)))
            .await
            .unwrap();
        cluster.block(&key(), clock.now()).await.unwrap();
        assert_eq!(
            cluster.blocked_until(&key()).await.unwrap(),
            None,
            "a block can be taken back"
        );
    }
}

#[tokio::test]
async fn spent_permits_are_restored_into_an_empty_budget_only() {
    for place in places() {
        let (cluster, clock) = (&place.cluster, &place.clock);
        let now = clock.now();
        let spent = [
            (now.minus(Span::from_mins(29)), 100),
            (now.minus(Span::from_mins(5)), 150),
        ];
        cluster.seed(&key(), &spent).await.unwrap();
        cluster.seed(&key(), &spent).await.unwrap();
        let retry_at = now.plus(Span::from_mins(1));
        assert_eq!(
            cluster.take(&key(), &CHANGES, 1).await.unwrap(),
            Permit::Refused { retry_at },
            "{}",
            place.name
        );
        clock.set(retry_at);
        assert_eq!(cluster.take(&key(), &CHANGES, 3).await.unwrap(), Permit::Granted);
        let used = cluster.usage().await.unwrap()[0].windows.clone();
        assert_eq!(
            used[1],
            WindowUsage {
                used: 153,
                max: 250,
                per: Span::from_mins(30)
            },
            "{}",
            place.name
        );
    }
}

#[tokio::test]
async fn use_is_told_by_window_and_ends_with_the_window() {
    for place in places() {
        let (cluster, clock) = (&place.cluster, &place.clock);
        cluster
            .take(&BudgetKey::new("changes", "a"), &CHANGES, 2)
            .await
            .unwrap();
        clock.push(Span::from_secs(3));
        cluster
            .take(&BudgetKey::new("changes", "a"), &CHANGES, 1)
            .await
            .unwrap();
        cluster.take(&key(), &READS, 1).await.unwrap();
        let usage = cluster.usage().await.unwrap();
        let names: Vec<(&str, &str)> = usage
            .iter()
            .map(|one| (one.name.as_str(), one.scope.as_str()))
            .collect();
        assert_eq!(names, [("changes", "a"), ("reads", "10.0.0.1")], "{}", place.name);
        assert_eq!(
            usage[0]
                .windows
                .iter()
                .map(|window| window.used)
                .collect::<Vec<_>>(),
            [1, 3]
        );
        clock.push(Span::from_mins(31));
        assert_eq!(cluster.usage().await.unwrap(), [], "{}", place.name);
    }
}

#[tokio::test]
async fn a_clock_put_back_neither_frees_nor_locks_a_budget() {
    for place in places() {
        let (cluster, clock) = (&place.cluster, &place.clock);
        assert_eq!(cluster.take(&key(), &READS, 8).await.unwrap(), Permit::Granted);
        clock.push(Span::from_hours(-5));
        let retry_at = clock.now().plus(Span::from_secs(1));
        assert_eq!(
            cluster.take(&key(), &READS, 1).await.unwrap(),
            Permit::Refused { retry_at },
            "{}",
            place.name
        );
        clock.set(retry_at);
        assert_eq!(
            cluster.take(&key(), &READS, 8).await.unwrap(),
            Permit::Granted,
            "{}",
            place.name
        );
    }
}

#[tokio::test]
async fn two_processes_share_one_budget_on_the_servers_clock() {
    let Some(url) = redis_url() else { return };
    let prefix = unique_name();
    let open = || {
        let settings = RedisSettings {
            prefix: prefix.clone(),
            ..RedisSettings::new(&url)
        };
        Cluster::redis(&settings, Arc::new(SystemClock)).unwrap()
    };
    let limit = Limit::per(50, Span::from_mins(5));
    let mut tasks = Vec::new();
    for _ in 0..4 {
        let cluster = open();
        tasks.push(tokio::spawn(async move {
            let mut granted = 0;
            for _ in 0..40 {
                granted += u32::from(cluster.take(&key(), &limit, 1).await.unwrap() == Permit::Granted);
            }
            granted
        }));
    }
    let mut granted = 0;
    for task in tasks {
        granted += task.await.unwrap();
    }
    assert_eq!(granted, 50);
    let Permit::Refused { retry_at } = open().take(&key(), &limit, 1).await.unwrap() else {
        panic!("more than 50")
    };
    let wait = retry_at.since(SystemClock.now());
    assert!(
        wait > Span::from_mins(4) && wait <= Span::from_mins(5),
        "{wait:?}"
    );
}

#[tokio::test]
async fn a_process_with_a_late_clock_sees_what_another_spent() {
    let Some(url) = redis_url() else { return };
    let (prefix, early, late) = (unique_name(), frozen_clock(), frozen_clock());
    early.push(Span::from_millis(400));
    let (first, second) = (on_redis(&url, &prefix, &early), on_redis(&url, &prefix, &late));
    assert_eq!(first.take(&key(), &READS, 8).await.unwrap(), Permit::Granted);
    assert!(matches!(
        second.take(&key(), &READS, 1).await.unwrap(),
        Permit::Refused { .. }
    ));
}

/// Asks at random moments for random amounts and returns what was granted when.
async fn spend(
    cluster: &Cluster,
    clock: &sauda_testkit::PushedClock,
    limit: &Limit,
    steps: &[(i64, u32)],
) -> Vec<(Timestamp, u32)> {
    let mut granted = Vec::new();
    for (pause, want) in steps {
        clock.push(Span::from_millis(*pause));
        let (got, retry_at) = cluster.take_up_to(&key(), limit, *want).await.unwrap();
        assert_eq!(got < *want, retry_at.is_some());
        if let Some(retry_at) = retry_at {
            assert!(retry_at > clock.now(), "a retry time in the past");
        }
        granted.push((clock.now(), got));
    }
    granted
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn no_interval_ever_holds_more_than_the_limit(steps in proptest::collection::vec((0_i64..900, 1_u32..5), 1..120)) {
        let limit = Limit::per(3, Span::from_secs(2)).and(20, Span::from_secs(30));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut answers = Vec::new();
            for place in places() {
                let granted = spend(&place.cluster, &place.clock, &limit, &steps).await;
                for window in limit.windows() {
                    for (start, _) in &granted {
                        let inside = granted.iter().filter(|(at, _)| at >= start && *at < start.plus(window.per));
                        assert!(inside.map(|(_, cost)| cost).sum::<u32>() <= window.max);
                    }
                }
                answers.push(granted);
            }
            // Both places give the same answers.
            if let [memory, redis] = answers.as_slice() {
                assert_eq!(memory, redis);
            }
        });
    }
}
