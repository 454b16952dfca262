//! Money in the browser: own fees of delivery in rates and calculator, regimes that a payer may choose between.

use crate::stall::{Stall, texts};

#[tokio::test]
async fn own_fees_of_delivery_are_set_shown_and_counted_with() {
    let stall = Stall::new().await;
    let money = format!("{}/money", stall.base.trim_end_matches("/prices"));
    let rates = format!("{money}/rates");
    let fee = |service: &'static str, from: &'static str, kg: &'static str, value: &'static str| {
        [
            ("kind", "delivery"),
            ("service", service),
            ("band_from", from),
            ("band_kg", kg),
            ("value", value),
            ("from", "2026-01-01"),
            ("source", "договор 12"),
        ]
    };
    for (form, field) in [
        (fee("moon", "", "", "500"), "service"),
        (fee("city", "много", "", "500"), "band_from"),
        (fee("city", "-5", "", "500"), "band_from"),
        (fee("city", "", "0", "500"), "band_kg"),
        (fee("city", "", "", "-1"), "value"),
        (fee("city", "", "", "2 000 000"), "value"),
    ] {
        let refused = stall.post(&rates, &form).await;
        let said = texts(&refused, &format!("#e-{field}")).len();
        assert_eq!((refused.status, said), (422, 1), "{form:?}: {}", refused.text);
        assert!(refused.text.contains("value=\"договор 12\""), "{form:?}");
    }
    let question =
        format!("{money}/calculator?price=12000&purchase=5000&commission_pct=10&delivery=city&weight_kg=1,2");
    let before = stall.page(&question).await.text;
    stall
        .post(&rates, &fee("city", "10 000", "5", "777,77"))
        .await
        .to();
    let shown = stall.page(&rates).await;
    let own = texts(&shown, "section[aria-labelledby=own-h] li").concat();
    for word in ["Доставка", "10 000", "5 кг", "777,77"] {
        assert!(own.replace('\u{a0}', " ").contains(word), "{word}: {own}");
    }
    let delivery = |page: &str| {
        let (_, rest) = page.split_once("Доставка покупателю</dt><dd>").unwrap();
        rest.split_once('<').unwrap().0.to_owned()
    };
    let after = stall.page(&question).await.text;
    assert_ne!(delivery(&before), "778");
    assert_eq!(delivery(&after), "778");
    assert!(after.contains("ваша ставка"), "{after}");
    // Below its sum the published fee holds.
    let less = question.replace("12000", "9999");
    assert_ne!(delivery(&stall.page(&less).await.text), "778");
}

#[tokio::test]
async fn self_employment_is_not_offered_to_a_payer_of_vat() {
    let stall = Stall::new().await;
    let tax = format!("{}/money/tax", stall.base.trim_end_matches("/prices"));
    for (vat, is_offered) in [("", true), ("on", false)] {
        let form = [("regime", "simplified"), ("vat_payer", vat)];
        stall.post(&tax, &form).await.to();
        let page = stall.page(&tax).await;
        let shown = texts(&page, "section[aria-labelledby=oth-h] th.row-head").join(", ");
        assert!(shown.contains("ТОО"), "{shown}");
        assert_eq!(shown.contains("Самозанят"), is_offered, "{vat}: {shown}");
    }
}

#[tokio::test]
async fn a_card_that_nobody_of_us_sells_fills_price_and_category() {
    let stall = Stall::new().await;
    let money = format!("{}/money", stall.base.trim_end_matches("/prices"));
    let path = ["Аксессуары", "Чехлы для смартфонов"].map(str::to_owned).to_vec();
    stall
        .house
        .market
        .shelf()
        .pages
        .insert("117120120".to_owned(), ("Чехол Nord".to_owned(), path, 4_990));
    let link = "https%3A%2F%2Fkaspi.kz%2Fshop%2Fp%2Fchehol-nord-117120120%2F%3Fc%3D750000000";
    for _ in 0..2 {
        let page = stall.page(&format!("{money}/calculator?link={link}")).await;
        assert!(
            page.text.contains("Заполнили по товару «Чехол Nord»"),
            "{}",
            page.text
        );
        assert!(
            page.text.replace('\u{a0}', " ").contains("value=\"4 990\""),
            "{}",
            page.text
        );
        assert!(
            page.text.contains("value=\"Чехлы для смартфонов\""),
            "{}",
            page.text
        );
    }
    let found = stall.page(&format!("{money}/rates?q=117120120")).await;
    assert!(found.text.contains("Чехол Nord"), "{}", found.text);
    assert_eq!(
        stall.house.market.shelf().looks,
        1,
        "what was read today is not asked for again"
    );
    for (asked, said) in [
        ("105341299", "Карточки 105341299 на Kaspi нет"),
        ("пуховик", "нет номера карточки"),
    ] {
        let refused = stall.page(&format!("{money}/calculator?link={asked}")).await;
        assert!(refused.text.contains(said), "{asked}: {}", refused.text);
    }
}
