//! What buyers send back: the list, what people do with a parcel, in what condition its goods are, the file.

use crate::stall::{Stall, attributes, texts};
use sauda_store::sql;

/// A return that lies at the point and waits for a word.
async fn returned(stall: &Stall) -> &'static str {
    let id = "rtn_01arz3ndektsv4rrffq69g5fav";
    let now = sauda_kernel::Clock::now(&stall.house.clock);
    let document = serde_json::json!({
        "sku": "P-1", "quantity": 1, "reason": "Не подошёл размер", "comment": "Мал в плечах",
        "pictures": ["https://kaspi.kz/1.jpg", "javascript:alert(1)"],
    });
    sql!(
        "INSERT INTO returns (id, merchant_id, shop_id, market_id, number, order_code, tab, document, fold, first_at, seen_at, mark, marked_by) \
         VALUES ($1, $2, $3, 'm-1', '4000012', '', 'waiting_decision', $4, '4000012', $5, $5, 'none', '')"
    )
    .bind(id)
    .bind(stall.scope.merchant())
    .bind(&stall.shop)
    .bind(document.to_string())
    .bind(now)
    .run(stall.house.db())
    .await
    .unwrap();
    id
}

#[tokio::test]
async fn a_parcel_is_fetched_looked_at_and_put_back() {
    let stall = Stall::new().await;
    let id = returned(&stall).await;
    let base = stall.base.replace("/prices", "/orders/returns");
    let act = format!("{base}/{id}");
    let page = stall.page(&base).await;
    page.has("«Мал в плечах»");
    assert_eq!(
        attributes(&page, ".card a[target=_blank]", "href"),
        ["https://kaspi.kz/1.jpg"],
        "only what a browser may open safely"
    );
    assert!(!page.text.contains("Состояние:"), "nobody has the goods yet");
    let early = stall.post(&act, &[("condition", "worn")]).await;
    assert_eq!(early.status, 409);
    early.has("сначала заберите его");

    stall.post(&act, &[("mark", "collected")]).await.to();
    let refused = stall.post(&act, &[("condition", "fine")]).await;
    assert_eq!(refused.status, 422);
    stall.post(&act, &[("condition", "worn")]).await.to();
    let answer = stall
        .post(&act, &[("condition", "damaged"), ("back", &base)])
        .await;
    assert_eq!(answer.to(), base);
    let page = stall.page(&base).await;
    assert_eq!(texts(&page, ".chip[aria-pressed=true]"), ["повреждён"]);
    stall.post(&act, &[("mark", "written_off")]).await.to();
    let file = stall.page(&format!("{base}/export.csv?view=all")).await;
    file.has("Списали");
    file.has("повреждён");
}
