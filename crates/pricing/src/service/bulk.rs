//! One change for many offers: previewed, applied whole, undone for a day.

use crate::{
    Pricing, PricingError,
    board::BoardFilter,
    model::{Settings, Strategy},
    service::{OfferPatch, OfferRule, offers::summary},
    store::{board, bulks, bulks::Bulk, rules},
};
use sauda_accounts::Scope;
use sauda_economics::ShopEconomics;
use sauda_kernel::{
    BasisPoints, BulkId, Failure, Money, OfferId, Public, RuleId, ShopId, Span, Tenge, Timestamp,
};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Which offers: named, or everything that a filter finds (the filter travels, not the ids).
#[derive(Debug, Clone)]
pub enum Selection {
    Offers(Vec<OfferId>),
    Filter(Box<BoardFilter>),
}

/// How a new limit comes about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Formula {
    Fixed(Tenge),
    /// Share of the limit as it stands: 10 500 is plus 5 %.
    OfCurrent(BasisPoints),
    /// Share of the own price.
    OfPrice(BasisPoints),
    /// Share of the purchase cost: 12 000 is cost × 1.2.
    OfCost(BasisPoints),
    /// The limit as it stands and so many tenge more, or less.
    Plus(i64),
    Clear,
}

/// What to do with each offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BulkAct {
    Min(Formula),
    Max(Formula),
    Step(Tenge),
    Strategy(Strategy),
    Rule(Option<RuleId>),
    /// Whether the bot keeps the price.
    Managed(bool),
    /// Stops the bot for the offer, or lets it go on.
    Paused(bool),
}

/// Before and after of one offer.
#[derive(Debug, Clone)]
pub struct BulkSample {
    pub offer: OfferId,
    pub title: String,
    pub sku: String,
    pub before: String,
    pub after: String,
    /// The same as it is kept.
    pub rule_before: OfferRule,
    pub rule_after: OfferRule,
}

/// One offer that cannot be changed, with why.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Refusal {
    pub sku: String,
    pub title: String,
    pub code: String,
    pub args: Vec<(String, String)>,
}

/// What would happen.
#[derive(Debug, Clone, Default)]
pub struct BulkPreview {
    pub samples: Vec<BulkSample>,
    pub changed: usize,
    pub unchanged: usize,
    pub refused: Vec<Refusal>,
}

/// The largest bulk change.
const MOST: i64 = 200_000;
/// How long it can be undone.
const UNDO_FOR: Span = Span::from_hours(24);

/// One offer's settings before a bulk change, kept for undoing.
#[derive(Serialize, Deserialize)]
struct Kept {
    offer: OfferId,
    version_after: i64,
    rule: Option<RuleId>,
    managed: bool,
    min: Option<Tenge>,
    max: Option<Tenge>,
    cost: Option<Money>,
    step: Option<Tenge>,
    strategy: Option<String>,
    settings: Settings,
    #[serde(default)]
    pinned_price: Option<Tenge>,
    /// Microseconds.
    #[serde(default)]
    pinned_until: Option<i64>,
}

/// A planned change of one offer.
pub(crate) struct Planned {
    pub before: OfferRule,
    pub after: OfferRule,
    pub title: String,
    pub sku: String,
}

impl Pricing {
    /// Says what a bulk change would do; writes nothing.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn bulk_preview(
        &self,
        scope: &Scope,
        shop: &ShopId,
        selection: &Selection,
        act: &BulkAct,
    ) -> Result<BulkPreview, PricingError> {
        let (planned, unchanged, refused) = self.plan(scope, shop, selection, act).await?;
        let samples = planned
            .iter()
            .take(5)
            .map(|one| BulkSample {
                offer: one.after.offer.clone(),
                title: one.title.clone(),
                sku: one.sku.clone(),
                before: summary(&one.before),
                after: summary(&one.after),
                rule_before: one.before.clone(),
                rule_after: one.after.clone(),
            })
            .collect();
        Ok(BulkPreview {
            samples,
            changed: planned.len(),
            unchanged,
            refused,
        })
    }

    /// Applies a bulk change in one transaction; those refused are kept with their reasons.
    ///
    /// # Errors
    /// When the database does not answer; nothing is changed then.
    pub async fn bulk_apply(
        &self,
        scope: &Scope,
        shop: &ShopId,
        selection: &Selection,
        act: &BulkAct,
    ) -> Result<Bulk, PricingError> {
        let (planned, unchanged, refused) = self.plan(scope, shop, selection, act).await?;
        let act = serde_json::to_string(act).unwrap_or_default();
        self.apply_planned(scope, shop, &act, planned, unchanged, refused)
            .await
    }

    /// Writes planned changes with what is needed to undo them.
    pub(crate) async fn apply_planned(
        &self,
        scope: &Scope,
        shop: &ShopId,
        act: &str,
        planned: Vec<Planned>,
        unchanged: usize,
        mut refused: Vec<Refusal>,
    ) -> Result<Bulk, PricingError> {
        let now = self.clock.now();
        let id: BulkId = self.id();
        let mut kept = Vec::with_capacity(planned.len());
        let mut touched = Vec::with_capacity(planned.len());
        let mut tx = self.db.write().await?;
        for part in planned.chunks(rules::MOST_AT_ONCE) {
            let new: Vec<(&OfferRule, i64)> =
                part.iter().map(|one| (&one.after, one.before.version)).collect();
            let saved = rules::save_offer_rules(&mut tx, scope, &new).await?;
            for one in part {
                if saved.contains(&one.after.offer) {
                    touched.push(one.after.offer.clone());
                    kept.push(keep(&one.before, one.before.version + 1));
                } else {
                    refused.push(refusal(&one.sku, &one.title, &Public::new("changed-meanwhile")));
                }
            }
        }
        let bulk = Bulk {
            id,
            shop: shop.clone(),
            act: act.to_owned(),
            by: scope.actor_name().to_owned(),
            at: now,
            changed: count(kept.len()),
            unchanged: count(unchanged),
            refused: count(refused.len()),
            undo_until: now.plus(UNDO_FOR),
            undone_at: None,
        };
        let before = serde_json::to_vec(&kept).unwrap_or_default();
        let refusals = serde_json::to_vec(&refused).unwrap_or_default();
        bulks::insert(&mut tx, scope, &bulk, &before, &refusals).await?;
        self.audit(
            &mut tx,
            scope,
            "offers.bulk",
            bulk.id.as_str(),
            None,
            Some(format!("{act}: {} changed", bulk.changed)),
        )
        .await?;
        self.restate_later(&mut tx, scope, shop).await?;
        tx.commit().await?;
        self.restate_few(scope, shop, &touched).await?;
        self.check_offers_now(&touched).await?;
        self.signal(shop, "bulk").await;
        Ok(bulk)
    }

    /// A bulk change with its refusals.
    ///
    /// # Errors
    /// When there is no such bulk change.
    pub async fn bulk(&self, scope: &Scope, id: &BulkId) -> Result<(Bulk, Vec<Refusal>), PricingError> {
        let (bulk, _, refusals) = self.find_bulk(scope, id).await?;
        Ok((bulk, serde_json::from_slice(&refusals).unwrap_or_default()))
    }

    async fn find_bulk(&self, scope: &Scope, id: &BulkId) -> Result<(Bulk, Vec<u8>, Vec<u8>), PricingError> {
        bulks::find(&self.db, scope, id)
            .await?
            .ok_or_else(|| PricingError::NotFound {
                what: "bulk",
                id: id.to_string(),
            })
    }

    /// Puts back what a bulk change changed, except offers that somebody changed since. Answers how many were put back.
    ///
    /// # Errors
    /// When a day has passed or it was undone before.
    pub async fn bulk_undo(&self, scope: &Scope, id: &BulkId) -> Result<u64, PricingError> {
        let (bulk, before, _) = self.find_bulk(scope, id).await?;
        let kept: Vec<Kept> =
            serde_json::from_slice(&before).map_err(|_| crate::store::unknown("before", "damaged"))?;
        let now = self.clock.now();
        let mut tx = self.db.write().await?;
        if bulks::undone(&mut tx, scope, id, now).await? == 0 {
            return Err(PricingError::UndoPassed);
        }
        let old: Vec<OfferRule> = kept
            .into_iter()
            .map(|one| OfferRule {
                offer: one.offer,
                shop: bulk.shop.clone(),
                rule: one.rule,
                managed: one.managed,
                min: one.min,
                max: one.max,
                cost: one.cost,
                step: one.step,
                strategy: one.strategy,
                settings: one.settings,
                pinned_price: one.pinned_price,
                pinned_until: one.pinned_until.map(Timestamp::from_micros),
                version: one.version_after,
                updated_by: scope.actor_name().to_owned(),
                updated_at: now,
            })
            .collect();
        let mut touched = Vec::with_capacity(old.len());
        for part in old.chunks(rules::MOST_AT_ONCE) {
            let new: Vec<(&OfferRule, i64)> = part.iter().map(|rule| (rule, rule.version)).collect();
            touched.extend(rules::save_offer_rules(&mut tx, scope, &new).await?);
        }
        let back = touched.len();
        self.audit(
            &mut tx,
            scope,
            "offers.bulk_undone",
            id.as_str(),
            None,
            Some(format!("{back} put back")),
        )
        .await?;
        self.restate_later(&mut tx, scope, &bulk.shop).await?;
        tx.commit().await?;
        self.restate_few(scope, &bulk.shop, &touched).await?;
        self.check_offers_now(&touched).await?;
        self.signal(&bulk.shop, "bulk").await;
        Ok(u64::try_from(back).unwrap_or(u64::MAX))
    }

    async fn plan(
        &self,
        scope: &Scope,
        shop: &ShopId,
        selection: &Selection,
        act: &BulkAct,
    ) -> Result<(Vec<Planned>, usize, Vec<Refusal>), PricingError> {
        let economics = self.shop_settings(scope, shop).await?.economics;
        if let BulkAct::Rule(Some(rule)) = act {
            self.rule(scope, rule).await?;
        }
        let ids = match selection {
            Selection::Offers(ids) => ids.clone(),
            Selection::Filter(filter) => board::offers(&self.db, shop, filter, MOST).await?,
        };
        let prices: HashMap<OfferId, Option<Tenge>> = self.own_prices(&ids).await?;
        let mut planned = Vec::new();
        let mut refused = Vec::new();
        let mut unchanged = 0;
        for part in ids.chunks(1_000) {
            let offers = self.catalog.offers_by_ids(part).await?;
            let mut own: HashMap<OfferId, OfferRule> = rules::offer_rules(&self.db, part)
                .await?
                .into_iter()
                .map(|rule| (rule.offer.clone(), rule))
                .collect();
            for offer in offers
                .into_iter()
                .filter(|offer| offer.shop == *shop && offer.merchant == *scope.merchant())
            {
                let before = own
                    .remove(&offer.id)
                    .unwrap_or_else(|| OfferRule::blank(&offer.id, &offer.shop));
                let price = prices.get(&offer.id).copied().flatten().or(offer.price);
                match self.plan_one(scope, &before, price, act, &economics) {
                    Ok(Some(after)) => planned.push(Planned {
                        before,
                        after,
                        title: offer.title,
                        sku: offer.sku,
                    }),
                    Ok(None) => unchanged += 1,
                    Err(error) => match error.public().first() {
                        Some(public) if error.kind() == sauda_kernel::Kind::Invalid => {
                            refused.push(refusal(&offer.sku, &offer.title, public))
                        }
                        _ => return Err(error),
                    },
                }
            }
        }
        Ok((planned, unchanged, refused))
    }

    fn plan_one(
        &self,
        scope: &Scope,
        before: &OfferRule,
        price: Option<Tenge>,
        act: &BulkAct,
        economics: &ShopEconomics,
    ) -> Result<Option<OfferRule>, PricingError> {
        let mut patch = OfferPatch {
            confirmed: true,
            ..OfferPatch::default()
        };
        match act {
            BulkAct::Min(formula) => {
                patch.min = Some(formula.limit("min", before.min, price, before.cost)?)
            }
            BulkAct::Max(formula) => {
                patch.max = Some(formula.limit("max", before.max, price, before.cost)?)
            }
            BulkAct::Step(step) => patch.step = Some(Some(*step)),
            BulkAct::Strategy(strategy) => patch.strategy = Some(Some(*strategy)),
            BulkAct::Rule(rule) => patch.rule = Some(rule.clone()),
            BulkAct::Managed(managed) => patch.managed = Some(*managed),
            BulkAct::Paused(paused) => {
                patch.settings = Some(Settings {
                    paused: paused.then_some(true),
                    ..before.settings.clone()
                })
            }
        }
        let after = self.patched(scope, before, &patch, economics)?;
        Ok((!same(before, &after)).then_some(after))
    }

    async fn own_prices(&self, ids: &[OfferId]) -> Result<HashMap<OfferId, Option<Tenge>>, PricingError> {
        let mut prices = HashMap::new();
        for part in ids.chunks(1_000) {
            for place in crate::store::context::of_offers(&self.db, part).await? {
                prices.entry(place.row.offer).or_insert(place.row.price);
            }
        }
        Ok(prices)
    }
}

impl Formula {
    /// The limit for one offer.
    fn limit(
        self,
        field: &'static str,
        current: Option<Tenge>,
        price: Option<Tenge>,
        cost: Option<Money>,
    ) -> Result<Option<Tenge>, PricingError> {
        let missing = |code| PricingError::Invalid {
            field,
            value: String::new(),
            code,
        };
        Ok(Some(match self {
            Self::Clear => return Ok(None),
            Self::Fixed(value) => value,
            Self::OfCurrent(share) => current
                .ok_or_else(|| missing("no-current-limit"))?
                .share_up(share),
            Self::Plus(by) => current.ok_or_else(|| missing("no-current-limit"))?.plus(by),
            Self::OfPrice(share) => price.ok_or_else(|| missing("no-own-price"))?.share_up(share),
            Self::OfCost(share) => cost.ok_or_else(|| missing("no-cost"))?.tenge_up().share_up(share),
        }))
    }
}

/// Whether a change changes nothing that a person would see.
pub(crate) fn same(a: &OfferRule, b: &OfferRule) -> bool {
    a.rule == b.rule
        && a.managed == b.managed
        && a.min == b.min
        && a.max == b.max
        && a.cost == b.cost
        && a.step == b.step
        && a.strategy == b.strategy
        && a.settings == b.settings
        && a.pinned_price == b.pinned_price
        && a.pinned_until == b.pinned_until
}

fn keep(rule: &OfferRule, version_after: i64) -> Kept {
    Kept {
        offer: rule.offer.clone(),
        version_after,
        rule: rule.rule.clone(),
        managed: rule.managed,
        min: rule.min,
        max: rule.max,
        cost: rule.cost,
        step: rule.step,
        strategy: rule.strategy.clone(),
        settings: rule.settings.clone(),
        pinned_price: rule.pinned_price,
        pinned_until: rule.pinned_until.map(Timestamp::as_micros),
    }
}

pub(crate) fn refusal(sku: &str, title: &str, public: &Public) -> Refusal {
    Refusal {
        sku: sku.to_owned(),
        title: title.to_owned(),
        code: public.code.to_owned(),
        args: public
            .args
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone()))
            .collect(),
    }
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
