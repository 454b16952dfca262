//! Every price change that was asked for, with its times: what tests and people check us against. Refuses to judge floors.

use crate::{locks::lock, world::cities::CityIx};
use sauda_kernel::Timestamp;
use std::sync::Mutex;

/// How a change came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    Single,
    Batch,
}

/// One accepted change of one offer.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Job id given to the caller.
    pub job: String,
    pub door: Door,
    pub shop: u16,
    pub merchant: String,
    pub sku: String,
    pub requested: Timestamp,
    /// Cabinet changed.
    pub applied: Option<Timestamp>,
    /// Buyers see it.
    pub visible: Option<Timestamp>,
    /// Accepted and thrown away by a fault.
    pub lost: bool,
    /// Refused when applied (unknown sku and the like).
    pub refused: Option<&'static str>,
    /// Asks word for word the same as the accepted change of this sku before it.
    pub same_as_before: bool,
    pub change: Change,
}

/// What was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub everywhere: Option<u32>,
    pub city_prices: Vec<(CityIx, u32)>,
    /// None leaves points alone; a point left out gets stock 0.
    pub availabilities: Option<Vec<super::shops::Availability>>,
    /// Stock numbers in a batch: the offer is removed.
    pub poisoned: bool,
}

impl Change {
    /// The lowest price asked for.
    pub fn lowest(&self) -> Option<u32> {
        self.city_prices
            .iter()
            .map(|(_, price)| *price)
            .chain(self.everywhere)
            .min()
    }
}

/// The book of changes, append-only.
#[derive(Default)]
pub struct Ledger(Mutex<Book>);

#[derive(Default)]
struct Book {
    entries: Vec<Entry>,
    last: std::collections::HashMap<(u16, String), usize>,
}

impl Ledger {
    /// Writes an accepted change down and returns its position.
    pub fn accept(&self, mut entry: Entry) -> usize {
        let mut book = lock(&self.0);
        let at = book.entries.len();
        let before = book.last.insert((entry.shop, entry.sku.clone()), at);
        let before = before.and_then(|position| book.entries.get(position));
        entry.same_as_before = before.is_some_and(|earlier| earlier.change == entry.change);
        book.entries.push(entry);
        at
    }

    pub fn get(&self, at: usize) -> Option<Entry> {
        lock(&self.0).entries.get(at).cloned()
    }

    /// Notes what became of a change.
    pub fn mark(&self, at: usize, note: impl FnOnce(&mut Entry)) {
        if let Some(entry) = lock(&self.0).entries.get_mut(at) {
            note(entry);
        }
    }

    /// Changes from position `from` on, filtered; newest last.
    pub fn list(&self, merchant: Option<&str>, sku: Option<&str>, from: usize) -> Vec<(usize, Entry)> {
        let book = lock(&self.0);
        let wanted = |entry: &Entry| {
            merchant.is_none_or(|m| m == entry.merchant) && sku.is_none_or(|s| s == entry.sku)
        };
        book.entries
            .iter()
            .enumerate()
            .skip(from)
            .filter(|(_, e)| wanted(e))
            .map(|(at, e)| (at, e.clone()))
            .collect()
    }

    pub fn len(&self) -> usize {
        lock(&self.0).entries.len()
    }

    /// True before the first accepted change.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
