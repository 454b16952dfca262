//! `sauda serve`: starts the roles, stops them within ten seconds when told to.

use crate::{http, rooms::Rooms};
use anyhow::{Context as _, bail};
use async_trait::async_trait;
use sauda_jobs::{Handler, JobContext, JobError, Outcome, ScheduleSpec, Worker, WorkerSettings};
use sauda_kernel::{Id, Span, kinds};
use sauda_messages::{
    engine::{LateAnswers, Postman},
    team::{Ear, Sender, Teller},
};
use sauda_orders::engine::{Clerk, DayKeeper, ReturnsKeeper};
use sauda_pricing::engine::{
    Checker, CheckerSettings, DeadManJob, PUSH_LIMIT, PlacesJob, Pusher, RestateJob, RetentionJob,
    storefront_limit,
};
use sauda_pricing::service::BulkJob;
use sauda_reports::timed::{MakeJob, PlanKeeper};
use sauda_research::engine::{BEGIN_JOB, BeginJob, CollectJob, KeepJob, ReviewsJob};
use sauda_stock::{ForeseeAllJob, ForeseeJob, StockTeller};
use std::{sync::Arc, time::Duration};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// What a process does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Role {
    /// Pages and the API.
    Web,
    /// Checks, price changes, jobs.
    Worker,
}

/// Clerks beside each other: a shop whose line hangs keeps one of them, not the orders of the others.
const CLERKS: usize = 4;
/// How long work may take to end after the signal.
const PATIENCE: Duration = Duration::from_secs(10);

/// Runs until told to stop.
pub async fn serve(rooms: Rooms, roles: &[Role]) -> anyhow::Result<()> {
    let does = |role: Role| roles.is_empty() || roles.contains(&role);
    let stop = CancellationToken::new();
    let tasks = TaskTracker::new();
    let guard = if does(Role::Worker) {
        Some(sole_worker(&rooms).await?)
    } else {
        None
    };
    if let Some(Some(_)) = &guard {
        // Nobody else works here, so what is still taken was taken by one that died.
        rooms.pricing.take_back_watches().await?;
    }
    if does(Role::Worker) {
        work(&rooms, &tasks, &stop).await?;
    }
    if does(Role::Web) {
        let listener = tokio::net::TcpListener::bind(&rooms.config.server.listen)
            .await
            .with_context(|| {
                format!(
                    "server.listen {} is taken or not ours: choose another with --set server.listen=…",
                    rooms.config.server.listen
                )
            })?;
        tracing::info!("pages and the API on http://{}", listener.local_addr()?);
        let (rooms, ended) = (rooms.clone(), stop.clone());
        tasks.spawn(async move {
            if let Err(error) = http::serve(listener, &rooms, ended.clone()).await {
                tracing::error!(error = format!("{error:#}"), "the web server ended");
                ended.cancel();
            }
        });
    }
    tokio::select! {
        () = until_told_to_stop() => tracing::info!("stopping: what is under way ends or is given back within 10 s"),
        () = stop.cancelled() => {}
    }
    stop.cancel();
    tasks.close();
    if tokio::time::timeout(PATIENCE, tasks.wait()).await.is_err() {
        tracing::warn!("some work did not end in time: its leases end by themselves");
    }
    drop(guard);
    rooms.db.close().await;
    Ok(())
}

/// Comes back on Ctrl C or SIGTERM.
pub async fn until_told_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => {
                tokio::select! {
                    _ = tokio::signal::ctrl_c() => {}
                    _ = terminate.recv() => {}
                }
            }
            Err(_) => drop(tokio::signal::ctrl_c().await),
        }
    }
    #[cfg(not(unix))]
    drop(tokio::signal::ctrl_c().await);
}

/// Without Redis, budgets live in one process: a second worker on the same database would exceed them.
async fn sole_worker(rooms: &Rooms) -> anyhow::Result<Option<std::fs::File>> {
    if !rooms.config.redis.url.is_empty() {
        return Ok(None);
    }
    let Some(path) = rooms.config.database.url.strip_prefix("sqlite:") else {
        tracing::warn!(
            "redis.url is not set: run the worker role in one process only, or the marketplace's limits are exceeded"
        );
        return Ok(None);
    };
    let path = format!("{}.worker", path.trim_start_matches("//"));
    let file = std::fs::OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .with_context(|| path.clone())?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(std::fs::TryLockError::WouldBlock) => {
            bail!(
                "another process works on this database already: start this one with --roles web, or set redis.url in both"
            )
        }
        Err(std::fs::TryLockError::Error(error)) => Err(error).with_context(|| path),
    }
}

async fn work(rooms: &Rooms, tasks: &TaskTracker, stop: &CancellationToken) -> anyhow::Result<()> {
    let owner = Id::<kinds::Run>::new(&*rooms.clock, &*rooms.ids);
    let history = &rooms.config.history;
    let handlers: Vec<Arc<dyn Handler>> = vec![
        Arc::new(sauda_catalog::SyncJob(rooms.catalog.clone())),
        Arc::new(sauda_catalog::ImportJob(rooms.products.clone())),
        Arc::new(sauda_catalog::CardsJob(rooms.cards.clone())),
        Arc::new(PlacesJob(rooms.pricing.clone())),
        Arc::new(RestateJob(rooms.pricing.clone())),
        Arc::new(BulkJob(rooms.pricing.clone())),
        Arc::new(RetentionJob {
            pricing: rooms.pricing.clone(),
            observations: Span::from_days(history.observations_days),
            decisions: Span::from_days(history.decisions_days),
            points: Span::from_days(history.prices_days),
        }),
        Arc::new(DeadManJob(rooms.pricing.clone())),
        Arc::new(BeginJob(rooms.research.clone())),
        Arc::new(CollectJob(rooms.research.clone())),
        Arc::new(ReviewsJob(rooms.research.clone())),
        Arc::new(KeepJob(rooms.research.clone())),
        Arc::new(MakeJob(rooms.report_plans.clone())),
        Arc::new(ForeseeJob(rooms.stock.clone())),
        Arc::new(ForeseeAllJob(rooms.stock.clone())),
        Arc::new(sauda_research::interest::TrendsJob(rooms.research.clone())),
        Arc::new(SyncAll(rooms.clone())),
        Arc::new(Sweep(rooms.clone())),
    ];
    let worker = Worker::new(rooms.jobs.clone(), handlers, WorkerSettings::default());
    rooms.jobs.declare(&schedules()).await?;
    if let Some((settings, wishes)) = rooms.config.market.declared()? {
        rooms.research.declare(&settings, &wishes).await?;
    }
    let declared = rooms.config.declared_reports()?;
    let strangers = rooms.report_plans.declare(&declared).await?;
    if !strangers.is_empty() {
        let shops = rooms.catalog.all_shops().await?;
        let connected: Vec<&str> = shops.iter().map(|shop| shop.slug.as_str()).collect();
        for (report, shop) in &strangers {
            tracing::warn!(
                report,
                shop,
                connected = connected.join(", "),
                "[[report]] is not made: its shop is not connected. Connect the shop on the page of shops, or write the short name of a connected one, then start again"
            );
        }
    }
    let ended = stop.clone();
    tasks.spawn(async move { worker.run(ended).await });
    for lane in 0..rooms.config.checks.lanes {
        let mut settings = CheckerSettings::new(format!("{owner}.{lane}"));
        settings.batch = i64::from(rooms.config.checks.batch);
        settings.limit = storefront_limit(rooms.config.checks.reads_per_second);
        let checker = Checker::new(rooms.pricing.clone(), settings);
        let ended = stop.clone();
        tasks.spawn(async move { checker.run(ended).await });
    }
    let pusher = Pusher::new(rooms.pricing.clone(), owner.to_string(), PUSH_LIMIT);
    let ended = stop.clone();
    tasks.spawn(async move { pusher.run(ended).await });
    clerks(rooms, tasks, stop, &owner.to_string());
    let postman = Postman::new(rooms.messages.clone(), owner.to_string());
    let ended = stop.clone();
    tasks.spawn(async move { postman.run(ended).await });
    let late = LateAnswers {
        messages: rooms.messages.clone(),
        orders: rooms.orders.clone(),
        owner: owner.to_string(),
    };
    let ended = stop.clone();
    tasks.spawn(async move { late.run(ended).await });
    tellers(rooms, tasks, stop, &owner.to_string());
    Ok(())
}

/// Those who tell the team: one looks what happened, one says it, one listens.
fn tellers(rooms: &Rooms, tasks: &TaskTracker, stop: &CancellationToken, owner: &str) {
    let teller = Teller::new(rooms.team.clone(), owner);
    let ended = stop.clone();
    tasks.spawn(async move { teller.run(ended).await });
    let sender = Sender::new(rooms.team.clone());
    let ended = stop.clone();
    tasks.spawn(async move { sender.run(ended).await });
    let keeper = PlanKeeper::new(rooms.report_plans.clone());
    let ended = stop.clone();
    tasks.spawn(async move { keeper.run(ended).await });
    let ear = Ear::new(rooms.team.clone(), owner);
    let ended = stop.clone();
    tasks.spawn(async move { ear.run(ended).await });
}

/// Those who work on orders: clerks, the keeper of days, the reader of returns.
fn clerks(rooms: &Rooms, tasks: &TaskTracker, stop: &CancellationToken, owner: &str) {
    for lane in 0..CLERKS {
        let clerk = Clerk::new(rooms.orders.clone(), format!("{owner}.{lane}"));
        let ended = stop.clone();
        tasks.spawn(async move { clerk.run(ended).await });
    }
    let keeper = DayKeeper::new(rooms.orders.clone(), owner);
    let ended = stop.clone();
    tasks.spawn(async move { keeper.run(ended).await });
    let returns = ReturnsKeeper::new(rooms.orders.clone(), owner);
    let ended = stop.clone();
    tasks.spawn(async move { returns.run(ended).await });
    let teller = StockTeller::new(rooms.stock.clone(), rooms.feeds.clone());
    let ended = stop.clone();
    tasks.spawn(async move { teller.run(ended).await });
}

/// Works on orders in this process when no other does; nothing when another holds the database. Hold what comes back.
pub async fn order_work(
    rooms: &Rooms,
    tasks: &TaskTracker,
    stop: &CancellationToken,
) -> anyhow::Result<Option<Option<std::fs::File>>> {
    let is_shared = !rooms.config.redis.url.is_empty();
    let is_file = rooms.config.database.url.starts_with("sqlite:");
    // PostgreSQL without Redis: nobody can tell whether another process works, and two would exceed the marketplace's limits.
    if !is_shared && !is_file {
        return Ok(None);
    }
    let Ok(guard) = sole_worker(rooms).await else {
        return Ok(None);
    };
    let owner = Id::<kinds::Run>::new(&*rooms.clock, &*rooms.ids);
    clerks(rooms, tasks, stop, &owner.to_string());
    Ok(Some(guard))
}

/// What happens by itself, in Almaty's time.
fn schedules() -> Vec<ScheduleSpec> {
    vec![
        ScheduleSpec::every("shops-hourly", SyncAll::NAME, Span::from_mins(60)),
        ScheduleSpec::every("market-begin", BEGIN_JOB, Span::from_mins(5)),
        ScheduleSpec::every("silence", "pricing.silence", Span::from_mins(5)),
        ScheduleSpec::cron("forecasts", ForeseeAllJob::NAME, "20 3 * * *"),
        ScheduleSpec::cron("forget", "pricing.forget", "30 4 * * *"),
        ScheduleSpec::cron("sweep", Sweep::NAME, "10 4 * * *"),
    ]
}

/// Asks for a reading of every shop.
struct SyncAll(Rooms);

impl SyncAll {
    const NAME: &'static str = "catalog.sync_all";
}

#[async_trait]
impl Handler for SyncAll {
    fn name(&self) -> &'static str {
        Self::NAME
    }
    async fn run(&self, context: &JobContext) -> Result<Outcome, JobError> {
        let shops = self
            .0
            .catalog
            .all_shops()
            .await
            .map_err(|error| JobError::from_failure(&error))?;
        for shop in &shops {
            let scope = sauda_accounts::Scope::system(shop.merchant.clone(), "hourly reading");
            self.0
                .catalog
                .request_sync(&scope, &shop.id)
                .await
                .map_err(|error| JobError::from_failure(&error))?;
        }
        context
            .log("info", &format!("{} shops asked for", shops.len()))
            .await;
        Ok(Outcome::Done)
    }
}

/// Forgets sessions, attempts, links and runs that are over.
struct Sweep(Rooms);

impl Sweep {
    const NAME: &'static str = "accounts.sweep";
}

#[async_trait]
impl Handler for Sweep {
    fn name(&self) -> &'static str {
        Self::NAME
    }
    async fn run(&self, context: &JobContext) -> Result<Outcome, JobError> {
        let swept = self
            .0
            .accounts
            .sweep()
            .await
            .map_err(|error| JobError::from_failure(&error))?;
        context.log("info", &format!("{swept:?}")).await;
        Ok(Outcome::Done)
    }
}
