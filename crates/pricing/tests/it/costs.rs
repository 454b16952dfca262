//! A floor goes by what the goods cost and by the terms of the day: of the offer, of what lies there, of the catalogue.

use crate::world::*;
use sauda_catalog::import::products::ProductFacts;
use sauda_economics::{
    Assumed, ShopEconomics,
    money::NewTaxpayer,
    rates::{Day, Regime, find_categories},
    unit,
};
use sauda_kernel::{Money, OfferId, ProductId, Span, Tenge};
use sauda_pricing::service::{OfferPatch, OfferView, Past};
use sauda_stock::{CostFrom, Costing, Delivered, MovementKind, NewMovement};
use sauda_testkit::engines;

fn tenge(sum: i64) -> Money {
    Tenge(sum).money()
}

async fn view(world: &World, offer: &OfferId) -> OfferView {
    let since = world.now().minus(Span::from_days(1));
    world
        .pricing
        .offer_view(&world.scope, offer, CITY, since)
        .await
        .unwrap()
}

/// A product of the offer, with a category whose commission is not the usual one.
async fn product(world: &World, sku: &str, cost: i64) -> ProductId {
    let found = find_categories("чехлы смартфонов", Day::of(world.now()), 1).unwrap();
    let facts = ProductFacts {
        sku: sku.to_owned(),
        title: Some("A case".to_owned()),
        cost: Some(tenge(cost)),
        category: Some(found[0].category.clone()),
        weight_grams: Some(200),
        ..ProductFacts::default()
    };
    world.products.create(&world.scope, facts).await.unwrap().id
}

async fn came(world: &World, product: &ProductId, pieces: i64, each: i64) {
    let delivered = Delivered {
        product: product.clone(),
        quantity: pieces,
        unit_cost: Some(tenge(each)),
        at: world.now(),
    };
    world
        .stock
        .take_over(&world.scope, world.now(), &[delivered])
        .await
        .unwrap();
}

#[tokio::test]
async fn a_floor_goes_by_the_catalogue_then_by_what_lies_there_then_by_what_was_said_of_the_offer() {
    for test in engines().await {
        let world = World::new(test, vec![own_offer("A", CARD, 9_500)], &[9_400]).await;
        let offer = world.keep("A", 1_000, 60_000, 1).await;
        let before = view(&world, &offer).await;
        assert_eq!((before.cost, before.floors.cost), (None, None));

        let product = product(&world, "A", 6_500).await;
        let told = view(&world, &offer).await;
        assert_eq!(told.cost, Some((CostFrom::Catalogue, Assumed::default())));
        let parts = told.parts.clone().unwrap();
        assert!(parts.commission_bp > ShopEconomics::default().commission_bp);
        let floor = told.floors.cost.unwrap();
        assert!(unit(floor, &parts).unwrap().profit >= Money::ZERO);
        assert!(unit(floor.minus(1), &parts).unwrap().profit < Money::ZERO);
        // The bot goes by the same: its board shows that floor.
        world.market.rival(CARD, "9000001", floor.get() + 1);
        world.check().await;
        let row = world.row(&offer).await;
        assert_eq!((row.floor, row.desired), (Some(floor), Some(floor)));

        // Two receipts: the mean of what lies there, up to a tiyn.
        came(&world, &product, 2, 7_000).await;
        world.clock.push(Span::from_days(1));
        came(&world, &product, 1, 8_000).await;
        let told = view(&world, &offer).await;
        assert_eq!(told.cost.unwrap().0, CostFrom::Stock);
        assert_eq!(told.parts.unwrap().purchase, Money::from_tiyn(733_334));
        // All of it went: the last known cost stays.
        let warehouse = world.stock.warehouses(&world.scope).await.unwrap()[0].id.clone();
        let gone = NewMovement {
            product: product.clone(),
            warehouse,
            kind: MovementKind::WriteOff,
            quantity: -3,
            unit_cost: None,
            landed: None,
            reason: "water".to_owned(),
            document: String::new(),
            once_key: "gone".to_owned(),
        };
        world.stock.record(&world.scope, &gone).await.unwrap();
        assert_eq!(
            view(&world, &offer).await.parts.unwrap().purchase,
            Money::from_tiyn(733_334)
        );
        // Whoever counts by the catalogue is not told of the stock.
        let mut settings = world.stock.settings(&world.scope).await.unwrap();
        settings.costing = Costing::Catalogue;
        world
            .stock
            .save_settings(&world.scope, &settings, true)
            .await
            .unwrap();
        assert_eq!(view(&world, &offer).await.cost.unwrap().0, CostFrom::Catalogue);

        let said = OfferPatch {
            cost: Some(Some(tenge(6_000))),
            confirmed: true,
            ..OfferPatch::default()
        };
        let version = world
            .pricing
            .offer_rule(&world.scope, &offer)
            .await
            .unwrap()
            .version;
        world
            .pricing
            .change_offer(&world.scope, &offer, &said, version)
            .await
            .unwrap();
        let told = view(&world, &offer).await;
        assert_eq!(told.cost.unwrap().0, CostFrom::Offer);
        assert_eq!(told.parts.unwrap().purchase, tenge(6_000));
    }
}

#[tokio::test]
async fn another_regime_moves_floors_from_its_day_on() {
    for test in engines().await {
        let world = World::new(test, vec![own_offer("A", CARD, 39_000)], &[38_750]).await;
        let offer = world.keep("A", 1_000, 60_000, 1).await;
        product(&world, "A", 6_500).await;
        let floor = async || view(&world, &offer).await.floors.cost.unwrap();
        let simplified = floor().await;
        let tomorrow = Day::of(world.now().plus(Span::from_days(1)));
        let company = NewTaxpayer {
            from: Some(tomorrow),
            is_vat_payer: true,
            ..NewTaxpayer::of(Regime::Llp)
        };
        world.money.put_taxpayer(&world.scope, company).await.unwrap();
        assert_eq!(floor().await, simplified);
        world.clock.push(Span::from_days(1));
        assert!(floor().await > simplified);
    }
}

#[tokio::test]
async fn a_minimum_under_the_cost_of_the_catalogue_wants_a_word() {
    for test in engines().await {
        let world = World::new(test, vec![own_offer("A", CARD, 39_000)], &[38_750]).await;
        product(&world, "A", 6_500).await;
        let offer = world.offer("A").await;
        let patch = |confirmed| OfferPatch {
            min: Some(Some(Tenge(6_600))),
            confirmed,
            ..OfferPatch::default()
        };
        let change = async |confirmed| {
            let version = world
                .pricing
                .offer_rule(&world.scope, &offer)
                .await
                .unwrap()
                .version;
            world
                .pricing
                .change_offer(&world.scope, &offer, &patch(confirmed), version)
                .await
        };
        assert!(change(false).await.is_err());
        change(true).await.unwrap();
    }
}

#[tokio::test]
async fn changed_costs_of_a_shop_leave_the_past_as_it_was_counted() {
    for test in engines().await {
        let world = World::new(test, vec![own_offer("A", CARD, 39_000)], &[]).await;
        let save = async |packaging: i64, past| {
            let now = world
                .pricing
                .shop_settings(&world.scope, &world.shop)
                .await
                .unwrap();
            let economics = ShopEconomics {
                packaging: tenge(packaging),
                ..now.economics
            };
            world
                .pricing
                .save_shop_settings(
                    &world.scope,
                    &world.shop,
                    now.settings,
                    economics,
                    past,
                    now.version,
                )
                .await
                .unwrap();
            world.clock.push(Span::from_days(10));
        };
        let begin = world.now().minus(Span::from_days(100));
        let at = async |days: i64| {
            let by_time = world
                .pricing
                .economics_by_time(&world.scope, &world.shop)
                .await
                .unwrap();
            by_time.at(begin.plus(Span::from_days(days))).packaging
        };
        // What stood there at first was nobody's word: the first one holds for all of the past.
        save(100, Past::Kept).await;
        assert_eq!((at(0).await, at(105).await), (tenge(100), tenge(100)));
        save(150, Past::Kept).await;
        save(200, Past::Kept).await;
        let told = [0, 105, 109, 110, 119, 120, 200];
        let mut seen = Vec::new();
        for days in told {
            seen.push(at(days).await.tiyn() / 100);
        }
        assert_eq!(seen, [100, 100, 100, 150, 150, 200, 200]);
        // It was wrong from the beginning.
        save(250, Past::Counted).await;
        assert_eq!((at(0).await, at(200).await), (tenge(250), tenge(250)));
    }
}
