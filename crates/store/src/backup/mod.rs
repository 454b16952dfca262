//! Backup and restore of either engine into one file format: zstd-compressed JSON lines, a header, each table's rows, an end line.
//! Taken from one snapshot while the program runs; a file of one engine restores into the other.

mod read;
mod schema;
mod values;

pub use read::restore;

use crate::{Db, StoreError, Tx, Value, query::Query};
use schema::Table;
use serde_json::json;
use std::{
    borrow::Cow,
    collections::BTreeMap,
    io::Write,
    path::{Path, PathBuf},
};

const FORMAT: &str = "sauda-backup-1";
const PAGE: usize = 2_000;

/// What was written or read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupReport {
    pub tables: usize,
    pub rows: u64,
    pub bytes: u64,
}

/// Writes a consistent copy of everything to `path` (made anew, readable by its owner only, moved into place when whole).
///
/// # Errors
/// When the file cannot be written or the database does not answer; nothing is left under the name then.
pub async fn backup(
    db: &Db,
    path: &Path,
    progress: &mut (dyn FnMut(&str, u64) + Send),
) -> Result<BackupReport, StoreError> {
    let partial = partial_name(path);
    let written = write(db, path, &partial, progress).await;
    if written.is_err() {
        // Half a backup is of no use to anybody.
        let _ = std::fs::remove_file(&partial);
    }
    written
}

async fn write(
    db: &Db,
    path: &Path,
    partial: &Path,
    progress: &mut (dyn FnMut(&str, u64) + Send),
) -> Result<BackupReport, StoreError> {
    let fail = |source| StoreError::File {
        path: path.display().to_string(),
        source,
    };
    let mut out = zstd::stream::Encoder::new(create(partial).map_err(fail)?, 3).map_err(fail)?;
    // The file carries its own checksum: a flipped bit is found before anything is restored.
    out.include_checksum(true).map_err(fail)?;
    let mut tx = db.snapshot().await?;
    let tables = schema::tables(db.engine(), &mut tx).await?;
    let version = schema::version(&mut tx).await?;
    let names: Vec<&str> = tables.iter().map(|table| table.name.as_str()).collect();
    writeln!(
        out,
        "{}",
        json!({"format": FORMAT, "schema": version, "tables": names})
    )
    .map_err(fail)?;
    let mut counts = BTreeMap::new();
    let mut total = 0;
    for table in &tables {
        let rows = write_table(&mut tx, table, &mut out, path, &mut |rows| {
            progress(&table.name, total + rows)
        })
        .await?;
        counts.insert(table.name.as_str(), rows);
        total += rows;
    }
    writeln!(out, "{}", json!({"end": total, "counts": counts})).map_err(fail)?;
    let file = out.finish().map_err(fail)?;
    file.sync_all().map_err(fail)?;
    let bytes = file.metadata().map_err(fail)?.len();
    std::fs::rename(partial, path).map_err(fail)?;
    Ok(BackupReport {
        tables: tables.len(),
        rows: total,
        bytes,
    })
}

/// Writes the rows of one table in the order of its key, page by page; how many.
async fn write_table(
    tx: &mut Tx,
    table: &Table,
    out: &mut impl Write,
    path: &Path,
    progress: &mut (dyn FnMut(u64) + Send),
) -> Result<u64, StoreError> {
    let fail = |source| StoreError::File {
        path: path.display().to_string(),
        source,
    };
    let key = table.key.join(", ");
    let places: Vec<String> = (1..=table.key.len()).map(|place| format!("${place}")).collect();
    let mut after: Vec<Value> = Vec::new();
    let mut total = 0;
    loop {
        let from = if after.is_empty() {
            String::new()
        } else {
            format!(" WHERE ({key}) > ({})", places.join(", "))
        };
        let text = format!("SELECT * FROM {}{from} ORDER BY {key} LIMIT {PAGE}", table.name);
        let query = Query {
            text: Cow::Owned(text),
            args: std::mem::take(&mut after),
            lasting: false,
            bare: false,
        };
        let rows = query.all(&mut *tx).await?;
        for row in &rows {
            writeln!(out, "{}", json!([table.name, values::row(row)?])).map_err(fail)?;
        }
        total += u64::try_from(rows.len()).unwrap_or(0);
        progress(total);
        let Some(last) = rows.last().filter(|_| rows.len() == PAGE) else {
            return Ok(total);
        };
        after = values::key(last, table)?;
    }
}

fn partial_name(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".partial");
    PathBuf::from(name)
}

fn create(path: &Path) -> std::io::Result<std::fs::File> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)
}
