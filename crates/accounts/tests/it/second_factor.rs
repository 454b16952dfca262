//! Two-step sign-in.

use crate::house::{House, PASSWORD, visitor};
use sauda_accounts::{AccountsError, RecoveryCodes, Session, SessionFound, SignedIn};
use sauda_kernel::{Clock as _, Span};
use sauda_testkit::engines;
use secrecy::ExposeSecret as _;

fn code(house: &House, secret: &str) -> String {
    let secret = data_encoding::BASE32_NOPAD.decode(secret.as_bytes()).unwrap();
    let seconds = u64::try_from(house.clock.now().as_secs()).unwrap();
    totp_rs::Builder::new()
        .with_secret(secret)
        .build()
        .unwrap()
        .generate(seconds)
        .to_string()
}

/// Switches two-step sign-in on: the secret, the codes and the new cookie.
async fn enrol(house: &House, session: &Session) -> (String, RecoveryCodes, SignedIn) {
    let enrolment = house
        .accounts
        .begin_second_factor(session, PASSWORD.into())
        .await
        .unwrap();
    let secret = enrolment.secret.expose_secret().to_owned();
    assert!(enrolment.otpauth.expose_secret().contains(&secret));
    assert!(enrolment.picture.expose_secret().contains("<svg"));
    let again = house.accounts.pending_second_factor(session).await.unwrap();
    assert_eq!(again.secret.expose_secret(), secret);
    let wrong = house.accounts.confirm_second_factor(session, "000000").await;
    assert!(matches!(wrong, Err(AccountsError::WrongCode)));
    let (codes, signed_in) = house
        .accounts
        .confirm_second_factor(session, &code(house, &secret))
        .await
        .unwrap();
    (secret, codes, signed_in)
}

#[tokio::test]
async fn a_code_is_asked_for_and_works_once() {
    for db in engines().await {
        let (house, session) = House::with_owner(db).await;
        let other = house
            .accounts
            .sign_in("aru@mail.kz", PASSWORD.into(), &visitor())
            .await
            .unwrap();
        let (secret, codes, rotated) = enrol(&house, &session).await;
        assert!(house.is_open(&rotated).await && !house.is_open(&other).await);
        assert_eq!(codes.0.len(), 10);
        house.clock.push(Span::from_secs(30));

        let half = house
            .accounts
            .sign_in("aru@mail.kz", PASSWORD.into(), &visitor())
            .await
            .unwrap();
        assert!(
            half.needs_code && !house.is_open(&half).await,
            "the password alone opens nothing"
        );
        let typed = code(&house, &secret);
        let full = house
            .accounts
            .enter_code(half.token.expose_secret(), &typed, &visitor())
            .await
            .unwrap();
        assert!(house.is_open(&full).await);
        let spent = house
            .accounts
            .session(half.token.expose_secret(), &visitor())
            .await
            .unwrap();
        assert!(
            matches!(spent, SessionFound::Nobody),
            "the half-way cookie is dead"
        );

        let half = house
            .accounts
            .sign_in("aru@mail.kz", PASSWORD.into(), &visitor())
            .await
            .unwrap();
        let replay = house
            .accounts
            .enter_code(half.token.expose_secret(), &typed, &visitor())
            .await;
        assert!(
            matches!(replay, Err(AccountsError::WrongCode)),
            "a seen code is worthless"
        );
        house.clock.push(Span::from_secs(30));
        house
            .accounts
            .enter_code(half.token.expose_secret(), &code(&house, &secret), &visitor())
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn the_first_code_of_the_set_up_does_not_work_again_at_sign_in() {
    for db in engines().await {
        let (house, session) = House::with_owner(db).await;
        let (secret, ..) = enrol(&house, &session).await;
        let half = house
            .accounts
            .sign_in("aru@mail.kz", PASSWORD.into(), &visitor())
            .await
            .unwrap();
        let replay = house
            .accounts
            .enter_code(half.token.expose_secret(), &code(&house, &secret), &visitor())
            .await;
        assert!(matches!(replay, Err(AccountsError::WrongCode)));
    }
}

#[tokio::test]
async fn a_recovery_code_works_once_and_new_ones_replace_the_old() {
    for db in engines().await {
        let (house, session) = House::with_owner(db).await;
        let (_, codes, rotated) = enrol(&house, &session).await;
        let half = async || {
            house
                .accounts
                .sign_in("aru@mail.kz", PASSWORD.into(), &visitor())
                .await
                .unwrap()
        };
        let typed = codes.0[3].expose_secret().to_uppercase();
        house
            .accounts
            .enter_code(half().await.token.expose_secret(), &typed, &visitor())
            .await
            .unwrap();
        let again = house
            .accounts
            .enter_code(half().await.token.expose_secret(), &typed, &visitor())
            .await;
        assert!(matches!(again, Err(AccountsError::WrongCode)));
        let session = house.open(&rotated).await;
        assert_eq!(
            house.accounts.second_factor(&session).await.unwrap().codes_left,
            9
        );
        let fresh = house
            .accounts
            .renew_recovery_codes(&session, PASSWORD.into())
            .await
            .unwrap();
        assert_eq!(
            house.accounts.second_factor(&session).await.unwrap().codes_left,
            10
        );
        let old = house
            .accounts
            .enter_code(
                half().await.token.expose_secret(),
                codes.0[4].expose_secret(),
                &visitor(),
            )
            .await;
        assert!(matches!(old, Err(AccountsError::WrongCode)));
        house
            .accounts
            .enter_code(
                half().await.token.expose_secret(),
                fresh.0[0].expose_secret(),
                &visitor(),
            )
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn guessing_codes_is_closed_after_five_and_a_new_password_entry_does_not_open_it() {
    for db in engines().await {
        let (house, session) = House::with_owner(db).await;
        let (secret, ..) = enrol(&house, &session).await;
        house.clock.push(Span::from_secs(60));
        let half = house
            .accounts
            .sign_in("aru@mail.kz", PASSWORD.into(), &visitor())
            .await
            .unwrap();
        let right = code(&house, &secret);
        let wrong = if right == "123456" { "654321" } else { "123456" };
        for _ in 0..4 {
            let refused = house
                .accounts
                .enter_code(half.token.expose_secret(), wrong, &visitor())
                .await;
            assert!(matches!(refused, Err(AccountsError::WrongCode)));
        }
        for typed in [wrong, right.as_str()] {
            let refused = house
                .accounts
                .enter_code(half.token.expose_secret(), typed, &visitor())
                .await;
            assert!(matches!(refused, Err(AccountsError::Locked { .. })));
        }
        let half = house
            .accounts
            .sign_in("aru@mail.kz", PASSWORD.into(), &visitor())
            .await
            .unwrap();
        let refused = house
            .accounts
            .enter_code(half.token.expose_secret(), &right, &visitor())
            .await;
        assert!(matches!(refused, Err(AccountsError::Locked { .. })));
    }
}

#[tokio::test]
async fn the_wait_for_a_code_ends_after_ten_minutes() {
    for db in engines().await {
        let (house, session) = House::with_owner(db).await;
        let (secret, ..) = enrol(&house, &session).await;
        let half = house
            .accounts
            .sign_in("aru@mail.kz", PASSWORD.into(), &visitor())
            .await
            .unwrap();
        house.clock.push(Span::from_mins(10));
        let late = house
            .accounts
            .enter_code(half.token.expose_secret(), &code(&house, &secret), &visitor())
            .await;
        assert!(matches!(late, Err(AccountsError::NoCodeAwaited)));
    }
}

#[tokio::test]
async fn two_step_sign_in_is_switched_off_with_the_password() {
    for db in engines().await {
        let (house, session) = House::with_owner(db).await;
        let (_, _, rotated) = enrol(&house, &session).await;
        let session = house.open(&rotated).await;
        assert!(matches!(
            house
                .accounts
                .begin_second_factor(&session, PASSWORD.into())
                .await,
            Err(AccountsError::SecondFactorOn)
        ));
        assert!(matches!(
            house
                .accounts
                .end_second_factor(&session, "не тот пароль".into())
                .await,
            Err(AccountsError::WrongPassword)
        ));
        let rotated = house
            .accounts
            .end_second_factor(&session, PASSWORD.into())
            .await
            .unwrap();
        assert!(house.is_open(&rotated).await);
        assert!(
            !house
                .accounts
                .sign_in("aru@mail.kz", PASSWORD.into(), &visitor())
                .await
                .unwrap()
                .needs_code
        );
        let refused = house.accounts.drop_second_factor("aru@mail.kz").await;
        assert!(matches!(refused, Err(AccountsError::SecondFactorOff)));
    }
}
