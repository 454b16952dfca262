//! The keeper of days: takes each run on step by step, as far as it can be taken now. Sends nothing: it records commands, the clerk
//! does them. A process that dies leaves the run where it stood; another goes on from there.

mod ask;
mod confirm;
mod late;
mod looks;
mod sizes;

pub(super) use late::paper_came;

use crate::{
    Orders, OrdersError,
    model::{DayState, DayStep, StepState},
    store::{
        day_items,
        days::{self, DayRun, RunStep},
    },
};
use futures::{StreamExt, stream};
use sauda_accounts::Scope;
use sauda_catalog::{NewNotice, Tone};
use sauda_kernel::{Span, Timestamp};
use tokio_util::sync::CancellationToken;

/// A process that dies frees its run after this.
const LEASE: Span = Span::from_secs(30);
/// How long it rests when no run wants anything.
const REST: Span = Span::from_millis(500);
/// How often it is looked whether a day is to start by itself.
const STARTS: Span = Span::from_secs(20);
pub(crate) const STOPPED: &str = "day-stopped";
pub(crate) const TROUBLED: &str = "day-troubled";

/// What a step came to in one turn.
enum Verdict {
    /// Nothing more is to be done in it.
    Done,
    /// The outside or the clerk has to do something first.
    Wait(Span),
    /// It concerns all orders: people have to do something first.
    Stop(&'static str),
}

/// Keeps the days of all shops going.
pub struct DayKeeper {
    orders: Orders,
    owner: String,
}

impl DayKeeper {
    pub fn new(orders: Orders, owner: impl Into<String>) -> Self {
        Self {
            orders,
            owner: owner.into(),
        }
    }

    /// Runs until told to stop.
    pub async fn run(&self, stop: CancellationToken) {
        let mut looked = Timestamp::from_micros(0);
        while !stop.is_cancelled() {
            let now = self.orders.clock.now();
            let is_time = now.since(looked) >= STARTS;
            let worked = async {
                if is_time {
                    self.start_due().await?;
                }
                self.turn().await
            };
            let wait = match worked.await {
                Ok(_) => REST,
                Err(error) => {
                    tracing::warn!(
                        error = sauda_kernel::chain(&error),
                        "days wait: something does not answer"
                    );
                    Span::from_secs(2)
                }
            };
            if is_time {
                looked = now;
            }
            tokio::select! {
                () = stop.cancelled() => {}
                () = tokio::time::sleep(wait.to_std()) => {}
            }
        }
    }

    /// Starts the days whose time has come: each once a day, also when the program was not there at the minute.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn start_due(&self) -> Result<usize, OrdersError> {
        let now = self.orders.clock.now();
        let local = now.local();
        let today = format!("{:04}-{:02}-{:02}", local.year, local.month, local.day);
        let minute = i64::from(local.hour * 60 + local.minute);
        let due = days::to_start(&self.orders.db, minute, local.weekday, &today).await?;
        let mut started = 0;
        for (merchant, shop) in due {
            let scope = Scope::system(merchant, "day by schedule");
            if self.orders.start_day_of(&scope, &shop, &today).await? {
                started += 1;
            }
        }
        Ok(started)
    }

    /// Takes on every run that wants to be worked on; how many there were.
    ///
    /// # Errors
    /// When the database or the shared state does not answer.
    pub async fn turn(&self) -> Result<usize, OrdersError> {
        let due = days::due(&self.orders.db, self.orders.clock.now()).await?;
        let many = due.len();
        let turns: Vec<Result<(), OrdersError>> = stream::iter(due)
            .map(|run| self.run_turn(run))
            .buffer_unordered(8)
            .collect()
            .await;
        turns.into_iter().collect::<Result<Vec<()>, _>>()?;
        Ok(many)
    }

    async fn run_turn(&self, run: DayRun) -> Result<(), OrdersError> {
        let cluster = &self.orders.cluster;
        let fail = |error: sauda_cluster::ClusterError| OrdersError::Cluster(error.to_string());
        let name = format!("day:{}", run.id);
        let Some(lease) = cluster.lease(&name, &self.owner, LEASE).await.map_err(fail)? else {
            return Ok(());
        };
        let worked = async {
            while self.step(&run).await? {
                if cluster.renew(&lease, LEASE).await.map_err(fail)?.is_none() {
                    return Ok(());
                }
            }
            Ok(())
        };
        let worked = worked.await;
        cluster.release(&lease).await.map_err(fail)?;
        self.orders.signal(&run.shop).await;
        worked
    }

    /// Works on the step that is next; whether there is more to do at once.
    async fn step(&self, run: &DayRun) -> Result<bool, OrdersError> {
        let db = &self.orders.db;
        let now = self.orders.clock.now();
        let Some(run) = days::find(db, &run.id)
            .await?
            .filter(|run| run.state == DayState::Running)
        else {
            return Ok(false);
        };
        let scope = Scope::system(run.merchant.clone(), "day");
        let steps = days::steps(db, &run.id).await?;
        let mut ahead = steps.into_iter().filter(|step| step.state.is_ahead());
        let Some(step) = ahead.next() else {
            self.finish(&scope, &run).await?;
            return Ok(false);
        };
        match self.turn_step(&scope, &run, &step).await? {
            // Nobody else waits for the answers of some buyers; the report does.
            Verdict::Wait(wait) if step.step == DayStep::Confirm && wait > Span::ZERO => {
                let Some(next) = ahead.find(|step| step.step != DayStep::Report) else {
                    days::wait(db, &run.id, now.plus(wait)).await?;
                    return Ok(false);
                };
                match self.turn_step(&scope, &run, &next).await? {
                    Verdict::Wait(longer) if longer > wait => {
                        self.came_to(&scope, &run, next.step, Verdict::Wait(wait)).await
                    }
                    verdict => self.came_to(&scope, &run, next.step, verdict).await,
                }
            }
            verdict => self.came_to(&scope, &run, step.step, verdict).await,
        }
    }

    /// Begins a step that waits, and works on it once.
    async fn turn_step(&self, scope: &Scope, run: &DayRun, step: &RunStep) -> Result<Verdict, OrdersError> {
        if step.state != StepState::Waiting {
            return self.work(scope, run, step).await;
        }
        // What a step begins with may be done twice, but never be missing in a step that has begun.
        self.begin(scope, run, step.step).await?;
        let now = self.orders.clock.now();
        days::begin_step(&self.orders.db, &run.id, step.step, now).await?;
        let begun = RunStep {
            state: StepState::Running,
            began_at: Some(now),
            moved_at: Some(now),
            ..step.clone()
        };
        self.work(scope, run, &begun).await
    }

    /// Keeps what a step came to; whether there is more to do at once.
    async fn came_to(
        &self,
        scope: &Scope,
        run: &DayRun,
        step: DayStep,
        verdict: Verdict,
    ) -> Result<bool, OrdersError> {
        let db = &self.orders.db;
        let now = self.orders.clock.now();
        match verdict {
            Verdict::Done => {
                let mut tx = db.write().await?;
                days::end_step(&mut tx, &run.id, step, StepState::Done, now).await?;
                if step == DayStep::Confirm {
                    days::again_for_held(&mut tx, &run.id).await?;
                }
                tx.commit().await?;
                Ok(true)
            }
            Verdict::Wait(wait) if wait == Span::ZERO => Ok(true),
            Verdict::Wait(wait) => {
                days::wait(db, &run.id, now.plus(wait)).await?;
                Ok(false)
            }
            Verdict::Stop(word) => {
                if days::turn_to(db, run, DayState::Stopped, None, Some(word), now).await? > 0 {
                    let notice = NewNotice::new(STOPPED, run.shop.as_str(), Tone::Bad)
                        .shop(&run.shop)
                        .arg("step", step.word())
                        .arg("trouble", word)
                        .link(format!("/orders/runs/{}", run.id));
                    self.orders.catalog.tell(db, scope, &notice).await?;
                }
                Ok(false)
            }
        }
    }

    async fn begin(&self, scope: &Scope, run: &DayRun, step: DayStep) -> Result<(), OrdersError> {
        let now = self.orders.clock.now();
        match step {
            DayStep::Fetch | DayStep::Statuses => match self.orders.read_now(scope, &run.shop).await {
                // Without a key the step says so by itself.
                Ok(()) | Err(OrdersError::Catalog(_)) => {}
                Err(error) => return Err(error),
            },
            DayStep::Accept | DayStep::Assemble | DayStep::Waybills | DayStep::Papers => {
                if let Some(stage) = ask::stage_of(step) {
                    day_items::put_stage(&self.orders.db, &run.id, step, stage, now).await?;
                    day_items::forgive(&self.orders.db, &run.id, step, stage, now).await?;
                }
            }
            DayStep::Sizes => self.begin_sizes(scope, run).await?,
            DayStep::Confirm => {
                day_items::put_doubtful(&self.orders.db, &run.id, now).await?;
            }
            DayStep::Check | DayStep::Stock | DayStep::Report => {}
        }
        Ok(())
    }

    async fn work(&self, scope: &Scope, run: &DayRun, step: &RunStep) -> Result<Verdict, OrdersError> {
        match step.step {
            DayStep::Fetch => self.read(scope, run, step).await,
            DayStep::Check => self.check(scope, run).await,
            DayStep::Sizes => self.sizes(scope, run, step).await,
            DayStep::Confirm => self.confirm(scope, run, step).await,
            DayStep::Accept | DayStep::Assemble => self.ask(scope, run, step).await,
            DayStep::Waybills => self.waybills(run, step).await,
            DayStep::Papers => self.papers(run).await,
            DayStep::Stock => self.stock(scope, run).await,
            DayStep::Statuses => self.read(scope, run, step).await.map(|verdict| match verdict {
                // What was done is done: where it stands will be read later.
                Verdict::Stop(_) => Verdict::Done,
                other => other,
            }),
            DayStep::Report => self.report(scope, run).await,
        }
    }

    async fn finish(&self, scope: &Scope, run: &DayRun) -> Result<(), OrdersError> {
        let now = self.orders.clock.now();
        let mut tx = self.orders.db.write().await?;
        if days::turn_to(&mut tx, run, DayState::Done, None, None, now).await? > 0 {
            self.orders
                .catalog
                .settle(&mut tx, scope, STOPPED, run.shop.as_str())
                .await?;
            tx.commit().await?;
        }
        Ok(())
    }
}
