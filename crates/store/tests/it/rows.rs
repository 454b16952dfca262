//! Thousands of rows come as one where that is faster, and read the same.

use sauda_kernel::Timestamp;
use sauda_store::{Query, sql, sql_part};
use sauda_testkit::engines;

const COLUMNS: [&str; 4] = ["place", "word", "is_on", "blank"];

/// Rows of every kind, the last first.
fn rows() -> Query {
    sql!(
        "SELECT place, word, is_on, blank FROM (\
         SELECT CAST(1 AS BIGINT) AS place, CAST($1 AS TEXT) AS word, $2 AS is_on, CAST(NULL AS BIGINT) AS blank \
         UNION ALL SELECT CAST($3 AS BIGINT), CAST('' AS TEXT), $4, CAST($5 AS BIGINT)) all_kinds ORDER BY place DESC"
    )
    .bind("«Ә» \"a\"\n\\ 🧥")
    .bind(true)
    .bind(i64::MAX)
    .bind(false)
    .bind(i64::MIN)
}

#[tokio::test]
async fn many_rows_read_as_rows_one_by_one() {
    for db in engines().await {
        let (single, many) = (
            rows().all(db.db()).await.unwrap(),
            rows().many(db.db(), &COLUMNS).await.unwrap(),
        );
        let read = |rows: &[sauda_store::Row]| -> Vec<(i64, String, bool, Option<i64>)> {
            rows.iter()
                .map(|row| {
                    (
                        row.get("place").unwrap(),
                        row.get("word").unwrap(),
                        row.get("is_on").unwrap(),
                        row.get("blank").unwrap(),
                    )
                })
                .collect()
        };
        assert_eq!(read(&single), read(&many));
        assert_eq!(read(&many)[0], (i64::MAX, String::new(), false, Some(i64::MIN)));
        assert_eq!(many[1].get::<Option<Timestamp>>("blank").unwrap(), None);
        // Fifteen digits are not enough for a fraction: it is refused rather than changed.
        let part = || sql!("SELECT CAST(0.1 AS DOUBLE PRECISION) AS part");
        assert_eq!(
            part().one(db.db()).await.unwrap().get::<f64>("part").unwrap(),
            0.1
        );
        for row in [&single[1], &many[1]] {
            assert!(row.get::<i64>("word").is_err());
            assert!(row.get::<i64>("blank").is_err());
            assert!(row.get::<i64>("absent").is_err());
        }
        if db.db().engine() == sauda_store::Engine::Sqlite {
            let rows = part().many(db.db(), &["part"]).await.unwrap();
            assert!(rows[0].get::<f64>("part").is_err());
        }
        let none = sql!("SELECT name, value FROM installation WHERE name = $1").bind("absent");
        assert!(none.many(db.db(), &["name", "value"]).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn many_rows_are_found_by_a_statement_of_pieces_and_inside_a_transaction() {
    for db in engines().await {
        let mut tx = db.db().write().await.unwrap();
        for name in ["b", "c", "a"] {
            sql!("INSERT INTO installation (name, value) VALUES ($1, $1)")
                .bind(name)
                .run(&mut tx)
                .await
                .unwrap();
        }
        let mut builder =
            sauda_store::SqlBuilder::new(sql_part!("SELECT name FROM installation WHERE name IN "));
        builder.push_list(["a".into(), "c".into()]);
        builder.push(sql_part!(" ORDER BY name DESC"), []);
        let rows = builder.finish().many(&mut tx, &["name"]).await.unwrap();
        let names: Vec<String> = rows.iter().map(|row| row.get("name").unwrap()).collect();
        assert_eq!(names, ["c", "a"]);
    }
}
