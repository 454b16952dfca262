//! The test furniture itself: databases of a test are migrated, separate and gone afterwards.

use sauda_store::sql;
use sauda_testkit::{engines, frozen_clock, postgres, until};
use std::time::Duration;

#[tokio::test]
async fn two_databases_of_one_test_do_not_share_rows() {
    let (first, second) = (engines().await, engines().await);
    for (one, other) in first.iter().zip(&second) {
        sql!("INSERT INTO installation (name, value) VALUES ($1, $2)")
            .bind("a")
            .bind("b")
            .run(one.db())
            .await
            .unwrap();
        assert_eq!(
            sql!("SELECT COUNT(*) AS n FROM installation")
                .one(one.db())
                .await
                .unwrap()
                .get::<i64>("n")
                .unwrap(),
            1
        );
        assert_eq!(
            sql!("SELECT COUNT(*) AS n FROM installation")
                .one(other.db())
                .await
                .unwrap()
                .get::<i64>("n")
                .unwrap(),
            0
        );
    }
}

#[tokio::test]
async fn a_dropped_postgres_database_is_gone() {
    let (Some(kept), Some(dropped)) = (postgres().await, postgres().await) else {
        return;
    };
    let name = dropped.url().rsplit('/').next().unwrap().to_owned();
    drop(dropped);
    let row = sql!("SELECT COUNT(*) AS n FROM pg_database WHERE datname = $1")
        .bind(name)
        .one(kept.db())
        .await
        .unwrap();
    assert_eq!(row.get::<i64>("n").unwrap(), 0);
}

#[tokio::test]
async fn waiting_ends_when_the_condition_holds() {
    let mut asked = 0;
    until(
        async || {
            asked += 1;
            asked == 3
        },
        Duration::from_secs(2),
    )
    .await;
    assert_eq!(asked, 3);
}

#[test]
fn the_frozen_clock_stands_at_noon_in_almaty() {
    use sauda_kernel::Clock as _;
    let local = frozen_clock().now().local();
    assert_eq!(
        (
            local.year,
            local.month,
            local.day,
            local.hour,
            local.minute,
            local.weekday
        ),
        (2026, 11, 20, 12, 0, 5)
    );
}
