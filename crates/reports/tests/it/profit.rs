//! Profit by the day and the merchant, costs by the day pieces left, turnover of a period.

use crate::desk::Desk;
use sauda_accounts::Scope;
use sauda_economics::landed::SpreadBy;
use sauda_economics::money::NewTaxpayer;
use sauda_economics::rates::{Day, Regime};
use sauda_economics::tax::Period;
use sauda_kernel::{Money, ProductId, ShopId, Span, Tenge};
use sauda_reports::{Asked, GroupBy, Profit, ReportsError};
use sauda_stock::{
    BatchCost, CostKind, Costing, PurchaseState, Receipt, Received, Settings, Supplier, Wanted,
};
use sauda_testkit::engines;

fn asked(desk: &Desk, days_back: i64, by: GroupBy) -> Asked {
    let now = desk.now();
    Asked {
        shops: Vec::new(),
        from: Day::of(now.plus(Span::from_days(-days_back))),
        to: Day::of(now),
        by,
    }
}

async fn profit(desk: &Desk, by: GroupBy) -> Profit {
    desk.reports
        .profit(&desk.scope, &asked(desk, 30, by))
        .await
        .unwrap()
}

#[tokio::test]
async fn what_ended_in_the_span_is_counted_once_for_its_merchant_alone() {
    for test in engines().await {
        let desk = Desk::open(test);
        let shop = desk.shop(&desk.scope, "aru").await;
        let other = Scope::system(desk.id(), "other");
        let theirs = desk.shop(&other, "sulu").await;
        desk.product("A", Some(3_000)).await;
        let own = (&desk.scope, &shop);
        desk.sold(own, "1", "done", ("A", 2, 10_000)).await;
        desk.clock.push(Span::from_days(2));
        desk.sold(own, "2", "done", ("B", 1, 5_000)).await;
        desk.sold(own, "3", "returned", ("A", 1, 5_000)).await;
        desk.sold((&other, &theirs), "4", "done", ("A", 1, 900_000)).await;

        let by_day = profit(&desk, GroupBy::Day).await;
        let tenge = |sum: Money| sum.tenge_down().get();
        assert_eq!((by_day.orders, by_day.groups.len()), (3, 2));
        let total = &by_day.total;
        assert_eq!(
            (tenge(total.revenue), tenge(total.returned), tenge(total.purchase)),
            (15_000, 5_000, 6_000)
        );
        assert_eq!(
            (tenge(total.without_cost), by_day.missing[0].sku.as_str()),
            (5_000, "B")
        );
        // What the sales cost is what they brought, less what remains and what the state takes; goods without a cost are told apart.
        let period = Period::half_year_of(Day::of(desk.now()));
        let cost = desk.reports.expenses(&desk.scope, period).await.unwrap().unwrap();
        let known = total.revenue.tiyn() - total.without_cost.tiyn();
        let taken = total.tax.tiyn() + total.vat.tiyn() + total.profit.tiyn();
        assert_eq!(
            (cost.sum.tiyn(), cost.without_cost),
            (known - taken, total.without_cost)
        );
        let years_ago = Period::parse("2024-H1").unwrap();
        assert_eq!(desk.reports.expenses(&desk.scope, years_ago).await.unwrap(), None);
        let today = asked(&desk, 0, GroupBy::Order);
        let last = desk.reports.profit(&desk.scope, &today).await.unwrap();
        assert_eq!(tenge(last.total.revenue), 5_000);
        // Another merchant's shop is not shown by asking for it.
        let stolen = Asked {
            shops: vec![theirs],
            ..asked(&desk, 30, GroupBy::Shop)
        };
        assert_eq!(desk.reports.profit(&desk.scope, &stolen).await.unwrap().orders, 0);
        let long = desk
            .reports
            .profit(&desk.scope, &asked(&desk, 371, GroupBy::Day))
            .await;
        assert!(matches!(long, Err(ReportsError::Span { .. })), "{long:?}");
    }
}

#[tokio::test]
async fn turnover_of_a_period_is_what_buyers_kept_and_the_year_before_it_apart() {
    for test in engines().await {
        let desk = Desk::open(test);
        let shop = desk.shop(&desk.scope, "aru").await;
        let own = (&desk.scope, &shop);
        let before = Day::of(desk.now());
        desk.sold(own, "1", "done", ("A", 1, 1_000)).await;
        desk.sold(own, "2", "returned", ("A", 1, 500)).await;
        let until_july = (1..=365).find(|days| {
            let day = Day::of(desk.now().plus(Span::from_days(*days)));
            day.year() == before.year() && day.half() != before.half()
        });
        let period = Period::half_year_of(Day::of(desk.now()));
        let told = desk.reports.turnover(&desk.scope, period).await.unwrap();
        assert_eq!((told.total, told.before), (Tenge(1_000).money(), Money::ZERO));
        if let Some(days) = until_july {
            desk.clock.push(Span::from_days(days));
            desk.sold(own, "3", "done", ("A", 1, 70)).await;
            let period = Period::half_year_of(Day::of(desk.now()));
            let told = desk.reports.turnover(&desk.scope, period).await.unwrap();
            assert_eq!(
                (told.total, told.before),
                (Tenge(70).money(), Tenge(1_000).money())
            );
        }
    }
}

/// A purchase of pieces at a price, with customs of 90 tenge for all, received now.
async fn receive(desk: &Desk, supplier: Option<&Supplier>, product: &ProductId, pieces: i64, tenge: i64) {
    let (stock, scope) = (&desk.stock, &desk.scope);
    let wanted = [Wanted {
        product: product.clone(),
        quantity: pieces,
        unit_cost: Some(Tenge(tenge).money()),
    }];
    let supplier = supplier.map(|one| one.id.clone());
    let draft = stock.draft_purchase(scope, supplier, &wanted).await.unwrap();
    stock
        .advance_purchase(scope, &draft.id, PurchaseState::Sent)
        .await
        .unwrap();
    let came = [Received {
        product: product.clone(),
        quantity: pieces,
        unit_cost: None,
        price: None,
    }];
    let customs = [BatchCost {
        kind: CostKind::Customs,
        sum: Tenge(90).money(),
        by: SpreadBy::Quantity,
        vat_bp: 0,
    }];
    stock
        .receive_purchase(
            scope,
            &draft.id,
            Receipt {
                came: &came,
                costs: &customs,
                rate: None,
            },
        )
        .await
        .unwrap();
}

async fn keeps(desk: &Desk, costing: Costing) {
    let wanted = Settings {
        costing,
        ..Settings::default()
    };
    desk.stock
        .save_settings(&desk.scope, &wanted, true)
        .await
        .unwrap();
}

async fn sells(desk: &Desk, shop: &ShopId, code: &str, product: &ProductId, quantity: i64) {
    let line = ("A", quantity, 10_000 * quantity);
    let order = desk.sold((&desk.scope, shop), code, "done", line).await;
    desk.ships(&order, code, product, quantity).await;
}

#[tokio::test]
async fn a_sale_costs_what_its_pieces_had_cost_when_they_left() {
    for test in engines().await {
        let desk = Desk::open(test);
        let shop = desk.shop(&desk.scope, "aru").await;
        let product = desk.product("A", Some(9_999)).await;
        keeps(&desk, Costing::Average).await;
        receive(&desk, None, &product, 10, 1_000).await;
        desk.clock.push(Span::from_days(1));
        sells(&desk, &shop, "1", &product, 4).await;
        desk.clock.push(Span::from_days(1));
        receive(&desk, None, &product, 10, 2_000).await;
        desk.clock.push(Span::from_days(1));
        sells(&desk, &shop, "2", &product, 8).await;
        // The catalogue's cost of later days changes nothing.
        desk.recost(&product, 1).await;
        let purchase = async || {
            let told = profit(&desk, GroupBy::Order).await;
            let mut costs: Vec<(String, i64)> = told
                .groups
                .iter()
                .map(|group| (group.key.clone(), group.sums.purchase.tiyn()))
                .collect();
            costs.sort();
            costs.into_iter().map(|(_, tiyn)| tiyn).collect::<Vec<_>>()
        };
        // 4 of 10 for 10 090; then 6 054 + 20 090 for 16, of which 8.
        assert_eq!(purchase().await, [403_600, 1_307_200]);
        keeps(&desk, Costing::Fifo).await;
        // 6 of the first batch for 6 054, 2 of the second for 4 018.
        assert_eq!(purchase().await, [403_600, 605_400 + 401_800]);
        keeps(&desk, Costing::Catalogue).await;
        assert_eq!(purchase().await, [400, 800]);
    }
}

#[tokio::test]
async fn a_payer_sets_off_the_tax_inside_the_purchase_and_others_do_not() {
    for test in engines().await {
        let desk = Desk::open(test);
        let shop = desk.shop(&desk.scope, "aru").await;
        let product = desk.product("A", None).await;
        keeps(&desk, Costing::Fifo).await;
        let supplier = Supplier {
            id: desk.id(),
            name: "Завод".to_owned(),
            phone: String::new(),
            lead_days: 5,
            lead_spread_tenths: 0,
            weekdays: 127,
            days_off: Vec::new(),
            email: String::new(),
            vat_bp: 1_600,
            is_gone: false,
        };
        let supplier = desk
            .stock
            .save_supplier(&desk.scope, None, &supplier)
            .await
            .unwrap();
        receive(&desk, Some(&supplier), &product, 10, 1_160).await;
        sells(&desk, &shop, "1", &product, 1).await;
        let before = profit(&desk, GroupBy::Day).await.total;
        assert_eq!((before.vat, before.vat_in_purchase), (Money::ZERO, Money::ZERO));
        desk.money
            .put_taxpayer(
                &desk.scope,
                NewTaxpayer {
                    is_vat_payer: true,
                    ..NewTaxpayer::of(Regime::Llp)
                },
            )
            .await
            .unwrap();
        let told = profit(&desk, GroupBy::Day).await.total;
        // 16 % inside of 10 000 and of 1 160; customs carry none.
        assert_eq!(
            (told.vat_in_price.tiyn(), told.vat_in_purchase.tiyn()),
            (137_931, 16_000)
        );
        assert!(told.vat_in_fees() > Money::ZERO);
        let set_off = told.vat_in_purchase.tiyn() + told.vat_in_fees().tiyn();
        assert_eq!(told.vat.tiyn(), told.vat_in_price.tiyn() - set_off);
    }
}
