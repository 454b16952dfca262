//! A forecast made from past days, and tried on the newest of them. Refuses databases and clocks.

use super::kept::{FirstPlace, Foreseen, PriceEffect, PriceSaid, Tested};
use crate::reorder::{Day, Weighing, count, estimate, float, rounded};
use sauda_forecast::{
    Frequency, adjust,
    calendar::Day as Date,
    fill::Step,
    neighbours::Usual,
    response::Response,
    told::{Asked, Told, tell},
};
use sauda_kernel::{Money, ProductId, Timestamp};

/// Days ahead that are kept.
pub const AHEAD_DAYS: usize = 90;
/// Days of the past that are looked at: a whole year is needed to know special days.
pub(crate) const LOOK_BACK_DAYS: i64 = 371;
/// Newest days that a forecast is tried on, and days before them without which it is not.
const TRIED: usize = 28;
const LEAST_BEFORE: usize = 56;
/// Models that count for less are not named.
const LEAST_SHARE: f64 = 0.05;

/// What a forecast is made from.
#[derive(Debug, Clone)]
pub struct Past<'a> {
    pub product: &'a ProductId,
    /// The first of the days, counted from 1970 in Almaty.
    pub first_day: i64,
    /// Oldest first; the day after the last is the first ahead.
    pub days: &'a [Day],
    /// What a piece was sold for on each of the days, tiyn; none where nothing was sold. Empty where no price is known at all.
    pub prices: &'a [Option<i64>],
    /// Share of each of the days that it stood first in its card, thousandths; none where nobody looked. Empty where nobody ever did.
    pub first_place: &'a [Option<i64>],
    /// Whether something of it was promoted: on each of the days, then on each day ahead. Empty where nothing ever was.
    pub promoted: &'a [bool],
    /// What is usual among products of its kind.
    pub usual: Option<Usual>,
}

/// Makes a forecast; none where the past says nothing.
pub fn foresee(past: &Past<'_>, made_at: Timestamp) -> Option<Foreseen> {
    let steps: Vec<Step> = past.days.iter().map(|day| step(*day)).collect();
    let told = ask(past, &steps, past.usual, AHEAD_DAYS)?;
    let each = |quantile: f64| -> Vec<i64> {
        (0..AHEAD_DAYS)
            .map(|place| rounded(told.forecast.quantile(place, quantile)))
            .collect()
    };
    let unsteady = told.forecast.steps.iter().map(|spread| spread.share).sum::<f64>() / count(AHEAD_DAYS);
    let share = |(name, part): &(&'static str, f64)| ((*name).to_owned(), rounded(part * 1_000.0));
    let sold_out = past
        .days
        .iter()
        .filter(|day| matches!(day, Day::SoldOut(_)))
        .count();
    Some(Foreseen {
        product: past.product.clone(),
        made_at,
        first_day: past.first_day + whole(past.days.len()),
        mean_milli: told
            .forecast
            .steps
            .iter()
            .map(|spread| rounded(spread.mean * 1_000.0))
            .collect(),
        low: each(0.1),
        middle: each(0.5),
        high: each(0.9),
        models: told
            .forecast
            .models
            .iter()
            .filter(|(_, part)| *part >= LEAST_SHARE)
            .map(share)
            .collect(),
        unsteady_milli: rounded(unsteady * 1_000.0),
        special: told.adjusted.days.iter().map(share).collect(),
        counted: whole(told.counted),
        sold_out: whole(sold_out),
        neighbours: told.neighbours.map(whole),
        tested: tried(past, &steps),
        price: price(past, &told),
        promotion_milli: told.adjusted.promotion.map(|factor| rounded(factor * 1_000.0)),
        first_place: told.adjusted.standing.map(|found| FirstPlace {
            factor_milli: rounded(found.effect.exp() * 1_000.0),
            share_milli: rounded(found.usual * 1_000.0),
        }),
    })
}

fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn step(day: Day) -> Step {
    match day {
        Day::Units(units) => Step::Sold(float(units)),
        Day::SoldOut(units) => Step::AtLeast(float(units)),
        Day::Unknown | Day::OneOff(_) => Step::Unknown,
    }
}

fn ask(past: &Past<'_>, steps: &[Step], usual: Option<Usual>, horizon: usize) -> Option<Told> {
    let beside = adjust::Beside {
        first: Some(Date::of(1970, 1, 1).plus(past.first_day)),
        price: prices(past, steps.len()),
        first_place: past
            .first_place
            .iter()
            .take(steps.len())
            .map(|share| share.map(|milli| float(milli) / 1_000.0))
            .collect(),
        promoted: promoted(past, 0, steps.len()),
        promoted_ahead: promoted(past, steps.len(), horizon),
        ..adjust::Beside::default()
    };
    tell(&Asked {
        steps,
        frequency: Frequency::Daily,
        beside: &beside,
        horizon,
        usual,
    })
}

fn promoted(past: &Past<'_>, from: usize, length: usize) -> Vec<f64> {
    let days = past.promoted.iter().skip(from).take(length);
    days.map(|is_promoted| f64::from(u8::from(*is_promoted)))
        .collect()
}

/// A price stands until it is seen to be another one.
fn prices(past: &Past<'_>, length: usize) -> Vec<Option<f64>> {
    let mut last = None;
    past.prices
        .iter()
        .take(length)
        .map(|price| {
            last = price.map(float).or(last);
            last
        })
        .collect()
}

/// The newest days told from those before them.
fn tried(past: &Past<'_>, steps: &[Step]) -> Option<Tested> {
    let before = steps
        .len()
        .checked_sub(TRIED)
        .filter(|before| *before >= LEAST_BEFORE)?;
    let (known, newest) = steps.split_at(before);
    let told = ask(past, known, None, TRIED)?;
    let plain = estimate(past.days.get(..before)?, Weighing::LEARNED)?.mean;
    let (mut tested, mut sold_sum, mut told_sum) = ((0, 0), 0.0, 0.0);
    for (place, (came, spread)) in newest.iter().zip(&told.forecast.steps).enumerate() {
        // A day without stock shows no demand.
        let Step::Sold(sold) = came else { continue };
        let inside = (told.forecast.quantile(place, 0.1)..=told.forecast.quantile(place, 0.9)).contains(sold);
        tested = (tested.0 + 1, tested.1 + i64::from(inside));
        sold_sum += sold;
        told_sum += spread.mean;
    }
    (tested.0 > 0).then(|| Tested {
        days: tested.0,
        inside: tested.1,
        sold: rounded(sold_sum),
        told_milli: rounded(told_sum * 1_000.0),
        plain_milli: rounded(plain * float(tested.0) * 1_000.0),
    })
}

fn price(past: &Past<'_>, told: &Told) -> PriceSaid {
    let Some(last) = past.prices.iter().rev().find_map(|price| *price) else {
        return PriceSaid::Nothing;
    };
    match &told.adjusted.response {
        None => PriceSaid::Nothing,
        Some(Err(why)) => PriceSaid::NotEnough(why.code().to_owned()),
        Some(Ok(found)) => PriceSaid::Known(effect(found, last)),
    }
}

fn effect(found: &Response, last: i64) -> PriceEffect {
    let money = |tiyn: f64| Money::from_tiyn(rounded(tiyn));
    PriceEffect {
        elasticity_milli: rounded(found.elasticity * 1_000.0),
        doubt_milli: rounded(found.doubt * 1_000.0),
        price: Money::from_tiyn(last),
        lowest: money(found.lowest),
        highest: money(found.highest),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use sauda_kernel::{CountedIds, Id, PushedClock};

    fn made(days: &[Day], prices: &[Option<i64>], usual: Option<Usual>) -> Option<Foreseen> {
        let at = Timestamp::from_almaty(2026, 11, 20, 3, 0, 0).unwrap();
        let product: ProductId = Id::new(&PushedClock::at(at), &CountedIds::default());
        let past = Past {
            product: &product,
            // The first of the days is a Monday.
            first_day: 20_450,
            days,
            prices,
            first_place: &[],
            promoted: &[],
            usual,
        };
        foresee(&past, at)
    }

    #[test]
    fn a_weekly_rhythm_goes_on_and_is_tried_on_the_newest_days() {
        let days: Vec<Day> = (0..140)
            .map(|day| Day::Units(if day % 7 >= 5 { 9 } else { 2 }))
            .collect();
        let told = made(&days, &[], None).unwrap();
        assert_eq!((told.first_day, told.counted, told.sold_out), (20_590, 140, 0));
        let (monday, sunday) = (told.mean_milli[0], told.mean_milli[6]);
        assert!(monday < 4_000 && sunday > 7_000, "{monday} {sunday}");
        assert_eq!(told.price, PriceSaid::Nothing);
        let tested = told.tested.unwrap();
        assert_eq!((tested.days, tested.sold), (28, 4 * 28));
        assert!((tested.told_milli - 112_000).abs() < 8_000, "{tested:?}");
        assert!(tested.inside >= 20, "{tested:?}");
    }

    #[test]
    fn a_newcomer_is_told_by_its_kind_and_one_without_anybody_is_not_told_at_all() {
        let usual = Usual {
            level: 3.0,
            apart: 0.4,
            products: 5,
        };
        let told = made(&[Day::Units(0)], &[], Some(usual)).unwrap();
        assert_eq!((told.neighbours, told.tested), (Some(5), None));
        assert!(told.mean_milli[0] > 1_500, "{}", told.mean_milli[0]);
        assert_eq!(made(&[Day::Units(0), Day::Units(1)], &[], None), None);
        assert_eq!(made(&[Day::SoldOut(0); 30], &[], None), None);
    }

    #[test]
    fn a_price_that_moved_says_what_it_does_and_one_that_stood_says_so() {
        let (mut days, mut prices) = (Vec::new(), Vec::new());
        for day in 0..200_i64 {
            let (units, price) = if day / 10 % 2 == 0 {
                (3, 1_000_000)
            } else {
                (8, 800_000)
            };
            days.push(Day::Units(units + day % 2));
            prices.push((day % 3 != 0).then_some(price));
        }
        let PriceSaid::Known(found) = made(&days, &prices, None).unwrap().price else {
            panic!("the price moved and demand with it");
        };
        assert!(found.elasticity_milli < -2_000, "{found:?}");
        assert_eq!((found.lowest.tiyn(), found.highest.tiyn()), (800_000, 1_000_000));
        let stood: Vec<Option<i64>> = days.iter().map(|_| Some(1_000_000)).collect();
        let told = made(&days, &stood, None).unwrap();
        assert_eq!(told.price, PriceSaid::NotEnough("price-stood".to_owned()));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn days_without_stock_never_tell_less_than_they_would_as_days_without_demand(
            units in proptest::collection::vec(1_i64..9, 40..90), empty in proptest::collection::vec(0_usize..90, 5..25),
        ) {
            let with = |gone: fn(i64) -> Day| -> Vec<Day> {
                let days = units.iter().enumerate();
                days.map(|(place, units)| if empty.contains(&place) { gone(0) } else { Day::Units(*units) }).collect()
            };
            let (out, zero) = (made(&with(Day::SoldOut), &[], None).unwrap(), made(&with(Day::Units), &[], None).unwrap());
            prop_assert!(out.expected_milli(out.first_day, 28) >= zero.expected_milli(zero.first_day, 28));
            prop_assert_eq!(out.sold_out, i64::try_from(units.len()).unwrap() - out.counted);
        }

        #[test]
        fn bounds_are_in_order_and_a_longer_span_expects_no_less(units in proptest::collection::vec(0_i64..7, 20..120)) {
            let days: Vec<Day> = units.iter().map(|units| Day::Units(*units)).collect();
            let told = made(&days, &[], None).unwrap();
            for ((low, middle), high) in told.low.iter().zip(&told.middle).zip(&told.high) {
                prop_assert!(0 <= *low && low <= middle && middle <= high);
            }
            let mut last = 0;
            for days in [0, 1, 21, 90, 91, 200] {
                let expected = told.expected_milli(told.first_day + 1, days);
                prop_assert!(expected >= last);
                last = expected;
            }
            let (spread, _) = told.over(told.first_day, 21, None);
            prop_assert!((spread.mean() * 1_000.0 - float(told.expected_milli(told.first_day, 21))).abs() < 1.0);
            prop_assert!(spread.deviation() * spread.deviation() >= spread.mean() * 0.99);
        }
    }
}
