//! Sentences of the plain command in three languages, read from the language files of the house. Refuses to know more of their
//! grammar than a name and a value on one line.

use serde::Serialize;
use serde_json::{Map, Value};

/// One sentence in Russian, Kazakh and English.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Told {
    pub(super) code: &'static str,
    ru: String,
    kk: String,
    en: String,
}

const RU: &str = include_str!("../../../edge/locales/ru/reorder.ftl");
const KK: &str = include_str!("../../../edge/locales/kk/reorder.ftl");
const EN: &str = include_str!("../../../edge/locales/en/reorder.ftl");

/// A sentence with its numbers in place.
pub(super) fn told(code: &'static str, args: &Map<String, Value>) -> Told {
    Told {
        code,
        ru: fill(text_of(RU, code), args, ","),
        kk: fill(text_of(KK, code), args, ","),
        en: fill(text_of(EN, code), args, "."),
    }
}

/// The text of `reorder-<code>`; the code itself when nobody wrote one.
fn text_of<'a>(file: &'a str, code: &'a str) -> &'a str {
    let found = file.lines().find_map(|line| {
        let (name, text) = line.split_once(" = ")?;
        (name.strip_prefix("reorder-")? == code).then_some(text)
    });
    found.unwrap_or(code)
}

fn fill(text: &str, args: &Map<String, Value>, mark: &str) -> String {
    let mut text = text.to_owned();
    for (name, value) in args {
        let shown = match value {
            Value::String(word) => word.clone(),
            Value::Number(number) if number.is_f64() => number.to_string().replace('.', mark),
            other => other.to_string(),
        };
        text = text.replace(&format!("{{ ${name} }}"), &shown);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sentence_has_the_same_numbers_in_each_language() {
        let names = |text: &str| {
            let parts = text.split("{ $").skip(1);
            let mut names: Vec<String> = parts
                .map(|part| part.split(' ').next().unwrap().to_owned())
                .collect();
            names.sort();
            names
        };
        let codes: Vec<&str> = RU
            .lines()
            .filter_map(|line| line.split_once(" = ")?.0.strip_prefix("reorder-"))
            .collect();
        assert_eq!(codes.len(), 22);
        for code in codes {
            let ru = names(text_of(RU, code));
            assert_eq!(ru, names(text_of(KK, code)), "{code}");
            assert_eq!(ru, names(text_of(EN, code)), "{code}");
            assert!(text_of(KK, code) != code && text_of(EN, code) != code, "{code}");
        }
    }
}
