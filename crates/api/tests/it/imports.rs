//! Limits from files: checked, applied as one bulk change, refused rows given back.

use crate::house::{House, Reply, tenge};
use serde_json::json;

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

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_checked_then_applied_then_undone() {
    let (house, shop) = House::with_shop().await;
    let offer = house.offer(&shop, "A").await;
    let file = "Артикул;Мин. цена;Макс. цена\nA;35 000 ₸;44900\nB;0;100\nZ;1000;2000\n";
    let check = send(&house, &format!("/shops/{shop}/import_checks"), file)
        .await
        .ok();
    assert_eq!(
        (
            &check["mapping"],
            &check["ready"],
            &check["refused"],
            &check["rows"]
        ),
        (&json!("sku=0,min=1,max=2"), &json!(1), &json!(2), &json!(3))
    );
    let findings: Vec<_> = check["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["row"].as_u64().unwrap(), one["code"].as_str().unwrap()))
        .collect();
    assert_eq!(findings, [(3, "import-cell-zero"), (4, "import-sku-unknown")]);
    for finding in check["errors"].as_array().unwrap() {
        let text = finding["detail"].as_str().unwrap();
        assert!(!text.contains('⟦') && !text.contains("{$"), "{text}");
    }
    let bad = send(&house, &format!("/shops/{shop}/import_bad_rows"), file).await;
    assert_eq!(
        bad.headers["content-disposition"],
        "attachment; filename=\"bad_rows.csv\""
    );
    assert_eq!(bad.text.lines().count(), 3, "{}", bad.text);
    assert_eq!(
        house.get(&format!("/offers/{offer}")).await.ok()["own"]["version"],
        0,
        "nothing was applied yet"
    );

    let done = send(&house, &format!("/shops/{shop}/imports"), file).await;
    assert_eq!(done.status, 201);
    let done = done.ok();
    assert_eq!(
        (&done["bulk"]["changed"], &done["check"]["refused"]),
        (&json!(1), &json!(2))
    );
    assert_eq!(
        house.get(&format!("/offers/{offer}")).await.ok()["own"]["min"],
        tenge(35_000)
    );
    let undo = format!("/bulks/{}/undos", done["bulk"]["id"].as_str().unwrap());
    assert_eq!(house.post(&undo, json!(null)).await.ok()["put_back"], 1);
    assert_eq!(
        house.get(&format!("/offers/{offer}")).await.ok()["own"]["min"],
        json!(null)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_are_no_tables_and_wrong_mappings_are_refused() {
    let (house, shop) = House::with_shop().await;
    let path = format!("/shops/{shop}/import_checks");
    assert_eq!(
        send(&house, &path, "").await.refused(422)["code"],
        "import-file-empty"
    );
    assert_eq!(
        send(&house, &path, "%PDF-1.7 ...............").await.refused(422)["code"],
        "import-file-format"
    );
    let file = "sku;min\nA;35000\n";
    let wrong = send(&house, &format!("{path}?mapping=sku%3D0,min%3D9"), file)
        .await
        .refused(422);
    assert_eq!(wrong["code"], "import-mapping-no-column");
    let nothing = send(&house, &path, "sku;название\nA;x\n").await.refused(422);
    assert_eq!(nothing["code"], "import-mapping-nothing");
    let check = send(&house, &format!("{path}?mapping=sku%3D0,max%3D1"), file)
        .await
        .ok();
    assert_eq!(
        (&check["ready"], &check["columns"][1]["field"]),
        (&json!(1), &json!("max"))
    );
    let large = ("content-length", "1073741824");
    let refused = house
        .send(
            &house.cookie,
            "POST",
            &format!("/api/v1{path}"),
            b"sku".to_vec(),
            None,
            &[large],
        )
        .await;
    assert_eq!(refused.refused(422)["code"], "import-file-too-large");
}
