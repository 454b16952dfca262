//! Backup while the program writes, restore into either engine, damaged files refused with nothing changed.

use sauda_kernel::{Failure as _, Kind};
use sauda_store::{BackupReport, Db, Engine, Value, backup, insert_rows, restore, sql, sql_part};
use sauda_testkit::{TestDb, engines, until};
use std::{
    collections::BTreeMap,
    io::{Read as _, Write as _},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicI64, Ordering},
    },
    time::Duration,
};

/// Rows with everything a column may hold: text of three alphabets, quotes, nulls, both truths, a parent and its children.
async fn fill(db: &Db, lines: i64) {
    let mut tx = db.write().await.unwrap();
    for (name, value) in [
        ("words", "Қазақша «мәтін», 'quotes' \"double\" \n₸ \u{1f600}"),
        ("empty", ""),
    ] {
        sql!("INSERT INTO installation (name, value) VALUES ($1, $2)")
            .bind(name)
            .bind(value)
            .run(&mut tx)
            .await
            .unwrap();
    }
    for (id, cancelling, again) in [("job_a", true, Some(i64::MAX)), ("job_b", false, None)] {
        sql!(
            "INSERT INTO jobs (id, name, version, payload, state, priority, run_at, attempts, max_attempts, again_at, cancelling, created_at, \
             updated_at) VALUES ($1, 'x', 1, '{}', 'waiting', -5, 7, 0, 5, $2, $3, 1, 1)"
        )
        .bind(id)
        .bind(again)
        .bind(cancelling)
        .run(&mut tx)
        .await
        .unwrap();
    }
    sql!("INSERT INTO runs (id, job_id, name, attempt, worker, state, started_at) VALUES ('run_a', 'job_a', 'x', 1, 'w', 'running', 1)")
        .run(&mut tx)
        .await
        .unwrap();
    let lines: Vec<Vec<Value>> = (1..=lines)
        .map(|place| {
            vec![
                "run_a".into(),
                Value::from(place),
                Value::from(place),
                "info".into(),
                "line".into(),
            ]
        })
        .collect();
    for part in lines.chunks(500) {
        insert_rows(
            sql_part!("INSERT INTO run_lines (run_id, number, at, level, text) VALUES "),
            part.to_vec(),
            sql_part!(""),
        )
        .run(&mut tx)
        .await
        .unwrap();
    }
    tx.commit().await.unwrap();
}

/// Everything in the database, as text by table and row.
async fn contents(db: &Db) -> BTreeMap<&'static str, Vec<String>> {
    let mut all = BTreeMap::new();
    for (table, query) in [
        (
            "installation",
            sql!("SELECT name || '=' || value AS line FROM installation ORDER BY name"),
        ),
        (
            "runs",
            sql!("SELECT id || job_id || state AS line FROM runs ORDER BY id"),
        ),
        (
            "run_lines",
            sql!(
                "SELECT run_id || CAST(number AS TEXT) || text AS line FROM run_lines ORDER BY run_id, number"
            ),
        ),
        (
            "jobs",
            sql!(
                "SELECT id || CAST(priority AS TEXT) || COALESCE(CAST(again_at AS TEXT), 'null') || CASE WHEN cancelling THEN 'y' ELSE 'n' END \
                 AS line FROM jobs ORDER BY id"
            ),
        ),
    ] {
        let lines = query
            .all(db)
            .await
            .unwrap()
            .iter()
            .map(|row| row.get("line").unwrap())
            .collect();
        all.insert(table, lines);
    }
    all
}

async fn save(db: &Db, path: &Path) -> BackupReport {
    backup(db, path, &mut |_, _| {}).await.unwrap()
}

#[tokio::test]
async fn a_backup_of_each_engine_restores_into_each() {
    let folder = tempfile::tempdir().unwrap();
    for from in engines().await {
        // More than a page.
        fill(from.db(), 2_500).await;
        let path = folder.path().join(format!("{:?}.backup", from.engine()));
        let saved = save(from.db(), &path).await;
        assert_eq!(saved.rows, 2_505);
        for into in engines().await {
            sql!("INSERT INTO installation (name, value) VALUES ('old', 'must go')")
                .run(into.db())
                .await
                .unwrap();
            let mut told = Vec::new();
            let restored = restore(into.db(), &path, &mut |table, rows| {
                told.push((table.to_owned(), rows))
            })
            .await
            .unwrap();
            assert_eq!(restored, saved, "{:?} into {:?}", from.engine(), into.engine());
            assert_eq!(told.last(), Some(&("run_lines".to_owned(), 2_000)));
            assert_eq!(
                contents(into.db()).await,
                contents(from.db()).await,
                "{:?} into {:?}",
                from.engine(),
                into.engine()
            );
            keys_are_strict(&into).await;
        }
    }
}

/// The way back from deferred keys is complete.
async fn keys_are_strict(db: &TestDb) {
    let orphan = sql!(
        "INSERT INTO run_lines (run_id, number, at, level, text) VALUES ('run_none', 1, 0, 'info', 'x')"
    );
    let mut tx = db.write().await.unwrap();
    assert_eq!(
        orphan.run(&mut tx).await.unwrap_err().kind(),
        Kind::Conflict,
        "{:?}",
        db.engine()
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_taken_while_others_write_is_one_state() {
    let folder = tempfile::tempdir().unwrap();
    for db in engines().await {
        fill(db.db(), 20).await;
        let (stop, written) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicI64::new(0)));
        let (writer, ended, number) = (db.db().clone(), stop.clone(), written.clone());
        // Two rows in two tables, always together.
        let task = tokio::spawn(async move {
            while !ended.load(Ordering::SeqCst) {
                let next = number.load(Ordering::SeqCst) + 1;
                let mut tx = writer.write().await.unwrap();
                sql!("INSERT INTO installation (name, value) VALUES ($1, '')")
                    .bind(format!("w{next}"))
                    .run(&mut tx)
                    .await
                    .unwrap();
                sql!("INSERT INTO run_lines (run_id, number, at, level, text) VALUES ('run_a', $1, 0, 'info', 'w')")
                    .bind(100_000 + next)
                    .run(&mut tx)
                    .await
                    .unwrap();
                tx.commit().await.unwrap();
                number.store(next, Ordering::SeqCst);
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        });
        let mut saved = Vec::new();
        for round in 0..3 {
            let before = written.load(Ordering::SeqCst);
            until(
                async || written.load(Ordering::SeqCst) > before + 3,
                Duration::from_secs(10),
            )
            .await;
            let path = folder.path().join(format!("{:?}{round}", db.engine()));
            let before = written.load(Ordering::SeqCst);
            save(db.db(), &path).await;
            saved.push((path, before..=written.load(Ordering::SeqCst) + 1));
        }
        stop.store(true, Ordering::SeqCst);
        task.await.unwrap();
        for (path, possible) in saved {
            for into in engines().await {
                restore(into.db(), &path, &mut |_, _| {}).await.unwrap();
                let held = contents(into.db()).await;
                let together = i64::try_from(held["installation"].len() - 2).unwrap();
                assert_eq!(held["run_lines"].len() - 20, held["installation"].len() - 2);
                assert!(possible.contains(&together), "{together} of {possible:?}");
            }
        }
    }
}

fn unpack(path: &Path) -> String {
    let mut text = String::new();
    zstd::stream::Decoder::new(std::fs::File::open(path).unwrap())
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

fn pack(path: &Path, text: &str) {
    let mut out = zstd::stream::Encoder::new(std::fs::File::create(path).unwrap(), 1).unwrap();
    out.write_all(text.as_bytes()).unwrap();
    out.finish().unwrap();
}

#[tokio::test]
async fn a_damaged_file_is_refused_with_words_and_nothing_changes() {
    let folder = tempfile::tempdir().unwrap();
    for db in engines().await {
        fill(db.db(), 20).await;
        let (good, bad) = (folder.path().join("good"), folder.path().join("bad"));
        save(db.db(), &good).await;
        let before = contents(db.db()).await;
        let (bytes, text) = (std::fs::read(&good).unwrap(), unpack(&good));
        let mut flipped = bytes.clone();
        let middle = flipped.len() / 2;
        flipped[middle] ^= 0xff;
        let end_at = text.rfind("{\"counts\"").unwrap();
        let with = |text: String| {
            pack(&bad, &text);
            std::fs::read(&bad).unwrap()
        };
        let cases: Vec<(&str, Vec<u8>)> = vec![
            ("is not a backup made by", b"something else".to_vec()),
            ("is not a backup made by", Vec::new()),
            (
                "is not a backup made by",
                with("{\"format\":\"other\"}\n".to_owned()),
            ),
            ("the file is damaged", bytes[..bytes.len() - 40].to_vec()),
            ("the file is damaged", flipped),
            ("it ends too early", with(text[..end_at].to_owned())),
            (
                "a line cannot be read",
                with(text.replacen("\n[\"installation\",", "\n[\"installation\"", 1)),
            ),
            (
                "has a table \"installment\"",
                with(text.replacen("\n[\"installation\",", "\n[\"installment\",", 1)),
            ),
            (
                "a value for installation.value is missing",
                with(text.replacen("\"value\":{\"t\":\"\"}", "\"value\":{\"i\":1}", 1)),
            ),
            (
                "it was made at schema version 1,",
                with(text.replacen("\"schema\":", "\"schema\":1,\"x\":", 1)),
            ),
            (
                "names another one that is not in it",
                with(text.replacen("\"job_id\":{\"t\":\"job_a\"}", "\"job_id\":{\"t\":\"job_z\"}", 1)),
            ),
            (
                "table installation has 2 rows instead of 3",
                with(text.replacen("\"installation\":2", "\"installation\":3", 1)),
            ),
        ];
        for (words, content) in cases {
            std::fs::write(&bad, content).unwrap();
            let error = restore(db.db(), &bad, &mut |_, _| {}).await.unwrap_err();
            assert!(error.to_string().contains(words), "{words:?} is not in {error}");
            assert_eq!(error.kind(), Kind::Invalid, "{error}");
            assert_eq!(contents(db.db()).await, before, "{words}");
        }
        restore(db.db(), &good, &mut |_, _| {}).await.unwrap();
        assert_eq!(contents(db.db()).await, before);
    }
}

#[tokio::test]
async fn a_backup_that_cannot_be_written_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    for db in engines().await {
        let path = folder.path().join("missing").join("file");
        assert!(backup(db.db(), &path, &mut |_, _| {}).await.is_err());
        let path = folder.path().join(format!("{:?}", db.engine()));
        std::fs::write(&path, "the last good one").unwrap();
        // The database goes away in the middle.
        db.close().await;
        assert!(backup(db.db(), &path, &mut |_, _| {}).await.is_err());
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "the last good one");
        let names: Vec<_> = std::fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        assert!(
            names
                .iter()
                .all(|name| !name.to_string_lossy().ends_with(".partial")),
            "{names:?}"
        );
        if db.engine() == Engine::Postgres {
            return;
        }
    }
}
