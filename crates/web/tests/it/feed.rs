//! The price list from its address to its page, preorders and warehouses, as people and the marketplace meet them.

use crate::{
    house::{Answer, Browser},
    stall::Stall,
};
use axum::{body::Body, http::Request};
use sauda_kernel::Span;

/// The marketplace: no cookies, no account.
async fn fetch(stall: &Stall, address: &str, known: Option<&str>) -> Answer {
    let mut request = Request::get(address).header("user-agent", "Java/11.0.20");
    if let Some(etag) = known {
        request = request.header("if-none-match", etag);
    }
    let request = request.body(Body::empty()).unwrap();
    stall.house.send(&Browser::default(), request).await
}

/// The path of the list's address, read from its page.
async fn address(stall: &Stall) -> String {
    let page = stall.page(&page_of(stall)).await;
    let (_, rest) = page.text.split_once("/feeds/").unwrap();
    let (word, _) = rest.split_once(".xml").unwrap();
    format!("/feeds/{word}.xml")
}

fn page_of(stall: &Stall) -> String {
    stall.base.replace("/prices", "/catalog/feed")
}

#[tokio::test]
async fn a_list_is_made_fetched_whole_unchanged_and_switched_off() {
    let stall = Stall::new().await;
    let page = page_of(&stall);
    let to = stall.house.get(&stall.owner, "/catalog/feed").await;
    assert_eq!(to.to(), page);
    stall.page(&page).await.has("Адреса ещё нет");
    stall.post(&format!("{page}/address"), &[]).await.to();
    stall.page(&page).await.has("Прайс ещё никто не забирал");
    let at = address(&stall).await;
    let first = fetch(&stall, &at, None).await;
    assert_eq!(first.status, 200);
    assert_eq!(first.header("content-type"), "application/xml; charset=utf-8");
    assert!(first.text.starts_with("<?xml"));
    assert!(first.text.trim_end().ends_with("</kaspi_catalog>"));
    first.has("<offer sku=\"P-1\">");
    first.has("<price>38740</price>");
    let again = fetch(&stall, &at, Some(first.header("etag"))).await;
    assert_eq!((again.status, again.text.as_str()), (304, ""));
    let shown = stall.page(&page).await;
    shown.has("отдали целиком");
    shown.has("без изменений");
    shown.has("Java/11.0.20");
    stall
        .page(&format!("{page}?check=1"))
        .await
        .has("Прайс в порядке: 3 товара");
    stall
        .page(&format!("{page}?sku=P-1"))
        .await
        .has("&lt;offer sku=&quot;P-1&quot;&gt;");
    let csv = stall
        .house
        .get(&stall.owner, &format!("{page}/rows.csv?show=in&q=кружка"))
        .await;
    assert_eq!(csv.text.lines().count(), 2, "{}", csv.text);
    stall
        .post(&format!("{page}/way"), &[("way", "cabinet")])
        .await
        .to();
    let off = fetch(&stall, &at, None).await;
    assert_eq!((off.status, off.header("retry-after")), (503, "900"));
    stall.post(&format!("{page}/way"), &[("way", "both")]).await.to();
    stall.post(&format!("{page}/address"), &[]).await.to();
    assert_eq!(fetch(&stall, &at, None).await.status, 404);
    assert_eq!(fetch(&stall, "/feeds/nothing.xml", None).await.status, 404);
    assert_eq!(fetch(&stall, &address(&stall).await, None).await.status, 200);
}

#[tokio::test]
async fn a_head_request_takes_nothing_with_it() {
    let stall = Stall::new().await;
    stall
        .post(&format!("{}/address", page_of(&stall)), &[])
        .await
        .to();
    let request = Request::head(address(&stall).await).body(Body::empty()).unwrap();
    let answer = stall.house.send(&Browser::default(), request).await;
    assert_eq!((answer.status, answer.text.as_str()), (200, ""));
    let feed = stall.house.feeds.feed(&stall.scope, &stall.shop).await.unwrap();
    assert_eq!(feed.good_rows, None);
}

#[tokio::test]
async fn a_preorder_is_refused_with_its_reason_then_kept_then_ended() {
    let stall = Stall::new().await;
    let page = stall.base.replace("/prices", "/catalog/preorders");
    stall.page(&page).await.has("Предзаказов нет");
    stall.page(&format!("{page}?q=пуховик")).await.has("P-1");
    let offer = stall.coat.to_string();
    let refused = stall
        .post(&page, &[("offer", &offer), ("days", "45"), ("q", "пуховик")])
        .await;
    assert_eq!(refused.status, 422);
    refused.has("Срок предзаказа 45 не подходит");
    let kept = [
        ("offer", offer.as_str()),
        ("days", "5"),
        ("limit", "2"),
        ("ends", "2099-01-31"),
    ];
    stall.post(&page, &kept).await.to();
    stall.page(&page).await.has("5 дней");
    stall
        .post(&format!("{}/address", page_of(&stall)), &[])
        .await
        .to();
    let list = fetch(&stall, &address(&stall).await, None).await;
    list.has("storeId=\"PP1\" preOrder=\"5\" stockCount=\"2\"");
    stall.post(&format!("{page}/{offer}/end"), &[]).await.to();
    stall.house.clock.push(Span::from_secs(60));
    let list = fetch(&stall, &address(&stall).await, None).await;
    assert!(!list.text.contains("preOrder"));
}

#[tokio::test]
async fn stock_of_a_warehouse_is_said_and_taken_back() {
    let stall = Stall::new().await;
    let page = stall.base.replace("/prices", "/catalog/warehouses");
    let shown = stall.page(&page).await;
    shown.has("Остатки на точке");
    let point = stall
        .house
        .catalog
        .points(&stall.scope, &stall.shop)
        .await
        .unwrap()[0]
        .id
        .clone();
    let offer = stall.coat.to_string();
    let said = [("offer", offer.as_str()), ("available", "yes"), ("stock", "17")];
    stall.post(&format!("{page}/{point}/stock"), &said).await.to();
    stall.page(&page).await.has("17 шт.");
    let wrong = [("offer", offer.as_str()), ("stock", "-3")];
    assert_eq!(
        stall.post(&format!("{page}/{point}/stock"), &wrong).await.status,
        422
    );
    let facts = [("address", "Толе би 63"), ("cut_off", "15:00")];
    stall.post(&format!("{page}/{point}"), &facts).await.to();
    stall.page(&page).await.has("value=\"15:00\"");
}
