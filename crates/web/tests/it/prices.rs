//! The board of prices in process: list, cells, bulk changes.

use crate::{
    house::{Answer, House},
    stall::{Stall, attributes, texts},
};
use sauda_kernel::{Money, Tenge};
use sauda_pricing::service::OfferPatch;

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
        texts(&all, &format!("#r-{} .c-rival > span", stall.coat)),
        ["38 000"]
    );
    let found = stall
        .page(&format!("{}?q=КРУЖКА", stall.base.as_str()).replace("КРУЖКА", &crate::house::encode("КРУЖКА")))
        .await;
    assert_eq!(texts(&found, ".row-head a"), ["Кружка Tumar"]);
    let none = stall.page(&format!("{}?q=xyz&stock_lt=1", stall.base)).await;
    assert_eq!(texts(&none, ".empty h2").len(), 1);
    let by_name = stall.page(&format!("{}?sort=name", stall.base)).await;
    assert_eq!(
        texts(&by_name, ".row-head a"),
        ["Кружка Tumar", "Пуховик Aru Nord", "Рюкзак Saiga"]
    );
    let empty_view = stall.page(&format!("{}?view=errors", stall.base)).await;
    assert_eq!(
        attributes(&empty_view, ".empty a", "href"),
        std::slice::from_ref(&stall.base)
    );
}

#[tokio::test]
async fn a_long_list_comes_in_two_parts_that_are_one_list() {
    let house = House::new().await;
    for number in 1..=47 {
        let title = format!("Кружка Tumar {number:02}");
        house
            .market
            .sell(&format!("K-{number}"), &title, "102298405", 6_000 + number);
    }
    let stall = Box::pin(Stall::of(house, "K-1")).await;
    let by_name = format!("{}?sort=name", stall.base);
    let page = stall.page(&by_name).await;
    let first = texts(&page, "tbody .row-head a");
    assert_eq!(first.len(), 40);
    assert_eq!(texts(&page, "tbody td[colspan]"), ["Показать остальные 7"]);
    let address = attributes(&page, "tbody tr[hx-get]", "hx-get");
    let tail = stall.page(&address[0]).await;
    assert!(!tail.text.contains("<html"), "rows alone: {}", tail.text);
    let tail_page = format!("<table>{}</table>", tail.text);
    let rest = texts(
        &Answer {
            text: tail_page,
            ..tail
        },
        ".row-head a",
    );
    let whole = attributes(&page, "tbody td[colspan] a", "href");
    assert_eq!(whole, [format!("{by_name}&whole=1")]);
    let all = stall.page(&whole[0]).await;
    assert_eq!(
        texts(&all, "tbody .row-head a"),
        [first, rest].concat(),
        "nothing twice, nothing left out"
    );
    assert!(attributes(&all, "tbody tr[hx-get]", "hx-get").is_empty());
    let junk = stall
        .page(&format!("{}/rows?rows=off_junk.x..", stall.base))
        .await;
    assert_eq!(junk.text.trim(), "");
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
