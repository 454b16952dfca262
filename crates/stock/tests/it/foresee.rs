//! Forecasts: counted at night in parts, once each, gone on with after a death; used by advice while they are fresh.

use crate::shed::Shed;
use sauda_jobs::{Handler, Idle, ScheduleSpec, Worker, WorkerSettings};
use sauda_kernel::{Money, OfferId, ProductId, Span};
use sauda_stock::{
    DemandFrom, ForeseeAllJob, ForeseeJob, OrderGoods, OrderStock, OrderWish, ReorderFilter, Standing,
    StockError, foresee::PriceSaid,
};
use sauda_store::StoreError;
use sauda_testkit::engines;
use std::{collections::BTreeMap, sync::Arc};

fn worker(shed: &Shed) -> Worker {
    let handlers: Vec<Arc<dyn Handler>> = vec![
        Arc::new(ForeseeJob(shed.stock.clone())),
        Arc::new(ForeseeAllJob(shed.stock.clone())),
    ];
    Worker::new(shed.jobs.clone(), handlers, WorkerSettings::default())
}

/// Orders of a product on each of the days, the last of them yesterday; pieces and a price a day.
async fn sold(shed: &Shed, product: &ProductId, days: &[(i64, i64)]) {
    let following = shed.stock.following(&shed.scope).await.unwrap();
    let mut tx = shed.db.write().await.unwrap();
    let many = i64::try_from(days.len()).unwrap();
    for (place, (units, tenge)) in (0_i64..).zip(days) {
        if *units == 0 {
            continue;
        }
        let told = OrderStock {
            order: shed.id(),
            code: format!("{place}"),
            created_at: shed.now().minus(Span::from_days(many - place)),
            wish: OrderWish::Shipped,
            goods: vec![OrderGoods {
                line: 0,
                product: product.clone(),
                quantity: *units,
                unit_price: Some(Money::from_tiyn(tenge * 100)),
            }],
        };
        shed.stock
            .follow(&mut tx, &shed.scope, &following, &told)
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
}

async fn from(shed: &Shed, product: &ProductId) -> DemandFrom {
    shed.stock.advice(&shed.scope, product).await.unwrap().from
}

#[tokio::test]
async fn the_night_counts_every_merchant_and_advice_goes_by_it_until_it_is_old() {
    for test in engines().await {
        let shed = Shed::open(test);
        let product = shed.product("A").await;
        let days: Vec<(i64, i64)> = (0..120)
            .map(|day| (if day % 7 < 2 { 9 } else { 2 }, 5_000))
            .collect();
        sold(&shed, &product, &days).await;
        assert_eq!(from(&shed, &product).await, DemandFrom::Past { days: 120 });
        let before = shed.stock.advice(&shed.scope, &product).await.unwrap();
        shed.jobs
            .declare(&[ScheduleSpec::cron("forecasts", ForeseeAllJob::NAME, "20 3 * * *")])
            .await
            .unwrap();
        shed.clock.push(Span::from_days(1));
        let idle = worker(&shed).run_until_idle().await.unwrap();
        assert_eq!(
            idle,
            Idle {
                done: 2,
                ..Idle::default()
            }
        );
        let run = shed.stock.foresee_run(&shed.scope).await.unwrap().unwrap();
        assert_eq!((run.done, run.total, run.asked_by.as_str()), (1, 1, ""));
        let told = shed.stock.foreseen(&shed.scope, &product).await.unwrap().unwrap();
        assert_eq!(
            (told.mean_milli.len(), told.low.len(), told.counted),
            (90, 90, 121)
        );
        assert_eq!(told.price, PriceSaid::NotEnough("price-stood".to_owned()));
        let advice = shed.stock.advice(&shed.scope, &product).await.unwrap();
        let expected = told.expected_milli(told.first_day, advice.days_ahead);
        let plan = advice.plan.unwrap();
        let milli = sauda_stock::reorder::rounded(plan.daily * 1_000.0);
        assert_eq!(
            milli,
            expected / advice.days_ahead + i64::from(expected % advice.days_ahead * 2 >= advice.days_ahead)
        );
        assert!(plan.reorder_point > 0 && before.plan.unwrap().reorder_point > 0);
        // A rate that somebody told wins; without it an old forecast does not speak.
        let mut supply = shed.stock.supply_of(&shed.scope, &product).await.unwrap();
        supply.rate_milli = Some(7_000);
        shed.stock.save_supply(&shed.scope, &supply).await.unwrap();
        assert_eq!(from(&shed, &product).await, DemandFrom::Told);
        supply.rate_milli = None;
        shed.stock.save_supply(&shed.scope, &supply).await.unwrap();
        shed.clock.push(Span::from_days(3));
        assert!(matches!(
            from(&shed, &product).await,
            DemandFrom::Forecast { is_new: false, .. }
        ));
        shed.clock.push(Span::from_days(1));
        assert!(matches!(from(&shed, &product).await, DemandFrom::Past { .. }));
    }
}

#[tokio::test]
async fn a_counting_that_was_cut_goes_on_where_it_was() {
    for test in engines().await {
        let shed = Shed::open(test);
        for number in 0..230 {
            let product = shed.product(&format!("A{number:03}")).await;
            sold(&shed, &product, &[(1, 900), (2, 900), (1, 900), (1, 900)]).await;
        }
        shed.stock.foresee_now(&shed.scope).await.unwrap();
        // The first part is kept, then the process dies.
        assert_eq!(shed.stock.foresee_once(&shed.scope).await.unwrap(), (100, 230));
        let early = shed.now();
        shed.clock.push(Span::from_mins(5));
        let idle = worker(&shed).run_until_idle().await.unwrap();
        assert_eq!(idle.done, 1);
        let run = shed.stock.foresee_run(&shed.scope).await.unwrap().unwrap();
        assert_eq!(
            (run.done, run.total, run.finished_at),
            (230, 230, Some(shed.now()))
        );
        let list = shed
            .stock
            .reorder(
                &shed.scope,
                &ReorderFilter {
                    view: "all".to_owned(),
                    ..ReorderFilter::default()
                },
            )
            .await
            .unwrap();
        let made = |row: &sauda_stock::ReorderRow| match row.from {
            DemandFrom::Forecast { made_at, .. } => made_at,
            other => panic!("{other:?}"),
        };
        let before = list.rows.iter().filter(|row| made(row) == early).count();
        assert_eq!((before, list.rows.len()), (100, 230));
        // Nothing is left to do.
        assert_eq!(shed.stock.foresee_once(&shed.scope).await.unwrap(), (230, 230));
    }
}

#[tokio::test]
async fn two_processes_count_each_part_once() {
    for test in engines().await {
        let shed = Shed::open(test);
        for number in 0..330 {
            let product = shed.product(&format!("A{number:03}")).await;
            sold(&shed, &product, &[(1, 900), (2, 900), (1, 900)]).await;
        }
        shed.stock.foresee_now(&shed.scope).await.unwrap();
        let all = async || loop {
            let (done, total) = shed.stock.foresee_once(&shed.scope).await.unwrap();
            if done == total {
                break;
            }
        };
        tokio::join!(all(), all());
        let run = shed.stock.foresee_run(&shed.scope).await.unwrap().unwrap();
        assert_eq!(
            (run.done, run.total, run.finished_at),
            (330, 330, Some(shed.now()))
        );
    }
}

#[tokio::test]
async fn days_without_stock_are_no_days_without_demand() {
    for test in engines().await {
        let shed = Shed::open(test);
        let (bare, kept) = (shed.product("BARE").await, shed.product("KEPT").await);
        shed.clock.push(Span::from_days(60));
        shed.keep(true).await;
        // Both sold 3 a day for 40 days, then nothing for 20; one of them because its shelf was empty.
        shed.receive(&kept, 120, "first").await;
        shed.receive(&bare, 500, "second").await;
        for day in 0..60 {
            for product in [&bare, &kept] {
                if day < 40 {
                    let order = shed.id();
                    shed.follow(&order, OrderWish::Shipped, product, 3).await;
                }
            }
            shed.clock.push(Span::from_days(1));
        }
        shed.stock.foresee_now(&shed.scope).await.unwrap();
        worker(&shed).run_until_idle().await.unwrap();
        let told = async |product| shed.stock.foreseen(&shed.scope, product).await.unwrap().unwrap();
        let (bare, kept) = (told(&bare).await, told(&kept).await);
        assert_eq!((bare.sold_out, kept.sold_out), (0, 21));
        let (zeros, empty) = (
            bare.expected_milli(bare.first_day, 28),
            kept.expected_milli(kept.first_day, 28),
        );
        assert!((empty - 84_000).abs() < 6_000, "{empty}");
        assert!(zeros < empty / 2, "{zeros} {empty}");
    }
}

#[tokio::test]
async fn a_price_that_moved_is_read_out_of_orders_and_a_newcomer_learns_from_its_kind() {
    for test in engines().await {
        let shed = Shed::open(test);
        let mut products = Vec::new();
        for number in 0..4 {
            let product = shed.product(&format!("A{number}")).await;
            let days: Vec<(i64, i64)> = (0..160)
                .map(|day| {
                    if day / 16 % 2 == 0 {
                        (2, 10_000)
                    } else {
                        (5, 8_000)
                    }
                })
                .collect();
            sold(&shed, &product, &days).await;
            products.push(product);
        }
        let newcomer = shed.product("NEW").await;
        sold(&shed, &newcomer, &[(1, 10_000)]).await;
        sauda_store::sql!("UPDATE products SET category = 'coats'")
            .run(&shed.db)
            .await
            .unwrap();
        shed.stock.foresee_now(&shed.scope).await.unwrap();
        worker(&shed).run_until_idle().await.unwrap();
        let effects = shed.stock.price_effects(&shed.scope, &products).await.unwrap();
        let effect = effects[&products[0]];
        assert!(effect.elasticity_milli < -2_000, "{effect:?}");
        assert_eq!(
            (effect.lowest.tiyn(), effect.highest.tiyn()),
            (800_000, 1_000_000)
        );
        let [low, middle, high] = effect.factor_milli(Money::from_tiyn(900_000));
        assert!(
            low <= middle && middle <= high && high < 2_000,
            "{low} {middle} {high}"
        );
        let told = shed
            .stock
            .foreseen(&shed.scope, &newcomer)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(told.neighbours, Some(4));
        assert!(told.mean_milli[0] > 1_500, "{:?}", told.mean_milli);
        assert!(matches!(
            from(&shed, &newcomer).await,
            DemandFrom::Forecast { is_new: true, .. }
        ));
    }
}

/// Every offer stood first in every other ten days, the newest ten among them.
struct Tenths;

#[async_trait::async_trait]
impl Standing for Tenths {
    async fn first(
        &self,
        offers: &[OfferId],
        from: i64,
        until: i64,
    ) -> Result<BTreeMap<OfferId, Vec<Option<i64>>>, StoreError> {
        let share = |day: i64| Some(if (until - 1 - day) / 10 % 2 == 0 { 1_000 } else { 0 });
        let days: Vec<Option<i64>> = (from..until).map(share).collect();
        Ok(offers.iter().map(|offer| (offer.clone(), days.clone())).collect())
    }
}

async fn count(
    stock: &sauda_stock::Stock,
    shed: &Shed,
    product: &ProductId,
) -> sauda_stock::foresee::Foreseen {
    stock.foresee_now(&shed.scope).await.unwrap();
    stock.foresee_once(&shed.scope).await.unwrap();
    stock.foreseen(&shed.scope, product).await.unwrap().unwrap()
}

#[tokio::test]
async fn the_place_in_the_card_and_promotions_move_the_forecast() {
    for test in engines().await {
        let shed = Shed::open(test);
        let product = shed.product("A").await;
        shed.shop(&product).await;
        // Twice as much where it stood first; and three times as much on five days of each month.
        let is_promoted = |day: i64| day % 30 >= 25;
        let days: Vec<(i64, i64)> = (0..150)
            .map(|day| {
                let first = (149 - day) / 10 % 2 == 0;
                (
                    if first { 8 } else { 4 } * if is_promoted(day) { 3 } else { 1 },
                    5_000,
                )
            })
            .collect();
        sold(&shed, &product, &days).await;
        let today = sauda_stock::day_of(shed.now());
        let plain = count(&shed.stock, &shed, &product).await;
        assert_eq!((plain.first_place, plain.promotion_milli), (None, None));
        for month in 0..5 {
            let from = today - 150 + month * 30 + 25;
            let of = (month % 2 == 0).then_some(&product);
            shed.stock.promote(&shed.scope, of, from, from + 4).await.unwrap();
        }
        // One that is still to come, of everything.
        shed.stock
            .promote(&shed.scope, None, today + 10, today + 14)
            .await
            .unwrap();
        let stock = shed.stock.clone().with_standing(Arc::new(Tenths));
        let told = count(&stock, &shed, &product).await;
        let found = told.first_place.unwrap();
        assert!((1_600..2_400).contains(&found.factor_milli), "{found:?}");
        assert_eq!(found.share_milli, 1_000);
        let promotion = told.promotion_milli.unwrap();
        assert!((2_000..3_600).contains(&promotion), "{promotion}");
        let mean = |from: usize, to: usize| told.mean_milli[from..to].iter().sum::<i64>() / 5;
        assert!(mean(10, 15) > 2 * mean(0, 5), "{} {}", mean(10, 15), mean(0, 5));
        assert!(
            (6_000..10_500).contains(&mean(0, 5)),
            "as on days that were first: {}",
            mean(0, 5)
        );
        // Taken back, nothing is promoted ahead.
        stock.unpromote(&shed.scope, None, today + 10).await.unwrap();
        let after = count(&stock, &shed, &product).await;
        assert!(after.mean_milli[12] < 3 * after.mean_milli[2] / 2);
        assert_eq!(
            stock.promotions(&shed.scope, Some(&product)).await.unwrap().len(),
            5
        );
        let code = |error: StockError| sauda_kernel::Failure::public(&error)[0].code;
        for (of, from, to, what) in [
            (None, today - 400, today - 390, "stock-promotion-far"),
            (None, today + 90, today + 91, "stock-promotion-far"),
            (Some(&product), today, today - 1, "stock-promotion-span"),
            (Some(&product), today, today + 92, "stock-promotion-span"),
        ] {
            let refused = stock.promote(&shed.scope, of, from, to).await.unwrap_err();
            assert_eq!(code(refused), what);
        }
        assert!(stock.unpromote(&shed.scope, None, today + 10).await.is_err());
    }
}
