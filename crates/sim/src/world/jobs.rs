//! Accepted price changes on their way: into the cabinet, then onto the storefront. Refuses to accept any; the doors do.

use crate::{
    locks::{read, write},
    sim::Sim,
    world::{
        engine::{Wake, What},
        ledger::{Change, Entry},
        shops::{Availability, OwnOffer, Protocol, edition_deadline},
    },
};
use sauda_kernel::{Clock, Span, Timestamp};
use std::collections::BTreeMap;

/// Plans an accepted change: applied after a delay, never before an earlier change of the same sku.
pub fn plan(sim: &Sim, entry: usize, delay: Span, now: Timestamp) {
    sim.wake_at(Wake {
        at: now.plus(delay),
        what: What::JobApplies { entry },
    });
}

/// The cabinet changes.
pub fn apply(sim: &Sim, at: usize, now: Timestamp) -> Vec<Wake> {
    let Some(entry) = sim.ledger.get(at) else {
        return Vec::new();
    };
    if entry.lost {
        return Vec::new();
    }
    let Some(shop) = sim.world.shops.get(usize::from(entry.shop)) else {
        return Vec::new();
    };
    let offer_at = {
        let mut state = write(&shop.state);
        let known: Vec<String> = state.points.iter().map(|point| point.code.clone()).collect();
        let Some((offer_at, offer)) = state.find_mut(&entry.sku) else {
            sim.ledger
                .mark(at, |entry| entry.refused = Some("OFFER_NOT_FOUND"));
            return Vec::new();
        };
        let errors = apply_to(
            offer,
            &entry,
            &known,
            read(&sim.settings).city_prices_replace,
            now,
        );
        offer.protocol = Some(Protocol {
            job: entry.job.clone(),
            status: if errors.is_empty() { "PROCESSED" } else { "ERROR" },
            at: now,
            errors,
        });
        offer_at
    };
    sim.ledger.mark(at, |entry| entry.applied = Some(now));
    let lag = read(&sim.settings).storefront_lag;
    let what = What::JobShows {
        entry: at,
        shop: entry.shop,
        offer: offer_at,
    };
    if lag == Span::ZERO {
        show(sim, at, entry.shop, offer_at, now)
    } else {
        vec![Wake {
            at: now.plus(lag),
            what,
        }]
    }
}

/// Buyers see it.
pub fn show(sim: &Sim, at: usize, shop: u16, offer: u32, now: Timestamp) -> Vec<Wake> {
    let wakes = sim.world.show_offer(shop, offer, now, sim.era());
    sim.ledger.mark(at, |entry| entry.visible = Some(now));
    wakes
}

fn apply_to(
    offer: &mut OwnOffer,
    entry: &Entry,
    points: &[String],
    replace: bool,
    now: Timestamp,
) -> Vec<&'static str> {
    let Change {
        everywhere,
        city_prices,
        availabilities,
        poisoned,
    } = &entry.change;
    offer.edition_deadline = Some(edition_deadline(now));
    if *poisoned {
        offer.remove("feed", now, "NO_AVAILABILITIES");
        return vec!["NO_AVAILABILITIES"];
    }
    if let Some(price) = everywhere {
        offer.everywhere = Some(*price);
        if city_prices.is_empty() {
            offer.city_prices.clear();
        }
    }
    if replace && !city_prices.is_empty() {
        offer.city_prices = BTreeMap::new();
        offer.everywhere = *everywhere;
    }
    offer.city_prices.extend(city_prices.iter().copied());
    if everywhere.is_some() || !city_prices.is_empty() {
        offer.note("PRICE_CHANGE", "owner@example.com", now);
    }
    let Some(listed) = availabilities else {
        return Vec::new();
    };
    apply_goods(offer, listed, points, now)
}

/// Points left out get stock 0; `no` at every point takes the offer off sale; a `yes` puts it back.
pub fn apply_goods(
    offer: &mut OwnOffer,
    listed: &[Availability],
    points: &[String],
    now: Timestamp,
) -> Vec<&'static str> {
    let mut goods: Vec<Availability> = listed
        .iter()
        .filter(|one| points.contains(&one.point))
        .cloned()
        .collect();
    let unknown = goods.len() < listed.len();
    for point in &offer.points {
        if !goods.iter().any(|one| one.point == *point) {
            goods.push(Availability {
                point: point.clone(),
                available: false,
                pre_order: 0,
                stock: Some(0),
            });
        }
    }
    for one in &mut goods {
        one.available = one.available && one.stock != Some(0);
    }
    let any = goods.iter().any(|one| one.available);
    let asked_off = listed.iter().all(|one| !one.available);
    offer.points = goods.iter().map(|one| one.point.clone()).collect();
    offer.availabilities = Some(goods);
    if asked_off {
        offer.remove("owner@example.com", now, "NO_AVAILABILITIES");
    } else if any && !offer.on_sale {
        offer.on_sale = true;
        offer.archived_at = None;
        offer.error = None;
        offer.note("ON_SALE", "owner@example.com", now);
    }
    if unknown {
        vec!["UNKNOWN_POINT"]
    } else {
        Vec::new()
    }
}

/// The delay of the next job by the settings, and when an earlier one of the same sku is still on its way, just after it.
pub fn delay(sim: &Sim, shop: u16, sku: &str) -> Span {
    let settings = *read(&sim.settings);
    let (low, high) = settings.job_delay;
    let drawn = low.as_micros()
        + i64::try_from(
            crate::locks::lock(&sim.luck)
                .below(u64::try_from((high.as_micros() - low.as_micros()).max(0)).unwrap_or(0) + 1),
        )
        .unwrap_or(0);
    let now = sim.clock.now();
    let due = now.plus(Span::from_micros(drawn));
    let mut last = crate::locks::lock(&sim.last_due);
    let slot = last
        .entry((shop, sku.to_owned()))
        .or_insert(Timestamp::from_micros(0));
    let due = if *slot >= due {
        slot.plus(Span::from_micros(1))
    } else {
        due
    };
    *slot = due;
    due.since(now)
}
