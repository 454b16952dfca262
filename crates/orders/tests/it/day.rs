//! The day: one press takes every order as far as it goes; one order's trouble is its own; a crash repeats nothing.

use crate::{desk::Cut, world::World};
use sauda_kernel::Span;
use sauda_orders::{
    DayRun, DayView, OrdersError,
    engine::DayKeeper,
    model::{Act, DaySettings, DayState, DayStep, ItemState, Stage, StepState},
};
use sauda_sim::Way;
use sauda_store::sql;
use sauda_testkit::{engines, sqlite};

const BY_KASPI: Way = Way::Kaspi { express: false };

/// A world with orders that nobody has read yet, and their numbers.
pub async fn with_orders(world: &World, many: usize) -> Vec<String> {
    let uid = world.sim().world.shops[0].uid.clone();
    (0..many)
        .map(|_| world.sim().order(&uid, None, Some(BY_KASPI)).unwrap())
        .collect()
}

pub async fn start(world: &World) -> DayRun {
    world.orders.start_day(&world.scope, &world.shop).await.unwrap()
}

pub async fn view(world: &World, run: &DayRun) -> DayView {
    world
        .orders
        .day(&world.scope, &world.shop, &run.id, 100)
        .await
        .unwrap()
}

/// Lets the keeper and the clerk work until the run does not go on by itself; how many turns that took.
async fn until_still(world: &World, keeper: &DayKeeper, run: &DayRun) -> usize {
    for turn in 0..600 {
        keeper.turn().await.unwrap();
        if view(world, run).await.run.state != DayState::Running {
            return turn;
        }
        world.turn().await;
        world.sim().step(Span::from_secs(2));
    }
    panic!("the run goes on for ever: {:?}", view(world, run).await);
}

#[tokio::test]
async fn a_day_takes_orders_from_new_to_their_papers() {
    for test in engines().await {
        let world = World::with_key(test).await;
        let codes = with_orders(&world, 4).await;
        let keeper = DayKeeper::new(world.orders.clone(), "keeper");
        let run = start(&world).await;
        until_still(&world, &keeper, &run).await;
        let seen = view(&world, &run).await;
        assert_eq!(seen.run.state, DayState::Done, "{seen:?}");
        let done = |step: DayStep| match step {
            // Nobody is there to ask buyers.
            DayStep::Confirm => StepState::Skipped,
            _ => StepState::Done,
        };
        assert!(seen.steps.iter().all(|(step, _)| step.state == done(step.step)));
        for code in &codes {
            assert_eq!(world.stage(code).await, Stage::HandOver);
            assert_eq!(world.assemblies(code), 1);
        }
        let report = seen.run.report.unwrap();
        assert!(
            report.accepted >= 4 && report.assembled >= 4 && report.waybills >= 4,
            "{report:?}"
        );
        assert_eq!(report.troubled, 0);
        let papers = world
            .orders
            .day_papers(&world.scope, &world.shop, &run.id)
            .await
            .unwrap();
        assert!(codes.iter().all(|code| papers.contains(code)));
        let again = start(&world).await;
        assert_ne!(
            again.id, run.id,
            "a day that is over does not stand in the way of the next"
        );
        until_still(&world, &keeper, &again).await;
        let report = view(&world, &again).await.run.report.unwrap();
        assert_eq!(
            (report.accepted, report.assembled),
            (0, 0),
            "nothing is left to be done"
        );
    }
}

#[tokio::test]
async fn whoever_starts_second_finds_the_run_of_the_first() {
    for test in engines().await {
        let world = World::with_key(test).await;
        let start = || world.orders.start_day(&world.scope, &world.shop);
        let (one, two) = tokio::join!(start(), start());
        assert_eq!(one.unwrap().id, two.unwrap().id);
        let runs = world.orders.days(&world.scope, &world.shop).await.unwrap();
        assert_eq!(runs.len(), 1);
    }
}

#[tokio::test]
async fn a_keeper_that_dies_at_any_turn_repeats_nothing() {
    for dies_after in [1, 2, 3, 5, 8] {
        let world = World::with_key(sqlite().await).await;
        let codes = with_orders(&world, 3).await;
        let first = DayKeeper::new(world.orders.clone(), "first");
        let run = start(&world).await;
        for _ in 0..dies_after {
            first.turn().await.unwrap();
            world.turn().await;
            world.sim().step(Span::from_secs(2));
        }
        drop(first);
        world.sim().step(Span::from_mins(1));
        let second = DayKeeper::new(world.orders.clone(), "second");
        until_still(&world, &second, &run).await;
        assert_eq!(view(&world, &run).await.run.state, DayState::Done);
        for code in &codes {
            assert_eq!(world.assemblies(code), 1, "died after {dies_after}");
            let acts = world.desk.acts.lock().unwrap();
            assert_eq!(
                acts.iter().filter(|(order, _)| order == code).count(),
                2,
                "died after {dies_after}"
            );
        }
    }
}

#[tokio::test]
async fn two_keepers_and_a_person_at_once_do_it_once() {
    for test in engines().await {
        let world = World::with_key(test).await;
        let codes = with_orders(&world, 3).await;
        world.read().await;
        let keepers = ["one", "two"].map(|name| DayKeeper::new(world.orders.clone(), name));
        let run = start(&world).await;
        world.ask(&codes[0], Act::Accept).await;
        for _ in 0..200 {
            let (one, two) = tokio::join!(keepers[0].turn(), keepers[1].turn());
            one.unwrap();
            two.unwrap();
            if view(&world, &run).await.run.state != DayState::Running {
                break;
            }
            world.turn().await;
            world.sim().step(Span::from_secs(2));
        }
        assert_eq!(view(&world, &run).await.run.state, DayState::Done);
        for code in &codes {
            let acts = world.desk.acts.lock().unwrap();
            assert_eq!(acts.iter().filter(|(order, _)| order == code).count(), 2);
        }
    }
}

#[tokio::test]
async fn one_order_that_is_refused_does_not_stop_the_others() {
    let world = World::with_key(sqlite().await).await;
    let codes = with_orders(&world, 3).await;
    let keeper = DayKeeper::new(world.orders.clone(), "keeper");
    let run = start(&world).await;
    world.desk.cut(&[Cut::Refused]);
    until_still(&world, &keeper, &run).await;
    let seen = view(&world, &run).await;
    assert_eq!(seen.run.state, DayState::Done);
    let trouble: Vec<_> = seen
        .troubles
        .iter()
        .map(|item| {
            (
                item.step,
                item.state,
                item.trouble.as_deref(),
                item.trouble_text.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        trouble,
        [(
            DayStep::Accept,
            ItemState::Trouble,
            Some("refused"),
            Some("not today")
        )]
    );
    let bad = seen.troubles[0].code.clone();
    for code in codes.iter().filter(|code| **code != bad) {
        assert_eq!(world.stage(code).await, Stage::HandOver);
    }
    assert_eq!(world.stage(&bad).await, Stage::New);
    assert!(world.told().await.contains(&"day-troubled".to_owned()));
    world
        .orders
        .repeat_step(&world.scope, &world.shop, &run.id, DayStep::Accept)
        .await
        .unwrap();
    until_still(&world, &keeper, &run).await;
    let seen = view(&world, &run).await;
    assert_eq!((seen.run.state, seen.troubles.len()), (DayState::Done, 0));
    assert_eq!(world.stage(&bad).await, Stage::HandOver);
    assert!(!world.told().await.contains(&"day-troubled".to_owned()));
    for code in &codes {
        assert_eq!(world.assemblies(code), 1);
    }
}

#[tokio::test]
async fn a_refused_key_stops_the_day_and_a_new_one_lets_it_go_on() {
    let world = World::with_key(sqlite().await).await;
    let codes = with_orders(&world, 1).await;
    let keeper = DayKeeper::new(world.orders.clone(), "keeper");
    world
        .orders
        .connect(
            &world.scope,
            &world.shop,
            "0123456789abcdef0123456789abcdef0123456789ab",
        )
        .await
        .unwrap();
    let run = start(&world).await;
    until_still(&world, &keeper, &run).await;
    let seen = view(&world, &run).await;
    assert_eq!(
        (seen.run.state, seen.run.trouble.as_deref(), seen.place()),
        (DayState::Stopped, Some("bad-token"), Some(1))
    );
    assert!(world.told().await.contains(&"day-stopped".to_owned()));
    world
        .orders
        .connect(&world.scope, &world.shop, &world.key())
        .await
        .unwrap();
    world
        .orders
        .go_on_day(&world.scope, &world.shop, &run.id)
        .await
        .unwrap();
    until_still(&world, &keeper, &run).await;
    assert_eq!(view(&world, &run).await.run.state, DayState::Done);
    assert_eq!(world.stage(&codes[0]).await, Stage::HandOver);
    assert!(!world.told().await.contains(&"day-stopped".to_owned()));
}

#[tokio::test]
async fn what_a_key_was_refused_for_yesterday_is_asked_anew() {
    let world = World::with_key(sqlite().await).await;
    let trouble = || async {
        let reading = world.orders.reading(&world.scope, &world.shop).await;
        let reading = reading.unwrap().unwrap();
        (reading.trouble, reading.trouble_since.is_some())
    };
    let refuse = || async {
        let wrong = "0123456789abcdef0123456789abcdef0123456789ab";
        let orders = &world.orders;
        orders.connect(&world.scope, &world.shop, wrong).await.unwrap();
        world.turns(2).await;
        assert_eq!(trouble().await, (Some("bad_token".to_owned()), true));
    };
    refuse().await;
    world
        .orders
        .connect(&world.scope, &world.shop, &world.key())
        .await
        .unwrap();
    assert_eq!(trouble().await, (None, false), "a new key is not refused yet");
    refuse().await;
    world.orders.read_now(&world.scope, &world.shop).await.unwrap();
    assert_eq!(trouble().await, (None, false));
    let keeper = DayKeeper::new(world.orders.clone(), "keeper");
    let run = start(&world).await;
    keeper.turn().await.unwrap();
    assert_eq!(
        view(&world, &run).await.run.state,
        DayState::Running,
        "Kaspi is asked before the day stops"
    );
    until_still(&world, &keeper, &run).await;
    let run = view(&world, &run).await.run;
    assert_eq!(
        (run.state, run.trouble.as_deref()),
        (DayState::Stopped, Some("bad-token"))
    );
}

#[tokio::test]
async fn a_start_that_breaks_off_is_started_again() {
    for test in engines().await {
        let world = World::with_key(test).await;
        let keeper = DayKeeper::new(world.orders.clone(), "keeper");
        let local = world.sim().now().local();
        let settings = DaySettings {
            starts_at: Some(i64::from(local.hour * 60 + local.minute)),
            weekdays: vec![local.weekday],
            ..DaySettings::default()
        };
        world
            .orders
            .put_day_settings(&world.scope, &world.shop, &settings)
            .await
            .unwrap();
        let away = sql!("ALTER TABLE day_steps RENAME TO day_steps_away");
        away.run(world.db()).await.unwrap();
        assert!(keeper.start_due().await.is_err());
        let back = sql!("ALTER TABLE day_steps_away RENAME TO day_steps");
        back.run(world.db()).await.unwrap();
        let runs = world.orders.days(&world.scope, &world.shop).await.unwrap();
        assert_eq!(runs, [], "nothing is left of it");
        assert_eq!(keeper.start_due().await.unwrap(), 1);
        assert_eq!(keeper.start_due().await.unwrap(), 0);
        let run = world
            .orders
            .days(&world.scope, &world.shop)
            .await
            .unwrap()
            .remove(0);
        assert_eq!(view(&world, &run).await.steps.len(), DayStep::ALL.len());
    }
}

#[tokio::test]
async fn a_held_day_asks_nothing_and_goes_on_where_it_stood() {
    let world = World::with_key(sqlite().await).await;
    let codes = with_orders(&world, 2).await;
    let keeper = DayKeeper::new(world.orders.clone(), "keeper");
    let run = start(&world).await;
    let orders = &world.orders;
    orders
        .pause_day(&world.scope, &world.shop, &run.id)
        .await
        .unwrap();
    for _ in 0..5 {
        assert_eq!(keeper.turn().await.unwrap(), 0);
        world.turn().await;
        world.sim().step(Span::from_secs(5));
    }
    assert!(world.desk.acts.lock().unwrap().is_empty());
    assert_eq!(start(&world).await.id, run.id, "a held day is the day");
    orders
        .go_on_day(&world.scope, &world.shop, &run.id)
        .await
        .unwrap();
    orders
        .skip_step(&world.scope, &world.shop, &run.id, DayStep::Assemble)
        .await
        .unwrap();
    until_still(&world, &keeper, &run).await;
    for code in &codes {
        assert_eq!(world.stage(code).await, Stage::Pack, "declared ready by nobody");
    }
    let needed = orders
        .skip_step(&world.scope, &world.shop, &run.id, DayStep::Check)
        .await;
    assert!(matches!(needed, Err(OrdersError::DayWrong(_))));
    let over = orders.pause_day(&world.scope, &world.shop, &run.id).await;
    assert!(matches!(
        over,
        Err(OrdersError::DayNotNow {
            state: DayState::Done
        })
    ));
}

#[tokio::test]
async fn a_day_starts_by_itself_once_and_only_on_its_days() {
    for test in engines().await {
        let world = World::with_key(test).await;
        let keepers = ["one", "two"].map(|name| DayKeeper::new(world.orders.clone(), name));
        let local = world.sim().now().local();
        let settings = DaySettings {
            starts_at: Some(i64::from(local.hour * 60 + local.minute)),
            weekdays: vec![local.weekday],
            skips: vec![DayStep::Assemble],
            ..DaySettings::default()
        };
        world
            .orders
            .put_day_settings(&world.scope, &world.shop, &settings)
            .await
            .unwrap();
        let kept = world
            .orders
            .day_settings(&world.scope, &world.shop)
            .await
            .unwrap();
        assert_eq!(kept, settings);
        let (one, two) = tokio::join!(keepers[0].start_due(), keepers[1].start_due());
        assert_eq!(one.unwrap() + two.unwrap(), 1);
        let runs = world.orders.days(&world.scope, &world.shop).await.unwrap();
        assert_eq!((runs.len(), runs[0].started_by.as_str()), (1, ""));
        world
            .orders
            .end_day(&world.scope, &world.shop, &runs[0].id)
            .await
            .unwrap();
        assert_eq!(keepers[0].start_due().await.unwrap(), 0, "it had its day");
        world.sim().step(Span::from_hours(24));
        assert_eq!(
            keepers[0].start_due().await.unwrap(),
            0,
            "not on this day of the week"
        );
        world.sim().step(Span::from_days(6));
        assert_eq!(keepers[0].start_due().await.unwrap(), 1);
    }
}

#[tokio::test]
async fn settings_that_make_no_sense_change_nothing() {
    let world = World::with_key(sqlite().await).await;
    let usual = DaySettings::default();
    for wrong in [
        DaySettings {
            skips: vec![DayStep::Report],
            ..usual.clone()
        },
        DaySettings {
            starts_at: Some(1_440),
            ..usual.clone()
        },
        DaySettings {
            weekdays: vec![],
            ..usual.clone()
        },
        DaySettings {
            weekdays: vec![8],
            ..usual.clone()
        },
        DaySettings {
            low_stock: -1,
            ..usual.clone()
        },
    ] {
        let refused = world
            .orders
            .put_day_settings(&world.scope, &world.shop, &wrong)
            .await;
        assert!(matches!(refused, Err(OrdersError::DayWrong(_))), "{wrong:?}");
    }
    let kept = world
        .orders
        .day_settings(&world.scope, &world.shop)
        .await
        .unwrap();
    assert_eq!(kept, usual);
}
