//! Acts that belong to few places: reading the clock, the environment, building clients, SQL. Refuses to follow types:
//! it looks at tokens, so a renamed import would slip through, and review has to see that.

use crate::tidy::{
    finding::Finding,
    tokens::{Source, is_test_file},
    tree::Tree,
};

/// An act, where it may be done, and what to do elsewhere.
struct Place {
    rule: &'static str,
    patterns: &'static [&'static [&'static str]],
    /// Beginnings of paths where it is at home.
    home: &'static [&'static str],
    /// Whether test code may not do it either.
    tests_too: bool,
    instead: &'static str,
}

const PLACES: &[Place] = &[
    Place {
        rule: "clock",
        patterns: &[
            &["SystemTime", "::", "now"],
            &["Utc", "::", "now"],
            &["Local", "::", "now"],
        ],
        home: &["crates/kernel/src/clock.rs"],
        tests_too: false,
        instead: "take the time from the injected Clock",
    },
    Place {
        rule: "machine",
        patterns: &[&["SystemClock"], &["SystemIds"]],
        home: &["crates/kernel/", "crates/app/", "crates/sim/"],
        tests_too: false,
        instead: "take a Clock and Ids from the caller; only the binary chooses those of the machine",
    },
    Place {
        rule: "environment",
        patterns: &[
            &["env", "::", "var"],
            &["env", "::", "vars"],
            &["env", "::", "var_os"],
            &["env", "::", "vars_os"],
        ],
        home: &[
            "crates/app/src/config",
            "crates/app/build.rs",
            "crates/web/build.rs",
            "crates/store/build.rs",
            "crates/edge/build.rs",
        ],
        tests_too: false,
        instead: "the environment is read in the configuration of the binary only: take a setting",
    },
    Place {
        rule: "http-client",
        patterns: &[
            &["Client", "::", "new"],
            &["Client", "::", "builder"],
            &["ClientBuilder", "::", "new"],
            &["reqwest", "::", "get"],
        ],
        home: &[
            "crates/market-",
            "crates/channel-",
            "crates/llm/",
            "crates/payments/",
        ],
        tests_too: false,
        instead: "only clients of the outside world build HTTP clients, with timeouts, limits and a way out",
    },
    Place {
        rule: "spawn",
        patterns: &[
            &["tokio", "::", "spawn"],
            &["task", "::", "spawn"],
            &["thread", "::", "spawn"],
            &["spawn_local"],
            &["task", "::", "spawn_local"],
        ],
        home: &["crates/app/", "crates/jobs/", "crates/cluster/", "crates/sim/"],
        tests_too: false,
        instead: "nobody would wait for this task when the program stops: make it a job, or hand it to the supervisor of the binary",
    },
    Place {
        rule: "exit",
        patterns: &[&["process", "::", "exit"], &["process", "::", "abort"]],
        home: &["crates/app/src/main.rs"],
        tests_too: true,
        instead: "return an error or an ExitCode, so that what is open can be closed",
    },
    Place {
        rule: "database",
        patterns: &[&["sqlx", "::"]],
        home: &["crates/store/"],
        tests_too: false,
        instead: "speak to the database through sauda-store",
    },
];

/// Types of axum that answer with axum's own words instead of our problem documents.
const BARE: [&str; 4] = ["Json", "Path", "Query", "Form"];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, source) in tree.rust.iter().filter(|(path, _)| path.starts_with("crates/")) {
        for place in PLACES {
            check_place(path, source, place, &mut findings);
        }
        check_sql(path, source, &mut findings);
        check_extractors(path, source, &mut findings);
        check_attributes(path, source, &mut findings);
        check_sleep(path, source, &mut findings);
    }
    findings
}

fn check_place(path: &str, source: &Source, place: &Place, findings: &mut Vec<Finding>) {
    if place.home.iter().any(|home| path.starts_with(home)) || (is_test_file(path) && !place.tests_too) {
        return;
    }
    let mut lines: Vec<usize> = Vec::new();
    for pattern in place.patterns {
        lines.extend(source.places(pattern, place.tests_too));
    }
    lines.sort_unstable();
    lines.dedup();
    for line in lines {
        findings.push(Finding::refuse(path, line, place.rule, place.instead));
    }
}

fn check_sql(path: &str, source: &Source, findings: &mut Vec<Finding>) {
    let home = path.ends_with("/store.rs")
        || (path.contains("/src/") && path.contains("/store/"))
        || path.starts_with("crates/store/");
    if home || is_test_file(path) {
        return;
    }
    for pattern in [["sql", "!"], ["sql_part", "!"]] {
        for line in source.places(&pattern, false) {
            let message = "SQL lives in store.rs or store/ of the capability that owns the table";
            findings.push(Finding::refuse(path, line, "sql", message));
        }
    }
}

fn check_extractors(path: &str, source: &Source, findings: &mut Vec<Finding>) {
    if path.starts_with("crates/edge/") || path.starts_with("crates/sim/") || is_test_file(path) {
        return;
    }
    let tokens = &source.tokens;
    for (index, token) in tokens.iter().enumerate() {
        if token.text != "axum" || token.test {
            continue;
        }
        let in_use = index
            .checked_sub(1)
            .and_then(|before| tokens.get(before))
            .is_some_and(|before| before.text == "use");
        // Elsewhere a path is at most `axum :: extract :: Json`.
        let reach = if in_use { usize::MAX } else { 5 };
        let path_tokens = tokens
            .iter()
            .skip(index)
            .take(reach)
            .take_while(|token| token.text != ";");
        for bare in path_tokens.filter(|token| BARE.contains(&token.text.as_str())) {
            let message = format!(
                "axum's {} answers in words of its own: use the strict one of sauda-edge",
                bare.text
            );
            findings.push(Finding::refuse(path, bare.line, "extractors", message));
        }
    }
}

/// `#[allow(…)]`, `#[expect(…)]` without a reason, `#[ignore]`.
fn check_attributes(path: &str, source: &Source, findings: &mut Vec<Finding>) {
    let tokens = &source.tokens;
    for (index, token) in tokens.iter().enumerate().filter(|(_, token)| token.text == "#") {
        let mut rest = tokens.iter().skip(index + 1).filter(|token| token.text != "!");
        if rest.next().is_none_or(|open| open.text != "[") {
            continue;
        }
        let inner: Vec<&str> = rest
            .take_while(|token| token.text != "]")
            .map(|token| token.text.as_str())
            .collect();
        let asks =
            |name: &str| inner.first() == Some(&name) || inner.windows(2).any(|two| two == [name, "("]);
        if asks("allow") {
            findings.push(Finding::refuse(
                path,
                token.line,
                "allow",
                "write #[expect(lint, reason = \"…\")]: it goes away when it is no longer needed",
            ));
        }
        if asks("expect") && !inner.contains(&"reason") {
            findings.push(Finding::refuse(
                path,
                token.line,
                "allow",
                "#[expect] needs a reason = \"…\"",
            ));
        }
        if inner.first() == Some(&"ignore") {
            findings.push(Finding::refuse(
                path,
                token.line,
                "ignore",
                "an ignored test proves nothing: mend it or remove it",
            ));
        }
    }
}

/// Tests wait for a condition with a limit; the test kit has `until`.
fn check_sleep(path: &str, source: &Source, findings: &mut Vec<Finding>) {
    if path.starts_with("crates/testkit/") {
        return;
    }
    let tokens = &source.tokens;
    for (index, token) in tokens
        .iter()
        .enumerate()
        .filter(|(_, token)| token.test && token.text == "sleep")
    {
        let called = tokens.get(index + 1).is_some_and(|next| next.text == "(");
        let defined = index
            .checked_sub(1)
            .and_then(|before| tokens.get(before))
            .is_some_and(|before| before.text == "fn");
        if called && !defined {
            findings.push(Finding::refuse(
                path,
                token.line,
                "sleep",
                "tests do not sleep: wait for a condition with sauda_testkit::until",
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(path: &str, text: &str) -> Vec<(&'static str, usize)> {
        check(&Tree::of(&[(path, text)]))
            .iter()
            .map(|finding| (finding.rule, finding.line))
            .collect()
    }

    #[test]
    fn acts_are_refused_outside_their_places() {
        let text = "fn a() {\n SystemTime::now();\n std::env::var(\"A\");\n reqwest::Client::new();\n tokio::spawn(b);\n std::process::exit(1);\n SystemClock;\n sqlx::query(\"\");\n}";
        assert_eq!(
            rules("crates/pricing/src/check.rs", text),
            [
                ("clock", 2),
                ("machine", 7),
                ("environment", 3),
                ("http-client", 4),
                ("spawn", 5),
                ("exit", 6),
                ("database", 8)
            ]
        );
    }

    #[test]
    fn acts_are_at_home_in_their_places_and_in_tests() {
        assert_eq!(
            rules("crates/kernel/src/clock.rs", "fn a() { SystemTime::now(); }"),
            []
        );
        assert_eq!(
            rules("crates/app/src/config/read.rs", "fn a() { env::var(\"A\"); }"),
            []
        );
        assert_eq!(
            rules(
                "crates/market-kaspi/src/client.rs",
                "fn a() { Client::builder(); }"
            ),
            []
        );
        assert_eq!(
            rules(
                "crates/pricing/tests/it/a.rs",
                "fn a() { env::var(\"A\"); tokio::spawn(b); }"
            ),
            []
        );
    }

    #[test]
    fn sql_is_refused_outside_store_files() {
        assert_eq!(
            rules("crates/pricing/src/service.rs", "fn a() { sql!(\"SELECT 1\"); }"),
            [("sql", 1)]
        );
        assert_eq!(
            rules("crates/pricing/src/store.rs", "fn a() { sql!(\"SELECT 1\"); }"),
            []
        );
        assert_eq!(
            rules(
                "crates/pricing/src/store/offers.rs",
                "fn a() { sql!(\"SELECT 1\"); }"
            ),
            []
        );
    }

    #[test]
    fn bare_extractors_are_refused_outside_edge() {
        assert_eq!(
            rules(
                "crates/api/src/a.rs",
                "use axum::{\n Router,\n extract::{Path, State},\n};"
            ),
            [("extractors", 3)]
        );
        assert_eq!(
            rules("crates/api/src/a.rs", "fn a(b: axum::extract::Json<C>) {}"),
            [("extractors", 1)]
        );
        assert_eq!(
            rules("crates/api/src/a.rs", "use axum::Router; use std::path::Path;"),
            []
        );
        assert_eq!(rules("crates/edge/src/a.rs", "use axum::extract::Path;"), []);
    }

    #[test]
    fn attributes_need_reasons() {
        assert_eq!(rules("crates/a/src/a.rs", "#![allow(dead_code)]"), [("allow", 1)]);
        assert_eq!(
            rules("crates/a/src/a.rs", "#[cfg_attr(x, allow(dead_code))] fn a() {}"),
            [("allow", 1)]
        );
        assert_eq!(
            rules("crates/a/src/a.rs", "#[expect(dead_code)] fn a() {}"),
            [("allow", 1)]
        );
        assert_eq!(
            rules(
                "crates/a/src/a.rs",
                "#[expect(dead_code, reason = \"b\")] fn a() {}"
            ),
            []
        );
        assert_eq!(
            rules("crates/a/src/a.rs", "#[test]\n#[ignore = \"slow\"]\nfn a() {}"),
            [("ignore", 2)]
        );
    }

    #[test]
    fn sleeping_tests_are_refused() {
        assert_eq!(
            rules("crates/a/tests/it/a.rs", "fn a() { tokio::time::sleep(b); }"),
            [("sleep", 1)]
        );
        assert_eq!(
            rules("crates/a/src/a.rs", "fn a() { tokio::time::sleep(b); }"),
            []
        );
    }
}
