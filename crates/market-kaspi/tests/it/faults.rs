//! Every fault of the pretend Kaspi, and the name our client gives it.

use crate::world::{ALMATY, SHOP, VIA, World};
use sauda_kernel::{Span, Tenge};
use sauda_market::{CardQuestion, MarketError, Marketplace, OwnOffersFilter, PriceChange};
use sauda_market_kaspi::{Probe, Probes, Verdict};
use sauda_sim::{Fault, FaultKind, Service};
use std::collections::BTreeMap;

fn ask(card: &str) -> CardQuestion {
    CardQuestion {
        card: card.to_owned(),
        city_id: ALMATY.into(),
        page: 0,
        limit: 64,
    }
}

#[tokio::test]
async fn storefront_faults_have_names() {
    let world = World::open().await;
    let (_, card) = world.offer_on_sale();
    let sim = world.sim.sim();
    for (kind, wanted) in [
        (FaultKind::Block403, "blocked"),
        (FaultKind::Html429, "blocked"),
        (FaultKind::Html200, "blocked"),
        (FaultKind::WrongContentType, "blocked"),
        (FaultKind::ServerError, "down"),
        (FaultKind::CutBody, "bad_answer"),
    ] {
        let id = sim.add_fault(Fault::new(kind, Service::Storefront));
        let error = world.kaspi.card_offers(&VIA, &ask(&card)).await.unwrap_err();
        assert_eq!(error.word(), wanted, "{kind:?}: {error}");
        sim.remove_fault(id);
    }
    let huge = Fault {
        size: Some(20 << 20),
        ..Fault::new(FaultKind::HugeBody, Service::Storefront)
    };
    let id = sim.add_fault(huge);
    let error = world.kaspi.card_offers(&VIA, &ask(&card)).await.unwrap_err();
    assert_eq!(error, MarketError::TooLarge { limit: 16 << 20 });
    sim.remove_fault(id);
    assert!(
        world.kaspi.card_offers(&VIA, &ask(&card)).await.is_ok(),
        "it is over when it is over"
    );
}

#[tokio::test]
async fn an_answer_that_never_comes_is_a_timeout() {
    let world = World::impatient().await;
    world
        .sim
        .sim()
        .add_fault(Fault::new(FaultKind::Hang, Service::Storefront));
    let findings = world.kaspi.doctor(&VIA).await;
    assert_eq!(
        (findings[0].verdict, findings[1].verdict),
        (Verdict::WrongCountry, Verdict::Works)
    );
}

#[tokio::test]
async fn lists_that_lie_are_seen_through() {
    let world = World::open().await;
    let sim = world.sim.sim();
    let mut crowded = None;
    for card in sim.cards() {
        let page = world
            .kaspi
            .card_offers(&VIA, &ask(&card.to_string()))
            .await
            .unwrap();
        if page.offers.len() >= 4 {
            crowded = Some((card.to_string(), page));
            break;
        }
        sim.step(Span::from_secs(1));
    }
    let (card, whole) = crowded.unwrap();
    let with = async |kind| {
        let id = sim.add_fault(Fault::new(kind, Service::Offers));
        sim.step(Span::from_secs(5));
        let page = world.kaspi.card_offers(&VIA, &ask(&card)).await;
        sim.remove_fault(id);
        page
    };
    let half = with(FaultKind::PartialPage).await.unwrap();
    assert!(half.is_partial(&ask(&card)) && !half.is_everybody());
    let doubled = with(FaultKind::DuplicateRows).await.unwrap();
    let sellers = |page: &sauda_market::CardOffers| {
        page.offers
            .iter()
            .map(|offer| offer.merchant_uid.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(sellers(&doubled), sellers(&whole));
    assert!(!doubled.duplicates.is_empty() && doubled.refused.is_empty());
    let lie = with(FaultKind::TotalLies).await.unwrap();
    assert!(lie.total >= lie.rows());
    // An empty list can only be believed or not by its total: the caller sees which.
    match with(FaultKind::EmptyOffers).await {
        Ok(empty) => assert!(empty.offers.is_empty() && empty.refused.is_empty()),
        Err(error) => assert_eq!(error.word(), "bad_answer"),
    }
}

#[tokio::test]
async fn the_read_limit_blocks_and_lets_go() {
    let world = World::open().await;
    let (_, card) = world.offer_on_sale();
    let mut blocked = None;
    for _ in 0..40 {
        if let Err(error) = world.kaspi.card_offers(&VIA, &ask(&card)).await {
            blocked = Some(error);
            break;
        }
    }
    assert_eq!(blocked.map(|error| error.word()), Some("blocked"));
    world.sim.sim().step(Span::from_secs(30));
    assert!(world.kaspi.card_offers(&VIA, &ask(&card)).await.is_ok());
}

#[tokio::test]
async fn cabinet_faults_have_names_and_changes_stay_unclear() {
    let (world, session) = World::signed_in().await;
    let sim = world.sim.sim();
    let (sku, _) = world.offer_on_sale();
    let offer = world.kaspi.own_offer(&VIA, &session, SHOP, &sku).await.unwrap();
    let change = PriceChange {
        shop_uid: SHOP.into(),
        sku: sku.clone(),
        model: offer.title,
        city_prices: BTreeMap::from([(ALMATY.to_owned(), Tenge(6000))]),
        availabilities: offer.availabilities,
    };
    for (kind, read, changed) in [
        (FaultKind::Block403, "blocked", "blocked"),
        (FaultKind::Html200, "blocked", "unclear"),
        (FaultKind::WrongContentType, "blocked", "unclear"),
        (FaultKind::ServerError, "down", "unclear"),
        (FaultKind::CutBody, "bad_answer", "unclear"),
        (FaultKind::Html429, "throttled", "throttled"),
    ] {
        sim.step(Span::from_secs(60));
        let id = sim.add_fault(Fault::new(kind, Service::Cabinet));
        let error = world
            .kaspi
            .own_offers(&VIA, &session, SHOP, OwnOffersFilter::All, 0, 10)
            .await
            .unwrap_err();
        assert_eq!(error.word(), read, "{kind:?}: {error}");
        let error = world
            .kaspi
            .change_price(&VIA, &session, &change)
            .await
            .unwrap_err();
        assert_eq!(error.word(), changed, "{kind:?}: {error}");
        sim.remove_fault(id);
    }
    let lost = Fault {
        after_effect: true,
        ..Fault::new(FaultKind::ServerError, Service::Pricefeed)
    };
    let id = sim.add_fault(lost);
    sim.step(Span::from_secs(60));
    assert_eq!(
        world
            .kaspi
            .change_price(&VIA, &session, &change)
            .await
            .unwrap_err()
            .word(),
        "unclear"
    );
    sim.remove_fault(id);
    sim.step(Span::from_secs(120));
    let now = world.kaspi.own_offer(&VIA, &session, SHOP, &sku).await.unwrap();
    assert_eq!(
        now.city_prices.get(ALMATY),
        Some(&Tenge(6000)),
        "it was done all the same: reading back tells"
    );
}

#[tokio::test]
async fn a_session_that_ends_in_the_middle_is_never_an_empty_shop() {
    let (world, session) = World::signed_in().await;
    world
        .sim
        .sim()
        .add_fault(Fault::times(FaultKind::SessionEnded, Service::Cabinet, 1));
    for _ in 0..2 {
        let error = world
            .kaspi
            .own_offers(&VIA, &session, SHOP, OwnOffersFilter::All, 0, 10)
            .await
            .unwrap_err();
        assert_eq!(error, MarketError::SessionEnded);
    }
    let fresh = world.kaspi.renew(&VIA, &session).await.unwrap();
    assert!(
        !world
            .kaspi
            .own_offers(&VIA, &fresh, SHOP, OwnOffersFilter::All, 0, 10)
            .await
            .unwrap()
            .offers
            .is_empty()
    );
}

#[tokio::test]
async fn the_doctor_finds_the_world_well_and_a_session_ended() {
    let (world, session) = World::signed_in().await;
    let probes = Probes {
        session: Some(&session),
        token: None,
    };
    let verdicts = |findings: Vec<sauda_market_kaspi::Finding>| {
        findings
            .into_iter()
            .map(|finding| (finding.probe, finding.verdict))
            .collect::<Vec<_>>()
    };
    let well = verdicts(world.kaspi.doctor_with(&VIA, &probes).await);
    assert_eq!(
        well,
        [
            (Probe::Storefront, Verdict::Works),
            (Probe::Cabinet, Verdict::Works),
            (Probe::Identity, Verdict::Works),
            (Probe::Session, Verdict::Works)
        ]
    );
    world.sim.sim().end_sessions(None).unwrap();
    world
        .sim
        .sim()
        .add_fault(Fault::new(FaultKind::Html200, Service::Storefront));
    let ill = verdicts(world.kaspi.doctor_with(&VIA, &probes).await);
    assert_eq!((ill[0].1, ill[3].1), (Verdict::Blocked, Verdict::SessionEnded));
}
