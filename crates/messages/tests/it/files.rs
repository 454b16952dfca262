//! Files that buyers send: fetched while the server has them, kept when they are what they say, shown, and forgotten.

use crate::world::{LINE, World, number};
use sauda_kernel::Span;
use sauda_messages::{
    MessagesError,
    engine::Postman,
    model::{FileState, MessageFile},
};
use sauda_orders::model::Order;
use sauda_sim::{Fault, FaultKind, Said, Service};
use sauda_testkit::{engines, sqlite};

/// The buyer sends a file; `content` stands in the place of invented bytes.
async fn send(world: &World, order: &Order, mime: &str, content: Option<&str>) {
    let said = Said {
        session: LINE.to_owned(),
        number: number(order),
        mime: Some(mime.to_owned()),
        file_name: Some("вложение".to_owned()),
        content: content.map(str::to_owned),
        ..Said::default()
    };
    world.sim().whatsapp_say(&said).unwrap();
    world.step(1);
    world.hear().await;
    world.turn().await;
}

async fn files(world: &World, order: &Order) -> Vec<MessageFile> {
    world.talk_of(order).await.files
}

async fn how(world: &World, order: &Order) -> (FileState, Option<String>) {
    let last = files(world, order).await.pop().unwrap();
    (last.state, last.trouble)
}

async fn talking(world: &World) -> Order {
    let order = world.accepted().await;
    world.write(&order, "Здравствуйте!").await;
    world.turns(1).await;
    order
}

#[tokio::test]
async fn a_picture_is_kept_and_erased_with_its_talk() {
    for test in engines().await {
        let world = World::linked(test).await;
        let order = talking(&world).await;
        send(&world, &order, "image/png", None).await;
        let file = files(&world, &order).await.pop().unwrap();
        assert_eq!((file.state, file.name.as_str()), (FileState::Kept, "вложение"));
        let (known, bytes) = world
            .messages
            .file(&world.scope, &world.shop, &file.message)
            .await
            .unwrap();
        assert!(bytes.starts_with(b"\x89PNG"));
        assert_eq!(known.size_bytes, i64::try_from(bytes.len()).ok());
        let talk = world.talk_id(&order).await;
        world
            .messages
            .erase_talk(&world.scope, &world.shop, &talk)
            .await
            .unwrap();
        let gone = world
            .messages
            .file(&world.scope, &world.shop, &file.message)
            .await;
        assert!(matches!(gone, Err(MessagesError::NotFound { what: "file", .. })));
    }
}

#[tokio::test]
async fn what_is_not_listed_or_not_what_it_says_is_refused() {
    let world = World::linked(sqlite().await).await;
    let order = talking(&world).await;
    for (mime, content, trouble) in [
        ("text/html", Some("<html>"), "kind"),
        ("image/svg+xml", Some("<svg/>"), "kind"),
        ("image/png", Some("<html><script>"), "other_bytes"),
    ] {
        send(&world, &order, mime, content).await;
        assert_eq!(
            how(&world, &order).await,
            (FileState::Refused, Some(trouble.to_owned())),
            "{mime}"
        );
    }
    let large = "размер ".repeat(16 * 1024 * 1024 / 12);
    send(&world, &order, "text/plain", Some(&large)).await;
    assert_eq!(
        how(&world, &order).await,
        (FileState::Refused, Some("too_large".to_owned()))
    );
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_asked_again_until_it_does() {
    for test in engines().await {
        let world = World::linked(test).await;
        let order = talking(&world).await;
        world.sim().add_fault(Fault {
            path: Some("/api/files/".to_owned()),
            ..Fault::times(FaultKind::ServerError, Service::Whatsapp, 2)
        });
        send(&world, &order, "audio/ogg; codecs=opus", None).await;
        assert_eq!(
            how(&world, &order).await,
            (FileState::Waiting, Some("down".to_owned()))
        );
        world.step(6);
        world.turn().await;
        assert_eq!(how(&world, &order).await.0, FileState::Waiting, "it failed again");
        world.step(5);
        world.turn().await;
        assert_eq!(
            how(&world, &order).await.0,
            FileState::Waiting,
            "its time has not come"
        );
        world.step(6);
        world.turn().await;
        assert_eq!(how(&world, &order).await, (FileState::Kept, None));
    }
}

#[tokio::test]
async fn what_the_server_does_not_have_any_more_is_said() {
    let world = World::linked(sqlite().await).await;
    let order = talking(&world).await;
    world.sim().add_fault(Fault {
        path: Some("/api/files/".to_owned()),
        ..Fault::times(FaultKind::ServerError, Service::Whatsapp, 1)
    });
    send(&world, &order, "image/png", None).await;
    world.step(600);
    world.turn().await;
    assert_eq!(
        how(&world, &order).await,
        (FileState::Lost, Some("not_found".to_owned()))
    );
}

#[tokio::test]
async fn a_file_is_deleted_after_its_time() {
    let world = World::linked(sqlite().await).await;
    let order = talking(&world).await;
    send(&world, &order, "application/pdf", None).await;
    let postman = Postman::new(world.messages.clone(), "one");
    let now = world.sim().now();
    postman.sweep(now.plus(Span::from_days(89))).await.unwrap();
    assert_eq!(how(&world, &order).await.0, FileState::Kept);
    postman.sweep(now.plus(Span::from_days(91))).await.unwrap();
    let file = files(&world, &order).await.pop().unwrap();
    assert_eq!((file.state, file.name.as_str()), (FileState::Expired, ""));
    assert!(
        world
            .messages
            .file(&world.scope, &world.shop, &file.message)
            .await
            .is_err()
    );
}

#[tokio::test]
async fn an_answer_is_told_to_its_order_once_and_a_later_one_again() {
    for test in engines().await {
        let world = World::linked(test).await;
        let order = world.accepted().await;
        let code = order.seen.code.clone();
        world
            .messages
            .ask_size(&world.scope, &world.shop, &code, "48")
            .await
            .unwrap();
        world.turns(1).await;
        let untold = async || {
            let untold = world.messages.untold_answers(100).await.unwrap();
            untold
                .into_iter()
                .map(|one| {
                    (
                        one.order_code.clone(),
                        one.answer.values.clone().unwrap().size,
                        one,
                    )
                })
                .collect::<Vec<_>>()
        };
        assert!(untold().await.is_empty());
        for size in ["50", "52"] {
            world.say(&order, &format!("Лучше {size}"));
            world.turns(1).await;
            let found = untold().await;
            let [(told, wanted, one)] = found.as_slice() else {
                panic!("{found:?}")
            };
            assert_eq!((told, wanted.as_deref()), (&code, Some(size)));
            world.messages.answer_told(one).await.unwrap();
            assert!(untold().await.is_empty());
        }
    }
}
