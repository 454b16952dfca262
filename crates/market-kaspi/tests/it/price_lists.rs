//! Recorded price lists, and ones that somebody broke.

use crate::fixture;
use sauda_kernel::Tenge;
use sauda_market::Availability;
use sauda_market_kaspi::read;
use std::collections::BTreeMap;

#[test]
fn cabinet_export_2026_09() {
    let list = read::price_list(&fixture::bytes("price-list_cabinet-export_2026-09.xml")).unwrap();
    assert_eq!(
        (
            list.date.as_str(),
            list.company.as_str(),
            list.merchant_uid.as_str()
        ),
        ("2026-09-24 21:11", "Example", "30123456")
    );
    assert_eq!((list.offers.len(), list.refused.len()), (1, 0));
    let offer = &list.offers[0];
    assert_eq!(
        (offer.sku.as_str(), offer.title.as_str(), &offer.brand),
        ("130342357_673822557", "Example camera", &None)
    );
    assert_eq!(
        offer.city_prices,
        BTreeMap::from([("710000000".to_owned(), Tenge(127_019))])
    );
    let point = Availability {
        point_id: "30123456_SHOP_A".to_owned(),
        available: true,
        stock: Some(2),
        preorder_days: Some(0),
        stock_enabled: None,
    };
    assert_eq!(offer.availabilities, [point]);
    assert!(offer.on_sale);
}

#[test]
fn guide_example_and_live_feed() {
    let list = read::price_list(&fixture::bytes("price-list_kaspi_catalog_guide-example.xml")).unwrap();
    assert!(list.refused.is_empty(), "{:?}", list.refused);
    assert!(!list.offers.is_empty());
    let list = read::price_list(&fixture::bytes("price-list_merchant-feed_2025-12.xml")).unwrap();
    assert_eq!((list.offers.len(), list.refused.len()), (6, 0));
    assert!(
        list.offers
            .iter()
            .all(|offer| offer.price.is_some() || !offer.city_prices.is_empty())
    );
}

#[test]
fn rows_that_make_no_sense_are_told_by_number_and_sku() {
    let text = r#"<kaspi_catalog date="x"><company>A &amp; B</company><merchantid>7</merchantid><offers>
        <offer sku="a"><model>Ложка &quot;большая&quot; &#233;</model><price>100</price></offer>
        <offer sku="a"><model>Вилка</model><price>100</price></offer>
        <offer sku="b"><model>Нож</model><price>10.5</price></offer>
        <offer sku="c"><model>Нож</model></offer>
        <offer sku="d"><model>Нож</model><price>5</price><availabilities><availability available="да" storeId="PP1"/></availabilities></offer>
        <offer><model>Нож</model><price>5</price></offer>
        <offer sku="e"><model>Нож</model><cityprices><cityprice>5</cityprice></cityprices></offer>
        <offer sku="f"><price>5</price></offer>
        </offers></kaspi_catalog>"#;
    let list = read::price_list(text.as_bytes()).unwrap();
    assert_eq!(
        (
            list.company.as_str(),
            list.offers.len(),
            list.offers[0].title.as_str()
        ),
        ("A & B", 1, "Ложка \"большая\" é")
    );
    assert_eq!(
        list.refused,
        [
            "offer 2 (a): sku a stands twice in the file",
            "offer 3 (b): price is \"10.5\", it must be a whole number from 0",
            "offer 4 (c): no price",
            "offer 5 (d): point PP1: available is \"да\", it must be yes or no",
            "offer 6 (): no sku",
            "offer 7 (e): a cityprice has no cityId",
            "offer 8 (f): no model",
        ]
    );
}

#[test]
fn what_is_not_a_price_list_is_refused_whole() {
    for text in [
        "",
        "{}",
        "<html></html>",
        "<kaspi_catalog><merchantid>1</merchantid>",
        "<kaspi_catalog date=\"x\"><company/></kaspi_catalog>",
        "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><kaspi_catalog><merchantid>&a;</merchantid></kaspi_catalog>",
    ] {
        assert_eq!(
            read::price_list(text.as_bytes()).unwrap_err().word(),
            "bad_answer",
            "{text}"
        );
    }
}
