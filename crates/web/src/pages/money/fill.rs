//! From the fields of the calculator to its question, and from goods that are known to its fields. Refuses to invent a value.

use crate::{around::AtShop, door::Desk, views::parts::Told};
use sauda_accounts::Scope;
use sauda_economics::rates::{Day, commission_known};
use sauda_economics::{CommissionVat, DeliveryChoice, ShopEconomics};
use sauda_edge::Refusal;
use sauda_kernel::{Money, ProductId, ShopId};
use sauda_research::CardLook;
use serde_json::{Value, json};

pub(super) use sauda_economics::money::fields::{Typed, field_of, kept, known, question, typed_of};

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

/// Grams as kilograms, cubic centimetres as litres, with as few digits as tell them.
fn thousandths(value: i64) -> String {
    let text = format!("{},{:03}", value / 1_000, value % 1_000);
    text.trim_end_matches('0').trim_end_matches(',').to_owned()
}

/// A sum as people type it; without tiyn when there are none.
fn tenge(sum: Money) -> String {
    match sum.tiyn() % 100 {
        0 => crate::format::group(sum.tiyn() / 100),
        rest => format!("{},{rest:02}", crate::format::group(sum.tiyn() / 100)),
    }
}

/// The city of a link, else the one that lists show, else Almaty, whose prices are asked for most.
fn city_of(link: &str, shown: &str) -> String {
    let told = link.split_once('?').and_then(|(_, query)| {
        let rest = query.split(['&', '#']);
        rest.filter_map(|pair| pair.strip_prefix("c=")).find(|city| {
            !city.is_empty() && city.len() <= 12 && city.bytes().all(|byte| byte.is_ascii_digit())
        })
    });
    let shown = Some(shown).filter(|city| !city.is_empty());
    told.or(shown).unwrap_or("750000000").to_owned()
}

fn put_all(typed: &mut Typed, known: impl IntoIterator<Item = (&'static str, Option<String>)>) {
    for (name, value) in known {
        if let Some(value) = value {
            typed.insert(name.to_owned(), value);
        }
    }
    if typed.contains_key("category") {
        typed.remove("commission_pct");
    }
}

/// What is known of a card, put into the fields: of own goods, else what its page on the marketplace says, else what the market's
/// snapshots say. Its title, or why nothing is known.
pub(super) async fn from_card(
    desk: &Desk,
    scope: &Scope,
    at: &AtShop,
    typed: &mut Typed,
    card: &str,
) -> Result<Result<String, Told>, Refusal> {
    if let Some(title) = from_own(desk, scope, &at.shop.id, typed, card).await? {
        return Ok(Ok(title));
    }
    let city = city_of(typed.get("link").map_or("", String::as_str), &at.city);
    let why = match desk.research.look_at(scope, card, &city).await? {
        CardLook::Seen(seen) => {
            let today = Day::of(desk.now());
            let mut narrowest = seen.path.iter().rev();
            let category = narrowest.find(|title| commission_known(title, today).is_some());
            put_all(
                typed,
                [
                    ("price", seen.price.map(|price| tenge(price.money()))),
                    ("category", category.cloned()),
                ],
            );
            return Ok(Ok(seen.title));
        }
        CardLook::NoCard => return Ok(Err(Told::new("calc-card-none").arg("value", card))),
        CardLook::Later(until) => {
            let seconds = until.since(desk.now()).as_secs().max(1);
            Told::new("calc-card-later").arg("seconds", seconds)
        }
        CardLook::Unanswered => Told::new("calc-card-unanswered").arg("value", card),
    };
    Ok(from_market(desk, scope, typed, card).await?.ok_or(why))
}

/// What is known of own goods on a card, put into the fields; their title.
async fn from_own(
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
    let facts = product.map(|product| &product.facts);
    let category = facts.and_then(|facts| facts.subcategory.clone().or_else(|| facts.category.clone()));
    put_all(
        typed,
        [
            ("price", offer.price.map(|price| tenge(price.money()))),
            ("category", category.or_else(|| offer.category.clone())),
            ("purchase", facts.and_then(|facts| facts.cost).map(tenge)),
            (
                "weight_kg",
                facts.and_then(|facts| facts.weight_grams).map(thousandths),
            ),
            ("product", product.map(|product| product.id.to_string())),
        ],
    );
    Ok(Some(offer.title.clone()))
}

/// Days of the market's snapshots in which a card of others is looked for.
const MARKET_DAYS: i64 = 60;

/// What the market's snapshots know of a card that the shop does not sell: its newest price, and its category where that is
/// one of the tariff; its number.
async fn from_market(
    desk: &Desk,
    scope: &Scope,
    typed: &mut Typed,
    card: &str,
) -> Result<Option<String>, Refusal> {
    let seen = desk.research.card_history(scope, card, MARKET_DAYS).await?;
    let Some(newest) = seen.iter().rev().find(|point| point.price.is_some()) else {
        return Ok(None);
    };
    let today = Day::of(desk.now());
    let sources = desk.research.sources(scope).await?;
    let category = seen
        .iter()
        .rev()
        .filter_map(|point| sources.iter().find(|source| source.id == point.source))
        .map(|source| source.title())
        .find(|title| commission_known(title, today).is_some());
    put_all(
        typed,
        [
            ("price", newest.price.map(|price| tenge(price.money()))),
            ("category", category.map(str::to_owned)),
        ],
    );
    Ok(Some(card.to_owned()))
}

/// What is known of a product of the catalogue, put over the fields; its name.
pub(super) async fn from_product(
    desk: &Desk,
    scope: &Scope,
    typed: &mut Typed,
    id: &ProductId,
) -> Result<Option<String>, Refusal> {
    let found = desk.products.by_ids(scope, std::slice::from_ref(id)).await?;
    let Some(product) = found.into_iter().next() else {
        return Ok(None);
    };
    let facts = &product.facts;
    let volume = desk.stock.supply_of(scope, id).await?.volume_cm3;
    let known = [
        ("product", Some(id.to_string())),
        ("price", facts.price.map(|price| tenge(price.money()))),
        (
            "category",
            facts.subcategory.clone().or_else(|| facts.category.clone()),
        ),
        ("purchase", facts.cost.map(tenge)),
        ("weight_kg", facts.weight_grams.map(thousandths)),
        ("volume_l", volume.map(thousandths)),
    ];
    if facts.category.is_some() || facts.subcategory.is_some() {
        typed.remove("commission_pct");
    }
    for (name, value) in known {
        if let Some(value) = value {
            typed.insert(name.to_owned(), value);
        }
    }
    Ok(Some(facts.name()))
}

/// What the shop and the taxpayer are set to, for the first look.
pub(super) async fn usual(
    desk: &Desk,
    scope: &Scope,
    economics: &ShopEconomics,
    today: Day,
) -> Result<Typed, Refusal> {
    let payers = desk.money.taxpayers(scope).await?;
    let payer = payers.on(today);
    let vat = match economics.commission_vat {
        CommissionVat::None => "none",
        CommissionVat::Published => "published",
        CommissionVat::Times116 => "times116",
    };
    let (delivery, weight, fee) = match economics.delivery {
        DeliveryChoice::Tariff { service, grams } => (service.word(), Some(thousandths(grams)), None),
        DeliveryChoice::None => ("pickup", None, None),
        DeliveryChoice::Fixed { fee } => ("own", None, Some(tenge(fee))),
    };
    let values = json!({
        "date": today.to_string(),
        "commission_vat": vat,
        "delivery": delivery,
        "delivery_fee": fee,
        "weight_kg": weight,
        "packaging": (economics.packaging > Money::ZERO).then(|| tenge(economics.packaging)),
        "regime": payer.map_or("simplified", |payer| payer.regime.word()),
        "region": payer.and_then(|payer| payer.place.clone()),
        "vat_payer": payer.filter(|payer| payer.is_vat_payer).map(|_| "on"),
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
    fn the_city_of_a_link_goes_before_the_one_that_is_shown() {
        let link = "https://kaspi.kz/shop/p/puhovik-aru-nord-105341256/?ref=x&c=710000000#reviews";
        assert_eq!(city_of(link, "750000000"), "710000000");
        for odd in [
            "105341256",
            "https://kaspi.kz/shop/p/a-105341256/?c=",
            "https://kaspi.kz/?c=x1",
        ] {
            assert_eq!(
                (city_of(odd, "511010000"), city_of(odd, "")),
                ("511010000".into(), "750000000".into())
            );
        }
    }
}
