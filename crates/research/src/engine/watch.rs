//! Who looks on while the market is read: the run of a job, or nobody. Refuses to decide anything.

use sauda_jobs::JobContext;

/// The run that reads, when a job does it.
#[derive(Clone, Copy)]
pub(crate) struct Watch<'a>(pub Option<&'a JobContext>);

impl Watch<'_> {
    pub(crate) async fn log(&self, level: &'static str, text: &str) {
        if let Some(context) = self.0 {
            context.log(level, text).await;
        }
    }

    pub(crate) async fn step(&self, name: &str) {
        if let Some(context) = self.0 {
            context.step(name).await;
        }
    }

    pub(crate) async fn progress(&self, done: u64, total: u64) {
        if let Some(context) = self.0 {
            context.progress(done, total).await;
        }
    }

    /// A person asked for it, whether anything was due or not.
    pub(crate) fn is_asked(&self) -> bool {
        self.0.is_some_and(JobContext::is_asked)
    }

    pub(crate) fn stopping(&self) -> bool {
        self.0.is_some_and(JobContext::stopping)
    }

    /// Refuses to write when another process has taken the run over meanwhile.
    pub(crate) async fn guard(&self, tx: &mut sauda_store::Tx) -> Result<(), crate::ResearchError> {
        match self.0 {
            Some(context) => context.guard(tx).await.map_err(crate::ResearchError::TakenOver),
            None => Ok(()),
        }
    }
}
