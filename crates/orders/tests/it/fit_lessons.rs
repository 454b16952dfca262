//! What teaches by itself: reasons of returns, goods that were kept; and answers of buyers that come after the day went on.

use crate::{fit_shop::FitShop, returns::read};
use sauda_kernel::{OrderId, Span};
use sauda_orders::{
    fit::{Answer, FitSource, FitWord, Said, Told},
    model::Stage,
};
use sauda_store::sql;
use sauda_testkit::{engines, sqlite};
use serde_json::json;

async fn sat(shop: &FitShop, code: &str) -> Option<(FitWord, FitSource)> {
    let outcome = shop.advise(code).await.outcome;
    outcome.map(|outcome| (outcome.fit, outcome.source))
}

async fn id(shop: &FitShop, code: &str) -> OrderId {
    shop.world.view(code).await.order.id
}

async fn tell(shop: &FitShop, code: &str, said: Said) -> Told {
    let world = &shop.world;
    let answer = Answer {
        order: id(shop, code).await,
        said,
        at: world.sim().now(),
    };
    world
        .orders
        .tell_answer(&world.scope, &world.shop, code, &answer)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_reason_of_a_return_teaches_and_a_persons_word_stays_above_it() {
    for test in engines().await {
        let shop = FitShop::open(test).await;
        let (small, large, silent, said) = (
            shop.order().await,
            shop.order().await,
            shop.order().await,
            shop.order().await,
        );
        shop.outcome(&said, FitWord::Fit).await;
        let sim = shop.world.sim();
        for (code, reason) in [
            (&small, "Маломерит"),
            (&large, "Размер велик"),
            (&silent, "Передумал"),
            (&said, "Маломерит"),
        ] {
            sim.send_back(code, Some(reason)).unwrap();
        }
        read(&shop.world).await;
        assert_eq!(
            sat(&shop, &small).await,
            Some((FitWord::Small, FitSource::Return))
        );
        assert_eq!(
            sat(&shop, &large).await,
            Some((FitWord::Large, FitSource::Return))
        );
        assert_eq!(
            sat(&shop, &silent).await,
            Some((FitWord::Returned, FitSource::Return)),
            "it did not stay, and nobody said why"
        );
        assert_eq!(sat(&shop, &said).await, Some((FitWord::Fit, FitSource::Person)));
    }
}

#[tokio::test]
async fn what_was_kept_long_enough_teaches_when_returns_are_read() {
    let shop = FitShop::open(sqlite().await).await;
    let (kept, back) = (shop.order().await, shop.order().await);
    for code in [&kept, &back] {
        shop.measure(code, 164, 56).await;
    }
    let world = &shop.world;
    world.sim().send_back(&back, Some("Не подошёл размер")).unwrap();
    for code in [&kept, &back] {
        sql!("UPDATE orders SET stage = $2, stage_since = $3 WHERE code = $1")
            .bind(code)
            .bind(Stage::Done.word())
            .bind(world.sim().now().minus(Span::from_days(15)))
            .run(world.db())
            .await
            .unwrap();
    }
    read(world).await;
    assert_eq!(sat(&shop, &kept).await, Some((FitWord::Fit, FitSource::Kept)));
    assert_eq!(
        sat(&shop, &back).await,
        Some((FitWord::Returned, FitSource::Return)),
        "goods that come back were not kept"
    );
}

#[tokio::test]
async fn orders_whose_phone_is_hidden_are_counted_until_it_is_shown() {
    for test in engines().await {
        let shop = FitShop::open(test).await;
        let code = shop.order().await;
        let world = &shop.world;
        let hidden = async || {
            let counted = world.orders.hidden_phones(&world.scope, &world.shop).await;
            counted.unwrap()
        };
        let phone = async |phone: &str| {
            shop.phone(&code, phone).await;
            hidden().await
        };
        let before = phone("+77010000001").await;
        for (masked, more) in [
            ("", 1),
            ("+7701*****01", 1),
            ("+77010XX0001", 1),
            ("+70000000000", 1),
            ("+77010000001", 0),
        ] {
            assert_eq!(phone(masked).await, before + more, "{masked:?}");
        }
    }
}

#[tokio::test]
async fn a_late_answer_reaches_the_order_and_people() {
    for test in engines().await {
        let shop = FitShop::open(test).await;
        let (other, measured, kept, odd) = (
            shop.order().await,
            shop.order().await,
            shop.order().await,
            shop.order().await,
        );
        let take = |size: &str| Said::Take {
            line: 0,
            size: size.to_owned(),
        };
        assert_eq!(tell(&shop, &other, take("XL")).await, Told::Taken);
        let fit = shop.advise(&other).await;
        assert_eq!((fit.size(), fit.sureness()), (Some("XL"), Some("person")));
        let history = shop.world.history(&other).await;
        assert!(
            history.contains(&"size-answered".to_owned()) && history.contains(&"size-corrected".to_owned()),
            "{history:?}"
        );
        assert_eq!(shop.world.told().await, ["size-answer"]);

        let body = crate::fit_shop::members(json!({"height_cm": 164, "weight_kg": 56}));
        assert_eq!(tell(&shop, &measured, Said::Measures(body)).await, Told::Taken);
        assert_eq!(shop.advise(&measured).await.size(), Some("M"));
        assert_eq!(tell(&shop, &kept, Said::Keep).await, Told::Taken);
        assert_eq!(shop.world.told().await.len(), 1, "nobody has to do anything");

        assert_eq!(tell(&shop, &odd, take("синий")).await, Told::Taken);
        assert_eq!(shop.advise(&odd).await.correction, None);
        assert_eq!(shop.world.told().await.len(), 2, "a person reads what it means");

        tell(&shop, &other, Said::Keep).await;
        assert_eq!(
            shop.world.told().await.len(),
            1,
            "a later word settles the earlier"
        );
    }
}
