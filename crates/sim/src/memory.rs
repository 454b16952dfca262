//! What sellers have at the market, kept in a file: open sessions, own offers with their prices and goods, orders. Refuses to keep the
//! rivals: they begin anew, as if they had moved while nobody looked.

use crate::{
    locks::{lock, read, write},
    sim::Sim,
    telegram, waha,
    world::{
        cities::CityIx,
        orders::{self, Order},
        shops::Availability,
    },
};
use anyhow::Context as _;
use sauda_kernel::{Clock as _, Timestamp};
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

/// How often a change is looked for.
const PACE: Duration = Duration::from_millis(500);

#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    /// Another world has other offers.
    world: [u64; 5],
    /// Accounts by the cookie of their session.
    sessions: BTreeMap<String, usize>,
    /// Offers by merchant id and sku.
    shops: BTreeMap<String, BTreeMap<String, KeptOffer>>,
    /// Orders but those of the past year, and up to when that year goes (microseconds).
    #[serde(default)]
    orders: Vec<Order>,
    #[serde(default)]
    past_until: Option<i64>,
    #[serde(default)]
    whatsapp: Vec<KeptLine>,
    /// Chats of people who pressed Start.
    #[serde(default)]
    telegram: Vec<i64>,
}

/// A line of the pretend WhatsApp; talks begin anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeptLine {
    pub name: String,
    pub config: serde_json::Value,
    /// Number and name of the linked phone.
    pub linked: Option<(String, String)>,
    pub runs: bool,
}

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct KeptOffer {
    on_sale: bool,
    everywhere: Option<u32>,
    city_prices: BTreeMap<CityIx, u32>,
    availabilities: Option<Vec<Availability>>,
}

/// The file, and what was last written into it.
pub(crate) struct Memory {
    path: PathBuf,
    last: String,
}

impl Memory {
    /// Takes back what the file holds, when it is of this world.
    ///
    /// # Errors
    /// When the file cannot be read or is damaged: it is named, and may be removed.
    pub fn open(path: &Path, sim: &Sim) -> anyhow::Result<Self> {
        let last = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(error).with_context(|| format!("cannot read {}", path.display())),
        };
        if !last.is_empty() {
            let kept: Kept = serde_json::from_str(&last)
                .with_context(|| format!("{} is damaged: remove it to begin anew", path.display()))?;
            if kept.world == world_of(sim) {
                take_back(sim, kept);
            }
        }
        Ok(Self {
            path: path.to_owned(),
            last,
        })
    }

    /// Writes when something changed: a whole file takes the place of the old one.
    fn save(&mut self, sim: &Sim) -> anyhow::Result<()> {
        let text = serde_json::to_string(&kept(sim))?;
        if text == self.last {
            return Ok(());
        }
        let beside = self.path.with_extension("new");
        if let Some(folder) = self.path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(&beside, &text)?;
        std::fs::rename(&beside, &self.path)?;
        self.last = text;
        Ok(())
    }
}

/// Keeps the file up with the world until it ends.
pub(crate) async fn remember(sim: Arc<Sim>, mut memory: Memory) {
    let mut ended = sim.ended.subscribe();
    loop {
        let over = tokio::time::timeout(PACE, ended.wait_for(|ended| *ended))
            .await
            .is_ok();
        let world = Arc::clone(&sim);
        let written = tokio::task::spawn_blocking(move || {
            let result = memory.save(&world);
            (memory, result)
        });
        let Ok((back, result)) = written.await else { return };
        if let Err(error) = result {
            tracing::warn!("the market's memory was not written: {error:#}");
        }
        if over {
            return;
        }
        memory = back;
    }
}

fn world_of(sim: &Sim) -> [u64; 5] {
    let options = &sim.options;
    [
        options.seed,
        options.cards.into(),
        options.sellers.into(),
        options.shops.into(),
        options.offers.into(),
    ]
}

fn kept(sim: &Sim) -> Kept {
    let offers = |shop: &crate::world::shops::Shop| {
        let state = read(&shop.state);
        let each = state.offers.iter().map(|offer| {
            let kept = KeptOffer {
                on_sale: offer.on_sale,
                everywhere: offer.everywhere,
                city_prices: offer.city_prices.clone(),
                availabilities: offer.availabilities.clone(),
            };
            (offer.sku.clone(), kept)
        });
        each.collect()
    };
    let (orders, past_until) = {
        let all = lock(&sim.orders);
        let until = all.past.as_ref().map(|past| past.until.as_micros());
        (all.own().to_vec(), until)
    };
    Kept {
        world: world_of(sim),
        sessions: sim.identity.sessions(),
        shops: sim
            .world
            .shops
            .iter()
            .map(|shop| (shop.uid.clone(), offers(shop)))
            .collect(),
        orders,
        past_until,
        whatsapp: sim.whatsapp.look(waha::Desk::kept),
        telegram: sim.telegram.look(telegram::Desk::kept),
    }
}

fn take_back(sim: &Sim, kept: Kept) {
    let (now, era) = (sim.clock.now(), sim.era());
    let salt = u64::try_from(now.as_micros()).unwrap_or_default();
    sim.identity.reopen(kept.sessions, sim.options.seed, salt);
    match kept.past_until {
        // The same year as when the file was begun: what was read of it stays true.
        Some(until) => sim.put_past(Timestamp::from_micros(until)),
        None => sim.forget_past(),
    }
    sim.wake_all(orders::remember(sim, kept.orders, now));
    sim.whatsapp.act(sim, now, |desk| desk.remember(kept.whatsapp));
    sim.telegram.act(sim, |desk| desk.remember(&kept.telegram));
    for (uid, offers) in kept.shops {
        let Some((at, shop)) = sim.world.shop(&uid) else {
            continue;
        };
        let mut known = Vec::with_capacity(offers.len());
        {
            let mut state = write(&shop.state);
            for (sku, kept) in offers {
                if let Some((offer_at, offer)) = state.find_mut(&sku) {
                    offer.on_sale = kept.on_sale;
                    offer.everywhere = kept.everywhere;
                    offer.city_prices = kept.city_prices;
                    offer.availabilities = kept.availabilities;
                    known.push(offer_at);
                }
            }
        }
        for offer_at in known {
            sim.wake_all(sim.world.show_offer(at, offer_at, now, era));
        }
    }
}
