//! The plain command: the documented examples, the schema, refusals by name.

use jsonschema::Validator;
use sauda_pricing::command::{LONGEST_LINE_BYTES, Summary, run_lines};
use serde_json::{Value, json};

const DOC: &str = include_str!("../../../../docs/decide.md");
const SCHEMA: &str = include_str!("../../../../docs/schemas/decide.schema.json");

fn run(input: &str) -> (Vec<Value>, Summary) {
    let mut output = Vec::new();
    let summary = run_lines(input.as_bytes(), &mut output).unwrap();
    let text = String::from_utf8(output).unwrap();
    (
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect(),
        summary,
    )
}

fn one(input: &Value) -> Value {
    run(&input.to_string()).0.remove(0)
}

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

/// The fenced blocks of the handbook page in order: ```json in``` is a line of input, ```json out``` what comes of it
/// (its members must be there with these values; more may be).
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
    blocks
        .chunks(2)
        .map(|pair| {
            assert_eq!((pair[0].0.as_str(), pair[1].0.as_str()), ("in", "out"));
            (pair[0].1.clone(), pair[1].1.clone())
        })
        .collect()
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
    assert!(examples.len() >= 6, "{}", examples.len());
    for (question, wanted) in examples {
        let told = one(&question);
        contains(&told, &wanted);
        valid(&output, &told);
        if told.get("error").is_none() {
            valid(&input, &question);
        }
    }
}

fn plain() -> Value {
    json!({
        "now": "2026-11-20T12:00:00+05:00",
        "offer": {"seller": "30067228", "price": 40000},
        "rule": {"min": 30000, "max": 50000, "step": 10},
        "observation": {"at": "2026-11-20T11:59:30+05:00", "rows": [
            {"seller": "111", "price": 39000}, {"seller": "30067228", "price": 40000}
        ]}
    })
}

fn with(change: impl FnOnce(&mut Value)) -> Value {
    let mut question = plain();
    change(&mut question);
    question
}

#[test]
fn refusals_name_the_field_and_the_run_goes_on() {
    let (input, output) = (schema("input"), schema("output"));
    let cases = [
        (with(|q| q["rulle"] = json!(1)), "unknown-field", Some("rulle")),
        (
            with(|q| q["rule"]["ignore"] = json!({"pre_order": true})),
            "unknown-field",
            Some("rule.ignore.pre_order"),
        ),
        (
            with(|q| q["observation"]["rows"][1]["prise"] = json!(1)),
            "unknown-field",
            Some("observation.rows[1].prise"),
        ),
        (
            with(|q| drop(q["offer"].as_object_mut().unwrap().remove("seller"))),
            "missing-field",
            Some("offer.seller"),
        ),
        (
            with(|q| drop(q.as_object_mut().unwrap().remove("now"))),
            "missing-field",
            Some("now"),
        ),
        (
            with(|q| q["offer"]["price"] = json!("40000")),
            "wrong-value",
            Some("offer"),
        ),
        (
            with(|q| q["observation"]["rows"][0]["price"] = json!(0)),
            "wrong-value",
            Some("observation"),
        ),
        (
            with(|q| q["rule"]["step"] = json!(0)),
            "rule-out-of-range",
            Some("rule.step"),
        ),
        (
            with(|q| q["floor_parts"] = json!({"tax_bp": 10_000})),
            "floor-shares-too-large",
            Some("floor_parts"),
        ),
        (
            with(|q| q["floor_parts"] = json!({"packaging_tenge": -5})),
            "floor-negative",
            Some("floor_parts.packaging"),
        ),
        (
            with(|q| (q["floor_parts"], q["floors"]) = (json!({}), json!({}))),
            "conflicting-fields",
            Some("floors"),
        ),
        (
            with(|q| q["now"] = json!("yesterday")),
            "wrong-value",
            Some("now"),
        ),
    ];
    let good = plain();
    valid(&input, &good);
    for (question, code, field) in cases {
        let (lines, summary) = run(&format!("{question}\n{good}\n"));
        assert_eq!(lines[0]["error"]["code"], code, "{}", lines[0]);
        assert_eq!(lines[0]["error"]["field"].as_str(), field, "{}", lines[0]);
        valid(&output, &lines[0]);
        assert_eq!(
            (lines[1]["line"].as_u64(), lines[1]["price"].as_i64()),
            (Some(2), Some(38_990))
        );
        assert_eq!(
            summary,
            Summary {
                lines: 2,
                set: 1,
                held: 0,
                asked: 0,
                refused: 1
            }
        );
        if [
            "unknown-field",
            "missing-field",
            "wrong-value",
            "rule-out-of-range",
        ]
        .contains(&code)
            && field != Some("now")
        {
            assert!(
                !input.is_valid(&question),
                "the schema takes what is refused: {question}"
            );
        }
    }
}

#[test]
fn what_is_no_json_is_refused_with_its_line_number() {
    let long = "x".repeat(usize::try_from(LONGEST_LINE_BYTES).unwrap() + 10);
    let (lines, summary) = run(&format!("\n{{\n[]\n{long}\n{}", plain()));
    let told: Vec<_> = lines
        .iter()
        .map(|line| (line["line"].as_u64().unwrap(), line["error"]["code"].as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (2, Some("bad-json")),
            (3, Some("bad-json")),
            (4, Some("line-too-long")),
            (5, None)
        ]
    );
    assert_eq!((summary.lines, summary.refused, summary.set), (4, 3, 1));
    let mut output = Vec::new();
    run_lines(&b"{\"id\":\"\xff\"}\n"[..], &mut output).unwrap();
    assert!(String::from_utf8(output).unwrap().contains("bad-json"));
}

#[test]
fn levels_of_settings_tell_where_each_came_from() {
    let question = with(|q| {
        q.as_object_mut().unwrap().remove("rule");
        q["settings"] = json!({
            "shop": {"version": 1, "step": 5, "max_day": {"bp": 2000}, "paused": false},
            "rule": {"strategy": {"kind": "always_first"}, "step": 10},
            "offer": {"min": 30000, "max_day": null}
        });
    });
    valid(&schema("input"), &question);
    let told = one(&question);
    assert_eq!(told["price"], 38_990);
    assert_eq!(
        told["settings_from"],
        json!({"max_day": "offer", "min": "offer", "step": "rule", "strategy": "rule"})
    );
    let paused = with(|q| {
        q.as_object_mut().unwrap().remove("rule");
        q["settings"] = json!({"shop": {"paused": true}, "offer": {"paused": false, "min": 1}});
    });
    assert_eq!(one(&paused)["reason"]["code"], "paused");
    let newer = with(|q| {
        q.as_object_mut().unwrap().remove("rule");
        q["settings"] = json!({"shop": {"version": 2}});
    });
    assert_eq!(one(&newer)["error"]["code"], "wrong-value");
}
