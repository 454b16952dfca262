//! What people do with the queue: look, repeat, put off, cancel, pause.

use crate::{
    JobFilter, JobState, JobView, Jobs, JobsError, LogLevel, QueueCount, RunLine, RunView, ScheduleView,
    StuckRun, context::ASKED, schedule::next_of, store,
};
use sauda_kernel::{Failure as _, JobId, Kind, MerchantId, RunId, Span, Timestamp};

/// A run is stuck when it takes more than this many times as long as usual,
const STUCK_TIMES: i64 = 3;
/// and longer than this.
const STUCK_AT_LEAST: Span = Span::from_secs(30);

impl Jobs {
    /// One job.
    ///
    /// # Errors
    /// When there is none, or the database does not answer.
    pub async fn job(&self, id: &JobId) -> Result<JobView, JobsError> {
        store::lists::find(&self.db, id)
            .await?
            .ok_or_else(|| JobsError::NoJob(id.clone()))
    }

    /// A page of jobs, newest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn list(&self, filter: &JobFilter) -> Result<Vec<JobView>, JobsError> {
        Ok(store::lists::list(&self.db, filter).await?)
    }

    /// How many jobs wait, run and are parked, by name.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn counts(&self) -> Result<Vec<QueueCount>, JobsError> {
        Ok(store::lists::counts(&self.db).await?)
    }

    /// How long the job that is due longest waits; zero when none is. For health checks.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn oldest_wait(&self) -> Result<Span, JobsError> {
        let now = self.clock.now();
        let counts = store::lists::counts(&self.db).await?;
        let waiting = counts.iter().filter(|count| count.state == JobState::Waiting);
        Ok(waiting
            .map(|count| now.since(count.oldest_run_at))
            .max()
            .unwrap_or(Span::ZERO)
            .max(Span::ZERO))
    }

    /// Runs of a job, newest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn runs(&self, job: &JobId) -> Result<Vec<RunView>, JobsError> {
        Ok(store::runs::list(&self.db, job).await?)
    }

    /// One run; `None` when it is forgotten.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn run(&self, run: &RunId) -> Result<Option<RunView>, JobsError> {
        Ok(store::runs::find(&self.db, run).await?)
    }

    /// Lines of a run after a number: of a level or louder, steps always, holding a text.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn lines(
        &self,
        run: &RunId,
        after: u32,
        least: LogLevel,
        search: Option<&str>,
    ) -> Result<Vec<RunLine>, JobsError> {
        let all = [
            LogLevel::Debug,
            LogLevel::Info,
            LogLevel::Step,
            LogLevel::Warn,
            LogLevel::Error,
        ];
        let levels: Vec<LogLevel> = all
            .into_iter()
            .filter(|level| *level >= least || *level == LogLevel::Step)
            .collect();
        Ok(store::runs::lines(&self.db, run, after, &levels, search).await?)
    }

    /// Runs that take more than three times as long as the middle one of the last that went well.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn stuck(&self) -> Result<Vec<StuckRun>, JobsError> {
        let now = self.clock.now();
        let mut stuck = Vec::new();
        for run in store::runs::running(&self.db).await? {
            let takes = now.since(run.started_at);
            if takes < STUCK_AT_LEAST {
                continue;
            }
            let mut last = store::runs::durations(&self.db, &run.name).await?;
            last.sort_unstable();
            let Some(middle) = last.get(last.len() / 2) else {
                continue;
            };
            let usual = Span::from_micros(*middle);
            if takes.as_micros() > usual.as_micros().saturating_mul(STUCK_TIMES) {
                stuck.push(StuckRun { run, takes, usual });
            }
        }
        Ok(stuck)
    }

    /// Puts a parked, cancelled or finished job back into the queue, due now, with all its attempts.
    ///
    /// # Errors
    /// When there is none, it waits or runs, or the same work does.
    pub async fn replay(&self, id: &JobId) -> Result<(), JobsError> {
        let touched = store::jobs::replay(&self.db, id, self.clock.now()).await;
        self.touched(id, touched, "repeated").await?;
        self.nudge().await;
        Ok(())
    }

    /// Gives a waiting or parked job another due time; a parked one waits again.
    ///
    /// # Errors
    /// When there is none, it is in another state, or the same work waits already.
    pub async fn put_off(&self, id: &JobId, run_at: Timestamp) -> Result<(), JobsError> {
        let touched = store::jobs::set_run_at(&self.db, id, run_at, self.clock.now()).await;
        self.touched(id, touched, "put off").await?;
        self.nudge().await;
        Ok(())
    }

    /// Cancels a job: at once when it waits or is parked; a running one is asked to stop and counts as cancelled when it has.
    ///
    /// # Errors
    /// When there is none, or it is over.
    pub async fn cancel(&self, id: &JobId) -> Result<(), JobsError> {
        let touched = store::jobs::cancel(&self.db, id, self.clock.now()).await;
        self.touched(id, touched, "cancelled").await
    }

    async fn touched(
        &self,
        id: &JobId,
        touched: Result<u64, sauda_store::StoreError>,
        wish: &'static str,
    ) -> Result<(), JobsError> {
        match touched {
            Ok(0) => {
                let job = self.job(id).await?;
                Err(JobsError::State {
                    job: id.clone(),
                    state: job.state.word(),
                    wish,
                })
            }
            Ok(_) => Ok(()),
            Err(error) if error.kind() == Kind::Conflict => Err(JobsError::AlreadyQueued(id.clone())),
            Err(error) => Err(error.into()),
        }
    }

    /// Schedules of everybody, or of one merchant, by name.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn schedules(&self, merchant: Option<&MerchantId>) -> Result<Vec<ScheduleView>, JobsError> {
        Ok(store::schedules::list(&self.db, merchant).await?)
    }

    /// Switches a schedule off, or on again: then it is next due at its next regular time.
    ///
    /// # Errors
    /// When there is none.
    pub async fn set_schedule_paused(&self, id: &str, paused: bool) -> Result<(), JobsError> {
        let due = self.schedule(id).await?;
        let now = self.clock.now();
        let next_at = if due.next_at > now {
            due.next_at
        } else {
            next_of(&due.timing, due.next_at, now)
        };
        store::schedules::set_paused(&self.db, id, paused, next_at, now).await?;
        Ok(())
    }

    /// Asks for the job of a schedule now, paused or not; its regular times stay.
    ///
    /// # Errors
    /// When there is none.
    pub async fn run_schedule_now(&self, id: &str) -> Result<JobId, JobsError> {
        let mut due = self.schedule(id).await?;
        due.payload = asked(&due.payload);
        let mut tx = self.db.write().await?;
        let job = self.ask(&mut tx, &due, self.clock.now()).await?;
        tx.commit().await?;
        self.nudge().await;
        Ok(job)
    }

    async fn schedule(&self, id: &str) -> Result<store::schedules::Due, JobsError> {
        store::schedules::find(&self.db, id)
            .await?
            .ok_or_else(|| JobsError::NoSchedule(id.to_owned()))
    }
}

/// The payload with the word that a person asked for this run.
fn asked(payload: &str) -> String {
    match serde_json::from_str(payload) {
        Ok(serde_json::Value::Object(mut members)) => {
            members.insert(ASKED.to_owned(), true.into());
            serde_json::Value::Object(members).to_string()
        }
        _ => payload.to_owned(),
    }
}
