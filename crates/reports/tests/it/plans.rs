//! Reports that are made by themselves, as people keep them.

use crate::world::{World, wish};
use sauda_accounts::Role;
use sauda_kernel::Span;
use sauda_reports::timed::{Frequency, NewPlan, PlanKind};
use sauda_testkit::engines;

#[tokio::test(flavor = "multi_thread")]
async fn plans_are_added_changed_paused_and_removed() {
    for test in engines().await {
        let world = Box::pin(World::open(test)).await;
        let scope = world.scope();
        let plan = world
            .add("Дозаказ", PlanKind::Reorder, &["screen", "telegram"])
            .await;
        assert_eq!(
            world.plans.plans(scope).await.unwrap(),
            std::slice::from_ref(&plan)
        );
        let taken = world
            .plans
            .add(scope, &wish("Дозаказ", PlanKind::Market, &["screen"]))
            .await;
        assert_eq!(
            taken.unwrap_err().to_string(),
            "there is a report named \"Дозаказ\" already"
        );
        let weekly = NewPlan {
            frequency: Frequency::Weekly,
            day: 1,
            minute: 8 * 60 + 30,
            ..wish("По понедельникам", PlanKind::Forecast, &["screen"])
        };
        let changed = world.plans.change(scope, &plan.id, &weekly).await.unwrap();
        assert_eq!(world.plans.plan(scope, &plan.id).await.unwrap(), changed);
        let due = changed.next_at.local();
        assert_eq!((due.weekday, due.hour, due.minute), (1, 8, 30));
        world.plans.pause(scope, &plan.id, true).await.unwrap();
        world.until(changed.next_at.plus(Span::from_days(15)));
        assert_eq!(world.turn().await, 0, "it rests");
        world.plans.pause(scope, &plan.id, false).await.unwrap();
        assert_eq!(world.turn().await, 0, "nothing of the pause is made up for");
        assert!(world.plans.plan(scope, &plan.id).await.unwrap().next_at > world.now());
        world.plans.remove(scope, &plan.id).await.unwrap();
        assert!(world.plans.plans(scope).await.unwrap().is_empty());
        assert!(world.plans.remove(scope, &plan.id).await.is_err());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_wanted_now_is_made_once_a_minute_and_its_time_stays() {
    for test in engines().await {
        let world = Box::pin(World::open(test)).await;
        let plan = world.add("Рынок", PlanKind::Market, &["telegram"]).await;
        world.plans.pause(world.scope(), &plan.id, true).await.unwrap();
        world.until(world.now().plus(Span::from_secs(60 - world.now().as_secs() % 60)));
        let one = world.plans.send_now(world.scope(), &plan.id).await.unwrap();
        let again = world.plans.send_now(world.scope(), &plan.id).await.unwrap();
        assert_eq!((one.id.clone(), one.by.as_str()), (again.id, "Ару"));
        world.turn().await;
        assert_eq!(world.said(crate::world::ARU, "report-head-market-none").len(), 1);
        world.until(world.now().plus(Span::from_mins(2)));
        let later = world.plans.send_now(world.scope(), &plan.id).await.unwrap();
        assert_ne!(later.id, one.id);
        assert_eq!(
            world
                .plans
                .plan(world.scope(), &plan.id)
                .await
                .unwrap()
                .last_due_at,
            None
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_is_refused_by_its_field() {
    for test in engines().await {
        let world = Box::pin(World::open(test)).await;
        let refused = async |wish: NewPlan| {
            world
                .plans
                .add(world.scope(), &wish)
                .await
                .unwrap_err()
                .to_string()
        };
        let good = wish("Прибыль", PlanKind::Profit, &["screen"]);
        let cases = [
            (
                NewPlan {
                    name: " ".to_owned(),
                    ..good.clone()
                },
                "name of a report cannot be \" \"",
            ),
            (
                NewPlan {
                    day: 32,
                    frequency: Frequency::Monthly,
                    ..good.clone()
                },
                "day of a report cannot be \"32\"",
            ),
            (
                NewPlan {
                    day: 8,
                    frequency: Frequency::Weekly,
                    ..good.clone()
                },
                "day of a report cannot be \"8\"",
            ),
            (
                NewPlan {
                    minute: 1_440,
                    ..good.clone()
                },
                "time of a report cannot be \"1440\"",
            ),
            (
                NewPlan {
                    recipients: Vec::new(),
                    ..good.clone()
                },
                "recipients of a report cannot be \"\"",
            ),
            (
                NewPlan {
                    kind: PlanKind::Reorder,
                    shop: Some(world.shop.clone()),
                    ..good.clone()
                },
                "shop of a report cannot be \"reorder\"",
            ),
        ];
        for (wish, said) in cases {
            assert_eq!(refused(wish).await, said);
        }
        let packer = world.hire(Role::Packer, "daniyar@mail.kz").await;
        assert!(world.plans.add(&packer.scope, &good).await.is_err());
        assert!(world.plans.plans(world.scope()).await.unwrap().is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_is_seen_by_who_may_and_by_no_other_merchant() {
    for test in engines().await {
        let world = Box::pin(World::open(test)).await;
        world.add("Прибыль", PlanKind::Profit, &["screen"]).await;
        world.until(world.now().plus(Span::from_days(2)));
        world.turn().await;
        let made = world.made().await.remove(0);
        let packer = world.hire(Role::Packer, "daniyar@mail.kz").await;
        assert!(world.plans.report(&packer.scope, &made.id).await.is_err());
        let filter = sauda_reports::timed::MadeFilter {
            limit: 10,
            ..Default::default()
        };
        assert!(world.plans.made(&packer.scope, &filter).await.unwrap().is_empty());
        let stranger = sauda_accounts::Scope::system(
            sauda_kernel::Id::new(&*world.plans.clock, &*world.plans.ids),
            "test",
        );
        assert!(world.plans.report(&stranger, &made.id).await.is_err());
        // After the time that reports are kept it is forgotten.
        world.until(world.now().plus(Span::from_days(401)));
        world.keeper.turn().await.unwrap();
        assert!(world.plans.report(world.scope(), &made.id).await.is_err());
    }
}
