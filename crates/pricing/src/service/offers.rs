//! An offer's own limits, cost, strategy, pin: changed by people, never overwriting each other.

use crate::{
    Pricing, PricingError,
    model::{Level, Strategy},
    service::{OfferRule, costs::Counting, rules::check, rules::check_price, strategy_word},
    store::{records, rules, upkeep, watches},
};
use sauda_accounts::Scope;
use sauda_catalog::CatalogOffer;
use sauda_kernel::{DecisionId, Money, OfferId, RuleId, Span, Tenge, Timestamp};
use sauda_store::Tx;

/// What to change of an offer: an absent member stays, an inner `None` clears.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OfferPatch {
    pub rule: Option<Option<RuleId>>,
    pub managed: Option<bool>,
    pub min: Option<Option<Tenge>>,
    pub max: Option<Option<Tenge>>,
    pub cost: Option<Option<Money>>,
    pub step: Option<Option<Tenge>>,
    pub strategy: Option<Option<Strategy>>,
    /// Price and until when.
    pub pin: Option<Option<(Tenge, Option<Timestamp>)>>,
    /// The other overrides, whole.
    pub settings: Option<crate::model::Settings>,
    /// A minimum under the cost floor was shown and confirmed.
    pub confirmed: bool,
}

/// A price that a person brought back stays so long before the bot goes on.
const UNDO_HOLDS: Span = Span::from_hours(24);

impl Pricing {
    /// An offer's own settings; blank before anybody set anything.
    ///
    /// # Errors
    /// When there is no such offer of this merchant.
    pub async fn offer_rule(&self, scope: &Scope, offer: &OfferId) -> Result<OfferRule, PricingError> {
        let found = self.catalog.offer(scope, offer).await?;
        self.rule_of(&found).await
    }

    pub(crate) async fn rule_of(&self, offer: &CatalogOffer) -> Result<OfferRule, PricingError> {
        let found = rules::offer_rules(&self.db, std::slice::from_ref(&offer.id))
            .await?
            .into_iter()
            .next();
        Ok(found.unwrap_or_else(|| OfferRule::blank(&offer.id, &offer.shop)))
    }

    /// Changes an offer. `expected` is the version that was shown.
    ///
    /// # Errors
    /// When a value is impossible, the minimum is under the cost floor and not confirmed, or somebody saved in between.
    pub async fn change_offer(
        &self,
        scope: &Scope,
        id: &OfferId,
        patch: &OfferPatch,
        expected: i64,
    ) -> Result<OfferRule, PricingError> {
        let offer = self.catalog.offer(scope, id).await?;
        let before = self.rule_of(&offer).await?;
        let economics = self.shop_settings(scope, &offer.shop).await?.economics;
        let goods = self.goods_of(scope, std::slice::from_ref(id)).await?;
        if let Some(Some(rule)) = &patch.rule {
            self.rule(scope, rule).await?;
        }
        let counting = Counting {
            goods: &goods,
            economics: &economics,
            now: self.clock.now(),
        };
        let new = self.patched(scope, (&offer, &before), patch, &counting)?;
        let mut tx = self.db.write().await?;
        self.save_patched(&mut tx, scope, &before, &new, expected).await?;
        tx.commit().await?;
        self.restate(scope, &offer.shop, std::slice::from_ref(id)).await?;
        self.check_offers_now(std::slice::from_ref(id)).await?;
        self.signal(&offer.shop, id.as_str()).await;
        self.rule_of(&offer).await
    }

    /// The settings after a patch, checked; nothing is written.
    pub(crate) fn patched(
        &self,
        scope: &Scope,
        (offer, before): (&CatalogOffer, &OfferRule),
        patch: &OfferPatch,
        counting: &Counting<'_>,
    ) -> Result<OfferRule, PricingError> {
        let mut new = before.clone();
        if let Some(rule) = &patch.rule {
            new.rule.clone_from(rule);
        }
        apply(&mut new, patch);
        check_price("min", new.min)?;
        check_price("max", new.max)?;
        check_price("step", new.step)?;
        check_price("price", new.pinned_price)?;
        if new
            .cost
            .is_some_and(|cost| cost < Money::ZERO || cost > crate::model::LARGEST_PRICE.money())
        {
            return Err(PricingError::Invalid {
                field: "cost",
                value: new.cost.map_or(0, Money::tiyn).to_string(),
                code: "price-range",
            });
        }
        check(&[(Level::Offer, &new.level(self.clock.now()))])?;
        let floor = match counting.of(offer, &new)? {
            Some(cost) => Some(sauda_economics::floor(&cost.parts)?),
            None => None,
        };
        if let (Some(min), Some(floor)) = (new.min, floor)
            && min < floor
            && !patch.confirmed
            && (patch.min.is_some() || patch.cost.is_some())
        {
            return Err(PricingError::MinBelowCost { min, floor });
        }
        if let (Some(price), Some(floor)) = (patch.pin.flatten().map(|(price, _)| price), floor.max(new.min))
            && price < floor
        {
            return Err(PricingError::BelowFloor { price, floor });
        }
        new.updated_by = scope.actor_name().to_owned();
        new.updated_at = self.clock.now();
        Ok(new)
    }

    pub(crate) async fn save_patched(
        &self,
        tx: &mut Tx,
        scope: &Scope,
        before: &OfferRule,
        new: &OfferRule,
        expected: i64,
    ) -> Result<(), PricingError> {
        if rules::save_offer_rules(&mut *tx, scope, &[(new, expected)])
            .await?
            .is_empty()
        {
            return Err(PricingError::ChangedMeanwhile {
                by: before.updated_by.clone(),
                now: summary(before),
            });
        }
        self.audit(
            tx,
            scope,
            "offer.changed",
            new.offer.as_str(),
            Some(summary(before)),
            Some(summary(new)),
        )
        .await
    }

    /// Brings back the price before a decision and holds it for a day.
    ///
    /// # Errors
    /// When there is no such decision, it changed nothing, or the old price is under the floor now.
    pub async fn undo(&self, scope: &Scope, decision: &DecisionId) -> Result<OfferRule, PricingError> {
        let kept = records::decision(&self.db, scope.merchant(), decision)
            .await?
            .ok_or_else(|| PricingError::NotFound {
                what: "decision",
                id: decision.to_string(),
            })?;
        let price = kept.before.ok_or(PricingError::UndoPassed)?;
        let rule = self.offer_rule(scope, &kept.offer).await?;
        let pin = Some(Some((price, Some(self.clock.now().plus(UNDO_HOLDS)))));
        self.change_offer(
            scope,
            &kept.offer,
            &OfferPatch {
                pin,
                ..OfferPatch::default()
            },
            rule.version,
        )
        .await
    }

    /// Asks for a check of these offers, soon.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn check_offers_now(&self, offers: &[OfferId]) -> Result<(), PricingError> {
        for part in offers.chunks(500) {
            let ids = upkeep::watches_of(&self.db, part).await?;
            watches::hurry(&self.db, &ids).await?;
        }
        Ok(())
    }
}

fn apply(new: &mut OfferRule, patch: &OfferPatch) {
    if let Some(managed) = patch.managed {
        new.managed = managed;
    }
    if let Some(min) = patch.min {
        new.min = min;
    }
    if let Some(max) = patch.max {
        new.max = max;
    }
    if let Some(cost) = patch.cost {
        new.cost = cost;
    }
    if let Some(step) = patch.step {
        new.step = step;
    }
    if let Some(settings) = &patch.settings {
        new.settings.clone_from(settings);
    }
    if let Some(strategy) = patch.strategy {
        new.settings.strategy = strategy;
        new.strategy = strategy.map(|strategy| strategy_word(strategy).to_owned());
    } else {
        new.strategy = new
            .settings
            .strategy
            .map(|strategy| strategy_word(strategy).to_owned());
    }
    if let Some(pin) = patch.pin {
        new.pinned_price = pin.map(|(price, _)| price);
        new.pinned_until = pin.and_then(|(_, until)| until);
    }
}

/// An offer's own settings on one line, for the audit and for "changed meanwhile".
pub(crate) fn summary(rule: &OfferRule) -> String {
    let price = |price: Option<Tenge>| price.map_or_else(|| "–".to_owned(), |price| price.to_string());
    let mut text = format!(
        "min {}, max {}, step {}",
        price(rule.min),
        price(rule.max),
        price(rule.step)
    );
    if let Some(cost) = rule.cost {
        text.push_str(&format!(", cost {}", cost.tenge_up()));
    }
    if let Some(strategy) = &rule.strategy {
        text.push_str(&format!(", {strategy}"));
    }
    if let Some(pin) = rule.pinned_price {
        text.push_str(&format!(", pinned {pin}"));
    }
    if !rule.managed {
        text.push_str(", manual");
    }
    text
}
