//! Parts of a rule without money, from the schema that the plain command publishes. Refuses to describe them twice.

use serde_json::{Value, json};
use std::collections::BTreeMap;

const COMMAND_SCHEMA: &str = include_str!("../../../../docs/schemas/decide.schema.json");

/// Setting and name of its schema here.
const PARTS: [(&str, &str); 8] = [
    ("strategy", "Strategy"),
    ("ignore", "Ignore"),
    ("what_if", "WhatIf"),
    ("match_when_better", "MatchWhenBetter"),
    ("cover", "CoverRule"),
    ("ageing", "AgeingRule"),
    ("check", "CheckPace"),
    ("sisters", "SisterPolicy"),
];

/// Adds the schemas that bodies refer to.
pub(super) fn add_rule_parts(schemas: &mut BTreeMap<String, Value>) {
    let document: Value = serde_json::from_str(COMMAND_SCHEMA).unwrap_or_default();
    for (setting, name) in PARTS {
        let found = document
            .pointer(&format!("/$defs/settings/properties/{setting}"))
            .map_or(Value::Null, bare);
        schemas.insert(name.to_owned(), located(found));
    }
    for (definition, name) in [("cell", "CellAction"), ("hours", "Hours")] {
        let found = document
            .pointer(&format!("/$defs/{definition}"))
            .cloned()
            .unwrap_or_default();
        schemas.insert(name.to_owned(), located(found));
    }
}

/// Without the `or null` around it.
fn bare(schema: &Value) -> Value {
    let mut inner = schema;
    while let Some([first, second]) = inner.get("anyOf").and_then(Value::as_array).map(Vec::as_slice)
        && *second == json!({"type": "null"})
    {
        inner = first;
    }
    inner.clone()
}

/// With references into this document.
fn located(schema: Value) -> Value {
    match schema {
        Value::Object(members) => members
            .into_iter()
            .map(|(name, value)| match (name.as_str(), value.as_str()) {
                ("$ref", Some("#/$defs/cell")) => (name, "#/components/schemas/CellAction".into()),
                ("$ref", Some("#/$defs/hours")) => (name, "#/components/schemas/Hours".into()),
                _ => (name, located(value)),
            })
            .collect(),
        Value::Array(items) => items.into_iter().map(located).collect(),
        other => other,
    }
}
