//! One row of either engine, read by column name.

use crate::StoreError;
use sauda_kernel::{BasisPoints, Id, IdKind, Money, Tenge, Timestamp};
use sqlx::{Row as _, postgres::PgRow, sqlite::SqliteRow};

/// A row of one of the two engines.
pub enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

/// A type that a column can be read as, on both engines.
pub trait Column: Sized {
    /// # Errors
    /// When the column is missing, null or of another type.
    fn read(row: &Row, name: &str) -> Result<Self, StoreError>;
}

impl Row {
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
        T: for<'r> sqlx::Decode<'r, sqlx::Postgres> + sqlx::Type<sqlx::Postgres>,
    {
        let found = match self {
            Self::Sqlite(row) => row.try_get(name),
            Self::Postgres(row) => row.try_get(name),
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
