//! Schedules: what is to be asked for again and again, declared in code, kept in a table where people can pause it.

mod declare;
pub(crate) use declare::next_of;
mod hours;
mod timing;

pub use hours::WorkingHours;
pub use timing::Timing;

use sauda_kernel::Span;
use serde::Serialize;

/// A schedule as a room declares it.
#[derive(Debug, Clone)]
pub struct ScheduleSpec {
    pub(crate) name: &'static str,
    pub(crate) job: &'static str,
    pub(crate) version: u32,
    pub(crate) payload: Result<String, String>,
    pub(crate) timing: Timing,
    pub(crate) priority: i32,
}

impl ScheduleSpec {
    /// Asks for `job` every so often.
    pub fn every(name: &'static str, job: &'static str, every: Span) -> Self {
        Self::new(name, job, Timing::every(every))
    }

    /// Asks for `job` at the times of a cron pattern of five parts, read in Almaty; of several with ` | ` between.
    pub fn cron(name: &'static str, job: &'static str, pattern: &str) -> Self {
        Self::new(name, job, Timing::cron(pattern))
    }

    fn new(name: &'static str, job: &'static str, timing: Timing) -> Self {
        Self {
            name,
            job,
            version: 1,
            payload: Ok("{}".to_owned()),
            timing,
            priority: 0,
        }
    }

    /// Payload of the job; `{}` without this. The merchant of a schedule is the merchant of its jobs.
    #[must_use]
    pub fn payload(mut self, version: u32, payload: &impl Serialize) -> Self {
        self.version = version;
        self.payload = serde_json::to_string(payload).map_err(|error| error.to_string());
        self
    }

    /// Only within these hours in Almaty; what falls outside waits for the opening.
    #[must_use]
    pub fn within(mut self, hours: WorkingHours) -> Self {
        self.timing = self.timing.within(hours);
        self
    }

    #[must_use]
    pub const fn priority(mut self, priority: i32) -> Self {
        self.priority = priority;
        self
    }
}
