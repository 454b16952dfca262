//! Reports are made when they are due and told once, whatever happens between.

use crate::world::{ARU, MAIL, World, wish};
use sauda_accounts::Role;
use sauda_kernel::{Span, Timestamp};
use sauda_reports::timed::{MadeState, PlanKind};
use sauda_testkit::engines;

/// Nine in the morning of the day after so many days.
fn nine(world: &World, days: i64) -> Timestamp {
    world
        .now()
        .local_midnight()
        .plus(Span::from_days(days))
        .plus(Span::from_hours(9))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_reaches_the_screen_the_talk_and_the_letter_once() {
    for test in engines().await {
        let world = Box::pin(World::open(test)).await;
        let letters = world.sim().letters().len();
        world
            .add("Ошибки", PlanKind::Errors, &["screen", "telegram", "mail"])
            .await;
        world.trouble("Aru").await;
        assert_eq!(world.turn().await, 0, "it is not due");
        world.until(nine(&world, 1).plus(Span::from_secs(1)));
        assert_eq!(world.turn().await, 1);
        let made = world.made().await;
        assert_eq!(made.len(), 1);
        assert_eq!((made[0].state, made[0].unsent.len()), (MadeState::Made, 0));
        assert_eq!(made[0].findings.as_ref().unwrap().head, "errors");
        let said = world.said(ARU, "report-head-errors");
        assert_eq!(said.len(), 1, "{:?}", world.sim().telegram_sent());
        assert!(
            said[0].text.contains("n=1") && said[0].text.contains("Ошибки"),
            "{:?}",
            said[0]
        );
        assert_eq!(world.sim().letters().len(), letters + 1);
        let letter = world.sim().letters().pop().unwrap();
        let names = format!("{letter:?}");
        assert!(names.contains(".pdf"), "the report on paper goes along");
        let notices = world.catalog.notices(world.scope(), None, 50).await.unwrap();
        let screen: Vec<_> = notices
            .iter()
            .filter(|notice| notice.word == "report-made")
            .collect();
        assert_eq!(screen.len(), 1);
        assert_eq!(
            screen[0].link.as_deref().unwrap(),
            format!("/automation/reports/made/{}", made[0].id)
        );
        let kept = world.plans.report(world.scope(), &made[0].id).await.unwrap();
        assert_eq!(kept.sent.len(), 2);
        assert!(
            kept.sent
                .iter()
                .all(|one| one.is_over() && one.delivered.trouble.is_none())
        );
        for _ in 0..3 {
            assert_eq!(world.turn().await, 0);
        }
        assert_eq!(world.said(ARU, "report-head-errors").len(), 1);
        assert_eq!(world.sim().letters().len(), letters + 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn three_missed_days_are_caught_up_by_one_report_about_all_of_them() {
    for test in engines().await {
        let world = Box::pin(World::open(test)).await;
        let plan = world.add("Ошибки", PlanKind::Errors, &["telegram"]).await;
        let first = nine(&world, 1);
        world.until(first.plus(Span::from_secs(1)));
        assert_eq!(world.turn().await, 1);
        world.trouble("on the day after").await;
        // Nobody works for three days and some hours.
        world.until(first.plus(Span::from_days(3)).plus(Span::from_hours(5)));
        assert_eq!(world.turn().await, 1);
        assert_eq!(world.turn().await, 0);
        let made = world.made().await;
        assert_eq!(made.len(), 2);
        assert_eq!(
            (made[0].due_at, made[0].from_at),
            (first.plus(Span::from_days(3)), first)
        );
        assert_eq!(
            made[0].findings.as_ref().unwrap().head,
            "errors",
            "the trouble of a missed day is told"
        );
        let next = world.plans.plan(world.scope(), &plan.id).await.unwrap().next_at;
        assert_eq!(next, first.plus(Span::from_days(4)));
        assert_eq!(world.said(ARU, "report-head").len(), 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_dies_between_making_and_sending_loses_and_repeats_nothing() {
    for test in engines().await {
        let world = Box::pin(World::open(test)).await;
        world
            .add("Дозаказ", PlanKind::Reorder, &["telegram", "mail"])
            .await;
        world.until(nine(&world, 1).plus(Span::from_secs(1)));
        // Taken, and not made: the job is in the queue.
        assert_eq!(world.keeper.turn().await.unwrap(), 1);
        assert_eq!(world.made().await[0].state, MadeState::Making);
        assert_eq!(world.other.turn().await.unwrap(), 0);
        // Made, and not sent: the outbox has it.
        world.work().await;
        assert_eq!(world.made().await[0].state, MadeState::Made);
        assert!(world.said(ARU, "report-head").is_empty());
        // Made a second time by a job whose end was not noted.
        let made = world.made().await[0].id.clone();
        assert_eq!(world.plans.make(world.scope(), &made).await.unwrap(), None);
        world.say().await;
        assert_eq!(world.said(ARU, "report-head-reorder-none").len(), 1);
        assert_eq!(world.letters("report-head-reorder-none"), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_beside_each_other_make_each_report_once() {
    for test in engines().await {
        let world = Box::pin(World::open(test)).await;
        for nth in 0..12 {
            world
                .add(&format!("Отчёт {nth}"), PlanKind::Market, &["screen"])
                .await;
        }
        world.until(nine(&world, 1).plus(Span::from_secs(1)));
        let (one, other) = tokio::join!(world.keeper.turn(), world.other.turn());
        assert_eq!(one.unwrap() + other.unwrap(), 12);
        world.work().await;
        let made = world.made().await;
        assert_eq!(made.len(), 12);
        assert!(made.iter().all(|made| made.state == MadeState::Made));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_goes_to_an_address_that_was_not_confirmed_or_to_who_may_not_see_it() {
    for test in engines().await {
        let world = Box::pin(World::open(test)).await;
        let packer = world.hire(Role::Packer, "daniyar@mail.kz").await;
        let refused = |recipient: &'static str| {
            let wish = wish("Прибыль", PlanKind::Profit, &[recipient]);
            let world = &world;
            async move {
                world
                    .plans
                    .add(world.scope(), &wish)
                    .await
                    .unwrap_err()
                    .to_string()
            }
        };
        assert!(refused("mail:daniyar@mail.kz").await.contains("unconfirmed"));
        assert!(refused("mail:stranger@mail.kz").await.contains("unknown"));
        assert!(refused("telegram:-100500").await.contains("unlinked"));
        world.confirm(&packer).await;
        assert!(refused("mail:daniyar@mail.kz").await.contains("no-right"));
        // To everybody means to those who may: the packer's box stays empty.
        let before = world.sim().letters().len();
        world.add("Прибыль", PlanKind::Profit, &["mail"]).await;
        world.until(nine(&world, 1).plus(Span::from_secs(1)));
        world.turn().await;
        let letters = world.sim().letters();
        assert_eq!(letters.len(), before + 1);
        assert!(format!("{:?}", letters[before]).contains(MAIL));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_ended_is_told_on_the_page_and_the_others_still_get_theirs() {
    for test in engines().await {
        let world = Box::pin(World::open(test)).await;
        let chat = format!("telegram:{ARU}");
        world
            .add("Рынок", PlanKind::Market, &[chat.as_str(), "mail"])
            .await;
        let link = world.team.links(world.scope()).await.unwrap().remove(0);
        world.team.unlink(world.scope(), &link.id).await.unwrap();
        world.until(nine(&world, 1).plus(Span::from_secs(1)));
        world.turn().await;
        let made = world.made().await.remove(0);
        assert_eq!(made.unsent.len(), 1);
        assert_eq!(
            (made.unsent[0].who.as_str(), made.unsent[0].why.as_str()),
            (chat.as_str(), "unlinked")
        );
        assert!(world.said(ARU, "report-head").is_empty());
        assert_eq!(world.letters("report-head-market-none"), 1);
    }
}
