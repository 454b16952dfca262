//! What is known of the goods behind offers: what a piece costs, how heavy it is, of which kind. For whoever counts the floor of a
//! price. Refuses to guess.

use super::Stock;
use crate::{
    StockError,
    layers::Layer,
    model::{Costing, Landed, tax_inside},
    store::{ledger, piece_costs, supply},
};
use sauda_accounts::Scope;
use sauda_catalog::Product;
use sauda_economics::money::{OwnRates, Taxpayers};
use sauda_kernel::{Money, OfferId, ProductId};
use std::collections::{BTreeMap, HashMap};

/// Products whose costs are noted in one go.
const PART: usize = 500;

/// Where the cost of a piece comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CostFrom {
    /// Somebody said it of the offer.
    Offer,
    /// What the pieces cost that lie there, or lay there last.
    Stock,
    /// The merchant's catalogue.
    Catalogue,
}

impl CostFrom {
    /// Stable word for programs and the key of the text `cost-from-<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Offer => "offer",
            Self::Stock => "stock",
            Self::Catalogue => "catalogue",
        }
    }
}

/// What is known of one piece of an offer's product.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OfferGoods {
    pub category: Option<String>,
    pub grams: Option<i64>,
    pub volume_cm3: Option<i64>,
    /// Nothing when nobody said.
    pub cost: Option<(Landed, CostFrom)>,
    /// Rate of value added tax inside its supplier's prices, basis points.
    pub vat_bp: i64,
}

/// Goods of a merchant's offers, and at which rates and taxes the merchant sells.
#[derive(Debug, Clone, Default)]
pub struct OffersGoods {
    pub own: OwnRates,
    pub taxpayers: Taxpayers,
    goods: HashMap<OfferId, OfferGoods>,
}

impl OffersGoods {
    /// Nothing when the offer sells no product of the catalogue.
    pub fn of(&self, offer: &OfferId) -> Option<&OfferGoods> {
        self.goods.get(offer)
    }
}

impl Stock {
    /// Goods of these offers of one merchant.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn offers_goods(&self, scope: &Scope, offers: &[OfferId]) -> Result<OffersGoods, StockError> {
        let sold = self.catalog.goods_sold(scope, offers, &[]).await?;
        let joined: Vec<(&OfferId, &Product)> = offers
            .iter()
            .filter_map(|offer| Some((offer, sold.of(Some(offer), "")?)))
            .collect();
        let products: Vec<&Product> = joined.iter().map(|(_, product)| *product).collect();
        let known = self.goods_of(scope, &products).await?;
        let goods = joined
            .into_iter()
            .filter_map(|(offer, product)| Some((offer.clone(), known.get(&product.id)?.clone())));
        Ok(OffersGoods {
            goods: goods.collect(),
            own: self.money.rates(scope).await?,
            taxpayers: self.money.taxpayers(scope).await?,
        })
    }

    /// Goods of these products.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn products_goods(
        &self,
        scope: &Scope,
        products: &[ProductId],
    ) -> Result<BTreeMap<ProductId, OfferGoods>, StockError> {
        let products = self.products.by_ids(scope, products).await?;
        self.goods_of(scope, &products.iter().collect::<Vec<_>>()).await
    }

    async fn goods_of(
        &self,
        scope: &Scope,
        products: &[&Product],
    ) -> Result<BTreeMap<ProductId, OfferGoods>, StockError> {
        if products.is_empty() {
            return Ok(BTreeMap::new());
        }
        let mut ids: Vec<ProductId> = products.iter().map(|product| product.id.clone()).collect();
        ids.sort();
        ids.dedup();
        let bought = supply::of_products(&self.db, scope, &ids).await?;
        let pieces = match self.settings(scope).await?.costing {
            Costing::Catalogue => BTreeMap::new(),
            Costing::Average | Costing::Fifo => piece_costs::of(&self.db, scope, &ids).await?,
        };
        let goods = products.iter().map(|product| {
            let facts = &product.facts;
            let (volume_cm3, vat_bp) = bought.get(&product.id).copied().unwrap_or_default();
            let by_catalogue = || {
                let cost = facts.cost?;
                let vat = tax_inside(cost, vat_bp);
                Some((Landed { cost, vat }, CostFrom::Catalogue))
            };
            let goods = OfferGoods {
                category: facts.subcategory.clone().or_else(|| facts.category.clone()),
                grams: facts.weight_grams,
                volume_cm3,
                cost: pieces
                    .get(&product.id)
                    .map(|landed| (*landed, CostFrom::Stock))
                    .or_else(by_catalogue),
                vat_bp,
            };
            (product.id.clone(), goods)
        });
        Ok(goods.collect())
    }

    /// Notes what a piece of these products cost, from what lies there; where nothing of known cost lies, what was noted stays.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn note_costs(&self, scope: &Scope, products: &[ProductId]) -> Result<(), StockError> {
        let costing = self.settings(scope).await?.costing;
        if costing == Costing::Catalogue {
            return Ok(());
        }
        // What the catalogue says of pieces is read when it is asked for: it may be another by then.
        let usual = BTreeMap::new();
        for part in products.chunks(PART) {
            let moves = ledger::costed(&self.db, scope, part).await?;
            let noted: Vec<(ProductId, Landed)> = super::costs::replays(costing, &usual, moves)
                .into_iter()
                .filter_map(|(product, told)| Some((product, of_a_piece(&told.left)?)))
                .collect();
            let mut tx = self.held(scope).await?;
            piece_costs::put(&mut tx, scope, &noted, self.clock.now()).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    /// The same of everything that ever lay there.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn note_all_costs(&self, scope: &Scope) -> Result<(), StockError> {
        let balances = ledger::balances(&self.db, scope).await?;
        let mut products: Vec<ProductId> = balances.into_iter().map(|one| one.product).collect();
        products.dedup();
        self.note_costs(scope, &products).await
    }
}

/// The mean of layers whose cost is known, up to a whole tiyn: a floor is never too low by rounding.
fn of_a_piece(left: &[Layer]) -> Option<Landed> {
    let known = || left.iter().filter(|layer| !layer.is_unknown && layer.pieces > 0);
    let pieces: i64 = known().map(|layer| layer.pieces).sum();
    let sum = |of: fn(&Layer) -> Money| known().map(|layer| i128::from(of(layer).tiyn())).sum::<i128>();
    if pieces == 0 {
        return None;
    }
    let all = i128::from(pieces);
    let up = (sum(|layer| layer.landed.cost) + all - 1).div_euclid(all);
    let down = sum(|layer| layer.landed.vat).div_euclid(all);
    let money = |tiyn: i128| i64::try_from(tiyn).ok().map(Money::from_tiyn);
    Some(Landed {
        cost: money(up)?,
        vat: money(down)?,
    })
}
