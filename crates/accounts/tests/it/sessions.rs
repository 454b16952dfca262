//! Sessions: expiry, rotation, ending, preferences, password change and recovery.

use crate::house::{House, PASSWORD, owner, visitor};
use sauda_accounts::{AccountsError, Language, Preferences, Role, SessionFound, Theme};
use sauda_kernel::Span;
use sauda_store::sql;
use sauda_testkit::engines;
use secrecy::ExposeSecret as _;

#[tokio::test]
async fn a_session_ends_when_idle_and_at_the_latest_after_its_life() {
    for db in engines().await {
        let (house, _) = House::with_owner(db).await;
        let signed_in = house
            .accounts
            .sign_in("aru@mail.kz", PASSWORD.into(), &visitor())
            .await
            .unwrap();
        house.clock.push(Span::from_days(7).minus_micro());
        assert!(house.is_open(&signed_in).await);
        house.clock.push(Span::from_days(7));
        assert!(!house.is_open(&signed_in).await, "idle for seven days");

        let signed_in = house
            .accounts
            .sign_in("aru@mail.kz", PASSWORD.into(), &visitor())
            .await
            .unwrap();
        for _ in 0..5 {
            house.clock.push(Span::from_days(6).minus_micro());
            assert!(house.is_open(&signed_in).await);
        }
        house.clock.push(Span::from_secs(1));
        assert!(!house.is_open(&signed_in).await, "thirty days whatever happens");
        assert!(house.accounts.sweep().await.unwrap().sessions >= 2);
    }
}

trait MinusMicro {
    fn minus_micro(self) -> Self;
}
impl MinusMicro for Span {
    fn minus_micro(self) -> Self {
        Span::from_micros(self.as_micros() - 1)
    }
}

#[tokio::test]
async fn the_last_use_is_written_at_most_once_a_minute() {
    for db in engines().await {
        let (house, _) = House::with_owner(db).await;
        let signed_in = house
            .accounts
            .sign_in("aru@mail.kz", PASSWORD.into(), &visitor())
            .await
            .unwrap();
        let seen = async || {
            let session = house.open(&signed_in).await;
            house
                .accounts
                .sessions(&session)
                .await
                .unwrap()
                .into_iter()
                .find(|row| row.current)
                .unwrap()
                .seen_at
        };
        let first = seen().await;
        house.clock.push(Span::from_secs(59));
        assert_eq!(seen().await, first);
        house.clock.push(Span::from_secs(1));
        assert_eq!(seen().await, first.plus(Span::from_mins(1)));
    }
}

#[tokio::test]
async fn sessions_are_listed_and_ended_one_by_one_or_all_others() {
    for db in engines().await {
        let (house, here) = House::with_owner(db).await;
        let two = house
            .accounts
            .sign_in("aru@mail.kz", PASSWORD.into(), &visitor())
            .await
            .unwrap();
        let three = house
            .accounts
            .sign_in("aru@mail.kz", PASSWORD.into(), &visitor())
            .await
            .unwrap();
        let rows = house.accounts.sessions(&here).await.unwrap();
        assert_eq!(
            (rows.len(), rows.iter().filter(|row| row.current).count()),
            (3, 1)
        );
        house
            .accounts
            .end_session(&here, &house.open(&two).await.id)
            .await
            .unwrap();
        assert!(!house.is_open(&two).await && house.is_open(&three).await);
        assert_eq!(house.accounts.end_other_sessions(&here).await.unwrap(), 1);
        assert!(!house.is_open(&three).await);
        let gone = house.accounts.end_session(&here, &here.id).await;
        assert!(gone.is_ok(), "one's own session may be ended too");
    }
}

#[tokio::test]
async fn nobody_ends_the_session_of_another_person() {
    for db in engines().await {
        let (house, here) = House::with_owner(db).await;
        let packer = house.hire(&here, Role::Packer, "packer@mail.kz").await;
        let packer = house.open(&packer).await;
        let refused = house.accounts.end_session(&packer, &here.id).await;
        assert!(matches!(
            refused,
            Err(AccountsError::NotFound { what: "session", .. })
        ));
    }
}

#[tokio::test]
async fn a_new_password_rotates_this_session_and_ends_the_others() {
    for db in engines().await {
        let (house, _) = House::with_owner(db).await;
        let here = house
            .accounts
            .sign_in("aru@mail.kz", PASSWORD.into(), &visitor())
            .await
            .unwrap();
        let other = house
            .accounts
            .sign_in("aru@mail.kz", PASSWORD.into(), &visitor())
            .await
            .unwrap();
        let session = house.open(&here).await;
        let wrong = house
            .accounts
            .change_password(&session, "не тот пароль".into(), "новый чайник".into())
            .await;
        assert!(matches!(wrong, Err(AccountsError::WrongPassword)));
        let weak = house
            .accounts
            .change_password(&session, PASSWORD.into(), "короткий".into())
            .await;
        assert!(matches!(weak, Err(AccountsError::PasswordShort { min: 10 })));
        assert!(house.is_open(&other).await, "a refusal changes nothing");
        let rotated = house
            .accounts
            .change_password(&session, PASSWORD.into(), "новый чайник".into())
            .await
            .unwrap();
        assert!(house.is_open(&rotated).await && !house.is_open(&here).await && !house.is_open(&other).await);
        assert!(
            house
                .accounts
                .sign_in("aru@mail.kz", PASSWORD.into(), &visitor())
                .await
                .is_err()
        );
        house
            .accounts
            .sign_in("aru@mail.kz", "новый чайник".into(), &visitor())
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn sign_out_ends_the_session() {
    for db in engines().await {
        let (house, _) = House::with_owner(db).await;
        let here = house
            .accounts
            .sign_in("aru@mail.kz", PASSWORD.into(), &visitor())
            .await
            .unwrap();
        house.accounts.sign_out(here.token.expose_secret()).await.unwrap();
        assert!(matches!(
            house
                .accounts
                .session(here.token.expose_secret(), &visitor())
                .await
                .unwrap(),
            SessionFound::Nobody
        ));
    }
}

#[tokio::test]
async fn preferences_are_kept() {
    for db in engines().await {
        let (house, session) = House::with_owner(db).await;
        assert_eq!(
            session.preferences,
            Preferences {
                language: None,
                theme: Theme::System,
                shortcuts: true
            }
        );
        let wanted = Preferences {
            language: Some(Language::Kk),
            theme: Theme::Dark,
            shortcuts: false,
        };
        house.accounts.set_preferences(&session, wanted).await.unwrap();
        house
            .accounts
            .set_name(&session, " Ару   Сейтова ")
            .await
            .unwrap();
        let again = house
            .accounts
            .sign_in("aru@mail.kz", PASSWORD.into(), &visitor())
            .await
            .unwrap();
        let again = house.open(&again).await;
        assert_eq!((again.preferences, again.name.as_str()), (wanted, "Ару Сейтова"));
    }
}

#[tokio::test]
async fn a_recovery_link_works_once_and_for_a_day() {
    for db in engines().await {
        let (house, here) = House::with_owner(db).await;
        let old = house.accounts.reset_link_for("aru@mail.kz").await.unwrap();
        let link = house.accounts.reset_link_for("aru@mail.kz").await.unwrap();
        assert!(matches!(
            house.accounts.reset_facts(old.token.expose_secret()).await,
            Err(AccountsError::LinkDead)
        ));
        assert_eq!(
            house
                .accounts
                .reset_facts(link.token.expose_secret())
                .await
                .unwrap(),
            "a…@mail.kz"
        );
        let set = async |word: &str| {
            house
                .accounts
                .reset_password(link.token.expose_secret(), word.into(), "203.0.113.7")
                .await
        };
        assert!(matches!(
            set("короткий").await,
            Err(AccountsError::PasswordShort { .. })
        ));
        set("новый чайник").await.unwrap();
        assert!(matches!(
            set("новый чайник 2").await,
            Err(AccountsError::LinkDead)
        ));
        assert!(
            house.accounts.sessions(&here).await.unwrap().is_empty(),
            "every session has ended"
        );
        house
            .accounts
            .sign_in("aru@mail.kz", "новый чайник".into(), &visitor())
            .await
            .unwrap();
        let late = house.accounts.reset_link_for("aru@mail.kz").await.unwrap();
        house.clock.push(Span::from_hours(24));
        assert!(matches!(
            house.accounts.reset_facts(late.token.expose_secret()).await,
            Err(AccountsError::LinkDead)
        ));
    }
}

#[tokio::test]
async fn an_owner_cannot_take_over_a_person_of_another_team() {
    for db in engines().await {
        let house = House::with(db, |settings| settings.open_sign_up = true);
        let one = house
            .accounts
            .sign_up(owner("one@mail.kz"), &visitor())
            .await
            .unwrap();
        let one = house.open(&one).await;
        let two = house
            .accounts
            .sign_up(owner("two@mail.kz"), &visitor())
            .await
            .unwrap();
        let two = house.open(&two).await;
        assert!(matches!(
            house.accounts.reset_link(&one.scope, &two.user).await,
            Err(AccountsError::NotFound { .. })
        ));
        let link = house.accounts.invite(&one.scope, Role::Packer, "").await.unwrap();
        house
            .accounts
            .accept_invite(&two, link.token.expose_secret())
            .await
            .unwrap();
        assert!(matches!(
            house.accounts.reset_link(&one.scope, &two.user).await,
            Err(AccountsError::ForeignMember)
        ));
        let links = sql!("SELECT COUNT(*) AS n FROM reset_links")
            .one(house.db.db())
            .await
            .unwrap();
        assert_eq!(links.get::<i64>("n").unwrap(), 0);
    }
}
