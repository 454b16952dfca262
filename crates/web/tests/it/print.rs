//! What is packed in process: sizes that were agreed on, goods linked by hand, lines that look alike, parts of five hundred.

use crate::{
    orders::Shop,
    stall::{attributes, texts},
};
use sauda_kernel::{Clock as _, Span};
use sauda_store::sql;

/// Goods of the shop: the coat in two sizes, and one whose article the shop does not know.
const SHEET: &str = "SKU;Название;Бренд;Модель;Размер;Пол;Категория;Полка;Штрихкод\n\
    P-1;Платье;Ару;AR-1;M;женский;Платья;A-1;4006381333931\n\
    P-R;Платье;Руна;AR-1;L;женский;Платья;C-1;4006381333955\n\
    P-L;Платье;Ару;AR-1;L;женский;Платья;A-2;4006381333948\n\
    OWN-7;Рюкзак;Сайга;SG-7;;;;B-7;\n";

async fn with_goods() -> Shop {
    Box::pin(stocked()).await
}

async fn stocked() -> Shop {
    let shop = Shop::new().await;
    let sent = shop.stall.upload_to("/catalog/import", "a.csv", SHEET).await;
    let import = sent.to().trim_end_matches("/columns").to_owned();
    shop.stall.post(&format!("{import}/apply"), &[]).await.to();
    shop.act("700000001", &[("act", "accept")]).await.to();
    shop.clerk().await;
    shop
}

async fn pdf(shop: &Shop, name: &str, query: &str) -> String {
    let (_, bytes) = shop
        .stall
        .bytes(&format!("{}/print/{name}?{query}", shop.base))
        .await;
    let file = sauda_labels::read(&bytes, &sauda_labels::Limits::default()).unwrap();
    let pages = file.pages.iter().map(|page| page.as_ref().unwrap().text.clone());
    pages.collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn the_packer_reads_the_size_that_was_agreed_on() {
    let shop = with_goods().await;
    let page = format!("{}/print", shop.base);
    let before = shop.stall.page(&page).await;
    assert_eq!(texts(&before, ".pick .pick-size"), ["M"]);
    assert!(!before.text.contains("куплен"));
    let said = [("act", "correct"), ("line", "0"), ("size", "L"), ("why", "")];
    shop.stall
        .post(&format!("{}/700000001/size", shop.base), &said)
        .await
        .to();
    let after = shop.stall.page(&page).await;
    assert_eq!(texts(&after, ".pick .pick-size"), ["L"]);
    after.has("куплен M");
    // The packer goes to the shelf of the size that is packed, and scans its code; another brand's model is no such goods.
    assert_eq!(texts(&before, ".pick-shelf h3"), ["Полка A-1"]);
    assert_eq!(texts(&after, ".pick-shelf h3"), ["Полка A-2"]);
    shop.stall
        .page(&format!("{}/pick", shop.base))
        .await
        .has("куплен M");
    for name in ["labels.pdf", "pick-list.pdf", "pick-list-80mm.pdf"] {
        let text = pdf(&shop, name, "").await;
        assert!(text.contains("куплен M"), "{name}: {text}");
    }
    // The scanner takes the piece that is packed, and the bought one is none of the list.
    let walk = format!("{}/pick", shop.base);
    let wrong = shop.stall.post(&walk, &[("scan", "4006381333931")]).await;
    assert!(wrong.to().contains("what=unknown"), "{}", wrong.to());
    let right = shop.stall.post(&walk, &[("scan", "4006381333948")]).await;
    assert!(!right.to().contains("what="), "{}", right.to());
    let taken = shop.stall.page(&page).await;
    assert_eq!(attributes(&taken, "tr[data-state=taken]", "id").len(), 1);
}

#[tokio::test]
async fn goods_linked_by_hand_are_printed_as_the_catalogue_knows_them() {
    let shop = with_goods().await;
    let (house, scope) = (&shop.stall.house, &shop.stall.scope);
    let found = house.products.by_skus(scope, &["OWN-7"]).await.unwrap();
    let linked = house
        .products
        .link(scope, &shop.stall.coat, Some(&found["OWN-7"].id))
        .await;
    linked.unwrap();
    let page = shop.stall.page(&format!("{}/print", shop.base)).await;
    assert_eq!(texts(&page, ".pick-shelf h3"), ["Полка B-7"]);
    assert!(page.text.contains("SG-7"), "{}", page.text);
}

#[tokio::test]
async fn lines_that_look_alike_are_taken_one_by_one() {
    let shop = with_goods().await;
    let db = house_db(&shop);
    sql!(
        "INSERT INTO order_lines (order_id, line, market_id, sku, card, name, quantity, price, total, offer_id, grams, imei) \
         SELECT order_id, 1, '', sku, card, name, quantity, price, total, offer_id, grams, imei FROM order_lines \
         WHERE order_id = (SELECT id FROM orders WHERE code = '700000001')"
    )
    .run(db)
    .await
    .unwrap();
    let print = format!("{}/print", shop.base);
    let page = shop.stall.page(&print).await;
    let entries = attributes(&page, "input[name=entry]", "value");
    assert_eq!(entries, ["700000001-0", "#1"]);
    let taken = [
        ("order", "700000001"),
        ("entry", "#1"),
        ("state", "taken"),
        ("place", "2"),
        ("query", "paper=75x120"),
    ];
    let to = shop.stall.post(&print, &taken).await;
    assert_eq!(to.to(), format!("{print}?paper=75x120#p-700000001-2"));
    let page = shop.stall.page(&print).await;
    assert_eq!(attributes(&page, "tr[data-state=taken]", "id"), ["p-700000001-2"]);
    let walk = shop.stall.page(&format!("{}/pick", shop.base)).await;
    assert_eq!(
        attributes(&walk, "input[name=entry]", "value").remove(0),
        "700000001-0",
        "the other lies before the packer"
    );
}

#[tokio::test]
async fn what_is_ticked_is_printed_alone() {
    let shop = with_goods().await;
    shop.act("700000002", &[("act", "accept")]).await.to();
    shop.clerk().await;
    let ticked = [
        ("act", "print"),
        ("order", "700000001"),
        ("order", "9"),
        ("back", shop.base.as_str()),
    ];
    let to = shop.stall.post(&format!("{}/bulk", shop.base), &ticked).await;
    let to = to.to().to_owned();
    assert_eq!(to, format!("{}/print?codes=700000001.9", shop.base));
    let page = shop.stall.page(&to).await;
    page.has("Только выбранные заказы. Не печатаются: 1");
    assert_eq!(texts(&page, ".pick .row-head a"), ["700000001"]);
    let text = pdf(&shop, "pick-list.pdf", "codes=700000001.9").await;
    assert!(
        text.contains("700000001") && !text.contains("700000002"),
        "{text}"
    );
}

#[tokio::test]
async fn more_than_five_hundred_are_printed_in_parts() {
    let shop = Shop::new().await;
    let (db, now) = (house_db(&shop), shop.stall.house.clock.now());
    let mut tx = db.write().await.unwrap();
    for number in 0..503 {
        let code = format!("8{number:08}");
        sql!(
            "INSERT INTO orders (id, merchant_id, shop_id, code, market_id, tab, status, stage, stage_since, due_at, total, created_at, town, buyer, phone, document, fold, read_at, way, ended_at) \
             SELECT REPLACE(id, SUBSTR(id, 21), $1), merchant_id, shop_id, $2, market_id, tab, status, 'pack', $3, $3, total, created_at, town, buyer, phone, document, fold, $3, way, $3 FROM orders WHERE code = '700000001'"
        )
        .bind(format!("{number:010}"))
        .bind(&code)
        .bind(now.plus(Span::from_secs(number)))
        .run(&mut tx)
        .await
        .unwrap();
    }
    tx.commit().await.unwrap();
    let print = format!("{}/print", shop.base);
    let first = shop.stall.page(&print).await;
    first.has("За один раз печатается до 500 заказов, всего их 503");
    let buttons = "nav[aria-label='Части по 500 заказов'] a";
    assert_eq!(texts(&first, buttons), ["1–500", "501–503"]);
    let second = attributes(&first, buttons, "href").remove(1);
    let page = shop.stall.page(&second).await;
    assert_eq!(texts(&page, &format!("{buttons}[aria-current]")), ["501–503"]);
    page.has("part=2");
    let walk = shop.stall.page(&format!("{}/pick?part=2", shop.base)).await;
    assert_eq!(texts(&walk, &format!("{buttons}[aria-current]")), ["501–503"]);
}

fn house_db(shop: &Shop) -> &sauda_store::Db {
    shop.stall.house.db()
}
