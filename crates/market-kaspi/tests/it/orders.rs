//! The official orders API: what each recorded document says, what goes over the line word for word, what refusals mean.

use crate::{
    ear::{Heard, answering, ok},
    fixture,
};
use sauda_kernel::{Clock as _, Money, Span, Tenge, Timestamp};
use sauda_market::{
    ApiToken, Buyer, BuyerPhone, CancelReason, Egress, EntryCancel, EntryCancelState, MarketError, OrderAct,
    OrderDesk, OrderEntry, OrderOrigin, OrderStatus, OrderTab, OrdersQuestion, Parcel, WeightChange,
};
use sauda_market_kaspi::{KaspiMarket, KaspiSettings, read};
use secrecy::SecretString;
use serde_json::Value;

fn tenge(amount: i64) -> Money {
    Tenge(amount).money()
}

fn millis(millis: i64) -> Timestamp {
    Timestamp::from_micros(millis * 1_000)
}

fn words(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn token() -> ApiToken {
    ApiToken(SecretString::from("a3cH0xQ0a2VuIG9mIGEgdGVzdCwgbm8gc2VjcmV0IQ=="))
}

#[test]
fn a_delivered_order_with_its_lines_2025_12() {
    let page = read::orders(&fixture::bytes(
        "v2-orders_by-code_2025-12_kaspi-delivery_include-entries.json",
    ))
    .unwrap();
    assert_eq!(
        (page.pages, page.total, page.refused.len()),
        (Some(1), Some(1), 0)
    );
    let order = &page.orders[0];
    assert_eq!(
        (order.id.as_str(), order.code.as_str()),
        ("NTN7uzzgwOTk3", "496149022")
    );
    assert_eq!(
        (&order.tab, &order.status),
        (&OrderTab::KaspiDelivery, &OrderStatus::Cancelling)
    );
    assert_eq!(order.cancel_reason, words("TIMEOUT_BUYER_PICKUP"));
    assert_eq!(order.total, tenge(5_990));
    assert_eq!(order.delivery_cost_for_seller, Some(tenge(895)));
    assert_eq!(order.created_at, millis(1_745_691_162_415));
    assert!(order.assembled && order.is_kaspi_delivery && !order.preorder);
    assert_eq!(
        order.origin,
        Some(OrderOrigin {
            name: words("7296"),
            city_id: words("191010000"),
            city_name: words("Талдыкорган"),
            line: words("г. Талдыкорган, улица Кунаева, 20"),
        })
    );
    assert_eq!(
        order.buyer,
        Buyer {
            first_name: words("Тест"),
            last_name: words("Тестов"),
            phone: BuyerPhone::Known("+77000000002".to_owned()),
        }
    );
    assert_eq!(
        order.delivery,
        Some(Parcel {
            waybill_url: words("https://kaspi.kz/shop/api/waybill/..."),
            waybill_number: words("101110589"),
            handover_planned_at: Some(millis(1_745_755_274_000)),
            handed_over_at: Some(millis(1_745_755_274_000)),
            express: false,
            returned_to_warehouse: false,
        })
    );
    assert_eq!(
        order.entries,
        Some(vec![OrderEntry {
            id: "NTN7uzzgwOTk3IyMw".to_owned(),
            number: 0,
            unit: words("PIECES"),
            quantity: 1,
            price: tenge(5_990),
            total: tenge(5_990),
            delivery_cost: Some(tenge(0)),
            weight_g: None,
            min_weight_g: None,
            category: words("Master - Lids"),
            category_title: words("Крышки для посуды"),
            sku: words("355654asiuowl"),
            name: words("Крышка Tefal St-Pet Glass lid 28 см (040 90 128)"),
            card: None,
            imei_required: false,
        }])
    );
}

#[test]
fn an_order_whose_answer_lacks_a_line_has_unknown_lines() {
    let bytes = fixture::bytes("v2-orders_list_2025-12_pickup_include-entries.json");
    let page = read::orders(&bytes).unwrap();
    let order = &page.orders[0];
    assert_eq!((&order.tab, order.total), (&OrderTab::Pickup, tenge(2_000)));
    assert_eq!(order.credit_months, Some(3));
    assert_eq!(order.reserved_until, Some(millis(1_739_797_300_000)));
    assert_eq!(order.entries, None, "two lines are named, one is there");
    // With the other line there, both are read, in their order.
    let text = String::from_utf8(bytes).unwrap();
    let mut whole: Value = serde_json::from_str(&text).unwrap();
    let mut other = whole["included"][0].clone();
    other["id"] = "NDk1MTQ1MDIxIyMw".into();
    other["attributes"]["entryNumber"] = 0.into();
    whole["included"].as_array_mut().unwrap().push(other);
    let page = read::orders(whole.to_string().as_bytes()).unwrap();
    let entries = page.orders[0].entries.clone().unwrap();
    let seen: Vec<_> = entries
        .iter()
        .map(|entry| (entry.number, entry.card.as_deref()))
        .collect();
    assert_eq!(seen, [(0, Some("109349026")), (1, Some("109349026"))]);
}

#[test]
fn own_delivery_has_an_address_and_the_oldest_example_a_masked_phone() {
    let page = read::orders(&fixture::bytes("v2-orders_by-code_delivery-local.json")).unwrap();
    let order = &page.orders[0];
    assert_eq!(order.delivery_mode, words("DELIVERY_LOCAL"));
    assert_eq!(order.planned_delivery_at, Some(millis(1_706_896_790_999)));
    let address = order.address.clone().unwrap();
    assert_eq!(
        (address.line, address.house, address.apartment),
        (words("Алматы, улица Наурызбай батыра, 154А"), words("154А"), None)
    );
    assert_eq!((order.delivery.clone(), order.entries.clone()), (None, None));

    let page = read::orders(&fixture::bytes("v2-orders_list_legacy-include-user.json")).unwrap();
    let order = &page.orders[0];
    assert_eq!(order.buyer.phone, BuyerPhone::Masked("7xx0xxxxxx".to_owned()));
    assert_eq!(
        (order.total, &order.status),
        (tenge(96_045), &OrderStatus::AcceptedByMerchant)
    );
}

#[test]
fn masked_phones_are_never_decoded_from_ids() {
    let bytes = fixture::bytes("v2-orders_by-code_2025-12_kaspi-delivery_include-entries.json");
    let text = String::from_utf8(bytes).unwrap();
    for (shown, wanted) in [
        ("0000000000", BuyerPhone::Masked("0000000000".to_owned())),
        ("700***0002", BuyerPhone::Masked("700***0002".to_owned())),
        ("8 (701) 000-00-02", BuyerPhone::Known("+77010000002".to_owned())),
        ("", BuyerPhone::Unknown),
    ] {
        let text = text.replace(
            "\"cellPhone\": \"7000000002\"",
            &format!("\"cellPhone\": \"{shown}\""),
        );
        let page = read::orders(text.as_bytes()).unwrap();
        assert_eq!(page.orders[0].buyer.phone, wanted, "{shown}");
    }
}

#[test]
fn flat_members_of_the_delivery_are_read_too() {
    let bytes = fixture::bytes("v2-orders_by-code_2025-12_kaspi-delivery_include-entries.json");
    let mut whole: Value = serde_json::from_slice(&bytes).unwrap();
    let told = whole["data"][0]["attributes"].as_object_mut().unwrap();
    let nested = told.remove("kaspiDelivery").unwrap();
    for (name, value) in nested.as_object().unwrap() {
        told.insert(name.clone(), value.clone());
    }
    let page = read::orders(whole.to_string().as_bytes()).unwrap();
    let parcel = page.orders[0].delivery.clone().unwrap();
    assert_eq!(parcel.waybill_number, words("101110589"));
}

#[test]
fn unknown_words_stay_and_rows_without_meaning_are_told() {
    let bytes = fixture::bytes("v2-orders_by-code_2025-12_kaspi-delivery_include-entries.json");
    let text = String::from_utf8(bytes).unwrap();
    let page = read::orders(text.replace("\"CANCELLING\"", "\"FROZEN_BY_BANK\"").as_bytes()).unwrap();
    assert_eq!(
        page.orders[0].status,
        OrderStatus::Other("FROZEN_BY_BANK".to_owned())
    );
    for (from, to, why) in [
        (
            "5990.0,\n        \"deliveryCostForSeller\"",
            "null,\n        \"deliveryCostForSeller\"",
            "totalPrice",
        ),
        (
            "\"creationDate\": 1745691162415",
            "\"creationDate\": 17",
            "creationDate",
        ),
        ("\"quantity\": 1", "\"quantity\": \"some\"", "quantity"),
        ("\"code\": \"496149022\"", "\"code\": \"../1\"", "code"),
    ] {
        let broken = text.replace(from, to);
        assert_ne!(broken, text, "{from}");
        let page = read::orders(broken.as_bytes()).unwrap();
        assert_eq!(page.orders.len(), 0, "{why}");
        assert!(page.refused[0].contains(why), "{}", page.refused[0]);
    }
    for body in ["{}", "{\"data\":null}", "[]", "<html>", ""] {
        assert!(
            matches!(read::orders(body.as_bytes()), Err(MarketError::BadAnswer(_))),
            "{body:?} is not an empty list"
        );
    }
}

#[test]
fn lines_alone_and_changes_of_lines() {
    let entries = read::entries(&fixture::bytes("v2-orders-id-entries.json")).unwrap();
    let line = &entries[0];
    assert_eq!(
        (line.quantity, line.price, line.total),
        (2, tenge(2_000), tenge(4_000))
    );
    assert_eq!((line.weight_g, line.sku.clone()), (Some(2_000), None));
    let state = read::entry_cancel(&fixture::bytes("v2-orderEntryCancelOperation.response.json")).unwrap();
    assert_eq!(state, EntryCancelState::InProgress);
}

#[test]
fn refusals_are_repeated_in_their_own_words() {
    for (name, begin) in [
        ("v2-orders_error-400_creationDate-missing.json", "Required filter"),
        (
            "v2-orders_error-400_date-range.json",
            "Exceeded the maximum difference",
        ),
        (
            "v2-orders_error_complete_already.json",
            "Order already has been completed",
        ),
        ("v2-orders_error_complete_cancelled.json", "Order is cancelled"),
        (
            "v2-orders_error_complete_signature-pending.json",
            "Order is not may complete",
        ),
    ] {
        let title = read::refusal_title(&fixture::bytes(name)).unwrap();
        assert!(title.starts_with(begin), "{title}");
    }
}

/// Does an act against an answer; what was heard and what came of it.
async fn act(act: OrderAct, answer: &str) -> (Heard, Result<(), MarketError>) {
    let (market, task) = answering(Some(answer.to_owned())).await;
    let done = market
        .act(&Egress::DIRECT, &token(), "ordersID", "ordercode", &act)
        .await;
    (task.await.unwrap(), done)
}

#[tokio::test]
async fn acts_are_the_recorded_ones() {
    for (wish, name) in [
        (OrderAct::Accept, "accept"),
        (OrderAct::Assemble { parcels: 2 }, "assemble"),
        (
            OrderAct::Cancel {
                reason: CancelReason::BuyerAsked,
                comment: None,
            },
            "cancel",
        ),
        (
            OrderAct::Complete {
                code: "1234".to_owned(),
            },
            "complete",
        ),
        (OrderAct::Arrived, "arrived"),
    ] {
        let answer = ok(&String::from_utf8(fixture::bytes(&format!(
            "v2-orders_status-{name}.response.json"
        )))
        .unwrap());
        let (heard, done) = act(wish, &answer.unwrap()).await;
        assert_eq!(done, Ok(()), "{name}");
        assert_eq!(heard.line(), "POST /shop/api/v2/orders HTTP/1.1");
        assert_eq!(heard.header("content-type"), Some("application/vnd.api+json"));
        assert_eq!(heard.header("accept"), Some("application/vnd.api+json"));
        assert!(heard.header("user-agent").unwrap().starts_with("Mozilla/5.0"));
        assert_eq!(heard.header("x-auth-token").unwrap().len(), 44);
        let code = (name == "complete").then_some("1234");
        assert_eq!(heard.header("x-security-code"), code, "{name}");
        let recorded = fixture::json(&format!("v2-orders_status-{name}.request.json"));
        let mut sent = heard.json();
        if recorded["data"]["attributes"]["code"].is_null() {
            sent["data"]["attributes"].as_object_mut().unwrap().remove("code");
        }
        assert_eq!(sent, recorded, "{name}");
    }
}

#[tokio::test]
async fn a_buyers_code_is_asked_for_and_given_in_two_steps() {
    let refusal = String::from_utf8(fixture::bytes("v2-orders_error_complete_wrong-code.json")).unwrap();
    let refused = format!(
        "HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{refusal}",
        refusal.len()
    );
    let (heard, asked) = act(OrderAct::SendCode, &refused).await;
    assert_eq!(
        asked,
        Ok(()),
        "no code was given: the refusal says that one was sent"
    );
    assert_eq!(
        (heard.header("x-security-code"), heard.header("x-send-code")),
        (Some(""), Some("true"))
    );
    let wrong = OrderAct::Complete {
        code: "0000".to_owned(),
    };
    assert_eq!(act(wrong, &refused).await.1, Err(MarketError::WrongCode));
}

#[tokio::test]
async fn a_list_is_asked_for_by_tab_and_days() {
    let body = String::from_utf8(fixture::bytes(
        "v2-orders_list_2025-12_pickup_include-entries.json",
    ))
    .unwrap();
    let (market, task) = answering(ok(&body)).await;
    let question = OrdersQuestion {
        tab: OrderTab::Pickup,
        created_from: millis(1_739_000_000_000),
        created_to: millis(1_740_000_000_000),
        page: 0,
        size: 100,
    };
    let page = market.orders(&Egress::DIRECT, &token(), &question).await.unwrap();
    assert_eq!(page.orders.len(), 1);
    assert_eq!(
        task.await.unwrap().line(),
        "GET /shop/api/v2/orders?page%5Bnumber%5D=0&page%5Bsize%5D=100&filter%5Borders%5D%5Bstate%5D=PICKUP\
         &filter%5Borders%5D%5BcreationDate%5D%5B%24ge%5D=1739000000000&filter%5Borders%5D%5BcreationDate%5D%5B%24le%5D=1740000000000\
         &include%5Borders%5D=entries HTTP/1.1"
    );
    let long = OrdersQuestion {
        created_to: question
            .created_from
            .plus(Span::from_days(14))
            .plus(Span::from_millis(1)),
        ..question
    };
    let (market, _) = answering(ok("{}")).await;
    let refused = market.orders(&Egress::DIRECT, &token(), &long).await;
    assert!(matches!(refused, Err(MarketError::Invalid(_))), "{refused:?}");
}

#[tokio::test]
async fn a_wrong_token_and_a_lost_answer_are_named() {
    let bad = "HTTP/1.1 401 Unauthorized\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
    assert_eq!(act(OrderAct::Accept, bad).await.1, Err(MarketError::BadToken));
    let (market, _task) = answering(None).await;
    let lost = market
        .act(
            &Egress::DIRECT,
            &token(),
            "ordersID",
            "1",
            &OrderAct::Assemble { parcels: 1 },
        )
        .await;
    assert!(matches!(lost, Err(MarketError::Unclear(_))), "{lost:?}");
}

#[tokio::test]
async fn a_line_is_taken_out_as_recorded() {
    let body = String::from_utf8(fixture::bytes("v2-orderEntryCancelOperation.response.json")).unwrap();
    let (market, task) = answering(ok(&body)).await;
    let cancel = EntryCancel {
        entry_id: "orderentriesID".to_owned(),
        left: 1,
        reason: CancelReason::BuyerAsked,
        notes: "Отказ клиента".to_owned(),
    };
    let state = market
        .cancel_entry(&Egress::DIRECT, &token(), &cancel)
        .await
        .unwrap();
    assert_eq!(state, EntryCancelState::InProgress);
    let heard = task.await.unwrap();
    assert_eq!(
        heard.line(),
        "POST /shop/api/v2/orderEntryCancelOperation HTTP/1.1"
    );
    assert_eq!(
        heard.json(),
        fixture::json("v2-orderEntryCancelOperation.request.json")
    );
}

#[tokio::test]
async fn less_weight_is_said_as_recorded() {
    let body = String::from_utf8(fixture::bytes("orderPartialCancel.response.json")).unwrap();
    let (market, task) = answering(ok(&body)).await;
    let change = WeightChange {
        entry_id: "orderentriesId".to_owned(),
        left_g: 1_000,
        left: 1,
        is_underweight: true,
        notes: "Недовес по товару".to_owned(),
    };
    let state = market
        .change_weight(&Egress::DIRECT, &token(), "MTIz", &change)
        .await
        .unwrap();
    assert_eq!(state, EntryCancelState::InProgress);
    let heard = task.await.unwrap();
    assert_eq!(heard.line(), "PUT /shop/api/orderPartialCancel/MTIz HTTP/1.1");
    assert_eq!(heard.json(), fixture::json("orderPartialCancel.request.json"));
}

#[tokio::test]
async fn a_waybill_is_a_pdf_of_the_marketplace_and_of_nobody_else() {
    let pdf = "%PDF-1.4 one page";
    let answer = |kind: &str, body: &str| {
        format!(
            "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        )
    };
    for (kind, body, good) in [("application/pdf", pdf, true), ("text/html", "<html>", false)] {
        let (market, task) = answering(Some(answer(kind, body))).await;
        let url = format!("{}/waybill/1", market.settings().official_url);
        let read = market.waybill(&Egress::DIRECT, &token(), &url).await;
        assert_eq!(read.ok(), good.then(|| body.as_bytes().to_vec()));
        assert!(task.await.unwrap().header("x-auth-token").is_some());
    }
    let (market, _) = answering(ok("{}")).await;
    let elsewhere = market
        .waybill(&Egress::DIRECT, &token(), "https://example.com/waybill/1")
        .await;
    assert!(
        matches!(elsewhere, Err(MarketError::Invalid(_))),
        "the token stays at home"
    );
}

#[tokio::test]
async fn an_order_of_the_pretend_kaspi_goes_from_new_to_its_waybill() {
    let options = sauda_sim::Options {
        cards: 300,
        offers: 200,
        ..sauda_sim::Options::for_tests()
    };
    let world = sauda_sim::start(options).await.unwrap();
    world.sim().live(false, true);
    let market = KaspiMarket::new(KaspiSettings::all_at(&world.base_url())).unwrap();
    let token = ApiToken(SecretString::from(world.sim().world.shops[0].token.clone()));
    let via = &Egress::DIRECT;
    let list = async |tab: OrderTab| {
        let now = world.sim().clock.now();
        let question = OrdersQuestion {
            tab,
            created_from: now.minus(Span::from_days(13)),
            created_to: now,
            page: 0,
            size: 100,
        };
        market.orders(via, &token, &question).await.unwrap()
    };
    let mut new = Vec::new();
    for _ in 0..200 {
        world.sim().step(Span::from_mins(20));
        let page = list(OrderTab::New).await;
        assert_eq!(page.refused, [""; 0]);
        new = page.orders;
        new.retain(|order| order.is_kaspi_delivery);
        if !new.is_empty() {
            break;
        }
    }
    let order = new.remove(0);
    let lines = order.entries.clone().unwrap();
    assert_eq!(market.entries(via, &token, &order.id).await.unwrap(), lines);
    assert!(lines[0].sku.is_some() && lines[0].card.is_some());

    let assemble = OrderAct::Assemble { parcels: 1 };
    let early = market.act(via, &token, &order.id, &order.code, &assemble).await;
    assert!(matches!(early, Err(MarketError::Refused { .. })), "{early:?}");
    for act in [OrderAct::Accept, assemble] {
        market
            .act(via, &token, &order.id, &order.code, &act)
            .await
            .unwrap();
    }
    let read = async || market.order(via, &token, &order.code).await.unwrap();
    let now = read().await;
    assert!(now.assembled && now.status == OrderStatus::AcceptedByMerchant);
    assert_eq!(now.delivery.unwrap().waybill_url, None, "not yet");
    world.sim().step(Span::from_mins(4));
    let url = read().await.delivery.unwrap().waybill_url.unwrap();
    assert!(
        market
            .waybill(via, &token, &url)
            .await
            .unwrap()
            .starts_with(b"%PDF-")
    );
    world.sim().step(Span::from_hours(48));
    let gone = read().await;
    assert!(gone.delivery.unwrap().handed_over_at.is_some());
    assert!(matches!(
        market.waybill(via, &token, &url).await,
        Err(MarketError::NotFound(_))
    ));
    let nobody = market.order(via, &token, "1").await;
    assert!(matches!(nobody, Err(MarketError::NotFound(_))));
    let stranger = ApiToken(SecretString::from("nobody"));
    assert_eq!(
        market.order(via, &stranger, "1").await.err(),
        Some(MarketError::BadToken)
    );
}
