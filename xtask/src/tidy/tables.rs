//! A table is written by exactly one room. Refuses to parse SQL: it looks for the words after INSERT INTO, UPDATE and DELETE FROM.

use crate::tidy::{
    finding::Finding,
    migrations,
    tokens::{Source, is_test_file},
    tree::Tree,
};
use std::collections::BTreeMap;

const WRITES: [&str; 3] = ["INSERT INTO ", "DELETE FROM ", "UPDATE "];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let owners = owners(tree);
    let mut findings = Vec::new();
    for (path, source) in &tree.rust {
        let room = path
            .strip_prefix("crates/")
            .and_then(|rest| rest.split('/').next());
        if let Some(room) = room.filter(|_| !is_test_file(path)) {
            check_file(path, room, source, &owners, &mut findings);
        }
    }
    findings
}

/// Which room declared each table.
fn owners(tree: &Tree) -> BTreeMap<&str, &str> {
    let mut owners = BTreeMap::new();
    for (_, text) in tree.under(migrations::ROOT) {
        let Some(owner) = migrations::owner(text) else {
            continue;
        };
        for line in text.lines() {
            if let Some(rest) = line.strip_prefix("CREATE TABLE ") {
                let name = rest
                    .trim_start_matches("IF NOT EXISTS ")
                    .split([' ', '('])
                    .next()
                    .unwrap_or_default();
                owners.insert(name, owner);
            }
        }
    }
    owners
}

fn check_file(
    path: &str,
    room: &str,
    source: &Source,
    owners: &BTreeMap<&str, &str>,
    findings: &mut Vec<Finding>,
) {
    for three in source.tokens.windows(4) {
        let [name, bang, _, literal] = three else { continue };
        if !(name.text == "sql" || name.text == "sql_part") || bang.text != "!" || literal.test {
            continue;
        }
        for table in written(&literal.text) {
            if let Some(owner) = owners.get(table).filter(|owner| **owner != room) {
                let message =
                    format!("{room} writes {table}, which {owner} owns: call its service, or send an event");
                findings.push(Finding::refuse(path, literal.line, "tables", message));
            }
        }
    }
}

fn written(statement: &str) -> Vec<&str> {
    let mut tables = Vec::new();
    for write in WRITES {
        for (at, _) in statement.match_indices(write) {
            // `ON CONFLICT … DO UPDATE SET` and `FOR UPDATE` write nothing of their own.
            let rest = statement.get(at + write.len()..).unwrap_or_default();
            let name = rest
                .split(|sign: char| !sign.is_ascii_alphanumeric() && sign != '_')
                .next()
                .unwrap_or_default();
            if !name.is_empty() && name != "SET" {
                tables.push(name);
            }
        }
    }
    tables
}

#[cfg(test)]
mod tests {
    use super::*;

    const MIGRATION: (&str, &str) = (
        "crates/store/migrations/sqlite/0001_a.sql",
        "-- owner: prices. A.\nCREATE TABLE prices (\n",
    );

    fn said(path: &str, text: &str) -> Vec<String> {
        check(&Tree::of(&[MIGRATION, (path, text)]))
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    #[test]
    fn the_owner_writes_its_table_and_others_read_it() {
        assert_eq!(
            said(
                "crates/prices/src/store.rs",
                "fn a() { sql!(\"UPDATE prices SET a = $1\"); }"
            ),
            [""; 0]
        );
        assert_eq!(
            said(
                "crates/orders/src/store.rs",
                "fn a() { sql!(\"SELECT a FROM prices FOR UPDATE\"); }"
            ),
            [""; 0]
        );
    }

    #[test]
    fn a_stranger_that_writes_is_refused() {
        for statement in [
            "INSERT INTO prices (a) VALUES ($1) ON CONFLICT (a) DO UPDATE SET a = $1",
            "UPDATE prices SET a = 1",
            "DELETE FROM prices",
        ] {
            assert_eq!(
                said(
                    "crates/orders/src/store.rs",
                    &format!("fn a() {{ sql!(\"{statement}\"); }}")
                ),
                [
                    "crates/orders/src/store.rs:1: tables: orders writes prices, which prices owns: call its service, or send an event"
                ]
            );
        }
    }
}
