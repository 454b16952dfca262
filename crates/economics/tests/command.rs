//! The plain commands: the documented examples, the schemas, refusals by name, and what strangers may send.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests: what they stand on must hold"
)]

use jsonschema::Validator;
use sauda_economics::command::{Asked, Summary, run_lines};
use serde_json::{Value, json};

const ECONOMICS: (&str, &str) = (
    include_str!("../../../docs/economics.md"),
    include_str!("../../../docs/schemas/economics.schema.json"),
);
const TAX: (&str, &str) = (
    include_str!("../../../docs/tax.md"),
    include_str!("../../../docs/schemas/tax.schema.json"),
);

fn run(asked: Asked, input: &str) -> (Vec<Value>, Summary) {
    let mut output = Vec::new();
    let summary = run_lines(asked, input.as_bytes(), &mut output).unwrap();
    let text = String::from_utf8(output).unwrap();
    (
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect(),
        summary,
    )
}

fn one(asked: Asked, input: &Value) -> Value {
    run(asked, &input.to_string()).0.remove(0)
}

fn sale(change: impl FnOnce(&mut Value)) -> Value {
    let mut line = json!({"date": "2026-11-20", "price": 10000, "purchase": 4000, "category": "Мебель", "delivery": "pickup", "regime": "simplified"});
    change(&mut line);
    one(Asked::Economics, &line)
}

fn schema(text: &str, part: &str) -> Validator {
    let mut schema: Value = serde_json::from_str(text).unwrap();
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
    for (asked, (page, text)) in [(Asked::Economics, ECONOMICS), (Asked::Tax, TAX)] {
        let (input, output) = (schema(text, "input"), schema(text, "output"));
        let blocks: Vec<(&str, Value)> = page
            .split("```json ")
            .skip(1)
            .map(|part| {
                let (kind, rest) = part.split_once('\n').unwrap();
                let (body, _) = rest.split_once("```").unwrap();
                (kind.trim(), serde_json::from_str(body).unwrap())
            })
            .collect();
        assert!(blocks.len() >= 10, "{}", blocks.len());
        for pair in blocks.chunks(2) {
            assert_eq!((pair[0].0, pair[1].0), ("in", "out"));
            let told = one(asked, &pair[0].1);
            contains(&told, &pair[1].1);
            valid(&output, &told);
            valid(&input, &pair[0].1);
        }
    }
}

#[track_caller]
fn refused(told: &Value, code: &str, field: Option<&str>) {
    assert_eq!(
        (told["error"]["code"].as_str(), told["error"]["field"].as_str()),
        (Some(code), field),
        "{told:#}"
    );
    assert!(
        told["error"]["hint"]
            .as_str()
            .is_some_and(|hint| !hint.is_empty())
    );
}

#[test]
fn refusals_name_the_field_and_the_run_goes_on() {
    refused(
        &sale(|line| line["prise"] = json!(1)),
        "unknown-field",
        Some("prise"),
    );
    refused(
        &sale(|line| line["price"] = json!("10000,50")),
        "wrong-value",
        Some("price"),
    );
    refused(
        &sale(|line| line["price"] = json!(0)),
        "wrong-value",
        Some("price"),
    );
    refused(
        &sale(|line| line["category"] = json!("Летающие ковры")),
        "unknown-category",
        Some("category"),
    );
    refused(
        &sale(|line| line["category"] = json!("Аптека")),
        "ambiguous-category",
        Some("category"),
    );
    refused(
        &sale(|line| line["regime"] = json!("барщина")),
        "unknown-regime",
        Some("regime"),
    );
    refused(
        &sale(|line| line["regime"] = json!("retail")),
        "regime-not-in-force",
        Some("regime"),
    );
    refused(
        &sale(|line| line["delivery"] = json!("city")),
        "missing-field",
        Some("weight_kg"),
    );
    refused(
        &sale(|line| line["currency"] = json!("USD")),
        "no-currency-rate",
        Some("rate"),
    );
    refused(
        &sale(|line| line["tax_pct"] = json!(7)),
        "local-rate-outside",
        Some("tax_pct"),
    );
    refused(
        &sale(|line| line["date"] = json!("2026-02-30")),
        "wrong-value",
        Some("date"),
    );
    refused(
        &sale(|line| line["purchase"] = json!(-1)),
        "floor-negative",
        Some("purchase"),
    );
    refused(
        &sale(|line| line["cost"] = json!(1)),
        "conflicting-fields",
        Some("cost"),
    );
    refused(
        &sale(|line| line["advertising_pct"] = json!(90)),
        "floor-shares-too-large",
        None,
    );
    refused(
        &sale(|line| line["purchase_vat"] = json!(true)),
        "conflicting-fields",
        Some("purchase_vat"),
    );
    let (told, summary) = run(Asked::Economics, "nonsense\n\n[1]\n{\"stock\":{\"moves\":[]}}\n");
    assert_eq!(summary, Summary { lines: 3, refused: 2 });
    assert_eq!(
        (told[0]["line"].as_u64(), told[2]["line"].as_u64()),
        (Some(1), Some(4))
    );
    assert_eq!(told[2]["stock"]["remains"], json!({"quantity": 0, "cost": 0}));
}

#[test]
fn what_was_not_given_is_null_and_has_a_note() {
    let told = one(
        Asked::Economics,
        &json!({"date": "2026-11-20", "price": 10000, "category": "Мебель"}),
    );
    let codes: Vec<_> = told["notes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|note| note["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["no-cost", "tax-not-counted", "delivery-not-counted"]);
    assert_eq!(
        (
            &told["profit"],
            &told["parts"]["purchase"],
            &told["parts"]["tax"],
            &told["parts"]["delivery"]
        ),
        (&Value::Null, &Value::Null, &Value::Null, &Value::Null)
    );
    assert_eq!(told["left_for_cost"], json!(8750));
}

#[test]
fn the_same_line_in_other_words_gives_the_same_answer() {
    let plain = sale(|_| ());
    let other = one(
        Asked::Economics,
        &json!({"day": "20.11.2026", "price_tenge": "10 000 ₸", "cost": "4000,00", "leaf": "МЕБЕЛЬ", "delivery": {"service": "Самовывоз"}, "tax_regime": "Упрощённая декларация"}),
    );
    assert_eq!(plain, other);
}

#[test]
fn tariff_steps_hold_from_their_first_price_and_weight() {
    let fee = |price: i64, grams: i64| {
        let told = sale(|line| {
            line["price"] = json!(price);
            line["delivery"] = json!("city");
            line["grams"] = json!(grams);
        });
        told["parts"]["delivery"].to_string()
    };
    assert_eq!(
        (fee(999, 1), fee(1_000, 1)),
        ("56.84".to_owned(), "172.84".to_owned())
    );
    assert_eq!(
        (fee(9_999, 9_000), fee(10_000, 5_000)),
        ("810.84".to_owned(), "1274.84".to_owned())
    );
    assert_eq!(
        (fee(10_000, 5_001), fee(10_000, 100_001)),
        ("1564.84".to_owned(), "7480.84".to_owned())
    );
}

#[test]
fn a_tariff_known_only_in_part_is_used_there_and_refused_elsewhere() {
    let at = |price: i64| {
        sale(|line| {
            line["date"] = json!("2025-06-01");
            line["price"] = json!(price);
            line["delivery"] = json!("city");
            line["weight_kg"] = json!(5);
        })
    };
    assert_eq!(at(15_000)["parts"]["delivery"], json!(894.88));
    assert_eq!(at(15_000)["delivery"]["confidence"], json!("low"));
    refused(&at(14_999), "floor-no-tariff", Some("delivery"));
}

#[test]
fn the_break_even_price_loses_nothing_and_one_tenge_less_loses() {
    for regime in ["simplified", "general_ip", "llp", "self_employed"] {
        let even = sale(|line| line["regime"] = json!(regime))["break_even"]["price"]
            .as_i64()
            .unwrap();
        let profit = |price: i64| {
            let told = sale(|line| {
                line["regime"] = json!(regime);
                line["price"] = json!(price);
            });
            told["profit"].as_f64().unwrap()
        };
        assert!(profit(even) >= 0.0 && profit(even - 1) < 0.0, "{regime} {even}");
    }
}

#[test]
fn tax_lines_are_refused_by_name_too() {
    let tax = |line: Value| one(Asked::Tax, &line);
    refused(
        &tax(json!({"regime": "llp", "period": "2026", "turnover": 1})),
        "tax-needs-expenses",
        Some("expenses"),
    );
    refused(
        &tax(json!({"regime": "simplified", "turnover": 1})),
        "missing-field",
        Some("period"),
    );
    refused(
        &tax(json!({"regime": "simplified", "period": "2026-H1"})),
        "missing-field",
        Some("turnover"),
    );
    refused(
        &tax(json!({"regime": "simplified", "from": "2025-12-01", "to": "2026-01-31", "turnover": 1})),
        "wrong-value",
        Some("to"),
    );
    refused(
        &tax(json!({"regime": "simplified", "period": "2026-H1", "turnover": -1})),
        "floor-negative",
        Some("turnover"),
    );
    refused(
        &tax(
            json!({"regime": "simplified", "period": "2026-H1", "incomes": [{"date": "2026-07-01", "sum": 1}]}),
        ),
        "outside-period",
        Some("incomes"),
    );
    refused(
        &tax(json!({"regime": "general_ip", "period": "2027", "turnover": 1, "expenses": 0})),
        "no-rate",
        None,
    );
    let none = tax(json!({"regime": "simplified", "period": "2026-H1", "turnover": 0}));
    assert_eq!((&none["total"], &none["share_pct"]), (&json!(0), &json!(0)));
}

#[test]
fn thresholds_name_the_day_they_are_crossed() {
    let told = one(
        Asked::Tax,
        &json!({"regime": "simplified", "period": "2025-H2", "incomes": [{"date": "2025-07-01", "sum": 78_640_000}, {"date": "2025-11-30", "sum": "0,01"}]}),
    );
    assert_eq!(told["thresholds"][0]["crossed_on"], json!("2025-11-30"));
    assert_eq!(told["thresholds"][0]["state"], json!("crossed"));
    assert_eq!(told["thresholds"][1]["state"], json!("near"));
}
