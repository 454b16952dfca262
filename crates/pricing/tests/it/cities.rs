//! A price fixed in one city stands there, is let go again, and never stands under the floor.

use crate::world::*;
use sauda_kernel::{Failure, Kind, Tenge};
use sauda_pricing::PricingError;
use sauda_testkit::engines;

async fn fix(
    world: &World,
    offer: &sauda_kernel::OfferId,
    city: &str,
    price: Option<i64>,
) -> Result<(), PricingError> {
    world
        .pricing
        .fix_city_price(&world.scope, offer, city, price.map(Tenge))
        .await
}

#[tokio::test]
async fn a_price_fixed_in_a_city_is_held_there_above_the_floor_and_let_go() {
    for test in engines().await {
        let world = World::new(test, vec![own_offer("A", CARD, 39_000)], &[38_750]).await;
        let price = 39_000;
        let offer = world.keep("A", price - 100, price + 500, 1).await;
        let low = fix(&world, &offer, CITY, Some(price - 101)).await.unwrap_err();
        assert_eq!(low.public()[0].code, "price-below-floor");
        let nowhere = fix(&world, &offer, "1", Some(price)).await.unwrap_err();
        assert_eq!(nowhere.kind(), Kind::NotFound);
        let none = fix(&world, &offer, CITY, None).await.unwrap_err();
        assert_eq!(none.kind(), Kind::NotFound);
        assert_eq!(
            world
                .catalog
                .city_prices(&world.scope, &world.shop)
                .await
                .unwrap(),
            []
        );

        fix(&world, &offer, CITY, Some(price + 300)).await.unwrap();
        world.check().await;
        let row = world.row(&offer).await;
        assert_eq!(
            (row.state.word(), row.desired),
            ("pinned", Some(Tenge(price + 300)))
        );
        let kept = world
            .catalog
            .city_prices(&world.scope, &world.shop)
            .await
            .unwrap();
        assert_eq!((kept.len(), kept[0].price), (1, Tenge(price + 300)));

        fix(&world, &offer, CITY, None).await.unwrap();
        world.check().await;
        assert_ne!(world.row(&offer).await.state.word(), "pinned");
    }
}
