//! How much to order at once: the cheapest batch among those the supplier sells. Refuses floats: costs are compared as
//! whole fractions, so that the cheapest is the cheapest.
//!
//! Source: Harris, How many parts to make at once, 1913; all-unit price breaks, Hadley and Whitin, 1963, §2-11. Within one
//! price the yearly cost is convex in the batch, so the best batch lies beside its continuous minimum or at an end.

use sauda_kernel::Money;

/// From so many pieces on, each piece of the order costs so much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Break {
    pub from: i64,
    pub price: Money,
}

/// What keeping a piece for a year costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holding {
    /// Basis points of what the piece was bought for.
    Share(i64),
    /// A sum, whatever the price.
    Sum(Money),
}

/// How a supplier sells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Fewest pieces of an order.
    pub least: i64,
    /// Pieces come in packs of so many.
    pub pack: i64,
    /// Prices by quantity, smallest quantity first; empty when no price is known.
    pub breaks: Vec<Break>,
}

impl Offer {
    /// The smallest order of at least so many pieces that the supplier sells; none is ordered for nothing.
    pub fn at_least(&self, wanted: i64) -> i64 {
        if wanted <= 0 {
            return 0;
        }
        let pack = self.pack.max(1);
        let wanted = wanted.max(self.least);
        wanted.div_euclid(pack).saturating_mul(pack) + if wanted.rem_euclid(pack) == 0 { 0 } else { pack }
    }

    /// The smallest order of at least so many that is not dearer than a larger one: a lower price may give pieces for less than
    /// nothing.
    pub fn worth_taking(&self, wanted: i64) -> i64 {
        let mut best = self.at_least(wanted);
        if best == 0 {
            return 0;
        }
        for one in &self.breaks {
            let larger = self.at_least(one.from.max(wanted));
            if let (Some(cost), Some(least)) = (self.cost(larger), self.cost(best))
                && cost < least
            {
                best = larger;
            }
        }
        best
    }

    /// Price of a piece in an order of so many.
    pub fn price(&self, quantity: i64) -> Option<Money> {
        let found = self.breaks.iter().rev().find(|one| one.from <= quantity);
        found.or_else(|| self.breaks.first()).map(|one| one.price)
    }

    /// What an order costs.
    pub fn cost(&self, quantity: i64) -> Option<Money> {
        let price = self.price(quantity)?;
        price.tiyn().checked_mul(quantity).map(Money::from_tiyn)
    }
}

/// What ordering and keeping cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Costs {
    /// Thousandths of a piece asked for in a year.
    pub yearly_milli: i64,
    /// Of one order, whatever is in it.
    pub order: Money,
    pub holding: Holding,
}

/// The cheapest batch and what a year with it costs: goods, ordering, keeping.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Batch {
    pub quantity: i64,
    pub yearly: Money,
}

/// Yearly cost of a batch as a fraction: twenty-thousandths of a tiyn and the batch under them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Yearly {
    over: i128,
    under: i128,
}

impl Yearly {
    /// None when it is beyond all sense.
    fn of(offer: &Offer, costs: &Costs, quantity: i64) -> Option<Self> {
        let price = i128::from(offer.price(quantity).unwrap_or(Money::ZERO).tiyn());
        let (yearly, quantity) = (i128::from(costs.yearly_milli), i128::from(quantity));
        if quantity <= 0 {
            return None;
        }
        let goods = yearly
            .checked_mul(price)?
            .checked_mul(20)?
            .checked_mul(quantity)?;
        let orders = yearly
            .checked_mul(i128::from(costs.order.tiyn()))?
            .checked_mul(20)?;
        let keeping = match costs.holding {
            Holding::Share(share) => i128::from(share).checked_mul(price)?,
            Holding::Sum(sum) => i128::from(sum.tiyn()).checked_mul(10_000)?,
        };
        let kept = keeping.checked_mul(quantity)?.checked_mul(quantity)?;
        Some(Self {
            over: goods.checked_add(orders)?.checked_add(kept)?,
            under: quantity,
        })
    }

    fn is_less_than(self, other: Self) -> Option<bool> {
        Some(self.over.checked_mul(other.under)? < other.over.checked_mul(self.under)?)
    }

    fn money(self) -> Option<Money> {
        let tiyn = self.over.div_euclid(self.under).div_euclid(20_000);
        i64::try_from(tiyn).ok().map(Money::from_tiyn)
    }
}

/// What a year with such a batch costs: goods, ordering, keeping. None when it is beyond all sense.
pub fn yearly(offer: &Offer, costs: &Costs, quantity: i64) -> Option<Money> {
    Yearly::of(offer, costs, quantity)?.money()
}

/// No batch is larger.
pub(super) const LARGEST: i64 = i64::MAX / 4;

/// The cheapest batch of at most `most` pieces that the supplier sells; of level ones the smallest. None without demand, cost of
/// an order or of keeping, and where no so small one is sold.
pub fn cheapest(offer: &Offer, costs: &Costs, most: i64) -> Option<Batch> {
    let mut best: Option<(Yearly, i64)> = None;
    let starts: Vec<i64> = if offer.breaks.is_empty() {
        vec![1]
    } else {
        offer.breaks.iter().map(|one| one.from.max(1)).collect()
    };
    for (place, start) in starts.iter().enumerate() {
        let first = offer.at_least(if place == 0 { 1 } else { *start });
        let pack = offer.pack.max(1);
        let last = match starts.get(place + 1) {
            Some(next) => (next - 1).div_euclid(pack).saturating_mul(pack),
            None => LARGEST,
        };
        let last = last.min(most.div_euclid(pack).saturating_mul(pack));
        if first > last {
            continue;
        }
        let Some(root) = square_root(offer, costs, first)? else {
            continue;
        };
        let under = root.div_euclid(pack).saturating_mul(pack);
        for quantity in [under, under.saturating_add(pack)] {
            let quantity = quantity.clamp(first, last);
            let cost = Yearly::of(offer, costs, quantity)?;
            let is_better = match best {
                None => true,
                Some((least, at)) => {
                    cost.is_less_than(least)? || (quantity < at && !least.is_less_than(cost)?)
                }
            };
            if is_better {
                best = Some((cost, quantity));
            }
        }
    }
    let (cost, quantity) = best?;
    Some(Batch {
        quantity,
        yearly: cost.money()?,
    })
}

/// The continuous minimum at the price that holds from `first`, rounded down. The outer none: such a year has no minimum.
#[expect(clippy::option_option, reason = "no minimum at all, or none at this price")]
fn square_root(offer: &Offer, costs: &Costs, first: i64) -> Option<Option<i64>> {
    if costs.yearly_milli <= 0 || costs.order.tiyn() <= 0 {
        return None;
    }
    // The root of 2·D·K / h, with D in thousandths and h in ten-thousandths of a tiyn.
    let price = offer.price(first).unwrap_or(Money::ZERO);
    let keeping = match costs.holding {
        Holding::Share(share) => i128::from(share).checked_mul(i128::from(price.tiyn()))?,
        Holding::Sum(sum) => i128::from(sum.tiyn()).checked_mul(10_000)?,
    };
    if keeping <= 0 {
        return None;
    }
    let twice = i128::from(costs.yearly_milli)
        .checked_mul(i128::from(costs.order.tiyn()))?
        .checked_mul(20)?;
    Some(i64::try_from(twice.div_euclid(keeping).isqrt()).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn offer(least: i64, pack: i64, breaks: &[(i64, i64)]) -> Offer {
        Offer {
            least,
            pack,
            breaks: breaks
                .iter()
                .map(|(from, tiyn)| Break {
                    from: *from,
                    price: Money::from_tiyn(*tiyn),
                })
                .collect(),
        }
    }

    #[test]
    fn the_batch_of_the_textbook_with_three_prices_is_found() {
        // Hadley and Whitin's kind of case: 10 000 a year, 100 an order, 20 % a year; 5.00, from 1000: 4.50, from 3000: 3.90.
        let offer = offer(1, 1, &[(1, 500), (1_000, 450), (3_000, 390)]);
        let costs = Costs {
            yearly_milli: 10_000_000,
            order: Money::from_tiyn(10_000),
            holding: Holding::Share(2_000),
        };
        let batch = cheapest(&offer, &costs, LARGEST).unwrap();
        assert_eq!(batch.quantity, 3_000);
        assert_eq!(batch.yearly, Money::from_tiyn(3_900_000 + 33_333 + 117_000));
    }

    #[test]
    fn nothing_is_the_best_batch_of_nothing() {
        let costs = Costs {
            yearly_milli: 0,
            order: Money::from_tiyn(100),
            holding: Holding::Share(2_000),
        };
        assert_eq!(cheapest(&offer(1, 1, &[(1, 500)]), &costs, LARGEST), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn no_batch_that_the_supplier_sells_is_cheaper(
            yearly_milli in 1_i64..400_000, order in 1_i64..50_000, share in 1_i64..6_000,
            least in 1_i64..40, pack in 1_i64..15,
            price in 200_i64..2_000, second in 2_i64..150, off in 1_i64..190, third in 2_i64..150,
        ) {
            let offer = offer(least, pack, &[(1, price), (second, price - off), (second + third, price - off - 5)]);
            let costs = Costs { yearly_milli, order: Money::from_tiyn(order), holding: Holding::Share(share) };
            let batch = cheapest(&offer, &costs, LARGEST).unwrap();
            prop_assert!(batch.quantity >= least && batch.quantity % pack == 0);
            let found = Yearly::of(&offer, &costs, batch.quantity).unwrap();
            let mut quantity = offer.at_least(1);
            while quantity < 3_000 {
                let other = Yearly::of(&offer, &costs, quantity).unwrap();
                prop_assert!(!other.is_less_than(found).unwrap(), "{quantity}: {other:?} under {found:?}");
                quantity += pack;
            }
        }

        #[test]
        fn a_batch_keeps_to_the_most_and_is_the_cheapest_of_those(
            yearly_milli in 1_i64..400_000, order in 1_i64..50_000, share in 1_i64..6_000,
            least in 1_i64..40, pack in 1_i64..15, most in 1_i64..200,
            price in 200_i64..2_000, second in 2_i64..150, off in 1_i64..190,
        ) {
            let offer = offer(least, pack, &[(1, price), (second, price - off)]);
            let costs = Costs { yearly_milli, order: Money::from_tiyn(order), holding: Holding::Share(share) };
            let Some(batch) = cheapest(&offer, &costs, most) else {
                prop_assert!(offer.at_least(1) > most);
                return Ok(());
            };
            prop_assert!(batch.quantity <= most);
            let found = Yearly::of(&offer, &costs, batch.quantity).unwrap();
            let mut quantity = offer.at_least(1);
            while quantity <= most {
                let other = Yearly::of(&offer, &costs, quantity).unwrap();
                prop_assert!(!other.is_less_than(found).unwrap(), "{quantity}: {other:?} under {found:?}");
                quantity += pack;
            }
        }

        #[test]
        fn an_order_is_no_less_than_wanted_in_whole_packs_and_no_pack_too_many(
            wanted in 1_i64..5_000, least in 1_i64..500, pack in 1_i64..60,
        ) {
            let quantity = offer(least, pack, &[]).at_least(wanted);
            prop_assert!(quantity >= wanted && quantity >= least && quantity % pack == 0);
            prop_assert!(quantity - pack < wanted.max(least));
        }
    }
}
