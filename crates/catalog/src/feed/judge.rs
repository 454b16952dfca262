//! One offer judged: how it is written, or why it is not. Refuses to take an offer off sale because something about it is not known.

use super::facts::{FeedFacts, FeedGoods, PointFacts, RowReason};
use crate::import::price_list::{ListedAvailability, ListedPrice, PriceListOffer};
use sauda_kernel::Tenge;
use std::collections::{BTreeMap, BTreeSet};

/// Days of preorder that the marketplace takes.
pub const PREORDER_DAYS: std::ops::RangeInclusive<i64> = 1..=30;
/// Longest article that is written, letters. The guide says 20; articles on sale are longer.
const LONGEST_SKU: usize = 100;
/// Above this a price is a mistake of somebody.
const LARGEST_PRICE: i64 = 100_000_000_000;
const LARGEST_STOCK: i64 = 1_000_000_000;

/// Points of a shop by full spelling.
pub type Points = BTreeMap<String, PointFacts>;

/// How an offer is written.
///
/// # Errors
/// Why it is not.
pub fn judge(facts: &FeedFacts, points: &Points) -> Result<PriceListOffer, RowReason> {
    match facts.goods {
        FeedGoods::Offer(_) => offer(facts, points),
        FeedGoods::Product(_) => product(facts, points),
    }
}

/// A product is not on sale yet, so whatever is wrong with it leaves it out and takes nothing away.
fn product(facts: &FeedFacts, points: &Points) -> Result<PriceListOffer, RowReason> {
    let Some(price) = facts.everywhere else {
        return Err(RowReason::ProductNoPrice);
    };
    if facts.floor.is_some_and(|floor| price < floor) {
        return Err(RowReason::ProductBelowFloor);
    }
    if facts.places.iter().all(|place| place.stock.is_none()) {
        return Err(RowReason::ProductNoStock);
    }
    offer(facts, points).map_err(|_| RowReason::ProductUnfit)
}

fn offer(facts: &FeedFacts, points: &Points) -> Result<PriceListOffer, RowReason> {
    if facts.gone_at.is_some() {
        return Err(RowReason::Gone);
    }
    if !facts.on_sale {
        return Err(RowReason::OffSale);
    }
    let sku = facts.sku.trim();
    if sku.is_empty() || sku.chars().count() > LONGEST_SKU || sku.chars().any(char::is_control) {
        return Err(RowReason::BadSku);
    }
    let model = facts.title.trim();
    if model.is_empty() || model.chars().all(char::is_control) {
        return Err(RowReason::NoModel);
    }
    let (places, cities) = places(facts, points)?;
    Ok(PriceListOffer {
        row: 0,
        sku: sku.to_owned(),
        model: model.to_owned(),
        brand: facts
            .brand
            .as_deref()
            .map(str::trim)
            .filter(|brand| !brand.is_empty())
            .map(str::to_owned),
        availabilities: places,
        price: price(facts, &cities)?,
    })
}

/// Every point that works, and the cities they stand in.
fn places(
    facts: &FeedFacts,
    points: &Points,
) -> Result<(Vec<ListedAvailability>, BTreeSet<String>), RowReason> {
    let mut listed: BTreeMap<String, ListedAvailability> = BTreeMap::new();
    let mut cities = BTreeSet::new();
    let mut days_of: BTreeMap<&str, Option<i64>> = BTreeMap::new();
    for place in &facts.places {
        let Some(point) = points.get(&place.point_id).filter(|point| point.works) else {
            continue;
        };
        let place = match facts.preorder {
            Some(preorder) => place.by_preorder(preorder.days, preorder.most),
            None => place.clone(),
        };
        let stock = place.stock;
        // The cabinet writes 0 for none; a preorder of our own is never of no days.
        let days = place
            .preorder_days
            .filter(|days| *days != 0 || facts.preorder.is_some());
        if days.is_some_and(|days| !PREORDER_DAYS.contains(&days)) {
            return Err(RowReason::Preorder);
        }
        if stock.is_some_and(|stock| !(0..=LARGEST_STOCK).contains(&stock)) {
            return Err(RowReason::BadStock);
        }
        if let Some(city) = &point.city {
            cities.insert(city.clone());
            // The marketplace takes one number of days for a city.
            if *days_of.entry(city).or_insert(days) != days {
                return Err(RowReason::Preorder);
            }
        }
        let one = ListedAvailability {
            store: point.code.clone(),
            available: place.available && stock != Some(0),
            preorder_days: days,
            stock,
        };
        listed.insert(point.code.clone(), one);
    }
    if listed.is_empty() {
        return Err(RowReason::NoPoints);
    }
    Ok((listed.into_values().collect(), cities))
}

/// One price when it is the same in every city of its points, else one for each.
fn price(facts: &FeedFacts, cities: &BTreeSet<String>) -> Result<ListedPrice, RowReason> {
    let mut prices: BTreeMap<String, Tenge> = BTreeMap::new();
    for city in cities {
        let price = facts.cities.get(city).copied().or(facts.everywhere);
        prices.insert(city.clone(), sound(price.ok_or(RowReason::NoPrice)?)?);
    }
    let first = match prices.values().next() {
        Some(first) => *first,
        None => sound(facts.everywhere.ok_or(RowReason::NoPrice)?)?,
    };
    if prices.values().all(|price| *price == first) {
        return Ok(ListedPrice::Everywhere(first));
    }
    Ok(ListedPrice::Cities(prices))
}

fn sound(price: Tenge) -> Result<Tenge, RowReason> {
    (1..=LARGEST_PRICE)
        .contains(&price.get())
        .then_some(price)
        .ok_or(RowReason::BadPrice)
}
