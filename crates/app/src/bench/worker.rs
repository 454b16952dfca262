//! `sauda serve` as a child process under measurement. Refuses to look inside it: time, memory and the market's own sums only.

use super::machine::{self, Memory};
use anyhow::Context as _;
use std::{
    ffi::OsString,
    path::Path,
    process::Stdio,
    time::{Duration, Instant},
};
use tokio::process::{Child, Command};

/// A running child; dropping it kills it.
pub struct Worker {
    child: Child,
    pub process: u32,
}

/// What the child is told.
pub struct Told<'a> {
    pub database: &'a str,
    pub redis: &'a str,
    pub market: &'a str,
    pub lanes: u32,
    pub batch: i64,
    pub reads_per_second: u32,
    /// Where pages are served; only the role `worker` without it.
    pub listen: Option<String>,
    /// Threads of the runtime; all cores without it.
    pub threads: Option<u32>,
}

impl Worker {
    /// Starts `program serve`.
    pub fn start(program: &Path, folder: &Path, told: &Told<'_>) -> anyhow::Result<Self> {
        let market = told.market;
        let mut settings = vec![
            format!("database.url={}", told.database),
            format!("redis.url={}", told.redis),
            format!("secrets.key_file={}", folder.join("secret.key").display()),
            format!("checks.lanes={}", told.lanes),
            format!("checks.batch={}", told.batch),
            format!("checks.reads_per_second={}", told.reads_per_second),
            "logs.filter=error".to_owned(),
        ];
        for host in [
            "storefront_url",
            "cabinet_url",
            "identity_url",
            "site_url",
            "resources_url",
        ] {
            settings.push(format!("kaspi.{host}={market}"));
        }
        settings.push(format!("kaspi.official_url={market}/shop/api/v2"));
        settings.extend(told.listen.iter().map(|listen| format!("server.listen={listen}")));
        let mut words: Vec<OsString> = Vec::new();
        for setting in settings {
            words.extend(["--set".into(), setting.into()]);
        }
        words.push("serve".into());
        if told.listen.is_none() {
            words.extend(["--roles".into(), "worker".into()]);
        }
        let mut command = Command::new(program);
        command
            .args(words)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::inherit())
            .kill_on_drop(true);
        if let Some(threads) = told.threads {
            command.env("TOKIO_WORKER_THREADS", threads.to_string());
        }
        let child = command.spawn().with_context(|| program.display().to_string())?;
        let process = child.id().context("the worker ended at once")?;
        Ok(Self { child, process })
    }

    pub fn cpu(&self) -> anyhow::Result<Duration> {
        machine::cpu(Some(self.process))
    }

    pub fn memory(&self) -> anyhow::Result<Memory> {
        machine::memory(Some(self.process))
    }

    /// Ends it at once.
    pub async fn end(mut self) {
        // It may have ended by itself.
        let _ = self.child.kill().await;
    }
}

/// A program that ran to its end.
#[derive(Debug, Clone, Copy)]
pub struct Once {
    pub took: Duration,
    /// The most that was ever resident, as last seen while it ran.
    pub peak_kilobytes: u64,
}

/// Runs the program with these words to its good end.
pub async fn once(program: &Path, words: &[OsString]) -> anyhow::Result<Once> {
    const LOOK: Duration = Duration::from_millis(5);
    let began = Instant::now();
    let mut child = Command::new(program)
        .args(words)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::inherit())
        .kill_on_drop(true)
        .spawn()
        .with_context(|| program.display().to_string())?;
    let process = child.id().context("the program ended at once")?;
    let mut peak_kilobytes = 0;
    loop {
        if let Ok(memory) = machine::memory(Some(process)) {
            peak_kilobytes = memory.peak.max(peak_kilobytes);
        }
        if let Ok(ended) = tokio::time::timeout(LOOK, child.wait()).await {
            let ended = ended?;
            anyhow::ensure!(ended.success(), "{} ended with {ended}", program.display());
            return Ok(Once {
                took: began.elapsed(),
                peak_kilobytes,
            });
        }
    }
}
