//! What a bulk change makes of each offer. Refuses to write.

use super::{BulkAct, Formula, Refusal};
use crate::{
    Pricing, PricingError,
    model::Settings,
    service::{OfferPatch, OfferRule, costs::Counting, import},
    store::{context, rules},
};
use sauda_accounts::Scope;
use sauda_catalog::import::limits::LimitsChange;
use sauda_economics::ShopEconomics;
use sauda_kernel::{Failure, Kind, Money, OfferId, Public, ShopId, Tenge};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// One offer of a bulk change.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Wanted {
    pub offer: OfferId,
    /// What a row of a file says about it; `None` when the act says everything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<LimitsChange>,
}

/// What all offers of a bulk change share.
pub(super) struct Ground {
    pub shop: ShopId,
    /// `None` for a file: each of its rows says what it wants.
    pub act: Option<BulkAct>,
    pub economics: ShopEconomics,
}

/// A planned change of one offer.
pub(super) struct Planned {
    pub before: OfferRule,
    pub after: OfferRule,
    pub title: String,
    pub sku: String,
}

/// What would become of the offers of one part.
#[derive(Default)]
pub(super) struct PlannedPart {
    pub planned: Vec<Planned>,
    pub unchanged: usize,
    pub refused: Vec<Refusal>,
}

impl Pricing {
    /// Looks at each offer of a part as it stands now.
    pub(super) async fn plan(
        &self,
        scope: &Scope,
        ground: &Ground,
        wanted: &[Wanted],
    ) -> Result<PlannedPart, PricingError> {
        let ids: Vec<OfferId> = wanted.iter().map(|one| one.offer.clone()).collect();
        let mut prices: HashMap<OfferId, Tenge> = HashMap::with_capacity(ids.len());
        for (offer, price) in context::own_prices(&self.db, &ids).await? {
            prices.entry(offer).or_insert(price);
        }
        let mut own: HashMap<OfferId, OfferRule> = rules::offer_rules(&self.db, &ids)
            .await?
            .into_iter()
            .map(|rule| (rule.offer.clone(), rule))
            .collect();
        let goods = self.goods_of(scope, &ids).await?;
        let counting = Counting {
            goods: &goods,
            economics: &ground.economics,
            now: self.clock.now(),
        };
        let changes: HashMap<&OfferId, &LimitsChange> = wanted
            .iter()
            .filter_map(|one| Some((&one.offer, one.change.as_ref()?)))
            .collect();
        let mut part = PlannedPart::default();
        for offer in self
            .catalog
            .offers_by_ids(&ids)
            .await?
            .into_iter()
            .filter(|offer| offer.shop == ground.shop && offer.merchant == *scope.merchant())
        {
            let before = own
                .remove(&offer.id)
                .unwrap_or_else(|| OfferRule::blank(&offer.id, &offer.shop));
            let price = prices.get(&offer.id).copied().or(offer.price);
            let after = match (&ground.act, changes.get(&offer.id)) {
                (_, Some(change)) => Ok(import::patch(change)),
                (Some(act), None) => {
                    let known = goods.of(&offer.id).and_then(|goods| goods.cost);
                    let cost = before.cost.or(known.map(|(landed, _)| landed.cost));
                    patch(act, &before, price, cost)
                }
                (None, None) => continue,
            }
            .and_then(|patch| self.patched(scope, (&offer, &before), &patch, &counting));
            match after {
                Ok(after) if same(&before, &after) => part.unchanged += 1,
                Ok(after) => part.planned.push(Planned {
                    before,
                    after,
                    title: offer.title,
                    sku: offer.sku,
                }),
                Err(error) => match error.public().first() {
                    Some(public) if error.kind() == Kind::Invalid => {
                        part.refused.push(refusal(&offer.sku, &offer.title, public))
                    }
                    _ => return Err(error),
                },
            }
        }
        Ok(part)
    }
}

/// What an act means for one offer.
fn patch(
    act: &BulkAct,
    before: &OfferRule,
    price: Option<Tenge>,
    cost: Option<Money>,
) -> Result<OfferPatch, PricingError> {
    let mut patch = OfferPatch {
        confirmed: true,
        ..OfferPatch::default()
    };
    match act {
        BulkAct::Min(formula) => patch.min = Some(formula.limit("min", before.min, price, cost)?),
        BulkAct::Max(formula) => patch.max = Some(formula.limit("max", before.max, price, cost)?),
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
    Ok(patch)
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
fn same(a: &OfferRule, b: &OfferRule) -> bool {
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

pub(super) fn refusal(sku: &str, title: &str, public: &Public) -> Refusal {
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
