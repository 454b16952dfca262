//! Brings the tables to the version of this program. Forward only; refuses a database from a newer program.

use crate::{Db, Engine, StoreError};

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
        sqlx::migrate::MigrateError::VersionMissing(version) => StoreError::Version(format!(
            "it has migration {version}, which this program does not know: start the newer program"
        )),
        other => StoreError::Migrate(other),
    })
}

/// A short text that is another one whenever a migration is added or changed: names template databases of tests.
pub fn schema_fingerprint(engine: Engine) -> String {
    let migrator = match engine {
        Engine::Sqlite => sqlx::migrate!("migrations/sqlite"),
        Engine::Postgres => sqlx::migrate!("migrations/postgres"),
    };
    // FNV-1a over the checksums: not a secret, only a name.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for migration in migrator.iter() {
        for byte in migration
            .version
            .to_be_bytes()
            .iter()
            .chain(migration.checksum.iter())
        {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    format!("{hash:016x}")
}
