//! The handbook page and the schema say what the command does. Refuses examples that nobody ran.

use crate::{samples, strange};
use sauda_labels::{
    Crop, Layout, Limits, Paper,
    command::{Options, run},
};
use serde_json::{Value, json};
use std::fs;

const DOC: &str = include_str!("../../../../docs/labels.md");
const SCHEMA: &str = include_str!("../../../../docs/schemas/labels.schema.json");

fn block(kind: &str) -> &'static str {
    let (_, rest) = DOC.split_once(&format!("```json {kind}\n")).unwrap();
    rest.split_once("```").unwrap().0
}

#[track_caller]
fn valid(part: &str, document: &Value) {
    let mut schema: Value = serde_json::from_str(SCHEMA).unwrap();
    schema["$ref"] = json!(format!("#/$defs/{part}"));
    schema.as_object_mut().unwrap().remove("anyOf");
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(document)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}\n{document:#}");
}

#[test]
fn the_example_of_the_handbook_gives_what_it_says_and_fits_the_schema() {
    let folder = tempfile::tempdir().unwrap();
    let files = [
        ("KASPI_SHOP-880000002.pdf", "Order 880000002"),
        ("KASPI_SHOP-880000002 (1).pdf", "Order 880000002"),
        ("880000009.pdf", "Order 880000009"),
    ];
    fs::create_dir(folder.path().join("in")).unwrap();
    for (name, text) in files {
        fs::write(folder.path().join("in").join(name), strange::paper(&[text])).unwrap();
    }
    let options = Options {
        orders: block("orders").as_bytes().to_vec(),
        waybills: Some(folder.path().join("in")),
        out: folder.path().join("out"),
        paper: Paper::default(),
        layout: Layout::default(),
        crop: Crop::default(),
        zpl: None,
        words: samples::words(),
        limits: Limits::default(),
    };
    run(&options, &mut |_, _, _| {}).unwrap();
    let report: Value =
        serde_json::from_slice(&fs::read(folder.path().join("out/report.json")).unwrap()).unwrap();
    valid("report", &report);
    let wanted: Value = serde_json::from_str(block("report")).unwrap();
    for (member, value) in wanted.as_object().unwrap() {
        assert_eq!(&report[member], value, "{member}");
    }
    // The third line is refused for its price.
    for line in block("orders").lines().take(2) {
        valid("order", &serde_json::from_str(line).unwrap());
    }
}
