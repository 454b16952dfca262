//! Orders in a talk: cards with buttons, pressed with the rights of whoever presses, once; what is told and when.

use crate::team_world::{ARU, DANIYAR, World};
use sauda_accounts::Role;
use sauda_kernel::Span;
use sauda_messages::team::{Manners, Way, What, Wish};
use sauda_orders::model::{Act, Stage};
use sauda_testkit::{engines, sqlite};

const LOUD: Manners = Manners {
    quiet: None,
    report_at: 20 * 60,
    mail: String::new(),
};

#[tokio::test]
async fn an_order_is_accepted_packed_and_its_waybill_shown_from_the_talk() {
    for test in engines().await {
        let world = Box::pin(World::with_shop(test)).await;
        let code = world.order().await;
        assert_eq!(
            world.teller.turn().await.unwrap(),
            1,
            "its four hours run already"
        );
        assert_eq!(world.teller.turn().await.unwrap(), 0, "once");
        world.say().await;
        let card = world.last(ARU);
        assert!(
            card.text.starts_with("team-why-four_hours\nteam-order "),
            "{}",
            card.text
        );
        assert!(
            card.text.contains(&code) && card.text.contains("team-order-sum("),
            "{}",
            card.text
        );
        assert_eq!(
            card.buttons,
            ["team-button-accept", "team-button-later", "team-button-open"]
        );

        let press = world.press(ARU, ARU, "team-button-accept");
        world.hear().await;
        assert_eq!(world.answer(&press), format!("team-accepting(code={code})"));
        let again = world.press(ARU, ARU, "team-button-accept");
        world.hear().await;
        assert!(
            world.answer(&again).starts_with("err-act-asked("),
            "{}",
            world.answer(&again)
        );
        assert_eq!(world.commands(&code).await, 1, "a second press changes nothing");
        world.say().await;
        assert!(
            world
                .last(ARU)
                .text
                .ends_with("team-order-pending(act=act-accept)")
        );
        world.clerks(2).await;
        assert_eq!(world.stage(&code).await, Stage::Pack);
        world.say().await;
        let card = world.last(ARU);
        assert!(card.text.ends_with("stage-pack") && card.edits >= 2, "{card:?}");
        let press = world.press(ARU, ARU, "team-button-assemble");
        world.hear().await;
        assert_eq!(world.answer(&press), format!("team-assembling(code={code})"));
        world.say().await;
        for _ in 0..6 {
            world.clerks(10).await;
            world.say().await;
        }
        world.sim().step(Span::from_mins(6));
        world.say().await;
        assert!(
            world
                .last(ARU)
                .buttons
                .contains(&"team-button-waybill".to_owned()),
            "{:?}",
            world.last(ARU)
        );
        world.press(ARU, ARU, "team-button-waybill");
        world.hear().await;
        world.say().await;
        assert_eq!(world.last(ARU).file, Some(format!("waybill-{code}.pdf")));
    }
}

#[tokio::test]
async fn a_stranger_a_taken_right_and_an_old_button_do_nothing_and_say_so() {
    for test in engines().await {
        let world = Box::pin(World::with_shop(test)).await;
        let packer = world.hire(Role::Packer, "dan@mail.kz").await;
        world.link(&packer, DANIYAR).await;
        let code = world.order().await;
        world.teller.turn().await.unwrap();
        world.say().await;
        let card = world.last(DANIYAR);
        assert!(
            card.text.contains(&code) && !card.text.contains("sum"),
            "no sums for a packer: {}",
            card.text
        );

        world
            .accounts
            .set_role(&world.owner.scope, &packer.user, Role::Marketer)
            .await
            .unwrap();
        let press = world.press(DANIYAR, DANIYAR, "kkteam-button-accept");
        world.hear().await;
        assert_eq!(world.answer(&press), "kkerr-forbidden(right=right-manage_orders)");
        world
            .accounts
            .remove_member(&world.owner.scope, &packer.user)
            .await
            .unwrap();
        let press = world.press(DANIYAR, DANIYAR, "kkteam-button-accept");
        world.hear().await;
        assert_eq!(world.answer(&press), "kkteam-stranger");
        assert_eq!(world.commands(&code).await, 0);

        let scope = &world.owner.scope;
        world
            .orders
            .ask(scope, world.shop(), &code, Act::Accept)
            .await
            .unwrap();
        world.clerks(2).await;
        let press = world.press(ARU, ARU, "team-button-accept");
        world.hear().await;
        assert_eq!(
            world.answer(&press),
            "err-act-not-now(act=act-accept,stage=stage-pack)"
        );
        world.say().await;
        assert!(
            world.last(ARU).text.ends_with("stage-pack"),
            "the old card shows the truth"
        );
    }
}

#[tokio::test]
async fn an_hour_before_the_end_it_is_told_again_and_a_reminder_comes_when_asked_for() {
    let world = Box::pin(World::with_shop(sqlite().await)).await;
    let code = world.order().await;
    world.teller.turn().await.unwrap();
    world.say().await;
    let press = world.press(ARU, ARU, "team-button-later");
    world.hear().await;
    assert!(world.answer(&press).starts_with("team-later(at="));
    let press = world.press(ARU, ARU, "team-button-later");
    world.hear().await;
    assert!(world.answer(&press).starts_with("team-later-already("));
    world.sim().step(Span::from_mins(61));
    world.say().await;
    assert_eq!(world.count(ARU, "team-why-later"), 1);
    world.sim().step(Span::from_mins(70));
    for _ in 0..3 {
        world.teller.turn().await.unwrap();
        world.say().await;
    }
    assert_eq!(world.count(ARU, "team-why-one_hour"), 1, "{:?}", world.said(ARU));
    assert_eq!(world.count(ARU, "team-why-four_hours"), 1);
    assert_eq!(world.stage(&code).await, Stage::New);
}

#[tokio::test]
async fn what_comes_in_quiet_hours_is_told_after_them_and_only_if_it_still_matters() {
    let world = Box::pin(World::with_shop(sqlite().await)).await;
    let quiet = Manners {
        // It is a little after ten.
        quiet: Some((10 * 60, 11 * 60)),
        ..LOUD
    };
    let mut wish = What::NewOrder.usual();
    wish.by_telegram = true;
    let rows = [(What::NewOrder, wish)];
    world
        .team
        .save_wishes(&world.owner.scope, &rows, &quiet)
        .await
        .unwrap();
    assert_eq!(world.say().await, 1, "the link that confirms the address");
    let code = world.order().await;
    assert_eq!(world.teller.turn().await.unwrap(), 2, "it is new, and urgent");
    assert_eq!(world.say().await, 0);
    let scope = &world.owner.scope;
    world
        .orders
        .ask(scope, world.shop(), &code, Act::Accept)
        .await
        .unwrap();
    world.clerks(2).await;
    world.sim().step(Span::from_mins(60));
    world.say().await;
    assert_eq!(world.count(ARU, "team-why-new"), 0, "it is not new any more");
    assert_eq!(
        world.count(ARU, "team-why-four_hours"),
        1,
        "it still has to be handed over"
    );
    assert!(
        world.troubles().await.is_empty(),
        "what life overtook is no trouble"
    );
}

#[tokio::test]
async fn many_orders_due_at_one_time_are_one_list() {
    let world = Box::pin(World::with_shop(sqlite().await)).await;
    let mut codes = Vec::new();
    for _ in 0..5 {
        codes.push(world.order().await);
    }
    for code in &codes {
        let scope = &world.owner.scope;
        world
            .orders
            .ask(scope, world.shop(), code, Act::Accept)
            .await
            .unwrap();
    }
    world.clerks(8).await;
    let due = world
        .orders
        .view(&world.owner.scope, world.shop(), &codes[0])
        .await
        .unwrap()
        .order
        .seen
        .due_at
        .unwrap();
    let wait = due.since(world.sim().now()).as_micros() - Span::from_mins(30).as_micros();
    world.sim().step(Span::from_micros(wait.max(0)));
    world.teller.turn().await.unwrap();
    world.say().await;
    assert_eq!(world.count(ARU, "team-burns(n="), 1, "{:?}", world.said(ARU));
    assert_eq!(world.count(ARU, "team-why-one_hour"), 0);
}

#[tokio::test]
async fn questions_are_answered_in_the_persons_language() {
    let world = Box::pin(World::with_shop(sqlite().await)).await;
    let packer = world.hire(Role::Packer, "dan@mail.kz").await;
    world.link(&packer, DANIYAR).await;
    let ask = async |text: &str| {
        world.sim().telegram_write(DANIYAR, DANIYAR, text, None).unwrap();
        world.hear().await;
        world.say().await;
        world.last(DANIYAR)
    };
    assert_eq!(ask("не жанып жатыр?").await.text, "kkteam-nothing-burns");
    let code = world.order().await;
    let burning = ask("что горит?").await;
    assert!(
        burning.text.starts_with("kkteam-burns(n=1)\n") && burning.text.contains(&code),
        "{}",
        burning.text
    );
    assert_eq!(burning.buttons[0], code);
    world.press(DANIYAR, DANIYAR, &code);
    world.hear().await;
    world.say().await;
    assert!(
        world
            .last(DANIYAR)
            .buttons
            .contains(&"kkteam-button-accept".to_owned())
    );
    assert!(
        ask("/orders")
            .await
            .text
            .contains("kkteam-open-count(view=orders-view-new,n=1)")
    );
    let today = ask("today").await.text;
    assert!(
        today.contains("kkteam-figure-came: kkteam-value(value=1)"),
        "{today}"
    );
    assert!(
        !today.contains("sum") && !today.contains("changed"),
        "no sums and no prices for a packer: {today}"
    );
    assert_eq!(ask("спасибо").await.text, "kkteam-help");
}

#[tokio::test]
async fn the_day_starts_from_the_talk_and_its_message_goes_along() {
    let world = Box::pin(World::with_shop(sqlite().await)).await;
    let by_mail = Wish {
        by_mail: true,
        ..What::Day.usual()
    };
    world
        .team
        .save_wishes(&world.owner.scope, &[(What::Day, by_mail)], &LOUD)
        .await
        .unwrap();
    world.say().await;
    let word = world.confirm_word();
    world.team.confirm_mail(&world.owner.scope, &word).await.unwrap();
    let code = world.order().await;
    world.sim().telegram_write(ARU, ARU, "/burning", None).unwrap();
    world.hear().await;
    world.say().await;
    let name = world
        .catalog
        .shop(&world.owner.scope, world.shop())
        .await
        .unwrap()
        .name;
    let start = format!("team-button-start-day(shop={name})");
    let press = world.press(ARU, ARU, &start);
    world.hear().await;
    assert_eq!(world.answer(&press), "team-day-starts");
    world.say().await;
    let again = world.press(ARU, ARU, &start);
    world.hear().await;
    assert_eq!(world.answer(&again), "team-day-goes-already");
    let at = world.last(ARU);
    assert!(
        at.text.starts_with(&format!(
            "team-day-running(shop={name})\nteam-day-step(place=1,of=11"
        )),
        "{}",
        at.text
    );
    let (mut before, mut edits) = (world.sim().now(), 0);
    for _ in 0..400 {
        world.keeper.turn().await.unwrap();
        world.clerks(1).await;
        world.teller.turn().await.unwrap();
        world.sender.turn().await.unwrap();
        let now = world
            .said(ARU)
            .into_iter()
            .find(|message| message.id == at.id)
            .unwrap();
        if now.edits > edits {
            assert!(now.edits - edits <= 1 && world.sim().now().since(before) >= Span::from_secs(3));
            (before, edits) = (world.sim().now(), now.edits);
        }
        if now.text.starts_with("team-day-done") {
            break;
        }
    }
    world.say().await;
    let shown = world
        .said(ARU)
        .into_iter()
        .find(|message| message.id == at.id)
        .unwrap();
    assert_eq!(
        shown.text,
        format!("team-day-done(shop={name})"),
        "{:?}",
        world.said(ARU)
    );
    assert!(edits >= 3, "{edits}");
    world.teller.turn().await.unwrap();
    world.say().await;
    let report = world.last(ARU);
    assert!(
        report.text.contains("team-day-report-accepted(n=1)")
            && report.text.contains("team-day-report-waybills(n=1)"),
        "{report:?}"
    );
    assert_eq!(report.file.as_deref(), Some("day-2026-11-20.pdf"));
    let paper = format!("%PDF ru {name} done");
    assert_eq!(report.bytes, paper.as_bytes());
    assert_eq!(report.buttons, ["team-button-burning"]);
    let letters = world.sim().letters();
    let subject = format!("team-day-done(shop={name})");
    let mut about = letters.iter().filter(|letter| {
        let subjects = letter.headers.iter().filter(|(header, _)| header == "Subject");
        subjects.map(|(_, words)| words).eq([&subject])
    });
    let letter = about.next().expect("the report goes as a letter too");
    assert_eq!(about.count(), 0);
    let kinds: Vec<&str> = letter.parts.iter().map(|part| part.kind.as_str()).collect();
    assert_eq!(kinds, ["text/plain", "text/html", "application/pdf"]);
    assert_eq!(letter.parts[2].bytes, paper.as_bytes());
    assert_eq!(world.stage(&code).await, Stage::HandOver);
    assert_eq!(
        world.count(ARU, "team-day-done"),
        2,
        "the message that went along, and the report"
    );
}

#[tokio::test]
async fn what_can_no_longer_be_put_into_words_does_not_hold_up_the_rest() {
    let world = Box::pin(World::with_shop(sqlite().await)).await;
    world.order().await;
    let scope = &world.owner.scope;
    world.orders.start_day(scope, world.shop()).await.unwrap();
    assert_eq!(
        world.teller.turn().await.unwrap(),
        2,
        "the day goes, an order is urgent"
    );
    world.catalog.remove_shop(scope, world.shop()).await.unwrap();
    world.team.test(scope, Way::Telegram).await.unwrap();
    let before = world.said(ARU).len();
    assert_eq!(world.say().await, 1);
    assert_eq!(world.said(ARU).len(), before + 1);
    assert_eq!(world.last(ARU).text, "team-test");
    assert!(world.troubles().await.is_empty());
}

#[tokio::test]
async fn nobody_is_told_what_they_do_not_want() {
    let world = Box::pin(World::with_shop(sqlite().await)).await;
    let none = Wish {
        by_telegram: false,
        by_mail: false,
        by_screen: false,
    };
    let rows: Vec<_> = What::WISHED.into_iter().map(|what| (what, none)).collect();
    world
        .team
        .save_wishes(&world.owner.scope, &rows, &LOUD)
        .await
        .unwrap();
    world.order().await;
    assert_eq!(world.teller.turn().await.unwrap(), 0);
    let kept = world.team.wishes(&world.owner.scope).await.unwrap();
    assert!(kept.rows.iter().all(|(_, wish)| *wish == none));
    assert_eq!(kept.manners, LOUD);
    assert_eq!(
        world.team.unseen(&world.owner.scope).await.unwrap().len(),
        What::WISHED.len()
    );
}
