//! The product-card service: recorded documents, the schema as it is published, and the pretend Kaspi.

use crate::{
    fixture,
    world::{VIA, World},
};
use sauda_market::{ApiToken, AttributeKind, CardDesk, CardValue, MarketError, NewCard, UploadState};
use sauda_market_kaspi::{KaspiMarket, KaspiSettings, read};

type Break = fn(&mut NewCard);

fn recorded_card() -> NewCard {
    let document = fixture::json("products-import.request.json");
    let card = &document[0];
    let text = |name: &str| card[name].as_str().unwrap().to_owned();
    NewCard {
        sku: text("sku"),
        title: text("title"),
        brand: text("brand"),
        category: text("category"),
        description: Some(text("description")),
        weight: None,
        attributes: card["attributes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| {
                let value = match &one["value"] {
                    serde_json::Value::Bool(flag) => CardValue::Flag(*flag),
                    serde_json::Value::Number(number) => CardValue::Number(number.to_string()),
                    other => CardValue::Text(other.as_str().unwrap().to_owned()),
                };
                (one["code"].as_str().unwrap().to_owned(), value)
            })
            .collect(),
        images: vec![card["images"][0]["url"].as_str().unwrap().to_owned()],
    }
}

#[test]
fn recorded_answers_are_read() {
    let categories =
        read::card_categories(&fixture::bytes("products-classification-categories_full.json")).unwrap();
    assert_eq!(categories.len(), 4_294);
    assert_eq!(categories[1].code, "Master - 3D printers");
    let attributes =
        read::card_attributes(&fixture::bytes("products-classification-attributes.json")).unwrap();
    assert_eq!(attributes.len(), 10);
    assert_eq!(attributes[4].kind, AttributeKind::Flag);
    assert!(attributes[1].many && attributes[1].mandatory && !attributes[2].mandatory);
    let values =
        read::attribute_values(&fixture::bytes("products-classification-attribute-values.json")).unwrap();
    assert_eq!(values[1].name, "твердая");
    let taken = read::upload_status(&fixture::bytes("products-import.response.json")).unwrap();
    assert_eq!(
        (taken.code.as_str(), taken.state),
        ("testproduct", UploadState::Uploaded)
    );
    let status = read::upload_status(&fixture::bytes("products-import-status.json")).unwrap();
    assert_eq!(status.state, UploadState::Finished);
    let result = read::upload_result(&fixture::bytes("products-import-result.json")).unwrap();
    assert_eq!((result.total, result.errors), (1, 0));
    assert_eq!(result.rows["Testsku"].state, "FINISHED");
}

#[test]
fn what_is_sent_is_the_recorded_document() {
    let kaspi = KaspiMarket::new(KaspiSettings::default()).unwrap();
    let sent: serde_json::Value =
        serde_json::from_slice(&kaspi.document(&[recorded_card()]).unwrap()).unwrap();
    assert_eq!(sent, fixture::json("products-import.request.json"));
}

#[test]
fn cards_are_refused_for_what_the_published_schema_refuses() {
    let kaspi = KaspiMarket::new(KaspiSettings::default()).unwrap();
    let attributes =
        read::card_attributes(&fixture::bytes("products-classification-attributes.json")).unwrap();
    assert_eq!(kaspi.check(&[recorded_card()], &attributes), []);
    let schema = fixture::json("products-import-schema.json");
    assert_eq!(schema["maxItems"], 10_000);
    let broken: [(&str, Break); 9] = [
        ("missing", |card| card.title.clear()),
        ("long", |card| card.sku = "x".repeat(65)),
        ("pattern", |card| card.category = "Тетради".to_owned()),
        ("missing", |card| card.images.clear()),
        ("address", |card| card.images = vec!["ftp://x".to_owned()]),
        ("missing", |card| {
            card.attributes.remove(0);
        }),
        ("number", |card| {
            card.attributes[5].1 = CardValue::Number("сорок".to_owned())
        }),
        ("many", |card| {
            card.attributes[0].1 = CardValue::Many(vec!["a".to_owned(), "b".to_owned()]);
        }),
        ("long", |card| card.description = Some("x".repeat(1_025))),
    ];
    for (code, break_it) in broken {
        let mut card = recorded_card();
        break_it(&mut card);
        let found = kaspi.check(&[card], &attributes);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].code, code, "{found:?}");
    }
    assert_eq!(kaspi.check(&[], &attributes)[0].code, "few");
    let twice = kaspi.check(&[recorded_card(), recorded_card()], &attributes);
    assert_eq!(twice[0].code, "twice");
}

#[tokio::test]
async fn an_upload_is_taken_waited_for_and_told_by_article() {
    let world = World::open().await;
    let token = ApiToken(world.sim.sim().world.shops[0].token.clone().into());
    let kaspi = &world.kaspi;
    assert_eq!(kaspi.categories(&VIA, &token).await.unwrap().len(), 4_294);
    let category = "Master - Exercise notebooks";
    let attributes = kaspi.attributes(&VIA, &token, category).await.unwrap();
    assert_eq!(attributes.len(), 10);
    let values = kaspi
        .values(&VIA, &token, category, &attributes[6].code)
        .await
        .unwrap();
    assert_eq!(values.len(), 2);
    let mut bad = recorded_card();
    bad.sku = "Badsku".to_owned();
    bad.attributes.truncate(1);
    let document = kaspi.document(&[recorded_card(), bad]).unwrap();
    let taken = kaspi.upload(&VIA, &token, &document).await.unwrap();
    assert_eq!(taken.state, UploadState::Uploaded);
    let status = kaspi.upload_status(&VIA, &token, &taken.code).await.unwrap();
    assert_eq!(status.state, UploadState::Uploaded);
    world.sim.sim().step(sauda_kernel::Span::from_secs(60));
    let status = kaspi.upload_status(&VIA, &token, &taken.code).await.unwrap();
    assert_eq!(status.state, UploadState::Finished);
    let result = kaspi.upload_result(&VIA, &token, &taken.code).await.unwrap();
    assert_eq!((result.total, result.errors), (2, 1));
    assert_eq!(result.rows["Testsku"].state, "FINISHED");
    assert_eq!(result.rows["Badsku"].state, "ERROR");
    let stranger = ApiToken("wrong".to_owned().into());
    assert_eq!(
        kaspi.upload(&VIA, &stranger, &document).await,
        Err(MarketError::BadToken)
    );
}
