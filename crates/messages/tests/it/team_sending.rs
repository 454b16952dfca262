//! Bad days of sending: killed in the middle, asked to wait, lost answers, limits of groups, letters.

use crate::team_world::{ARU, TOKEN, World};
use sauda_kernel::{Span, Timestamp};
use sauda_messages::team::{Manners, Sender, TypedManners, Way, What};
use sauda_sim::FaultKind;
use sauda_testkit::{engines, sqlite};
use std::time::Duration;

#[tokio::test]
async fn what_was_recorded_before_a_crash_is_said_after_it_once() {
    for test in engines().await {
        let world = Box::pin(World::linked(test)).await;
        world.team.test(&world.owner.scope, Way::Telegram).await.unwrap();
        let next = Sender::new(world.team.clone());
        world.sim().step(Span::from_mins(10));
        next.turn().await.unwrap();
        world.say().await;
        assert_eq!(world.count(ARU, "team-test"), 1);
    }
}

#[tokio::test]
async fn what_was_being_sent_in_a_crash_is_unclear_and_never_repeated() {
    for test in engines().await {
        let world = Box::pin(World::linked(test)).await;
        world.team.test(&world.owner.scope, Way::Telegram).await.unwrap();
        world.fault(FaultKind::Hang, false);
        let died = tokio::time::timeout(Duration::from_millis(300), world.sender.turn()).await;
        assert!(died.is_err(), "the process died while it sent");
        assert_eq!(world.say().await, 0);
        assert_eq!(
            world.troubles().await,
            Vec::<String>::new(),
            "perhaps it is still being sent"
        );
        world.sim().step(Span::from_mins(4));
        assert_eq!(world.say().await, 0);
        assert_eq!(world.troubles().await, ["crashed"]);
        assert_eq!(world.count(ARU, "team-test"), 0);
    }
}

#[tokio::test]
async fn a_lost_answer_is_unclear_and_never_repeated() {
    let world = Box::pin(World::linked(sqlite().await)).await;
    world.team.test(&world.owner.scope, Way::Telegram).await.unwrap();
    world.fault(FaultKind::CutBody, true);
    world.say().await;
    world.sim().step(Span::from_hours(1));
    world.say().await;
    assert_eq!(world.troubles().await, ["unclear"]);
    assert_eq!(world.count(ARU, "team-test"), 1, "it had arrived");
}

#[tokio::test]
async fn who_is_asked_to_wait_waits_and_then_says_it() {
    for test in engines().await {
        let world = Box::pin(World::linked(test)).await;
        world.team.test(&world.owner.scope, Way::Telegram).await.unwrap();
        world.sim().add_fault(sauda_sim::Fault {
            status: Some(429),
            path: Some("sendMessage".to_owned()),
            ..sauda_sim::Fault::times(FaultKind::ServerError, sauda_sim::Service::Telegram, 1)
        });
        let first = world.sender.turn().await.unwrap();
        assert_eq!((first.sent, first.left), (0, 1));
        let early = world.sender.turn().await.unwrap();
        assert_eq!((early.sent, early.left), (0, 0), "not before the time");
        world.sim().step(Span::from_secs(61));
        world.say().await;
        assert_eq!(world.count(ARU, "team-test"), 1);
    }
}

#[tokio::test]
async fn two_senders_say_each_thing_once() {
    for test in engines().await {
        let world = Box::pin(World::linked(test)).await;
        for _ in 0..5 {
            world.team.test(&world.owner.scope, Way::Telegram).await.unwrap();
            world.sim().step(Span::from_millis(10));
        }
        let other = Sender::new(world.team.clone());
        for _ in 0..12 {
            let (one, two) = tokio::join!(world.sender.turn(), other.turn());
            one.unwrap();
            two.unwrap();
            world.sim().step(Span::from_millis(1_100));
        }
        assert_eq!(world.count(ARU, "team-test"), 5);
        assert_eq!(world.troubles().await, Vec::<String>::new());
    }
}

#[tokio::test]
async fn a_group_hears_twenty_a_minute_and_no_more() {
    const GROUP: i64 = -4_444;
    let world = Box::pin(World::linked(sqlite().await)).await;
    world.sim().telegram_group(GROUP, "Склад");
    let code = world.team.link_code(&world.owner.scope).await.unwrap();
    world
        .sim()
        .telegram_write(
            GROUP,
            ARU,
            &format!("/start@{TOKEN} {}", code.code).replace(TOKEN, "bot"),
            None,
        )
        .unwrap();
    world.hear().await;
    world.say().await;
    assert_eq!(world.last(GROUP).text, "team-linked-group(name=Ару)");
    world.sim().step(Span::from_mins(2));
    for _ in 0..30 {
        world.team.test(&world.owner.scope, Way::Telegram).await.unwrap();
        world.sim().step(Span::from_millis(1));
    }
    let begin = world.sim().now();
    while world.sim().now().since(begin) < Span::from_secs(59) {
        world.sender.turn().await.unwrap();
        world.sim().step(Span::from_millis(500));
    }
    assert_eq!(world.count(GROUP, "team-test"), 20);
    assert_eq!(
        world.count(ARU, "team-test"),
        30,
        "a talk of two is not held up by a group"
    );
    world.sim().step(Span::from_mins(1));
    for _ in 0..40 {
        world.sender.turn().await.unwrap();
        world.sim().step(Span::from_secs(2));
    }
    assert_eq!(world.count(GROUP, "team-test"), 30);
}

#[tokio::test]
async fn a_group_that_became_another_is_followed() {
    const OLD: i64 = -4_444;
    const NEW: i64 = -1_001_234;
    let world = Box::pin(World::linked(sqlite().await)).await;
    world.sim().telegram_group(OLD, "Склад");
    let code = world.team.link_code(&world.owner.scope).await.unwrap();
    world
        .sim()
        .telegram_write(OLD, ARU, &format!("/start {}", code.code), None)
        .unwrap();
    world.hear().await;
    world.say().await;
    world.team.test(&world.owner.scope, Way::Telegram).await.unwrap();
    world.sim().telegram_move(OLD, NEW).unwrap();
    world.say().await;
    assert_eq!(world.count(NEW, "team-test"), 1, "{:?}", world.troubles().await);
    world.hear().await;
    world.team.test(&world.owner.scope, Way::Telegram).await.unwrap();
    world.say().await;
    assert_eq!(world.count(NEW, "team-test"), 2);
}

#[tokio::test]
async fn the_report_comes_at_its_hour_by_the_bot_and_as_a_letter() {
    for test in engines().await {
        let world = Box::pin(World::with_shop(test)).await;
        let manners = TypedManners {
            quiet_from: "22:00".to_owned(),
            quiet_until: "8:00".to_owned(),
            report_at: "12:30".to_owned(),
            mail: "reports@example.kz".to_owned(),
        };
        let rows = [(What::Report, What::Report.usual())];
        world
            .team
            .save_wishes(&world.owner.scope, &rows, &manners.read().unwrap())
            .await
            .unwrap();
        world.say().await;
        let word = world.confirm_word();
        world.team.confirm_mail(&world.owner.scope, &word).await.unwrap();
        world.order().await;
        world.teller.turn().await.unwrap();
        world.say().await;
        assert_eq!(world.count(ARU, "team-report"), 0, "not yet");
        let noon = world
            .sim()
            .now()
            .local_midnight()
            .plus(Span::from_mins(12 * 60 + 31));
        world.sim().step(noon.since(world.sim().now()));
        for _ in 0..3 {
            world.teller.turn().await.unwrap();
            world.say().await;
        }
        assert_eq!(world.count(ARU, "team-report(day=20.11)"), 1);
        let letters = world.sim().letters();
        assert_eq!(letters.len(), 2, "the link and the report: {letters:?}");
        let letter = &letters[1];
        assert_eq!(letter.to, ["reports@example.kz"]);
        let subject = letter.headers.iter().find(|(name, _)| name == "Subject").unwrap();
        assert_eq!(subject.1, "team-report(day=20.11)");
        let kinds: Vec<&str> = letter.parts.iter().map(|part| part.kind.as_str()).collect();
        assert_eq!(kinds, ["text/plain", "text/html"]);
        let html = String::from_utf8(letter.parts[1].bytes.clone()).unwrap();
        assert!(
            html.contains("team-figure-came") && html.contains("<table"),
            "{html}"
        );
    }
}

#[tokio::test]
async fn a_letter_that_is_refused_is_seen_on_the_page() {
    let world = Box::pin(World::linked(sqlite().await)).await;
    let before = world.confirm_mail().await;
    world.sim().add_fault(sauda_sim::Fault {
        path: Some("rcpt".to_owned()),
        status: Some(550),
        ..sauda_sim::Fault::times(FaultKind::ServerError, sauda_sim::Service::Mail, 1)
    });
    world.team.test(&world.owner.scope, Way::Mail).await.unwrap();
    world.say().await;
    assert_eq!(world.sim().letters().len(), before);
    let troubles = world.team.troubles(&world.owner.scope).await.unwrap();
    assert_eq!(troubles.len(), 1);
    assert_eq!((troubles[0].way, troubles[0].what), (Way::Mail, What::Asked));
    assert!(troubles[0].at > Timestamp::from_micros(0));
    world.team.test(&world.owner.scope, Way::Mail).await.unwrap();
    world.say().await;
    assert_eq!(world.sim().letters().len(), before + 1);
    assert_eq!(Manners::default().report_at, 20 * 60);
}

#[tokio::test]
async fn an_address_gets_one_link_and_nothing_else_before_it_was_opened() {
    for test in engines().await {
        let world = Box::pin(World::with_shop(test)).await;
        let scope = &world.owner.scope;
        let refused = world.team.test(scope, Way::Mail).await.unwrap_err();
        assert_eq!(refused.to_string(), "the address aru@mail.kz was not confirmed");
        let rows = [(What::Report, What::Report.usual())];
        let manners = Manners {
            mail: "Reports@Example.kz".to_owned(),
            ..Manners::default()
        };
        for _ in 0..3 {
            world.team.save_wishes(scope, &rows, &manners).await.unwrap();
            world.say().await;
        }
        let letters = world.sim().letters();
        assert_eq!(letters.len(), 1, "saving again sends no second link: {letters:?}");
        assert!(!world.team.wishes(scope).await.unwrap().is_mail_confirmed);
        let word = world.confirm_word();

        let packer = world.hire(sauda_accounts::Role::Packer, "daniyar@mail.kz").await;
        for (scope, word) in [(&packer.scope, word.as_str()), (scope, "0000")] {
            let refused = world.team.confirm_mail(scope, word).await.unwrap_err();
            assert_eq!(
                refused.to_string(),
                "the link was used, is too old, or is another person's"
            );
        }
        world.sim().step(Span::from_hours(25));
        assert!(world.team.confirm_mail(scope, &word).await.is_err(), "too old");
        world.team.ask_to_confirm(scope).await.unwrap();
        assert!(
            matches!(
                world.team.ask_to_confirm(scope).await,
                Err(sauda_messages::team::TeamError::TooOften { .. })
            ),
            "one a minute"
        );
        world.say().await;
        let word = world.confirm_word();
        assert_eq!(
            world.team.confirm_mail(scope, &word).await.unwrap(),
            "reports@example.kz"
        );
        assert!(world.team.confirm_mail(scope, &word).await.is_err(), "once");
        assert!(world.team.wishes(scope).await.unwrap().is_mail_confirmed);
        world.team.test(scope, Way::Mail).await.unwrap();
        world.say().await;
        assert_eq!(world.sim().letters().len(), 3);
    }
}
