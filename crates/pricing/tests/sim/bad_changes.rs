//! Price changes that go wrong: lost, late, unclear, refused by an ended session. Nothing is sent twice blindly, nothing is forgotten.

use crate::world::*;
use sauda_catalog::AccessState;
use sauda_kernel::Span;
use sauda_pricing::{ChangeState, service::ShopMode};
use sauda_sim::{Fault, FaultKind, Service, SettingsPatch};
use sauda_testkit::{TestDb, engines, sqlite};
use std::sync::atomic::Ordering;

/// A world with a wish for the first offer only.
async fn wished(test: TestDb) -> (World, Kept) {
    let world = World::open(test, small(4)).await;
    let mut one = world.offers(SHOP).await.remove(0);
    one.rival = world.rival(&one.card, one.began - 100);
    let began = one.began;
    world.limit(&mut one, began / 2, began * 2).await;
    world.sim().change_settings(&SettingsPatch {
        job_delay_ms: Some((5_000, 5_000)),
        ..SettingsPatch::default()
    });
    world.switch(ShopMode::On).await;
    world.check().await;
    assert_eq!(world.states(&one).await, [ChangeState::Desired]);
    (world, one)
}

/// Looks back for so long without checking the storefront.
async fn wait(world: &World, span: Span) {
    let end = world.now().plus(span);
    while world.now() < end {
        world.turn().await;
        world.step(Span::from_secs(10));
    }
}

#[tokio::test]
async fn a_lost_job_is_noticed_told_and_asked_for_anew() {
    let (world, one) = wished(sqlite().await).await;
    world
        .sim()
        .add_fault(Fault::times(FaultKind::LostJob, Service::Pricefeed, 1));
    wait(&world, Span::from_mins(5)).await;
    assert_eq!(world.states(&one).await, [ChangeState::Lost]);
    assert!(world.told().await.contains(&"change-lost".to_owned()));
    assert_eq!(
        world.tried()[&one.sku],
        1,
        "a lost change is not repeated blindly"
    );
    world.round().await;
    assert_eq!(
        world.states(&one).await,
        [ChangeState::OnStorefront, ChangeState::Lost]
    );
    assert_eq!(world.seen(&one), (one.began - 101, 1));
    assert_eq!(world.tried()[&one.sku], 2);
}

#[tokio::test]
async fn a_late_job_is_waited_for_and_asked_for_once() {
    let (world, one) = wished(sqlite().await).await;
    world.sim().add_fault(Fault {
        delay_ms: 100_000,
        ..Fault::times(FaultKind::LateJob, Service::Pricefeed, 1)
    });
    world.turn().await;
    for _ in 0..6 {
        world.check().await;
        world.turn().await;
        world.step(Span::from_secs(10));
    }
    assert_eq!(
        world.states(&one).await,
        [ChangeState::Accepted],
        "still on its way, and nothing more is wished"
    );
    world.round().await;
    assert_eq!(world.states(&one).await, [ChangeState::OnStorefront]);
    assert_eq!((world.tried()[&one.sku], world.seen(&one).1), (1, 1));
    world.assert_honest(&[one]);
}

#[tokio::test]
async fn an_answer_lost_after_its_effect_is_never_sent_twice() {
    for kind in [
        FaultKind::ServerError,
        FaultKind::CutBody,
        FaultKind::WrongContentType,
        FaultKind::Html200,
    ] {
        let (world, one) = wished(sqlite().await).await;
        world.sim().add_fault(Fault {
            after_effect: true,
            ..Fault::times(kind, Service::Pricefeed, 1)
        });
        world.turn().await;
        assert_eq!(world.states(&one).await, [ChangeState::Unclear], "{kind:?}");
        world.drain(Span::from_mins(5)).await;
        world.check().await;
        assert_eq!(world.states(&one).await, [ChangeState::OnStorefront], "{kind:?}");
        assert_eq!(world.tried()[&one.sku], 1, "{kind:?}");
        world.assert_honest(&[one]);
    }
}

#[tokio::test]
async fn an_answer_lost_without_effect_is_found_out_and_asked_for_anew() {
    let (world, one) = wished(sqlite().await).await;
    world
        .sim()
        .add_fault(Fault::times(FaultKind::ServerError, Service::Pricefeed, 1));
    world.turn().await;
    wait(&world, Span::from_mins(5)).await;
    assert_eq!(world.tried()[&one.sku], 1);
    world.round().await;
    assert_eq!(world.seen(&one).1, 1);
    assert_eq!(world.tried()[&one.sku], 2);
    world.assert_honest(&[one]);
}

#[tokio::test]
async fn an_ended_session_is_told_renewed_by_a_new_code_and_nothing_is_lost() {
    for test in engines().await {
        let world = World::open(test, small(8)).await;
        let kept = world.keep_all(SHOP).await;
        world.switch(ShopMode::On).await;
        world.check().await;
        world.line.session_ends_at.store(3, Ordering::Relaxed);
        for _ in 0..6 {
            world.turn().await;
            world.step(Span::from_secs(10));
        }
        assert!(world.told().await.contains(&"session-ended".to_owned()));
        assert_eq!(
            world
                .catalog
                .access(&world.scope, &world.access)
                .await
                .unwrap()
                .state,
            AccessState::SessionEnded
        );
        let (waiting, _) = world.open_changes().await;
        assert!(
            waiting >= i64::try_from(kept.len()).unwrap() - 2,
            "{waiting} wait"
        );
        let tried = world.line.changes.lock().unwrap().len();
        assert_eq!(tried, 3);
        for _ in 0..5 {
            world.turn().await;
            world.step(Span::from_mins(1));
        }
        assert_eq!(
            world.line.changes.lock().unwrap().len(),
            tried,
            "nothing is sent without a session"
        );
        // The person asks for a new code and enters it.
        let asked = world.catalog.renew(&world.scope, &world.access).await.unwrap();
        assert!(asked.access.code_sent_to().is_some());
        let code = world.sim().last_code(CODE_TO).unwrap();
        let done = world
            .catalog
            .enter_code(&world.scope, &world.access, &code)
            .await
            .unwrap();
        assert_eq!((done.access.state, done.shops.len()), (AccessState::Connected, 1));
        assert!(!world.told().await.contains(&"session-ended".to_owned()));
        world.idle().await;
        world.round().await;
        for one in &kept {
            assert_eq!(world.seen(one).1, 1, "{}", one.sku);
            assert_eq!(world.states(one).await[0], ChangeState::OnStorefront);
        }
        world.assert_honest(&kept);
    }
}

#[tokio::test]
async fn a_session_that_ends_between_sending_and_looking_forgets_nothing() {
    let (world, one) = wished(sqlite().await).await;
    world.turn().await;
    assert_eq!(world.states(&one).await, [ChangeState::Accepted]);
    world.sim().end_sessions(None).unwrap();
    wait(&world, Span::from_mins(10)).await;
    assert!(world.told().await.contains(&"session-ended".to_owned()));
    assert_eq!(
        world.states(&one).await,
        [ChangeState::Accepted],
        "nobody could look: neither done nor lost"
    );
    world.catalog.renew(&world.scope, &world.access).await.unwrap();
    let code = world.sim().last_code(CODE_TO).unwrap();
    world
        .catalog
        .enter_code(&world.scope, &world.access, &code)
        .await
        .unwrap();
    world.idle().await;
    world.round().await;
    assert_eq!(world.states(&one).await, [ChangeState::OnStorefront]);
    assert_eq!(world.tried()[&one.sku], 1);
    world.assert_honest(&[one]);
}
