//! Messages in process: the inbox, a line, writing to a buyer, templates, hours.

use crate::{
    house::{Browser, PASSWORD},
    stall::{Stall, attributes, first, texts},
};
use sauda_kernel::Span;
use sauda_orders::engine::Clerk;
use sauda_testkit::ORDER_KEY;
use tokio_util::sync::CancellationToken;

struct Shop {
    stall: Stall,
    base: String,
}

impl Shop {
    /// A shop with its key and one new order.
    async fn new() -> Self {
        Box::pin(Self::made()).await
    }

    async fn made() -> Self {
        let stall = Box::pin(Stall::new()).await;
        let base = stall.base.replace("/prices", "/messages");
        let now = sauda_kernel::Clock::now(&stall.house.clock);
        let before = now.minus(Span::from_mins(30));
        stall
            .house
            .desk
            .order("700000001", "P-1", "Пуховик 48", 38_740, before, false);
        let key = format!("/settings/shops/{}/key", stall.shop);
        stall.post(&key, &[("key", ORDER_KEY)]).await.to();
        let clerk = Clerk::new(stall.house.orders.clone(), "test");
        for _ in 0..36 {
            Box::pin(clerk.turn(&CancellationToken::new())).await.unwrap();
            stall.house.clock.push(Span::from_secs(1));
        }
        Self { stall, base }
    }

    /// The same with a line, whose server nobody answers at.
    async fn with_line() -> Self {
        Box::pin(Self::with_number()).await
    }

    async fn with_number() -> Self {
        let shop = Self::new().await;
        let fields = [
            ("server", "http://127.0.0.1:9"),
            ("key", "a key of the server"),
            ("name", "aru"),
        ];
        let path = format!("{}/whatsapp", shop.base);
        shop.stall.post(&path, &fields).await.to();
        shop
    }

    fn at(&self, part: &str) -> String {
        format!("{}{part}", self.base)
    }
}

#[tokio::test]
async fn an_inbox_without_a_line_says_what_to_do() {
    let shop = Shop::new().await;
    let page = shop.stall.page(&shop.base).await;
    assert_eq!(texts(&page, ".empty h2"), ["Переписки пока нет"]);
    assert_eq!(attributes(&page, ".empty a", "href"), [shop.at("/whatsapp")]);
    let order = shop.stall.page(&shop.at("/orders/700000001")).await;
    assert!(
        texts(&order, ".alert")
            .iter()
            .any(|text| text.contains("Сначала подключите WhatsApp"))
    );
}

#[tokio::test]
async fn a_line_whose_server_does_not_answer_is_kept_and_its_key_never_shown() {
    let shop = Shop::with_line().await;
    let lines = shop.stall.page(&shop.at("/whatsapp")).await;
    assert_eq!(texts(&lines, ".card h2")[0], "aru");
    lines.has("сервер недоступен");
    assert!(!lines.text.contains("a key of the server"));
    let again = shop
        .stall
        .post(
            &shop.at("/whatsapp"),
            &[("server", "whatsapp"), ("key", "x"), ("name", "other")],
        )
        .await;
    assert_eq!(again.status, 422);
    again.has("address of the WhatsApp server");
}

#[tokio::test]
async fn a_buyer_is_written_to_from_the_order_and_it_can_be_taken_back() {
    let shop = Shop::with_line().await;
    let path = shop.at("/orders/700000001");
    let empty = shop.stall.post(&path, &[("text", "  ")]).await;
    assert_eq!(empty.status, 422);
    empty.has("Сообщение пустое");
    let written = shop.stall.post(&path, &[("text", "Здравствуйте!")]).await;
    assert_eq!(written.to(), format!("{path}#end"));
    let page = shop.stall.page(&path).await;
    assert_eq!(texts(&page, ".bubble .pre"), ["Здравствуйте!"]);
    let cancel = attributes(&page, ".bubble form", "action").remove(0);
    shop.stall.post(&cancel, &[("back", &path)]).await.to();
    let page = shop.stall.page(&path).await;
    assert!(texts(&page, ".bubble")[0].contains("снято человеком"));
    let list = shop.stall.page(&shop.at("?view=all")).await;
    assert_eq!(texts(&list, ".guard-row a.med"), ["Асель Примерова"]);
    let filled = shop.stall.page(&format!("{path}?template=shipped")).await;
    assert!(texts(&filled, "textarea")[0].contains("700000001"));
}

#[tokio::test]
async fn a_silence_is_lifted_after_it_was_asked_whether_that_is_meant() {
    let shop = Shop::with_line().await;
    let written = [("text", "Здравствуйте!")];
    shop.stall
        .post(&shop.at("/orders/700000001"), &written)
        .await
        .to();
    let list = shop.stall.page(&shop.at("?view=all")).await;
    let talk = attributes(&list, ".guard-row a.med", "href").remove(0);
    let ask = format!("{talk}?ask=lift");
    shop.stall.post(&talk, &[("act", "silence")]).await.to();
    let silent = shop.stall.page(&talk).await;
    assert!(attributes(&silent, "a.btn", "href").contains(&ask));
    let asked = shop.stall.page(&ask).await;
    assert!(attributes(&asked, "input[name=act]", "value").contains(&"lift".to_owned()));
    let still = shop.stall.page(&shop.at("?view=silent")).await;
    assert_eq!(texts(&still, ".guard-row a.med").len(), 1, "asking lifts nothing");
    shop.stall.post(&talk, &[("act", "lift")]).await.to();
    let page = shop.stall.page(&talk).await;
    assert!(!attributes(&page, "a.btn", "href").contains(&ask));
    let none = shop.stall.page(&shop.at("?view=silent")).await;
    assert_eq!(texts(&none, ".guard-row a.med").len(), 0);
}

#[tokio::test]
async fn an_unknown_variable_is_refused_at_its_field_and_a_good_text_is_kept() {
    let shop = Shop::new().await;
    let path = shop.at("/templates/shipped");
    let fields = |ru: &'static str| {
        [
            ("act", "save"),
            ("version", "0"),
            ("ru", ru),
            ("kk", "{тапсырыс_нөмірі} жолда"),
        ]
    };
    let refused = shop.stall.post(&path, &fields("Заказ {номр_заказа} едет")).await;
    assert_eq!(refused.status, 422);
    refused.has("Переменной номр_заказа нет");
    refused.has("e-ru");
    shop.stall
        .post(&path, &fields("Заказ {номер_заказа} едет"))
        .await
        .to();
    let page = shop.stall.page(&path).await;
    assert_eq!(texts(&page, ".bubble .pre")[0], "Заказ 700000001 едет");
    let late = shop.stall.post(&path, &fields("Заказ {номер_заказа} тут")).await;
    assert_eq!(late.status, 422);
    late.has("уже изменил кто-то другой");
}

#[tokio::test]
async fn hours_of_the_night_are_refused_and_a_trigger_is_switched_on() {
    let shop = Shop::new().await;
    let limits = shop.at("/limits");
    let fields = |until: &'static str| {
        [
            ("from", "09:00"),
            ("until", until),
            ("per_day", "40"),
            ("gap", "45"),
            ("jitter", "20"),
            ("weekday", "7"),
        ]
    };
    let refused = shop.stall.post(&limits, &fields("23:30")).await;
    assert_eq!(refused.status, 422);
    refused.has("захватывают ночь");
    shop.stall.post(&limits, &fields("20:00")).await.to();
    let page = shop.stall.page(&limits).await;
    assert_eq!(attributes(&page, "#f-per_day", "value"), ["40"]);
    let trigger = shop.at("/triggers/shipped");
    let on = [
        ("on", "on"),
        ("delay", "5"),
        ("from", "09:00"),
        ("until", "21:00"),
    ];
    assert_eq!(shop.stall.post(&trigger, &on).await.to(), shop.at("/templates"));
    let page = shop.stall.page(&shop.at("/templates")).await;
    assert_eq!(
        texts(&page, ".card .state")
            .iter()
            .filter(|text| *text == "включено")
            .count(),
        1
    );
}

/// Somebody who joined the team to pack.
async fn packer(stall: &Stall) -> Browser {
    let fields = [("role", "packer"), ("note", "Данияр")];
    let made = stall.post("/settings/team/invite", &fields).await;
    let link = first(&made.text, "#new-link");
    let path = link.strip_prefix("http://localhost:8080").unwrap().to_owned();
    let guest = Browser::default();
    let typed = [
        ("name", "Данияр Сейтов"),
        ("login", "+7 701 222 33 44"),
        ("password", PASSWORD),
    ];
    stall.house.get(&guest, &path).await;
    stall.house.post(&guest, &path, &typed).await.to();
    guest
}

#[tokio::test]
async fn who_packs_sees_talks_without_numbers_and_may_not_touch_lines() {
    let shop = Shop::with_line().await;
    let path = shop.at("/orders/700000001");
    shop.stall.post(&path, &[("text", "Здравствуйте!")]).await.to();
    let packer = packer(&shop.stall).await;
    let list = shop.stall.house.get(&packer, &shop.at("?view=all")).await;
    assert_eq!(list.status, 200);
    list.has("Асель П.");
    assert!(!list.text.contains("77010000000"));
    let line = shop
        .stall
        .house
        .post(
            &packer,
            &shop.at("/whatsapp"),
            &[("server", "http://a"), ("key", "k"), ("name", "x")],
        )
        .await;
    assert!(matches!(line.status, 403 | 404), "{}", line.status);
}

#[tokio::test]
async fn a_file_that_is_not_here_is_no_page_and_the_tabs_lead_to_the_bot() {
    let shop = Shop::new().await;
    let missing = shop
        .stall
        .house
        .get(
            &shop.stall.owner,
            &shop.at("/files/msg_01kah2m5q8e6v9z4r7t0y3w1xc"),
        )
        .await;
    assert_eq!(missing.status, 404);
    let inbox = shop.stall.page(&shop.base).await;
    let tabs = attributes(&inbox, ".tabs a", "href");
    assert_eq!(tabs.last().map(String::as_str), Some("/messages/telegram"));
    let bot = shop.stall.page("/messages/telegram").await;
    assert_eq!(attributes(&bot, ".tabs a", "href"), tabs);
}
