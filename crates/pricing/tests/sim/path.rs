//! A good day from the SMS code to the first place, while rivals move.

use crate::world::*;
use sauda_kernel::Span;
use sauda_pricing::{ChangeState, service::ShopMode};
use sauda_testkit::engines;

#[tokio::test]
async fn offers_take_and_hold_first_places_while_rivals_move() {
    for test in engines().await {
        let world = World::open(test, small(8)).await;
        let mut kept = world.keep_all(SHOP).await;
        assert!(kept.len() >= 5, "too few offers on sale: {}", kept.len());
        // Somebody dear stands on every card, too.
        for one in &kept {
            world.rival(&one.card, one.began + 500);
        }
        // One offer may not go down as far as its rival does.
        let began = kept[0].began;
        world.limit(&mut kept[0], began - 120, began * 2).await;
        world.switch(ShopMode::On).await;
        for round in 0_i64..4 {
            for (number, one) in kept.iter().enumerate() {
                let by = 100 + 37 * round + i64::try_from(number).unwrap();
                world.move_rival(one, one.began - by);
            }
            world.round().await;
            for one in &kept {
                let (price, place) = world.seen(one);
                assert!(
                    price >= one.min,
                    "{} stands at {price} under {}",
                    one.sku,
                    one.min
                );
                if one.min < one.began - 300 {
                    assert_eq!(place, 1, "round {round}: {} stands at {price}", one.sku);
                }
            }
            world.step(Span::from_mins(3));
        }
        let (price, place) = world.seen(&kept[0]);
        assert_eq!(
            (price, place),
            (kept[0].min, 2),
            "the limited offer waits at its floor"
        );
        for one in &kept {
            let states = world.states(one).await;
            assert!(
                !states.is_empty() && states.iter().all(|state| *state == ChangeState::OnStorefront),
                "{}: {states:?}",
                one.sku
            );
            for change in world.changes(one).await {
                let (decision, sent) = world
                    .pricing
                    .decision(&world.scope, change.decision.as_ref().unwrap())
                    .await
                    .unwrap();
                assert_eq!(
                    (decision.after, sent.map(|sent| sent.to)),
                    (Some(change.to), Some(change.to))
                );
                assert!(!decision.receipt.ladder.is_empty() && !decision.receipt.checks.is_empty());
                assert!(decision.receipt.floor.is_some_and(|floor| floor.get() >= one.min));
            }
        }
        world.assert_honest(&kept);
    }
}
