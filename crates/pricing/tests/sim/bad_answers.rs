//! Storefront answers that cannot be trusted: blocked, empty, cut, doubled. They decide nothing, and good ones after them go on.

use crate::world::*;
use sauda_kernel::Span;
use sauda_pricing::service::ShopMode;
use sauda_sim::{Fault, FaultKind, Service};
use sauda_testkit::sqlite;

#[tokio::test]
async fn a_blocked_address_decides_nothing_and_recovers() {
    for kind in [
        FaultKind::Block403,
        FaultKind::Html200,
        FaultKind::WrongContentType,
        FaultKind::CutBody,
        FaultKind::ServerError,
    ] {
        let world = World::open(sqlite().await, small(4)).await;
        let kept = world.keep_all(SHOP).await;
        world.switch(ShopMode::On).await;
        world.sim().add_fault(Fault::new(kind, Service::Storefront));
        let report = world.check().await;
        assert!(
            report.failed > 0 && report.failed == report.read,
            "{kind:?}: {report:?}"
        );
        assert_eq!(
            (report.wishes, world.open_changes().await),
            (0, (0, 0)),
            "{kind:?}"
        );
        let reads = world.line.reads.load(std::sync::atomic::Ordering::Relaxed);
        assert!(reads <= 64, "{kind:?}: {reads} reads of a door that is shut");
        world.sim().clear_faults();
        world.step(Span::from_mins(3));
        world.round().await;
        for one in &kept {
            assert_eq!(world.seen(one).1, 1, "{kind:?}: {}", one.sku);
        }
        world.assert_honest(&kept);
    }
}

#[tokio::test]
async fn empty_and_cut_lists_are_not_a_market_without_rivals() {
    for kind in [FaultKind::EmptyOffers, FaultKind::PartialPage] {
        let world = World::open(sqlite().await, small(4)).await;
        let kept = world.keep_all(SHOP).await;
        world.switch(ShopMode::On).await;
        world.round().await;
        let before: Vec<(i64, u32)> = kept.iter().map(|one| world.seen(one)).collect();
        let tried = world.line.changes.lock().unwrap().len();
        world.sim().add_fault(Fault::new(kind, Service::Offers));
        for _ in 0..4 {
            world.step(Span::from_mins(5));
            assert_eq!(world.check().await.wishes, 0, "{kind:?}");
            world.turn().await;
        }
        assert_eq!(world.line.changes.lock().unwrap().len(), tried, "{kind:?}");
        assert_eq!(
            kept.iter().map(|one| world.seen(one)).collect::<Vec<_>>(),
            before,
            "{kind:?}"
        );
        // Rivals moved meanwhile: the first good answer is acted on.
        world.sim().clear_faults();
        for one in &kept {
            world.move_rival(one, one.began - 300);
        }
        world.step(Span::from_mins(5));
        world.round().await;
        for one in &kept {
            assert_eq!(world.seen(one), (one.began - 301, 1), "{kind:?}: {}", one.sku);
        }
        world.assert_honest(&kept);
    }
}

#[tokio::test]
async fn rows_that_come_twice_and_totals_that_lie_never_lead_under_the_floor() {
    for kind in [FaultKind::DuplicateRows, FaultKind::TotalLies] {
        let world = World::open(sqlite().await, small(4)).await;
        let mut kept = world.keep_all(SHOP).await;
        for one in &mut kept {
            let began = one.began;
            world.limit(one, began - 150, began * 2).await;
            world.move_rival(one, began - 400);
        }
        world.switch(ShopMode::On).await;
        world.sim().add_fault(Fault::new(kind, Service::Offers));
        for _ in 0..3 {
            world.round().await;
            world.step(Span::from_mins(5));
        }
        for one in &kept {
            assert!(world.seen(one).0 >= one.min, "{kind:?}: {}", one.sku);
        }
        world.sim().clear_faults();
        world.round().await;
        for one in &kept {
            assert_eq!(
                world.seen(one).0,
                one.min,
                "{kind:?}: {} waits at its floor",
                one.sku
            );
        }
        world.assert_honest(&kept);
    }
}

#[tokio::test]
async fn a_broken_cabinet_list_takes_no_offer_off_the_board() {
    let world = World::open(sqlite().await, small(6)).await;
    let kept = world.keep_all(SHOP).await;
    let shop = world.shop_id(SHOP).await;
    let count = world.catalog.offer_count(&shop).await.unwrap();
    for kind in [
        FaultKind::Html200,
        FaultKind::CutBody,
        FaultKind::ServerError,
        FaultKind::Block403,
    ] {
        world.sim().add_fault(Fault::times(kind, Service::Cabinet, 1));
        world.catalog.request_sync(&world.scope, &shop).await.unwrap();
        world.idle().await;
        world.sim().clear_faults();
        assert_eq!(world.catalog.offer_count(&shop).await.unwrap(), count, "{kind:?}");
        // The job comes back by itself and ends well.
        world.step(Span::from_mins(30));
        world.idle().await;
        assert_eq!(
            world.catalog.shop(&world.scope, &shop).await.unwrap().sync_error,
            None,
            "{kind:?}"
        );
        assert_eq!(world.catalog.offer_count(&shop).await.unwrap(), count, "{kind:?}");
    }
    assert!(!kept.is_empty());
}
