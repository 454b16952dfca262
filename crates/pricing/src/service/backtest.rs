//! What another rule would have done with the market that was seen here.

use crate::{
    Pricing, PricingError,
    backtest::{self, Comparison, Replay},
    engine,
    model::{Level, Observation, OfferFacts, SellerUid, Settings, resolve},
    service::OfferRule,
    store::{records, upkeep},
};
use sauda_accounts::Scope;
use sauda_kernel::{OfferId, RuleId, Span, Timestamp};

/// The comparison of one offer.
#[derive(Debug, Clone)]
pub struct OfferBacktest {
    pub offer: OfferId,
    pub city_id: String,
    pub comparison: Comparison,
}

/// Days that are replayed.
const DAYS: i64 = 30;
/// Offers of a rule that stand for all of them.
const MOST_OFFERS: i64 = 25;
/// A market that stood still is shown to the rule this often.
const REPEAT: Span = Span::from_hours(3);

impl Pricing {
    /// Tries a rule's settings on an offer's last thirty days against today's rule. Writes nothing.
    ///
    /// # Errors
    /// When there is no such offer, or the settings cannot be followed.
    pub async fn backtest_offer(
        &self,
        scope: &Scope,
        offer: &OfferId,
        city: &str,
        tried: &OfferRule,
        named: Option<&Settings>,
    ) -> Result<OfferBacktest, PricingError> {
        let now = self.clock.now();
        let facts = self.catalog.offer(scope, offer).await?;
        let own = self.rule_of(&facts).await?;
        let shop = self.shop_settings(scope, &facts.shop).await?;
        let seller = self.catalog.shop(scope, &facts.shop).await?.uid;
        let rule = match &own.rule {
            Some(id) => self.rule(scope, id).await.ok(),
            None => None,
        };
        let (today, _) = own.effective(&shop, rule.as_ref(), now);
        let level = tried.level(now);
        let mut levels = vec![(Level::Shop, &shop.settings)];
        if let Some(named) = named.or(rule.as_ref().map(|rule| &rule.settings)) {
            levels.push((Level::Rule, named));
        }
        levels.push((Level::Offer, &level));
        let (tried_rule, _) = resolve(&levels);
        let problems = tried_rule.problems();
        if !problems.is_empty() {
            return Err(PricingError::Rule(problems));
        }
        let cost = self.cost_of(scope, &facts, tried.cost, &shop.economics).await?;
        let parts = cost.map(|cost| cost.parts);
        let floors = engine::floors(parts.as_ref(), &tried_rule)?;
        let since = now.minus(Span::from_days(DAYS));
        let (observations, until) = spread(self.stored_observations(scope, offer, city, since).await?);
        let price = records::points(&self.db, offer, city, since)
            .await?
            .first()
            .and_then(|point| point.own);
        let seller = SellerUid::new(&seller).map_err(|_| PricingError::NotFound {
            what: "shop",
            id: seller,
        })?;
        let start = OfferFacts::new(seller, price);
        let replay = Replay {
            offer: &start,
            floors: &floors,
            parts: parts.as_ref(),
            sisters: &[],
            observations: &observations,
            curve: None,
            until: until.unwrap_or(now),
        };
        let comparison = tokio::task::block_in_place(|| backtest::compare(&replay, &today, &tried_rule));
        Ok(OfferBacktest {
            offer: offer.clone(),
            city_id: city.to_owned(),
            comparison,
        })
    }

    /// Tries changed settings of a named rule on some of the offers that use it.
    ///
    /// # Errors
    /// When there is no such rule, or the settings cannot be followed.
    pub async fn backtest_rule(
        &self,
        scope: &Scope,
        id: &RuleId,
        tried: &Settings,
    ) -> Result<Vec<OfferBacktest>, PricingError> {
        self.rule(scope, id).await?;
        let mut all = Vec::new();
        for (offer, city) in upkeep::places_of_rule(&self.db, scope, id, MOST_OFFERS).await? {
            let facts = self.catalog.offer(scope, &offer).await?;
            let own = self.rule_of(&facts).await?;
            all.push(
                self.backtest_offer(scope, &offer, &city, &own, Some(tried))
                    .await?,
            );
        }
        Ok(all)
    }
}

/// Stored observations stand from their first to their last sight: shown again and again in between.
fn spread(stored: Vec<records::StoredObservation>) -> (Vec<Observation>, Option<Timestamp>) {
    let until = stored.last().map(|last| last.to);
    let mut all = Vec::with_capacity(stored.len());
    for one in stored {
        let seen = one.observation;
        let mut at = seen.at().plus(REPEAT);
        let again = |at| Observation::new(at, seen.coverage(), Some(seen.total()), seen.rows().to_vec()).ok();
        let mut repeats = Vec::new();
        while at < one.to && repeats.len() < 1_000 {
            repeats.extend(again(at));
            at = at.plus(REPEAT);
        }
        all.push(seen);
        all.extend(repeats);
    }
    (all, until)
}
