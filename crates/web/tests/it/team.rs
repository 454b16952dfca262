//! The pages of what the team is told: the bot, and each person's notifications.

use crate::house::House;

#[tokio::test]
async fn a_token_that_is_none_is_refused_at_its_field_and_not_shown_again() {
    let house = House::new().await;
    let owner = house.owner().await;
    house
        .get(&owner, "/messages/telegram")
        .await
        .has("Бот не подключён");
    let refused = house
        .post(&owner, "/messages/telegram/bot", &[("token", "not a token")])
        .await;
    assert_eq!(refused.status, 422);
    refused.has("aria-invalid");
    assert!(!refused.text.contains("not a token"));
    let early = house.post(&owner, "/messages/telegram/link", &[]).await;
    assert_eq!(early.status, 409);
    early.has("Бот ещё не подключён");
}

#[tokio::test]
async fn notifications_are_kept_as_they_were_ticked_and_a_wrong_time_is_refused_at_its_field() {
    let house = House::new().await;
    let owner = house.owner().await;
    let page = house.get(&owner, "/settings/notifications").await;
    page.has("value=\"urgent.telegram\" checked");
    page.has("name=\"quiet_from\" type=\"text\" value=\"22:00\"");
    let times = [
        ("quiet_from", "23.30"),
        ("quiet_until", "7:00"),
        ("report_at", "19:00"),
    ];
    let wrong = [
        ("quiet_from", "23:30"),
        ("quiet_until", "вечером"),
        ("report_at", "19:00"),
    ];
    let refused = house.post(&owner, "/settings/notifications", &wrong).await;
    assert_eq!(refused.status, 422);
    refused.has("«вечером»: время пишется как 08:30");
    house
        .get(&owner, "/settings/notifications")
        .await
        .has("value=\"urgent.telegram\" checked");
    let mut fields = times.to_vec();
    fields.push(("on", "report.telegram"));
    assert_eq!(
        house.post(&owner, "/settings/notifications", &fields).await.to(),
        "/settings/notifications"
    );
    let page = house.get(&owner, "/settings/notifications").await;
    page.has("value=\"report.telegram\" checked");
    page.has("value=\"23:30\"");
    assert!(!page.text.contains("value=\"urgent.telegram\" checked"));
    page.has("Уведомления сохранены");
}

#[tokio::test]
async fn a_link_that_opens_nothing_says_so_and_where_to_get_another() {
    let house = House::new().await;
    let owner = house.owner().await;
    let page = house.get(&owner, "/settings/notifications/confirm/00aa").await;
    assert_eq!(page.status, 409);
    page.has("Возьмите новую на странице «Уведомления»");
    let asked = house.post(&owner, "/settings/notifications/confirm", &[]).await;
    assert_eq!(asked.status, 409);
    asked.has("Почта не настроена");
}
