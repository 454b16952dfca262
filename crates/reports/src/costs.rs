//! Where the cost of goods comes from: the catalogue today. The only place that a history of costs has to enter.

use sauda_catalog::{GoodsSold, Product};
use sauda_economics::rates::Day;
use sauda_kernel::Money;
use sauda_orders::SoldLine;

/// What one piece of a line had cost on a day; none when nobody said.
pub(crate) fn cost_of(goods: &GoodsSold, line: &SoldLine, _day: Day) -> Option<Money> {
    product_of(goods, line)?.facts.cost
}

pub(crate) fn product_of<'a>(goods: &'a GoodsSold, line: &SoldLine) -> Option<&'a Product> {
    goods.of(line.offer.as_ref(), &line.sku)
}
