//! The heap of things to come. Refuses to know why they come: each kind has its own file.

use crate::{
    locks::{lock, read},
    sim::Sim,
    waha,
    world::{buyers, jobs, orders, rivals},
};
use sauda_kernel::Timestamp;
use std::{cmp::Ordering, collections::BinaryHeap};

/// What happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A rival looks at its card. Wakes of an earlier era (rivals were switched off since) are dropped.
    RivalWakes { card: u32, rival: u32, era: u32 },
    /// Somebody may buy. Eras as above.
    BuyerComes { card: u32, era: u32 },
    /// An accepted price job reaches the cabinet.
    JobApplies { entry: usize },
    /// … and the storefront.
    JobShows { entry: usize, shop: u16, offer: u32 },
    /// An order of an own shop lives on.
    OrderMoves { order: usize, step: orders::Step },
    /// A planned job of the pretend WhatsApp.
    Whatsapp { job: u64 },
}

/// A planned happening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wake {
    pub at: Timestamp,
    pub what: What,
}

struct Due {
    at: Timestamp,
    order: u64,
    what: What,
}

impl PartialEq for Due {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Due {}
impl PartialOrd for Due {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Due {
    /// The earliest is the greatest, so that the heap gives it first; equal times keep the order of planning.
    fn cmp(&self, other: &Self) -> Ordering {
        (other.at, other.order).cmp(&(self.at, self.order))
    }
}

/// The world's agenda.
#[derive(Default)]
pub struct Engine {
    heap: BinaryHeap<Due>,
    order: u64,
    now: Timestamp,
    happened: u64,
}

impl Engine {
    pub fn plan(&mut self, wake: Wake) {
        self.order += 1;
        self.heap.push(Due {
            at: wake.at,
            order: self.order,
            what: wake.what,
        });
    }

    pub const fn happened(&self) -> u64 {
        self.happened
    }

    pub fn planned(&self) -> usize {
        self.heap.len()
    }

    /// Lets everything happen that is due up to `to`, in order of time; each sees its own moment as now.
    pub fn advance(&mut self, sim: &Sim, to: Timestamp) {
        loop {
            for wake in std::mem::take(&mut *lock(&sim.inbox)) {
                self.plan(wake);
            }
            for _ in 0..512 {
                if self.heap.peek().is_none_or(|due| due.at > to) {
                    if lock(&sim.inbox).is_empty() {
                        self.now = self.now.max(to);
                        return;
                    }
                    break;
                }
                let Some(due) = self.heap.pop() else { break };
                self.now = self.now.max(due.at);
                self.happened += 1;
                for wake in happen(sim, due.what, self.now) {
                    self.plan(wake);
                }
            }
        }
    }
}

fn happen(sim: &Sim, what: What, now: Timestamp) -> Vec<Wake> {
    let settings = *read(&sim.settings);
    match what {
        What::RivalWakes { card, rival, era } if settings.rivals && era == settings.era => {
            rivals::wake(sim, card, rival, era, now)
        }
        What::BuyerComes { card, era } if settings.buyers && era == settings.era => {
            buyers::come(sim, card, era, now)
        }
        What::RivalWakes { .. } | What::BuyerComes { .. } => Vec::new(),
        What::JobApplies { entry } => jobs::apply(sim, entry, now),
        What::JobShows { entry, shop, offer } => jobs::show(sim, entry, shop, offer, now),
        What::OrderMoves { order, step } => orders::moves(sim, order, step, now),
        What::Whatsapp { job } => {
            waha::happen(sim, job, now);
            Vec::new()
        }
    }
}
