//! Declaring schedules, and asking for what is due: once, however much was missed.

use super::{ScheduleSpec, Timing};
use crate::{Jobs, JobsError, NewJob, store};
use sauda_kernel::{Id, JobId, MerchantId, Span, Timestamp};
use sauda_store::{On, Tx};

/// A schedule that can have no next time is looked at again after this.
const NEVER: Span = Span::from_days(365);

impl Jobs {
    /// Brings the installation's own schedules to what the program declares: new ones are added, changed ones changed, the rest
    /// go. Pauses stay.
    ///
    /// # Errors
    /// When a timing cannot be read or the database refuses.
    pub async fn declare(&self, specs: &[ScheduleSpec]) -> Result<(), JobsError> {
        let mut tx = self.db.write().await?;
        for old in store::schedules::global_ids(&mut tx).await? {
            if !specs.iter().any(|spec| spec.name == old) {
                store::schedules::forget(&mut tx, &old).await?;
            }
        }
        for spec in specs {
            self.declare_one(&mut tx, spec, None).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// The same for one merchant, inside the caller's transaction; what is not named stays as it is.
    ///
    /// # Errors
    /// When a timing cannot be read or the database refuses.
    pub async fn declare_for(
        &self,
        tx: &mut Tx,
        merchant: &MerchantId,
        specs: &[ScheduleSpec],
    ) -> Result<(), JobsError> {
        for spec in specs {
            self.declare_one(tx, spec, Some(merchant)).await?;
        }
        Ok(())
    }

    async fn declare_one(
        &self,
        tx: &mut Tx,
        spec: &ScheduleSpec,
        merchant: Option<&MerchantId>,
    ) -> Result<(), JobsError> {
        let id = merchant.map_or_else(
            || spec.name.to_owned(),
            |merchant| format!("{}:{merchant}", spec.name),
        );
        let timing = spec.timing.to_string();
        let wrong = |reason: &str| JobsError::Timing {
            name: id.clone(),
            timing: timing.clone(),
            reason: reason.to_owned(),
        };
        spec.timing.check().map_err(|reason| wrong(&reason))?;
        let payload = spec.payload.clone().map_err(|reason| JobsError::Payload {
            name: spec.job,
            reason,
        })?;
        let now = self.clock.now();
        let next_at = spec
            .timing
            .first(now, merchant.map(|_| spread(&id)))
            .ok_or_else(|| wrong("it is never due"))?;
        let declared = store::schedules::Declared {
            id: &id,
            name: spec.name,
            merchant,
            job: spec.job,
            version: spec.version,
            payload: &payload,
            timing: &timing,
            priority: spec.priority,
            next_at,
            now,
        };
        store::schedules::declare(tx, &declared).await?;
        Ok(())
    }

    /// Takes a schedule of a merchant away; one that is not there is no mistake.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn forget_schedule(
        &self,
        on: impl Into<On<'_>>,
        name: &str,
        merchant: &MerchantId,
    ) -> Result<(), JobsError> {
        store::schedules::forget(on, &format!("{name}:{merchant}")).await?;
        Ok(())
    }

    /// Asks for the jobs of all schedules that are due, each once. Workers call this; several processes may.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn run_due_schedules(&self) -> Result<u64, JobsError> {
        let now = self.clock.now();
        let mut asked = 0;
        for due in store::schedules::due(&self.db, now).await? {
            let next_at = next_of(&due.timing, due.next_at, now);
            let mut tx = self.db.write().await?;
            if store::schedules::advance(&mut tx, &due, next_at, now).await? {
                self.ask(&mut tx, &due, now).await?;
                tx.commit().await?;
                asked += 1;
            }
        }
        if asked > 0 {
            self.nudge().await;
        }
        Ok(asked)
    }

    /// Asks for the job of a schedule. One that waits or runs already is enough.
    pub(crate) async fn ask(
        &self,
        tx: &mut Tx,
        due: &store::schedules::Due,
        now: Timestamp,
    ) -> Result<JobId, JobsError> {
        let id: JobId = Id::new(&*self.clock, &*self.ids);
        let new = NewJob {
            name: "",
            version: due.version,
            payload: Ok(due.payload.clone()),
            merchant: due.merchant.clone(),
            dedupe: Some(format!("schedule:{}", due.id)),
            run_at: now,
            priority: due.priority,
            max_attempts: 5,
            once_more: false,
        };
        let job = store::jobs::insert_named(tx.into(), &id, &due.job, &new, now).await?;
        store::schedules::set_last_job(tx, &due.id, &job).await?;
        Ok(job)
    }
}

/// The next time of a stored timing. One that this program cannot read rests, visible, until it is declared anew.
pub(crate) fn next_of(timing: &str, last: Timestamp, now: Timestamp) -> Timestamp {
    Timing::parse(timing)
        .ok()
        .and_then(|timing| timing.next(last, now))
        .unwrap_or_else(|| now.plus(NEVER))
}

/// A number that is the same in every process: FNV-1a.
fn spread(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
