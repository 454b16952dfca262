//! Keys of the JSON API, and how many requests a caller may make.

use crate::house::{House, visitor};
use sauda_accounts::{AccountsError, NewKey, Requester, Right, Role};
use sauda_kernel::{Clock as _, Failure as _, Kind, Span};
use sauda_testkit::engines;
use secrecy::ExposeSecret as _;

fn new(rights: &[Right]) -> NewKey {
    NewKey {
        name: "1С".to_owned(),
        rights: rights.to_vec(),
        expires_at: None,
    }
}

#[tokio::test]
async fn a_key_is_shown_once_and_carries_its_rights() {
    for db in engines().await {
        let (house, here) = House::with_owner(db).await;
        let shown = house
            .accounts
            .make_key(&here.scope, new(&[Right::ManagePrices, Right::ViewPrices]))
            .await
            .unwrap();
        let word = shown.key.expose_secret();
        assert!(word.starts_with("sk_") && word.len() == 46);
        let caller = house.accounts.key(word, &visitor()).await.unwrap().unwrap();
        assert_eq!(caller.scope.rights(), [Right::ViewPrices, Right::ManagePrices]);
        assert_eq!(caller.scope.merchant(), here.scope.merchant());
        let listed = &house.accounts.keys(&here.scope).await.unwrap()[0];
        assert_eq!(
            (listed.hint.as_str(), listed.made_by.as_str()),
            (&word[..7], "Ару")
        );
        assert_eq!(listed.used_at, Some(house.clock.now()));
        for wrong in [
            "",
            "sk_",
            "sk_0000000000000000000000000000000000000000000",
            &word[3..],
            &word.repeat(5),
        ] {
            assert!(house.accounts.key(wrong, &visitor()).await.unwrap().is_none());
        }
    }
}

#[tokio::test]
async fn the_last_use_of_a_key_is_written_at_most_once_an_hour() {
    for db in engines().await {
        let (house, here) = House::with_owner(db).await;
        let shown = house
            .accounts
            .make_key(&here.scope, new(&[Right::ViewPrices]))
            .await
            .unwrap();
        let used = async || {
            house
                .accounts
                .key(shown.key.expose_secret(), &visitor())
                .await
                .unwrap();
            house.accounts.keys(&here.scope).await.unwrap()[0].used_at
        };
        let first = used().await;
        house.clock.push(Span::from_mins(59));
        assert_eq!(used().await, first);
        house.clock.push(Span::from_mins(1));
        assert_eq!(used().await, Some(house.clock.now()));
    }
}

#[tokio::test]
async fn revoked_and_old_keys_are_nobody() {
    for db in engines().await {
        let (house, here) = House::with_owner(db).await;
        let shown = house
            .accounts
            .make_key(&here.scope, new(&[Right::ViewPrices]))
            .await
            .unwrap();
        house.accounts.revoke_key(&here.scope, &shown.id).await.unwrap();
        assert!(
            house
                .accounts
                .key(shown.key.expose_secret(), &visitor())
                .await
                .unwrap()
                .is_none()
        );
        assert!(matches!(
            house.accounts.revoke_key(&here.scope, &shown.id).await,
            Err(AccountsError::NotFound { .. })
        ));
        let mut short = new(&[Right::ViewPrices]);
        short.expires_at = Some(house.clock.now().plus(Span::from_hours(1)));
        let shown = house.accounts.make_key(&here.scope, short.clone()).await.unwrap();
        house.clock.push(Span::from_hours(1));
        assert!(
            house
                .accounts
                .key(shown.key.expose_secret(), &visitor())
                .await
                .unwrap()
                .is_none()
        );
        assert!(matches!(
            house.accounts.make_key(&here.scope, short).await,
            Err(AccountsError::Past)
        ));
    }
}

#[tokio::test]
async fn a_key_is_never_stronger_than_its_maker_and_makes_no_keys() {
    for db in engines().await {
        let (house, here) = House::with_owner(db).await;
        let manager = house.hire(&here, Role::Manager, "man@mail.kz").await;
        let manager = house.open(&manager).await;
        assert!(matches!(
            house
                .accounts
                .make_key(&manager.scope, new(&[Right::ViewPrices]))
                .await,
            Err(AccountsError::Forbidden("manage_keys"))
        ));
        assert!(matches!(
            house.accounts.make_key(&here.scope, new(&[])).await,
            Err(AccountsError::KeyRights)
        ));
        let shown = house
            .accounts
            .make_key(&here.scope, new(&[Right::ManageKeys, Right::ManageTeam]))
            .await
            .unwrap();
        let caller = house
            .accounts
            .key(shown.key.expose_secret(), &visitor())
            .await
            .unwrap()
            .unwrap();
        assert!(matches!(
            house
                .accounts
                .make_key(&caller.scope, new(&[Right::ManageKeys]))
                .await,
            Err(AccountsError::PersonOnly)
        ));
        assert!(matches!(
            house.accounts.reset_link(&caller.scope, &here.user).await,
            Err(AccountsError::PersonOnly)
        ));
    }
}

#[tokio::test]
async fn too_many_requests_are_told_when_to_come_back() {
    let (house, here) = House::with_owner(sauda_testkit::sqlite().await).await;
    let requester = Requester::Session(here.id.clone());
    for _ in 0..120 {
        house.accounts.permit(&requester).await.unwrap();
    }
    let refused = house.accounts.permit(&requester).await.unwrap_err();
    assert_eq!(refused.kind(), Kind::Throttled(Span::from_secs(10)));
    house
        .accounts
        .permit(&Requester::Address("203.0.113.7".to_owned()))
        .await
        .unwrap();
    house.clock.push(Span::from_secs(10));
    house.accounts.permit(&requester).await.unwrap();
}
