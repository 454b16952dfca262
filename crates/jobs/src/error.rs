//! What can go wrong with the queue itself. How a job fails is in `handler`.

use sauda_kernel::{Failure, JobId, Kind, Public};
use sauda_store::StoreError;

#[derive(Debug, thiserror::Error)]
pub enum JobsError {
    #[error("the queue cannot use the database")]
    Store(#[from] StoreError),
    #[error("there is no job {0}")]
    NoJob(JobId),
    #[error("there is no schedule {0:?}")]
    NoSchedule(String),
    /// What was asked for does not go in this state.
    #[error("job {job} is {state}: it cannot be {wish}")]
    State {
        job: JobId,
        state: &'static str,
        wish: &'static str,
    },
    /// The same work waits or runs already.
    #[error("job {0} cannot be repeated: the same work waits or runs already")]
    AlreadyQueued(JobId),
    #[error("the payload of {name} cannot be written as JSON: {reason}")]
    Payload { name: &'static str, reason: String },
    #[error("the schedule {name} has the time {timing:?}: {reason}")]
    Timing {
        name: String,
        timing: String,
        reason: String,
    },
}

impl Failure for JobsError {
    fn kind(&self) -> Kind {
        match self {
            Self::Store(error) => error.kind(),
            Self::NoJob(_) | Self::NoSchedule(_) => Kind::NotFound,
            Self::State { .. } | Self::AlreadyQueued(_) => Kind::Conflict,
            Self::Payload { .. } | Self::Timing { .. } => Kind::Bug,
        }
    }
    fn public(&self) -> Vec<Public> {
        vec![match self {
            Self::Store(error) => return error.public(),
            Self::NoJob(job) => Public::new("job-not-found").arg("job", job),
            Self::NoSchedule(schedule) => Public::new("schedule-not-found").arg("schedule", schedule),
            Self::State { job, state, .. } => Public::new("job-state").arg("job", job).arg("state", state),
            Self::AlreadyQueued(job) => Public::new("job-already-queued").arg("job", job),
            Self::Payload { .. } | Self::Timing { .. } => Public::new("bug"),
        }]
    }
}
