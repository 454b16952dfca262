//! Orders to suppliers that are paid in another currency, and the tax inside bills of a batch; on both engines.

use crate::shed::Shed;
use sauda_economics::{landed::SpreadBy, money::NewRate, money::RateKind, rates::Day};
use sauda_kernel::{Failure as _, Money, ProductId};
use sauda_stock::{
    BatchCost, CostKind, NewLine, NewPaidIn, PaidIn, PurchaseChange, PurchaseState, Receipt, Received, Wanted,
};
use sauda_testkit::engines;

fn wants(product: &ProductId) -> Wanted {
    Wanted {
        product: product.clone(),
        quantity: 10,
        unit_cost: Some(Money::from_tiyn(500_000)),
    }
}

fn paid_in(currency: &str, rate: Option<i64>) -> PurchaseChange {
    PurchaseChange {
        paid_in: Some(Some(NewPaidIn {
            currency: currency.to_owned(),
            rate,
        })),
        ..PurchaseChange::default()
    }
}

fn priced(product: &ProductId, price: i64) -> PurchaseChange {
    PurchaseChange {
        lines: Some(vec![NewLine {
            product: product.clone(),
            quantity: 10,
            unit_cost: None,
            price: Some(price),
        }]),
        ..PurchaseChange::default()
    }
}

#[tokio::test]
async fn prices_in_another_currency_become_tenge_by_the_rate_of_the_order_and_of_the_day_it_came() {
    for test in engines().await {
        let shed = Shed::open(test);
        let (stock, scope) = (&shed.stock, &shed.scope);
        let one = shed.product("A").await;
        let supplier = shed.supplier("Guangzhou").await;
        let draft = stock
            .draft_purchase(scope, Some(supplier.clone()), &[wants(&one)])
            .await
            .unwrap();
        let code = |refused: Result<_, sauda_stock::StockError>| refused.unwrap_err().public()[0].code;
        // Without a rate of one's own the rate is asked for, and nothing is changed.
        let change = |change| stock.change_purchase(scope, &draft.id, change);
        assert_eq!(code(change(paid_in("cny", None)).await), "no-currency-rate");
        assert_eq!(code(change(paid_in("yuan", None)).await), "money-currency");
        assert_eq!(code(change(paid_in("CNY", Some(0))).await), "purchase-rate");
        assert_eq!(code(change(priced(&one, 6_850)).await), "purchase-no-currency");
        assert_eq!(stock.purchase(scope, &draft.id).await.unwrap().paid_in, None);
        shed.money
            .set_rate(
                scope,
                NewRate {
                    kind: RateKind::Currency,
                    subject: "CNY".to_owned(),
                    value: 72_400_000,
                    from: Day::of(shed.now()),
                    source: "bank".to_owned(),
                    note: String::new(),
                },
            )
            .await
            .unwrap();
        let told = change(paid_in("cny", None)).await.unwrap();
        let cny = |rate| {
            Some(PaidIn {
                currency: "CNY".to_owned(),
                rate,
            })
        };
        // What was said in tenge stands until a price is told.
        assert_eq!(told.paid_in, cny(72_400_000));
        assert_eq!(
            (told.lines[0].price, told.lines[0].unit_cost),
            (None, Some(Money::from_tiyn(500_000)))
        );
        let told = change(priced(&one, 6_850)).await.unwrap();
        // 68.50 at 72.4 are 4 959.40.
        let cost = |tiyn| Some(Money::from_tiyn(tiyn));
        assert_eq!(
            (told.lines[0].price, told.lines[0].unit_cost),
            (Some(6_850), cost(495_940))
        );
        let told = change(paid_in("CNY", Some(70_000_000))).await.unwrap();
        assert_eq!(
            (told.lines[0].price, told.lines[0].unit_cost),
            (Some(6_850), cost(479_500))
        );
        stock
            .advance_purchase(scope, &draft.id, PurchaseState::Sent)
            .await
            .unwrap();
        let came = [Received {
            product: one.clone(),
            quantity: 8,
            unit_cost: None,
            price: None,
        }];
        let costs = [BatchCost {
            kind: CostKind::Freight,
            sum: Money::from_tiyn(116_000),
            by: SpreadBy::Quantity,
            vat_bp: 1_600,
        }];
        let receipt = Receipt {
            came: &came,
            costs: &costs,
            rate: Some(73_000_000),
        };
        let done = stock.receive_purchase(scope, &draft.id, receipt).await.unwrap();
        assert_eq!((done.paid_in, done.costs[0].vat_bp), (cny(73_000_000), 1_600));
        // 68.50 at 73 are 5 000.50; eight of them and the freight.
        let line = &done.lines[0];
        assert_eq!((line.price, line.unit_cost), (Some(6_850), cost(500_050)));
        assert_eq!(line.landed, cost(8 * 500_050 + 116_000));
        // The next order to the same supplier begins with its currency, its last price and today's rate.
        let next = stock
            .draft_purchase(
                scope,
                Some(supplier),
                &[Wanted {
                    unit_cost: None,
                    ..wants(&one)
                }],
            )
            .await
            .unwrap();
        assert_eq!(next.paid_in, cny(72_400_000));
        assert_eq!(
            (next.lines[0].price, next.lines[0].unit_cost),
            (Some(6_850), cost(495_940))
        );
        // Back to tenge the price in the currency goes, and what it came to stays.
        let tenge = PurchaseChange {
            paid_in: Some(None),
            ..PurchaseChange::default()
        };
        let told = stock.change_purchase(scope, &next.id, tenge).await.unwrap();
        assert_eq!((told.paid_in, told.lines[0].price), (None, None));
        assert_eq!(told.lines[0].unit_cost, cost(495_940));
    }
}
