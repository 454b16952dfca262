//! The plain command: the documented examples, the schema, refusals by name, files of outcomes and tables.

use crate::desk::{one, run_with};
use jsonschema::Validator;
use sauda_sizes::chart::Charts;
use sauda_sizes::command::{AdviceView, LONGEST_LINE_BYTES, Options, read_outcomes};
use serde_json::{Value, json};

const DOC: &str = include_str!("../../../../docs/size.md");
const SCHEMA: &str = include_str!("../../../../docs/schemas/size.schema.json");

fn schema(part: &str) -> Validator {
    let mut schema: Value = serde_json::from_str(SCHEMA).unwrap();
    schema["$ref"] = json!(format!("#/$defs/{part}"));
    schema.as_object_mut().unwrap().remove("anyOf");
    jsonschema::validator_for(&schema).unwrap()
}

#[track_caller]
fn valid(validator: &Validator, document: &Value) {
    let errors: Vec<_> = validator
        .iter_errors(document)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}\n{document:#}");
}

/// The fenced blocks of the handbook page in order: ```json in``` is a line of input, ```json out``` what comes of it.
fn examples() -> Vec<(Value, Value)> {
    let mut blocks = Vec::new();
    for part in DOC.split("```json ").skip(1) {
        let (kind, rest) = part.split_once('\n').unwrap();
        let (body, _) = rest.split_once("```").unwrap();
        blocks.push((
            kind.trim().to_owned(),
            serde_json::from_str::<Value>(body).unwrap(),
        ));
    }
    let pairs = blocks.chunks(2).map(|pair| {
        assert_eq!((pair[0].0.as_str(), pair[1].0.as_str()), ("in", "out"));
        (pair[0].1.clone(), pair[1].1.clone())
    });
    pairs.collect()
}

#[track_caller]
fn contains(told: &Value, wanted: &Value) {
    match (told, wanted) {
        (Value::Object(told), Value::Object(wanted)) => {
            for (name, value) in wanted {
                contains(
                    told.get(name).unwrap_or_else(|| panic!("no {name} in {told:?}")),
                    value,
                );
            }
        }
        _ => assert_eq!(told, wanted),
    }
}

#[test]
fn every_example_of_the_handbook_gives_what_it_says_and_fits_the_schema() {
    let (input, output) = (schema("input"), schema("output"));
    let examples = examples();
    assert!(examples.len() >= 12, "{}", examples.len());
    for (question, wanted) in examples {
        let told = one(&question);
        contains(&told, &wanted);
        valid(&output, &told);
        if told.get("error").is_none() {
            valid(&input, &question);
        }
    }
}

#[test]
fn a_name_told_twice_is_refused_in_questions_and_outcomes() {
    let lines = "{\"id\":7,\"buyer\":{\"height_cm\":170,\"height_cm\":150}}\n";
    let (told, summary) = run_with(lines, Options::default());
    assert_eq!((summary.lines, summary.refused), (1, 1));
    assert_eq!(
        told[0],
        json!({"line": 1, "id": 7, "error": {"code": "repeated-field", "field": "buyer.height_cm", "message": "`buyer.height_cm` is told twice", "hint": "leave one of the two out"}})
    );
    let file = "{\"item\":1,\"size\":\"M\",\"fit\":\"fit\",\"fit\":\"small\"}\n";
    let rows = read_outcomes(file.as_bytes(), &mut Options::default().outcomes).unwrap();
    assert_eq!((rows.learned, rows.refused), (0, 1));
    assert_eq!(rows.first[0].1.code, "repeated-field");
}

#[test]
fn refusals_name_the_field_and_the_run_goes_on() {
    let output = schema("output");
    let cases = [
        (json!({"buyer": 5}), "wrong-value", Some("buyer")),
        (json!({"colour": 5}), "unknown-field", Some("colour")),
        (
            json!({"garment": {"colour": 5}}),
            "unknown-field",
            Some("garment.colour"),
        ),
        (
            json!({"buyer": {"height_cm": "tall"}}),
            "wrong-value",
            Some("buyer.height_cm"),
        ),
        (
            json!({"buyer": {"height_cm": 170, "height": 180}}),
            "conflicting-fields",
            Some("buyer.height"),
        ),
        (
            json!({"buyer": {"weight_kg": 600}}),
            "impossible-body",
            Some("buyer.weight_kg"),
        ),
        (
            json!({"buyer": {"gender": "blue"}}),
            "wrong-value",
            Some("buyer.gender"),
        ),
        (
            json!({"buyer": {"history": [{"fit": "small"}]}}),
            "missing-field",
            Some("buyer.history[0].size"),
        ),
        (
            json!({"buyer": {"history": [{"size": 8, "fit": "blue"}]}}),
            "wrong-value",
            Some("buyer.history[0].fit"),
        ),
        (
            json!({"buyer": {"usual_sizes": {"uk": 8}}}),
            "unknown-field",
            Some("buyer.usual_sizes.uk"),
        ),
        (
            json!({"garment": {"system": "ru", "size": "blue"}}),
            "unknown-size",
            Some("garment.size"),
        ),
        (
            json!({"garment": {"system": "uk"}}),
            "wrong-value",
            Some("garment.system"),
        ),
        (
            json!({"garment": {"table": [{"size": "S", "chest": 88}]}}),
            "too-short",
            Some("garment.table.table"),
        ),
        (
            json!({"garment": {"table": {"S": {"chest": 88}, "M": {"colour": 92}}}}),
            "unknown-field",
            Some("garment.table.colour"),
        ),
        (
            json!({"outcome": {"item": 1, "size": "M"}}),
            "missing-field",
            Some("fit"),
        ),
        (
            json!({"outcome": {"size": "M", "fit": "blue"}}),
            "wrong-value",
            Some("fit"),
        ),
        (json!([1]), "bad-json", None),
    ];
    for (question, code, field) in cases {
        let lines =
            format!("{question}\n{{\"buyer\":{{\"foot_cm\":25}},\"garment\":{{\"kind\":\"shoes\"}}}}\n");
        let (told, summary) = run_with(&lines, Options::default());
        let wanted = (Some(code), field);
        let error = &told[0]["error"];
        assert_eq!(
            (error["code"].as_str(), error["field"].as_str()),
            wanted,
            "{question} {error}"
        );
        assert!(error["message"].is_string() && error["hint"].is_string());
        assert_eq!(told[1]["size"], "39");
        assert_eq!((summary.lines, summary.refused, summary.advised), (2, 1, 1));
        valid(&output, &told[0]);
    }
}

#[test]
fn broken_and_endless_lines_are_refused_and_empty_ones_passed_over() {
    let endless = "x".repeat(usize::try_from(LONGEST_LINE_BYTES).unwrap() + 5);
    let (told, summary) = run_with(&format!("{{\n\n{endless}\n{{}}\n"), Options::default());
    assert_eq!(told[0]["error"]["code"], "bad-json");
    assert_eq!(told[1]["error"]["code"], "line-too-long");
    assert_eq!(
        (told[1]["line"].as_u64(), told[2]["line"].as_u64()),
        (Some(3), Some(4))
    );
    assert_eq!(told[2]["why"]["code"], "unknown-system");
    assert_eq!((summary.lines, summary.refused, summary.no_data), (3, 2, 1));
}

#[test]
fn the_answer_in_the_question_changes_nothing() {
    let row = |fit: &str, rating: u32| {
        one(
            &json!({"user": 1, "item": 5, "category": "gown", "size": 8, "height_cm": 163, "weight_kg": 59,
            "fit": fit, "rating": rating, "ym": "2014-03"}),
        )
    };
    assert_eq!(row("small", 2), row("large", 10));
}

#[test]
fn outcomes_are_learned_from_csv_and_json_alike_and_bad_rows_are_told() {
    let csv = "user,item,category,size,fit,height_cm,weight_kg,age,body_type,bust_num,bust_cup,occasion,rating,ym\n\
        1,7,gown,8,small,163,59.0,24,athletic,34,d,formal affair,2,2014-03\n\
        2,7,gown,8,small,165,,,,,,,,\n\
        3,7,gown,12,blue,165,60,,,,,,,\n\
        4,7,gown,99,fit,165,60,,,,,,,\n";
    let mut from_csv = Options::default();
    let rows = read_outcomes(csv.as_bytes(), &mut from_csv.outcomes).unwrap();
    assert_eq!((rows.learned, rows.refused), (2, 2));
    let told: Vec<_> = rows
        .first
        .iter()
        .map(|(line, refusal)| (*line, refusal.code.as_str()))
        .collect();
    assert_eq!(told, [(4, "wrong-value"), (5, "unknown-size")]);

    let json = "{\"user\":1,\"item\":7,\"category\":\"gown\",\"size\":8,\"fit\":\"small\",\"height_cm\":163,\"weight_kg\":59.0,\
        \"age\":24,\"body_type\":\"athletic\",\"bust_num\":34,\"bust_cup\":\"d\",\"occasion\":\"formal affair\"}\n\n\
        {\"user\":2,\"item\":\"7\",\"category\":\"gown\",\"size\":\"8\",\"fit\":\"small\",\"height_cm\":165}\n";
    let mut from_json = Options::default();
    assert_eq!(
        read_outcomes(json.as_bytes(), &mut from_json.outcomes)
            .unwrap()
            .learned,
        2
    );

    let question =
        json!({"item": 7, "category": "gown", "size": 8, "height_cm": 165, "weight_kg": 60}).to_string();
    let before = one(&serde_json::from_str(&question).unwrap());
    let learned = run_with(&question, from_csv).0.remove(0);
    assert_eq!(learned, run_with(&question, from_json).0.remove(0));
    let small = |told: &Value| told["probabilities"]["small"].as_f64().unwrap();
    assert!(small(&learned) > small(&before) + 0.02, "{before} {learned}");
}

#[test]
fn a_line_with_an_outcome_teaches_the_lines_after_it() {
    let question = json!({"buyer": {"height_cm": 164, "weight_kg": 56, "gender": "women"}, "garment": {"item": "q", "sizes": ["S", "M", "L"]}});
    let outcome = json!({"outcome": {"item": "q", "size": "M", "fit": "small", "gender": "women", "height_cm": 164, "weight_kg": 56}});
    let lines = format!("{question}\n{}{question}\n", format!("{outcome}\n").repeat(6));
    let (told, summary) = run_with(&lines, Options::default());
    assert_eq!(
        (told[0]["size"].as_str(), told[7]["size"].as_str()),
        (Some("M"), Some("L"))
    );
    assert_eq!(told[7]["reasons"][1]["code"], "outcomes-small");
    assert_eq!((summary.learned, summary.advised), (6, 2));
}

#[test]
fn a_buyer_known_from_outcomes_is_remembered() {
    let csv = "user,item,size,fit,height_cm,weight_kg\nann,1,16,fit,165,59\nann,2,16,fit,165,59\nann,3,16,fit,165,59\n";
    let mut options = Options::default();
    read_outcomes(csv.as_bytes(), &mut options.outcomes).unwrap();
    let ask = |user: &str| {
        let question =
            json!({"user": user, "item": 9, "sizes": [4, 8, 12, 16, 20], "height_cm": 165, "weight_kg": 59});
        run_with(&question.to_string(), options.clone()).0.remove(0)
    };
    assert_eq!(
        (ask("ann")["size"].as_str(), ask("eve")["size"].as_str()),
        (Some("16"), Some("8"))
    );
}

#[test]
fn a_brand_table_of_the_shop_wins_over_bodies() {
    let csv = "brand,gender,size,chest\nTight,women,S,92-96\nTight,women,M,96-100\nTight,women,L,100-104\n";
    let options = Options {
        charts: Charts::read(csv.as_bytes()).unwrap(),
        ..Options::default()
    };
    let ask = |brand: &str| {
        let question = json!({"buyer": {"chest_cm": 93, "gender": "women"}, "garment": {"brand": brand, "sizes": ["S", "M", "L"]}});
        let told = run_with(&question.to_string(), options.clone()).0.remove(0);
        (
            told["size"].as_str().unwrap().to_owned(),
            told["way"].as_str().unwrap().to_owned(),
        )
    };
    assert_eq!(ask("Tight"), ("S".to_owned(), "brand-table".to_owned()));
    assert_eq!(ask("Other"), ("M".to_owned(), "body-tables".to_owned()));
}

#[test]
fn every_code_of_the_handbook_has_words_in_three_languages() {
    let codes = |from: &str, to: &str| -> Vec<&str> {
        let part = DOC.split(from).nth(1).unwrap().split(to).next().unwrap();
        part.split('`').skip(1).step_by(2).collect()
    };
    let reasons = codes("Codes of reasons:", "A line that cannot");
    let whys = codes("without data: ", "|");
    assert_eq!((reasons.len(), whys.len()), (21, 5));
    for words in [
        include_str!("../../../edge/locales/ru/sizes.ftl"),
        include_str!("../../../edge/locales/kk/sizes.ftl"),
        include_str!("../../../edge/locales/en/sizes.ftl"),
    ] {
        for key in reasons.iter().map(|code| format!("size-reason-{code} = ")) {
            assert!(words.contains(&key), "{key}");
        }
        for key in whys.iter().map(|code| format!("size-why-{code} = ")) {
            assert!(words.contains(&key), "{key}");
        }
    }
}

#[test]
fn an_advice_that_was_kept_reads_back_as_it_was() {
    let told = one(
        &json!({"buyer": {"height_cm": 164, "weight_kg": 58, "gender": "women"}, "garment": {"sizes": ["S", "M"]}}),
    );
    let kept: AdviceView = serde_json::from_value(told.clone()).unwrap();
    let mut again = serde_json::to_value(&kept).unwrap();
    again["line"] = json!(1);
    assert_eq!(again, told);
}

#[test]
fn ids_come_back_as_they_were_given() {
    for id in [
        "12345678901234567890123",
        "1.50",
        "\"a\\u0041\"",
        "null",
        "{\"a\": [1, 2]}",
    ] {
        let lines = [
            format!(
                "{{\"id\":{id},\"buyer\":{{\"height_cm\":168,\"weight_kg\":64}},\"garment\":{{\"system\":\"int\"}}}}"
            ),
            format!("{{\"id\":{id},\"buyer\":{{\"height_cm\":16}}}}"),
            format!("{{\"id\":{id},\"outcome\":{{\"item\":\"a\",\"size\":8,\"fit\":\"fit\"}}}}"),
        ];
        for line in lines {
            let mut output = Vec::new();
            sauda_sizes::command::run_lines(line.as_bytes(), &mut output, Options::default()).unwrap();
            let told = String::from_utf8(output).unwrap();
            assert!(told.contains(&format!("\"id\":{id}")), "{told}");
        }
    }
}

#[test]
fn womens_pairs_of_russian_sizes_are_no_dress_sizes() {
    let told = one(&json!({
        "buyer": {"chest_cm": 92, "waist_cm": 74, "hips_cm": 98, "gender": "женский"},
        "garment": {"sizes": ["42-44", "46-48", "50-52"]},
    }));
    assert_eq!(
        (&told["advice"], &told["size"]),
        (&json!("size"), &json!("46-48")),
        "{told}"
    );
}

#[test]
fn one_size_in_two_spellings_is_one() {
    let ask = |sizes: Value, size: Value| {
        one(&json!({
            "buyer": {"chest_cm": 88, "waist_cm": 68, "hips_cm": 94, "gender": "женский"},
            "garment": {"sizes": sizes, "size": size},
        }))
    };
    let twice = ask(json!(["S", "M", "м", " m"]), Value::Null);
    let once = ask(json!(["S", "M"]), Value::Null);
    assert_eq!(twice, once);
    assert!(!twice["reasons"].to_string().contains("between M and"), "{twice}");
    let asked = ask(json!(["S", "M", "м"]), json!("м"));
    assert_eq!(asked["asked"], json!("м"));
    assert_eq!(asked["sizes"].as_array().unwrap().len(), 2);
}
