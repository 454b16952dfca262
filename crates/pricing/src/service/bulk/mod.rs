//! One change for many offers: previewed, applied part by part, undone for a day. A change of few offers is made at once, one of
//! many by a job that a crash only interrupts.

mod plan;
mod run;

pub use run::BulkJob;

pub(crate) use plan::Wanted;
pub(crate) use run::FromFile;

use crate::{
    Pricing, PricingError,
    board::BoardFilter,
    model::Strategy,
    service::{OfferRule, offers::summary},
    store::{board, bulks, bulks::Bulk},
};
use futures::{StreamExt as _, TryStreamExt as _};
use plan::{Ground, PlannedPart};
use run::PART;
use sauda_accounts::Scope;
use sauda_kernel::{BasisPoints, BulkId, OfferId, RuleId, ShopId, Tenge};
use serde::{Deserialize, Serialize};

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
/// Offers that a preview shows before and after.
const SAMPLES: usize = 5;
/// Parts that a preview looks through beside each other.
const BESIDE: usize = 2;

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
        let wanted = self.wanted(scope, shop, selection, act).await?;
        let ground = self.ground(scope, shop, Some(act.clone())).await?;
        let mut preview = BulkPreview::default();
        let parts: Vec<_> = wanted
            .chunks(PART)
            .map(|part| self.plan(scope, &ground, part))
            .collect();
        let mut parts = futures::stream::iter(parts).buffered(BESIDE);
        while let Some(part) = parts.try_next().await? {
            preview.add(part);
        }
        Ok(preview)
    }

    /// Applies a bulk change: at once when it is for few offers, else by a job; the answer says how far it is. Offers that
    /// are refused are kept with their reasons.
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
        let wanted = self.wanted(scope, shop, selection, act).await?;
        self.begin_bulk(scope, shop, Some(act), wanted, None).await
    }

    /// The offers of a selection, each with nothing of its own to say about the act.
    async fn wanted(
        &self,
        scope: &Scope,
        shop: &ShopId,
        selection: &Selection,
        act: &BulkAct,
    ) -> Result<Vec<Wanted>, PricingError> {
        self.catalog.shop(scope, shop).await?;
        if let BulkAct::Rule(Some(rule)) = act {
            self.rule(scope, rule).await?;
        }
        let offers = match selection {
            Selection::Offers(ids) => ids.clone(),
            Selection::Filter(filter) => board::offers(&self.db, shop, filter, MOST).await?,
        };
        Ok(offers
            .into_iter()
            .map(|offer| Wanted { offer, change: None })
            .collect())
    }

    async fn ground(
        &self,
        scope: &Scope,
        shop: &ShopId,
        act: Option<BulkAct>,
    ) -> Result<Ground, PricingError> {
        Ok(Ground {
            shop: shop.clone(),
            act,
            economics: self.shop_settings(scope, shop).await?.economics,
        })
    }

    /// A bulk change as it stands.
    ///
    /// # Errors
    /// When there is no such bulk change.
    pub async fn bulk(&self, scope: &Scope, id: &BulkId) -> Result<Bulk, PricingError> {
        bulks::find(&self.db, scope.merchant(), id)
            .await?
            .ok_or_else(|| PricingError::NotFound {
                what: "bulk",
                id: id.to_string(),
            })
    }

    /// The offers that a bulk change refused so far.
    ///
    /// # Errors
    /// When there is no such bulk change.
    pub async fn bulk_refusals(&self, scope: &Scope, id: &BulkId) -> Result<Vec<Refusal>, PricingError> {
        self.bulk(scope, id).await?;
        let mut all = Vec::new();
        for part in bulks::refusals(&self.db, id).await? {
            all.append(&mut run::read(&part)?);
        }
        Ok(all)
    }
}

impl BulkPreview {
    fn add(&mut self, part: PlannedPart) {
        let room = SAMPLES.saturating_sub(self.samples.len());
        self.samples
            .extend(part.planned.iter().take(room).map(|one| BulkSample {
                offer: one.after.offer.clone(),
                title: one.title.clone(),
                sku: one.sku.clone(),
                before: summary(&one.before),
                after: summary(&one.after),
                rule_before: one.before.clone(),
                rule_after: one.after.clone(),
            }));
        self.changed += part.planned.len();
        self.unchanged += part.unchanged;
        self.refused.extend(part.refused);
    }
}
