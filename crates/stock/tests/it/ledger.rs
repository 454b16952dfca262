//! Movements: added once, never under zero unless allowed, counted, told to shops.

use crate::shed::Shed;
use sauda_kernel::{Failure as _, Span};
use sauda_stock::{MovementKind, OrderWish, StockError};
use sauda_testkit::engines;

#[tokio::test]
async fn a_movement_is_written_once_and_the_balance_is_the_sum_of_them() {
    for test in engines().await {
        let shed = Shed::open(test);
        let product = shed.product("A").await;
        shed.receive(&product, 10, "first").await;
        shed.receive(&product, 10, "first").await;
        let out = shed.moved(&product, MovementKind::WriteOff, -3, "broken").await;
        shed.stock.record(&shed.scope, &out).await.unwrap();
        assert_eq!(shed.lies(&product).await, (7, 0));
        let told = shed
            .stock
            .movements(&shed.scope, Some(&product), None, 10)
            .await
            .unwrap();
        let told: Vec<_> = told
            .iter()
            .map(|one| (one.kind, one.quantity, one.balance, one.reason.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                (MovementKind::WriteOff, -3, 7, "проверка"),
                (MovementKind::Receipt, 10, 10, "проверка")
            ]
        );
    }
}

#[tokio::test]
async fn less_than_nothing_is_refused_and_nothing_changed_or_allowed_by_the_setting() {
    for test in engines().await {
        let shed = Shed::open(test);
        let product = shed.product("A").await;
        shed.keep(true).await;
        shed.receive(&product, 2, "first").await;
        let out = shed.moved(&product, MovementKind::WriteOff, -3, "broken").await;
        let refused = shed.stock.record(&shed.scope, &out).await.unwrap_err();
        assert!(
            matches!(&refused, StockError::Negative { product, on_hand: 2, wanted: 3 } if product == "A"),
            "{refused}"
        );
        assert_eq!(refused.public()[0].code, "stock-negative");
        assert_eq!(shed.lies(&product).await, (2, 0));
        assert_eq!(
            shed.stock
                .movements(&shed.scope, None, None, 10)
                .await
                .unwrap()
                .len(),
            1
        );
        shed.keep(false).await;
        shed.stock.record(&shed.scope, &out).await.unwrap();
        assert_eq!(shed.lies(&product).await, (-1, 0));
    }
}

#[tokio::test]
async fn a_transfer_leaves_the_sum_and_moves_the_pieces() {
    for test in engines().await {
        let shed = Shed::open(test);
        let product = shed.product("A").await;
        shed.receive(&product, 9, "first").await;
        let other = shed.stock.add_warehouse(&shed.scope, "Барахолка").await.unwrap();
        let from = shed.moved(&product, MovementKind::Transfer, 4, "move").await;
        shed.stock.transfer(&shed.scope, &from, &other.id).await.unwrap();
        shed.stock.transfer(&shed.scope, &from, &other.id).await.unwrap();
        let mut lies: Vec<i64> = shed
            .stock
            .balances_of(&shed.scope, &product)
            .await
            .unwrap()
            .iter()
            .map(|one| one.on_hand)
            .collect();
        lies.sort_unstable();
        assert_eq!(lies, [4, 5]);
        let taken = shed
            .stock
            .add_warehouse(&shed.scope, "Барахолка")
            .await
            .unwrap_err();
        assert_eq!(taken.public()[0].code, "stock-name-taken");
    }
}

#[tokio::test]
async fn counting_writes_the_difference_of_the_moment_somebody_counted() {
    for test in engines().await {
        let shed = Shed::open(test);
        let (product, other) = (shed.product("A").await, shed.product("B").await);
        shed.receive(&product, 10, "first").await;
        let warehouse = shed.stock.warehouses(&shed.scope).await.unwrap()[0].id.clone();
        let counting = shed.stock.begin_counting(&shed.scope, &warehouse).await.unwrap();
        shed.stock
            .count(&shed.scope, &counting.id, &product, 8)
            .await
            .unwrap();
        shed.stock
            .count(&shed.scope, &counting.id, &other, 0)
            .await
            .unwrap();
        // Pieces that go after they were counted are no difference.
        let out = shed.moved(&product, MovementKind::WriteOff, -1, "broken").await;
        shed.stock.record(&shed.scope, &out).await.unwrap();
        shed.stock
            .close_counting(&shed.scope, &counting.id, true)
            .await
            .unwrap();
        assert_eq!(shed.lies(&product).await, (7, 0));
        let again = shed
            .stock
            .close_counting(&shed.scope, &counting.id, true)
            .await
            .unwrap_err();
        assert!(matches!(again, StockError::CountingOver));
        let late = shed
            .stock
            .count(&shed.scope, &counting.id, &product, 3)
            .await
            .unwrap_err();
        assert!(matches!(late, StockError::CountingOver));
        assert_eq!(shed.lies(&product).await, (7, 0));
    }
}

#[tokio::test]
async fn shops_are_told_what_is_free_at_the_points_a_warehouse_serves() {
    for test in engines().await {
        let shed = Shed::open(test);
        let product = shed.product("A").await;
        let (shop, offer) = shed.shop(&product).await;
        shed.keep(true).await;
        shed.receive(&product, 10, "first").await;
        let warehouse = shed.stock.warehouses(&shed.scope).await.unwrap()[0].id.clone();
        shed.stock
            .serve_point(&shed.scope, &shop, "30067228_PP1", &warehouse)
            .await
            .unwrap();
        let order = shed.id();
        shed.follow(&order, OrderWish::Held, &product, 4).await;
        assert_eq!(shed.teller.turn().await.unwrap(), 1);
        let said = shed.catalog.said_of(std::slice::from_ref(&offer)).await.unwrap();
        assert_eq!(
            said.iter()
                .map(|one| (one.available, one.stock))
                .collect::<Vec<_>>(),
            [(Some(true), Some(6))]
        );
        assert_eq!(shed.teller.turn().await.unwrap(), 0);
        shed.follow(&order, OrderWish::Freed, &product, 4).await;
        let out = shed.moved(&product, MovementKind::WriteOff, -10, "all").await;
        shed.stock.record(&shed.scope, &out).await.unwrap();
        shed.clock.push(Span::from_secs(60));
        assert_eq!(shed.teller.turn().await.unwrap(), 1);
        let said = shed.catalog.said_of(&[offer]).await.unwrap();
        assert_eq!(
            said.iter()
                .map(|one| (one.available, one.stock))
                .collect::<Vec<_>>(),
            [(Some(false), Some(0))]
        );
    }
}
