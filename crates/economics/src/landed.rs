//! What a unit costs when it lies on the shelf: goods, freight, customs, defects, spread over a batch to the tiyn. Refuses a
//! foreign price without a rate and a spread over nothing.

use sauda_kernel::{BasisPoints, Failure, Kind, Money, Public};

/// By what a shared cost is spread over the items of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpreadBy {
    Weight,
    Volume,
    Value,
    Quantity,
}

impl SpreadBy {
    pub const ALL: [Self; 4] = [Self::Value, Self::Weight, Self::Volume, Self::Quantity];

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.word() == word)
    }

    pub const fn word(self) -> &'static str {
        match self {
            Self::Weight => "weight",
            Self::Volume => "volume",
            Self::Value => "value",
            Self::Quantity => "quantity",
        }
    }
}

/// A cost of the whole batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shared {
    pub sum: Money,
    pub by: SpreadBy,
}

/// One item of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LandedItem {
    pub name: String,
    pub quantity: i64,
    /// What all its units cost at the supplier, in tenge.
    pub goods: Money,
    /// Of all its units.
    pub grams: i64,
    /// Of all its units, cubic centimetres.
    pub volume_cm3: i64,
    /// Customs duty on its customs value.
    pub duty: BasisPoints,
    /// Units that cannot be sold, as a share of the quantity.
    pub defects: BasisPoints,
}

/// A batch as it arrives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    pub items: Vec<LandedItem>,
    /// To the border; part of the customs value.
    pub freight: Shared,
    /// Part of the customs value.
    pub insurance: Shared,
    pub brokerage: Shared,
    /// From the border to the shelf.
    pub local: Shared,
    pub other: Shared,
    /// On customs value and duty; none when nothing is imported.
    pub import_vat: Option<BasisPoints>,
    /// A payer of value added tax sets the import tax off, so that it is no cost.
    pub vat_set_off: bool,
}

/// What an item costs, part by part. `goods` + … + `import_vat` = `total`, to the tiyn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LandedCost {
    pub name: String,
    pub quantity: i64,
    pub goods: Money,
    pub freight: Money,
    pub insurance: Money,
    pub duty: Money,
    pub brokerage: Money,
    pub local: Money,
    pub other: Money,
    /// Counted as a cost; zero when it is set off.
    pub import_vat: Money,
    /// Paid at the border and set off.
    pub vat_set_off: Money,
    pub total: Money,
    /// For one unit that can be sold, rounded up to a tiyn.
    pub unit: Money,
}

/// Why there is no landed cost.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LandedError {
    #[error("the batch has no items: give at least one")]
    Empty,
    #[error("{part} of {item:?} is {value}: give {wanted}")]
    Wrong {
        item: String,
        part: &'static str,
        value: i64,
        wanted: &'static str,
    },
    #[error(
        "{cost} is to be spread by {by}, and no item has one: give {by} of the items or spread it by value or quantity"
    )]
    NothingToSpreadBy { cost: &'static str, by: &'static str },
    #[error("{cost} is to be spread by {by}, and {item:?} has none: give it, or spread by value or quantity")]
    MissingMeasure {
        cost: &'static str,
        by: &'static str,
        item: String,
    },
    #[error("the sums of the batch are larger than can be kept: check the figures")]
    TooLarge,
}

impl Failure for LandedError {
    fn kind(&self) -> Kind {
        Kind::Invalid
    }

    fn public(&self) -> Vec<Public> {
        vec![match self {
            Self::Empty => Public::new("landed-empty").field("landed"),
            Self::Wrong {
                item, part, value, ..
            } => Public::new("landed-wrong")
                .field(*part)
                .arg("item", item)
                .arg("part", part)
                .arg("value", value),
            Self::NothingToSpreadBy { cost, by } => Public::new("landed-no-measure")
                .field(*cost)
                .arg("cost", cost)
                .arg("by", by)
                .arg("item", ""),
            Self::MissingMeasure { cost, by, item } => Public::new("landed-no-measure")
                .field(*cost)
                .arg("cost", cost)
                .arg("by", by)
                .arg("item", item),
            Self::TooLarge => Public::new("landed-too-large").field("landed"),
        }]
    }
}

/// The largest sum of a batch: a thousand billion tenge, far inside 64 bits.
const LARGEST: i64 = 100_000_000_000_000;

/// Tenge for a price in another currency: hundredths of it × tenge for one, in millionths; half a tiyn up.
///
/// # Errors
/// When the sum is too large.
pub fn in_tenge(hundredths: i64, rate_millionths: i64) -> Result<Money, LandedError> {
    let exact = i128::from(hundredths) * i128::from(rate_millionths);
    let tiyn = (exact + 500_000).div_euclid(1_000_000);
    i64::try_from(tiyn)
        .ok()
        .filter(|tiyn| *tiyn <= LARGEST)
        .map(Money::from_tiyn)
        .ok_or(LandedError::TooLarge)
}

/// Splits a sum by weights so that the pieces add up to it: each gets its share rounded down, and the tiyns that remain go to
/// the largest rests, the first of equals first. None when all weights are zero and the sum is not.
pub fn spread(sum: Money, weights: &[i64]) -> Option<Vec<Money>> {
    let all: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
    if all == 0 {
        return (sum == Money::ZERO).then(|| vec![Money::ZERO; weights.len()]);
    }
    let mut pieces = Vec::with_capacity(weights.len());
    let mut rests = Vec::with_capacity(weights.len());
    let mut given = 0_i64;
    for (index, weight) in weights.iter().enumerate() {
        let exact = i128::from(sum.tiyn()) * i128::from(*weight);
        let piece = i64::try_from(exact.div_euclid(all)).ok()?;
        given += piece;
        pieces.push(piece);
        rests.push((exact.rem_euclid(all), index));
    }
    rests.sort_by_key(|(rest, index)| (std::cmp::Reverse(*rest), *index));
    let missing = usize::try_from(sum.tiyn() - given).ok()?;
    for (_, index) in rests.iter().take(missing) {
        if let Some(piece) = pieces.get_mut(*index) {
            *piece += 1;
        }
    }
    Some(pieces.into_iter().map(Money::from_tiyn).collect())
}

/// The landed cost of each item.
///
/// Customs value = goods + freight to the border + insurance; duty is a share of it; import tax is a share of both.
///
/// # Errors
/// When a figure is negative or too large, or a cost cannot be spread as asked.
pub fn landed(batch: &Batch) -> Result<Vec<LandedCost>, LandedError> {
    check(batch)?;
    let freight = batch.spread("freight", batch.freight)?;
    let insurance = batch.spread("insurance", batch.insurance)?;
    let brokerage = batch.spread("brokerage", batch.brokerage)?;
    let local = batch.spread("local_delivery", batch.local)?;
    let other = batch.spread("other", batch.other)?;
    let shares = freight
        .into_iter()
        .zip(insurance)
        .zip(brokerage)
        .zip(local)
        .zip(other);
    let mut costs = Vec::with_capacity(batch.items.len());
    for (item, ((((freight, insurance), brokerage), local), other)) in batch.items.iter().zip(shares) {
        let customs = item.goods.tiyn() + freight.tiyn() + insurance.tiyn();
        let duty = part(customs, item.duty);
        let vat = batch.import_vat.map_or(0, |rate| part(customs + duty, rate));
        let (import_vat, vat_set_off) = if batch.vat_set_off { (0, vat) } else { (vat, 0) };
        let total = customs + duty + brokerage.tiyn() + local.tiyn() + other.tiyn() + import_vat;
        let good = i128::from(item.quantity) * i128::from(10_000 - item.defects.0);
        let unit = (i128::from(total) * 10_000 + good - 1).div_euclid(good);
        costs.push(LandedCost {
            name: item.name.clone(),
            quantity: item.quantity,
            goods: item.goods,
            freight,
            insurance,
            duty: Money::from_tiyn(duty),
            brokerage,
            local,
            other,
            import_vat: Money::from_tiyn(import_vat),
            vat_set_off: Money::from_tiyn(vat_set_off),
            total: Money::from_tiyn(total),
            unit: Money::from_tiyn(i64::try_from(unit).map_err(|_| LandedError::TooLarge)?),
        });
    }
    Ok(costs)
}

/// A share of a sum, half a tiyn up.
fn part(sum: i64, share: BasisPoints) -> i64 {
    Money::from_tiyn(sum).share(share).tiyn()
}

fn check(batch: &Batch) -> Result<(), LandedError> {
    if batch.items.is_empty() {
        return Err(LandedError::Empty);
    }
    let shared = [
        batch.freight,
        batch.insurance,
        batch.brokerage,
        batch.local,
        batch.other,
    ];
    let goods: i128 = batch.items.iter().map(|item| i128::from(item.goods.tiyn())).sum();
    let costs: i128 = shared.iter().map(|cost| i128::from(cost.sum.tiyn())).sum();
    if goods + costs > i128::from(LARGEST) {
        return Err(LandedError::TooLarge);
    }
    let wrong = |item: &LandedItem, part, value, wanted| {
        Err(LandedError::Wrong {
            item: item.name.clone(),
            part,
            value,
            wanted,
        })
    };
    for item in &batch.items {
        if item.quantity < 1 {
            return wrong(item, "quantity", item.quantity, "1 or more");
        }
        for (name, value) in [
            ("price", item.goods.tiyn()),
            ("weight", item.grams),
            ("volume", item.volume_cm3),
        ] {
            if value < 0 {
                return wrong(item, name, value, "0 or more");
            }
        }
        if !(0..=100_000).contains(&item.duty.0) {
            return wrong(item, "duty", i64::from(item.duty.0), "0 to 1000 %");
        }
        if !(0..10_000).contains(&item.defects.0) {
            return wrong(
                item,
                "defects",
                i64::from(item.defects.0),
                "0 % or more, and less than 100 %",
            );
        }
    }
    match (
        shared.iter().find(|cost| cost.sum < Money::ZERO),
        batch.items.first(),
    ) {
        (Some(cost), Some(item)) => wrong(item, "shared cost", cost.sum.tiyn(), "0 or more"),
        _ => Ok(()),
    }
}

impl Batch {
    fn spread(&self, cost: &'static str, shared: Shared) -> Result<Vec<Money>, LandedError> {
        let measure = |item: &LandedItem| match shared.by {
            SpreadBy::Weight => item.grams,
            SpreadBy::Volume => item.volume_cm3,
            SpreadBy::Value => item.goods.tiyn(),
            SpreadBy::Quantity => item.quantity,
        };
        let by = shared.by.word();
        let weights: Vec<i64> = self.items.iter().map(measure).collect();
        if shared.sum > Money::ZERO
            && matches!(shared.by, SpreadBy::Weight | SpreadBy::Volume)
            && weights.iter().any(|weight| *weight > 0)
            && let Some(item) = self.items.iter().find(|item| measure(item) == 0)
        {
            let item = item.name.clone();
            return Err(LandedError::MissingMeasure { cost, by, item });
        }
        spread(shared.sum, &weights).ok_or(LandedError::NothingToSpreadBy { cost, by })
    }
}
