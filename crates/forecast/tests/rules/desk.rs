//! Asks the plain command in memory. Refuses to judge its answers.

use sauda_forecast::command::{Options, Summary, run};
use serde_json::Value;

pub fn run_with(input: &str, options: &Options) -> (Vec<Value>, Summary) {
    let mut output = Vec::new();
    let summary = run(input.as_bytes(), &mut output, options).unwrap();
    let text = String::from_utf8(output).unwrap();
    let lines = text.lines().map(|line| serde_json::from_str(line).unwrap());
    (lines.collect(), summary)
}

pub fn one(question: &Value) -> Value {
    run_with(&question.to_string(), &Options::default()).0.remove(0)
}

pub fn numbers(value: &Value) -> Vec<f64> {
    value
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one.as_f64().unwrap())
        .collect()
}

/// Numbers that look like chance, the same every time.
pub fn chances(seed: u64) -> impl Iterator<Item = f64> {
    let mut state = seed;
    std::iter::from_fn(move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        Some(f64::from(u32::try_from(state >> 33).unwrap()) / f64::from(1_u32 << 31))
    })
}
