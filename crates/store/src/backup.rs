//! Backup and restore of either engine into one file format: zstd-compressed JSON lines, a header, then each table's rows.
//! Taken from one snapshot while the program runs; a file of one engine restores into the other.

use crate::{Db, Engine, On, Row, SqlBuilder, StoreError, Value, query::Query, sql};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Map, Value as Json, json};
use sqlx::{Column as _, Row as _, TypeInfo as _, ValueRef as _};
use std::{
    borrow::Cow,
    io::{BufRead as _, BufReader, Write as _},
    path::Path,
};

const FORMAT: &str = "sauda-backup-1";
const PAGE: i64 = 2_000;

/// What was written or read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupReport {
    pub tables: usize,
    pub rows: u64,
    pub bytes: u64,
}

/// Writes a consistent copy of everything to `path` (made anew, moved into place when whole).
///
/// # Errors
/// When the file cannot be written or the database does not answer; no partial file is left under the name.
pub async fn backup(db: &Db, path: &Path, progress: &mut (dyn FnMut(&str, u64) + Send)) -> Result<BackupReport, StoreError> {
    let fail = |source| StoreError::File { path: path.display().to_string(), source };
    let partial = path.with_extension("partial");
    let file = std::fs::File::create(&partial).map_err(fail)?;
    let mut out = zstd::stream::Encoder::new(file, 3).map_err(fail)?;
    let mut tx = db.snapshot().await?;
    let tables = tables(db.engine(), (&mut tx).into()).await?;
    let version = schema_version((&mut tx).into()).await?;
    writeln!(out, "{}", json!({"format": FORMAT, "schema": version, "tables": tables})).map_err(fail)?;
    let mut total = 0;
    for table in &tables {
        let order = primary_key(db.engine(), (&mut tx).into(), table).await?;
        let mut offset = 0;
        loop {
            // Keyset paging would be faster on huge tables; offsets stay correct inside one snapshot.
            let text = format!("SELECT * FROM {table} ORDER BY {order} LIMIT {PAGE} OFFSET {offset}");
            let query = Query { text: Cow::Owned(text), args: Vec::new(), lasting: false };
            let rows = query.all(&mut tx).await?;
            let count = i64::try_from(rows.len()).unwrap_or(PAGE);
            for row in &rows {
                writeln!(out, "{}", json!([table, row_json(row)?])).map_err(fail)?;
                total += 1;
            }
            progress(table, total);
            offset += count;
            if count < PAGE {
                break;
            }
        }
    }
    writeln!(out, "{}", json!({"end": total})).map_err(fail)?;
    let file = out.finish().map_err(fail)?;
    file.sync_all().map_err(fail)?;
    let bytes = file.metadata().map_err(fail)?.len();
    std::fs::rename(&partial, path).map_err(fail)?;
    Ok(BackupReport { tables: tables.len(), rows: total, bytes })
}

/// Reads a backup into a migrated database of either engine, in one transaction. What was there is replaced.
///
/// # Errors
/// When the file is not a whole backup of this schema version; nothing is changed then.
pub async fn restore(db: &Db, path: &Path, progress: &mut (dyn FnMut(&str, u64) + Send)) -> Result<BackupReport, StoreError> {
    let fail = |source| StoreError::File { path: path.display().to_string(), source };
    let file = std::fs::File::open(path).map_err(fail)?;
    let bytes = file.metadata().map_err(fail)?.len();
    let mut lines = BufReader::new(zstd::stream::Decoder::new(file).map_err(|_| not_a_backup(path))?).lines();
    let header: Json = next_line(&mut lines, path)?.ok_or_else(|| not_a_backup(path))?;
    if header.get("format").and_then(Json::as_str) != Some(FORMAT) {
        return Err(not_a_backup(path));
    }
    let mut tx = db.write().await?;
    let version = schema_version((&mut tx).into()).await?;
    if header.get("schema").and_then(Json::as_i64) != Some(version) {
        return Err(StoreError::Backup(format!(
            "it was made at schema version {}, the database is at {version}: use the program version that made it, then update",
            header.get("schema").unwrap_or(&Json::Null)
        )));
    }
    let known = tables(db.engine(), (&mut tx).into()).await?;
    if db.engine() == Engine::Sqlite {
        run(&mut tx, "PRAGMA defer_foreign_keys = ON".to_owned()).await?;
    } else {
        // Only keys declared DEFERRABLE wait; the rows come in the order of the schema, parents first.
        run(&mut tx, "SET CONSTRAINTS ALL DEFERRED".to_owned()).await?;
    }
    for table in known.iter().rev() {
        run(&mut tx, format!("DELETE FROM {table}")).await?;
    }
    let mut total = 0;
    let mut finished = false;
    while let Some(line) = next_line(&mut lines, path)? {
        if let Some(end) = line.get("end").and_then(Json::as_u64) {
            finished = end == total;
            break;
        }
        let (Some(table), Some(values)) = (line.get(0).and_then(Json::as_str), line.get(1).and_then(Json::as_object)) else {
            return Err(not_a_backup(path));
        };
        if !known.iter().any(|name| name == table) {
            return Err(StoreError::Backup(format!("it has a table {table:?} that this program does not know")));
        }
        insert(&mut tx, table, values).await?;
        total += 1;
        if total % 1_000 == 0 {
            progress(table, total);
        }
    }
    if !finished {
        return Err(StoreError::Backup("it ends too early, the file is damaged: use another copy".to_owned()));
    }
    tx.commit().await?;
    Ok(BackupReport { tables: known.len(), rows: total, bytes })
}

fn not_a_backup(path: &Path) -> StoreError {
    StoreError::Backup(format!("{} is not a backup made by `sauda backup`", path.display()))
}

fn next_line(
    lines: &mut impl Iterator<Item = std::io::Result<String>>,
    path: &Path,
) -> Result<Option<Json>, StoreError> {
    match lines.next() {
        None => Ok(None),
        Some(Err(_)) => Err(StoreError::Backup("it ends too early, the file is damaged: use another copy".to_owned())),
        Some(Ok(line)) => serde_json::from_str(&line).map(Some).map_err(|_| not_a_backup(path)),
    }
}

async fn run(tx: &mut crate::Tx, text: String) -> Result<u64, StoreError> {
    Query { text: Cow::Owned(text), args: Vec::new(), lasting: false }.run(tx).await
}

/// Our tables, parents before children.
async fn tables(engine: Engine, on: On<'_>) -> Result<Vec<String>, StoreError> {
    let query = match engine {
        // Creation order: a child is made after its parent.
        Engine::Sqlite => Query::new(crate::Sql::literal(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> '_sqlx_migrations' ORDER BY rowid",
        )),
        Engine::Postgres => Query::new(crate::Sql::literal(
            "SELECT CAST(c.relname AS TEXT) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
             WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> '_sqlx_migrations' ORDER BY c.oid",
        )),
    };
    query.all(on).await?.iter().map(|row| row.get("name")).collect()
}

async fn schema_version(on: On<'_>) -> Result<i64, StoreError> {
    sql!("SELECT CAST(COALESCE(MAX(version), 0) AS BIGINT) AS version FROM _sqlx_migrations").one(on).await?.get("version")
}

async fn primary_key(engine: Engine, on: On<'_>, table: &str) -> Result<String, StoreError> {
    let query = match engine {
        Engine::Sqlite => Query::new(crate::Sql::literal("SELECT name FROM pragma_table_info($1) WHERE pk > 0 ORDER BY pk")),
        Engine::Postgres => Query::new(crate::Sql::literal(
            "SELECT CAST(a.attname AS TEXT) AS name FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey) \
             WHERE i.indrelid = CAST(CAST($1 AS TEXT) AS regclass) AND i.indisprimary ORDER BY a.attnum",
        )),
    };
    let names: Vec<String> = query.bind(table).all(on).await?.iter().map(|row| row.get("name")).collect::<Result<_, _>>()?;
    if names.is_empty() {
        return Err(StoreError::Backup(format!("table {table} has no primary key")));
    }
    Ok(names.join(", "))
}

async fn insert(tx: &mut crate::Tx, table: &str, values: &Map<String, Json>) -> Result<(), StoreError> {
    let mut builder = SqlBuilder::new(crate::Sql::literal(""));
    let columns: Vec<&str> = values.keys().map(String::as_str).collect();
    if columns.iter().any(|name| !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')) {
        return Err(StoreError::Backup("it has a column with an impossible name".to_owned()));
    }
    let mut bound = Vec::with_capacity(columns.len());
    for value in values.values() {
        bound.push(value_from_json(value)?);
    }
    builder.push_list(bound);
    let mut query = builder.finish();
    query.text = Cow::Owned(format!("INSERT INTO {table} ({}) VALUES {}", columns.join(", "), query.text));
    query.lasting = true;
    query.run(tx).await.map(|_| ())
}

/// `{"t": …}` text, `{"i": …}` integer, `{"b": …}` boolean, `{"r": …}` real, `{"x": base64}` bytes; nulls keep their letter.
fn value_from_json(value: &Json) -> Result<Value, StoreError> {
    let damaged = || StoreError::Backup("it has a value of unknown type, the file is damaged".to_owned());
    let (letter, inner) = value.as_object().and_then(|map| map.iter().next()).ok_or_else(damaged)?;
    let some = !inner.is_null();
    Ok(match letter.as_str() {
        "t" => Value::Text(some.then(|| inner.as_str().map(str::to_owned)).flatten()),
        "i" => Value::Int(some.then(|| inner.as_i64()).flatten()),
        "b" => Value::Bool(some.then(|| inner.as_bool()).flatten()),
        "r" => Value::Real(some.then(|| inner.as_f64()).flatten()),
        "x" => Value::Blob(some.then(|| inner.as_str().and_then(|text| STANDARD.decode(text).ok())).flatten()),
        _ => return Err(damaged()),
    })
}

fn row_json(row: &Row) -> Result<Json, StoreError> {
    let mut map = Map::new();
    match row {
        Row::Sqlite(row) => {
            for column in row.columns() {
                let raw = row.try_get_raw(column.ordinal()).map_err(StoreError::from_sqlx)?;
                // The declared type names the letter even when the value is null.
                let declared = column.type_info().name().to_owned();
                let null = raw.is_null();
                let value = match declared.as_str() {
                    "TEXT" => json!({"t": if null { Json::Null } else { json!(get::<String, _>(row, column.ordinal())?) }}),
                    "INTEGER" | "BIGINT" | "INT8" => json!({"i": if null { Json::Null } else { json!(get::<i64, _>(row, column.ordinal())?) }}),
                    "BOOLEAN" => json!({"b": if null { Json::Null } else { json!(get::<bool, _>(row, column.ordinal())?) }}),
                    "REAL" => json!({"r": if null { Json::Null } else { json!(get::<f64, _>(row, column.ordinal())?) }}),
                    "BLOB" => json!({"x": if null { Json::Null } else { json!(STANDARD.encode(get::<Vec<u8>, _>(row, column.ordinal())?)) }}),
                    other => return Err(StoreError::Backup(format!("column {} has type {other}", column.name()))),
                };
                map.insert(column.name().to_owned(), value);
            }
        }
        Row::Postgres(row) => {
            for column in row.columns() {
                let ordinal = column.ordinal();
                let value = match column.type_info().name() {
                    "TEXT" | "VARCHAR" => json!({"t": get::<Option<String>, _>(row, ordinal)?}),
                    "INT8" => json!({"i": get::<Option<i64>, _>(row, ordinal)?}),
                    "BOOL" => json!({"b": get::<Option<bool>, _>(row, ordinal)?}),
                    "FLOAT8" => json!({"r": get::<Option<f64>, _>(row, ordinal)?}),
                    "BYTEA" => json!({"x": get::<Option<Vec<u8>>, _>(row, ordinal)?.map(|bytes| STANDARD.encode(bytes))}),
                    other => return Err(StoreError::Backup(format!("column {} has type {other}", column.name()))),
                };
                map.insert(column.name().to_owned(), value);
            }
        }
    }
    Ok(Json::Object(map))
}

fn get<'r, T, R>(row: &'r R, ordinal: usize) -> Result<T, StoreError>
where
    R: sqlx::Row,
    usize: sqlx::ColumnIndex<R>,
    T: sqlx::Decode<'r, R::Database> + sqlx::Type<R::Database>,
{
    row.try_get(ordinal).map_err(StoreError::from_sqlx)
}
