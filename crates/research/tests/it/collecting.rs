//! Categories read into snapshots: whole, under the budget, once, and what is told of them. On both engines.

use crate::room::Room;
use sauda_kernel::{Clock as _, Failure as _, Kind, Span, Tenge, Timestamp};
use sauda_market::{MarketError, Review};
use sauda_research::{
    ResearchError, ReviewFilter,
    interest::{AskInterest, InterestError},
    model::{NewSource, Settings, SourceState},
    sentiment::Tone,
};
use sauda_testkit::{engines, sqlite};
use std::sync::Arc;

fn cards(list: &[(&str, i64, i64)]) -> Vec<(String, i64, i64)> {
    list.iter()
        .map(|(card, price, reviews)| ((*card).to_owned(), *price, *reviews))
        .collect()
}

const FIRST: [(&str, i64, i64); 4] = [
    ("a", 1_000, 10),
    ("b", 2_000, 20),
    ("c", 3_000, 30),
    ("d", 4_000, 40),
];

#[tokio::test]
async fn a_category_is_read_page_by_page_with_its_sellers_and_compared() {
    for test in engines().await {
        let room = Room::open(test);
        room.window.shelf().cards = cards(&FIRST);
        room.window.shelf().sellers.insert(
            "a".to_owned(),
            vec![("7".to_owned(), 1_000), ("8".to_owned(), 1_100)],
        );
        room.stands_on("b").await;
        let wish = NewSource {
            sellers_of: 2,
            ..NewSource::category("Rims")
        };
        let id = room.research.put_source(&room.scope, &wish).await.unwrap();
        room.work().await;
        let look = room.research.look(&room.scope, &id).await.unwrap();
        assert_eq!(look.source.state, SourceState::Done);
        assert_eq!(
            look.rows
                .iter()
                .map(|row| (row.card.as_str(), row.place))
                .collect::<Vec<_>>(),
            [("a", 1), ("b", 2), ("c", 3), ("d", 4)]
        );
        assert_eq!(
            (look.snapshots.len(), look.change.is_none()),
            (1, true),
            "nothing to compare with"
        );
        assert_eq!(
            look.own
                .iter()
                .map(|(row, price)| (row.card.as_str(), *price))
                .collect::<Vec<_>>(),
            [("b", Some(Tenge(990)))]
        );
        assert_eq!(
            look.sellers
                .iter()
                .map(|one| (one.seller.as_str(), one.first))
                .collect::<Vec<_>>(),
            [("7", 1), ("8", 0)]
        );
        assert_eq!(
            room.window.shelf().reads,
            5,
            "two pages, two cards, the first reviews of the own one"
        );

        room.research
            .track(&room.scope, false, "a", "Диск", true)
            .await
            .unwrap();
        room.research
            .track(&room.scope, true, "9", "Nord", true)
            .await
            .unwrap();
        room.window.shelf().cards = cards(&[("a", 900, 14), ("b", 2_000, 20), ("e", 3_000, 0)]);
        room.window
            .shelf()
            .sellers
            .insert("a".to_owned(), vec![("9".to_owned(), 900)]);
        room.clock.push(Span::from_days(1));
        room.research.read_now(&room.scope, Some(&id)).await.unwrap();
        room.work().await;
        let look = room.research.look(&room.scope, &id).await.unwrap();
        let change = look.change.unwrap();
        assert_eq!(
            (change.fresh, change.gone, change.grown),
            (vec!["e".to_owned()], vec!["c".to_owned(), "d".to_owned()], 4)
        );
        assert_eq!(look.left, ["seller 7", "seller 8"]);
        let mut told = room.notices().await;
        told.sort();
        assert_eq!(told, ["market-price", "market-seller"]);
    }
}

#[tokio::test]
async fn a_refused_page_is_no_empty_shelf_and_a_block_waits() {
    for test in engines().await {
        let room = Room::open(test);
        room.window.shelf().cards = cards(&FIRST);
        room.window.shelf().failures.extend([
            MarketError::Timeout,
            MarketError::Timeout,
            MarketError::Timeout,
        ]);
        let wish = NewSource::category("Rims");
        let id = room.research.put_source(&room.scope, &wish).await.unwrap();
        room.work().await;
        let source = room.research.source(&room.scope, &id).await.unwrap();
        assert_eq!(
            (source.state, source.trouble.as_deref(), source.read_at),
            (SourceState::Failed, Some("timeout"), None)
        );
        assert!(
            room.research
                .snapshots(&room.scope, &id, 9)
                .await
                .unwrap()
                .is_empty()
        );

        room.window.shelf().failures.push_back(MarketError::Throttled {
            wait: Span::from_secs(20),
        });
        room.research.read_now(&room.scope, Some(&id)).await.unwrap();
        room.work().await;
        let source = room.research.source(&room.scope, &id).await.unwrap();
        assert_eq!(
            (source.state, source.trouble),
            (SourceState::Done, None),
            "it went on after the wait"
        );
    }
}

#[tokio::test]
async fn old_days_are_archived_whole_and_sums_stay() {
    for test in engines().await {
        let room = Room::open(test);
        room.window.shelf().cards = cards(&FIRST);
        let id = room
            .research
            .put_source(&room.scope, &NewSource::category("Rims"))
            .await
            .unwrap();
        room.work().await;
        let day = room.research.look(&room.scope, &id).await.unwrap().snapshots[0].at;
        assert_eq!(room.research.archive(&room.scope).await.unwrap(), 0, "too young");
        room.clock.push(Span::from_days(16));
        assert_eq!(room.research.archive(&room.scope).await.unwrap(), 1);
        assert_eq!(room.research.archive(&room.scope).await.unwrap(), 0);
        let text = room
            .research
            .archived(&room.scope, &id, day)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(text.lines().count(), 5);
        assert!(text.contains(",a,1,1000,4800,10"), "{text}");
        let look = room.research.look(&room.scope, &id).await.unwrap();
        assert_eq!((look.rows.len(), look.snapshots[0].cards), (0, 4));
    }
}

#[tokio::test]
async fn reviews_of_own_cards_are_kept_once_and_judged() {
    for test in engines().await {
        let room = Room::open(test);
        room.stands_on("b").await;
        let review = |id: &str, stars, text: &str| Review {
            id: id.to_owned(),
            author: "Асель".to_owned(),
            at: None,
            stars,
            plus: String::new(),
            minus: String::new(),
            text: text.to_owned(),
            merchant_uid: None,
        };
        room.window.shelf().reviews = vec![
            review("1", 5, "Өте керемет, ұнады"),
            review("2", 1, "Сломался сразу, не берите"),
        ];
        room.research
            .put_settings(&room.scope, &Settings::default())
            .await
            .unwrap();
        for _ in 0..2 {
            room.clock.push(Span::from_days(1));
            room.work().await;
        }
        let (reviews, counts) = room
            .research
            .reviews(&room.scope, &ReviewFilter::default(), 10)
            .await
            .unwrap();
        assert_eq!(reviews.len(), 2);
        assert_eq!(counts, [(Tone::Negative, 1), (Tone::Positive, 1)]);
        let (bad, _) = room
            .research
            .reviews(
                &room.scope,
                &ReviewFilter {
                    tone: Some(Tone::Negative),
                    ..ReviewFilter::default()
                },
                10,
            )
            .await
            .unwrap();
        assert_eq!((bad[0].id.as_str(), bad[0].stars), ("2", 1));
    }
}

#[tokio::test]
async fn what_cannot_be_is_refused_by_name_and_nothing_is_kept() {
    for test in engines().await {
        let room = Room::open(test);
        for (wish, field) in [
            (NewSource::category(" "), "word"),
            (
                NewSource {
                    pages: 51,
                    ..NewSource::category("Rims")
                },
                "pages",
            ),
            (
                NewSource {
                    city_id: "Almaty".to_owned(),
                    ..NewSource::category("Rims")
                },
                "city",
            ),
        ] {
            let refused = room.research.put_source(&room.scope, &wish).await.unwrap_err();
            assert_eq!(refused.kind(), Kind::Invalid);
            assert!(
                matches!(refused, ResearchError::Invalid { field: told, .. } if told == field),
                "{refused}"
            );
        }
        let wrong = Settings {
            times: vec![480, 1_500],
            ..Settings::default()
        };
        assert!(room.research.put_settings(&room.scope, &wrong).await.is_err());
        assert!(room.research.sources(&room.scope).await.unwrap().is_empty());
        assert_eq!(
            room.research.settings(&room.scope).await.unwrap(),
            Settings::default()
        );
        let uneven = Settings {
            times: vec![480, 870, 1_200],
            reviews: false,
            ..Settings::default()
        };
        room.research.put_settings(&room.scope, &uneven).await.unwrap();
        assert_eq!(room.research.settings(&room.scope).await.unwrap(), uneven);
    }
}

#[tokio::test]
async fn a_page_that_stays_broken_is_a_hole_and_nobody_is_gone() {
    for test in engines().await {
        let room = Room::open(test);
        let shelf: Vec<(String, i64, i64)> = (0..9).map(|at| (format!("card{at}"), 1_000 + at, 10)).collect();
        room.window.shelf().cards.clone_from(&shelf);
        let wish = NewSource {
            sellers_of: 0,
            ..NewSource::category("Rims")
        };
        let id = room.research.put_source(&room.scope, &wish).await.unwrap();
        room.work().await;
        // The second of three pages never comes.
        let bad = || MarketError::BadAnswer("not a listing".to_owned());
        let reads = room.window.shelf().reads;
        room.window
            .shelf()
            .failures_at
            .extend([(reads + 2, bad()), (reads + 3, bad()), (reads + 4, bad())]);
        room.clock.push(Span::from_hours(7));
        room.research.read_now(&room.scope, Some(&id)).await.unwrap();
        for _ in 0..3 {
            room.work().await;
        }
        let look = room.research.look(&room.scope, &id).await.unwrap();
        let newest = &look.snapshots[0];
        assert_eq!((look.snapshots.len(), newest.cards), (2, 6));
        assert_eq!((newest.is_whole, newest.gone), (false, None));
        assert_eq!(look.change.unwrap().gone, Vec::<String>::new());
        // After it nobody is told to be new either.
        room.clock.push(Span::from_hours(7));
        room.research.read_now(&room.scope, Some(&id)).await.unwrap();
        room.work().await;
        let look = room.research.look(&room.scope, &id).await.unwrap();
        let newest = &look.snapshots[0];
        assert_eq!(
            (newest.cards, newest.is_whole, newest.fresh, newest.gone),
            (9, true, None, Some(0))
        );
    }
}

/// Somebody outside who refuses the second question.
#[derive(Default)]
struct Outside(std::sync::Mutex<Vec<String>>);

#[async_trait::async_trait]
impl AskInterest for Outside {
    async fn interest(&self, query: &str) -> Result<Vec<(Timestamp, i64)>, InterestError> {
        let mut asked = self.0.lock().unwrap();
        asked.push(query.to_owned());
        if asked.len() == 2 {
            return Err(InterestError::Refused { status: 429 });
        }
        Ok((0..10)
            .map(|week| (Timestamp::from_secs(week * 604_800), week * 10))
            .collect())
    }
}

#[tokio::test]
async fn interest_is_asked_for_only_when_both_switches_are_on_and_never_after_a_refusal() {
    for test in engines().await {
        let outside = Arc::new(Outside::default());
        let room = Room::open_with(test, Some(outside.clone()));
        for query in ["куртка", "пуховик", "сандалии"] {
            room.research.ask_for(&room.scope, query, true).await.unwrap();
        }
        room.work().await;
        assert_eq!(
            *outside.0.lock().unwrap(),
            ["куртка", "пуховик"],
            "the refusal ended it"
        );
        let asks = room.research.asks(&room.scope).await.unwrap();
        assert_eq!(asks[1].trouble.as_deref(), Some("refused"));
        assert!(
            asks.iter()
                .all(|one| one.next_at.since(room.clock.now()) > Span::from_hours(5))
        );
        let trends = room.research.trends(&room.scope).await.unwrap();
        assert_eq!((trends.len(), trends[0].points.len()), (1, 10));
        room.clock.push(Span::from_hours(7));
        room.work().await;
        assert_eq!(
            outside.0.lock().unwrap().len(),
            4,
            "the two others, not the one that is fresh"
        );
        for query in ["куртка", "пуховик", "сандалии"] {
            room.research.ask_for(&room.scope, query, false).await.unwrap();
        }
        room.clock.push(Span::from_days(2));
        room.work().await;
        assert_eq!(
            outside.0.lock().unwrap().len(),
            4,
            "switched off with the last one"
        );
    }
}

#[tokio::test]
async fn nobody_is_asked_where_the_installation_does_not_allow_it() {
    let room = Room::open(sqlite().await);
    let refused = room
        .research
        .ask_for(&room.scope, "куртка", true)
        .await
        .unwrap_err();
    assert_eq!(refused.kind(), Kind::Invalid);
    assert!(room.research.asks(&room.scope).await.unwrap().is_empty());
}

#[tokio::test]
async fn who_starts_the_schedule_by_hand_has_everything_read_though_nothing_is_due() {
    for test in engines().await {
        let room = Room::open(test);
        room.window.shelf().cards = cards(&FIRST);
        room.research
            .put_settings(&room.scope, &Settings::default())
            .await
            .unwrap();
        let mut ids = Vec::new();
        for word in ["Rims", "Coats"] {
            let wish = NewSource::category(word);
            ids.push(room.research.put_source(&room.scope, &wish).await.unwrap());
        }
        room.work().await;
        let schedules = room.jobs.schedules(Some(room.scope.merchant())).await.unwrap();
        let market = schedules
            .iter()
            .find(|one| one.job == "research.collect")
            .unwrap();
        let reads = room.window.shelf().reads;
        room.jobs.run_schedule_now(&market.id).await.unwrap();
        room.work().await;
        assert_eq!(room.window.shelf().reads, 2 * reads, "each of them once more");
        for id in &ids {
            let look = room.research.look(&room.scope, id).await.unwrap();
            assert_eq!((look.snapshots.len(), look.source.state), (2, SourceState::Done));
        }
    }
}
