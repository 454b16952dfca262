//! Money in whole minor units, prices in whole tenge, shares in basis points. No float enters here.

use std::fmt;

/// A price on the marketplace: whole tenge, never negative in practice, checked where it is made.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize, serde::Deserialize,
)]
#[serde(transparent)]
pub struct Tenge(pub i64);

/// A sum in tiyn (1/100 tenge).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize, serde::Deserialize,
)]
#[serde(transparent)]
pub struct Money {
    tiyn: i64,
}

/// One hundredth of a percent. 10.9 % is 1090.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize, serde::Deserialize,
)]
#[serde(transparent)]
pub struct BasisPoints(pub i32);

/// A sum that does not fit, or a text that is not a sum.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    #[error("the sum of {0} and {1} tiyn is larger than can be kept: check the figures")]
    Overflow(i64, i64),
}

impl Tenge {
    pub const ZERO: Self = Self(0);

    pub const fn get(self) -> i64 {
        self.0
    }
    pub const fn plus(self, other: i64) -> Self {
        Self(self.0.saturating_add(other))
    }
    pub const fn minus(self, other: i64) -> Self {
        Self(self.0.saturating_sub(other))
    }
    /// The same sum in tiyn.
    pub const fn money(self) -> Money {
        Money {
            tiyn: self.0.saturating_mul(100),
        }
    }
    /// The given share of this price, rounded down to a whole tenge.
    pub fn share_down(self, share: BasisPoints) -> Self {
        Self(scale(self.0, i64::from(share.0), 10_000, Rounding::Down))
    }
    /// The given share of this price, rounded up to a whole tenge.
    pub fn share_up(self, share: BasisPoints) -> Self {
        Self(scale(self.0, i64::from(share.0), 10_000, Rounding::Up))
    }
}

impl Money {
    pub const ZERO: Self = Self { tiyn: 0 };

    pub const fn from_tiyn(tiyn: i64) -> Self {
        Self { tiyn }
    }
    pub const fn tiyn(self) -> i64 {
        self.tiyn
    }
    /// # Errors
    /// When the sum does not fit in 64 bits.
    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        self.tiyn
            .checked_add(other.tiyn)
            .map(Self::from_tiyn)
            .ok_or(MoneyError::Overflow(self.tiyn, other.tiyn))
    }
    /// # Errors
    /// When the difference does not fit in 64 bits.
    pub fn checked_sub(self, other: Self) -> Result<Self, MoneyError> {
        self.tiyn
            .checked_sub(other.tiyn)
            .map(Self::from_tiyn)
            .ok_or(MoneyError::Overflow(self.tiyn, other.tiyn))
    }
    /// The given share, rounded half away from zero to a tiyn.
    pub fn share(self, share: BasisPoints) -> Self {
        Self {
            tiyn: scale(self.tiyn, i64::from(share.0), 10_000, Rounding::Half),
        }
    }
    /// Whole tenge, rounded up: what a price must at least be to cover this sum.
    pub fn tenge_up(self) -> Tenge {
        Tenge(scale(self.tiyn, 1, 100, Rounding::Up))
    }
    /// Whole tenge, rounded down.
    pub fn tenge_down(self) -> Tenge {
        Tenge(scale(self.tiyn, 1, 100, Rounding::Down))
    }
    /// This sum as a share of another, in basis points, rounded down; zero when the other is zero.
    pub fn share_of(self, whole: Self) -> BasisPoints {
        if whole.tiyn == 0 {
            return BasisPoints(0);
        }
        BasisPoints(i32::try_from(scale(self.tiyn, 10_000, whole.tiyn, Rounding::Down)).unwrap_or(i32::MAX))
    }
}

enum Rounding {
    Down,
    Up,
    Half,
}

/// `value × by ÷ over` in 128 bits with a named rounding; saturates at the ends of i64.
fn scale(value: i64, by: i64, over: i64, rounding: Rounding) -> i64 {
    let (over, by) = if over < 0 {
        (-i128::from(over), -i128::from(by))
    } else {
        (i128::from(over), i128::from(by))
    };
    if over == 0 {
        return 0;
    }
    let product = i128::from(value) * by;
    let floor = product.div_euclid(over);
    let rest = product.rem_euclid(over);
    let whole = match rounding {
        Rounding::Down => floor,
        Rounding::Up => floor + i128::from(rest != 0),
        Rounding::Half => floor + i128::from(rest * 2 > over || (rest * 2 == over && product > 0)),
    };
    i64::try_from(whole).unwrap_or(if whole < 0 { i64::MIN } else { i64::MAX })
}

impl fmt::Display for Tenge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.unsigned_abs().to_string();
        let mut grouped = String::with_capacity(digits.len() + digits.len() / 3 + 1);
        if self.0 < 0 {
            grouped.push('\u{2212}');
        }
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                grouped.push('\u{a0}');
            }
            grouped.push(digit);
        }
        f.write_str(&grouped)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn tenge_is_shown_in_groups_with_a_real_minus() {
        assert_eq!(Tenge(38_740).to_string(), "38\u{a0}740");
        assert_eq!(Tenge(-1_204_000).to_string(), "\u{2212}1\u{a0}204\u{a0}000");
        assert_eq!(Tenge(7).to_string(), "7");
    }

    proptest! {
        #[test]
        fn a_share_rounded_up_is_at_most_one_above_the_one_rounded_down(price in 0_i64..1_000_000_000, share in 0_i32..100_000) {
            let down = Tenge(price).share_down(BasisPoints(share));
            let up = Tenge(price).share_up(BasisPoints(share));
            prop_assert!(up.0 - down.0 <= 1 && up.0 >= down.0);
        }

        #[test]
        fn tenge_up_covers_the_sum(tiyn in -1_000_000_000_i64..1_000_000_000) {
            let sum = Money::from_tiyn(tiyn);
            prop_assert!(sum.tenge_up().money() >= sum && sum.tenge_down().money() <= sum);
        }
    }
}
