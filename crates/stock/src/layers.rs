//! What pieces had cost when they left: the ledger of one product replayed into layers. Refuses to keep anything and to lose a
//! tiyn: what came in is what went out and what is left.

use crate::model::{Costing, Landed};
use sauda_kernel::Money;
use std::collections::{BTreeMap, VecDeque};

/// A movement as the replay needs it. Movements come in the order of time, those that bring before those that take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// With a minus what went.
    pub quantity: i64,
    /// What all pieces that came cost; nothing when nobody said.
    pub landed: Option<Landed>,
    /// The line of an order that took the pieces, or gives them back.
    pub line: Option<LineKey>,
}

/// Number of an order and of its line.
pub type LineKey = (String, i64);

/// Pieces with one cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Layer {
    pub pieces: i64,
    /// Of all its pieces.
    pub landed: Landed,
    /// Nobody said a cost: `landed` is nothing.
    pub is_unknown: bool,
}

/// What pieces that left had cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Taken {
    pub pieces: i64,
    pub landed: Landed,
    /// Of its pieces, those whose cost nobody said.
    pub unknown: i64,
}

impl Taken {
    fn add(&mut self, layer: &Layer) {
        self.pieces = self.pieces.saturating_add(layer.pieces);
        self.landed = plus(self.landed, layer.landed);
        if layer.is_unknown {
            self.unknown = self.unknown.saturating_add(layer.pieces);
        }
    }

    /// The cost of all its pieces; nothing when some are not known.
    pub fn known(&self) -> Option<Landed> {
        (self.unknown == 0 && self.pieces > 0).then_some(self.landed)
    }
}

/// A product's ledger, replayed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Replay {
    /// What each line of an order took, less what it gave back.
    pub sales: BTreeMap<LineKey, Taken>,
    /// What was written off, lost in counting or corrected away.
    pub lost: Taken,
    /// What lies there, the oldest first; one layer of known cost under the average.
    pub left: Vec<Layer>,
    /// What all that came cost.
    pub received: Landed,
}

fn plus(one: Landed, other: Landed) -> Landed {
    Landed {
        cost: Money::from_tiyn(one.cost.tiyn().saturating_add(other.cost.tiyn())),
        vat: Money::from_tiyn(one.vat.tiyn().saturating_add(other.vat.tiyn())),
    }
}

/// `worth × taken / pieces`, half a tiyn up; the rest stays.
fn share(worth: Money, taken: i64, pieces: i64) -> Money {
    let exact = i128::from(worth.tiyn()) * i128::from(taken) * 2 + i128::from(pieces);
    let part = exact.div_euclid(i128::from(pieces) * 2);
    Money::from_tiyn(i64::try_from(part).unwrap_or(worth.tiyn()).min(worth.tiyn()))
}

impl Layer {
    /// Takes pieces out of this layer, with their part of its cost.
    fn take(&mut self, pieces: i64) -> Self {
        if pieces >= self.pieces {
            return std::mem::take(self);
        }
        let landed = Landed {
            cost: share(self.landed.cost, pieces, self.pieces),
            vat: share(self.landed.vat, pieces, self.pieces),
        };
        self.pieces -= pieces;
        self.landed = Landed {
            cost: Money::from_tiyn(self.landed.cost.tiyn() - landed.cost.tiyn()),
            vat: Money::from_tiyn(self.landed.vat.tiyn() - landed.vat.tiyn()),
        };
        Self {
            pieces,
            landed,
            is_unknown: self.is_unknown,
        }
    }
}

/// The state between two movements.
struct Shelf {
    is_average: bool,
    layers: VecDeque<Layer>,
    /// Pieces that left before they came, by who took them; the next receipt tells what they had cost.
    owed: VecDeque<(Option<LineKey>, i64)>,
    told: Replay,
}

/// Replays the ledger of a product. Pieces whose cost nobody said cost what the catalogue says, `usual` for a piece.
pub fn replay(costing: Costing, usual: Option<Landed>, moves: &[Moved]) -> Replay {
    let mut shelf = Shelf {
        is_average: costing != Costing::Fifo,
        layers: VecDeque::new(),
        owed: VecDeque::new(),
        told: Replay::default(),
    };
    for one in moves {
        match (one.quantity, &one.line) {
            (quantity, Some(line)) if quantity > 0 => shelf.give_back(line, quantity, usual),
            (quantity, None) if quantity > 0 => {
                shelf.receive(new_layer(quantity, one.landed, usual), false);
            }
            (quantity, line) if quantity < 0 => shelf.take(line.clone(), quantity.saturating_neg()),
            _ => {}
        }
    }
    // What never came costs what the catalogue says, or nobody knows.
    for (line, pieces) in std::mem::take(&mut shelf.owed) {
        let assumed = new_layer(pieces, None, usual);
        shelf.told.received = plus(shelf.told.received, assumed.landed);
        shelf.book(line, &assumed);
    }
    shelf.told.left = shelf.layers.into();
    shelf.told
}

fn new_layer(pieces: i64, landed: Option<Landed>, usual: Option<Landed>) -> Layer {
    let of_all = |each: Landed| Landed {
        cost: Money::from_tiyn(each.cost.tiyn().saturating_mul(pieces)),
        vat: Money::from_tiyn(each.vat.tiyn().saturating_mul(pieces)),
    };
    let landed = landed.or_else(|| usual.map(of_all));
    Layer {
        pieces,
        landed: landed.unwrap_or_default(),
        is_unknown: landed.is_none(),
    }
}

impl Shelf {
    /// Pieces that came: first for those who took before, then on the shelf.
    fn receive(&mut self, mut layer: Layer, is_back: bool) {
        if !is_back {
            self.told.received = plus(self.told.received, layer.landed);
        }
        while layer.pieces > 0
            && let Some((line, owed)) = self.owed.pop_front()
        {
            let part = layer.take(owed);
            if part.pieces < owed {
                self.owed.push_front((line.clone(), owed - part.pieces));
            }
            self.book(line, &part);
        }
        if layer.pieces == 0 {
            return;
        }
        let same = self
            .layers
            .iter_mut()
            .find(|known| self.is_average && known.is_unknown == layer.is_unknown);
        match same {
            Some(pool) => {
                pool.pieces = pool.pieces.saturating_add(layer.pieces);
                pool.landed = plus(pool.landed, layer.landed);
            }
            // What comes back is the oldest of all.
            None if is_back => self.layers.push_front(layer),
            None => self.layers.push_back(layer),
        }
    }

    fn take(&mut self, line: Option<LineKey>, pieces: i64) {
        let mut wanted = pieces;
        while wanted > 0
            && let Some(mut layer) = self.layers.pop_front()
        {
            let part = layer.take(wanted);
            wanted -= part.pieces;
            if layer.pieces > 0 {
                self.layers.push_front(layer);
            }
            self.book(line.clone(), &part);
        }
        if wanted > 0 {
            self.owed.push_back((line, wanted));
        }
    }

    fn book(&mut self, line: Option<LineKey>, part: &Layer) {
        match line {
            Some(line) => self.told.sales.entry(line).or_default().add(part),
            None => self.told.lost.add(part),
        }
    }

    /// Pieces come back at what they had cost when they left; pieces that are still owed are no longer.
    fn give_back(&mut self, line: &LineKey, pieces: i64, usual: Option<Landed>) {
        let mut back = pieces;
        for (who, owed) in &mut self.owed {
            if who.as_ref() == Some(line) {
                let less = back.min(*owed);
                *owed -= less;
                back -= less;
            }
        }
        self.owed.retain(|(_, owed)| *owed > 0);
        let Some(taken) = self.told.sales.get_mut(line).filter(|taken| taken.pieces > 0) else {
            // It left before stock was kept here.
            if back > 0 {
                self.receive(new_layer(back, None, usual), false);
            }
            return;
        };
        let mut held = Layer {
            pieces: taken.pieces,
            landed: taken.landed,
            is_unknown: taken.unknown > 0,
        };
        let part = held.take(back);
        *taken = Taken {
            pieces: held.pieces,
            landed: held.landed,
            unknown: taken.unknown.min(held.pieces),
        };
        let more = back - part.pieces;
        if part.pieces > 0 {
            self.receive(part, true);
        }
        if more > 0 {
            self.receive(new_layer(more, None, usual), false);
        }
    }
}
