//! Forms of the stock answer at the field with what was typed kept; a purchase takes costs on board; files for the supplier; the
//! calculator's landed cost becomes the product's, and can be taken back.

use crate::stall::{Stall, texts};

const SHEET: &str = "SKU_ID;Kaspi_name_core;Initial_KSP_Price;Stock_entered;Weight_kg;Себестоимость\n\
                     A-1;Куртка Арктика;38 740;4;0,95;25 300\nB-2;Термос;12 990;2;;5 000\n";

/// The id after a mark, such as `pur_…`.
fn id_after(text: &str, mark: &str, kind: &str) -> String {
    let (_, rest) = text.split_once(mark).unwrap();
    format!("{kind}{}", &rest[..26])
}

/// Where the pages of the shop stand.
fn shop(stall: &Stall) -> &str {
    stall.base.trim_end_matches("/prices")
}

/// Products A-1 and B-2.
async fn goods(stall: &Stall) -> [String; 2] {
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
    let mut found = Vec::new();
    for sku in ["A-1", "B-2"] {
        let page = stall.page(&format!("/catalog?q={sku}")).await;
        found.push(id_after(&page.text, "href=\"/catalog/prd_", "prd_"));
    }
    found.try_into().unwrap()
}

fn value_of(page: &str, id: &str) -> String {
    let (_, rest) = page.split_once(&format!("id=\"{id}\"")).unwrap();
    let (tag, _) = rest.split_once('>').unwrap();
    let (_, value) = tag.split_once("value=\"").unwrap();
    value.split_once('"').unwrap().0.to_owned()
}

#[tokio::test]
async fn a_wrong_figure_is_said_at_its_field_and_nothing_typed_is_lost() {
    let stall = Stall::new().await;
    let [coat, _] = goods(&stall).await;
    let counts = stall.page("/stock/counts").await;
    let warehouse = id_after(&counts.text, "value=\"whs_", "whs_");
    let page = format!("/stock/{coat}");

    let by_weight = [
        ("kind", "receipt"),
        ("quantity", "0,35"),
        ("cost", "1200"),
        ("warehouse", &warehouse),
        ("reason", "приход"),
        ("once", "1"),
    ];
    let refused = stall.post(&format!("{page}/move"), &by_weight).await;
    assert_eq!(refused.status, 422);
    // The refusal names the product and what to do instead.
    assert!(
        texts(&refused, "#e-quantity")[0].contains("A-1"),
        "{}",
        refused.text
    );
    assert_eq!(value_of(&refused.text, "f-quantity"), "0,35");
    assert_eq!(
        (
            value_of(&refused.text, "f-cost"),
            value_of(&refused.text, "f-reason")
        ),
        ("1200".to_owned(), "приход".to_owned())
    );
    assert!(texts(&stall.page(&page).await, "table tbody tr").is_empty());

    let supply = [
        ("supplier", ""),
        ("least", "десять"),
        ("pack", "5"),
        ("rate", "2,4"),
        ("volume", "x"),
    ];
    let refused = stall.post(&format!("{page}/supply"), &supply).await;
    assert_eq!(refused.status, 422);
    assert_eq!(
        (
            texts(&refused, "#e-least").len(),
            texts(&refused, "#e-volume").len()
        ),
        (1, 1)
    );
    assert_eq!(value_of(&refused.text, "f-pack"), "5");
    let weeks = stall.post(&format!("{page}/skip"), &[("weeks", "60")]).await;
    assert_eq!((weeks.status, texts(&weeks, "#e-weeks").len()), (422, 1));
    stall.post(&format!("{page}/skip"), &[("weeks", "3")]).await.to();
    assert!(stall.page(&page).await.text.contains("отложен до"));

    let supplier = [
        ("id", ""),
        ("name", "Сулу"),
        ("email", "сулу"),
        ("lead_days", "9"),
        ("spread", "0"),
        ("weekday", "1"),
    ];
    let refused = stall.post("/stock/suppliers", &supplier).await;
    assert_eq!((refused.status, texts(&refused, "#e-email-new").len()), (422, 1));
    assert_eq!(value_of(&refused.text, "f-name-new"), "Сулу");
    let settings = [
        ("fill", "99,99"),
        ("review", "7"),
        ("lead", "14"),
        ("costing", "fifo"),
        ("promise", "fill"),
        ("kept", "on"),
    ];
    let refused = stall.post("/stock/settings", &settings).await;
    assert_eq!((refused.status, texts(&refused, "#e-fill").len()), (422, 1));
    assert_eq!(value_of(&refused.text, "f-fill"), "99,99");

    stall
        .post("/stock/counts", &[("warehouse", &warehouse)])
        .await
        .to();
    let counts = stall.page("/stock/counts").await;
    let counting = id_after(&counts.text, "id=\"cnt_", "cnt_");
    let line = format!("/stock/counts/{counting}/line");
    let refused = stall.post(&line, &[("sku", "A-1"), ("counted", "1,5")]).await;
    assert_eq!(refused.status, 422);
    assert_eq!(texts(&refused, &format!("#e-counted-{counting}")).len(), 1);
    assert_eq!(value_of(&refused.text, &format!("f-sku-{counting}")), "A-1");
}

#[tokio::test]
async fn prices_by_quantity_the_cost_of_an_order_and_a_budget_are_taken_or_refused_at_their_field() {
    let stall = Stall::new().await;
    let [coat, flask] = goods(&stall).await;
    let supply = |breaks: &'static str| {
        [
            ("supplier", ""),
            ("least", "1"),
            ("pack", "1"),
            ("rate", "2"),
            ("volume", ""),
            ("breaks", breaks),
        ]
    };
    let page = format!("/stock/{coat}");
    for (typed, named) in [
        ("10 — 24 000\n50 штук", "50 штук"),
        ("20 — 24 000\n10 — 23 000", "10"),
        ("10 — 0", "0"),
    ] {
        let refused = stall.post(&format!("{page}/supply"), &supply(typed)).await;
        let said = texts(&refused, "#e-breaks");
        assert_eq!((refused.status, said.len()), (422, 1), "{typed}");
        assert!(said[0].contains(named), "{said:?}");
        assert!(refused.text.contains(typed), "what was typed is kept");
    }
    assert_eq!(texts(&stall.page(&page).await, "#f-breaks"), [""]);
    let steps = supply("10 — 24 000\n100=22500,50");
    stall.post(&format!("{page}/supply"), &steps).await.to();
    let kept = texts(&stall.page(&page).await, "#f-breaks").concat();
    assert_eq!(kept, "10 — 24000 100 — 22500,5");
    stall
        .post(&format!("/stock/{flask}/supply"), &supply(""))
        .await
        .to();

    let settings = |holding: &'static str| {
        [
            ("fill", "95"),
            ("review", "7"),
            ("lead", "14"),
            ("costing", "fifo"),
            ("promise", "cycle"),
            ("order_cost", "1 500"),
            ("holding", holding),
        ]
    };
    for holding in ["", "0", "5000", "много"] {
        let refused = stall.post("/stock/settings", &settings(holding)).await;
        let said = texts(&refused, "#e-holding").len();
        assert_eq!((refused.status, said), (422, 1), "{holding}");
        assert_eq!(value_of(&refused.text, "f-order_cost"), "1 500");
        assert_eq!(texts(&refused, "#f-promise option[selected]").len(), 1);
    }
    stall.post("/stock/settings", &settings("25")).await.to();
    let saved = stall.page("/stock/settings").await;
    assert_eq!(value_of(&saved.text, "f-holding"), "25");
    let promise = "#f-promise option[value=cycle][selected]";
    assert_eq!(texts(&saved, promise).len(), 1);

    let all = stall.page("/stock").await;
    assert_eq!(texts(&all, "tbody tr").len(), 2, "{}", all.text);
    let wrong = stall.page("/stock?budget=сто").await;
    assert_eq!(texts(&wrong, "#e-budget").len(), 1);
    assert_eq!(value_of(&wrong.text, "f-budget"), "сто");
    let file = "/stock/export.csv?budget=";
    let refused = stall.house.get(&stall.owner, &format!("{file}сто")).await;
    assert_eq!(refused.status, 422, "{}", refused.text);
    // Five flasks, and no coat.
    let little = stall.page("/stock?budget=25000").await;
    assert!(little.text.contains("Остальное подождёт"), "{}", little.text);
    let sheet = stall.page(&format!("{file}25000")).await.text;
    assert!(sheet.contains("B-2"), "{sheet}");
    let enough = stall.page("/stock?budget=900000000").await;
    assert!(enough.text.contains("Бюджета хватает на всё"), "{}", enough.text);
}

#[tokio::test]
async fn a_purchase_is_changed_sent_and_received_with_what_it_cost_to_bring() {
    let stall = Stall::new().await;
    let [coat, flask] = goods(&stall).await;
    let supplier = [
        ("id", ""),
        ("name", "Сулу"),
        ("phone", "8 701 000 00 00"),
        ("email", "zakaz@sulu.kz"),
        ("lead_days", "9"),
        ("spread", "0"),
        ("vat", "16"),
        ("weekday", "1"),
    ];
    stall.post("/stock/suppliers", &supplier).await.to();
    let settings = stall.page("/stock/settings").await;
    let supplier = id_after(&settings.text, "value=\"sup_", "sup_");
    let supply = [
        ("supplier", supplier.as_str()),
        ("least", "1"),
        ("pack", "1"),
        ("rate", "2"),
        ("volume", ""),
    ];
    stall.post(&format!("/stock/{coat}/supply"), &supply).await.to();
    let order = [("pick", coat.as_str()), ("product", &coat), ("quantity", "10")];
    stall.post("/stock/order", &order).await.to();
    let list = stall.page("/stock/orders").await;
    let page = format!("/stock/orders/{}", id_after(&list.text, "id=\"pur_", "pur_"));

    let unknown = [
        ("supplier", supplier.as_str()),
        ("product", &coat),
        ("ordered", "12"),
        ("cost", "20000"),
        ("sku", "Z-9"),
        ("quantity", "5"),
    ];
    let refused = stall.post(&page, &unknown).await;
    assert_eq!((refused.status, texts(&refused, "#e-sku").len()), (422, 1));
    assert_eq!(value_of(&refused.text, "f-ordered-0"), "12");
    let known = unknown.map(|(name, value)| (name, if value == "Z-9" { "B-2" } else { value }));
    stall.post(&page, &known).await.to();
    for (kind, begins) in [("pdf", "%PDF"), ("xlsx", "PK"), ("csv", "")] {
        let (_, file) = stall.bytes(&format!("{page}/file.{kind}")).await;
        assert!(file.starts_with(begins.as_bytes()), "{kind}");
    }
    let draft = stall.page(&page).await;
    assert!(
        draft.text.contains("https://wa.me/77010000000?text="),
        "{}",
        draft.text
    );
    assert!(draft.text.contains("mailto:zakaz@sulu.kz?"), "{}", draft.text);
    assert!(draft.text.contains("Термос (арт. B-2), 5 шт."), "{}", draft.text);

    stall
        .post(&format!("{page}/state"), &[("state", "sent")])
        .await
        .to();
    let came = [
        ("product", coat.as_str()),
        ("received", "10"),
        ("cost", "20000"),
        ("product", &flask),
        ("received", "5"),
        ("cost", "5000"),
        ("cost_kind", "freight"),
        ("cost_sum", "1000,01"),
        ("cost_by", "weight"),
    ];
    // The flask has no weight: the cost says so, and nothing came yet.
    let refused = stall.post(&format!("{page}/receive"), &came).await;
    assert_eq!(refused.status, 422);
    assert!(
        texts(&refused, "#e-freight")[0].contains("B-2"),
        "{}",
        refused.text
    );
    assert_eq!(value_of(&refused.text, "f-freight"), "1000,01");
    let by_pieces = came.map(|(name, value)| (name, if value == "weight" { "quantity" } else { value }));
    stall.post(&format!("{page}/receive"), &by_pieces).await.to();
    let done = stall.page(&page).await;
    // 200 000 + 25 000 and 1 000.01 for fifteen pieces.
    assert!(
        done.text.contains("226\u{a0}000") || done.text.contains("226 000"),
        "{}",
        done.text
    );
    let layers = stall.page(&format!("/stock/{coat}")).await;
    assert!(layers.text.contains("по 20"), "{}", layers.text);
}

#[tokio::test]
async fn a_draft_in_another_currency_says_what_it_lacks_and_counts_in_tenge() {
    let stall = Stall::new().await;
    let [coat, _] = goods(&stall).await;
    let order = [("pick", coat.as_str()), ("product", &coat), ("quantity", "10")];
    stall.post("/stock/order", &order).await.to();
    let list = stall.page("/stock/orders").await;
    let page = format!("/stock/orders/{}", id_after(&list.text, "id=\"pur_", "pur_"));
    let money = format!("{page}/currency");
    let yuan = |rate: &'static str| [("currency", "CNY"), ("rate", rate)];
    for rate in ["", "много", "0"] {
        let refused = stall.post(&money, &yuan(rate)).await;
        assert_eq!(
            (refused.status, texts(&refused, "#e-rate").len()),
            (422, 1),
            "{rate}"
        );
    }
    assert!(!stall.page(&page).await.text.contains("Цена, CNY"));
    let rate = [
        ("kind", "currency"),
        ("subject", "cny"),
        ("value", "72,4"),
        ("from", "2026-01-01"),
    ];
    stall
        .post(&format!("{}/money/rates", shop(&stall)), &rate)
        .await
        .to();
    stall.post(&money, &yuan("")).await.to();
    let lines = [
        ("supplier", ""),
        ("product", coat.as_str()),
        ("ordered", "10"),
        ("cost", "68,5"),
    ];
    // Prices typed in tenge before somebody chose the currency are not taken for yuan.
    let mut stale = lines.to_vec();
    stale.push(("priced_in", "KZT"));
    assert_eq!(stall.post(&page, &stale).await.status, 422);
    stall.post(&page, &lines).await.to();
    let draft = stall.page(&page).await;
    assert!(draft.text.contains("Цена, CNY"), "{}", draft.text);
    assert_eq!(value_of(&draft.text, "f-cost-0"), "68,5");
    // 68.50 at 72.4 are 4 959.40: ten of them.
    assert!(
        draft.text.contains("49\u{a0}594") || draft.text.contains("49 594"),
        "{}",
        draft.text
    );
    stall
        .post(&format!("{page}/state"), &[("state", "sent")])
        .await
        .to();
    let came = [
        ("product", coat.as_str()),
        ("received", "10"),
        ("cost", "68,5"),
        ("rate", "100"),
        ("cost_kind", "freight"),
        ("cost_sum", "1160"),
        ("cost_by", "quantity"),
        ("cost_vat", "freight"),
    ];
    stall.post(&format!("{page}/receive"), &came).await.to();
    let done = stall.page(&page).await;
    // At the rate of the day they cost 68 500, and 1 160 to bring, of which some is tax.
    assert!(
        done.text.contains("69\u{a0}660") || done.text.contains("69 660"),
        "{}",
        done.text
    );
    assert!(done.text.contains("в т. ч. НДС"), "{}", done.text);
}

#[tokio::test]
async fn the_landed_cost_of_a_calculation_becomes_the_products_cost_and_is_taken_back() {
    let stall = Stall::new().await;
    let [coat, _] = goods(&stall).await;
    let calculator = format!("{}/money/calculator", shop(&stall));
    let begun = stall.page(&format!("{calculator}?product={coat}")).await;
    assert_eq!(value_of(&begun.text, "f-price"), "38\u{a0}740");
    assert_eq!(value_of(&begun.text, "f-purchase"), "25\u{a0}300");
    let question = format!(
        "{calculator}?product={coat}&price=38740&commission_pct=10,9&delivery=none&supplier_price=100&currency=USD&rate=475&quantity=10&freight=9000&insurance=500"
    );
    let told = stall.page(&question).await;
    // 47 500 + 900 + 50 a piece.
    assert_eq!(value_of_name(&told.text, "cost"), "48450,00");
    let taken = [
        ("product", coat.as_str()),
        ("cost", "48450,00"),
        ("query", "{\"price\":\"38740\"}"),
    ];
    stall
        .post(&format!("{}/money/cost", shop(&stall)), &taken)
        .await
        .to();
    let page = stall.page(&format!("/catalog/{coat}")).await;
    assert!(page.text.contains("48450"), "{}", page.text);
    let toast = stall.page(&calculator).await;
    let undo = toast
        .text
        .split_once("/catalog/import/")
        .map(|(_, rest)| rest.split_once("/undo").unwrap().0.to_owned());
    if let Some(import) = undo {
        stall.post(&format!("/catalog/import/{import}/undo"), &[]).await;
        let page = stall.page(&format!("/catalog/{coat}")).await;
        assert!(page.text.contains("25300"), "{}", page.text);
    }
}

fn value_of_name(page: &str, name: &str) -> String {
    let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\"")).unwrap();
    rest.split_once('"').unwrap().0.to_owned()
}

#[tokio::test]
async fn the_tax_goes_into_files_and_packaging_has_classes() {
    let stall = Stall::new().await;
    let tax = format!("{}/money/tax", shop(&stall));
    for (kind, begins) in [("pdf", "%PDF"), ("xlsx", "PK"), ("csv", "\u{feff}")] {
        let (_, file) = stall.bytes(&format!("{tax}/export.{kind}?period=2026-H1")).await;
        assert!(file.starts_with(begins.as_bytes()), "{kind}");
    }
    // What may be thousands or tiyn is not computed with, in the words of the page.
    let two = stall.page(&format!("{tax}?expenses=6,500")).await;
    assert!(two.text.contains("«6,500» читается двояко"), "{}", two.text);
    let calculator = format!("{}/money/calculator", shop(&stall));
    for question in [
        "purchase=6,500",
        "purchase=100&freight=1,250&freight_per=kg&weight_kg=0,5&quantity=10",
    ] {
        let asked = format!("{calculator}?price=38740&commission_pct=10,9&delivery=none&{question}");
        let refused = stall.page(&asked).await;
        let field = question
            .split(['=', '&'])
            .rev()
            .find(|name| ["purchase", "freight"].contains(name))
            .unwrap();
        let said = texts(&refused, &format!("#e-{field}")).join(" ");
        assert!(
            said.contains("читается двояко: запятая может отделять тысячи или тиыны"),
            "{field}: {said}"
        );
    }
    let alone =
        format!("{calculator}?price=38740&commission_pct=10,9&delivery=none&purchase=100&buy_rate=475");
    let said = texts(&stall.page(&alone).await, "#e-buy_rate").join(" ");
    assert!(said.contains("Курс 475 указан без валюты"), "{said}");
    let wrong = format!("{tax}/export.csv?expenses=x");
    assert_eq!(stall.house.get(&stall.owner, &wrong).await.status, 422);
    let rates = format!("{}/money/rates", shop(&stall));
    let class = |subject: &'static str| {
        [
            ("kind", "packaging"),
            ("pack", "weight"),
            ("subject", subject),
            ("value", "150"),
            ("from", "2026-01-01"),
        ]
    };
    let refused = stall.post(&rates, &class("много")).await;
    assert_eq!((refused.status, texts(&refused, "#e-subject").len()), (422, 1));
    stall.post(&rates, &class("1,5")).await.to();
    assert!(stall.page(&rates).await.text.contains("до 1,5 кг"));
}

#[tokio::test]
async fn promotions_are_told_of_one_product_or_of_all_and_taken_back() {
    let stall = Stall::new().await;
    let [coat, mug] = goods(&stall).await;
    let day = |days: i64| {
        let at = sauda_kernel::Clock::now(&stall.house.clock).plus(sauda_kernel::Span::from_days(days));
        at.rfc3339_almaty()[..10].to_owned()
    };
    let (page, other) = (format!("/stock/{coat}"), format!("/stock/{mug}"));
    let post = format!("{page}/promotion");
    let (from, to) = (day(5), day(9));
    for (first, last, field) in [
        ("завтра", to.as_str(), "from"),
        (to.as_str(), from.as_str(), "to"),
        ("2020-01-01", "2020-01-05", "from"),
    ] {
        let form = [("from", first), ("to", last), ("of", "all"), ("on", "yes")];
        let refused = stall.post(&post, &form).await;
        let named = refused.text.contains(&format!("href=\"#f-{field}\""));
        assert!(refused.status == 422 && named, "{first}: {}", refused.text);
        assert_eq!(value_of(&refused.text, "f-from"), first);
        assert!(refused.text.contains("value=\"all\" checked"), "{}", refused.text);
    }
    let own = [("from", from.as_str()), ("to", to.as_str()), ("on", "yes")];
    stall.post(&post, &own).await.to();
    let of_all = [
        ("from", from.as_str()),
        ("to", to.as_str()),
        ("of", "all"),
        ("on", "yes"),
    ];
    stall.post(&post, &of_all).await.to();
    let said = format!("name=\"from\" value=\"{from}\"><input type=\"hidden\" name=\"to\" value=\"{to}\"");
    let count = async |page: &str| stall.page(page).await.text.matches(&said).count();
    assert_eq!((count(&page).await, count(&other).await), (2, 1));
    let back = [
        ("from", from.as_str()),
        ("to", to.as_str()),
        ("of", "all"),
        ("on", "no"),
    ];
    stall.post(&post, &back).await.to();
    assert_eq!((count(&page).await, count(&other).await), (1, 0));
}
