//! Sending: once, whatever happens, within the limits, and never to those who asked for silence.

use crate::{wire::Cut, world::World};
use sauda_channel::LineState;
use sauda_kernel::Span;
use sauda_messages::{
    MessagesError,
    engine::Postman,
    limits::{Limits, Wishes},
    model::MessageState,
};
use sauda_orders::model::Order;
use sauda_sim::{BuyerTemper, Way};
use sauda_testkit::{engines, sqlite};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

const BY_KASPI: Way = Way::Kaspi { express: false };

async fn buyer(world: &World) -> Order {
    let order = world.order(BY_KASPI).await;
    world.person(&order, BuyerTemper::Silent, true);
    order
}

#[tokio::test]
async fn a_message_leaves_once_and_is_read() {
    for test in engines().await {
        let world = World::linked(test).await;
        let order = buyer(&world).await;
        world.write(&order, "Здравствуйте!").await;
        assert_eq!(world.states(&order).await, [MessageState::Queued]);
        let report = world.turn().await;
        assert_eq!(
            (report.sent, world.states(&order).await),
            (1, vec![MessageState::Sent])
        );
        world.turns(2).await;
        world.step(1_200);
        world.turns(1).await;
        let ours = world.ours(&order).await;
        assert_eq!(ours[0].state, MessageState::Read);
        assert!(ours[0].sent_at < ours[0].delivered_at && ours[0].delivered_at <= ours[0].read_at);
        assert_eq!(world.left(), ["Здравствуйте!"]);
        assert_eq!(
            ours.len(),
            1,
            "our own message that comes back as an event is not a second one"
        );
    }
}

#[tokio::test]
async fn whichever_place_a_process_dies_at_the_message_leaves_once() {
    for cut in [Cut::DeadBefore, Cut::DeadAfter, Cut::Before, Cut::After] {
        let world = World::linked(sqlite().await).await;
        let order = buyer(&world).await;
        world.write(&order, "Здравствуйте!").await;
        world.wire.cut(&[cut]);
        let stop = CancellationToken::new();
        // A dead process never comes back from its call.
        let died = tokio::time::timeout(Duration::from_millis(400), world.postman.turn(&stop)).await;
        assert_eq!(
            died.is_err(),
            matches!(cut, Cut::DeadBefore | Cut::DeadAfter),
            "{cut:?}"
        );
        assert_eq!(world.states(&order).await, [MessageState::Sending], "{cut:?}");
        let other = Postman::new(world.messages.clone(), "two");
        for _ in 0..30 {
            other.turn(&stop).await.unwrap();
            world.step(10);
        }
        assert_eq!(world.left(), ["Здравствуйте!"], "{cut:?}");
        assert_eq!(world.states(&order).await, [MessageState::Sent], "{cut:?}");
    }
}

#[tokio::test]
async fn news_of_a_message_whose_answer_was_lost_is_proof_that_it_left() {
    let world = World::linked(sqlite().await).await;
    let order = buyer(&world).await;
    world.write(&order, "Здравствуйте!").await;
    world.wire.cut(&[Cut::After]);
    world.turn().await;
    world.step(2);
    world.hear().await;
    world.turn().await;
    assert!(matches!(
        world.states(&order).await[0],
        MessageState::Sent | MessageState::Delivered
    ));
    world.turns(6).await;
    assert_eq!(world.wire.tried(), 1);
}

#[tokio::test]
async fn a_message_that_nobody_can_find_or_identify_is_left_to_a_person() {
    let world = World::linked(sqlite().await).await;
    let order = buyer(&world).await;
    world.write(&order, "Здравствуйте!").await;
    world.wire.cut(&[Cut::Before, Cut::Before, Cut::Before]);
    world.turns(60).await;
    assert_eq!(world.states(&order).await, [MessageState::Unclear]);
    assert_eq!(world.wire.tried(), 3);
    let ids: std::collections::BTreeSet<_> = world
        .wire
        .tries
        .lock()
        .unwrap()
        .iter()
        .map(|tried| tried.reserved_id.clone().unwrap())
        .collect();
    assert_eq!(
        ids.len(),
        1,
        "each try is under the same id, so that two of them are one message"
    );
    assert!(world.talk_of(&order).await.talk.needs_person);
    assert_eq!(world.left(), Vec::<String>::new());
}

#[tokio::test]
async fn two_postmen_at_once_send_each_message_once() {
    for test in engines().await {
        let world = World::linked(test).await;
        let order = buyer(&world).await;
        for text in ["раз", "два", "три"] {
            world.write(&order, text).await;
        }
        let other = Postman::new(world.messages.clone(), "two");
        let stop = CancellationToken::new();
        for _ in 0..14 {
            let (one, two) = tokio::join!(world.postman.turn(&stop), other.turn(&stop));
            one.unwrap();
            two.unwrap();
            world.step(10);
        }
        assert_eq!(world.left(), ["раз", "два", "три"]);
        let sent = world.sim().whatsapp_sent();
        for pair in sent.windows(2) {
            assert!(
                pair[1].at.since(pair[0].at) >= Span::from_secs(30),
                "thirty seconds lie between two"
            );
        }
    }
}

#[tokio::test]
async fn nothing_leaves_at_night_and_all_of_it_in_the_morning() {
    let world = World::linked(sqlite().await).await;
    let order = buyer(&world).await;
    let now = world.sim().now();
    let night = now.local_midnight().plus(Span::from_mins(23 * 60));
    world.sim().step(night.since(now));
    world.write(&order, "ночью").await;
    for _ in 0..19 {
        world.turn().await;
        world.sim().step(Span::from_mins(30));
    }
    assert_eq!(world.left(), Vec::<String>::new());
    assert_eq!(world.states(&order).await, [MessageState::Queued]);
    world.sim().step(Span::from_mins(31));
    world.turns(2).await;
    assert_eq!(world.left(), ["ночью"]);
    let at = world.sim().whatsapp_sent()[0].at.local();
    assert_eq!((at.hour, at.minute < 40), (9, true));
}

#[tokio::test]
async fn a_day_takes_what_the_shop_allows_and_the_rest_waits_for_tomorrow() {
    let world = World::linked(sqlite().await).await;
    let wishes = Wishes {
        per_day: 3,
        ..world
            .messages
            .settings(&world.scope, &world.shop)
            .await
            .unwrap()
            .limits
            .wishes()
    };
    world
        .messages
        .put_limits(&world.scope, &world.shop, wishes)
        .await
        .unwrap();
    let order = buyer(&world).await;
    for number in 0..5 {
        world.write(&order, &format!("письмо {number}")).await;
    }
    for _ in 0..20 {
        world.turn().await;
        world.step(40);
    }
    assert_eq!(world.left().len(), 3);
    let view = world.messages.lines(&world.scope).await.unwrap().remove(0);
    assert_eq!((view.sent_today, view.most_today, view.waiting), (3, 3, 2));
    world.sim().step(Span::from_days(1));
    for _ in 0..6 {
        world.turn().await;
        world.step(40);
    }
    assert_eq!(world.left().len(), 5);
}

#[tokio::test]
async fn a_new_number_begins_slowly() {
    let world = Box::pin(World::open(sqlite().await)).await;
    world.add_line().await;
    let order = buyer(&world).await;
    for number in 0..8 {
        world.write(&order, &format!("письмо {number}")).await;
    }
    for _ in 0..24 {
        world.turn().await;
        world.step(60);
    }
    assert_eq!(world.left().len(), 5);
    assert_eq!(Limits::default().wishes().per_day, 100);
}

#[tokio::test]
async fn a_number_without_whatsapp_gets_nothing_and_is_asked_for_once() {
    let world = World::linked(sqlite().await).await;
    let order = world.order(BY_KASPI).await;
    world.person(&order, BuyerTemper::Silent, false);
    world.write(&order, "Здравствуйте!").await;
    world.turns(6).await;
    let ours = world.ours(&order).await;
    assert_eq!(
        (ours[0].state, ours[0].trouble.as_deref()),
        (MessageState::Failed, Some("no_recipient"))
    );
    assert_eq!(world.wire.asked.lock().unwrap().len(), 1);
    assert_eq!(world.wire.tried(), 0);
    assert!(world.talk_of(&order).await.talk.needs_person);
}

#[tokio::test]
async fn silence_that_comes_between_the_queue_and_the_sending_is_kept() {
    for test in engines().await {
        let world = World::linked(test).await;
        let order = buyer(&world).await;
        world.write(&order, "первое").await;
        world.turn().await;
        world.write(&order, "второе").await;
        world.write(&order, "третье").await;
        world.say(&order, "не пишите мне больше");
        world.hear().await;
        world.step(60);
        world.turns(5).await;
        assert_eq!(world.left(), ["первое"]);
        let states = world.states(&order).await;
        assert_eq!(&states[1..], [MessageState::Cancelled, MessageState::Cancelled]);
        let again = world
            .messages
            .write_to_order(&world.scope, &world.shop, &order.seen.code, "ещё")
            .await;
        assert!(matches!(again, Err(MessagesError::Silent)), "{again:?}");
        // Also after the buyer was forgotten.
        let talk = world.talk_id(&order).await;
        world
            .messages
            .erase_talk(&world.scope, &world.shop, &talk)
            .await
            .unwrap();
        let again = world
            .messages
            .write_to_order(&world.scope, &world.shop, &order.seen.code, "ещё")
            .await;
        assert!(matches!(again, Err(MessagesError::Silent)), "{again:?}");
    }
}

#[tokio::test]
async fn a_line_that_is_logged_out_keeps_its_queue_and_sends_it_later_once() {
    let world = World::linked(sqlite().await).await;
    let order = buyer(&world).await;
    world.write(&order, "первое").await;
    world.turn().await;
    world.sim().whatsapp_unlink("shop_1");
    world.write(&order, "второе").await;
    world.step(40);
    world.turns(8).await;
    assert_eq!(world.left(), ["первое"]);
    let view = world.messages.lines(&world.scope).await.unwrap().remove(0);
    assert_ne!(view.line.state, LineState::Working);
    assert_eq!(view.waiting, 1);
    assert_eq!(world.notices().await, ["line-offline"]);
    world
        .messages
        .restart_line(&world.scope, &view.line.id)
        .await
        .unwrap();
    world.step(2);
    world.sim().whatsapp_scan("shop_1", "77000000001").unwrap();
    world.step(2);
    world.turns(8).await;
    assert_eq!(world.left(), ["первое", "второе"]);
    assert_eq!(world.notices().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_server_that_cannot_be_reached_costs_nothing_but_time() {
    let world = World::linked(sqlite().await).await;
    let order = buyer(&world).await;
    world.write(&order, "Здравствуйте!").await;
    world.wire.cut(&[Cut::Offline, Cut::Offline]);
    world.turn().await;
    assert_eq!(world.states(&order).await, [MessageState::Queued]);
    world.turns(12).await;
    assert_eq!(world.left(), ["Здравствуйте!"]);
    assert_eq!(world.wire.tried(), 3);
}

#[tokio::test]
async fn what_has_not_left_can_be_taken_back_and_what_has_cannot() {
    let world = World::linked(sqlite().await).await;
    let order = buyer(&world).await;
    world.write(&order, "первое").await;
    world.write(&order, "второе").await;
    world.turn().await;
    let ours = world.ours(&order).await;
    let cancel = |at: usize| world.messages.cancel(&world.scope, &world.shop, &ours[at].id);
    assert!(matches!(cancel(0).await, Err(MessagesError::NotQueued)));
    cancel(1).await.unwrap();
    world.turns(6).await;
    assert_eq!(world.left(), ["первое"]);
}
