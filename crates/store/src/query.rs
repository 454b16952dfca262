//! A statement with its values: the one way SQL is written outside this room.

use crate::{On, Row, StoreError};
use sauda_kernel::{BasisPoints, Id, Money, Tenge, Timestamp};
use std::borrow::Cow;

/// A statement text that stands in the source; nothing that was typed by a person can become one.
#[derive(Debug, Clone, Copy)]
pub struct Sql(&'static str);

impl Sql {
    /// Called by the macros only.
    pub const fn literal(text: &'static str) -> Self {
        Self(text)
    }
    pub const fn text(self) -> &'static str {
        self.0
    }
}

/// One bound value. Nulls keep their type: PostgreSQL insists.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Int(Option<i64>),
    Text(Option<String>),
    Bool(Option<bool>),
    Real(Option<f64>),
    Blob(Option<Vec<u8>>),
}

/// A statement being filled with values.
#[derive(Debug, Clone)]
pub struct Query {
    pub(crate) text: Cow<'static, str>,
    pub(crate) args: Vec<Value>,
    /// Statements that are made anew each time are not kept prepared.
    pub(crate) lasting: bool,
    /// Whether the places of the values are bare `?` in their order, not numbered.
    pub(crate) bare: bool,
}

impl Query {
    pub const fn new(sql: Sql) -> Self {
        Self {
            text: Cow::Borrowed(sql.0),
            args: Vec::new(),
            lasting: true,
            bare: false,
        }
    }

    #[must_use]
    pub fn bind(mut self, value: impl Into<Value>) -> Self {
        self.args.push(value.into());
        self
    }

    /// The text as one engine gets it.
    pub fn text_for(&self, engine: crate::Engine) -> Cow<'static, str> {
        crate::dialect::text(engine, self.text.clone(), self.bare)
    }

    /// Keeps a statement made of pieces prepared: for one that is made the same way each time.
    #[must_use]
    pub const fn lasting(mut self) -> Self {
        self.lasting = true;
        self
    }

    /// All rows.
    ///
    /// # Errors
    /// When the database refuses or does not answer.
    pub async fn all(self, on: impl Into<On<'_>>) -> Result<Vec<Row>, StoreError> {
        on.into().all(self).await
    }

    /// All rows of a `SELECT` that gives thousands, with the names of its columns; none of them holds bytes or fractions. SQLite's
    /// driver wakes the reader for every row: here it hands over all of them as one.
    ///
    /// # Errors
    /// When the database refuses or does not answer.
    pub async fn many(
        self,
        on: impl Into<On<'_>>,
        columns: &'static [&'static str],
    ) -> Result<Vec<Row>, StoreError> {
        on.into().many(self, columns).await
    }

    /// The first row, if there is one.
    ///
    /// # Errors
    /// When the database refuses or does not answer.
    pub async fn optional(self, on: impl Into<On<'_>>) -> Result<Option<Row>, StoreError> {
        on.into().optional(self).await
    }

    /// Exactly one row, as aggregates give.
    ///
    /// # Errors
    /// When there is none, or the database refuses or does not answer.
    pub async fn one(self, on: impl Into<On<'_>>) -> Result<Row, StoreError> {
        self.optional(on)
            .await?
            .ok_or_else(|| StoreError::Statement(sqlx::Error::RowNotFound))
    }

    /// Runs the statement; the number of rows it touched.
    ///
    /// # Errors
    /// When the database refuses or does not answer.
    pub async fn run(self, on: impl Into<On<'_>>) -> Result<u64, StoreError> {
        on.into().run(self).await
    }
}

/// A statement made of pieces, for lists with filters. Pieces use `?`. SQLite gets it so: it looks a numbered place up among
/// all others, which makes a statement of thousands of values take seconds.
#[derive(Debug, Clone)]
pub struct SqlBuilder {
    text: String,
    args: Vec<Value>,
}

impl SqlBuilder {
    pub fn new(first: Sql) -> Self {
        let mut builder = Self {
            text: String::with_capacity(256),
            args: Vec::new(),
        };
        builder.append(first, Vec::new());
        builder
    }

    /// Adds a piece with as many values as it has `?`.
    pub fn push(&mut self, piece: Sql, values: impl IntoIterator<Item = Value>) -> &mut Self {
        self.append(piece, values.into_iter().collect());
        self
    }

    /// Adds `(?, ?, …)` for a list; `(NULL)` for an empty one, which matches nothing.
    pub fn push_list(&mut self, values: impl IntoIterator<Item = Value>) -> &mut Self {
        let before = self.args.len();
        self.text.push('(');
        for value in values {
            if self.args.len() > before {
                self.text.push_str(", ");
            }
            self.args.push(value);
            self.text.push('?');
        }
        if self.args.len() == before {
            self.text.push_str("NULL");
        }
        self.text.push(')');
        self
    }

    fn append(&mut self, piece: Sql, values: Vec<Value>) {
        self.text.push_str(piece.0);
        self.args.extend(values);
    }

    pub fn finish(self) -> Query {
        Query {
            text: Cow::Owned(self.text),
            args: self.args,
            lasting: false,
            bare: true,
        }
    }
}

/// `INSERT … VALUES (…), (…) …` for many rows at once; at most 30 000 values a statement, so split before calling.
/// `head` is `INSERT INTO t (a, b) VALUES `, `tail` an `ON CONFLICT` clause or nothing.
pub fn insert_rows(head: Sql, rows: Vec<Vec<Value>>, tail: Sql) -> Query {
    let mut builder = SqlBuilder::new(head);
    for (number, row) in rows.into_iter().enumerate() {
        if number > 0 {
            builder.text.push_str(", ");
        }
        builder.push_list(row);
    }
    builder.text.push(' ');
    builder.text.push_str(tail.0);
    builder.finish()
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(Some(value))
    }
}
impl From<i32> for Value {
    fn from(value: i32) -> Self {
        Self::Int(Some(i64::from(value)))
    }
}
impl From<u32> for Value {
    fn from(value: u32) -> Self {
        Self::Int(Some(i64::from(value)))
    }
}
impl From<Option<i64>> for Value {
    fn from(value: Option<i64>) -> Self {
        Self::Int(value)
    }
}
impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(Some(value))
    }
}
impl From<Option<bool>> for Value {
    fn from(value: Option<bool>) -> Self {
        Self::Bool(value)
    }
}
impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self::Real(Some(value))
    }
}
impl From<Option<f64>> for Value {
    fn from(value: Option<f64>) -> Self {
        Self::Real(value)
    }
}
impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(Some(value.to_owned()))
    }
}
impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(Some(value))
    }
}
impl From<&String> for Value {
    fn from(value: &String) -> Self {
        Self::Text(Some(value.clone()))
    }
}
impl From<Option<String>> for Value {
    fn from(value: Option<String>) -> Self {
        Self::Text(value)
    }
}
impl From<Option<&str>> for Value {
    fn from(value: Option<&str>) -> Self {
        Self::Text(value.map(str::to_owned))
    }
}
impl From<Vec<u8>> for Value {
    fn from(value: Vec<u8>) -> Self {
        Self::Blob(Some(value))
    }
}
impl From<Option<Vec<u8>>> for Value {
    fn from(value: Option<Vec<u8>>) -> Self {
        Self::Blob(value)
    }
}
impl<K> From<&Id<K>> for Value {
    fn from(value: &Id<K>) -> Self {
        Self::Text(Some(value.as_str().to_owned()))
    }
}
impl<K> From<Option<&Id<K>>> for Value {
    fn from(value: Option<&Id<K>>) -> Self {
        Self::Text(value.map(|id| id.as_str().to_owned()))
    }
}
impl From<Timestamp> for Value {
    fn from(value: Timestamp) -> Self {
        Self::Int(Some(value.as_micros()))
    }
}
impl From<Option<Timestamp>> for Value {
    fn from(value: Option<Timestamp>) -> Self {
        Self::Int(value.map(Timestamp::as_micros))
    }
}
impl From<Tenge> for Value {
    fn from(value: Tenge) -> Self {
        Self::Int(Some(value.get()))
    }
}
impl From<Option<Tenge>> for Value {
    fn from(value: Option<Tenge>) -> Self {
        Self::Int(value.map(Tenge::get))
    }
}
impl From<Money> for Value {
    fn from(value: Money) -> Self {
        Self::Int(Some(value.tiyn()))
    }
}
impl From<Option<Money>> for Value {
    fn from(value: Option<Money>) -> Self {
        Self::Int(value.map(Money::tiyn))
    }
}
impl From<BasisPoints> for Value {
    fn from(value: BasisPoints) -> Self {
        Self::Int(Some(i64::from(value.0)))
    }
}
impl From<Option<BasisPoints>> for Value {
    fn from(value: Option<BasisPoints>) -> Self {
        Self::Int(value.map(|share| i64::from(share.0)))
    }
}
