//! The normal and the gamma law: probabilities, quantiles, expected excess. Refuses data; it is mathematics only.
//!
//! Incomplete gamma function by series and continued fraction: NIST Digital Library of Mathematical Functions 8.11.4 and
//! 8.9.2. Logarithm of gamma by Lanczos (g = 7, 9 terms). Quantile of the normal law by Acklam's rational approximation,
//! made exact by one step of Halley.

use std::f64::consts::PI;

const LANCZOS: [f64; 9] = [
    0.999_999_999_999_809_9,
    676.520_368_121_885_1,
    -1_259.139_216_722_402_8,
    771.323_428_777_653_1,
    -176.615_029_162_140_6,
    12.507_343_278_686_905,
    -0.138_571_095_265_720_12,
    9.984_369_578_019_572e-6,
    1.505_632_735_149_311_6e-7,
];

pub(super) fn ln_gamma(x: f64) -> f64 {
    let x = x - 1.0;
    let base = x + 7.5;
    let mut sum = 0.0;
    let mut step = 0.0;
    for (place, term) in LANCZOS.iter().enumerate() {
        sum += if place == 0 { *term } else { term / (x + step) };
        step += 1.0;
    }
    0.5 * (2.0 * PI).ln() + (x + 0.5) * base.ln() - base + sum.ln()
}

/// Chance that a gamma variable of this shape and scale 1 is above `x`.
pub(super) fn gamma_above(shape: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 1.0;
    }
    let front = (shape * x.ln() - x - ln_gamma(shape)).exp();
    if x < shape + 1.0 {
        let (mut term, mut sum, mut at) = (1.0 / shape, 1.0 / shape, shape);
        for _ in 0..100_000 {
            at += 1.0;
            term *= x / at;
            sum += term;
            if term < sum * 1e-15 {
                break;
            }
        }
        return (1.0 - sum * front).clamp(0.0, 1.0);
    }
    // Lentz's way through the continued fraction.
    let tiny = 1e-300;
    let mut b = x + 1.0 - shape;
    let mut c = 1.0 / tiny;
    let mut d = 1.0 / b;
    let mut product = d;
    let mut step = 0.0;
    for _ in 0..100_000 {
        step += 1.0;
        let a = -step * (step - shape);
        b += 2.0;
        d = a * d + b;
        d = 1.0 / if d.abs() < tiny { tiny } else { d };
        c = b + a / c;
        c = if c.abs() < tiny { tiny } else { c };
        let change = d * c;
        product *= change;
        if (change - 1.0).abs() < 1e-15 {
            break;
        }
    }
    (front * product).clamp(0.0, 1.0)
}

/// Chance that a standard normal variable is at most `z`.
pub(super) fn normal_below(z: f64) -> f64 {
    let half = 0.5 * gamma_above(0.5, z * z / 2.0);
    if z < 0.0 { half } else { 1.0 - half }
}

fn normal_density(z: f64) -> f64 {
    (-z * z / 2.0).exp() / (2.0 * PI).sqrt()
}

/// Expected excess of a standard normal variable over `z`, the unit normal loss.
pub(super) fn normal_loss(z: f64) -> f64 {
    (normal_density(z) - z * normal_below(-z)).max(0.0)
}

const A: [f64; 6] = [
    -3.969_683_028_665_376e1,
    2.209_460_984_245_205e2,
    -2.759_285_104_469_687e2,
    1.383_577_518_672_69e2,
    -3.066_479_806_614_716e1,
    2.506_628_277_459_239,
];
const B: [f64; 6] = [
    -5.447_609_879_822_406e1,
    1.615_858_368_580_409e2,
    -1.556_989_798_598_866e2,
    6.680_131_188_771_972e1,
    -1.328_068_155_288_572e1,
    1.0,
];
const C: [f64; 6] = [
    -7.784_894_002_430_293e-3,
    -3.223_964_580_411_365e-1,
    -2.400_758_277_161_838,
    -2.549_732_539_343_734,
    4.374_664_141_464_968,
    2.938_163_982_698_783,
];
const D: [f64; 5] = [
    7.784_695_709_041_462e-3,
    3.224_671_290_700_398e-1,
    2.445_134_137_142_996,
    3.754_408_661_907_416,
    1.0,
];

fn polynomial(terms: &[f64], x: f64) -> f64 {
    terms.iter().fold(0.0, |sum, term| sum * x + term)
}

/// The `z` that a standard normal variable is at most with this chance, which lies between 0 and 1.
pub(super) fn normal_quantile(chance: f64) -> f64 {
    let rough = if chance < 0.024_25 {
        let q = (-2.0 * chance.ln()).sqrt();
        polynomial(&C, q) / polynomial(&D, q)
    } else if chance > 1.0 - 0.024_25 {
        let q = (-2.0 * (1.0 - chance).ln()).sqrt();
        -polynomial(&C, q) / polynomial(&D, q)
    } else {
        let q = chance - 0.5;
        q * polynomial(&A, q * q) / polynomial(&B, q * q)
    };
    let error = normal_below(rough) - chance;
    let step = error * (2.0 * PI).sqrt() * (rough * rough / 2.0).exp();
    if step.is_finite() {
        rough - step / (1.0 + rough * step / 2.0)
    } else {
        rough
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(told: f64, wanted: f64) {
        assert!((told - wanted).abs() < 1e-7, "{told} is not {wanted}");
    }

    #[test]
    fn the_normal_law_agrees_with_printed_tables() {
        near(normal_below(1.96), 0.975_002_104_9);
        near(normal_below(-1.0), 0.158_655_253_9);
        near(normal_quantile(0.95), 1.644_853_627_0);
        near(normal_quantile(0.999), 3.090_232_306_2);
        near(normal_quantile(0.01), -2.326_347_874_0);
        near(normal_loss(0.0), 0.398_942_280_4);
        near(normal_loss(1.0), 0.083_315_470_6);
    }

    #[test]
    fn the_gamma_law_agrees_with_the_exponential_and_the_factorial() {
        near(gamma_above(1.0, 2.0), (-2.0_f64).exp());
        near(gamma_above(3.0, 2.0), (-2.0_f64).exp() * (1.0 + 2.0 + 2.0));
        near(gamma_above(3.0, 9.0), (-9.0_f64).exp() * (1.0 + 9.0 + 40.5));
        near(ln_gamma(11.0), 3_628_800.0_f64.ln());
    }
}
