//! Stock in process: a product is told a demand, ordered, received with less, counted; a packer sees no sums.

use crate::stall::{Stall, texts};
use sauda_kernel::{Clock as _, CountedIds, Id, Span};
use sauda_stock::{OrderGoods, OrderStock, OrderWish};

const SHEET: &str = "SKU_ID;Kaspi_name_core;Initial_KSP_Price;Stock_entered;Weight_kg;Себестоимость\n\
                     A-1;Куртка Арктика;38 740;4;0,95;25 300\n";

/// Values of a field in the order of the page.
fn values(page: &str, name: &str) -> Vec<String> {
    let mark = format!("name=\"{name}\"");
    page.split('<')
        .filter(|tag| tag.contains(&mark) && tag.contains("value=\""))
        .filter_map(|tag| {
            let (_, rest) = tag.split_once("value=\"")?;
            rest.split_once('"').map(|(value, _)| value.to_owned())
        })
        .collect()
}

#[tokio::test]
async fn a_product_is_told_a_demand_ordered_received_and_counted() {
    let stall = Stall::new().await;
    let empty = stall.page("/stock").await;
    assert_eq!(texts(&empty, ".empty h2"), ["Пока считать не по чему"]);
    let sent = stall.upload_to("/catalog/import", "товары.csv", SHEET).await;
    let id = sent.to().trim_end_matches("/columns").to_owned();
    let chosen = [
        ("column_0", "merchantProductId"),
        ("column_1", "title"),
        ("column_2", "price"),
        ("column_3", "availableAmount"),
        ("column_4", "weight"),
        ("column_5", "cost"),
    ];
    stall.post(&format!("{id}/columns"), &chosen).await;
    stall.post(&format!("{id}/apply"), &[]).await;
    let list = stall.page("/catalog").await;
    let (_, rest) = list.text.split_once("href=\"/catalog/prd_").unwrap();
    let product = format!("prd_{}", &rest[..26]);

    stall.page(&format!("/stock/{product}")).await;
    let supply = [("supplier", ""), ("least", "1"), ("pack", "5"), ("rate", "2,4")];
    stall
        .post(&format!("/stock/{product}/supply"), &supply)
        .await
        .to();
    let due = stall.page("/stock").await;
    let quantity = values(&due.text, "quantity");
    assert_eq!(quantity.len(), 1, "{}", due.text);
    let wanted: i64 = quantity[0].parse().unwrap();
    assert!(wanted >= 50 && wanted % 5 == 0, "{wanted}");
    let wrong = stall
        .post(
            &format!("/stock/{product}/supply"),
            &[("least", "1"), ("pack", "x")],
        )
        .await;
    assert_eq!(wrong.status, 422);

    let order = [
        ("pick", product.as_str()),
        ("product", &product),
        ("quantity", &quantity[0]),
    ];
    assert_eq!(stall.post("/stock/order", &order).await.to(), "/stock/orders");
    let purchases = stall.page("/stock/orders").await;
    let (_, rest) = purchases.text.split_once("id=\"pur_").unwrap();
    let purchase = format!("pur_{}", &rest[..26]);
    stall
        .post(&format!("/stock/orders/{purchase}/state"), &[("state", "sent")])
        .await
        .to();
    assert!(stall.page("/stock").await.text.contains("Здесь пусто"));
    let came = [("product", product.as_str()), ("received", "48"), ("extra", "0")];
    stall
        .post(&format!("/stock/orders/{purchase}/receive"), &came)
        .await
        .to();
    assert!(
        stall
            .page("/stock/orders")
            .await
            .text
            .contains("Пришло не то, что заказали")
    );

    let counts = stall.page("/stock/counts").await;
    let (_, rest) = counts.text.split_once("value=\"whs_").unwrap();
    let warehouse = format!("whs_{}", &rest[..26]);
    stall
        .post("/stock/counts", &[("warehouse", &warehouse)])
        .await
        .to();
    let counts = stall.page("/stock/counts").await;
    let (_, rest) = counts.text.split_once("id=\"cnt_").unwrap();
    let counting = format!("cnt_{}", &rest[..26]);
    let line = format!("/stock/counts/{counting}/line");
    let unknown = stall.post(&line, &[("sku", "Z-9"), ("counted", "1")]).await;
    assert_eq!(unknown.status, 422);
    assert!(unknown.text.contains("Z-9"), "{}", unknown.text);
    stall.post(&line, &[("sku", "A-1"), ("counted", "47")]).await.to();
    stall
        .post(&format!("/stock/counts/{counting}/close"), &[("keep", "yes")])
        .await
        .to();
    let page = stall.page(&format!("/stock/{product}")).await;
    let moves = texts(&page, "table tbody tr");
    assert_eq!(moves.len(), 2, "{moves:?}");
    // Both are of one moment here, so that either may stand first.
    let counted = moves.iter().find(|one| one.contains("Инвентаризация")).unwrap();
    assert!(counted.contains("47") && !counted.contains("cnt_"), "{moves:?}");
}

/// Orders of so many pieces on each of the last days.
async fn sold_each_day(stall: &Stall, product: &str, days: i64, pieces: i64) {
    sold_on(stall, product, 1..=days, pieces).await;
}

/// Orders of so many pieces so many days ago.
async fn sold_on(stall: &Stall, product: &str, days: impl IntoIterator<Item = i64>, pieces: i64) {
    let (stock, db) = (&stall.house.stock, stall.house.db());
    let following = stock.following(&stall.scope).await.unwrap();
    let ids = CountedIds::default();
    let mut tx = db.write().await.unwrap();
    for day in days {
        let order = OrderStock {
            order: Id::new(&stall.house.clock, &ids),
            code: day.to_string(),
            created_at: stall.house.clock.now().minus(Span::from_days(day)),
            wish: OrderWish::Shipped,
            goods: vec![OrderGoods {
                line: 0,
                product: Id::parse(product).unwrap(),
                quantity: pieces,
                unit_price: None,
            }],
        };
        stock
            .follow(&mut tx, &stall.scope, &following, &order)
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_forecast_is_drawn_with_its_band_and_says_how_good_it_was() {
    let stall = Stall::new().await;
    let sent = stall.upload_to("/catalog/import", "товары.csv", SHEET).await;
    let id = sent.to().trim_end_matches("/columns").to_owned();
    let chosen = [
        ("column_0", "merchantProductId"),
        ("column_1", "title"),
        ("column_2", "price"),
    ];
    stall.post(&format!("{id}/columns"), &chosen).await;
    stall.post(&format!("{id}/apply"), &[]).await;
    let list = stall.page("/catalog").await;
    let (_, rest) = list.text.split_once("href=\"/catalog/prd_").unwrap();
    let product = format!("prd_{}", &rest[..26]);
    sold_each_day(&stall, &product, 120, 3).await;
    let before = stall.page(&format!("/stock/{product}")).await;
    assert!(before.text.contains("Прогноза ещё нет"), "{}", before.text);
    assert!(before.text.contains("взято среднее по 120 дн."));
    stall.post("/stock/forecast", &[]).await.to();
    let going = stall.page("/stock?view=all").await;
    assert!(going.text.contains("role=\"progressbar\""), "{}", going.text);
    stall.house.stock.foresee_once(&stall.scope).await.unwrap();
    let page = stall.page(&format!("/stock/{product}")).await;
    for shown in [
        "class=\"area\"",
        "Спрос взят из прогноза",
        "Проверили на последних 28 дн.",
        "обещали 84 шт., купили 84",
    ] {
        assert!(page.text.contains(shown), "{shown}: {}", page.text);
    }
    let list = stall.page("/stock?view=all").await;
    assert!(list.text.contains("товаров в нём: 1"), "{}", list.text);
}

#[tokio::test]
async fn rare_demand_is_told_by_the_days_of_a_piece_and_is_not_kept_for_longer_than_it_may_lie() {
    let stall = Stall::new().await;
    let sent = stall.upload_to("/catalog/import", "товары.csv", SHEET).await;
    let id = sent.to().trim_end_matches("/columns").to_owned();
    let chosen = [("column_0", "merchantProductId"), ("column_1", "title")];
    stall.post(&format!("{id}/columns"), &chosen).await;
    stall.post(&format!("{id}/apply"), &[]).await;
    let list = stall.page("/catalog").await;
    let (_, rest) = list.text.split_once("href=\"/catalog/prd_").unwrap();
    let product = format!("prd_{}", &rest[..26]);
    // One piece each 45th day: two are sold while a piece may lie.
    sold_on(&stall, &product, (1..=8).map(|nth| nth * 45 - 20), 1).await;
    let due = stall.page("/stock").await;
    assert!(!due.text.contains("0,0 в день"), "{}", due.text);
    assert_eq!(values(&due.text, "quantity"), ["2"], "{}", due.text);
    let page = stall.page(&format!("/stock/{product}")).await;
    assert!(page.text.contains("1 шт. за 4"), "{}", page.text);
    let settings = |most: &'static str| {
        [
            ("fill", "95"),
            ("review", "7"),
            ("lead", "14"),
            ("most", most),
            ("costing", "average"),
            ("promise", "fill"),
        ]
    };
    let refused = stall.post("/stock/settings", &settings("1001")).await;
    assert_eq!((refused.status, texts(&refused, "#e-most").len()), (422, 1));
    // Lead time and review are 21 days: what may lie for 20 may lie for 42, and less than one is sold in them.
    stall.post("/stock/settings", &settings("20")).await.to();
    assert!(stall.page("/stock").await.text.contains("Здесь пусто"));
    let page = stall.page(&format!("/stock/{product}")).await;
    assert!(page.text.contains("штука пролежит дольше 42"), "{}", page.text);
    // Whoever tells the demand wants it kept.
    let supply = [("supplier", ""), ("least", "1"), ("pack", "1"), ("rate", "0,02")];
    stall
        .post(&format!("/stock/{product}/supply"), &supply)
        .await
        .to();
    assert_eq!(values(&stall.page("/stock").await.text, "quantity").len(), 1);
}
