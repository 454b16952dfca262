//! When goods of a seller would reach a buyer's city. Refuses to know prices.

use crate::{
    numbers::whole,
    world::cities::{Cities, CityIx},
};
use sauda_kernel::{Span, Timestamp};

/// A delivery promise as the storefront prints it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Promise {
    /// Whole days from today.
    pub days: u32,
    pub kind: &'static str,
    pub duration: &'static str,
    pub delivery: Timestamp,
    pub handed_over: Timestamp,
    pub available: Timestamp,
    /// Only where the seller has a point in the buyer's city.
    pub pickup: Option<Timestamp>,
    pub postomat: Timestamp,
}

/// The promise of goods lying in `from` to a buyer in `to`.
pub fn promise(
    cities: &Cities,
    from: CityIx,
    to: CityIx,
    preorder: u8,
    salt: u32,
    now: Timestamp,
) -> Promise {
    let midnight = now.local_midnight();
    let at = |days: u32, hours: i64| {
        midnight
            .plus(Span::from_days(i64::from(days)))
            .plus(Span::from_hours(hours))
    };
    let same = from == to;
    let road = if same {
        u32::from(now.local().hour >= 14 || salt.is_multiple_of(3))
    } else {
        2 + whole(cities.distance_km(from, to) / 400.0).min(8)
    };
    let days = road + u32::from(preorder);
    Promise {
        days,
        kind: if same { "EXPRESS" } else { "TO_DOOR" },
        duration: duration(days),
        delivery: if same { at(days, 14) } else { at(days, 23) },
        handed_over: at(days.saturating_sub(if same { 0 } else { 1 }), 10).plus(Span::from_mins(55)),
        available: if preorder > 0 {
            at(u32::from(preorder), 0)
        } else {
            now
        },
        pickup: same.then(|| at(u32::from(preorder), 24)),
        postomat: at(days + u32::from(same), 23),
    }
}

const fn duration(days: u32) -> &'static str {
    match days {
        0 => "TODAY",
        1 => "TOMORROW",
        2 => "TILL_2_DAYS",
        3 => "TILL_3_DAYS",
        4..=5 => "TILL_5_DAYS",
        6..=7 => "TILL_7_DAYS",
        8..=14 => "TILL_14_DAYS",
        _ => "TILL_30_DAYS",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_city_is_fast_and_far_cities_take_days() {
        let cities = Cities::load();
        let noon = Timestamp::from_almaty(2026, 11, 20, 12, 0, 0).unwrap();
        let near = promise(&cities, cities.main_at(0), cities.main_at(0), 0, 1, noon);
        assert_eq!(
            (near.duration, near.kind, near.pickup.is_some()),
            ("TODAY", "EXPRESS", true)
        );
        let far = promise(&cities, cities.main_at(0), cities.main_at(1), 3, 1, noon);
        assert_eq!((far.days, far.duration, far.pickup), (7, "TILL_7_DAYS", None));
    }
}
