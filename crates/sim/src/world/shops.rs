//! Own shops as their cabinet knows them: points, offers, history of changes. Refuses to know what buyers see.

use crate::world::cities::CityIx;
use sauda_kernel::{Span, Timestamp};
use std::{
    collections::{BTreeMap, HashMap},
    sync::RwLock,
};

/// A shop that can be signed into.
pub struct Shop {
    /// Merchant id, digits.
    pub uid: String,
    pub name: String,
    pub name_json: String,
    pub token: String,
    pub rating: Option<u8>,
    pub reviews: u32,
    pub home: CityIx,
    pub state: RwLock<ShopState>,
}

/// What moves in a shop.
pub struct ShopState {
    pub points: Vec<Point>,
    pub offers: Vec<OwnOffer>,
    pub by_sku: HashMap<String, u32>,
}

/// A place from which goods are handed over.
#[derive(Debug, Clone)]
pub struct Point {
    /// Short code: `PP1`.
    pub code: String,
    pub city: CityIx,
    pub enabled: bool,
    /// Digits, invented.
    pub phone: String,
}

/// One own offer in the cabinet.
#[derive(Debug, Clone)]
pub struct OwnOffer {
    /// Merchant sku.
    pub sku: String,
    /// Position of the card.
    pub card: u32,
    /// 24 hexadecimal digits.
    pub offer_id: String,
    pub on_sale: bool,
    /// Price of all cities that have none of their own; none when prices are per city.
    pub everywhere: Option<u32>,
    pub city_prices: BTreeMap<CityIx, u32>,
    /// None on offers without goods at any point.
    pub availabilities: Option<Vec<Availability>>,
    /// Points the offer was last listed at.
    pub points: Vec<String>,
    pub updates: Vec<Update>,
    pub updated_at: Timestamp,
    pub archived_at: Option<Timestamp>,
    pub edition_deadline: Option<Timestamp>,
    pub error: Option<&'static str>,
    /// What the last job did, for the protocol.
    pub protocol: Option<Protocol>,
    pub sold: u32,
    pub revenue: u64,
}

/// Goods of an offer at one point.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Availability {
    /// Short point code.
    pub point: String,
    pub available: bool,
    /// Days.
    pub pre_order: u8,
    /// None = not counted.
    pub stock: Option<u32>,
}

/// A line of an offer's history.
#[derive(Debug, Clone)]
pub struct Update {
    pub operation: &'static str,
    pub by: String,
    pub at: Timestamp,
}

/// What became of the last job of an offer.
#[derive(Debug, Clone)]
pub struct Protocol {
    pub job: String,
    pub status: &'static str,
    pub at: Timestamp,
    pub errors: Vec<&'static str>,
}

impl OwnOffer {
    pub fn price_in(&self, city: CityIx) -> Option<u32> {
        self.city_prices.get(&city).copied().or(self.everywhere)
    }

    /// Smallest and largest price in any city; zeros without prices.
    pub fn price_range(&self) -> (u32, u32) {
        let mut prices: Vec<u32> = self.city_prices.values().copied().collect();
        prices.extend(self.everywhere);
        (
            prices.iter().min().copied().unwrap_or(0),
            prices.iter().max().copied().unwrap_or(0),
        )
    }

    /// Adds a line of history; the oldest go when there are more than 20.
    pub fn note(&mut self, operation: &'static str, by: &str, at: Timestamp) {
        if self.updates.len() >= 20 {
            self.updates.remove(0);
        }
        self.updates.push(Update {
            operation,
            by: by.to_owned(),
            at,
        });
        self.updated_at = at;
    }

    /// Takes the offer off sale, as the cabinet shows removed offers: no goods, no city prices, an error code.
    pub fn remove(&mut self, by: &str, at: Timestamp, error: &'static str) {
        if self.on_sale {
            self.note("REMOVE", by, at);
        }
        self.on_sale = false;
        self.archived_at = Some(at);
        self.availabilities = None;
        self.error = Some(error);
    }

    /// Takes one piece from the points that have it.
    pub fn take_one(&mut self, price: u32) {
        self.sold += 1;
        self.revenue += u64::from(price);
        for availability in self.availabilities.iter_mut().flatten() {
            if let (true, Some(stock @ 1..)) = (availability.available, availability.stock) {
                availability.stock = Some(stock - 1);
                availability.available = stock > 1;
                return;
            }
        }
    }

    /// Pieces left at all points; none when a point does not count.
    pub fn stock(&self) -> Option<u32> {
        let mut sum = 0_u32;
        for availability in self.availabilities.iter().flatten().filter(|one| one.available) {
            sum = sum.saturating_add(availability.stock?);
        }
        Some(sum)
    }
}

impl ShopState {
    pub fn find(&self, sku: &str) -> Option<(u32, &OwnOffer)> {
        let at = *self.by_sku.get(sku)?;
        self.offers
            .get(crate::numbers::place(at))
            .map(|offer| (at, offer))
    }

    pub fn find_mut(&mut self, sku: &str) -> Option<(u32, &mut OwnOffer)> {
        let at = *self.by_sku.get(sku)?;
        self.offers
            .get_mut(crate::numbers::place(at))
            .map(|offer| (at, offer))
    }

    pub fn point(&self, code: &str) -> Option<&Point> {
        self.points.iter().find(|point| point.code == code)
    }
}

/// When the cabinet promises a change to be applied.
pub fn edition_deadline(now: Timestamp) -> Timestamp {
    now.plus(Span::from_mins(2))
}

/// Strips `{uid}_` from a point's long name; short names pass.
pub fn short_point<'a>(uid: &str, store_id: &'a str) -> &'a str {
    store_id
        .strip_prefix(uid)
        .and_then(|rest| rest.strip_prefix('_'))
        .unwrap_or(store_id)
}
