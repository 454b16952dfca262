//! A card with everybody who sells it: facts, rivals, own offers as the storefront shows them. Refuses to decide moves.

use crate::{
    random::Stream,
    world::{cities::CityIx, sellers::Seller},
};
use sauda_kernel::{Span, Timestamp};
use std::sync::{RwLock, atomic::AtomicU32};

/// What never changes about a card.
#[derive(Debug, Clone)]
pub struct CardInfo {
    pub sku: u32,
    pub family: u16,
    pub brand: String,
    pub title: String,
    /// The level around which everybody prices, tenge.
    pub level: u32,
    /// Buyers a day at the usual price.
    pub demand: f64,
    /// How much livelier than usual prices move here.
    pub activity: f64,
    /// Tenths of a star.
    pub rating: u8,
    pub reviews: u32,
    pub created: Timestamp,
    /// First card and length of the variant group, when the card has variants.
    pub group: Option<(u32, u32)>,
    /// The value that tells variants apart.
    pub variant: String,
}

/// Buyers of whom one leaves a review.
const BUYERS_OF_A_REVIEW: f64 = 20.0;

impl CardInfo {
    /// Reviews by a moment: those the world was born with, and those that buyers wrote since.
    pub fn reviews_at(&self, born: Timestamp, now: Timestamp) -> u32 {
        let days = f64::from(u32::try_from(now.since(born).as_secs().max(0)).unwrap_or(u32::MAX)) / 86_400.0;
        self.reviews
            .saturating_add(crate::numbers::whole(days * self.demand / BUYERS_OF_A_REVIEW))
    }

    /// When the review came that made them `count`; nothing for those that were there before the world.
    pub fn reviewed_at(&self, born: Timestamp, count: u32) -> Option<Timestamp> {
        let since = count.checked_sub(self.reviews).filter(|since| *since > 0)?;
        let days = f64::from(since) * BUYERS_OF_A_REVIEW / self.demand.max(0.01);
        Some(born.plus(Span::from_secs(i64::from(crate::numbers::whole(days * 86_400.0)))))
    }
}

/// A card in the world. Its lock covers only itself, so that reads of different cards never meet.
pub struct CardSlot {
    pub info: CardInfo,
    /// Grows with every visible change; answers rendered from an older version are stale.
    pub version: AtomicU32,
    pub state: RwLock<CardState>,
}

/// What moves on a card.
pub struct CardState {
    pub rivals: Vec<Rival>,
    pub own: Vec<OwnListing>,
    pub luck: Stream,
    pub buyers: Stream,
    /// Sales of everybody.
    pub sold: u32,
    pub settled: Timestamp,
}

/// How a rival behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Temper {
    /// Looks at prices every few days.
    Sleepy,
    /// Undercuts by a share about once an hour of the day.
    Hourly,
    /// Answers within minutes by 1 tenge, down to its own floor.
    MinuteBot,
    /// Sits on its floor.
    FloorBound,
    /// Jumps without reason and comes back.
    Irrational,
    /// In and out of stock.
    Flapping,
    /// Sells what it has yet to receive.
    Preorder,
}

/// One rival's offer on a card.
#[derive(Debug, Clone)]
pub struct Rival {
    pub seller: u32,
    pub price: u32,
    pub floor: u32,
    /// Where it would like to be.
    pub usual: u32,
    /// Tail of the merchant sku.
    pub suffix: u32,
    pub temper: Temper,
    pub present: bool,
    pub in_stock: bool,
    /// Days until the goods come; 0 = in stock.
    pub preorder: u8,
    /// A wake-up is already planned.
    pub pending: bool,
    /// Moves only by hand.
    pub frozen: bool,
    /// Undercuts in a row in the present war.
    pub war: u16,
    pub sold: u32,
    /// Prices of single cities that differ from `price`.
    pub city_prices: Vec<(CityIx, u32)>,
}

/// An own shop's offer as buyers see it now.
#[derive(Debug, Clone)]
pub struct OwnListing {
    pub shop: u16,
    /// Position in the shop's list.
    pub offer: u32,
    pub home: CityIx,
    pub everywhere: Option<u32>,
    pub city_prices: Vec<(CityIx, u32)>,
    pub on_sale: bool,
    /// None = not counted.
    pub stock: Option<u32>,
    pub preorder: u8,
    /// `{merchant}_PP1` and its city, of every point that has the goods.
    pub points: Vec<(String, CityIx)>,
    pub sold: u32,
    /// In the home city, at the last settling.
    pub first: bool,
    pub visible: bool,
    pub first_us: i64,
    pub visible_us: i64,
}

/// Who stands behind a line of the ladder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Position in `rivals`.
    Rival(usize),
    /// Position in `own`.
    Own(usize),
}

/// One line of the ladder in a city.
#[derive(Debug, Clone, Copy)]
pub struct Line {
    pub price: u32,
    pub salt: u32,
    pub who: Who,
}

impl Rival {
    pub fn price_in(&self, city: CityIx) -> u32 {
        self.city_prices
            .iter()
            .find(|(of, _)| *of == city)
            .map_or(self.price, |(_, price)| *price)
    }

    pub const fn sells(&self) -> bool {
        self.present && self.in_stock
    }

    /// Sets the price of one city, or of all.
    pub fn set_price(&mut self, city: Option<CityIx>, price: u32) {
        let Some(city) = city else {
            self.price = price;
            self.city_prices.clear();
            return;
        };
        match self.city_prices.iter_mut().find(|(of, _)| *of == city) {
            Some(slot) => slot.1 = price,
            None => self.city_prices.push((city, price)),
        }
    }
}

impl OwnListing {
    pub fn price_in(&self, city: CityIx) -> Option<u32> {
        self.city_prices
            .iter()
            .find(|(of, _)| *of == city)
            .map(|(_, price)| *price)
            .or(self.everywhere)
    }

    pub fn sells(&self) -> bool {
        self.on_sale && self.stock != Some(0) && !self.points.is_empty()
    }

    /// The point that serves a city: its own when there is one.
    pub fn point_for(&self, city: CityIx) -> Option<&(String, CityIx)> {
        self.points
            .iter()
            .find(|(_, of)| *of == city)
            .or_else(|| self.points.first())
    }
}

impl CardState {
    /// Everybody whom buyers of this city see, cheapest first; ties by a fixed salt.
    pub fn ladder(&self, city: CityIx, sellers: &[Seller]) -> Vec<Line> {
        let mut lines = Vec::with_capacity(self.rivals.len() + self.own.len());
        for (at, rival) in self.rivals.iter().enumerate() {
            if !rival.sells() {
                continue;
            }
            let Some(seller) = sellers.get(crate::numbers::place(rival.seller)) else {
                continue;
            };
            if seller.local && seller.home != city {
                continue;
            }
            lines.push(Line {
                price: rival.price_in(city),
                salt: seller.salt,
                who: Who::Rival(at),
            });
        }
        for (at, own) in self.own.iter().enumerate() {
            if let (true, Some(price)) = (own.sells(), own.price_in(city)) {
                let salt = own
                    .offer
                    .wrapping_mul(0x9E37_79B9)
                    .wrapping_add(u32::from(own.shop));
                lines.push(Line {
                    price,
                    salt,
                    who: Who::Own(at),
                });
            }
        }
        lines.sort_unstable_by_key(|line| (line.price, line.salt));
        lines
    }

    /// Books the time since the last settling to the places held then, and notes the places held now.
    pub fn settle(&mut self, now: Timestamp, sellers: &[Seller]) {
        if self.own.is_empty() {
            self.settled = now;
            return;
        }
        let passed = now.since(self.settled).as_micros().max(0);
        self.settled = now;
        let mut places = Vec::with_capacity(self.own.len());
        for (at, own) in self.own.iter().enumerate() {
            let ladder = self.ladder(own.home, sellers);
            let visible = ladder.iter().any(|line| line.who == Who::Own(at));
            let first = ladder.first().is_some_and(|line| line.who == Who::Own(at));
            places.push((visible, first));
        }
        for (own, (visible, first)) in self.own.iter_mut().zip(places) {
            own.visible_us += if own.visible { passed } else { 0 };
            own.first_us += if own.first { passed } else { 0 };
            own.visible = visible;
            own.first = first;
        }
    }

    /// The present rival of this seller.
    pub fn rival_of(&self, seller: u32) -> Option<usize> {
        self.rivals
            .iter()
            .position(|rival| rival.present && rival.seller == seller)
    }
}
