//! Not enough money for everything: what to buy first. Refuses to spend a tiyn more than there is.
//!
//! Marginal analysis, Fox, Discrete optimization via marginal analysis, 1966: expected sales saved fall with each pack, so
//! the best next pack is the one that saves most for a tenge.

use super::batch::Offer;
use super::float::float;
use super::plan::Plan;
use sauda_kernel::Money;
use std::{cmp::Ordering, collections::BinaryHeap};

/// A product that wants money.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'a> {
    pub plan: &'a Plan,
    pub offer: &'a Offer,
    /// What may still be sold, with what is coming.
    pub position: i64,
    /// What a piece sold earns.
    pub worth: Money,
}

/// The best next purchase of one product.
struct Next {
    /// Earnings saved for a tiyn.
    rate: f64,
    place: usize,
    quantity: i64,
    extra: i64,
}

impl Next {
    /// Nothing when none of its next quantities may be paid.
    fn of(place: usize, wish: &Wish<'_>, have: i64, left: i64) -> Option<Self> {
        let mut best: Option<Self> = None;
        for quantity in steps(wish, have) {
            let Some(extra) = extra_cost(wish, have, quantity).filter(|extra| *extra <= left) else {
                continue;
            };
            let rate = saved(wish, have, quantity) / float(extra.max(1));
            if best.as_ref().is_none_or(|known| rate > known.rate) {
                best = Some(Self {
                    rate,
                    place,
                    quantity,
                    extra,
                });
            }
        }
        best
    }
}

impl Ord for Next {
    /// What saves most first; of level ones the first named.
    fn cmp(&self, other: &Self) -> Ordering {
        self.rate
            .total_cmp(&other.rate)
            .then_with(|| other.place.cmp(&self.place))
    }
}

impl PartialOrd for Next {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Next {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Next {}

/// How many of each to buy, none above what its plan orders; orders without a price are left at 0.
pub fn share_out(wishes: &[Wish<'_>], budget: Money) -> Vec<i64> {
    let mut bought = vec![0_i64; wishes.len()];
    let mut left = budget.tiyn().max(0);
    let first = wishes.iter().enumerate();
    let mut queue: BinaryHeap<Next> = first
        .filter_map(|(place, wish)| Next::of(place, wish, 0, left))
        .collect();
    while let Some(next) = queue.pop() {
        let (Some(wish), Some(have)) = (wishes.get(next.place), bought.get_mut(next.place)) else {
            continue;
        };
        // What was left then may be spent by now: what may still be paid is no better than what was told.
        if next.extra <= left {
            *have = next.quantity;
            left -= next.extra;
        }
        if next.extra < 0 {
            // A lower price gave money back: what could not be paid may be now.
            queue.clear();
            let all = wishes.iter().zip(&bought).enumerate();
            queue.extend(all.filter_map(|(place, (wish, have))| Next::of(place, wish, *have, left)));
        } else {
            queue.extend(Next::of(next.place, wish, *have, left));
        }
    }
    bought
}

/// The next quantities worth a look: a tenth of the wish, and the starts of lower prices, up to the wish.
fn steps(wish: &Wish<'_>, have: i64) -> Vec<i64> {
    let wanted = wish.plan.order;
    if have >= wanted {
        return Vec::new();
    }
    let stride = (wanted / 100).max(1);
    let mut steps = vec![wish.offer.at_least(have.saturating_add(stride)).min(wanted)];
    for one in &wish.offer.breaks {
        let start = wish.offer.at_least(one.from);
        if start > have && start <= wanted {
            steps.push(start);
        }
    }
    steps
}

fn extra_cost(wish: &Wish<'_>, have: i64, next: i64) -> Option<i64> {
    let before = if have == 0 {
        Money::ZERO
    } else {
        wish.offer.cost(have)?
    };
    wish.offer.cost(next)?.tiyn().checked_sub(before.tiyn())
}

/// Expected earnings that these pieces save.
fn saved(wish: &Wish<'_>, have: i64, next: i64) -> f64 {
    let short = |quantity: i64| {
        wish.plan
            .exposure
            .whole
            .excess(float(wish.position.saturating_add(quantity)))
    };
    let pieces = (short(have) - short(next)).max(0.0);
    // A little for each piece wanted anyway, so that money left over is spent on what is wanted.
    (pieces + 1e-6 * float(next - have)) * float(wish.worth.tiyn().max(1))
}
