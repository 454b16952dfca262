//! Bad days: lost jobs, unclear answers, bans, ended sessions, broken reads, crashes at every step.

use crate::world::*;
use sauda_kernel::{Span, Tenge};
use sauda_market::MarketError;
use sauda_testkit::engines;

#[tokio::test]
async fn a_lost_change_is_noticed_told_and_wished_anew() {
    for test in engines().await {
        let world = World::new(test, vec![own_offer("A", CARD, 39_000)], &[38_750]).await;
        let offer = world.keep("A", 34_500, 44_900, 10).await;
        world.market.shelf().lose = true;
        world.check().await;
        world.push().await;
        for _ in 0..8 {
            world.clock.push(Span::from_secs(30));
            world.push().await;
        }
        assert_eq!(world.states(&offer).await[0], "lost");
        assert!(world.told().await.contains(&"change-lost".to_owned()));
        assert_eq!(world.asked(), [38_740], "a lost change is not repeated blindly");
        world.market.shelf().lose = false;
        world.check().await;
        world.push().await;
        world.push().await;
        assert_eq!(world.states(&offer).await[0], "in_cabinet");
    }
}

#[tokio::test]
async fn an_unclear_answer_is_read_back_and_never_repeated() {
    for test in engines().await {
        let world = World::new(test, vec![own_offer("A", CARD, 39_000)], &[38_750]).await;
        let offer = world.keep("A", 34_500, 44_900, 10).await;
        world.market.shelf().answers.push_back(MarketError::Timeout);
        world.check().await;
        world.push().await;
        assert_eq!(world.states(&offer).await, ["unclear"]);
        world.push().await;
        world.push().await;
        assert_eq!(world.asked(), [38_740]);
        assert_eq!(world.states(&offer).await, ["in_cabinet"]);
    }
}

#[tokio::test]
async fn a_ban_stops_for_half_an_hour_and_keeps_the_queue() {
    for test in engines().await {
        let world = World::new(test, vec![own_offer("A", CARD, 39_000)], &[38_750]).await;
        let offer = world.keep("A", 34_500, 44_900, 10).await;
        world.market.shelf().answers.push_back(MarketError::Throttled {
            wait: Span::from_mins(30),
        });
        world.check().await;
        world.push().await;
        assert_eq!(world.states(&offer).await, ["desired"]);
        assert!(world.told().await.contains(&"price-changes-stopped".to_owned()));
        for _ in 0..5 {
            world.push().await;
        }
        assert_eq!(world.asked().len(), 1);
        world.clock.push(Span::from_mins(31));
        world.check().await;
        world.push().await;
        assert_eq!(world.asked().len(), 2);
        assert_eq!(world.states(&offer).await, ["accepted"]);
        assert!(!world.told().await.contains(&"price-changes-stopped".to_owned()));
    }
}

#[tokio::test]
async fn an_ended_session_is_told_and_nothing_is_lost() {
    for test in engines().await {
        let world = World::new(test, vec![own_offer("A", CARD, 39_000)], &[38_750]).await;
        let offer = world.keep("A", 34_500, 44_900, 10).await;
        world.check().await;
        world.market.shelf().session_ended = true;
        world.push().await;
        assert!(world.told().await.contains(&"session-ended".to_owned()));
        assert_eq!(world.states(&offer).await, ["desired"]);
        let access = world.catalog.accesses(&world.scope).await.unwrap().remove(0);
        world.catalog.renew(&world.scope, &access.id).await.unwrap();
        assert!(!world.told().await.contains(&"session-ended".to_owned()));
        world.check().await;
        world.push().await;
        assert_eq!(world.states(&offer).await, ["accepted"]);
    }
}

#[tokio::test]
async fn broken_reads_decide_nothing() {
    for test in engines().await {
        let world = World::new(test, vec![own_offer("A", CARD, 39_000)], &[38_750]).await;
        let offer = world.keep("A", 34_500, 44_900, 10).await;
        // Blocked, then a partial answer, then an empty one.
        world
            .market
            .shelf()
            .read_failures
            .push_back(MarketError::Blocked {
                status: 403,
                what: "html".to_owned(),
            });
        assert_eq!(world.check().await.failed, 1);
        world.clock.push(Span::from_mins(1));
        world.market.shelf().cut_rows = 1;
        assert_eq!(world.check().await.wishes, 0);
        world.market.shelf().cut_rows = 0;
        let rivals = std::mem::take(&mut world.market.shelf().rivals);
        let visible = std::mem::take(&mut world.market.shelf().visible);
        assert_eq!(world.check().await.wishes, 0);
        assert!(world.asked().is_empty());
        world.market.shelf().rivals = rivals;
        world.market.shelf().visible = visible;
        assert_eq!(world.check().await.wishes, 1);
        assert_eq!(world.states(&offer).await, ["desired"]);
    }
}

#[tokio::test]
async fn a_restart_between_any_two_steps_sends_nothing_twice() {
    for steps in 0..4 {
        for test in engines().await {
            let mut world = World::new(test, vec![own_offer("A", CARD, 39_000)], &[38_750]).await;
            let offer = world.keep("A", 34_500, 44_900, 10).await;
            for step in 0..6 {
                if step == steps {
                    world = world.restarted().await;
                }
                match step % 3 {
                    0 => drop(world.check().await),
                    1 => drop(world.push().await),
                    _ => {
                        world.push().await;
                        world.market.publish();
                    }
                }
            }
            assert_eq!(world.asked(), [38_740]);
            assert_eq!(world.row(&offer).await.price, Some(Tenge(38_740)));
        }
    }
}

#[tokio::test]
async fn an_empty_cabinet_list_is_not_an_empty_shop() {
    for test in engines().await {
        let world = World::new(test, vec![own_offer("A", CARD, 39_000)], &[38_750]).await;
        let own = std::mem::take(&mut world.market.shelf().own);
        world.clock.push(Span::from_mins(60));
        world
            .catalog
            .request_sync(&world.scope, &world.shop)
            .await
            .unwrap();
        world.idle().await;
        assert_eq!(world.catalog.offer_count(&world.shop).await.unwrap(), 1);
        assert!(world.told().await.contains(&"sync-failed".to_owned()));
        world.market.shelf().own = own;
        world.clock.push(Span::from_mins(1));
        world
            .catalog
            .request_sync(&world.scope, &world.shop)
            .await
            .unwrap();
        world.idle().await;
        assert!(!world.told().await.contains(&"sync-failed".to_owned()));
    }
}

#[tokio::test]
async fn an_offer_that_left_the_cabinet_leaves_the_board() {
    for test in engines().await {
        let world = World::new(
            test,
            vec![own_offer("A", CARD, 39_000), own_offer("B", "200000001", 5_000)],
            &[38_750],
        )
        .await;
        let gone = world.offer("B").await;
        world.market.shelf().own.remove("B");
        world.clock.push(Span::from_mins(60));
        world
            .catalog
            .request_sync(&world.scope, &world.shop)
            .await
            .unwrap();
        world.idle().await;
        assert!(
            world
                .pricing
                .places(&world.scope, &gone)
                .await
                .unwrap()
                .is_empty()
        );
        assert!(world.told().await.contains(&"offers-gone".to_owned()));
    }
}

#[tokio::test]
async fn a_locked_database_stops_everything_and_nothing_is_lost() {
    let test = sauda_testkit::sqlite().await;
    let url = test.url().to_owned();
    let world = World::new(test, vec![own_offer("A", CARD, 39_000)], &[38_750]).await;
    let offer = world.keep("A", 34_500, 44_900, 10).await;
    sauda_store::sql!("PRAGMA busy_timeout = 50")
        .run(&world.ground.db)
        .await
        .unwrap();
    let other = sauda_store::Db::open(&url).await.unwrap();
    let stop = tokio_util::sync::CancellationToken::new();

    let lock = other.write().await.unwrap();
    assert!(world.checker.turn().await.is_err());
    drop(lock);
    world.pricing.take_back_watches().await.unwrap();
    until_checked(&world).await;
    assert_eq!(world.states(&offer).await, ["desired"]);

    let lock = other.write().await.unwrap();
    assert!(world.pusher.turn(&stop).await.is_err());
    assert!(
        world.asked().is_empty(),
        "what cannot be recorded first is not sent"
    );
    drop(lock);
    for _ in 0..3 {
        world.clock.push(Span::from_secs(61));
        world.push().await;
    }
    assert_eq!(world.asked(), [38_740]);
    assert_eq!(world.states(&offer).await[0], "in_cabinet");
}

/// Watches that a failed turn had taken come back after their lease.
async fn until_checked(world: &World) {
    for _ in 0..10 {
        if world.check().await.wishes > 0 {
            return;
        }
        world.clock.push(Span::from_secs(30));
    }
    panic!("the watch did not come back");
}

#[tokio::test]
async fn a_clock_that_jumps_a_day_sends_nothing_twice() {
    for test in engines().await {
        let world = World::new(test, vec![own_offer("A", CARD, 39_000)], &[38_750]).await;
        let offer = world.keep("A", 34_500, 44_900, 10).await;
        world.check().await;
        world.push().await;
        assert_eq!(world.asked(), [38_740]);
        world.clock.push(Span::from_days(1));
        world.push().await;
        world.market.publish();
        world.check().await;
        world.push().await;
        assert_eq!(world.asked(), [38_740]);
        assert_eq!(world.row(&offer).await.price, Some(Tenge(38_740)));
    }
}
