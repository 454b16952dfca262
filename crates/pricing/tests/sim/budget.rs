//! Five hundred wishes at once under the marketplace's limits, with a ban in the middle; two pushers beside each other.

use crate::world::*;
use sauda_kernel::Span;
use sauda_pricing::{
    engine::{PUSH_LIMIT, Pusher, storefront_limit},
    service::ShopMode,
};
use sauda_sim::{Options, SettingsPatch};
use sauda_testkit::sqlite;
use std::sync::atomic::Ordering;

/// One shop whose storefront may be read without limit, so that everything is wished at once.
fn large(offers: u32) -> Options {
    Options {
        no_read_limit: true,
        ..small(offers)
    }
}

async fn crowd(offers: u32) -> World {
    let world = World::open_with(sqlite().await, large(offers), |mut checks| {
        checks.limit = storefront_limit(5_000);
        checks
    })
    .await;
    // Changes take effect before they are looked at: this is about sending them.
    world.sim().change_settings(&SettingsPatch {
        job_delay_ms: Some((5_000, 5_000)),
        ..SettingsPatch::default()
    });
    world
}

#[tokio::test]
async fn five_hundred_wishes_keep_to_the_limits_and_outlive_a_ban() {
    let world = crowd(600).await;
    let mut kept = world.offers(SHOP).await;
    assert!(kept.len() >= 500, "{} offers on sale", kept.len());
    kept.truncate(500);
    for one in &mut kept {
        one.rival = world.rival(&one.card, one.began - 100);
        world.limit(one, one.began / 2, one.began * 2).await;
    }
    world.switch(ShopMode::On).await;
    world.check().await;
    let wished = world.open_changes().await.0;
    assert!(wished >= 500, "{wished}");
    let began = world.now();
    while world.line.changes.lock().unwrap().len() < 120 {
        world.turn().await;
    }
    // Somebody else's program gets the shop banned.
    world.sim().ban_shop(SHOP, Some(Span::from_mins(30))).unwrap();
    let refused = world.sim().change_limit.sums(0).refused;
    for _ in 0..10 {
        world.turn().await;
        world.step(Span::from_mins(2));
    }
    assert_eq!(
        world.sim().change_limit.sums(0).refused,
        refused + 1,
        "a ban is met once, then waited out"
    );
    assert!(world.told().await.contains(&"price-changes-stopped".to_owned()));
    let (waiting, flying) = world.open_changes().await;
    assert!(waiting > 0, "the queue is kept");
    assert_eq!(flying, 0, "what was accepted is read back while the ban lasts");
    while world.open_changes().await != (0, 0) {
        world.turn().await;
        world.step(Span::from_secs(20));
        assert!(
            world.now().since(began) < Span::from_hours(3),
            "{:?}",
            world.open_changes().await
        );
    }
    assert!(!world.told().await.contains(&"price-changes-stopped".to_owned()));
    // Rivals stand still: one change an offer took it under them, and nothing was lost.
    for one in &kept {
        assert_eq!(
            world.seen(one).1,
            1,
            "{} stands at {:?}",
            one.sku,
            world.seen(one)
        );
    }
    assert!(
        world.now().since(began) < Span::from_mins(120),
        "drained in {:?}",
        world.now().since(began)
    );
    world.assert_honest(&kept);
}

#[tokio::test]
async fn two_pushers_never_exceed_what_one_may() {
    let world = World::open(sqlite().await, small(5)).await;
    let kept = world.keep_all(SHOP).await;
    world.switch(ShopMode::On).await;
    world.check().await;
    // Calls take no time: only the limit keeps them apart.
    world.line.change_takes_ms.store(0, Ordering::Relaxed);
    let other = Pusher::new(world.pricing.clone(), "other", PUSH_LIMIT);
    let stop = tokio_util::sync::CancellationToken::new();
    let pushing = async {
        for _ in 0..40 {
            let (one, two) = tokio::join!(world.pusher.turn(&stop), other.turn(&stop));
            one.unwrap();
            two.unwrap();
            if world.open_changes().await.0 == 0 {
                break;
            }
        }
    };
    // World time goes on by itself, a tenth of a second each hundredth.
    let time = async {
        loop {
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
            world.step(Span::from_millis(100));
        }
    };
    tokio::select! {
        () = pushing => {}
        () = time => {}
    }
    assert_eq!(world.open_changes().await.0, 0);
    assert!(
        world.tried().values().all(|times| *times == 1),
        "{:?}",
        world.tried()
    );
    world.assert_honest(&kept);
}
