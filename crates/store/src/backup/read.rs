//! Reading a backup into a migrated database, in one transaction: all of it or nothing.

use super::{
    BackupReport, FORMAT,
    schema::{self, Table},
    values,
};
use crate::{Db, Engine, Sql, StoreError, Tx, Value, query::Query, query::insert_rows};
use serde_json::Value as Json;
use std::{
    borrow::Cow,
    io::{BufRead as _, BufReader, Read as _, Seek as _},
    path::Path,
};

/// Values that one statement inserts: below the bounds of both engines.
const VALUES_AT_ONCE: usize = 10_000;
/// Rows that one statement inserts.
const ROWS_AT_ONCE: usize = 500;

/// First bytes of a zstd file (RFC 8878, 3.1.1).
const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

type Lines = std::io::Lines<BufReader<zstd::stream::Decoder<'static, BufReader<std::fs::File>>>>;

/// Reads a backup into a migrated database of either engine, in one transaction. What was there is replaced.
///
/// # Errors
/// When the file is not a whole backup of this schema version; nothing is changed then.
pub async fn restore(
    db: &Db,
    path: &Path,
    progress: &mut (dyn FnMut(&str, u64) + Send),
) -> Result<BackupReport, StoreError> {
    let fail = |source| StoreError::File {
        path: path.display().to_string(),
        source,
    };
    let mut file = std::fs::File::open(path).map_err(fail)?;
    let bytes = file.metadata().map_err(fail)?.len();
    let mut magic = [0_u8; 4];
    if file.read_exact(&mut magic).is_err() || magic != ZSTD {
        return Err(not_a_backup(path));
    }
    file.rewind().map_err(fail)?;
    let mut lines = BufReader::new(zstd::stream::Decoder::new(file).map_err(fail)?).lines();
    let first = lines
        .next()
        .ok_or_else(|| not_a_backup(path))?
        .map_err(|_| ends_early())?;
    let header: Json = serde_json::from_str(&first).map_err(|_| not_a_backup(path))?;
    if header.get("format").and_then(Json::as_str) != Some(FORMAT) {
        return Err(not_a_backup(path));
    }
    let mut tx = db.write().await?;
    let version = schema::version(&mut tx).await?;
    if header.get("schema").and_then(Json::as_i64) != Some(version) {
        return Err(StoreError::Backup(format!(
            "it was made at schema version {}, the database is at {version}: use the program version that made it, then update",
            header.get("schema").unwrap_or(&Json::Null)
        )));
    }
    let tables = schema::tables(db.engine(), &mut tx).await?;
    let keys = defer_keys(db.engine(), &mut tx).await?;
    for table in tables.iter().rev() {
        run(&mut tx, format!("DELETE FROM {}", table.name)).await?;
    }
    let total = fill(&mut tx, &tables, &mut lines, progress).await?;
    check_keys(db.engine(), &mut tx, &keys).await?;
    tx.commit().await?;
    Ok(BackupReport {
        tables: tables.len(),
        rows: total,
        bytes,
    })
}

/// Inserts all rows, and compares the tables with the counts in the last line.
async fn fill(
    tx: &mut Tx,
    tables: &[Table],
    lines: &mut Lines,
    progress: &mut (dyn FnMut(&str, u64) + Send),
) -> Result<u64, StoreError> {
    let mut total = 0;
    let mut batch = Batch::default();
    loop {
        let Some(line) = next_line(lines)? else {
            return Err(ends_early());
        };
        if let Some(end) = line.get("end").and_then(Json::as_u64) {
            batch.insert(tx).await?;
            if end != total {
                return Err(ends_early());
            }
            let counts = line.get("counts").and_then(Json::as_object).ok_or_else(damaged)?;
            for table in tables {
                compare(
                    tx,
                    table,
                    counts.get(&table.name).and_then(Json::as_i64).unwrap_or(0),
                )
                .await?;
            }
            // The checksum is compared when the end is read.
            return if next_line(lines)?.is_none() {
                Ok(total)
            } else {
                Err(damaged())
            };
        }
        let (Some(name), Some(values)) = (
            line.get(0).and_then(Json::as_str),
            line.get(1).and_then(Json::as_object),
        ) else {
            return Err(damaged());
        };
        let Some(table) = tables.iter().find(|table| table.name == name) else {
            return Err(StoreError::Backup(format!(
                "it has a table {name:?} that this program does not know"
            )));
        };
        batch.add(tx, table, values).await?;
        total += 1;
        if total % 1_000 == 0 {
            progress(name, total);
        }
    }
}

async fn compare(tx: &mut Tx, table: &Table, expected: i64) -> Result<(), StoreError> {
    let text = format!("SELECT COUNT(*) AS count FROM {}", table.name);
    let found: i64 = Query {
        text: Cow::Owned(text),
        args: Vec::new(),
        lasting: false,
        bare: false,
    }
    .one(tx)
    .await?
    .get("count")?;
    if found == expected {
        Ok(())
    } else {
        Err(StoreError::Backup(format!(
            "table {} has {found} rows instead of {expected}, the file is damaged: use another copy",
            table.name
        )))
    }
}

/// Rows of one table that go in together.
#[derive(Default)]
struct Batch {
    table: String,
    columns: Vec<String>,
    rows: Vec<Vec<Value>>,
}

impl Batch {
    async fn add(
        &mut self,
        tx: &mut Tx,
        table: &Table,
        values: &serde_json::Map<String, Json>,
    ) -> Result<(), StoreError> {
        if self.table != table.name {
            self.insert(tx).await?;
            self.table = table.name.clone();
            self.columns = table.columns.keys().cloned().collect();
        }
        let mut row = Vec::with_capacity(table.columns.len());
        for (name, holds) in &table.columns {
            let value = values
                .get(name)
                .and_then(|value| values::for_column(value, *holds));
            row.push(value.ok_or_else(|| {
                StoreError::Backup(format!(
                    "a value for {}.{name} is missing or of another type",
                    table.name
                ))
            })?);
        }
        if values.len() != row.len() {
            return Err(StoreError::Backup(format!(
                "it has a column of {} that this program does not know",
                table.name
            )));
        }
        self.rows.push(row);
        if self.rows.len() >= ROWS_AT_ONCE.min(VALUES_AT_ONCE / self.columns.len().max(1)) {
            self.insert(tx).await?;
        }
        Ok(())
    }

    async fn insert(&mut self, tx: &mut Tx) -> Result<(), StoreError> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let mut query = insert_rows(Sql::literal(""), std::mem::take(&mut self.rows), Sql::literal(""));
        query.text = Cow::Owned(format!(
            "INSERT INTO {} ({}) VALUES {}",
            self.table,
            self.columns.join(", "),
            query.text
        ));
        query.run(tx).await.map(|_| ())
    }
}

/// A foreign key of PostgreSQL: table and name.
type Key = (String, String);

/// Lets foreign keys wait until all rows are there: a row may name one that comes later.
async fn defer_keys(engine: Engine, tx: &mut Tx) -> Result<Vec<Key>, StoreError> {
    if engine == Engine::Sqlite {
        run(tx, "PRAGMA defer_foreign_keys = ON".to_owned()).await?;
        return Ok(Vec::new());
    }
    let rows = Query::new(Sql::literal(
        "SELECT CAST(CAST(conrelid AS regclass) AS TEXT) AS name, CAST(conname AS TEXT) AS key FROM pg_constraint \
         WHERE contype = 'f' AND connamespace = CAST(current_schema() AS regnamespace) AND NOT condeferrable ORDER BY 1, 2",
    ))
    .all(&mut *tx)
    .await?;
    let keys: Vec<Key> = rows
        .iter()
        .map(|row| Ok((row.get("name")?, row.get("key")?)))
        .collect::<Result<_, StoreError>>()?;
    for (table, key) in &keys {
        run(
            tx,
            format!("ALTER TABLE {table} ALTER CONSTRAINT {key} DEFERRABLE INITIALLY DEFERRED"),
        )
        .await?;
    }
    Ok(keys)
}

/// Checks all foreign keys and makes them strict again.
async fn check_keys(engine: Engine, tx: &mut Tx, keys: &[Key]) -> Result<(), StoreError> {
    let broken = || {
        StoreError::Backup(
            "a row names another one that is not in it, the file is damaged: use another copy".to_owned(),
        )
    };
    if engine == Engine::Sqlite {
        let rows = Query::new(Sql::literal("PRAGMA foreign_key_check"))
            .all(tx)
            .await?;
        return if rows.is_empty() { Ok(()) } else { Err(broken()) };
    }
    run(tx, "SET CONSTRAINTS ALL IMMEDIATE".to_owned())
        .await
        .map_err(|error| match error {
            StoreError::Conflict { .. } => broken(),
            other => other,
        })?;
    for (table, key) in keys {
        run(
            tx,
            format!("ALTER TABLE {table} ALTER CONSTRAINT {key} NOT DEFERRABLE"),
        )
        .await?;
    }
    Ok(())
}

fn not_a_backup(path: &Path) -> StoreError {
    StoreError::Backup(format!(
        "{} is not a backup made by `sauda backup`",
        path.display()
    ))
}

fn ends_early() -> StoreError {
    StoreError::Backup("it ends too early, the file is damaged: use another copy".to_owned())
}

fn damaged() -> StoreError {
    StoreError::Backup("a line cannot be read, the file is damaged: use another copy".to_owned())
}

fn next_line(lines: &mut Lines) -> Result<Option<Json>, StoreError> {
    match lines.next() {
        None => Ok(None),
        // A cut or changed file shows here, by the checksum or before.
        Some(Err(_)) => Err(ends_early()),
        Some(Ok(line)) => serde_json::from_str(&line).map(Some).map_err(|_| damaged()),
    }
}

async fn run(tx: &mut Tx, text: String) -> Result<u64, StoreError> {
    Query {
        text: Cow::Owned(text),
        args: Vec::new(),
        lasting: false,
        bare: false,
    }
    .run(tx)
    .await
}
