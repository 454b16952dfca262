//! Links between our own documents. Refuses to look at the network.

use crate::tidy::{finding::Finding, tree::Tree};

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree
        .under("")
        .filter(|(path, _)| path.ends_with(".md") && !path.starts_with("fixtures/"))
    {
        let mut in_code = false;
        for (index, line) in text.lines().enumerate() {
            if line.trim_start().starts_with("```") {
                in_code = !in_code;
            }
            for target in targets(line).filter(|_| !in_code) {
                if let Some(message) = broken(tree, path, target) {
                    findings.push(Finding::refuse(path, index + 1, "links", message));
                }
            }
        }
    }
    findings
}

/// What stands between `](` and `)`.
fn targets(line: &str) -> impl Iterator<Item = &str> {
    line.split("](").skip(1).filter_map(|rest| rest.split(')').next())
}

fn broken(tree: &Tree, from: &str, target: &str) -> Option<String> {
    if target.contains("://") || target.starts_with("mailto:") {
        return None;
    }
    let (file, anchor) = target
        .split_once('#')
        .map_or((target, None), |(file, anchor)| (file, Some(anchor)));
    let path = if file.is_empty() {
        Some(from.to_owned())
    } else {
        resolve(from, file)
    };
    let Some(path) = path.filter(|path| tree.has(path)) else {
        return Some(format!("{target} leads nowhere"));
    };
    let anchor = anchor?;
    let found = tree
        .text(&path)?
        .lines()
        .filter(|line| line.starts_with('#'))
        .any(|line| slug(line) == anchor);
    (!found).then(|| format!("{path} has no heading #{anchor}"))
}

/// A path relative to the file that names it; none when it leaves the project.
fn resolve(from: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in target.trim_end_matches('/').split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The anchor of a heading, as code hosts make it.
fn slug(heading: &str) -> String {
    heading
        .trim_start_matches('#')
        .trim()
        .to_lowercase()
        .chars()
        .filter(|sign| sign.is_alphanumeric() || [' ', '-', '_'].contains(sign))
        .map(|sign| if sign == ' ' { '-' } else { sign })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<String> {
        let tree = Tree::of(&[
            ("docs/a.md", text),
            ("docs/b.md", "# Two words\n"),
            ("README.md", "# Sauda\n"),
            ("docs/adr/0001.md", "# A\n"),
        ]);
        check(&tree).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn links_that_resolve_pass() {
        assert_eq!(
            said(
                "# Here\n[b](b.md) [c](b.md#two-words) [d](../README.md) [e](#here) [f](adr/) [g](https://example.org)\n"
            ),
            [""; 0]
        );
    }

    #[test]
    fn broken_links_and_anchors_are_refused() {
        assert_eq!(
            said("[b](c.md)\n[c](b.md#three)\n[d](../../x.md)\n"),
            [
                "docs/a.md:1: links: c.md leads nowhere",
                "docs/a.md:2: links: docs/b.md has no heading #three",
                "docs/a.md:3: links: ../../x.md leads nowhere"
            ]
        );
    }

    #[test]
    fn code_blocks_hold_no_links() {
        assert_eq!(said("```\n[b](c.md)\n```\n"), [""; 0]);
    }
}
