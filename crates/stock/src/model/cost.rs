//! What goods cost when they lie on the shelf: costs of a batch spread over what came of it, to the tiyn. Refuses a cost that
//! cannot be spread as asked.

use crate::StockError;
use sauda_economics::landed::{SpreadBy, spread};
use sauda_kernel::Money;

/// Where the cost of what was sold comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Costing {
    /// What the catalogue says today.
    Catalogue,
    /// The mean of what lay there when it left.
    Average,
    /// The oldest receipts first.
    Fifo,
}

impl Costing {
    pub const ALL: [Self; 3] = [Self::Average, Self::Fifo, Self::Catalogue];

    /// Stable word for storage, the API and the key of the text `stock-costing-<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Catalogue => "catalogue",
            Self::Average => "average",
            Self::Fifo => "fifo",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}

/// What was paid for a whole batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CostKind {
    Freight,
    Insurance,
    Customs,
    Brokerage,
    Local,
    /// Value added tax paid at the border; its payers set it off.
    ImportVat,
    Other,
}

impl CostKind {
    pub const ALL: [Self; 7] = [
        Self::Freight,
        Self::Insurance,
        Self::Customs,
        Self::Brokerage,
        Self::Local,
        Self::ImportVat,
        Self::Other,
    ];

    /// Stable word for storage, the API and the key of the text `purchase-cost-<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Freight => "freight",
            Self::Insurance => "insurance",
            Self::Customs => "customs",
            Self::Brokerage => "brokerage",
            Self::Local => "local",
            Self::ImportVat => "import_vat",
            Self::Other => "other",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }

    /// By what it is spread unless somebody says otherwise.
    pub const fn usual(self) -> SpreadBy {
        match self {
            Self::Freight | Self::Local => SpreadBy::Weight,
            _ => SpreadBy::Value,
        }
    }
}

/// A cost of the whole batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BatchCost {
    pub kind: CostKind,
    pub sum: Money,
    pub by: SpreadBy,
    /// Rate of value added tax inside the sum, basis points; 0 without an invoice of the tax. The tax of the border is tax
    /// whole, and says 0.
    pub vat_bp: i64,
}

/// What all pieces of something cost, and the value added tax inside of it that its payers set off; tiyn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Landed {
    pub cost: Money,
    pub vat: Money,
}

/// What came of a line, before costs are spread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Landing<'a> {
    /// The article, for refusals.
    pub sku: &'a str,
    pub pieces: i64,
    pub unit_cost: Option<Money>,
    /// Of a piece.
    pub grams: Option<i64>,
    /// Of a piece.
    pub volume_cm3: Option<i64>,
}

/// What all pieces of each line cost with their parts of the batch's costs. Goods and costs add up, to the tiyn. Nothing for a
/// line of which nothing came, and for one without a price when there is no cost to spread.
///
/// # Errors
/// When a cost is negative, or is to be spread by what a line does not have.
pub fn land(
    lines: &[Landing<'_>],
    costs: &[BatchCost],
    vat_bp: i64,
) -> Result<Vec<Option<Landed>>, StockError> {
    let mut sums = Vec::with_capacity(lines.len());
    for line in lines {
        let goods = match line.unit_cost {
            Some(each) if line.pieces > 0 => Some(times(each, line.pieces)?),
            _ => None,
        };
        sums.push(goods);
    }
    let goods = sums.clone();
    let mut vats: Vec<i64> = goods
        .iter()
        .map(|sum| sum.map_or(0, |sum| inside(sum, vat_bp)))
        .collect();
    for cost in costs.iter().filter(|cost| cost.sum != Money::ZERO) {
        if cost.sum < Money::ZERO {
            return Err(StockError::fact(
                "purchase-cost",
                cost.kind.word(),
                cost.sum.tiyn() / 100,
            ));
        }
        let mut weights = Vec::with_capacity(lines.len());
        for (line, goods) in lines.iter().zip(&goods) {
            weights.push(weight(line, *goods, cost)?);
        }
        let parts = spread(cost.sum, &weights).ok_or_else(|| {
            StockError::fact("purchase-nothing-came", cost.kind.word(), cost.sum.tiyn() / 100)
        })?;
        for ((sum, vat), part) in sums.iter_mut().zip(&mut vats).zip(parts) {
            if part == Money::ZERO {
                continue;
            }
            *sum = sum.map(|sum| sum.saturating_add(part.tiyn()));
            let tax = match cost.kind {
                CostKind::ImportVat => part.tiyn(),
                _ => inside(part.tiyn(), cost.vat_bp),
            };
            *vat = vat.saturating_add(tax);
        }
    }
    let landed = sums.into_iter().zip(vats).map(|(sum, vat)| {
        sum.map(|sum| Landed {
            cost: Money::from_tiyn(sum),
            vat: Money::from_tiyn(vat),
        })
    });
    Ok(landed.collect())
}

fn times(each: Money, pieces: i64) -> Result<i64, StockError> {
    each.tiyn()
        .checked_mul(pieces)
        .filter(|sum| (0..=LARGEST).contains(sum))
        .ok_or_else(|| StockError::fact("purchase-too-dear", "unit_cost", each.tiyn() / 100))
}

/// A thousand billion tenge, far inside 64 bits.
const LARGEST: i64 = 100_000_000_000_000;

/// Value added tax inside a sum, by the rate of whoever it was bought from, basis points.
pub fn tax_inside(sum: Money, vat_bp: i64) -> Money {
    Money::from_tiyn(inside(sum.tiyn(), vat_bp))
}

/// The tax inside a sum.
pub(crate) fn inside(sum: i64, vat_bp: i64) -> i64 {
    let (above, below) = (i128::from(sum) * i128::from(vat_bp), i128::from(10_000 + vat_bp));
    i64::try_from((above * 2 + below).div_euclid(below * 2)).unwrap_or(0)
}

/// By what a line takes part; a line that came and cannot take part is named.
fn weight(line: &Landing<'_>, goods: Option<i64>, cost: &BatchCost) -> Result<i64, StockError> {
    if line.pieces == 0 {
        return Ok(0);
    }
    let lacks = |what: &'static str| StockError::NoMeasure {
        product: line.sku.to_owned(),
        cost: cost.kind.word(),
        what,
    };
    // A share of a cost has to become part of a price.
    let goods = goods.ok_or_else(|| lacks("price"))?;
    match cost.by {
        SpreadBy::Value => Ok(goods),
        SpreadBy::Quantity => Ok(line.pieces),
        SpreadBy::Weight => line
            .grams
            .filter(|grams| *grams > 0)
            .map(|grams| grams.saturating_mul(line.pieces))
            .ok_or_else(|| lacks("weight")),
        SpreadBy::Volume => line
            .volume_cm3
            .filter(|volume| *volume > 0)
            .map(|volume| volume.saturating_mul(line.pieces))
            .ok_or_else(|| lacks("volume")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(sku: &str, pieces: i64, unit_cost: Option<i64>, grams: Option<i64>) -> Landing<'_> {
        Landing {
            sku,
            pieces,
            unit_cost: unit_cost.map(Money::from_tiyn),
            grams,
            volume_cm3: None,
        }
    }

    fn cost(kind: CostKind, sum: i64, by: SpreadBy) -> BatchCost {
        BatchCost {
            kind,
            sum: Money::from_tiyn(sum),
            by,
            vat_bp: 0,
        }
    }

    #[test]
    fn costs_become_part_of_prices_by_value_weight_and_pieces_and_nothing_is_lost() {
        let lines = [
            line("A", 3, Some(1_000), Some(500)),
            line("B", 1, Some(7_001), Some(1_000)),
            line("C", 0, Some(1), None),
        ];
        let costs = [
            cost(CostKind::Freight, 1_000, SpreadBy::Weight),
            cost(CostKind::Customs, 101, SpreadBy::Value),
            cost(CostKind::ImportVat, 5, SpreadBy::Quantity),
        ];
        let told = land(&lines, &costs, 1_200).unwrap();
        // By weight 600 and 400; by value 3 000 : 7 001 of 101 is 30.3 and 70.7; by pieces 3.75 and 1.25.
        assert_eq!(told[0].unwrap().cost.tiyn(), 3_000 + 600 + 30 + 4);
        assert_eq!(told[1].unwrap().cost.tiyn(), 7_001 + 400 + 71 + 1);
        assert_eq!(told[2], None);
        // 12 % inside of 3 000 is 321.43, of 7 001 it is 750.11; the border's tax is set off whole.
        assert_eq!(
            (told[0].unwrap().vat.tiyn(), told[1].unwrap().vat.tiyn()),
            (321 + 4, 750 + 1)
        );
    }

    #[test]
    fn the_tax_of_a_bill_for_freight_is_set_off_like_that_of_goods() {
        let lines = [line("A", 2, Some(5_000), None), line("B", 1, Some(10_000), None)];
        let freight = BatchCost {
            vat_bp: 1_600,
            ..cost(CostKind::Freight, 2_320, SpreadBy::Value)
        };
        let told = land(&lines, &[freight], 0).unwrap();
        let of = |place: usize| told[place].map(|one| (one.cost.tiyn(), one.vat.tiyn()));
        // 1 160 of it each, and 16 % inside of that is 160.
        assert_eq!((of(0), of(1)), (Some((11_160, 160)), Some((11_160, 160))));
    }

    #[test]
    fn a_line_that_cannot_take_part_is_named() {
        let lines = [line("A", 1, Some(100), Some(10)), line("B", 1, Some(100), None)];
        let by_weight = [cost(CostKind::Freight, 10, SpreadBy::Weight)];
        let told = land(&lines, &by_weight, 0).unwrap_err();
        assert!(told.to_string().contains('B'), "{told}");
        let no_price = [line("A", 1, None, Some(10))];
        assert!(land(&no_price, &by_weight, 0).is_err());
        assert_eq!(land(&no_price, &[], 0).unwrap(), [None]);
    }
}
