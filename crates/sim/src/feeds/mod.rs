//! The fetcher of price lists: asks a seller's address every hour, takes what is in order, takes off sale what is absent. Refuses to share a reader with our own.

mod apply;
mod http;
pub mod read;
mod scan;

use crate::{locks::lock, sim::Sim};
use sauda_kernel::{Clock, Span, Timestamp};
use serde_json::{Value, json};
use std::{collections::BTreeMap, sync::Arc, sync::Mutex, time::Duration};

/// As often as the guide says.
const EVERY: Span = Span::from_mins(60);
/// How often it is looked whether an hour has passed.
const TICK: Duration = Duration::from_millis(200);
/// Fetches remembered for each shop.
const REMEMBERED: usize = 50;

/// Addresses that sellers gave, by shop.
#[derive(Default)]
pub struct Feeds {
    shops: Mutex<BTreeMap<u16, Puller>>,
}

struct Puller {
    url: String,
    etag: Option<String>,
    next: Timestamp,
    pulls: Vec<Pull>,
}

/// One fetch and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pull {
    pub at: Timestamp,
    pub status: Option<u16>,
    /// `taken`, `unchanged`, `refused`, `no_answer`.
    pub outcome: &'static str,
    pub rows: usize,
    pub changed: usize,
    pub removed: usize,
    /// Articles that the marketplace does not know.
    pub unknown: Vec<String>,
    /// What is wrong: of the whole list, or of single offers.
    pub errors: Vec<String>,
}

impl Pull {
    fn nothing(at: Timestamp, status: Option<u16>, outcome: &'static str, errors: Vec<String>) -> Self {
        Self {
            at,
            status,
            outcome,
            rows: 0,
            changed: 0,
            removed: 0,
            unknown: Vec::new(),
            errors,
        }
    }

    pub fn to_json(&self) -> Value {
        json!({
            "at": self.at.rfc3339(), "status": self.status, "outcome": self.outcome, "rows": self.rows, "changed": self.changed,
            "removed": self.removed, "unknown": self.unknown, "errors": self.errors,
        })
    }
}

impl Feeds {
    /// Gives a shop's list an address; nothing takes it away. The first fetch is due at once.
    pub fn set(&self, shop: u16, url: Option<String>, now: Timestamp) {
        let mut shops = lock(&self.shops);
        match url {
            None => {
                shops.remove(&shop);
            }
            Some(url) => {
                shops.insert(
                    shop,
                    Puller {
                        url,
                        etag: None,
                        next: now,
                        pulls: Vec::new(),
                    },
                );
            }
        }
    }

    fn due(&self, now: Timestamp) -> Vec<u16> {
        let shops = lock(&self.shops);
        let due = shops.iter().filter(|(_, puller)| puller.next <= now);
        due.map(|(shop, _)| *shop).collect()
    }

    /// What every shop's fetches came to, newest last.
    pub fn to_json(&self, sim: &Sim) -> Value {
        let shops = lock(&self.shops);
        let all: Vec<Value> = shops
            .iter()
            .map(|(shop, puller)| {
                let uid = sim
                    .world
                    .shops
                    .get(usize::from(*shop))
                    .map(|shop| shop.uid.clone());
                json!({
                    "shop": uid, "url": puller.url, "next": puller.next.rfc3339(),
                    "pulls": puller.pulls.iter().map(Pull::to_json).collect::<Vec<_>>(),
                })
            })
            .collect();
        json!({ "feeds": all })
    }
}

/// Fetches what is due until the world ends.
pub async fn run(sim: Arc<Sim>) {
    let mut ended = sim.ended.subscribe();
    loop {
        if let Ok(Ok(_)) = tokio::time::timeout(TICK, ended.wait_for(|ended| *ended)).await {
            return;
        }
        for shop in sim.feeds.due(sim.clock.now()) {
            tokio::select! {
                _ = ended.wait_for(|ended| *ended) => return,
                _ = pull(&sim, shop) => {}
            }
        }
    }
}

/// Fetches a shop's list now. Nothing when it has no address.
pub async fn pull(sim: &Sim, shop: u16) -> Option<Pull> {
    let now = sim.clock.now();
    let (url, etag) = {
        let mut shops = lock(&sim.feeds.shops);
        let puller = shops.get_mut(&shop)?;
        puller.next = now.plus(EVERY);
        (puller.url.clone(), puller.etag.clone())
    };
    let uid = sim.world.shops.get(usize::from(shop))?.uid.clone();
    let answer = http::get(&url, etag.as_deref()).await;
    let (pull, etag) = match answer {
        None => (
            Pull::nothing(now, None, "no_answer", vec!["nobody answers".to_owned()]),
            None,
        ),
        Some(answer) if answer.status == 304 => {
            (Pull::nothing(now, Some(304), "unchanged", Vec::new()), None)
        }
        Some(answer) if answer.status != 200 => {
            let error = format!("status {}", answer.status);
            (
                Pull::nothing(now, Some(answer.status), "refused", vec![error]),
                None,
            )
        }
        Some(answer) => match read::read(&answer.body, &uid) {
            Err(error) => (Pull::nothing(now, Some(200), "refused", vec![error]), None),
            Ok(list) => (apply::apply(sim, shop, &list, now), answer.etag),
        },
    };
    let mut shops = lock(&sim.feeds.shops);
    let puller = shops.get_mut(&shop)?;
    puller.etag = etag.or_else(|| puller.etag.take());
    if puller.pulls.len() >= REMEMBERED {
        puller.pulls.remove(0);
    }
    puller.pulls.push(pull.clone());
    Some(pull)
}
