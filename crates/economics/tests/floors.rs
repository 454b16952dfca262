//! Laws of floors and breakdowns for random parts, and a seller's examples by hand.

#![expect(clippy::unwrap_used, reason = "tests: what they stand on must hold")]

use proptest::prelude::*;
use sauda_economics::{
    CommissionVat, Delivery, DeliveryService, DeliveryStep, FloorError, FloorParts, LARGEST_PRICE, Vat, Wish,
    delivery_steps, floor, loss_gaps, unit,
};
use sauda_kernel::{BasisPoints, Money, Tenge, Timestamp};

fn enough(price: Tenge, parts: &FloorParts) -> bool {
    let told = unit(price, parts).unwrap();
    match parts.wish {
        Wish::Profit(wish) => told.profit >= wish,
        Wish::Margin(margin) => {
            i128::from(told.profit.tiyn()) * 10_000 >= i128::from(told.price.tiyn()) * i128::from(margin.0)
        }
    }
}

fn deliveries() -> impl Strategy<Value = Delivery> {
    let steps = proptest::collection::vec((1_i64..20_000, 0_i64..300_000), 0..6).prop_map(|mut drawn| {
        drawn.sort_unstable();
        drawn.dedup_by_key(|step| step.0);
        let mut steps = vec![DeliveryStep {
            from: Tenge(0),
            fee: Money::from_tiyn(4_900),
        }];
        steps.extend(drawn.into_iter().map(|(from, fee)| DeliveryStep {
            from: Tenge(from),
            fee: Money::from_tiyn(fee),
        }));
        Delivery::Steps(steps)
    });
    prop_oneof![
        Just(Delivery::None),
        (0_i64..500_000).prop_map(|fee| Delivery::Fixed(Money::from_tiyn(fee))),
        steps
    ]
}

fn parts() -> impl Strategy<Value = FloorParts> {
    let wish = prop_oneof![
        (0_i64..1_000_000).prop_map(|wish| Wish::Profit(Money::from_tiyn(wish))),
        (0_i32..4_000).prop_map(|margin| Wish::Margin(BasisPoints(margin))),
    ];
    let vat = prop_oneof![
        Just(CommissionVat::None),
        Just(CommissionVat::Published),
        Just(CommissionVat::Times116)
    ];
    let shares = (0_i32..2_000, 0_i32..1_500, 0_i32..1_000, 0_i32..1_000);
    let payer = proptest::option::of(
        (
            prop_oneof![Just(1_200), Just(1_600)],
            0_i64..500_000,
            any::<bool>(),
        )
            .prop_map(|(rate, input, delivery_credited)| Vat {
                rate_bp: BasisPoints(rate),
                input: Money::from_tiyn(input),
                delivery_credited,
            }),
    );
    let more = (
        0_i64..20_000,
        0_i32..500,
        prop_oneof![Just(0), 0_i32..2_500],
        payer,
    );
    (
        0_i64..3_000_000,
        0_i64..50_000,
        shares,
        vat,
        deliveries(),
        wish,
        more,
    )
        .prop_map(
            |(
                purchase,
                packaging,
                (commission, tax, advertising, returns),
                commission_vat,
                delivery,
                wish,
                more,
            )| {
                let (other, payment, profit_tax, vat) = more;
                FloorParts {
                    other: Money::from_tiyn(other),
                    payment_bp: BasisPoints(payment),
                    profit_tax_bp: BasisPoints(profit_tax),
                    vat,
                    fee_vat_bp: None,
                    purchase: Money::from_tiyn(purchase),
                    packaging: Money::from_tiyn(packaging),
                    commission_bp: BasisPoints(commission),
                    commission_vat,
                    tax_bp: BasisPoints(tax),
                    delivery,
                    advertising_bp: BasisPoints(advertising),
                    returns_bp: BasisPoints(returns),
                    wish,
                }
            },
        )
        .prop_filter("something is left of the price", |parts| floor(parts).is_ok())
}

proptest! {
    #[test]
    fn the_floor_is_enough_and_nothing_below_it_is(parts in parts()) {
        let lowest = floor(&parts).unwrap();
        prop_assert!(enough(lowest, &parts));
        for below in (lowest.get() - 400).max(1)..lowest.get() {
            prop_assert!(!enough(Tenge(below), &parts), "{below} would be enough too");
        }
        if let Delivery::Steps(steps) = &parts.delivery {
            for price in steps.iter().map(|step| step.from.get()).filter(|from| *from > 1 && *from < lowest.get()) {
                prop_assert!(!enough(Tenge(price - 1), &parts) && !enough(Tenge(price), &parts));
            }
        }
    }

    #[test]
    fn prices_above_the_floor_are_enough_exactly_outside_the_gaps(parts in parts(), above in 0_i64..30_000) {
        let price = floor(&parts).unwrap().plus(above);
        let in_gap = loss_gaps(&parts).unwrap().iter().any(|(from, to)| *from <= price && price <= *to);
        prop_assert_eq!(enough(price, &parts), !in_gap);
    }

    #[test]
    fn the_parts_add_up_to_the_price(parts in parts(), price in 1_i64..2_000_000) {
        let told = unit(Tenge(price), &parts).unwrap();
        let sum = [told.purchase, told.packaging, told.other, told.payment, told.vat, told.commission, told.tax, told.delivery, told.advertising, told.returns, told.profit];
        prop_assert_eq!(sum.iter().map(|part| part.tiyn()).sum::<i64>(), price * 100);
    }

    #[test]
    fn nearly_everything_taken_is_still_exact(purchase in 1_i64..5_000_000, left in 1_i32..30) {
        let parts = FloorParts {
            purchase: Money::from_tiyn(purchase),
            commission_bp: BasisPoints(9_000),
            commission_vat: CommissionVat::None,
            tax_bp: BasisPoints(1_000 - left),
            ..FloorParts::default()
        };
        match floor(&parts) {
            Ok(lowest) => {
                prop_assert!(enough(lowest, &parts));
                for below in (lowest.get() - 700).max(1)..lowest.get() {
                    prop_assert!(!enough(Tenge(below), &parts));
                }
            }
            Err(error) => prop_assert_eq!(error, FloorError::OutOfReach { largest: LARGEST_PRICE.get() }),
        }
    }
}

/// A phone case: bought at 1 200, packed for 60, 10.9 % commission, 4 % tax, 3 % adverts, city delivery, 500 wished.
fn phone_case() -> FloorParts {
    let at = Timestamp::parse("2026-11-20T12:00:00+05:00").unwrap();
    FloorParts {
        purchase: Tenge(1_200).money(),
        packaging: Tenge(60).money(),
        commission_bp: BasisPoints(1_090),
        commission_vat: CommissionVat::Published,
        tax_bp: BasisPoints(400),
        delivery: Delivery::Steps(delivery_steps(DeliveryService::City, 100, at).unwrap()),
        advertising_bp: BasisPoints(300),
        returns_bp: BasisPoints(0),
        wish: Wish::Profit(Tenge(500).money()),
        ..FloorParts::default()
    }
}

#[test]
fn a_phone_case_by_hand() {
    // (1 200 + 60 + 172.84 + 500) / (1 − 0.125 − 0.04 − 0.03) = 1 932.84 / 0.805 = 2 401.04 → 2 402
    assert_eq!(floor(&phone_case()), Ok(Tenge(2_402)));
    let told = unit(Tenge(2_402), &phone_case()).unwrap();
    assert_eq!(
        (told.commission.tiyn(), told.tax.tiyn(), told.advertising.tiyn()),
        (30_025, 9_608, 7_206)
    );
    assert_eq!(told.profit.tiyn(), 50_077);
    // From 3 000 the delivery is 57.80 dearer, and from 5 000 it is 810.84, but both still earn the wish.
    assert_eq!(loss_gaps(&phone_case()), Ok(vec![]));
}

#[test]
fn a_dearer_delivery_step_opens_a_gap_above_the_floor() {
    let parts = FloorParts {
        purchase: Tenge(3_000).money(),
        ..phone_case()
    };
    // Under 5 000: (3 000 + 60 + 230.84 + 500) / 0.805 = 4 709.12. From 5 000: 4 370.84 / 0.805 = 5 429.62.
    assert_eq!(floor(&parts), Ok(Tenge(4_710)));
    assert_eq!(loss_gaps(&parts), Ok(vec![(Tenge(5_000), Tenge(5_429))]));
    assert!(unit(Tenge(5_200), &parts).unwrap().profit < Tenge(500).money());
}

#[test]
fn a_wished_profit_is_not_a_price() {
    let parts = FloorParts {
        wish: Wish::Profit(Tenge(2_000).money()),
        ..phone_case()
    };
    assert!(floor(&parts).unwrap() > Tenge(2_000 + 1_200));
}

#[test]
fn vat_on_the_commission_has_three_readings() {
    let at = |vat| {
        let parts = FloorParts {
            commission_vat: vat,
            ..phone_case()
        };
        unit(Tenge(10_000), &parts).unwrap().commission.tiyn()
    };
    assert_eq!(at(CommissionVat::None), 109_000);
    assert_eq!(at(CommissionVat::Published), 125_000);
    assert_eq!(at(CommissionVat::Times116), 126_440);
}

#[test]
fn impossible_parts_are_refused_by_name() {
    let shares = FloorParts {
        tax_bp: BasisPoints(8_750),
        ..phone_case()
    };
    assert_eq!(
        floor(&shares),
        Err(FloorError::SharesTooLarge { taken_bp: 10_300 })
    );
    let margin = FloorParts {
        wish: Wish::Margin(BasisPoints(8_050)),
        ..phone_case()
    };
    assert_eq!(
        floor(&margin),
        Err(FloorError::SharesTooLarge { taken_bp: 10_000 })
    );
    let negative = FloorParts {
        packaging: Money::from_tiyn(-1),
        ..phone_case()
    };
    assert_eq!(
        floor(&negative),
        Err(FloorError::Negative {
            part: "packaging",
            value: -1
        })
    );
    let huge = FloorParts {
        purchase: Money::from_tiyn(i64::MAX),
        ..phone_case()
    };
    assert!(matches!(
        floor(&huge),
        Err(FloorError::TooLarge { part: "purchase", .. })
    ));
    let unreachable = FloorParts {
        purchase: LARGEST_PRICE.money(),
        ..phone_case()
    };
    assert_eq!(
        floor(&unreachable),
        Err(FloorError::OutOfReach {
            largest: 1_000_000_000
        })
    );
    let disordered = Delivery::Steps(vec![DeliveryStep {
        from: Tenge(5),
        fee: Money::ZERO,
    }]);
    let parts = FloorParts {
        delivery: disordered,
        ..phone_case()
    };
    assert_eq!(floor(&parts), Err(FloorError::StepsOutOfOrder { from: 5 }));
}
