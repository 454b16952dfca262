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

#[tokio::test]
async fn who_keeps_no_sheet_takes_the_goods_from_the_cabinet() {
    let stall = Stall::new().await;
    let empty = stall.page("/catalog").await;
    let offered = texts(&empty, ".empty form button");
    assert_eq!(offered, ["Взять из кабинета: 3"]);
    let begin = stall.page("/catalog/import").await;
    assert!(
        texts(&begin, "#off-h")[0].contains("3 артикула"),
        "{}",
        begin.text
    );
    let taken = stall.post("/catalog/import/offers", &[]).await;
    let check = taken.to().to_owned();
    assert!(check.ends_with("/check"), "{check}");
    let seen = stall.page(&check).await;
    assert_eq!(texts(&seen, "dl.facts dd"), ["3", "0", "0"]);
    stall.post(&check.replace("/check", "/apply"), &[]).await.to();
    let list = stall.page("/catalog").await;
    assert_eq!(texts(&list, "table.catalogue tbody .col-goods a").len(), 3);
    assert!(texts(&stall.page("/catalog/import").await, "#off-h").is_empty());
    // Twice has nothing to take, and says so.
    let again = stall.post("/catalog/import/offers", &[]).await;
    assert_eq!(again.status, 409);
    assert!(again.text.contains("уже в каталоге"), "{}", again.text);
}

#[tokio::test]
async fn wrong_cells_are_mended_on_the_page_of_the_check_without_script() {
    let stall = Stall::new().await;
    let sent = stall.upload_to("/catalog/import", "товары.csv", SHEET).await;
    let id = sent.to().trim_end_matches("/columns").to_owned();
    let check = format!("{id}/check");
    let page = stall.page(&check).await;
    assert_eq!(
        texts(&page, "form[action$=\"/mend\"] .field label"),
        ["Initial_KSP_Price", "Stock_entered"],
        "only the wrong cells are fields"
    );
    assert_eq!(texts(&page, "form[action$=\"/mend\"] .field .error").len(), 2);
    page.has("name=\"c3_3\" type=\"text\" value=\"&gt;5\"");

    let half = [("c3_2", "12 990"), ("c3_3", "много")];
    assert_eq!(stall.post(&format!("{id}/mend"), &half).await.to(), check);
    let page = stall.page(&check).await;
    assert_eq!(
        texts(&page, "form[action$=\"/mend\"] .field label"),
        ["Stock_entered"]
    );
    assert_eq!(texts(&page, "dl.facts dd"), ["2", "0", "1"]);
    stall.post(&format!("{id}/mend"), &[("c3_3", "6")]).await.to();
    let page = stall.page(&check).await;
    assert_eq!(texts(&page, "dl.facts dd"), ["3", "0", "0"]);
    page.has("было «&gt;5», стало «6»");

    stall.post(&format!("{id}/mend"), &[("back", "3")]).await.to();
    assert_eq!(
        texts(&stall.page(&check).await, "dl.facts dd"),
        ["2", "0", "1"],
        "the row is as it was sent"
    );
    stall.post(&format!("{id}/mend"), &[("out_3", "on")]).await.to();
    let page = stall.page(&check).await;
    assert_eq!(texts(&page, "dl.facts dd"), ["2", "0", "0"]);
    page.has("Не загружаем");
    assert_eq!(
        texts(&stall.page("/catalog").await, "table tbody tr").len(),
        0,
        "nothing is written yet"
    );
    stall.post(&format!("{id}/apply"), &[]).await.to();
    let late = stall.post(&format!("{id}/mend"), &[("c3_3", "7")]).await;
    assert_eq!(late.to(), format!("{id}/done"));
}

#[tokio::test]
async fn products_without_an_offer_are_switched_into_the_list_on_its_page() {
    let stall = Stall::new().await;
    stall.upload_to("/catalog/import", "товары.csv", SHEET).await;
    let sent = stall.upload_to("/catalog/import", "товары.csv", SHEET).await;
    let id = sent.to().trim_end_matches("/columns").to_owned();
    stall.post(&format!("{id}/apply"), &[]).await.to();
    let page = stall.base.replace("/prices", "/catalog/feed");
    stall.page(&page).await.has("Не добавлять в прайс");
    let points = stall
        .house
        .catalog
        .points(&stall.scope, &stall.shop)
        .await
        .unwrap();
    let point = points[0].id.as_str();
    stall
        .post(&format!("{page}/products"), &[("point", point)])
        .await
        .to();
    let shown = stall.page(&format!("{page}?show=in")).await;
    shown.has("A-1");
    shown.has("C-1");
    let unknown = stall
        .post(&format!("{page}/products"), &[("point", "nowhere")])
        .await;
    assert_eq!(unknown.status, 404);
}
