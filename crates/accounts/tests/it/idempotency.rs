//! A request that is sent twice is carried out once.

use crate::house::House;
use sauda_accounts::{Claim, Claimed, Recorded, Session};
use sauda_kernel::Span;
use sauda_testkit::engines;

async fn claim(house: &House, session: &Session, key: &str, body: &[u8]) -> Claimed {
    house
        .accounts
        .idempotency_claim(&session.scope, "POST /api/v1/rules", key, body)
        .await
        .unwrap()
}

async fn fresh(house: &House, session: &Session, key: &str, body: &[u8]) -> Claim {
    match claim(house, session, key, body).await {
        Claimed::Fresh(claim) => claim,
        other => panic!("not fresh: {other:?}"),
    }
}

fn answer() -> Recorded {
    Recorded {
        status: 201,
        content_type: "application/json".to_owned(),
        body: br#"{"key":"sk_1"}"#.to_vec(),
    }
}

#[tokio::test]
async fn the_second_request_gets_the_answer_of_the_first() {
    for db in engines().await {
        let (house, here) = House::with_owner(db).await;
        let first = fresh(&house, &here, "a", b"{}").await;
        assert!(matches!(claim(&house, &here, "a", b"{}").await, Claimed::Running));
        assert!(matches!(
            claim(&house, &here, "a", b"{ }").await,
            Claimed::Differs
        ));
        house
            .accounts
            .idempotency_answer(&first, &answer())
            .await
            .unwrap();
        let Claimed::Answered(again) = claim(&house, &here, "a", b"{}").await else {
            panic!("not answered")
        };
        assert_eq!(again, answer());
        fresh(&house, &here, "b", b"{}").await;
        house.clock.push(Span::from_hours(24));
        fresh(&house, &here, "a", b"{ }").await;
    }
}

#[tokio::test]
async fn a_given_up_or_dead_attempt_may_be_tried_again() {
    for db in engines().await {
        let (house, here) = House::with_owner(db).await;
        let first = fresh(&house, &here, "a", b"{}").await;
        house.accounts.idempotency_give_up(&first).await.unwrap();
        let dead = fresh(&house, &here, "a", b"{}").await;
        house.clock.push(Span::from_mins(15));
        fresh(&house, &here, "a", b"{}").await;
        house.accounts.idempotency_answer(&dead, &answer()).await.unwrap();
        assert!(
            matches!(claim(&house, &here, "a", b"{}").await, Claimed::Running),
            "a dead attempt answers nobody"
        );
    }
}

#[tokio::test]
async fn one_of_many_equal_requests_is_fresh() {
    for db in engines().await {
        let (house, here) = House::with_owner(db).await;
        let mut requests = tokio::task::JoinSet::new();
        for _ in 0..10 {
            let (accounts, scope) = (house.accounts.clone(), here.scope.clone());
            requests.spawn(async move {
                accounts
                    .idempotency_claim(&scope, "POST /api/v1/rules", "a", b"{}")
                    .await
                    .unwrap()
            });
        }
        let fresh = requests
            .join_all()
            .await
            .into_iter()
            .filter(|claimed| matches!(claimed, Claimed::Fresh(_)))
            .count();
        assert_eq!(fresh, 1);
    }
}

#[tokio::test]
async fn kept_answers_cannot_be_read_in_the_database() {
    for db in engines().await {
        let (house, here) = House::with_owner(db).await;
        let first = fresh(&house, &here, "a", b"{}").await;
        house
            .accounts
            .idempotency_answer(&first, &answer())
            .await
            .unwrap();
        let row = sauda_store::sql!("SELECT body_sealed FROM idempotency")
            .one(house.db.db())
            .await
            .unwrap();
        assert!(!row.get::<String>("body_sealed").unwrap().contains("sk_"));
        house.clock.push(Span::from_hours(24));
        assert_eq!(house.accounts.sweep().await.unwrap().answers, 1);
    }
}
