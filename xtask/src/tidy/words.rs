//! Where words may stand: people's words in the language files, words about how we work nowhere. Refuses to judge style.

use crate::tidy::{finding::Finding, tokens::is_test_file, tree::Tree};
use std::collections::{BTreeMap, BTreeSet};

const LOCALES: &str = "crates/edge/locales/";
const LANGUAGES: [&str; 3] = ["ru", "kk", "en"];

/// Words that mean nothing to a reader of this project. Written in halves, so that this file does not hold them.
const FOREIGN: [&str; 8] = [
    concat!("../", "shared"),
    concat!("/wo", "rk/"),
    concat!(".lib", "rary/"),
    concat!("issues", " show"),
    concat!("issue", " #"),
    concat!("registry.", "npmjs.org"),
    concat!("static.", "crates.io"),
    concat!("index.", "crates.io"),
];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    check_locales(tree, &mut findings);
    for (path, text) in tree.under("") {
        if path != "Cargo.lock" {
            check_foreign(path, text, &mut findings);
        }
        if path.starts_with("crates/web/templates/") {
            check_template(path, text, &mut findings);
        } else if is_browser_code(path) {
            check_browser_code(path, text, &mut findings);
        }
    }
    check_rust(tree, &mut findings);
    findings
}

/// The three languages have the same files.
fn check_locales(tree: &Tree, findings: &mut Vec<Finding>) {
    let mut languages_of: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (path, _) in tree.under(LOCALES) {
        if let Some((language, file)) = path.strip_prefix(LOCALES).and_then(|rest| rest.split_once('/')) {
            languages_of.entry(file).or_default().insert(language);
        }
    }
    for (file, languages) in languages_of {
        for language in LANGUAGES.iter().filter(|language| !languages.contains(*language)) {
            let message = "the file is missing in this language: the three have the same files";
            findings.push(Finding::refuse(
                &format!("{LOCALES}{language}/{file}"),
                0,
                "locales",
                message,
            ));
        }
    }
}

fn check_foreign(path: &str, text: &str, findings: &mut Vec<Finding>) {
    for word in FOREIGN.iter().filter(|word| text.contains(**word)) {
        let line = text
            .lines()
            .position(|line| line.contains(word))
            .map_or(0, |index| index + 1);
        let message =
            format!("{word:?} means nothing to a reader of this project: say it in the project's own terms");
        findings.push(Finding::refuse(path, line, "foreign-words", message));
    }
}

/// Every language is called by its own name in all of them.
const OWN_NAMES: [&str; 4] = ["Русский", "Қазақша", "Рус", "Қаз"];

fn has_words(line: &str) -> bool {
    line.contains(is_cyrillic)
        && OWN_NAMES
            .iter()
            .fold(line.to_owned(), |line, name| line.replace(name, ""))
            .contains(is_cyrillic)
}

fn is_cyrillic(sign: char) -> bool {
    ('\u{0400}'..='\u{04FF}').contains(&sign)
}

fn check_template(path: &str, text: &str, findings: &mut Vec<Finding>) {
    let mut excused = false;
    for (index, line) in without_comments(text, "{#", "#}").lines().enumerate() {
        if has_words(line) {
            findings.push(Finding::refuse(
                path,
                index + 1,
                "bare-words",
                "words of people live in crates/edge/locales: use t(…)",
            ));
        }
        let own = text.lines().nth(index).unwrap_or_default();
        let safe = line.replace(' ', "").contains("|safe");
        if safe && !excused && !own.contains("{# safe:") {
            let message = "nothing escapes after |safe: say why that is right in {# safe: … #} on this line or above it";
            findings.push(Finding::refuse(path, index + 1, "safe", message));
        }
        excused = own.contains("{# safe:");
    }
}

fn is_browser_code(path: &str) -> bool {
    path.starts_with("crates/web/assets/") && (path.ends_with(".js") || path.ends_with(".mjs"))
}

fn check_browser_code(path: &str, text: &str, findings: &mut Vec<Finding>) {
    for (index, line) in without_comments(text, "/*", "*/").lines().enumerate() {
        let code = line.split("// ").next().unwrap_or_default();
        if code.contains(is_cyrillic) {
            let message =
                "words of people live in crates/edge/locales: let the page hand them over in data attributes";
            findings.push(Finding::refuse(path, index + 1, "bare-words", message));
        }
    }
}

/// The text with comments blanked, lines kept.
fn without_comments(text: &str, open: &str, close: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(open) {
        kept.push_str(before);
        let (comment, behind) = after.split_once(close).unwrap_or((after, ""));
        kept.extend(comment.chars().filter(|sign| *sign == '\n'));
        rest = behind;
    }
    kept.push_str(rest);
    kept
}

/// No Russian or Kazakh in code that speaks to people. What speaks to the outside world, reads people's files or pretends
/// to be a marketplace has such words by nature.
fn check_rust(tree: &Tree, findings: &mut Vec<Finding>) {
    const HOME: [&str; 9] = [
        "crates/sim/",
        "crates/market",
        "crates/channel",
        "crates/catalog/src/import/",
        "crates/catalog/src/table/",
        "crates/edge/src/format",
        "crates/labels/src/command/names.rs",
        // Views hold data and its samples.
        "crates/web/src/views/",
        "crates/web/src/gallery",
    ];
    for (path, source) in &tree.rust {
        let speaks = path.starts_with("crates/") && !is_test_file(path) && !path.contains("samples");
        if !speaks || HOME.iter().any(|home| path.starts_with(home)) {
            continue;
        }
        let mut last = 0;
        for token in source
            .tokens
            .iter()
            .filter(|token| !token.test && token.text.starts_with(['"', '\'', 'r']))
        {
            // Words of a doc comment come as the literal of a #[doc = …] attribute: an English text may quote.
            // A single letter is a rule about letters, not a word.
            let word = token.text.chars().filter(|sign| is_cyrillic(*sign)).count() > 1;
            if word && token.line != last && !is_doc(tree, path, token.line) {
                findings.push(Finding::refuse(
                    path,
                    token.line,
                    "bare-words",
                    "words of people live in crates/edge/locales",
                ));
                last = token.line;
            }
        }
    }
}

fn is_doc(tree: &Tree, path: &str, line: usize) -> bool {
    let text = tree
        .text(path)
        .and_then(|text| text.lines().nth(line - 1))
        .unwrap_or_default()
        .trim_start();
    text.starts_with("//")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(path: &str, text: &str) -> Vec<String> {
        check(&Tree::of(&[(path, text)]))
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    #[test]
    fn the_three_languages_have_the_same_files() {
        let tree = Tree::of(&[
            ("crates/edge/locales/ru/a.ftl", ""),
            ("crates/edge/locales/en/a.ftl", ""),
        ]);
        let said: Vec<String> = check(&tree).iter().map(ToString::to_string).collect();
        assert_eq!(
            said,
            [
                "crates/edge/locales/kk/a.ftl: locales: the file is missing in this language: the three have the same files"
            ]
        );
    }

    #[test]
    fn templates_hold_no_words_of_people() {
        assert_eq!(
            said(
                "crates/web/templates/a.html",
                "{# Цена #}\n<p>{{ t('price') }}</p>\n"
            ),
            [""; 0]
        );
        assert_eq!(
            said(
                "crates/web/templates/a.html",
                "<button lang=\"kk\">Қазақша</button>\n"
            ),
            [""; 0]
        );
        assert_eq!(
            said("crates/web/templates/a.html", "{# a\n b #}<p>Цена</p>\n"),
            [
                "crates/web/templates/a.html:2: bare-words: words of people live in crates/edge/locales: use t(…)"
            ]
        );
    }

    #[test]
    fn safe_needs_its_reason() {
        assert_eq!(
            said(
                "crates/web/templates/a.html",
                "{# safe: our own drawing #}\n{{ chart | safe }}\n"
            ),
            [""; 0]
        );
        assert_eq!(
            said("crates/web/templates/a.html", "{{ chart | safe }}\n").len(),
            1
        );
    }

    #[test]
    fn browser_code_holds_no_words_of_people() {
        assert_eq!(
            said("crates/web/assets/js/a.js", "const a = 1; // Цена\n"),
            [""; 0]
        );
        assert_eq!(said("crates/web/assets/js/a.js", "const a = 'Цена';\n").len(), 1);
    }

    #[test]
    fn rust_that_speaks_to_people_holds_no_words_of_theirs() {
        assert_eq!(
            said(
                "crates/web/src/a.rs",
                "/// «Цена»\nfn a() { b(\"price\"); }\n#[cfg(test)]\nmod tests { fn c() { d(\"Цена\"); } }"
            ),
            [""; 0]
        );
        assert_eq!(
            said("crates/web/src/a.rs", "fn a() { b(\"Цена\"); }"),
            ["crates/web/src/a.rs:1: bare-words: words of people live in crates/edge/locales"]
        );
        assert_eq!(
            said("crates/web/src/a.rs", "fn a(b: char) { b == 'ё'; }"),
            [""; 0]
        );
        assert_eq!(said("crates/sim/src/a.rs", "fn a() { b(\"Цена\"); }"), [""; 0]);
    }

    #[test]
    fn words_about_how_we_work_are_refused() {
        let text = format!("see {}/a.md\n", FOREIGN[0]);
        assert_eq!(
            said("docs/a.md", &text),
            [format!(
                "docs/a.md:1: foreign-words: {:?} means nothing to a reader of this project: say it in the project's own terms",
                FOREIGN[0]
            )]
        );
    }
}
