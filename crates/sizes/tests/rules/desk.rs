//! Asks the plain command in memory. Refuses to judge its answers.

use sauda_sizes::command::{Options, Summary, run_lines};
use serde_json::Value;

pub fn run_with(input: &str, options: Options) -> (Vec<Value>, Summary) {
    let mut output = Vec::new();
    let summary = run_lines(input.as_bytes(), &mut output, options).unwrap();
    let text = String::from_utf8(output).unwrap();
    let lines = text.lines().map(|line| serde_json::from_str(line).unwrap());
    (lines.collect(), summary)
}

pub fn one(question: &Value) -> Value {
    run_with(&question.to_string(), Options::default()).0.remove(0)
}
