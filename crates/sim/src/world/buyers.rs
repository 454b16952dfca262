//! Buyers: when they come and whom they choose (multinomial logit). Refuses to know cabinets beyond taking one piece.

use crate::{
    locks::{lock, read, write},
    numbers::micros,
    sim::{Sale, Sim},
    world::{
        World,
        cards::{CardInfo, CardState, Who},
        cities::CityIx,
        delivery,
        engine::{Wake, What},
        orders, points_with_goods,
        shops::{ShopState, short_point},
    },
};
use sauda_kernel::{Span, Timestamp};
use std::sync::atomic::Ordering;

/// Arrivals are drawn at this multiple of the usual rate and thinned to the hour's.
const PEAK: f64 = 4.0;
/// How strongly a price above the usual repels: utility lost per natural logarithm of price.
const PRICE: f64 = 11.0;
/// What the first places of the list are worth.
const PLACE: [f64; 4] = [1.1, 0.55, 0.3, 0.15];
/// Utility of not buying.
const LEAVE: f64 = 0.7;

/// Names of buyers, invented.
pub const FIRST: [&str; 10] = [
    "Айгерим",
    "Данияр",
    "Алия",
    "Тимур",
    "Мадина",
    "Ержан",
    "Асель",
    "Руслан",
    "Жанна",
    "Нурлан",
];
/// Their family names.
pub const LAST: [&str; 8] = [
    "Примерова",
    "Примеров",
    "Образцова",
    "Образцов",
    "Тестова",
    "Тестов",
    "Учебная",
    "Учебный",
];

/// First arrival at a card.
pub fn first_wake(world: &World, card: u32, now: Timestamp, era: u32) -> Option<Wake> {
    let slot = world.card_at(card)?;
    let mut state = write(&slot.state);
    Some(next(&slot.info, &mut state, card, era, now))
}

fn next(info: &CardInfo, state: &mut CardState, card: u32, era: u32, now: Timestamp) -> Wake {
    let seconds = state.buyers.wait(86_400.0 / (info.demand * PEAK).max(0.001));
    Wake {
        at: now.plus(Span::from_micros(micros(seconds))),
        what: What::BuyerComes { card, era },
    }
}

/// How many buyers come now against an average hour: hour of day, weekend, season of the family.
pub fn tide(world: &World, info: &CardInfo, now: Timestamp) -> f64 {
    let local = now.local();
    let hour = match local.hour {
        0..=6 => 0.2,
        7..=9 => 0.7,
        10..=17 => 1.15,
        18..=22 => 1.75,
        _ => 0.9,
    };
    let week = if local.weekday >= 6 { 1.2 } else { 1.0 };
    let top = world.family(info.family).map_or("", |family| family.top.as_str());
    let season = match (local.month, local.day) {
        (11, 23..=30) => 1.6,
        (12, _) => 1.4,
        (2, 20..=29) | (3, 1..=8) if top == "Beauty care" || top == "Fashion" => 1.5,
        (8, _) | (9, 1..=5)
            if matches!(
                top,
                "Office and school supplies" | "Shoes" | "Fashion accessories"
            ) =>
        {
            1.6
        }
        (1, 1..=20) => 0.75,
        _ => 1.0,
    };
    hour * week * season
}

/// Somebody may come to a card, look at the ladder of their city and perhaps buy.
pub fn come(sim: &Sim, card: u32, era: u32, now: Timestamp) -> Vec<Wake> {
    let Some(slot) = sim.world.card_at(card) else {
        return Vec::new();
    };
    let mut wakes = Vec::new();
    let bought = {
        let mut state = write(&slot.state);
        wakes.push(next(&slot.info, &mut state, card, era, now));
        let came = state.buyers.unit() * PEAK < tide(&sim.world, &slot.info, now);
        if came {
            visit(sim, &slot.info, &mut state, now)
        } else {
            None
        }
    };
    if let Some(bought) = bought {
        wakes.extend(buy(sim, card, bought, now));
    }
    wakes
}

struct Bought {
    who: Who,
    city: CityIx,
    price: u32,
    position: u32,
}

fn visit(sim: &Sim, info: &CardInfo, state: &mut CardState, now: Timestamp) -> Option<Bought> {
    sim.counters.visits.fetch_add(1, Ordering::Relaxed);
    let share = state.buyers.unit();
    let city = sim.world.cities.by_share(share);
    let ladder = state.ladder(city, &sim.world.sellers);
    let mut weights = vec![LEAVE.exp()];
    for (position, line) in ladder.iter().take(20).enumerate() {
        let place = PLACE.get(position).copied().unwrap_or(0.0);
        weights.push((place + appeal(&sim.world, info, state, city, line.who, line.price, now)).exp());
    }
    let mut left = state.buyers.unit() * weights.iter().sum::<f64>();
    let chosen = weights.iter().position(|weight| {
        left -= weight;
        left < 0.0
    })?;
    let position = chosen.checked_sub(1)?;
    let line = ladder.get(position)?;
    Some(Bought {
        who: line.who,
        city,
        price: line.price,
        position: crate::numbers::index(position) + 1,
    })
}

/// Utility of one offer without its place: price, delivery, rating, reviews.
fn appeal(
    world: &World,
    info: &CardInfo,
    state: &CardState,
    city: CityIx,
    who: Who,
    price: u32,
    now: Timestamp,
) -> f64 {
    let cost = -PRICE * (f64::from(price.max(1)) / f64::from(info.level.max(1))).ln();
    let (rating, reviews, home, preorder, salt) = match who {
        Who::Rival(at) => {
            let Some(rival) = state.rivals.get(at) else {
                return f64::MIN;
            };
            let Some(seller) = world.seller(rival.seller) else {
                return f64::MIN;
            };
            (
                seller.rating,
                seller.reviews,
                seller.home,
                rival.preorder,
                seller.salt,
            )
        }
        Who::Own(at) => {
            let Some(own) = state.own.get(at) else {
                return f64::MIN;
            };
            let Some(shop) = world.shops.get(usize::from(own.shop)) else {
                return f64::MIN;
            };
            let home = own.point_for(city).map_or(own.home, |(_, at)| *at);
            (shop.rating, shop.reviews, home, own.preorder, 1)
        }
    };
    let days = delivery::promise(&world.cities, home, city, preorder, salt, now).days;
    let stars = rating.map_or(-0.4, |tenths| 0.9 * (f64::from(tenths) / 10.0 - 4.6));
    cost + stars + 0.05 * (1.0 + f64::from(reviews)).ln()
        - 0.12 * f64::from(days.min(15))
        - if preorder > 0 { 0.5 } else { 0.0 }
}

fn buy(sim: &Sim, card: u32, bought: Bought, now: Timestamp) -> Vec<Wake> {
    let era = sim.era();
    let changed = sim.world.change_card(card, now, era, |state| {
        state.sold += 1;
        match bought.who {
            Who::Rival(at) => {
                state.rivals.get_mut(at)?.sold += 1;
                Some(None)
            }
            Who::Own(at) => {
                let own = state.own.get_mut(at)?;
                own.sold += 1;
                own.stock = own.stock.map(|left| left.saturating_sub(1));
                Some(Some((own.shop, own.offer)))
            }
        }
    });
    sim.counters.sales.fetch_add(1, Ordering::Relaxed);
    let Some((own, mut wakes)) = changed else {
        return Vec::new();
    };
    let Some((shop_at, offer_at)) = own else {
        return wakes;
    };
    let Some(shop) = sim.world.shops.get(usize::from(shop_at)) else {
        return wakes;
    };
    let (sku, points) = {
        let mut state = write(&shop.state);
        let ShopState { points, offers, .. } = &mut *state;
        let Some(offer) = offers.get_mut(crate::numbers::place(offer_at)) else {
            return wakes;
        };
        let places = points_with_goods(shop, offer, points);
        offer.take_one(bought.price);
        (offer.sku.clone(), places)
    };
    let near = points.iter().find(|(_, city)| *city == bought.city);
    let point = near
        .or_else(|| points.first())
        .map_or("PP1", |(name, _)| short_point(&shop.uid, name));
    let (quantity, more) = orders::basket(sim, shop_at, &sku);
    let purchase = orders::Bought {
        quantity,
        grams: None,
        imei: false,
        more,
        shop: shop_at,
        sku: &sku,
        card,
        city: bought.city,
        price: bought.price,
        point,
        is_near: near.is_some(),
        way: None,
    };
    wakes.extend(orders::place(sim, &purchase, now));
    sim.counters.own_sales.fetch_add(1, Ordering::Relaxed);
    lock(&sim.sales).push(Sale {
        at: now,
        shop: shop_at,
        sku,
        city: bought.city,
        price: bought.price,
        position: bought.position,
    });
    wakes.extend(sim.world.show_offer(shop_at, offer_at, now, era));
    wakes
}

/// Sales, revenue and time on the first place of one shop.
pub fn shop_totals(sim: &Sim, shop_at: u16) -> (u64, u64, i64, i64) {
    let (mut sold, mut revenue) = (0_u64, 0_u64);
    let Some(shop) = sim.world.shops.get(usize::from(shop_at)) else {
        return (0, 0, 0, 0);
    };
    let cards: Vec<u32> = {
        let state = read(&shop.state);
        for offer in &state.offers {
            sold += u64::from(offer.sold);
            revenue += offer.revenue;
        }
        state.offers.iter().map(|offer| offer.card).collect()
    };
    let (mut first, mut visible) = (0_i64, 0_i64);
    let now = sauda_kernel::Clock::now(&sim.clock);
    for card in cards {
        let Some(slot) = sim.world.card_at(card) else {
            continue;
        };
        let state = read(&slot.state);
        let open = now.since(state.settled).as_micros().max(0);
        for own in state.own.iter().filter(|own| own.shop == shop_at) {
            first = first.saturating_add(own.first_us + if own.first { open } else { 0 });
            visible = visible.saturating_add(own.visible_us + if own.visible { open } else { 0 });
        }
    }
    (sold, revenue, first, visible)
}
