//! The cabinet's calls against the pretend Kaspi: what is read, what is changed, and what came of it.

use crate::world::{ALMATY, SHOP, VIA, World};
use sauda_kernel::{Span, Tenge};
use sauda_market::{CardQuestion, MarketError, Marketplace, OwnOffersFilter, PriceChange, SaleChange};
use std::collections::{BTreeMap, BTreeSet};

#[tokio::test]
async fn a_shop_has_a_name_and_points() {
    let (world, session) = World::signed_in().await;
    let shop = world.kaspi.shop(&VIA, &session, SHOP).await.unwrap();
    assert_eq!(shop.uid, SHOP);
    assert!(!shop.name.is_empty() && shop.name != SHOP);
    assert!(!shop.points.is_empty());
    for point in &shop.points {
        assert_eq!(point.id, format!("{SHOP}_{}", point.code));
        assert!(point.city_id.is_some() && point.city_name.is_some(), "{point:?}");
    }
    let listed = world.kaspi.points(&VIA, &session, SHOP).await.unwrap();
    let ids = |points: &[sauda_market::Point]| {
        points
            .iter()
            .map(|point| point.id.clone())
            .collect::<BTreeSet<_>>()
    };
    assert_eq!(ids(&listed), ids(&shop.points));
    let stranger = world.kaspi.shop(&VIA, &session, "99").await.unwrap_err();
    assert!(
        matches!(stranger, MarketError::NotFound(_) | MarketError::Refused { .. }),
        "{stranger}"
    );
}

#[tokio::test]
async fn own_offers_are_read_to_the_last_page() {
    let (world, session) = World::signed_in().await;
    let known: BTreeSet<_> = world
        .sim
        .sim()
        .skus(SHOP)
        .into_iter()
        .map(|(sku, _, on_sale)| (sku, on_sale))
        .collect();
    let mut read = BTreeSet::new();
    for page in 0.. {
        let answer = world
            .kaspi
            .own_offers(&VIA, &session, SHOP, OwnOffersFilter::All, page, 7)
            .await
            .unwrap();
        assert!(answer.refused.is_empty(), "{:?}", answer.refused);
        assert!(answer.total.is_some());
        if answer.offers.is_empty() {
            break;
        }
        for offer in answer.offers {
            assert!(
                offer.card.is_some() && offer.image_url.is_some() && offer.card_url.is_some(),
                "{offer:?}"
            );
            read.insert((offer.sku, offer.on_sale));
        }
    }
    assert_eq!(read, known);
    for (filter, wanted) in [(OwnOffersFilter::OnSale, true), (OwnOffersFilter::Removed, false)] {
        let answer = world
            .kaspi
            .own_offers(&VIA, &session, SHOP, filter, 0, 100)
            .await
            .unwrap();
        let skus: BTreeSet<_> = answer
            .offers
            .into_iter()
            .map(|offer| (offer.sku, offer.on_sale))
            .collect();
        assert_eq!(
            skus,
            known
                .iter()
                .filter(|(_, on_sale)| *on_sale == wanted)
                .cloned()
                .collect()
        );
    }
    let (sku, _) = world.offer_on_sale();
    let found = world
        .kaspi
        .find_own_offers(&VIA, &session, SHOP, &sku, 0, 10)
        .await
        .unwrap();
    assert!(found.offers.iter().any(|offer| offer.sku == sku));
}

#[tokio::test]
async fn one_offer_agrees_with_the_list() {
    let (world, session) = World::signed_in().await;
    let page = world
        .kaspi
        .own_offers(&VIA, &session, SHOP, OwnOffersFilter::OnSale, 0, 100)
        .await
        .unwrap();
    for listed in page.offers.iter().take(5) {
        let offer = world
            .kaspi
            .own_offer(&VIA, &session, SHOP, &listed.sku)
            .await
            .unwrap();
        assert_eq!(
            (offer.on_sale, &offer.card, &offer.title),
            (true, &listed.card, &listed.title)
        );
        let told = |offer: &sauda_market::OwnOffer| {
            offer
                .availabilities
                .iter()
                .map(|point| (point.point_id.clone(), point.available, point.stock))
                .collect::<Vec<_>>()
        };
        assert_eq!(told(&offer), told(listed));
        for (city, price) in &listed.city_prices {
            assert_eq!(offer.city_prices.get(city), Some(price), "{}", listed.sku);
        }
    }
    let (removed, ..) = world
        .sim
        .sim()
        .skus(SHOP)
        .into_iter()
        .find(|(_, _, on_sale)| !on_sale)
        .unwrap();
    let offer = world
        .kaspi
        .own_offer(&VIA, &session, SHOP, &removed)
        .await
        .unwrap();
    assert_eq!((offer.sku, offer.on_sale), (removed, false));
    assert!(offer.availabilities.iter().all(|point| !point.available));
    let missing = world
        .kaspi
        .own_offer(&VIA, &session, SHOP, "no-such-sku")
        .await
        .unwrap_err();
    assert_eq!(missing, MarketError::NotFound("offer no-such-sku".to_owned()));
}

/// An offer as it is, as a change to another price in one city.
async fn change_of(world: &World, session: &sauda_market::Session, sku: &str, price: i64) -> PriceChange {
    let offer = world.kaspi.own_offer(&VIA, session, SHOP, sku).await.unwrap();
    PriceChange {
        shop_uid: SHOP.into(),
        sku: sku.into(),
        model: offer.title,
        city_prices: BTreeMap::from([(ALMATY.to_owned(), Tenge(price))]),
        availabilities: offer.availabilities,
    }
}

#[tokio::test]
async fn a_change_is_accepted_first_and_seen_later() {
    let (world, session) = World::signed_in().await;
    let (sku, card) = world.offer_on_sale();
    let change = change_of(&world, &session, &sku, 4321).await;
    let job = world.kaspi.change_price(&VIA, &session, &change).await.unwrap();
    assert_eq!(job.job_id.len(), 24);
    let before = world.kaspi.own_offer(&VIA, &session, SHOP, &sku).await.unwrap();
    assert_ne!(
        before.city_prices.get(ALMATY),
        Some(&Tenge(4321)),
        "accepted is not done"
    );
    world.sim.sim().step(Span::from_secs(120));
    let after = world.kaspi.own_offer(&VIA, &session, SHOP, &sku).await.unwrap();
    assert_eq!(after.city_prices.get(ALMATY), Some(&Tenge(4321)));
    assert_eq!(
        after
            .availabilities
            .iter()
            .map(|point| (&point.point_id, point.stock))
            .collect::<Vec<_>>(),
        before
            .availabilities
            .iter()
            .map(|point| (&point.point_id, point.stock))
            .collect::<Vec<_>>()
    );
    let question = CardQuestion {
        card,
        city_id: ALMATY.into(),
        page: 0,
        limit: 64,
    };
    let page = world.kaspi.card_offers(&VIA, &question).await.unwrap();
    let mine = page
        .offers
        .iter()
        .find(|offer| offer.merchant_uid == SHOP)
        .unwrap();
    assert_eq!(
        (mine.price, mine.merchant_sku.as_deref()),
        (Tenge(4321), Some(sku.as_str()))
    );
    let rows = world
        .kaspi
        .job_rows(&VIA, &session, SHOP, std::slice::from_ref(&sku))
        .await
        .unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].sku, sku);
    assert!(rows[0].raw.contains(&job.job_id), "{}", rows[0].raw);
    assert_eq!(world.kaspi.job_rows(&VIA, &session, SHOP, &[]).await, Ok(vec![]));
}

#[tokio::test]
async fn an_offer_goes_off_sale_and_comes_back() {
    let (world, session) = World::signed_in().await;
    let (sku, card) = world.offer_on_sale();
    let offer = world.kaspi.own_offer(&VIA, &session, SHOP, &sku).await.unwrap();
    let mut city_prices = offer.city_prices.clone();
    if let Some(price) = offer.price {
        city_prices.insert(ALMATY.to_owned(), price);
    }
    let sale = |on_sale| SaleChange {
        sku: sku.clone(),
        model: offer.title.clone(),
        on_sale,
        point_ids: offer
            .availabilities
            .iter()
            .map(|point| point.point_id.clone())
            .collect(),
        city_prices: city_prices.clone(),
    };
    let question = CardQuestion {
        card,
        city_id: ALMATY.into(),
        page: 0,
        limit: 64,
    };
    for (on_sale, seen) in [(false, false), (true, true)] {
        world
            .kaspi
            .change_sale(&VIA, &session, SHOP, &[sale(on_sale)])
            .await
            .unwrap();
        world.sim.sim().step(Span::from_secs(600));
        let now = world
            .kaspi
            .find_own_offers(&VIA, &session, SHOP, &sku, 0, 10)
            .await
            .unwrap();
        let now = now.offers.into_iter().find(|offer| offer.sku == sku).unwrap();
        assert_eq!(now.on_sale, on_sale, "{now:?}");
        let page = world.kaspi.card_offers(&VIA, &question).await.unwrap();
        assert_eq!(page.offers.iter().any(|offer| offer.merchant_uid == SHOP), seen);
    }
}

#[tokio::test]
async fn too_many_changes_stop_the_shop_for_half_an_hour() {
    let (world, session) = World::signed_in().await;
    let (sku, _) = world.offer_on_sale();
    let change = change_of(&world, &session, &sku, 5000).await;
    let mut stopped = None;
    for _ in 0..4 {
        if let Err(error) = world.kaspi.change_price(&VIA, &session, &change).await {
            stopped = Some(error);
            break;
        }
    }
    assert_eq!(
        stopped,
        Some(MarketError::Throttled {
            wait: Span::from_mins(30)
        })
    );
    assert_eq!(
        world.kaspi.shops(&VIA, &session).await.unwrap().len(),
        2,
        "reading goes on"
    );
}

#[tokio::test]
async fn another_persons_shop_is_not_read() {
    let (world, session) = World::signed_in().await;
    let error = world
        .kaspi
        .own_offers(&VIA, &session, "30000003", OwnOffersFilter::All, 0, 10)
        .await
        .unwrap_err();
    assert_eq!(
        error,
        MarketError::SessionEnded,
        "the cabinet answers 403, which it also does when a session ends"
    );
}
