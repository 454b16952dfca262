//! The world as JSON for people and tests. Refuses to follow any recorded shape.

use crate::{
    kaspi::storefront::merchant_id,
    locks::{lock, read},
    sim::Sim,
    world::{
        buyers,
        cards::Who,
        ledger::{Door, Entry},
    },
};
use sauda_kernel::Clock;
use serde_json::{Map, Value, json};

/// Size, clock, shops, logins.
pub fn world(sim: &Sim) -> Value {
    let (happened, planned) = sim.agenda();
    let rivals: usize = sim
        .world
        .cards
        .iter()
        .map(|slot| read(&slot.state).rivals.len())
        .sum();
    let shops: Vec<Value> = (0..crate::numbers::index(sim.world.shops.len()))
        .filter_map(|at| u16::try_from(at).ok())
        .map(|at| shop(sim, at))
        .collect();
    json!({
        "seed": sim.world.seed, "cards": sim.world.cards.len(), "sellers": sim.world.sellers.len(), "rival_offers": rivals, "shops": shops,
        "logins": sim.world.accounts.iter().map(|one| json!({
            "phone": one.phone, "mail": one.mail, "password": one.password,
            "shops": one.shops.iter().filter_map(|at| sim.world.shops.get(usize::from(*at))).map(|shop| shop.uid.as_str()).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "cities": sim.world.cities.main().iter().map(|(city, _)| json!({"id": sim.world.cities.id(*city), "name": sim.world.cities.name(*city)})).collect::<Vec<_>>(),
        "clock": clock(sim), "happened": happened, "planned": planned, "open_sessions": sim.identity.open_sessions(),
    })
}

fn shop(sim: &Sim, at: u16) -> Value {
    let Some(shop) = sim.world.shops.get(usize::from(at)) else {
        return Value::Null;
    };
    let (sold, revenue, first, visible) = buyers::shop_totals(sim, at);
    let state = read(&shop.state);
    let points: Vec<Value> = state
        .points
        .iter()
        .map(|point| json!({"code": point.code, "city": sim.world.cities.id(point.city), "name": sim.world.cities.name(point.city), "enabled": point.enabled}))
        .collect();
    let sums = sim.change_limit.sums(at);
    json!({
        "uid": shop.uid, "name": shop.name, "token": shop.token, "points": points, "offers": state.offers.len(), "on_sale": state.offers.iter().filter(|o| o.on_sale).count(),
        "sold": sold, "revenue": revenue, "first_place_ms": first / 1_000, "visible_ms": visible / 1_000,
        "first_place_percent": if visible > 0 { first.saturating_mul(100) / visible } else { 0 },
        "changes": {
            "accepted": sums.accepted, "refused": sums.refused, "violations": sums.violations, "peak_per_second": sums.peak_second,
            "peak_per_30_min": sums.peak_window, "banned_until": sums.banned_until.map(|t| t.rfc3339()),
        },
    })
}

pub fn clock(sim: &Sim) -> Value {
    json!({"now": sim.clock.now().rfc3339(), "speed": sim.clock.speed().to_string(), "limits_now": sim.clock.limit_now().rfc3339()})
}

/// Sums, and the read limit by address.
pub fn counters(sim: &Sim) -> Value {
    let mut all = sim.counters.to_json();
    let addresses: Map<String, Value> = sim
        .read_limit
        .addresses()
        .into_iter()
        .map(|(name, peak, until)| {
            (
                name,
                json!({"peak_per_second": peak, "shut_until": until.map(|t| t.rfc3339())}),
            )
        })
        .collect();
    if let Some(fields) = all.as_object_mut() {
        fields.insert("addresses".to_owned(), Value::Object(addresses));
    }
    all
}

/// A card and its ladder in a city, with what only the world knows: floors and temperaments.
pub fn card(sim: &Sim, sku: &str, city_id: &str) -> Option<Value> {
    let (_, slot) = sim.world.card(sku)?;
    let city = sim.world.cities.find(city_id)?;
    let state = read(&slot.state);
    let mut rows = Vec::new();
    for (position, line) in state.ladder(city, &sim.world.sellers).iter().enumerate() {
        let mut row = json!({"place": position + 1, "merchant": merchant_id(sim, &state, line.who), "price": line.price});
        let extra = match line.who {
            Who::Own(at) => state.own.get(at).map(|own| json!({"own": true, "sold": own.sold, "preorder": own.preorder, "stock": own.stock})),
            Who::Rival(at) => state.rivals.get(at).map(|rival| {
                json!({
                    "own": false, "name": sim.world.seller(rival.seller).map(|s| s.name.as_str()), "temper": rival.temper, "floor": rival.floor,
                    "usual": rival.usual, "preorder": rival.preorder, "frozen": rival.frozen, "sold": rival.sold,
                })
            }),
        };
        if let (Some(fields), Some(Value::Object(extra))) = (row.as_object_mut(), extra) {
            fields.extend(extra);
        }
        rows.push(row);
    }
    let absent: Vec<Value> = state
        .rivals
        .iter()
        .filter(|rival| rival.present && !rival.in_stock)
        .map(|rival| json!({"merchant": sim.world.seller(rival.seller).map(|s| s.id.as_str()), "price": rival.price, "temper": rival.temper}))
        .collect();
    Some(json!({
        "card": sku, "title": slot.info.title, "level": slot.info.level, "demand_per_day": slot.info.demand, "activity": slot.info.activity,
        "sold": state.sold, "city": city_id, "ladder": rows, "out_of_stock": absent,
    }))
}

/// Own offers of a shop with what buyers of its home city see.
pub fn shop_offers(sim: &Sim, uid: &str) -> Option<Value> {
    let (_, shop) = sim.world.shop(uid)?;
    let home = sim.world.cities.id(shop.home).to_owned();
    let skus = sim.skus(uid);
    let rows: Vec<Value> = skus
        .into_iter()
        .map(|(sku, card, on_sale)| {
            let visible = sim.visible(uid, &sku, &home);
            let state = read(&shop.state);
            let offer = state.find(&sku).map(|(_, offer)| offer);
            let prices: Map<String, Value> =
                offer.map(|o| o.city_prices.iter().map(|(c, p)| (sim.world.cities.id(*c).to_owned(), json!(p))).collect()).unwrap_or_default();
            json!({
                "sku": sku, "card": card, "on_sale": on_sale, "price": offer.and_then(|o| o.everywhere), "city_prices": prices,
                "stock": offer.and_then(crate::world::shops::OwnOffer::stock), "sold": offer.map(|o| o.sold),
                "home_city": home, "visible_price": visible.map(|v| v.0), "place": visible.map(|v| v.1),
            })
        })
        .collect();
    Some(Value::Array(rows))
}

/// One line of the ledger.
pub fn ledger_entry(sim: &Sim, at: usize, entry: &Entry) -> Value {
    let cities: Map<String, Value> = entry
        .change
        .city_prices
        .iter()
        .map(|(city, price)| (sim.world.cities.id(*city).to_owned(), json!(price)))
        .collect();
    json!({
        "number": at, "job": entry.job, "door": if entry.door == Door::Single { "single" } else { "batch" }, "merchant": entry.merchant, "sku": entry.sku,
        "requested": entry.requested.rfc3339(), "accepted": entry.requested.rfc3339(), "applied": entry.applied.map(|t| t.rfc3339()),
        "visible": entry.visible.map(|t| t.rfc3339()), "lost": entry.lost, "refused": entry.refused, "same_as_before": entry.same_as_before,
        "price": entry.change.everywhere, "city_prices": cities, "lowest": entry.change.lowest(),
        "points": entry.change.availabilities.as_ref().map(|list| list.iter().map(|one| json!({"point": one.point, "available": one.available, "stock": one.stock})).collect::<Vec<_>>()),
    })
}

/// Sales of own shops from a position on.
pub fn sales(sim: &Sim, from: usize) -> Value {
    let sales = lock(&sim.sales);
    let rows: Vec<Value> = sales
        .iter()
        .skip(from)
        .map(|sale| {
            json!({
                "at": sale.at.rfc3339(), "merchant": sim.world.shops.get(usize::from(sale.shop)).map(|s| s.uid.as_str()), "sku": sale.sku,
                "city": sim.world.cities.id(sale.city), "price": sale.price, "position": sale.position,
            })
        })
        .collect();
    Value::Array(rows)
}

/// Moves of rivals on own cards from a position on.
pub fn moves(sim: &Sim, from: usize) -> Value {
    let moves = lock(&sim.moves);
    let rows: Vec<Value> = moves
        .iter()
        .skip(from)
        .map(|one| {
            json!({
                "at": one.at.rfc3339(), "card": sim.world.card_at(one.card).map(|s| s.info.sku.to_string()), "merchant": sim.world.seller(one.seller).map(|s| s.id.as_str()),
                "city": one.city.map(|city| sim.world.cities.id(city)), "old": one.old, "new": one.new,
            })
        })
        .collect();
    Value::Array(rows)
}
