//! What the settings file declares: the same objects, marked, and left to the file.

use crate::world::{World, wish};
use sauda_reports::timed::{FromFile, NewPlan, PlanKind};
use sauda_testkit::engines;

fn from_file(name: &str, shop: &str, kind: PlanKind) -> FromFile {
    FromFile {
        shop: shop.to_owned(),
        wish: wish(name, kind, &["telegram"]),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_file_adds_changes_and_removes_its_own_and_no_others() {
    for test in engines().await {
        let world = Box::pin(World::open(test)).await;
        let scope = world.scope();
        let own = world.add("Свой", PlanKind::Market, &["screen"]).await;
        let declared = [
            from_file("Прибыль", "aru", PlanKind::Profit),
            from_file("Дозаказ", "", PlanKind::Reorder),
        ];
        assert!(world.plans.declare(&declared).await.unwrap().is_empty());
        let plans = world.plans.plans(scope).await.unwrap();
        let named = |name: &str| plans.iter().find(|plan| plan.wish.name == name).unwrap();
        assert!(named("Прибыль").from_file && named("Дозаказ").from_file && !named("Свой").from_file);
        assert_eq!(named("Прибыль").wish.shop.as_ref(), Some(&world.shop));
        let id = named("Дозаказ").id.clone();
        let touched = world
            .plans
            .change(scope, &id, &wish("Дозаказ", PlanKind::Reorder, &["screen"]))
            .await;
        assert_eq!(
            touched.unwrap_err().to_string(),
            "report \"Дозаказ\" is declared in the settings file"
        );
        assert!(world.plans.remove(scope, &id).await.is_err());
        world.plans.pause(scope, &id, true).await.unwrap();
        // The next start, with another hour and without the profit.
        let later = FromFile {
            shop: String::new(),
            wish: NewPlan {
                minute: 10 * 60,
                ..wish("Дозаказ", PlanKind::Reorder, &["telegram"])
            },
        };
        assert_eq!(
            world
                .plans
                .declare(&[later.clone(), from_file("Другой", "nowhere", PlanKind::Errors)])
                .await
                .unwrap(),
            [("Другой".to_owned(), "nowhere".to_owned())]
        );
        let plans = world.plans.plans(scope).await.unwrap();
        assert_eq!(plans.len(), 2);
        let same = plans.iter().find(|plan| plan.id == id).unwrap();
        assert!(same.is_paused && same.wish.minute == 600);
        // Nothing changed: nothing is touched.
        world.plans.declare(std::slice::from_ref(&later)).await.unwrap();
        assert_eq!(world.plans.plans(scope).await.unwrap(), plans);
        world.plans.declare(&[]).await.unwrap();
        assert_eq!(world.plans.plans(scope).await.unwrap(), [own]);
    }
}
