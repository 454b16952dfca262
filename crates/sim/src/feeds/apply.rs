//! A list that was taken becomes the state of its shop: prices, goods, what is absent off sale. Refuses offers with unknown points or cities.

use super::{
    Pull,
    read::{List, Listed},
};
use crate::{
    locks::write,
    sim::Sim,
    world::{
        jobs::apply_goods,
        shops::{Availability, ShopState},
    },
};
use sauda_kernel::Timestamp;
use std::collections::{BTreeMap, BTreeSet, HashMap};

pub(super) fn apply(sim: &Sim, at: u16, list: &List, now: Timestamp) -> Pull {
    let mut pull = Pull {
        at: now,
        status: Some(200),
        outcome: "taken",
        rows: list.offers.len(),
        changed: 0,
        removed: 0,
        unknown: Vec::new(),
        errors: list
            .errors
            .iter()
            .map(|(sku, error)| format!("{sku}: {error}"))
            .collect(),
    };
    let Some(shop) = sim.world.shops.get(usize::from(at)) else {
        return pull;
    };
    let mut touched = BTreeSet::new();
    {
        let mut state = write(&shop.state);
        let mut named: BTreeSet<&str> = list.errors.iter().map(|(sku, _)| sku.as_str()).collect();
        for listed in &list.offers {
            named.insert(&listed.sku);
            match take(sim, &mut state, listed, now) {
                Ok(Some(offer)) => {
                    touched.insert(offer);
                    pull.changed += 1;
                }
                Ok(None) => {}
                Err(None) => pull.unknown.push(listed.sku.clone()),
                Err(Some(error)) => pull.errors.push(format!("{}: {error}", listed.sku)),
            }
        }
        for (place, offer) in state.offers.iter_mut().enumerate() {
            if offer.on_sale && !named.contains(offer.sku.as_str()) {
                offer.remove("feed", now, "NOT_IN_PRICE_LIST");
                touched.insert(crate::numbers::index(place));
                pull.removed += 1;
            }
        }
    }
    for offer in touched {
        sim.wake_all(sim.world.show_offer(at, offer, now, sim.era()));
    }
    pull
}

/// Takes one offer; its position when it changed. No reason means that the article is not known.
fn take(
    sim: &Sim,
    state: &mut ShopState,
    listed: &Listed,
    now: Timestamp,
) -> Result<Option<u32>, Option<String>> {
    let points: Vec<String> = state.points.iter().map(|point| point.code.clone()).collect();
    let mut days: HashMap<u16, u8> = HashMap::new();
    for place in &listed.places {
        let point = state
            .point(&place.point)
            .ok_or_else(|| Some(format!("the point {} is not known", place.point)))?;
        if *days.entry(point.city).or_insert(place.days) != place.days {
            return Err(Some("days of preorder differ within a city".to_owned()));
        }
    }
    let mut cities = BTreeMap::new();
    for (city, price) in &listed.cities {
        let at = sim.world.cities.find(city);
        let at = at.ok_or_else(|| Some(format!("the city {city} is not known")))?;
        cities.insert(at, *price);
    }
    let (at, offer) = state.find_mut(&listed.sku).ok_or(None)?;
    let before = (
        offer.everywhere,
        offer.city_prices.clone(),
        offer.availabilities.clone(),
        offer.on_sale,
    );
    if listed.everywhere.is_some() {
        offer.everywhere = listed.everywhere;
        offer.city_prices.clear();
    } else {
        offer.everywhere = None;
        offer.city_prices = cities;
    }
    let goods: Vec<Availability> = listed
        .places
        .iter()
        .map(|place| Availability {
            point: place.point.clone(),
            available: place.available,
            pre_order: place.days,
            stock: place.stock,
        })
        .collect();
    if !goods.is_empty() {
        apply_goods(offer, &goods, &points, now);
    }
    let after = (
        offer.everywhere,
        offer.city_prices.clone(),
        offer.availabilities.clone(),
        offer.on_sale,
    );
    if before == after {
        return Ok(None);
    }
    offer.note("PRICE_LIST", "feed", now);
    Ok(Some(at))
}
