//! What trouble means by the step it comes at: before the content nothing was sent, after it nobody knows.

use crate::world::{World, to};
use sauda_channel::{ChannelError, MailServer, Mailer as _, Security};
use sauda_kernel::Span;
use sauda_sim::FaultKind;
use secrecy::SecretString;

#[tokio::test]
async fn a_wrong_password_and_a_closed_port_are_named() {
    let world = World::open().await;
    let wrong = MailServer {
        login: Some(("desk".to_owned(), SecretString::from("wrong"))),
        ..world.server.clone()
    };
    assert_eq!(world.smtp.check(&wrong).await.unwrap_err(), ChannelError::BadKey);
    let closed = MailServer {
        port: 1,
        ..world.server.clone()
    };
    assert_eq!(
        world.smtp.check(&closed).await.unwrap_err().word(),
        "no_connection"
    );
    let without_tls = MailServer {
        security: Security::StartTls,
        ..world.server.clone()
    };
    let error = world.smtp.check(&without_tls).await.unwrap_err();
    assert!(
        error.to_string().contains("use port 465"),
        "a password waits for TLS: {error}"
    );
}

#[tokio::test]
async fn nobody_there_is_told_and_the_others_get_their_letter() {
    let world = World::open().await;
    let error = world.send(&to(&["nobody@example.kz"])).await.unwrap_err();
    assert_eq!(error, ChannelError::NoRecipient("nobody@example.kz".to_owned()));
    let receipt = world
        .send(&to(&["nobody@example.kz", "aru@example.kz"]))
        .await
        .unwrap();
    assert_eq!(receipt.refused.len(), 1);
    assert_eq!(receipt.refused[0].0, "nobody@example.kz");
    assert!(receipt.refused[0].1.starts_with("550 "), "{:?}", receipt.refused);
    assert_eq!(world.sim.sim().letters()[0].to, ["aru@example.kz"]);
}

#[tokio::test]
async fn a_grey_list_means_later_and_a_refusal_means_no() {
    let world = World::open().await;
    let letter = to(&["aru@example.kz"]);
    world.fault(FaultKind::ServerError, "rcpt", Some(451), false);
    let wait = Span::from_secs(300);
    assert_eq!(
        world.send(&letter).await.unwrap_err(),
        ChannelError::Throttled { wait }
    );
    for step in ["mail", "data", "content"] {
        world.fault(FaultKind::ServerError, step, Some(554), false);
        let error = world.send(&letter).await.unwrap_err();
        assert!(
            matches!(&error, ChannelError::Refused { code, .. } if code == "554"),
            "{step}: {error}"
        );
    }
    world.fault(FaultKind::ServerError, "greeting", Some(421), false);
    assert_eq!(
        world.send(&letter).await.unwrap_err(),
        ChannelError::Throttled { wait }
    );
    assert!(world.sim.sim().letters().is_empty());
    assert!(world.send(&letter).await.is_ok(), "later it works");
}

#[tokio::test]
async fn silence_and_cuts_are_unconfirmed_only_after_the_content() {
    let world = World::open().await;
    let letter = to(&["aru@example.kz"]);
    world.fault(FaultKind::CutBody, "mail", None, false);
    assert!(!world.send(&letter).await.unwrap_err().may_be_sent());
    world.fault(FaultKind::Hang, "rcpt", None, false);
    assert_eq!(world.send(&letter).await.unwrap_err(), ChannelError::Timeout);
    assert!(world.sim.sim().letters().is_empty());
    for (kind, taken) in [
        (FaultKind::CutBody, true),
        (FaultKind::Hang, true),
        (FaultKind::CutBody, false),
    ] {
        let before = world.sim.sim().letters().len();
        world.fault(kind, "content", None, taken);
        let error = world.send(&letter).await.unwrap_err();
        assert!(error.may_be_sent(), "{kind:?}: {error}");
        assert_eq!(world.sim.sim().letters().len() - before, usize::from(taken));
    }
}
