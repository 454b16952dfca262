//! The product page with its machine-readable parts, stray comma included. Refuses to show offers or ratings: the real page does not either.

use crate::{
    kaspi::{
        storefront::listing::{cheapest, picture, picture_location, shop_link},
        wire::html,
    },
    sim::Sim,
    world::{cards::CardInfo, cities::CityIx, vocabulary::Family},
};
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

#[derive(Debug, Deserialize)]
pub struct Question {
    c: Option<String>,
}

/// `GET /shop/p/{slug}-{id}/?c={cityId}`; the slug may be anything.
pub async fn page(
    State(sim): State<Arc<Sim>>,
    Path(slug): Path<String>,
    Query(question): Query<Question>,
) -> Response {
    let number = slug.rsplit('-').next().unwrap_or("");
    let city = question
        .c
        .as_deref()
        .and_then(|id| sim.world.cities.find(id))
        .unwrap_or(sim.world.cities.main_at(0));
    let found = sim.world.card(number);
    let Some((at, slot)) = found else {
        return html(StatusCode::NOT_FOUND, MISSING);
    };
    let Some(family) = sim.world.family(slot.info.family) else {
        return html(StatusCode::NOT_FOUND, MISSING);
    };
    let price = cheapest(&sim, at, city);
    let view = View {
        sim: &sim,
        info: &slot.info,
        family,
        city,
        price,
    };
    html(StatusCode::OK, view.page())
}

const MISSING: &str = "<!doctype html><html lang=\"ru\"><head><title>Страница не найдена | Kaspi Магазин</title></head><body></body></html>";

/// `GET /shop/search/?text=…`: a shell without goods, as the real one.
pub async fn search_shell(State(sim): State<Arc<Sim>>) -> Response {
    let region = sim.world.cities.name(sim.world.cities.main_at(0)).to_owned();
    html(
        StatusCode::OK,
        format!(
            "<!doctype html><html lang=\"ru\"><head><title>Kaspi Магазин</title></head><body><script>\nwindow.digitalData = {{ version: \"1.1.2\", \
             website: {{ environment: \"PRODUCTION\", region: \"{region}\", regionId: \"750000000\", type: \"mobile\" }}, \
             page: {{ category: \"Add Product Review\", type: \"content\" }}, cart: {{ currency: \"KZT\", total: 0, subtotal: 0, lineItems: [] }}, \
             recommendation: [], campaigns: [], events: [], changes: [], }};\n</script><script>\n\
             window.digitalData.page={{\"type\":\"listing\",\"category\":\"Search Listing\"}};\n\
             window.digitalData.listing = {{ listId: \"SP\", listName: \"Результаты поиска\", items: [], categoryId: \"\", category: [], \
             resultCount: 0, pagesCount: 0, currentPage: 1, sortBy: \"\", }};\n</script></body></html>"
        ),
    )
}

struct View<'a> {
    sim: &'a Sim,
    info: &'a CardInfo,
    family: &'a Family,
    city: CityIx,
    price: Option<u32>,
}

impl View<'_> {
    fn shown_price(&self) -> u32 {
        self.price.unwrap_or(self.info.level)
    }

    fn page(&self) -> String {
        let [organization, product, breadcrumbs] = self.linked_data();
        let title = escape(&self.info.title);
        let sku = self.info.sku;
        let crumbs: String = self
            .crumbs()
            .iter()
            .map(|(ru, link, code)| {
                format!("<a key=\"{code}\" href=\"{link}\" class=\"breadcrumbs__item\">{ru}</a>")
            })
            .collect();
        format!(
            "<!doctype html>\n<html lang=\"ru\">\n<head>\n<title>{title} – Kaspi Магазин</title>\n\
             <script type=\"application/ld+json\">\n{organization}\n</script>\n<script type=\"application/ld+json\">\n{product}\n</script>\n\
             <script type=\"application/ld+json\">\n{breadcrumbs},\n</script>\n<script>\nwindow.digitalData = {digital};\n\
             window.digitalData.page={{\"type\":\"product\",\"category\":\"Product Detail\"}};\nwindow.digitalData.product={digital_product};\n</script>\n</head>\n<body>\n\
             <div class=\"breadcrumbs\">{crumbs}</div><div class=\"item\"><div class=\"item__inner\"><div class=\"item__inner-left\"></div>\
             <div class=\"item__inner-right\"><div><div class=\"item__description\"><div class=\"item__sku\">Код товара: {sku}</div>\
             <h1 class=\"item__heading\">{title}</h1><div class=\"item__rating\"></div><div class=\"item__price\"></div>\
             <div class=\"item__description-text\"></div></div></div></div></div></div>\n<script>\n      BACKEND.state.productId = \"{sku}\";\n      \
             BACKEND.components.item = {item};\n      BACKEND.components.configurator = {configurator};\n      \
             BACKEND.components.citySelection = {{citys: {citys}, defaultCityID: 750000000, enable: false}};\n</script>\n</body>\n</html>\n",
            digital = self.digital_data(),
            digital_product = script(&self.digital_product()),
            item = script(&self.item()),
            configurator = script(&self.configurator()),
            citys = self.sim.city_selection,
        )
    }

    /// Title, link and code of the way down to the card's category.
    fn crumbs(&self) -> [(&str, String, &str); 4] {
        let link = |code: &str| format!("/shop/c/{}/", code.to_lowercase().replace(' ', "%20"));
        let family = self.family;
        [
            ("Kaspi Магазин", link("Categories"), "Categories"),
            (&family.top_ru, link(&family.top), &family.top),
            (&family.mid_ru, link(&family.mid), &family.mid),
            (&family.title, link(&family.front), &family.front),
        ]
    }

    fn linked_data(&self) -> [String; 3] {
        let organization = json!({
            "@context": "http://schema.org", "@type": "Organization", "email": "help_shop@kaspi.kz", "name": "Kaspi Магазин", "url": "https://kaspi.kz/shop/",
            "logo": "https://resources.cdn-kaspi.kz/medias/sys_master/images/images/h59/h2f/8857959432222.jpg",
            "sameAs": ["https://www.facebook.com/kaspi.kz/", "https://www.instagram.com/kaspi.kz"],
        });
        let sku = self.info.sku.to_string();
        let product = json!({
            "@context": "https://schema.org", "@type": "Product", "id": sku, "productID": sku, "sku": sku, "description": "",
            "image": format!("https://resources.cdn-kaspi.kz/img/m/p/{}?format=gallery-large", picture_location(self.info.sku)),
            "brand": self.info.brand, "name": self.info.title, "category": self.family.title,
            "offers": [
                {"@type": "AggregateOffer", "lowPrice": null},
                {"@type": "Offer", "price": self.shown_price().to_string(), "priceCurrency": "KZT", "availability": if self.price.is_some() { "InStock" } else { "OutOfStock" }},
            ],
        });
        let mut items = Vec::new();
        for (position, (name, link, _)) in self.crumbs().iter().enumerate() {
            let id = if position == 0 {
                "https://kaspi.kz/shop/".to_owned()
            } else {
                format!("https://kaspi.kz{}", link.trim_end_matches('/'))
            };
            items.push(
                json!({"@type": "ListItem", "position": position + 1, "item": {"@id": id, "name": name}}),
            );
        }
        let breadcrumbs =
            json!({"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items});
        [script(&organization), script(&product), script(&breadcrumbs)]
    }

    fn digital_data(&self) -> String {
        script(&json!({
            "version": "1.1.2",
            "website": {"environment": "PRODUCTION", "region": self.sim.world.cities.name(self.city), "regionId": self.sim.world.cities.id(self.city), "type": "mobile"},
            "page": {"category": "Add Product Review", "type": "content"},
            "cart": {"currency": "KZT", "total": 0, "subtotal": 0, "lineItems": []},
            "recommendation": [], "campaigns": [], "events": [], "changes": [],
        }))
    }

    fn digital_product(&self) -> Value {
        json!({
            "id": self.info.sku.to_string(), "name": self.info.title, "currency": "KZT", "hasDescription": false, "hasVideoReview": false,
            "category": [self.family.top_ru, self.family.mid_ru, self.family.title], "categoryId": self.family.category_id,
            "url": format!("/shop/{}", shop_link(self.info)), "brand": self.info.brand, "stock": u32::from(self.price.is_some()),
            "primaryImage": gallery_image(self.info.sku), "reviewCount": self.info.reviews_at(self.sim.world.born, sauda_kernel::Clock::now(&self.sim.clock)),
        })
    }

    fn item(&self) -> Value {
        let info = self.info;
        let family = self.family;
        let city_id = self.sim.world.cities.id(self.city);
        let slug_of_city = self
            .sim
            .world
            .cities
            .get(self.city)
            .map_or("almaty", |city| city.slug.as_str());
        let crumbs: Vec<Value> = self
            .crumbs()
            .iter()
            .map(|(title, link, id)| json!({"title": title, "link": link, "id": id}))
            .collect();
        let category_link = format!(
            "/shop/{slug_of_city}/c/{}/all/",
            family.front.to_lowercase().replace(' ', "%20")
        );
        json!({
            "card": {
                "id": info.sku.to_string(), "title": info.title, "createdTime": offset_time(info), "shopLink": shop_link(info), "categoryId": family.category_id,
                "currency": "", "reviewsLink": format!("/shop{}?c={city_id}&v=reviews", shop_link(info)),
                "buttonInCart": {"title": "Перейти в корзину", "description": "Товар в корзине"}, "maxQuantity": 20,
                "unit": {"code": "pieces", "type": "PIECES", "measurementLiteral": "шт.", "countingLiteral": "шт", "increment": 1},
                "promoConditions": {"brand": info.brand, "categoryCodes": [family.front, family.mid, family.top, "Categories"], "baseProductCodes": [format!("[{}]{{{}}}", family.code, info.sku)], "groups": null, "productSeries": []},
                "stickers": null, "price": self.shown_price(), "discount": 0, "unitPriceBeforeDiscount": 0,
            },
            "videoId": null, "galleryImages": [gallery_image(info.sku), gallery_image(info.sku + 1)],
            "endpoint": "https://kaspi.kz/shop/rest/misc/product/mobile",
            "productNavigation": [{"code": "allFromCategoryLink", "title": family.title, "subtitle": "Все товары из категории ", "link": category_link}],
            "breadcrumbs": crumbs, "description": null, "descriptions": [], "specifications": specifications(family, info),
            "sizeTableCode": null, "certificate": null, "richContent": null, "videos": null, "teasers": null, "aiGenerated": false,
        })
    }

    /// Cards of the same group as a tree of two levels (the model, then its variants), or a lonely node.
    fn configurator(&self) -> Value {
        let Some((first, length)) = self.info.group else {
            return json!({"productCode": null, "characteristic": null, "matrix": null});
        };
        let mut leaves = Vec::new();
        for at in first..first.saturating_add(length) {
            let Some(slot) = self.sim.world.card_at(at) else {
                continue;
            };
            let available = cheapest(self.sim, at, self.city).is_some();
            let characteristic = self.characteristic("Вариант", &slot.info.variant, Value::Null);
            leaves.push(json!({
                "productCode": slot.info.sku.to_string(), "characteristic": characteristic, "matrix": null,
                "available": available, "checkedAvailability": true,
            }));
        }
        let model = self.characteristic("Модель", &self.info.brand, gallery_image(self.info.sku));
        let node = json!({"productCode": null, "characteristic": model, "matrix": leaves, "available": true, "checkedAvailability": true});
        json!({"productCode": null, "characteristic": null, "matrix": [node]})
    }

    fn characteristic(&self, title: &str, value: &str, image: Value) -> Value {
        let code = format!("{}*Variant", self.family.front);
        let form = if image.is_null() { "DIMENSIONAL" } else { "IMAGE" };
        let dimension = if image.is_null() {
            json!("RUS")
        } else {
            Value::Null
        };
        json!({
            "id": value, "primaryImage": image, "title": title, "type": code, "attributeCodes": [code], "form": form,
            "values": [{"value": value, "dimension": dimension}],
        })
    }
}

/// One gallery image with every member the page carries.
pub fn gallery_image(sku: u32) -> Value {
    let mut image = picture(sku, "gallery");
    if let Some(fields) = image.as_object_mut() {
        fields.insert("location".to_owned(), json!(picture_location(sku)));
        fields.insert("verified".to_owned(), Value::Null);
        fields.insert("infographics".to_owned(), json!(false));
    }
    image
}

/// `2024-07-11T15:41:48.734+00:00`
pub fn offset_time(info: &CardInfo) -> String {
    info.created.rfc3339().replace('Z', "+00:00")
}

/// Feature groups of a card, as page and cabinet show them.
pub fn specifications(family: &Family, info: &CardInfo) -> Value {
    let (name, value) = family.feature.split_once(':').unwrap_or(("Материал", "пластик"));
    let feature = |code: &str, name: &str, value: &str, position: u32| {
        json!({
            "code": format!("{}*{code}", family.front.to_lowercase()), "name": name, "description": null, "type": "ENUM", "range": null, "comparable": null,
            "featureUnit": null, "featureValues": [{"value": value}], "mandatory": true, "keyAttribute": false, "merchantVisible": null, "position": position,
            "visible": true, "multiValued": false, "important": true, "importanceScore": null,
        })
    };
    json!([{
        "code": format!("{}*Osnovnye harakteristiki", family.front), "name": "Основные характеристики", "position": 0,
        "features": [feature("main", name, value, 1), feature("variant", "Вариант", &info.variant, 2), feature("country", "Страна производства", "Китай", 9)],
    }])
}

/// JSON that cannot end the script it stands in.
fn script(value: &Value) -> String {
    value.to_string().replace("</", "<\\/")
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}
