//! Price limits: columns guessed, every row judged, refused rows handed back.

use crate::make::written_xlsx;
use sauda_catalog::{
    import::{
        bad_rows_csv,
        columns::{Certainty, MappingError, guess},
        limits::{
            Change, CheckOptions, Checked, CurrentLimits, DuplicateRow, Field, KnownOffers, LimitsChange,
            Mapping, ReadyRow, StrategyChoice, check, read_options,
        },
    },
    table::{Table, read},
};
use sauda_kernel::{Failure, Money, Tenge};

pub fn table(text: &str) -> Table {
    read(text.as_bytes(), &read_options()).unwrap()
}

fn nobody(_: &str) -> bool {
    false
}

pub fn mapped(table: &Table) -> Mapping {
    Mapping::from_guesses(table, &guess(table, &nobody)).unwrap()
}

/// A shop with the offers A, B and C, alike: 900 … 2 000 at 1 200, bought for 800, losing below 950.
pub fn shop(sku: &str) -> Option<CurrentLimits> {
    ["A", "B", "C"].contains(&sku).then_some(CurrentLimits {
        min: Some(Tenge(1_000)),
        max: Some(Tenge(2_000)),
        cost: Some(Money::from_tiyn(80_000)),
        strategy: Some(StrategyChoice::Standard),
        step: Some(Tenge(1)),
        price: Some(Tenge(1_200)),
        floor: Some(Tenge(950)),
    })
}

fn checked(text: &str) -> Checked {
    let table = table(text);
    check(&table, &mapped(&table), &shop, CheckOptions::default())
}

fn errors(checked: &Checked) -> Vec<(u32, &'static str)> {
    checked
        .errors
        .iter()
        .map(|finding| (finding.row, finding.code))
        .collect()
}

#[test]
fn columns_are_guessed_by_name_by_hint_and_by_values() {
    let table = table(
        "Код 1С;Товар;Минимальная цена на Kaspi;Макс. цена\nA;Дрель;1 000;2 000\nB;Пила;900;\nB;Пила;900;\n",
    );
    let guesses = guess(&table, &|sku| shop(sku).is_some());
    let found: Vec<Option<(Field, Certainty)>> = guesses.iter().map(|column| column.guess).collect();
    assert_eq!(
        found,
        [
            Some((Field::Sku, Certainty::ByValues)),
            None,
            Some((Field::Min, Certainty::Hinted)),
            Some((Field::Max, Certainty::Named)),
        ]
    );
    assert_eq!(guesses[1].samples, ["Дрель", "Пила"]);
    assert_eq!(guesses[2].name, "Минимальная цена на Kaspi");
    let mapping = Mapping::from_guesses(&table, &guesses).unwrap();
    assert_eq!(mapping.to_text(), "sku=0,min=2,max=3");
    assert_eq!(Mapping::parse(&table, &mapping.to_text()), Ok(mapping));
}

#[test]
fn choices_that_cannot_be_imported_are_refused() {
    let table = table("sku;min\nA;1\n");
    let refused = |chosen: &[(Field, usize)]| Mapping::new(&table, chosen).unwrap_err();
    assert_eq!(refused(&[(Field::Min, 1)]), MappingError::NoSku);
    assert_eq!(refused(&[(Field::Sku, 0)]), MappingError::NothingToImport);
    assert_eq!(
        refused(&[(Field::Sku, 0), (Field::Min, 2)]),
        MappingError::NoSuchColumn { column: 2, width: 2 }
    );
    let shared = refused(&[(Field::Sku, 0), (Field::Min, 0)]);
    assert_eq!(
        shared.to_string(),
        "column \"sku\" is chosen for sku and min: leave one"
    );
    assert_eq!(shared.public()[0].code, "import-mapping-shared");
    assert_eq!(
        refused(&[(Field::Sku, 0), (Field::Sku, 1)]),
        MappingError::FieldTwice { field: "sku" }
    );
    for text in ["", "sku", "sku=0,price=1", "sku=0,min=x", "sku=-1,min=1"] {
        assert!(
            matches!(Mapping::parse(&table, text), Err(MappingError::Unreadable(_))),
            "{text}"
        );
    }
}

#[test]
fn good_rows_are_ready_with_what_differs() {
    let checked =
        checked("sku;min;max;cost;strategy;step\nA;1 100 ₸;2000;750,50;топ 3;5\nB;;;;;\nC;нет;-;;;1\n");
    assert_eq!(checked.errors, []);
    assert_eq!(checked.warnings, []);
    let set = LimitsChange {
        min: Change::Set(Tenge(1_100)),
        max: Change::Keep,
        cost: Change::Set(Money::from_tiyn(75_050)),
        strategy: Change::Set(StrategyChoice::StayTop { places: 3 }),
        step: Change::Set(Tenge(5)),
    };
    let cleared = LimitsChange {
        min: Change::Clear,
        max: Change::Clear,
        ..LimitsChange::default()
    };
    assert_eq!(
        checked.ready,
        [
            ReadyRow {
                row: 2,
                sku: "A".to_owned(),
                change: set
            },
            ReadyRow {
                row: 4,
                sku: "C".to_owned(),
                change: cleared
            },
        ]
    );
    assert_eq!(checked.unchanged, [3]);
    let after = set.after(&shop("A").unwrap());
    assert_eq!(
        (after.min, after.max, after.step),
        (Some(Tenge(1_100)), Some(Tenge(2_000)), Some(Tenge(5)))
    );
}

#[test]
fn each_bad_cell_is_told_with_its_row_column_and_value() {
    let checked = checked(
        "Артикул;Минимум;Максимум;Шаг;Стратегия\nA;=B1;0;-1;дешевле\nZ;1;2;;\n;1;;;\nB;38,5;;;\nC;3000;;;\n",
    );
    assert_eq!(
        errors(&checked),
        [
            (2, "import-cell-formula"),
            (2, "import-cell-zero"),
            (2, "import-cell-negative"),
            (2, "import-strategy-unknown"),
            (3, "import-sku-unknown"),
            (4, "import-sku-missing"),
            (5, "import-cell-decimals"),
            (6, "import-min-above-max"),
        ]
    );
    assert_eq!(checked.refused_rows, [2, 3, 4, 5, 6]);
    assert_eq!(checked.ready, []);
    let decimals = checked.errors[6].public();
    let args: Vec<(&str, &str)> = decimals
        .args
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    assert_eq!(args, [("row", "5"), ("column", "Минимум"), ("value", "38,5")]);
    let crossed: Vec<&str> = checked.errors[7]
        .args
        .iter()
        .map(|(_, value)| value.as_str())
        .collect();
    assert_eq!(crossed, ["Минимум", "3\u{a0}000", "2\u{a0}000"]);
}

#[test]
fn a_row_repeated_alike_is_passed_over_and_one_that_differs_is_refused() {
    let checked = checked("sku;min\nA;1100\nB;1100\nA;1 100 ₸\nB;1200\nC;bad\nC;1100\n");
    assert_eq!(checked.ready.iter().map(|row| row.row).collect::<Vec<_>>(), [2]);
    assert_eq!(
        checked.duplicates,
        [DuplicateRow {
            row: 4,
            sku: "A".to_owned(),
            first_row: 2
        }]
    );
    assert_eq!(
        errors(&checked),
        [
            (3, "import-sku-repeated"),
            (5, "import-sku-repeated"),
            (6, "import-sku-repeated"),
            (6, "import-cell-not-a-number"),
            (7, "import-sku-repeated"),
        ]
    );
    assert_eq!(
        checked.errors[0].args[2..],
        [("other", "5".to_owned()), ("rows", "2".to_owned())]
    );
    assert_eq!(checked.row_count(), 6);
}

#[test]
fn a_price_below_cost_waits_for_a_word() {
    let table = table("sku;min;max\nA;900;\nB;;940\n");
    let mapping = mapped(&table);
    let asked = check(&table, &mapping, &shop, CheckOptions::default());
    // B's highest price would lie below its lowest one, which is refused; A may be wanted.
    assert_eq!(errors(&asked), [(3, "import-min-above-max")]);
    assert_eq!(asked.ready, []);
    assert_eq!(asked.to_confirm.len(), 1);
    assert_eq!(asked.warnings[0].code, "import-min-below-cost");
    assert_eq!(
        asked.warnings[0].args[1..],
        [("min", "900".to_owned()), ("floor", "950".to_owned())]
    );
    let confirmed = check(
        &table,
        &mapping,
        &shop,
        CheckOptions {
            confirm_below_cost: true,
        },
    );
    assert_eq!(
        (confirmed.ready, confirmed.to_confirm.len()),
        (asked.to_confirm, 0)
    );
    assert_eq!(confirmed.warnings, asked.warnings);
}

/// A shop that knows what commission does to a floor.
struct Dear;
impl KnownOffers for Dear {
    fn current(&self, sku: &str) -> Option<CurrentLimits> {
        shop(sku)
    }
    fn floor_at(&self, _: &str, cost: Money) -> Option<Tenge> {
        Some(cost.tenge_up().plus(500))
    }
}

#[test]
fn a_new_cost_moves_the_floor_and_leaps_are_pointed_out() {
    let table = table("sku;cost;max\nA;600;\nB;400;\nC;;20000\n");
    let checked = check(&table, &mapped(&table), &Dear, CheckOptions::default());
    let found: Vec<(u32, &str)> = checked
        .warnings
        .iter()
        .map(|finding| (finding.row, finding.code))
        .collect();
    assert_eq!(found, [(2, "import-min-below-cost"), (4, "import-price-leap")]);
    assert_eq!(
        checked.to_confirm.iter().map(|row| row.row).collect::<Vec<_>>(),
        [2]
    );
    assert_eq!(
        checked.ready.iter().map(|row| row.row).collect::<Vec<_>>(),
        [3, 4]
    );
}

#[test]
fn long_numbers_that_lost_digits_are_told_apart_from_unknown_skus() {
    let checked = checked("sku;min\n1,30342E+17;5\n130342357673822557;5\n");
    assert_eq!(
        errors(&checked),
        [(2, "import-sku-digits-lost"), (3, "import-sku-unknown")]
    );
}

#[test]
fn a_workbook_with_a_title_is_checked_row_by_row() {
    let table = read(&written_xlsx(), &read_options()).unwrap();
    let known = |sku: &str| (sku == "4513812").then(CurrentLimits::default);
    let checked = check(&table, &mapped(&table), &known, CheckOptions::default());
    assert_eq!(checked.ready.len(), 1);
    assert_eq!(
        checked.ready[0].change.cost,
        Change::Set(Money::from_tiyn(3_000_050))
    );
    assert_eq!(
        errors(&checked),
        [(6, "import-sku-unknown"), (6, "import-cell-formula")]
    );
}

#[test]
fn refused_rows_come_back_as_a_file_that_is_safe_and_can_be_mended() {
    let text =
        "Артикул;Минимум;Заметка\nA;1100;ok\nZ;=1+1;\"=cmd|' /C calc'!A0\"\nB;-5;-2+3\nC;0;\"a;\"\"b\"\"\"\n";
    let table = table(text);
    let checked = check(&table, &mapped(&table), &shop, CheckOptions::default());
    let csv = bad_rows_csv(
        &table,
        &checked.refused_rows,
        &checked.errors,
        "Причина",
        &|finding| format!("<{}>", finding.code),
    );
    assert_eq!(
        csv,
        "\u{feff}Артикул;Минимум;Заметка;Причина\r\n\
         Z;'=1+1;'=cmd|' /C calc'!A0;<import-sku-unknown> <import-cell-formula>\r\n\
         B;-5;'-2+3;<import-cell-negative>\r\n\
         C;0;\"a;\"\"b\"\"\";<import-cell-zero>\r\n"
    );
    let again = read(csv.as_bytes(), &read_options()).unwrap();
    let second = check(&again, &mapped(&again), &shop, CheckOptions::default());
    let codes = |checked: &Checked| {
        checked
            .errors
            .iter()
            .map(|finding| finding.code)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        codes(&second),
        codes(&checked),
        "the same cells are refused for the same reasons"
    );
}
