//! Quantiles of demand around a mean: counts as sums of chances (negative binomial), large and broken numbers by a curve (gamma).
//! Refuses demand below zero.

/// A mean, and the variance beside it: the mean itself for whole numbers, and a share of its square.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    pub mean: f64,
    pub share: f64,
    pub whole_numbers: bool,
}

/// Above this mean, counts go by the curve.
const MANY: f64 = 150.0;

impl Spread {
    fn variance(&self) -> f64 {
        let floor = if self.whole_numbers { self.mean } else { 0.0 };
        floor + self.share * self.mean * self.mean
    }

    /// The amount that demand stays at or below with this chance.
    #[must_use]
    pub fn quantile(&self, chance: f64) -> f64 {
        let chance = chance.clamp(1e-6, 1.0 - 1e-6);
        if self.mean.is_nan() || self.mean <= 1e-9 {
            return 0.0;
        }
        if self.whole_numbers && self.mean <= MANY {
            return self.count(chance);
        }
        let curved = self.curved(chance);
        if self.whole_numbers {
            curved.round()
        } else {
            curved
        }
    }

    /// The chance that demand is at or below the amount.
    #[must_use]
    pub fn chance(&self, amount: f64) -> f64 {
        if self.mean <= 1e-9 {
            return 1.0;
        }
        if amount < 0.0 {
            return 0.0;
        }
        if self.whole_numbers && self.mean <= MANY {
            let mut found = 0.0;
            for (count, sum) in Counts::of(self) {
                if count > amount {
                    break;
                }
                found = sum;
            }
            return found;
        }
        let shape = self.mean * self.mean / self.variance().max(1e-12);
        let root = (amount / self.mean).cbrt();
        let middle = 1.0 - 1.0 / (9.0 * shape);
        below((root - middle) * 3.0 * shape.sqrt())
    }

    fn count(&self, chance: f64) -> f64 {
        let mut last = 0.0;
        for (count, sum) in Counts::of(self) {
            last = count;
            if sum >= chance {
                break;
            }
        }
        last
    }

    /// Wilson and Hilferty's cube.
    fn curved(&self, chance: f64) -> f64 {
        let shape = self.mean * self.mean / self.variance().max(1e-12);
        let root = 1.0 - 1.0 / (9.0 * shape) + normal(chance) / (3.0 * shape.sqrt());
        self.mean * root.max(0.0).powi(3)
    }
}

/// Counts from zero on, each with the chance of it or less.
struct Counts {
    size: f64,
    odds: f64,
    count: f64,
    part: f64,
    sum: f64,
    most: f64,
}

impl Counts {
    fn of(spread: &Spread) -> Self {
        let share = spread.share.max(1e-4);
        let size = 1.0 / share;
        let odds = spread.mean / (size + spread.mean);
        Self {
            size,
            odds,
            count: 0.0,
            part: (size * (1.0 - odds).ln()).exp(),
            sum: 0.0,
            most: 20.0 * spread.variance().sqrt() + 10.0 * spread.mean + 20.0,
        }
    }
}

impl Iterator for Counts {
    type Item = (f64, f64);

    fn next(&mut self) -> Option<Self::Item> {
        if self.count > self.most {
            return None;
        }
        self.sum += self.part;
        let told = (self.count, self.sum);
        self.part *= (self.count + self.size) / (self.count + 1.0) * self.odds;
        self.count += 1.0;
        Some(told)
    }
}

/// The standard normal place of a chance (Acklam's fractions; off by less than 1e-8).
fn normal(chance: f64) -> f64 {
    const A: [f64; 6] = [
        -39.696_830_286_653_76,
        220.946_098_424_520_5,
        -275.928_510_446_968_7,
        138.357_751_867_269,
        -30.664_798_066_147_16,
        2.506_628_277_459_239,
    ];
    const B: [f64; 6] = [
        -54.476_098_798_224_06,
        161.585_836_858_040_9,
        -155.698_979_859_886_6,
        66.801_311_887_719_72,
        -13.280_681_552_885_72,
        1.0,
    ];
    const C: [f64; 6] = [
        -0.007_784_894_002_430_293,
        -0.322_396_458_041_136_5,
        -2.400_758_277_161_838,
        -2.549_732_539_343_734,
        4.374_664_141_464_968,
        2.938_163_982_698_783,
    ];
    const D: [f64; 5] = [
        0.007_784_695_709_041_462,
        0.322_467_129_070_039_8,
        2.445_134_137_142_996,
        3.754_408_661_907_416,
        1.0,
    ];
    let sum = |numbers: &[f64], place: f64| numbers.iter().fold(0.0, |sum, number| sum * place + number);
    if chance < 0.02425 {
        let place = (-2.0 * chance.ln()).sqrt();
        sum(&C, place) / sum(&D, place)
    } else if chance > 1.0 - 0.02425 {
        -normal(1.0 - chance)
    } else {
        let middle = chance - 0.5;
        let square = middle * middle;
        sum(&A, square) * middle / sum(&B, square)
    }
}

/// The chance of less than a standard normal place.
fn below(place: f64) -> f64 {
    let t = 1.0 / (1.0 + 0.231_641_9 * place.abs());
    let sum = t
        * (0.319_381_530
            + t * (-0.356_563_782 + t * (1.781_477_937 + t * (-1.821_255_978 + t * 1.330_274_429))));
    let tail = (-place * place / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt() * sum;
    if place >= 0.0 { 1.0 - tail } else { tail }
}
