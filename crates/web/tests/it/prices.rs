//! The pages of prices in process: board, cells, bulk changes, product, card guard, import, exports.

use crate::house::{Answer, Browser, House};
use axum::{body::Body, http::Request};
use http_body_util::BodyExt as _;
use sauda_accounts::Scope;
use sauda_kernel::{Clock as _, Money, OfferId, ShopId, Span, Tenge};
use sauda_pricing::service::{OfferPatch, ShopMode};
use scraper::{Html, Selector};

/// A shop with three products; two rivals stand on the first card.
struct Stall {
    house: House,
    owner: Browser,
    scope: Scope,
    shop: ShopId,
    coat: OfferId,
    base: String,
}

impl Stall {
    async fn new() -> Self {
        let house = House::new().await;
        house.market.sell("P-1", "Пуховик Aru Nord", "102298404", 38_740);
        house.market.sell("K-1", "Кружка Tumar", "102298405", 6_490);
        house.market.sell("7001", "Рюкзак Saiga", "102298406", 17_900);
        house.market.rival("102298404", "9000001", 38_000);
        house.market.rival("102298404", "9000002", 39_500);
        let owner = house.owner().await;
        let scope = house.scope(&owner).await;
        let shop = house.connect(&scope).await;
        let slug = house.catalog.shop(&scope, &shop).await.unwrap().slug;
        let coat = house.offer(&scope, &shop, "P-1").await;
        let base = format!("/s/{slug}/prices");
        Self {
            house,
            owner,
            scope,
            shop,
            coat,
            base,
        }
    }

    async fn page(&self, path: &str) -> Answer {
        let answer = self.house.get(&self.owner, path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text);
        assert!(
            !answer.text.contains('⟦'),
            "{path}: {}",
            around(&answer.text, '⟦')
        );
        answer
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.house.post(&self.owner, path, fields).await
    }

    async fn cell(&self, offer: &OfferId, body: &str) -> (u16, serde_json::Value) {
        let request = Request::post(format!("{}/{offer}/cell", self.base))
            .header("content-type", "application/x-www-form-urlencoded")
            .header("accept", "application/json")
            .header("accept-language", "ru")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body.to_owned()))
            .unwrap();
        let (parts, body) = self.house.raw(&self.owner, request).await.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        (parts.status.as_u16(), serde_json::from_slice(&bytes).unwrap())
    }

    async fn upload(&self, name: &str, text: &str) -> Answer {
        let body = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/csv\r\n\r\n{text}\r\n--edge--\r\n"
        );
        let request = Request::post(format!("{}/import", self.base))
            .header("content-type", "multipart/form-data; boundary=edge")
            .header("accept-language", "ru")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body))
            .unwrap();
        let (parts, body) = self.house.raw(&self.owner, request).await.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    async fn bytes(&self, path: &str) -> (axum::http::HeaderMap, Vec<u8>) {
        let request = Request::get(path)
            .header("accept-language", "ru")
            .body(Body::empty())
            .unwrap();
        let (parts, body) = self.house.raw(&self.owner, request).await.into_parts();
        assert_eq!(parts.status.as_u16(), 200, "{path}");
        (parts.headers, body.collect().await.unwrap().to_bytes().to_vec())
    }

    async fn rule(&self, offer: &OfferId) -> sauda_pricing::service::OfferRule {
        self.house.pricing.offer_rule(&self.scope, offer).await.unwrap()
    }
}

fn around(text: &str, mark: char) -> String {
    let at = text.find(mark).unwrap_or(0);
    text[at..].chars().take(120).collect()
}

/// Texts of the elements that a selector finds, spaces single.
fn texts(answer: &Answer, css: &str) -> Vec<String> {
    let document = Html::parse_document(&answer.text);
    let selector = Selector::parse(css).unwrap();
    document
        .select(&selector)
        .map(|element| {
            element
                .text()
                .collect::<String>()
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect()
}

fn attributes(answer: &Answer, css: &str, name: &str) -> Vec<String> {
    let document = Html::parse_document(&answer.text);
    let selector = Selector::parse(css).unwrap();
    document
        .select(&selector)
        .filter_map(|element| element.value().attr(name).map(str::to_owned))
        .collect()
}

#[tokio::test]
async fn the_board_shows_searches_and_filters() {
    let stall = Stall::new().await;
    stall
        .house
        .keep(&stall.scope, &stall.shop, "P-1", 30_000, 45_000)
        .await;
    stall.house.check(&stall.shop).await;
    let all = stall.page(&stall.base).await;
    assert_eq!(texts(&all, "tbody tr").len(), 3);
    assert_eq!(texts(&all, ".tab[aria-current] .n"), ["3"]);
    assert_eq!(
        texts(&all, &format!("#p-{}-rival > span", stall.coat)),
        ["38 000"]
    );
    let found = stall
        .page(&format!("{}?q=КРУЖКА", stall.base.as_str()).replace("КРУЖКА", &crate::house::encode("КРУЖКА")))
        .await;
    assert_eq!(texts(&found, "td.col-goods a"), ["Кружка Tumar"]);
    let none = stall.page(&format!("{}?q=xyz&stock_lt=1", stall.base)).await;
    assert_eq!(texts(&none, ".empty h2").len(), 1);
    let by_name = stall.page(&format!("{}?sort=name", stall.base)).await;
    assert_eq!(
        texts(&by_name, "td.col-goods a"),
        ["Кружка Tumar", "Пуховик Aru Nord", "Рюкзак Saiga"]
    );
    let empty_view = stall.page(&format!("{}?view=errors", stall.base)).await;
    assert_eq!(
        attributes(&empty_view, ".empty a", "href"),
        std::slice::from_ref(&stall.base)
    );
}

#[tokio::test]
async fn columns_are_kept_by_the_browser() {
    let stall = Stall::new().await;
    let back = format!("{}?sort=name", stall.base);
    let answer = stall
        .post(
            &format!("{}/columns", stall.base),
            &[("column", "price"), ("column", "junk"), ("back", &back)],
        )
        .await;
    assert_eq!(answer.to(), back);
    let page = stall.page(&stall.base).await;
    assert_eq!(
        texts(&page, "table.prices thead th").len(),
        3,
        "box, product, price"
    );
}

#[tokio::test]
async fn a_cell_saves_itself_and_never_over_somebody_else() {
    let stall = Stall::new().await;
    let (status, said) = stall
        .cell(&stall.coat, "field=min&value=34+500+%E2%82%B8&version=0")
        .await;
    assert_eq!(
        (status, &said["value"], &said["version"], &said["text"]),
        (200, &34_500.into(), &1.into(), &"34\u{a0}500".into())
    );
    assert_eq!(said["said"], "Минимум: 34\u{a0}500 ₸");
    assert_eq!(stall.rule(&stall.coat).await.min, Some(Tenge(34_500)));

    let (status, said) = stall.cell(&stall.coat, "field=min&value=35000&version=0").await;
    assert_eq!(
        (status, &said["version"], &said["value"]),
        (409, &1.into(), &34_500.into())
    );
    assert_eq!(
        said["message"],
        "Пока вы правили, здесь стало 34\u{a0}500: Айгерим Жумабек, только что"
    );
    assert_eq!(stall.rule(&stall.coat).await.min, Some(Tenge(34_500)));

    for (body, message) in [
        (
            "field=min&value=abc&version=1",
            "«abc» не число. Впишите цифры: 38 740",
        ),
        (
            "field=max&value=30000&version=1",
            "Минимум 34\u{a0}500 выше максимума 30\u{a0}000. Поменяйте одно из них",
        ),
        (
            "field=cost&value=1&version=1",
            "«1» здесь не подходит. Выберите из предложенного",
        ),
    ] {
        let (status, said) = stall.cell(&stall.coat, body).await;
        assert_eq!((status, said["message"].as_str()), (422, Some(message)), "{body}");
    }
    let (status, said) = stall.cell(&stall.coat, "field=min&value=&version=1").await;
    assert_eq!(
        (status, &said["value"], &said["text"]),
        (200, &serde_json::Value::Null, &"задать".into())
    );
    let plain = stall
        .post(
            &format!("{}/{}/cell", stall.base, stall.coat),
            &[("field", "min"), ("value", "34500"), ("version", "2")],
        )
        .await;
    assert_eq!(plain.to(), format!("{}/{}", stall.base, stall.coat));
}

#[tokio::test]
async fn a_bulk_change_is_shown_applied_and_undone() {
    let stall = Stall::new().await;
    let mug = stall.house.offer(&stall.scope, &stall.shop, "K-1").await;
    let cost = OfferPatch {
        cost: Some(Some(Money::from_tiyn(2_000_000))),
        ..OfferPatch::default()
    };
    stall
        .house
        .pricing
        .change_offer(&stall.scope, &stall.coat, &cost, 0)
        .await
        .unwrap();
    let ask = stall
        .page(&format!("{}/bulk?action=min&all=1&filter=", stall.base))
        .await;
    assert_eq!(texts(&ask, "h1"), ["Минимум: 3 товара"]);
    let wrong = stall
        .house
        .get(
            &stall.owner,
            &format!("{}/bulk?action=min&all=1&filter=&how=set&value=abc", stall.base),
        )
        .await;
    assert_eq!((wrong.status, texts(&wrong, "#e-value span").len()), (422, 1));
    let shown = stall
        .page(&format!(
            "{}/bulk?action=min&all=1&filter=&how=cost&value=1%2C5",
            stall.base
        ))
        .await;
    assert_eq!(
        texts(&shown, "dd.fact"),
        ["1", "0", "2"],
        "changed, unchanged, refused for want of a cost"
    );
    assert_eq!(texts(&shown, "tbody td.num"), ["—", "30 000"]);
    assert_eq!(stall.rule(&stall.coat).await.min, None, "nothing is changed yet");

    let fields = [
        ("action", "min"),
        ("all", "1"),
        ("filter", ""),
        ("how", "cost"),
        ("value", "1,5"),
    ];
    let done = stall.post(&format!("{}/bulk", stall.base), &fields).await;
    let result = done.to().to_owned();
    assert_eq!(stall.rule(&stall.coat).await.min, Some(Tenge(30_000)));
    let page = stall.page(&result).await;
    assert_eq!(texts(&page, "dd.fact"), ["1", "0", "2"]);
    let (_, file) = stall.bytes(&format!("{result}/refused.csv")).await;
    let file = String::from_utf8(file).unwrap();
    assert!(
        file.contains("K-1;Кружка Tumar;У товара нет себестоимости"),
        "{file}"
    );
    assert_eq!(stall.post(&format!("{result}/undo"), &[]).await.to(), result);
    assert_eq!(stall.rule(&stall.coat).await.min, None);
    assert!(stall.page(&result).await.text.contains("Вернули 1 товар"));
    assert_eq!(stall.post(&format!("{result}/undo"), &[]).await.status, 409);

    let pause = stall
        .post(
            &format!("{}/bulk", stall.base),
            &[("action", "pause"), ("offer", mug.as_str())],
        )
        .await;
    assert_eq!(pause.status, 303, "{}", pause.text);
    assert_eq!(stall.rule(&mug).await.settings.paused, Some(true));
    assert_eq!(stall.rule(&stall.coat).await.settings.paused, None);
    let nothing = stall
        .house
        .get(&stall.owner, &format!("{}/bulk?action=min", stall.base))
        .await;
    assert_eq!(nothing.to(), stall.base);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_product_page_explains_and_acts() {
    let stall = Stall::new().await;
    let page = format!("{}/{}", stall.base, stall.coat);
    stall.page(&page).await;
    stall
        .house
        .keep(&stall.scope, &stall.shop, "P-1", 30_000, 45_000)
        .await;
    stall.house.check(&stall.shop).await;
    let view = stall.page(&format!("{page}?days=30")).await;
    assert_eq!(texts(&view, ".ladder .price").len(), 3, "two rivals and we");
    assert_eq!(texts(&view, ".receipt-price"), ["38 740 → 37 990 ₸"]);
    let receipt = attributes(&view, ".changes a", "href");
    assert_eq!(receipt.len(), 1);
    assert_eq!(
        stall
            .page(&format!("{page}{}", receipt[0].split('#').next().unwrap()))
            .await
            .status,
        200
    );
    assert_eq!(
        stall
            .house
            .get(
                &stall.owner,
                &format!("{}/off_0000000000000000000000000", stall.base)
            )
            .await
            .status,
        404
    );

    assert_eq!(
        stall.post(&format!("{page}/pin?days=30"), &[]).await.to(),
        format!("{page}?days=30")
    );
    assert_eq!(stall.rule(&stall.coat).await.pinned_price, Some(Tenge(38_740)));
    let pinned = stall.page(&page).await;
    assert!(
        pinned.text.contains("закреплена") && pinned.text.contains("id=\"undo-last\""),
        "{}",
        pinned.text
    );
    stall.post(&format!("{page}/unpin"), &[]).await.to();
    assert_eq!(stall.rule(&stall.coat).await.pinned_price, None);

    let decision = stall
        .house
        .pricing
        .offer_view(
            &stall.scope,
            &stall.coat,
            crate::market::CITY,
            stall.house.clock.now().minus(Span::from_days(1)),
        )
        .await
        .unwrap();
    let id = decision.decisions[0].id.to_string();
    stall
        .post(&format!("{page}/undo"), &[("decision", &id)])
        .await
        .to();
    assert_eq!(stall.rule(&stall.coat).await.pinned_price, Some(Tenge(38_740)));
    stall.post(&format!("{page}/unpin"), &[]).await.to();

    stall.post(&format!("{page}/pause"), &[]).await.to();
    assert_eq!(stall.rule(&stall.coat).await.settings.paused, Some(true));
    let paused = stall.page(&page).await;
    assert!(attributes(&paused, "form", "action").contains(&format!("{page}/resume")));
    stall.post(&format!("{page}/resume"), &[]).await.to();
    assert_eq!(stall.rule(&stall.coat).await.settings.paused, None);
    assert_eq!(
        stall
            .post(&format!("{page}/answer"), &[("decision", &id), ("answer", "yes")])
            .await
            .status,
        409,
        "it is no question"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_products_rule_is_saved_refused_and_tried() {
    let stall = Stall::new().await;
    stall
        .house
        .pricing
        .set_mode(&stall.scope, &stall.shop, ShopMode::DryRun)
        .await
        .unwrap();
    stall.house.check(&stall.shop).await;
    let page = format!("{}/{}", stall.base, stall.coat);
    let typed = |min: &'static str, version: &'static str| {
        [
            ("managed", "on"),
            ("strategy", "stay_top_n"),
            ("places", "2"),
            ("min", min),
            ("max", "45 000"),
            ("step", "10"),
            ("cost", "25 300"),
            ("version", version),
        ]
    };
    let wrong = stall.post(&format!("{page}/rule"), &typed("много", "0")).await;
    assert_eq!(
        (wrong.status, texts(&wrong, "#e-min span")),
        (422, vec!["«много» не число. Впишите цифры: 38 740".to_owned()])
    );
    assert_eq!(
        attributes(&wrong, "#f-max", "value"),
        ["45 000"],
        "what was typed stays"
    );
    assert_eq!(texts(&wrong, "title"), ["Ошибка: Пуховик Aru Nord · Sauda"]);
    let low = stall.post(&format!("{page}/rule"), &typed("20 000", "0")).await;
    assert_eq!(
        (low.status, attributes(&low, "#f-confirmed", "type")),
        (422, vec!["checkbox".to_owned()])
    );
    assert_eq!(stall.rule(&stall.coat).await.version, 0, "nothing was saved");
    let mut sure = typed("20 000", "0").to_vec();
    sure.push(("confirmed", "on"));
    assert_eq!(stall.post(&format!("{page}/rule"), &sure).await.to(), page);
    let rule = stall.rule(&stall.coat).await;
    assert_eq!(
        (rule.min, rule.strategy.as_deref(), rule.cost),
        (
            Some(Tenge(20_000)),
            Some("stay_top_n"),
            Some(Money::from_tiyn(2_530_000))
        )
    );
    let stale = stall.post(&format!("{page}/rule"), &typed("33 000", "0")).await;
    assert_eq!(stale.status, 422);
    assert!(stale.text.contains("Айгерим Жумабек"), "who changed it");
    assert_eq!(stall.rule(&stall.coat).await.min, Some(Tenge(20_000)));
    let tried = stall
        .post(&format!("{page}/backtest"), &typed("33 000", "1"))
        .await;
    assert_eq!(
        (tried.status, attributes(&tried, "#f-min", "value")),
        (200, vec!["33 000".to_owned()])
    );
    assert!(tried.text.contains("flask-conical"), "the result of the replay");
    assert_eq!(stall.rule(&stall.coat).await.version, 1, "a try saves nothing");
}

#[tokio::test]
async fn the_card_guard_shows_newcomers_and_looks_past_them() {
    let stall = Stall::new().await;
    stall.house.check(&stall.shop).await;
    let guard = format!("{}/guard", stall.base);
    assert_eq!(
        texts(&stall.page(&guard).await, ".guard-row").len(),
        0,
        "those of the first read were there before"
    );
    stall.house.clock.push(Span::from_mins(40));
    stall.house.market.rival("102298404", "9000003", 33_900);
    stall.house.check(&stall.shop).await;
    let page = stall.page(&guard).await;
    assert_eq!(texts(&page, ".guard-row b"), ["Rival 9000003"]);
    assert_eq!(texts(&page, ".tab .n"), ["1", "3", "0"]);
    let acts = attributes(&page, ".guard-row form", "action");
    assert_eq!(acts.len(), 2);
    stall.post(&acts[1], &[]).await.to();
    let ignored = stall.rule(&stall.coat).await.settings.ignore.unwrap();
    assert_eq!(
        ignored
            .sellers
            .iter()
            .map(|seller| seller.as_str())
            .collect::<Vec<_>>(),
        ["9000003"]
    );
    let now = stall.page(&format!("{guard}?view=now")).await;
    assert_eq!(texts(&now, ".guard-row .badge"), ["не учитываем"]);
    let count = attributes(&now, ".guard-row form", "action")
        .into_iter()
        .find(|act| act.ends_with("/count"))
        .unwrap();
    stall.post(&count, &[]).await.to();
    assert_eq!(
        stall.rule(&stall.coat).await.settings.ignore,
        None,
        "as the rule says again"
    );
    assert_eq!(stall.post(&format!("{guard}/junk/seen"), &[]).await.status, 404);
}

#[tokio::test]
async fn a_file_of_limits_goes_its_four_steps() {
    let stall = Stall::new().await;
    stall.page(&format!("{}/import", stall.base)).await;
    let sent = stall
        .upload(
            "границы.csv",
            "Артикул;Мин. цена;Макс. цена;Моё\nP-1;34 500;44 900;а\nK-1;=A1;8 990;б\nXXX;1;2;в\n",
        )
        .await;
    let file = sent.to().to_owned();
    let check = stall.page(&file).await;
    assert_eq!(
        texts(&check, "dl.facts dd"),
        ["1", "0", "2"],
        "ready, to confirm, refused"
    );
    assert_eq!(texts(&check, "tbody td.t-bad").len(), 2);
    assert_eq!(stall.rule(&stall.coat).await.min, None, "nothing is applied yet");
    let (headers, bad) = stall.bytes(&format!("{file}/bad.csv")).await;
    let bad = String::from_utf8(bad).unwrap();
    assert!(
        headers["content-disposition"]
            .to_str()
            .unwrap()
            .starts_with("attachment"),
        "{headers:?}"
    );
    assert_eq!(bad.lines().count(), 3, "{bad}");

    let twice = stall
        .post(
            &format!("{file}/columns"),
            &[("column_0", "sku"), ("column_1", "min"), ("column_2", "min")],
        )
        .await;
    assert_eq!(twice.status, 422);
    assert!(!twice.text.contains('⟦'), "{}", around(&twice.text, '⟦'));
    stall
        .post(
            &format!("{file}/columns"),
            &[
                ("column_0", "sku"),
                ("column_1", ""),
                ("column_2", "max"),
                ("column_3", ""),
            ],
        )
        .await
        .to();
    assert_eq!(
        texts(&stall.page(&file).await, "dl.facts dd"),
        ["2", "0", "1"],
        "without the column of minimums"
    );

    assert_eq!(stall.post(&format!("{file}/apply"), &[]).await.to(), file);
    let rule = stall.rule(&stall.coat).await;
    assert_eq!((rule.min, rule.max), (None, Some(Tenge(44_900))));
    let done = stall.page(&file).await;
    assert_eq!(texts(&done, "dl.facts dd"), ["2", "0", "1"]);
    stall.post(&format!("{file}/apply"), &[]).await.to();
    assert_eq!(
        stall.rule(&stall.coat).await.version,
        rule.version,
        "pressed twice, applied once"
    );
    assert_eq!(
        texts(&stall.page(&format!("{}/import", stall.base)).await, ".rows a"),
        ["границы.csv"]
    );

    let again = stall
        .upload(
            "ещё.csv",
            "Артикул;Мин. цена;Макс. цена;Моё\nP-1;34 500;44 000;а\n",
        )
        .await;
    let check = stall.page(again.to()).await;
    assert_eq!(
        attributes(&check, "select option[selected]", "value"),
        ["sku", "max"],
        "the choice is remembered for files of this shape"
    );

    stall.post(&format!("{file}/undo"), &[]).await.to();
    assert_eq!(stall.rule(&stall.coat).await.max, None);
}

#[tokio::test]
async fn a_file_that_is_no_table_is_refused_at_its_field() {
    let stall = Stall::new().await;
    let pdf = stall.upload("a.pdf", "%PDF-1.7 and so on and so forth").await;
    assert_eq!((pdf.status, texts(&pdf, "#e-file span").len()), (422, 1));
    let large = stall.upload("large.csv", &"x;".repeat(11 << 20)).await;
    assert_eq!(large.status, 422);
    assert!(
        texts(&large, "#e-file span")[0].contains("больше 20 МБ"),
        "{:?}",
        texts(&large, "#e-file span")
    );
    let nothing = stall.upload("", "").await;
    assert_eq!(
        texts(&nothing, "#e-file span"),
        ["Выберите файл: Excel, CSV или ODS"]
    );
    let sent = stall.upload("a.csv", "Артикул;Минимум\nP-1;1\n").await;
    let file = sent.to().to_owned();
    stall.house.clock.push(Span::from_hours(25));
    stall.upload("b.csv", "Артикул;Минимум\nP-1;2\n").await.to();
    assert_eq!(
        stall.house.get(&stall.owner, &file).await.to(),
        format!("{}/import", stall.base),
        "files are kept for a day"
    );
}

#[tokio::test]
async fn lists_are_exported_as_they_are_filtered() {
    let stall = Stall::new().await;
    stall
        .house
        .keep(&stall.scope, &stall.shop, "P-1", 30_000, 45_000)
        .await;
    stall.house.check(&stall.shop).await;
    let (_, csv) = stall.bytes(&format!("{}/export.csv?sort=name", stall.base)).await;
    let csv = String::from_utf8(csv).unwrap();
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines.len(), 4);
    assert!(lines[0].starts_with("\u{feff}Артикул;Товар;"), "{}", lines[0]);
    assert!(
        lines[2]
            .starts_with("P-1;Пуховик Aru Nord;Master - Coats;38740;2;3;38000;Rival 9000001;30000;45000;10;"),
        "{}",
        lines[2]
    );
    let (_, json) = stall.bytes(&format!("{}/export.json?q=7001", stall.base)).await;
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    assert_eq!(
        (json.as_array().unwrap().len(), &json[0]["sku"], &json[0]["price"]),
        (1, &"7001".into(), &17_900.into())
    );
    for file in [
        "export.xlsx".to_owned(),
        "import/template.xlsx".to_owned(),
        format!("{}/history.xlsx", stall.coat),
    ] {
        let (headers, bytes) = stall.bytes(&format!("{}/{file}", stall.base)).await;
        assert_eq!(&bytes[..2], b"PK", "{file}");
        assert!(
            headers["content-disposition"]
                .to_str()
                .unwrap()
                .ends_with(".xlsx\""),
            "{file}"
        );
    }
}
