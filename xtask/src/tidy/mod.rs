//! The rules of the house that a machine can check without compiling. Refuses what rustfmt and clippy already do.

mod exceptions;
mod finding;
mod links;
mod migrations;
mod pins;
mod places;
mod rooms;
mod shape;
mod tables;
mod tokens;
mod tree;
mod words;

use finding::Finding;
use std::{io::Write as _, path::Path, process::ExitCode, time::Instant};
use tree::Tree;

/// Checks the tree at `root` and prints what is wrong, one line each.
///
/// # Errors
/// When the tree cannot be read, cargo does not answer or the terminal is gone.
pub fn run(root: &Path, warnings: bool) -> anyhow::Result<ExitCode> {
    let started = Instant::now();
    let tree = Tree::read(root)?;
    let graph = rooms::Graph::from_cargo(root)?;
    let findings = check(&tree, &graph);
    let refused = findings.iter().filter(|finding| finding.refuses).count();

    let mut out = std::io::stdout().lock();
    for finding in findings.iter().filter(|finding| finding.refuses || warnings) {
        writeln!(out, "{finding}")?;
    }
    let hint = if warnings || refused == findings.len() {
        ""
    } else {
        " (shown with --warnings)"
    };
    writeln!(
        out,
        "tidy: {} files, {refused} refused, {} warnings{hint}, {:.1} s",
        tree.files.len(),
        findings.len() - refused,
        started.elapsed().as_secs_f32(),
    )?;
    Ok(if refused == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// All findings, exceptions already taken off, in the order of paths and lines.
fn check(tree: &Tree, graph: &rooms::Graph) -> Vec<Finding> {
    let mut findings = rooms::check(tree, graph);
    findings.extend(shape::check(tree));
    findings.extend(places::check(tree));
    findings.extend(tables::check(tree));
    findings.extend(migrations::check(tree));
    findings.extend(words::check(tree));
    findings.extend(pins::check(tree));
    findings.extend(links::check(tree));
    let mut findings = exceptions::apply(tree, findings);
    findings.sort();
    findings
}
