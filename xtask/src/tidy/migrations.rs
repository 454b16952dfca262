//! Names, owners and comments of migrations. Refuses to compare the schemas: a test does that on the real engines.

use crate::tidy::{finding::Finding, tree::Tree};
use std::collections::BTreeMap;

pub const ROOT: &str = "crates/store/migrations/";
const ENGINES: [&str; 2] = ["sqlite", "postgres"];
/// Columns that one comment may speak for.
const MOST_SHARED: usize = 5;

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut engines_of: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (path, text) in tree.under(ROOT) {
        let Some((engine, name)) = path.strip_prefix(ROOT).and_then(|rest| rest.split_once('/')) else {
            continue;
        };
        engines_of.entry(name).or_default().push(engine);
        check_file(tree, path, name, text, &mut findings);
    }
    let mut last = 0;
    for (name, engines) in &engines_of {
        for engine in ENGINES.iter().filter(|engine| !engines.contains(engine)) {
            let message = format!("{name} is missing: both engines have the same migrations");
            findings.push(Finding::refuse(
                &format!("{ROOT}{engine}/{name}"),
                0,
                "migrations",
                message,
            ));
        }
        let number = name
            .split('_')
            .next()
            .and_then(|digits| digits.parse::<u32>().ok())
            .unwrap_or(0);
        if number <= last {
            let message = format!("number {number} is taken: migrations go forward, take the next one");
            findings.push(Finding::refuse(
                &format!("{ROOT}sqlite/{name}"),
                0,
                "migrations",
                message,
            ));
        }
        last = last.max(number);
    }
    findings
}

fn check_file(tree: &Tree, path: &str, name: &str, text: &str, findings: &mut Vec<Finding>) {
    let digits = name.split('_').next().unwrap_or_default();
    if digits.len() != 4
        || digits.parse::<u32>().is_err()
        || !name.ends_with(".sql")
        || name.ends_with(".down.sql")
    {
        findings.push(Finding::refuse(
            path,
            0,
            "migrations",
            "name it NNNN_what.sql; there is no way back",
        ));
    }
    match owner(text) {
        None => findings.push(Finding::refuse(
            path,
            1,
            "migrations",
            "the first line is `-- owner: ROOM. One sentence.`",
        )),
        Some(owner) if !tree.has(&format!("crates/{owner}")) => {
            findings.push(Finding::refuse(
                path,
                1,
                "migrations",
                format!("the owner {owner} is no crate of ours"),
            ));
        }
        Some(_) => {}
    }
    check_columns(path, text, findings);
}

/// The room named on the first line.
pub fn owner(text: &str) -> Option<&str> {
    let rest = text.lines().next()?.strip_prefix("-- owner: ")?;
    let (owner, _) = rest.split_once('.')?;
    Some(owner.trim()).filter(|owner| !owner.is_empty())
}

/// Every column of a table stands under a sentence.
fn check_columns(path: &str, text: &str, findings: &mut Vec<Finding>) {
    let mut in_table = false;
    let mut shared = MOST_SHARED;
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.starts_with("CREATE TABLE") {
            in_table = !line.ends_with(';');
            shared = MOST_SHARED;
        } else if !in_table {
        } else if line.starts_with(')') {
            in_table = false;
        } else if line.starts_with("--") {
            shared = 0;
        } else if is_column(line) {
            if shared >= MOST_SHARED {
                let name = line.split(' ').next().unwrap_or_default();
                findings.push(Finding::refuse(
                    path,
                    index + 1,
                    "migrations",
                    format!("column {name} needs a sentence above it (one speaks for {MOST_SHARED} at most)"),
                ));
            }
            shared += 1;
        }
    }
}

/// A line that begins a column: a small-letter name, then a type.
fn is_column(line: &str) -> bool {
    let mut words = line.split(' ');
    let name = words.next().unwrap_or_default();
    let kind = words.next().unwrap_or_default().trim_end_matches(',');
    let named = !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    named
        && [
            "TEXT", "INTEGER", "BIGINT", "BOOLEAN", "REAL", "DOUBLE", "BLOB", "BYTEA",
        ]
        .contains(&kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "-- owner: prices. Prices.\nCREATE TABLE prices (\n    -- Id.\n    id TEXT NOT NULL PRIMARY KEY\n) STRICT;\n";

    fn said(files: &[(&str, &str)]) -> Vec<String> {
        let mut all = vec![("crates/prices/src/lib.rs", "//! A.")];
        all.extend_from_slice(files);
        check(&Tree::of(&all)).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_same_migration_in_both_folders_passes() {
        assert_eq!(
            said(&[
                ("crates/store/migrations/sqlite/0001_a.sql", GOOD),
                ("crates/store/migrations/postgres/0001_a.sql", GOOD)
            ]),
            [""; 0]
        );
    }

    #[test]
    fn a_missing_half_and_a_taken_number_are_refused() {
        assert_eq!(
            said(&[
                ("crates/store/migrations/sqlite/0001_a.sql", GOOD),
                ("crates/store/migrations/sqlite/0001_b.sql", GOOD),
                ("crates/store/migrations/postgres/0001_a.sql", GOOD),
            ]),
            [
                "crates/store/migrations/postgres/0001_b.sql: migrations: 0001_b.sql is missing: both engines have the same migrations",
                "crates/store/migrations/sqlite/0001_b.sql: migrations: number 1 is taken: migrations go forward, take the next one",
            ]
        );
    }

    #[test]
    fn an_owner_and_a_sentence_for_each_column_are_wanted() {
        let bad = "CREATE TABLE prices (\n    id TEXT NOT NULL,\n    -- Name.\n    name TEXT\n) STRICT;\n";
        assert_eq!(
            said(&[
                ("crates/store/migrations/sqlite/0001_a.sql", bad),
                ("crates/store/migrations/postgres/0001_a.sql", GOOD)
            ]),
            [
                "crates/store/migrations/sqlite/0001_a.sql:1: migrations: the first line is `-- owner: ROOM. One sentence.`",
                "crates/store/migrations/sqlite/0001_a.sql:2: migrations: column id needs a sentence above it (one speaks for 5 at most)",
            ]
        );
    }

    #[test]
    fn an_owner_that_does_not_exist_is_refused() {
        let other = GOOD.replace("prices.", "orders.");
        let said = said(&[
            ("crates/store/migrations/sqlite/0001_a.sql", &other),
            ("crates/store/migrations/postgres/0001_a.sql", GOOD),
        ]);
        assert_eq!(
            said,
            ["crates/store/migrations/sqlite/0001_a.sql:1: migrations: the owner orders is no crate of ours"]
        );
    }
}
