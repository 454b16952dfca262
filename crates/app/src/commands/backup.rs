//! `sauda backup` and `sauda restore`: one file for everything, of either engine.

use crate::{config::Config, logs, rooms::Rooms};
use anyhow::{Context as _, bail};
use indicatif::{ProgressBar, ProgressStyle};
use sauda_store::{BackupReport, Db};
use std::{path::Path, time::Duration};

/// Writes everything into a file while the program may be running.
pub async fn backup(config: &Config, file: &Path) -> anyhow::Result<()> {
    let db = Db::open(&config.database.url).await.context("database.url")?;
    let bar = bar();
    let report = sauda_store::backup(&db, file, &mut |table, rows| {
        bar.set_message(format!("{table}: {rows} rows"))
    })
    .await?;
    bar.finish_and_clear();
    logs::say(&format!("{} written: {}", file.display(), told(&report)));
    logs::say(&format!(
        "keep the key file apart and safe ({}): sealed secrets open only with it",
        config.secrets.key_file
    ));
    Ok(())
}

/// Reads such a file into this database.
pub async fn restore(config: &Config, file: &Path, replace: bool) -> anyhow::Result<()> {
    let rooms = Rooms::open(config.clone()).await?;
    let db = rooms.db.clone();
    if !rooms.accounts.needs_owner().await? && !replace {
        bail!(
            "the database holds an installation already: repeat with --replace to put the backup in its place"
        );
    }
    let bar = bar();
    let report = sauda_store::restore(&db, file, &mut |table, rows| {
        bar.set_message(format!("{table}: {rows} rows"))
    })
    .await?;
    bar.finish_and_clear();
    logs::say(&format!("{} restored: {}", file.display(), told(&report)));
    Ok(())
}

fn bar() -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {elapsed_precise} {msg}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(120));
    bar
}

fn told(report: &BackupReport) -> String {
    format!(
        "{} tables, {} rows, {} KB",
        report.tables,
        report.rows,
        report.bytes / 1024
    )
}
