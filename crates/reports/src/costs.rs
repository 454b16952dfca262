//! Where the cost of goods comes from: what the pieces had cost when they left the warehouse, else the catalogue. Refuses to
//! guess where neither says anything.

use sauda_catalog::{GoodsSold, Product};
use sauda_kernel::Money;
use sauda_orders::SoldLine;
use sauda_stock::{CostBook, Landed};

/// What all pieces of a line had cost, with the tax inside of it; none when nobody said.
pub(crate) fn cost_of(book: &CostBook, goods: &GoodsSold, line: &SoldLine) -> Option<Landed> {
    let product = product_of(goods, line).map(|product| &product.id);
    if let Some(landed) = book.of(product, &line.order, line.line) {
        return Some(landed);
    }
    let each = book.usual(product?)?;
    let all = |sum: Money| sum.tiyn().checked_mul(line.quantity).map(Money::from_tiyn);
    Some(Landed {
        cost: all(each.cost)?,
        vat: all(each.vat)?,
    })
}

pub(crate) fn product_of<'a>(goods: &'a GoodsSold, line: &SoldLine) -> Option<&'a Product> {
    goods.of(line.offer.as_ref(), &line.sku)
}
