//! The door of reports: asks the rooms that know, folds, answers. Refuses spans longer than a year.

use crate::costs::{cost_of, product_of};
use crate::price::{Facts, Known};
use crate::{GroupBy, PricedLine, Profit, ReportsError, fold, price_order};
use sauda_accounts::Scope;
use sauda_catalog::{Catalog, Product};
use sauda_economics::money::{Money as MoneyRoom, OwnRates, Taxpayers};
use sauda_economics::rates::Day;
use sauda_economics::tax::Period;
use sauda_kernel::{Money, ShopId, Span};
use sauda_orders::{Orders, SoldLine};
use sauda_pricing::Pricing;
use sauda_stock::Stock;
use std::collections::BTreeMap;

/// Days of one report at most.
const LONGEST_DAYS: i64 = 370;

/// Which sales.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Empty: all shops of the merchant.
    pub shops: Vec<ShopId>,
    pub from: Day,
    /// Included.
    pub to: Day,
    pub by: GroupBy,
}

/// What the sales of a period cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expenses {
    pub sum: Money,
    /// What was sold of goods whose cost nobody said.
    pub without_cost: Money,
    /// Value added tax inside the purchase, of payers.
    pub input_vat: Money,
}

/// What buyers paid and kept, by days.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Turnover {
    pub days: Vec<(Day, Money)>,
    pub total: Money,
    /// Of the same year before the period.
    pub before: Money,
}

/// Cheap to clone.
#[derive(Clone)]
pub struct Reports {
    catalog: Catalog,
    pricing: Pricing,
    orders: Orders,
    money: MoneyRoom,
    stock: Stock,
}

impl Reports {
    pub const fn new(
        catalog: Catalog,
        pricing: Pricing,
        orders: Orders,
        money: MoneyRoom,
        stock: Stock,
    ) -> Self {
        Self {
            catalog,
            pricing,
            orders,
            money,
            stock,
        }
    }

    /// What a span earned.
    ///
    /// # Errors
    /// When the span makes no sense, or a shop is not the merchant's.
    pub async fn profit(&self, scope: &Scope, asked: &Asked) -> Result<Profit, ReportsError> {
        let lines = self.lines(scope, asked).await?;
        Ok(fold(&lines, asked.by))
    }

    /// What a span earned, and what the days from `first` until it earned. Both are read at once where they fit into one report.
    ///
    /// # Errors
    /// As [`Reports::profit`].
    pub async fn profit_against(
        &self,
        scope: &Scope,
        asked: &Asked,
        first: Day,
    ) -> Result<(Profit, Profit), ReportsError> {
        let from = |from, to| Asked {
            from,
            to,
            ..asked.clone()
        };
        let before = Day::of(asked.from.start().minus(Span::from_days(1)));
        match self.lines(scope, &from(first, asked.to)).await {
            Ok(lines) => {
                let (now, earlier): (Vec<_>, Vec<_>) =
                    lines.into_iter().partition(|line| line.day >= asked.from);
                Ok((fold(&now, asked.by), fold(&earlier, asked.by)))
            }
            Err(ReportsError::Span { .. }) => {
                let now = self.profit(scope, asked).await?;
                Ok((now, self.profit(scope, &from(first, before)).await?))
            }
            Err(error) => Err(error),
        }
    }

    /// The lines behind a report.
    ///
    /// # Errors
    /// As [`Reports::profit`].
    pub async fn lines(&self, scope: &Scope, asked: &Asked) -> Result<Vec<PricedLine>, ReportsError> {
        let (from, until) = (asked.from.start(), asked.to.start().plus(Span::from_days(1)));
        if asked.to < asked.from || until.since(from) > Span::from_days(LONGEST_DAYS) {
            return Err(ReportsError::Span {
                from: asked.from.to_string(),
                to: asked.to.to_string(),
                most: LONGEST_DAYS,
            });
        }
        let own = self.money.rates(scope).await?;
        let taxpayers = self.money.taxpayers(scope).await?;
        let mut priced = Vec::new();
        for shop in self.shops(scope, &asked.shops).await? {
            let sold = self.orders.sold(scope, &shop, from, until).await?;
            self.price(scope, &shop, &sold, &own, &taxpayers, &mut priced)
                .await?;
        }
        Ok(priced)
    }

    async fn shops(&self, scope: &Scope, wanted: &[ShopId]) -> Result<Vec<ShopId>, ReportsError> {
        let all = self.catalog.shops(scope).await?;
        let ids = all.into_iter().map(|shop| shop.id);
        Ok(ids
            .filter(|id| wanted.is_empty() || wanted.contains(id))
            .collect())
    }

    async fn price(
        &self,
        scope: &Scope,
        shop: &ShopId,
        sold: &[SoldLine],
        own: &OwnRates,
        taxpayers: &Taxpayers,
        priced: &mut Vec<PricedLine>,
    ) -> Result<(), ReportsError> {
        if sold.is_empty() {
            return Ok(());
        }
        let economics = self.pricing.economics_by_time(scope, shop).await?;
        let mut offers: Vec<_> = sold.iter().filter_map(|line| line.offer.clone()).collect();
        offers.sort();
        offers.dedup();
        let mut skus: Vec<&str> = sold
            .iter()
            .map(|line| line.sku.as_str())
            .filter(|sku| !sku.is_empty())
            .collect();
        skus.sort_unstable();
        skus.dedup();
        let goods = self.catalog.goods_sold(scope, &offers, &skus).await?;
        let mut products: Vec<&Product> = sold.iter().filter_map(|line| product_of(&goods, line)).collect();
        products.sort_by(|one, other| one.id.cmp(&other.id));
        products.dedup_by(|one, other| one.id == other.id);
        let book = self.stock.cost_book(scope, &products).await?;
        let facts = Facts {
            shop,
            economics: &economics,
            own,
            taxpayers,
        };
        // Lines of an order stand beside each other.
        for order in sold.chunk_by(|one, other| one.order == other.order) {
            let known: Vec<Known<'_>> = order
                .iter()
                .map(|line| {
                    let product = product_of(&goods, line);
                    let facts = product.map(|product| &product.facts);
                    Known {
                        line,
                        // What came back costs nothing: nobody asks.
                        cost: (!line.is_returned)
                            .then(|| cost_of(&book, &goods, line))
                            .flatten(),
                        category: facts
                            .and_then(|facts| facts.subcategory.as_deref().or(facts.category.as_deref())),
                        grams: facts.and_then(|facts| facts.weight_grams),
                        volume_cm3: product.and_then(|product| book.volume(&product.id)),
                    }
                })
                .collect();
            priced.extend(price_order(&facts, &known)?);
        }
        Ok(())
    }

    /// What the sales of a period cost, as far as the program knows: goods, and what the marketplace and parcels took. Nothing
    /// where nothing was sold. Rent, wages and the like are not in it.
    ///
    /// # Errors
    /// As [`Reports::profit`].
    pub async fn expenses(&self, scope: &Scope, period: Period) -> Result<Option<Expenses>, ReportsError> {
        let asked = Asked {
            shops: Vec::new(),
            from: period.from(),
            to: period.to(),
            by: GroupBy::Shop,
        };
        let of = self.profit(scope, &asked).await?.total;
        let parts = [
            of.purchase,
            of.commission,
            of.delivery,
            of.advertising,
            of.packaging,
            of.payment,
        ];
        let sum = parts.iter().map(|part| part.tiyn()).sum();
        Ok((of.pieces > 0).then_some(Expenses {
            sum: Money::from_tiyn(sum),
            without_cost: of.without_cost,
            input_vat: of.vat_in_purchase,
        }))
    }

    /// What buyers of all shops of the merchant paid and kept in a period, and before it in the same year.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn turnover(&self, scope: &Scope, period: Period) -> Result<Turnover, ReportsError> {
        let Some(year) = Day::new(period.from().year(), 1, 1) else {
            return Ok(Turnover::default());
        };
        let until = period.to().start().plus(Span::from_days(1));
        let mut days: BTreeMap<Day, i64> = BTreeMap::new();
        for shop in self.shops(scope, &[]).await? {
            for (at, total) in self.orders.received(scope, &shop, year.start(), until).await? {
                let sum = days.entry(Day::of(at)).or_default();
                *sum = sum.saturating_add(total.tiyn());
            }
        }
        let mut turnover = Turnover::default();
        let add = |all: Money, tiyn: i64| Money::from_tiyn(all.tiyn().saturating_add(tiyn));
        for (day, tiyn) in days {
            if period.holds(day) {
                turnover.total = add(turnover.total, tiyn);
                turnover.days.push((day, Money::from_tiyn(tiyn)));
            } else {
                turnover.before = add(turnover.before, tiyn);
            }
        }
        Ok(turnover)
    }
}
