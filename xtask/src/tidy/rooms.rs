//! Compares the graph of our crates with the room table of `ARCHITECTURE.md`. Refuses to derive one from the other.

use crate::tidy::{finding::Finding, tree::Tree};
use anyhow::Context as _;
use cargo_metadata::{DependencyKind, MetadataCommand};
use std::{collections::BTreeMap, path::Path};

const PATH: &str = "ARCHITECTURE.md";
const PREFIX: &str = "sauda-";

/// What the crates of the workspace ask for in their manifests.
#[derive(Debug, Default)]
pub struct Graph {
    pub crates: Vec<Crate>,
}

/// One crate of ours, by the name of its folder.
#[derive(Debug, Default)]
pub struct Crate {
    pub name: String,
    /// Our crates under `[dependencies]` and `[build-dependencies]`.
    pub uses: Vec<String>,
    /// Our crates under `[dev-dependencies]`.
    pub tests_with: Vec<String>,
    /// Other people's crates under `[dependencies]`.
    pub outside: Vec<String>,
}

impl Graph {
    /// Asks cargo, without the network and without resolving anything.
    ///
    /// # Errors
    /// When cargo does not answer or a manifest is broken.
    pub fn from_cargo(root: &Path) -> anyhow::Result<Self> {
        let metadata = MetadataCommand::new()
            .manifest_path(root.join("Cargo.toml"))
            .no_deps()
            .exec()
            .context("cargo metadata failed")?;
        let mut graph = Self::default();
        for package in &metadata.packages {
            let Some(name) = package.name.strip_prefix(PREFIX) else {
                continue;
            };
            let mut room = Crate {
                name: name.to_owned(),
                ..Crate::default()
            };
            for dependency in &package.dependencies {
                match (dependency.name.strip_prefix(PREFIX), dependency.kind) {
                    (Some(ours), DependencyKind::Development) => room.tests_with.push(ours.to_owned()),
                    (Some(ours), _) => room.uses.push(ours.to_owned()),
                    (None, DependencyKind::Normal) => room.outside.push(dependency.name.clone()),
                    (None, _) => {}
                }
            }
            graph.crates.push(room);
        }
        Ok(graph)
    }
}

/// A row of the room table.
struct Room<'a> {
    line: usize,
    kind: &'a str,
    may_use: Vec<&'a str>,
}

/// The rows between two markers: line number and cells.
fn rows<'a>(text: &'a str, name: &str) -> Vec<(usize, Vec<&'a str>)> {
    let (begin, end) = (format!("<!-- {name} -->"), format!("<!-- /{name} -->"));
    text.lines()
        .enumerate()
        .skip_while(|(_, line)| line.trim() != begin)
        .take_while(|(_, line)| line.trim() != end)
        .filter(|(_, line)| line.starts_with('|'))
        .skip(2)
        .map(|(index, line)| {
            (
                index + 1,
                line.trim_matches('|').split('|').map(str::trim).collect(),
            )
        })
        .collect()
}

/// The words in back quotes.
fn quoted(cell: &str) -> Vec<&str> {
    cell.split('`')
        .skip(1)
        .step_by(2)
        .map(|word| word.trim_start_matches("crates/"))
        .collect()
}

pub fn check(tree: &Tree, graph: &Graph) -> Vec<Finding> {
    let text = tree.text(PATH).unwrap_or_default();
    let mut findings = Vec::new();
    let mut rooms = BTreeMap::new();
    for (line, cells) in rows(text, "rooms") {
        let [name, kind, _, may_use] = cells.as_slice() else {
            findings.push(Finding::refuse(
                PATH,
                line,
                "rooms",
                "a row has four cells: room, kind, what lives here, may use",
            ));
            continue;
        };
        for name in quoted(name) {
            rooms.insert(
                name,
                Room {
                    line,
                    kind,
                    may_use: quoted(may_use),
                },
            );
        }
    }
    if rooms.is_empty() {
        findings.push(Finding::refuse(
            PATH,
            0,
            "rooms",
            "the table between <!-- rooms --> and <!-- /rooms --> is missing",
        ));
        return findings;
    }
    for room in &graph.crates {
        check_room(tree, room, &rooms, &mut findings);
    }
    for (name, room) in &rooms {
        if !graph.crates.iter().any(|built| built.name == *name) {
            let message = format!("there is no crate {name}: take it out of the table until it is built");
            findings.push(Finding::refuse(PATH, room.line, "rooms", message));
        }
    }
    check_outside(text, graph, &mut findings);
    findings
}

fn check_room(tree: &Tree, room: &Crate, rooms: &BTreeMap<&str, Room<'_>>, findings: &mut Vec<Finding>) {
    let manifest = format!("crates/{}/Cargo.toml", room.name);
    let Some(row) = rooms.get(room.name.as_str()) else {
        let message = format!(
            "{} is not in the room table of {PATH}: add it there first, with a reason",
            room.name
        );
        findings.push(Finding::refuse(&manifest, 0, "rooms", message));
        return;
    };
    for used in room
        .uses
        .iter()
        .filter(|used| !row.may_use.contains(&used.as_str()))
    {
        let message = format!(
            "{} may not use {used}: the room table of {PATH} does not say so; send the fact as an event, or change the table first",
            room.name
        );
        findings.push(Finding::refuse(&manifest, 0, "rooms", message));
    }
    for used in &room.tests_with {
        let open = ["channel", "market", "sim", "store", "testkit"].contains(&used.as_str())
            || used.starts_with("market-")
            || used.starts_with("channel-");
        if !open && !row.may_use.contains(&used.as_str()) {
            let message = format!(
                "tests of {} may not use {used}: only channel, market, sim, store, testkit and clients of the outside are open to tests",
                room.name
            );
            findings.push(Finding::refuse(&manifest, 0, "rooms", message));
        }
    }
    let readme = format!("crates/{}/README.md", room.name);
    if row.kind == "capability" && tree.text(&readme).is_none() {
        let message = "a capability has a README.md: purpose, words, tables, invariants, jobs, events";
        findings.push(Finding::refuse(&readme, 0, "rooms", message));
    }
}

/// Crates of others that are kept in few rooms: `| outside crate | only in |`.
fn check_outside(text: &str, graph: &Graph, findings: &mut Vec<Finding>) {
    for (line, cells) in rows(text, "kept crates") {
        let [names, only_in, ..] = cells.as_slice() else {
            findings.push(Finding::refuse(
                PATH,
                line,
                "rooms",
                "a row names the crates and the rooms that may use them",
            ));
            continue;
        };
        let (names, only_in) = (quoted(names), quoted(only_in));
        for room in graph
            .crates
            .iter()
            .filter(|room| !only_in.contains(&room.name.as_str()))
        {
            for name in room.outside.iter().filter(|name| names.contains(&name.as_str())) {
                let message = format!(
                    "{} may not use {name}: {PATH} keeps it in {}",
                    room.name,
                    only_in.join(", ")
                );
                findings.push(Finding::refuse(
                    &format!("crates/{}/Cargo.toml", room.name),
                    0,
                    "rooms",
                    message,
                ));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "# Map\n<!-- rooms -->\n| Room | Kind | Lives | May use |\n| --- | --- | --- | --- |\n| `crates/kernel` | ground | words | nothing |\n| `crates/prices` | capability | prices | `kernel` |\n<!-- /rooms -->\n<!-- kept crates -->\n| Crate | Only in |\n| --- | --- |\n| `sqlx` | `store` |\n<!-- /kept crates -->\n";

    fn room(name: &str, uses: &[&str]) -> Crate {
        Crate {
            name: name.to_owned(),
            uses: uses.iter().map(ToString::to_string).collect(),
            ..Crate::default()
        }
    }

    fn said(crates: Vec<Crate>) -> Vec<String> {
        let tree = Tree::of(&[(PATH, TABLE), ("crates/prices/README.md", "# prices")]);
        check(&tree, &Graph { crates })
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    #[test]
    fn a_graph_that_follows_the_table_passes() {
        assert_eq!(
            said(vec![room("kernel", &[]), room("prices", &["kernel"])]),
            [""; 0]
        );
    }

    #[test]
    fn a_door_that_is_not_in_the_table_is_refused() {
        assert_eq!(
            said(vec![room("kernel", &["prices"]), room("prices", &[])]),
            [
                "crates/kernel/Cargo.toml: rooms: kernel may not use prices: the room table of ARCHITECTURE.md does not say so; send the fact as an event, or change the table first"
            ]
        );
    }

    #[test]
    fn a_room_without_a_row_and_a_row_without_a_room_are_refused() {
        assert_eq!(
            said(vec![room("kernel", &[]), room("orders", &[])]),
            [
                "crates/orders/Cargo.toml: rooms: orders is not in the room table of ARCHITECTURE.md: add it there first, with a reason",
                "ARCHITECTURE.md:6: rooms: there is no crate prices: take it out of the table until it is built",
            ]
        );
    }

    #[test]
    fn tests_may_use_the_pretend_world_but_no_later_capability() {
        let mut kernel = room("kernel", &[]);
        kernel.tests_with = vec![
            "sim".to_owned(),
            "testkit".to_owned(),
            "market-kaspi".to_owned(),
            "prices".to_owned(),
        ];
        assert_eq!(
            said(vec![kernel, room("prices", &[])]),
            [
                "crates/kernel/Cargo.toml: rooms: tests of kernel may not use prices: only channel, market, sim, store, testkit and clients of the outside are open to tests"
            ]
        );
    }

    #[test]
    fn a_kept_crate_stays_in_its_room() {
        let mut prices = room("prices", &[]);
        prices.outside = vec!["sqlx".to_owned()];
        assert_eq!(
            said(vec![room("kernel", &[]), prices]),
            ["crates/prices/Cargo.toml: rooms: prices may not use sqlx: ARCHITECTURE.md keeps it in store"]
        );
    }

    #[test]
    fn a_capability_without_a_readme_is_refused() {
        let tree = Tree::of(&[(PATH, TABLE)]);
        let findings = check(
            &tree,
            &Graph {
                crates: vec![room("kernel", &[]), room("prices", &[])],
            },
        );
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].path, "crates/prices/README.md");
    }
}
