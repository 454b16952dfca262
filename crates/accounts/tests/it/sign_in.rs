//! Sign-up, sign-in, lockout.

use crate::house::{House, PASSWORD, owner, stranger, visitor};
use sauda_accounts::AccountsError;
use sauda_kernel::{Failure as _, Kind, Span};
use sauda_testkit::engines;

#[tokio::test]
async fn only_the_first_owner_may_sign_up() {
    for db in engines().await {
        let house = House::on(db);
        assert!(house.accounts.needs_owner().await.unwrap());
        let signed_in = house
            .accounts
            .sign_up(owner("8 701 000 12 34"), &visitor())
            .await
            .unwrap();
        let session = house.open(&signed_in).await;
        assert_eq!(
            (session.login.as_str(), session.merchant_name.as_str()),
            ("+77010001234", "Aru Home")
        );
        assert!(!house.accounts.needs_owner().await.unwrap());
        let refused = house.accounts.sign_up(owner("other@mail.kz"), &visitor()).await;
        assert!(matches!(refused, Err(AccountsError::SignUpClosed)));
        assert_eq!(house.accounts.merchants().await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn two_first_owners_at_once_leave_one() {
    for db in engines().await {
        let house = House::on(db);
        let visitor = visitor();
        let (one, two) = tokio::join!(
            house.accounts.sign_up(owner("one@mail.kz"), &visitor),
            house.accounts.sign_up(owner("two@mail.kz"), &visitor)
        );
        assert_eq!([one.is_ok(), two.is_ok()].iter().filter(|ok| **ok).count(), 1);
        assert_eq!(house.accounts.merchants().await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn strangers_may_sign_up_where_the_operator_allows_it() {
    for db in engines().await {
        let house = House::with(db, |settings| settings.open_sign_up = true);
        house
            .accounts
            .sign_up(owner("one@mail.kz"), &visitor())
            .await
            .unwrap();
        house
            .accounts
            .sign_up(owner("two@mail.kz"), &visitor())
            .await
            .unwrap();
        let taken = house.accounts.sign_up(owner("TWO@mail.kz"), &visitor()).await;
        assert!(matches!(taken, Err(AccountsError::LoginTaken)));
        assert_eq!(house.accounts.merchants().await.unwrap().len(), 2);
    }
}

#[tokio::test]
async fn an_unknown_login_and_a_wrong_password_take_the_same_way() {
    for db in engines().await {
        let (house, _) = House::with_owner(db).await;
        let before = house.accounts.password_checks();
        let wrong = house
            .accounts
            .sign_in("aru@mail.kz", "не тот пароль".into(), &stranger(1))
            .await
            .unwrap_err();
        let unknown = house
            .accounts
            .sign_in("nobody@mail.kz", PASSWORD.into(), &stranger(1))
            .await
            .unwrap_err();
        let nonsense = house
            .accounts
            .sign_in("<>", PASSWORD.into(), &stranger(1))
            .await
            .unwrap_err();
        assert_eq!((wrong.public(), wrong.kind()), (unknown.public(), unknown.kind()));
        assert_eq!(nonsense.public(), unknown.public());
        assert_eq!(
            house.accounts.password_checks() - before,
            3,
            "each attempt costs one slow check"
        );
    }
}

#[tokio::test]
async fn a_login_in_any_spelling_signs_in() {
    for db in engines().await {
        let house = House::on(db);
        house
            .accounts
            .sign_up(owner("+77010001234"), &visitor())
            .await
            .unwrap();
        for typed in ["87010001234", "+7 (701) 000-12-34", " 701 000 12 34 "] {
            let signed_in = house
                .accounts
                .sign_in(typed, PASSWORD.into(), &visitor())
                .await
                .unwrap();
            assert!(house.is_open(&signed_in).await);
        }
    }
}

#[tokio::test]
async fn five_wrong_passwords_close_a_login_for_growing_times() {
    for db in engines().await {
        let (house, _) = House::with_owner(db).await;
        let wrong = async |number| {
            house
                .accounts
                .sign_in("aru@mail.kz", "не тот пароль".into(), &stranger(number))
                .await
                .unwrap_err()
        };
        for number in 0..4 {
            assert!(matches!(wrong(number).await, AccountsError::WrongPair));
        }
        for (number, minutes) in [(4, 1), (5, 2), (6, 4), (7, 8)] {
            let locked = wrong(number).await;
            assert_eq!(locked.kind(), Kind::Throttled(Span::from_mins(minutes)));
            let checks = house.accounts.password_checks();
            let right = house
                .accounts
                .sign_in("aru@mail.kz", PASSWORD.into(), &stranger(9))
                .await
                .unwrap_err();
            assert!(
                matches!(right, AccountsError::Locked { .. }),
                "closed for the right password too"
            );
            assert_eq!(
                house.accounts.password_checks(),
                checks,
                "a closed login is not looked at"
            );
            house.clock.push(Span::from_mins(minutes));
        }
        house
            .accounts
            .sign_in("aru@mail.kz", PASSWORD.into(), &stranger(8))
            .await
            .unwrap();
        assert!(
            matches!(wrong(10).await, AccountsError::WrongPair),
            "the right password began anew"
        );
    }
}

#[tokio::test]
async fn an_unknown_login_is_closed_like_a_known_one() {
    for db in engines().await {
        let (house, _) = House::with_owner(db).await;
        for number in 0..5 {
            let _ = house
                .accounts
                .sign_in("nobody@mail.kz", "не тот пароль".into(), &stranger(number))
                .await;
        }
        let refused = house
            .accounts
            .sign_in("nobody@mail.kz", "не тот пароль".into(), &stranger(9))
            .await
            .unwrap_err();
        assert!(matches!(refused, AccountsError::Locked { .. }));
    }
}

#[tokio::test]
async fn thirty_attempts_close_an_address_for_every_login() {
    for db in engines().await {
        let (house, _) = House::with_owner(db).await;
        for number in 0..30 {
            let login = format!("guess{number}@mail.kz");
            let _ = house
                .accounts
                .sign_in(&login, "не тот пароль".into(), &stranger(1))
                .await;
        }
        let refused = house
            .accounts
            .sign_in("aru@mail.kz", PASSWORD.into(), &stranger(1))
            .await
            .unwrap_err();
        assert!(matches!(refused, AccountsError::Locked { .. }));
        house
            .accounts
            .sign_in("aru@mail.kz", PASSWORD.into(), &stranger(2))
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn attempts_of_the_same_moment_are_all_counted() {
    for db in engines().await {
        let (house, _) = House::with_owner(db).await;
        let mut guesses = tokio::task::JoinSet::new();
        for number in 0..20 {
            let accounts = house.accounts.clone();
            guesses.spawn(async move {
                accounts
                    .sign_in("aru@mail.kz", "не тот пароль".into(), &stranger(number))
                    .await
            });
        }
        let before = house.accounts.password_checks();
        let _ = guesses.join_all().await;
        assert!(
            house.accounts.password_checks() - before <= 5,
            "more than five passwords were looked at"
        );
    }
}

#[tokio::test]
async fn a_changed_cost_hashes_the_password_anew_at_sign_in() {
    for db in engines().await {
        let (house, _) = House::with_owner(db).await;
        let House { db, .. } = house;
        let stricter = House::with(db, |settings| settings.password_cost.passes = 2);
        let hash = async || {
            let row = sauda_store::sql!("SELECT password_hash FROM users")
                .one(stricter.db.db())
                .await
                .unwrap();
            row.get::<String>("password_hash").unwrap()
        };
        assert!(hash().await.contains("m=8,t=1,p=1"));
        stricter
            .accounts
            .sign_in("aru@mail.kz", PASSWORD.into(), &visitor())
            .await
            .unwrap();
        assert!(hash().await.contains("m=8,t=2,p=1"));
        stricter
            .accounts
            .sign_in("aru@mail.kz", PASSWORD.into(), &visitor())
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn nothing_that_opens_a_door_is_stored() {
    use secrecy::ExposeSecret as _;
    let db = sauda_testkit::sqlite().await;
    let (house, session) = House::with_owner(db).await;
    let signed_in = house
        .accounts
        .sign_in("aru@mail.kz", PASSWORD.into(), &visitor())
        .await
        .unwrap();
    let link = house
        .accounts
        .invite(&session.scope, sauda_accounts::Role::Packer, "")
        .await
        .unwrap();
    let reset = house
        .accounts
        .reset_link(&session.scope, &session.user)
        .await
        .unwrap();
    let key = sauda_accounts::NewKey {
        name: "касса".to_owned(),
        rights: vec![sauda_accounts::Right::ViewPrices],
        expires_at: None,
    };
    let key = house.accounts.make_key(&session.scope, key).await.unwrap();
    let file = house.db.file().unwrap();
    house.db.close().await;
    let bytes = std::fs::read(file).unwrap();
    for secret in [
        signed_in.token.expose_secret(),
        link.token.expose_secret(),
        reset.token.expose_secret(),
        key.key.expose_secret(),
        PASSWORD,
    ] {
        assert!(
            !bytes
                .windows(secret.len())
                .any(|window| window == secret.as_bytes())
        );
    }
}
