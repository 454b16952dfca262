//! The handle that rooms use to ask for work.

use crate::{JobsError, NewJob, store};
use sauda_cluster::Cluster;
use sauda_kernel::{Clock, Id, Ids, JobId};
use sauda_store::{Db, On};
use std::{fmt, sync::Arc};

/// Topic of the signal that there is work.
pub(crate) const WORK: &str = "jobs";

/// The queue. Cheap to clone.
#[derive(Clone)]
pub struct Jobs {
    pub(crate) db: Db,
    pub(crate) cluster: Cluster,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) ids: Arc<dyn Ids>,
}

impl fmt::Debug for Jobs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Jobs")
    }
}

impl Jobs {
    pub fn new(db: Db, cluster: Cluster, clock: Arc<dyn Clock>, ids: Arc<dyn Ids>) -> Self {
        Self {
            db,
            cluster,
            clock,
            ids,
        }
    }

    /// Asks for a job, inside the caller's transaction when one is given: it is there exactly when the change that causes it is.
    /// With a key that waits or runs already, the answer is the id of that job.
    ///
    /// # Errors
    /// When the payload cannot be written as JSON, or the database refuses.
    pub async fn enqueue(&self, on: impl Into<On<'_>>, job: NewJob) -> Result<JobId, JobsError> {
        let on = on.into();
        let alone = matches!(on, On::Db(_));
        let id = Id::new(&*self.clock, &*self.ids);
        let id = store::jobs::insert(on, &id, &job, self.clock.now()).await?;
        if alone {
            self.nudge().await;
        }
        Ok(id)
    }

    /// Wakes sleeping workers. Of use after a transaction that asked for work which should begin at once; without it they look
    /// by themselves within a second.
    pub async fn nudge(&self) {
        if let Err(error) = self.cluster.publish(WORK, "").await {
            tracing::debug!(%error, "workers were not woken and will look by themselves");
        }
    }
}
