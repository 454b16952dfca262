//! Orders to suppliers: what is on its way is not ordered again, what came is what lies there.

use crate::shed::Shed;
use sauda_economics::landed::SpreadBy;
use sauda_kernel::{Failure as _, Money, Span};
use sauda_stock::{
    BatchCost, CostKind, OrderWish, PurchaseState, Receipt, Received, ReorderFilter, StockError, Supplier,
    Supply, Wanted,
};
use sauda_testkit::engines;

#[tokio::test]
async fn an_order_goes_its_way_and_is_received_once_with_what_differs() {
    for test in engines().await {
        let shed = Shed::open(test);
        let (one, other) = (shed.product("A").await, shed.product("B").await);
        let supplier = Supplier {
            id: shed.id(),
            name: "Базар".to_owned(),
            phone: String::new(),
            lead_days: 9,
            lead_spread_tenths: 0,
            weekdays: 127,
            days_off: Vec::new(),
            email: "zakaz@sulu.kz".to_owned(),
            vat_bp: 1_200,
            is_gone: false,
        };
        let supplier = shed
            .stock
            .save_supplier(&shed.scope, None, &supplier)
            .await
            .unwrap();
        let wanted = [(&one, 10, None), (&other, 5, Some(Money::from_tiyn(200_000)))].map(
            |(product, quantity, unit_cost)| Wanted {
                product: product.clone(),
                quantity,
                unit_cost,
            },
        );
        let draft = shed
            .stock
            .draft_purchase(&shed.scope, Some(supplier.id), &wanted)
            .await
            .unwrap();
        assert_eq!((draft.number, draft.state), (1, PurchaseState::Draft));
        let early = shed
            .stock
            .receive_purchase(&shed.scope, &draft.id, Receipt::default())
            .await;
        assert!(matches!(
            early,
            Err(StockError::PurchaseNotNow { state: "draft" })
        ));
        let sent = shed
            .stock
            .advance_purchase(&shed.scope, &draft.id, PurchaseState::Sent)
            .await
            .unwrap();
        assert_eq!(sent.expected_at, Some(shed.now().plus(Span::from_days(9))));
        let came = [Received {
            product: one.clone(),
            quantity: 8,
            unit_cost: None,
            price: None,
        }];
        let extra = [BatchCost {
            kind: CostKind::Customs,
            sum: Money::from_tiyn(90_000),
            by: SpreadBy::Value,
            vat_bp: 0,
        }];
        let done = shed
            .stock
            .receive_purchase(
                &shed.scope,
                &draft.id,
                Receipt {
                    came: &came,
                    costs: &extra,
                    rate: None,
                },
            )
            .await
            .unwrap();
        assert_eq!(done.state, PurchaseState::Received);
        assert_eq!((shed.lies(&one).await, shed.lies(&other).await), ((8, 0), (5, 0)));
        // 90 000 over 8 × 100 000 and 5 × 200 000: 40 000 and 50 000.
        let costs = shed.stock.movements(&shed.scope, None, None, 10).await.unwrap();
        let cost = |product| {
            costs
                .iter()
                .find(|one| one.product == product)
                .unwrap()
                .unit_cost
                .unwrap()
                .tiyn()
        };
        assert_eq!((cost(one.clone()), cost(other)), (105_000, 210_000));
        let again = shed
            .stock
            .receive_purchase(
                &shed.scope,
                &draft.id,
                Receipt {
                    came: &came,
                    ..Receipt::default()
                },
            )
            .await;
        assert!(matches!(
            again,
            Err(StockError::PurchaseNotNow { state: "received" })
        ));
        assert_eq!(shed.lies(&one).await, (8, 0));
    }
}

#[tokio::test]
async fn what_is_on_its_way_is_not_ordered_again_and_a_skipped_product_is_not_due() {
    for test in engines().await {
        let shed = Shed::open(test);
        let product = shed.product("A").await;
        shed.keep(true).await;
        shed.follow(&shed.id(), OrderWish::Seen, &product, 1).await;
        let supply = Supply {
            rate_milli: Some(3_000),
            pack: 5,
            ..Supply::blank(product.clone())
        };
        shed.stock.save_supply(&shed.scope, &supply).await.unwrap();
        let due = |view: &str| ReorderFilter {
            view: view.to_owned(),
            ..ReorderFilter::default()
        };
        let list = shed.stock.reorder(&shed.scope, &due("due")).await.unwrap();
        let order = list.rows[0].order();
        assert!(order >= 63 && order % 5 == 0, "{order}");
        let wanted = [Wanted {
            product: product.clone(),
            quantity: order,
            unit_cost: None,
        }];
        let draft = shed
            .stock
            .draft_purchase(&shed.scope, None, &wanted)
            .await
            .unwrap();
        shed.stock
            .advance_purchase(&shed.scope, &draft.id, PurchaseState::Sent)
            .await
            .unwrap();
        assert!(
            shed.stock
                .reorder(&shed.scope, &due("due"))
                .await
                .unwrap()
                .rows
                .is_empty()
        );
        shed.stock
            .advance_purchase(&shed.scope, &draft.id, PurchaseState::Cancelled)
            .await
            .unwrap();
        assert_eq!(
            shed.stock
                .reorder(&shed.scope, &due("due"))
                .await
                .unwrap()
                .rows
                .len(),
            1
        );
        let skipped = Supply {
            skip_until: Some(shed.now().plus(Span::from_days(3))),
            ..supply
        };
        shed.stock.save_supply(&shed.scope, &skipped).await.unwrap();
        assert!(
            shed.stock
                .reorder(&shed.scope, &due("due"))
                .await
                .unwrap()
                .rows
                .is_empty()
        );
        shed.clock.push(Span::from_days(4));
        assert_eq!(
            shed.stock
                .reorder(&shed.scope, &due("due"))
                .await
                .unwrap()
                .rows
                .len(),
            1
        );
        let bad = Supply { pack: 0, ..skipped };
        let refused = shed.stock.save_supply(&shed.scope, &bad).await.unwrap_err();
        assert_eq!(refused.public()[0].code, "stock-setting");
    }
}
