//! Brings the tables to the version of this program. Forward only; refuses a database from a newer program.

use crate::{Db, StoreError};

/// Applies what is missing, under a lock, so that several processes may start at once.
///
/// # Errors
/// When a migration fails, was changed after it was applied, or the database is newer than the program.
pub async fn migrate(db: &Db) -> Result<(), StoreError> {
    match db {
        Db::Sqlite { writer, .. } => sqlx::migrate!("migrations/sqlite").run(writer).await,
        Db::Postgres(pool) => sqlx::migrate!("migrations/postgres").run(pool).await,
    }
    .map_err(|error| match error {
        sqlx::migrate::MigrateError::VersionMissing(version) => {
            StoreError::Version(format!("it has migration {version}, which this program does not know: start the newer program"))
        }
        other => StoreError::Migrate(other),
    })
}
