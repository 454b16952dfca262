//! A market that is ended and opened again: sellers find their sessions, offers and prices as they left them.

use crate::caller::{ALMATY, PHONE, open_with};
use reqwest::StatusCode;
use sauda_kernel::Span;
use sauda_sim::{Options, Way};

const SHOP: &str = "30000001";

#[tokio::test]
async fn sessions_and_prices_outlive_the_market() {
    let folder = tempfile::tempdir().unwrap();
    let mut options = Options {
        memory: Some(folder.path().join("kept/market.json")),
        ..Options::for_tests()
    };
    let (world, mut caller) = open_with(options.clone()).await;
    caller.sign_in(PHONE).await;
    let (sku, ..) = world
        .sim()
        .skus(SHOP)
        .into_iter()
        .find(|(_, _, on_sale)| *on_sale)
        .unwrap();
    let before = world.sim().visible(SHOP, &sku, ALMATY).unwrap().0;
    let points = ["PP1", "PP2"];
    caller.change_price(SHOP, &sku, ALMATY, before - 7, &points).await;
    world.sim().step(Span::from_secs(60));
    options.listen = world.address();
    world.shut_down().await;

    let again = sauda_sim::start(options.clone()).await.unwrap();
    assert_eq!(again.sim().visible(SHOP, &sku, ALMATY).unwrap().0, before - 7);
    let list = format!("/bff/offer-view/list?m={SHOP}&p=0&l=100&t={sku}");
    assert_eq!(caller.read(&list).await.0, StatusCode::OK, "still signed in");
    again.shut_down().await;

    // Another world takes nothing over.
    options.seed += 1;
    let other = sauda_sim::start(options).await.unwrap();
    assert_eq!(caller.read(&list).await.0, StatusCode::UNAUTHORIZED);
    other.shut_down().await;
}

#[tokio::test]
async fn orders_go_on_where_they_were() {
    let folder = tempfile::tempdir().unwrap();
    let options = Options {
        memory: Some(folder.path().join("market.json")),
        ..Options::for_tests()
    };
    let world = sauda_sim::start(options.clone()).await.unwrap();
    world.sim().live(false, false);
    let code = world.sim().order(SHOP, None, Some(Way::Pickup)).unwrap();
    world.shut_down().await;

    let again = sauda_sim::start(options).await.unwrap();
    again.sim().live(false, false);
    let status = |sim: &sauda_sim::Sim| {
        let orders = sim.orders.lock().unwrap();
        format!("{:?}", orders.find(&code).unwrap().1.status)
    };
    assert_eq!(status(again.sim()), "Approved");
    let next = again.sim().order(SHOP, None, None).unwrap();
    assert!(next > code, "numbers go on: {code} {next}");
    // Nobody accepts it: its time runs on as if nothing had been.
    again.sim().step(Span::from_hours(30));
    assert_eq!(status(again.sim()), "Cancelled");
    again.shut_down().await;
}

#[tokio::test]
async fn a_damaged_memory_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("market.json");
    std::fs::write(&path, "{\"world\":").unwrap();
    let options = Options {
        memory: Some(path.clone()),
        ..Options::for_tests()
    };
    let error = sauda_sim::start(options).await.map(|_| ()).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("{} is damaged: remove it to begin anew", path.display())
    );
}
