//! Price changes from request to storefront, and everything that may become of them.

use crate::caller::{ALMATY, Caller, PHONE, open};
use reqwest::StatusCode;
use sauda_kernel::Span;
use sauda_sim::{Fault, FaultKind, Running, Service};
use serde_json::{Value, json};

const SHOP: &str = "30000001";

async fn signed_in() -> (Running, Caller, String, String) {
    let (world, mut caller) = open().await;
    caller.sign_in(PHONE).await;
    let (sku, card, _) = world
        .sim()
        .skus(SHOP)
        .into_iter()
        .find(|(_, _, on_sale)| *on_sale)
        .unwrap();
    (world, caller, sku, card)
}

async fn row(caller: &mut Caller, sku: &str) -> Value {
    let (_, list) = caller
        .read(&format!("/bff/offer-view/list?m={SHOP}&p=0&l=100&t={sku}"))
        .await;
    list["data"][0].clone()
}

#[tokio::test]
async fn a_change_is_accepted_at_once_and_done_within_a_minute() {
    let (world, mut caller, sku, card) = signed_in().await;
    let before = world.sim().visible(SHOP, &sku, ALMATY).unwrap().0;
    let (status, job) = caller
        .change_price(SHOP, &sku, ALMATY, before - 7, &["PP1", "PP2"])
        .await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(world.sim().visible(SHOP, &sku, ALMATY).unwrap().0, before);
    let protocol = json!({"merchantUid": SHOP, "skuList": [sku]});
    let (_, rows) = caller
        .ask("/pricefeed/protocol/merchant/offer/list/s", &protocol)
        .await;
    assert_eq!(
        (rows[0]["sku"].as_str(), rows[0]["status"].as_str()),
        (Some(sku.as_str()), Some("IN_PROGRESS"))
    );
    world.sim().step(Span::from_secs(4));
    assert_eq!(world.sim().visible(SHOP, &sku, ALMATY).unwrap().0, before);
    world.sim().step(Span::from_secs(56));
    assert_eq!(world.sim().visible(SHOP, &sku, ALMATY).unwrap().0, before - 7);
    let offers = caller.offers(&card, ALMATY).await;
    let own = offers["offers"]
        .as_array()
        .unwrap()
        .iter()
        .find(|offer| offer["merchantId"] == SHOP)
        .unwrap();
    assert_eq!(
        (own["price"].as_f64(), own["merchantSku"].as_str()),
        (Some(f64::from(before - 7)), Some(sku.as_str()))
    );
    assert_eq!(
        row(&mut caller, &sku).await["allCityPrices"][ALMATY]["price"],
        before - 7
    );
    let (_, rows) = caller
        .ask("/pricefeed/protocol/merchant/offer/list/s", &protocol)
        .await;
    assert_eq!(rows[0]["status"], "PROCESSED");
    let (_, ledger) = caller
        .read(&format!("/_sim/api/ledger?merchant={SHOP}&sku={sku}"))
        .await;
    assert_eq!(
        (
            ledger[0]["job"].clone(),
            ledger[0]["lowest"].as_u64(),
            ledger[0]["same_as_before"].as_bool()
        ),
        (job["id"].clone(), Some(u64::from(before - 7)), Some(false))
    );
    assert!(
        ledger[0]["requested"].as_str() < ledger[0]["applied"].as_str()
            && ledger[0]["applied"] == ledger[0]["visible"]
    );
    assert_eq!(
        (world.sim().lowest_accepted(SHOP, &sku), world.sim().repeats(SHOP)),
        (Some(before - 7), 0)
    );
}

#[tokio::test]
async fn a_point_left_out_loses_its_stock() {
    let (world, mut caller, sku, _) = signed_in().await;
    caller.change_price(SHOP, &sku, ALMATY, 5_000, &["PP1"]).await;
    world.sim().step(Span::from_mins(1));
    let goods = row(&mut caller, &sku).await["availabilities"].clone();
    let point = |code: &str| {
        goods
            .as_array()
            .unwrap()
            .iter()
            .find(|one| one["storeId"] == format!("{SHOP}_{code}"))
            .unwrap()
            .clone()
    };
    assert_eq!(
        (
            point("PP1")["available"].as_str(),
            point("PP1")["stockCount"].as_u64()
        ),
        (Some("yes"), Some(9))
    );
    assert_eq!(
        (
            point("PP2")["available"].as_str(),
            point("PP2")["stockCount"].as_u64()
        ),
        (Some("no"), Some(0))
    );
}

#[tokio::test]
async fn a_price_without_points_leaves_points_alone() {
    let (world, mut caller, sku, _) = signed_in().await;
    let before = row(&mut caller, &sku).await["availabilities"].clone();
    let (status, _) = caller
        .ask(
            "/pricefeed/upload/merchant/process",
            &json!({"merchantUid": SHOP, "sku": sku, "price": 4_321}),
        )
        .await;
    assert_eq!(status, StatusCode::OK);
    world.sim().step(Span::from_mins(1));
    let after = row(&mut caller, &sku).await;
    assert_eq!(
        (after["price"].as_u64(), &after["availabilities"]),
        (Some(4_321), &before)
    );
}

#[tokio::test]
async fn the_batch_takes_off_sale_and_puts_back_and_stock_in_it_removes() {
    let (world, mut caller, sku, card) = signed_in().await;
    let path = "/pricefeed/upload/merchant/process/process/batch";
    let goods = |available: &str| json!([{"available": available, "storeId": "30000001_PP1"}, {"available": available, "storeId": "30000001_PP2"}]);
    let body = |goods: Value| json!([{"merchantUid": SHOP, "sku": sku, "model": "x", "availabilities": goods, "cityPrices": [{"cityId": ALMATY, "value": 9_000}]}]);
    for (available, on_sale) in [("no", false), ("yes", true)] {
        assert_eq!(
            caller.post(path, &body(goods(available))).await.status(),
            StatusCode::OK
        );
        world.sim().step(Span::from_mins(1));
        let offer = row(&mut caller, &sku).await;
        assert_eq!(offer["available"].as_bool(), Some(on_sale));
        let listed = caller.offers(&card, ALMATY).await["offers"]
            .as_array()
            .unwrap()
            .iter()
            .any(|offer| offer["merchantId"] == SHOP);
        assert_eq!(listed, on_sale);
    }
    let mut poisoned = goods("yes");
    poisoned[0]["stockCount"] = json!(5);
    caller.post(path, &body(poisoned)).await;
    world.sim().step(Span::from_mins(1));
    let offer = row(&mut caller, &sku).await;
    assert_eq!(
        (
            offer["available"].as_bool(),
            offer["offerError"]["errorCodes"][0].as_str()
        ),
        (Some(false), Some("NO_AVAILABILITIES"))
    );
    assert_eq!(
        (&offer["availabilities"], &offer["cityPrices"]),
        (&Value::Null, &Value::Null)
    );
}

#[tokio::test]
async fn three_changes_in_a_second_ban_the_shop_for_half_an_hour_but_not_its_sister() {
    let (world, mut caller, sku, _) = signed_in().await;
    for expected in [200, 200, 429, 429] {
        assert_eq!(
            caller
                .change_price(SHOP, &sku, ALMATY, 5_000, &["PP1", "PP2"])
                .await
                .0
                .as_u16(),
            expected
        );
    }
    assert_eq!(
        caller
            .change_price("30000002", "x", ALMATY, 5_000, &["PP1"])
            .await
            .0
            .as_u16(),
        200
    );
    world.sim().step(Span::from_mins(29));
    assert_eq!(
        caller
            .change_price(SHOP, &sku, ALMATY, 5_000, &["PP1", "PP2"])
            .await
            .0
            .as_u16(),
        429
    );
    world.sim().step(Span::from_mins(1));
    assert_eq!(
        caller
            .change_price(SHOP, &sku, ALMATY, 5_000, &["PP1", "PP2"])
            .await
            .0
            .as_u16(),
        200
    );
    assert_eq!(world.sim().repeats(SHOP), 2);
    let (_, seen) = caller.read("/_sim/api/world").await;
    assert_eq!(
        (
            seen["shops"][0]["changes"]["accepted"].as_u64(),
            seen["shops"][0]["changes"]["refused"].as_u64(),
            seen["shops"][0]["changes"]["violations"].as_u64()
        ),
        (Some(3), Some(3), Some(1))
    );
}

#[tokio::test]
async fn two_changes_of_one_sku_are_applied_in_order() {
    let (world, mut caller, sku, _) = signed_in().await;
    for price in [5_000, 6_000] {
        caller
            .change_price(SHOP, &sku, ALMATY, price, &["PP1", "PP2"])
            .await;
    }
    world.sim().step(Span::from_mins(2));
    assert_eq!(world.sim().visible(SHOP, &sku, ALMATY).unwrap().0, 6_000);
}

#[tokio::test]
async fn a_lost_job_is_accepted_and_never_done_and_a_late_one_is_late() {
    let (world, mut caller, sku, _) = signed_in().await;
    let before = world.sim().visible(SHOP, &sku, ALMATY).unwrap().0;
    world.sim().add_fault(Fault {
        sku: Some(sku.clone()),
        ..Fault::times(FaultKind::LostJob, Service::Pricefeed, 1)
    });
    assert_eq!(
        caller
            .change_price(SHOP, &sku, ALMATY, 5_000, &["PP1", "PP2"])
            .await
            .0,
        StatusCode::OK
    );
    world.sim().step(Span::from_hours(1));
    assert_eq!(world.sim().visible(SHOP, &sku, ALMATY).unwrap().0, before);
    world.sim().add_fault(Fault {
        delay_ms: 600_000,
        ..Fault::times(FaultKind::LateJob, Service::Pricefeed, 1)
    });
    caller
        .change_price(SHOP, &sku, ALMATY, 5_000, &["PP1", "PP2"])
        .await;
    world.sim().step(Span::from_mins(10));
    assert_eq!(world.sim().visible(SHOP, &sku, ALMATY).unwrap().0, before);
    world.sim().step(Span::from_mins(1));
    assert_eq!(world.sim().visible(SHOP, &sku, ALMATY).unwrap().0, 5_000);
    assert_eq!(
        caller.read(&format!("/_sim/api/ledger?sku={sku}")).await.1[0]["lost"],
        true
    );
}

#[tokio::test]
async fn nonsense_is_refused_and_changes_nothing() {
    let (world, mut caller, sku, _) = signed_in().await;
    for body in [
        json!({}),
        json!({"merchantUid": SHOP}),
        json!({"merchantUid": SHOP, "sku": sku, "price": 0}),
        json!({"merchantUid": SHOP, "sku": sku, "price": 10.5}),
        json!({"merchantUid": SHOP, "sku": sku, "cityPrices": [{"cityId": "1", "value": 5}]}),
    ] {
        assert_eq!(
            caller
                .post("/pricefeed/upload/merchant/process", &body)
                .await
                .status(),
            StatusCode::BAD_REQUEST,
            "{body}"
        );
        world.sim().step(Span::from_secs(2));
    }
    let foreign = caller
        .change_price("30000003", &sku, ALMATY, 5_000, &["PP1"])
        .await;
    assert_eq!(foreign.0, StatusCode::FORBIDDEN);
    assert_eq!(caller.read("/_sim/api/ledger").await.1, json!([]));
}
