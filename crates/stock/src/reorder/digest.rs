//! What past days say in few numbers, so that a list need not look at each day of each product anew. Refuses to say anything of days
//! it did not see.

use super::{
    classes::{Steadiness, quiet_days, steadiness},
    history::{Day, Estimate, Weighing, estimate},
};

/// Another word whenever the same days say something else.
const RULES: &str = "2";

/// What follows from the past days of one product.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Digest {
    /// None when fewer than two days speak.
    pub estimate: Option<Estimate>,
    pub steadiness: Option<Steadiness>,
    /// Known days without a sale up to the last one.
    pub quiet_days: i64,
}

impl Digest {
    /// Of days up to yesterday, the oldest first.
    pub fn of(days: &[Day]) -> Self {
        Self {
            estimate: estimate(days, Weighing::LEARNED),
            steadiness: steadiness(days),
            quiet_days: quiet_days(days),
        }
    }

    /// As it is kept: words with blanks between, the version of the rules first. Numbers are written so that they are read back
    /// exactly.
    pub fn text(&self) -> String {
        let class = self.steadiness.map_or("-", Steadiness::word);
        let quiet = self.quiet_days;
        match self.estimate {
            None => format!("{RULES} {class} {quiet}"),
            Some(told) => format!(
                "{RULES} {class} {quiet} {} {:?} {:?} {:?} {:?} {:?}",
                told.days, told.mean, told.variance, told.doubt, told.drift, told.caution
            ),
        }
    }

    /// Reads what [`Digest::text`] wrote; nothing when it is not of this shape, or by other rules: it is counted anew then.
    pub fn parse(text: &str) -> Option<Self> {
        let mut words = text.split(' ');
        if words.next()? != RULES {
            return None;
        }
        let steadiness = match words.next()? {
            "-" => None,
            word => Some(Steadiness::parse(word)?),
        };
        let quiet_days = words.next()?.parse().ok()?;
        let Some(days) = words.next() else {
            return Some(Self {
                estimate: None,
                steadiness,
                quiet_days,
            });
        };
        let mut number = || {
            words
                .next()?
                .parse::<f64>()
                .ok()
                .filter(|number| number.is_finite())
        };
        let estimate = Estimate {
            days: days.parse().ok()?,
            mean: number()?,
            variance: number()?,
            doubt: number()?,
            drift: number()?,
            caution: number()?,
        };
        Some(Self {
            estimate: Some(estimate),
            steadiness,
            quiet_days,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]
        #[test]
        fn what_is_kept_is_read_back_exactly(units in proptest::collection::vec(0_i64..40, 0..400)) {
            let days: Vec<Day> = units.iter().map(|units| match units {
                37 => Day::SoldOut(3),
                38 => Day::OneOff(9),
                39 => Day::Unknown,
                units => Day::Units(*units),
            }).collect();
            let digest = Digest::of(&days);
            prop_assert_eq!(Digest::parse(&digest.text()), Some(digest));
        }
    }

    #[test]
    fn what_has_another_shape_is_not_read() {
        for text in [
            "",
            "X 3",
            "2 X",
            "2 Q 3",
            "2 X 3 7 1.0 NaN 0.0 0.0 0.0",
            "2 X 3 7 1.0 2.0 0.0",
            "2 - three",
        ] {
            assert_eq!(Digest::parse(text), None, "{text}");
        }
        let nothing = Digest::default();
        assert_eq!(Digest::parse("2 - 0"), Some(nothing));
    }
}
