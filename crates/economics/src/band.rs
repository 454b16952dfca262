//! A seller's own fees of delivery, each for a service, orders from a sum on and parcels up to a weight, over the published ones.
//! Refuses words that it does not know.

use crate::{DeliveryService, DeliveryStep, FloorError};
use sauda_kernel::{Money, Tenge};
use std::{collections::BTreeMap, fmt};

/// Ten tonnes: nobody sends more in a parcel.
const HEAVIEST: i64 = 10_000_000;
/// Whole tenge.
const DEAREST: i64 = 1_000_000_000;

/// Written as `city`, `city/weight:5000`, `city/from:10000`, `city/weight:5000/from:10000`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Band {
    pub service: DeliveryService,
    /// Grams, the last included; none for all.
    pub up_to: Option<i64>,
    /// Whole tenge of the order, the first included.
    pub from: i64,
}

impl Band {
    /// The band of a service by its word; none for an unknown word, a weight or a sum that makes no sense.
    pub fn new(service: &str, up_to: Option<i64>, from: Option<i64>) -> Option<Self> {
        let word = service.trim().to_lowercase();
        let fits = up_to.is_none_or(|grams| (1..=HEAVIEST).contains(&grams))
            && from.is_none_or(|from| (0..=DEAREST).contains(&from));
        let mut all = DeliveryService::ALL.into_iter().filter(|_| fits);
        Some(Self {
            service: all.find(|one| one.word() == word)?,
            up_to,
            from: from.unwrap_or(0),
        })
    }

    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.trim().split('/');
        let service = parts.next()?;
        let (mut up_to, mut from) = (None, None);
        for part in parts {
            let (name, value) = part.split_once(':')?;
            let place = match name {
                "weight" => &mut up_to,
                "from" => &mut from,
                _ => return None,
            };
            if place.replace(value.parse().ok()?).is_some() {
                return None;
            }
        }
        Self::new(service, up_to, from)
    }

    /// Grams of its class; what holds for all is the heaviest.
    fn weight(self) -> i64 {
        self.up_to.unwrap_or(i64::MAX)
    }

    /// Whether it holds for a parcel; one of unknown weight is in no class.
    fn fits(self, grams: Option<i64>) -> bool {
        match (self.up_to, grams) {
            (None, _) => true,
            (Some(up_to), Some(grams)) => grams <= up_to,
            (Some(_), None) => false,
        }
    }
}

impl fmt::Display for Band {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.service.word())?;
        if let Some(grams) = self.up_to {
            write!(out, "/weight:{grams}")?;
        }
        if self.from > 0 {
            write!(out, "/from:{}", self.from)?;
        }
        Ok(())
    }
}

/// The fees of a service for a parcel of this weight as price steps, from the first of them up: of several classes of weight the
/// smallest that holds it, and without a weight only what holds for all. Of two fees of a band the first holds.
pub fn own_steps(
    bands: impl Iterator<Item = (Band, Money)> + Clone,
    service: DeliveryService,
    grams: Option<i64>,
) -> Vec<DeliveryStep> {
    let held = bands.filter(|(band, _)| band.service == service && band.fits(grams));
    let class = held.clone().map(|(band, _)| band.weight()).min();
    let mut steps: BTreeMap<i64, Money> = BTreeMap::new();
    for (band, fee) in held.filter(|(band, _)| Some(band.weight()) == class) {
        steps.entry(band.from).or_insert(fee);
    }
    let step = |(from, fee)| DeliveryStep {
        from: Tenge(from),
        fee,
    };
    steps.into_iter().map(step).collect()
}

/// Own steps over published ones: below the first own step the published fees hold.
///
/// # Errors
/// When nothing is published where it is needed.
pub fn steps_over(
    own: Vec<DeliveryStep>,
    published: impl FnOnce() -> Result<Vec<DeliveryStep>, FloorError>,
) -> Result<Vec<DeliveryStep>, FloorError> {
    let Some(first) = own.first().map(|step| step.from) else {
        return published();
    };
    if first <= Tenge(0) {
        return Ok(own);
    }
    let mut steps = published()?;
    steps.retain(|step| step.from < first);
    steps.extend(own);
    Ok(steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_band_is_written_in_one_way() {
        for (text, written) in [
            ("city", "city"),
            (" Express ", "express"),
            ("kazakhstan/from:0", "kazakhstan"),
            ("city/from:10000/weight:5000", "city/weight:5000/from:10000"),
        ] {
            assert_eq!(Band::parse(text).unwrap().to_string(), written, "{text}");
        }
        for text in [
            "",
            "moon",
            "city/",
            "city/weight:0",
            "city/weight:x",
            "city/from:-1",
            "city/from:1/from:2",
            "city/5000",
        ] {
            assert_eq!(Band::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_smallest_class_that_holds_a_parcel_gives_its_steps() {
        let fees = [
            ("city", 900),
            ("city/weight:5000", 500),
            ("city/weight:5000/from:10000", 700),
            ("city/weight:1000/from:5000", 300),
            ("express", 0),
        ];
        let bands = fees.map(|(text, fee)| (Band::parse(text).unwrap(), Money::from_tiyn(fee)));
        let told = |grams| {
            let steps = own_steps(bands.into_iter(), DeliveryService::City, grams);
            steps
                .iter()
                .map(|step| (step.from.get(), step.fee.tiyn()))
                .collect::<Vec<_>>()
        };
        assert_eq!(told(Some(5_000)), [(0, 500), (10_000, 700)]);
        assert_eq!(told(Some(5_001)), [(0, 900)]);
        assert_eq!(told(None), [(0, 900)]);
        assert_eq!(told(Some(800)), [(5_000, 300)]);
        assert!(own_steps(bands.into_iter(), DeliveryService::Kazakhstan, Some(1)).is_empty());
    }

    #[test]
    fn own_steps_stand_over_the_published_ones_and_need_none_when_they_begin_at_nothing() {
        let step = |from, fee| DeliveryStep {
            from: Tenge(from),
            fee: Money::from_tiyn(fee),
        };
        let published = || Ok(vec![step(0, 50), step(1_000, 150), step(10_000, 990)]);
        let nothing = || Err(FloorError::NoWeight { grams: 0 });
        assert_eq!(steps_over(vec![], published).unwrap().len(), 3);
        let over = steps_over(vec![step(5_000, 300)], published).unwrap();
        assert_eq!(over, [step(0, 50), step(1_000, 150), step(5_000, 300)]);
        assert_eq!(steps_over(vec![step(0, 300)], nothing).unwrap(), [step(0, 300)]);
        assert!(steps_over(vec![step(1, 300)], nothing).is_err());
    }
}
