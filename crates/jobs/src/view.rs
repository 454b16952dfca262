//! The queue as people see it.

use sauda_kernel::{JobId, MerchantId, RunId, Span, Timestamp};

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum JobState {
    Waiting,
    Running,
    Done,
    /// Given up after its attempts, or at once where trying again is in vain; a person may repeat it.
    Parked,
    Cancelled,
}

impl JobState {
    pub const ALL: [Self; 5] = [
        Self::Waiting,
        Self::Running,
        Self::Done,
        Self::Parked,
        Self::Cancelled,
    ];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Done => "done",
            Self::Parked => "parked",
            Self::Cancelled => "cancelled",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// How a run ended, or that it goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RunState {
    Running,
    Done,
    /// Ended well, to be run again.
    Again,
    Failed,
    Cancelled,
    /// The worker gave no sign of life.
    Lost,
    /// The worker stopped in good order before the end.
    Released,
}

impl RunState {
    pub const ALL: [Self; 7] = [
        Self::Running,
        Self::Done,
        Self::Again,
        Self::Failed,
        Self::Cancelled,
        Self::Lost,
        Self::Released,
    ];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Done => "done",
            Self::Again => "again",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::Lost => "lost",
            Self::Released => "released",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// One job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobView {
    pub id: JobId,
    pub name: String,
    pub version: u32,
    /// JSON.
    pub payload: String,
    pub merchant: Option<MerchantId>,
    pub dedupe: Option<String>,
    pub state: JobState,
    pub priority: i32,
    pub run_at: Timestamp,
    pub attempts: u32,
    pub max_attempts: u32,
    pub run: Option<RunId>,
    pub cancelling: bool,
    pub error_code: Option<String>,
    pub error_text: Option<String>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// Which jobs to list, newest first.
#[derive(Debug, Clone, Default)]
pub struct JobFilter {
    pub state: Option<JobState>,
    pub merchant: Option<MerchantId>,
    pub name: Option<String>,
    /// A part of the name, id, key, payload or failure.
    pub search: Option<String>,
    /// Only jobs older than this one: the last of the page before.
    pub before: Option<JobId>,
    /// At most 200; 50 when it is 0.
    pub limit: u32,
}

/// One run of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunView {
    pub id: RunId,
    pub job: JobId,
    pub name: String,
    pub attempt: u32,
    pub worker: String,
    pub state: RunState,
    pub started_at: Timestamp,
    pub finished_at: Option<Timestamp>,
    pub step: Option<String>,
    /// How many are done, of how many.
    pub progress: Option<(u64, u64)>,
    pub error_code: Option<String>,
    pub error_text: Option<String>,
}

/// One line of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunLine {
    pub number: u32,
    pub at: Timestamp,
    pub level: crate::LogLevel,
    pub text: String,
}

/// One schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScheduleView {
    pub id: String,
    pub name: String,
    pub merchant: Option<MerchantId>,
    pub job: String,
    /// In the words of the declaration.
    pub timing: String,
    pub paused: bool,
    pub next_at: Timestamp,
    pub last_at: Option<Timestamp>,
    /// The job it last asked for, and where that stands.
    pub last_job: Option<JobId>,
    pub last_state: Option<JobState>,
}

/// How many jobs of one name stand in one state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueCount {
    pub name: String,
    pub state: JobState,
    pub jobs: u64,
    /// The earliest due time among them.
    pub oldest_run_at: Timestamp,
}

/// A run that takes much longer than its like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StuckRun {
    pub run: RunView,
    pub takes: Span,
    /// The middle one of the last runs that went well.
    pub usual: Span,
}
