//! Taking jobs: those that are due, and those whose worker is surely gone.

use super::{Held, Inner};
use crate::{
    JobsError,
    store::jobs::{self, Claim, Claimed, Expired},
};
use sauda_kernel::{Id, RunId};
use std::collections::HashMap;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// Passed leases, with the moment on the steady clock when each was first seen so.
#[derive(Debug, Default)]
pub(super) struct Watchlist {
    seen: HashMap<RunId, (Expired, Instant)>,
    looked: Option<Instant>,
}

impl Inner {
    /// Takes at most `most` jobs: first the orphans, then what is due.
    pub(super) async fn claim(
        &self,
        most: u32,
        watchlist: &mut Watchlist,
    ) -> Result<Vec<Claimed>, JobsError> {
        if self.names.is_empty() {
            return Ok(Vec::new());
        }
        let asked = Instant::now();
        let mut claimed = self.take_over_orphans(most, watchlist).await?;
        let free = most.saturating_sub(u32::try_from(claimed.len()).unwrap_or(u32::MAX));
        if free > 0 {
            let now = self.now();
            let claim = Claim {
                worker: &self.owner,
                names: &self.names,
                now,
                until: now.plus(self.settings.lease),
            };
            let mut tx = self.jobs.db.write().await?;
            let mut new_run = || Id::new(&*self.jobs.clock, &*self.jobs.ids);
            let due = jobs::claim(&mut tx, &claim, free, &mut new_run).await?;
            tx.commit().await?;
            claimed.extend(due);
        }
        let mut held = self.held();
        for job in &claimed {
            let sure_until = asked + self.settings.lease.to_std();
            held.insert(
                job.run.clone(),
                Held {
                    stop: CancellationToken::new(),
                    sure_until,
                    cancelled: false,
                },
            );
        }
        Ok(claimed)
    }

    async fn take_over_orphans(
        &self,
        most: u32,
        watchlist: &mut Watchlist,
    ) -> Result<Vec<Claimed>, JobsError> {
        let grace = self.settings.grace;
        // Looking costs a query: a few times within the grace are enough.
        if watchlist
            .looked
            .is_some_and(|looked| looked.elapsed() < grace / 4)
        {
            return Ok(Vec::new());
        }
        watchlist.looked = Some(Instant::now());
        let expired = jobs::expired(&self.jobs.db, &self.names, self.now()).await?;
        watchlist.note(&expired);
        let mut taken = Vec::new();
        for orphan in watchlist.ripe(grace) {
            if taken.len() >= usize::try_from(most).unwrap_or(usize::MAX) {
                break;
            }
            let now = self.now();
            let claim = Claim {
                worker: &self.owner,
                names: &self.names,
                now,
                until: now.plus(self.settings.lease),
            };
            let mut tx = self.jobs.db.write().await?;
            if orphan.exhausted {
                if jobs::park_expired(&mut tx, &orphan, now).await? {
                    tracing::error!(job.id = %orphan.job, "job {} is parked: its worker died each time", orphan.job);
                }
            } else {
                let run = Id::new(&*self.jobs.clock, &*self.jobs.ids);
                if let Some(job) = jobs::take_over(&mut tx, &claim, &orphan, run).await? {
                    tracing::warn!(job.id = %job.id, job.name = job.name, "job {} is taken over: its worker gave no sign of life", job.id);
                    taken.push(job);
                }
            }
            tx.commit().await?;
            watchlist.seen.remove(&orphan.run);
        }
        Ok(taken)
    }
}

impl Watchlist {
    /// Keeps the first sight of each passed lease; a lease that was renewed or ended is forgotten.
    fn note(&mut self, expired: &[Expired]) {
        let mut seen = HashMap::with_capacity(expired.len());
        for one in expired {
            let first = self
                .seen
                .remove(&one.run)
                .filter(|(known, _)| known.lease_until == one.lease_until)
                .map(|(_, first)| first);
            seen.insert(one.run.clone(), (one.clone(), first.unwrap_or_else(Instant::now)));
        }
        self.seen = seen;
    }

    /// Those that were seen unchanged for long enough.
    fn ripe(&self, grace: std::time::Duration) -> Vec<Expired> {
        let mut ripe: Vec<Expired> = self
            .seen
            .values()
            .filter(|(_, first)| first.elapsed() >= grace)
            .map(|(one, _)| one.clone())
            .collect();
        ripe.sort_by(|one, other| (one.lease_until, &one.job).cmp(&(other.lease_until, &other.job)));
        ripe
    }
}
