//! From the fields of the calculator to its question, and from goods that are known to its fields. Refuses to invent a value.

use crate::door::Desk;
use sauda_accounts::Scope;
use sauda_economics::money::{OwnRates, RateKind};
use sauda_economics::rates::Day;
use sauda_economics::{CommissionVat, DeliveryChoice};
use sauda_edge::Refusal;
use sauda_kernel::ShopId;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

pub(super) type Typed = BTreeMap<String, String>;

/// Fields whose names are members of the question.
const PLAIN: [&str; 18] = [
    "date",
    "price",
    "purchase",
    "category",
    "commission_pct",
    "commission_vat",
    "delivery",
    "weight_kg",
    "regime",
    "region",
    "tax_pct",
    "vat_payer",
    "purchase_vat",
    "packaging",
    "other",
    "advertising_pct",
    "returns_pct",
    "payment_pct",
];
/// Fields of goods from abroad, and their members inside of `landed`.
const LANDED: [(&str, &str); 10] = [
    ("supplier_price", "price"),
    ("currency", "currency"),
    ("rate", "rate"),
    ("quantity", "quantity"),
    ("freight", "freight"),
    ("duty_pct", "duty_pct"),
    ("import_vat", "import_vat"),
    ("brokerage", "brokerage"),
    ("local_delivery", "local_delivery"),
    ("defects_pct", "defects_pct"),
];

/// Only fields of the calculator, without spaces around.
pub(super) fn known(typed: &Typed) -> Typed {
    let is_known = |name: &str| {
        PLAIN.contains(&name)
            || LANDED.iter().any(|(field, _)| *field == name)
            || ["wish_margin_pct", "link"].contains(&name)
    };
    let kept = typed
        .iter()
        .filter(|(name, value)| is_known(name) && !value.trim().is_empty());
    kept.map(|(name, value)| (name.clone(), value.trim().chars().take(300).collect()))
        .collect()
}

/// As addresses carry it.
pub(super) fn query_of(typed: &Typed) -> String {
    let encode = crate::pages::system::urlencode;
    let pairs: Vec<String> = typed
        .iter()
        .filter(|(name, _)| *name != "link")
        .map(|(name, value)| format!("{name}={}", encode(value)))
        .collect();
    pairs.join("&")
}

/// The fields as they are kept.
pub(super) fn kept(typed: &Typed) -> String {
    serde_json::to_string(typed).unwrap_or_default()
}

/// The fields of what was kept; nothing for what is none.
pub(super) fn typed_of(kept: &str) -> Typed {
    known(&serde_json::from_str(kept).unwrap_or_default())
}

/// The question: a line of `sauda economics`.
pub(super) fn question(typed: &Typed, own: &OwnRates, today: Day) -> Value {
    let mut question = Map::new();
    for name in PLAIN {
        if let Some(value) = typed.get(name) {
            question.insert(name.to_owned(), value.clone().into());
        }
    }
    let day = typed.get("date").and_then(|day| Day::parse(day)).unwrap_or(today);
    question.entry("date").or_insert_with(|| today.to_string().into());
    let mut set = |name: &str, kind, subject: &str| {
        if let Some(share) = own.share(kind, subject, day) {
            question
                .entry(format!("{name}_bp"))
                .or_insert_with(|| share.0.into());
        }
    };
    // What was typed wins over the merchant's own rates, and those over the tables.
    for (name, kind) in [
        ("advertising", RateKind::Advertising),
        ("returns", RateKind::Returns),
        ("payment", RateKind::Payment),
        ("tax", RateKind::Tax),
    ] {
        if !typed.contains_key(&format!("{name}_pct")) {
            set(name, kind, "");
        }
    }
    if !typed.contains_key("commission_pct") {
        let category = typed.get("category").map_or("", String::as_str);
        set("commission", RateKind::Commission, category);
    }
    if let (None, Some(packaging)) = (typed.get("packaging"), own.packaging(day)) {
        let tiyn = packaging.tiyn();
        question.insert(
            "packaging".to_owned(),
            format!("{}.{:02}", tiyn / 100, tiyn % 100).into(),
        );
    }
    if typed.contains_key("supplier_price") {
        let mut landed = Map::new();
        for (field, member) in LANDED {
            if let Some(value) = typed.get(field) {
                landed.insert(member.to_owned(), value.clone().into());
            }
        }
        for shared in ["freight", "local_delivery"] {
            landed.insert(format!("{shared}_by"), "quantity".into());
        }
        question.remove("purchase");
        question.insert("landed".to_owned(), landed.into());
    }
    if let Some(margin) = typed.get("wish_margin_pct") {
        question.insert("wish_margin_pct".to_owned(), margin.clone().into());
    }
    if typed.contains_key("price") {
        question.insert("ladder".to_owned(), true.into());
        question.insert("scenarios".to_owned(), true.into());
    }
    Value::Object(question)
}

/// The field of the form that a member of the question came from.
pub(super) fn field_of(member: Option<&str>) -> String {
    let member = member.unwrap_or_default();
    let inner = member.strip_prefix("landed.").unwrap_or(member);
    match (
        member.starts_with("landed."),
        LANDED.iter().find(|(_, name)| *name == inner),
    ) {
        (true, Some((field, _))) => (*field).to_owned(),
        _ => inner
            .strip_suffix("_bp")
            .map_or_else(|| inner.to_owned(), |stem| format!("{stem}_pct")),
    }
}

/// The card's number in a link of the marketplace, or the number itself.
pub(super) fn card_of(link: &str) -> Option<String> {
    let path = link
        .split(['?', '#'])
        .next()
        .unwrap_or_default()
        .trim_end_matches('/');
    let last = path.rsplit(['-', '/']).next().unwrap_or_default().trim();
    (last.len() >= 5 && last.chars().all(|letter| letter.is_ascii_digit())).then(|| last.to_owned())
}

/// What is known of goods on a card, put into the empty fields; their title.
pub(super) async fn from_card(
    desk: &Desk,
    scope: &Scope,
    shop: &ShopId,
    typed: &mut Typed,
    card: &str,
) -> Result<Option<String>, Refusal> {
    let ids = desk.catalog.offer_ids_by_card(scope, shop, card).await?;
    let offers = desk.catalog.offers_by_ids(&ids).await?;
    let Some(offer) = offers.first() else {
        return Ok(None);
    };
    let goods = desk
        .catalog
        .goods_sold(scope, &ids, &[offer.sku.as_str()])
        .await?;
    let product = goods.of(Some(&offer.id), &offer.sku);
    let mut put = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            typed.insert(name.to_owned(), value);
        }
    };
    put("price", offer.price.map(|price| price.get().to_string()));
    let category = product.and_then(|product| {
        product
            .facts
            .subcategory
            .clone()
            .or_else(|| product.facts.category.clone())
    });
    put("category", category.or_else(|| offer.category.clone()));
    if let Some(product) = product {
        put(
            "purchase",
            product
                .facts
                .cost
                .map(|cost| format!("{},{:02}", cost.tiyn() / 100, cost.tiyn() % 100)),
        );
        put(
            "weight_kg",
            product
                .facts
                .weight_grams
                .map(|grams| format!("{},{:03}", grams / 1_000, grams % 1_000)),
        );
    }
    Ok(Some(offer.title.clone()))
}

/// What the shop and the taxpayer are set to, for the first look.
pub(super) async fn usual(desk: &Desk, scope: &Scope, shop: &ShopId, today: Day) -> Result<Typed, Refusal> {
    let economics = desk.pricing.shop_settings(scope, shop).await?.economics;
    let payer = desk.money.taxpayer(scope).await?;
    let percent = |bp: i32| format!("{},{:02}", bp / 100, bp % 100);
    let vat = match economics.commission_vat {
        CommissionVat::None => "none",
        CommissionVat::Published => "published",
        CommissionVat::Times116 => "times116",
    };
    let (delivery, weight) = match economics.delivery {
        DeliveryChoice::Tariff { service, grams } => (
            service.word().to_owned(),
            Some(format!("{},{:03}", grams / 1_000, grams % 1_000)),
        ),
        DeliveryChoice::None => ("none".to_owned(), None),
        DeliveryChoice::Fixed { fee } => (fee.tenge_up().get().to_string(), None),
    };
    let values = json!({
        "date": today.to_string(),
        "commission_pct": percent(economics.commission_bp.0),
        "commission_vat": vat,
        "delivery": delivery,
        "weight_kg": weight,
        "regime": payer.as_ref().map_or("simplified", |payer| payer.regime.word()),
        "region": payer.as_ref().and_then(|payer| payer.place.clone()),
        "vat_payer": payer.as_ref().filter(|payer| payer.is_vat_payer).map(|_| "on"),
        "currency": "USD",
    });
    let mut typed = Typed::new();
    if let Value::Object(values) = values {
        for (name, value) in values {
            if let Value::String(value) = value {
                typed.insert(name, value);
            }
        }
    }
    Ok(typed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_is_found_in_a_link_and_in_its_number() {
        let told = |link: &str| card_of(link);
        assert_eq!(
            told("https://kaspi.kz/shop/p/puhovik-aru-nord-105341256/?c=750000000").as_deref(),
            Some("105341256")
        );
        assert_eq!(told(" 105341256 ").as_deref(), Some("105341256"));
        assert_eq!((told("https://kaspi.kz/shop"), told("пуховик")), (None, None));
    }

    #[test]
    fn what_was_typed_becomes_the_question_and_goods_from_abroad_a_landed_cost() {
        let typed: Typed = [
            ("price", "10000"),
            ("supplier_price", "12,5"),
            ("currency", "USD"),
            ("rate", "475"),
            ("purchase", "1"),
        ]
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
        let told = question(&typed, &OwnRates::default(), Day::new(2026, 11, 20).unwrap());
        assert_eq!(told["landed"]["price"], json!("12,5"));
        assert_eq!(
            (told.get("purchase"), &told["date"]),
            (None, &json!("2026-11-20"))
        );
        assert_eq!(field_of(Some("landed.price")), "supplier_price");
        assert_eq!(field_of(Some("commission_bp")), "commission_pct");
    }
}
