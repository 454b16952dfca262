//! Values as they stand in a backup: `{"t": …}` text, `{"i": …}` integer, `{"b": …}` boolean, `{"r": …}` real, `{"x": base64}`
//! bytes. Nulls keep their letter. What is read goes by the type of the column that it is for.

use super::schema::{Holds, Table};
use crate::{Row, StoreError, Value};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Map, Value as Json, json};
use sqlx::{Column as _, Row as _, TypeInfo as _};

/// A whole row.
pub(super) fn row(row: &Row) -> Result<Json, StoreError> {
    let mut map = Map::new();
    for (name, kind, ordinal) in columns(row) {
        let holds = Holds::named(&kind)
            .ok_or_else(|| StoreError::Backup(format!("column {name} has type {kind}")))?;
        map.insert(name, write(read(row, ordinal, holds)?));
    }
    Ok(Json::Object(map))
}

/// The key of a row, to go on after it.
pub(super) fn key(row: &Row, table: &Table) -> Result<Vec<Value>, StoreError> {
    let columns = columns(row);
    let mut values = Vec::with_capacity(table.key.len());
    for name in &table.key {
        let missing =
            || StoreError::Backup(format!("key column {name} is missing in a row of {}", table.name));
        let (_, kind, ordinal) = columns
            .iter()
            .find(|(column, _, _)| column == name)
            .ok_or_else(missing)?;
        values.push(read(row, *ordinal, Holds::named(kind).ok_or_else(missing)?)?);
    }
    Ok(values)
}

/// Name, type and place of each column.
fn columns(row: &Row) -> Vec<(String, String, usize)> {
    match row {
        Row::Sqlite(row) => row
            .columns()
            .iter()
            .map(|one| {
                (
                    one.name().to_owned(),
                    one.type_info().name().to_owned(),
                    one.ordinal(),
                )
            })
            .collect(),
        Row::Postgres(row) => row
            .columns()
            .iter()
            .map(|one| {
                (
                    one.name().to_owned(),
                    one.type_info().name().to_owned(),
                    one.ordinal(),
                )
            })
            .collect(),
        // Backups read rows one by one.
        Row::Packed { .. } => Vec::new(),
    }
}

fn read(row: &Row, ordinal: usize, holds: Holds) -> Result<Value, StoreError> {
    match row {
        Row::Sqlite(row) => read_from(row, ordinal, holds),
        Row::Postgres(row) => read_from(row, ordinal, holds),
        Row::Packed { .. } => Err(StoreError::Backup("backups read rows one by one".to_owned())),
    }
}

fn read_from<R>(row: &R, ordinal: usize, holds: Holds) -> Result<Value, StoreError>
where
    R: sqlx::Row,
    usize: sqlx::ColumnIndex<R>,
    Option<String>: for<'r> sqlx::Decode<'r, R::Database> + sqlx::Type<R::Database>,
    Option<i64>: for<'r> sqlx::Decode<'r, R::Database> + sqlx::Type<R::Database>,
    Option<bool>: for<'r> sqlx::Decode<'r, R::Database> + sqlx::Type<R::Database>,
    Option<f64>: for<'r> sqlx::Decode<'r, R::Database> + sqlx::Type<R::Database>,
    Option<Vec<u8>>: for<'r> sqlx::Decode<'r, R::Database> + sqlx::Type<R::Database>,
{
    match holds {
        Holds::Text => row.try_get(ordinal).map(Value::Text),
        Holds::Int => row.try_get(ordinal).map(Value::Int),
        Holds::Bool => row.try_get(ordinal).map(Value::Bool),
        Holds::Real => row.try_get(ordinal).map(Value::Real),
        Holds::Bytes => row.try_get(ordinal).map(Value::Blob),
    }
    .map_err(StoreError::from_sqlx)
}

fn write(value: Value) -> Json {
    match value {
        Value::Text(text) => json!({"t": text}),
        Value::Int(number) => json!({"i": number}),
        Value::Bool(truth) => json!({"b": truth}),
        Value::Real(number) => json!({"r": number}),
        Value::Blob(bytes) => json!({"x": bytes.map(|bytes| STANDARD.encode(bytes))}),
    }
}

/// A value of a backup for a column: truth and 0 or 1 stand for each other, since one engine has no booleans.
pub(super) fn for_column(value: &Json, holds: Holds) -> Option<Value> {
    let (letter, inner) = value.as_object()?.iter().next()?;
    if inner.is_null() {
        return Some(match holds {
            Holds::Text => Value::Text(None),
            Holds::Int => Value::Int(None),
            Holds::Bool => Value::Bool(None),
            Holds::Real => Value::Real(None),
            Holds::Bytes => Value::Blob(None),
        });
    }
    Some(match (letter.as_str(), holds) {
        ("t", Holds::Text) => Value::Text(Some(inner.as_str()?.to_owned())),
        ("i", Holds::Int) => Value::Int(Some(inner.as_i64()?)),
        ("b", Holds::Int) => Value::Int(Some(i64::from(inner.as_bool()?))),
        ("b", Holds::Bool) => Value::Bool(Some(inner.as_bool()?)),
        ("i", Holds::Bool) => Value::Bool(Some(match inner.as_i64()? {
            0 => false,
            1 => true,
            _ => return None,
        })),
        ("r", Holds::Real) => Value::Real(Some(inner.as_f64()?)),
        ("x", Holds::Bytes) => Value::Blob(Some(STANDARD.decode(inner.as_str()?).ok()?)),
        _ => return None,
    })
}
