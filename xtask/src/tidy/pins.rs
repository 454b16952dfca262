//! Versions are decided in one place and exactly. Refuses to know which version is good.

use crate::tidy::{finding::Finding, tree::Tree};
use std::collections::BTreeMap;

/// Only one version of these may be in the lock file: two would be two pools, two TLS stacks, two ideas of a request.
const SINGLE: [&str; 7] = [
    "axum",
    "hyper",
    "libsqlite3-sys",
    "redis",
    "reqwest",
    "rustls",
    "sqlx",
];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.under("") {
        if path.ends_with("/Cargo.toml") {
            check_manifest(path, text, &mut findings);
        } else if path.ends_with("package.json") && !path.starts_with("fixtures/") {
            check_package(tree, path, text, &mut findings);
        } else if path.ends_with("package-lock.json") {
            check_package_lock(path, text, &mut findings);
        }
    }
    check_lock(tree, &mut findings);
    findings
}

/// Members take every version, and the lints, from the workspace.
fn check_manifest(path: &str, text: &str, findings: &mut Vec<Finding>) {
    let mut section = "";
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.starts_with('[') {
            section = line.trim_matches(['[', ']']);
        } else if section.ends_with("dependencies") && !line.is_empty() && !line.starts_with('#') {
            let from_workspace = line.contains(".workspace = true") || line.contains("workspace = true");
            if !from_workspace {
                let message =
                    "write `name.workspace = true`: versions and features are decided in the root Cargo.toml";
                findings.push(Finding::refuse(path, index + 1, "pins", message));
            }
        }
    }
    if !text.contains("[lints]\nworkspace = true") {
        findings.push(Finding::refuse(
            path,
            0,
            "pins",
            "add `[lints]` with `workspace = true`",
        ));
    }
}

fn check_package(tree: &Tree, path: &str, text: &str, findings: &mut Vec<Finding>) {
    let folder = path.trim_end_matches("package.json");
    if tree.text(&format!("{folder}package-lock.json")).is_none() {
        findings.push(Finding::refuse(
            path,
            0,
            "pins",
            "package-lock.json is missing beside it: run npm install once",
        ));
    }
    let Ok(package) = serde_json::from_str::<serde_json::Value>(text) else {
        findings.push(Finding::refuse(path, 0, "pins", "this is not JSON"));
        return;
    };
    for section in ["dependencies", "devDependencies", "optionalDependencies"] {
        let Some(wanted) = package.get(section).and_then(serde_json::Value::as_object) else {
            continue;
        };
        for (name, version) in wanted {
            let exact = version.as_str().is_some_and(|version| {
                version.starts_with(|sign: char| sign.is_ascii_digit()) && !version.contains([' ', 'x', '|'])
            });
            if !exact {
                findings.push(Finding::refuse(
                    path,
                    0,
                    "pins",
                    format!("{name} is {version}: write one exact version"),
                ));
            }
        }
    }
}

fn check_package_lock(path: &str, text: &str, findings: &mut Vec<Finding>) {
    for (index, line) in text.lines().enumerate() {
        if line.contains("\"resolved\": \"http") {
            let message = "the lock file names a host: set omit-lockfile-registry-resolved=true in .npmrc and make it anew";
            findings.push(Finding::refuse(path, index + 1, "pins", message));
            return;
        }
    }
}

/// The lock file holds nothing that `deny.toml` bans, and one version of what must be one.
fn check_lock(tree: &Tree, findings: &mut Vec<Finding>) {
    let Some(lock) = tree.text("Cargo.lock") else {
        return;
    };
    let mut versions: BTreeMap<&str, usize> = BTreeMap::new();
    for name in lock.lines().filter_map(|line| line.strip_prefix("name = ")) {
        *versions.entry(name.trim_matches('"')).or_default() += 1;
    }
    for name in SINGLE {
        if versions.get(name).is_some_and(|count| *count > 1) {
            let message = format!(
                "{name} is there in two versions: find who brings the other with `cargo tree -i {name}`"
            );
            findings.push(Finding::refuse("Cargo.lock", 0, "pins", message));
        }
    }
    for name in tree.text("deny.toml").into_iter().flat_map(banned) {
        if versions.contains_key(name) {
            let message =
                format!("{name} is banned by deny.toml: find who brings it with `cargo tree -i {name}`");
            findings.push(Finding::refuse("Cargo.lock", 0, "pins", message));
        }
    }
}

/// Names on the lines `{ crate = "name", … }` of deny.toml.
fn banned(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .filter_map(|line| line.trim().strip_prefix("{ crate = \""))
        .filter_map(|rest| rest.split('"').next())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(files: &[(&str, &str)]) -> Vec<String> {
        check(&Tree::of(files)).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn members_take_versions_from_the_workspace() {
        let good = "[lints]\nworkspace = true\n\n[dependencies]\nserde.workspace = true\ntokio = { workspace = true, features = [\"fs\"] }\n";
        assert_eq!(said(&[("crates/a/Cargo.toml", good)]), [""; 0]);
        assert_eq!(
            said(&[(
                "crates/a/Cargo.toml",
                &good.replace("serde.workspace = true", "serde = \"1\"")
            )]),
            [
                "crates/a/Cargo.toml:5: pins: write `name.workspace = true`: versions and features are decided in the root Cargo.toml"
            ]
        );
    }

    #[test]
    fn members_take_the_lints_from_the_workspace() {
        assert_eq!(
            said(&[("crates/a/Cargo.toml", "[dependencies]\n")]),
            ["crates/a/Cargo.toml: pins: add `[lints]` with `workspace = true`"]
        );
    }

    #[test]
    fn front_end_versions_are_exact_and_locked() {
        assert_eq!(
            said(&[(
                "web/package.json",
                r#"{"devDependencies": {"esbuild": "^0.28.2", "htmx.org": "4.0.1"}}"#
            )]),
            [
                "web/package.json: pins: package-lock.json is missing beside it: run npm install once",
                "web/package.json: pins: esbuild is \"^0.28.2\": write one exact version",
            ]
        );
    }

    #[test]
    fn a_lock_file_names_no_host() {
        let lock = "{\n\"resolved\": \"https://example.org/a.tgz\"\n}";
        assert_eq!(said(&[("web/package-lock.json", lock)]).len(), 1);
    }

    #[test]
    fn banned_and_double_crates_are_refused() {
        let lock = "name = \"sqlx\"\nname = \"sqlx\"\nname = \"openssl-sys\"\n";
        assert_eq!(
            said(&[
                ("Cargo.lock", lock),
                (
                    "deny.toml",
                    "deny = [\n  { crate = \"openssl-sys\", reason = \"C\" },\n]\n"
                )
            ]),
            [
                "Cargo.lock: pins: sqlx is there in two versions: find who brings the other with `cargo tree -i sqlx`",
                "Cargo.lock: pins: openssl-sys is banned by deny.toml: find who brings it with `cargo tree -i openssl-sys`",
            ]
        );
    }
}
