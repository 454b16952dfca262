//! How long offers stood first on each day, from the changes that were kept. On both engines.

use sauda_kernel::{CountedIds, Id, OfferId, PushedClock, Timestamp};
use sauda_pricing::service::Standings;
use sauda_stock::{Standing as _, day_of};
use sauda_store::sql;
use sauda_testkit::engines;

#[tokio::test]
async fn places_that_were_kept_become_shares_of_days() {
    for test in engines().await {
        let db = test.db().clone();
        let at = |text| Timestamp::parse(text).unwrap();
        let (clock, ids) = (
            PushedClock::at(at("2026-11-20T12:00:00+05:00")),
            CountedIds::default(),
        );
        let (offer, other): (OfferId, OfferId) = (Id::new(&clock, &ids), Id::new(&clock, &ids));
        for (city, when, place) in [
            // Before the days that are asked for: it stands until the next change.
            ("750000000", "2026-11-17T09:00:00+05:00", Some(1_i64)),
            ("750000000", "2026-11-20T12:00:00+05:00", Some(3)),
            ("750000000", "2026-11-21T00:00:00+05:00", None),
            ("710000000", "2026-11-20T00:00:00+05:00", Some(1)),
        ] {
            sql!(
                "INSERT INTO price_points (offer_id, city_id, at, place, sellers) VALUES ($1, $2, $3, $4, 5)"
            )
            .bind(&offer)
            .bind(city)
            .bind(at(when))
            .bind(place)
            .run(&db)
            .await
            .unwrap();
        }
        let first = day_of(at("2026-11-19T12:00:00+05:00"));
        let offers = [offer.clone(), other];
        let told = Standings(db).first(&offers, first, first + 3).await.unwrap();
        assert_eq!(told.len(), 1, "nobody looked at the other");
        // One city, then two of which one lost the place at noon, then one of which nothing is known.
        assert_eq!(told[&offer], [Some(1_000), Some(750), Some(1_000)]);
    }
}
