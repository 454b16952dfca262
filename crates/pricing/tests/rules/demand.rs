//! Demand by a forecast and a price effect: laws of the curve, and of prices found with it.

use crate::desk::Desk;
use proptest::prelude::*;
use sauda_economics::{FloorParts, floor, unit};
use sauda_kernel::{Money, Tenge};
use sauda_pricing::decide::{Input, decide};
use sauda_pricing::model::{Decision, DemandSaid, Floors, Outcome, ProfitCurve, Reason, Strategy as Aim};

fn said(daily_milli: i64, place: u32, price: i64, elasticity_milli: i64) -> DemandSaid {
    DemandSaid {
        daily_milli,
        place,
        price: Tenge(price),
        elasticity_milli,
    }
}

fn parts(purchase: i64) -> FloorParts {
    FloorParts {
        purchase: Money::from_tiyn(purchase * 100),
        ..FloorParts::default()
    }
}

/// What the strategy for profit makes of it; we stand at 40 000 with limits 30 000…50 000.
fn decided(rivals: &[i64], parts: &FloorParts, curve: Option<&ProfitCurve>) -> Decision {
    let names = ["r0", "r1", "r2", "r3", "r4", "r5", "r6"];
    let rivals: Vec<(&str, i64)> = names.into_iter().zip(rivals.iter().copied()).collect();
    let mut desk = Desk::new(&rivals);
    desk.rule.strategy = Aim::Profit {};
    desk.floors = Floors {
        cost: floor(parts).ok(),
        ..Floors::default()
    };
    let seen = desk.observation();
    let input = Input {
        curve,
        parts: Some(parts),
        ..desk.input(&seen)
    };
    decide(&input)
}

#[test]
fn nothing_is_said_of_demand_that_nobody_asks_for_or_that_rises_with_the_price() {
    for wrong in [
        said(0, 1, 40_000, -2_000),
        said(900, 1, 0, -2_000),
        said(900, 1, 40_000, 0),
        said(900, 1, 40_000, 700),
    ] {
        assert_eq!(ProfitCurve::of_demand(&wrong), None, "{wrong:?}");
    }
    let curve = ProfitCurve::of_demand(&said(2_400, 2, 40_000, -2_000)).unwrap();
    // At its own place and price the curve says what the forecast says.
    assert_eq!(curve.units_per_million_days(2, Tenge(40_000)), Some(2_400_000));
}

#[test]
fn where_buyers_care_little_for_the_price_it_goes_up_and_where_they_care_much_it_does_not() {
    let parts = parts(25_000);
    let at = |elasticity| {
        let curve = ProfitCurve::of_demand(&said(3_000, 1, 40_000, elasticity)).unwrap();
        match decided(&[45_000, 49_000], &parts, Some(&curve)).outcome {
            Outcome::Set(price) => price,
            Outcome::Hold | Outcome::Ask(_) => Tenge(40_000),
        }
    };
    assert!(at(-1_200) >= Tenge(44_999), "{}", at(-1_200));
    assert!(at(-6_000) <= Tenge(40_000), "{}", at(-6_000));
    // Nothing known: as before, it is said that nothing was learned.
    let plain = decided(&[45_000, 49_000], &parts, None);
    assert!(
        !matches!(plain.reason, Reason::Profit { .. }),
        "{:?}",
        plain.reason
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_dearer_price_or_a_worse_place_never_sells_more(
        daily in 1_i64..500_000, place in 1_u32..12, price in 500_i64..900_000, elasticity in -12_000_i64..-1,
        one in 700_i64..1_300, other in 700_i64..1_300, better in 1_u32..12, worse in 1_u32..12,
    ) {
        let curve = ProfitCurve::of_demand(&said(daily, place, price, elasticity)).unwrap();
        let at = |place, milli: i64| curve.units_per_million_days(place, Tenge(price * milli / 1_000));
        if let (Some(low), Some(high)) = (at(place, one.min(other)), at(place, one.max(other))) {
            prop_assert!(low >= high);
        }
        if let (Some(near), Some(far)) = (at(better.min(worse), 1_000), at(better.max(worse), 1_000)) {
            prop_assert!(near >= far);
        }
    }

    #[test]
    fn a_price_for_profit_is_never_under_the_floor_and_never_expected_to_earn_less(
        rivals in proptest::collection::vec(28_000_i64..52_000, 0..7), purchase in 15_000_i64..45_000,
        daily in 10_i64..20_000, elasticity in -8_000_i64..-200,
    ) {
        let parts = parts(purchase);
        let curve = ProfitCurve::of_demand(&said(daily, 1, 40_000, elasticity)).unwrap();
        let decision = decided(&rivals, &parts, Some(&curve));
        if let Outcome::Set(price) = decision.outcome {
            let least = floor(&parts).unwrap_or(Tenge(0)).max(Tenge(30_000));
            // A floor above the ceiling sets the floor; else both limits hold.
            prop_assert!(price >= least, "{price:?} under {least:?}");
            if matches!(decision.reason, Reason::Profit { .. }) {
                prop_assert!(unit(price, &parts).unwrap().profit.tiyn() >= 0);
            }
        }
    }
}
