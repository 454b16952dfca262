//! The day's step that asks buyers about sizes: each once, their answers are taken, nobody waits for the buyers of others.

use crate::{
    fit_day::{of, start, until_done, view},
    fit_shop::{FitShop, members},
};
use async_trait::async_trait;
use sauda_accounts::Scope;
use sauda_kernel::{OrderId, ShopId, Span, Timestamp};
use sauda_orders::{
    DayRun, DayView,
    engine::DayKeeper,
    fit::{Answer, AskOutcome, Askers, LineFit, Said},
    model::{DayState, DayStep, ItemState, StepState},
};
use sauda_store::sql;
use sauda_testkit::{TestDb, engines, sqlite};
use serde_json::json;
use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, Ordering},
};

/// Buyers who answer what they were told to answer.
#[derive(Default)]
struct Buyers {
    asked: Mutex<Vec<(OrderId, String)>>,
    answers: Mutex<Vec<Answer>>,
    silent: Mutex<Vec<OrderId>>,
    /// What comes of asking the others.
    night: AtomicBool,
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
        Ok(if self.night.load(Ordering::Relaxed) {
            AskOutcome::Later
        } else {
            AskOutcome::Asked
        })
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

/// A shop whose buyers of some orders are asked.
struct Asked {
    shop: FitShop,
    buyers: Arc<Buyers>,
    codes: Vec<String>,
    ids: Vec<OrderId>,
}

impl Asked {
    async fn open(test: TestDb, many: usize) -> Self {
        let mut shop = Box::pin(FitShop::open(test)).await;
        let buyers = Arc::new(Buyers::default());
        shop.world.orders = shop.world.orders.clone().with_askers(buyers.clone());
        let (mut codes, mut ids) = (Vec::new(), Vec::new());
        for _ in 0..many {
            let code = shop.order().await;
            ids.push(shop.world.view(&code).await.order.id);
            codes.push(code);
        }
        Self {
            shop,
            buyers,
            codes,
            ids,
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
async fn buyers_are_asked_once_and_their_answers_are_taken() {
    for test in engines().await {
        let Asked {
            shop,
            buyers,
            codes,
            ids,
        } = Asked::open(test, 5).await;
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
        let Asked {
            shop,
            buyers,
            codes,
            ids,
        } = Asked::open(test, 4).await;
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
        let Asked {
            shop,
            buyers,
            codes,
            ids,
        } = Asked::open(test, 4).await;
        let now = shop.world.sim().now();
        let mut answers = Vec::new();
        for (order, said) in
            ids.iter()
                .cloned()
                .zip([Said::Refuse, Said::Unclear, Said::Steps(1), Said::Keep])
        {
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

#[tokio::test]
async fn a_question_that_leaves_in_the_morning_holds_no_order() {
    for test in engines().await {
        let Asked {
            shop,
            buyers,
            codes,
            ids,
        } = Asked::open(test, 2).await;
        buyers.night.store(true, Ordering::Relaxed);
        let keeper = DayKeeper::new(shop.world.orders.clone(), "keeper");
        let began = shop.world.sim().now();
        let run = start(&shop).await;
        let seen = until_done(&shop, &keeper, &run).await;
        assert_eq!((seen.run.state, seen.troubles.len()), (DayState::Done, 0));
        let took = shop.world.sim().now().since(began);
        assert!(
            took < Span::from_mins(10),
            "nobody waited for an answer: {took:?}"
        );
        for code in &codes {
            assert_eq!(shop.world.assemblies(code), 1);
        }
        let asked = i64::try_from(buyers.asked.lock().unwrap().len()).unwrap();
        assert_eq!(seen.run.report.unwrap().asked, asked, "each is asked, once");
        let world = &shop.world;
        let told = world.orders.size_answers(&world.scope, &world.shop, &ids);
        let told = told.await.unwrap();
        assert!(ids.iter().all(|id| told.get(id) == Some(&"later")), "{told:?}");

        // What the buyer says in the morning reaches the order all the same.
        let answer = Answer {
            order: ids[0].clone(),
            said: Said::Keep,
            at: world.sim().now(),
        };
        let taken = world
            .orders
            .tell_answer(&world.scope, &world.shop, &codes[0], &answer);
        assert_eq!(taken.await.unwrap(), sauda_orders::fit::Told::Taken);
        let told = world.orders.size_answers(&world.scope, &world.shop, &ids);
        assert_eq!(told.await.unwrap().get(&ids[0]), Some(&"kept"));
    }
}
