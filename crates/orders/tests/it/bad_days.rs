//! Bad days of the outside: an interface that hangs, breaks or answers nonsense, a waybill that never comes. Nothing is lost, the
//! reason is said, the rest goes on.

use crate::{
    day::{start, view, with_orders},
    world::World,
};
use sauda_kernel::Span;
use sauda_orders::{
    engine::DayKeeper,
    model::{DayState, ItemState, Stage},
};
use sauda_sim::{Fault, FaultKind, Service};
use sauda_testkit::{engines, sqlite};

#[tokio::test]
async fn an_interface_that_hangs_or_breaks_costs_time_and_no_order() {
    let bad = |kind| Fault::times(kind, Service::Official, 1);
    let days = [
        (bad(FaultKind::Hang), "timeout"),
        (bad(FaultKind::ServerError), "down"),
        (
            Fault {
                status: Some(502),
                ..bad(FaultKind::ServerError)
            },
            "down",
        ),
        (bad(FaultKind::Html200), "blocked"),
        (bad(FaultKind::CutBody), "bad_answer"),
    ];
    let world = World::with_key(sqlite().await).await;
    for (fault, word) in days {
        let code = with_orders(&world, 1).await.remove(0);
        let kind = fault.kind;
        world.sim().faults.add(fault, world.sim().now());
        world.read().await;
        let reading = world
            .orders
            .reading(&world.scope, &world.shop)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(reading.trouble.as_deref(), Some(word), "{kind:?}");
        assert!(
            reading.next_at > world.sim().now(),
            "{kind:?}: it is asked again later, not at once"
        );
        world.sim().step(Span::from_mins(3));
        world.turn().await;
        assert_eq!(
            world.stage(&code).await,
            Stage::New,
            "{kind:?}: the order is read when the line is back"
        );
        let reading = world
            .orders
            .reading(&world.scope, &world.shop)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(reading.trouble, None, "{kind:?}");
    }
}

#[tokio::test]
async fn a_line_that_holds_libraries_lets_us_through() {
    let world = World::with_key(sqlite().await).await;
    let held = Fault::new(FaultKind::HangLibraries, Service::Official);
    world.sim().faults.add(held, world.sim().now());
    let code = with_orders(&world, 1).await.remove(0);
    world.read().await;
    assert_eq!(world.stage(&code).await, Stage::New);
}

#[tokio::test]
async fn a_waybill_that_never_comes_is_told_by_its_order_and_stops_no_other() {
    for test in engines().await {
        let world = World::with_key(test).await;
        let codes = with_orders(&world, 3).await;
        let fault = Fault {
            path: Some(codes[1].clone()),
            ..Fault::new(FaultKind::NoWaybill, Service::Official)
        };
        world.sim().faults.add(fault, world.sim().now());
        let keeper = DayKeeper::new(world.orders.clone(), "keeper");
        let run = start(&world).await;
        for _ in 0..90 {
            if view(&world, &run).await.run.state != DayState::Running {
                break;
            }
            keeper.turn().await.unwrap();
            world.turn().await;
            world.sim().step(Span::from_secs(20));
        }
        let seen = view(&world, &run).await;
        assert_eq!(seen.run.state, DayState::Done, "{seen:?}");
        let report = seen.run.report.as_ref().unwrap();
        assert!(report.waybills >= 2 && report.troubled >= 1, "{report:?}");
        assert!(
            seen.troubles
                .iter()
                .all(|item| (item.code.as_str(), item.state) == (codes[1].as_str(), ItemState::Trouble)),
            "{:?}",
            seen.troubles
        );
        let without: Vec<_> = seen
            .troubles
            .iter()
            .filter(|item| item.trouble.as_deref() == Some("no-waybill"))
            .collect();
        assert_eq!(without.len(), 1, "told once for both steps: {without:?}");
        for _ in 0..20 {
            world.turn().await;
            world.sim().step(Span::from_mins(1));
        }
        assert!(world.told().await.contains(&"waybill-late".to_owned()));
        world.sim().faults.clear();
        for _ in 0..15 {
            world.turn().await;
            world.sim().step(Span::from_mins(1));
        }
        let late = world
            .orders
            .waybill(&world.scope, &world.shop, &codes[1], None)
            .await;
        assert!(
            late.unwrap().1.starts_with(b"%PDF-"),
            "it is stored when it comes after all"
        );
        assert!(!world.told().await.contains(&"waybill-late".to_owned()));
        // The run tells what is there: nothing is left to decide, and the paper is printed with the others.
        let after = view(&world, &run).await;
        assert!(after.troubles.is_empty(), "{:?}", after.troubles);
        let told = after.run.report.as_ref().unwrap();
        assert_eq!((told.waybills, told.troubled), (report.waybills + 1, 0));
        let papers = world
            .orders
            .day_papers(&world.scope, &world.shop, &run.id)
            .await
            .unwrap();
        assert!(papers.contains(&codes[1]));
        assert!(!world.told().await.contains(&"day-troubled".to_owned()));
        assert_eq!(
            world.assemblies(&codes[1]),
            1,
            "a late waybill is no reason to assemble again"
        );
    }
}
