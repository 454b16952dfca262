//! Small seeded streams of chance, one per card, so that one card's luck never moves another's. Refuses to be secret.

use crate::numbers::{real, whole};

/// A SplitMix64 stream (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014): eight bytes of state.
#[derive(Debug, Clone)]
pub struct Stream(u64);

impl Stream {
    /// A stream of its own for `(seed, purpose, number)`.
    pub fn new(seed: u64, purpose: u64, number: u64) -> Self {
        let mut stream = Self(seed ^ purpose.wrapping_mul(0xA076_1D64_78BD_642F));
        let mixed = stream.next();
        let mut own = Self(mixed ^ number.wrapping_mul(0xE703_7ED1_A0B4_28DB));
        own.next();
        own
    }

    /// 64 even bits.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// In 0..1.
    pub fn unit(&mut self) -> f64 {
        real(self.next() >> 11) / real(1 << 53)
    }

    /// In 0..bound; 0 when the bound is 0.
    pub fn below(&mut self, bound: u64) -> u64 {
        if bound == 0 { 0 } else { self.next() % bound }
    }

    /// In low..=high.
    pub fn between(&mut self, low: u32, high: u32) -> u32 {
        let width = u64::from(high.saturating_sub(low)) + 1;
        low.saturating_add(u32::try_from(self.below(width)).unwrap_or(0))
    }

    /// In low..high.
    pub fn range(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    pub fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// Normal by Box and Muller.
    pub fn normal(&mut self, mean: f64, deviation: f64) -> f64 {
        let radius = (-2.0 * (1.0 - self.unit()).ln()).sqrt();
        let angle = std::f64::consts::TAU * self.unit();
        mean + deviation * radius * angle.cos()
    }

    /// Log-normal around a median.
    pub fn log_normal(&mut self, median: f64, spread: f64) -> f64 {
        median * self.normal(0.0, spread).exp()
    }

    /// Waiting time with this mean.
    pub fn wait(&mut self, mean: f64) -> f64 {
        -mean * (1.0 - self.unit()).ln()
    }

    /// A whole price a human would set: thousands end on 0 or 90, hundreds on 0 or 9.
    pub fn human_price(&mut self, value: f64) -> u32 {
        let step = if value > 100_000.0 {
            100.0
        } else if value > 5_000.0 {
            10.0
        } else {
            1.0
        };
        let rounded = whole((value / step).round() * step);
        if self.chance(0.3) && rounded > 100 {
            rounded - 1
        } else {
            rounded.max(1)
        }
    }

    /// A human price at `value` times something in low..high.
    pub fn price_near(&mut self, value: f64, low: f64, high: f64) -> u32 {
        let factor = self.range(low, high);
        self.human_price(value * factor)
    }

    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        let at = self.below(crate::numbers::count(items.len()));
        items.get(usize::try_from(at).unwrap_or(0))
    }

    /// Lower-case hexadecimal text of this many digits.
    pub fn hex(&mut self, digits: usize) -> String {
        let mut text = String::with_capacity(digits + 16);
        while text.len() < digits {
            text.push_str(&format!("{:016x}", self.next()));
        }
        text.truncate(digits);
        text
    }

    /// Six decimal digits.
    pub fn code(&mut self) -> String {
        format!("{:06}", self.below(1_000_000))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_seeds_give_equal_streams_and_numbers_differ() {
        let (mut a, mut b, mut c) = (Stream::new(1, 2, 3), Stream::new(1, 2, 3), Stream::new(1, 2, 4));
        let first: Vec<u64> = (0..5).map(|_| a.next()).collect();
        assert_eq!(first, (0..5).map(|_| b.next()).collect::<Vec<_>>());
        assert_ne!(first, (0..5).map(|_| c.next()).collect::<Vec<_>>());
        let mean: f64 = (0..10_000).map(|_| a.wait(3.0)).sum::<f64>() / 10_000.0;
        assert!((2.8..3.2).contains(&mean), "{mean}");
    }
}
