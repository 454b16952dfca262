//! Laws of layers: nothing is lost whatever happens, and two histories by hand.

use proptest::prelude::*;
use sauda_kernel::Money;
use sauda_stock::layers::{Layer, Moved, Replay, replay};
use sauda_stock::{Costing, Landed};

fn landed(cost: i64) -> Landed {
    Landed {
        cost: Money::from_tiyn(cost),
        vat: Money::from_tiyn(cost / 9),
    }
}

fn came(quantity: i64, cost: i64) -> Moved {
    Moved {
        quantity,
        landed: Some(landed(cost)),
        line: None,
    }
}

fn sale(code: &str, quantity: i64) -> Moved {
    Moved {
        quantity,
        landed: None,
        line: Some((code.to_owned(), 0)),
    }
}

fn cost_of(told: &Replay, code: &str) -> Option<i64> {
    told.sales[&(code.to_owned(), 0)]
        .known()
        .map(|one| one.cost.tiyn())
}

fn left(told: &Replay) -> Vec<(i64, i64)> {
    told.left
        .iter()
        .map(|layer: &Layer| (layer.pieces, layer.landed.cost.tiyn()))
        .collect()
}

#[test]
fn the_oldest_goes_first_or_the_mean_goes() {
    let moves = [
        came(10, 1_000),
        came(10, 2_000),
        sale("a", -12),
        came(2, 1_000),
        sale("b", -5),
    ];
    let fifo = replay(Costing::Fifo, None, &moves);
    assert_eq!(
        (cost_of(&fifo, "a"), cost_of(&fifo, "b")),
        (Some(1_400), Some(1_000))
    );
    assert_eq!(left(&fifo), [(3, 600), (2, 1_000)]);
    let mean = replay(Costing::Average, None, &moves);
    // 12 of 20 for 3 000 are 1 800; 5 of 10 for 2 200 are 1 100.
    assert_eq!(
        (cost_of(&mean, "a"), cost_of(&mean, "b")),
        (Some(1_800), Some(1_100))
    );
    assert_eq!(left(&mean), [(5, 1_100)]);
}

#[test]
fn what_comes_back_costs_what_it_did_and_what_left_too_early_what_came_next() {
    let moves = [
        sale("early", -3),
        came(5, 500),
        sale("a", -2),
        sale("a", 2),
        sale("b", -1),
    ];
    for costing in [Costing::Fifo, Costing::Average] {
        let told = replay(costing, None, &moves);
        assert_eq!(
            (cost_of(&told, "early"), cost_of(&told, "b")),
            (Some(300), Some(100))
        );
        assert_eq!(told.sales[&("a".to_owned(), 0)].pieces, 0);
        assert_eq!(left(&told), [(1, 100)]);
    }
}

#[test]
fn a_cost_that_nobody_said_is_the_catalogues_or_not_known() {
    let moves = [
        Moved {
            quantity: 4,
            landed: None,
            line: None,
        },
        came(1, 900),
        sale("a", -4),
        sale("b", -1),
    ];
    let told = replay(Costing::Fifo, Some(landed(90)), &moves);
    assert_eq!((cost_of(&told, "a"), cost_of(&told, "b")), (Some(360), Some(900)));
    let told = replay(Costing::Average, None, &moves);
    assert_eq!((cost_of(&told, "a"), cost_of(&told, "b")), (None, Some(900)));
}

fn anything() -> impl Strategy<Value = Vec<Moved>> {
    let one = (
        0_u8..8,
        1_i64..40,
        proptest::option::of(0_i64..1_000_000),
        0_u8..5,
    );
    proptest::collection::vec(one, 0..60).prop_map(|drawn| {
        drawn
            .into_iter()
            .map(|(kind, quantity, cost, order)| match kind {
                0..=2 => Moved {
                    quantity,
                    landed: cost.map(landed),
                    line: None,
                },
                3..=5 => sale(&order.to_string(), -quantity),
                6 => sale(&order.to_string(), quantity),
                _ => Moved {
                    quantity: -quantity,
                    landed: None,
                    line: None,
                },
            })
            .collect()
    })
}

proptest! {
    #[test]
    fn what_was_consumed_and_what_is_left_is_what_was_received(moves in anything(), usual in proptest::option::of(0_i64..50_000), is_fifo: bool) {
        let costing = if is_fifo { Costing::Fifo } else { Costing::Average };
        let told = replay(costing, usual.map(landed), &moves);
        let consumed = told.sales.values().chain([&told.lost]);
        let sums = consumed.map(|taken| taken.landed).chain(told.left.iter().map(|layer| layer.landed));
        let (cost, vat) = sums.fold((0, 0), |all, one| (all.0 + one.cost.tiyn(), all.1 + one.vat.tiyn()));
        prop_assert_eq!((cost, vat), (told.received.cost.tiyn(), told.received.vat.tiyn()));
        let pieces: i64 = moves.iter().map(|one| one.quantity).sum();
        let left: i64 = told.left.iter().map(|layer| layer.pieces).sum();
        prop_assert!(left >= pieces, "{left} lie there, the ledger says {pieces}");
        prop_assert!(told.left.iter().all(|layer| layer.pieces > 0 && layer.landed.cost >= Money::ZERO));
        if !is_fifo {
            prop_assert!(told.left.len() <= 2);
        }
    }
}
