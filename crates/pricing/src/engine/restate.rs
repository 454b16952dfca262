//! Lets the board say what people set, before a card is read again: limits, strategy, rule, floor and profit. A few offers at
//! once, many by a job that was asked for in the transaction of the change. Refuses to decide a price.

use crate::{
    Pricing, PricingError,
    board::BoardRow,
    engine::subject::Subject,
    service::strategy_word,
    store::{context, upkeep},
};
use async_trait::async_trait;
use sauda_accounts::Scope;
use sauda_catalog::CatalogError;
use sauda_jobs::{Handler, JobContext, JobError, NewJob, Outcome};
use sauda_kernel::{MerchantId, OfferId, ShopId, Tenge};
use sauda_store::Tx;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Offers restated at once, and the most that a person waits for.
const PART: usize = 500;
/// The job that restates a shop.
const RESTATE: &str = "pricing.restate";

/// Which shop.
#[derive(Debug, Serialize, Deserialize)]
struct RestateShop {
    merchant: MerchantId,
    shop: ShopId,
}

impl Pricing {
    /// Restates some offers of a shop.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn restate(
        &self,
        scope: &Scope,
        shop: &ShopId,
        offers: &[OfferId],
    ) -> Result<(), PricingError> {
        let now = self.clock.now();
        let shops = HashMap::from([(shop.clone(), self.catalog.shop(scope, shop).await?)]);
        for part in offers.chunks(PART) {
            let places = context::of_offers(&self.db, part).await?;
            let loaded = self.load_places(places, now).await?;
            let found: HashMap<_, _> = self
                .catalog
                .offers_by_ids(part)
                .await?
                .into_iter()
                .map(|offer| (offer.id.clone(), offer))
                .collect();
            let mut rows = Vec::with_capacity(loaded.places.len());
            for place in &loaded.places {
                let Some(subject) = Subject::of(place, &loaded, &found, &shops, now)? else {
                    continue;
                };
                let mut row = place.row.clone();
                state_settings(&mut row, &subject, None);
                if row != place.row {
                    rows.push(row);
                }
            }
            let mut tx = self.db.write().await?;
            for part in rows.chunks(PART) {
                context::restate(&mut tx, part).await?;
            }
            tx.commit().await?;
        }
        Ok(())
    }

    /// Asks, in the transaction that changes settings, for all offers of a shop to be restated: a crash after it loses nothing.
    pub(crate) async fn restate_later(
        &self,
        tx: &mut Tx,
        scope: &Scope,
        shop: &ShopId,
    ) -> Result<(), PricingError> {
        let which = RestateShop {
            merchant: scope.merchant().clone(),
            shop: shop.clone(),
        };
        let job = NewJob::new(RESTATE, 1, &which, self.clock.now())
            .merchant(scope.merchant())
            .dedupe(format!("{RESTATE}:{shop}"))
            .attempts(8);
        self.jobs.enqueue(tx, job).await.map_err(PricingError::Jobs)?;
        Ok(())
    }

    /// Restates a small shop, so that the next page says it already; a large one waits for the job.
    pub(crate) async fn restate_small_shop(&self, scope: &Scope, shop: &ShopId) -> Result<(), PricingError> {
        let offers = upkeep::placed_after(&self.db, shop, "", PART).await?;
        if offers.len() < PART {
            self.restate(scope, shop, &offers).await?;
        }
        Ok(())
    }

    /// Restates some offers when they are few; many wait for the job.
    pub(crate) async fn restate_few(
        &self,
        scope: &Scope,
        shop: &ShopId,
        offers: &[OfferId],
    ) -> Result<(), PricingError> {
        if offers.len() <= PART {
            self.restate(scope, shop, offers).await?;
        }
        Ok(())
    }
}

/// Restates every offer of a shop.
pub struct RestateJob(pub Pricing);

#[async_trait]
impl Handler for RestateJob {
    fn name(&self) -> &'static str {
        RESTATE
    }

    async fn run(&self, context: &JobContext) -> Result<Outcome, JobError> {
        let RestateShop { merchant, shop } = context.payload()?;
        let scope = Scope::system(merchant, "restate a shop");
        let pricing = &self.0;
        let failed = |error: PricingError| JobError::from_failure(&error);
        let all = upkeep::placed(&pricing.db, &shop)
            .await
            .map_err(|error| failed(error.into()))?;
        let (mut after, mut done) = (String::new(), 0);
        loop {
            let offers = upkeep::placed_after(&pricing.db, &shop, &after, PART)
                .await
                .map_err(|error| failed(error.into()))?;
            let Some(last) = offers.last() else { break };
            last.as_str().clone_into(&mut after);
            match pricing.restate(&scope, &shop, &offers).await {
                Ok(()) => {}
                Err(PricingError::Catalog(CatalogError::NotFound { .. })) => break,
                Err(error) => return Err(failed(error)),
            }
            done += u64::try_from(offers.len()).unwrap_or(0);
            context.progress(done, all.max(done)).await;
        }
        pricing.signal(&shop, "bulk").await;
        Ok(Outcome::Done)
    }
}

/// What follows from the settings alone. `floor` is the one that a decision found, if there was one.
pub(crate) fn state_settings(row: &mut BoardRow, subject: &Subject<'_>, floor: Option<Tenge>) {
    row.floor = floor.or_else(|| Some(subject.floor()).filter(|floor| *floor > Tenge::ZERO));
    let earned = match (row.price, &subject.parts) {
        (Some(price), Some(parts)) => sauda_economics::unit(price, parts).ok(),
        _ => None,
    };
    row.profit = earned.as_ref().map(|parts| parts.profit);
    row.margin = earned.as_ref().map(|parts| parts.profit.share_of(parts.price));
    row.strategy = strategy_word(subject.rule.strategy).to_owned();
    row.rule.clone_from(&subject.named);
    row.min = subject.rule.min;
    row.max = subject.rule.max;
}
