//! Seeded chance for simulated weeks: the same numbers on every machine. Refuses to be secret.

/// SplitMix64 (Steele, Lea, Flood 2014): small, fast, good enough for simulations.
pub struct Chance(u64);

impl Chance {
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Evenly over the open interval from 0 to 1.
    pub fn share(&mut self) -> f64 {
        let high = u32::try_from(self.next() >> 32).unwrap_or(u32::MAX);
        (f64::from(high) + 0.5) / 4_294_967_296.0
    }

    /// Normal with mean 0 and deviation 1 (Box and Muller).
    pub fn normal(&mut self) -> f64 {
        let (one, two) = (self.share(), self.share());
        (-2.0 * one.ln()).sqrt() * (std::f64::consts::TAU * two).cos()
    }

    /// Time to the next event at this rate.
    pub fn wait(&mut self, rate: f64) -> f64 {
        -self.share().ln() / rate
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chance_is_even_and_normal_is_normal() {
        let mut chance = Chance::new(7);
        let (mut even, mut sum, mut squares) = (0.0, 0.0, 0.0);
        for _ in 0..20_000 {
            even += chance.share() / 20_000.0;
            let one = chance.normal();
            sum += one / 20_000.0;
            squares += one * one / 20_000.0;
        }
        assert!(
            (even - 0.5).abs() < 0.01 && sum.abs() < 0.03 && (squares - 1.0).abs() < 0.05,
            "{even} {sum} {squares}"
        );
    }
}
