//! The demo's market: the categories of the first shop's goods are read by themselves, and have some days behind them. Those days are
//! lived through by a second pretend world with the same seed and read by the same collector over the same wire; nothing is made up.

use crate::{config::Config, rooms::Rooms};
use anyhow::Context as _;
use sauda_accounts::Scope;
use sauda_kernel::{Clock, Span, Timestamp};
use sauda_research::model::NewSource;
use sauda_sim::{Options, Sim, Speed};
use std::{collections::BTreeMap, net::SocketAddr, sync::Arc, time::Duration};

/// Days that a demo has behind it.
pub const PAST_DAYS: u32 = 16;
/// Categories that are read.
const CATEGORIES: usize = 2;
/// Cards looked through for them.
const LOOKED_THROUGH: i64 = 10_000;
const LOOK: Duration = Duration::from_secs(3);
/// Reads a second of the past: nobody waits for them there.
const READS: u32 = 500;

/// The past world's clock as ours.
struct WorldTime(Arc<Sim>);

impl Clock for WorldTime {
    fn now(&self) -> Timestamp {
        self.0.now()
    }
}

/// Waits for the first shop and its goods, then begins to read their categories. Ends when that is done.
pub async fn keep(rooms: Rooms, sim: Arc<Sim>) {
    loop {
        tokio::time::sleep(LOOK).await;
        match begin(&rooms, &sim).await {
            Ok(true) => return,
            Ok(false) => {}
            Err(error) => {
                tracing::warn!(
                    error = format!("{error:#}"),
                    "the demo's market waits for something"
                );
            }
        }
    }
}

/// Whether there is nothing more to do.
async fn begin(rooms: &Rooms, sim: &Arc<Sim>) -> anyhow::Result<bool> {
    let Some(shop) = rooms.catalog.all_shops().await?.into_iter().next() else {
        return Ok(false);
    };
    let scope = Scope::system(shop.merchant.clone(), "demo");
    let known = rooms.research.sources(&scope).await?;
    if known.iter().any(|source| source.read_at.is_some()) {
        return Ok(true);
    }
    let wishes = categories(rooms, sim, &scope).await?;
    if wishes.is_empty() {
        return Ok(false);
    }
    for wish in &wishes {
        rooms.research.keep_source(&scope, wish).await?;
    }
    let began = std::time::Instant::now();
    match live_through(rooms, sim, &scope).await {
        Ok(snapshots) => tracing::info!(
            snapshots,
            seconds = began.elapsed().as_secs(),
            "the demo's market has its past"
        ),
        // Without a past the market is read all the same.
        Err(error) => {
            tracing::warn!(
                error = format!("{error:#}"),
                "the demo's market begins without a past"
            );
        }
    }
    rooms.research.read_now(&scope, None).await?;
    rooms.research.read_reviews_now(&scope).await?;
    Ok(true)
}

/// The categories that most goods of the shop are in.
async fn categories(rooms: &Rooms, sim: &Sim, scope: &Scope) -> anyhow::Result<Vec<NewSource>> {
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    for (card, ..) in rooms.catalog.own_cards_after(scope, "", LOOKED_THROUGH).await? {
        let family = sim
            .world
            .card(&card)
            .and_then(|(_, slot)| sim.world.family(slot.info.family));
        if let Some(family) = family {
            *counts
                .entry((family.front.clone(), family.title.clone()))
                .or_default() += 1;
        }
    }
    let mut found: Vec<_> = counts.into_iter().collect();
    found.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    Ok(found
        .into_iter()
        .take(CATEGORIES)
        .map(|((word, title), _)| NewSource {
            title,
            ..NewSource::category(word)
        })
        .collect())
}

/// A second world is born when the first one was, and is read at the usual times until today; how many times.
async fn live_through(rooms: &Rooms, sim: &Arc<Sim>, scope: &Scope) -> anyhow::Result<u32> {
    let options = Options {
        listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        start_at: Some(sim.world.born),
        speed: Speed::Stepped,
        no_buyers: true,
        no_read_limit: true,
        past_days: 0,
        memory: None,
        smtp: None,
        ..sim.options.clone()
    };
    let past = sauda_sim::start(options).await.context("the past")?;
    let config = Config {
        kaspi: sauda_market_kaspi::KaspiSettings {
            zones: rooms.config.kaspi.zones.clone(),
            ..sauda_market_kaspi::KaspiSettings::all_at(&past.base_url())
        },
        ..rooms.config.clone()
    };
    let mut config = config;
    config.redis.url = String::new();
    config.checks.reads_per_second = READS;
    let then = Rooms::open_at(config, Arc::new(WorldTime(Arc::clone(past.sim())))).await?;
    let times = then.research.settings(scope).await?.times;
    let until = rooms.clock.now().minus(Span::from_hours(1));
    let mut snapshots = 0;
    let mut day = past.sim().now().local_midnight();
    while day < until {
        for minute in &times {
            let due = day.plus(Span::from_mins(i64::from(*minute)));
            if due <= past.sim().now() || due > until {
                continue;
            }
            step(past.sim(), due.since(past.sim().now())).await?;
            read(&then, past.sim(), scope).await?;
            snapshots += 1;
        }
        day = day.plus(Span::from_days(1));
    }
    past.shut_down().await;
    Ok(snapshots)
}

/// Moves the past world on beside the tasks that answer people.
async fn step(sim: &Arc<Sim>, by: Span) -> anyhow::Result<()> {
    let sim = Arc::clone(sim);
    tokio::task::spawn_blocking(move || sim.step(by)).await?;
    Ok(())
}

/// Reads everything that is due then.
async fn read(then: &Rooms, sim: &Arc<Sim>, scope: &Scope) -> anyhow::Result<()> {
    for _ in 0..200 {
        let Some(next) = then.research.read_due(scope).await? else {
            return Ok(());
        };
        let wait = next.since(sim.now()).max(Span::from_millis(200));
        step(sim, wait).await?;
    }
    anyhow::bail!("the past could not be read");
}
