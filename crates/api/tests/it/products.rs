//! Products over the interface: brought as a file, changed with what was seen, put back.

use crate::house::{House, Reply};
use sauda_accounts::Role;
use serde_json::{Value, json};

async fn send(house: &House, path: &str, file: &str) -> Reply {
    let address = format!("/api/v1{path}");
    house
        .send(
            &house.cookie,
            "POST",
            &address,
            file.as_bytes().to_vec(),
            Some("text/csv"),
            &[],
        )
        .await
}

const SHEET: &str = "SKU_ID;Kaspi_name_core;Initial_KSP_Price;Stock_entered;Weight_kg;Our_Size\n\
                     A;Куртка;38 740;4;0,95;ХЛ\nB;Шапка;4 990;>5;;единый\n";

#[tokio::test(flavor = "multi_thread")]
async fn a_sheet_is_checked_written_and_put_back() {
    let house = House::new().await;
    let check = send(&house, "/product_import_checks", SHEET).await.ok();
    assert_eq!(
        (&check["rows"], &check["ready"], &check["refused"]),
        (&json!(2), &json!(1), &json!(1))
    );
    assert_eq!(check["errors"][0]["code"], "import-product-stock-inexact");
    assert!(!check["errors"][0]["detail"].as_str().unwrap().contains('⟦'));
    assert_eq!(
        house.get("/product_counts").await.ok()["active"],
        0,
        "nothing is written"
    );

    let done = send(&house, "/product_imports?name=own.csv", SHEET).await;
    assert_eq!(done.status, 201);
    let done = done.ok();
    assert_eq!(
        (
            &done["import"]["created"],
            &done["import"]["skipped"],
            &done["import"]["title"]
        ),
        (&json!(1), &json!(1), &json!("own.csv"))
    );
    let list = house.get("/products").await.ok();
    let coat = &list["items"][0];
    assert_eq!(
        coat["price"],
        json!({"amount_minor": 3_874_000, "currency": "KZT"})
    );
    assert_eq!(
        (&coat["weight_grams"], &coat["size"], &coat["size_normalised"]),
        (&json!(950), &json!("ХЛ"), &json!("XL"))
    );

    let undo = format!(
        "/product_imports/{}/undos",
        done["import"]["id"].as_str().unwrap()
    );
    let undone = house.post(&undo, json!(null)).await.ok();
    assert_eq!(
        (&undone["state"], &undone["put_back"]),
        (&json!("undone"), &json!(1))
    );
    assert_eq!(house.get("/products").await.ok()["items"], json!([]));
    let twice = house.post(&undo, json!(null)).await;
    assert_eq!(twice.status, 409);
    let lost = send(&house, "/product_import_checks", "Название;Цена\nx;1\n").await;
    assert_eq!(lost.json()["errors"][0]["code"], "import-mapping-no-sku");
}

async fn patch(house: &House, id: &str, version: &str, body: Value) -> Reply {
    house
        .send(
            &house.cookie,
            "PATCH",
            &format!("/api/v1/products/{id}"),
            serde_json::to_vec(&body).unwrap(),
            Some("application/json"),
            &[("if-match", version)],
        )
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_product_is_made_changed_as_it_was_seen_and_archived() {
    let house = House::new().await;
    let made = house
        .post("/products", json!({"sku": "H-1", "title": "Плед", "stock": 3}))
        .await;
    assert_eq!(made.status, 201);
    let id = made.ok()["id"].as_str().unwrap().to_owned();
    let strict = house.post("/products", json!({"sku": "H-2", "titel": "x"})).await;
    assert_eq!(strict.status, 422);
    assert!(strict.text.contains("titel"), "{}", strict.text);
    assert_eq!(
        house
            .post("/products", json!({"sku": "H-1", "title": "Ещё"}))
            .await
            .status,
        409
    );

    let cost =
        json!({"cost": {"amount_minor": 120_450, "currency": "KZT"}, "weight_grams": 950, "stock": null});
    let changed = patch(&house, &id, "\"1\"", cost).await.ok();
    assert_eq!(
        (
            &changed["cost"]["amount_minor"],
            &changed["weight_grams"],
            &changed["stock"],
            &changed["version"]
        ),
        (&json!(120_450), &json!(950), &json!(null), &json!(2))
    );
    assert_eq!(
        patch(&house, &id, "\"1\"", json!({"title": "Плед 2"}))
            .await
            .status,
        409
    );
    let refused = patch(&house, &id, "\"2\"", json!({"barcode": "123"})).await;
    assert_eq!(refused.json()["errors"][0]["code"], "product-barcode");
    assert_eq!(
        patch(&house, &id, "\"2\"", json!({"archived": true})).await.ok()["version"],
        3
    );
    assert_eq!(house.get("/products").await.ok()["items"], json!([]));
    assert_eq!(
        house.get("/products?archived=true").await.ok()["items"][0]["sku"],
        "H-1"
    );

    let packer = house.hire(Role::Packer).await;
    let seen = house
        .send(
            &packer,
            "GET",
            &format!("/api/v1/products/{id}"),
            Vec::new(),
            None,
            &[],
        )
        .await
        .ok();
    assert_eq!(seen["cost"], json!(null), "packers see no costs");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_fact_is_set_for_many_and_pages_follow_each_other() {
    let house = House::new().await;
    send(&house, "/product_imports", "SKU;Название\nA;a\nB;b\nC;c\n")
        .await
        .ok();
    let first = house.get("/products?limit=2").await.ok();
    let next = first["next"].as_str().unwrap();
    let second = house.get(&format!("/products?limit=2&after={next}")).await.ok();
    let skus: Vec<&str> = [&first, &second]
        .into_iter()
        .flat_map(|page| page["items"].as_array().unwrap())
        .map(|item| item["sku"].as_str().unwrap())
        .collect();
    assert_eq!(skus, ["A", "B", "C"]);
    let ids: Vec<&str> = first["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["id"].as_str().unwrap())
        .collect();
    let edit = json!({"product_ids": ids, "act": "set", "field": "season", "value": "Зима"});
    assert_eq!(house.post("/product_edits", edit).await.ok()["changed"], 2);
    let winter = house.get("/products?season=%D0%97%D0%B8%D0%BC%D0%B0").await.ok();
    assert_eq!(winter["items"].as_array().unwrap().len(), 2);
    assert_eq!(winter["items"][0]["season_normalised"], "winter");
}
