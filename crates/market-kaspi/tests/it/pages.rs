//! What is read from recorded product pages.

use crate::fixture;
use sauda_kernel::{Tenge, Timestamp};
use sauda_market::MarketError;
use sauda_market_kaspi::read::{self, Links};

/// A page put together of the recorded parts, as the real page carries them.
fn page_2025() -> Vec<u8> {
    let linked = fixture::json("storefront_product-page_json-ld_2025.json");
    let mut page = String::from("<html><head>");
    for block in linked.as_array().unwrap() {
        page.push_str(&format!(
            "<script type=\"application/ld+json\">\n{block},\n</script>"
        ));
    }
    page.push_str("<script>BACKEND.state.productId = \"121207859\";");
    for part in ["item", "configurator"] {
        let json = fixture::json(&format!(
            "storefront_product-page_BACKEND.components.{part}_2025.json"
        ));
        page.push_str(&format!("BACKEND.components.{part} = {json};\n"));
    }
    let cities = fixture::json("storefront_citySelection_raw-excerpt_2025.json");
    page.push_str(&format!(
        "BACKEND.components.citySelection = {{citys: {}, defaultCityID: 750000000, enable: false}};",
        cities["citys"]
    ));
    page.push_str("</script></head></html>");
    page.into_bytes()
}

#[test]
fn product_page_2026_05() {
    let facts = read::card_facts(
        &fixture::bytes("storefront_product-page_2026-05.trimmed.html"),
        &Links::default(),
    )
    .unwrap();
    assert_eq!(facts.card, "117120120");
    assert_eq!(
        facts.title,
        "Accoje сыворотка Vital in Jeju Time Repair Serum для лица 50 мл"
    );
    assert_eq!(facts.brand.as_deref(), Some("Accoje"));
    assert_eq!(
        facts.category_path,
        ["Красота и здоровье", "Уход за лицом", "Кремы и сыворотки"]
    );
    assert_eq!(
        facts.category_codes,
        ["Creams", "Skin care", "Beauty care", "Categories"]
    );
    assert_eq!(facts.price, Some(Tenge(18_600)));
    assert_eq!(facts.image_urls.len(), 9);
    assert_eq!(
        facts.image_urls[0],
        "https://resources.cdn-kaspi.kz/img/m/p/pd0/p76/9267547.png?format=gallery-large"
    );
    assert_eq!(
        facts.created_at,
        Timestamp::parse("2024-03-01T07:32:16.274Z").ok()
    );
    assert_eq!(facts.features.len(), 12);
    assert_eq!(
        facts.features[0],
        ("Тип кожи".to_owned(), vec!["для всех типов кожи".to_owned()])
    );
    assert_eq!(
        (facts.features[1].0.as_str(), facts.features[1].1.len()),
        ("Особенности", 6)
    );
    let description = facts.description.unwrap();
    assert!(
        description.starts_with("Восстанавливающая сывортка Accoje"),
        "{description}"
    );
    assert!(!description.contains('<'), "{description}");
    assert!(facts.variants.is_empty());
}

#[test]
fn product_page_2025_with_variants_and_cities() {
    let page = page_2025();
    let facts = read::card_facts(&page, &Links::default()).unwrap();
    assert_eq!(
        (facts.card.as_str(), facts.title.as_str()),
        ("121207859", "Рашгард белый")
    );
    assert_eq!(
        facts.category_path,
        ["Одежда", "Мужчинам", "Мужское нижнее белье", "Мужское термобелье"]
    );
    assert_eq!(facts.category_codes[0], "Men thermal underwear");
    assert_eq!(
        (facts.price, facts.image_urls.len(), facts.description),
        (Some(Tenge(4990)), 2, None)
    );
    let variant = &facts.variants[0];
    assert_eq!((variant.card.as_str(), variant.available), ("120765725", true));
    assert_eq!(
        variant.traits,
        [
            ("Цвет".to_owned(), "белый".to_owned()),
            ("Размер".to_owned(), "46/M".to_owned())
        ]
    );
    let gone = facts
        .variants
        .iter()
        .find(|variant| variant.card == "135502266")
        .unwrap();
    assert!(!gone.available);
    let json = fixture::json("storefront_product-page_BACKEND.components.configurator_2025.json").to_string();
    assert_eq!(facts.variants.len(), json.matches("\"productCode\":\"").count());
    let cities = read::page_cities(&page).unwrap();
    let names: Vec<_> = cities
        .iter()
        .map(|city| {
            (
                city.id.as_str(),
                city.name_ru.as_str(),
                city.name_kk.as_str(),
                city.name_en.as_str(),
            )
        })
        .collect();
    assert_eq!(names[0], ("750000000", "Алматы", "Алматы", "Almaty"));
    assert_eq!(names.len(), 2);
    assert_eq!(names[1].0, "710000000");
}

#[test]
fn poorer_parts_fill_in_for_richer_ones() {
    let linked = fixture::json("storefront_product-page_json-ld_2025.json");
    let mut page = String::new();
    for block in linked.as_array().unwrap() {
        page.push_str(&format!("<script type=\"application/ld+json\">{block},</script>"));
    }
    let facts = read::card_facts(page.as_bytes(), &Links::default()).unwrap();
    assert_eq!(
        (facts.card.as_str(), facts.brand.as_deref(), facts.price),
        ("121207859", Some("Без бренда"), Some(Tenge(4990)))
    );
    assert_eq!(
        facts.category_path,
        ["Одежда", "Мужчинам", "Мужское нижнее белье", "Мужское термобелье"]
    );
    assert_eq!(
        facts.image_urls,
        ["https://resources.cdn-kaspi.kz/img/m/p/h77/h26/86542496792606.jpg?format=gallery-large"]
    );
    let digital = fixture::json("storefront_product-page_digitalData_2025.json");
    let page = format!("<script>window.digitalData = {digital};</script>");
    let facts = read::card_facts(page.as_bytes(), &Links::default()).unwrap();
    assert_eq!(
        (facts.title.as_str(), facts.category_path.len(), facts.price),
        ("Рашгард белый", 4, None)
    );
    let page = format!(
        "<script>window.digitalData.product={};</script>",
        digital["product"]
    );
    assert_eq!(
        read::card_facts(page.as_bytes(), &Links::default()).unwrap().card,
        "121207859"
    );
}

#[test]
fn a_page_that_is_no_product_says_which() {
    let read = |page: &[u8]| read::card_facts(page, &Links::default()).unwrap_err();
    let search = fixture::bytes("storefront_search-page_digitalData.excerpt.html");
    assert_eq!(
        read(&search),
        MarketError::BadAnswer("product page: no product in it".to_owned())
    );
    let missing = "<title>Страница не найдена | Kaspi Магазин</title>".as_bytes();
    assert_eq!(read(missing), MarketError::NotFound("card".to_owned()));
    let challenge = b"<html><script>document.cookie='x'</script>Checking your browser</html>";
    assert_eq!(
        read(challenge),
        MarketError::Blocked {
            status: 200,
            what: "a page without a product".to_owned()
        }
    );
    assert_eq!(read::page_cities(challenge).unwrap_err().word(), "bad_answer");
}
