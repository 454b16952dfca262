//! From an order that ended to the parts of each of its lines, at the rates of its day. Refuses to invent a cost or a fee.

use crate::ReportsError;
use sauda_economics::landed::spread;
use sauda_economics::money::{OwnRates, RateKind, Taxpayer};
use sauda_economics::rates::{Day, commission, unit_taxes, vat_rate};
use sauda_economics::{
    Breakdown, Delivery, DeliveryChoice, DeliveryService, FloorParts, Formula, ShopEconomics, Vat, fee_at,
};
use sauda_kernel::{BasisPoints, Money, ShopId};
use sauda_orders::SoldLine;

/// What is known beside the order itself.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    pub shop: &'a ShopId,
    pub economics: &'a ShopEconomics,
    pub own: &'a OwnRates,
    pub taxpayer: Option<&'a Taxpayer>,
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
    /// The marketplace did not say its fee, and the tariff of that day is not known.
    pub is_delivery_unknown: bool,
}

/// A line with its cost and category, as the catalogue tells.
pub type Known<'a> = (&'a SoldLine, Option<Money>, Option<&'a str>, Option<i64>);

/// The lines of one order. `lines` are its lines with the cost of one piece, the category, and grams of one piece.
///
/// # Errors
/// When the shop's settings make no sense together.
pub fn price_order(facts: &Facts<'_>, lines: &[Known<'_>]) -> Result<Vec<PricedLine>, ReportsError> {
    let Some((first, ..)) = lines.first() else {
        return Ok(Vec::new());
    };
    let day = Day::of(first.at);
    let (fee, is_delivery_unknown) = match delivery(facts, lines) {
        Some(fee) => (fee, false),
        None => (Money::ZERO, true),
    };
    let weights: Vec<i64> = lines.iter().map(|(line, ..)| line.total.tiyn().max(0)).collect();
    // An order whose lines cost nothing leaves its fee with the first.
    let fees = spread(fee, &weights).unwrap_or_else(|| {
        let first = std::iter::once(fee);
        first
            .chain(std::iter::repeat(Money::ZERO))
            .take(lines.len())
            .collect()
    });
    let mut priced = Vec::with_capacity(lines.len());
    for ((line, cost, category, _), fee) in lines.iter().zip(fees) {
        let parts = match cost {
            Some(cost) if !line.is_returned => Some(of_line(facts, line, *cost, *category, fee, day)?),
            _ => None,
        };
        priced.push(PricedLine {
            shop: facts.shop.clone(),
            order: line.code.clone(),
            day,
            sku: line.sku.clone(),
            name: line.name.clone(),
            category: category.map(str::to_owned),
            quantity: line.quantity,
            revenue: line.total,
            is_returned: line.is_returned,
            parts,
            is_delivery_unknown,
        });
    }
    Ok(priced)
}

fn times(sum: Money, quantity: i64) -> Result<Money, ReportsError> {
    sum.tiyn()
        .checked_mul(quantity)
        .map(Money::from_tiyn)
        .ok_or(ReportsError::TooLarge)
}

fn of_line(
    facts: &Facts<'_>,
    line: &SoldLine,
    cost: Money,
    category: Option<&str>,
    fee: Money,
    day: Day,
) -> Result<Breakdown, ReportsError> {
    let (economics, own) = (facts.economics, facts.own);
    let share = |kind, usual| own.share(kind, "", day).unwrap_or(usual);
    // Own rate, else the tariff of the day, else the shop's setting.
    let named = category.unwrap_or("");
    let published = || commission(named, day).ok().map(|rate| rate.rate);
    let rate = own
        .share(RateKind::Commission, named, day)
        .or_else(published)
        .unwrap_or(economics.commission_bp);
    let packaging = own.packaging(day).unwrap_or(economics.packaging);
    let mut parts = FloorParts {
        purchase: times(cost, line.quantity)?,
        packaging: times(packaging, line.quantity)?,
        commission_bp: rate,
        commission_vat: economics.commission_vat,
        fee_vat_bp: vat_rate(day)
            .ok()
            .and_then(|vat| i32::try_from(vat.hundredths).ok())
            .map(BasisPoints),
        payment_bp: share(RateKind::Payment, BasisPoints(0)),
        tax_bp: share(RateKind::Tax, economics.tax_bp),
        advertising_bp: share(RateKind::Advertising, economics.advertising_bp),
        // What really came back is counted as returned: the expected share would count it twice.
        returns_bp: BasisPoints(0),
        delivery: Delivery::Fixed(fee),
        ..FloorParts::default()
    };
    if let Some(payer) = facts.taxpayer {
        let own_rate = own.share(RateKind::Tax, "", day).or(payer.rate);
        if let Ok(taxes) = unit_taxes(
            payer.regime,
            payer.place.as_deref(),
            own_rate,
            payer.is_vat_payer,
            day,
        ) {
            parts.tax_bp = taxes.tax;
            parts.profit_tax_bp = taxes.profit_tax;
            parts.vat = taxes.vat.map(|rate_bp| Vat {
                rate_bp,
                input: Money::ZERO,
                delivery_credited: true,
            });
        }
    }
    Ok(Formula::new(&parts)?.of(line.total)?)
}

/// What bringing the order cost: as the marketplace said, else by the shop's setting and the tariff of the day.
fn delivery(facts: &Facts<'_>, lines: &[Known<'_>]) -> Option<Money> {
    let (first, ..) = lines.first()?;
    if first.is_returned {
        return Some(Money::ZERO);
    }
    if let Some(paid) = first.delivery_paid {
        return Some(paid);
    }
    match facts.economics.delivery {
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
                .map(|(line, _, _, piece)| {
                    line.grams
                        .or_else(|| piece.and_then(|piece| piece.checked_mul(line.quantity)))
                })
                .sum();
            let grams = weighed.filter(|grams| *grams > 0).unwrap_or(grams);
            fee_at(service, grams, first.order_total.tenge_down(), first.at)
                .ok()
                .map(|(fee, _)| fee)
        }
    }
}
