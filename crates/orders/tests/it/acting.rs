//! Acting on orders: once, whatever happens, and seen.

use crate::{desk::Cut, world::World};
use sauda_kernel::Span;
use sauda_market::OrderAct;
use sauda_orders::{
    OrdersError,
    engine::Clerk,
    model::{Act, ActKind, CommandState, NotNow, PickState, Stage, View},
};
use sauda_sim::Way;
use sauda_testkit::{engines, sqlite};
use tokio_util::sync::CancellationToken;

const BY_KASPI: Way = Way::Kaspi { express: false };

const ASSEMBLE: Act = Act::Assemble { parcels: 1 };

#[tokio::test]
async fn an_order_goes_from_new_to_handed_over_with_its_waybill() {
    for test in engines().await {
        let world = World::with_key(test).await;
        let order = world.order(BY_KASPI).await;
        let code = order.seen.code.as_str();
        world.ask(code, Act::Accept).await;
        assert_eq!(world.command(code).await, CommandState::Recorded);
        world.turns(2).await;
        assert_eq!(
            (world.command(code).await, world.stage(code).await),
            (CommandState::Done, Stage::Pack)
        );
        world.ask(code, ASSEMBLE).await;
        world.turns(2).await;
        assert_eq!(world.stage(code).await, Stage::HandOver);
        let early = world.orders.waybill(&world.scope, &world.shop, code, None).await;
        world.turns(60).await;
        let (number, pdf) = world
            .orders
            .waybill(&world.scope, &world.shop, code, None)
            .await
            .unwrap();
        assert!(pdf.starts_with(b"%PDF-") && !number.is_empty());
        assert!(matches!(early, Err(OrdersError::NoWaybill { .. })));
        world.sim().step(Span::from_hours(48));
        world.read().await;
        let history = world.history(code).await;
        for word in [
            "ordered",
            "asked-accept",
            "done-accept",
            "asked-assemble",
            "done-assemble",
            "waybill-stored",
            "handed-over",
        ] {
            assert_eq!(
                history.iter().filter(|one| *one == word).count(),
                1,
                "{word}: {history:?}"
            );
        }
        assert_eq!(world.assemblies(code), 1);
        let (_, kept) = world
            .orders
            .waybill(&world.scope, &world.shop, code, None)
            .await
            .unwrap();
        assert_eq!(kept, pdf, "the paper stays when the marketplace has let it go");
    }
}

#[tokio::test]
async fn people_and_processes_at_once_do_it_once() {
    for test in engines().await {
        let world = World::with_key(test).await;
        let order = world.order(BY_KASPI).await;
        let code = order.seen.code.as_str();
        let ask = || world.orders.ask(&world.scope, &world.shop, code, Act::Accept);
        let (one, two) = tokio::join!(ask(), ask());
        assert_eq!(
            usize::from(one.is_ok()) + usize::from(two.is_ok()),
            1,
            "{one:?} {two:?}"
        );
        let refused = [one, two].into_iter().find_map(Result::err).unwrap();
        assert!(
            matches!(
                refused,
                OrdersError::Asked {
                    act: ActKind::Accept,
                    ..
                }
            ),
            "{refused:?}"
        );
        let other = Clerk::new(world.orders.clone(), "two");
        let stop = CancellationToken::new();
        for act in [None, Some(ASSEMBLE)] {
            if let Some(act) = act {
                world.ask(code, act).await;
            }
            for _ in 0..4 {
                let (one, two) = tokio::join!(world.clerk.turn(&stop), other.turn(&stop));
                one.unwrap();
                two.unwrap();
                world.sim().step(Span::from_secs(5));
            }
        }
        assert_eq!(world.stage(code).await, Stage::HandOver);
        let acts: Vec<_> = world
            .desk
            .acts
            .lock()
            .unwrap()
            .iter()
            .map(|(_, act)| act.clone())
            .collect();
        assert_eq!(acts, [OrderAct::Accept, OrderAct::Assemble { parcels: 1 }]);
        let again = world.orders.ask(&world.scope, &world.shop, code, ASSEMBLE).await;
        assert!(matches!(
            again,
            Err(OrdersError::NotNow {
                why: NotNow::Stage(Stage::HandOver),
                ..
            })
        ));
    }
}

#[tokio::test]
async fn a_lost_answer_is_read_back_and_nothing_is_assembled_twice() {
    let world = World::with_key(sqlite().await).await;
    let order = world.order(BY_KASPI).await;
    let code = order.seen.code.as_str();
    world.desk.cut(&[Cut::After]);
    world.ask(code, Act::Accept).await;
    world.turns(3).await;
    assert_eq!(
        (world.command(code).await, world.stage(code).await),
        (CommandState::Done, Stage::Pack)
    );
    world.desk.cut(&[Cut::After]);
    world.ask(code, ASSEMBLE).await;
    world.turns(3).await;
    assert_eq!(
        (world.command(code).await, world.stage(code).await),
        (CommandState::Done, Stage::HandOver)
    );
    assert_eq!(
        (world.assemblies(code), world.desk.acts.lock().unwrap().len()),
        (1, 2)
    );
}

#[tokio::test]
async fn what_never_arrived_is_repeated_or_left_to_people() {
    let world = World::with_key(sqlite().await).await;
    let order = world.order(BY_KASPI).await;
    let code = order.seen.code.as_str();
    // Accepting twice does nothing more: it is sent again by itself.
    world.desk.cut(&[Cut::Before]);
    world.ask(code, Act::Accept).await;
    world.turns(12).await;
    assert_eq!(
        (world.command(code).await, world.stage(code).await),
        (CommandState::Done, Stage::Pack)
    );
    // Assembling twice makes two waybills: nobody repeats it but a person.
    world.desk.cut(&[Cut::Before]);
    world.ask(code, ASSEMBLE).await;
    world.turns(200).await;
    assert_eq!(
        (world.command(code).await, world.assemblies(code)),
        (CommandState::Unseen, 0)
    );
    assert!(world.told().await.contains(&"order-act-unseen".to_owned()));
    world.ask(code, ASSEMBLE).await;
    world.turns(3).await;
    assert_eq!(
        (world.stage(code).await, world.assemblies(code)),
        (Stage::HandOver, 1)
    );
}

#[tokio::test]
async fn a_process_that_dies_while_sending_leaves_nothing_to_chance() {
    let world = World::with_key(sqlite().await).await;
    let order = world.order(BY_KASPI).await;
    let code = order.seen.code.as_str();
    world.ask(code, Act::Accept).await;
    world.turns(2).await;
    world.ask(code, ASSEMBLE).await;
    // The process is gone in the middle of the call: the marketplace has it, the answer is nowhere.
    {
        let stop = CancellationToken::new();
        let turn = world.clerk.turn(&stop);
        let acts = || world.desk.acts.lock().unwrap().len();
        let killed = async {
            while acts() < 2 {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            biased;
            () = killed => {}
            done = turn => panic!("the turn ended before it was cut: {done:?}"),
        }
    }
    assert_eq!(world.command(code).await, CommandState::Sending);
    let other = Clerk::new(world.orders.clone(), "two");
    for _ in 0..80 {
        other.turn(&CancellationToken::new()).await.unwrap();
        world.sim().step(Span::from_secs(5));
    }
    let state = world.command(code).await;
    assert_eq!(
        state == CommandState::Done,
        world.assemblies(code) == 1,
        "{state:?}"
    );
    assert!(world.assemblies(code) <= 1);
    assert_eq!(world.desk.acts.lock().unwrap().len(), 2, "sent once");
}

#[tokio::test]
async fn a_line_that_is_down_keeps_commands_until_it_is_back() {
    let world = World::with_key(sqlite().await).await;
    let order = world.order(BY_KASPI).await;
    let code = order.seen.code.as_str();
    world.desk.cut(&[Cut::Offline; 3]);
    world.ask(code, Act::Accept).await;
    world.turns(2).await;
    assert_eq!(world.command(code).await, CommandState::Recorded);
    world.turns(15).await;
    assert_eq!(
        (world.command(code).await, world.stage(code).await),
        (CommandState::Done, Stage::Pack)
    );
}

#[tokio::test]
async fn a_buyer_at_the_counter_is_handed_the_goods_for_the_code() {
    let world = World::with_key(sqlite().await).await;
    let order = world.order(Way::Pickup).await;
    let code = order.seen.code.as_str();
    world.ask(code, Act::Accept).await;
    world.turns(2).await;
    assert!(matches!(world.stage(code).await, Stage::Pickup | Stage::Deliver));
    world.ask(code, Act::SendCode).await;
    world.turns(2).await;
    assert_eq!(world.command(code).await, CommandState::Done);
    let secret = world
        .sim()
        .orders
        .lock()
        .unwrap()
        .find(code)
        .unwrap()
        .1
        .secret
        .clone()
        .unwrap();
    let wrong = if secret == "1111" { "2222" } else { "1111" };
    world
        .ask(
            code,
            Act::Complete {
                code: wrong.to_owned(),
            },
        )
        .await;
    world.turns(2).await;
    assert_eq!(world.command(code).await, CommandState::Refused);
    let last = world.view(code).await.commands.pop().unwrap();
    assert_eq!(last.trouble.as_deref(), Some("wrong_code"));
    world.ask(code, Act::Complete { code: secret }).await;
    world.turns(2).await;
    assert_eq!(world.stage(code).await, Stage::Done);
    assert!(
        world
            .list(View::Done)
            .await
            .iter()
            .any(|one| one.seen.code == code)
    );
}

#[tokio::test]
async fn a_cancellation_needs_a_reason_and_counts() {
    let world = World::with_key(sqlite().await).await;
    let order = world.order(BY_KASPI).await;
    let code = order.seen.code.as_str();
    let cancel = |reason: &str, comment: Option<String>| Act::Cancel {
        reason: reason.to_owned(),
        comment,
    };
    let ask = async |act| world.orders.ask(&world.scope, &world.shop, code, act).await;
    let refused = ask(cancel("bored", None)).await;
    assert!(matches!(
        refused,
        Err(OrdersError::NotNow {
            why: NotNow::Reason,
            ..
        })
    ));
    let refused = ask(cancel("out_of_stock", Some("я".repeat(1_001)))).await;
    assert!(matches!(
        refused,
        Err(OrdersError::NotNow {
            why: NotNow::Comment(1_001),
            ..
        })
    ));
    let before = world
        .orders
        .cancel_share(&world.scope, &world.shop)
        .await
        .unwrap();
    ask(cancel("out_of_stock", Some("нет на полке".to_owned())))
        .await
        .unwrap();
    world.turns(3).await;
    assert_eq!(world.stage(code).await, Stage::Cancelled);
    let after = world
        .orders
        .cancel_share(&world.scope, &world.shop)
        .await
        .unwrap();
    assert_eq!(
        (after.cancelled, after.now),
        (before.cancelled + 1, before.after_one_more)
    );
}

#[tokio::test]
async fn what_was_done_in_the_cabinet_meanwhile_is_not_done_again() {
    let world = World::with_key(sqlite().await).await;
    let order = world.order(BY_KASPI).await;
    let code = order.seen.code.as_str();
    world.ask(code, Act::Accept).await;
    world.turns(2).await;
    // Somebody declares it ready in the cabinet; here it still stands where it was read last.
    let (via, token) = (&sauda_market::Egress::DIRECT, world.token());
    let assemble = OrderAct::Assemble { parcels: 1 };
    sauda_market::OrderDesk::act(
        &*world.desk.kaspi,
        via,
        &token,
        &order.seen.market_id,
        code,
        &assemble,
    )
    .await
    .unwrap();
    assert_eq!(world.stage(code).await, Stage::Pack);
    world.ask(code, ASSEMBLE).await;
    world.turns(2).await;
    assert_eq!(world.command(code).await, CommandState::Done);
    assert_eq!(
        (world.assemblies(code), world.desk.acts.lock().unwrap().len()),
        (1, 1)
    );
}

#[tokio::test]
async fn a_command_that_cannot_be_sent_is_given_up_and_told() {
    let world = World::with_key(sqlite().await).await;
    let order = world.order(BY_KASPI).await;
    let code = order.seen.code.as_str();
    world.desk.cut(&[Cut::Offline; 200]);
    world.ask(code, Act::Accept).await;
    for _ in 0..60 {
        world.turn().await;
        world.sim().step(Span::from_mins(1));
    }
    assert_eq!(world.command(code).await, CommandState::Refused);
    assert!(world.told().await.contains(&"order-act-unsent".to_owned()));
    assert!(world.history(code).await.contains(&"never-sent".to_owned()));
    world.desk.cut(&[]);
    world.ask(code, Act::Accept).await;
    world.turns(3).await;
    assert_eq!(world.stage(code).await, Stage::Pack);
    assert!(
        !world.told().await.contains(&"order-act-unsent".to_owned()),
        "success settles it"
    );
}

#[tokio::test]
async fn an_order_that_went_another_way_ends_what_was_asked() {
    let world = World::with_key(sqlite().await).await;
    let order = world.order(BY_KASPI).await;
    let code = order.seen.code.as_str();
    world.desk.cut(&[Cut::Before]);
    world.ask(code, Act::Accept).await;
    world.turn().await;
    // Nobody accepted it in time: the marketplace cancels it.
    world.sim().step(Span::from_hours(30));
    world.turns(3).await;
    assert_eq!(
        (world.command(code).await, world.stage(code).await),
        (CommandState::Refused, Stage::Cancelled)
    );
    let history = world.history(code).await;
    assert!(
        history.contains(&"came-too-late".to_owned()) && !history.contains(&"done-accept".to_owned()),
        "{history:?}"
    );
}

#[tokio::test]
async fn one_act_at_a_time_and_a_second_waybill_is_stored_too() {
    let world = World::with_key(sqlite().await).await;
    let order = world.order(BY_KASPI).await;
    let code = order.seen.code.as_str();
    world.ask(code, Act::Accept).await;
    let cancel = Act::Cancel {
        reason: "out_of_stock".to_owned(),
        comment: None,
    };
    let beside = world.orders.ask(&world.scope, &world.shop, code, cancel).await;
    assert!(
        matches!(
            beside,
            Err(OrdersError::Asked {
                act: ActKind::Accept,
                ..
            })
        ),
        "{beside:?}"
    );
    world.turns(2).await;
    world.ask(code, ASSEMBLE).await;
    world.turns(60).await;
    assert_eq!(world.view(code).await.waybills.len(), 1);
    // More parcels than thought: somebody declares it ready once more in the cabinet.
    let (via, token) = (&sauda_market::Egress::DIRECT, world.token());
    let again = OrderAct::Assemble { parcels: 2 };
    sauda_market::OrderDesk::act(
        &*world.desk.kaspi,
        via,
        &token,
        &order.seen.market_id,
        code,
        &again,
    )
    .await
    .unwrap();
    world.sim().step(Span::from_mins(5));
    world.read().await;
    world.turns(20).await;
    assert_eq!(
        world.view(code).await.waybills.len(),
        2,
        "the newer paper is fetched"
    );
}

#[tokio::test]
async fn what_many_commands_did_is_read_by_lists() {
    let world = World::with_key(sqlite().await).await;
    let mut codes = Vec::new();
    for _ in 0..30 {
        let uid = &world.sim().world.shops[0].uid;
        codes.push(world.sim().order(uid, None, Some(BY_KASPI)).unwrap());
    }
    world.read().await;
    for act in [Act::Accept, ASSEMBLE] {
        for code in &codes {
            world.ask(code, act.clone()).await;
        }
        let (asked, sent) = (world.sim().now(), world.desk.acts.lock().unwrap().len());
        while world.under_way().await > 0 {
            world.turn().await;
            world.sim().step(Span::from_millis(300));
        }
        assert_eq!(world.desk.acts.lock().unwrap().len(), sent + 30);
        let took = world.sim().now().since(asked);
        assert!(
            took < Span::from_secs(20),
            "thirty acts at four a second took {took:?}"
        );
    }
    for code in &codes {
        assert_eq!(
            (world.stage(code).await, world.assemblies(code)),
            (Stage::HandOver, 1)
        );
    }
}

#[tokio::test]
async fn pieces_are_taken_out_of_a_line_and_the_order_goes_on() {
    for test in engines().await {
        let world = World::with_key(test).await;
        let shop = &world.sim().world.shops[0];
        let skus: Vec<String> = {
            let state = shop.state.read().unwrap();
            let on_sale = state.offers.iter().filter(|offer| offer.on_sale);
            on_sale.map(|offer| offer.sku.clone()).take(2).collect()
        };
        let more = [skus[1].as_str()];
        let code = world
            .sim()
            .order_of(&shop.uid, Some(&skus[0]), Some(BY_KASPI), 3, &more)
            .unwrap();
        world.read().await;
        let lines = world.view(&code).await.lines;
        let sizes: Vec<_> = lines
            .iter()
            .map(|line| (line.sku.clone(), line.quantity))
            .collect();
        assert_eq!(sizes, [(skus[0].clone(), 3), (skus[1].clone(), 1)]);
        let cut = |line: usize, left| Act::CancelLine {
            entry: lines[line].market_id.clone(),
            left,
            reason: "out_of_stock".to_owned(),
        };
        for left in [3, 4] {
            let too_many = world
                .orders
                .ask(&world.scope, &world.shop, &code, cut(0, left))
                .await;
            assert!(matches!(
                too_many,
                Err(OrdersError::NotNow {
                    why: NotNow::Line(_),
                    ..
                })
            ));
        }
        world.ask(&code, cut(0, 1)).await;
        world.turns(3).await;
        assert_eq!(world.command(&code).await, CommandState::Done);
        world.ask(&code, cut(1, 0)).await;
        world.turns(3).await;
        assert_eq!(world.command(&code).await, CommandState::Done);
        let view = world.view(&code).await;
        let sizes: Vec<_> = view
            .lines
            .iter()
            .map(|line| (line.sku.clone(), line.quantity))
            .collect();
        assert_eq!(sizes, [(skus[0].clone(), 1)]);
        assert_eq!(view.order.seen.total, view.lines[0].total);
        assert_eq!(view.order.seen.stage, Stage::New, "the rest of the order goes on");
    }
}

#[tokio::test]
async fn what_is_taken_from_the_shelf_is_noted_once_and_can_be_taken_back() {
    for test in engines().await {
        let world = World::with_key(test).await;
        let order = world.order(BY_KASPI).await;
        let code = order.seen.code.as_str();
        let entry = world.view(code).await.lines[0].market_id.clone();
        let pick = |state| world.orders.pick(&world.scope, &world.shop, code, &entry, state);
        for state in [PickState::Taken, PickState::Taken, PickState::Missing] {
            pick(Some(state)).await.unwrap();
            world.sim().step(Span::from_secs(1));
        }
        let picks = world.orders.picks(std::slice::from_ref(&order.id)).await.unwrap();
        assert_eq!(
            picks.iter().map(|pick| pick.state).collect::<Vec<_>>(),
            [PickState::Missing]
        );
        pick(None).await.unwrap();
        assert!(
            world
                .orders
                .picks(std::slice::from_ref(&order.id))
                .await
                .unwrap()
                .is_empty()
        );
        let history = world.history(code).await;
        let of_picks: Vec<_> = history.iter().skip(1).map(String::as_str).collect();
        assert_eq!(of_picks, ["picked", "not-on-shelf", "put-back"]);
        let stranger = world
            .orders
            .pick(&world.scope, &world.shop, code, "none", Some(PickState::Taken))
            .await;
        assert!(matches!(stranger, Err(OrdersError::NotFound { .. })));
    }
}

#[tokio::test]
async fn what_weighs_less_is_said_and_read_back() {
    for test in engines().await {
        let world = World::with_key(test).await;
        let uid = world.sim().world.shops[0].uid.clone();
        let code = world
            .sim()
            .order_whole(&uid, None, Some(BY_KASPI), 1, &[], (Some(1_250), false))
            .unwrap();
        world.read().await;
        let view = world.view(&code).await;
        let (line, before) = (&view.lines[0], view.order.seen.total);
        assert_eq!(line.grams, Some(1_250));
        let weigh = |grams| Act::Weigh {
            entry: line.market_id.clone(),
            grams,
            reason: "underweight".to_owned(),
        };
        for grams in [1_250, 2_000, -1] {
            let refused = world
                .orders
                .ask(&world.scope, &world.shop, &code, weigh(grams))
                .await;
            assert!(matches!(
                refused,
                Err(OrdersError::NotNow {
                    why: NotNow::Grams(_),
                    ..
                })
            ));
        }
        world.ask(&code, weigh(1_100)).await;
        world.turns(3).await;
        assert_eq!(world.command(&code).await, CommandState::Done);
        let view = world.view(&code).await;
        assert_eq!(view.lines[0].grams, Some(1_100));
        assert!(view.order.seen.total < before, "what was not sent is not paid");
        assert_eq!(view.order.seen.stage, Stage::New, "the order goes on");
    }
}

#[tokio::test]
async fn numbers_of_devices_are_told_where_that_is_switched_on() {
    for test in engines().await {
        let world = World::with_key(test).await;
        let uid = world.sim().world.shops[0].uid.clone();
        let code = world
            .sim()
            .order_whole(&uid, None, Some(BY_KASPI), 2, &[], (None, true))
            .unwrap();
        world.read().await;
        world.ask(&code, Act::Accept).await;
        world.turns(3).await;
        let line = world.view(&code).await.lines[0].clone();
        assert!(line.imei);
        let tell = |numbers: &[&[&str]]| Act::Imei {
            entry: line.market_id.clone(),
            devices: numbers
                .iter()
                .map(|one| one.iter().map(|&number| number.to_owned()).collect())
                .collect(),
        };
        // The example of the GSM Association, and another with a right check digit.
        let both = tell(&[&["490154203237518"], &["356938035643809", "490154203237518"]]);
        let off = world
            .orders
            .ask(&world.scope, &world.shop, &code, both.clone())
            .await;
        assert!(matches!(off, Err(OrdersError::ImeiOff)));
        let orders = world.orders.clone().with_imei(true);
        for wrong in [
            tell(&[&["490154203237518"]]),
            tell(&[&["490154203237519"], &["356938035643809"]]),
            tell(&[&[], &["356938035643809"]]),
        ] {
            let refused = orders.ask(&world.scope, &world.shop, &code, wrong).await;
            assert!(matches!(
                refused,
                Err(OrdersError::NotNow {
                    why: NotNow::Imei,
                    ..
                })
            ));
        }
        orders.ask(&world.scope, &world.shop, &code, both).await.unwrap();
        world.turns(2).await;
        assert_eq!(world.command(&code).await, CommandState::Done);
        let told = world.sim().devices(&code);
        assert_eq!(
            told,
            [
                ["490154203237518"].as_slice(),
                &["356938035643809", "490154203237518"]
            ]
        );
    }
}
