//! Each square of the what-if grid with each action.

use crate::desk::{Desk, holds, row, sets};
use sauda_kernel::Tenge;
use sauda_pricing::model::{Cell, CellAction, Reason};

fn t(price: i64) -> Tenge {
    Tenge(price)
}

fn cell_price(cell: Cell, action: CellAction, price: i64) -> Reason {
    Reason::CellPrice {
        cell,
        action,
        price: t(price),
    }
}

#[test]
fn nobody_else_on_the_card() {
    let alone = |action| Desk::new(&[]).with(|desk| desk.rule.what_if.no_rival = action);
    holds(&alone(CellAction::Hold), Reason::CellHold { cell: Cell::NoRival });
    holds(
        &alone(CellAction::Match),
        Reason::CellHold { cell: Cell::NoRival },
    );
    sets(
        &alone(CellAction::Floor),
        30_000,
        cell_price(Cell::NoRival, CellAction::Floor, 30_000),
    );
    sets(
        &alone(CellAction::Ceiling),
        50_000,
        cell_price(Cell::NoRival, CellAction::Ceiling, 50_000),
    );
    sets(
        &alone(CellAction::Computed),
        50_000,
        cell_price(Cell::NoRival, CellAction::Computed, 50_000),
    );
    let boundless = alone(CellAction::Ceiling).with(|desk| desk.rule.max = None);
    holds(&boundless, Reason::CellHold { cell: Cell::NoRival });
}

#[test]
fn the_rival_is_under_our_floor() {
    let dumped = |action| {
        Desk::new(&[("dumper", 29_000), ("next", 38_000)])
            .with(|desk| desk.rule.what_if.rival_under_floor = action)
    };
    let on_floor = Reason::OnFloor {
        floor: t(30_000),
        rival: t(29_000),
    };
    holds(
        &dumped(CellAction::Hold),
        Reason::CellHold {
            cell: Cell::RivalUnderFloor,
        },
    );
    sets(&dumped(CellAction::Floor), 30_000, on_floor);
    sets(&dumped(CellAction::Match), 30_000, on_floor);
    sets(
        &dumped(CellAction::Ceiling),
        50_000,
        cell_price(Cell::RivalUnderFloor, CellAction::Ceiling, 50_000),
    );
    let next = Reason::NextReachable {
        rival: t(38_000),
        step: t(10),
        floor: t(30_000),
    };
    sets(&dumped(CellAction::Computed), 37_990, next);
    let no_next = dumped(CellAction::Computed).with(|desk| drop(desk.rows.remove(1)));
    sets(&no_next, 30_000, on_floor);
}

#[test]
fn the_rival_is_level_with_us() {
    let level = |action| Desk::new(&[("a", 40_000)]).with(|desk| desk.rule.what_if.rival_equal = action);
    holds(
        &level(CellAction::Hold),
        Reason::CellHold {
            cell: Cell::RivalEqual,
        },
    );
    holds(
        &level(CellAction::Match),
        Reason::AlreadyThere { price: t(40_000) },
    );
    sets(
        &level(CellAction::Floor),
        30_000,
        cell_price(Cell::RivalEqual, CellAction::Floor, 30_000),
    );
    sets(
        &level(CellAction::Ceiling),
        50_000,
        cell_price(Cell::RivalEqual, CellAction::Ceiling, 50_000),
    );
    sets(
        &level(CellAction::Computed),
        39_990,
        Reason::Undercut {
            rival: t(40_000),
            step: t(10),
        },
    );
}

#[test]
fn we_are_out_of_stock() {
    let sold_out = |action| {
        Desk::new(&[("a", 39_000)]).with(|desk| {
            desk.rule.what_if.out_of_stock = action;
            desk.offer.in_stock = false;
        })
    };
    holds(
        &sold_out(CellAction::Hold),
        Reason::CellHold {
            cell: Cell::OutOfStock,
        },
    );
    sets(
        &sold_out(CellAction::Floor),
        30_000,
        cell_price(Cell::OutOfStock, CellAction::Floor, 30_000),
    );
    sets(
        &sold_out(CellAction::Ceiling),
        50_000,
        cell_price(Cell::OutOfStock, CellAction::Ceiling, 50_000),
    );
    sets(
        &sold_out(CellAction::Computed),
        38_990,
        Reason::Undercut {
            rival: t(39_000),
            step: t(10),
        },
    );
}

#[test]
fn every_rival_sells_by_pre_order() {
    let later = |action| {
        let mut preorder = row("later", 37_000);
        preorder.preorder_days = 12;
        Desk::new(&[]).with(|desk| {
            desk.rows.push(preorder);
            desk.rule.what_if.preorder_only = action;
        })
    };
    holds(
        &later(CellAction::Hold),
        Reason::CellHold {
            cell: Cell::PreorderOnly,
        },
    );
    sets(
        &later(CellAction::Match),
        37_000,
        cell_price(Cell::PreorderOnly, CellAction::Match, 37_000),
    );
    sets(
        &later(CellAction::Floor),
        30_000,
        cell_price(Cell::PreorderOnly, CellAction::Floor, 30_000),
    );
    sets(
        &later(CellAction::Ceiling),
        50_000,
        cell_price(Cell::PreorderOnly, CellAction::Ceiling, 50_000),
    );
    // Computed follows the rule: pre-orders are ignored, so there is nobody; or they count.
    holds(
        &later(CellAction::Computed),
        Reason::CellHold { cell: Cell::NoRival },
    );
    let counted = later(CellAction::Computed).with(|desk| desk.rule.ignore.preorder = false);
    sets(
        &counted,
        36_990,
        Reason::Undercut {
            rival: t(37_000),
            step: t(10),
        },
    );
}
