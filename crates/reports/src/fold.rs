//! From priced lines to sums by order, product, day, shop and category. Refuses to count a line without a cost as profit.

use crate::PricedLine;
use sauda_economics::rates::Day;
use sauda_kernel::{BasisPoints, Money};
use std::collections::{BTreeMap, BTreeSet};

/// By what lines are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupBy {
    Day,
    Product,
    Order,
    Category,
    Shop,
}

impl GroupBy {
    pub const ALL: [Self; 5] = [Self::Day, Self::Product, Self::Order, Self::Category, Self::Shop];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Product => "product",
            Self::Order => "order",
            Self::Category => "category",
            Self::Shop => "shop",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.word() == word)
    }
}

/// Where money went, tiyn. Of lines with a known cost, `revenue` − `without_cost` = all parts + `profit`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sums {
    pub pieces: i64,
    /// What buyers paid and kept.
    pub revenue: Money,
    /// The part of it whose cost is not known.
    pub without_cost: Money,
    pub purchase: Money,
    pub commission: Money,
    pub delivery: Money,
    pub advertising: Money,
    pub packaging: Money,
    pub payment: Money,
    pub tax: Money,
    /// Value added tax to be paid: what is inside the price, less what is inside the purchase and the marketplace's fees.
    pub vat: Money,
    /// Inside the prices of lines with a known cost; only for payers.
    pub vat_in_price: Money,
    /// Inside their purchase, set off; only for payers.
    pub vat_in_purchase: Money,
    pub profit: Money,
    /// What came back; not in any other sum.
    pub returned: Money,
}

impl Sums {
    fn add(&mut self, line: &PricedLine) {
        let plus = |one: &mut Money, other: Money| {
            *one = Money::from_tiyn(one.tiyn().saturating_add(other.tiyn()));
        };
        if line.is_returned {
            plus(&mut self.returned, line.revenue);
            return;
        }
        self.pieces = self.pieces.saturating_add(line.quantity);
        plus(&mut self.revenue, line.revenue);
        let Some(parts) = &line.parts else {
            plus(&mut self.without_cost, line.revenue);
            return;
        };
        plus(&mut self.purchase, parts.purchase);
        plus(&mut self.commission, parts.commission);
        plus(&mut self.delivery, parts.delivery);
        plus(&mut self.advertising, parts.advertising);
        plus(&mut self.packaging, parts.packaging);
        plus(&mut self.payment, parts.payment);
        plus(&mut self.tax, parts.tax);
        plus(&mut self.vat, parts.vat);
        plus(&mut self.vat_in_price, line.vat_in_price);
        plus(&mut self.vat_in_purchase, line.vat_in_purchase);
        plus(&mut self.profit, parts.profit);
    }

    /// The tax inside the marketplace's commission and delivery, set off.
    pub const fn vat_in_fees(&self) -> Money {
        Money::from_tiyn(self.vat_in_price.tiyn() - self.vat_in_purchase.tiyn() - self.vat.tiyn())
    }

    /// Revenue whose cost is known.
    pub const fn known(&self) -> Money {
        Money::from_tiyn(self.revenue.tiyn() - self.without_cost.tiyn())
    }

    /// Profit as a share of revenue with a known cost; none when there is none.
    pub fn margin(&self) -> Option<BasisPoints> {
        (self.known() > Money::ZERO).then(|| self.profit.share_of(self.known()))
    }
}

/// Lines put together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Day, article, number of the order, category, id of the shop.
    pub key: String,
    /// Name of the product; the key otherwise.
    pub name: String,
    pub orders: usize,
    pub sums: Sums,
}

/// Goods that were sold and whose cost nobody gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    pub sku: String,
    pub name: String,
    pub pieces: i64,
    pub revenue: Money,
}

/// What a span earned.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Profit {
    pub total: Sums,
    pub orders: usize,
    /// Days ascending; everything else by revenue, the highest first.
    pub groups: Vec<Group>,
    /// Each day with a sale, for the chart.
    pub days: Vec<(Day, Sums)>,
    /// The dearest first.
    pub missing: Vec<Missing>,
    /// Orders whose delivery fee is known neither from the marketplace nor from a tariff.
    pub orders_without_delivery: usize,
    /// Of goods whose category the tariff does not know: the shop's usual commission was taken.
    pub usual_commission: Money,
    /// Of days on which the regime was not in force: the shop's usual tax was taken.
    pub usual_tax: Money,
}

/// Puts lines together.
pub fn fold(lines: &[PricedLine], by: GroupBy) -> Profit {
    let mut profit = Profit::default();
    let mut groups: BTreeMap<String, (Group, BTreeSet<&str>)> = BTreeMap::new();
    let mut days: BTreeMap<Day, Sums> = BTreeMap::new();
    let mut missing: BTreeMap<&str, Missing> = BTreeMap::new();
    let (mut orders, mut without_delivery) = (BTreeSet::new(), BTreeSet::new());
    for line in lines {
        profit.total.add(line);
        orders.insert(line.order.as_str());
        days.entry(line.day).or_default().add(line);
        let (key, name) = match by {
            GroupBy::Day => (line.day.to_string(), line.day.to_string()),
            GroupBy::Product => (line.sku.clone(), line.name.clone()),
            GroupBy::Order => (line.order.clone(), line.order.clone()),
            GroupBy::Category => {
                let category = line.category.clone().unwrap_or_default();
                (category.clone(), category)
            }
            GroupBy::Shop => (line.shop.to_string(), line.shop.to_string()),
        };
        let (group, of_group) = groups.entry(key.clone()).or_insert_with(|| {
            let empty = Group {
                key,
                name,
                orders: 0,
                sums: Sums::default(),
            };
            (empty, BTreeSet::new())
        });
        group.sums.add(line);
        of_group.insert(line.order.as_str());
        let took = |sum: &mut Money, is_assumed: bool| {
            if is_assumed && line.parts.is_some() {
                *sum = Money::from_tiyn(sum.tiyn().saturating_add(line.revenue.tiyn()));
            }
        };
        took(&mut profit.usual_commission, line.assumed.commission);
        took(&mut profit.usual_tax, line.assumed.tax);
        if line.is_delivery_unknown && !line.is_returned {
            without_delivery.insert(line.order.as_str());
        }
        if line.parts.is_none() && !line.is_returned {
            let one = missing.entry(line.sku.as_str()).or_insert_with(|| Missing {
                sku: line.sku.clone(),
                name: line.name.clone(),
                pieces: 0,
                revenue: Money::ZERO,
            });
            one.pieces = one.pieces.saturating_add(line.quantity);
            one.revenue = Money::from_tiyn(one.revenue.tiyn().saturating_add(line.revenue.tiyn()));
        }
    }
    profit.orders = orders.len();
    profit.orders_without_delivery = without_delivery.len();
    profit.groups = groups
        .into_values()
        .map(|(group, orders)| Group {
            orders: orders.len(),
            ..group
        })
        .collect();
    if by != GroupBy::Day {
        profit
            .groups
            .sort_by(|one, other| (other.sums.revenue, &one.key).cmp(&(one.sums.revenue, &other.key)));
    }
    profit.days = days.into_iter().collect();
    profit.missing = missing.into_values().collect();
    profit
        .missing
        .sort_by(|one, other| (other.revenue, &one.sku).cmp(&(one.revenue, &other.sku)));
    profit
}
