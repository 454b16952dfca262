//! What the bot stands on goes away: a full disk, a database that is gone, a Redis that is gone and comes back empty. Whenever it
//! happens, nothing is sent that was not recorded, nothing is sent twice, and the work is done when it is back.

use crate::world::*;
use sauda_cluster::Limit;
use sauda_kernel::{OfferId, Span, Tenge};
use sauda_market::MarketError;
use sauda_pricing::engine::Pusher;
use sauda_store::{Db, DbSettings, migrate, sql};
use sauda_testkit::{PrivatePostgres, PrivateRedis, sqlite, until};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio_util::sync::CancellationToken;

/// Offers whose checks need more room than is left in the pages that are there.
const OFFERS: usize = 12;
const BACK: Duration = Duration::from_secs(20);

/// One offer under limits whose rival stands a little lower.
async fn at_work(ground: impl Into<Ground>) -> (World, OfferId) {
    let world = World::new(ground, vec![own_offer("A", CARD, 39_000)], &[38_750]).await;
    let offer = world.keep("A", 34_500, 44_900, 10).await;
    (world, offer)
}

/// Lets the bot work until its wish is in the cabinet; with the reads that a crash or an outage left behind.
async fn finish(world: &World, offer: &OfferId) {
    for _ in 0..20 {
        world.check().await;
        world.push().await;
        if world.states(offer).await.first() == Some(&"in_cabinet") {
            break;
        }
        world.clock.push(Span::from_secs(30));
    }
    assert_eq!(world.states(offer).await[0], "in_cabinet");
    assert_eq!(world.asked(), [38_740], "sent once");
    assert_eq!(world.row(offer).await.price, Some(Tenge(38_740)));
}

async fn pushes(world: &World) -> bool {
    world.pusher.turn(&CancellationToken::new()).await.is_ok()
}

/// No page more than there are, and none of those is free.
async fn fill_disk(db: &Db) {
    sql!("PRAGMA max_page_count = 1").run(db).await.unwrap();
    for number in 0.. {
        let ballast = sql!("INSERT INTO knowledge (name, value, updated_at) VALUES ($1, $2, 0)")
            .bind(format!("ballast {number}"))
            .bind("x".repeat(4_000));
        if ballast.run(db).await.is_err() {
            return;
        }
    }
}

#[tokio::test]
async fn a_full_disk_stops_the_bot_until_there_is_room() {
    let card = |number: usize| format!("2000000{number:02}");
    let offers = (0..OFFERS).map(|number| own_offer(&format!("A{number:02}"), &card(number), 39_000));
    let world = World::new(sqlite().await, offers.collect(), &[]).await;
    for number in 0..OFFERS {
        world.market.rival(&card(number), "9000001", 38_750);
        world.keep(&format!("A{number:02}"), 34_500, 44_900, 10).await;
    }
    fill_disk(&world.ground.db).await;
    let (mut refused, stop) = (0, CancellationToken::new());
    let at_once = Limit::per(100, Span::from_secs(1));
    let pusher = Pusher::new(world.pricing.clone(), "test", at_once);
    for _ in 0..3 {
        world.pricing.check_shop_now(&world.shop).await.ok();
        refused += i32::from(world.checker.turn().await.is_err());
        world.pricing.take_back_watches().await.unwrap();
        pusher.turn(&stop).await.ok();
    }
    assert!(refused > 0, "what was found cannot be kept");
    assert_eq!(world.asked(), [0_i64; 0], "nothing is sent that is not recorded");
    sql!("PRAGMA max_page_count = 1073741823")
        .run(&world.ground.db)
        .await
        .unwrap();
    world.pricing.check_shop_now(&world.shop).await.unwrap();
    for _ in 0..4 {
        world.checker.turn().await.unwrap();
        world.clock.push(Span::from_secs(10));
        pusher.turn(&stop).await.unwrap();
    }
    assert_eq!(world.asked(), [38_740; OFFERS], "each was sent once");
}

/// A PostgreSQL of its own.
async fn postgres() -> Option<(Arc<PrivatePostgres>, Ground)> {
    let server = Arc::new(PrivatePostgres::start()?);
    let settings = DbSettings {
        wait: Duration::from_millis(300),
        ..DbSettings::default()
    };
    let db = Db::open_with(&server.url(), &settings).await.unwrap();
    migrate(&db).await.unwrap();
    let ground = Ground {
        db,
        redis: None,
        _held: Box::new(server.clone()),
    };
    Some((server, ground))
}

async fn back(server: &PrivatePostgres, world: &World) {
    server.restart().unwrap();
    until(async || world.ground.db.ping().await.is_ok(), BACK).await;
}

#[tokio::test]
async fn a_database_that_is_gone_stops_everything_and_nothing_is_lost() {
    let Some((server, ground)) = postgres().await else {
        return;
    };
    let (world, offer) = at_work(ground).await;
    server.stop().unwrap();
    assert!(world.checker.turn().await.is_err());
    assert!(!pushes(&world).await);
    back(&server, &world).await;
    assert_eq!(world.check().await.wishes, 1);

    server.stop().unwrap();
    assert!(!pushes(&world).await);
    assert_eq!(
        world.asked(),
        [0_i64; 0],
        "what cannot be recorded first is not sent"
    );
    back(&server, &world).await;
    finish(&world, &offer).await;
}

#[tokio::test]
async fn an_answer_that_could_not_be_recorded_is_read_back() {
    let Some((server, ground)) = postgres().await else {
        return;
    };
    let (world, offer) = at_work(ground).await;
    world.check().await;
    let gone = server.clone();
    world.market.shelf().meanwhile = Some(Box::pin(async move { gone.stop().unwrap() }));
    assert!(!pushes(&world).await);
    assert_eq!(world.asked(), [38_740], "it had left already");
    back(&server, &world).await;
    assert_eq!(
        world.states(&offer).await,
        ["sending"],
        "recorded before it was sent"
    );
    finish(&world, &offer).await;
}

/// A Redis of its own beside a database that stays.
async fn redis() -> Option<(Arc<Mutex<PrivateRedis>>, Ground)> {
    let server = PrivateRedis::start()?;
    let url = server.url();
    let server = Arc::new(Mutex::new(server));
    let test = sqlite().await;
    let ground = Ground {
        db: test.db().clone(),
        redis: Some(url),
        _held: Box::new((test, server.clone())),
    };
    Some((server, ground))
}

#[tokio::test]
async fn without_redis_nothing_is_read_or_sent_and_its_budgets_come_back() {
    let Some((server, ground)) = redis().await else {
        return;
    };
    let (world, offer) = at_work(ground).await;
    server.lock().unwrap().kill();
    assert!(world.checker.turn().await.is_err());
    assert_eq!(world.market.shelf().reads, 0, "no read without a permit");
    server.lock().unwrap().restart().unwrap();
    until(async || world.checker.turn().await.is_ok(), BACK).await;
    world.clock.push(Span::from_secs(10));
    assert_eq!(world.check().await.read, 1);

    server.lock().unwrap().kill();
    assert!(!pushes(&world).await);
    assert_eq!(world.asked(), [0_i64; 0], "no change without a permit");
    server.lock().unwrap().restart().unwrap();
    until(async || world.cluster.ping().await.is_ok(), BACK).await;

    // Lost in the middle of a call: the answer is in the database, the count of changes comes back from there.
    let gone = server.clone();
    world.market.shelf().meanwhile = Some(Box::pin(async move { gone.lock().unwrap().kill() }));
    assert!(!pushes(&world).await);
    server.lock().unwrap().restart().unwrap();
    until(async || world.cluster.ping().await.is_ok(), BACK).await;
    finish(&world, &offer).await;
    world.clock.push(Span::from_mins(10));
    world.market.publish();
    world.market.rival(CARD, "9000000", 38_500);
    world.check().await;
    world.push().await;
    assert_eq!(world.asked(), [38_740, 38_490]);
    let usage = world.cluster.usage().await.unwrap();
    let changes = usage.iter().find(|one| one.name == "price-changes").unwrap();
    assert_eq!(changes.windows[1].used, 2, "of 250 in half an hour");
}

#[tokio::test]
async fn a_stop_by_the_marketplace_outlives_redis_and_a_restart() {
    let Some((server, ground)) = redis().await else {
        return;
    };
    let (world, offer) = at_work(ground).await;
    world.market.shelf().answers.push_back(MarketError::Throttled {
        wait: Span::from_mins(30),
    });
    world.check().await;
    world.push().await;
    assert_eq!(world.asked(), [38_740]);
    server.lock().unwrap().restart().unwrap();
    let world = world.restarted().await;
    for _ in 0..5 {
        world.clock.push(Span::from_mins(4));
        world.check().await;
        world.push().await;
    }
    assert_eq!(world.asked(), [38_740], "twenty minutes are not half an hour");
    world.clock.push(Span::from_mins(11));
    world.check().await;
    world.push().await;
    assert_eq!(world.asked(), [38_740, 38_740], "the refused change goes on");
    assert_eq!(world.states(&offer).await, ["accepted"]);
}
