//! Laws for random histories. Refuses examples.

use crate::desk::{numbers, one};
use proptest::prelude::*;
use sauda_forecast::calendar::Day;
use serde_json::json;

fn histories() -> impl Strategy<Value = Vec<Option<u32>>> {
    let step = prop_oneof![3 => Just(Some(0)), 5 => (0_u32..30).prop_map(Some), 1 => Just(None), 1 => (0_u32..5000).prop_map(Some)];
    proptest::collection::vec(step, 3..90)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn quantiles_never_cross_and_nothing_is_below_zero(history in histories(), word in prop_oneof![Just("daily"), Just("weekly"), Just("monthly")]) {
        prop_assume!(history.iter().flatten().count() >= 3);
        let told = one(&json!({"frequency": word, "history": history, "horizon": 9, "quantiles": [0.05, 0.5, 0.8, 0.95]}));
        let lines: Vec<Vec<f64>> = ["0.05", "0.5", "0.8", "0.95"].iter().map(|name| numbers(&told["quantiles"][*name])).collect();
        for pair in lines.windows(2) {
            for (low, high) in pair[0].iter().zip(&pair[1]) {
                prop_assert!(*low >= 0.0 && low <= high, "{told}");
            }
        }
        prop_assert_eq!(numbers(&told["mean"]).len(), 9);
        prop_assert_eq!(&told["median"], &told["quantiles"]["0.5"]);
        let most = f64::from(history.iter().flatten().copied().max().unwrap());
        prop_assert!(numbers(&told["mean"]).iter().all(|mean| *mean >= 0.0 && *mean <= 3.0 * most), "{}", told);
    }

    #[test]
    fn quantiles_of_whole_numbers_are_whole(history in proptest::collection::vec(0_u32..50, 5..60)) {
        let told = one(&json!({"frequency": "weekly", "history": history, "horizon": 4, "quantiles": [0.7]}));
        for value in numbers(&told["quantiles"]["0.7"]) {
            prop_assert_eq!(value.fract(), 0.0);
        }
    }

    #[test]
    fn days_go_there_and_back(count in -20_000_i64..60_000) {
        let day = Day::of(1970, 1, 1).plus(count);
        prop_assert_eq!(Day::read(&day.text()), (1900..2200).contains(&day.civil().0).then_some(day));
    }
}
