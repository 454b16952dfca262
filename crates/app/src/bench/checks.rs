//! The check pipeline: HTTP to a market in another process, fifty offers an answer, parse, decide, keep. Refuses to skip a step.

use super::{
    figures::{Figures, count, number},
    machine,
    market::Market,
    store::{self, Card, Stock},
};
use crate::rooms::Rooms;
use anyhow::{Context as _, bail};
use sauda_kernel::Id;
use sauda_pricing::engine::{Checker, CheckerSettings, storefront_limit};
use serde_json::{Value, json};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

const PART: &str = "checks";
/// More than the machine can do: the budget must not be what is measured.
pub const NO_LIMIT: u32 = 1_000_000;

/// Size and shape of the measurement.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// Watches checked in each round.
    pub watches: i64,
    /// Loops beside each other.
    pub lanes: u32,
    /// Watches that a loop takes at once.
    pub batch: i64,
}

/// What one round cost.
#[derive(Debug, Clone, Copy)]
pub struct Round {
    pub checks: usize,
    pub failed: usize,
    pub took: Duration,
    pub ours: Duration,
    pub markets: Duration,
}

impl Round {
    pub fn per_second(&self) -> f64 {
        count(self.checks) / self.took.as_secs_f64()
    }
    /// Our processor time for one check, milliseconds.
    pub fn cost(&self) -> f64 {
        self.ours.as_secs_f64() * 1_000.0 / count(self.checks.max(1))
    }
}

/// Puts the shop of the market with an offer on each of its cards into the database.
pub async fn fill(rooms: &Rooms, market: &Market, offers: usize) -> anyhow::Result<()> {
    let world = market.look("world").await?;
    let uid = world
        .pointer("/shops/0/uid")
        .and_then(Value::as_str)
        .context("the market has no shop")?;
    let rows = market.look(&format!("cards?limit={offers}")).await?;
    let mut cards = Vec::with_capacity(offers);
    for row in rows.as_array().context("the market's cards")? {
        let text = |name: &str| {
            row.get(name)
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        cards.push(Card {
            card: text("card"),
            title: text("title"),
            level: row.get("level").and_then(Value::as_i64).unwrap_or(10_000),
        });
    }
    if cards.len() < offers {
        bail!("the market has {} cards, {offers} are wanted", cards.len());
    }
    let merchant = Id::new(&*rooms.clock, &*rooms.ids);
    store::fill(
        &rooms.db,
        &*rooms.clock,
        &*rooms.ids,
        &Stock {
            merchant: &merchant,
            uid,
            cards: &cards,
            lived: false,
        },
    )
    .await?;
    Ok(())
}

/// Checks what is due until nothing is.
pub async fn round(rooms: &Rooms, market: &Market, plan: Plan) -> anyhow::Result<Round> {
    store::make_due(&rooms.db, rooms.clock.now(), plan.watches).await?;
    let mut lanes = Vec::new();
    for lane in 0..plan.lanes {
        let mut settings = CheckerSettings::new(format!("bench.{lane}"));
        settings.batch = plan.batch;
        settings.limit = storefront_limit(NO_LIMIT);
        lanes.push(Arc::new(Checker::new(rooms.pricing.clone(), settings)));
    }
    let (ours, markets, start) = (
        machine::cpu(None)?,
        machine::cpu(Some(market.process))?,
        Instant::now(),
    );
    let mut running = tokio::task::JoinSet::new();
    for lane in lanes {
        running.spawn(async move {
            let (mut checks, mut failed) = (0, 0);
            loop {
                let report = lane.turn().await?;
                if report.taken == 0 {
                    return Ok::<_, sauda_pricing::PricingError>((checks, failed));
                }
                checks += report.read;
                failed += report.failed;
            }
        });
    }
    let mut round = Round {
        checks: 0,
        failed: 0,
        took: Duration::ZERO,
        ours: Duration::ZERO,
        markets: Duration::ZERO,
    };
    while let Some(done) = running.join_next().await {
        let (checks, failed) = done??;
        round.checks += checks;
        round.failed += failed;
    }
    round.took = start.elapsed();
    round.ours = machine::cpu(None)?.saturating_sub(ours);
    round.markets = machine::cpu(Some(market.process))?.saturating_sub(markets);
    if round.failed > 0 {
        bail!(
            "{} of {} reads failed: the measurement is worth nothing",
            round.failed,
            round.checks
        );
    }
    Ok(round)
}

/// Measures three rounds over the same watches: never seen before, nothing new, and after the rivals lived for a while.
pub async fn measure(
    rooms: &Rooms,
    market: &Market,
    plan: Plan,
    figures: &mut Figures,
) -> anyhow::Result<()> {
    let about = |round: &Round| {
        format!(
            "{} checks/s, {} ms of our processor a check (market: {} ms)",
            number(round.per_second()),
            number(round.cost()),
            number(round.markets.as_secs_f64() * 1_000.0 / count(round.checks.max(1)))
        )
    };
    let first = round(rooms, market, plan).await?;
    figures.note(PART, format!("{} cards never read before: observation, fifty sellers, decision, receipt, price point kept for each", first.checks), about(&first));
    let again = round(rooms, market, plan).await?;
    figures.note(PART, "the same cards, nothing new", about(&again));
    let mut rounds = Vec::with_capacity(LIVED_ROUNDS);
    let (before, mut read) = (store::kept(&rooms.db).await?, 0);
    for _ in 0..LIVED_ROUNDS {
        market
            .tell("clock", &json!({"step_ms": LIVED_MINUTES * 60_000}))
            .await?;
        let one = round(rooms, market, plan).await?;
        read += one.checks;
        rounds.push(one);
    }
    // Other guests of the machine make a round slower, nothing makes it faster than it is.
    rounds.sort_by(|one, other| one.cost().total_cmp(&other.cost()));
    let (Some(usual), Some(slowest)) = (rounds.first(), rounds.last()) else {
        bail!("no round was run");
    };
    let after = store::kept(&rooms.db).await?;
    let [seen, decided, points, _] =
        std::array::from_fn(|at| after.get(at).copied().unwrap_or(0) - before.get(at).copied().unwrap_or(0));
    let share = |rows: i64| usize::try_from(rows).unwrap_or(0) * 100 / read.max(1);
    figures.note(
        PART,
        format!("every {LIVED_MINUTES} minutes of a living market: reads that found a change / were decided anew / moved the chart"),
        format!("{} % / {} % / {} %", share(seen), share(decided), share(points)),
    );
    figures.at_most(
        PART,
        format!("our processor time a check in that market, the quietest of {LIVED_ROUNDS} rounds"),
        usual.cost(),
        0.5,
        " ms",
    );
    figures.at_least(
        PART,
        "checks a second beside the market on this machine, in the same round",
        usual.per_second(),
        1_500.0,
        "",
    );
    figures.note(PART, "the same in full", about(usual));
    figures.note(PART, "the slowest of those rounds", about(slowest));
    Ok(())
}

/// Rounds after the first two, and how long rivals live before each.
const LIVED_ROUNDS: usize = 3;
const LIVED_MINUTES: i64 = 10;
