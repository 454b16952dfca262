//! What was sold in a span: orders that ended in it, and none around it.

use crate::world::World;
use sauda_kernel::{Money, Span};
use sauda_sim::Way;
use sauda_store::sql;
use sauda_testkit::engines;

#[tokio::test]
async fn an_order_is_sold_in_the_span_in_which_it_ended_and_what_came_back_is_not_received() {
    for test in engines().await {
        let world = World::with_key(test).await;
        let kept = world.order(Way::Kaspi { express: false }).await;
        let back = world.order(Way::Kaspi { express: false }).await;
        for (order, stage) in [(&kept, "done"), (&back, "returned")] {
            sql!("UPDATE orders SET stage = $2 WHERE code = $1")
                .bind(&order.seen.code)
                .bind(stage)
                .run(world.db())
                .await
                .unwrap();
        }
        let (from, until) = (
            kept.stage_since.min(back.stage_since),
            kept.stage_since.max(back.stage_since).plus(Span::from_micros(1)),
        );
        let sold = |from, until| world.orders.sold(&world.scope, &world.shop, from, until);
        let lines = sold(from, until).await.unwrap();
        let mut told: Vec<(&str, bool)> = lines
            .iter()
            .map(|line| (line.code.as_str(), line.is_returned))
            .collect();
        told.dedup();
        let mut wanted = vec![(kept.seen.code.as_str(), false), (back.seen.code.as_str(), true)];
        told.sort_unstable();
        wanted.sort_unstable();
        assert_eq!(told, wanted);
        assert!(lines.iter().all(|line| line.at >= from && line.at < until));
        // The moment itself begins a span, and does not end one.
        assert!(
            sold(from.minus(Span::from_days(30)), from)
                .await
                .unwrap()
                .is_empty()
        );
        assert!(
            sold(until, until.plus(Span::from_days(30)))
                .await
                .unwrap()
                .is_empty()
        );
        let received = world
            .orders
            .received(&world.scope, &world.shop, from, until)
            .await
            .unwrap();
        let all: i64 = received.iter().map(|(_, sum): &(_, Money)| sum.tiyn()).sum();
        assert_eq!((received.len(), all), (1, kept.seen.total.tiyn()));
    }
}
