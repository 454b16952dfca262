//! The day over a heap of orders: what it costs us when the outside answers at once. Refuses to count the marketplace's own time
//! limits: the world's clock is pushed while nothing can be done.

use super::{
    checks::{NO_LIMIT, fill},
    figures::{Figures, number},
    machine,
    market::Market,
    on_file, open_market,
};
use crate::{config::Config, rooms::Rooms};
use anyhow::{Context as _, bail};
use sauda_accounts::Scope;
use sauda_cluster::Limit;
use sauda_kernel::{Clock as _, PushedClock, ShopId, Span, Timestamp};
use sauda_orders::{
    engine::{Clerk, DayKeeper},
    model::DayState,
};
use serde_json::{Value, json};
use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio_util::sync::CancellationToken;

const PART: &str = "day";
/// Cards and offers of the small world that the orders are bought in.
const CARDS: usize = 200;
/// How far the clock is pushed when nothing is to be done now.
const PUSH: Span = Span::from_secs(1);
/// A day that takes longer in the world has lost its way.
const LONGEST: Span = Span::from_hours(6);

/// Days over 100 and over `many` orders.
pub async fn measure(
    config: &Config,
    program: &Path,
    folder: &Path,
    many: usize,
    figures: &mut Figures,
) -> anyhow::Result<()> {
    let small = day(config, program, folder, 100).await?;
    figures.at_most(
        PART,
        "100 orders from new to papers, without waiting on the outside: wall",
        small.wall.as_secs_f64(),
        3.0,
        " s",
    );
    figures.at_most(
        PART,
        "the same: our processor time",
        small.ours.as_secs_f64(),
        1.0,
        " s",
    );
    figures.note(
        PART,
        "the same: the world's time, with waybills after 15 s to 3 min",
        format!("{} s", small.world.as_secs()),
    );
    let large = day(config, program, folder, many).await?;
    let share = |day: &Day, orders: usize| {
        day.ours.as_secs_f64() * 1_000.0 / f64::from(u32::try_from(orders).unwrap_or(1))
    };
    figures.note(
        PART,
        format!("processor time an order: of 100 / of {many}"),
        format!(
            "{} / {} ms",
            number(share(&small, 100)),
            number(share(&large, many))
        ),
    );
    figures.at_most(
        PART,
        format!("an order of {many} against one of 100: linear"),
        share(&large, many) / share(&small, 100),
        1.5,
        "",
    );
    figures.at_most(
        PART,
        format!("most memory while {many} orders go through, with the program around it"),
        f64::from(u32::try_from(large.peak_mb).unwrap_or(u32::MAX)),
        400.0,
        " MB",
    );
    Ok(())
}

/// What one day cost.
struct Day {
    wall: Duration,
    ours: Duration,
    world: Span,
    peak_mb: u64,
}

async fn day(config: &Config, program: &Path, folder: &Path, orders: usize) -> anyhow::Result<Day> {
    let market = open_market(program, CARDS).await?;
    let world = market.look("world").await?;
    let text = |path: &str| {
        world
            .pointer(path)
            .and_then(Value::as_str)
            .with_context(|| format!("the world tells no {path}"))
    };
    let (uid, token) = (text("/shops/0/uid")?, text("/shops/0/token")?);
    let clock = PushedClock::at(now_of(&market).await?);
    let own = on_file(config, folder, &format!("day-{orders}"), Some(&market));
    let rooms = Rooms::open_at(own, Arc::new(clock.clone())).await?;
    fill(&rooms, &market, CARDS).await?;
    let shop = rooms.catalog.all_shops().await?.pop().context("the shop")?;
    let scope = Scope::system(shop.merchant.clone(), "bench");
    rooms.orders.connect(&scope, &shop.id, token).await?;
    let bench = Bench {
        market: &market,
        clock: &clock,
        keeper: DayKeeper::new(rooms.orders.clone(), "bench"),
        clerk: Clerk::new(rooms.orders.clone(), "bench").with_limit(Limit::per(NO_LIMIT, Span::from_secs(1))),
    };
    // A year of history is read before, so that only the day is measured.
    for _ in 0..60 {
        bench.clerk.turn(&CancellationToken::new()).await?;
        bench.push().await?;
    }
    for _ in 0..orders {
        market
            .tell(&format!("shops/{uid}/orders"), &json!({"way": "kaspi"}))
            .await?;
        // Buyers come one after another.
        bench.push().await?;
    }
    let done = bench.run(&rooms, &scope, &shop.id, orders).await;
    rooms.db.close().await;
    done
}

async fn now_of(market: &Market) -> anyhow::Result<Timestamp> {
    let clock = market.look("clock").await?;
    let now = clock
        .get("now")
        .and_then(Value::as_str)
        .context("the world's time")?;
    Ok(Timestamp::parse(now)?)
}

/// Those who work on the day, and the world's clock.
struct Bench<'a> {
    market: &'a Market,
    clock: &'a PushedClock,
    keeper: DayKeeper,
    clerk: Clerk,
}

impl Bench<'_> {
    async fn push(&self) -> anyhow::Result<()> {
        self.market
            .tell("clock", &json!({"step_ms": PUSH.as_millis()}))
            .await?;
        self.clock.push(PUSH);
        Ok(())
    }

    async fn run(&self, rooms: &Rooms, scope: &Scope, shop: &ShopId, orders: usize) -> anyhow::Result<Day> {
        let (before, start, began) = (machine::cpu(None)?, Instant::now(), self.clock.now());
        let run = rooms.orders.start_day(scope, shop).await?;
        loop {
            let worked = self.keeper.turn().await?;
            let report = self.clerk.turn(&CancellationToken::new()).await?;
            let seen = rooms.orders.days(scope, shop).await?;
            match seen.first().map(|run| run.state) {
                Some(DayState::Running) => {}
                Some(DayState::Done) => break,
                other => bail!("the day ended as {other:?}"),
            }
            if worked + report.sent + report.looked_at + report.waybills + report.read == 0 {
                self.push().await?;
            }
            if self.clock.now().since(began) > LONGEST {
                bail!("the day takes too long");
            }
        }
        let seen = rooms.orders.day(scope, shop, &run.id, 0).await?;
        let report = seen.run.report.unwrap_or_default();
        if usize::try_from(report.waybills)? < orders {
            bail!("{orders} orders were bought, {report:?} came through");
        }
        Ok(Day {
            wall: start.elapsed(),
            ours: machine::cpu(None)?.saturating_sub(before),
            world: self.clock.now().since(began),
            peak_mb: machine::memory(None)?.peak / 1_024,
        })
    }
}
