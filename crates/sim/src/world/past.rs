//! A year that own shops already have behind them: orders that ended, with seasons, weekdays, prices that moved, shelves that were
//! empty and some things that came back. Follows from the seed and the day alone; refuses to touch what goes on now.

use crate::{
    locks::read,
    numbers::{index, micros, real, whole},
    random::Stream,
    world::{
        World, buyers,
        cards::CardInfo,
        orders::{Order, Orders, Person, Status, Way},
        refunds::{self, Refund},
        shops::OwnOffer,
    },
};
use sauda_kernel::{Span, Timestamp};

/// Days of a year, and some more: the last is the day before yesterday.
pub const DAYS: u32 = 372;
/// Pieces that shop sells a day, of all goods, before seasons.
const PIECES: [f64; 3] = [24.0, 9.0, 5.0];
/// Of a hundred orders, so many were given up before they left.
const CANCELLED: u64 = 4;
/// Days between two prices.
const PRICE_STANDS: (u32, u32) = (18, 47);

/// Goods that came to a shop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    pub shop: u16,
    pub sku: String,
    pub pieces: u32,
    pub at: Timestamp,
}

/// What is behind the shops, in order of time.
#[derive(Debug, Clone, Default)]
pub struct Past {
    pub orders: Vec<Order>,
    pub deliveries: Vec<Delivery>,
}

/// A past that was put before the orders.
#[derive(Debug, Clone)]
pub struct Behind {
    pub until: Timestamp,
    pub orders: usize,
    pub deliveries: Vec<Delivery>,
}

impl Orders {
    /// Puts a past before everything; there must be no order yet.
    pub fn put_past(&mut self, past: Past, until: Timestamp) {
        self.past = Some(Behind {
            until,
            orders: past.orders.len(),
            deliveries: past.deliveries,
        });
        self.all = past.orders;
        self.index();
    }

    pub(super) fn index(&mut self) {
        let each = self.all.iter().enumerate();
        self.by_code = each.map(|(at, order)| (order.code.clone(), at)).collect();
    }

    /// Orders that are not of the past.
    pub fn own(&self) -> &[Order] {
        let past = self.past.as_ref().map_or(0, |past| past.orders);
        self.all.get(past..).unwrap_or(&[])
    }
}

/// The year up to a moment.
pub fn build(world: &World, now: Timestamp) -> Past {
    let first = now.local_midnight().minus(Span::from_days(i64::from(DAYS) + 1));
    let mut past = Past::default();
    for (at, shop) in world.shops.iter().enumerate() {
        let state = read(&shop.state);
        let shop_at = u16::try_from(at).unwrap_or(0);
        let mut luck = Stream::new(world.seed, 60, u64::from(shop_at));
        let weights: Vec<f64> = state.offers.iter().map(|_| luck.log_normal(1.0, 1.6)).collect();
        let all: f64 = weights.iter().sum::<f64>().max(1e-9);
        let pieces = PIECES.get(at).copied().unwrap_or(3.0);
        let point = state.points.first().map_or("PP1", |point| point.code.as_str());
        for ((offer_at, offer), weight) in state.offers.iter().enumerate().zip(&weights) {
            let Some(slot) = world.card_at(offer.card) else {
                continue;
            };
            let number = u64::from(shop_at) << 32 | u64::from(index(offer_at));
            let mut goods = Goods {
                world,
                info: &slot.info,
                offer,
                shop: shop_at,
                point,
                usual: pieces * weight / all,
                luck: Stream::new(world.seed, 61, number),
                left: 0,
                empty_until: 0,
            };
            goods.live(first, &mut past);
        }
    }
    past.orders.sort_by_key(|order| (order.created_at, order.shop));
    past.deliveries
        .sort_by(|one, other| (one.at, one.shop, &one.sku).cmp(&(other.at, other.shop, &other.sku)));
    for (at, order) in past.orders.iter_mut().enumerate() {
        order.code = (600_000_000 + u64::from(index(at)) * 7).to_string();
        if order.status == Status::Completed && refunds::is_sent_back(at) {
            let opened = order.created_at.plus(Span::from_days(5));
            if opened.plus(refunds::LONGEST) < now {
                order.refund = Some(Refund::new(at, opened, None));
                order.status = Status::Returned;
            }
        }
    }
    past
}

/// One thing of a shop over the year.
struct Goods<'a> {
    world: &'a World,
    info: &'a CardInfo,
    offer: &'a OwnOffer,
    shop: u16,
    point: &'a str,
    /// Pieces a day.
    usual: f64,
    luck: Stream,
    left: u32,
    /// The day on which the next delivery comes.
    empty_until: u32,
}

impl Goods<'_> {
    fn live(&mut self, first: Timestamp, past: &mut Past) {
        let base = f64::from(self.offer.price_range().1.max(100));
        let elasticity = self.luck.range(1.4, 3.4);
        // What came into the shop during the year was not there before; four in five were.
        let born = if self.luck.chance(0.2) {
            self.luck.between(20, DAYS - 20)
        } else {
            0
        };
        let growth = self.luck.range(-0.25, 0.45);
        let (mut price, mut stands) = (base, 0);
        for day in born..DAYS {
            let at = first.plus(Span::from_days(i64::from(day)));
            if stands == 0 {
                let moved = self.luck.range(0.86, 1.14);
                price = f64::from(self.luck.human_price(base * moved));
                stands = self.luck.between(PRICE_STANDS.0, PRICE_STANDS.1);
            }
            stands -= 1;
            self.shelf(day, born, at, past);
            let season = buyers::tide(self.world, self.info, at.plus(Span::from_hours(12))) / 1.15;
            let grown = 1.0 + growth * (f64::from(day) / f64::from(DAYS) - 0.5);
            let wanted = self.usual * season * grown * (price / base).powf(-elasticity);
            let many = self.poisson(wanted).min(self.left);
            self.left -= many;
            for _ in 0..many {
                let order = self.order(at, whole(price));
                if order.status == Status::Cancelled {
                    self.left += 1;
                }
                past.orders.push(order);
            }
        }
    }

    /// Goods come for six to ten weeks; now and then the next delivery is late.
    fn shelf(&mut self, day: u32, born: u32, at: Timestamp, past: &mut Past) {
        let weeks = f64::from(self.luck.between(6, 10));
        let low = whole(self.usual * 7.0);
        if day != born && (self.left > low || (self.empty_until > day && day > born)) {
            return;
        }
        if day != born && self.empty_until == 0 && self.luck.chance(0.35) {
            // It is sold out before anybody ordered.
            self.empty_until = day + self.luck.between(9, 24);
            return;
        }
        self.empty_until = 0;
        let pieces = whole(self.usual * 7.0 * weeks).max(2);
        self.left += pieces;
        past.deliveries.push(Delivery {
            shop: self.shop,
            sku: self.offer.sku.clone(),
            pieces,
            at: at.plus(Span::from_hours(8)),
        });
    }

    /// A count of chance (Knuth's product of chances).
    fn poisson(&mut self, mean: f64) -> u32 {
        let least = (-mean.min(40.0)).exp();
        let (mut many, mut product) = (0, self.luck.unit());
        while product > least {
            many += 1;
            product *= self.luck.unit();
        }
        many
    }

    fn order(&mut self, day: Timestamp, price: u32) -> Order {
        let luck = &mut self.luck;
        let created = day.plus(Span::from_micros(micros(36_000.0 + real(luck.below(46_000)))));
        let share = luck.unit();
        let cancelled = luck.below(100) < CANCELLED;
        let way = match luck.below(10) {
            0 => Way::Pickup,
            1..=3 => Way::Postomat,
            _ => Way::Kaspi { express: false },
        };
        let (given, last) = luck.pick(&PEOPLE).copied().unwrap_or(("Асель", "Примерова"));
        Order {
            code: String::new(),
            shop: self.shop,
            sku: self.offer.sku.clone(),
            card: self.offer.card,
            city: self.world.cities.by_share(share),
            price,
            quantity: 1,
            grams: None,
            imei: false,
            devices: Vec::new(),
            more: Vec::new(),
            way,
            point: self.point.to_owned(),
            buyer: Person {
                first: given.to_owned(),
                last: last.to_owned(),
                phone: format!("70{:08}", luck.below(100_000_000)),
            },
            created_at: created,
            status: if cancelled {
                Status::Cancelled
            } else {
                Status::Completed
            },
            cancel_reason: cancelled.then(|| "BUYER_CANCELLATION_BY_CUSTOMER".to_owned()),
            assembled: None,
            assemblies: 0,
            handover_at: None,
            handed_over_at: (!cancelled).then(|| created.plus(Span::from_hours(26))),
            secret: None,
            refund: None,
            planned_at: Some(created.plus(Span::from_hours(46))),
        }
    }
}

const PEOPLE: [(&str, &str); 6] = [
    ("Айгерим", "Примерова"),
    ("Данияр", "Примеров"),
    ("Алия", "Образцова"),
    ("Ержан", "Тестов"),
    ("Мадина", "Тестова"),
    ("Нурлан", "Учебный"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{options::Options, world::build};
    use std::collections::HashMap;

    fn world() -> (World, Timestamp) {
        let options = Options {
            offers: 30,
            ..Options::for_tests()
        };
        let now = Timestamp::parse("2026-11-20T05:00:00Z").unwrap();
        (build::build(&options, now).unwrap(), now)
    }

    #[test]
    fn the_year_is_the_same_for_a_seed_and_ends_before_today() {
        let (world, now) = world();
        let (past, again) = (build(&world, now), build(&world, now));
        assert_eq!(past.deliveries, again.deliveries);
        let told = |past: &Past| -> Vec<(String, Timestamp, u32)> {
            let each = past.orders.iter();
            each.map(|order| (order.code.clone(), order.created_at, order.price))
                .collect()
        };
        assert_eq!(told(&past), told(&again));
        assert!(
            (6_000..22_000).contains(&past.orders.len()),
            "{}",
            past.orders.len()
        );
        let (first, last) = (past.orders.first().unwrap(), past.orders.last().unwrap());
        assert!(last.created_at < now.local_midnight());
        assert!(now.since(first.created_at) > Span::from_days(365));
        let back = past.orders.iter().filter(|order| order.refund.is_some()).count();
        assert!(back * 100 > past.orders.len() * 3, "{back}");
    }

    #[test]
    fn nothing_is_sold_that_was_not_there_and_some_shelves_were_empty() {
        let (world, now) = world();
        let past = build(&world, now);
        let mut left: HashMap<(u16, &str), i64> = HashMap::new();
        let mut all: Vec<(Timestamp, (u16, &str), i64)> = Vec::new();
        all.extend(
            past.deliveries
                .iter()
                .map(|one| (one.at, (one.shop, one.sku.as_str()), i64::from(one.pieces))),
        );
        all.extend(
            past.orders
                .iter()
                .filter(|one| one.status != Status::Cancelled)
                .map(|one| (one.created_at, (one.shop, one.sku.as_str()), -1)),
        );
        all.sort();
        let mut emptied = 0;
        for (_, goods, pieces) in all {
            let now = left.entry(goods).or_default();
            *now += pieces;
            assert!(*now >= 0, "{goods:?}");
            emptied += usize::from(*now == 0);
        }
        assert!(emptied > 20, "{emptied}");
    }

    #[test]
    fn december_sells_more_than_january() {
        let (world, now) = world();
        let past = build(&world, now);
        let of = |month: u8| {
            let sold = past.orders.iter();
            sold.filter(|order| order.created_at.local().month == u32::from(month))
                .count()
        };
        assert!(of(12) * 10 > of(1) * 12, "{} {}", of(12), of(1));
    }
}
