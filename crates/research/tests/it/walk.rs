//! The whole way of reading the market, against the pretend Kaspi: bad days, times of the day, death in the middle, two processes.

use crate::world::World;
use sauda_kernel::{Span, Timestamp};
use sauda_research::model::{Settings, SourceState};
use sauda_sim::{Fault, FaultKind, Service};
use sauda_testkit::{engines, sqlite, until};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Cards of a page of the storefront.
const PAGE: usize = 12;

fn expected(world: &World) -> (usize, usize) {
    let cards = world.category().1.min(36);
    (cards, cards.div_ceil(PAGE))
}

#[tokio::test]
async fn a_category_is_read_over_the_wire_as_buyers_see_it_within_the_budget() {
    for test in engines().await {
        let world = World::open(test).await;
        let (before, _) = world.reads();
        let id = world
            .research
            .put_source(&world.scope, &world.wish())
            .await
            .unwrap();
        world.work().await;
        let (cards, pages) = expected(&world);
        let look = world.look(&id).await;
        assert_eq!(look.source.state, SourceState::Done, "{:?}", look.source.trouble);
        assert_eq!((look.rows.len(), look.snapshots.len()), (cards, 1));
        assert!(look.snapshots[0].is_whole);
        let (after, violations) = world.reads();
        assert_eq!(violations, 0);
        // A page may take a second question for its total.
        let asked = usize::try_from(after - before).unwrap();
        assert!(
            (pages + 4..=2 * pages + 4).contains(&asked),
            "{asked} reads for {pages} pages and 4 cards"
        );
        // Every seller whom the world has on those cards, and nobody else.
        let cards: Vec<&str> = look.rows.iter().take(4).map(|row| row.card.as_str()).collect();
        let seen: i64 = look.sellers.iter().map(|one| one.cards).sum();
        assert_eq!(usize::try_from(seen).unwrap(), world.ladders(&cards));
    }
}

#[tokio::test]
async fn no_bad_answer_makes_a_seller_leave_or_a_card_go() {
    let world = World::open(sqlite().await).await;
    let id = world
        .research
        .put_source(&world.scope, &world.wish())
        .await
        .unwrap();
    world.work().await;
    let first = world.look(&id).await;
    let sellers = first.sellers.len();
    let bad_days = [
        (FaultKind::Html200, Service::Storefront),
        (FaultKind::CutBody, Service::Storefront),
        (FaultKind::WrongContentType, Service::Storefront),
        (FaultKind::ServerError, Service::Storefront),
        (FaultKind::Block403, Service::Storefront),
        (FaultKind::Html429, Service::Storefront),
        (FaultKind::Html200, Service::Offers),
        (FaultKind::CutBody, Service::Offers),
        (FaultKind::EmptyOffers, Service::Offers),
        (FaultKind::PartialPage, Service::Offers),
    ];
    for (kind, service) in bad_days {
        for count in [1, 4] {
            world.sim().step(Span::from_hours(1));
            world
                .sim()
                .faults
                .add(Fault::times(kind, service, count), world.sim().now());
            world.research.read_now(&world.scope, Some(&id)).await.unwrap();
            world.work().await;
            world.sim().faults.clear();
            let look = world.look(&id).await;
            let said = format!("{kind:?} at {service:?}, {count} times");
            assert_eq!(look.left, Vec::<String>::new(), "{said}");
            assert_eq!(look.sellers.iter().filter(|one| one.is_new).count(), 0, "{said}");
            if let Some(change) = &look.change {
                assert_eq!(change.gone, Vec::<String>::new(), "{said}");
            }
            assert!(look.sellers.len() <= sellers, "{said}");
            assert_ne!(look.source.state, SourceState::Reading, "{said}");
        }
    }
    // The last word is what a good day says.
    world.sim().step(Span::from_hours(1));
    world.research.read_now(&world.scope, Some(&id)).await.unwrap();
    world.work().await;
    let last = world.look(&id).await;
    assert_eq!((last.rows.len(), last.sellers.len()), (first.rows.len(), sellers));
}

#[tokio::test]
async fn a_shelf_that_is_blocked_for_long_is_never_empty() {
    let world = World::open(sqlite().await).await;
    let id = world
        .research
        .put_source(&world.scope, &world.wish())
        .await
        .unwrap();
    let fault = Fault::new(FaultKind::Html200, Service::Storefront);
    world.sim().faults.add(fault, world.sim().now());
    world.work().await;
    let look = world.look(&id).await;
    assert!(look.snapshots.is_empty() && look.rows.is_empty());
    world.sim().faults.clear();
    world.sim().step(Span::from_hours(5));
    world.work().await;
    assert_eq!(
        world.look(&id).await.rows.len(),
        expected(&world).0,
        "the next time of the day mends it"
    );
}

#[tokio::test]
async fn it_is_read_at_eight_fourteen_and_twenty_and_missed_days_once() {
    for test in engines().await {
        let world = World::open(test).await;
        let id = world
            .research
            .put_source(&world.scope, &world.wish())
            .await
            .unwrap();
        world.work().await;
        // The world begins at ten in Almaty.
        for at in [
            "2026-11-20T14:00:00+05:00",
            "2026-11-20T20:00:00+05:00",
            "2026-11-21T08:00:00+05:00",
        ] {
            let due = Timestamp::parse(at).unwrap();
            world
                .sim()
                .step(due.minus(Span::from_mins(5)).since(world.sim().now()));
            let before = world.look(&id).await.snapshots.len();
            world.work().await;
            assert_eq!(world.look(&id).await.snapshots.len(), before, "not before {at}");
            world
                .sim()
                .step(due.plus(Span::from_secs(5)).since(world.sim().now()));
            world.work().await;
            let look = world.look(&id).await;
            assert_eq!(look.snapshots.len(), before + 1, "at {at}");
            assert!(look.snapshots[0].at.since(due) < Span::from_mins(2));
        }
        let before = world.look(&id).await.snapshots.len();
        world.sim().step(Span::from_days(3));
        world.work().await;
        world.work().await;
        assert_eq!(
            world.look(&id).await.snapshots.len(),
            before + 1,
            "three days off are read once"
        );
    }
}

#[tokio::test]
async fn a_process_that_dies_in_the_middle_is_followed_by_another_that_goes_on() {
    for test in engines().await {
        let world = World::open(test).await;
        let id = world
            .research
            .put_source(&world.scope, &world.wish())
            .await
            .unwrap();
        // The sellers of the second card never answer: there it dies.
        let hang = world.sim().faults.add(
            Fault {
                probability: 1.0,
                ..Fault::times(FaultKind::Hang, Service::Offers, 1)
            },
            world.sim().now(),
        );
        let struck = || {
            let faults = world.sim().faults.list();
            async move { faults.iter().any(|fault| fault.id == hang && fault.struck == 1) }
        };
        let first = world.process();
        let steps = async {
            loop {
                first.run_until_idle().await.unwrap();
                world.sim().step(Span::from_millis(1_100));
            }
        };
        tokio::select! {
            () = steps => {}
            () = until(struck, Duration::from_secs(20)) => {}
        }
        drop(first);
        let broken = world.research.source(&world.scope, &id).await.unwrap();
        let begun = broken.begun_at.unwrap();
        assert_eq!(broken.state, SourceState::Reading);
        let (read_before, _) = world.reads();
        let second = world.process();
        let done = || async {
            world.sim().step(Span::from_millis(40));
            let source = world.research.source(&world.scope, &id).await.unwrap();
            source.state == SourceState::Done
        };
        tokio::select! {
            () = second.run(CancellationToken::new()) => {}
            () = until(done, Duration::from_secs(30)) => {}
        }
        let look = world.look(&id).await;
        assert_eq!((look.snapshots.len(), look.snapshots[0].at), (1, begun));
        assert_eq!(look.rows.len(), expected(&world).0);
        let (read_after, _) = world.reads();
        assert!(
            read_after - read_before <= 4,
            "no page is read again: {}",
            read_after - read_before
        );
    }
}

#[tokio::test]
async fn two_processes_read_a_source_once() {
    for test in engines().await {
        let world = World::open(test).await;
        let (before, _) = world.reads();
        let id = world
            .research
            .put_source(&world.scope, &world.wish())
            .await
            .unwrap();
        world.research.read_now(&world.scope, None).await.unwrap();
        let (one, other) = (world.process(), world.process());
        for _ in 0..60 {
            let (told, also) = tokio::join!(one.run_until_idle(), other.run_until_idle());
            told.unwrap();
            also.unwrap();
            world.sim().step(Span::from_millis(1_100));
        }
        let look = world.look(&id).await;
        assert_eq!((look.snapshots.len(), look.rows.len()), (1, expected(&world).0));
        let (after, violations) = world.reads();
        let pages = u64::try_from(expected(&world).1).unwrap();
        assert!(
            after - before <= 2 * pages + 4 && violations == 0,
            "{} reads",
            after - before
        );
    }
}

#[tokio::test]
async fn raw_answers_are_kept_when_asked_for_and_forgotten_after_their_days() {
    for test in engines().await {
        let world = World::open(test).await;
        let id = world
            .research
            .put_source(&world.scope, &world.wish())
            .await
            .unwrap();
        world.work().await;
        let none = world.research.raws(&world.scope, false, None, 10).await.unwrap();
        assert_eq!((none.count, none.rows.len()), (0, 0), "nothing is kept unasked");
        let wanted = Settings {
            raw_days: 2,
            ..Settings::default()
        };
        world.research.put_settings(&world.scope, &wanted).await.unwrap();
        let fault = Fault::times(FaultKind::Html200, Service::Offers, 1);
        world.sim().faults.add(fault, world.sim().now());
        world.research.read_now(&world.scope, Some(&id)).await.unwrap();
        world.work().await;
        let kept = world.research.raws(&world.scope, false, None, 500).await.unwrap();
        assert!(kept.count >= 7, "{}", kept.count);
        let bad = world.research.raws(&world.scope, true, None, 500).await.unwrap();
        assert_eq!(bad.rows.len(), 1);
        let (mark, body) = world.research.raw(&world.scope, &bad.rows[0].id).await.unwrap();
        assert_eq!(mark.trouble.as_deref(), Some("blocked"));
        assert!(String::from_utf8_lossy(&body).contains("<html"), "as it came");
        assert!(
            world
                .research
                .raw(&world.stranger(), &bad.rows[0].id)
                .await
                .is_err()
        );
        world.sim().step(Span::from_days(3));
        world.work().await;
        let left = world.research.raws(&world.scope, false, None, 500).await.unwrap();
        let oldest = left.rows.iter().map(|row| row.at).min().unwrap();
        assert!(world.sim().now().since(oldest) < Span::from_hours(49));
    }
}
