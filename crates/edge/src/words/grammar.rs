//! Which keys a Fluent file has and which variables each uses. Reads only what tests compare; refuses to format.

use std::collections::{BTreeMap, BTreeSet};

/// Keys (attributes as `key.attribute`) with their variables.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grammar {
    pub keys: BTreeMap<String, BTreeSet<String>>,
    /// Keys that are written more than once.
    pub doubled: Vec<String>,
}

impl Grammar {
    pub(super) fn read(&mut self, text: &str) {
        let (mut message, mut current) = (String::new(), String::new());
        for line in text.lines() {
            if line.starts_with('#') || line.trim().is_empty() {
                continue;
            }
            if line.starts_with(|first: char| first.is_ascii_alphabetic() || first == '-')
                && let Some((name, rest)) = line.split_once('=')
            {
                message = name.trim().to_owned();
                current.clone_from(&message);
                self.add(&current, rest);
                continue;
            }
            let inner = line.trim_start();
            if let Some(attribute) = inner.strip_prefix('.')
                && let Some((name, rest)) = attribute.split_once('=')
                && name
                    .trim()
                    .chars()
                    .all(|letter| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_')
            {
                current = format!("{message}.{}", name.trim());
                self.add(&current, rest);
                continue;
            }
            self.variables(&current, inner);
        }
    }

    fn add(&mut self, key: &str, rest: &str) {
        if self.keys.insert(key.to_owned(), BTreeSet::new()).is_some() {
            self.doubled.push(key.to_owned());
        }
        self.variables(key, rest);
    }

    fn variables(&mut self, key: &str, text: &str) {
        let Some(found) = self.keys.get_mut(key) else {
            return;
        };
        for piece in text.split('$').skip(1) {
            let name: String = piece
                .chars()
                .take_while(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-'))
                .collect();
            if !name.is_empty() {
                found.insert(name);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_attributes_and_variables_are_found() {
        let mut grammar = Grammar::default();
        grammar.read("# note\nrows = { $count ->\n    [one] { $count } row of { $all }\n   *[other] rows\n }\n  .title = Rows in { $shop }\nplain = Text\nplain = Again\n");
        let names = |key: &str| grammar.keys[key].iter().map(String::as_str).collect::<Vec<_>>();
        assert_eq!(names("rows"), ["all", "count"]);
        assert_eq!(names("rows.title"), ["shop"]);
        assert_eq!(names("plain"), Vec::<&str>::new());
        assert_eq!(grammar.doubled, ["plain"]);
    }
}
