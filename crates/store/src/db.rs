//! Connections and transactions of one of the two engines.

use crate::{Query, Row, StoreError, Value, dialect};
use sqlx::{
    PgPool, Postgres, Sqlite, SqlitePool, Transaction,
    postgres::{PgArguments, PgConnectOptions, PgPoolOptions},
    sqlite::{
        SqliteArguments, SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous,
    },
};
use std::{path::Path, str::FromStr, time::Duration};

/// Which engine answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// The database of this process. Cheap to clone.
#[derive(Debug, Clone)]
pub enum Db {
    /// Readers beside one writer, as the write-ahead log allows.
    Sqlite {
        readers: SqlitePool,
        writer: SqlitePool,
    },
    Postgres(PgPool),
}

/// How a database is opened.
#[derive(Debug, Clone)]
pub struct DbSettings {
    /// Connections to PostgreSQL; readers beside the one writer of SQLite.
    pub connections: u32,
    /// How long to wait for a free connection.
    pub wait: Duration,
    /// How long to wait for the one writer of SQLite: longer than any honest transaction takes.
    pub writer_wait: Duration,
}

impl Default for DbSettings {
    fn default() -> Self {
        Self {
            connections: 16,
            wait: Duration::from_secs(10),
            writer_wait: Duration::from_secs(15),
        }
    }
}

/// A transaction that may write. Rolled back unless committed.
pub enum Tx {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// Where a statement runs: on the database, or inside a transaction.
pub enum On<'a> {
    Db(&'a Db),
    Tx(&'a mut Tx),
}

impl<'a> From<&'a Db> for On<'a> {
    fn from(db: &'a Db) -> Self {
        Self::Db(db)
    }
}
impl<'a> From<&'a mut Tx> for On<'a> {
    fn from(tx: &'a mut Tx) -> Self {
        Self::Tx(tx)
    }
}

impl Db {
    /// Opens `sqlite://path/file.sqlite`, `sqlite::memory:` is refused; or `postgres://…`.
    ///
    /// # Errors
    /// When the address is not one of these, or the database does not answer.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        Self::open_with(url, &DbSettings::default()).await
    }

    /// The same with other settings.
    ///
    /// # Errors
    /// As `open`.
    pub async fn open_with(url: &str, settings: &DbSettings) -> Result<Self, StoreError> {
        if let Some(path) = url.strip_prefix("sqlite:") {
            let path = path.trim_start_matches("//");
            if path.is_empty() || path.starts_with(':') {
                return Err(StoreError::Url(format!(
                    "{url:?} names no file: write sqlite://data/sauda.sqlite"
                )));
            }
            return Self::open_sqlite(Path::new(path), settings).await;
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Self::open_postgres(url, settings).await;
        }
        Err(StoreError::Url(
            "the database address must begin with sqlite:// or postgres://".to_owned(),
        ))
    }

    async fn open_sqlite(path: &Path, settings: &DbSettings) -> Result<Self, StoreError> {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|source| StoreError::File {
                path: folder.display().to_string(),
                source,
            })?;
        }
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Normal)
            .busy_timeout(Duration::from_secs(10))
            .foreign_keys(true)
            .statement_cache_capacity(300)
            .pragma("temp_store", "memory")
            // Pages that change all the time are carried into the file four times less often; the log stays under 16 MB.
            .pragma("wal_autocheckpoint", "4000");
        // The writer first: it makes the file and turns the write-ahead log on. It has more to keep at hand than one reader; what is
        // in nobody's memory is in the system's, which takes it back when it needs it.
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(settings.writer_wait)
            .connect_with(options.clone().pragma("cache_size", "-16000"))
            .await
            .map_err(StoreError::from_sqlx)?;
        let readers = SqlitePoolOptions::new()
            .max_connections(settings.connections.clamp(2, 6))
            .acquire_timeout(settings.wait)
            .connect_with(options.pragma("cache_size", "-8000").pragma("query_only", "1"))
            .await
            .map_err(StoreError::from_sqlx)?;
        Ok(Self::Sqlite { readers, writer })
    }

    async fn open_postgres(url: &str, settings: &DbSettings) -> Result<Self, StoreError> {
        let options = PgConnectOptions::from_str(url)
            .map_err(|_| {
                StoreError::Url(
                    "the postgres:// address cannot be read: check user, host, port and name".to_owned(),
                )
            })?
            .application_name("sauda")
            .statement_cache_capacity(300);
        let pool = PgPoolOptions::new()
            .max_connections(settings.connections.max(2))
            .acquire_timeout(settings.wait)
            .connect_with(options)
            .await
            .map_err(StoreError::from_sqlx)?;
        Ok(Self::Postgres(pool))
    }

    pub const fn engine(&self) -> Engine {
        match self {
            Self::Sqlite { .. } => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    /// Begins a transaction that may write: immediate on SQLite, so that it never fails half-way for a lock.
    /// Nothing but the database may be awaited before `commit`.
    ///
    /// # Errors
    /// When no connection is free or the database does not answer.
    pub async fn write(&self) -> Result<Tx, StoreError> {
        match self {
            Self::Sqlite { writer, .. } => {
                file_is_there(writer)?;
                writer
                    .begin_with("BEGIN IMMEDIATE")
                    .await
                    .map(Tx::Sqlite)
                    .map_err(|error| match error {
                        sqlx::Error::PoolTimedOut => StoreError::WriterBusy {
                            seconds: writer.options().get_acquire_timeout().as_secs(),
                        },
                        other => StoreError::from_sqlx(other),
                    })
            }
            Self::Postgres(pool) => pool
                .begin()
                .await
                .map(Tx::Postgres)
                .map_err(StoreError::from_sqlx),
        }
    }

    /// Begins a transaction that reads one state of everything.
    ///
    /// # Errors
    /// When no connection is free or the database does not answer.
    pub async fn snapshot(&self) -> Result<Tx, StoreError> {
        match self {
            Self::Sqlite { readers, .. } => readers.begin().await.map(Tx::Sqlite),
            Self::Postgres(pool) => pool
                .begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                .await
                .map(Tx::Postgres),
        }
        .map_err(StoreError::from_sqlx)
    }

    /// Answers when the database does.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping(&self) -> Result<(), StoreError> {
        if let Self::Sqlite { writer, .. } = self {
            file_is_there(writer)?;
        }
        crate::sql!("SELECT CAST(1 AS BIGINT) AS one")
            .one(self)
            .await
            .map(|_| ())
    }

    /// Closes all connections, after what is running has ended.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { readers, writer } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

impl Tx {
    /// Keeps what was written.
    ///
    /// # Errors
    /// When the database refuses or does not answer; nothing is kept then.
    pub async fn commit(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(tx) => tx.commit().await,
            Self::Postgres(tx) => tx.commit().await,
        }
        .map_err(StoreError::from_sqlx)
    }
}

/// A deleted file can still be written through an open connection, and all of it would be lost.
fn file_is_there(writer: &SqlitePool) -> Result<(), StoreError> {
    let options = writer.connect_options();
    match std::fs::metadata(options.get_filename()) {
        Ok(_) => Ok(()),
        Err(gone) => Err(StoreError::Unavailable(sqlx::Error::Io(gone))),
    }
}

/// Runs the same call on whichever connection it is.
impl On<'_> {
    const fn engine(&self) -> Engine {
        match self {
            Self::Db(Db::Sqlite { .. }) | Self::Tx(Tx::Sqlite(_)) => Engine::Sqlite,
            Self::Db(Db::Postgres(_)) | Self::Tx(Tx::Postgres(_)) => Engine::Postgres,
        }
    }

    pub(crate) async fn all(self, query: Query) -> Result<Vec<Row>, StoreError> {
        let (text, args, lasting) = prepare(self.engine(), query);
        let rows = match self {
            Self::Db(Db::Sqlite { readers, writer }) => {
                // A statement that returns rows but writes must go to the writer.
                let pool = if reads(&text) { readers } else { writer };
                sqlite(text, args, lasting)?
                    .fetch_all(pool)
                    .await
                    .map(lift_sqlite)
            }
            Self::Tx(Tx::Sqlite(tx)) => sqlite(text, args, lasting)?
                .fetch_all(&mut **tx)
                .await
                .map(lift_sqlite),
            Self::Db(Db::Postgres(pool)) => postgres(text, args, lasting)?
                .fetch_all(pool)
                .await
                .map(lift_postgres),
            Self::Tx(Tx::Postgres(tx)) => postgres(text, args, lasting)?
                .fetch_all(&mut **tx)
                .await
                .map(lift_postgres),
        };
        rows.map_err(StoreError::from_sqlx)
    }

    pub(crate) async fn many(
        self,
        query: Query,
        columns: &'static [&'static str],
    ) -> Result<Vec<Row>, StoreError> {
        let Some(together) = dialect::together(self.engine(), &query.text, columns) else {
            return self.all(query).await;
        };
        let packed = Query {
            text: together.into(),
            ..query
        };
        match self.optional(packed).await? {
            Some(row) => Row::unpacked(&row.get::<String>("all_rows")?, columns),
            None => Ok(Vec::new()),
        }
    }

    pub(crate) async fn optional(self, query: Query) -> Result<Option<Row>, StoreError> {
        Ok(self.all(query).await?.into_iter().next())
    }

    pub(crate) async fn run(self, query: Query) -> Result<u64, StoreError> {
        let (text, args, lasting) = prepare(self.engine(), query);
        let touched = match self {
            Self::Db(Db::Sqlite { writer, .. }) => sqlite(text, args, lasting)?
                .execute(writer)
                .await
                .map(|done| done.rows_affected()),
            Self::Tx(Tx::Sqlite(tx)) => sqlite(text, args, lasting)?
                .execute(&mut **tx)
                .await
                .map(|done| done.rows_affected()),
            Self::Db(Db::Postgres(pool)) => postgres(text, args, lasting)?
                .execute(pool)
                .await
                .map(|done| done.rows_affected()),
            Self::Tx(Tx::Postgres(tx)) => postgres(text, args, lasting)?
                .execute(&mut **tx)
                .await
                .map(|done| done.rows_affected()),
        };
        touched.map_err(StoreError::from_sqlx)
    }
}

type Text = std::borrow::Cow<'static, str>;

fn prepare(engine: Engine, query: Query) -> (Text, Vec<Value>, bool) {
    (
        dialect::text(engine, query.text, query.bare),
        query.args,
        query.lasting,
    )
}

fn reads(text: &str) -> bool {
    let head = text.trim_start().get(..6).unwrap_or_default();
    head.eq_ignore_ascii_case("select")
        || (head.to_ascii_lowercase().starts_with("with")
            && !text.contains("UPDATE ")
            && !text.contains("INSERT ")
            && !text.contains("DELETE "))
}

fn lift_sqlite(rows: Vec<sqlx::sqlite::SqliteRow>) -> Vec<Row> {
    rows.into_iter().map(Row::Sqlite).collect()
}

fn lift_postgres(rows: Vec<sqlx::postgres::PgRow>) -> Vec<Row> {
    rows.into_iter().map(Row::Postgres).collect()
}

fn sqlite(
    text: Text,
    args: Vec<Value>,
    lasting: bool,
) -> Result<sqlx::query::Query<'static, Sqlite, SqliteArguments>, StoreError> {
    use sqlx::Arguments as _;
    let mut bound = SqliteArguments::default();
    for value in args {
        match value {
            Value::Int(value) => bound.add(value),
            Value::Text(value) => bound.add(value),
            Value::Bool(value) => bound.add(value),
            Value::Real(value) => bound.add(value),
            Value::Blob(value) => bound.add(value),
        }
        .map_err(|source| StoreError::Statement(sqlx::Error::Encode(source)))?;
    }
    Ok(sqlx::query_with(sqlx::AssertSqlSafe(text), bound).persistent(lasting))
}

fn postgres(
    text: Text,
    args: Vec<Value>,
    lasting: bool,
) -> Result<sqlx::query::Query<'static, Postgres, PgArguments>, StoreError> {
    use sqlx::Arguments as _;
    let mut bound = PgArguments::default();
    for value in args {
        match value {
            Value::Int(value) => bound.add(value),
            Value::Text(value) => bound.add(value),
            Value::Bool(value) => bound.add(value),
            Value::Real(value) => bound.add(value),
            Value::Blob(value) => bound.add(value),
        }
        .map_err(|source| StoreError::Statement(sqlx::Error::Encode(source)))?;
    }
    Ok(sqlx::query_with(sqlx::AssertSqlSafe(text), bound).persistent(lasting))
}
