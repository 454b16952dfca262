//! Today: orders taken on with one press, rows put off and brought back, what yesterday earned.

use crate::stall::{Stall, attributes, texts};
use sauda_kernel::{Clock as _, Span};
use sauda_orders::engine::Clerk;
use sauda_testkit::ORDER_KEY;
use tokio_util::sync::CancellationToken;

/// A shop with its key, its bot on, and two orders: one for the marketplace's delivery, one whose buyer comes.
async fn shop() -> (Stall, String) {
    let stall = Box::pin(Stall::new()).await;
    let now = stall.house.clock.now();
    let ago = |minutes| now.minus(Span::from_mins(minutes));
    let desk = &stall.house.desk;
    desk.order("700000001", "P-1", "Пуховик Aru Nord", 38_740, ago(30), false);
    desk.order("700000002", "X-9", "Лампа", 9_290, ago(10), true);
    let key = format!("/settings/shops/{}/key", stall.shop);
    stall.post(&key, &[("key", ORDER_KEY)]).await.to();
    work(&stall).await;
    let base = stall.base.trim_end_matches("/prices").to_owned();
    let on = stall.post(&format!("{base}/bot"), &[("mode", "on")]).await;
    assert_eq!(on.status, 303, "{}", on.text);
    stall.house.idle().await;
    (stall, base)
}

/// The clerk works until nothing is under way, over half a minute.
async fn work(stall: &Stall) {
    let clerk = Clerk::new(stall.house.orders.clone(), "test");
    for _ in 0..36 {
        Box::pin(clerk.turn(&CancellationToken::new())).await.unwrap();
        stall.house.clock.push(Span::from_secs(1));
    }
}

/// Brings goods by a sheet whose columns mean these fields.
async fn import(stall: &Stall, sheet: &str, fields: &[&str]) {
    let sent = stall.upload_to("/catalog/import", "товары.csv", sheet).await;
    let id = sent.to().trim_end_matches("/columns").to_owned();
    let names: Vec<String> = (0..fields.len()).map(|place| format!("column_{place}")).collect();
    let chosen: Vec<(&str, &str)> = names
        .iter()
        .map(String::as_str)
        .zip(fields.iter().copied())
        .collect();
    stall.post(&format!("{id}/columns"), &chosen).await;
    stall.post(&format!("{id}/apply"), &[]).await;
}

#[tokio::test]
async fn new_orders_are_accepted_from_today_with_one_press() {
    let (stall, base) = Box::pin(shop()).await;
    let today = stall.page(&format!("{base}/today")).await;
    let codes = attributes(&today, "#todo-orders-new input[name=order]", "value");
    assert_eq!(codes.len(), 2, "{}", today.text);
    assert_eq!(
        texts(&today, "#todo-orders-new form[action$=bulk] button"),
        ["Принять 2"]
    );
    let mut fields: Vec<(&str, &str)> = codes.iter().map(|code| ("order", code.as_str())).collect();
    fields.push(("act", "accept"));
    let back = format!("{base}/today");
    fields.push(("back", &back));
    let pressed = stall.post(&format!("{base}/orders/bulk"), &fields).await;
    assert_eq!(pressed.to(), back);
    work(&stall).await;
    let after = stall.page(&back).await;
    assert!(texts(&after, "#todo-orders-new .todo-title").is_empty());
    assert_eq!(
        texts(&after, "#todo-orders-pack .todo-title"),
        ["Соберите 1 заказ"]
    );
}

#[tokio::test]
async fn a_row_is_put_off_comes_back_by_itself_or_by_hand_and_a_deadline_within_the_hour() {
    let (stall, base) = Box::pin(shop()).await;
    let today = format!("{base}/today");
    let row = async |css: &str| texts(&stall.page(&today).await, css).len();
    import(
        &stall,
        "SKU_ID;Kaspi_name_core;Stock_entered\nA-1;Куртка;4\n",
        &["merchantProductId", "title", "availableAmount"],
    )
    .await;
    let list = stall.page("/catalog").await;
    let (_, rest) = list.text.split_once("href=\"/catalog/prd_").unwrap();
    let supply = format!("/stock/prd_{}/supply", &rest[..26]);
    let rate = [("supplier", ""), ("least", "1"), ("pack", "5"), ("rate", "2,4")];
    stall.post(&supply, &rate).await.to();
    assert_eq!(row("#todo-reorder").await, 1);
    stall
        .post(&format!("{today}/reorder/snooze"), &[("until", "never")])
        .await
        .to();
    stall
        .post(&format!("{today}/orders-new/snooze"), &[("until", "never")])
        .await
        .to();
    assert_eq!(
        (row("#todo-reorder").await, row("#todo-orders-new").await),
        (0, 0)
    );
    let off = stall.page(&format!("{today}?snoozed=1")).await;
    assert_eq!(attributes(&off, ".todo form[action$=back]", "action").len(), 2);
    off.has("Не показываем");

    stall.house.clock.push(Span::from_mins(61));
    assert_eq!(
        (row("#todo-reorder").await, row("#todo-orders-new").await),
        (0, 1)
    );
    stall.post(&format!("{today}/reorder/back"), &[]).await.to();
    assert_eq!(row("#todo-reorder").await, 1);
    let nothing = stall
        .post(&format!("{today}/what-is-not/snooze"), &[("until", "never")])
        .await;
    assert_eq!(nothing.status, 404);
}

#[tokio::test]
async fn yesterday_says_what_it_earned_and_never_calls_a_missing_cost_profit() {
    let (stall, base) = Box::pin(shop()).await;
    let (orders, today) = (format!("{base}/orders"), format!("{base}/today"));
    let act = async |fields: &[(&str, &str)]| {
        stall.post(&format!("{orders}/700000002/act"), fields).await.to();
        work(&stall).await;
    };
    act(&[("act", "accept")]).await;
    act(&[("act", "send_code")]).await;
    act(&[("act", "complete"), ("code", "1234")]).await;
    assert!(texts(&stall.page(&today).await, "#earned-h").is_empty());
    stall.house.clock.push(Span::from_days(1));

    let unknown = stall.page(&today).await;
    unknown.has("Нет себестоимости");
    assert!(texts(&unknown, "section[aria-labelledby=earned-h] .kpi").is_empty());

    import(
        &stall,
        "SKU_ID;Kaspi_name_core;Себестоимость;Sub_Category\nX-9;Лампа;5 000;Мебель\n",
        &["merchantProductId", "title", "cost", "subcategory"],
    )
    .await;
    let known = stall.page(&today).await;
    let profit = texts(&known, "section[aria-labelledby=earned-h] .kpi").remove(0);
    let parts = texts(&known, "section[aria-labelledby=earned-h] .cut-list dd");
    let tenge = |text: &str| -> i64 {
        let digits = text.replace('−', "-");
        let kept: String = digits
            .chars()
            .filter(|sign| sign.is_ascii_digit() || *sign == '-')
            .collect();
        kept.parse().unwrap()
    };
    let sums: Vec<i64> = parts.iter().step_by(2).map(|text| tenge(text)).collect();
    assert_eq!(sums.iter().sum::<i64>(), 9_290, "{parts:?}");
    assert_eq!(sums.last(), Some(&tenge(&profit)));
    assert_eq!(sums.first(), Some(&5_000));
    // One order for 9 290.
    let of = texts(&known, "section[aria-labelledby=earned-h] .mt-3").remove(0);
    assert_eq!(tenge(&of), 19_290, "{of}");
}
