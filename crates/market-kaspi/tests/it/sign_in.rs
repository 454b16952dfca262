//! Sign-in against the pretend Kaspi: each way in, each refusal, renewing.

use crate::world::{MAIL, PASSWORD, PHONE, SHOP, VIA, World, done};
use sauda_kernel::Span;
use sauda_market::{Login, MarketError, Marketplace, PendingSignIn, SignIn};
use sauda_sim::{Fault, FaultKind, Service};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

fn mail(password: &str) -> Login {
    Login::Mail {
        mail: MAIL.to_owned(),
        password: SecretString::from(password.to_owned()),
    }
}

async fn mail_code_sent(world: &World) -> PendingSignIn {
    match world.kaspi.sign_in(&VIA, &mail(PASSWORD)).await.unwrap() {
        SignIn::CodeSent { pending, sent_to, .. } => {
            assert_eq!(sent_to, "o•••@example.com");
            pending
        }
        SignIn::Done(_) => panic!("a code was expected"),
    }
}

#[tokio::test]
async fn a_phone_and_its_code_open_the_shops() {
    let (world, session) = World::signed_in().await;
    let shops = world.kaspi.shops(&VIA, &session).await.unwrap();
    let uids: Vec<_> = shops.iter().map(|shop| shop.uid.as_str()).collect();
    assert_eq!(uids, [SHOP, "30000002"]);
    assert!(shops.iter().all(|shop| shop.name.is_some()));
    assert!(
        !format!("{session:?}").contains("mc-sid"),
        "a session is never printed"
    );
}

#[tokio::test]
async fn a_mail_and_password_with_either_spelling_of_the_code() {
    for spelling in ["both", "m_c", "c"] {
        let world = World::open().await;
        world.set(json!({"mail_code_spelling": spelling}));
        let pending = mail_code_sent(&world).await;
        let code = world.sim.sim().last_code(MAIL).unwrap();
        let session = done(world.kaspi.enter_code(&VIA, &pending, &code).await.unwrap());
        assert_eq!(
            world.kaspi.shops(&VIA, &session).await.unwrap().len(),
            2,
            "{spelling}"
        );
    }
}

#[tokio::test]
async fn a_mail_without_a_second_factor_is_done_at_once() {
    let world = World::open().await;
    world.set(json!({"mail_code": false}));
    let session = done(world.kaspi.sign_in(&VIA, &mail(PASSWORD)).await.unwrap());
    assert_eq!(world.kaspi.shops(&VIA, &session).await.unwrap().len(), 2);
}

#[tokio::test]
async fn wrong_words_are_told_apart() {
    let world = World::open().await;
    assert_eq!(
        world.kaspi.sign_in(&VIA, &mail("guess")).await.unwrap_err(),
        MarketError::WrongCredentials
    );
    let stranger = Login::Phone {
        phone: "7999999999".to_owned(),
    };
    assert_eq!(
        world.kaspi.sign_in(&VIA, &stranger).await.unwrap_err(),
        MarketError::WrongCredentials
    );
    let pending = world.send_code().await;
    let code = world.sim.sim().last_code(PHONE).unwrap();
    let guess = if code == "000000" { "000001" } else { "000000" };
    for wrong in [guess, "12", "сто", guess] {
        assert_eq!(
            world.kaspi.enter_code(&VIA, &pending, wrong).await.unwrap_err(),
            MarketError::WrongCode,
            "{wrong}"
        );
    }
    // The cookie has changed with each try, and the right code still opens the door.
    let typed = format!(" {} {} ", &code[..3], &code[3..]);
    let session = done(world.kaspi.enter_code(&VIA, &pending, &typed).await.unwrap());
    assert_eq!(world.kaspi.shops(&VIA, &session).await.unwrap().len(), 2);
    let strange = PendingSignIn(SecretString::from("{}"));
    assert_eq!(
        world
            .kaspi
            .enter_code(&VIA, &strange, "123456")
            .await
            .unwrap_err(),
        MarketError::WrongCode
    );
}

#[tokio::test]
async fn too_many_codes_close_the_door_for_as_long_as_it_says() {
    let world = World::open().await;
    world.send_code().await;
    let again = world
        .kaspi
        .sign_in(
            &VIA,
            &Login::Phone {
                phone: PHONE.to_owned(),
            },
        )
        .await
        .unwrap_err();
    assert_eq!(
        again,
        MarketError::SignInFlood {
            wait: Span::from_secs(30)
        }
    );
    world.sim.sim().step(Span::from_secs(31));
    let pending = world.send_code().await;
    for _ in 0..5 {
        assert_eq!(
            world
                .kaspi
                .enter_code(&VIA, &pending, "000000")
                .await
                .unwrap_err(),
            MarketError::WrongCode
        );
    }
    let closed = world
        .kaspi
        .enter_code(&VIA, &pending, "000000")
        .await
        .unwrap_err();
    assert_eq!(
        closed,
        MarketError::SignInFlood {
            wait: Span::from_secs(600)
        }
    );
}

#[tokio::test]
async fn a_mail_code_may_be_wanted_after_the_sms() {
    let world = World::open().await;
    world
        .sim
        .sim()
        .add_fault(Fault::times(FaultKind::SecondFactor, Service::Identity, 1));
    let pending = world.send_code().await;
    let code = world.sim.sim().last_code(PHONE).unwrap();
    let pending = match world.kaspi.enter_code(&VIA, &pending, &code).await.unwrap() {
        SignIn::CodeSent { pending, .. } => pending,
        SignIn::Done(_) => panic!("a second code was expected"),
    };
    let code = world.sim.sim().last_code(MAIL).unwrap();
    let session = done(world.kaspi.enter_code(&VIA, &pending, &code).await.unwrap());
    assert_eq!(world.kaspi.shops(&VIA, &session).await.unwrap().len(), 2);
}

#[tokio::test]
async fn an_ended_session_is_said_and_can_be_renewed() {
    let (world, session) = World::signed_in().await;
    world.sim.sim().end_sessions(None).unwrap();
    assert_eq!(
        world.kaspi.shops(&VIA, &session).await.unwrap_err(),
        MarketError::SessionEnded
    );
    match world.kaspi.renew(&VIA, &session).await {
        Ok(renewed) => {
            assert_ne!(renewed.0.expose_secret(), session.0.expose_secret());
            assert_eq!(world.kaspi.shops(&VIA, &renewed).await.unwrap().len(), 2);
        }
        Err(error) => assert_eq!(error, MarketError::SessionEnded),
    }
}

#[tokio::test]
async fn the_line_may_fail_at_each_step() {
    let login = Login::Phone {
        phone: PHONE.to_owned(),
    };
    for (kind, wanted) in [
        (FaultKind::Block403, "blocked"),
        (FaultKind::Html200, "blocked"),
        (FaultKind::ServerError, "down"),
    ] {
        for path in [
            "/s/m",
            "/oauth2/authorization",
            "/oauth2/authorize",
            "/api/p/login",
        ] {
            // A page is what the other steps may answer with.
            if kind == FaultKind::Html200 && path != "/api/p/login" {
                continue;
            }
            let world = World::open().await;
            world.sim.sim().add_fault(Fault {
                path: Some(path.to_owned()),
                ..Fault::new(kind, Service::Any)
            });
            let error = world.kaspi.sign_in(&VIA, &login).await.unwrap_err();
            assert_eq!(error.word(), wanted, "{kind:?} at {path}: {error}");
        }
    }
}

#[tokio::test]
async fn a_silent_sign_in_server_is_a_timeout() {
    let world = World::impatient().await;
    world
        .sim
        .sim()
        .add_fault(Fault::new(FaultKind::Hang, Service::Identity));
    let login = Login::Phone {
        phone: PHONE.to_owned(),
    };
    assert_eq!(
        world.kaspi.sign_in(&VIA, &login).await.unwrap_err(),
        MarketError::Timeout
    );
}
