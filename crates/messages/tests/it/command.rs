//! The plain commands: the documented examples, the schemas, refusals by name.

use jsonschema::Validator;
use sauda_messages::command::{Asked, LONGEST_LINE_BYTES, Summary, run_lines};
use serde_json::{Value, json};

const PAGES: [(Asked, &str, &str); 2] = [
    (
        Asked::Meaning,
        include_str!("../../../../docs/understand.md"),
        include_str!("../../../../docs/schemas/understand.schema.json"),
    ),
    (
        Asked::Phones,
        include_str!("../../../../docs/phone.md"),
        include_str!("../../../../docs/schemas/phone.schema.json"),
    ),
];

fn run(asked: Asked, input: &[u8]) -> (Vec<Value>, Summary) {
    let mut output = Vec::new();
    let summary = run_lines(asked, input, &mut output).unwrap();
    let text = String::from_utf8(output).unwrap();
    (
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect(),
        summary,
    )
}

fn schema(text: &str, part: &str) -> Validator {
    let mut schema: Value = serde_json::from_str(text).unwrap();
    schema["$ref"] = json!(format!("#/$defs/{part}"));
    schema.as_object_mut().unwrap().remove("anyOf");
    jsonschema::validator_for(&schema).unwrap()
}

fn examples(page: &str) -> Vec<(Value, Value)> {
    let blocks: Vec<Value> = page
        .split("```json ")
        .skip(1)
        .map(|part| {
            let (body, _) = part.split_once('\n').unwrap().1.split_once("```").unwrap();
            serde_json::from_str(body).unwrap()
        })
        .collect();
    blocks
        .chunks(2)
        .map(|pair| (pair[0].clone(), pair[1].clone()))
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
        (Value::Array(told), Value::Array(wanted)) => {
            assert_eq!(told.len(), wanted.len(), "{told:?}");
            for (told, wanted) in told.iter().zip(wanted) {
                contains(told, wanted);
            }
        }
        _ => assert_eq!(told, wanted),
    }
}

#[test]
fn every_example_of_the_handbook_gives_what_it_says_and_fits_the_schema() {
    for (asked, page, text) in PAGES {
        let (input, output) = (schema(text, "input"), schema(text, "output"));
        let examples = examples(page);
        assert!(examples.len() >= 5);
        for (question, wanted) in examples {
            let told = run(asked, question.to_string().as_bytes()).0.remove(0);
            contains(&told, &wanted);
            assert!(output.is_valid(&told), "{told:#}");
            assert_eq!(
                input.is_valid(&question),
                told.get("error").is_none(),
                "{question}"
            );
        }
    }
}

#[test]
fn plain_texts_quoted_texts_and_objects_say_the_same() {
    let lines =
        "87011234567\n\"87011234567\"\n{\"text\":\"87011234567\"}\r\n\n  \n{\"message\":\"87011234567\"}";
    let (told, summary) = run(Asked::Phones, lines.as_bytes());
    assert_eq!(summary, Summary { lines: 4, refused: 0 });
    let lines: Vec<_> = told.iter().map(|line| line["line"].as_u64().unwrap()).collect();
    assert_eq!(lines, [1, 2, 3, 6]);
    for line in told {
        assert_eq!(line["phones"][0]["e164"], "+77011234567");
    }
    let (told, _) = run(Asked::Meaning, "\"Супер\" говорит дочка, спасибо\n".as_bytes());
    assert_eq!(told[0]["intent"], "thanks_positive");
}

#[test]
fn refusals_name_the_field_and_the_run_goes_on() {
    let long = format!("{}\n", "я".repeat(usize::try_from(LONGEST_LINE_BYTES).unwrap()));
    let cases: [(&[u8], &str, Value); 9] = [
        (
            b"{\"text\":\"a\",\"text\":\"b\"}\n",
            "repeated-field",
            json!("text"),
        ),
        (
            b"{\"text\":\"a\",\"lang\":\"ru\"}\n",
            "unknown-field",
            json!("lang"),
        ),
        (b"{\"id\":1}\n", "missing-field", json!("text")),
        (
            b"{\"text\":\"a\",\"msg\":\"b\"}\n",
            "conflicting-fields",
            json!("text"),
        ),
        (b"{\"text\":[]}\n", "wrong-value", json!("text")),
        (b"{\"text\":\"a\",\"id\":[]}\n", "wrong-value", json!("id")),
        (b"{\"text\":\n", "bad-json", json!(null)),
        (b"\xff\xfe\n", "bad-text", json!(null)),
        (long.as_bytes(), "line-too-long", json!(null)),
    ];
    for (bytes, code, field) in cases {
        for (asked, _, text) in PAGES {
            let (told, summary) = run(asked, &[bytes, b"{\"text\":\"ok\",\"id\":7}"].concat());
            assert_eq!(summary, Summary { lines: 2, refused: 1 }, "{code}");
            assert_eq!(
                (&told[0]["error"]["code"], &told[0]["error"]["field"]),
                (&json!(code), &field)
            );
            assert!(schema(text, "output").is_valid(&told[0]), "{}", told[0]);
            assert_eq!((&told[1]["line"], &told[1]["id"]), (&json!(2), &json!(7)));
        }
    }
}

#[test]
fn the_offered_size_may_be_a_number() {
    let (told, _) = run(
        Asked::Meaning,
        "{\"text\":\"44 болады\",\"offered_size\":44}".as_bytes(),
    );
    assert_eq!(told[0]["reply"], json!({"kind": "yes", "size": "44"}));
}
