//! What comes: signed, kept once, understood. Forged and repeated calls change nothing.

use crate::world::World;
use sauda_channel::ChannelError;
use sauda_messages::{
    InboxFilter, MessagesError,
    model::{InboxView, MessageState},
    understand::ReplyKind,
};
use sauda_orders::model::{Act, Order};
use sauda_sim::{BuyerTemper, PersonChange, Way};
use sauda_store::sql;
use sauda_testkit::{engines, sqlite};

async fn asked(world: &World) -> Order {
    let order = world.accepted().await;
    world
        .messages
        .ask_size(&world.scope, &world.shop, &order.seen.code, "48")
        .await
        .unwrap();
    world.turns(1).await;
    order
}

async fn answer(world: &World, order: &Order) -> (Option<ReplyKind>, Option<String>, bool) {
    let code = order.seen.code.as_str();
    let answers = world
        .messages
        .answers(&world.scope, &world.shop, &[code])
        .await
        .unwrap();
    let answer = &answers[code];
    assert!(answer.is_sent);
    let size = answer.values.as_ref().and_then(|values| values.size.clone());
    (answer.reply, size, world.talk_of(order).await.talk.needs_person)
}

#[tokio::test]
async fn an_answer_to_a_question_of_size_is_kept_for_the_day_to_ask() {
    for test in engines().await {
        let world = World::linked(test).await;
        let order = asked(&world).await;
        assert!(world.left()[0].contains("48"), "{:?}", world.left());
        assert_eq!(answer(&world, &order).await, (None, None, false));
        world.say(&order, "а есть чёрный?");
        world.turns(1).await;
        assert_eq!(
            answer(&world, &order).await,
            (Some(ReplyKind::Unclear), None, true)
        );
        world.say(&order, "Лучше 50");
        world.turns(1).await;
        assert_eq!(
            answer(&world, &order).await,
            (Some(ReplyKind::OtherSize), Some("50".to_owned()), true),
            "the question about the colour is open"
        );
        world.say(&order, "спасибо большое!");
        world.turns(1).await;
        assert_eq!(
            answer(&world, &order).await.0,
            Some(ReplyKind::OtherSize),
            "thanks change no answer"
        );
        let other = world
            .messages
            .answers(&world.scope, &world.shop, &["1"])
            .await
            .unwrap();
        assert!(other.is_empty());
    }
}

#[tokio::test]
async fn an_order_is_asked_once_whoever_asks() {
    let world = World::linked(sqlite().await).await;
    let order = asked(&world).await;
    let code = order.seen.code.as_str();
    let first = world.ours(&order).await[0].id.clone();
    let again = world
        .messages
        .ask_size(&world.scope, &world.shop, code, "50")
        .await
        .unwrap();
    assert_eq!(again, first);
    world.turns(6).await;
    assert_eq!(world.left().len(), 1);
}

#[tokio::test]
async fn a_question_about_an_order_that_was_cancelled_meanwhile_does_not_leave() {
    let world = World::linked(sqlite().await).await;
    let order = world.accepted().await;
    let code = order.seen.code.as_str();
    world
        .messages
        .ask_size(&world.scope, &world.shop, code, "48")
        .await
        .unwrap();
    let reason = "buyer_asked".to_owned();
    world
        .act(
            code,
            Act::Cancel {
                reason,
                comment: None,
            },
        )
        .await;
    world.turns(3).await;
    assert_eq!(world.left(), Vec::<String>::new());
    let ours = world.ours(&order).await;
    assert_eq!(
        (ours[0].state, ours[0].trouble.as_deref()),
        (MessageState::Cancelled, Some("not_true"))
    );
}

#[tokio::test]
async fn a_stranger_who_writes_first_gets_a_talk_and_a_person() {
    let world = World::linked(sqlite().await).await;
    let order = world.order(Way::Pickup).await;
    world.person(&order, BuyerTemper::Silent, true);
    world.say(&order, "Здравствуйте, где мой заказ?");
    world.turns(1).await;
    let filter = InboxFilter {
        view: InboxView::NeedsPerson,
        limit: 50,
        ..InboxFilter::default()
    };
    let inbox = world
        .messages
        .inbox(&world.scope, &world.shop, &filter)
        .await
        .unwrap();
    assert_eq!(inbox.talks.len(), 1);
    assert_eq!(
        (inbox.talks[0].unread, inbox.talks[0].last_text.as_str()),
        (1, "Здравствуйте, где мой заказ?")
    );
    // The order's page finds the same talk by its phone, and answers go there.
    world.write(&order, "Собираем").await;
    world.turns(4).await;
    let talk = world.talk_of(&order).await;
    assert_eq!(talk.messages.len(), 2);
    assert!(!talk.talk.needs_person);
    assert_eq!(
        world.wire.asked.lock().unwrap().len(),
        0,
        "who wrote is not looked up"
    );
    let by_digits = InboxFilter {
        view: InboxView::All,
        search: Some(crate::world::number(&order)[4..].to_owned()),
        limit: 50,
        ..InboxFilter::default()
    };
    let found = world
        .messages
        .inbox(&world.scope, &world.shop, &by_digits)
        .await
        .unwrap();
    assert_eq!(found.talks.len(), 1);
    let by_code = InboxFilter {
        search: Some(order.seen.code.clone()),
        ..by_digits
    };
    let found = world
        .messages
        .inbox(&world.scope, &world.shop, &by_code)
        .await
        .unwrap();
    assert_eq!(found.talks.len(), 1);
}

#[tokio::test]
async fn a_repeated_call_changes_nothing_and_a_forged_one_is_refused() {
    for test in engines().await {
        let world = World::linked(test).await;
        let order = world.order(Way::Pickup).await;
        world.person(&order, BuyerTemper::Silent, true);
        world.say(&order, "Где заказ?");
        world.sim().webhooks_quiet().await;
        let calls = world.inbox.take();
        assert!(!calls.is_empty());
        for round in 0..3 {
            for came in &calls {
                let heard = world
                    .messages
                    .hear(
                        came.word(),
                        came.header("x-webhook-hmac"),
                        came.header("x-webhook-hmac-algorithm"),
                        &came.body,
                    )
                    .await
                    .unwrap();
                assert_eq!(heard, round == 0);
            }
            world.turn().await;
        }
        assert_eq!(world.talk_of(&order).await.talk.unread, 1);
        let before = world.talk_of(&order).await.messages.len();
        let came = &calls[0];
        let forged = String::from_utf8(came.body.clone())
            .unwrap()
            .replace("evt_", "evx_");
        for (word, hmac, body) in [
            (came.word(), came.header("x-webhook-hmac"), forged.as_bytes()),
            (came.word(), None, came.body.as_slice()),
            (came.word(), Some("00"), came.body.as_slice()),
        ] {
            let heard = world.messages.hear(word, hmac, Some("sha512"), body).await;
            assert!(
                matches!(heard, Err(MessagesError::Channel(ChannelError::Forged(_)))),
                "{heard:?}"
            );
        }
        let nobody = world
            .messages
            .hear("x", came.header("x-webhook-hmac"), None, &came.body)
            .await;
        assert!(matches!(nobody, Err(MessagesError::NoEar)), "{nobody:?}");
        world.turn().await;
        assert_eq!(world.talk_of(&order).await.messages.len(), before);
    }
}

#[tokio::test]
async fn who_asks_for_silence_is_written_to_by_no_shop_of_the_merchant_and_is_no_work() {
    let world = World::linked(sqlite().await).await;
    let order = world.order(Way::Pickup).await;
    world.person(&order, BuyerTemper::Silent, true);
    world.say(&order, "стоп");
    world.turns(1).await;
    let talk = world.talk_of(&order).await.talk;
    assert!(talk.is_silent && !talk.needs_person);
    let filter = InboxFilter {
        view: InboxView::Silent,
        limit: 50,
        ..InboxFilter::default()
    };
    let inbox = world
        .messages
        .inbox(&world.scope, &world.shop, &filter)
        .await
        .unwrap();
    assert_eq!(inbox.talks.len(), 1);
    assert_eq!(
        inbox.counts,
        [
            (InboxView::NeedsPerson, 0),
            (InboxView::All, 1),
            (InboxView::Silent, 1)
        ]
    );
}

#[tokio::test]
async fn a_person_lifts_a_silence_and_the_log_knows_it() {
    for test in engines().await {
        let world = World::linked(test).await;
        let order = world.order(Way::Pickup).await;
        world.person(&order, BuyerTemper::Silent, true);
        world.say(&order, "не пишите");
        world.turns(1).await;
        let id = world.talk_id(&order).await;
        let refused = world
            .messages
            .write(&world.scope, &world.shop, &id, "Здравствуйте")
            .await;
        assert!(matches!(refused, Err(MessagesError::Silent)), "{refused:?}");
        for round in 0..2 {
            world
                .messages
                .lift_silence(&world.scope, &world.shop, &id)
                .await
                .unwrap();
            assert!(!world.talk_of(&order).await.talk.is_silent, "round {round}");
        }
        let lifted = sql!("SELECT COUNT(*) AS n FROM audit WHERE what = 'talk.silence_lifted'")
            .one(&world.messages.db)
            .await
            .unwrap();
        assert_eq!(
            lifted.get::<i64>("n").unwrap(),
            1,
            "nothing was left to lift the second time"
        );
        world
            .messages
            .write(&world.scope, &world.shop, &id, "Здравствуйте")
            .await
            .unwrap();
        world.say(&order, "не пишите");
        world.turns(1).await;
        assert!(
            world.talk_of(&order).await.talk.is_silent,
            "asked again, it is silence again"
        );
    }
}

#[tokio::test]
async fn a_question_of_a_buyer_outlives_a_clear_answer_about_the_size() {
    let world = World::linked(sqlite().await).await;
    let order = asked(&world).await;
    let say = async |text: &str| {
        world.say(&order, text);
        world.turns(1).await;
        answer(&world, &order).await
    };
    assert_eq!(say("не знаю").await, (Some(ReplyKind::Unclear), None, true));
    assert_eq!(
        say("да").await,
        (Some(ReplyKind::Yes), None, false),
        "nothing is open"
    );
    assert_eq!(
        say("на размер больше").await,
        (Some(ReplyKind::OtherSize), None, true)
    );
    let larger = Some("50".to_owned());
    assert_eq!(
        say("50").await,
        (Some(ReplyKind::OtherSize), larger.clone(), false)
    );
    assert_eq!(say("нет, мал").await, (Some(ReplyKind::No), None, true));
    assert_eq!(say("Лучше 50").await, (Some(ReplyKind::OtherSize), larger, false));
    assert!(
        say("да, а когда вы его доставите?").await.2,
        "an answer and a question"
    );
    say("когда доставите?").await;
    assert_eq!(
        say("да").await,
        (Some(ReplyKind::Yes), None, true),
        "the question is open"
    );
}

#[tokio::test]
async fn a_buyer_who_was_forgotten_leaves_no_words_behind() {
    let world = World::linked(sqlite().await).await;
    let order = world.order(Way::Pickup).await;
    world.person(&order, BuyerTemper::Silent, true);
    world.say(&order, "Мой адрес: Абая 10");
    world.turns(1).await;
    let id = world.talk_id(&order).await;
    world
        .messages
        .erase_talk(&world.scope, &world.shop, &id)
        .await
        .unwrap();
    let talk = world.messages.talk(&world.scope, &world.shop, &id).await.unwrap();
    assert_eq!(
        (
            talk.talk.masked_phone(),
            talk.talk.who.name.as_str(),
            talk.talk.last_text.as_str()
        ),
        (None, "", "")
    );
    assert!(talk.messages.iter().all(|message| message.body.is_empty()));
}

#[tokio::test]
async fn a_person_who_has_dealt_with_it_takes_it_off_the_list() {
    let world = World::linked(sqlite().await).await;
    let order = asked(&world).await;
    world.say(&order, "Где заказ?");
    world.turns(1).await;
    assert!(world.talk_of(&order).await.talk.needs_person);
    let talk = world.talk_id(&order).await;
    world
        .messages
        .set_needs_person(&world.scope, &world.shop, &talk, false)
        .await
        .unwrap();
    let talk = world.talk_of(&order).await.talk;
    assert_eq!((talk.needs_person, talk.unread), (false, 0));
}

#[tokio::test]
async fn a_buyer_who_answers_from_a_hidden_number_stays_in_his_talk() {
    let world = World::linked(sqlite().await).await;
    let order = asked(&world).await;
    let hidden = PersonChange {
        exists: Some(true),
        hidden: Some(true),
        temper: Some(BuyerTemper::Silent),
        ..PersonChange::default()
    };
    world.sim().whatsapp_person(&crate::world::number(&order), hidden);
    world.say(&order, "Лучше 50");
    world.turns(1).await;
    let all = InboxFilter {
        view: InboxView::All,
        limit: 50,
        ..InboxFilter::default()
    };
    let inbox = world
        .messages
        .inbox(&world.scope, &world.shop, &all)
        .await
        .unwrap();
    let talks: Vec<_> = inbox.talks.iter().map(|talk| talk.who.phone.is_some()).collect();
    assert_eq!(talks, [true], "one talk, with its phone");
    assert_eq!(answer(&world, &order).await.0, Some(ReplyKind::OtherSize));
    world.write(&order, "Хорошо").await;
    world.turns(4).await;
    assert_eq!(world.left().len(), 2);
}
