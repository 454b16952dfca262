//! What pieces had cost when they left, remembered by this process for as long as nothing of their product changed. Refuses to be
//! believed without the stamp of the product, which the database keeps for all processes.

use crate::{
    layers::LineKey,
    model::{Costing, Landed},
};
use sauda_kernel::{MerchantId, ProductId};
use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

/// Lines of all products together; when there are more, all are forgotten. A line takes about a hundred bytes.
const MOST_LINES: usize = 200_000;

/// What the lines that one product was sold with had cost; lines whose cost nobody said are not in it.
pub(crate) type Sales = HashMap<LineKey, Landed>;

/// From what the costs of a product follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ground {
    /// How often something of the product changed.
    pub(crate) stamp: i64,
    pub(crate) costing: Costing,
    /// What a piece costs by the catalogue.
    pub(crate) usual: Option<Landed>,
}

#[derive(Debug, Default)]
struct Kept {
    lines: usize,
    of: HashMap<(MerchantId, ProductId), (Ground, Arc<Sales>)>,
}

/// Cheap to clone: all clones remember the same.
#[derive(Debug, Clone, Default)]
pub(crate) struct SoldCosts {
    kept: Arc<Mutex<Kept>>,
}

impl SoldCosts {
    /// What is remembered of these products and still holds.
    pub(crate) fn recall(
        &self,
        merchant: &MerchantId,
        grounds: &BTreeMap<ProductId, Ground>,
    ) -> HashMap<ProductId, Arc<Sales>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let mut found = HashMap::with_capacity(grounds.len());
        for (product, ground) in grounds {
            let key = (merchant.clone(), product.clone());
            if let Some((of, sales)) = kept.of.get(&key)
                && of == ground
            {
                found.insert(key.1, sales.clone());
            }
        }
        drop(kept);
        found
    }

    /// Remembers what was counted on this ground.
    pub(crate) fn remember(
        &self,
        merchant: &MerchantId,
        counted: impl Iterator<Item = (ProductId, Ground, Arc<Sales>)>,
    ) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        for (product, ground, sales) in counted {
            if kept.lines.saturating_add(sales.len()) > MOST_LINES {
                *kept = Kept::default();
            }
            kept.lines = kept.lines.saturating_add(sales.len());
            let was = kept.of.insert((merchant.clone(), product), (ground, sales));
            kept.lines = kept.lines.saturating_sub(was.map_or(0, |(_, sales)| sales.len()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sauda_kernel::{CountedIds, Id, Money, PushedClock, Timestamp};

    #[test]
    fn what_changed_since_is_not_recalled_and_too_much_is_forgotten() {
        let at = Timestamp::from_almaty(2026, 11, 20, 3, 0, 0).unwrap();
        let (clock, ids) = (PushedClock::at(at), CountedIds::default());
        let merchant: MerchantId = Id::new(&clock, &ids);
        let product: ProductId = Id::new(&clock, &ids);
        let ground = Ground {
            stamp: 4,
            costing: Costing::Average,
            usual: None,
        };
        let known = SoldCosts::default();
        let sales = |many: usize| -> Arc<Sales> {
            let line = |number: usize| ((number.to_string(), 0), Landed::default());
            Arc::new((0..many).map(line).collect())
        };
        known.remember(&merchant, std::iter::once((product.clone(), ground, sales(3))));
        let recalled = |ground: Ground| {
            let grounds = BTreeMap::from([(product.clone(), ground)]);
            known
                .recall(&merchant, &grounds)
                .get(&product)
                .map(|sales| sales.len())
        };
        assert_eq!(recalled(ground), Some(3));
        assert_eq!(recalled(Ground { stamp: 5, ..ground }), None);
        let costing = Costing::Fifo;
        assert_eq!(recalled(Ground { costing, ..ground }), None);
        let usual = Some(Landed {
            cost: Money::from_tiyn(1),
            vat: Money::ZERO,
        });
        assert_eq!(recalled(Ground { usual, ..ground }), None);
        // The same product again takes the place of what was known of it.
        for _ in 0..3 {
            known.remember(
                &merchant,
                std::iter::once((product.clone(), ground, sales(90_000))),
            );
        }
        assert_eq!(recalled(ground), Some(90_000));
        let other: ProductId = Id::new(&clock, &ids);
        known.remember(&merchant, std::iter::once((other, ground, sales(120_000))));
        assert_eq!(recalled(ground), None);
    }
}
