//! Every line of the facts' tables gives back its own size; what everybody knows of sizes holds.

use crate::desk::one;
use serde_json::{Value, json};

fn records(text: &str) -> Vec<csv::StringRecord> {
    csv::Reader::from_reader(text.as_bytes())
        .records()
        .map(Result::unwrap)
        .collect()
}

#[track_caller]
fn size(question: &Value) -> String {
    let told = one(question);
    told["size"]
        .as_str()
        .unwrap_or_else(|| panic!("{question} {told}"))
        .to_owned()
}

#[test]
fn girths_of_every_adult_size_give_that_size() {
    for record in records(include_str!("../../../../facts/sizes_adult_body.csv")) {
        let girth = |at: usize| record[at].parse::<f64>().ok();
        let buyer =
            json!({"gender": &record[0], "chest_cm": girth(4), "waist_cm": girth(5), "hips_cm": girth(6)});
        assert_eq!(
            size(&json!({"buyer": buyer, "garment": {"system": "ru"}})),
            record[1]
        );
        assert_eq!(
            size(&json!({"buyer": buyer, "garment": {"system": "eu"}})),
            record[2]
        );
        let letters = size(&json!({"buyer": buyer, "garment": {"system": "int"}}));
        let wanted: Vec<String> = record[3]
            .split('-')
            .map(|one| one.replace("6XL", "5XL"))
            .collect();
        assert!(wanted.contains(&letters), "{record:?} {letters}");
    }
}

#[test]
fn the_middle_of_every_cell_of_heights_and_weights_gives_its_letter() {
    for record in records(include_str!("../../../../facts/sizes_height_weight_grid.csv")) {
        let middle = |at: usize| f64::midpoint(record[at].parse().unwrap(), record[at + 1].parse().unwrap());
        let buyer = json!({"gender": &record[0], "height_cm": middle(2), "weight_kg": middle(4)});
        assert_eq!(
            size(&json!({"buyer": buyer, "garment": {"system": "int"}})),
            record[1]
        );
    }
}

#[test]
fn every_childs_height_gives_its_size_and_one_more_with_growth() {
    for record in records(include_str!("../../../../facts/sizes_kids_by_height.csv")) {
        let height: u32 = record[0].parse().unwrap();
        let ask = |height: u32, growth: bool| {
            size(&json!({"buyer": {"height_cm": height, "growth": growth}, "garment": {"kind": "kids"}}))
        };
        assert_eq!(ask(height, false), height.to_string());
        assert_eq!(ask(height, true), (height + 6).to_string());
        assert_eq!(ask(height + 2, false), (height + 6).to_string());
    }
}

#[test]
fn every_foot_gives_its_number() {
    for record in records(include_str!("../../../../facts/sizes_shoes.csv")) {
        let foot: f64 = record[2].parse().unwrap();
        let question =
            json!({"buyer": {"foot_cm": foot, "gender": &record[0]}, "garment": {"kind": "shoes"}});
        assert_eq!(size(&question), record[1], "{record:?}");
    }
}

#[test]
fn systems_say_the_same_size_in_their_own_words() {
    let ask = |usual: Value, gender: &str, system: &str| {
        size(&json!({"buyer": {"usual_size": usual, "gender": gender}, "garment": {"system": system}}))
    };
    assert_eq!(ask(json!("RU 46"), "women", "eu"), "40");
    assert_eq!(ask(json!("EU 40"), "women", "ru"), "46");
    assert_eq!(ask(json!(46), "women", "int"), "M");
    assert_eq!(ask(json!("XL"), "women", "ru"), "52");
    assert_eq!(ask(json!("L"), "men", "ru"), "50");
    assert_eq!(ask(json!("EU 52"), "men", "int"), "XL");
    assert_eq!(ask(json!({"jeans": "W32"}), "men", "jeans"), "W32");
}

#[test]
fn chinese_letters_and_the_sellers_word_move_the_size_up() {
    let ask =
        |garment: Value| size(&json!({"buyer": {"usual_size": "M", "gender": "women"}, "garment": garment}));
    let sizes = json!(["S", "M", "L", "XL"]);
    assert_eq!(ask(json!({"sizes": sizes})), "M");
    assert_eq!(ask(json!({"sizes": sizes, "origin": "china"})), "L");
    assert_eq!(ask(json!({"sizes": sizes, "system": "cn"})), "L");
    assert_eq!(ask(json!({"sizes": sizes, "runs": "small"})), "L");
    assert_eq!(ask(json!({"sizes": sizes, "runs": "large"})), "S");
}

#[test]
fn what_is_not_known_is_said() {
    let why = |question: Value| one(&question)["why"]["code"].as_str().map(str::to_owned);
    let letters = json!({"sizes": ["S", "M", "L"]});
    assert_eq!(why(json!({"garment": letters})).as_deref(), Some("no-body"));
    assert_eq!(
        why(json!({"buyer": {"height_cm": 165, "gender": "women"}, "garment": letters})).as_deref(),
        Some("too-little")
    );
    assert_eq!(
        why(json!({"buyer": {"height_cm": 165}, "garment": {"system": "dress"}})).as_deref(),
        Some("too-little")
    );
    assert_eq!(
        why(json!({"buyer": {"height_cm": 165, "weight_kg": 170, "gender": "women"}, "garment": letters}))
            .as_deref(),
        Some("outside-tables")
    );
    assert_eq!(
        why(json!({"buyer": {"chest_cm": 112, "gender": "women"}, "garment": letters})).as_deref(),
        Some("no-size-suits")
    );
    assert_eq!(
        why(json!({"buyer": {"foot_cm": 33}, "garment": {"kind": "shoes"}})).as_deref(),
        Some("outside-tables")
    );
}

#[test]
fn a_heavier_woman_is_never_advised_a_smaller_dress() {
    let sizes = json!([1, 4, 8, 12, 16, 20, 24, 28]);
    let mut last = 0;
    for kg in 45..90 {
        let told = size(
            &json!({"buyer": {"height_cm": 166, "weight_kg": kg}, "garment": {"system": "dress", "category": "dress", "sizes": sizes}}),
        );
        let now: u32 = told.parse().unwrap();
        assert!(now >= last, "{kg} {now} {last}");
        last = now;
    }
    assert_eq!(last, 28);
}
