//! Reads the storefront for watches under the read budget of each way out. No transaction is open meanwhile.

use crate::{Pricing, PricingError, model::Observation, store::watches::Watch};
use futures::{StreamExt, stream::FuturesUnordered};
use sauda_catalog::EgressPick;
use sauda_cluster::{BudgetKey, Limit};
use sauda_kernel::{Span, Timestamp};
use sauda_market::{CardOffers, CardQuestion, MarketError};
use std::{
    collections::VecDeque,
    hash::{DefaultHasher, Hash, Hasher},
    sync::Mutex,
    time::Instant,
};

/// Storefront reads: at most eight in any second an address; fifteen a second brought 403. Each read also keeps its distance
/// from the one before it, whoever makes it: the marketplace counts what arrives, and reads that leave together may meet those
/// of the next second on a slow line. A tenth more than the even share makes up for a line that is not even.
pub const STOREFRONT_READS: Limit = Limit::per(8, Span::from_secs(1)).and(1, Span::from_micros(137_500));

/// The same with another number a second; from fifty on, which only measuring uses, without the distance.
pub fn storefront_limit(per_second: u32) -> Limit {
    let limit = Limit::per(per_second, Span::from_secs(1));
    if !(1..50).contains(&per_second) {
        return limit;
    }
    limit.and(1, Span::from_micros(1_100_000 / i64::from(per_second)))
}

/// How long one turn begins new reads before it writes down what was read.
const TURN: Span = Span::from_secs(1);
/// Rows asked for: the most that the storefront gives.
const ROWS: u32 = 64;

/// What a read of one watch gave.
pub(crate) struct Read {
    pub watch: Watch,
    pub outcome: Result<Observation, MarketError>,
}

/// What a turn of reading gave.
pub(crate) struct Turn {
    pub reads: Vec<Read>,
    /// Watches for which there was no permit.
    pub unread: Vec<Watch>,
    /// When a permit for one of those is there.
    pub retry_at: Option<Timestamp>,
}

/// Reads these watches, sharing them over the ways out, for at most a [`TURN`].
pub(crate) async fn read_all(
    pricing: &Pricing,
    ways: &[EgressPick],
    limit: &Limit,
    watches: Vec<Watch>,
) -> Result<Turn, PricingError> {
    let waiting = Mutex::new(VecDeque::from(watches));
    let all = ways.iter().map(|way| read_by(pricing, way, limit, &waiting));
    let mut turn = Turn {
        reads: Vec::new(),
        unread: Vec::new(),
        retry_at: None,
    };
    let mut failed = None;
    for one in futures::future::join_all(all).await {
        if let Some(at) = one.retry_at {
            turn.retry_at = Some(turn.retry_at.map_or(at, |known| known.min(at)));
        }
        turn.reads.extend(one.reads);
        failed = failed.or(one.failed);
    }
    turn.unread = waiting.into_inner().map(Vec::from).unwrap_or_default();
    match failed {
        // What was read is kept, whatever failed beside it.
        Some(error) if turn.reads.is_empty() => Err(error),
        _ => Ok(turn),
    }
}

/// What one way out gave.
#[derive(Default)]
struct Line {
    reads: Vec<Read>,
    retry_at: Option<Timestamp>,
    failed: Option<PricingError>,
}

/// Reads by one way out: as many at once as there are permits, then one by one as permits come.
async fn read_by(
    pricing: &Pricing,
    way: &EgressPick,
    limit: &Limit,
    waiting: &Mutex<VecDeque<Watch>>,
) -> Line {
    let key = BudgetKey::new("storefront-reads", way.egress.name());
    let until = pricing.clock.now().plus(TURN);
    let mut line = Line::default();
    let mut health = Health::default();
    let mut flying = FuturesUnordered::new();
    loop {
        let wanted = waiting.lock().map(|waiting| waiting.len()).unwrap_or(0);
        if wanted == 0 || health.is_closed() {
            break;
        }
        let wanted = u32::try_from(wanted).unwrap_or(u32::MAX);
        let (granted, retry_at) = match pricing.cluster.take_up_to(&key, limit, wanted).await {
            Ok(answer) => answer,
            Err(error) => {
                line.failed = Some(PricingError::Cluster(error.to_string()));
                break;
            }
        };
        for _ in 0..granted {
            let Some(watch) = waiting.lock().ok().and_then(|mut waiting| waiting.pop_front()) else {
                break;
            };
            flying.push(read_one(pricing, way, watch));
        }
        let Some(at) = retry_at else { continue };
        let now = pricing.clock.now();
        if at > until || now >= until {
            line.retry_at = Some(at);
            break;
        }
        let permit = tokio::time::sleep(at.since(now).to_std());
        tokio::pin!(permit);
        loop {
            tokio::select! {
                () = &mut permit => break,
                Some((took, read)) = flying.next() => {
                    health.note(took, &read);
                    line.reads.push(read);
                }
            }
        }
        if pricing.clock.now() < at {
            // A clock that stands brings no permit, however long one waits.
            line.retry_at = Some(at);
            break;
        }
    }
    while let Some((took, read)) = flying.next().await {
        health.note(took, &read);
        line.reads.push(read);
    }
    if let Err(error) = health.keep(pricing, way).await {
        line.failed = line.failed.or(Some(error));
    }
    line
}

/// Reads one watch; with the milliseconds it took.
async fn read_one(pricing: &Pricing, way: &EgressPick, watch: Watch) -> (i64, Read) {
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
    /// Whether the marketplace does not want to be asked this way for now.
    fn is_closed(&self) -> bool {
        matches!(
            self.last,
            Some(MarketError::Blocked { .. } | MarketError::Throttled { .. })
        )
    }

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

#[cfg(test)]
mod tests {
    use super::*;
    use sauda_cluster::Cluster;
    use sauda_kernel::{Clock as _, PushedClock};
    use std::sync::Arc;

    #[tokio::test]
    async fn whoever_reads_no_second_gets_more_than_eight_even_on_an_uneven_line() {
        let clock = PushedClock::at(Timestamp::from_secs(1_000));
        let cluster = Cluster::memory(Arc::new(clock.clone()));
        let key = BudgetKey::new("storefront-reads", "direct");
        let limit = storefront_limit(8);
        assert_eq!(limit, STOREFRONT_READS);
        let (mut arrived, mut late) = (Vec::new(), 0_i64);
        for _ in 0..10_000 {
            let (granted, _) = cluster.take_up_to(&key, &limit, 64).await.unwrap();
            for _ in 0..granted {
                // A line that takes up to 90 ms longer now and then.
                late = (late * 31 + 17) % 90;
                arrived.push(clock.now().plus(Span::from_millis(late)));
            }
            clock.push(Span::from_millis(1));
        }
        assert_eq!(arrived.len(), 73, "7.3 a second");
        arrived.sort();
        for (first, ninth) in arrived.iter().zip(&arrived[8..]) {
            assert!(ninth.since(*first) >= Span::from_secs(1), "{first:?} {ninth:?}");
        }
    }
}
