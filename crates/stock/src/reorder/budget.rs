//! Not enough money for everything: what to buy first. Refuses to spend a tiyn more than there is.
//!
//! Marginal analysis, Fox, Discrete optimization via marginal analysis, 1966: expected sales saved fall with each pack, so
//! the best next pack is the one that saves most for a tenge.

use super::batch::Offer;
use super::float::float;
use super::plan::Plan;
use sauda_kernel::Money;

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

/// How many of each to buy, none above what its plan orders; orders without a price are left at 0.
pub fn share_out(wishes: &[Wish<'_>], budget: Money) -> Vec<i64> {
    let mut bought = vec![0_i64; wishes.len()];
    let mut left = budget.tiyn().max(0);
    loop {
        let mut best: Option<(f64, usize, i64, i64)> = None;
        for (place, (wish, have)) in wishes.iter().zip(&bought).enumerate() {
            for next in steps(wish, *have) {
                let Some(extra) = extra_cost(wish, *have, next) else {
                    continue;
                };
                if extra > left {
                    continue;
                }
                let rate = saved(wish, *have, next) / float(extra.max(1));
                if best.is_none_or(|(most, ..)| rate > most) {
                    best = Some((rate, place, next, extra));
                }
            }
        }
        let Some((_, place, next, extra)) = best else {
            return bought;
        };
        if let Some(have) = bought.get_mut(place) {
            *have = next;
        }
        left -= extra;
    }
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
