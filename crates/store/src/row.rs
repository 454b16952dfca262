//! One row of either engine, read by column name.

use crate::StoreError;
use sauda_kernel::{BasisPoints, Id, IdKind, Money, Tenge, Timestamp};
use serde_json::Value;
use sqlx::{Row as _, ValueRef as _, postgres::PgRow, sqlite::SqliteRow};

/// A row of one of the two engines.
pub enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
    /// One of many rows that came as one.
    Packed {
        columns: &'static [&'static str],
        values: Vec<Value>,
    },
}

/// A value of a row that came with many others.
trait Packed: Sized {
    /// Whether null is a value of it.
    const TAKES_NULL: bool = false;
    /// Nothing for a value of another type.
    fn unpack(value: &Value) -> Option<Self>;
}

impl Packed for i64 {
    fn unpack(value: &Value) -> Option<Self> {
        value.as_i64()
    }
}
impl Packed for String {
    fn unpack(value: &Value) -> Option<Self> {
        value.as_str().map(str::to_owned)
    }
}
impl Packed for bool {
    fn unpack(value: &Value) -> Option<Self> {
        value.as_i64().map(|number| number != 0)
    }
}
impl Packed for f64 {
    /// Rows that come as one keep fifteen digits.
    fn unpack(_: &Value) -> Option<Self> {
        None
    }
}
impl Packed for Vec<u8> {
    fn unpack(_: &Value) -> Option<Self> {
        None
    }
}
impl<T: Packed> Packed for Option<T> {
    const TAKES_NULL: bool = true;
    fn unpack(value: &Value) -> Option<Self> {
        if value.is_null() {
            return Some(None);
        }
        T::unpack(value).map(Some)
    }
}

/// A type that a column can be read as, on both engines.
pub trait Column: Sized {
    /// # Errors
    /// When the column is missing, null or of another type.
    fn read(row: &Row, name: &str) -> Result<Self, StoreError>;
}

impl Row {
    /// Rows that came as one text: an array of arrays.
    pub(crate) fn unpacked(text: &str, columns: &'static [&'static str]) -> Result<Vec<Self>, StoreError> {
        let rows: Vec<Vec<Value>> = serde_json::from_str(text).map_err(|error| StoreError::Column {
            column: "all_rows".to_owned(),
            source: sqlx::Error::Decode(error.into()),
        })?;
        let rows = rows.into_iter();
        Ok(rows.map(|values| Self::Packed { columns, values }).collect())
    }

    /// Reads a column.
    ///
    /// # Errors
    /// When the column is missing, null where null is not expected, or of another type.
    pub fn get<T: Column>(&self, name: &str) -> Result<T, StoreError> {
        T::read(self, name)
    }

    fn raw<T>(&self, name: &str) -> Result<T, StoreError>
    where
        T: for<'r> sqlx::Decode<'r, sqlx::Sqlite> + sqlx::Type<sqlx::Sqlite>,
        T: for<'r> sqlx::Decode<'r, sqlx::Postgres> + sqlx::Type<sqlx::Postgres> + Packed,
    {
        let found = match self {
            // SQLite reads a null as zero or as no text.
            Self::Sqlite(row) => match row.try_get_raw(name) {
                Ok(value) if value.is_null() && !T::TAKES_NULL => {
                    Err(sqlx::Error::Decode(sqlx::error::UnexpectedNullError.into()))
                }
                Ok(_) => row.try_get(name),
                Err(error) => Err(error),
            },
            Self::Postgres(row) => row.try_get(name),
            Self::Packed { columns, values } => {
                let place = columns.iter().position(|column| *column == name);
                match place.and_then(|place| values.get(place)) {
                    Some(value) => T::unpack(value)
                        .ok_or_else(|| sqlx::Error::Decode(format!("the value is {value}").into())),
                    None => Err(sqlx::Error::ColumnNotFound(name.to_owned())),
                }
            }
        };
        found.map_err(|source| StoreError::Column {
            column: name.to_owned(),
            source,
        })
    }
}

impl Column for i64 {
    fn read(row: &Row, name: &str) -> Result<Self, StoreError> {
        row.raw(name)
    }
}
impl Column for Option<i64> {
    fn read(row: &Row, name: &str) -> Result<Self, StoreError> {
        row.raw(name)
    }
}
impl Column for String {
    fn read(row: &Row, name: &str) -> Result<Self, StoreError> {
        row.raw(name)
    }
}
impl Column for Option<String> {
    fn read(row: &Row, name: &str) -> Result<Self, StoreError> {
        row.raw(name)
    }
}
impl Column for bool {
    fn read(row: &Row, name: &str) -> Result<Self, StoreError> {
        row.raw(name)
    }
}
impl Column for Option<bool> {
    fn read(row: &Row, name: &str) -> Result<Self, StoreError> {
        row.raw(name)
    }
}
impl Column for f64 {
    fn read(row: &Row, name: &str) -> Result<Self, StoreError> {
        row.raw(name)
    }
}
impl Column for Option<f64> {
    fn read(row: &Row, name: &str) -> Result<Self, StoreError> {
        row.raw(name)
    }
}
impl Column for Vec<u8> {
    fn read(row: &Row, name: &str) -> Result<Self, StoreError> {
        row.raw(name)
    }
}
impl Column for Option<Vec<u8>> {
    fn read(row: &Row, name: &str) -> Result<Self, StoreError> {
        row.raw(name)
    }
}
impl Column for i32 {
    fn read(row: &Row, name: &str) -> Result<Self, StoreError> {
        let wide: i64 = row.raw(name)?;
        Self::try_from(wide).map_err(|_| range(name))
    }
}
impl Column for u32 {
    fn read(row: &Row, name: &str) -> Result<Self, StoreError> {
        let wide: i64 = row.raw(name)?;
        Self::try_from(wide).map_err(|_| range(name))
    }
}
impl<K: IdKind> Column for Id<K> {
    fn read(row: &Row, name: &str) -> Result<Self, StoreError> {
        let text: String = row.raw(name)?;
        Self::parse(&text).map_err(|refusal| StoreError::Column {
            column: name.to_owned(),
            source: sqlx::Error::Decode(refusal.into()),
        })
    }
}
impl<K: IdKind> Column for Option<Id<K>> {
    fn read(row: &Row, name: &str) -> Result<Self, StoreError> {
        let text: Option<String> = row.raw(name)?;
        text.map(|text| Id::parse(&text))
            .transpose()
            .map_err(|refusal| StoreError::Column {
                column: name.to_owned(),
                source: sqlx::Error::Decode(refusal.into()),
            })
    }
}
impl Column for Timestamp {
    fn read(row: &Row, name: &str) -> Result<Self, StoreError> {
        row.raw(name).map(Self::from_micros)
    }
}
impl Column for Option<Timestamp> {
    fn read(row: &Row, name: &str) -> Result<Self, StoreError> {
        row.raw::<Option<i64>>(name)
            .map(|micros| micros.map(Timestamp::from_micros))
    }
}
impl Column for Tenge {
    fn read(row: &Row, name: &str) -> Result<Self, StoreError> {
        row.raw(name).map(Self)
    }
}
impl Column for Option<Tenge> {
    fn read(row: &Row, name: &str) -> Result<Self, StoreError> {
        row.raw::<Option<i64>>(name).map(|tenge| tenge.map(Tenge))
    }
}
impl Column for Money {
    fn read(row: &Row, name: &str) -> Result<Self, StoreError> {
        row.raw(name).map(Self::from_tiyn)
    }
}
impl Column for Option<Money> {
    fn read(row: &Row, name: &str) -> Result<Self, StoreError> {
        row.raw::<Option<i64>>(name)
            .map(|tiyn| tiyn.map(Money::from_tiyn))
    }
}
impl Column for BasisPoints {
    fn read(row: &Row, name: &str) -> Result<Self, StoreError> {
        i32::read(row, name).map(Self)
    }
}
impl Column for Option<BasisPoints> {
    fn read(row: &Row, name: &str) -> Result<Self, StoreError> {
        row.raw::<Option<i64>>(name)?
            .map(|wide| i32::try_from(wide).map(BasisPoints).map_err(|_| range(name)))
            .transpose()
    }
}

fn range(name: &str) -> StoreError {
    StoreError::Column {
        column: name.to_owned(),
        source: sqlx::Error::Decode("the number does not fit".into()),
    }
}
