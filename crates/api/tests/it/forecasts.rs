//! Forecasts over the interface: none before the first counting, then days with bounds, a trial, and what a price would do.

use crate::house::House;
use sauda_kernel::{Clock as _, CountedIds, Id, Money, Span};
use sauda_stock::{OrderGoods, OrderStock, OrderWish};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn a_forecast_is_read_with_its_trial_and_what_a_price_would_do() {
    let house = House::new().await;
    let made = house
        .post("/products", json!({"sku": "H-1", "title": "Плед"}))
        .await;
    let product = made.ok()["id"].as_str().unwrap().to_owned();
    let path = format!("/products/{product}/forecast");
    assert_eq!(house.get(&path).await.status, 404);
    let scope = &house.owner.scope;
    let following = house.stock.following(scope).await.unwrap();
    let ids = CountedIds::default();
    let mut tx = house.db().write().await.unwrap();
    for day in 1..=160_i64 {
        let (quantity, tenge) = if day / 16 % 2 == 0 {
            (2, 10_000)
        } else {
            (5, 8_000)
        };
        let order = OrderStock {
            order: Id::new(&house.clock, &ids),
            code: day.to_string(),
            created_at: house.clock.now().minus(Span::from_days(day)),
            wish: OrderWish::Shipped,
            goods: vec![OrderGoods {
                line: 0,
                product: Id::parse(&product).unwrap(),
                quantity,
                unit_price: Some(Money::from_tiyn(tenge * 100)),
            }],
        };
        house
            .stock
            .follow(&mut tx, scope, &following, &order)
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    let before = house.get("/stock?view=all").await.ok();
    assert_eq!(before["items"][0]["demand_from"], "past");
    assert_eq!(house.post("/forecast_run", json!({})).await.status, 202);
    let run = house.get("/forecast_run").await.ok();
    assert_eq!(
        (&run["done"], &run["total"], &run["finished_at"]),
        (&json!(0), &json!(1), &json!(null))
    );
    house.stock.foresee_once(scope).await.unwrap();
    let told = house.get(&format!("{path}?price=9000")).await.ok();
    assert_eq!(
        (&told["is_fresh"], &told["counted_days"]),
        (&json!(true), &json!(160))
    );
    assert_eq!(told["days"].as_array().unwrap().len(), 90);
    assert_eq!(told["trial"]["days"], 28);
    let effect = &told["price_effect"];
    assert_eq!((&effect["enough"], &effect["why"]), (&json!(true), &json!(null)));
    assert!(effect["elasticity_milli"].as_i64().unwrap() < -2_000, "{effect}");
    let at = &effect["at_price"];
    assert_eq!(at["price"]["amount_minor"], 900_000);
    // The last price was 10 000: a lower one sells more.
    assert!(at["low_milli"].as_i64().unwrap() > 1_000, "{at}");
    let after = house.get("/stock?view=all").await.ok();
    assert_eq!(after["items"][0]["demand_from"], "forecast");
    assert_eq!(house.get(&format!("{path}?price=x")).await.status, 422);
}
