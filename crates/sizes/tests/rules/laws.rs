//! Laws for random bodies and pieces.

use crate::desk::one;
use proptest::prelude::*;
use serde_json::{Value, json};

fn chances(told: &Value) -> [f64; 3] {
    ["small", "fit", "large"].map(|name| told[name].as_f64().unwrap())
}

fn offers() -> impl Strategy<Value = (Value, Vec<&'static str>)> {
    prop_oneof![
        Just((json!({"system": "int"}), vec!["XS", "S", "M", "L", "XL", "XXL"])),
        Just((json!({"system": "ru"}), vec!["42", "44", "46", "48", "50", "52"])),
        Just((
            json!({"system": "dress"}),
            vec!["1", "4", "8", "12", "16", "20", "24"]
        )),
        Just((json!({"kind": "jeans"}), vec!["W26", "W28", "W30", "W32", "W34"])),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn chances_sum_to_one_and_a_larger_size_is_never_likelier_too_small(
        height in 140.0..195.0_f64,
        weight in 42.0..110.0_f64,
        women in any::<bool>(),
        (mut garment, sizes) in offers(),
    ) {
        let gender = if women || garment["system"] == "dress" { "women" } else { "men" };
        garment["sizes"] = json!(sizes);
        let told = one(&json!({"buyer": {"height_cm": height, "weight_kg": weight, "gender": gender}, "garment": garment}));
        let rows: Vec<[f64; 3]> = told["sizes"].as_array().unwrap().iter().map(chances).collect();
        for row in &rows {
            prop_assert!((row.iter().sum::<f64>() - 1.0).abs() < 1e-3, "{told}");
        }
        for pair in rows.windows(2) {
            prop_assert!(pair[1][0] <= pair[0][0] + 1e-9 && pair[1][2] >= pair[0][2] - 1e-9, "{told}");
        }
        match told["advice"].as_str() {
            Some("size") => {
                let confidence = told["confidence"].as_f64().unwrap();
                prop_assert!((0.0..=1.0).contains(&confidence));
                prop_assert!(sizes.contains(&told["size"].as_str().unwrap()));
            }
            _ => prop_assert!(told["why"]["code"].is_string()),
        }
        prop_assert!(told["reasons"].as_array().unwrap().len() <= 3);
    }

    #[test]
    fn more_who_say_too_small_never_lower_the_chance_of_it(
        fits in 0_u32..20,
        small in 0_u32..20,
        dress in any::<bool>(),
    ) {
        let ask = |small: u32| {
            let (system, size) = if dress { ("dress", "8") } else { ("int", "M") };
            let told = one(&json!({
                "buyer": {"height_cm": 165, "weight_kg": 58, "gender": "women"},
                "garment": {"system": system, "size": size, "outcomes": {"fit": fits, "small": small}},
            }));
            told["probabilities"]["small"].as_f64().unwrap()
        };
        prop_assert!(ask(small + 1) >= ask(small) - 0.01, "{} {}", ask(small), ask(small + 1));
    }
}
