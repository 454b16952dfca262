//! Reads the cells of one row of limits; refuses each bad cell by itself, so that one look shows them all.

use super::{Change, Field, LimitsChange, Mapping, StrategyChoice};
use crate::{
    fold,
    import::Finding,
    table::{Cell, CellKind, Table, TableRow, money, money::NumberRefusal},
};

/// A row before it is held against what is known.
pub(super) struct Draft<'t> {
    pub row: u32,
    pub sku: Cell<'t>,
    /// `None` when a cell was refused.
    pub change: Option<LimitsChange>,
}

/// Words that take a value away.
const CLEARING: [&str; 9] = ["-", "–", "—", "нет", "жоқ", "none", "no", "clear", "убрать"];

/// Reads a row; `None` when nothing in its chosen columns is filled.
pub(super) fn read<'t>(
    table: &'t Table,
    mapping: &Mapping,
    row: TableRow<'t>,
    found: &mut Vec<Finding>,
) -> Option<Draft<'t>> {
    let cell = |field: Field| mapping.column(field).map(|column| (column, row.cell(column)));
    let filled = |field: &Field| cell(*field).is_some_and(|(_, cell)| cell.kind != CellKind::Empty);
    if !Field::ALL.iter().any(filled) {
        return None;
    }
    let number = row.number();
    let before = found.len();
    let (sku_column, sku) = cell(Field::Sku).unwrap_or_default();
    if let Some(code) = sku_refusal(sku) {
        found.push(Finding::about(table, number, sku_column, code, sku));
    }
    let mut reader = Reader {
        table,
        row: number,
        found,
    };
    let change = LimitsChange {
        min: reader.number(cell(Field::Min), money::price),
        max: reader.number(cell(Field::Max), money::price),
        cost: reader.number(cell(Field::Cost), money::sum),
        strategy: reader.strategy(cell(Field::Strategy)),
        step: reader.number(cell(Field::Step), money::price),
    };
    let clean = reader.found.len() == before;
    Some(Draft {
        row: number,
        sku,
        change: clean.then_some(change),
    })
}

const fn sku_refusal(sku: Cell<'_>) -> Option<&'static str> {
    match sku.kind {
        CellKind::Empty => Some("import-sku-missing"),
        CellKind::Formula => Some(NumberRefusal::Formula.code()),
        CellKind::Date => Some(NumberRefusal::Date.code()),
        CellKind::Error => Some(NumberRefusal::ErrorValue.code()),
        CellKind::Text | CellKind::Number | CellKind::Bool => None,
    }
}

struct Reader<'a> {
    table: &'a Table,
    row: u32,
    found: &'a mut Vec<Finding>,
}

impl Reader<'_> {
    fn number<T>(
        &mut self,
        place: Option<(usize, Cell<'_>)>,
        read: fn(Cell<'_>) -> Result<T, NumberRefusal>,
    ) -> Change<T> {
        let Some((column, cell)) = place else {
            return Change::Keep;
        };
        if cell.kind == CellKind::Empty {
            return Change::Keep;
        }
        if clears(cell) {
            return Change::Clear;
        }
        match read(cell) {
            Ok(value) => Change::Set(value),
            Err(refusal) => {
                self.found
                    .push(Finding::number(self.table, self.row, column, refusal, cell));
                Change::Keep
            }
        }
    }

    fn strategy(&mut self, place: Option<(usize, Cell<'_>)>) -> Change<StrategyChoice> {
        let Some((column, cell)) = place else {
            return Change::Keep;
        };
        if cell.kind == CellKind::Empty {
            return Change::Keep;
        }
        if clears(cell) {
            return Change::Clear;
        }
        match StrategyChoice::parse(cell) {
            Ok(strategy) => Change::Set(strategy),
            Err(refusal) => {
                self.found
                    .push(Finding::about(self.table, self.row, column, refusal.code(), cell));
                Change::Keep
            }
        }
    }
}

fn clears(cell: Cell<'_>) -> bool {
    cell.kind == CellKind::Text && cell.text.len() < 16 && CLEARING.contains(&fold(&[cell.text]).as_str())
}
