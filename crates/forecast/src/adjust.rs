//! What is known to move demand – price, promotion, place in the card, special days – taken out of a history and put onto the steps
//! ahead. Refuses effects that the history does not show.

use crate::calendar::{Day, events};
use crate::frequency::Frequency;
use crate::number::{at, mean, tail};
use crate::response::{NotEnough, Priced, Response, Usual, respond};
use crate::standing::{Standing, standing};
use std::collections::BTreeMap;

/// What is known beside the counts; empty where it is not.
#[derive(Debug, Clone, Default)]
pub struct Beside {
    pub first: Option<Day>,
    pub price: Vec<Option<f64>>,
    pub promoted: Vec<f64>,
    /// Share of each step that was first in its card; none where nobody looked.
    pub first_place: Vec<Option<f64>>,
    pub price_ahead: Vec<Option<f64>>,
    pub promoted_ahead: Vec<f64>,
    pub first_place_ahead: Vec<Option<f64>>,
}

/// Factors of the history and of the steps ahead.
#[derive(Debug, Clone)]
pub struct Adjusted {
    pub values: Vec<f64>,
    pub ahead: Vec<f64>,
    pub response: Option<Result<Response, NotEnough>>,
    /// What a whole step of promotion multiplies demand by; none where none was seen, or it says nothing.
    pub promotion: Option<f64>,
    pub standing: Option<Standing>,
    /// Special days with what they do, where the history shows it.
    pub days: Vec<(&'static str, f64)>,
}

/// Takes effects out of the history.
#[must_use]
pub fn adjust(
    values: &[f64],
    seen: &[bool],
    frequency: Frequency,
    beside: &Beside,
    horizon: usize,
    usual: Usual,
) -> Adjusted {
    let n = values.len();
    let mut past = vec![1.0; n];
    let mut ahead = vec![1.0; horizon];
    let response = beside
        .price
        .iter()
        .any(Option::is_some)
        .then(|| priced(values, seen, beside, usual));
    let promotion = match &response {
        // Known together with the price, which promotions mostly lower.
        Some(Ok(found)) => found.promotion,
        _ => beside
            .promoted
            .iter()
            .any(|share| *share > 0.0)
            .then(|| promotion(values, seen, &beside.promoted)),
    };
    if let Some(Ok(found)) = &response {
        let factor = |price: Option<f64>| {
            price.map_or(1.0, |price| {
                // Prices nobody saw are believed only as far as the nearest that was seen.
                let by_price = found.factor(price, found.reference).get(1).copied();
                by_price.unwrap_or(1.0).clamp(0.2, 5.0)
            })
        };
        let mut last = None;
        for (place, slot) in past.iter_mut().enumerate() {
            last = beside.price.get(place).copied().flatten().or(last);
            *slot *= factor(last);
        }
        for (place, slot) in ahead.iter_mut().enumerate() {
            last = beside.price_ahead.get(place).copied().flatten().or(last);
            *slot *= factor(last);
        }
    }
    if let Some(effect) = promotion {
        let factor = |share: f64| (effect * share).exp().clamp(0.2, 6.0);
        for (place, slot) in past.iter_mut().enumerate() {
            *slot *= factor(at(&beside.promoted, place));
        }
        for (place, slot) in ahead.iter_mut().enumerate() {
            *slot *= factor(at(&beside.promoted_ahead, place));
        }
    }
    let mut plain: Vec<f64> = values
        .iter()
        .zip(&past)
        .map(|(value, factor)| value / factor)
        .collect();
    let standing = standing(&plain, seen, &beside.first_place, frequency);
    if let Some(found) = &standing {
        for (place, value) in plain.iter_mut().enumerate() {
            *value /= found.factor(beside.first_place.get(place).copied().flatten());
        }
        for (place, slot) in ahead.iter_mut().enumerate() {
            *slot *= found.factor(beside.first_place_ahead.get(place).copied().flatten());
        }
    }
    let days = special(&mut plain, &mut ahead, seen, frequency, beside.first);
    Adjusted {
        values: plain,
        ahead,
        response,
        promotion: promotion.map(f64::exp),
        standing,
        days,
    }
}

fn priced(values: &[f64], seen: &[bool], beside: &Beside, usual: Usual) -> Result<Response, NotEnough> {
    let rows = values
        .iter()
        .enumerate()
        .filter(|(place, _)| seen.get(*place).copied().unwrap_or(true));
    let rows: Vec<Priced> = rows
        .filter_map(|(place, sold)| {
            Some(Priced {
                sold: *sold,
                price: beside.price.get(place).copied().flatten()?,
                promoted: at(&beside.promoted, place),
            })
        })
        .collect();
    respond(&rows, usual)
}

/// The logarithm of what promotion does where no price is known: sums with and without, each against the level around.
fn promotion(values: &[f64], seen: &[bool], promoted: &[f64]) -> f64 {
    let (mut sold, mut usual) = (0.0, 0.0);
    for (place, value) in values.iter().enumerate() {
        if at(promoted, place) < 0.3 || !seen.get(place).copied().unwrap_or(true) {
            continue;
        }
        let around = (place.saturating_sub(8)..(place + 9).min(values.len()))
            .filter(|near| at(promoted, *near) < 0.05)
            .map(|near| at(values, near));
        let around: Vec<f64> = around.collect();
        if around.len() >= 4 {
            sold += value;
            usual += mean(&around);
        }
    }
    let drawn = 8.0;
    ((sold + drawn) / (usual + drawn)).ln().clamp(-1.0, 1.8)
}

/// Special days seen in the past, taken out of it and put onto those ahead.
fn special(
    plain: &mut [f64],
    ahead: &mut [f64],
    seen: &[bool],
    frequency: Frequency,
    first: Option<Day>,
) -> Vec<(&'static str, f64)> {
    let Some(first) = first else { return Vec::new() };
    let far = |place: usize| i64::try_from(place).unwrap_or(i64::MAX);
    let of = |place: usize| events(first.later(frequency, far(place)), frequency);
    let coming: Vec<Vec<(&'static str, f64)>> = (0..ahead.len()).map(|step| of(plain.len() + step)).collect();
    // Only what comes again is worth knowing, and only after a whole year is it known.
    if coming.iter().all(Vec::is_empty) || plain.len() < frequency.year() {
        return Vec::new();
    }
    let gone: Vec<Vec<(&'static str, f64)>> = (0..plain.len()).map(of).collect();
    let round = if frequency == Frequency::Daily { 7 } else { 1 };
    let mut sums: BTreeMap<&'static str, (f64, f64)> = BTreeMap::new();
    for (place, names) in gone.iter().enumerate() {
        if names.is_empty() || !seen.get(place).copied().unwrap_or(true) {
            continue;
        }
        // The same weekday on plain days around.
        let (mut around, mut count) = (0.0, 0.0);
        for turn in 1..=8 {
            for near in [place.checked_sub(turn * round), Some(place + turn * round)]
                .into_iter()
                .flatten()
            {
                if gone.get(near).is_some_and(Vec::is_empty) {
                    around += at(plain, near);
                    count += 1.0;
                }
            }
        }
        if count >= 3.0 {
            for (name, share) in names {
                let (sold, usual) = sums.entry(name).or_default();
                *sold += share * at(plain, place);
                *usual += share * around / count;
            }
        }
    }
    let level = mean(tail(plain, frequency.year())).max(1e-9);
    let drawn = 6.0 + 6.0 * level;
    let effects: BTreeMap<&'static str, f64> = sums
        .into_iter()
        .map(|(name, (sold, usual))| (name, ((sold + drawn) / (usual + drawn)).clamp(0.4, 4.0)))
        .filter(|(_, effect)| (effect - 1.0).abs() > 0.05)
        .collect();
    let factor = |names: &[(&'static str, f64)]| {
        // Days that are special twice do what the strongest does.
        names
            .iter()
            .filter_map(|(name, share)| effects.get(name).map(|effect| 1.0 + share * (effect - 1.0)))
            .fold(1.0_f64, |most, effect| {
                if (effect - 1.0).abs() > (most - 1.0).abs() {
                    effect
                } else {
                    most
                }
            })
    };
    for (value, names) in plain.iter_mut().zip(&gone) {
        *value /= factor(names);
    }
    for (slot, names) in ahead.iter_mut().zip(&coming) {
        *slot *= factor(names);
    }
    let named = effects
        .into_iter()
        .filter(|(name, _)| coming.iter().flatten().any(|(one, _)| one == name));
    named.collect()
}
