//! From an order that ended to the parts of each of its lines, at the rates of its day. Refuses to invent a cost or a fee.

use crate::ReportsError;
use sauda_economics::landed::spread;
use sauda_economics::money::{OwnRates, Taxpayers};
use sauda_economics::rates::Day;
use sauda_economics::{
    Assumed, Breakdown, Delivery, DeliveryChoice, DeliveryService, FloorParts, Formula, Pieces, Terms, fee_at,
};
use sauda_kernel::{BasisPoints, Money, ShopId, Timestamp};
use sauda_orders::SoldLine;
use sauda_pricing::service::EconomicsByTime;
use sauda_stock::Landed;

/// What is known beside the order itself.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    pub shop: &'a ShopId,
    pub economics: &'a EconomicsByTime,
    pub own: &'a OwnRates,
    pub taxpayers: &'a Taxpayers,
}

/// A line with where its money went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PricedLine {
    pub shop: ShopId,
    pub order: String,
    pub day: Day,
    pub sku: String,
    pub name: String,
    pub category: Option<String>,
    pub quantity: i64,
    pub revenue: Money,
    pub is_returned: bool,
    /// None: the cost is not known, and so is the profit.
    pub parts: Option<Breakdown>,
    /// Value added tax of a payer: inside the price, and inside the purchase, where it is set off. Both are part of
    /// `parts.vat`, which is what remains to be paid.
    pub vat_in_price: Money,
    pub vat_in_purchase: Money,
    /// The marketplace did not say its fee, and the tariff of that day is not known.
    pub is_delivery_unknown: bool,
    /// What was not known and was taken from the shop's settings.
    pub assumed: Assumed,
}

/// A line with what the catalogue and the stock tell of it.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    pub line: &'a SoldLine,
    /// Of all its pieces; none when nobody said.
    pub cost: Option<Landed>,
    pub category: Option<&'a str>,
    /// Of one piece.
    pub grams: Option<i64>,
    /// Of one piece.
    pub volume_cm3: Option<i64>,
}

/// The lines of one order.
///
/// # Errors
/// When the shop's settings make no sense together.
pub fn price_order(facts: &Facts<'_>, lines: &[Known<'_>]) -> Result<Vec<PricedLine>, ReportsError> {
    let Some(first) = lines.first() else {
        return Ok(Vec::new());
    };
    let day = Day::of(first.line.at);
    let (fee, is_delivery_unknown) = match delivery(facts, lines) {
        Some(fee) => (fee, false),
        None => (Money::ZERO, true),
    };
    let weights: Vec<i64> = lines.iter().map(|known| known.line.total.tiyn().max(0)).collect();
    // An order whose lines cost nothing leaves its fee with the first.
    let fees = spread(fee, &weights).unwrap_or_else(|| {
        let first = std::iter::once(fee);
        first
            .chain(std::iter::repeat(Money::ZERO))
            .take(lines.len())
            .collect()
    });
    let mut priced = Vec::with_capacity(lines.len());
    for (known, fee) in lines.iter().zip(fees) {
        let line = known.line;
        let (mut parts, mut in_price, mut in_purchase) = (None, Money::ZERO, Money::ZERO);
        let mut assumed = Assumed::default();
        if let Some(landed) = known.cost.filter(|_| !line.is_returned) {
            let (asked, took) = of_line(facts, known, landed, fee, line.at)?;
            assumed = took;
            if let Some(vat) = asked.vat {
                in_price = inside(line.total, vat.rate_bp);
                in_purchase = vat.input;
            }
            parts = Some(Formula::new(&asked)?.of(line.total)?);
        }
        priced.push(PricedLine {
            shop: facts.shop.clone(),
            order: line.code.clone(),
            day,
            sku: line.sku.clone(),
            name: line.name.clone(),
            category: known.category.map(str::to_owned),
            quantity: line.quantity,
            revenue: line.total,
            is_returned: line.is_returned,
            parts,
            vat_in_price: in_price,
            vat_in_purchase: in_purchase,
            is_delivery_unknown,
            assumed,
        });
    }
    Ok(priced)
}

/// The tax inside a sum, half a tiyn up, as the formula has it.
fn inside(sum: Money, rate: BasisPoints) -> Money {
    let rate = i128::from(rate.0);
    let (above, below) = (i128::from(sum.tiyn()) * rate, 10_000 + rate);
    let tiyn = (above * 2 + below).div_euclid(below * 2);
    Money::from_tiyn(i64::try_from(tiyn).unwrap_or(0))
}

/// What the formula is asked of a line, and what was taken for want of better.
fn of_line(
    facts: &Facts<'_>,
    known: &Known<'_>,
    cost: Landed,
    fee: Money,
    at: Timestamp,
) -> Result<(FloorParts, Assumed), ReportsError> {
    let line = known.line;
    let terms = Terms {
        economics: facts.economics.at(at),
        own: facts.own,
        taxpayers: facts.taxpayers,
    };
    let pieces = Pieces {
        sku: &line.sku,
        category: known.category,
        grams: known.grams,
        volume_cm3: known.volume_cm3,
        quantity: line.quantity,
        cost: cost.cost,
        cost_vat: cost.vat,
    };
    let (parts, assumed) = terms.parts(&pieces, Day::of(at))?;
    // What really came back is counted as returned: the expected share would count it twice.
    let parts = FloorParts {
        delivery: Delivery::Fixed(fee),
        ..parts
    };
    Ok((parts, assumed))
}

/// What bringing the order cost: as the marketplace said, else by the shop's setting and the tariff of the day.
fn delivery(facts: &Facts<'_>, lines: &[Known<'_>]) -> Option<Money> {
    let first = lines.first()?.line;
    if first.is_returned {
        return Some(Money::ZERO);
    }
    if let Some(paid) = first.delivery_paid {
        return Some(paid);
    }
    match facts.economics.at(first.at).delivery {
        DeliveryChoice::None => Some(Money::ZERO),
        DeliveryChoice::Fixed { fee } => Some(fee),
        DeliveryChoice::Tariff { service, grams } => {
            let service = if first.is_express {
                DeliveryService::Express
            } else {
                service
            };
            let weighed: Option<i64> = lines
                .iter()
                .map(|Known { line, grams, .. }| {
                    line.grams
                        .or_else(|| grams.and_then(|piece| piece.checked_mul(line.quantity)))
                })
                .sum();
            let grams = weighed.filter(|grams| *grams > 0).unwrap_or(grams);
            let price = first.order_total.tenge_down();
            let own = facts.own.delivery(service, Some(grams), Day::of(first.at));
            let own = own.iter().rev().find(|step| step.from <= price);
            own.map(|step| step.fee).or_else(|| {
                let published = fee_at(service, grams, price, first.at);
                published.ok().map(|(fee, _)| fee)
            })
        }
    }
}
