//! Sizes, first lines and names of source files. Refuses to judge what is in them.

use crate::tidy::{finding::Finding, tokens::is_test_file, tree::Tree};

const MOST_LINES: usize = 600;
const MOST_TEST_LINES: usize = 800;
const THINK_AT_LINES: usize = 400;
const MOST_FUNCTION_LINES: usize = 60;
const EMPTY_NAMES: [&str; 8] = [
    "util", "utils", "helper", "helpers", "common", "misc", "manager", "managers",
];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for path in &tree.unreadable {
        findings.push(Finding::refuse(
            path,
            0,
            "rust",
            "this is not Rust: a bracket or a quote is not closed",
        ));
    }
    for (path, text) in tree.under("") {
        if written_by_hand(path) {
            check_size(path, text, &mut findings);
            check_opening(path, text, &mut findings);
            check_name(path, &mut findings);
        }
    }
    for (path, source) in &tree.rust {
        for function in &source.functions {
            if function.lines > MOST_FUNCTION_LINES && !function.test {
                let message = format!(
                    "fn {} has {} lines, aim at {MOST_FUNCTION_LINES}: split it by responsibility",
                    function.name, function.lines
                );
                findings.push(Finding::warn(path, function.line, "function-size", message));
            }
        }
        for name in EMPTY_NAMES {
            for line in source.places(&["mod", name], true) {
                findings.push(Finding::refuse(
                    path,
                    line,
                    "names",
                    format!("mod {name} says nothing: name it by what it is for"),
                ));
            }
        }
    }
    findings
}

fn written_by_hand(path: &str) -> bool {
    let kind = [".rs", ".js", ".mjs", ".css", ".html", ".sh"]
        .iter()
        .any(|ending| path.ends_with(ending));
    kind && !path.starts_with("fixtures/") && !path.contains("/data/")
}

fn check_size(path: &str, text: &str, findings: &mut Vec<Finding>) {
    let lines = text.lines().count();
    let most = if is_test_file(path) {
        MOST_TEST_LINES
    } else {
        MOST_LINES
    };
    if lines > most {
        let message = format!("{lines} lines, at most {most}: split it by responsibility");
        findings.push(Finding::refuse(path, 0, "file-size", message));
    } else if lines > THINK_AT_LINES && !is_test_file(path) {
        findings.push(Finding::warn(
            path,
            0,
            "file-size",
            format!("{lines} lines: think about two files"),
        ));
    }
}

/// The first line says what the file is: `//!` in Rust, any comment elsewhere.
fn check_opening(path: &str, text: &str, findings: &mut Vec<Finding>) {
    let first = text.lines().next().unwrap_or_default();
    let (good, wanted) = if path.ends_with(".rs") {
        (first.starts_with("//! "), "//! ")
    } else if path.ends_with(".html") {
        (first.starts_with("{#"), "{# … #}")
    } else {
        (
            ["//", "/*", "#!", "# "]
                .iter()
                .any(|sign| first.starts_with(sign)),
            "a comment",
        )
    };
    if good {
        return;
    }
    let message =
        format!("the file must open with {wanted}: one sentence, what it is and what it refuses to be");
    // A template says much by its name already.
    let finding = if path.ends_with(".html") {
        Finding::warn
    } else {
        Finding::refuse
    };
    findings.push(finding(path, 1, "opening", message));
}

fn check_name(path: &str, findings: &mut Vec<Finding>) {
    for part in path.split('/') {
        let stem = part.split('.').next().unwrap_or_default();
        if EMPTY_NAMES.contains(&stem) {
            findings.push(Finding::refuse(
                path,
                0,
                "names",
                format!("{stem} says nothing: name it by what it is for"),
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(files: &[(&str, &str)]) -> Vec<String> {
        check(&Tree::of(files)).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_file_with_an_opening_sentence_and_few_lines_passes() {
        assert_eq!(
            said(&[("crates/a/src/lib.rs", "//! Prices. Refuses to know shops.\n")]),
            [""; 0]
        );
    }

    #[test]
    fn a_long_file_is_refused_at_its_limit() {
        let lines = |count: usize| format!("//! A.\n{}", "\n".repeat(count - 1));
        assert_eq!(
            said(&[("crates/a/src/lib.rs", &lines(601))]),
            ["crates/a/src/lib.rs: file-size: 601 lines, at most 600: split it by responsibility"]
        );
        assert_eq!(
            said(&[("crates/a/src/lib.rs", &lines(600))]),
            ["crates/a/src/lib.rs: warning: file-size: 600 lines: think about two files"]
        );
        assert_eq!(said(&[("crates/a/tests/it/b.rs", &lines(800))]), [""; 0]);
        assert_eq!(
            said(&[("crates/a/tests/it/b.rs", &lines(801))]),
            ["crates/a/tests/it/b.rs: file-size: 801 lines, at most 800: split it by responsibility"]
        );
    }

    #[test]
    fn a_file_without_its_sentence_is_refused() {
        assert_eq!(
            said(&[("crates/a/src/lib.rs", "use b;\n")]),
            [
                "crates/a/src/lib.rs:1: opening: the file must open with //! : one sentence, what it is and what it refuses to be"
            ]
        );
    }

    #[test]
    fn empty_names_are_refused_as_files_and_as_modules() {
        assert_eq!(
            said(&[("crates/a/src/utils.rs", "//! A.\nmod helpers {}\n")]),
            [
                "crates/a/src/utils.rs: names: utils says nothing: name it by what it is for",
                "crates/a/src/utils.rs:2: names: mod helpers says nothing: name it by what it is for",
            ]
        );
    }

    #[test]
    fn a_long_function_is_a_warning() {
        let text = format!("//! A.\nfn long() {{\n{}}}\n", "a();\n".repeat(59));
        assert_eq!(
            said(&[("crates/a/src/lib.rs", &text)]),
            [
                "crates/a/src/lib.rs:2: warning: function-size: fn long has 61 lines, aim at 60: split it by responsibility"
            ]
        );
    }

    #[test]
    fn broken_rust_is_named() {
        assert_eq!(
            said(&[("crates/a/src/lib.rs", "//! A.\nfn a() {\n")]),
            ["crates/a/src/lib.rs: rust: this is not Rust: a bracket or a quote is not closed"]
        );
    }
}
