//! What a piece of an offer costs and on which terms it is sold: what its floor and its profit are counted from. One place for all who
//! ask. Refuses to invent a cost.

use super::OfferRule;
use crate::{Pricing, PricingError};
use sauda_accounts::Scope;
use sauda_catalog::CatalogOffer;
use sauda_economics::{Assumed, FloorError, FloorParts, Pieces, ShopEconomics, Terms};
use sauda_kernel::{Money, OfferId, Tenge, Timestamp};
use sauda_stock::{CostFrom, Landed, OfferGoods, OffersGoods, tax_inside};

/// Everything between the price and the profit of one piece of an offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferCost {
    pub parts: FloorParts,
    pub from: CostFrom,
    pub assumed: Assumed,
}

/// Goods of offers beside the settings of their shop, to be asked offer by offer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Counting<'a> {
    pub goods: &'a OffersGoods,
    pub economics: &'a ShopEconomics,
    pub now: Timestamp,
}

impl Counting<'_> {
    /// What a piece costs: as somebody said of the offer, else what lies there had cost, else by the catalogue; nothing when nobody
    /// said.
    ///
    /// # Errors
    /// When rates and settings make no sense together.
    pub(crate) fn of(&self, offer: &CatalogOffer, own: &OfferRule) -> Result<Option<OfferCost>, FloorError> {
        self.at(&offer.id, &offer.sku, own.cost)
    }

    /// The same with a cost that is tried; nothing for the one that is known without.
    pub(crate) fn at(
        &self,
        offer: &OfferId,
        sku: &str,
        told: Option<Money>,
    ) -> Result<Option<OfferCost>, FloorError> {
        let blank = OfferGoods::default();
        let goods = self.goods.of(offer).unwrap_or(&blank);
        let known = match told {
            Some(cost) => {
                let vat = tax_inside(cost, goods.vat_bp);
                Some((Landed { cost, vat }, CostFrom::Offer))
            }
            None => goods.cost,
        };
        let Some((landed, from)) = known else {
            return Ok(None);
        };
        let (parts, assumed) = self.parts(sku, goods, landed)?;
        Ok(Some(OfferCost { parts, from, assumed }))
    }

    /// The lowest price that loses nothing at a cost; nothing when it cannot be told.
    pub(crate) fn floor(&self, offer: &OfferId, sku: &str, told: Option<Money>) -> Option<Tenge> {
        let cost = self.at(offer, sku, told).ok()??;
        sauda_economics::floor(&cost.parts).ok()
    }

    /// The same of goods of the catalogue that no offer sells yet.
    pub(crate) fn floor_of_goods(&self, sku: &str, goods: &OfferGoods) -> Option<Tenge> {
        let (landed, _) = goods.cost?;
        let (parts, _) = self.parts(sku, goods, landed).ok()?;
        sauda_economics::floor(&parts).ok()
    }

    /// Whether the settings of the shop leave a floor at all.
    ///
    /// # Errors
    /// When they do not.
    pub(crate) fn makes_sense(&self) -> Result<(), FloorError> {
        let (parts, _) = self.parts("", &OfferGoods::default(), Landed::default())?;
        sauda_economics::floor(&parts).map(drop)
    }

    fn parts(
        &self,
        sku: &str,
        goods: &OfferGoods,
        landed: Landed,
    ) -> Result<(FloorParts, Assumed), FloorError> {
        let piece = Pieces {
            sku,
            category: goods.category.as_deref(),
            grams: goods.grams,
            volume_cm3: goods.volume_cm3,
            quantity: 1,
            cost: landed.cost,
            cost_vat: landed.vat,
        };
        self.terms().to_be_sold(&piece, self.now)
    }

    fn terms(&self) -> Terms<'_> {
        Terms {
            economics: self.economics,
            own: &self.goods.own,
            taxpayers: &self.goods.taxpayers,
        }
    }
}

impl Pricing {
    /// Goods of some offers of a merchant, with the merchant's rates and taxes; nothing is known without a stock.
    pub(crate) async fn goods_of(
        &self,
        scope: &Scope,
        offers: &[OfferId],
    ) -> Result<OffersGoods, PricingError> {
        match &self.stock {
            Some(stock) => Ok(stock.offers_goods(scope, offers).await?),
            None => Ok(OffersGoods::default()),
        }
    }

    /// What a piece of an offer costs, as its own settings stand or with a cost that is tried.
    pub(crate) async fn cost_of(
        &self,
        scope: &Scope,
        offer: &CatalogOffer,
        told: Option<Money>,
        economics: &ShopEconomics,
    ) -> Result<Option<OfferCost>, PricingError> {
        let goods = self.goods_of(scope, std::slice::from_ref(&offer.id)).await?;
        let counting = Counting {
            goods: &goods,
            economics,
            now: self.clock.now(),
        };
        Ok(counting.at(&offer.id, &offer.sku, told)?)
    }
}
