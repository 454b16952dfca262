//! Teaches and measures the numbers of forecasts on public sales (`teach`, `spreads`, `measure` or `prices`, then a folder). Refuses to keep a row.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::as_conversions,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a workbench of developers over files that are known: it stops where they are not as expected"
)]

mod prices;
mod score;
mod sets;
mod spreads;
mod weights;

use sauda_forecast::learned::{Kind, Params};
use std::fmt::Write as _;
use std::path::Path;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let folder = Path::new(arguments.get(2).map_or("data", String::as_str));
    let act = arguments.get(1).map_or("measure", String::as_str);
    if act == "teach" || act == "spreads" {
        teach(folder, act == "teach");
    } else if act == "prices" {
        prices::measure(folder);
    } else {
        let learned = arguments.get(3).map(String::as_str) == Some("learned");
        score::measure(folder, learned);
    }
}

/// Learns everything, or the spreads alone around the weights that are there.
fn teach(folder: &Path, everything: bool) {
    let mut source = String::from(
        "//! Numbers learned from public sales. Refuses edits by hand: `examples/learn_demand` writes this file.\n\nuse super::Params;\n",
    );
    for (kind, name) in [
        (Kind::Daily, "DAILY"),
        (Kind::Weekly, "WEEKLY"),
        (Kind::Monthly, "MONTHLY"),
        (Kind::Seldom, "SELDOM"),
    ] {
        let lessons = sets::lessons(folder, kind);
        let mut params = Params::blank();
        let mut prepared = weights::prepared(&lessons);
        if everything {
            weights::teach(&mut params, &prepared, kind == Kind::Seldom);
        } else {
            let learned = Params::learned(kind);
            (params.weights, params.past, params.lift) = (learned.weights, learned.past, learned.lift);
        }
        spreads::teach(&mut params, &mut prepared);
        let _ = writeln!(
            source,
            "\n#[rustfmt::skip]\npub(super) static {name}: Params = Params {{\n    weights: ["
        );
        for row in params.weights {
            let _ = writeln!(source, "        [{}],", numbers(&row));
        }
        let _ = writeln!(
            source,
            "    ],\n    past: {:.4},\n    lift: [{}],\n    spread: [{}],\n    calibration: [",
            params.past,
            numbers(&params.lift),
            numbers(&params.spread)
        );
        for row in params.calibration {
            let _ = writeln!(source, "        [{}],", numbers(&row));
        }
        let _ = writeln!(source, "    ],\n}};");
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/learned/params.rs");
    std::fs::write(path, source.replace("[\n\n", "[\n")).unwrap_or_else(|error| eprintln!("{path}: {error}"));
}

fn numbers(values: &[f64]) -> String {
    let words: Vec<String> = values.iter().map(|value| format!("{value:.4}")).collect();
    words.join(", ")
}
