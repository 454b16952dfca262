//! Reads the storefront for watches under the read budget of each way out. No transaction is open meanwhile.

use crate::{Pricing, PricingError, model::Observation, store::watches::Watch};
use futures::{StreamExt, stream::FuturesUnordered};
use sauda_catalog::EgressPick;
use sauda_cluster::{BudgetKey, Limit};
use sauda_kernel::{Span, Timestamp};
use sauda_market::{CardOffers, CardQuestion, MarketError};
use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    time::{Duration, Instant},
};

/// Storefront reads: at most eight in any second an address; fifteen a second brought 403.
pub const STOREFRONT_READS: Limit = Limit::per(8, Span::from_secs(1));
/// The same with another number a second, for measuring against the simulator.
pub const fn storefront_limit(per_second: u32) -> Limit {
    Limit::per(per_second, Span::from_secs(1))
}

/// Shorter waits are not worth a timer.
const SHORTEST_SPACING: Duration = Duration::from_millis(2);
/// Rows asked for: the most that the storefront gives.
const ROWS: u32 = 64;

/// What a read of one watch gave.
pub(crate) struct Read {
    pub watch: Watch,
    pub outcome: Result<Observation, MarketError>,
}

/// Reads these watches, sharing them over the ways out; those without a permit come back unread with the moment to retry.
pub(crate) async fn read_all(
    pricing: &Pricing,
    ways: &[EgressPick],
    limit: &Limit,
    watches: Vec<Watch>,
) -> Result<(Vec<Read>, Vec<Watch>, Option<Timestamp>), PricingError> {
    let mut waiting = watches;
    let mut flying = FuturesUnordered::new();
    let mut retry: Option<Timestamp> = None;
    for way in ways {
        if waiting.is_empty() {
            break;
        }
        let key = BudgetKey::new("storefront-reads", way.egress.name());
        let wanted = u32::try_from(waiting.len()).unwrap_or(u32::MAX);
        let (granted, retry_at) = pricing
            .cluster
            .take_up_to(&key, limit, wanted)
            .await
            .map_err(|error| PricingError::Cluster(error.to_string()))?;
        if let Some(at) = retry_at {
            retry = Some(retry.map_or(at, |known| known.min(at)));
        }
        let rest = waiting.split_off(usize::try_from(granted).unwrap_or(0).min(waiting.len()));
        let apart = spacing(limit);
        for (place, watch) in std::mem::replace(&mut waiting, rest).into_iter().enumerate() {
            let delay = apart.saturating_mul(u32::try_from(place).unwrap_or(u32::MAX));
            flying.push(read_one(pricing, way, watch, delay));
        }
    }
    let mut reads = Vec::with_capacity(flying.len());
    let mut health: HashMap<usize, Health> = HashMap::new();
    while let Some((way, took, read)) = flying.next().await {
        let place = ways.iter().position(|one| one.egress == way.egress).unwrap_or(0);
        health.entry(place).or_default().note(took, &read);
        reads.push(read);
    }
    drop(flying);
    for (place, seen) in health {
        if let Some(way) = ways.get(place) {
            seen.keep(pricing, way).await?;
        }
    }
    Ok((reads, waiting, retry))
}

/// How far apart reads of one way out begin. Permits of a second come together; requests that left together may meet those of
/// the next second on a slow line, and the marketplace counts what arrives.
fn spacing(limit: &Limit) -> Duration {
    let apart = limit
        .windows()
        .map(|window| window.per.to_std() / window.max.max(1))
        .max()
        .unwrap_or_default();
    if apart < SHORTEST_SPACING {
        Duration::ZERO
    } else {
        apart
    }
}

async fn read_one<'a>(
    pricing: &'a Pricing,
    way: &'a EgressPick,
    watch: Watch,
    delay: Duration,
) -> (&'a EgressPick, i64, Read) {
    if !delay.is_zero() {
        tokio::time::sleep(delay).await;
    }
    let started = Instant::now();
    let question = CardQuestion {
        card: watch.card.clone(),
        city_id: watch.city_id.clone(),
        page: 0,
        limit: ROWS,
    };
    let answer = pricing.catalog.market().card_offers(&way.egress, &question).await;
    let took = i64::try_from(started.elapsed().as_millis()).unwrap_or(i64::MAX);
    let at = pricing.clock.now();
    (
        way,
        took,
        Read {
            watch,
            outcome: answer.map(|offers| observe(&question, &offers, at)),
        },
    )
}

/// Makes an observation; one that lacks rows that were promised is partial. Second rows of one seller count once.
fn observe(question: &CardQuestion, answer: &CardOffers, at: Timestamp) -> Observation {
    let twice = i64::try_from(answer.duplicates.len()).unwrap_or(0);
    Observation::from_market(
        at,
        &answer.offers,
        answer.total.saturating_sub(twice),
        answer.is_partial(question),
    )
}

/// A number that changes when the market does.
pub(crate) fn fingerprint(seen: &Observation) -> i64 {
    let mut hasher = DefaultHasher::new();
    seen.total().hash(&mut hasher);
    for row in seen.rows() {
        row.seller.hash(&mut hasher);
        row.price.hash(&mut hasher);
        row.rating_milli.hash(&mut hasher);
        row.delivery_days.hash(&mut hasher);
        row.preorder_days.hash(&mut hasher);
    }
    i64::from_ne_bytes(hasher.finish().to_ne_bytes())
}

/// How one way out did in a batch.
#[derive(Default)]
struct Health {
    answered: i64,
    milliseconds: i64,
    failed: i64,
    last: Option<MarketError>,
}

impl Health {
    fn note(&mut self, took: i64, read: &Read) {
        match &read.outcome {
            Ok(_) => {
                self.answered += 1;
                self.milliseconds += took;
            }
            Err(error) => {
                self.failed += 1;
                self.last = Some(error.clone());
            }
        }
    }

    /// A blocked address rests: asking on would only prolong it.
    async fn keep(self, pricing: &Pricing, way: &EgressPick) -> Result<(), PricingError> {
        if self.answered > 0 {
            pricing
                .catalog
                .proxy_answered(way, self.answered, self.milliseconds / self.answered)
                .await?;
        }
        let Some(error) = self.last else { return Ok(()) };
        let wait = match &error {
            MarketError::Blocked { .. } => Some(Span::from_secs(15)),
            MarketError::Throttled { wait } => Some(*wait),
            _ => None,
        };
        if let Some(wait) = wait {
            let key = BudgetKey::new("storefront-reads", way.egress.name());
            let until = pricing.clock.now().plus(wait);
            pricing
                .cluster
                .block(&key, until)
                .await
                .map_err(|error| PricingError::Cluster(error.to_string()))?;
        }
        pricing.catalog.proxy_failed(way, &error, self.failed).await?;
        Ok(())
    }
}
