//! PostgreSQL and Redis for tests: addresses from the environment, or servers of this machine started on first need.
//! A started server is shared by all test processes of the user and ends by itself when nobody used it for some minutes.

mod postgres;
mod redis;
mod shared;

pub use postgres::PrivatePostgres;
pub use redis::PrivateRedis;
pub use shared::{down, up};

use anyhow::{Context as _, Result};
use std::{
    net::TcpListener,
    path::{Path, PathBuf},
    time::{SystemTime, UNIX_EPOCH},
};

/// Address of a PostgreSQL server: `SAUDA_TEST_POSTGRES`, or one that is started here.
///
/// # Errors
/// When there is none and none can be started.
pub fn postgres_url() -> Result<String> {
    match std::env::var("SAUDA_TEST_POSTGRES") {
        Ok(url) if !url.is_empty() => Ok(url),
        _ => shared::lasting("postgres", postgres::start),
    }
}

/// Address of a Redis server: `SAUDA_TEST_REDIS`, or one that is started here; `None` with a line on stderr without one.
/// Tests share it: use a key prefix from `unique_name`.
///
/// # Panics
/// When there is none although `SAUDA_REQUIRE_ENGINES=1`.
pub fn redis_url() -> Option<String> {
    let found = match std::env::var("SAUDA_TEST_REDIS") {
        Ok(url) if !url.is_empty() => Ok(url),
        _ => shared::lasting("redis", redis::start),
    };
    match found {
        Ok(url) => Some(url),
        Err(error) => {
            crate::database::missing("Redis", &error);
            None
        }
    }
}

/// A name that no other test process uses: letters, digits and `_` only.
pub fn unique_name() -> String {
    let nanos = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_nanos());
    format!("{}_{nanos:x}", std::process::id())
}

/// Folder of this user for templates and shared servers.
///
/// # Errors
/// When it cannot be made.
pub fn state_folder() -> Result<PathBuf> {
    let user = std::env::var("USER").unwrap_or_else(|_| "anyone".to_owned());
    let folder = std::env::temp_dir().join(format!("sauda-tests-{user}"));
    std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    Ok(folder)
}

/// The same server, another database.
pub(crate) fn with_database(server: &str, name: &str) -> String {
    let (address, query) = server
        .split_once('?')
        .map_or((server, None), |(address, query)| (address, Some(query)));
    let after_scheme = address.find("://").map_or(0, |at| at + 3);
    let host_end = address
        .get(after_scheme..)
        .and_then(|rest| rest.find('/'))
        .map_or(address.len(), |at| after_scheme + at);
    let mut url = format!("{}/{name}", address.get(..host_end).unwrap_or(address));
    if let Some(query) = query {
        url.push('?');
        url.push_str(query);
    }
    url
}

/// A port that is free now.
fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

/// Finds a program in `PATH` or in the folders where packages put it.
fn find_program(name: &str, folders: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let in_path = std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file());
    // A link in PATH may lead to a wrapper; the real folder is asked first when there is one.
    folders
        .iter()
        .flat_map(|folder| versions(Path::new(folder)))
        .map(|folder| folder.join("bin").join(name))
        .find(|file| file.is_file())
        .or(in_path)
}

/// Version folders, newest first.
fn versions(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut found: Vec<(u32, PathBuf)> = entries
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            Some((path.file_name()?.to_str()?.parse().ok()?, path))
        })
        .collect();
    found.sort();
    found.into_iter().rev().map(|(_, path)| path).collect()
}

#[cfg(test)]
mod tests {
    use super::with_database;

    #[test]
    fn the_database_of_an_address_is_replaced() {
        assert_eq!(
            with_database("postgres://postgres@127.0.0.1:5433/postgres", "x"),
            "postgres://postgres@127.0.0.1:5433/x"
        );
        assert_eq!(with_database("postgres://u@h:1", "x"), "postgres://u@h:1/x");
        assert_eq!(
            with_database("postgres://u@h:1/a?sslmode=disable", "x"),
            "postgres://u@h:1/x?sslmode=disable"
        );
    }
}
