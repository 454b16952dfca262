//! Lines: added once, linked by a QR that counts down, unlinked, taken away. Keys never come out.

use crate::world::{LINE, World};
use sauda_accounts::Scope;
use sauda_channel::LineState;
use sauda_kernel::{Id, Span, SystemIds};
use sauda_messages::{MessagesError, NewLine, limits::Risk};
use sauda_testkit::{engines, sqlite};
use secrecy::{ExposeSecret as _, SecretString};

fn new(world: &World, name: &str) -> NewLine {
    NewLine {
        server: format!("{}/waha", world.running.base_url()),
        key: SecretString::from("pretend-whatsapp-key"),
        name: name.to_owned(),
    }
}

#[tokio::test]
async fn a_line_is_added_linked_and_taken_away() {
    for test in engines().await {
        let world = Box::pin(World::open(test)).await;
        let messages = &world.messages;
        let id = messages
            .add_line(&world.scope, &world.shop, &new(&world, LINE))
            .await
            .unwrap();
        world.step(1);
        let first = messages.line_qr(&world.scope, &id).await.unwrap().unwrap();
        assert_eq!(
            (first.turn, first.left, first.is_last),
            (1, Span::from_secs(60), false)
        );
        world.step(70);
        let second = messages.line_qr(&world.scope, &id).await.unwrap().unwrap();
        assert_ne!(first.text.expose_secret(), second.text.expose_secret());
        assert_eq!(second.turn, 2);
        let again = messages
            .add_line(&world.scope, &world.shop, &new(&world, LINE))
            .await;
        assert!(matches!(again, Err(MessagesError::LineTaken { .. })), "{again:?}");
        world.sim().whatsapp_scan(LINE, "77000000001").unwrap();
        world.hear().await;
        world.turn().await;
        assert!(messages.line_qr(&world.scope, &id).await.unwrap().is_none());
        let view = messages.line(&world.scope, &id).await.unwrap();
        assert_eq!(
            (view.line.state.clone(), view.line.masked_number().unwrap()),
            (LineState::Working, "+7700•••0001".to_owned())
        );
        assert_eq!(
            (view.shops, view.most_today, view.turn.risk),
            (vec![world.shop.clone()], 5, Risk::Medium)
        );
        messages.log_out_line(&world.scope, &id).await.unwrap();
        world.step(2);
        assert!(messages.line_qr(&world.scope, &id).await.unwrap().is_some());
        messages.remove_line(&world.scope, &id).await.unwrap();
        assert!(messages.lines(&world.scope).await.unwrap().is_empty());
        let settings = messages.settings(&world.scope, &world.shop).await.unwrap();
        assert_eq!(settings.line, None);
        // What the server still says of it is heard by nobody.
        world.sim().webhooks_quiet().await;
        let came = world.inbox.take();
        let heard = messages
            .hear(
                came[0].word(),
                came[0].header("x-webhook-hmac"),
                None,
                &came[0].body,
            )
            .await;
        assert!(matches!(heard, Err(MessagesError::NoEar)), "{heard:?}");
        world.add_line().await;
    }
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_told_and_the_line_is_kept() {
    let world = Box::pin(World::open(sqlite().await)).await;
    let wrong = NewLine {
        key: SecretString::from("wrong"),
        ..new(&world, LINE)
    };
    let id = world
        .messages
        .add_line(&world.scope, &world.shop, &wrong)
        .await
        .unwrap();
    let view = world.messages.line(&world.scope, &id).await.unwrap();
    assert_eq!(view.line.trouble.unwrap().0, "bad_key");
    let odd = NewLine {
        server: "whatsapp:3000".to_owned(),
        ..new(&world, "other")
    };
    let refused = world.messages.add_line(&world.scope, &world.shop, &odd).await;
    assert!(matches!(refused, Err(MessagesError::Channel(_))), "{refused:?}");
    let mut narrow = world.messages.clone();
    narrow.servers = vec!["http://whatsapp:3000".to_owned()];
    let refused = narrow
        .add_line(&world.scope, &world.shop, &new(&world, "other"))
        .await;
    assert!(
        matches!(refused, Err(MessagesError::ServerNotAllowed(_))),
        "{refused:?}"
    );
}

#[tokio::test]
async fn another_merchant_sees_nothing_of_it() {
    let world = Box::pin(World::open(sqlite().await)).await;
    let id = world.add_line().await;
    let stranger = Scope::system(Id::new(&*world.messages.clock, &SystemIds), "test");
    let seen = world.messages.line(&stranger, &id).await;
    assert!(matches!(seen, Err(MessagesError::NotFound { .. })), "{seen:?}");
    assert!(world.messages.lines(&stranger).await.unwrap().is_empty());
    let inbox = world
        .messages
        .inbox(&stranger, &world.shop, &Default::default())
        .await;
    assert!(inbox.is_err());
    assert!(
        world
            .messages
            .choose_line(&stranger, &world.shop, Some(&id))
            .await
            .is_err()
    );
}
