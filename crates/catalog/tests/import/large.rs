//! Two hundred thousand rows: all of them are read and judged, in memory that stays small.

use crate::checks::mapped;
use sauda_catalog::{
    import::limits::{CheckOptions, CurrentLimits, check, read_options},
    table::read,
};
use sauda_kernel::Tenge;
use std::fmt::Write;

const ROWS: usize = 200_000;

/// Every hundredth row is bad, every tenth changes nothing.
fn large_csv() -> String {
    let mut text = String::with_capacity(ROWS * 60);
    text.push_str("Артикул;Мин. цена;Макс. цена;Себестоимость;Стратегия;Шаг\r\n");
    for row in 0..ROWS {
        let min = match row {
            bad if bad % 100 == 0 => "0".to_owned(),
            same if same % 10 == 0 => "1000".to_owned(),
            good => (1_000 + good % 900).to_string(),
        };
        let _ = write!(text, "SKU-{row};{min} ₸;;;;\r\n");
    }
    text
}

#[test]
fn two_hundred_thousand_rows_are_read_and_judged() {
    let table = read(large_csv().as_bytes(), &read_options()).unwrap();
    assert_eq!(
        (table.row_count(), table.rows().last().unwrap().number()),
        (ROWS, 200_001)
    );
    let known = |sku: &str| {
        sku.starts_with("SKU-").then(|| CurrentLimits {
            min: Some(Tenge(1_000)),
            ..CurrentLimits::default()
        })
    };
    let checked = check(&table, &mapped(&table), &known, CheckOptions::default());
    // Besides every tenth row, the rows at a multiple of 900 name the present price.
    let same = (0..ROWS)
        .filter(|row| row % 100 != 0 && (row % 10 == 0 || row % 900 == 0))
        .count();
    assert_eq!(checked.refused_rows.len(), ROWS / 100);
    assert_eq!(checked.unchanged.len(), same);
    assert_eq!(checked.ready.len(), ROWS - ROWS / 100 - same);
}
