//! What can go wrong with the database, sorted by what the caller should do about it.

use sauda_kernel::{Failure, Kind, Public};

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database cannot be reached, is locked or full: try again later.
    #[error("the database does not answer")]
    Unavailable(#[source] sqlx::Error),
    /// The one writer of SQLite was not free in time. A transaction that begins another before its end waits for itself.
    #[error("another transaction has kept the database for more than {seconds} s")]
    WriterBusy { seconds: u64 },
    /// A unique or foreign key refused the row.
    #[error("the row conflicts with {constraint}")]
    Conflict {
        constraint: String,
        #[source]
        source: sqlx::Error,
    },
    /// The statement or the row is not what the code expects.
    #[error("a statement failed")]
    Statement(#[source] sqlx::Error),
    #[error("column {column} is missing or of another type")]
    Column {
        column: String,
        #[source]
        source: sqlx::Error,
    },
    #[error("column {column} holds {value:?}, which this version does not know")]
    Meaning { column: &'static str, value: String },
    #[error("the database is at another version: {0}")]
    Version(String),
    #[error("migration failed")]
    Migrate(#[source] sqlx::migrate::MigrateError),
    #[error("{0}")]
    Url(String),
    #[error("a sealed secret cannot be opened: {0}")]
    Sealed(&'static str),
    #[error("the backup file: {0}")]
    Backup(String),
    #[error("file {path}")]
    File {
        path: String,
        #[source]
        source: std::io::Error,
    },
}

impl StoreError {
    pub(crate) fn from_sqlx(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(database)
                if database.is_unique_violation() || database.is_foreign_key_violation() =>
            {
                let constraint = database
                    .constraint()
                    .map_or_else(|| database.message().to_owned(), str::to_owned);
                Self::Conflict {
                    constraint,
                    source: error,
                }
            }
            sqlx::Error::Database(database) => {
                let code = database.code().unwrap_or_default().to_string();
                let unavailable = if database.try_downcast_ref::<sqlx::sqlite::SqliteError>().is_some() {
                    // Extended codes carry the primary one in the low byte: 5 busy, 6 locked, 8 read only, 10 input or output,
                    // 11 damaged, 13 full, 14 cannot open, 26 not a database.
                    code.parse::<u32>()
                        .is_ok_and(|code| matches!(code & 0xff, 5 | 6 | 8 | 10 | 11 | 13 | 14 | 26))
                } else {
                    // Classes 08 connection, 28 sign-in, 3D no such database, 40 rollback, 53 resources, 57 intervention,
                    // 58 system; 25006 a replica that only reads, 55P03 locked.
                    ["08", "28", "3D", "40", "53", "57", "58", "25006", "55P03"]
                        .iter()
                        .any(|class| code.starts_with(class))
                };
                if unavailable {
                    Self::Unavailable(error)
                } else {
                    Self::Statement(error)
                }
            }
            sqlx::Error::Io(_)
            | sqlx::Error::BeginFailed
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed
            | sqlx::Error::Tls(_) => Self::Unavailable(error),
            _ => Self::Statement(error),
        }
    }
}

impl Failure for StoreError {
    fn kind(&self) -> Kind {
        match self {
            Self::Unavailable(_) | Self::WriterBusy { .. } => Kind::Unavailable,
            Self::Conflict { .. } => Kind::Conflict,
            Self::Url(_) | Self::Backup(_) => Kind::Invalid,
            _ => Kind::Bug,
        }
    }
    fn public(&self) -> Vec<Public> {
        match self {
            Self::Unavailable(_) | Self::WriterBusy { .. } => vec![Public::new("database-unavailable")],
            Self::Conflict { .. } => vec![Public::new("changed-meanwhile")],
            Self::Backup(what) => vec![Public::new("backup-refused").arg("what", what)],
            _ => vec![Public::new("bug")],
        }
    }
}
