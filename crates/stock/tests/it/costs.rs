//! What goods had cost, from the ledger on both engines: transfers and counting, what a draft becomes, suppliers put away.

use crate::shed::Shed;
use sauda_economics::landed::SpreadBy;
use sauda_kernel::{Failure as _, Kind, Money, ProductId, Span};
use sauda_stock::{
    BatchCost, CostKind, Costing, MovementKind, NewLine, OrderWish, PurchaseChange, PurchaseState, Receipt,
    Received, Settings, StockError, Supply, Wanted,
};
use sauda_testkit::engines;

async fn keeps(shed: &Shed, costing: Costing) {
    let wanted = Settings {
        costing,
        refuses_negative: false,
        ..Settings::default()
    };
    shed.stock
        .save_settings(&shed.scope, &wanted, true)
        .await
        .unwrap();
}

fn wants(product: &ProductId, quantity: i64, tiyn: i64) -> Wanted {
    Wanted {
        product: product.clone(),
        quantity,
        unit_cost: Some(Money::from_tiyn(tiyn)),
    }
}

fn anew(lines: Vec<NewLine>) -> PurchaseChange {
    PurchaseChange {
        lines: Some(lines),
        ..PurchaseChange::default()
    }
}

fn cost(kind: CostKind, tiyn: i64, by: SpreadBy) -> BatchCost {
    BatchCost {
        kind,
        sum: Money::from_tiyn(tiyn),
        by,
        vat_bp: 0,
    }
}

/// Pieces and tiyn of each layer.
async fn layers(shed: &Shed, product: &ProductId) -> Vec<(i64, Option<i64>)> {
    let found = shed.stock.layers(&shed.scope, product).await.unwrap();
    found
        .iter()
        .map(|layer| (layer.pieces, layer.cost.map(Money::tiyn)))
        .collect()
}

#[tokio::test]
async fn a_batch_that_does_not_divide_is_kept_to_the_tiyn_wherever_it_lies() {
    for test in engines().await {
        let shed = Shed::open(test);
        let (stock, scope) = (&shed.stock, &shed.scope);
        let product = shed.product("A").await;
        keeps(&shed, Costing::Fifo).await;
        let draft = stock
            .draft_purchase(scope, None, &[wants(&product, 3, 1_000)])
            .await
            .unwrap();
        stock
            .advance_purchase(scope, &draft.id, PurchaseState::Sent)
            .await
            .unwrap();
        let twice = [
            cost(CostKind::Freight, 100, SpreadBy::Quantity),
            cost(CostKind::Freight, 1, SpreadBy::Quantity),
        ];
        let refused = stock
            .receive_purchase(
                scope,
                &draft.id,
                Receipt {
                    costs: &twice,
                    ..Receipt::default()
                },
            )
            .await;
        assert_eq!(refused.unwrap_err().public()[0].code, "purchase-cost");
        let costs = [
            cost(CostKind::Freight, 100, SpreadBy::Quantity),
            cost(CostKind::Brokerage, 0, SpreadBy::Weight),
        ];
        let done = stock
            .receive_purchase(
                scope,
                &draft.id,
                Receipt {
                    costs: &costs,
                    ..Receipt::default()
                },
            )
            .await
            .unwrap();
        assert_eq!(done.lines[0].landed, Some(Money::from_tiyn(3_100)));
        assert_eq!((done.extra_cost.tiyn(), done.costs.len()), (100, 1));

        let second = stock.add_warehouse(scope, "Барахолка").await.unwrap();
        let moved = shed.moved(&product, MovementKind::Transfer, 2, "t").await;
        stock.transfer(scope, &moved, &second.id).await.unwrap();
        assert_eq!(layers(&shed, &product).await, [(3, Some(3_100))]);
        shed.clock.push(Span::from_secs(60));
        let order = shed.id();
        shed.follow(&order, OrderWish::Shipped, &product, 1).await;
        // 3 100 do not divide by three.
        assert_eq!(layers(&shed, &product).await, [(2, Some(2_067))]);
        shed.clock.push(Span::from_secs(60));
        shed.back(&order, "r1", true).await;
        let back = layers(&shed, &product).await;
        assert_eq!(back.iter().map(|layer| layer.1.unwrap()).sum::<i64>(), 3_100);
        // What a person finds costs what the catalogue says.
        shed.clock.push(Span::from_secs(60));
        shed.receive(&product, 1, "found").await;
        assert_eq!(layers(&shed, &product).await.last(), Some(&(1, Some(100_000))));
        keeps(&shed, Costing::Catalogue).await;
        assert!(layers(&shed, &product).await.is_empty());
    }
}

#[tokio::test]
async fn a_draft_changes_whole_or_not_at_all_and_a_sent_order_does_not() {
    for test in engines().await {
        let shed = Shed::open(test);
        let (stock, scope) = (&shed.stock, &shed.scope);
        let (one, other) = (shed.product("A").await, shed.product("B").await);
        let draft = stock
            .draft_purchase(scope, None, &[wants(&one, 3, 1_000)])
            .await
            .unwrap();
        let line = |product: &ProductId, quantity| NewLine {
            product: product.clone(),
            quantity,
            unit_cost: None,
            price: None,
        };
        let supplier = shed.supplier("Базар").await;
        let lines = vec![line(&one, 0), line(&other, 7)];
        let chosen = Some(Some(supplier.clone()));
        let changed = stock
            .change_purchase(
                scope,
                &draft.id,
                PurchaseChange {
                    supplier: chosen,
                    lines: Some(lines),
                    ..PurchaseChange::default()
                },
            )
            .await
            .unwrap();
        assert_eq!((changed.lines.len(), changed.lines[0].ordered), (1, 7));
        assert_eq!((changed.supplier, changed.vat_bp), (Some(supplier), 1_200));
        for (lines, code) in [
            (vec![line(&one, 0)], "purchase-empty"),
            (vec![line(&one, 1), line(&one, 2)], "purchase-twice"),
            (vec![line(&one, -1)], "stock-quantity"),
        ] {
            let refused = stock.change_purchase(scope, &draft.id, anew(lines)).await;
            assert_eq!(refused.unwrap_err().public()[0].code, code);
        }
        let kept = stock.purchase(scope, &draft.id).await.unwrap();
        assert_eq!((kept.lines.len(), kept.lines[0].ordered), (1, 7));
        stock
            .advance_purchase(scope, &draft.id, PurchaseState::Sent)
            .await
            .unwrap();
        let late = stock
            .change_purchase(scope, &draft.id, anew(vec![line(&one, 1)]))
            .await;
        assert!(matches!(late, Err(StockError::PurchaseNotNow { state: "sent" })));
        let foreign = [Received {
            product: one,
            quantity: 1,
            unit_cost: None,
            price: None,
        }];
        let refused = stock
            .receive_purchase(
                scope,
                &draft.id,
                Receipt {
                    came: &foreign,
                    ..Receipt::default()
                },
            )
            .await;
        assert_eq!(refused.unwrap_err().kind(), Kind::NotFound);
    }
}

#[tokio::test]
async fn a_supplier_put_away_sells_nothing_and_is_named_in_old_purchases() {
    for test in engines().await {
        let shed = Shed::open(test);
        let (stock, scope) = (&shed.stock, &shed.scope);
        let product = shed.product("A").await;
        let bazar = shed.supplier("Базар").await;
        let supply = Supply {
            supplier: Some(bazar.clone()),
            volume_cm3: Some(2_500),
            ..Supply::blank(product.clone())
        };
        stock.save_supply(scope, &supply).await.unwrap();
        stock
            .draft_purchase(scope, Some(bazar.clone()), &[wants(&product, 1, 1)])
            .await
            .unwrap();
        stock.remove_supplier(scope, &bazar).await.unwrap();
        assert!(stock.suppliers(scope).await.unwrap().is_empty());
        assert_eq!(stock.all_suppliers(scope).await.unwrap()[0].name, "Базар");
        let now = stock.supply_of(scope, &product).await.unwrap();
        assert_eq!((now.supplier, now.volume_cm3), (None, Some(2_500)));
        let wanted = [wants(&product, 1, 1)];
        let refused = stock.draft_purchase(scope, Some(bazar.clone()), &wanted);
        assert_eq!(refused.await.unwrap_err().kind(), Kind::NotFound);
        let twice = stock.remove_supplier(scope, &bazar).await.unwrap_err();
        assert_eq!(twice.kind(), Kind::NotFound);
        assert_eq!(shed.supplier("Базар").await, bazar);
    }
}
