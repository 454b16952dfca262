//! Our tables as the database describes them: names, key, columns with the type of a value in each.

use crate::{Engine, Sql, StoreError, Tx, query::Query, sql};
use std::collections::BTreeMap;

/// What a column holds, whatever the engine calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    Text,
    Int,
    Bool,
    Real,
    Bytes,
}

impl Holds {
    /// By the engine's name of the type.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name.to_ascii_uppercase().as_str() {
            "TEXT" | "VARCHAR" => Self::Text,
            "INTEGER" | "BIGINT" | "INT8" => Self::Int,
            "BOOLEAN" | "BOOL" => Self::Bool,
            "REAL" | "FLOAT8" | "DOUBLE PRECISION" => Self::Real,
            "BLOB" | "BYTEA" => Self::Bytes,
            _ => return None,
        })
    }
}

#[derive(Debug, Clone)]
pub(super) struct Table {
    pub name: String,
    /// Columns of the primary key, in its order.
    pub key: Vec<String>,
    pub columns: BTreeMap<String, Holds>,
}

/// Our tables in the order they were made: parents before children.
pub(super) async fn tables(engine: Engine, tx: &mut Tx) -> Result<Vec<Table>, StoreError> {
    let query = match engine {
        Engine::Sqlite => Query::new(Sql::literal(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> '_sqlx_migrations' ORDER BY rowid",
        )),
        Engine::Postgres => Query::new(Sql::literal(
            "SELECT CAST(c.relname AS TEXT) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
             WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> '_sqlx_migrations' \
             ORDER BY c.oid",
        )),
    };
    let mut all = Vec::new();
    for row in query.all(&mut *tx).await? {
        let name: String = row.get("name")?;
        let key = primary_key(engine, tx, &name).await?;
        let columns = columns(engine, tx, &name).await?;
        all.push(Table { name, key, columns });
    }
    Ok(all)
}

/// Number of the last migration.
pub(super) async fn version(tx: &mut Tx) -> Result<i64, StoreError> {
    sql!("SELECT CAST(COALESCE(MAX(version), 0) AS BIGINT) AS version FROM _sqlx_migrations")
        .one(tx)
        .await?
        .get("version")
}

async fn primary_key(engine: Engine, tx: &mut Tx, table: &str) -> Result<Vec<String>, StoreError> {
    let query = match engine {
        Engine::Sqlite => Query::new(Sql::literal(
            "SELECT name FROM pragma_table_info($1) WHERE pk > 0 ORDER BY pk",
        )),
        Engine::Postgres => Query::new(Sql::literal(
            "SELECT CAST(a.attname AS TEXT) AS name FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey) \
             WHERE i.indrelid = CAST(CAST($1 AS TEXT) AS regclass) AND i.indisprimary \
             ORDER BY array_position(CAST(i.indkey AS SMALLINT[]), a.attnum)",
        )),
    };
    let names: Vec<String> = query
        .bind(table)
        .all(tx)
        .await?
        .iter()
        .map(|row| row.get("name"))
        .collect::<Result<_, _>>()?;
    if names.is_empty() {
        return Err(StoreError::Backup(format!("table {table} has no primary key")));
    }
    Ok(names)
}

async fn columns(engine: Engine, tx: &mut Tx, table: &str) -> Result<BTreeMap<String, Holds>, StoreError> {
    let query = match engine {
        Engine::Sqlite => Query::new(Sql::literal(
            "SELECT name, type AS kind FROM pragma_table_info($1)",
        )),
        Engine::Postgres => Query::new(Sql::literal(
            "SELECT CAST(column_name AS TEXT) AS name, CAST(data_type AS TEXT) AS kind FROM information_schema.columns \
             WHERE table_schema = current_schema() AND table_name = $1",
        )),
    };
    let mut all = BTreeMap::new();
    for row in query.bind(table).all(tx).await? {
        let (name, kind): (String, String) = (row.get("name")?, row.get("kind")?);
        let holds = Holds::named(&kind)
            .ok_or_else(|| StoreError::Backup(format!("column {table}.{name} has type {kind}")))?;
        all.insert(name, holds);
    }
    Ok(all)
}
