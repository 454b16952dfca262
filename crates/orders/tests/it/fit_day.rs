//! The day's steps about sizes: what differs is told, nothing is stopped, a crash repeats nothing, buyers are asked once.

use crate::fit_shop::{FitShop, members};
use async_trait::async_trait;
use sauda_accounts::Scope;
use sauda_kernel::{OrderId, ShopId, Span, Timestamp};
use sauda_orders::{
    DayRun, DayView,
    engine::DayKeeper,
    fit::{Answer, AskOutcome, Askers, LineFit, Said},
    model::{DaySettings, DayState, DayStep, ItemState, StepState},
};
use sauda_store::sql;
use sauda_testkit::{engines, sqlite};
use serde_json::json;
use std::{
    pin::Pin,
    sync::{Arc, Mutex},
    task::{Context, Poll},
};

async fn start(shop: &FitShop) -> DayRun {
    let world = &shop.world;
    world.orders.start_day(&world.scope, &world.shop).await.unwrap()
}

async fn view(shop: &FitShop, run: &DayRun) -> DayView {
    let world = &shop.world;
    world
        .orders
        .day(&world.scope, &world.shop, &run.id, 100)
        .await
        .unwrap()
}

async fn until_done(shop: &FitShop, keeper: &DayKeeper, run: &DayRun) -> DayView {
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

fn of(view: &DayView, step: DayStep) -> (StepState, i64, i64, i64) {
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
async fn no_order_waits_for_a_question_that_nobody_asks() {
    let shop = FitShop::open(sqlite().await).await;
    let (code, world) = (shop.order().await, &shop.world);
    let keeper = DayKeeper::new(world.orders.clone(), "keeper");
    let run = start(&shop).await;
    // Somebody wants the step although there is nobody to ask buyers.
    let repeat = world
        .orders
        .repeat_step(&world.scope, &world.shop, &run.id, DayStep::Confirm);
    repeat.await.unwrap();
    let seen = until_done(&shop, &keeper, &run).await;
    assert_eq!(of(&seen, DayStep::Confirm).0, StepState::Done);
    assert_eq!((seen.run.state, world.assemblies(&code)), (DayState::Done, 1));
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

/// Buyers who answer what they were told to answer.
#[derive(Default)]
struct Buyers {
    asked: Mutex<Vec<(OrderId, String)>>,
    answers: Mutex<Vec<Answer>>,
    silent: Mutex<Vec<OrderId>>,
}

#[async_trait]
impl Askers for Buyers {
    async fn ask(
        &self,
        _: &Scope,
        _: &ShopId,
        order: &OrderId,
        key: &str,
        lines: &[LineFit],
    ) -> Result<AskOutcome, String> {
        assert!(!lines.is_empty());
        if self.silent.lock().unwrap().contains(order) {
            return Ok(AskOutcome::NoPhone);
        }
        self.asked.lock().unwrap().push((order.clone(), key.to_owned()));
        Ok(AskOutcome::Asked)
    }

    async fn answers(&self, _: &Scope, _: &ShopId, orders: &[OrderId]) -> Result<Vec<Answer>, String> {
        let answers = self.answers.lock().unwrap();
        Ok(answers
            .iter()
            .filter(|one| orders.contains(&one.order))
            .cloned()
            .collect())
    }
}

#[tokio::test]
async fn buyers_are_asked_once_and_their_answers_are_taken() {
    for test in engines().await {
        let mut shop = FitShop::open(test).await;
        let buyers = Arc::new(Buyers::default());
        shop.world.orders = shop.world.orders.clone().with_askers(buyers.clone());
        let mut codes = Vec::new();
        for _ in 0..5 {
            codes.push(shop.order().await);
        }
        let mut ids = Vec::new();
        for code in &codes {
            ids.push(shop.world.view(code).await.order.id);
        }
        shop.measure(&codes[0], 168, 64).await;
        let answer = |at: usize, said| Answer {
            order: ids[at].clone(),
            said,
            at: Timestamp::from_micros(1),
        };
        *buyers.answers.lock().unwrap() = vec![
            answer(
                0,
                Said::Take {
                    line: 0,
                    size: "XL".to_owned(),
                },
            ),
            answer(
                1,
                Said::Measures(members(json!({"height_cm": 164, "weight_kg": 56}))),
            ),
            answer(
                2,
                Said::Take {
                    line: 0,
                    size: "синий".to_owned(),
                },
            ),
        ];
        *buyers.silent.lock().unwrap() = vec![ids[3].clone()];
        let keeper = DayKeeper::new(shop.world.orders.clone(), "keeper");
        let run = start(&shop).await;
        let seen = until_done(&shop, &keeper, &run).await;
        assert_eq!(seen.run.state, DayState::Done);
        let mut words: Vec<(String, Option<String>, ItemState)> = seen
            .last
            .iter()
            .filter(|item| item.step == DayStep::Confirm && codes.contains(&item.code))
            .map(|item| (item.code.clone(), item.trouble.clone(), item.state))
            .collect();
        words.sort_by_key(|(code, ..)| codes.iter().position(|known| known == code));
        let words: Vec<_> = words
            .iter()
            .map(|(_, word, state)| (word.as_deref().unwrap(), *state))
            .collect();
        assert_eq!(
            words,
            [
                ("size-changed", ItemState::Done),
                ("size-measured", ItemState::Done),
                ("answer-odd", ItemState::Trouble),
                ("no-phone", ItemState::Left),
                ("no-answer", ItemState::Left),
            ]
        );
        let report = seen.run.report.clone().unwrap();
        let asked = seen
            .last
            .iter()
            .filter(|item| item.step == DayStep::Confirm && item.trouble.as_deref() != Some("no-phone"))
            .count();
        assert!(asked >= 4, "{seen:?}");
        assert_eq!(
            (report.asked, report.confirmed),
            (i64::try_from(asked).unwrap(), 1)
        );
        let world = &shop.world;
        let told = world.orders.size_answers(&world.scope, &world.shop, &ids);
        let told = told.await.unwrap();
        let told: Vec<_> = ids.iter().map(|id| told.get(id).copied()).collect();
        assert_eq!(
            told,
            [
                Some("changed"),
                Some("measured"),
                Some("odd"),
                None,
                Some("silent")
            ]
        );
        let fit = shop.advise(&codes[0]).await;
        assert_eq!((fit.size(), fit.sureness()), (Some("XL"), Some("person")));
        assert_eq!(fit.agreed(), Some("XL"));
        assert_eq!(shop.advise(&codes[1]).await.size(), Some("M"));
        let assembled: Vec<_> = codes.iter().map(|code| shop.world.assemblies(code)).collect();
        assert_eq!(
            assembled,
            [1, 1, 0, 1, 1],
            "nobody's silence stops the day, an odd answer holds its own order"
        );
        let asked = buyers.asked.lock().unwrap().clone();
        let unique: std::collections::BTreeSet<_> = asked.iter().cloned().collect();
        assert_eq!(asked.len(), unique.len(), "nobody is asked twice");
    }
}

/// Turns the day until something holds, with the run as it is then.
async fn until_so(shop: &FitShop, keeper: &DayKeeper, run: &DayRun, holds: impl Fn() -> bool) -> DayView {
    for _ in 0..60 {
        keeper.turn().await.unwrap();
        shop.world.turn().await;
        if holds() {
            return view(shop, run).await;
        }
        shop.world.sim().step(Span::from_secs(5));
    }
    panic!("it never comes so: {:?}", view(shop, run).await);
}

#[tokio::test]
async fn nobody_waits_for_the_buyers_of_others_and_no_order_past_its_time() {
    for test in engines().await {
        let mut shop = FitShop::open(test).await;
        let buyers = Arc::new(Buyers::default());
        shop.world.orders = shop.world.orders.clone().with_askers(buyers.clone());
        let mut codes = Vec::new();
        for _ in 0..4 {
            codes.push(shop.order().await);
        }
        let mut ids = Vec::new();
        for code in &codes {
            ids.push(shop.world.view(code).await.order.id);
        }
        // Nobody can write to the buyer of the last one.
        *buyers.silent.lock().unwrap() = vec![ids[3].clone()];
        let keeper = DayKeeper::new(shop.world.orders.clone(), "keeper");
        let run = start(&shop).await;
        let assembled = || -> Vec<u32> { codes.iter().map(|code| shop.world.assemblies(code)).collect() };
        let seen = until_so(&shop, &keeper, &run, || assembled()[3] == 1).await;
        assert_eq!(assembled(), [0, 0, 0, 1]);
        assert_eq!(seen.run.state, DayState::Running);
        assert_eq!(of(&seen, DayStep::Confirm).0, StepState::Running);

        // One of them is due soon: it goes without an answer, the others wait on.
        let soon = shop.world.sim().now().plus(Span::from_mins(15));
        sql!("UPDATE orders SET due_at = $2 WHERE id = $1")
            .bind(&ids[2])
            .bind(soon)
            .run(shop.world.db())
            .await
            .unwrap();
        until_so(&shop, &keeper, &run, || assembled()[2] == 1).await;
        assert_eq!(assembled(), [0, 0, 1, 1]);

        // An answer lets its order go once nobody else is asked any more: here somebody leaves the step out.
        let (said, at) = (Said::Keep, shop.world.sim().now());
        let order = ids[0].clone();
        *buyers.answers.lock().unwrap() = vec![Answer { order, said, at }];
        keeper.turn().await.unwrap();
        shop.world
            .orders
            .skip_step(&shop.world.scope, &shop.world.shop, &run.id, DayStep::Confirm)
            .await
            .unwrap();
        let seen = until_done(&shop, &keeper, &run).await;
        assert_eq!(assembled(), [1, 1, 1, 1]);
        assert_eq!((seen.run.state, seen.troubles.len()), (DayState::Done, 0));
        let report = seen.run.report.unwrap();
        let asked = i64::try_from(buyers.asked.lock().unwrap().len()).unwrap();
        assert_eq!(
            (report.asked, report.confirmed),
            (asked, 1),
            "nobody is asked twice"
        );
        let answers = shop
            .world
            .orders
            .size_answers(&shop.world.scope, &shop.world.shop, &ids);
        let told = answers.await.unwrap();
        let told: Vec<_> = ids.iter().map(|id| told.get(id).copied()).collect();
        assert_eq!(told, [Some("kept"), Some("silent"), Some("silent"), None]);
    }
}

#[tokio::test]
async fn an_order_whose_buyer_refused_the_size_is_not_accepted_before_a_person_decides() {
    for test in engines().await {
        let mut shop = FitShop::open(test).await;
        let buyers = Arc::new(Buyers::default());
        shop.world.orders = shop.world.orders.clone().with_askers(buyers.clone());
        let mut codes = Vec::new();
        for _ in 0..4 {
            codes.push(shop.order().await);
        }
        let now = shop.world.sim().now();
        let mut answers = Vec::new();
        for (code, said) in codes
            .iter()
            .zip([Said::Refuse, Said::Unclear, Said::Steps(1), Said::Keep])
        {
            let order = shop.world.view(code).await.order.id;
            answers.push(Answer { order, said, at: now });
        }
        *buyers.answers.lock().unwrap() = answers;
        let keeper = DayKeeper::new(shop.world.orders.clone(), "keeper");
        let run = start(&shop).await;
        let seen = until_done(&shop, &keeper, &run).await;
        let mut troubles: Vec<_> = seen
            .troubles
            .iter()
            .map(|item| {
                let word = item.trouble.as_deref().unwrap_or_default();
                let text = item.trouble_text.as_deref().unwrap_or_default();
                (codes.iter().position(|code| *code == item.code), word, text)
            })
            .collect();
        troubles.sort_unstable();
        assert_eq!(
            troubles,
            [
                (Some(0), "buyer-refused", ""),
                (Some(1), "buyer-unclear", ""),
                (Some(2), "buyer-steps", "+1"),
            ]
        );
        // Rows of orders say the same; a kept size is nothing to look at.
        let mut ids = Vec::new();
        for code in &codes {
            ids.push(shop.world.view(code).await.order.id);
        }
        let world = &shop.world;
        let told = world.orders.size_answers(&world.scope, &world.shop, &ids);
        let told = told.await.unwrap();
        let told: Vec<_> = ids.iter().map(|id| told.get(id).copied()).collect();
        assert_eq!(told, [Some("refused"), Some("odd"), Some("other"), Some("kept")]);
        assert!(seen.remarks.is_empty(), "{:?}", seen.remarks);
        let assembled =
            |shop: &FitShop| -> Vec<u32> { codes.iter().map(|code| shop.world.assemblies(code)).collect() };
        assert_eq!(assembled(&shop), [0, 0, 0, 1]);

        // Repeated, the step hears the same answer and changes nothing; a size that a person chose lets the order go.
        let orders = &shop.world.orders;
        orders
            .correct(&shop.world.scope, &shop.world.shop, &codes[0], 0, "L", "")
            .await
            .unwrap();
        orders
            .repeat_step(&shop.world.scope, &shop.world.shop, &run.id, DayStep::Confirm)
            .await
            .unwrap();
        let seen = until_done(&shop, &keeper, &run).await;
        assert_eq!(seen.troubles.len(), 2);
        assert_eq!(assembled(&shop), [1, 0, 0, 1]);
    }
}

#[tokio::test]
async fn a_buyer_who_keeps_the_bought_size_takes_back_what_was_agreed() {
    let shop = FitShop::open(sqlite().await).await;
    let (code, world) = (shop.order().await, &shop.world);
    let chosen = world
        .orders
        .correct(&world.scope, &world.shop, &code, 0, "XL", "носит свободно")
        .await
        .unwrap();
    assert_eq!(chosen[0].agreed(), Some("XL"));
    let answer = Answer {
        order: world.view(&code).await.order.id,
        said: Said::Keep,
        at: world.sim().now(),
    };
    let told = world
        .orders
        .tell_answer(&world.scope, &world.shop, &code, &answer)
        .await
        .unwrap();
    assert_eq!(told, sauda_orders::fit::Told::Taken);
    let fit = shop.advise(&code).await;
    assert_eq!((fit.agreed(), fit.size()), (None, Some("M")));
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
            "INSERT INTO orders SELECT $1, merchant_id, shop_id, $2, market_id, tab, status, 'new', $3, due_at, total, created_at, town, buyer, $4, document, fold, $3, NULL, 0, way, $3 FROM orders WHERE code = $5"
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
