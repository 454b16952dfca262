//! One migrated database per test, of either engine, copied from a template that is made once per schema.

use crate::{engines_required, services};
use anyhow::{Context as _, Result, anyhow};
use sauda_store::{Db, Engine, migrate, schema_fingerprint};
use std::{
    ops::Deref,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
};
use tempfile::TempDir;

/// A database that belongs to one test. Gone when it is dropped.
#[derive(Debug)]
pub struct TestDb {
    db: Db,
    url: String,
    remains: Remains,
}

#[derive(Debug)]
enum Remains {
    Folder(TempDir),
    /// Address of the server and name of the database to drop.
    Database {
        server: String,
        name: String,
    },
}

impl Deref for TestDb {
    type Target = Db;
    fn deref(&self) -> &Db {
        &self.db
    }
}

impl TestDb {
    pub const fn db(&self) -> &Db {
        &self.db
    }
    /// Its address, for a second process or a second pool.
    pub fn url(&self) -> &str {
        &self.url
    }
    pub const fn engine(&self) -> Engine {
        self.db.engine()
    }
    /// The file of an SQLite database.
    pub fn file(&self) -> Option<PathBuf> {
        match &self.remains {
            Remains::Folder(folder) => Some(folder.path().join("test.sqlite")),
            Remains::Database { .. } => None,
        }
    }
}

impl Drop for TestDb {
    fn drop(&mut self) {
        let Remains::Database { server, name } = &self.remains else {
            return;
        };
        let (server, name) = (server.clone(), name.clone());
        // The test's own runtime may be ending: a thread with a small runtime of its own. A database that stays is no harm.
        let _ = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?;
            runtime.block_on(statement(
                &server,
                &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"),
            ))
        })
        .join();
    }
}

/// A migrated SQLite database in a folder of its own.
///
/// # Panics
/// When it cannot be made.
pub async fn sqlite() -> TestDb {
    match open_sqlite().await {
        Ok(db) => db,
        Err(error) => fail(&format!("the SQLite test database: {error:#}")),
    }
}

/// A migrated PostgreSQL database, or `None` with a line on stderr when this machine has no server.
///
/// # Panics
/// When the server refuses, or is missing although `SAUDA_REQUIRE_ENGINES=1`.
pub async fn postgres() -> Option<TestDb> {
    let server = match services::postgres_url() {
        Ok(url) => url,
        Err(error) => {
            missing("PostgreSQL", &error);
            return None;
        }
    };
    match open_postgres(&server).await {
        Ok(db) => Some(db),
        Err(error) => fail(&format!("the PostgreSQL test database at {server}: {error:#}")),
    }
}

/// A database of each engine that is there.
///
/// # Panics
/// As `sqlite` and `postgres`.
pub async fn engines() -> Vec<TestDb> {
    let mut all = vec![sqlite().await];
    all.extend(postgres().await);
    all
}

/// Tells that a half of the tests is skipped, or fails when that is not allowed.
pub(crate) fn missing(what: &str, error: &anyhow::Error) {
    if engines_required() {
        fail(&format!(
            "{what} is required (SAUDA_REQUIRE_ENGINES=1) but missing: {error:#}"
        ));
    }
    #[expect(clippy::print_stderr, reason = "a skipped half of a test must be seen")]
    {
        eprintln!("skipped: {what} is missing: {error:#}");
    }
}

#[expect(clippy::panic, reason = "a test without its database is a failed test")]
pub(crate) fn fail(message: &str) -> ! {
    panic!("{message}")
}

async fn open_sqlite() -> Result<TestDb> {
    let template = sqlite_template().await?;
    let folder = tempfile::Builder::new().prefix("sauda-test-").tempdir()?;
    let file = folder.path().join("test.sqlite");
    std::fs::copy(&template, &file).with_context(|| format!("copying {}", template.display()))?;
    let url = format!("sqlite://{}", file.display());
    let db = Db::open(&url).await?;
    Ok(TestDb {
        db,
        url,
        remains: Remains::Folder(folder),
    })
}

/// The migrated file that tests copy. Made under another name and moved, so that two processes do not meet.
async fn sqlite_template() -> Result<PathBuf> {
    let folder = services::state_folder()?;
    let template = folder.join(format!("template-{}.sqlite", schema_fingerprint(Engine::Sqlite)));
    if template.exists() {
        return Ok(template);
    }
    let workshop = tempfile::Builder::new().prefix("making-").tempdir_in(&folder)?;
    let made = workshop.path().join("template.sqlite");
    let db = Db::open(&format!("sqlite://{}", made.display())).await?;
    migrate(&db).await?;
    // The last connection to close moves the log into the file.
    db.close().await;
    if Path::new(&format!("{}-wal", made.display())).exists() {
        return Err(anyhow!("the template kept its write-ahead log"));
    }
    std::fs::rename(&made, &template)?;
    Ok(template)
}

async fn open_postgres(server: &str) -> Result<TestDb> {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    let template = postgres_template(server).await?;
    let name = format!(
        "t_{}_{}",
        services::unique_name(),
        NUMBER.fetch_add(1, Ordering::Relaxed)
    );
    statement(
        server,
        &format!("CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY"),
    )
    .await?;
    let url = services::with_database(server, &name);
    let db = Db::open(&url).await?;
    Ok(TestDb {
        db,
        url,
        remains: Remains::Database {
            server: server.to_owned(),
            name,
        },
    })
}

/// The migrated database that tests copy; marked as a template once it is whole. Made under a lock of the server.
async fn postgres_template(server: &str) -> Result<String> {
    use sqlx::{Connection as _, Row as _};
    let name = format!("template_{}", schema_fingerprint(Engine::Postgres));
    let mut connection = sqlx::PgConnection::connect(server).await?;
    let find = "SELECT datistemplate FROM pg_database WHERE datname = $1";
    let whole = sqlx::query(find)
        .bind(&name)
        .fetch_optional(&mut connection)
        .await?;
    if whole.is_some_and(|row| row.get("datistemplate")) {
        return Ok(name);
    }
    sqlx::query("SELECT pg_advisory_lock(7283911)")
        .execute(&mut connection)
        .await?;
    let whole = sqlx::query(find)
        .bind(&name)
        .fetch_optional(&mut connection)
        .await?;
    if !whole.is_some_and(|row| row.get("datistemplate")) {
        for text in [
            format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"),
            format!("CREATE DATABASE {name}"),
        ] {
            sqlx::query(sqlx::AssertSqlSafe(text))
                .execute(&mut connection)
                .await?;
        }
        let db = Db::open(&services::with_database(server, &name)).await?;
        migrate(&db).await?;
        db.close().await;
        let mark = format!("ALTER DATABASE {name} IS_TEMPLATE true");
        sqlx::query(sqlx::AssertSqlSafe(mark))
            .execute(&mut connection)
            .await?;
    }
    // Closing gives the lock back.
    connection.close().await?;
    Ok(name)
}

async fn statement(server: &str, text: &str) -> Result<()> {
    use sqlx::Connection as _;
    let mut connection = sqlx::PgConnection::connect(server).await?;
    sqlx::query(sqlx::AssertSqlSafe(text.to_owned()))
        .execute(&mut connection)
        .await
        .with_context(|| text.to_owned())?;
    connection.close().await?;
    Ok(())
}
