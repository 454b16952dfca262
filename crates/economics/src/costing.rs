//! What goods that leave the shelf had cost: first in first out, or the moving average. Refuses to take out what is not there.

use sauda_kernel::{Failure, Kind, Money, Public};
use std::collections::VecDeque;

/// How the cost of what leaves is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    Fifo,
    MovingAverage,
}

/// Something that happens to a stock, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// So many units came for so much together.
    In {
        quantity: i64,
        cost: Money,
    },
    Out {
        quantity: i64,
    },
}

/// The stock of one product with what it cost. What came in = what went out + what remains, to the tiyn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stock {
    method: Method,
    /// Units and their cost, oldest first; one layer for the average.
    layers: VecDeque<(i64, i64)>,
}

/// Why a move is not possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StockError {
    #[error("the quantity is {0}: give 1 or more")]
    Quantity(i64),
    #[error("the cost is {0} tiyn: give 0 or more")]
    Cost(i64),
    #[error("{wanted} units are taken out and {there} are there: record the receipt first")]
    Short { wanted: i64, there: i64 },
    #[error("the stock is larger than can be kept: check the figures")]
    TooLarge,
}

impl Failure for StockError {
    fn kind(&self) -> Kind {
        Kind::Invalid
    }

    fn public(&self) -> Vec<Public> {
        vec![match self {
            Self::Quantity(value) => Public::new("cost-quantity").field("quantity").arg("value", value),
            Self::Cost(value) => Public::new("stock-cost").field("cost").arg("value", value),
            Self::Short { wanted, there } => Public::new("stock-short")
                .field("quantity")
                .arg("wanted", wanted)
                .arg("there", there),
            Self::TooLarge => Public::new("landed-too-large"),
        }]
    }
}

impl Stock {
    pub const fn new(method: Method) -> Self {
        Self {
            method,
            layers: VecDeque::new(),
        }
    }

    /// Units there and what they cost together.
    pub fn remains(&self) -> (i64, Money) {
        let quantity = self.layers.iter().map(|layer| layer.0).sum();
        (
            quantity,
            Money::from_tiyn(self.layers.iter().map(|layer| layer.1).sum()),
        )
    }

    /// The cost of what left; zero for what came.
    ///
    /// # Errors
    /// When more leaves than is there, or a figure makes no sense.
    pub fn apply(&mut self, one: Move) -> Result<Money, StockError> {
        let (Move::In { quantity, .. } | Move::Out { quantity }) = one;
        if quantity < 1 {
            return Err(StockError::Quantity(quantity));
        }
        match one {
            Move::In { quantity, cost } => self.take_in(quantity, cost.tiyn()).map(|()| Money::ZERO),
            Move::Out { quantity } => self.take_out(quantity),
        }
    }

    fn take_in(&mut self, quantity: i64, cost: i64) -> Result<(), StockError> {
        if cost < 0 {
            return Err(StockError::Cost(cost));
        }
        let (there, worth) = self.remains();
        let quantity_after = there.checked_add(quantity).ok_or(StockError::TooLarge)?;
        let worth_after = worth.tiyn().checked_add(cost).ok_or(StockError::TooLarge)?;
        if self.method == Method::MovingAverage {
            self.layers.clear();
            self.layers.push_back((quantity_after, worth_after));
        } else {
            self.layers.push_back((quantity, cost));
        }
        Ok(())
    }

    fn take_out(&mut self, wanted: i64) -> Result<Money, StockError> {
        let (there, _) = self.remains();
        if wanted > there {
            return Err(StockError::Short { wanted, there });
        }
        let (mut left, mut cost) = (wanted, 0);
        while left > 0 {
            let Some((quantity, worth)) = self.layers.pop_front() else {
                return Err(StockError::Short { wanted, there });
            };
            let taken = left.min(quantity);
            let piece = share(worth, taken, quantity);
            cost += piece;
            left -= taken;
            if taken < quantity {
                self.layers.push_front((quantity - taken, worth - piece));
            }
        }
        Ok(Money::from_tiyn(cost))
    }
}

/// `worth × taken / quantity`, half a tiyn up; the rest stays with what remains.
fn share(worth: i64, taken: i64, quantity: i64) -> i64 {
    let exact = i128::from(worth) * i128::from(taken) * 2 + i128::from(quantity);
    i64::try_from(exact.div_euclid(i128::from(quantity) * 2))
        .unwrap_or(worth)
        .min(worth)
}
