//! What came while nobody listened is read from the talks, once.

use crate::world::{LINE, World};
use sauda_messages::understand::ReplyKind;
use sauda_orders::model::Order;
use sauda_testkit::{engines, sqlite};

/// An order whose buyer was asked about the size, and answers into the void.
async fn unheard(world: &World) -> Order {
    let order = world.accepted().await;
    world
        .messages
        .ask_size(&world.scope, &world.shop, &order.seen.code, "48")
        .await
        .unwrap();
    world.turns(3).await;
    assert_eq!(world.left().len(), 1);
    world.say(&order, "Лучше 50");
    world.sim().webhooks_quiet().await;
    assert!(!world.inbox.take().is_empty(), "calls that nobody takes");
    order
}

async fn heard(world: &World, order: &Order) -> (Option<ReplyKind>, i64, usize) {
    let code = order.seen.code.as_str();
    let answers = world
        .messages
        .answers(&world.scope, &world.shop, &[code])
        .await
        .unwrap();
    let talk = world.talk_of(order).await;
    (answers[code].reply, talk.talk.unread, talk.messages.len())
}

#[tokio::test]
async fn what_came_while_the_program_was_off_is_read_after_its_start_and_once() {
    for test in engines().await {
        let world = World::linked(test).await;
        let order = unheard(&world).await;
        world.turn().await;
        assert_eq!(heard(&world, &order).await, (None, 0, 1), "nothing told us");
        for _ in 0..2 {
            world.postman.begin().await.unwrap();
            world.turn().await;
            world.step(30);
            assert_eq!(heard(&world, &order).await, (Some(ReplyKind::OtherSize), 1, 2));
        }
        assert_eq!(world.turn().await.missed, 0);
    }
}

#[tokio::test]
async fn what_came_while_a_line_was_down_is_read_when_it_works_again() {
    let world = World::linked(sqlite().await).await;
    let order = unheard(&world).await;
    world.sim().whatsapp_drop(LINE);
    world.turns(3).await;
    assert_eq!(heard(&world, &order).await.0, None, "the line is down");
    let line = world.messages.lines(&world.scope).await.unwrap()[0]
        .line
        .id
        .clone();
    world.messages.restart_line(&world.scope, &line).await.unwrap();
    world.turns(6).await;
    assert_eq!(heard(&world, &order).await, (Some(ReplyKind::OtherSize), 1, 2));
}

#[tokio::test]
async fn talks_of_long_ago_are_not_read() {
    let world = World::linked(sqlite().await).await;
    let order = unheard(&world).await;
    world.step(8 * 24 * 3_600);
    world.postman.begin().await.unwrap();
    world.turn().await;
    assert_eq!(heard(&world, &order).await.0, None);
}
