//! The day's step about sizes: what differs is told, nothing is stopped, a crash repeats nothing.

use crate::fit_shop::FitShop;
use sauda_kernel::{OrderId, Span};
use sauda_orders::{
    DayRun, DayView,
    engine::DayKeeper,
    model::{DaySettings, DayState, DayStep, StepState},
};
use sauda_store::sql;
use sauda_testkit::{engines, sqlite};
use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

pub async fn start(shop: &FitShop) -> DayRun {
    let world = &shop.world;
    world.orders.start_day(&world.scope, &world.shop).await.unwrap()
}

pub async fn view(shop: &FitShop, run: &DayRun) -> DayView {
    let world = &shop.world;
    world
        .orders
        .day(&world.scope, &world.shop, &run.id, 100)
        .await
        .unwrap()
}

pub async fn until_done(shop: &FitShop, keeper: &DayKeeper, run: &DayRun) -> DayView {
    // Ten minutes of silence pass quickly; the patience with the marketplace is two minutes.
    let pace = Span::from_secs(20);
    for _ in 0..600 {
        keeper.turn().await.unwrap();
        let seen = view(shop, run).await;
        if seen.run.state != DayState::Running {
            return seen;
        }
        shop.world.turn().await;
        shop.world.sim().step(pace);
    }
    panic!("the run goes on for ever: {:?}", view(shop, run).await);
}

pub fn of(view: &DayView, step: DayStep) -> (StepState, i64, i64, i64) {
    let (state, counts) = view
        .steps
        .iter()
        .find(|(known, _)| known.step == step)
        .map(|(known, counts)| (known.state, *counts))
        .unwrap();
    (state, counts.done, counts.left, counts.trouble)
}

#[tokio::test]
async fn another_size_than_the_bought_one_is_told_and_stops_nothing() {
    for test in engines().await {
        let shop = FitShop::open(test).await;
        let (small, right, silent) = (shop.order().await, shop.order().await, shop.order().await);
        shop.measure(&small, 168, 64).await;
        shop.measure(&right, 164, 56).await;
        let keeper = DayKeeper::new(shop.world.orders.clone(), "keeper");
        let run = start(&shop).await;
        let seen = until_done(&shop, &keeper, &run).await;
        assert_eq!((seen.run.state, seen.troubles.len()), (DayState::Done, 0));
        let remarks: Vec<_> = seen
            .remarks
            .iter()
            .map(|item| {
                (
                    item.code.as_str(),
                    item.trouble.as_deref(),
                    item.trouble_text.as_deref(),
                )
            })
            .collect();
        assert_eq!(remarks, [(small.as_str(), Some("size-differs"), Some("M → L"))]);
        let report = seen.run.report.clone().unwrap();
        assert_eq!((report.advised, report.size_remarks), (2, 1));
        assert!(report.size_no_data >= 1, "{silent} has no measures: {report:?}");
        assert_eq!(
            of(&seen, DayStep::Confirm).0,
            StepState::Skipped,
            "nobody is there to ask"
        );
        assert_eq!(report.troubled, 0);
        for code in [&small, &right, &silent] {
            assert_eq!(shop.world.assemblies(code), 1);
        }
    }
}

#[tokio::test]
async fn the_step_can_be_left_out_and_done_again() {
    let shop = FitShop::open(sqlite().await).await;
    let code = shop.order().await;
    let world = &shop.world;
    let settings = DaySettings {
        skips: vec![DayStep::Sizes, DayStep::Accept, DayStep::Assemble],
        ..DaySettings::default()
    };
    let put = world
        .orders
        .put_day_settings(&world.scope, &world.shop, &settings);
    put.await.unwrap();
    let keeper = DayKeeper::new(world.orders.clone(), "keeper");
    let before = shop.kept().await;
    let run = start(&shop).await;
    let seen = until_done(&shop, &keeper, &run).await;
    assert_eq!(of(&seen, DayStep::Sizes), (StepState::Skipped, 0, 0, 0));
    assert_eq!(shop.kept().await, before);
    shop.measure(&code, 168, 64).await;
    for (round, (height, weight, remarks)) in [(168, 64, 1), (164, 56, 0)].into_iter().enumerate() {
        shop.measure(&code, height, weight).await;
        let repeat = world
            .orders
            .repeat_step(&world.scope, &world.shop, &run.id, DayStep::Sizes);
        repeat.await.unwrap();
        let seen = until_done(&shop, &keeper, &run).await;
        assert_eq!(seen.remarks.len(), remarks, "round {round}");
    }
}

/// A future that dies after so many steps.
struct Dying<F> {
    inner: Pin<Box<F>>,
    left: usize,
}

impl<F: Future> Future for Dying<F> {
    type Output = Option<F::Output>;
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        self.left -= 1;
        self.inner.as_mut().poll(context).map(Some)
    }
}

#[tokio::test]
async fn a_keeper_that_dies_anywhere_in_the_step_advises_each_order_once() {
    let shop = FitShop::open(sqlite().await).await;
    let mut codes = Vec::new();
    for _ in 0..5 {
        codes.push(shop.order().await);
    }
    let world = &shop.world;
    let settings = DaySettings {
        skips: vec![
            DayStep::Fetch,
            DayStep::Accept,
            DayStep::Assemble,
            DayStep::Waybills,
            DayStep::Papers,
        ],
        ..DaySettings::default()
    };
    let put = world
        .orders
        .put_day_settings(&world.scope, &world.shop, &settings);
    put.await.unwrap();
    let mut before = None;
    for left in [8, 14, 20, 26, 32, 40, 50] {
        let run = start(&shop).await;
        let first = DayKeeper::new(world.orders.clone(), "first");
        Dying {
            inner: Box::pin(first.turn()),
            left,
        }
        .await;
        world.sim().step(Span::from_mins(1));
        let second = DayKeeper::new(world.orders.clone(), "second");
        let seen = until_done(&shop, &second, &run).await;
        let (state, done, all_left, trouble) = of(&seen, DayStep::Sizes);
        assert_eq!((state, trouble), (StepState::Done, 0));
        assert_eq!(
            *before.get_or_insert(done + all_left),
            done + all_left,
            "died after {left}"
        );
        assert_eq!(
            shop.kept().await,
            done + seen.run.report.unwrap().size_no_data,
            "died after {left}"
        );
    }
    assert!(before.is_some_and(|many| many >= 5));
}

/// Orders of a buyer who said the measures, written straight into the tables.
async fn many(shop: &FitShop, count: usize) {
    use sauda_kernel::{Clock as _, Id, SystemIds};
    let code = shop.order().await;
    shop.measure(&code, 168, 64).await;
    let world = &shop.world;
    let clock = crate::desk::WorldTime(Arc::clone(world.sim()));
    let now = clock.now();
    let phone = world.view(&code).await.order.seen.phone;
    let mut tx = world.db().write().await.unwrap();
    for number in 0..count {
        let id: OrderId = Id::new(&clock, &SystemIds);
        sql!(
            "INSERT INTO orders (id, merchant_id, shop_id, code, market_id, tab, status, stage, stage_since, due_at, total, created_at, town, buyer, phone, document, fold, read_at, way, ended_at) \
             SELECT $1, merchant_id, shop_id, $2, market_id, tab, status, 'new', $3, due_at, total, created_at, town, buyer, $4, document, fold, $3, way, $3 FROM orders WHERE code = $5"
        )
        .bind(&id)
        .bind(format!("many-{number}"))
        .bind(now)
        .bind(&phone)
        .bind(&code)
        .run(&mut tx)
        .await
        .unwrap();
        sql!(
            "INSERT INTO order_lines (order_id, line, market_id, sku, card, name, quantity, price, total, offer_id, grams, imei) SELECT $1, line, market_id, sku, card, name, quantity, price, total, offer_id, grams, imei FROM order_lines WHERE order_id = (SELECT id FROM orders WHERE code = $2)"
        )
        .bind(&id)
        .bind(&code)
        .run(&mut tx)
        .await
        .unwrap();
    }
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn many_orders_are_advised_in_one_go_and_only_once() {
    let shop = FitShop::open(sqlite().await).await;
    many(&shop, 1_200).await;
    let world = &shop.world;
    let settings = DaySettings {
        skips: vec![
            DayStep::Fetch,
            DayStep::Accept,
            DayStep::Assemble,
            DayStep::Waybills,
            DayStep::Papers,
            DayStep::Statuses,
        ],
        ..DaySettings::default()
    };
    let put = world
        .orders
        .put_day_settings(&world.scope, &world.shop, &settings);
    put.await.unwrap();
    let keeper = DayKeeper::new(world.orders.clone(), "keeper");
    let mut kept = Vec::new();
    for _ in 0..2 {
        let run = start(&shop).await;
        keeper.turn().await.unwrap();
        let seen = view(&shop, &run).await;
        assert_eq!(seen.run.state, DayState::Done);
        let (_, done, left, trouble) = of(&seen, DayStep::Sizes);
        assert!(done + left >= 1_201 && trouble == 0, "{seen:?}");
        kept.push(shop.kept().await);
    }
    assert_eq!(kept[0], kept[1], "nothing new was said the second time");
}
