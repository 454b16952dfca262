//! Files in process: limits that are brought, lists that are taken.

use crate::stall::{Stall, around, attributes, texts};
use sauda_kernel::{Span, Tenge};

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
