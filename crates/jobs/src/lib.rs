//! The durable queue: jobs that survive the process, run under a lease, are tried again and parked; and schedules.
//! Refuses to know what any job means.

mod admin;
mod context;
mod error;
mod handler;
mod jobs;
mod new_job;
mod schedule;
mod store;
mod view;
mod worker;

pub use context::{JobContext, LogLevel};
pub use error::JobsError;
pub use handler::{Handler, JobError, Outcome, Policy};
pub use jobs::Jobs;
pub use new_job::NewJob;
pub use schedule::{ScheduleSpec, Timing, WorkingHours};
pub use view::{
    JobFilter, JobState, JobView, QueueCount, RunLine, RunState, RunView, ScheduleView, StuckRun,
};
pub use worker::{Idle, Worker, WorkerSettings};
