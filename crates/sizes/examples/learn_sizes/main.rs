//! Learns the numbers of `src/learned/params.rs` from a file of outcomes, or measures what they are worth. Refuses to keep
//! rows. `cargo run --release -p sauda-sizes --example learn_sizes -- <file.csv> measure|write`.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a workshop tool over rows it made itself: it ends when they are not as it thinks"
)]

mod measure;
mod rows;
mod score;
mod sums;
mod teach;

use std::fmt::Write as _;

fn main() {
    let mut given = std::env::args().skip(1);
    let path = given.next().expect("the path of a file of outcomes");
    let act = given.next().unwrap_or_default();
    let rows = rows::read(&path);
    println!("{} rows", rows.len());
    match act.as_str() {
        "measure" => measure::measure(&rows),
        "write" => {
            let all: Vec<&rows::Row> = rows.iter().collect();
            let text = source(&teach::teach(&all));
            std::fs::write(
                concat!(env!("CARGO_MANIFEST_DIR"), "/src/learned/params.rs"),
                text,
            )
            .expect("the file can be written");
        }
        _ => println!("say measure or write"),
    }
}

fn source(params: &sauda_sizes::learned::Params) -> String {
    let mut text = String::from(
        "//! Numbers learned from outcomes of women's clothes. Refuses edits by hand: `examples/learn_sizes` writes this file.\n\n\
         use super::Params;\n\n#[rustfmt::skip]\npub(super) static LEARNED: Params = Params {\n",
    );
    let list = |values: &[f64]| {
        let lines: Vec<String> = values
            .chunks(10)
            .map(|chunk| {
                let words: Vec<String> = chunk.iter().map(|value| format!("{value:.5}")).collect();
                format!("        {},", words.join(", "))
            })
            .collect();
        format!("[\n{}\n    ]", lines.join("\n"))
    };
    for (name, values) in [
        ("demand", &params.demand[..]),
        ("position", &params.position),
        ("share", &params.share),
    ] {
        writeln!(text, "    {name}: {},", list(values)).expect("text");
    }
    for (name, [small, large]) in [
        ("base", params.base.each_ref().map(|weights| list(weights))),
        ("full", params.full.each_ref().map(|weights| list(weights))),
    ] {
        writeln!(text, "    {name}: [{small}, {large}],").expect("text");
    }
    text.push_str("};\n");
    text
}
