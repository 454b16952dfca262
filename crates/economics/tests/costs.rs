//! Laws of landed cost, spreading and costing for random batches, a batch by hand, and taxes by hand.

#![expect(clippy::unwrap_used, reason = "tests: what they stand on must hold")]

use proptest::prelude::*;
use sauda_economics::costing::{Method, Move, Stock, StockError};
use sauda_economics::landed::{Batch, LandedError, LandedItem, Shared, SpreadBy, in_tenge, landed, spread};
use sauda_economics::rates::{Day, Regime};
use sauda_economics::tax::{Period, TaxError, TaxNote, TaxQuestion, ThresholdState, estimate};
use sauda_kernel::{BasisPoints, Money, Tenge};

fn item(name: &str, quantity: i64, goods: i64, grams: i64) -> LandedItem {
    LandedItem {
        name: name.to_owned(),
        quantity,
        goods: Tenge(goods).money(),
        grams,
        volume_cm3: 0,
        duty: BasisPoints(500),
        defects: BasisPoints(0),
    }
}

fn shared(tenge: i64, by: SpreadBy) -> Shared {
    let sum = Tenge(tenge).money();
    Shared { sum, by }
}

fn batch(items: Vec<LandedItem>) -> Batch {
    Batch {
        items,
        freight: shared(30_000, SpreadBy::Weight),
        insurance: shared(0, SpreadBy::Value),
        brokerage: shared(10_000, SpreadBy::Value),
        local: shared(5_001, SpreadBy::Quantity),
        other: shared(0, SpreadBy::Value),
        import_vat: Some(BasisPoints(1_600)),
        vat_set_off: false,
    }
}

#[test]
fn a_batch_by_hand() {
    let two = batch(vec![
        item("cup", 10, 20_000, 4_000),
        item("pan", 5, 60_000, 6_000),
    ]);
    let told = landed(&two).unwrap();
    let cup = &told[0];
    // Freight by weight 4 : 6 is 12 000; customs value 32 000; duty 5 % is 1 600; tax 16 % of 33 600 is 5 376.
    assert_eq!(
        (cup.freight, cup.duty, cup.import_vat),
        (Tenge(12_000).money(), Tenge(1_600).money(), Tenge(5_376).money())
    );
    // Brokerage by value 2 : 6 is 2 500; local delivery by quantity 10 : 5 is 3 334.
    assert_eq!(
        (cup.brokerage, cup.local),
        (Tenge(2_500).money(), Tenge(3_334).money())
    );
    assert_eq!(
        cup.total,
        Tenge(20_000 + 12_000 + 1_600 + 5_376 + 2_500 + 3_334).money()
    );
    assert_eq!(cup.unit, Money::from_tiyn(448_100));
}

#[test]
fn defects_make_the_good_units_dearer_and_tax_that_is_set_off_is_no_cost() {
    let mut one = batch(vec![item("cup", 10, 20_000, 4_000)]);
    let whole = landed(&one).unwrap()[0].clone();
    one.items[0].defects = BasisPoints(1_000);
    let spoiled = landed(&one).unwrap()[0].clone();
    assert_eq!(whole.total, spoiled.total);
    assert_eq!(spoiled.unit.tiyn(), (whole.total.tiyn() + 8) / 9);
    one.vat_set_off = true;
    let payer = landed(&one).unwrap()[0].clone();
    assert_eq!(payer.total.tiyn() + payer.vat_set_off.tiyn(), whole.total.tiyn());
    assert_eq!(payer.import_vat, Money::ZERO);
}

#[test]
fn what_cannot_be_spread_is_refused_by_name() {
    let none = batch(vec![item("cup", 10, 20_000, 0)]);
    assert_eq!(
        landed(&none),
        Err(LandedError::NothingToSpreadBy {
            cost: "freight",
            by: "weight"
        })
    );
    let half = batch(vec![item("cup", 10, 20_000, 0), item("pan", 1, 1, 5)]);
    assert!(matches!(
        landed(&half),
        Err(LandedError::MissingMeasure { cost: "freight", .. })
    ));
    assert_eq!(landed(&batch(vec![])), Err(LandedError::Empty));
}

#[test]
fn a_foreign_price_is_multiplied_exactly() {
    // 12.50 at 71.234567 is 890.4320875.
    assert_eq!(in_tenge(1_250, 71_234_567), Ok(Money::from_tiyn(89_043)));
    assert_eq!(in_tenge(i64::MAX, i64::MAX), Err(LandedError::TooLarge));
}

proptest! {
    #[test]
    fn pieces_of_a_sum_add_up_to_it_and_are_fair_to_a_tiyn(sum in 0_i64..1_000_000_000_000, weights in proptest::collection::vec(0_i64..1_000_000, 1..40)) {
        let all: i64 = weights.iter().sum();
        prop_assume!(all > 0);
        let pieces = spread(Money::from_tiyn(sum), &weights).unwrap();
        prop_assert_eq!(pieces.iter().map(|piece| piece.tiyn()).sum::<i64>(), sum);
        for (piece, weight) in pieces.iter().zip(&weights) {
            let exact = i128::from(sum) * i128::from(*weight) / i128::from(all);
            prop_assert!((i128::from(piece.tiyn()) - exact).abs() <= 1);
        }
    }

    #[test]
    fn a_batch_costs_what_was_paid(goods in proptest::collection::vec((1_i64..50, 0_i64..900_000, 1_i64..90_000), 1..12), freight in 0_i64..500_000) {
        let items = goods.iter().map(|(quantity, sum, grams)| item("x", *quantity, *sum, *grams)).collect();
        let mut one = batch(items);
        one.freight = shared(freight, SpreadBy::Weight);
        prop_assume!(goods.iter().any(|one| one.1 > 0));
        let told = landed(&one).unwrap();
        let of = |part: fn(&sauda_economics::landed::LandedCost) -> Money| told.iter().map(|cost| part(cost).tiyn()).sum::<i64>();
        prop_assert_eq!(of(|cost| cost.freight), freight * 100);
        prop_assert_eq!(of(|cost| cost.local), 500_100);
        for cost in &told {
            let parts = [cost.goods, cost.freight, cost.insurance, cost.duty, cost.brokerage, cost.local, cost.other, cost.import_vat];
            prop_assert_eq!(parts.iter().map(|part| part.tiyn()).sum::<i64>(), cost.total.tiyn());
            let whole = cost.unit.tiyn() * cost.quantity;
            prop_assert!(whole >= cost.total.tiyn() && whole - cost.total.tiyn() < cost.quantity);
        }
    }

    #[test]
    fn what_came_in_is_what_went_out_and_what_remains(average in any::<bool>(), moves in proptest::collection::vec((any::<bool>(), 1_i64..30, 0_i64..1_000_000), 1..60)) {
        let mut stock = Stock::new(if average { Method::MovingAverage } else { Method::Fifo });
        let (mut came, mut went) = (0, 0);
        for (is_in, quantity, cost) in moves {
            let before = stock.clone();
            if is_in {
                stock.apply(Move::In { quantity, cost: Money::from_tiyn(cost) }).unwrap();
                came += cost;
            } else {
                match stock.apply(Move::Out { quantity }) {
                    Ok(cost) => went += cost.tiyn(),
                    Err(error) => {
                        prop_assert_eq!(error, StockError::Short { wanted: quantity, there: before.remains().0 });
                        prop_assert_eq!(&stock, &before);
                    }
                }
            }
            prop_assert_eq!(came, went + stock.remains().1.tiyn());
        }
    }
}

#[test]
fn first_in_goes_first_and_the_average_moves() {
    let run = |method| {
        let mut stock = Stock::new(method);
        stock
            .apply(Move::In {
                quantity: 10,
                cost: Tenge(1_000).money(),
            })
            .unwrap();
        stock
            .apply(Move::In {
                quantity: 10,
                cost: Tenge(2_000).money(),
            })
            .unwrap();
        let first = stock.apply(Move::Out { quantity: 12 }).unwrap();
        (first, stock.remains())
    };
    assert_eq!(
        run(Method::Fifo),
        (Tenge(1_400).money(), (8, Tenge(1_600).money()))
    );
    assert_eq!(
        run(Method::MovingAverage),
        (Tenge(1_800).money(), (8, Tenge(1_200).money()))
    );
}

fn question(regime: Regime, period: &str, turnover: i64) -> TaxQuestion<'static> {
    TaxQuestion {
        regime,
        period: Period::parse(period).unwrap(),
        turnover: Tenge(turnover).money(),
        incomes: &[],
        year_before: Money::ZERO,
        expenses: None,
        taxed_before: Money::ZERO,
        vat_payer: false,
        input_vat: Money::ZERO,
        place: None,
        own_rate: None,
        own_mrp: None,
    }
}

#[test]
fn the_simplified_declaration_of_two_years_by_hand() {
    let old = estimate(&question(Regime::Simplified, "2025-H2", 50_000_000)).unwrap();
    assert_eq!(old.total, Tenge(1_500_000).money());
    // 24 038 × 3 932 over a half-year; 20 000 × 3 932 over a year.
    let limits: Vec<_> = old
        .thresholds
        .iter()
        .map(|one| (one.code, one.limit.tiyn() / 100, one.state))
        .collect();
    assert_eq!(
        limits,
        [
            ("vat", 78_640_000, ThresholdState::Within),
            ("regime", 94_517_416, ThresholdState::Within)
        ]
    );
    let new = estimate(&TaxQuestion {
        place: Some("Алматы"),
        ..question(Regime::Simplified, "2026-H1", 50_000_000)
    })
    .unwrap();
    assert_eq!(new.total, Tenge(1_500_000).money());
    assert_eq!(new.thresholds[0].state, ThresholdState::Crossed);
    assert_eq!(new.notes, [TaxNote::VatThresholdCrossed]);
    assert_eq!(new.due.unwrap().pay.to_string(), "2026-08-25");
}

#[test]
fn the_day_on_which_a_threshold_is_crossed_is_told() {
    let day = |text| Day::parse(text).unwrap();
    let incomes = [
        (day("2026-07-10"), Tenge(20_000_000).money()),
        (day("2026-08-01"), Tenge(3_250_000).money()),
        (day("2026-08-02"), Tenge(1).money()),
    ];
    let asked = TaxQuestion {
        incomes: &incomes,
        year_before: Tenge(20_000_000).money(),
        ..question(Regime::Simplified, "2026-H2", 23_250_001)
    };
    let told = estimate(&asked).unwrap();
    // 43 250 000 is reached on 1 August and crossed on the next day.
    assert_eq!(told.thresholds[0].crossed_on, Some(day("2026-08-02")));
}

#[test]
fn general_regimes_tax_what_remains_and_want_expenses() {
    let asked = question(Regime::Llp, "2026", 10_000_000);
    assert_eq!(estimate(&asked), Err(TaxError::NeedsExpenses("llp")));
    let expenses = |sum| Some(Tenge(sum).money());
    let told = estimate(&TaxQuestion {
        expenses: expenses(7_000_000),
        ..asked.clone()
    })
    .unwrap();
    assert_eq!(told.total, Tenge(600_000).money());
    let loss = estimate(&TaxQuestion {
        expenses: expenses(12_000_000),
        ..asked
    })
    .unwrap();
    assert_eq!(
        (loss.total, loss.notes.as_slice()),
        (Money::ZERO, [TaxNote::Loss].as_slice())
    );
    assert_eq!(loss.profit, Some(Tenge(-2_000_000).money()));
}

#[test]
fn a_high_income_of_an_individual_has_a_dearer_step_since_2026() {
    let asked = TaxQuestion {
        expenses: Some(Money::ZERO),
        ..question(Regime::GeneralIp, "2026", 1_000_000_000)
    };
    let told = estimate(&asked).unwrap();
    let parts: Vec<_> = told
        .parts
        .iter()
        .map(|part| (part.code, part.sum.tiyn() / 100))
        .collect();
    // 230 000 × 4 325 = 994 750 000 at 10 %, the rest at 15 %, and 2 indices a month.
    assert_eq!(
        parts,
        [
            ("income_tax", 99_475_000),
            ("income_tax_upper", 787_500),
            ("social_tax", 103_800)
        ]
    );
    let flat = estimate(&TaxQuestion {
        period: Period::parse("2025").unwrap(),
        ..asked
    })
    .unwrap();
    assert_eq!(flat.total, Tenge(100_000_000).money());
}

#[test]
fn value_added_tax_is_taken_out_of_the_turnover_first() {
    let asked = TaxQuestion {
        vat_payer: true,
        input_vat: Tenge(600_000).money(),
        ..question(Regime::Simplified, "2026-H1", 11_600_000)
    };
    let told = estimate(&asked).unwrap();
    let parts: Vec<_> = told
        .parts
        .iter()
        .map(|part| (part.code, part.sum.tiyn() / 100))
        .collect();
    assert_eq!(parts, [("vat", 1_000_000), ("turnover_tax", 400_000)]);
    assert_eq!(told.notes, [TaxNote::SimplifiedWithVat]);
    // More inside purchases than inside sales: the part is below zero, and it is said that nobody pays it back.
    let more = TaxQuestion {
        input_vat: Tenge(1_600_001).money(),
        ..asked
    };
    let told = estimate(&more).unwrap();
    assert_eq!(told.parts.first().unwrap().sum, Tenge(-1).money());
    assert!(told.notes.contains(&TaxNote::VatCarried));
}

#[test]
fn a_year_without_an_index_is_said_and_its_tax_is_still_told() {
    let told = estimate(&question(Regime::Simplified, "2027-H1", 1_000_000)).unwrap();
    assert_eq!(
        (told.total, told.notes.as_slice()),
        (Tenge(40_000).money(), [TaxNote::NoIndex].as_slice())
    );
    assert!(told.thresholds.is_empty());
}
