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

#[tokio::test]
async fn a_linked_phone_and_a_started_bot_outlive_the_world() {
    let folder = tempfile::tempdir().unwrap();
    let mut options = Options {
        memory: Some(folder.path().join("market.json")),
        ..Options::for_tests()
    };
    let (world, caller) = open_with(options.clone()).await;
    let base = world.base_url();
    let post = async |http: &reqwest::Client, base: &str, path: &str, body: serde_json::Value| {
        let call = http
            .post(format!("{base}{path}"))
            .header("x-api-key", "pretend-whatsapp-key");
        call.json(&body)
            .send()
            .await
            .unwrap()
            .json::<serde_json::Value>()
            .await
            .unwrap()
    };
    post(
        &caller.http,
        &base,
        "/waha/api/sessions",
        serde_json::json!({"name": "shop"}),
    )
    .await;
    world.sim().step(Span::from_secs(1));
    world.sim().whatsapp_scan("shop", "77000000001").unwrap();
    world.sim().telegram_start(1_111_111, None).unwrap();
    let poll = "/telegram/bot2222222:AAEpretend_token_of_a_pretend_bot_0/getUpdates";
    let first = post(&caller.http, &base, poll, serde_json::json!({})).await;
    world.shut_down().await;

    options.start_at = options.start_at.map(|at| at.plus(Span::from_hours(1)));
    let again = sauda_sim::start(options).await.unwrap();
    again.sim().step(Span::from_secs(1));
    let base = again.base_url();
    let text = serde_json::json!({"session": "shop", "chatId": "77010000042@c.us", "text": "Здравствуйте"});
    let sent = post(&caller.http, &base, "/waha/api/sendText", text).await;
    assert_eq!(sent["fromMe"], serde_json::json!(true), "{sent}");
    again
        .sim()
        .telegram_write(1_111_111, 1_111_111, "я тут", None)
        .unwrap();
    let seen = first["result"][0]["update_id"].as_i64().unwrap();
    let next = post(&caller.http, &base, poll, serde_json::json!({"offset": seen + 1})).await;
    assert_eq!(
        next["result"][0]["message"]["text"],
        serde_json::json!("я тут"),
        "who asks for later ones hears it"
    );
    again.shut_down().await;
}
