//! The database engine room: SQLite and PostgreSQL behind one SQL text, migrations, backup, sealed secrets.
//! Refuses to know what any table means.

mod backup;
mod db;
mod dialect;
mod error;
mod migrate;
mod query;
mod row;
mod vault;

pub use backup::{BackupReport, backup, restore};
pub use db::{Db, DbSettings, Engine, On, Tx};
pub use error::StoreError;
pub use migrate::{migrate, schema_fingerprint};
pub use query::{Query, Sql, SqlBuilder, Value, insert_rows};
pub use row::{Column, Row};
pub use vault::{Sealed, Vault};

/// One SQL text for both engines, with `$1` placeholders. A census test prepares each of them on both.
#[macro_export]
macro_rules! sql {
    ($text:literal) => {
        $crate::Query::new($crate::Sql::literal($text))
    };
}

/// A piece of a statement that `SqlBuilder` joins; its placeholders are written `?`.
#[macro_export]
macro_rules! sql_part {
    ($text:literal) => {
        $crate::Sql::literal($text)
    };
}
