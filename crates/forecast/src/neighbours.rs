//! What products of a group sell, for those of them that are new. Refuses to be asked where there is a history.

use crate::fill::Step;
use crate::frequency::Frequency;
use crate::number::{mean, real};
use std::collections::BTreeMap;

/// Levels of the products of each group.
#[derive(Debug, Clone, Default)]
pub struct Neighbours {
    groups: BTreeMap<(String, &'static str), Vec<f64>>,
}

/// What is usual in a group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Usual {
    /// What a product of the group sells a step.
    pub level: f64,
    /// How far products lie from that: a share of its square.
    pub apart: f64,
    pub products: usize,
}

/// A product with fewer counted steps than this is new.
#[must_use]
pub fn grown(frequency: Frequency) -> usize {
    match frequency {
        Frequency::Daily => 56,
        Frequency::Weekly => 13,
        Frequency::Monthly => 6,
    }
}

const LEAST_PRODUCTS: usize = 3;

impl Neighbours {
    /// Adds a product; a new one says nothing about others.
    pub fn add(&mut self, group: &str, frequency: Frequency, steps: &[Step]) {
        let sold: Vec<f64> = steps
            .iter()
            .filter_map(|step| {
                if let Step::Sold(sold) = step {
                    Some(*sold)
                } else {
                    None
                }
            })
            .collect();
        if sold.len() >= grown(frequency) {
            self.add_level(group, frequency, mean(&sold));
        }
    }

    /// Adds what a product that is not new sells a step, where somebody knows it already.
    pub fn add_level(&mut self, group: &str, frequency: Frequency, level: f64) {
        let levels = self
            .groups
            .entry((group.to_owned(), frequency.word()))
            .or_default();
        levels.push(level);
    }

    /// What is usual in a group; none with too few products.
    #[must_use]
    pub fn usual(&self, group: &str, frequency: Frequency) -> Option<Usual> {
        let levels = self.groups.get(&(group.to_owned(), frequency.word()))?;
        if levels.len() < LEAST_PRODUCTS {
            return None;
        }
        // Between the mean and the middle: one bestseller does not speak for newcomers.
        let logs: Vec<f64> = levels.iter().map(|level| level.max(1e-3).ln()).collect();
        let level = f64::midpoint(mean(levels), mean(&logs).exp());
        let apart = levels.iter().map(|one| (one - level).powi(2)).sum::<f64>() / real(levels.len());
        Some(Usual {
            level,
            apart: apart / level.powi(2).max(1e-9),
            products: levels.len(),
        })
    }
}
