//! What came in and what was done with it, as plain sums. Refuses to be a time series.

use crate::locks::lock;
use serde_json::{Map, Value, json};
use std::{
    collections::BTreeMap,
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

/// Sums since the start or the last reset.
#[derive(Default)]
pub struct Counters {
    pub offers_answered: AtomicU64,
    pub storefront_reads: AtomicU64,
    pub storefront_refused: AtomicU64,
    /// Times an address crossed the read limit.
    pub read_violations: AtomicU64,
    pub cabinet_calls: AtomicU64,
    pub cabinet_refused: AtomicU64,
    pub changes_accepted: AtomicU64,
    pub changes_refused: AtomicU64,
    /// Times a shop crossed a change limit.
    pub change_violations: AtomicU64,
    pub sign_ins: AtomicU64,
    pub rival_moves: AtomicU64,
    pub visits: AtomicU64,
    pub sales: AtomicU64,
    pub own_sales: AtomicU64,
    pub faults: AtomicU64,
    by_route: Mutex<BTreeMap<String, u64>>,
}

impl Counters {
    /// Adds one to a counter.
    pub fn add(counter: &AtomicU64) {
        counter.fetch_add(1, Ordering::Relaxed);
    }

    /// Notes an answer of a route that is not the hot one: `GET /s/m 401`.
    pub fn route(&self, route: &str, status: u16) {
        *lock(&self.by_route)
            .entry(format!("{route} {status}"))
            .or_insert(0) += 1;
    }

    fn each(&self) -> [(&'static str, &AtomicU64); 15] {
        [
            ("offers_answered", &self.offers_answered),
            ("storefront_reads", &self.storefront_reads),
            ("storefront_refused", &self.storefront_refused),
            ("read_violations", &self.read_violations),
            ("cabinet_calls", &self.cabinet_calls),
            ("cabinet_refused", &self.cabinet_refused),
            ("changes_accepted", &self.changes_accepted),
            ("changes_refused", &self.changes_refused),
            ("change_violations", &self.change_violations),
            ("sign_ins", &self.sign_ins),
            ("rival_moves", &self.rival_moves),
            ("visits", &self.visits),
            ("sales", &self.sales),
            ("own_sales", &self.own_sales),
            ("faults", &self.faults),
        ]
    }

    pub fn to_json(&self) -> Value {
        let mut all = Map::new();
        for (name, counter) in self.each() {
            all.insert(name.to_owned(), json!(counter.load(Ordering::Relaxed)));
        }
        all.insert("routes".to_owned(), json!(*lock(&self.by_route)));
        Value::Object(all)
    }

    pub fn reset(&self) {
        for (_, counter) in self.each() {
            counter.store(0, Ordering::Relaxed);
        }
        lock(&self.by_route).clear();
    }
}
