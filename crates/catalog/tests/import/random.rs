//! Whatever a table holds, every row ends in one place and the counts add up.

use crate::checks::{mapped, shop, table};
use proptest::prelude::*;
use sauda_catalog::import::{
    bad_rows_csv,
    limits::{CheckOptions, check},
};
use std::collections::BTreeSet;

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "[ABCZ]",
        (1_i64..3_000).prop_map(|price| price.to_string()),
        prop::sample::select(vec![
            "0",
            "-5",
            "=A1",
            "1 100 ₸",
            "99,5",
            "нет",
            "топ 3",
            "standard",
            "3,8E+05",
            "text",
            "-",
            "#REF!",
            "1.000",
        ])
        .prop_map(ToOwned::to_owned),
        "\\PC{0,6}".prop_map(|text| text.replace([';', '"', '\n', '\r'], "")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn each_row_is_in_one_place_and_the_counts_add_up(
        rows in prop::collection::vec(prop::collection::vec(cell(), 6), 0..30),
        confirm_below_cost in any::<bool>(),
    ) {
        let mut text = "sku;min;max;cost;strategy;step\n".to_owned();
        for row in &rows {
            text.push_str(&row.join(";"));
            text.push('\n');
        }
        let table = table(&text);
        let mapping = mapped(&table);
        let options = CheckOptions { confirm_below_cost };
        let checked = check(&table, &mapping, &shop, options);

        prop_assert_eq!(checked.row_count() + checked.blank_rows, table.row_count());
        let mut places: Vec<u32> = checked.refused_rows.clone();
        places.extend(checked.ready.iter().chain(&checked.to_confirm).map(|row| row.row));
        places.extend(&checked.unchanged);
        places.extend(checked.duplicates.iter().map(|row| row.row));
        let distinct: BTreeSet<u32> = places.iter().copied().collect();
        prop_assert_eq!(distinct.len(), places.len(), "no row is in two places");

        let refused: BTreeSet<u32> = checked.refused_rows.iter().copied().collect();
        let blamed: BTreeSet<u32> = checked.errors.iter().map(|finding| finding.row).collect();
        prop_assert_eq!(&refused, &blamed, "a row is refused exactly when something is said of it");
        let skus: BTreeSet<&str> = checked.ready.iter().chain(&checked.to_confirm).map(|row| row.sku.as_str()).collect();
        prop_assert_eq!(skus.len(), checked.ready.len() + checked.to_confirm.len(), "no offer is changed twice");
        for row in checked.ready.iter().chain(&checked.to_confirm) {
            let now = shop(&row.sku).unwrap();
            let after = row.change.after(&now);
            prop_assert_ne!(after, now);
            if let (Some(min), Some(max)) = (after.min, after.max) {
                prop_assert!(min <= max);
            }
        }
        prop_assert!(checked.errors.is_sorted() && checked.warnings.is_sorted());
        prop_assert_eq!(&check(&table, &mapping, &shop, options), &checked, "twice the same");
        let csv = bad_rows_csv(&table, &checked.refused_rows, &checked.errors, "?", &|finding| finding.code.to_owned());
        prop_assert_eq!(csv.matches("\r\n").count(), checked.refused_rows.len() + 1);
    }
}
