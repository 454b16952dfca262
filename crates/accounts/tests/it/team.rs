//! Teams: invitations, roles, removal, several teams of one person.

use crate::house::{House, PASSWORD, owner, person, visitor};
use sauda_accounts::{AccountsError, InviteState, NewKey, Right, Role};
use sauda_kernel::Span;
use sauda_testkit::engines;
use secrecy::ExposeSecret as _;

#[tokio::test]
async fn an_invitation_works_once() {
    for db in engines().await {
        let (house, here) = House::with_owner(db).await;
        let link = house
            .accounts
            .invite(&here.scope, Role::Packer, " Данияр,  склад ")
            .await
            .unwrap();
        let facts = house
            .accounts
            .invite_facts(link.token.expose_secret())
            .await
            .unwrap();
        assert_eq!(
            (facts.merchant_name.as_str(), facts.made_by.as_str(), facts.role),
            ("Aru Home", "Ару", Role::Packer)
        );
        let joined = house
            .accounts
            .accept_invite_new(link.token.expose_secret(), person("dan@mail.kz"), &visitor())
            .await
            .unwrap();
        assert_eq!(house.open(&joined).await.role, Role::Packer);
        let again = house
            .accounts
            .accept_invite_new(link.token.expose_secret(), person("two@mail.kz"), &visitor())
            .await;
        assert!(matches!(again, Err(AccountsError::LinkDead)));
        let invites = house.accounts.invites(&here.scope).await.unwrap();
        assert_eq!(
            (invites[0].state, invites[0].note.as_str()),
            (InviteState::Used, "Данияр, склад")
        );
        assert_eq!(house.accounts.team(&here.scope).await.unwrap().len(), 2);
    }
}

#[tokio::test]
async fn a_revoked_or_old_invitation_is_dead() {
    for db in engines().await {
        let (house, here) = House::with_owner(db).await;
        let revoked = house
            .accounts
            .invite(&here.scope, Role::Packer, "")
            .await
            .unwrap();
        let id = house.accounts.invites(&here.scope).await.unwrap()[0].id.clone();
        house.accounts.revoke_invite(&here.scope, &id).await.unwrap();
        assert!(matches!(
            house.accounts.revoke_invite(&here.scope, &id).await,
            Err(AccountsError::NotFound { .. })
        ));
        house.clock.push(Span::from_secs(1));
        let old = house
            .accounts
            .invite(&here.scope, Role::Packer, "")
            .await
            .unwrap();
        house.clock.push(Span::from_days(7));
        for link in [&revoked, &old] {
            let refused = house
                .accounts
                .accept_invite_new(link.token.expose_secret(), person("dan@mail.kz"), &visitor())
                .await;
            assert!(matches!(refused, Err(AccountsError::LinkDead)));
        }
        let states: Vec<_> = house
            .accounts
            .invites(&here.scope)
            .await
            .unwrap()
            .iter()
            .map(|invite| invite.state)
            .collect();
        assert_eq!(states, [InviteState::Expired, InviteState::Revoked]);
    }
}

#[tokio::test]
async fn a_taken_login_leaves_the_invitation_open() {
    for db in engines().await {
        let (house, here) = House::with_owner(db).await;
        let link = house
            .accounts
            .invite(&here.scope, Role::Manager, "")
            .await
            .unwrap();
        let refused = house
            .accounts
            .accept_invite_new(link.token.expose_secret(), person("aru@mail.kz"), &visitor())
            .await;
        assert!(matches!(refused, Err(AccountsError::LoginTaken)));
        let refused = house
            .accounts
            .accept_invite(&here, link.token.expose_secret())
            .await;
        assert!(matches!(refused, Err(AccountsError::MemberAlready)));
        assert!(
            house
                .accounts
                .invite_facts(link.token.expose_secret())
                .await
                .is_ok()
        );
        assert_eq!(
            house.accounts.team(&here.scope).await.unwrap()[0].role,
            Role::Owner
        );
    }
}

#[tokio::test]
async fn the_last_owner_stays() {
    for db in engines().await {
        let (house, here) = House::with_owner(db).await;
        assert!(matches!(
            house
                .accounts
                .set_role(&here.scope, &here.user, Role::Manager)
                .await,
            Err(AccountsError::LastOwner)
        ));
        assert!(matches!(
            house.accounts.remove_member(&here.scope, &here.user).await,
            Err(AccountsError::LastOwner)
        ));
        assert_eq!(
            house.accounts.team(&here.scope).await.unwrap()[0].role,
            Role::Owner
        );
    }
}

#[tokio::test]
async fn two_owners_who_remove_each_other_leave_one() {
    for db in engines().await {
        let (house, one) = House::with_owner(db).await;
        let two = house.hire(&one, Role::Owner, "two@mail.kz").await;
        let two = house.open(&two).await;
        let (first, second) = tokio::join!(
            house.accounts.remove_member(&one.scope, &two.user),
            house.accounts.remove_member(&two.scope, &one.user)
        );
        assert_eq!(
            [first.is_ok(), second.is_ok()].iter().filter(|ok| **ok).count(),
            1
        );
        assert_eq!(house.accounts.team(&one.scope).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn a_new_role_ends_sessions_and_a_removed_person_is_out_at_once() {
    for db in engines().await {
        let (house, here) = House::with_owner(db).await;
        let dan = house.hire(&here, Role::Owner, "dan@mail.kz").await;
        let user = house.open(&dan).await.user;
        let scope = house.open(&dan).await.scope;
        let key = NewKey {
            name: "касса".to_owned(),
            rights: vec![Right::ViewPrices, Right::ManageProxies],
            expires_at: None,
        };
        let key = house.accounts.make_key(&scope, key).await.unwrap();
        house
            .accounts
            .set_role(&here.scope, &user, Role::Manager)
            .await
            .unwrap();
        assert!(!house.is_open(&dan).await);
        let dan = house
            .accounts
            .sign_in("dan@mail.kz", PASSWORD.into(), &visitor())
            .await
            .unwrap();
        assert_eq!(house.open(&dan).await.role, Role::Manager);
        let caller = house
            .accounts
            .key(key.key.expose_secret(), &visitor())
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            caller.scope.rights(),
            [Right::ViewPrices],
            "the key loses what its maker lost"
        );

        house.accounts.remove_member(&here.scope, &user).await.unwrap();
        assert!(!house.is_open(&dan).await);
        assert!(
            house
                .accounts
                .key(key.key.expose_secret(), &visitor())
                .await
                .unwrap()
                .is_none()
        );
        let refused = house
            .accounts
            .sign_in("dan@mail.kz", PASSWORD.into(), &visitor())
            .await;
        assert!(matches!(refused, Err(AccountsError::NoTeam)));
    }
}

#[tokio::test]
async fn a_person_of_two_teams_switches_and_sees_only_the_open_one() {
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
        let two_session = house.open(&two).await;
        let link = house.accounts.invite(&one.scope, Role::Packer, "").await.unwrap();
        let joined = house
            .accounts
            .accept_invite(&two_session, link.token.expose_secret())
            .await
            .unwrap();
        assert!(!house.is_open(&two).await, "the cookie is new");
        let here = house.open(&joined).await;
        assert_eq!(
            (here.scope.merchant(), here.role),
            (one.scope.merchant(), Role::Packer)
        );
        assert!(matches!(
            house.accounts.team(&here.scope).await,
            Err(AccountsError::Forbidden("manage_team"))
        ));
        assert_eq!(house.accounts.memberships(&here).await.unwrap().len(), 2);
        let back = house
            .accounts
            .switch_merchant(&here, two_session.scope.merchant())
            .await
            .unwrap();
        let back = house.open(&back).await;
        assert_eq!(
            (back.scope.merchant(), back.role),
            (two_session.scope.merchant(), Role::Owner)
        );
        let refused = house
            .accounts
            .switch_merchant(&one, two_session.scope.merchant())
            .await;
        assert!(matches!(
            refused,
            Err(AccountsError::NotFound { what: "merchant", .. })
        ));
    }
}

#[tokio::test]
async fn a_person_who_left_comes_back_with_the_old_password() {
    for db in engines().await {
        let (house, here) = House::with_owner(db).await;
        let dan = house.hire(&here, Role::Packer, "dan@mail.kz").await;
        house
            .accounts
            .remove_member(&here.scope, &house.open(&dan).await.user)
            .await
            .unwrap();
        let link = house
            .accounts
            .invite(&here.scope, Role::Manager, "")
            .await
            .unwrap();
        let mut wrong = person("dan@mail.kz");
        wrong.password = "не тот пароль".into();
        let refused = house
            .accounts
            .accept_invite_new(link.token.expose_secret(), wrong, &visitor())
            .await;
        assert!(matches!(refused, Err(AccountsError::WrongPair)));
        let back = house
            .accounts
            .accept_invite_new(link.token.expose_secret(), person("dan@mail.kz"), &visitor())
            .await
            .unwrap();
        assert_eq!(house.open(&back).await.role, Role::Manager);
        assert_eq!(house.accounts.team(&here.scope).await.unwrap().len(), 2);
    }
}

#[tokio::test]
async fn a_member_acts_with_the_rights_of_this_moment_and_a_leaver_with_none() {
    for db in engines().await {
        let (house, owner) = House::with_owner(db).await;
        let packer = house
            .open(&house.hire(&owner, Role::Packer, "dan@mail.kz").await)
            .await;
        let merchant = owner.scope.merchant();
        let found = house
            .accounts
            .member(merchant, &packer.user, "telegram")
            .await
            .unwrap()
            .unwrap();
        assert_eq!(found.scope.rights(), packer.scope.rights());
        assert_eq!(
            (found.name, found.login.as_str(), found.scope.address()),
            (packer.name.clone(), "dan@mail.kz", Some("telegram"))
        );
        house
            .accounts
            .set_role(&owner.scope, &packer.user, Role::Marketer)
            .await
            .unwrap();
        let now = house
            .accounts
            .member(merchant, &packer.user, "telegram")
            .await
            .unwrap();
        assert!(!now.unwrap().scope.may(Right::ManageOrders));
        house
            .accounts
            .remove_member(&owner.scope, &packer.user)
            .await
            .unwrap();
        let left = house
            .accounts
            .member(merchant, &packer.user, "telegram")
            .await
            .unwrap();
        assert!(left.is_none());
        assert_eq!(
            house.accounts.members(merchant).await.unwrap(),
            std::slice::from_ref(&owner.user)
        );
    }
}
