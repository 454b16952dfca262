//! The audit log: complete, filtered, and broken visibly when a row is touched.

use crate::house::{House, PASSWORD, visitor};
use sauda_accounts::{AccountsError, AuditEntry, AuditFilter, AuditVerdict, Role, Scope};
use sauda_kernel::{Clock as _, Id, MerchantId, Span, SystemIds};
use sauda_store::{Query, sql};
use sauda_testkit::engines;

async fn whats(house: &House, scope: &Scope, filter: &AuditFilter) -> Vec<String> {
    house
        .accounts
        .audit_page(scope, filter, None, 100)
        .await
        .unwrap()
        .into_iter()
        .map(|row| row.what)
        .collect()
}

#[tokio::test]
async fn every_act_is_in_the_log_and_filters_find_it() {
    for db in engines().await {
        let (house, here) = House::with_owner(db).await;
        house.clock.push(Span::from_mins(5));
        let begin = house.clock.now();
        let dan = house.hire(&here, Role::Manager, "dan@mail.kz").await;
        let dan = house.open(&dan).await;
        house
            .accounts
            .set_role(&here.scope, &dan.user, Role::Packer)
            .await
            .unwrap();
        let expected = [
            "accounts.role_changed",
            "accounts.invite_accepted",
            "accounts.invite_made",
            "accounts.sign_up",
        ];
        assert_eq!(
            whats(&house, &here.scope, &AuditFilter::default()).await,
            expected
        );
        let by_dan = AuditFilter {
            actor: Some(dan.user.to_string()),
            ..AuditFilter::default()
        };
        assert_eq!(
            whats(&house, &here.scope, &by_dan).await,
            ["accounts.invite_accepted"]
        );
        let early = AuditFilter {
            until: Some(begin),
            ..AuditFilter::default()
        };
        assert_eq!(whats(&house, &here.scope, &early).await, ["accounts.sign_up"]);
        let roles = AuditFilter {
            what: Some("accounts.role_changed".to_owned()),
            from: Some(begin),
            ..AuditFilter::default()
        };
        let row = &house
            .accounts
            .audit_page(&here.scope, &roles, None, 10)
            .await
            .unwrap()[0];
        assert_eq!(
            (row.before.as_deref(), row.after.as_deref()),
            (Some("manager"), Some("packer"))
        );
        assert_eq!(
            (
                row.subject.as_str(),
                row.address.as_deref(),
                row.actor_name.as_str()
            ),
            ("Данияр", Some("203.0.113.7"), "Ару")
        );
        assert_eq!(house.accounts.audit_words(&here.scope).await.unwrap().len(), 4);
        assert_eq!(house.accounts.audit_actors(&here.scope).await.unwrap().len(), 2);
        assert!(matches!(
            house
                .accounts
                .audit_page(&dan.scope, &AuditFilter::default(), None, 10)
                .await,
            Err(AccountsError::Forbidden("view_audit"))
        ));
    }
}

#[tokio::test]
async fn pages_meet_without_gaps() {
    for db in engines().await {
        let (house, here) = House::with_owner(db).await;
        for number in 0..24 {
            house
                .accounts
                .audit(house.db.db(), &here.scope, AuditEntry::new("test.act", number))
                .await
                .unwrap();
        }
        let (mut below, mut seen) = (None, Vec::new());
        loop {
            let page = house
                .accounts
                .audit_page(&here.scope, &AuditFilter::default(), below, 10)
                .await
                .unwrap();
            let Some(last) = page.last() else { break };
            below = Some(last.seq);
            seen.extend(page.iter().map(|row| row.seq));
        }
        assert_eq!(seen, (1..=25).rev().collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn an_entry_lives_and_dies_with_the_transaction_of_its_act() {
    for db in engines().await {
        let (house, here) = House::with_owner(db).await;
        let mut tx = house.db.write().await.unwrap();
        house
            .accounts
            .audit(&mut tx, &here.scope, AuditEntry::new("test.act", "gone"))
            .await
            .unwrap();
        drop(tx);
        assert_eq!(
            whats(&house, &here.scope, &AuditFilter::default()).await,
            ["accounts.sign_up"]
        );
        let AuditVerdict::Intact { rows, .. } = house.accounts.audit_verify(&here.scope).await.unwrap()
        else {
            panic!("broken")
        };
        assert_eq!(rows, 1);
    }
}

#[tokio::test]
async fn entries_written_at_once_form_one_chain() {
    for db in engines().await {
        let (house, _) = House::with_owner(db).await;
        let merchant: MerchantId = Id::new(&house.clock, &SystemIds);
        let scope = Scope::system(merchant, "test");
        let mut writers = tokio::task::JoinSet::new();
        for number in 0..16 {
            let (accounts, scope, db) = (house.accounts.clone(), scope.clone(), house.db.db().clone());
            writers.spawn(async move {
                accounts
                    .audit(&db, &scope, AuditEntry::new("test.act", number))
                    .await
            });
        }
        for written in writers.join_all().await {
            written.unwrap();
        }
        assert!(matches!(
            house.accounts.audit_verify(&scope).await.unwrap(),
            AuditVerdict::Intact { rows: 16, .. }
        ));
    }
}

type Touch = fn() -> Query;

#[tokio::test]
async fn a_touched_log_is_noticed() {
    let touches: [(&str, Touch, i64); 5] = [
        (
            "a changed text",
            || sql!("UPDATE audit SET after_text = 'owner' WHERE seq = 3"),
            3,
        ),
        (
            "a changed time",
            || sql!("UPDATE audit SET at = at - 1 WHERE seq = 2"),
            2,
        ),
        ("a removed row", || sql!("DELETE FROM audit WHERE seq = 2"), 2),
        ("a removed end", || sql!("DELETE FROM audit WHERE seq = 4"), 4),
        (
            "a copied seal",
            || sql!("UPDATE audit SET seal = (SELECT seal FROM audit a WHERE a.seq = 1) WHERE seq = 4"),
            4,
        ),
    ];
    for (what, touch, seq) in touches {
        for db in engines().await {
            let (house, here) = House::with_owner(db).await;
            for number in 0..3 {
                house
                    .accounts
                    .audit(
                        house.db.db(),
                        &here.scope,
                        AuditEntry::new("test.act", number).after("packer"),
                    )
                    .await
                    .unwrap();
            }
            assert!(matches!(
                house.accounts.audit_verify(&here.scope).await.unwrap(),
                AuditVerdict::Intact { rows: 4, .. }
            ));
            assert_eq!(touch().run(house.db.db()).await.unwrap(), 1, "{what}");
            assert_eq!(
                house.accounts.audit_verify(&here.scope).await.unwrap(),
                AuditVerdict::Broken { seq },
                "{what}"
            );
        }
    }
}

#[tokio::test]
async fn sign_ins_are_in_the_log_with_the_device() {
    for db in engines().await {
        let (house, here) = House::with_owner(db).await;
        house
            .accounts
            .sign_in("aru@mail.kz", PASSWORD.into(), &visitor())
            .await
            .unwrap();
        let row = &house
            .accounts
            .audit_page(&here.scope, &AuditFilter::default(), None, 1)
            .await
            .unwrap()[0];
        assert_eq!(
            (row.what.as_str(), row.subject.as_str()),
            ("accounts.sign_in", "Firefox, Linux")
        );
    }
}
