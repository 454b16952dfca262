//! Orders in process: the key, the list, one order and its acts, the paper, files.

use crate::{
    house::{Answer, Browser},
    stall::{Stall, attributes, texts},
};
use sauda_kernel::Span;
use sauda_orders::engine::Clerk;
use sauda_testkit::ORDER_KEY;
use tokio_util::sync::CancellationToken;

pub struct Shop {
    pub stall: Stall,
    pub base: String,
}

impl Shop {
    /// A shop with its key and two new orders: one for the marketplace's delivery, one whose buyer comes.
    pub async fn new() -> Self {
        Box::pin(Self::made()).await
    }

    async fn made() -> Self {
        let stall = Box::pin(Stall::new()).await;
        let base = stall.base.replace("/prices", "/orders");
        let now = sauda_kernel::Clock::now(&stall.house.clock);
        let shop = Self { stall, base };
        let desk = &shop.stall.house.desk;
        desk.order(
            "700000001",
            "P-1",
            "Пуховик Aru Nord",
            38_740,
            now.minus(Span::from_mins(30)),
            false,
        );
        desk.order(
            "700000002",
            "X-9",
            "Лампа",
            9_290,
            now.minus(Span::from_mins(10)),
            true,
        );
        let answer = shop.stall.post(&shop.key("key"), &[("key", ORDER_KEY)]).await;
        assert_eq!(answer.to(), "/settings/shops");
        shop.clerk().await;
        shop
    }

    fn key(&self, act: &str) -> String {
        format!("/settings/shops/{}/{act}", self.stall.shop)
    }

    /// Lets the clerk work until nothing is under way, over half a minute.
    pub async fn clerk(&self) {
        let clerk = Clerk::new(self.stall.house.orders.clone(), "test");
        for _ in 0..36 {
            Box::pin(clerk.turn(&CancellationToken::new())).await.unwrap();
            self.stall.house.clock.push(Span::from_secs(1));
        }
    }

    pub async fn act(&self, code: &str, fields: &[(&str, &str)]) -> Answer {
        self.stall
            .post(&format!("{}/{code}/act", self.base), fields)
            .await
    }

    pub async fn stage(&self, code: &str) -> String {
        let page = self.stall.page(&format!("{}/{code}", self.base)).await;
        texts(&page, ".page-actions .state").remove(0)
    }
}

#[tokio::test]
async fn without_a_key_the_page_says_how_to_get_one() {
    let stall = Stall::new().await;
    let base = stall.base.replace("/prices", "/orders");
    let page = stall.page(&base).await;
    assert_eq!(texts(&page, ".empty h2"), ["Заказы пока не видны"]);
    assert_eq!(attributes(&page, ".empty a", "href"), ["/settings/shops"]);
    let key = format!("/settings/shops/{}/key", stall.shop);
    let refused = stall.post(&key, &[("key", "коротко")]).await;
    assert_eq!(refused.status, 422);
    refused.has("Это не похоже на ключ: 7");
}

#[tokio::test]
async fn filters_narrow_the_list_its_file_and_the_board_and_can_be_dropped() {
    let shop = Shop::new().await;
    let at = |query: &str| format!("{}?{query}", shop.base);
    let codes = |page: &Answer| {
        let rows = attributes(page, "[id^=o-7]", "id");
        rows.into_iter()
            .map(|id| id.replace("o-", ""))
            .collect::<Vec<_>>()
    };
    let page = shop.stall.page(&at("way=pickup")).await;
    assert_eq!(codes(&page), ["700000002"]);
    let drop = attributes(&page, ".chip[data-on]", "href")
        .remove(0)
        .replace("&amp;", "&");
    assert_eq!(codes(&shop.stall.page(&drop).await), ["700000001", "700000002"]);
    let late = shop.stall.page(&at("due=late")).await;
    assert_eq!(texts(&late, ".empty h2"), ["С такими фильтрами заказов нет"]);
    assert_eq!(codes(&shop.stall.page(&at("due=tomorrow")).await).len(), 2);
    let board = shop.stall.page(&at("look=board")).await;
    assert_eq!(texts(&board, ".board section:first-child h2 .num"), ["2"]);
    assert_eq!(codes(&board), ["700000001", "700000002"]);
    let narrow = shop.stall.page(&at("look=board&way=kaspi")).await;
    assert_eq!(codes(&narrow), ["700000001"]);
    let file = shop
        .stall
        .page(&format!("{}/export.csv?way=pickup", shop.base))
        .await;
    assert!(
        file.text.contains("700000002") && !file.text.contains("700000001"),
        "{}",
        file.text
    );
}

#[tokio::test]
async fn the_list_shows_what_is_due_first_and_is_searched() {
    let shop = Shop::new().await;
    let page = shop.stall.page(&shop.base).await;
    assert_eq!(
        texts(&page, "tbody .o-goods .clip.block:first-child"),
        ["Пуховик Aru Nord", "Лампа"]
    );
    assert_eq!(
        texts(&page, "tbody .o-buyer a"),
        ["Асель П.", "Асель П."],
        "families are not for lists"
    );
    assert_eq!(texts(&page, ".tab[aria-current] .n"), ["2"]);
    let found = shop.stall.page(&format!("{}?q=700000002", shop.base)).await;
    assert_eq!(texts(&found, "tbody tr").len(), 1);
    let none = shop.stall.page(&format!("{}?view=done", shop.base)).await;
    assert_eq!(texts(&none, ".empty h2"), ["Выданных заказов пока нет"]);
    let csv = shop
        .stall
        .page(&format!("{}/export.csv?view=all", shop.base))
        .await;
    assert!(
        csv.text.contains("700000001;Новый;") && csv.text.contains(";P-1;1;38740;"),
        "{}",
        csv.text
    );
    let xlsx = shop.stall.page(&format!("{}/export.xlsx", shop.base)).await;
    assert!(xlsx.text.starts_with("PK"));
    let quiet = shop
        .stall
        .page(&format!("{}/news?came_after={}&view=open", shop.base, i64::MAX))
        .await;
    assert_eq!(quiet.text.trim(), "");
    let news = shop
        .stall
        .page(&format!("{}/news?came_after=0&view=open", shop.base))
        .await;
    news.has("Появились 2 заказа");
}

#[tokio::test]
async fn one_press_accepts_packs_and_brings_the_paper() {
    let shop = Shop::new().await;
    let code = "700000001";
    let answer = shop.act(code, &[("act", "accept"), ("back", &shop.base)]).await;
    assert_eq!(answer.to(), shop.base);
    let waiting = format!("{}/rows?codes={code}&bulk=1&back={}", shop.base, shop.base);
    let row = shop.stall.page(&waiting).await;
    row.has(&format!("hx-target=\"#o-{code}\""));
    assert!(!row.text.contains("#waiting"), "the same waits still");
    row.has("Принять: отправляем");
    let state = format!("{}/{code}/state?for=command", shop.base);
    let waits = shop.stall.house.get(&shop.stall.owner, &state).await;
    assert_eq!(waits.status, 204);
    let twice = shop.act(code, &[("act", "accept")]).await;
    assert_eq!(twice.status, 409);
    twice.has("уже идёт «Принять» (Айгерим Жумабек)");
    shop.clerk().await;
    let row = shop.stall.page(&waiting).await;
    row.has("<div id=\"waiting\"></div>");
    row.has("Готов к передаче");
    // The counts above the list move with the rows.
    row.has("hx-target=\"#views\"");
    row.has("aria-current=\"page\">В работе<span");
    let done = shop.stall.page(&state).await;
    assert_eq!(done.header("hx-redirect"), format!("{}/{code}", shop.base));
    let refused = shop.act(code, &[("act", "assemble"), ("parcels", "99")]).await;
    assert_eq!(refused.status, 422);
    refused.has("Мест должно быть от 1 до 20, а не 99");
    let early = shop
        .stall
        .house
        .get(&shop.stall.owner, &format!("{}/{code}/waybill.pdf", shop.base))
        .await;
    assert_eq!(early.status, 404);
    shop.act(code, &[("act", "assemble"), ("parcels", "2")])
        .await
        .to();
    shop.clerk().await;
    assert_eq!(shop.stage(code).await, "Сдать");
    let page = shop.stall.page(&format!("{}/{code}", shop.base)).await;
    page.has("Накладная KZ-1");
    page.has("+7 701 000 00 00");
    let history = texts(&page, ".changes .stack > span:first-child");
    assert_eq!(
        history.first().map(String::as_str),
        Some("Накладная KZ-1 сохранена")
    );
    assert_eq!(
        history.last().map(String::as_str),
        Some("Покупатель оформил заказ")
    );
    let paper = shop
        .stall
        .page(&format!("{}/{code}/waybill.pdf", shop.base))
        .await;
    assert_eq!(paper.header("content-type"), "application/pdf");
    assert!(paper.text.starts_with("%PDF-"));
}

#[tokio::test]
async fn a_buyer_who_comes_gets_the_goods_for_the_code_only() {
    let shop = Shop::new().await;
    let code = "700000002";
    shop.act(code, &[("act", "accept")]).await.to();
    shop.clerk().await;
    shop.act(code, &[("act", "send_code")]).await.to();
    shop.clerk().await;
    let refused = shop.act(code, &[("act", "complete"), ("code", "12")]).await;
    assert_eq!(refused.status, 422);
    refused.has("Код состоит из цифр");
    shop.act(code, &[("act", "complete"), ("code", "9999")])
        .await
        .to();
    shop.clerk().await;
    assert_eq!(shop.stage(code).await, "Ждёт покупателя");
    shop.act(code, &[("act", "complete"), ("code", "1234")])
        .await
        .to();
    let own = format!("{}/{code}", shop.base);
    assert!(!shop.stall.page(&own).await.text.contains("Деньги заказа"));
    shop.clerk().await;
    assert_eq!(shop.stage(code).await, "Выдан");
    let page = shop.stall.page(&own).await;
    page.has("Деньги заказа");
    page.has("Себестоимость не указана");
    let money = "section[aria-labelledby=money-h] dl > div";
    assert_eq!(texts(&page, &format!("{money} > dd")), ["9 290 ₸"]);
    let sheet = "SKU;Название;Категория;Себестоимость\nX-9;Лампа;Светильники;5000\n";
    let sent = shop.stall.upload_to("/catalog/import", "a.csv", sheet).await;
    let import = sent.to().trim_end_matches("/columns").to_owned();
    shop.stall.post(&format!("{import}/apply"), &[]).await.to();
    let page = shop.stall.page(&own).await;
    let words = texts(&page, &format!("{money} > dt"));
    assert_eq!(
        words[..5],
        ["Выручка", "Себестоимость", "Комиссия", "Доставка", "Налог"]
    );
    assert_eq!(words.last().map(String::as_str), Some("Прибыль"));
    assert_eq!(texts(&page, &format!("{money} > dd"))[1], "5 000 ₸");
}

#[tokio::test]
async fn a_cancellation_shows_what_it_costs_and_a_refusal_its_words() {
    let shop = Shop::new().await;
    let code = "700000001";
    let page = shop.stall.page(&format!("{}/{code}", shop.base)).await;
    page.has("Ваши отмены за 30 дней: 0");
    *shop.stall.house.desk.refuses.lock().unwrap() = Some("Order is locked".to_owned());
    shop.act(code, &[("act", "cancel"), ("reason", "out_of_stock")])
        .await
        .to();
    shop.clerk().await;
    let page = shop.stall.page(&format!("{}/{code}", shop.base)).await;
    page.has("Kaspi отказал в отмене: Order is locked");
    shop.act(code, &[("act", "cancel"), ("reason", "out_of_stock")])
        .await
        .to();
    shop.clerk().await;
    assert_eq!(shop.stage(code).await, "Отменён");
    let page = shop.stall.page(&format!("{}/{code}", shop.base)).await;
    page.has("Причина: нет в наличии");
}

#[tokio::test]
async fn many_are_accepted_at_once_and_those_that_do_not_fit_are_counted() {
    let shop = Shop::new().await;
    let bulk = format!("{}/bulk", shop.base);
    let fields = [
        ("act", "accept"),
        ("order", "700000001"),
        ("order", "700000002"),
        ("order", "1"),
    ];
    shop.stall.post(&bulk, &fields).await.to();
    let page = shop.stall.page(&shop.base).await;
    assert_eq!(
        attributes(&page, ".toasts", "data-toast"),
        ["Передаём в Kaspi: 2. Не подошли по состоянию: 1"]
    );
    shop.clerk().await;
    assert_eq!(shop.stage("700000001").await, "Собрать");
    let junk = shop
        .stall
        .post(&bulk, &[("act", "complete"), ("order", "700000001")])
        .await;
    assert_eq!(junk.status, 422);
    let none = shop.stall.post(&bulk, &[("act", "accept")]).await;
    assert_eq!(none.to(), shop.base);
}

#[tokio::test]
async fn many_are_cancelled_once_somebody_saw_what_it_costs() {
    let shop = Shop::new().await;
    let (bulk, list) = (format!("{}/bulk", shop.base), format!("{}?view=new", shop.base));
    let chosen = |more: &[(&'static str, &'static str)]| {
        let mut fields = vec![
            ("act", "cancel"),
            ("order", "700000001"),
            ("order", "700000002"),
            ("order", "1"),
            ("back", list.as_str()),
        ];
        fields.extend(more);
        fields
    };
    let page = shop.stall.post(&bulk, &chosen(&[])).await;
    assert_eq!(page.status, 200, "{}", page.text);
    page.has("Ваши отмены за 30 дней: 0");
    page.has("Не отменяются по состоянию: 1");
    assert_eq!(texts(&page, "form .btn-danger"), ["Отменить 2 заказа"]);
    assert_eq!(
        attributes(&page, "input[name=order]", "value"),
        ["700000001", "700000002"]
    );
    let refused = shop
        .stall
        .post(&bulk, &chosen(&[("sure", "1"), ("reason", "just so")]))
        .await;
    assert_eq!(refused.status, 422);
    refused.has("Выберите причину");
    shop.clerk().await;
    assert_eq!(
        shop.stage("700000001").await,
        "Новый",
        "nothing was asked for yet"
    );
    let done = chosen(&[("sure", "1"), ("reason", "out_of_stock")]);
    assert_eq!(shop.stall.post(&bulk, &done).await.to(), list);
    shop.clerk().await;
    for code in ["700000001", "700000002"] {
        assert_eq!(shop.stage(code).await, "Отменён");
    }
    let none = shop.stall.post(&bulk, &chosen(&[])).await;
    none.has("Отменять нечего");
}

#[tokio::test]
async fn strangers_see_no_orders_and_a_key_that_ends_is_said() {
    let shop = Shop::new().await;
    let nobody = Browser::default();
    let answer = shop.stall.house.get(&nobody, &shop.base).await;
    assert_ne!(answer.status, 200);
    shop.stall
        .post(&shop.key("key"), &[("key", "bm90IHRoZSBrZXkgb2YgYW55IHNob3A=")])
        .await
        .to();
    shop.clerk().await;
    let page = shop.stall.page(&shop.base).await;
    page.has("Kaspi не принимает ключ магазина");
    assert_eq!(texts(&page, "tbody tr").len(), 2, "what was read stays");
    shop.stall.post(&shop.key("key/forget"), &[]).await.to();
    let settings = shop.stall.page("/settings/shops").await;
    settings.has("Ключ к заказам");
    let page = shop.stall.page(&shop.base).await;
    page.has("Ключа к заказам нет");
    assert!(
        !page.text.contains("/orders/read"),
        "nothing can be read without a key"
    );
}

#[tokio::test]
async fn sizes_are_said_corrected_and_judged_on_the_orders_page() {
    let shop = Shop::new().await;
    let (stall, base) = (&shop.stall, &shop.base);
    let sheet = "SKU;Название;Бренд;Модель;Размер;Пол;Категория\nP-1;Платье;Ару;AR-1;M;женский;Платья\nP-L;Платье;Ару;AR-1;L;женский;Платья\n";
    let sent = stall.upload_to("/catalog/import", "a.csv", sheet).await;
    let import = sent.to().trim_end_matches("/columns").to_owned();
    stall.post(&format!("{import}/apply"), &[]).await.to();
    let own = format!("{base}/700000001");
    let say = async |fields: &[(&str, &str)]| stall.post(&format!("{own}/size"), fields).await;
    say(&[("act", "advise")]).await.to();
    let page = stall.page(&own).await;
    assert!(texts(&page, "section b").contains(&"Нет данных для подсказки".to_owned()));
    let wrong = say(&[("act", "measures"), ("height_cm", "16")]).await;
    assert_eq!(wrong.status, 422);
    wrong.has("Таких мерок не бывает");
    assert_eq!(
        say(&[("act", "measures"), ("height_cm", "168"), ("weight_kg", "64,5")])
            .await
            .to(),
        own
    );
    let page = stall.page(&own).await;
    assert!(texts(&page, "b.t-warn").contains(&"Размер L".to_owned()));
    let list = stall.page(base).await;
    assert!(
        texts(&list, ".o-goods .t-warn")
            .concat()
            .contains("Размер L, уверенно")
    );
    say(&[
        ("act", "correct"),
        ("line", "0"),
        ("size", "M"),
        ("why", "любит узкое"),
    ])
    .await
    .to();
    say(&[("act", "outcome"), ("line", "0"), ("fit", "fit")])
        .await
        .to();
    let sizes = format!("{base}/sizes");
    let page = stall.page(&sizes).await;
    assert_eq!(texts(&page, ".changes a"), ["700000001"]);
    let file = stall
        .house
        .get(&stall.owner, &format!("{sizes}/export.csv"))
        .await;
    file.has("700000001");
    file.has("впору");
    let sent = stall
        .upload_to(
            &format!("{sizes}/import"),
            "t.csv",
            "Бренд;Размер;Грудь\nАру;M;88-92\nАру;L;92-96\n",
        )
        .await;
    let check = sent.to().to_owned();
    stall.page(&check).await;
    assert_eq!(stall.post(&check, &[("act", "hold")]).await.to(), sizes);
    stall
        .house
        .get(&stall.owner, &format!("{sizes}/tables.csv"))
        .await
        .has("88-92");
    let edited = [
        ("brand", "Ару"),
        ("size", "M"),
        ("size", "L"),
        ("size", "XL"),
        ("chest", "88-92"),
        ("chest", "80-84"),
        ("chest", "96-100"),
    ];
    let refused = stall.post(&format!("{sizes}/edit"), &edited).await;
    let refused = refused.to().to_owned();
    stall.page(&refused).await.has("не растёт");
    assert_eq!(stall.post(&check, &[("act", "undo")]).await.to(), sizes);
    let empty = stall.upload_to(&format!("{sizes}/import"), "", "").await;
    assert_eq!(empty.status, 422);
    say(&[("act", "forget")]).await.to();
    assert!(!stall.page(&own).await.text.contains("168"));
}
