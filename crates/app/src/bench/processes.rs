//! Whole programs under load: memory of one with a large catalogue, and two sharing PostgreSQL and Redis.
//! What they did to the outside is taken from the market's own sums, never from theirs.

use super::{
    checks,
    figures::{Figures, count, number},
    market::Market,
    store,
    worker::{Told, Worker},
};
use crate::rooms::Rooms;
use anyhow::bail;
use serde_json::{Value, json};
use std::{
    path::Path,
    time::{Duration, Instant},
};

const MEMORY: &str = "memory";
const PART: &str = "processes";
/// The most that settings allow.
const READS: u32 = 10_000;
/// How long one stage may take before something is wrong.
const PATIENCE: Duration = Duration::from_secs(240);
/// Watches that show that a program is up.
const WARM: i64 = 64;
/// The storefront budget under test and how long it is spent.
const SHARED_READS: u32 = 8;
const SHARED_FOR: Duration = Duration::from_secs(12);

/// Memory of `sauda serve` with its database full, after it worked.
pub async fn memory(
    rooms: &Rooms,
    market: &Market,
    program: &Path,
    folder: &Path,
    offers: usize,
    watches: i64,
    figures: &mut Figures,
) -> anyhow::Result<()> {
    let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let listen = format!("127.0.0.1:{port}");
    let told = Told {
        database: &rooms.config.database.url,
        redis: "",
        market: &market.address,
        lanes: rooms.config.checks.lanes,
        batch: i64::from(rooms.config.checks.batch),
        reads_per_second: READS,
        listen: Some(listen.clone()),
        threads: None,
    };
    let worker = Worker::start(program, folder, &told)?;
    all_checked(rooms, watches).await?;
    let client = reqwest::Client::builder().no_proxy().build()?;
    for path in ["/health/ready", "/metrics", "/sign-in"] {
        client
            .get(format!("http://{listen}{path}"))
            .send()
            .await?
            .bytes()
            .await?;
    }
    let used = worker.memory()?;
    worker.end().await;
    let megabytes = |kilobytes: u64| count(usize::try_from(kilobytes / 1_024).unwrap_or(0));
    figures.at_most(
        MEMORY,
        format!(
            "resident memory of `sauda serve` with {offers} offers after {watches} checks and some pages"
        ),
        megabytes(used.resident),
        200.0,
        " MB",
    );
    figures.note(
        MEMORY,
        "of it its own / of files, mostly the program's, that the system may take back; the most it ever was",
        format!(
            "{} MB / {} MB; {} MB",
            number(megabytes(used.anonymous)),
            number(megabytes(used.files)),
            number(megabytes(used.peak))
        ),
    );
    Ok(())
}

/// Makes watches due and waits until all were checked.
async fn all_checked(rooms: &Rooms, watches: i64) -> anyhow::Result<Duration> {
    let since = rooms.clock.now();
    store::make_due(&rooms.db, since, watches).await?;
    let start = Instant::now();
    while store::unchecked(&rooms.db, since, watches).await? > 0 {
        if start.elapsed() > PATIENCE {
            bail!(
                "{watches} watches were not checked within {} s",
                PATIENCE.as_secs()
            );
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Ok(start.elapsed())
}

/// What a number of workers did with the same watches.
struct Shared {
    per_second: f64,
    cost: f64,
    twice: i64,
}

/// One worker against two on PostgreSQL and Redis.
pub async fn measure(
    rooms: &Rooms,
    market: &Market,
    program: &Path,
    folder: &Path,
    offers: usize,
    figures: &mut Figures,
) -> anyhow::Result<()> {
    checks::fill(rooms, market, offers).await?;
    let watches = i64::try_from(offers)?;
    let told = |reads_per_second: u32, lanes: u32| Told {
        database: &rooms.config.database.url,
        redis: &rooms.config.redis.url,
        market: &market.address,
        lanes,
        batch: 32,
        reads_per_second,
        listen: None,
        threads: Some(1),
    };
    // The first reads of cards cost more than all later ones: they are nobody's measurement.
    with_workers(rooms, market, program, folder, watches, &[told(READS, 2)]).await?;
    let one = with_workers(rooms, market, program, folder, watches, &[told(READS, 1)]).await?;
    let two = with_workers(
        rooms,
        market,
        program,
        folder,
        watches,
        &[told(READS, 1), told(READS, 1)],
    )
    .await?;
    let about = |shared: &Shared| {
        format!(
            "{} checks/s, {} ms of the workers' processor a check",
            number(shared.per_second),
            number(shared.cost)
        )
    };
    figures.note(
        PART,
        "one worker, one loop, one thread, on PostgreSQL and Redis",
        about(&one),
    );
    figures.note(PART, "two such workers", about(&two));
    // Market, PostgreSQL and Redis share this machine with the workers: its processors end before the workers' do.
    figures.note(
        PART,
        "throughput of two workers against one on this machine, market and servers beside them",
        format!("{} ×", number(two.per_second / one.per_second)),
    );
    figures.at_least(
        PART,
        "the same where the workers' processors are what binds: twice, less what sharing costs in processor time a check",
        2.0 * one.cost / two.cost,
        1.7,
        " ×",
    );
    figures.at_most(
        PART,
        format!("checks done twice, of {}", 2 * offers),
        f64::from(i32::try_from(one.twice + two.twice)?),
        0.0,
        "",
    );
    budget(rooms, market, program, folder, &told, figures).await
}

async fn with_workers(
    rooms: &Rooms,
    market: &Market,
    program: &Path,
    folder: &Path,
    watches: i64,
    told: &[Told<'_>],
) -> anyhow::Result<Shared> {
    let mut workers = Vec::new();
    for one in told {
        workers.push(Worker::start(program, folder, one)?);
    }
    // Both are up when both have used a processor and the first watches are done.
    all_checked(rooms, WARM).await?;
    tokio::time::sleep(Duration::from_secs(2)).await;
    market.forget_counters().await?;
    let cpu = |workers: &[Worker]| workers.iter().map(Worker::cpu).sum::<anyhow::Result<Duration>>();
    let before = cpu(&workers)?;
    let took = all_checked(rooms, watches).await?;
    let used = cpu(&workers)?.saturating_sub(before);
    let asked = i64::try_from(market.counter("offers_answered").await?)?;
    for worker in workers {
        worker.end().await;
    }
    let checks = f64::from(i32::try_from(watches)?);
    Ok(Shared {
        per_second: checks / took.as_secs_f64(),
        cost: used.as_secs_f64() * 1_000.0 / checks,
        twice: asked - watches,
    })
}

/// Two workers under one small read budget: the market, which blocks above fifteen a second, must never see more than it.
async fn budget<'a>(
    rooms: &Rooms,
    market: &Market,
    program: &Path,
    folder: &Path,
    told: &(impl Fn(u32, u32) -> Told<'a> + Sync),
    figures: &mut Figures,
) -> anyhow::Result<()> {
    // A second has to pass in the market, too: until now its time moved only when told.
    market.tell("clock", &json!({"speed": "1"})).await?;
    market.tell("settings", &json!({"read_limit": true})).await?;
    let workers = [
        Worker::start(program, folder, &told(SHARED_READS, 2))?,
        Worker::start(program, folder, &told(SHARED_READS, 2))?,
    ];
    market.forget_counters().await?;
    store::make_due(&rooms.db, rooms.clock.now(), 1_000).await?;
    tokio::time::sleep(SHARED_FOR).await;
    for worker in workers {
        worker.end().await;
    }
    let sums = market.look("counters").await?;
    market.tell("settings", &json!({"read_limit": false})).await?;
    let sum = |name: &str| sums.get(name).and_then(Value::as_u64).unwrap_or(0);
    let peak = most(&sums, "peak").unwrap_or(0);
    figures.note(
        PART,
        format!(
            "reads of two workers in {} s under a shared budget of {SHARED_READS} a second",
            SHARED_FOR.as_secs()
        ),
        sum("offers_answered").to_string(),
    );
    figures.at_most(
        PART,
        "most reads that the market saw in any one second",
        count(usize::try_from(peak)?),
        f64::from(SHARED_READS),
        "",
    );
    figures.at_most(
        PART,
        "times that the market blocked them",
        count(usize::try_from(sum("read_violations"))?),
        0.0,
        "",
    );
    Ok(())
}

/// The largest number under this name anywhere in a document.
fn most(document: &Value, name: &str) -> Option<u64> {
    match document {
        Value::Object(members) => members
            .iter()
            .filter_map(|(key, value)| {
                if key.contains(name) {
                    value.as_u64()
                } else {
                    most(value, name)
                }
            })
            .max(),
        Value::Array(items) => items.iter().filter_map(|item| most(item, name)).max(),
        _ => None,
    }
}
