//! Holds every row of a file against the offers it names; refuses to apply any of them.

use super::{Change, CurrentLimits, Field, KnownOffers, LimitsChange, Mapping, row};
use crate::{
    import::Finding,
    table::{CellKind, Table, money, money::NumberRefusal},
};
use sauda_kernel::Tenge;
use std::collections::HashMap;

/// What the person has decided about the whole file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CheckOptions {
    /// Rows whose lowest price loses money are wanted so.
    pub confirm_below_cost: bool,
}

/// A row that can be applied as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadyRow {
    pub row: u32,
    pub sku: String,
    /// What differs from the present values; never empty.
    pub change: LimitsChange,
}

/// A row that repeats an earlier one word for word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DuplicateRow {
    pub row: u32,
    pub sku: String,
    pub first_row: u32,
}

/// The whole file, row by row. Every row with anything in its chosen columns is in exactly one of `ready`,
/// `to_confirm`, `refused_rows`, `unchanged` and `duplicates`; all lists are in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Checked {
    pub ready: Vec<ReadyRow>,
    /// Rows whose lowest price would lose money; ready once this is confirmed.
    pub to_confirm: Vec<ReadyRow>,
    /// Things to look at in rows that are ready or wait for confirmation.
    pub warnings: Vec<Finding>,
    /// What is wrong; a row may have several.
    pub errors: Vec<Finding>,
    pub refused_rows: Vec<u32>,
    /// Rows that say what already is.
    pub unchanged: Vec<u32>,
    pub duplicates: Vec<DuplicateRow>,
    /// Rows without anything in the chosen columns, such as lines of totals.
    pub blank_rows: usize,
}

impl Checked {
    /// Rows with anything in the chosen columns.
    pub const fn row_count(&self) -> usize {
        self.ready.len()
            + self.to_confirm.len()
            + self.refused_rows.len()
            + self.unchanged.len()
            + self.duplicates.len()
    }
}

/// Checks all rows of a table; nothing is applied.
pub fn check(table: &Table, mapping: &Mapping, known: &dyn KnownOffers, options: CheckOptions) -> Checked {
    let mut checked = Checked::default();
    let mut drafts = Vec::with_capacity(table.row_count());
    for row in table.rows() {
        match row::read(table, mapping, row, &mut checked.errors) {
            Some(draft) => drafts.push(draft),
            None => checked.blank_rows = checked.blank_rows.saturating_add(1),
        }
    }
    let repeats = repeats(&drafts);
    let mut checker = Checker {
        table,
        mapping,
        known,
        options,
        checked,
    };
    for draft in &drafts {
        checker.row(draft, &repeats);
    }
    let mut checked = checker.checked;
    checked.errors.sort();
    checked.warnings.sort();
    checked
}

/// Which rows name the same SKU.
struct Repeat {
    first_row: u32,
    first_change: Option<LimitsChange>,
    rows: u32,
    last_row: u32,
    /// All rows say the same.
    alike: bool,
}

fn repeats<'t>(drafts: &[row::Draft<'t>]) -> HashMap<&'t str, Repeat> {
    let mut repeats: HashMap<&str, Repeat> = HashMap::with_capacity(drafts.len());
    for draft in drafts.iter().filter(|draft| draft.sku.kind != CellKind::Empty) {
        let repeat = repeats.entry(draft.sku.text).or_insert(Repeat {
            first_row: draft.row,
            first_change: draft.change,
            rows: 0,
            last_row: draft.row,
            alike: true,
        });
        repeat.rows = repeat.rows.saturating_add(1);
        repeat.last_row = draft.row;
        repeat.alike &= draft.change.is_some() && draft.change == repeat.first_change;
    }
    repeats
}

struct Checker<'a> {
    table: &'a Table,
    mapping: &'a Mapping,
    known: &'a dyn KnownOffers,
    options: CheckOptions,
    checked: Checked,
}

impl Checker<'_> {
    fn row(&mut self, draft: &row::Draft<'_>, repeats: &HashMap<&str, Repeat>) {
        let errors_before = self.checked.errors.len();
        let current = self.known_offer(draft);
        if let Some(repeat) = repeats.get(draft.sku.text).filter(|repeat| repeat.rows > 1) {
            if !repeat.alike {
                self.refuse_repeat(draft, repeat);
            } else if draft.row != repeat.first_row && current.is_some() {
                let (sku, first_row) = (draft.sku.text.to_owned(), repeat.first_row);
                self.checked.duplicates.push(DuplicateRow {
                    row: draft.row,
                    sku,
                    first_row,
                });
                return;
            }
        }
        let (Some(current), Some(change)) = (current, draft.change) else {
            return self.checked.refused_rows.push(draft.row);
        };
        let change = change.against(&current);
        let after = change.after(&current);
        self.refuse_crossed(draft.row, &change, &after);
        if self.checked.errors.len() > errors_before {
            return self.checked.refused_rows.push(draft.row);
        }
        if change == LimitsChange::default() {
            return self.checked.unchanged.push(draft.row);
        }
        let loses = self.warn(draft.row, draft.sku.text, &change, &current);
        let ready = ReadyRow {
            row: draft.row,
            sku: draft.sku.text.to_owned(),
            change,
        };
        if loses && !self.options.confirm_below_cost {
            self.checked.to_confirm.push(ready);
        } else {
            self.checked.ready.push(ready);
        }
    }

    fn known_offer(&mut self, draft: &row::Draft<'_>) -> Option<CurrentLimits> {
        if matches!(
            draft.sku.kind,
            CellKind::Empty | CellKind::Formula | CellKind::Date | CellKind::Error
        ) {
            return None;
        }
        let current = self.known.current(draft.sku.text);
        if current.is_none() {
            let column = self.mapping.column(Field::Sku).unwrap_or_default();
            let long_number = draft.sku.kind == CellKind::Number && draft.sku.text.len() > 15;
            let shortened = money::count(draft.sku) == Err(NumberRefusal::Shortened);
            let code = if long_number || shortened {
                "import-sku-digits-lost"
            } else {
                "import-sku-unknown"
            };
            self.checked
                .errors
                .push(Finding::about(self.table, draft.row, column, code, draft.sku));
        }
        current
    }

    fn refuse_repeat(&mut self, draft: &row::Draft<'_>, repeat: &Repeat) {
        let column = self.mapping.column(Field::Sku).unwrap_or_default();
        let other = if draft.row == repeat.first_row {
            repeat.last_row
        } else {
            repeat.first_row
        };
        let finding = Finding::about(self.table, draft.row, column, "import-sku-repeated", draft.sku);
        self.checked
            .errors
            .push(finding.arg("other", other).arg("rows", repeat.rows));
    }

    fn refuse_crossed(&mut self, row: u32, change: &LimitsChange, after: &CurrentLimits) {
        let touched = change.min != Change::Keep || change.max != Change::Keep;
        let (Some(min), Some(max)) = (after.min, after.max) else {
            return;
        };
        if touched && min > max {
            let field = if change.min == Change::Keep {
                Field::Max
            } else {
                Field::Min
            };
            self.checked.errors.push(
                self.about_field(row, field, "import-min-above-max")
                    .arg("min", min)
                    .arg("max", max),
            );
        }
    }

    /// Adds the warnings of a row that is otherwise good, and tells whether its lowest price loses money.
    fn warn(&mut self, row: u32, sku: &str, change: &LimitsChange, current: &CurrentLimits) -> bool {
        let after = change.after(current);
        let floor = self.floor(sku, change, current);
        let touched = |changed: bool| changed || change.cost != Change::Keep;
        let mut loses = false;
        if let (Some(min), Some(floor), true) = (after.min, floor, touched(change.min != Change::Keep))
            && min < floor
        {
            loses = true;
            let finding = self.about_field(row, Field::Min, "import-min-below-cost");
            self.checked
                .warnings
                .push(finding.arg("min", min).arg("floor", floor));
        }
        if let (Some(max), Some(floor), true) = (after.max, floor, touched(change.max != Change::Keep))
            && max < floor
        {
            let finding = self.about_field(row, Field::Max, "import-max-below-cost");
            self.checked
                .warnings
                .push(finding.arg("max", max).arg("floor", floor));
        }
        for (field, set) in [(Field::Min, change.min), (Field::Max, change.max)] {
            if let (Change::Set(limit), Some(price)) = (set, current.price)
                && is_leap(limit, price)
            {
                let finding = self.about_field(row, field, "import-price-leap");
                self.checked
                    .warnings
                    .push(finding.arg("value", limit).arg("price", price));
            }
        }
        loses
    }

    fn floor(&self, sku: &str, change: &LimitsChange, current: &CurrentLimits) -> Option<Tenge> {
        match change.cost {
            Change::Set(cost) => self.known.floor_at(sku, cost),
            Change::Clear => None,
            Change::Keep => current
                .floor
                .or_else(|| current.cost.and_then(|cost| self.known.floor_at(sku, cost))),
        }
    }

    fn about_field(&self, row: u32, field: Field, code: &'static str) -> Finding {
        let mut finding = Finding::new(row, code);
        finding.column = self.mapping.column(field);
        let name = finding.column.map_or_else(
            || field.word().to_owned(),
            |column| self.table.column_name(column),
        );
        finding.arg("column", name)
    }
}

/// Ten times off the price on sale: a zero too many or too few, more often than a wish.
const fn is_leap(limit: Tenge, price: Tenge) -> bool {
    limit.get() >= price.get().saturating_mul(10) || limit.get().saturating_mul(10) <= price.get()
}
