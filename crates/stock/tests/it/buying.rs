//! How goods are bought: the cheapest batch, prices by quantity, a promise by deliveries, a budget.

use crate::shed::Shed;
use sauda_kernel::{Failure as _, Money, ProductId};
use sauda_stock::{
    Promise, ReorderFilter, ReorderRow, Settings, Supply, Wanted,
    reorder::{BatchReason, Break},
};
use sauda_testkit::engines;

const fn tenge(sum: i64) -> Money {
    Money::from_tiyn(sum * 100)
}

/// Two pieces a day, at a thousand tenge by the catalogue.
async fn selling(shed: &Shed, sku: &str, breaks: &[(i64, i64)]) -> ProductId {
    let product = shed.product(sku).await;
    let supply = Supply {
        rate_milli: Some(2_000),
        breaks: breaks
            .iter()
            .map(|(from, price)| Break {
                from: *from,
                price: tenge(*price),
            })
            .collect(),
        ..Supply::blank(product.clone())
    };
    shed.stock.save_supply(&shed.scope, &supply).await.unwrap();
    product
}

async fn advice(shed: &Shed, product: &ProductId) -> ReorderRow {
    shed.stock.advice(&shed.scope, product).await.unwrap()
}

async fn set(shed: &Shed, settings: Settings) -> Result<Settings, Vec<&'static str>> {
    let told = shed.stock.save_settings(&shed.scope, &settings, true).await;
    told.map_err(|error| error.public().iter().map(|one| one.code).collect())
}

#[tokio::test]
async fn the_cheapest_batch_is_ordered_at_the_price_of_its_quantity() {
    for test in engines().await {
        let shed = Shed::open(test);
        let plain = selling(&shed, "A", &[]).await;
        let stepped = selling(&shed, "B", &[(50, 990), (200, 900)]).await;
        let by_review = advice(&shed, &plain).await.plan.unwrap();
        assert_eq!(by_review.batch_reason, BatchReason::Review);
        let costs = Settings {
            order_cost: Some(tenge(4_000)),
            holding_bp: Some(2_000),
            ..Settings::default()
        };
        set(&shed, costs.clone()).await.unwrap();
        assert_eq!(
            shed.stock.settings(&shed.scope).await.unwrap().holding_bp,
            Some(2_000)
        );
        // The root of 2 × 730 × 4 000 / 200 is 170.9.
        let plan = advice(&shed, &plain).await.plan.unwrap();
        assert_eq!((plan.batch_reason, plan.batch), (BatchReason::Cheapest, 171));
        // 730 pieces at 900 save more than larger batches cost.
        let row = advice(&shed, &stepped).await;
        assert_eq!(row.plan.as_ref().unwrap().batch, 200);
        assert_eq!(
            (row.order(), row.cost(), row.each()),
            (200, Some(tenge(180_000)), Some(tenge(900)))
        );
        for (quantity, price) in [(49, 1_000), (199, 990), (200, 900)] {
            let wanted = [Wanted {
                product: stepped.clone(),
                quantity,
                unit_cost: None,
            }];
            let draft = shed
                .stock
                .draft_purchase(&shed.scope, None, &wanted)
                .await
                .unwrap();
            assert_eq!(draft.lines[0].unit_cost, Some(tenge(price)), "{quantity}");
        }
        // What was said stays whole when it is said anew.
        let fewer = Supply {
            breaks: vec![Break {
                from: 10,
                price: tenge(950),
            }],
            ..row.supply
        };
        shed.stock.save_supply(&shed.scope, &fewer).await.unwrap();
        assert_eq!(shed.stock.supply_of(&shed.scope, &stepped).await.unwrap(), fewer);

        for (bad, code) in [
            (
                Settings {
                    holding_bp: None,
                    ..costs.clone()
                },
                "stock-batch-costs",
            ),
            (
                Settings {
                    order_cost: None,
                    ..costs.clone()
                },
                "stock-batch-costs",
            ),
            (
                Settings {
                    order_cost: Some(Money::ZERO),
                    ..costs.clone()
                },
                "stock-order-cost",
            ),
            (
                Settings {
                    holding_bp: Some(100_001),
                    ..costs.clone()
                },
                "stock-holding",
            ),
        ] {
            assert_eq!(set(&shed, bad).await, Err(vec![code]));
        }
        for (steps, code) in [
            (vec![(10, 950), (10, 900)], "stock-break-order"),
            (vec![(0, 950)], "stock-break-from"),
            (vec![(10, 0)], "stock-break-price"),
            ((1..=21).map(|from| (from, 900)).collect(), "stock-breaks-many"),
        ] {
            let steps = steps.into_iter().map(|(from, price)| Break {
                from,
                price: tenge(price),
            });
            let bad = Supply {
                breaks: steps.collect(),
                ..fewer.clone()
            };
            let refused = shed.stock.save_supply(&shed.scope, &bad).await.unwrap_err();
            assert_eq!(refused.public()[0].code, code);
        }
        assert_eq!(shed.stock.supply_of(&shed.scope, &stepped).await.unwrap(), fewer);
    }
}

#[tokio::test]
async fn a_promise_may_be_of_deliveries() {
    for test in engines().await {
        let shed = Shed::open(test);
        let product = selling(&shed, "A", &[]).await;
        let by_pieces = advice(&shed, &product).await.plan.unwrap();
        let wanted = Settings {
            promise: Promise::Cycle,
            fill_bp: 9_700,
            ..Settings::default()
        };
        set(&shed, wanted).await.unwrap();
        let row = advice(&shed, &product).await;
        let by_deliveries = row.plan.unwrap();
        assert_eq!(row.promise, Promise::Cycle);
        assert!(by_deliveries.cycle >= 0.97, "{}", by_deliveries.cycle);
        // Poisson of 42: the 97th of a hundred is 55; a piece less would break the promise.
        assert_eq!(by_deliveries.reorder_point, 55);
        assert!(by_deliveries.reorder_point > by_pieces.reorder_point);
    }
}

#[tokio::test]
async fn a_budget_goes_where_it_saves_most_and_is_never_exceeded() {
    for test in engines().await {
        let shed = Shed::open(test);
        let (dear, cheap) = (
            selling(&shed, "A", &[(1, 3_000)]).await,
            selling(&shed, "B", &[]).await,
        );
        let list = |budget: Option<Money>| {
            let filter = ReorderFilter {
                budget,
                ..ReorderFilter::default()
            };
            let shed = &shed;
            async move { shed.stock.reorder(&shed.scope, &filter).await.unwrap() }
        };
        let free = list(None).await;
        assert_eq!((free.spent, free.rows.len()), (None, 2));
        assert_eq!(free.rows[0].order(), free.rows[0].wanted());
        let enough = list(Some(free.due_cost)).await;
        assert_eq!(enough.spent, Some(free.due_cost));
        let tight = list(Some(tenge(40_000))).await;
        assert_eq!((tight.rows.len(), tight.due_cost), (2, free.due_cost));
        let order = |product: &ProductId| {
            let row = tight.rows.iter().find(|row| row.product.id == *product);
            row.map(|row| (row.order(), row.wanted())).unwrap()
        };
        // Both are worth the same to sell, and one costs a third.
        assert_eq!(order(&cheap).0, 40);
        assert_eq!(order(&dear).0, 0);
        assert!(order(&cheap).1 > 40 && order(&dear).1 > 40);
        assert_eq!(tight.spent, Some(tenge(40_000)));
    }
}
