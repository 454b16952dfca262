//! The one handle to what processes share.

use crate::{
    BudgetKey, BudgetUsage, ClusterError, Lease, Limit, Permit, Signals, budget,
    cache::{Cache, MOST_VALUE_BYTES},
    lease::{self, Act, Leases},
    remote::Remote,
    signal::{self, Hub},
};
use sauda_kernel::{Clock, Span, Timestamp};
use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// Shared state of this process, or of all processes. Cheap to clone.
#[derive(Clone)]
pub struct Cluster {
    inner: Arc<Inner>,
}

struct Inner {
    clock: Arc<dyn Clock>,
    place: Place,
    hub: Arc<Hub>,
}

enum Place {
    Memory(Box<Memory>),
    Redis { remote: Arc<Remote>, time: RedisTime },
}

#[derive(Default)]
struct Memory {
    budgets: Mutex<budget::memory::Budgets>,
    leases: Mutex<Leases>,
    cache: Mutex<Cache>,
}

/// Whose clock counts for budgets and leases in Redis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RedisTime {
    /// The server's: one clock for all processes, whatever theirs say.
    #[default]
    Server,
    /// The injected clock, for a pushed time; all processes must agree on it.
    Injected,
}

/// How to reach Redis.
#[derive(Debug, Clone)]
pub struct RedisSettings {
    /// `redis://host:port/`.
    pub url: String,
    /// Begins every key, so that installations may share a server.
    pub prefix: String,
    /// After so long without an answer a call fails.
    pub patience: Span,
    pub time: RedisTime,
}

impl RedisSettings {
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            prefix: "sauda".to_owned(),
            patience: Span::from_millis(1_000),
            time: RedisTime::Server,
        }
    }
}

impl fmt::Debug for Cluster {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.inner.place {
            Place::Memory(_) => "Cluster(memory)",
            Place::Redis { .. } => "Cluster(redis)",
        })
    }
}

impl Cluster {
    /// Shared state of one process. Time comes from the clock.
    pub fn memory(clock: Arc<dyn Clock>) -> Self {
        Self {
            inner: Arc::new(Inner {
                clock,
                place: Place::Memory(Box::default()),
                hub: Arc::default(),
            }),
        }
    }

    /// Shared state of all processes that name the same Redis and prefix. Connects on first use.
    ///
    /// # Errors
    /// When the address cannot be read.
    pub fn redis(settings: &RedisSettings, clock: Arc<dyn Clock>) -> Result<Self, ClusterError> {
        let remote = Arc::new(Remote::new(
            &settings.url,
            &settings.prefix,
            settings.patience.to_std(),
        )?);
        let place = Place::Redis {
            remote,
            time: settings.time,
        };
        Ok(Self {
            inner: Arc::new(Inner {
                clock,
                place,
                hub: Arc::default(),
            }),
        })
    }

    /// Whether other processes see the same state.
    pub fn is_shared(&self) -> bool {
        matches!(self.inner.place, Place::Redis { .. })
    }

    /// Answers when the shared state does; memory always does.
    ///
    /// # Errors
    /// When Redis does not answer.
    pub async fn ping(&self) -> Result<(), ClusterError> {
        match &self.inner.place {
            Place::Memory(_) => Ok(()),
            Place::Redis { remote, .. } => remote.query::<String>(&redis::cmd("PING")).await.map(|_| ()),
        }
    }

    /// Spends `cost` from a budget, or nothing.
    ///
    /// # Errors
    /// When Redis does not answer (nothing may be assumed spent or free: hold), or `cost` exceeds what the limit ever allows.
    pub async fn take(&self, key: &BudgetKey, limit: &Limit, cost: u32) -> Result<Permit, ClusterError> {
        limit.check(key, cost)?;
        let answer = self.spend(key, limit, cost, true).await?;
        Ok(match answer.wait {
            None => Permit::Granted,
            Some(wait) => Permit::Refused {
                retry_at: self.inner.clock.now().plus(wait),
            },
        })
    }

    /// Spends as much of `want` as is free; how much that is, and when one more may be asked for unless all was granted.
    ///
    /// # Errors
    /// When Redis does not answer.
    pub async fn take_up_to(
        &self,
        key: &BudgetKey,
        limit: &Limit,
        want: u32,
    ) -> Result<(u32, Option<Timestamp>), ClusterError> {
        let answer = self.spend(key, limit, want, false).await?;
        Ok((
            answer.granted,
            answer.wait.map(|wait| self.inner.clock.now().plus(wait)),
        ))
    }

    async fn spend(
        &self,
        key: &BudgetKey,
        limit: &Limit,
        want: u32,
        whole: bool,
    ) -> Result<budget::Answer, ClusterError> {
        match &self.inner.place {
            Place::Memory(memory) => {
                Ok(lock(&memory.budgets).take(key, limit, want, whole, self.inner.clock.now()))
            }
            Place::Redis { remote, time } => {
                budget::redis::take(remote, key, limit, want, whole, self.at(*time)).await
            }
        }
    }

    /// Closes a budget until a moment, as after a refusal by the outside world. A moment that has passed opens it.
    ///
    /// # Errors
    /// When Redis does not answer.
    pub async fn block(&self, key: &BudgetKey, until: Timestamp) -> Result<(), ClusterError> {
        let now = self.inner.clock.now();
        match &self.inner.place {
            Place::Memory(memory) => {
                lock(&memory.budgets).block(key, until, now);
                Ok(())
            }
            Place::Redis { remote, time } => {
                budget::redis::block(remote, key, until.since(now), self.at(*time)).await
            }
        }
    }

    /// Until when a budget is closed; `None` when it is open.
    ///
    /// # Errors
    /// When Redis does not answer.
    pub async fn blocked_until(&self, key: &BudgetKey) -> Result<Option<Timestamp>, ClusterError> {
        match &self.inner.place {
            Place::Memory(memory) => Ok(lock(&memory.budgets).blocked_until(key, self.inner.clock.now())),
            Place::Redis { remote, time } => {
                let left = budget::redis::blocked_for(remote, key, self.at(*time)).await?;
                Ok(left.map(|left| self.inner.clock.now().plus(left)))
            }
        }
    }

    /// Tells a budget what was spent before this process began, oldest first. A budget that has spent something already keeps
    /// what it knows.
    ///
    /// # Errors
    /// When Redis does not answer.
    pub async fn seed(&self, key: &BudgetKey, spent: &[(Timestamp, u32)]) -> Result<(), ClusterError> {
        let now = self.inner.clock.now();
        match &self.inner.place {
            Place::Memory(memory) => {
                lock(&memory.budgets).seed(key, spent, now);
                Ok(())
            }
            Place::Redis { remote, time } => {
                budget::redis::seed(remote, key, spent, now, self.at(*time)).await
            }
        }
    }

    /// Every budget that is in use (in Redis: the thousand used last), by name and scope.
    ///
    /// # Errors
    /// When Redis does not answer.
    pub async fn usage(&self) -> Result<Vec<BudgetUsage>, ClusterError> {
        let now = self.inner.clock.now();
        match &self.inner.place {
            Place::Memory(memory) => Ok(lock(&memory.budgets).usage(now)),
            Place::Redis { remote, time } => budget::redis::usage(remote, now, self.at(*time)).await,
        }
    }

    /// Takes a name for a time; `None` while somebody holds it.
    ///
    /// # Errors
    /// When Redis does not answer: then nobody may act as the holder.
    pub async fn lease(&self, name: &str, owner: &str, ttl: Span) -> Result<Option<Lease>, ClusterError> {
        let now = self.inner.clock.now();
        match &self.inner.place {
            Place::Memory(memory) => Ok(lock(&memory.leases).take(name, owner, ttl, now)),
            Place::Redis { remote, time } => {
                let wished = Lease {
                    name: name.to_owned(),
                    owner: owner.to_owned(),
                    token: 0,
                    until: now,
                };
                lease::shared(remote, Act::Take, &wished, ttl, now, self.at(*time)).await
            }
        }
    }

    /// Holds a lease for another `ttl` from now; `None` when it has ended: then stop.
    ///
    /// # Errors
    /// When Redis does not answer: the lease lasts until its own end.
    pub async fn renew(&self, lease: &Lease, ttl: Span) -> Result<Option<Lease>, ClusterError> {
        let now = self.inner.clock.now();
        match &self.inner.place {
            Place::Memory(memory) => Ok(lock(&memory.leases).renew(lease, ttl, now)),
            Place::Redis { remote, time } => {
                lease::shared(remote, Act::Renew, lease, ttl, now, self.at(*time)).await
            }
        }
    }

    /// Gives a lease back before its end. One that has ended is no mistake.
    ///
    /// # Errors
    /// When Redis does not answer: the lease ends by itself.
    pub async fn release(&self, lease: &Lease) -> Result<(), ClusterError> {
        match &self.inner.place {
            Place::Memory(memory) => {
                lock(&memory.leases).release(lease);
                Ok(())
            }
            Place::Redis { remote, time } => {
                let now = self.inner.clock.now();
                lease::shared(remote, Act::Release, lease, Span::ZERO, now, self.at(*time))
                    .await
                    .map(|_| ())
            }
        }
    }

    /// Bytes that were put under a key and are not forgotten yet.
    ///
    /// # Errors
    /// When Redis does not answer; go on as if there were none.
    pub async fn cached(&self, key: &str) -> Result<Option<Arc<[u8]>>, ClusterError> {
        let now = self.inner.clock.now();
        match &self.inner.place {
            Place::Memory(memory) => Ok(lock(&memory.cache).get(key, now)),
            Place::Redis { remote, .. } => {
                let kept: Option<Vec<u8>> = remote
                    .query(redis::cmd("GET").arg(cache_key(remote, key)))
                    .await?;
                // Eight bytes of end time in front: the injected clock counts, not only the server's.
                Ok(kept.and_then(|kept| {
                    let (until, bytes) = kept.split_first_chunk::<8>()?;
                    (Timestamp::from_micros(i64::from_be_bytes(*until)) > now).then(|| bytes.into())
                }))
            }
        }
    }

    /// Keeps bytes for a time, or shorter: values above 4 MB are not kept, old ones go when there are many.
    ///
    /// # Errors
    /// When Redis does not answer.
    pub async fn cache(&self, key: &str, bytes: &[u8], ttl: Span) -> Result<(), ClusterError> {
        if bytes.len() > MOST_VALUE_BYTES || ttl <= Span::ZERO {
            return self.uncache(key).await;
        }
        let until = self.inner.clock.now().plus(ttl);
        match &self.inner.place {
            Place::Memory(memory) => {
                lock(&memory.cache).put(key, bytes, until);
                Ok(())
            }
            Place::Redis { remote, .. } => {
                let mut kept = until.as_micros().to_be_bytes().to_vec();
                kept.extend_from_slice(bytes);
                let life = ttl.as_millis().max(1);
                remote
                    .query(
                        redis::cmd("SET")
                            .arg(cache_key(remote, key))
                            .arg(kept)
                            .arg("PX")
                            .arg(life),
                    )
                    .await
            }
        }
    }

    /// Forgets what is kept under a key.
    ///
    /// # Errors
    /// When Redis does not answer.
    pub async fn uncache(&self, key: &str) -> Result<(), ClusterError> {
        match &self.inner.place {
            Place::Memory(memory) => {
                lock(&memory.cache).forget(key);
                Ok(())
            }
            Place::Redis { remote, .. } => remote
                .query::<i64>(redis::cmd("DEL").arg(cache_key(remote, key)))
                .await
                .map(|_| ()),
        }
    }

    /// Sends a note to everybody who listens now, in every process.
    ///
    /// # Errors
    /// When Redis does not answer: then only this process heard it. Nothing that matters may depend on it.
    pub async fn publish(&self, topic: &str, text: &str) -> Result<(), ClusterError> {
        match &self.inner.place {
            Place::Memory(_) => {
                self.inner.hub.deliver(topic, text);
                Ok(())
            }
            Place::Redis { remote, .. } => {
                let mut command = redis::cmd("PUBLISH");
                command
                    .arg(signal::channel(remote))
                    .arg(format!("{topic}\n{text}"));
                let sent = remote.query::<i64>(&command).await;
                if sent.is_err() {
                    self.inner.hub.deliver(topic, text);
                }
                sent.map(|_| ())
            }
        }
    }

    /// Listens to all notes from now on. Must be called inside the tokio runtime.
    pub fn subscribe(&self) -> Signals {
        let signals = self.inner.hub.listen();
        if let Place::Redis { remote, .. } = &self.inner.place
            && self.inner.hub.first()
        {
            tokio::spawn(signal::hear(remote.clone(), Arc::downgrade(&self.inner.hub)));
        }
        signals
    }

    /// Now for a script: -1 lets the server look at its own clock.
    fn at(&self, time: RedisTime) -> i64 {
        match time {
            RedisTime::Server => -1,
            RedisTime::Injected => self.inner.clock.now().as_micros(),
        }
    }
}

fn cache_key(remote: &Remote, key: &str) -> String {
    format!("{}cache:{key}", remote.prefix())
}

/// A panic of another holder cannot leave these half changed in a way that matters more than stopping everything would.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
