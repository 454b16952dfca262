//! One card of the market that somebody asks about: read once a day, within the budget, and every way in which it fails has its name.

use crate::room::Room;
use sauda_kernel::{Clock as _, Span, Tenge};
use sauda_market::MarketError;
use sauda_research::CardLook;
use sauda_testkit::engines;

const CITY: &str = "750000000";

#[tokio::test]
async fn a_card_is_asked_for_once_a_day_and_for_each_city() {
    for test in engines().await {
        let room = Room::open(test);
        room.window.shelf().cards = vec![("105341256".to_owned(), 18_600, 4)];
        let look = async |city: &str| {
            let look = room.research.look_at(&room.scope, "105341256", city).await;
            match look.unwrap() {
                CardLook::Seen(seen) => seen,
                other => panic!("{other:?}"),
            }
        };
        let seen = look(CITY).await;
        assert_eq!(
            (seen.title.as_str(), seen.price, seen.path.as_slice()),
            (
                "card 105341256",
                Some(Tenge(18_600)),
                ["Автотовары".to_owned(), "Диски".to_owned()].as_slice()
            )
        );
        room.window.shelf().cards = vec![("105341256".to_owned(), 15_000, 4)];
        room.clock.push(Span::from_hours(23));
        assert_eq!((look(CITY).await, room.window.shelf().reads), (seen, 1));
        assert_eq!(look("710000000").await.price, Some(Tenge(15_000)));
        room.clock.push(Span::from_hours(1));
        assert_eq!(look(CITY).await.price, Some(Tenge(15_000)));
        assert_eq!(room.window.shelf().reads, 3);
        // What is long ago is not kept.
        room.clock.push(Span::from_days(31));
        room.research.archive(&room.scope).await.unwrap();
        let left = sauda_store::sql!("SELECT COUNT(*) AS n FROM research_looks")
            .one(&room.db)
            .await
            .unwrap();
        assert_eq!(left.get::<i64>("n").unwrap(), 0);
    }
}

#[tokio::test]
async fn no_card_no_answer_and_no_permit_are_told_apart_and_nothing_of_them_is_kept() {
    for test in engines().await {
        let room = Room::open(test);
        let look = async || {
            room.research
                .look_at(&room.scope, "105341256", CITY)
                .await
                .unwrap()
        };
        assert_eq!(look().await, CardLook::NoCard);
        room.window.shelf().cards = vec![("105341256".to_owned(), 18_600, 4)];
        let blocked = MarketError::Blocked {
            status: 403,
            what: "a page instead of data".to_owned(),
        };
        let failures = [
            MarketError::Timeout,
            MarketError::BadAnswer("HTML".to_owned()),
            blocked,
        ];
        room.window.shelf().failures.extend(failures);
        assert_eq!(look().await, CardLook::Unanswered);
        assert_eq!(look().await, CardLook::Unanswered);
        let until = room.clock.now().plus(Span::from_secs(15));
        assert_eq!(look().await, CardLook::Later(until));
        // While the marketplace wants to be left alone it is not asked.
        let reads = room.window.shelf().reads;
        assert!(matches!(look().await, CardLook::Later(_)));
        assert_eq!(room.window.shelf().reads, reads);
        room.clock.push(Span::from_secs(16));
        assert!(matches!(look().await, CardLook::Seen(_)));
    }
}
