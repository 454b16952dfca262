//! The plain command: the documented examples, the schema, refusals by name.

use jsonschema::Validator;
use sauda_messages::command::Summary;
use sauda_research::command::run_lines;
use serde_json::{Value, json};

const PAGE: &str = include_str!("../../../../docs/sentiment.md");
const SCHEMA: &str = include_str!("../../../../docs/schemas/sentiment.schema.json");

fn run(input: &[u8]) -> (Vec<Value>, Summary) {
    let mut output = Vec::new();
    let summary = run_lines(input, &mut output).unwrap();
    let text = String::from_utf8(output).unwrap();
    (
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect(),
        summary,
    )
}

fn schema(part: &str) -> Validator {
    let mut schema: Value = serde_json::from_str(SCHEMA).unwrap();
    schema["$ref"] = json!(format!("#/$defs/{part}"));
    schema.as_object_mut().unwrap().remove("anyOf");
    jsonschema::validator_for(&schema).unwrap()
}

#[track_caller]
fn contains(told: &Value, wanted: &Value) {
    let Value::Object(wanted) = wanted else {
        assert_eq!(told, wanted);
        return;
    };
    for (name, value) in wanted {
        contains(
            told.get(name).unwrap_or_else(|| panic!("no {name} in {told:?}")),
            value,
        );
    }
}

#[test]
fn every_example_of_the_handbook_gives_what_it_says_and_fits_the_schema() {
    let (input, output) = (schema("input"), schema("output"));
    let blocks: Vec<Value> = PAGE
        .split("```json ")
        .skip(1)
        .map(|part| {
            let (body, _) = part.split_once('\n').unwrap().1.split_once("```").unwrap();
            serde_json::from_str(body).unwrap()
        })
        .collect();
    assert!(blocks.len() >= 10);
    for pair in blocks.chunks(2) {
        let told = run(pair[0].to_string().as_bytes()).0.remove(0);
        contains(&told, &pair[1]);
        assert!(output.is_valid(&told), "{told:#}");
        assert_eq!(
            input.is_valid(&pair[0]),
            told.get("error").is_none(),
            "{}",
            pair[0]
        );
    }
}

#[test]
fn refusals_name_the_field_and_the_run_goes_on() {
    let cases: [(&[u8], &str, Value); 7] = [
        (
            b"{\"text\":\"a\",\"text\":\"b\"}\n",
            "repeated-field",
            json!("text"),
        ),
        (b"{\"text\":\"a\",\"stars\":5}\n", "unknown-field", json!("stars")),
        (b"{\"id\":1}\n", "missing-field", json!("text")),
        (
            b"{\"text\":\"a\",\"review\":\"b\"}\n",
            "conflicting-fields",
            json!("text"),
        ),
        (b"{\"text\":[]}\n", "wrong-value", json!("text")),
        (b"{\"text\":\n", "bad-json", json!(null)),
        (b"\xff\xfe\n", "bad-text", json!(null)),
    ];
    for (bytes, code, field) in cases {
        let (told, summary) = run(&[bytes, "\n{\"body\":\"жақсы\",\"custom_id\":7}".as_bytes()].concat());
        assert_eq!(summary, Summary { lines: 2, refused: 1 }, "{code}");
        assert_eq!(
            (&told[0]["error"]["code"], &told[0]["error"]["field"]),
            (&json!(code), &field)
        );
        assert!(schema("output").is_valid(&told[0]), "{}", told[0]);
        assert_eq!((&told[1]["line"], &told[1]["id"]), (&json!(3), &json!(7)));
    }
}
