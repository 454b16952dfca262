//! What runs low in a day: free pieces where the stock is kept here, else what the cabinet says.

use crate::{
    day::{start, view},
    desk::WorldTime,
    fit_shop::FitShop,
};
use sauda_catalog::Product;
use sauda_kernel::{Id, OfferId, Span, SystemIds};
use sauda_orders::{
    Orders,
    engine::DayKeeper,
    model::{DaySettings, DayState, DayStep},
};
use sauda_stock::{MovementKind, NewMovement, Settings};
use sauda_store::sql;
use sauda_testkit::engines;
use std::sync::Arc;

/// Pieces of the dress that a day and the page of stock tell to be few.
async fn told(shop: &FitShop, orders: &Orders) -> [Option<i64>; 2] {
    let world = &shop.world;
    world.sim().step(Span::from_mins(1));
    let run = start(world).await;
    DayKeeper::new(orders.clone(), "keeper").turn().await.unwrap();
    let seen = view(world, &run).await;
    assert_eq!(seen.run.state, DayState::Done, "{seen:?}");
    let in_day = seen.run.report.unwrap().low;
    let now = orders.low_stock(&world.scope, &world.shop).await.unwrap();
    [in_day, now].map(|low| low.iter().find(|low| low.sku == shop.sku).map(|low| low.pieces))
}

/// The dress as an offer of the cabinet with forty pieces, sold by an order; and its product.
async fn dress(shop: &FitShop, code: &str) -> Product {
    let world = &shop.world;
    let goods = world
        .catalog
        .goods_sold(&world.scope, &[], &[&shop.sku])
        .await
        .unwrap();
    let product = goods.of(None, &shop.sku).unwrap().clone();
    let offer: OfferId = Id::new(&WorldTime(Arc::clone(world.sim())), &SystemIds);
    sql!(
        "INSERT INTO offers (id, merchant_id, shop_id, sku, title, fold, on_sale, price, stock, errors, availabilities, created_at, seen_at, product_id, product_link) \
         VALUES ($1, $2, $3, $4, 'Платье', '', $5, 9000, 40, '', '[]', 0, 0, $6, 'sku')"
    )
    .bind(&offer)
    .bind(world.scope.merchant())
    .bind(&world.shop)
    .bind(&shop.sku)
    .bind(true)
    .bind(&product.id)
    .run(world.db())
    .await
    .unwrap();
    sql!("UPDATE order_lines SET offer_id = $1 WHERE order_id = (SELECT id FROM orders WHERE code = $2)")
        .bind(&offer)
        .bind(code)
        .run(world.db())
        .await
        .unwrap();
    product
}

#[tokio::test]
async fn few_free_pieces_are_told_where_the_stock_is_kept() {
    for test in engines().await {
        let shop = FitShop::open(test).await;
        let code = shop.order().await;
        let world = &shop.world;
        let scope = &world.scope;
        let settings = DaySettings {
            skips: DayStep::ALL
                .into_iter()
                .filter(|step| !step.is_needed() && *step != DayStep::Stock)
                .collect(),
            ..DaySettings::default()
        };
        let put = world.orders.put_day_settings(scope, &world.shop, &settings);
        put.await.unwrap();
        let product = dress(&shop, &code).await;
        let orders = world.orders.clone().with_stock(world.stock.clone());
        assert_eq!(
            told(&shop, &orders).await,
            [None, None],
            "the stock is not kept here"
        );
        world
            .stock
            .save_settings(scope, &Settings::default(), true)
            .await
            .unwrap();
        assert_eq!(
            told(&shop, &orders).await,
            [None, None],
            "the books know nothing of it"
        );
        let received = NewMovement {
            product: product.id,
            warehouse: world.stock.warehouses(scope).await.unwrap()[0].id.clone(),
            kind: MovementKind::Receipt,
            quantity: 2,
            unit_cost: None,
            landed: None,
            reason: String::new(),
            document: String::new(),
            once_key: String::new(),
        };
        world.stock.record(scope, &received).await.unwrap();
        assert_eq!(told(&shop, &orders).await, [Some(2), Some(2)]);
        assert_eq!(
            told(&shop, &world.orders).await,
            [None, None],
            "without the room of stock the cabinet is all there is"
        );
    }
}
