//! Orders to suppliers: drafted, sent, on the way, received with what differs. Refuses to receive twice.

use super::{Stock, not_found};
use crate::{
    StockError,
    model::{
        BatchCost, CostKind, Landed, Landing, MovementKind, NewMovement, PaidIn, Purchase, PurchaseLine,
        PurchaseState, land,
    },
    store::{purchases, supply},
};
use sauda_accounts::{Right, Scope};
use sauda_economics::rates::Day;
use sauda_kernel::{Money, ProductId, PurchaseId, Span, SupplierId};
use std::collections::BTreeMap;

/// A product to order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    pub product: ProductId,
    pub quantity: i64,
    pub unit_cost: Option<Money>,
}

/// What came of a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    pub product: ProductId,
    pub quantity: i64,
    /// What a piece cost by the invoice; what the order says without it.
    pub unit_cost: Option<Money>,
    /// The same in the currency of the order, hundredths.
    pub price: Option<i64>,
}

/// What came of an order, what was paid for the whole of it, and the rate of its currency on the day; that of the order
/// without it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Receipt<'a> {
    pub came: &'a [Received],
    pub costs: &'a [BatchCost],
    /// Millionths of a tenge.
    pub rate: Option<i64>,
}

/// A line of a draft as it is to become; zero pieces take it out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLine {
    pub product: ProductId,
    pub quantity: i64,
    pub unit_cost: Option<Money>,
    /// What a piece costs in the currency of the order, hundredths: then `unit_cost` comes of it.
    pub price: Option<i64>,
}

/// What an order is to be paid in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPaidIn {
    pub currency: String,
    /// Millionths of a tenge; the merchant's own rate of today without it.
    pub rate: Option<i64>,
}

/// What to change of a draft; what is not named stays.
#[derive(Debug, Clone, Default)]
pub struct PurchaseChange {
    /// From whom it is, or from nobody.
    pub supplier: Option<Option<SupplierId>>,
    /// In what it is paid; tenge for nothing inside.
    pub paid_in: Option<Option<NewPaidIn>>,
    /// Its lines anew.
    pub lines: Option<Vec<NewLine>>,
}

impl Stock {
    /// Orders to suppliers, newest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn purchases(&self, scope: &Scope) -> Result<Vec<Purchase>, StockError> {
        Ok(purchases::list(&self.db, scope, None, 200).await?)
    }

    /// One of them.
    ///
    /// # Errors
    /// When there is no such order.
    pub async fn purchase(&self, scope: &Scope, id: &PurchaseId) -> Result<Purchase, StockError> {
        let mut found = purchases::list(&self.db, scope, Some(id), 1).await?;
        found.pop().ok_or_else(|| not_found("purchase", id.as_str()))
    }

    /// Drafts an order; what a piece costs is what the catalogue says where nobody says otherwise.
    ///
    /// # Errors
    /// When the caller may not, nothing is wanted, or a number makes no sense.
    pub async fn draft_purchase(
        &self,
        scope: &Scope,
        supplier: Option<SupplierId>,
        wanted: &[Wanted],
    ) -> Result<Purchase, StockError> {
        scope.require(Right::ManageCatalog)?;
        let vat_bp = self.vat_of(scope, supplier.as_ref()).await?;
        let (paid_in, prices) = self.as_before(scope, supplier.as_ref()).await?;
        let lines: Vec<NewLine> = wanted
            .iter()
            .map(|one| NewLine {
                product: one.product.clone(),
                quantity: one.quantity,
                unit_cost: one.unit_cost,
                price: prices
                    .get(&one.product)
                    .copied()
                    .filter(|_| one.unit_cost.is_none()),
            })
            .collect();
        let lines = self.checked_lines(scope, &lines, paid_in.as_ref()).await?;
        let warehouses = self.warehouses(scope).await?;
        let main = warehouses.first().ok_or_else(|| not_found("warehouse", ""))?;
        let mut new = Purchase {
            id: self.id(),
            number: 0,
            supplier,
            warehouse: main.id.clone(),
            state: PurchaseState::Draft,
            expected_at: None,
            extra_cost: Money::ZERO,
            vat_bp,
            paid_in,
            made_by: scope.actor_name().to_owned(),
            created_at: self.clock.now(),
            sent_at: None,
            received_at: None,
            lines,
            costs: Vec::new(),
        };
        let mut tx = self.db.write().await?;
        new.number = purchases::insert(&mut tx, scope, &new).await?;
        purchases::put_lines(&mut tx, scope, &new.id, &new.lines).await?;
        tx.commit().await?;
        Ok(new)
    }

    /// What the last order to a supplier was paid in, at today's rate where the merchant has one, and what each product cost
    /// there when it was ordered last.
    async fn as_before(
        &self,
        scope: &Scope,
        supplier: Option<&SupplierId>,
    ) -> Result<(Option<PaidIn>, BTreeMap<ProductId, i64>), StockError> {
        let mut prices = BTreeMap::new();
        let all = match supplier {
            Some(_) => self.purchases(scope).await?,
            None => Vec::new(),
        };
        let before = || {
            let done = all.iter().filter(|one| one.state != PurchaseState::Cancelled);
            done.filter(|one| one.supplier.as_ref() == supplier)
        };
        let Some(last) = before().next().and_then(|one| one.paid_in.clone()) else {
            return Ok((None, prices));
        };
        let today = Day::of(self.clock.now());
        let own = self.money.rates(scope).await?.currency(&last.currency, today);
        let rate = own.map_or(last.rate, |own| own.millionths);
        let same = before().filter(|one| {
            one.paid_in
                .as_ref()
                .is_some_and(|paid| paid.currency == last.currency)
        });
        for line in same.flat_map(|one| &one.lines) {
            if let Some(price) = line.price {
                prices.entry(line.product.clone()).or_insert(price);
            }
        }
        Ok((Some(PaidIn { rate, ..last }), prices))
    }

    /// What an order is to be paid in, with its rate.
    async fn paid_in(&self, scope: &Scope, new: &NewPaidIn) -> Result<PaidIn, StockError> {
        let currency = sauda_economics::money::currency(&new.currency)
            .map_err(|_| StockError::fact("money-currency", "currency", &new.currency))?;
        let rate = match new.rate {
            Some(rate) => rate,
            None => {
                let today = Day::of(self.clock.now());
                let own = self.money.rates(scope).await?.currency(&currency, today);
                own.map(|own| own.millionths)
                    .ok_or_else(|| StockError::fact("no-currency-rate", "rate", &currency))?
            }
        };
        Ok(PaidIn {
            currency,
            rate: rated(rate)?,
        })
    }

    /// The tax inside a supplier's prices.
    async fn vat_of(&self, scope: &Scope, supplier: Option<&SupplierId>) -> Result<i64, StockError> {
        let Some(id) = supplier else { return Ok(0) };
        let suppliers = self.suppliers(scope).await?;
        let found = suppliers.iter().find(|one| one.id == *id);
        found
            .map(|one| one.vat_bp)
            .ok_or_else(|| not_found("supplier", id.as_str()))
    }

    /// Lines of an order, each product once.
    async fn checked_lines(
        &self,
        scope: &Scope,
        wanted: &[NewLine],
        paid_in: Option<&PaidIn>,
    ) -> Result<Vec<PurchaseLine>, StockError> {
        if wanted.is_empty() || wanted.len() > 1_000 {
            return Err(StockError::fact("purchase-empty", "lines", wanted.len()));
        }
        let bought = supply::all(&self.db, scope, None).await?;
        let mut lines: Vec<PurchaseLine> = Vec::with_capacity(wanted.len());
        for one in wanted {
            if !(1..=super::MOST_PIECES).contains(&one.quantity) {
                return Err(StockError::fact("stock-quantity", "quantity", one.quantity));
            }
            let (price, unit_cost) = cost_of(paid_in, one.price, one.unit_cost)?;
            let product = self.product(scope, &one.product).await?;
            if lines.iter().any(|line| line.product == one.product) {
                return Err(StockError::fact("purchase-twice", "lines", product.facts.sku));
            }
            // What the supplier asks for so many pieces, else what the catalogue says.
            let asked = || match bought.get(&one.product) {
                Some(known) => known.offer(product.facts.cost).price(one.quantity),
                None => product.facts.cost,
            };
            lines.push(PurchaseLine {
                product: one.product.clone(),
                ordered: one.quantity,
                received: None,
                price,
                unit_cost: unit_cost.or_else(asked),
                landed: None,
            });
        }
        Ok(lines)
    }

    /// Puts other lines in the place of those of a draft, and says from whom it is and what it is paid in. Prices in a
    /// currency that is left are left too.
    ///
    /// # Errors
    /// When the caller may not, it is no draft any more, or a number makes no sense.
    pub async fn change_purchase(
        &self,
        scope: &Scope,
        id: &PurchaseId,
        change: PurchaseChange,
    ) -> Result<Purchase, StockError> {
        scope.require(Right::ManageCatalog)?;
        let was = self.purchase(scope, id).await?;
        let not_now = || StockError::PurchaseNotNow {
            state: was.state.word(),
        };
        if was.state != PurchaseState::Draft {
            return Err(not_now());
        }
        let paid_in = match &change.paid_in {
            None => was.paid_in.clone(),
            Some(None) => None,
            Some(Some(new)) => Some(self.paid_in(scope, new).await?),
        };
        let stays = |line: &PurchaseLine| {
            let same = |paid: &PaidIn| paid_in.as_ref().is_some_and(|now| now.currency == paid.currency);
            line.price.filter(|_| was.paid_in.as_ref().is_some_and(same))
        };
        let lines: Vec<NewLine> = match change.lines {
            Some(lines) => lines.into_iter().filter(|line| line.quantity != 0).collect(),
            None => was
                .lines
                .iter()
                .map(|line| NewLine {
                    product: line.product.clone(),
                    quantity: line.ordered,
                    unit_cost: line.unit_cost,
                    price: stays(line),
                })
                .collect(),
        };
        let lines = self.checked_lines(scope, &lines, paid_in.as_ref()).await?;
        let (supplier, vat_bp) = match change.supplier {
            None => (was.supplier.clone(), was.vat_bp),
            Some(supplier) => {
                let vat_bp = self.vat_of(scope, supplier.as_ref()).await?;
                (supplier, vat_bp)
            }
        };
        let mut tx = self.db.write().await?;
        if purchases::set_head(&mut tx, scope, id, supplier.as_ref(), vat_bp, paid_in.as_ref()).await? == 0 {
            return Err(not_now());
        }
        purchases::put_lines(&mut tx, scope, id, &lines).await?;
        let after = Some(format!("{} lines", lines.len()));
        self.audit(&mut tx, scope, "stock.purchase_changed", id.as_str(), after)
            .await?;
        tx.commit().await?;
        self.purchase(scope, id).await
    }

    /// Moves an order on: sent, on the way, cancelled. When it is sent, it is expected after the supplier's days.
    ///
    /// # Errors
    /// When the caller may not, or it stands where this makes no sense.
    pub async fn advance_purchase(
        &self,
        scope: &Scope,
        id: &PurchaseId,
        state: PurchaseState,
    ) -> Result<Purchase, StockError> {
        scope.require(Right::ManageCatalog)?;
        let was = self.purchase(scope, id).await?;
        if !was.state.next().contains(&state) {
            return Err(StockError::PurchaseNotNow {
                state: was.state.word(),
            });
        }
        let now = self.clock.now();
        let mut expected_at = was.expected_at;
        if state == PurchaseState::Sent {
            let suppliers = self.suppliers(scope).await?;
            let supplier = suppliers
                .iter()
                .find(|one| Some(&one.id) == was.supplier.as_ref());
            let days = match supplier {
                Some(one) => one.lead_days + one.opens_in(now),
                None => self.settings(scope).await?.lead_days,
            };
            expected_at = Some(now.plus(Span::from_days(days)));
        }
        let mut tx = self.db.write().await?;
        if purchases::set_state(&mut tx, scope, &was, state, expected_at, now).await? == 0 {
            return Err(StockError::PurchaseNotNow {
                state: was.state.word(),
            });
        }
        self.audit(
            &mut tx,
            scope,
            "stock.purchase",
            id.as_str(),
            Some(state.word().to_owned()),
        )
        .await?;
        tx.commit().await?;
        self.purchase(scope, id).await
    }

    /// Receives an order: what came, not what was asked for, lies there now; what was paid for the whole of it becomes part of
    /// what its pieces cost, to the tiyn.
    ///
    /// # Errors
    /// When the caller may not, it is not on its way, a number makes no sense, or a cost cannot be spread as asked.
    pub async fn receive_purchase(
        &self,
        scope: &Scope,
        id: &PurchaseId,
        receipt: Receipt<'_>,
    ) -> Result<Purchase, StockError> {
        scope.require(Right::ManageOrders)?;
        let was = self.purchase(scope, id).await?;
        if !was.state.is_coming() {
            return Err(StockError::PurchaseNotNow {
                state: was.state.word(),
            });
        }
        let costs = merged(receipt.costs)?;
        let paid_in = match &was.paid_in {
            None => None,
            Some(paid) => Some(PaidIn {
                rate: rated(receipt.rate.unwrap_or(paid.rate))?,
                ..paid.clone()
            }),
        };
        let lines = came(&was, receipt.came, paid_in.as_ref())?;
        let lines = self.landed_lines(scope, &was, lines, &costs).await?;
        let now = self.clock.now();
        let mut tx = self.held(scope).await?;
        let (state, expected) = (PurchaseState::Received, was.expected_at);
        if purchases::set_state(&mut tx, scope, &was, state, expected, now).await? == 0 {
            return Err(StockError::PurchaseNotNow {
                state: was.state.word(),
            });
        }
        let extra = costs.iter().map(|cost| cost.sum.tiyn()).sum();
        let rate = paid_in.map(|paid| paid.rate);
        purchases::set_paid(&mut tx, scope, id, Money::from_tiyn(extra), rate).await?;
        purchases::put_costs(&mut tx, scope, id, &costs).await?;
        for (line, landed) in &lines {
            purchases::set_received(&mut tx, id, line).await?;
            let quantity = line.received.unwrap_or(0);
            if quantity == 0 {
                continue;
            }
            let each = landed.and_then(|landed| landed.cost.tiyn().checked_div(quantity));
            let new = NewMovement {
                product: line.product.clone(),
                warehouse: was.warehouse.clone(),
                kind: MovementKind::Receipt,
                quantity,
                unit_cost: each.map(Money::from_tiyn),
                landed: *landed,
                reason: String::new(),
                document: was.number.to_string(),
                once_key: format!("receipt:{id}:{}", line.product),
            };
            self.write(&mut tx, scope, &new, None).await?;
        }
        self.audit(&mut tx, scope, "stock.received", id.as_str(), None)
            .await?;
        tx.commit().await?;
        let received: Vec<ProductId> = lines.iter().map(|(line, _)| line.product.clone()).collect();
        self.note_costs(scope, &received).await?;
        self.purchase(scope, id).await
    }

    /// The lines of an order as they came, each with what it cost on the shelf.
    async fn landed_lines(
        &self,
        scope: &Scope,
        was: &Purchase,
        lines: Vec<PurchaseLine>,
        costs: &[BatchCost],
    ) -> Result<Vec<(PurchaseLine, Option<Landed>)>, StockError> {
        let ids: Vec<ProductId> = lines.iter().map(|line| line.product.clone()).collect();
        let products = self.products.by_ids(scope, &ids).await?;
        let supply = supply::all(&self.db, scope, None).await?;
        let landings: Vec<Landing<'_>> = lines
            .iter()
            .map(|line| {
                let facts = products
                    .iter()
                    .find(|one| one.id == line.product)
                    .map(|one| &one.facts);
                Landing {
                    sku: facts.map_or(line.product.as_str(), |facts| facts.sku.as_str()),
                    pieces: line.received.unwrap_or(0),
                    unit_cost: line.unit_cost,
                    grams: facts.and_then(|facts| facts.weight_grams),
                    volume_cm3: supply.get(&line.product).and_then(|one| one.volume_cm3),
                }
            })
            .collect();
        let landed = land(&landings, costs, was.vat_bp)?;
        let told = lines.into_iter().zip(landed).map(|(line, landed)| {
            let cost = landed.map(|landed| landed.cost);
            (PurchaseLine { landed: cost, ..line }, landed)
        });
        Ok(told.collect())
    }
}

/// The lines of an order as they came, at the prices of the invoice.
fn came(
    was: &Purchase,
    told: &[Received],
    paid_in: Option<&PaidIn>,
) -> Result<Vec<PurchaseLine>, StockError> {
    if let Some(other) = told
        .iter()
        .find(|one| !was.lines.iter().any(|line| line.product == one.product))
    {
        return Err(not_found("purchase-line", other.product.as_str()));
    }
    let mut lines = Vec::with_capacity(was.lines.len());
    for line in &was.lines {
        let one = told.iter().find(|one| one.product == line.product);
        let quantity = one.map_or(line.ordered, |one| one.quantity);
        if !(0..=super::MOST_PIECES).contains(&quantity) {
            return Err(StockError::fact("stock-quantity", "received", quantity));
        }
        let unit_cost = one.and_then(|one| one.unit_cost);
        // A price in tenge by the invoice stands above one in the currency by the order.
        let price = one
            .and_then(|one| one.price)
            .or_else(|| line.price.filter(|_| unit_cost.is_none()));
        let (price, unit_cost) = cost_of(paid_in, price, unit_cost.or(line.unit_cost))?;
        lines.push(PurchaseLine {
            received: Some(quantity),
            price,
            unit_cost,
            ..line.clone()
        });
    }
    Ok(lines)
}

/// What a piece costs: the price in the currency of the order, and tenge.
fn cost_of(
    paid_in: Option<&PaidIn>,
    price: Option<i64>,
    unit_cost: Option<Money>,
) -> Result<(Option<i64>, Option<Money>), StockError> {
    let (price, cost) = match (paid_in, price) {
        (Some(paid), Some(price)) => {
            let cost = paid.in_tenge(price).filter(|_| price >= 0);
            let wrong = || StockError::fact("stock-cost-wrong", "unit_cost", price / 100);
            (Some(price), Some(cost.ok_or_else(wrong)?))
        }
        (None, Some(price)) => {
            return Err(StockError::fact("purchase-no-currency", "price", price / 100));
        }
        (_, None) => (None, unit_cost),
    };
    if let Some(cost) = cost {
        priced(cost)?;
    }
    Ok((price, cost))
}

/// A rate that may be: up to a hundred thousand tenge for one.
fn rated(rate: i64) -> Result<i64, StockError> {
    if (1..=100_000_000_000).contains(&rate) {
        Ok(rate)
    } else {
        let told = sauda_economics::money::fields::decimal(rate.max(0), 6);
        Err(StockError::fact("purchase-rate", "rate", told))
    }
}

/// A price of a piece that may be.
fn priced(cost: Money) -> Result<(), StockError> {
    if (0..=super::LARGEST_COST).contains(&cost.tiyn()) {
        Ok(())
    } else {
        Err(StockError::fact(
            "stock-cost-wrong",
            "unit_cost",
            cost.tiyn() / 100,
        ))
    }
}

/// Each kind of cost once; those of nothing are left out.
fn merged(costs: &[BatchCost]) -> Result<Vec<BatchCost>, StockError> {
    let mut told: Vec<BatchCost> = Vec::with_capacity(costs.len());
    for cost in costs.iter().filter(|cost| cost.sum != Money::ZERO) {
        let is_small = (0..=super::LARGEST_COST).contains(&cost.sum.tiyn());
        let most_vat = if cost.kind == CostKind::ImportVat {
            0
        } else {
            9_000
        };
        if !(0..=most_vat).contains(&cost.vat_bp) {
            return Err(StockError::fact(
                "purchase-cost-vat",
                cost.kind.word(),
                cost.vat_bp,
            ));
        }
        if !is_small || told.iter().any(|known| known.kind == cost.kind) {
            return Err(StockError::fact(
                "purchase-cost",
                cost.kind.word(),
                cost.sum.tiyn() / 100,
            ));
        }
        told.push(*cost);
    }
    Ok(told)
}
