//! The plain command: the documented examples, the schema, refusals by name, CSV, order, threads.

use crate::desk::{numbers, one, run_with};
use jsonschema::Validator;
use sauda_forecast::command::{LONGEST_LINE_BYTES, Options};
use serde_json::{Value, json};

const DOC: &str = include_str!("../../../../docs/forecast.md");
const SCHEMA: &str = include_str!("../../../../docs/schemas/forecast.schema.json");

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
    assert!(examples.len() >= 9, "{}", examples.len());
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
    let (told, summary) = run_with(
        "{\"id\":7,\"frequency\":\"daily\",\"history\":[1,2,3],\"horizon\":3,\"horizon\":5}\n{\"history\":[{\"date\":\"2026-03-01\",\"units\":1,\"units\":2}],\"horizon\":3}\n",
        &Options::default(),
    );
    assert_eq!((summary.lines, summary.refused), (2, 2));
    assert_eq!(
        told[0],
        json!({"line": 1, "id": 7, "error": {"code": "repeated-field", "field": "horizon", "message": "`horizon` is told twice", "hint": "leave one of the two out"}})
    );
    assert_eq!(told[1]["error"]["field"], json!("history[0].units"));
}

#[test]
fn refusals_name_the_field_and_the_run_goes_on() {
    let base = |more: Value| {
        let mut line = json!({"frequency": "daily", "history": [1, 2, 3, 4], "horizon": 3});
        line.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        line
    };
    let cases = [
        (json!(5), "wrong-value", json!("line")),
        (
            json!({"frequency": "daily", "horizon": 3}),
            "missing-field",
            json!("history"),
        ),
        (
            json!({"history": [1, 2, 3], "horizon": 3}),
            "missing-field",
            json!("frequency"),
        ),
        (
            json!({"history": [1, 2, 3], "frequency": "daily"}),
            "missing-field",
            json!("horizon"),
        ),
        (base(json!({"horizon": 0})), "wrong-value", json!("horizon")),
        (base(json!({"horizon": 731})), "wrong-value", json!("horizon")),
        (base(json!({"h": 4})), "conflicting-fields", json!("h")),
        (
            base(json!({"quantiles": [1.5]})),
            "wrong-value",
            json!("quantiles"),
        ),
        (base(json!({"price": [1, 2]})), "lengths-differ", json!("price")),
        (
            base(json!({"price": [1, 2, 0, 4]})),
            "wrong-value",
            json!("price[2]"),
        ),
        (
            base(json!({"promo": [0, 1, 2, 0]})),
            "wrong-value",
            json!("promo[2]"),
        ),
        (
            base(json!({"future": {"price": [5]}})),
            "lengths-differ",
            json!("future.price"),
        ),
        (
            base(json!({"future": {"prise": 5}})),
            "unknown-field",
            json!("future.prise"),
        ),
        (
            base(json!({"start": "2026-02-30"})),
            "wrong-value",
            json!("start"),
        ),
        (
            base(json!({"history": ["many", 1, 2]})),
            "wrong-value",
            json!("history[0]"),
        ),
        (base(json!({"history": []})), "no-history", json!("history")),
        (
            base(json!({"history": [null, null, null, null]})),
            "too-short",
            json!("history"),
        ),
    ];
    let lines: Vec<String> = cases.iter().map(|(line, ..)| line.to_string()).collect();
    let input = format!(
        "{}\n\nnot json\n{}\n",
        lines.join("\n"),
        base(json!({"id": "last"}))
    );
    let (told, summary) = run_with(&input, &Options::default());
    assert_eq!((summary.lines, summary.refused), (19, 18));
    let output = schema("output");
    for ((line, code, field), told) in cases.iter().zip(&told) {
        assert_eq!(
            (&told["error"]["code"], &told["error"]["field"]),
            (&json!(code), field),
            "{line}"
        );
        valid(&output, told);
    }
    assert_eq!(told[17]["error"]["code"], json!("bad-json"));
    assert_eq!(told[18]["id"], json!("last"));
    assert_eq!(told[18]["line"], json!(20));
}

#[test]
fn a_line_that_is_too_long_is_refused_and_the_next_is_answered() {
    let long = "1,".repeat(usize::try_from(LONGEST_LINE_BYTES).unwrap() / 2 + 8);
    let input = format!(
        "{long}\n{}",
        json!({"frequency": "d", "history": [1, 1, 1], "horizon": 1})
    );
    let (told, summary) = run_with(&format!("{{\n{input}"), &Options::default());
    assert_eq!(summary.refused, 2);
    assert_eq!(told[1]["error"]["code"], json!("line-too-long"));
    assert_eq!(numbers(&told[2]["mean"]), [1.0]);
}

#[test]
fn ways_out_of_bad_rows_work() {
    let rows = json!([
        {"date": "2026-03-01", "units": 4}, {"date": "2026-03-01", "units": 2}, {"date": "2026-03-03", "units": 6},
        {"date": "2026-03-04", "units": -5}, {"date": "2026-03-05", "units": 6}, {"date": "2026-03-06", "units": 6},
    ]);
    let line = json!({"history": rows, "horizon": 1, "gaps": "unknown", "negatives": "unknown", "duplicates": "sum"});
    let told = one(&line);
    assert_eq!(numbers(&told["mean"]), [6.0]);
    assert_eq!(told["notes"][0]["code"], json!("not-counted"));
    assert_eq!(told["dates"], json!(["2026-03-07"]));
}

#[test]
fn csv_gives_a_line_a_product_in_order_of_first_rows() {
    let mut sheet = String::from("product_id,date,units,category\n");
    for day in 1..=20 {
        sheet += &format!("b,2026-03-{day:02},3,toys\na,{day:02}.03.2026,\"1,0\",toys\n");
    }
    let options = Options {
        horizon: Some(2),
        quantiles: Some(vec![0.5]),
        ..Options::default()
    };
    let (told, summary) = run_with(&sheet, &options);
    assert_eq!((summary.lines, summary.refused), (2, 0));
    assert_eq!((&told[0]["id"], &told[1]["id"]), (&json!("b"), &json!("a")));
    assert_eq!(numbers(&told[0]["mean"]), [3.0, 3.0]);
    assert_eq!(numbers(&told[1]["median"]), [1.0, 1.0]);
    let (told, _) = run_with("product_id,units\na,1\n", &options);
    assert_eq!(told[0]["error"]["field"], json!("date"));
    let (told, _) = run_with("product_id,date,units,colour\na,2026-03-01,1,red\n", &options);
    assert_eq!(told[0]["error"]["code"], json!("unknown-field"));
}

#[test]
fn csv_is_parted_as_its_first_line_is_and_keeps_decimal_commas() {
    let options = Options {
        horizon: Some(1),
        quantiles: Some(vec![0.5]),
        ..Options::default()
    };
    let sheet = |mark: &str, units: &str| {
        let mut sheet = ["\u{feff}sku", "date", "units", "price"].join(mark) + "\r\n";
        for day in 1..=20 {
            sheet += &(["\"a;,\"", &format!("{day:02}.03.2026"), units, "\"1 250,50\""].join(mark) + "\r\n");
        }
        run_with(&sheet, &options)
    };
    let plain = sheet(",", "\"2,5\"");
    assert_eq!(plain.1.refused, 0);
    assert_eq!(
        (&plain.0[0]["id"], numbers(&plain.0[0]["mean"])),
        (&json!("a;,"), vec![2.5])
    );
    assert_eq!(sheet(";", "2,5"), plain);
    assert_eq!(sheet("\t", "2,5"), plain);
    // Lines keep their numbers: the first is read before the rest.
    let (told, _) = run_with("sku;date;units\na;2026-03-01;1\na;2026-03-02;many\n", &options);
    assert_eq!(told[0]["error"]["field"], json!("history[1].units"));
    let (told, _) = run_with("sku;date;units\na;2026-03-01;1;5\n", &options);
    assert_eq!(
        (&told[0]["line"], &told[0]["error"]["code"]),
        (&json!(2), &json!("bad-csv"))
    );
}

#[test]
fn a_new_product_learns_from_its_group_only_with_the_pool() {
    let old = |id: u32| json!({"id": id, "frequency": "weekly", "group": "mugs", "history": vec![id; 30], "horizon": 2});
    let new = json!({"id": "new", "frequency": "weekly", "group": "mugs", "history": [], "horizon": 2, "quantiles": [0.1, 0.9]});
    let input = format!("{new}\n{}\n{}\n{}\n", old(8), old(10), old(12));
    let (alone, _) = run_with(&input, &Options::default());
    assert_eq!(alone[0]["error"]["code"], json!("no-history"));
    let (pooled, summary) = run_with(
        &input,
        &Options {
            pool: true,
            ..Options::default()
        },
    );
    assert_eq!(summary.refused, 0);
    let mean = numbers(&pooled[0]["mean"])[0];
    assert!((9.5..10.1).contains(&mean), "{mean}");
    assert_eq!(pooled[0]["notes"][0]["code"], json!("neighbours"));
}

#[test]
fn threads_change_nothing() {
    let lines: Vec<String> = (0..40)
        .map(|at| json!({"id": at, "frequency": "daily", "history": (0..60).map(|day| (day * at) % 7).collect::<Vec<_>>(), "horizon": 5}).to_string())
        .collect();
    let input = lines.join("\n");
    let with = |threads| {
        run_with(
            &input,
            &Options {
                threads: Some(threads),
                ..Options::default()
            },
        )
        .0
    };
    assert_eq!(with(1), with(3));
}
