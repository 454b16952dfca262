//! Past days of a product from what is kept: what was ordered on each, and on which there was nothing to sell. Refuses to take a
//! balance that nobody keeps for an empty shelf.

use crate::reorder::Day;
use std::collections::{BTreeMap, BTreeSet};

/// What was ordered of a product on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Sold {
    pub(crate) units: i64,
    /// Of them, those that took from the balance.
    pub(crate) moved: i64,
}

/// What is kept of one product. Days are counted from 1970 in Almaty.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kept<'a> {
    /// The first day of which any order of the merchant is known.
    pub(crate) first_day: i64,
    pub(crate) today: i64,
    pub(crate) look_back: i64,
    pub(crate) sold: &'a BTreeMap<i64, Sold>,
    /// Pieces that came, or went with a minus, other than by orders.
    pub(crate) came: &'a BTreeMap<i64, i64>,
    pub(crate) one_offs: &'a BTreeSet<i64>,
    /// What may be sold now.
    pub(crate) free: i64,
}

/// The first of the days, and the days up to yesterday.
pub(crate) fn days(kept: &Kept<'_>) -> (i64, Vec<Day>) {
    // A product that came later did not sell nothing before: it was not there.
    let own = kept
        .sold
        .first_key_value()
        .map(|(day, _)| *day)
        .into_iter()
        .chain(kept.came.first_key_value().map(|(day, _)| *day))
        .min();
    let first = kept
        .first_day
        .max(kept.today - kept.look_back)
        .max(own.unwrap_or(kept.first_day))
        .min(kept.today);
    let empty = empty(kept, first);
    let days = (first..kept.today)
        .map(|day| {
            let units = kept.sold.get(&day).map_or(0, |sold| sold.units);
            if kept.one_offs.contains(&day) {
                Day::OneOff(units)
            } else if empty.contains(&day) {
                Day::SoldOut(units)
            } else {
                Day::Units(units)
            }
        })
        .collect();
    (first, days)
}

/// Days that began or ended with nothing to sell. What is free now is followed backwards: an order takes when it is placed.
/// Before the first piece came by a person's word nothing is known, and under zero the figure is not to be believed.
fn empty(kept: &Kept<'_>, first: i64) -> BTreeSet<i64> {
    let mut found = BTreeSet::new();
    let Some((since, _)) = kept.came.first_key_value() else {
        return found;
    };
    let mut ends = kept.free;
    let mut day = kept.today;
    // `ends` is what was free at the end of `day`.
    while day >= first.max(*since) {
        let came = kept.came.get(&day).copied().unwrap_or(0);
        let moved = kept.sold.get(&day).map_or(0, |sold| sold.moved);
        let began = ends.saturating_sub(came).saturating_add(moved);
        // The day on which pieces came first began before anybody counted.
        let began_empty = began == 0 && day > *since;
        if ends >= 0 && (ends == 0 || began_empty) {
            found.insert(day);
        }
        ends = began;
        day -= 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sold(days: &[(i64, i64)]) -> BTreeMap<i64, Sold> {
        days.iter()
            .map(|(day, units)| {
                let sold = Sold {
                    units: *units,
                    moved: *units,
                };
                (*day, sold)
            })
            .collect()
    }

    #[test]
    fn a_day_that_ended_or_began_with_nothing_is_sold_out() {
        // Ten came on day 1 and went by day 3; four came on day 6.
        let sold = sold(&[(1, 2), (2, 5), (3, 3), (6, 1), (7, 1)]);
        let came = BTreeMap::from([(1, 10), (6, 4)]);
        let kept = Kept {
            first_day: 0,
            today: 9,
            look_back: 365,
            sold: &sold,
            came: &came,
            one_offs: &BTreeSet::new(),
            free: 2,
        };
        let (first, days) = days(&kept);
        assert_eq!(first, 1);
        let expected = [
            Day::Units(2),
            Day::Units(5),
            Day::SoldOut(3),
            Day::SoldOut(0),
            Day::SoldOut(0),
            Day::SoldOut(1),
            Day::Units(1),
            Day::Units(0),
        ];
        assert_eq!(days, expected);
    }

    #[test]
    fn a_balance_under_zero_or_never_told_empties_no_shelf() {
        let sold = sold(&[(1, 2), (2, 5)]);
        let (none, one_offs) = (BTreeMap::new(), BTreeSet::from([2]));
        let mut kept = Kept {
            first_day: 1,
            today: 4,
            look_back: 365,
            sold: &sold,
            came: &none,
            one_offs: &one_offs,
            free: 0,
        };
        let expected = [Day::Units(2), Day::OneOff(5), Day::Units(0)];
        assert_eq!(days(&kept).1, expected);
        let came = BTreeMap::from([(1, 4)]);
        kept.came = &came;
        kept.free = -3;
        assert_eq!(days(&kept).1, expected);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn days_are_sold_out_exactly_where_the_shelf_was_empty(
            steps in proptest::collection::vec((0_i64..4, 0_i64..6), 2..60), start in 1_i64..12,
        ) {
            // A shop that never sells what it has not; on day 0 the first pieces come.
            let (mut free, mut truth) = (0_i64, Vec::new());
            let (mut sold, mut came) = (BTreeMap::new(), BTreeMap::new());
            for (day, (coming, wanted)) in (0_i64..).zip(&steps) {
                let coming = if day == 0 { start } else if *coming == 3 { 5 } else { 0 };
                let began = free;
                free += coming;
                let units = free.min(*wanted);
                free -= units;
                if coming > 0 {
                    came.insert(day, coming);
                }
                if units > 0 {
                    sold.insert(day, Sold { units, moved: units });
                }
                let is_empty = free == 0 || (day > 0 && began == 0);
                truth.push(if is_empty { Day::SoldOut(units) } else { Day::Units(units) });
            }
            let today = i64::try_from(steps.len()).unwrap();
            let one_offs = BTreeSet::new();
            let kept = Kept { first_day: 0, today, look_back: 365, sold: &sold, came: &came, one_offs: &one_offs, free };
            prop_assert_eq!(days(&kept).1, truth);
        }
    }
}
