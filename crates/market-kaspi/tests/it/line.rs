//! What goes over the line, word for word, and what a broken line means. The other end is a socket of this test.

use crate::{
    ear::{OK, answering, hear, ok},
    fixture,
};
use sauda_kernel::{Span, Tenge};
use sauda_market::{
    Availability, CardQuestion, Egress, ListingQuestion, MarketError, Marketplace, PriceChange, SaleChange,
    Session,
};
use sauda_market_kaspi::{KaspiMarket, KaspiSettings, Verdict};
use secrecy::SecretString;
use serde_json::json;
use std::collections::BTreeMap;
use tokio::{io::AsyncWriteExt as _, net::TcpListener};

/// A session as the client writes it, with cookies for the test's host.
fn session() -> Session {
    let cookie = |name: &str, value: &str| json!({"host": "127.0.0.1", "wide": false, "path": "/", "name": name, "value": value, "secure": true});
    let text = json!({"v": 1, "jar": [cookie("mc-session", "aaa"), cookie("mc-sid", "bbb")]}).to_string();
    Session(SecretString::from(text))
}

fn question(city: &str) -> CardQuestion {
    CardQuestion {
        card: "145169090".into(),
        city_id: city.into(),
        page: 0,
        limit: 5,
    }
}

fn change() -> PriceChange {
    PriceChange {
        shop_uid: "30067228".into(),
        sku: "165601653_465140475".into(),
        model: "Влажные полотенца Sunlight Baby Fish 70 шт".into(),
        city_prices: BTreeMap::from([("511010000".to_owned(), Tenge(1200))]),
        availabilities: vec![Availability {
            point_id: "30067228_PP2".into(),
            available: true,
            stock: Some(5),
            preorder_days: Some(0),
            stock_enabled: None,
        }],
    }
}

#[tokio::test]
async fn the_question_for_offers_is_the_recorded_one_without_the_product() {
    let (market, heard) = answering(ok(r#"{"offers":[],"total":0}"#)).await;
    let page = market
        .card_offers(&Egress::DIRECT, &question("551010000"))
        .await
        .unwrap();
    assert!(page.is_everybody());
    let heard = heard.await.unwrap();
    assert_eq!(heard.line(), "POST /yml/offer-view/offers/145169090 HTTP/1.1");
    let mut recorded = fixture::json("storefront_offer-view-offers.request.json");
    recorded.as_object_mut().unwrap().remove("product");
    assert_eq!(heard.json(), recorded);
    let site = market.settings().site_url.clone();
    for (name, value) in [
        ("content-type", "application/json; charset=UTF-8".to_owned()),
        ("accept", "application/json, text/*".to_owned()),
        ("accept-language", "ru".to_owned()),
        ("x-ks-city", "551010000".to_owned()),
        ("origin", site.clone()),
        ("referer", format!("{site}/shop/p/card-145169090/?c=551010000")),
        ("user-agent", market.settings().user_agent.clone()),
    ] {
        assert_eq!(heard.header(name), Some(value.as_str()), "{name}");
    }
    assert_eq!(heard.header("cookie"), None);
}

#[tokio::test]
async fn almaty_is_asked_for_by_its_zone() {
    let (market, heard) = answering(ok(r#"{"offers":[],"total":0}"#)).await;
    market
        .card_offers(&Egress::DIRECT, &question("750000000"))
        .await
        .unwrap();
    assert_eq!(heard.await.unwrap().json()["zoneId"], json!(["Magnum_ZONE1"]));
}

#[tokio::test]
async fn a_price_change_is_the_recorded_one_of_the_cabinet() {
    let (market, heard) = answering(Some(format!(
        "{OK}\r\n{}",
        String::from_utf8(fixture::bytes("mc_pricefeed-process.response.json")).unwrap()
    )))
    .await;
    let job = market
        .change_price(&Egress::DIRECT, &session(), &change())
        .await
        .unwrap();
    assert_eq!(job.job_id, "6a8dc59b8a65bb037355fa6c");
    let heard = heard.await.unwrap();
    assert_eq!(heard.line(), "POST /pricefeed/upload/merchant/process HTTP/1.1");
    let mut recorded = fixture::json("mc_pricefeed-process_price-and-stock.request.json");
    // The brand is sent on the first listing only.
    recorded.as_object_mut().unwrap().remove("brand");
    assert_eq!(heard.json(), recorded);
    let site = market.settings().site_url.clone();
    assert_eq!(heard.header("x-auth-version"), Some("3"));
    assert_eq!(heard.header("cookie"), Some("mc-session=aaa; mc-sid=bbb"));
    assert_eq!(heard.header("origin"), Some(site.as_str()));
    assert_eq!(heard.header("referer"), Some(format!("{site}/").as_str()));
    assert_eq!(heard.header("content-type"), Some("application/json"));
    assert_eq!(heard.header("accept"), Some("application/json, text/plain, */*"));
}

#[tokio::test]
async fn a_batch_has_no_stock() {
    let (market, heard) = answering(ok(r#"{"id":"j"}"#)).await;
    let sale = SaleChange {
        sku: "A".into(),
        model: "Нож".into(),
        on_sale: false,
        point_ids: vec!["30067228_PP1".into(), "PP2".into()],
        city_prices: BTreeMap::from([("750000000".to_owned(), Tenge(5))]),
    };
    market
        .change_sale(&Egress::DIRECT, &session(), "30067228", &[sale])
        .await
        .unwrap();
    let heard = heard.await.unwrap();
    assert_eq!(
        heard.line(),
        "POST /pricefeed/upload/merchant/process/process/batch HTTP/1.1"
    );
    let wanted = json!([{
        "merchantUid": "30067228", "sku": "A", "model": "Нож",
        "availabilities": [{"available": "no", "storeId": "30067228_PP1"}, {"available": "no", "storeId": "30067228_PP2"}],
        "cityPrices": [{"cityId": "750000000", "value": 5}],
    }]);
    assert_eq!(heard.json(), wanted);
}

#[tokio::test]
async fn a_listing_is_asked_for_as_the_page_asks() {
    let (market, heard) = answering(ok(r#"{"data":[]}"#)).await;
    let question = ListingQuestion {
        category: Some("Car goods".into()),
        text: Some("диски & шины".into()),
        city_id: "551010000".into(),
        page: 2,
        sort: Some("price_asc".into()),
    };
    market.listing(&Egress::DIRECT, &question).await.unwrap();
    let wanted = "GET /yml/product-view/pl/results?page=2&q=%3Acategory%3ACar%20goods%3AavailableInZones%3A551010000&text=%D0%B4%D0%B8%D1%81%D0%BA%D0%B8%20%26%20%D1%88%D0%B8%D0%BD%D1%8B&sort=price_asc&qs=&requestId=&ui=d&i=-1&c=551010000 HTTP/1.1";
    assert_eq!(heard.await.unwrap().line(), wanted);
}

#[tokio::test]
async fn what_makes_no_sense_is_never_sent() {
    // Nobody listens there: a call that was sent would be `no_connection`.
    let market = KaspiMarket::new(KaspiSettings::all_at("http://127.0.0.1:9")).unwrap();
    let (via, session) = (Egress::DIRECT, session());
    let broken = |alter: fn(&mut PriceChange)| {
        let mut change = change();
        alter(&mut change);
        change
    };
    for (alter, text) in [
        (
            broken(|c| c.city_prices.clear()),
            "sku 165601653_465140475: no price to send",
        ),
        (
            broken(|c| c.city_prices.extend([("75".to_owned(), Tenge(0))])),
            "sku 165601653_465140475, city 75: price 0 must be above zero",
        ),
        (
            broken(|c| c.city_prices.extend([("75".to_owned(), Tenge(-7))])),
            "sku 165601653_465140475, city 75: price -7 must be above zero",
        ),
        (
            broken(|c| c.availabilities.clear()),
            "sku 165601653_465140475: no point to send, every point of the offer must be named or it loses its stock",
        ),
        (
            broken(|c| c.availabilities.push(c.availabilities[0].clone())),
            "sku 165601653_465140475, point \"30067228_PP2\": it is named twice",
        ),
        (
            broken(|c| c.availabilities[0].point_id = "30067229_PP2".into()),
            "sku 165601653_465140475, point \"30067229_PP2\": it belongs to another shop",
        ),
        (broken(|c| c.sku.clear()), "the sku is empty"),
        (
            broken(|c| c.availabilities[0].stock = Some(-1)),
            "sku 165601653_465140475, point 30067228_PP2: stock must be 0 or more and pre-order from 0 to 30 days",
        ),
    ] {
        assert_eq!(
            market.change_price(&via, &session, &alter).await,
            Err(MarketError::Invalid(text.to_owned()))
        );
    }
    assert_eq!(
        market
            .change_sale(&via, &session, "1", &[])
            .await
            .unwrap_err()
            .word(),
        "invalid"
    );
    let ask = |limit, card: &str, city: &str| CardQuestion {
        card: card.into(),
        city_id: city.into(),
        page: 0,
        limit,
    };
    for question in [
        ask(65, "1", "1"),
        ask(0, "1", "1"),
        ask(5, "../x", "1"),
        ask(5, "1", ""),
        ask(5, "", "1"),
    ] {
        assert_eq!(
            market.card_offers(&via, &question).await.unwrap_err().word(),
            "invalid",
            "{question:?}"
        );
    }
    let nothing = ListingQuestion {
        category: None,
        text: Some(" ".into()),
        city_id: "1".into(),
        page: 0,
        sort: None,
    };
    assert_eq!(
        market.listing(&via, &nothing).await.unwrap_err().word(),
        "invalid"
    );
    assert_eq!(
        market.reviews(&via, "1", 0, 201).await.unwrap_err().word(),
        "invalid"
    );
    assert_eq!(
        market
            .own_offers(&via, &session, "1", sauda_market::OwnOffersFilter::All, 0, 101)
            .await
            .unwrap_err()
            .word(),
        "invalid"
    );
    // Without a readable session there is nothing to send either.
    let old = Session(SecretString::from("{}"));
    assert_eq!(market.shops(&via, &old).await, Err(MarketError::SessionEnded));
}

/// What a change and a read make of the same line.
async fn change_and_read(bytes: Option<&str>) -> (String, String) {
    let (changer, _changed) = answering(bytes.map(str::to_owned)).await;
    let (reader, _read) = answering(bytes.map(str::to_owned)).await;
    let (session, change, question) = (session(), change(), question("1"));
    let changed = changer.change_price(&Egress::DIRECT, &session, &change);
    let (changed, read) = tokio::join!(changed, reader.card_offers(&Egress::DIRECT, &question));
    let (changed, read) = (changed.unwrap_err(), read.unwrap_err());
    (format!("{}: {changed}", changed.word()), read.word().to_owned())
}

#[tokio::test]
async fn a_broken_line_leaves_a_change_unclear() {
    let cut = format!("{OK}Content-Length: 900\r\n\r\n{{\"id\":");
    let html =
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\nConnection: close\r\n\r\n<html>";
    let empty = format!("{OK}Content-Length: 2\r\n\r\n{{}}");
    for (bytes, changed, read) in [
        (
            Some(""),
            "the change was sent, the connection broke before the answer",
            "no_connection",
        ),
        (
            Some(cut.as_str()),
            "the change was sent, the answer was cut off",
            "bad_answer",
        ),
        (
            Some(html),
            "the change was sent, the answer is not a document",
            "blocked",
        ),
        (
            Some(empty.as_str()),
            "the change was sent, the answer has no job id",
            "bad_answer",
        ),
        (
            Some("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
            "the change was sent, the answer was 502",
            "down",
        ),
    ] {
        let (change_word, read_word) = change_and_read(bytes).await;
        assert_eq!(
            change_word,
            format!("unclear: unclear whether it was done: {changed}"),
            "{bytes:?}"
        );
        assert_eq!(read_word, read, "{bytes:?}");
    }
}

#[tokio::test]
async fn silence_leaves_a_change_unclear_and_a_read_undone() {
    let (change_word, read_word) = change_and_read(None).await;
    assert_eq!(
        change_word,
        "unclear: unclear whether it was done: the change was sent, no answer came in time"
    );
    assert_eq!(read_word, "timeout");
}

#[tokio::test]
async fn a_change_that_never_left_is_not_unclear() {
    let market = KaspiMarket::new(KaspiSettings::all_at("http://127.0.0.1:9")).unwrap();
    let error = market
        .change_price(&Egress::DIRECT, &session(), &change())
        .await
        .unwrap_err();
    assert_eq!(error.word(), "no_connection", "{error}");
    assert!(
        !error.to_string().contains("127.0.0.1"),
        "addresses stay out of errors: {error}"
    );
}

#[tokio::test]
async fn a_throttled_change_waits_half_an_hour_or_as_told() {
    let plain = "HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    let told = "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 600\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    for (bytes, wait) in [(plain, Span::from_mins(30)), (told, Span::from_mins(10))] {
        let (market, _) = answering(Some(bytes.to_owned())).await;
        let error = market
            .change_price(&Egress::DIRECT, &session(), &change())
            .await
            .unwrap_err();
        assert_eq!(error, MarketError::Throttled { wait });
    }
}

#[tokio::test]
async fn an_endless_answer_is_cut_at_the_limit() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let flood = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        hear(&mut stream).await;
        stream.write_all(format!("{OK}\r\n").as_bytes()).await.unwrap();
        while stream.write_all(&[b' '; 4096]).await.is_ok() {}
    });
    let settings = KaspiSettings {
        max_answer_bytes: 100_000,
        ..KaspiSettings::all_at(&base)
    };
    let market = KaspiMarket::new(settings).unwrap();
    let error = market
        .card_offers(&Egress::DIRECT, &question("1"))
        .await
        .unwrap_err();
    assert_eq!(error, MarketError::TooLarge { limit: 100_000 });
    flood.await.unwrap();
}

#[tokio::test]
async fn a_proxy_is_used_and_its_refusal_is_named() {
    let (_, heard) = {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let proxy = format!("http://user:secret@{}", listener.local_addr().unwrap());
        let task = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let heard = hear(&mut stream).await;
            stream
                .write_all(format!("{OK}Content-Length: 23\r\n\r\n{{\"offers\":[],\"total\":0}}").as_bytes())
                .await
                .unwrap();
            heard
        });
        let market = KaspiMarket::new(KaspiSettings::all_at("http://kaspi.test")).unwrap();
        let via = Egress { proxy: Some(proxy) };
        let page = market.card_offers(&via, &question("1")).await.unwrap();
        assert!(page.is_everybody());
        (market, task.await.unwrap())
    };
    assert_eq!(
        heard.line(),
        "POST http://kaspi.test/yml/offer-view/offers/145169090 HTTP/1.1"
    );
    assert!(heard.header("proxy-authorization").is_some());
    let gone = Egress {
        proxy: Some("http://user:secret@127.0.0.1:9".into()),
    };
    let market = KaspiMarket::new(KaspiSettings::all_at("https://kaspi.test")).unwrap();
    let error = market.card_offers(&gone, &question("1")).await.unwrap_err();
    assert_eq!(error.word(), "no_connection");
    assert!(!error.to_string().contains("secret"), "{error}");
}

#[tokio::test]
async fn the_doctor_tells_one_trouble_from_another() {
    let page = |status: &str, form: &str, body: &str| {
        format!(
            "HTTP/1.1 {status}\r\nContent-Type: {form}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        )
    };
    for (bytes, verdict) in [
        (ok(r#"{"offers":[],"total":0}"#), Verdict::Works),
        (Some(page("200 OK", "text/html", "<html>")), Verdict::Blocked),
        (
            Some(page("403 Forbidden", "text/html", "<html>")),
            Verdict::Blocked,
        ),
        (
            Some(page("429 Too Many", "application/json", "{}")),
            Verdict::Throttled,
        ),
        (Some(page("503 Down", "text/html", "<html>")), Verdict::Down),
        (ok(r#"{"hello":1}"#), Verdict::Strange),
        (None, Verdict::WrongCountry),
    ] {
        let (market, _heard) = answering(bytes.clone()).await;
        let findings = market.doctor(&Egress::DIRECT).await;
        assert_eq!(findings[0].verdict, verdict, "{bytes:?}: {}", findings[0]);
        assert_eq!(findings[0].advice().is_empty(), verdict == Verdict::Works);
        // The one-call socket is gone by now.
        assert_eq!(findings[1].verdict, Verdict::NoConnection, "{}", findings[1]);
    }
    // A name that no resolver takes, so that no network is asked.
    let nowhere = format!("http://{}.kz", "a".repeat(64));
    let market = KaspiMarket::new(KaspiSettings::all_at(&nowhere)).unwrap();
    let findings = market.doctor(&Egress::DIRECT).await;
    assert_eq!(findings.len(), 3);
    assert!(
        findings.iter().all(|finding| finding.verdict == Verdict::Dns),
        "{findings:?}"
    );
}
