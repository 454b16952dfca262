//! Size advice in orders: what people say, what outcomes teach, what is forgotten, on both engines.

use crate::fit_shop::{FitShop, members};
use sauda_kernel::Span;
use sauda_orders::{
    OrdersError,
    fit::{FitSource, FitWord, FitWrong},
    model::{DaySettings, DayStep, Stage},
};
use sauda_store::sql;
use sauda_testkit::{engines, sqlite};
use serde_json::json;

#[tokio::test]
async fn an_advice_needs_a_body_and_is_written_once() {
    for test in engines().await {
        let shop = FitShop::open(test).await;
        let code = shop.order().await;
        let blank = shop.advise(&code).await;
        assert_eq!(
            (blank.size(), blank.why(), blank.asked.as_str()),
            (None, Some("no-body"), "M")
        );
        assert!(!blank.differs());
        let known = shop.measure(&code, 164, 56).await;
        assert_eq!((known.size(), known.sureness()), (Some("M"), Some("high")));
        let sizes: Vec<&str> = known.advice.sizes.iter().map(|size| size.size.as_str()).collect();
        assert_eq!(sizes, ["S", "M", "L", "XL"], "only what the shop sells");
        let kept = shop.kept().await;
        shop.advise(&code).await;
        assert_eq!(shop.kept().await, kept, "nothing new was said");
        let world = &shop.world;
        let id = world.view(&code).await.order.id;
        let fits = world.orders.fits(std::slice::from_ref(&id)).await.unwrap();
        assert_eq!(fits[&id], [shop.advise(&code).await]);
    }
}

#[tokio::test]
async fn a_new_order_is_advised_when_it_is_read() {
    for test in engines().await {
        let shop = FitShop::open(test).await;
        let code = shop.order().await;
        let id = shop.world.view(&code).await.order.id;
        let fits = shop.world.orders.fits(std::slice::from_ref(&id)).await.unwrap();
        assert_eq!(fits[&id][0].why(), Some("no-body"));
        let kept = shop.kept().await;
        shop.world.read().await;
        assert_eq!(shop.kept().await, kept, "reading again says nothing new");
    }
}

#[tokio::test]
async fn outcomes_of_others_change_the_advice() {
    for test in engines().await {
        let shop = FitShop::open(test).await;
        let code = shop.order().await;
        assert_eq!(shop.measure(&code, 164, 56).await.size(), Some("M"));
        let mut last = 0;
        for number in 0..8 {
            let other = shop.order().await;
            shop.measure(&other, 164, 56).await;
            let fit = if number % 4 == 3 {
                FitWord::Fit
            } else {
                FitWord::Small
            };
            last = shop.outcome(&other, fit).await.lessons;
        }
        assert_eq!(last, 8);
        let taught = shop.advise(&code).await;
        assert_eq!((taught.size(), taught.lessons), (Some("L"), 8));
        assert!(
            taught
                .advice
                .reasons
                .iter()
                .any(|reason| reason.code == "outcomes-small")
        );
        // A person takes one of them back: what was learned from it goes too.
        let twin = sauda_orders::Orders::clone(&shop.world.orders);
        let changed = shop.order().await;
        shop.outcome(&changed, FitWord::Small).await;
        let again = shop.outcome(&changed, FitWord::Returned).await;
        assert_eq!(again.lessons, 8);
        let seen = twin
            .advise(&shop.world.scope, &shop.world.shop, &code)
            .await
            .unwrap();
        assert_eq!(seen[0].lessons, 8);
    }
}

#[tokio::test]
async fn a_correction_holds_for_this_buyer_and_piece_only() {
    for test in engines().await {
        let shop = FitShop::open(test).await;
        let (first, second, stranger) = (shop.order().await, shop.order().await, shop.order().await);
        shop.phone(&first, "+7 (701) 555-01-01").await;
        shop.phone(&second, "87015550101").await;
        shop.measure(&first, 164, 56).await;
        shop.measure(&stranger, 164, 56).await;
        let world = &shop.world;
        let correct = |to: &'static str, why: &'static str| {
            world
                .orders
                .correct(&world.scope, &world.shop, &first, 0, to, why)
        };
        let fits = correct(" XL ", "любит свободное").await.unwrap();
        let correction = fits[0].correction.clone().unwrap();
        assert_eq!(
            (
                correction.from.as_str(),
                correction.to.as_str(),
                correction.why.as_str()
            ),
            ("M", "XL", "любит свободное")
        );
        for code in [&first, &second] {
            let fit = shop.advise(code).await;
            assert_eq!(
                (fit.size(), fit.sureness(), fit.percent()),
                (Some("XL"), Some("person"), None)
            );
            assert!(fit.differs());
            assert_eq!(
                fit.advice.reasons[0].code, "buyer-chose",
                "nobody signed in said it"
            );
        }
        assert_eq!(shop.advise(&stranger).await.size(), Some("M"));
        assert!(world.history(&first).await.contains(&"size-corrected".to_owned()));
        for (to, why) in [("", ""), ("синий", "")] {
            let refused = correct(to, why).await;
            assert!(
                matches!(refused, Err(OrdersError::FitWrong(FitWrong::Size(_)))),
                "{to}"
            );
        }
        let none = world
            .orders
            .correct(&world.scope, &world.shop, &first, 7, "L", "")
            .await;
        assert!(matches!(
            none,
            Err(OrdersError::FitWrong(FitWrong::Line { line: 7 }))
        ));
    }
}

#[tokio::test]
async fn measures_that_nobody_has_change_nothing() {
    let shop = FitShop::open(sqlite().await).await;
    let code = shop.order().await;
    let world = &shop.world;
    for (body, wrong) in [
        (json!({}), FitWrong::Nothing),
        (json!({"height_cm": " ", "name": "Асель"}), FitWrong::Nothing),
        (
            json!({"height_cm": 16}),
            FitWrong::Measure {
                code: "impossible-body".to_owned(),
                field: "height_cm".to_owned(),
                message: "height_cm is 16, a body has from 40 to 235".to_owned(),
            },
        ),
    ] {
        let refused = world
            .orders
            .put_measures(&world.scope, &world.shop, &code, members(body))
            .await;
        assert!(matches!(refused, Err(OrdersError::FitWrong(found)) if found == wrong));
    }
    let unknown = members(json!({"hieght": 164}));
    let refused = world
        .orders
        .put_measures(&world.scope, &world.shop, &code, unknown)
        .await;
    assert!(
        matches!(refused, Err(OrdersError::FitWrong(FitWrong::Measure { code, .. })) if code == "unknown-field")
    );
    let kept = world
        .orders
        .measures(&world.scope, &world.shop, &code)
        .await
        .unwrap();
    assert_eq!(kept, None);
}

#[tokio::test]
async fn what_is_forgotten_stands_in_no_table() {
    for test in engines().await {
        let shop = FitShop::open(test).await;
        let code = shop.order().await;
        shop.measure(&code, 171, 83).await;
        shop.outcome(&code, FitWord::Small).await;
        let world = &shop.world;
        let (scope, id) = (&world.scope, &world.shop);
        world.orders.correct(scope, id, &code, 0, "XL", "").await.unwrap();
        let texts = || async {
            let mut all = String::new();
            for query in [
                sql!("SELECT advice || question || buyer AS text FROM fit_advices"),
                sql!("SELECT body || buyer AS text FROM fit_measures"),
                sql!("SELECT COALESCE(body, '') || buyer AS text FROM fit_outcomes"),
                sql!("SELECT buyer AS text FROM fit_corrections"),
            ] {
                for row in query.all(world.db()).await.unwrap() {
                    all.push_str(&row.get::<String>("text").unwrap());
                }
            }
            all
        };
        assert!(texts().await.contains("171"));
        world.orders.forget_buyer(scope, id, &code).await.unwrap();
        let left = texts().await;
        assert!(!left.contains("171") && !left.contains("weight_kg"), "{left}");
        let buyers: i64 = sql!("SELECT COUNT(*) AS n FROM fit_outcomes WHERE buyer <> ''")
            .one(world.db())
            .await
            .unwrap()
            .get("n")
            .unwrap();
        assert_eq!(buyers, 0);
        let fit = shop.advise(&code).await;
        assert_eq!(
            (fit.size(), fit.lessons),
            (None, 1),
            "the outcome itself still teaches"
        );
        assert!(fit.outcome.is_some());
    }
}

#[tokio::test]
async fn what_stayed_two_weeks_sat_and_what_came_back_is_not_guessed() {
    for test in engines().await {
        let shop = FitShop::open(test).await;
        let (kept, returned, fresh) = (shop.order().await, shop.order().await, shop.order().await);
        let world = &shop.world;
        for code in [&kept, &returned, &fresh] {
            shop.measure(code, 164, 56).await;
        }
        world.sim().step(Span::from_days(20));
        for (code, stage, days) in [
            (&kept, Stage::Done, 15),
            (&returned, Stage::Returned, 1),
            (&fresh, Stage::Done, 13),
        ] {
            sql!("UPDATE orders SET stage = $2, stage_since = $3 WHERE code = $1")
                .bind(code)
                .bind(stage.word())
                .bind(world.sim().now().minus(Span::from_days(days)))
                .run(world.db())
                .await
                .unwrap();
        }
        let keeper = sauda_orders::engine::DayKeeper::new(world.orders.clone(), "keeper");
        let settings = DaySettings {
            skips: vec![
                DayStep::Fetch,
                DayStep::Accept,
                DayStep::Assemble,
                DayStep::Waybills,
                DayStep::Statuses,
            ],
            ..DaySettings::default()
        };
        let put = world
            .orders
            .put_day_settings(&world.scope, &world.shop, &settings);
        put.await.unwrap();
        world.orders.start_day(&world.scope, &world.shop).await.unwrap();
        keeper.turn().await.unwrap();
        let outcome = async |code: &str| {
            let fit = shop.advise(code).await;
            fit.outcome.map(|outcome| (outcome.fit, outcome.source))
        };
        assert_eq!(outcome(&kept).await, Some((FitWord::Fit, FitSource::Kept)));
        assert_eq!(
            outcome(&returned).await,
            Some((FitWord::Returned, FitSource::Return))
        );
        assert_eq!(outcome(&fresh).await, None);
        let said = shop.outcome(&returned, FitWord::Small).await;
        assert_eq!(said.outcome.unwrap().fit, FitWord::Small);
        let quality = world
            .orders
            .size_quality(&world.scope, &world.shop)
            .await
            .unwrap();
        assert_eq!((quality.sat.fit, quality.sat.small, quality.sat.all()), (1, 1, 2));
    }
}

const TABLE: &str =
    "Бренд;Пол;Размер;Грудь;Талия\nАру;женский;S;96-100;\nАру;женский;M;100-104;\nАру;женский;L;104-108;\n";

#[tokio::test]
async fn tables_hold_whole_or_not_at_all_and_can_be_taken_back() {
    for test in engines().await {
        let shop = FitShop::open(test).await;
        let code = shop.order().await;
        let world = &shop.world;
        let (orders, scope, id) = (&world.orders, &world.scope, &world.shop);
        let chest = members(json!({"chest_cm": 98}));
        let fits = orders.put_measures(scope, id, &code, chest).await.unwrap();
        assert_ne!(fits[0].advice.way.as_deref(), Some("brand-table"));
        let broken = TABLE.replace("104-108", "90-92").replace("Талия", "Цвет");
        let seen = orders
            .load_size_tables(scope, id, "bad.csv", broken.as_bytes())
            .await
            .unwrap();
        let codes: Vec<&str> = seen
            .problems
            .iter()
            .map(|problem| problem.code.as_str())
            .collect();
        assert_eq!(codes, ["unknown-field", "not-rising"]);
        let refused = orders.hold_size_tables(scope, id, &seen.id).await;
        assert!(matches!(
            refused,
            Err(OrdersError::FitWrong(FitWrong::Tables("has-problems")))
        ));
        assert_eq!(orders.size_tables(scope, id).await.unwrap(), None);
        let seen = orders
            .load_size_tables(scope, id, "good.csv", TABLE.as_bytes())
            .await
            .unwrap();
        assert_eq!((seen.tables, seen.lines.len(), seen.problems.len()), (1, 3, 0));
        orders.hold_size_tables(scope, id, &seen.id).await.unwrap();
        let fit = shop.advise(&code).await;
        assert_eq!(
            (fit.size(), fit.advice.way.as_deref()),
            (Some("S"), Some("brand-table"))
        );
        let held = orders.size_tables(scope, id).await.unwrap().unwrap();
        let mut lines = held.lines.clone();
        for line in &mut lines {
            line.measures.insert(
                "chest".to_owned(),
                match line.size.as_str() {
                    "S" => "88-92".to_owned(),
                    "M" => "92-96".to_owned(),
                    _ => "96-100".to_owned(),
                },
            );
        }
        let edited = orders
            .edit_size_table(scope, id, &held.lines[0].keys(), lines)
            .await
            .unwrap();
        assert_eq!(shop.advise(&code).await.size(), Some("L"));
        let stale = orders.take_back_size_tables(scope, id, &held.id).await;
        assert!(matches!(
            stale,
            Err(OrdersError::FitWrong(FitWrong::Tables("changed")))
        ));
        orders.take_back_size_tables(scope, id, &edited.id).await.unwrap();
        assert_eq!(shop.advise(&code).await.size(), Some("S"));
        orders.take_back_size_tables(scope, id, &held.id).await.unwrap();
        assert_eq!(orders.size_tables(scope, id).await.unwrap(), None);
        assert_ne!(
            shop.advise(&code).await.advice.way.as_deref(),
            Some("brand-table")
        );
    }
}
