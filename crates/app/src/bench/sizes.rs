//! Ten thousand orders that are advised a size, as a run of the day whose other steps are skipped. Refuses to measure how good the advice is.

use super::{
    checks::{NO_LIMIT, fill},
    figures::Figures,
    machine, on_file, open_market,
    store::{self, BUYERS},
};
use crate::{config::Config, rooms::Rooms};
use anyhow::{Context as _, bail};
use sauda_accounts::Scope;
use sauda_catalog::import::products::ProductFacts;
use sauda_cluster::Limit;
use sauda_kernel::{Clock as _, PushedClock, ShopId, Span, Timestamp};
use sauda_orders::{
    engine::{Clerk, DayKeeper},
    model::{DaySettings, DayState, DayStep},
};
use serde_json::{Value, json};
use std::{path::Path, sync::Arc, time::Instant};
use tokio_util::sync::CancellationToken;

const PART: &str = "sizes";
/// Cards and offers of the small world that the first order is bought in.
const CARDS: usize = 50;
/// Turns in which the first order is read.
const TURNS: usize = 60;

/// Advises `many` orders of some hundred buyers.
pub async fn measure(
    config: &Config,
    program: &Path,
    folder: &Path,
    many: usize,
    figures: &mut Figures,
) -> anyhow::Result<()> {
    let market = open_market(program, CARDS).await?;
    let world = market.look("world").await?;
    let text = |path: &str| {
        world
            .pointer(path)
            .and_then(Value::as_str)
            .with_context(|| format!("the world tells no {path}"))
    };
    let (uid, token) = (text("/shops/0/uid")?, text("/shops/0/token")?);
    let told = market.look("clock").await?;
    let now = told
        .get("now")
        .and_then(Value::as_str)
        .context("the world's time")?;
    let clock = PushedClock::at(Timestamp::parse(now)?);
    let own = on_file(config, folder, PART, Some(&market));
    let rooms = Rooms::open_at(own, Arc::new(clock.clone())).await?;
    fill(&rooms, &market, CARDS).await?;
    let shop = rooms.catalog.all_shops().await?.pop().context("the shop")?;
    let scope = Scope::system(shop.merchant.clone(), "bench");
    rooms.orders.connect(&scope, &shop.id, token).await?;
    market
        .tell(&format!("shops/{uid}/orders"), &json!({"way": "kaspi"}))
        .await?;
    // The clock is pushed here alone: nobody may wait on it for a limit.
    let clerk =
        Clerk::new(rooms.orders.clone(), "bench").with_limit(Limit::per(NO_LIMIT, Span::from_secs(1)));
    for _ in 0..TURNS {
        clerk.turn(&CancellationToken::new()).await?;
        market.tell("clock", &json!({"step_ms": 1_000})).await?;
        clock.push(Span::from_secs(1));
    }
    dress(&rooms, &scope, &shop.id, many, clock.now()).await?;
    let skips = DayStep::ALL.into_iter().filter(|step| {
        !matches!(
            step,
            DayStep::Check | DayStep::Sizes | DayStep::Stock | DayStep::Report
        )
    });
    let settings = DaySettings {
        skips: skips.collect(),
        ..DaySettings::default()
    };
    rooms.orders.put_day_settings(&scope, &shop.id, &settings).await?;
    let keeper = DayKeeper::new(rooms.orders.clone(), "bench");
    let (first, advised) = run(&rooms, &keeper, &scope, &shop.id, many).await?;
    let (again, _) = run(&rooms, &keeper, &scope, &shop.id, many).await?;
    figures.at_most(
        PART,
        format!("{many} orders looked at, {advised} of them advised, with the run of the day around it: our processor time"),
        first,
        2.0,
        " s",
    );
    figures.at_most(PART, "the same again, with nothing new to say", again, 2.0, " s");
    rooms.db.close().await;
    Ok(())
}

/// The first order becomes one of a dress in M, many others follow it, and some hundred buyers say their measures.
async fn dress(
    rooms: &Rooms,
    scope: &Scope,
    shop: &ShopId,
    many: usize,
    now: Timestamp,
) -> anyhow::Result<()> {
    let (code, sku) = store::an_order(&rooms.db, shop)
        .await?
        .context("the order was not read")?;
    for (sku, size) in [
        (sku.as_str(), "M"),
        ("bench-s", "S"),
        ("bench-l", "L"),
        ("bench-xl", "XL"),
    ] {
        let word = |text: &str| Some(text.to_owned());
        let facts = ProductFacts {
            sku: sku.to_owned(),
            title: word("Dress"),
            brand: word("Bench"),
            model: word("B-1"),
            category: word("Dresses"),
            gender: word("female"),
            size: word(size),
            ..ProductFacts::default()
        };
        rooms.products.create(scope, facts).await?;
    }
    store::copy_order(&rooms.db, &*rooms.clock, &*rooms.ids, (shop, &code), many, now).await?;
    for buyer in 0..BUYERS {
        let body = json!({"height_cm": 150 + buyer % 35, "weight_kg": 45 + buyer % 50});
        let body = body.as_object().cloned().unwrap_or_default();
        rooms
            .orders
            .put_measures(scope, shop, &store::copy_code(buyer), body)
            .await?;
    }
    Ok(())
}

/// Our processor time of one run, seconds, and how many orders got a size.
async fn run(
    rooms: &Rooms,
    keeper: &DayKeeper,
    scope: &Scope,
    shop: &ShopId,
    many: usize,
) -> anyhow::Result<(f64, i64)> {
    let (before, began) = (machine::cpu(None)?, Instant::now());
    let run = rooms.orders.start_day(scope, shop).await?;
    let advised = loop {
        keeper.turn().await?;
        let seen = rooms.orders.day(scope, shop, &run.id, 0).await?;
        match seen.run.state {
            DayState::Running if began.elapsed().as_secs() < 120 => {}
            DayState::Done => {
                let report = seen.run.report.unwrap_or_default();
                let advised = report.advised;
                // Some buyers are so tall and light that no table knows them: they are looked at too.
                if usize::try_from(advised)? * 2 < many {
                    bail!("of {many} orders {advised} were advised");
                }
                break advised;
            }
            other => bail!("the run of the sizes ended as {other:?}"),
        }
    };
    Ok((machine::cpu(None)?.saturating_sub(before).as_secs_f64(), advised))
}
