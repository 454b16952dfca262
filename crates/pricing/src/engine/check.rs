//! The check loop: due watches are taken, read, decided and written back. Several of these run beside each other.

use crate::{
    Pricing, PricingError,
    engine::{
        fetch::{self, Read, STOREFRONT_READS, Turn},
        keep::Batch,
        pace,
        subject::Subject,
    },
    float::float,
    model::{Coverage, Observation},
    plan::{Demand, multiplier_for},
    store::{
        context::{self, Loaded, PlaceRow},
        records,
        watches::{self, Watch},
    },
};
use sauda_catalog::{CatalogOffer, EgressPick, Shop};
use sauda_cluster::Limit;
use sauda_kernel::{ObservationId, OfferId, ShopId, Span, Timestamp, WatchId};
use std::{
    collections::{BTreeSet, HashMap},
    sync::Mutex,
};
use tokio_util::sync::CancellationToken;

/// How the loop runs.
#[derive(Debug, Clone)]
pub struct CheckerSettings {
    /// Names this process among others.
    pub owner: String,
    /// Watches taken at once.
    pub batch: i64,
    /// Reads allowed a way out.
    pub limit: Limit,
    /// How long a taken watch stays taken if this process dies.
    pub lease: Span,
    /// How long to wait when nothing is due.
    pub idle: Span,
}

impl CheckerSettings {
    pub fn new(owner: impl Into<String>) -> Self {
        Self {
            owner: owner.into(),
            batch: 64,
            limit: STOREFRONT_READS,
            lease: Span::from_secs(90),
            idle: Span::from_millis(500),
        }
    }
}

/// What one turn of the loop did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CheckReport {
    pub taken: usize,
    pub read: usize,
    pub failed: usize,
    pub places: usize,
    pub wishes: usize,
    /// When a permit for more reads is there; `None` when permits were enough.
    pub retry_at: Option<Timestamp>,
}

/// Shops and ways out change seldom: looked up anew after this.
const FACTS_LAST: Span = Span::from_secs(5);

/// Facts that every batch needs, kept for some seconds.
#[derive(Default)]
struct Facts {
    at: Option<Timestamp>,
    shops: HashMap<ShopId, Shop>,
    ways: Vec<EgressPick>,
}

/// Checks watches.
pub struct Checker {
    pricing: Pricing,
    settings: CheckerSettings,
    facts: Mutex<Facts>,
    shared: Mutex<pace::Shared>,
}

/// How often the price of a read is computed anew.
const REPLAN: Span = Span::from_mins(3);
/// Watches that stand for all when the price of a read is computed.
const SAMPLE: i64 = 4_000;

impl Checker {
    pub fn new(pricing: Pricing, settings: CheckerSettings) -> Self {
        Self {
            pricing,
            settings,
            facts: Mutex::default(),
            shared: Mutex::default(),
        }
    }

    /// Computes the price of a read from what all watches ask for, and keeps the shape of the week.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn replan(&self) -> Result<(), PricingError> {
        let pricing = &self.pricing;
        let now = pricing.clock.now();
        let (in_use, _, _) = watches::load(&pricing.db, now).await?;
        let ways = i64::try_from(self.facts(now).await?.1.len().max(1)).unwrap_or(1);
        let sample = watches::sample(&pricing.db, SAMPLE).await?;
        let first = self
            .shared
            .lock()
            .map(|shared| shared.multiplier == 1.0)
            .unwrap_or(false);
        let kept = if first {
            watches::knowledge(&pricing.db, pace::SHAPE).await?
        } else {
            None
        };
        if let Some(kept) = kept
            && let (Ok(shape), Ok(mut shared)) = (serde_json::from_str(&kept), self.shared.lock())
        {
            shared.shape = shape;
        }
        let text = {
            let Ok(mut shared) = self.shared.lock() else {
                return Ok(());
            };
            let demands: Vec<Demand> = sample
                .iter()
                .map(|(stats, value)| pace::demand(stats, *value, &shared.shape, now))
                .collect();
            // Nine tenths of the budget: the rest is for "check now" and for looking after changes.
            let per_second = i64::from(
                self.settings
                    .limit
                    .windows()
                    .next()
                    .map_or(8, |window| window.max),
            ) * ways;
            let share = float(i64::try_from(demands.len()).unwrap_or(1).max(1)) / float(in_use.max(1));
            let reads_per_hour = float(per_second) * 3_600.0 * 0.9 * share.min(1.0);
            if !demands.is_empty() {
                shared.multiplier = multiplier_for(&demands, reads_per_hour);
            }
            serde_json::to_string(&shared.shape).unwrap_or_default()
        };
        watches::keep_knowledge(&pricing.db, pace::SHAPE, &text, now).await?;
        Ok(())
    }

    /// Runs until told to stop; what is being read is finished first.
    pub async fn run(&self, stop: CancellationToken) {
        let mut planned: Option<Timestamp> = None;
        while !stop.is_cancelled() {
            let now = self.pricing.clock.now();
            if planned.is_none_or(|at| now.since(at) >= REPLAN) {
                if let Err(error) = self.replan().await {
                    tracing::warn!(
                        error = sauda_kernel::chain(&error),
                        "the plan of checks stays as it was"
                    );
                }
                planned = Some(now);
            }
            let wait = match self.turn().await {
                Ok(report) if report.taken == 0 => self.settings.idle,
                Ok(CheckReport {
                    retry_at: Some(at), ..
                }) => at
                    .since(self.pricing.clock.now())
                    .max(Span::from_millis(5))
                    .min(self.settings.idle),
                Ok(_) => continue,
                Err(error) => {
                    tracing::warn!(
                        error = sauda_kernel::chain(&error),
                        "checks wait: something does not answer"
                    );
                    Span::from_secs(2)
                }
            };
            tokio::select! {
                () = stop.cancelled() => {}
                () = tokio::time::sleep(wait.to_std()) => {}
            }
        }
    }

    /// One turn: takes what is due, reads it, writes what follows.
    ///
    /// # Errors
    /// When the database or the shared state does not answer; taken watches come back by themselves.
    pub async fn turn(&self) -> Result<CheckReport, PricingError> {
        let pricing = &self.pricing;
        let now = pricing.clock.now();
        let (shops, ways) = self.facts(now).await?;
        let taken = watches::claim(
            &pricing.db,
            &self.settings.owner,
            now,
            now.plus(self.settings.lease),
            self.settings.batch.min(self.readable(&ways)),
        )
        .await?;
        let mut report = CheckReport {
            taken: taken.len(),
            ..CheckReport::default()
        };
        if taken.is_empty() {
            return Ok(report);
        }
        let ids: Vec<WatchId> = taken.iter().map(|watch| watch.id.clone()).collect();
        let Turn {
            reads,
            unread,
            retry_at,
        } = match fetch::read_all(pricing, &ways, &self.settings.limit, taken).await {
            Ok(turn) => turn,
            Err(error) => {
                watches::release(&pricing.db, &ids, now.plus(Span::from_secs(5))).await?;
                return Err(error);
            }
        };
        if !unread.is_empty() {
            let ids: Vec<WatchId> = unread.iter().map(|watch| watch.id.clone()).collect();
            watches::release(&pricing.db, &ids, retry_at.unwrap_or(now)).await?;
            report.retry_at = Some(retry_at.unwrap_or_else(|| now.plus(self.settings.idle)));
        }
        report.read = reads.len();
        report.failed = reads.iter().filter(|read| read.outcome.is_err()).count();
        let batch = self.judge(reads, &shops).await?;
        report.places = batch.places.len() + batch.still.values().map(Vec::len).sum::<usize>();
        report.wishes = batch.wishes.len();
        let told: Vec<ShopId> = batch.shops.iter().cloned().collect();
        batch.write(pricing).await?;
        metrics::counter!("sauda_checks_total").increment(u64::try_from(report.read).unwrap_or(0));
        metrics::counter!("sauda_checks_failed_total").increment(u64::try_from(report.failed).unwrap_or(0));
        for shop in told {
            pricing.signal(&shop, "places").await;
        }
        Ok(report)
    }

    /// Watches that one turn can read at most: what has no permit would only be taken and given back.
    fn readable(&self, ways: &[EgressPick]) -> i64 {
        let each = self
            .settings
            .limit
            .windows()
            .next()
            .map_or(1, |window| window.max);
        i64::from(each).saturating_mul(i64::try_from(ways.len()).unwrap_or(1).max(1))
    }

    async fn facts(&self, now: Timestamp) -> Result<(HashMap<ShopId, Shop>, Vec<EgressPick>), PricingError> {
        if let Ok(known) = self.facts.lock()
            && known
                .at
                .is_some_and(|at| now.since(at) < FACTS_LAST && now.since(at) >= Span::ZERO)
        {
            return Ok((known.shops.clone(), known.ways.clone()));
        }
        let shops: HashMap<ShopId, Shop> = self
            .pricing
            .catalog
            .all_shops()
            .await?
            .into_iter()
            .map(|shop| (shop.id.clone(), shop))
            .collect();
        let ways = self.pricing.catalog.ways_out().await?;
        if let Ok(mut known) = self.facts.lock() {
            *known = Facts {
                at: Some(now),
                shops: shops.clone(),
                ways: ways.clone(),
            };
        }
        Ok((shops, ways))
    }

    async fn judge(&self, reads: Vec<Read>, shops: &HashMap<ShopId, Shop>) -> Result<Batch, PricingError> {
        let pricing = &self.pricing;
        let now = pricing.clock.now();
        let mut batch = Batch::default();
        let mut good: Vec<(Watch, Observation)> = Vec::with_capacity(reads.len());
        for read in reads {
            match read.outcome {
                Ok(seen) => good.push((read.watch, seen)),
                Err(error) => batch.watches.push(pace::after_failure(read.watch, &error, now)),
            }
        }
        let ids: Vec<WatchId> = good.iter().map(|(watch, _)| watch.id.clone()).collect();
        if ids.is_empty() {
            return Ok(batch);
        }
        let places = context::of_watches(&pricing.db, &ids).await?;
        let loaded = pricing.load_places(places, now).await?;
        let offers = self.offers(&loaded).await?;
        let mut by_watch: HashMap<&WatchId, Vec<&PlaceRow>> = HashMap::new();
        for place in &loaded.places {
            by_watch.entry(&place.watch).or_default().push(place);
        }
        let good: Vec<(Watch, Observation, i64)> = good
            .into_iter()
            .map(|(watch, seen)| {
                let print = fetch::fingerprint(&seen);
                (watch, seen, print)
            })
            .collect();
        let changed: Vec<&ObservationId> = good
            .iter()
            .filter(|(watch, _, print)| watch.fingerprint != Some(*print))
            .filter_map(|(watch, _, _)| watch.observation.as_ref())
            .collect();
        let stood = records::observations(&pricing.db, &changed).await?;
        for (mut watch, seen, print) in good {
            // An empty or partial answer is not remembered as the market: the last good one stands.
            let usable = seen.coverage() != Coverage::Partial && !seen.rows().is_empty();
            let observation = if usable {
                let before = watch.observation.as_ref().and_then(|id| stood.get(id));
                batch.note_observation(pricing, &mut watch, &seen, print, before)
            } else {
                watch.observation.clone()
            };
            let mut pace = pace::Pace::default();
            for place in by_watch.get(&watch.id).into_iter().flatten() {
                let Some(subject) = Subject::of(place, &loaded, &offers, shops, now)? else {
                    continue;
                };
                let key = (place.row.offer.clone(), place.row.city_id.clone());
                let recent = loaded.changes.get(&key).map_or(&[][..], Vec::as_slice);
                pace.note(&subject, recent, now);
                let after = batch.judge(pricing, &subject, &seen, recent, observation.as_ref());
                pace.note_move(&place.row, &after);
            }
            if let Ok(mut shared) = self.shared.lock() {
                batch
                    .watches
                    .push(pace.after_read(watch, usable, &mut shared, now));
            }
        }
        Ok(batch)
    }

    async fn offers(&self, loaded: &Loaded) -> Result<HashMap<OfferId, CatalogOffer>, PricingError> {
        let ids: BTreeSet<OfferId> = loaded
            .places
            .iter()
            .map(|place| place.row.offer.clone())
            .collect();
        let ids: Vec<OfferId> = ids.into_iter().collect();
        Ok(self
            .pricing
            .catalog
            .offers_by_ids(&ids)
            .await?
            .into_iter()
            .map(|offer| (offer.id.clone(), offer))
            .collect())
    }
}

impl Checker {
    /// The lowest price that may be sent for an offer in a city now.
    pub(crate) fn floor_of(
        loaded: &Loaded,
        offer: CatalogOffer,
        shop: Shop,
        city: &str,
        now: Timestamp,
    ) -> Result<sauda_kernel::Tenge, PricingError> {
        let missing = || PricingError::NotFound {
            what: "place",
            id: city.to_owned(),
        };
        let place = loaded
            .places
            .iter()
            .find(|place| place.row.city_id == city)
            .ok_or_else(missing)?;
        let offers = HashMap::from([(offer.id.clone(), offer)]);
        let shops = HashMap::from([(shop.id.clone(), shop)]);
        Ok(Subject::of(place, loaded, &offers, &shops, now)?
            .ok_or_else(missing)?
            .floor())
    }
}
