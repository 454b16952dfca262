//! The market as people meet it: an empty page, a category added and refused, settings, a file of Google Trends.

use crate::stall::Stall;

#[tokio::test]
async fn a_category_is_refused_with_its_limits_then_added_paused_and_removed() {
    let stall = Stall::new().await;
    let page = stall.base.replace("/prices", "/market");
    stall.page(&page).await.has("Пока ничего не собираем");
    let fields = |pages: &'static str| {
        [
            ("kind", "category"),
            ("word", "Rims"),
            ("title", "Диски"),
            ("pages", pages),
            ("most", "60"),
            ("sellers_of", "10"),
        ]
    };
    let refused = stall.post(&page, &fields("99")).await;
    assert_eq!(refused.status, 422);
    refused.has("Страниц — от 1 до 50");
    stall.page(&page).await.has("Пока ничего не собираем");
    let added = stall.post(&page, &fields("5")).await;
    let address = added.to().to_owned();
    stall.page(&address).await.has("Первый снимок ещё не готов");
    let id = address.split_once("source=").unwrap().1.to_owned();
    stall.post(&format!("{page}/{id}/pause"), &[]).await.to();
    stall.page(&page).await.has("Выключено");
    stall.post(&format!("{page}/{id}/remove"), &[]).await.to();
    stall.page(&page).await.has("Пока ничего не собираем");
}

#[tokio::test]
async fn times_are_kept_as_typed_and_a_wrong_one_is_refused_at_its_field() {
    let stall = Stall::new().await;
    let page = stall.base.replace("/prices", "/market");
    let fields = |times: &'static str| {
        [
            ("times", times),
            ("keep_days", "7"),
            ("archive_days", "90"),
            ("report", "monthly"),
            ("report_time", "10:30"),
            ("review_limit", "500"),
            ("raw_days", "3"),
        ]
    };
    let refused = stall.post(&format!("{page}/settings"), &fields("утром")).await;
    assert_eq!(refused.status, 422);
    refused.has("value=\"утром\"");
    stall
        .post(&format!("{page}/settings"), &fields("9:15, 21:40"))
        .await
        .to();
    let kept = stall.page(&page).await;
    kept.has("value=\"09:15, 21:40\"");
    kept.has("value=\"10:30\"");
    kept.has("value=\"500\"");
    kept.has("Ответы Kaspi");
    stall.page(&format!("{page}/answers")).await.has("Ответов нет");
}

#[tokio::test]
async fn a_file_of_trends_is_shown_and_a_wrong_line_is_named() {
    let stall = Stall::new().await;
    let page = stall.base.replace("/prices", "/market/trends");
    let empty = stall.page(&page).await;
    empty.has("Трендов пока нет");
    empty.has("Выключено в файле настроек");
    let refused = stall.upload_to(&page, "t.csv", "Week,пуховик\nsoon,1\n").await;
    assert_eq!(refused.status, 422);
    refused.has("Строка 2 не похожа");
    let file = "Week,пуховик: (Казахстан)\n2026-11-01,57\n2026-11-08,100\n";
    stall.upload_to(&page, "t.csv", file).await.to();
    stall.page(&page).await.has("пуховик");
    let reviews = stall.base.replace("/prices", "/market/reviews");
    stall.page(&reviews).await.has("Отзывов пока нет");
}

#[tokio::test]
async fn snapshots_leave_as_files_and_days_that_cannot_be_are_named() {
    let stall = Stall::new().await;
    let page = stall.base.replace("/prices", "/market");
    stall
        .page(&format!("{page}/compare"))
        .await
        .has("Сравнивать пока не с чем");
    let file = stall
        .page(&format!("{page}/files?from=2026-11-01&to=2026-11-20&kind=csv"))
        .await;
    file.has("at,source,source_title,place,card");
    let turned = stall
        .house
        .get(
            &stall.owner,
            &format!("{page}/files?from=2026-11-20&to=2026-11-01&kind=csv"),
        )
        .await;
    assert_eq!(turned.status, 422);
    let odd = stall
        .house
        .get(&stall.owner, &format!("{page}/files?from=soon&to=2026-11-01"))
        .await;
    assert_eq!(odd.status, 422);
    odd.has("soon");
}
