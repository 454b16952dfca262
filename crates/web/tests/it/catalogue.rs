//! The catalogue in process: a sheet goes its steps, cells answer, packers see no costs.

use crate::stall::{Stall, around, texts};

const SHEET: &str = "SKU_ID;Kaspi_name_core;Initial_KSP_Price;Stock_entered;Weight_kg;Себестоимость\n\
                     A-1;Куртка Арктика;38 740;4;0,95;25 300\nB-1;Шапка;0;>5;;\nC-1;Шарф;4 990;0;;\n";

#[tokio::test]
async fn a_sheet_of_products_goes_its_four_steps_and_back() {
    let stall = Stall::new().await;
    let empty = stall.page("/catalog").await;
    assert_eq!(texts(&empty, ".empty h2"), ["Здесь будут ваши товары"]);
    let sent = stall.upload_to("/catalog/import", "товары.csv", SHEET).await;
    let columns = sent.to().to_owned();
    assert!(columns.ends_with("/columns"), "{columns}");
    stall.page(&columns).await;
    let id = columns.trim_end_matches("/columns").to_owned();
    let twice = stall
        .post(
            &columns,
            &[
                ("column_0", "merchantProductId"),
                ("column_1", "title"),
                ("column_2", "title"),
            ],
        )
        .await;
    assert_eq!(twice.status, 422);
    assert!(!twice.text.contains('⟦'), "{}", around(&twice.text, '⟦'));
    let chosen = [
        ("column_0", "merchantProductId"),
        ("column_1", "title"),
        ("column_2", "price"),
        ("column_3", "availableAmount"),
        ("column_4", "weight"),
        ("column_5", "cost"),
    ];
    assert_eq!(stall.post(&columns, &chosen).await.to(), format!("{id}/check"));
    let check = stall.page(&format!("{id}/check")).await;
    assert_eq!(
        texts(&check, "dl.facts dd"),
        ["2", "0", "1"],
        "ready, with a warning, refused"
    );
    assert_eq!(
        texts(&stall.page("/catalog").await, "table tbody tr").len(),
        0,
        "nothing is written yet"
    );
    let (_, bad) = stall.bytes(&format!("{id}/bad.csv")).await;
    assert_eq!(String::from_utf8(bad).unwrap().lines().count(), 2);

    assert_eq!(
        stall.post(&format!("{id}/apply"), &[]).await.to(),
        format!("{id}/done")
    );
    assert_eq!(
        texts(&stall.page(&format!("{id}/done")).await, "dl.facts dd"),
        ["2", "0", "0", "1"]
    );
    let list = stall.page("/catalog").await;
    assert_eq!(
        texts(&list, "table.catalogue tbody .col-goods a"),
        ["Куртка Арктика", "Шарф"]
    );
    assert_eq!(
        stall.post(&format!("{id}/undo"), &[]).await.to(),
        format!("{id}/done")
    );
    assert_eq!(
        texts(&stall.page("/catalog").await, ".empty h2"),
        ["Здесь будут ваши товары"]
    );
}
