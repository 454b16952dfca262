//! Refusals of the database are sorted by what the caller should do.

use sauda_kernel::{Failure as _, Kind};
use sauda_store::{Db, DbSettings, StoreError, migrate, sql};
use sauda_testkit::{PrivatePostgres, engines, sqlite, until};
use std::time::Duration;

async fn put(on: impl Into<sauda_store::On<'_>>, name: &str, value: &str) -> Result<u64, StoreError> {
    sql!("INSERT INTO installation (name, value) VALUES ($1, $2)")
        .bind(name)
        .bind(value)
        .run(on)
        .await
}

async fn count(db: &Db) -> i64 {
    sql!("SELECT COUNT(*) AS n FROM installation")
        .one(db)
        .await
        .unwrap()
        .get("n")
        .unwrap()
}

#[tokio::test]
async fn a_second_row_of_one_key_is_a_conflict() {
    for db in engines().await {
        put(db.db(), "a", "1").await.unwrap();
        let error = put(db.db(), "a", "2").await.unwrap_err();
        assert_eq!(error.kind(), Kind::Conflict);
        let StoreError::Conflict { constraint, .. } = &error else {
            panic!("{error:?}")
        };
        assert!(constraint.contains("installation"), "{constraint}");
        assert_eq!(count(&db).await, 1);
    }
}

#[tokio::test]
async fn a_parent_that_is_missing_is_a_conflict() {
    for db in engines().await {
        let line = sql!(
            "INSERT INTO run_lines (run_id, number, at, level, text) VALUES ('run_x', 1, 0, 'info', 'x')"
        );
        assert_eq!(line.run(db.db()).await.unwrap_err().kind(), Kind::Conflict);
    }
}

#[tokio::test]
async fn a_wrong_statement_is_a_bug() {
    for db in engines().await {
        for wrong in [
            sql!("SELECT nothing FROM installation"),
            sql!("INSERT INTO installation (name) VALUES ('a')"),
        ] {
            assert_eq!(wrong.run(db.db()).await.unwrap_err().kind(), Kind::Bug);
        }
        let row = sql!("SELECT 'a' AS word").one(db.db()).await.unwrap();
        assert_eq!(
            row.get::<i64>("word").unwrap_err().to_string(),
            "column word is missing or of another type"
        );
    }
}

#[tokio::test]
async fn what_is_not_committed_is_gone() {
    for db in engines().await {
        let mut tx = db.write().await.unwrap();
        put(&mut tx, "a", "1").await.unwrap();
        drop(tx);
        assert_eq!(count(&db).await, 0);
        let mut tx = db.write().await.unwrap();
        put(&mut tx, "a", "1").await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(count(&db).await, 1);
    }
}

#[tokio::test]
async fn a_snapshot_sees_one_state_and_cannot_write() {
    for db in engines().await {
        let mut snapshot = db.snapshot().await.unwrap();
        let seen = async |tx: &mut sauda_store::Tx| {
            sql!("SELECT COUNT(*) AS n FROM installation")
                .one(tx)
                .await
                .unwrap()
                .get::<i64>("n")
                .unwrap()
        };
        assert_eq!(seen(&mut snapshot).await, 0);
        put(db.db(), "a", "1").await.unwrap();
        assert_eq!(seen(&mut snapshot).await, 0);
        assert!(put(&mut snapshot, "b", "1").await.is_err());
        drop(snapshot);
        assert_eq!(count(&db).await, 1);
    }
}

#[tokio::test]
async fn a_writer_inside_a_writer_is_told_instead_of_waiting_for_ever() {
    let file = sqlite().await;
    let settings = DbSettings {
        writer_wait: Duration::from_millis(200),
        ..DbSettings::default()
    };
    let db = Db::open_with(file.url(), &settings).await.unwrap();
    let outer = db.write().await.unwrap();
    let error = db.write().await.map(|_| ()).unwrap_err();
    assert!(matches!(error, StoreError::WriterBusy { .. }), "{error:?}");
    assert_eq!(error.kind(), Kind::Unavailable);
    drop(outer);
    db.write().await.unwrap().commit().await.unwrap();
}

#[tokio::test]
async fn a_file_locked_by_another_program_is_unavailable_and_comes_back() {
    let file = sqlite().await;
    let other = Db::open(file.url()).await.unwrap();
    let lock = other.write().await.unwrap();
    let Db::Sqlite { writer, .. } = file.db() else {
        panic!("not SQLite")
    };
    sqlx::query("PRAGMA busy_timeout = 50")
        .execute(writer)
        .await
        .unwrap();
    assert_eq!(
        put(file.db(), "a", "1").await.unwrap_err().kind(),
        Kind::Unavailable
    );
    assert_eq!(
        file.write().await.map(|_| ()).unwrap_err().kind(),
        Kind::Unavailable
    );
    assert_eq!(count(&file).await, 0, "reading goes on");
    drop(lock);
    until(
        async || put(file.db(), "a", "1").await.is_ok(),
        Duration::from_secs(5),
    )
    .await;
}

#[tokio::test]
async fn a_full_disk_is_unavailable_and_nothing_is_half_written() {
    let file = sqlite().await;
    let Db::Sqlite { writer, .. } = file.db() else {
        panic!("not SQLite")
    };
    sqlx::query("PRAGMA max_page_count = 1")
        .execute(writer)
        .await
        .unwrap();
    let long = "x".repeat(100_000);
    let mut tx = file.write().await.unwrap();
    put(&mut tx, "a", "1").await.unwrap();
    assert_eq!(
        put(&mut tx, "b", &long).await.unwrap_err().kind(),
        Kind::Unavailable
    );
    drop(tx);
    assert_eq!(count(&file).await, 0);
    sqlx::query("PRAGMA max_page_count = 1073741823")
        .execute(writer)
        .await
        .unwrap();
    put(file.db(), "b", &long).await.unwrap();
}

#[tokio::test]
async fn a_deleted_file_is_unavailable() {
    let file = sqlite().await;
    file.ping().await.unwrap();
    std::fs::remove_file(file.file().unwrap()).unwrap();
    assert_eq!(file.ping().await.unwrap_err().kind(), Kind::Unavailable);
    assert_eq!(
        file.write().await.map(|_| ()).unwrap_err().kind(),
        Kind::Unavailable
    );
}

#[tokio::test]
async fn a_server_that_is_gone_is_unavailable_and_comes_back_by_itself() {
    let Some(server) = PrivatePostgres::start() else {
        return;
    };
    let settings = DbSettings {
        wait: Duration::from_millis(500),
        ..DbSettings::default()
    };
    let db = Db::open_with(&server.url(), &settings).await.unwrap();
    migrate(&db).await.unwrap();
    put(&db, "a", "1").await.unwrap();
    let mut open = db.write().await.unwrap();
    server.stop().unwrap();
    assert_eq!(
        put(&mut open, "b", "1").await.unwrap_err().kind(),
        Kind::Unavailable
    );
    drop(open);
    assert_eq!(db.ping().await.unwrap_err().kind(), Kind::Unavailable);
    assert_eq!(
        Db::open_with(&server.url(), &settings)
            .await
            .map(|_| ())
            .unwrap_err()
            .kind(),
        Kind::Unavailable
    );
    server.restart().unwrap();
    until(async || db.ping().await.is_ok(), Duration::from_secs(20)).await;
    assert_eq!(count(&db).await, 1);
    db.close().await;
}

#[tokio::test]
async fn an_address_of_something_else_is_refused_with_words() {
    for (url, words) in [
        (
            "mysql://x",
            "the database address must begin with sqlite:// or postgres://",
        ),
        (
            "sqlite::memory:",
            "\"sqlite::memory:\" names no file: write sqlite://data/sauda.sqlite",
        ),
        (
            "postgres://h:port/",
            "the postgres:// address cannot be read: check user, host, port and name",
        ),
    ] {
        let error = Db::open(url).await.map(|_| ()).unwrap_err();
        assert_eq!((error.kind(), error.to_string().as_str()), (Kind::Invalid, words));
    }
}
