//! The shape of recorded JSON documents and how ours differs from it. Refuses to compare values.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What a place of a document may hold, learned from one or several values.
#[derive(Debug, Default)]
pub struct Shape {
    kinds: BTreeSet<&'static str>,
    seen: usize,
    /// Member and how often it was there.
    members: BTreeMap<String, (Shape, usize)>,
    element: Option<Box<Shape>>,
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(number) if number.is_f64() => "decimal",
        Value::Number(_) => "whole",
        Value::String(_) => "text",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

impl Shape {
    pub fn of(value: &Value) -> Self {
        let mut shape = Self::default();
        shape.learn(value);
        shape
    }

    pub fn learn(&mut self, value: &Value) {
        self.kinds.insert(kind(value));
        match value {
            Value::Object(fields) => {
                self.seen += 1;
                for (name, inside) in fields {
                    let (shape, times) = self.members.entry(name.clone()).or_default();
                    shape.learn(inside);
                    *times += 1;
                }
            }
            Value::Array(list) => {
                let element = self.element.get_or_insert_default();
                for inside in list {
                    element.learn(inside);
                }
            }
            _ => {}
        }
    }

    /// Every difference: a member missing, of another kind, or unheard of and not in `extra`.
    pub fn differences(&self, ours: &Value, extra: &[&str]) -> Vec<String> {
        let mut found = Vec::new();
        self.compare(ours, "$", extra, &mut found);
        found
    }

    fn compare(&self, ours: &Value, path: &str, extra: &[&str], found: &mut Vec<String>) {
        let unknown = self.kinds.is_empty() || self.kinds.iter().all(|kind| *kind == "null");
        if unknown {
            return;
        }
        if !self.kinds.contains(kind(ours)) {
            found.push(format!("{path}: {:?} recorded, {} given", self.kinds, kind(ours)));
            return;
        }
        match ours {
            Value::Object(fields) => {
                for (name, (shape, times)) in &self.members {
                    match fields.get(name) {
                        Some(inside) => shape.compare(inside, &format!("{path}.{name}"), extra, found),
                        None if *times == self.seen => found.push(format!("{path}.{name}: missing")),
                        None => {}
                    }
                }
                for name in fields.keys() {
                    if !self.members.contains_key(name) && !extra.contains(&name.as_str()) {
                        found.push(format!("{path}.{name}: never recorded"));
                    }
                }
            }
            Value::Array(list) => {
                for (at, inside) in list.iter().enumerate() {
                    if let Some(element) = &self.element {
                        element.compare(inside, &format!("{path}[{at}]"), extra, found);
                    }
                }
            }
            _ => {}
        }
    }
}

#[test]
fn differences_are_found() {
    use serde_json::json;
    let shape = Shape::of(&json!({"a": [{"x": 1, "y": "t"}, {"x": 2}], "b": null}));
    assert!(
        shape
            .differences(&json!({"a": [{"x": 5}], "b": 7}), &[])
            .is_empty()
    );
    let ours = json!({"a": [{"x": 1.5, "z": 1}], "c": 1});
    let names = shape.differences(&ours, &["c"]).join("; ");
    assert_eq!(
        names,
        "$.a[0].x: {\"whole\"} recorded, decimal given; $.a[0].z: never recorded; $.b: missing"
    );
}
