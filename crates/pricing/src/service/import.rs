//! Price limits and costs from a file: checked whole, applied as one bulk change that can be undone for a day.

use crate::{
    Pricing, PricingError,
    model::Strategy,
    service::{
        OfferPatch, OfferRule,
        bulk::{FromFile, Wanted},
        costs::Counting,
    },
    store::{bulks::Bulk, rules},
};
use sauda_accounts::Scope;
use sauda_catalog::{
    CatalogOffer,
    import::limits::{
        Change, CheckOptions, Checked, CurrentLimits, KnownOffers, LimitsChange, Mapping, StrategyChoice,
        check,
    },
    table::Table,
};
use sauda_economics::ShopEconomics;
use sauda_kernel::{ImportId, Money, OfferId, ShopId, Tenge, Timestamp};
use sauda_stock::OffersGoods;
use std::collections::HashMap;

/// An import that was applied.
#[derive(Debug, Clone)]
pub struct ImportDone {
    pub bulk: Bulk,
    pub checked: Checked,
}

/// The offers of a shop as they stand, for checking a file against them.
pub struct ShopOffers {
    by_sku: HashMap<String, (CatalogOffer, OfferRule)>,
    goods: OffersGoods,
    economics: ShopEconomics,
    now: Timestamp,
}

impl ShopOffers {
    /// The lowest price that loses nothing: at a cost that is told, or at the one that is known.
    fn floor(&self, offer: &CatalogOffer, told: Option<Money>) -> Option<Tenge> {
        let counting = Counting {
            goods: &self.goods,
            economics: &self.economics,
            now: self.now,
        };
        counting.floor(&offer.id, &offer.sku, told)
    }
}

impl KnownOffers for ShopOffers {
    fn current(&self, sku: &str) -> Option<CurrentLimits> {
        let (offer, rule) = self.by_sku.get(sku)?;
        Some(CurrentLimits {
            min: rule.min,
            max: rule.max,
            cost: rule.cost,
            strategy: rule.settings.strategy.map(choice),
            step: rule.step,
            price: offer.price,
            floor: self.floor(offer, rule.cost),
        })
    }
    fn floor_at(&self, sku: &str, cost: Money) -> Option<Tenge> {
        let (offer, _) = self.by_sku.get(sku)?;
        self.floor(offer, Some(cost))
    }
}

impl Pricing {
    /// The offers of a shop, to check a file against.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn shop_offers(&self, scope: &Scope, shop: &ShopId) -> Result<ShopOffers, PricingError> {
        let economics = self.shop_settings(scope, shop).await?.economics;
        let ids: Vec<OfferId> = self
            .catalog
            .offer_ids_by_sku(scope, shop)
            .await?
            .into_values()
            .collect();
        let mut by_sku = HashMap::with_capacity(ids.len());
        for part in ids.chunks(1_000) {
            let mut own: HashMap<OfferId, OfferRule> = rules::offer_rules(&self.db, part)
                .await?
                .into_iter()
                .map(|rule| (rule.offer.clone(), rule))
                .collect();
            for offer in self
                .catalog
                .offers_by_ids(part)
                .await?
                .into_iter()
                .filter(|offer| offer.gone_at.is_none())
            {
                let rule = own
                    .remove(&offer.id)
                    .unwrap_or_else(|| OfferRule::blank(&offer.id, &offer.shop));
                by_sku.insert(offer.sku.clone(), (offer, rule));
            }
        }
        Ok(ShopOffers {
            by_sku,
            goods: self.goods_of(scope, &ids).await?,
            economics,
            now: self.clock.now(),
        })
    }

    /// Checks every row of a file; nothing is applied.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn check_limits(
        &self,
        scope: &Scope,
        shop: &ShopId,
        table: &Table,
        mapping: &Mapping,
        options: CheckOptions,
    ) -> Result<Checked, PricingError> {
        let known = self.shop_offers(scope, shop).await?;
        Ok(check(table, mapping, &known, options))
    }

    /// Checks a file and applies the rows that are ready as one bulk change, marking a kept file as applied with it. The rest is
    /// in the answer with its reasons.
    ///
    /// # Errors
    /// When the kept file was applied before, or the database does not answer; nothing is changed then.
    pub async fn import_limits(
        &self,
        scope: &Scope,
        shop: &ShopId,
        import: Option<&ImportId>,
        table: &Table,
        mapping: &Mapping,
        options: CheckOptions,
    ) -> Result<ImportDone, PricingError> {
        let known = self.shop_offers(scope, shop).await?;
        let checked = check(table, mapping, &known, options);
        let wanted = checked
            .ready
            .iter()
            .filter_map(|row| {
                let (offer, _) = known.by_sku.get(&row.sku)?;
                Some(Wanted {
                    offer: offer.id.clone(),
                    change: Some(row.change),
                })
            })
            .collect();
        let file = FromFile {
            import,
            confirmed: options.confirm_below_cost,
            skipped: checked.refused_rows.len() + checked.to_confirm.len(),
            unchanged: checked.unchanged.len(),
        };
        let bulk = self.begin_bulk(scope, shop, None, wanted, Some(file)).await?;
        Ok(ImportDone { bulk, checked })
    }
}

pub(super) fn patch(change: &LimitsChange) -> OfferPatch {
    OfferPatch {
        min: wish(change.min),
        max: wish(change.max),
        cost: wish(change.cost),
        step: wish(change.step),
        strategy: wish(change.strategy).map(|chosen| chosen.map(strategy)),
        // The file was shown with its warnings before it was applied.
        confirmed: true,
        ..OfferPatch::default()
    }
}

fn wish<T: Copy + PartialEq>(change: Change<T>) -> Option<Option<T>> {
    match change {
        Change::Keep => None,
        Change::Clear => Some(None),
        Change::Set(value) => Some(Some(value)),
    }
}

const fn strategy(chosen: StrategyChoice) -> Strategy {
    match chosen {
        StrategyChoice::Standard => Strategy::Standard {},
        StrategyChoice::AlwaysFirst => Strategy::AlwaysFirst {},
        StrategyChoice::StayTop { places } => Strategy::StayTopN { n: places },
        StrategyChoice::Match => Strategy::Match {},
        StrategyChoice::HoldMargin { margin } => Strategy::HoldMargin { margin_bp: margin.0 },
        StrategyChoice::Profit => Strategy::Profit {},
    }
}

const fn choice(strategy: Strategy) -> StrategyChoice {
    match strategy {
        Strategy::Standard {} => StrategyChoice::Standard,
        Strategy::AlwaysFirst {} => StrategyChoice::AlwaysFirst,
        Strategy::StayTopN { n } => StrategyChoice::StayTop { places: n },
        Strategy::Match {} => StrategyChoice::Match,
        Strategy::HoldMargin { margin_bp } => StrategyChoice::HoldMargin {
            margin: sauda_kernel::BasisPoints(margin_bp),
        },
        Strategy::Profit {} => StrategyChoice::Profit,
    }
}
