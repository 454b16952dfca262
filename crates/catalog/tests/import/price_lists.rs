//! The recorded price lists, read to the last value, written and read again; and the cabinet's Excel export.

use rust_xlsxwriter::Workbook;
use sauda_catalog::{
    import::price_list::{ListedAvailability, ListedPrice, PriceList, PriceListOffer, read, to_xml},
    table::{TableError, TableLimits},
};
use sauda_kernel::Tenge;
use std::{collections::BTreeMap, path::Path};

fn sample(name: &str) -> PriceList {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../fixtures/kaspi")
        .join(name);
    let list = read(&std::fs::read(path).unwrap(), &TableLimits::default()).unwrap();
    assert_eq!(list.refused, []);
    let again = read(to_xml(&list).as_bytes(), &TableLimits::default()).unwrap();
    assert_eq!(again, list, "what is written is read back");
    list
}

fn at(store: &str, available: bool, preorder_days: Option<i64>, stock: i64) -> ListedAvailability {
    ListedAvailability {
        store: store.to_owned(),
        available,
        preorder_days,
        stock: Some(stock),
    }
}

fn cities(prices: &[(&str, i64)]) -> ListedPrice {
    ListedPrice::Cities(
        prices
            .iter()
            .map(|(city, price)| ((*city).to_owned(), Tenge(*price)))
            .collect::<BTreeMap<_, _>>(),
    )
}

fn listed(text: &str) -> PriceList {
    read(text.as_bytes(), &TableLimits::default()).unwrap()
}

#[test]
fn the_export_of_the_cabinet_is_read() {
    let list = sample("price-list_cabinet-export_2026-09.xml");
    assert_eq!(list.company.as_deref(), Some("Example"));
    assert_eq!(list.merchant_uid.as_deref(), Some("30123456"));
    assert_eq!(list.date.as_deref(), Some("2026-09-24 21:11"));
    assert_eq!(
        list.offers,
        [PriceListOffer {
            row: 1,
            sku: "130342357_673822557".to_owned(),
            model: "Example camera".to_owned(),
            brand: None,
            availabilities: vec![at("SHOP_A", true, None, 2)],
            price: cities(&[("710000000", 127_019)]),
        }]
    );
}

#[test]
fn the_example_of_the_guide_is_read() {
    let list = sample("price-list_kaspi_catalog_guide-example.xml");
    assert_eq!(list.merchant_uid.as_deref(), Some("CompanyID"));
    let points = vec![
        at("myFavoritePickupPoint1", true, Some(3), 234),
        at("myFavoritePickupPoint2", true, Some(20), 234),
    ];
    let offer = |row, sku: &str, model: &str, price| PriceListOffer {
        row,
        sku: sku.to_owned(),
        model: model.to_owned(),
        brand: Some("Apple".to_owned()),
        availabilities: points.clone(),
        price,
    };
    assert_eq!(
        list.offers,
        [
            offer(
                1,
                "232130213",
                "iphone 5s white 32gb",
                ListedPrice::Everywhere(Tenge(6418))
            ),
            offer(
                2,
                "232130223",
                "iphone 6s white 32gb",
                cities(&[("710000000", 195_000), ("750000000", 193_000)])
            ),
        ]
    );
}

#[test]
fn the_feed_of_a_merchant_is_read() {
    let list = sample("price-list_merchant-feed_2025-12.xml");
    assert_eq!(list.company.as_deref(), Some("Einhell"));
    let found: Vec<(&str, bool, Option<i64>, &ListedPrice)> = list
        .offers
        .iter()
        .map(|offer| {
            let place = &offer.availabilities[0];
            (offer.sku.as_str(), place.available, place.stock, &offer.price)
        })
        .collect();
    let price = |tenge| ListedPrice::Everywhere(Tenge(tenge));
    assert_eq!(
        found,
        [
            ("4513812", true, Some(41), &price(47_600)),
            ("4431166", false, Some(0), &price(39_900)),
            ("4465170", true, Some(30), &price(29_900)),
            ("4513925", true, Some(22), &price(27_200)),
            ("4514255", false, Some(0), &price(39_900)),
            ("4514231", false, Some(0), &price(53_200)),
        ]
    );
    assert_eq!(
        list.offers[0].model,
        "Аккум. Перфоратор SDS-Plus Einhell TE-HD 18 Li-Solo (4513812)"
    );
    assert_eq!((list.offers[5].row, list.offers[5].brand.as_deref()), (6, None));
}

#[test]
fn bad_offers_are_refused_one_by_one() {
    let offer = |sku: &str, inner: &str| format!("<offer sku=\"{sku}\"><model>M</model>{inner}</offer>");
    let body = [
        offer("A", "<price>100</price>"),
        offer("", "<price>100</price>"),
        offer("B", "<price>0</price>"),
        offer("C", "<price>-5</price>"),
        offer("D", "<price>99.5</price>"),
        offer("E", ""),
        offer("A", "<price>200</price>"),
        offer(
            "F",
            "<availabilities><availability available=\"maybe\" storeId=\"PP1\"/></availabilities><price>1</price>",
        ),
        offer(
            "G",
            "<availabilities><availability available=\"yes\" storeId=\"PP1\" stockCount=\"-2\"/></availabilities><price>1</price>",
        ),
        offer("H", "<cityprices><cityprice>5</cityprice></cityprices>"),
        "<offer sku=\"I\"><price>1</price></offer>".to_owned(),
        offer("K &amp; L", "<price>300</price>"),
    ];
    let list = listed(&format!(
        "<kaspi_catalog date=\"x\"><offers>{}</offers></kaspi_catalog>",
        body.concat()
    ));
    let taken: Vec<(u32, &str)> = list
        .offers
        .iter()
        .map(|offer| (offer.row, offer.sku.as_str()))
        .collect();
    assert_eq!(taken, [(1, "A"), (12, "K & L")]);
    let refused: Vec<(u32, &str, &str)> = list
        .refused
        .iter()
        .map(|finding| (finding.row, finding.code, finding.args[0].1.as_str()))
        .collect();
    assert_eq!(
        refused,
        [
            (2, "import-sku-missing", "sku"),
            (3, "import-cell-zero", "price"),
            (4, "import-cell-negative", "price"),
            (5, "import-cell-decimals", "price"),
            (6, "import-cell-empty", "price"),
            (7, "import-offer-repeated", "A"),
            (8, "import-list-value", "available"),
            (9, "import-list-value", "stockCount"),
            (10, "import-list-value", "cityId"),
            (11, "import-list-value", "model"),
        ]
    );
}

#[test]
fn a_list_in_windows_1251_is_read_and_another_document_is_not() {
    let text = "<?xml version=\"1.0\" encoding=\"windows-1251\"?><kaspi_catalog date=\"\"><offers><offer sku=\"1\"><model>Дрель ударная</model><price>5</price></offer></offers></kaspi_catalog>";
    let mut bytes = Vec::new();
    for letter in text.chars() {
        let code = u32::from(letter);
        bytes.push(u8::try_from(if code > 127 { code - 0x410 + 0xC0 } else { code }).unwrap());
    }
    let list = read(&bytes, &TableLimits::default()).unwrap();
    assert_eq!(list.offers[0].model, "Дрель ударная");
    for other in [
        "<?xml version='1.0'?><yml_catalog/>",
        "<?xml version='1.0'?><rss><kaspi_catalog/></rss>",
    ] {
        assert!(matches!(
            read(other.as_bytes(), &TableLimits::default()),
            Err(TableError::NotPriceList)
        ));
    }
    assert!(
        read(
            b"<?xml version='1.0'?><kaspi_catalog><offers>",
            &TableLimits::default()
        )
        .is_err()
    );
}

#[test]
fn the_excel_export_is_read_with_its_points() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, name) in (0..).zip([
        "SKU", "model", "brand", "price", "PP1", "PP2", "PP3", "PP4", "PP5", "preorder",
    ]) {
        sheet.write(0, column, name).unwrap();
    }
    sheet
        .write_row(1, 0, ["00123", "Кофеварка", "Bork", "38 740", "yes", "no"])
        .unwrap();
    sheet.write(1, 6, 12).unwrap();
    sheet.write(1, 9, 3).unwrap();
    sheet.write(2, 0, 4_513_812).unwrap();
    sheet.write(2, 1, "Дрель").unwrap();
    sheet.write(2, 3, 27_200.0).unwrap();
    sheet.write(2, 4, 0).unwrap();
    sheet.write_row(3, 0, ["X", "Пила", "", "0"]).unwrap();
    sheet.write_row(4, 0, ["Y", "Пила", "", "10", "много"]).unwrap();
    let list = read(&book.save_to_buffer().unwrap(), &TableLimits::default()).unwrap();
    let place = |store: &str, available, preorder_days, stock| ListedAvailability {
        store: store.to_owned(),
        available,
        preorder_days,
        stock,
    };
    assert_eq!(
        list.offers,
        [
            PriceListOffer {
                row: 2,
                sku: "00123".to_owned(),
                model: "Кофеварка".to_owned(),
                brand: Some("Bork".to_owned()),
                availabilities: vec![
                    place("PP1", true, Some(3), None),
                    place("PP2", false, Some(3), None),
                    place("PP3", true, Some(3), Some(12)),
                ],
                price: ListedPrice::Everywhere(Tenge(38_740)),
            },
            PriceListOffer {
                row: 3,
                sku: "4513812".to_owned(),
                model: "Дрель".to_owned(),
                brand: None,
                availabilities: vec![place("PP1", false, None, Some(0))],
                price: ListedPrice::Everywhere(Tenge(27_200)),
            },
        ]
    );
    let refused: Vec<(u32, &str)> = list
        .refused
        .iter()
        .map(|finding| (finding.row, finding.code))
        .collect();
    assert_eq!(refused, [(4, "import-cell-zero"), (5, "import-list-value")]);
    assert!(matches!(
        read(b"sku;min\n1;2\n", &TableLimits::default()),
        Err(TableError::NotPriceList)
    ));
}
