//! The plain command: the documented examples, the schema, refusals by name.

use jsonschema::Validator;
use sauda_stock::command::{Summary, run_lines};
use serde_json::{Value, json};

const DOC: &str = include_str!("../../../../docs/reorder.md");
const SCHEMA: &str = include_str!("../../../../docs/schemas/reorder.schema.json");

fn run(input: &str) -> (Vec<Value>, Summary) {
    let mut output = Vec::new();
    let summary = run_lines(input.as_bytes(), &mut output).unwrap();
    let text = String::from_utf8(output).unwrap();
    let lines = text.lines().map(|line| serde_json::from_str(line).unwrap());
    (lines.collect(), summary)
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
                let found = told.get(name).unwrap_or_else(|| panic!("no {name} in {told:?}"));
                contains(found, value);
            }
        }
        (Value::Array(told), Value::Array(wanted)) => {
            assert_eq!(told.len(), wanted.len(), "{told:?}");
            for (told, wanted) in told.iter().zip(wanted) {
                contains(told, wanted);
            }
        }
        (Value::Number(told), Value::Number(wanted)) => assert_eq!(told.as_f64(), wanted.as_f64()),
        _ => assert_eq!(told, wanted),
    }
}

#[test]
fn every_example_of_the_handbook_gives_what_it_says_and_fits_the_schema() {
    let (input, output) = (schema("input"), schema("output"));
    let examples = examples();
    assert!(examples.len() >= 10, "{}", examples.len());
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
fn a_name_told_twice_is_refused_at_any_depth() {
    let (told, summary) = run(
        "{\"sku\":7,\"demand\":5,\"lead_time\":7,\"on_hand\":3,\"on_hand\":30}\n{\"items\":[{\"demand\":{\"mean\":5,\"mean\":6}}]}\n",
    );
    assert_eq!(summary, Summary { lines: 2, refused: 2 });
    assert_eq!(
        told[0],
        json!({"line": 1, "id": 7, "error": {"code": "repeated-field", "field": "on_hand", "message": "`on_hand` is told twice", "hint": "leave one of the two out"}})
    );
    assert_eq!(told[1]["error"]["field"], json!("items[0].demand.mean"));
}

#[test]
fn refusals_name_the_field_and_the_run_goes_on() {
    let output = schema("output");
    let base = json!({"demand": 5, "lead_time": 7, "on_hand": 3});
    let with = |name: &str, value: Value| {
        let mut question = base.clone();
        question[name] = value;
        question
    };
    let cases = [
        (
            with("service_level", json!("100%")),
            "impossible-promise",
            Some("service_level"),
        ),
        (
            with("service_level", json!(1.5)),
            "unclear-promise",
            Some("service_level"),
        ),
        (
            with("service", json!({"kind": "fill_rate", "target": "30"})),
            "unclear-promise",
            Some("service.target"),
        ),
        (
            with("fill_rate", json!(0)),
            "impossible-promise",
            Some("fill_rate"),
        ),
        (with("lead_time", json!(-1)), "wrong-value", Some("lead_time")),
        (with("lead_time", json!([])), "too-few", Some("lead_time")),
        (with("on_hand", json!(-4)), "wrong-value", Some("on_hand")),
        (with("on_hand", json!(1.5)), "wrong-value", Some("on_hand")),
        (with("pack", json!(0)), "wrong-value", Some("pack")),
        (
            with("history", json!([1, 2])),
            "conflicting-fields",
            Some("demand"),
        ),
        (
            with("price_breaks", json!([[1, 5], [1, 4]])),
            "duplicated-break",
            Some("price_breaks"),
        ),
        (with("price", json!(1.234)), "wrong-value", Some("price")),
        (with("shortage", json!("maybe")), "wrong-value", Some("shortage")),
        (
            json!({"demand": 5, "on_hand": 3}),
            "missing-field",
            Some("lead_time"),
        ),
        (
            json!({"demand": 5, "lead_time": 3}),
            "missing-field",
            Some("on_hand"),
        ),
        (
            json!({"lead_time": 5, "on_hand": 3}),
            "missing-field",
            Some("demand"),
        ),
        (
            json!({"history": [null, 4], "lead_time": 5, "on_hand": 3}),
            "too-few",
            Some("history"),
        ),
        (
            json!({"demand": {"mean": 5, "std_dev": 1}, "lead_time": 5, "on_hand": 3}),
            "unknown-field",
            Some("demand.std_dev"),
        ),
        (
            json!({"demand": {"quantiles": {"0.5": 9, "0.9": 4}}, "lead_time": 5, "on_hand": 3}),
            "crossing-quantiles",
            Some("demand.quantiles"),
        ),
        (
            json!({"items": [base.clone(), {"demand": 1}]}),
            "missing-field",
            Some("items[1].lead_time"),
        ),
        (json!({"items": []}), "missing-field", Some("items")),
        (json!([1, 2]), "bad-json", None),
    ];
    let count = u64::try_from(cases.len()).unwrap();
    let lines: String = cases
        .iter()
        .map(|(question, ..)| format!("{question}\n"))
        .collect();
    let (answers, summary) = run(&format!("{lines}\n{base}\n"));
    assert_eq!(
        summary,
        Summary {
            lines: count + 1,
            refused: count
        }
    );
    for ((question, code, field), told) in cases.iter().zip(&answers) {
        assert_eq!(told["error"]["code"], *code, "{question} gave {told}");
        assert_eq!(told["error"]["field"].as_str(), *field, "{question} gave {told}");
        assert!(!told["error"]["hint"].as_str().unwrap().is_empty());
        valid(&output, told);
    }
    assert_eq!(answers.last().unwrap()["line"], count + 2);
}

#[test]
fn one_thing_may_be_told_in_many_ways() {
    let plain = one(
        &json!({"demand": {"mean": 4, "sd": 3}, "lead_time": {"mean": 8, "sd": 1}, "fill_rate": 0.95, "review_days": 7, "on_hand": 20, "reserved": 3, "price": 900}),
    );
    let others = [
        json!({"demand_mean": "4", "demand_sd": "3,0", "lead_time_days": 8, "lead_time_sd": 1, "fill_rate": "95%", "review_period": 7, "stock": "20", "allocated": 3, "unit_cost": "900 ₸"}),
        json!({"mean_demand": 4, "demand_variance": 9, "lead_time": {"mean": 8, "variance": 1}, "service": {"kind": "fill-rate", "target": 95}, "review": "7", "inventory": 20, "committed": 1, "backorders": 2, "cost": 900}),
        json!({"demand": {"mean": 28, "variance": 63, "per": "week"}, "lead_times": [7, 8, 9], "target_fill_rate": "0,95", "review_days": 7, "on_hand": 20, "reserved": 3, "price_breaks": [[1, 900]]}),
    ];
    for other in others {
        assert_eq!(one(&other), plain, "{other}");
    }
}

#[test]
fn a_day_without_a_figure_is_not_a_day_without_sales() {
    let ask = |missing: &str| {
        one(
            &json!({"history": [{"date": "2026-11-01", "units": 4}, {"date": "2026-11-03", "units": 4}, {"date": "2026-11-02", "units": 4}, {"date": "2026-11-06", "units": 4}],
            "missing_days": missing, "lead_time": 5, "on_hand": 3, "service_level": 0.9}),
        )
    };
    let (unknown, zero) = (ask("unknown"), ask("zero"));
    assert_eq!(
        unknown["demand"],
        json!({"mean_per_day": 4.0, "from": "history", "days": 4})
    );
    assert_eq!(unknown["notes"][0]["code"], "gap");
    assert_eq!(zero["demand"]["days"], 6);
    assert!(zero["demand"]["mean_per_day"].as_f64().unwrap() < 2.8, "{zero}");
    assert_eq!(zero["notes"][0]["code"], "gap-zero");
}

#[test]
fn sold_out_and_one_off_days_do_not_speak_for_the_coming_ones() {
    let mut days: Vec<Value> = (1..=28)
        .map(|day| json!({"date": format!("2026-02-{day:02}"), "units": 2}))
        .collect();
    let steady = one(&json!({"history": days, "lead_time": 5, "on_hand": 3, "service_level": 0.9}));
    days[3] = json!({"date": "2026-02-04", "units": 90, "one_off": true});
    days[9] = json!({"date": "2026-02-10", "units": 0, "in_stock": false});
    let told = one(&json!({"history": days, "lead_time": 5, "on_hand": 3, "service_level": 0.9}));
    assert_eq!(told["demand"]["mean_per_day"], 2.0);
    assert_eq!(told["rop"], steady["rop"]);
    let codes: Vec<&str> = told["notes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|note| note["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["one-off", "sold-out", "short-history", "batch-week"]);
}

#[test]
fn what_was_oversold_is_ordered_even_when_nothing_more_is_asked_for() {
    let told = one(&json!({"demand": 0, "lead_time": 5, "on_hand": 2, "reserved": 6, "pack": 3}));
    assert_eq!(
        (&told["order_quantity"], &told["position"]),
        (&json!(6), &json!(-4))
    );
}
