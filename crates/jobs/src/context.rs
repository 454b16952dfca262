//! What a running job may ask and say. What it says is kept in batches, so that talking costs little.

use crate::{JobError, store};
use sauda_kernel::{Clock, JobId, Kind, MerchantId, RunId, Timestamp};
use sauda_store::{Db, StoreError, Tx};
use serde::de::DeserializeOwned;
use std::{
    convert::Infallible,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::time::{Instant, MissedTickBehavior};
use tokio_util::sync::CancellationToken;

/// Lines that one run may leave.
const MOST_LINES: u32 = 5_000;
/// Letters of one line.
const MOST_LETTERS: usize = 2_000;
/// Lines that wait in memory before they are written without waiting for the next beat.
const BATCH: usize = 200;

/// How loud a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LogLevel {
    Debug,
    Info,
    /// A step begins: the heading of the lines that follow.
    Step,
    Warn,
    Error,
}

impl LogLevel {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Debug => "debug",
            Self::Info => "info",
            Self::Step => "step",
            Self::Warn => "warn",
            Self::Error => "error",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        [Self::Debug, Self::Info, Self::Step, Self::Warn, Self::Error]
            .into_iter()
            .find(|level| level.word() == word)
    }
}

/// A word that is no level speaks as `info`.
impl From<&str> for LogLevel {
    fn from(word: &str) -> Self {
        Self::parse(word).unwrap_or(Self::Info)
    }
}

impl fmt::Display for LogLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// Member of a payload: a person asked for this run.
pub(crate) const ASKED: &str = "asked";

/// One run, seen from inside.
pub struct JobContext {
    pub(crate) db: Db,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) job: JobId,
    pub(crate) run: RunId,
    pub(crate) name: String,
    pub(crate) version: u32,
    pub(crate) payload: String,
    pub(crate) merchant: Option<MerchantId>,
    pub(crate) attempt: u32,
    pub(crate) stop: CancellationToken,
    pub(crate) said: Mutex<Said>,
}

/// What the run said and is not written yet.
#[derive(Debug, Default)]
pub(crate) struct Said {
    pub lines: Vec<Line>,
    pub count: u32,
    pub step: Option<String>,
    pub progress: Option<(u64, u64)>,
    /// Step or progress changed since the last writing.
    pub moved: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub number: u32,
    pub at: Timestamp,
    pub level: LogLevel,
    pub text: String,
}

impl JobContext {
    /// Reads the payload.
    ///
    /// # Errors
    /// `Invalid` when it is not what the handler expects: a person must look, trying again is in vain.
    pub fn payload<T: DeserializeOwned>(&self) -> Result<T, JobError> {
        serde_json::from_str(&self.payload).map_err(|error| {
            JobError::new(
                Kind::Invalid,
                "job-payload",
                format!("version {} of the payload cannot be read: {error}", self.version),
            )
        })
    }

    /// A person asked for this run of a schedule, whether it was due or not.
    pub fn is_asked(&self) -> bool {
        let told: Option<serde_json::Value> = serde_json::from_str(&self.payload).ok();
        told.and_then(|told| told.get(ASKED)?.as_bool()) == Some(true)
    }

    pub const fn job(&self) -> &JobId {
        &self.job
    }
    pub const fn run(&self) -> &RunId {
        &self.run
    }
    pub fn name(&self) -> &str {
        &self.name
    }
    /// Version that the payload was written in.
    pub const fn version(&self) -> u32 {
        self.version
    }
    /// Whose work it is, when the job says so.
    pub const fn merchant(&self) -> Option<&MerchantId> {
        self.merchant.as_ref()
    }
    /// From 1.
    pub const fn attempt(&self) -> u32 {
        self.attempt
    }

    /// Whether to come to an end soon: the process stops, a person cancelled it, or the lease was lost.
    pub fn stopping(&self) -> bool {
        self.stop.is_cancelled()
    }
    /// Comes true when `stopping` does, for `tokio::select!`.
    pub const fn stop_token(&self) -> &CancellationToken {
        &self.stop
    }

    /// Begins a step.
    pub async fn step(&self, name: &str) {
        {
            let mut said = self.said();
            said.step = Some(short(name));
            said.moved = true;
        }
        self.log(LogLevel::Step, name).await;
    }

    /// Says something for whoever looks into the run: never secrets, never personal data.
    pub async fn log(&self, level: impl Into<LogLevel>, text: &str) {
        let full = {
            let mut said = self.said();
            if said.count >= MOST_LINES {
                return;
            }
            said.count += 1;
            let number = said.count;
            let text = if number == MOST_LINES {
                "more was said than is kept".to_owned()
            } else {
                short(text)
            };
            said.lines.push(Line {
                number,
                at: self.clock.now(),
                level: level.into(),
                text,
            });
            said.lines.len() >= BATCH
        };
        if full {
            self.write_down().await;
        }
    }

    /// Tells how far it is.
    pub async fn progress(&self, done: u64, total: u64) {
        let mut said = self.said();
        said.progress = Some((done, total));
        said.moved = true;
    }

    /// Makes sure, inside the transaction that writes the effect, that no other worker has taken this job over.
    ///
    /// # Errors
    /// `Conflict` when one has: roll back and end.
    pub async fn guard(&self, tx: &mut Tx) -> Result<(), JobError> {
        match store::jobs::holds(tx, &self.job, &self.run).await {
            Ok(true) => Ok(()),
            Ok(false) => Err(JobError::new(
                Kind::Conflict,
                "job-taken-over",
                "another worker has taken this job over",
            )),
            Err(error) => Err(JobError::from_failure(&error)),
        }
    }

    pub(crate) fn said(&self) -> MutexGuard<'_, Said> {
        self.said.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes what is to be written at the end: the last step and progress once more, since writing them may have been cut off.
    pub(crate) fn unwritten(&self) -> Said {
        let mut said = self.said();
        let taken = Said {
            lines: std::mem::take(&mut said.lines),
            count: said.count,
            step: said.step.clone(),
            progress: said.progress,
            moved: said.moved || said.step.is_some() || said.progress.is_some(),
        };
        said.moved = false;
        taken
    }

    /// Writes what was said until now; what cannot be written, or was cut off, is kept for the next time.
    pub(crate) async fn write_down(&self) {
        let said = {
            let mut now = self.said();
            if now.lines.is_empty() && !now.moved {
                return;
            }
            Said {
                lines: now.lines.clone(),
                count: now.count,
                step: now.step.clone(),
                progress: now.progress,
                moved: std::mem::take(&mut now.moved),
            }
        };
        match self.write(&said).await {
            Ok(()) => {
                let written = said.lines.last().map_or(0, |line| line.number);
                self.said().lines.retain(|line| line.number > written);
            }
            Err(error) => {
                tracing::debug!(run.id = %self.run, %error, "the lines of a run wait for the database");
                self.said().moved |= said.moved;
            }
        }
    }

    /// Writes down every second what is said.
    pub(crate) async fn keep_writing(&self) -> Infallible {
        const EVERY: Duration = Duration::from_secs(1);
        let mut ticks = tokio::time::interval_at(Instant::now() + EVERY, EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            self.write_down().await;
        }
    }

    async fn write(&self, said: &Said) -> Result<(), StoreError> {
        let mut tx = self.db.write().await?;
        store::runs::say(&mut tx, &self.run, said).await?;
        tx.commit().await
    }
}

fn short(text: &str) -> String {
    text.chars()
        .filter(|letter| *letter != '\0')
        .take(MOST_LETTERS)
        .collect()
}
