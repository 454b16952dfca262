//! What is known of a buyer. Refuses bodies that nobody has: each number has its limits.

use crate::learned::Body;
use crate::size::{Gender, System};

/// A buyer's body and habits; all may be missing.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Buyer {
    pub body: Body,
    pub gender: Option<Gender>,
    pub chest_cm: Option<f64>,
    pub under_bust_cm: Option<f64>,
    pub waist_cm: Option<f64>,
    pub hips_cm: Option<f64>,
    pub foot_cm: Option<f64>,
    /// Sizes the buyer usually takes.
    pub usual: Vec<Usual>,
    pub history: Vec<Worn>,
    /// A child's clothes with room to grow.
    pub growth: bool,
}

/// A size the buyer usually takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Usual {
    pub system: Option<System>,
    pub size: String,
}

/// A piece the buyer wore before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worn {
    pub item: Option<String>,
    pub system: Option<System>,
    pub gender: Option<Gender>,
    pub size: String,
    pub fit: Fit,
}

/// How a piece sat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    Small,
    Fit,
    Large,
}

impl Fit {
    /// 0 too small, 1 fit, 2 too large.
    #[must_use]
    pub fn class(self) -> usize {
        match self {
            Self::Small => 0,
            Self::Fit => 1,
            Self::Large => 2,
        }
    }
}

/// A number that no body has.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error("{name} is {value}, a body has from {from} to {to}")]
pub struct NoSuchBody {
    pub name: &'static str,
    pub value: f64,
    pub from: f64,
    pub to: f64,
}

impl Buyer {
    /// Whether anything is known that a size could follow from.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        let body = &self.body;
        let numbers = [
            body.height_cm,
            body.weight_kg,
            body.bust_num,
            self.chest_cm,
            self.under_bust_cm,
            self.waist_cm,
            self.hips_cm,
            self.foot_cm,
            body.age,
        ];
        numbers.iter().all(Option::is_none) && self.usual.is_empty() && self.history.is_empty()
    }

    /// Whether the numbers can be a body's.
    ///
    /// # Errors
    /// The first number out of its limits.
    pub fn check(&self) -> Result<(), NoSuchBody> {
        let body = &self.body;
        let limits = [
            ("height_cm", body.height_cm, 40.0, 235.0),
            ("weight_kg", body.weight_kg, 2.0, 300.0),
            ("age", body.age, 0.0, 120.0),
            ("bust_num", body.bust_num, 26.0, 60.0),
            ("chest_cm", self.chest_cm, 30.0, 200.0),
            ("underbust_cm", self.under_bust_cm, 50.0, 150.0),
            ("waist_cm", self.waist_cm, 30.0, 200.0),
            ("hips_cm", self.hips_cm, 30.0, 220.0),
            ("foot_cm", self.foot_cm, 6.0, 36.0),
        ];
        for (name, value, from, to) in limits {
            if let Some(value) = value.filter(|value| !(from..=to).contains(value)) {
                return Err(NoSuchBody {
                    name,
                    value,
                    from,
                    to,
                });
            }
        }
        if let (Some(height), Some(weight)) = (body.height_cm, body.weight_kg) {
            let (from, to) = (6.0 * (height / 100.0).powi(2), 130.0 * (height / 100.0).powi(2));
            if !(from..=to).contains(&weight) {
                let (from, to) = (from.ceil(), to.floor());
                return Err(NoSuchBody {
                    name: "weight_kg",
                    value: weight,
                    from,
                    to,
                });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_that_nobody_has_are_named() {
        let mut buyer = Buyer::default();
        assert_eq!(buyer.check(), Ok(()));
        buyer.body.height_cm = Some(16.0);
        assert_eq!(buyer.check().unwrap_err().name, "height_cm");
        buyer.body.height_cm = Some(170.0);
        buyer.body.weight_kg = Some(600.0);
        assert_eq!(
            buyer.check().unwrap_err().to_string(),
            "weight_kg is 600, a body has from 2 to 300"
        );
        buyer.body.weight_kg = Some(15.0);
        assert_eq!(buyer.check().unwrap_err().from, 18.0);
    }
}
