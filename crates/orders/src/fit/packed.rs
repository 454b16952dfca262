//! What is really packed for a line: the bought goods, or the same goods in the size that was agreed on. Papers, scanner and stock go
//! by it. Refuses to guess: where the catalogue does not know the goods in that size, the bought ones are meant.

use crate::{
    Orders, OrdersError,
    fit::{LineFit, same_size},
    model::Line,
};
use sauda_accounts::Scope;
use sauda_catalog::{GoodsSold, Product};
use sauda_kernel::OrderId;
use std::collections::{BTreeSet, HashMap};

/// What is packed for the lines of some orders.
#[derive(Debug, Clone, Default)]
pub struct Packing {
    goods: GoodsSold,
    fits: HashMap<OrderId, Vec<LineFit>>,
    /// The goods of lines whose buyers agreed on another size, in all sizes.
    others: Vec<Product>,
}

/// What is packed for one line.
#[derive(Debug, Clone, Copy)]
pub struct Packed<'a> {
    pub line: &'a Line,
    /// None when the catalogue does not know the goods.
    pub product: Option<&'a Product>,
    /// Where another size was agreed on: that one and the bought one.
    pub sizes: Option<(&'a str, &'a str)>,
    /// Whether the product is another one than the bought.
    pub is_other: bool,
}

impl Packing {
    /// What is packed for a line of an order; an order that is not kept yet has no agreement.
    pub fn of<'a>(&'a self, order: Option<&OrderId>, line: &'a Line) -> Packed<'a> {
        let bought = self.goods.of(line.offer.as_ref(), &line.sku);
        let sizes = self.fit(order, line).and_then(agreed);
        let other = sizes.zip(bought).and_then(|((agreed, _), bought)| {
            self.others
                .iter()
                .find(|other| is_same_in_size(other, bought, agreed))
        });
        Packed {
            line,
            product: other.or(bought),
            sizes,
            is_other: other.is_some(),
        }
    }

    fn fit(&self, order: Option<&OrderId>, line: &Line) -> Option<&LineFit> {
        let fits = self.fits.get(order?)?;
        fits.iter().find(|fit| fit.line == line.number)
    }
}

fn agreed(fit: &LineFit) -> Option<(&str, &str)> {
    Some((fit.agreed()?, fit.asked.as_str()))
}

fn is_same_in_size(other: &Product, bought: &Product, size: &str) -> bool {
    let (other, bought) = (&other.facts, &bought.facts);
    other.model == bought.model
        && other.brand == bought.brand
        && other.color == bought.color
        && other.size.as_deref().is_some_and(|known| same_size(known, size))
}

impl Orders {
    /// What is packed for these lines, each with its order when that is kept.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn packing(
        &self,
        scope: &Scope,
        lines: &[(Option<&OrderId>, &Line)],
    ) -> Result<Packing, OrdersError> {
        let offers: BTreeSet<_> = lines.iter().filter_map(|(_, line)| line.offer.clone()).collect();
        let offers: Vec<_> = offers.into_iter().collect();
        let skus: BTreeSet<&str> = lines.iter().map(|(_, line)| line.sku.as_str()).collect();
        let skus: Vec<&str> = skus.into_iter().filter(|sku| !sku.is_empty()).collect();
        let orders: BTreeSet<&OrderId> = lines.iter().filter_map(|(order, _)| *order).collect();
        let orders: Vec<OrderId> = orders.into_iter().cloned().collect();
        let mut packing = Packing {
            goods: self.catalog.goods_sold(scope, &offers, &skus).await?,
            fits: self.fits(&orders).await?,
            others: Vec::new(),
        };
        let models: BTreeSet<&str> = lines
            .iter()
            .filter(|(order, line)| packing.fit(*order, line).and_then(agreed).is_some())
            .filter_map(|(_, line)| packing.goods.of(line.offer.as_ref(), &line.sku))
            .filter_map(|product| product.facts.model.as_deref())
            .collect();
        let models: Vec<&str> = models.into_iter().collect();
        packing.others = self.catalog.of_models(scope, &models).await?;
        Ok(packing)
    }
}
