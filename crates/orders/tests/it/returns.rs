//! What buyers send back, read from the pretend cabinet, and what people say of it.

use crate::world::World;
use sauda_kernel::Span;
use sauda_market::RefundTab;
use sauda_orders::{
    OrdersError, ReturnFilter, ReturnPage,
    engine::ReturnsKeeper,
    model::{Condition, ReturnMark, ReturnView},
};
use sauda_sim::{Fault, FaultKind, Service, Way};
use sauda_store::sql;
use sauda_testkit::engines;

pub async fn page(world: &World, view: ReturnView) -> ReturnPage {
    let filter = ReturnFilter {
        view,
        limit: 100,
        ..ReturnFilter::default()
    };
    world
        .orders
        .returns(&world.scope, &world.shop, &filter)
        .await
        .unwrap()
}

fn sent_back(world: &World) -> String {
    let uid = &world.sim().world.shops[0].uid;
    let code = world
        .sim()
        .order(uid, None, Some(Way::Kaspi { express: false }))
        .unwrap();
    world.sim().send_back(&code, Some("Не подошёл размер")).unwrap();
    code
}

pub async fn read(world: &World) -> usize {
    let keeper = ReturnsKeeper::new(world.orders.clone(), "one");
    keeper.adopt().await.unwrap();
    world
        .orders
        .read_returns(&world.scope, &world.shop)
        .await
        .unwrap();
    // The budget of the cabinet is one of world time: it goes on meanwhile.
    let passes = async {
        let mut beat = tokio::time::interval(std::time::Duration::from_millis(1));
        loop {
            beat.tick().await;
            world.sim().step(Span::from_millis(250));
        }
    };
    tokio::select! {
        read = keeper.turn() => read.unwrap(),
        () = passes => 0,
    }
}

#[tokio::test]
async fn a_shop_with_a_cabinet_is_read_as_soon_as_somebody_looks() {
    for test in engines().await {
        let world = World::open(test).await;
        let reading = page(&world, ReturnView::All).await.reading;
        assert!(reading.is_some_and(|reading| reading.read_at.is_none() && reading.trouble.is_none()));
    }
}

#[tokio::test]
async fn a_return_goes_its_way() {
    for test in engines().await {
        let world = World::with_key(test).await;
        let code = world.order(Way::Kaspi { express: false }).await.seen.code;
        world.sim().send_back(&code, Some("Не подошёл размер")).unwrap();
        assert_eq!(read(&world).await, 1);

        let coming = page(&world, ReturnView::Coming).await;
        let [row] = coming.returns.as_slice() else {
            panic!("{:?}", coming.returns)
        };
        assert_eq!(
            (row.tab, row.order_code.as_str()),
            (RefundTab::New, code.as_str())
        );
        assert_eq!(row.document.reason.as_deref(), Some("Не подошёл размер"));
        assert_eq!(row.document.comment.as_deref(), Some("Прошу оформить возврат"));
        assert!(row.until_at.is_some_and(|until| until > row.first_at));
        assert!(page(&world, ReturnView::Todo).await.returns.is_empty());

        world.sim().step(Span::from_days(4));
        read(&world).await;
        let todo = page(&world, ReturnView::Todo).await;
        assert_eq!(todo.returns.len(), 1);
        assert_eq!(todo.returns[0].tab, RefundTab::WaitingDecision);
        assert!(world.told().await.contains(&"returns-waiting".to_owned()));

        let id = &todo.returns[0].id;
        let look = |condition| {
            world
                .orders
                .note_condition(&world.scope, &world.shop, id, condition)
        };
        let early = look(Condition::Worn).await;
        assert!(
            matches!(early, Err(OrdersError::ReturnNotNow { .. })),
            "nobody has the goods: {early:?}"
        );
        for mark in [ReturnMark::Collected, ReturnMark::Stocked] {
            world
                .orders
                .mark_return(&world.scope, &world.shop, id, mark)
                .await
                .unwrap();
        }
        for condition in [Condition::Worn, Condition::Opened, Condition::Opened] {
            look(condition).await.unwrap();
        }
        world.sim().step(Span::from_days(4));
        read(&world).await;
        let closed = page(&world, ReturnView::Closed).await;
        assert_eq!(
            closed.returns[0].mark,
            ReturnMark::Stocked,
            "the word of people stays"
        );
        assert_eq!(closed.returns[0].condition, Some(Condition::Opened));
        assert_eq!(closed.returns[0].until_at, None);
        assert!(!world.told().await.contains(&"returns-waiting".to_owned()));
        let words = world.history(&code).await;
        assert!(words.contains(&"return-stocked".to_owned()), "{words:?}");
        let looks = words.iter().filter(|word| *word == "return-goods").count();
        assert_eq!(looks, 2, "said again, nothing is told: {words:?}");
    }
}

#[tokio::test]
async fn what_makes_no_sense_is_refused() {
    for test in engines().await {
        let world = World::with_key(test).await;
        sent_back(&world);
        read(&world).await;
        let row = page(&world, ReturnView::All).await.returns.remove(0);
        let stocked = world
            .orders
            .mark_return(&world.scope, &world.shop, &row.id, ReturnMark::Stocked)
            .await;
        assert!(matches!(
            stocked,
            Err(OrdersError::ReturnNotNow {
                mark: ReturnMark::None
            })
        ));
        assert_eq!(
            page(&world, ReturnView::All).await.returns[0].mark,
            ReturnMark::None
        );
    }
}

/// Thirty open returns are three pages; a page that cannot be read loses nothing that is known.
#[tokio::test]
async fn many_returns_are_paged_and_an_ended_session_keeps_them() {
    for test in engines().await {
        let world = World::with_key(test).await;
        for _ in 0..30 {
            sent_back(&world);
        }
        read(&world).await;
        assert_eq!(page(&world, ReturnView::Coming).await.returns.len(), 30);
        let first = ReturnFilter {
            view: ReturnView::Coming,
            limit: 20,
            ..ReturnFilter::default()
        };
        let first = world
            .orders
            .returns(&world.scope, &world.shop, &first)
            .await
            .unwrap();
        let rest = ReturnFilter {
            view: ReturnView::Coming,
            limit: 20,
            after: first.next,
            ..ReturnFilter::default()
        };
        let rest = world
            .orders
            .returns(&world.scope, &world.shop, &rest)
            .await
            .unwrap();
        assert_eq!((first.returns.len(), rest.returns.len()), (20, 10));
        assert!(first.returns.iter().all(|row| !rest.returns.contains(row)));

        let fault = Fault::new(FaultKind::SessionEnded, Service::Cabinet);
        world.sim().add_fault(fault);
        world.sim().step(Span::from_hours(1));
        read(&world).await;
        let after = page(&world, ReturnView::Coming).await;
        assert_eq!(after.returns.len(), 30);
        assert!(after.reading.is_some_and(|reading| reading.trouble.is_some()));
    }
}

/// What was over long before the shop was connected says nothing of its last thirty days.
#[tokio::test]
async fn returns_of_long_ago_are_no_quality_of_today() {
    for test in engines().await {
        let world = World::with_key(test).await;
        let bad = "Брак или повреждение";
        let returned = async || {
            let all = world.orders.quality(&world.scope, &world.shop).await.unwrap();
            all.iter().find(|one| one.word == "returned").unwrap().count
        };
        let open = world.order(Way::Kaspi { express: false }).await.seen.code;
        let old = world.order(Way::Kaspi { express: false }).await.seen.code;
        // One that is known, and one from before all that is.
        world.sim().send_back(&old, Some(bad)).unwrap();
        let uid = &world.sim().world.shops[0].uid;
        let unknown = world.sim().order(uid, None, Some(Way::Pickup)).unwrap();
        world.sim().send_back(&unknown, Some(bad)).unwrap();
        world.sim().step(Span::from_days(12));
        world.sim().send_back(&open, Some(bad)).unwrap();
        let ended = |days| {
            sql!("UPDATE orders SET ended_at = $2 WHERE code = $1")
                .bind(&old)
                .bind(world.sim().now().minus(Span::from_days(days)))
        };
        ended(40).run(world.db()).await.unwrap();
        read(&world).await;
        assert_eq!(page(&world, ReturnView::Closed).await.returns.len(), 2);
        assert_eq!(returned().await, 1, "the one that is open");
        ended(20).run(world.db()).await.unwrap();
        assert_eq!(returned().await, 2, "and the one that ended in these days");
    }
}
