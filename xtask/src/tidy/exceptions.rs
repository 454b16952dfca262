//! The list of known exceptions, each with its reason. It may only shrink: what is no longer needed is refused.

use crate::tidy::{finding::Finding, tree::Tree};

pub const PATH: &str = "xtask/exceptions.txt";

struct Exception<'a> {
    line: usize,
    rule: &'a str,
    path: &'a str,
    used: bool,
}

/// Takes the excepted findings off and adds what is wrong with the list itself.
pub fn apply(tree: &Tree, findings: Vec<Finding>) -> Vec<Finding> {
    let Some(text) = tree.text(PATH) else {
        return findings;
    };
    let (mut list, mut wrong) = parse(text);
    let mut kept: Vec<Finding> = findings
        .into_iter()
        .filter(|finding| {
            let mut taken = false;
            for exception in &mut list {
                if finding.refuses && exception.rule == finding.rule && exception.path == finding.path {
                    exception.used = true;
                    taken = true;
                }
            }
            !taken
        })
        .collect();
    for exception in list.iter().filter(|exception| !exception.used) {
        let message = format!(
            "{} no longer needs an exception from {}: remove the line",
            exception.path, exception.rule
        );
        wrong.push(Finding::refuse(PATH, exception.line, "exceptions", message));
    }
    kept.extend(wrong);
    kept
}

/// Lines `rule | path | reason`; one line `entries: N` holds their number, so that a longer list is seen in review.
fn parse(text: &str) -> (Vec<Exception<'_>>, Vec<Finding>) {
    let mut list = Vec::new();
    let mut wrong = Vec::new();
    let mut told = None;
    for (index, line) in text.lines().enumerate() {
        let number = index + 1;
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(count) = line.strip_prefix("entries:") {
            told = count.trim().parse::<usize>().ok();
            continue;
        }
        let parts: Vec<&str> = line.split('|').map(str::trim).collect();
        match parts.as_slice() {
            [rule, path, reason] if !reason.is_empty() => {
                list.push(Exception {
                    line: number,
                    rule,
                    path,
                    used: false,
                });
            }
            _ => wrong.push(Finding::refuse(
                PATH,
                number,
                "exceptions",
                "write `rule | path | reason`",
            )),
        }
    }
    if told != Some(list.len()) {
        let message = format!(
            "there are {} exceptions: the line `entries: N` must say so",
            list.len()
        );
        wrong.push(Finding::refuse(PATH, 0, "exceptions", message));
    }
    (list, wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(list: &str, findings: Vec<Finding>) -> Vec<String> {
        apply(&Tree::of(&[(PATH, list)]), findings)
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    #[test]
    fn an_exception_takes_its_finding_off() {
        let finding = Finding::refuse("crates/a/src/x.rs", 3, "clock", "…");
        assert_eq!(
            left(
                "entries: 1\nclock | crates/a/src/x.rs | measured only\n",
                vec![finding]
            ),
            [""; 0]
        );
    }

    #[test]
    fn an_exception_that_nothing_needs_is_refused() {
        assert_eq!(
            left(
                "entries: 1\nclock | crates/a/src/x.rs | measured only\n",
                Vec::new()
            ),
            [
                "xtask/exceptions.txt:2: exceptions: crates/a/src/x.rs no longer needs an exception from clock: remove the line"
            ]
        );
    }

    #[test]
    fn a_reason_and_the_right_number_are_wanted() {
        assert_eq!(
            left("entries: 0\nclock | crates/a/src/x.rs |\n", Vec::new()),
            ["xtask/exceptions.txt:2: exceptions: write `rule | path | reason`"]
        );
        assert_eq!(
            left("entries: 2\n", Vec::new()),
            ["xtask/exceptions.txt: exceptions: there are 0 exceptions: the line `entries: N` must say so"]
        );
    }
}
