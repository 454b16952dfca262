//! What orders do: promised, gone, free, back; each once.

use crate::shed::Shed;
use sauda_kernel::{ProductId, Span};
use sauda_stock::{DemandFrom, MovementKind, OrderGoods, OrderStock, OrderWish, ReorderFilter, Settings};
use sauda_testkit::engines;

#[tokio::test]
async fn an_order_promises_then_takes_its_pieces_however_often_it_is_told() {
    for test in engines().await {
        let shed = Shed::open(test);
        let product = shed.product("A").await;
        shed.keep(true).await;
        shed.receive(&product, 10, "first").await;
        let order = shed.id();
        for (wish, lies) in [
            (OrderWish::Seen, (10, 0)),
            (OrderWish::Held, (10, 3)),
            (OrderWish::Held, (10, 3)),
            (OrderWish::Shipped, (7, 0)),
            (OrderWish::Shipped, (7, 0)),
            (OrderWish::Held, (7, 0)),
            (OrderWish::Freed, (7, 0)),
        ] {
            shed.follow(&order, wish, &product, 3).await;
            assert_eq!(shed.lies(&product).await, lies, "{wish:?}");
        }
        let moves = shed
            .stock
            .movements(&shed.scope, Some(&product), None, 10)
            .await
            .unwrap();
        assert_eq!(
            (moves[0].kind, moves[0].quantity, moves[0].document.as_str()),
            (MovementKind::Sale, -3, "501")
        );
        assert_eq!(moves.len(), 2);
    }
}

#[tokio::test]
async fn a_cancelled_order_frees_what_it_held_and_a_smaller_one_the_rest() {
    for test in engines().await {
        let shed = Shed::open(test);
        let product = shed.product("A").await;
        shed.keep(true).await;
        shed.receive(&product, 10, "first").await;
        let order = shed.id();
        shed.follow(&order, OrderWish::Held, &product, 5).await;
        shed.follow(&order, OrderWish::Held, &product, 2).await;
        assert_eq!(shed.lies(&product).await, (10, 2));
        shed.follow(&order, OrderWish::Freed, &product, 2).await;
        assert_eq!(shed.lies(&product).await, (10, 0));
        shed.follow(&order, OrderWish::Held, &product, 2).await;
        assert_eq!(shed.lies(&product).await, (10, 2));
    }
}

#[tokio::test]
async fn what_comes_back_lies_there_again_once_and_may_be_taken_back() {
    for test in engines().await {
        let shed = Shed::open(test);
        let product = shed.product("A").await;
        shed.keep(true).await;
        shed.receive(&product, 10, "first").await;
        let order = shed.id();
        shed.follow(&order, OrderWish::Shipped, &product, 3).await;
        shed.back(&order, "one", true).await;
        shed.back(&order, "one", true).await;
        assert_eq!(shed.lies(&product).await, (10, 0));
        shed.back(&order, "two", false).await;
        assert_eq!(shed.lies(&product).await, (7, 0));
        shed.back(&order, "three", true).await;
        assert_eq!(shed.lies(&product).await, (10, 0));
    }
}

#[tokio::test]
async fn orders_from_before_count_for_demand_and_move_nothing() {
    for test in engines().await {
        let shed = Shed::open(test);
        let product = shed.product("A").await;
        let start = shed.now();
        shed.clock.push(Span::from_days(60));
        shed.keep(true).await;
        shed.receive(&product, 4, "first").await;
        for day in 0..60 {
            let order = shed.id();
            let created = start.plus(Span::from_days(day));
            shed.follow_at(&order, OrderWish::Shipped, &product, 2, created)
                .await;
        }
        let cancelled = shed.id();
        shed.follow_at(&cancelled, OrderWish::Freed, &product, 90, start)
            .await;
        assert_eq!(shed.lies(&product).await, (4, 0));
        let list = shed
            .stock
            .reorder(&shed.scope, &ReorderFilter::default())
            .await
            .unwrap();
        let row = &list.rows[0];
        let plan = row.plan.as_ref().unwrap();
        assert!((plan.daily - 2.0).abs() < 1e-9, "{}", plan.daily);
        // Two a day over 14 + 7 days and as much again as chance may bring, 4 there.
        assert_eq!(
            (row.from, plan.reorder_point, plan.order),
            (DemandFrom::Past { days: 60 }, 48, 44)
        );
        assert_eq!(row.cost().unwrap().tiyn(), 44 * 100_000);
        assert_eq!(list.counts[0], ("due", 1));
    }
}

#[tokio::test]
async fn what_sells_rarely_is_ordered_for_no_longer_than_it_may_lie() {
    for test in engines().await {
        let shed = Shed::open(test);
        let product = shed.product("A").await;
        let start = shed.now();
        shed.clock.push(Span::from_days(360));
        shed.keep(true).await;
        for nth in 0..8 {
            let order = shed.id();
            let created = start.plus(Span::from_days(nth * 45 + 20));
            shed.follow_at(&order, OrderWish::Shipped, &product, 1, created)
                .await;
        }
        let order = async || {
            let all = ReorderFilter::default();
            let list = shed.stock.reorder(&shed.scope, &all).await.unwrap();
            list.rows.first().map_or(0, |row| row.order())
        };
        let kept = order().await;
        let known = shed.stock.settings(&shed.scope).await.unwrap();
        assert_eq!(known.most_days, 90);
        let unbound = Settings {
            most_days: 0,
            ..known.clone()
        };
        shed.stock
            .save_settings(&shed.scope, &unbound, true)
            .await
            .unwrap();
        assert_eq!(shed.stock.settings(&shed.scope).await.unwrap().most_days, 0);
        let promised = order().await;
        assert!(kept == 2 && promised > kept, "{kept} {promised}");
        let wrong = Settings {
            most_days: 1_001,
            ..known
        };
        assert!(shed.stock.save_settings(&shed.scope, &wrong, true).await.is_err());
    }
}

/// Orders of these goods, one after the other, in one transaction as a shop is read.
async fn read_shop(shed: &Shed, products: impl Iterator<Item = &ProductId>) {
    let following = shed.stock.following(&shed.scope).await.unwrap();
    let mut tx = shed.db.write().await.unwrap();
    shed.stock.hold(&mut tx, &shed.scope).await.unwrap();
    for product in products {
        let told = OrderStock {
            order: shed.id(),
            code: "501".to_owned(),
            created_at: shed.now(),
            wish: OrderWish::Held,
            goods: vec![OrderGoods {
                line: 0,
                product: product.clone(),
                quantity: 1,
                unit_price: None,
            }],
        };
        shed.stock
            .follow(&mut tx, &shed.scope, &following, &told)
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn two_shops_that_sell_the_same_goods_do_not_wait_for_each_other_for_ever() {
    for test in engines().await {
        let shed = Shed::open(test);
        shed.keep(false).await;
        let mut products = Vec::new();
        for sku in ["A", "B", "C", "D", "E", "F"] {
            products.push(shed.product(sku).await);
        }
        for _ in 0..10 {
            tokio::join!(
                read_shop(&shed, products.iter()),
                read_shop(&shed, products.iter().rev()),
            );
        }
        for product in &products {
            assert_eq!(shed.lies(product).await, (0, 20));
        }
    }
}
