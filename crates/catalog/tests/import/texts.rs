//! Every refusal of this room has a text in the three languages, and no text has lost its refusal.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// What stands between `start` and the first character that no key has.
fn keys(text: &str, start: &str) -> BTreeSet<String> {
    let is_key = |letter: char| letter.is_ascii_lowercase() || letter == '-';
    let parts = text.split(start).skip(1);
    parts
        .map(|part| part.chars().take_while(|letter| is_key(*letter)).collect())
        .collect()
}

#[test]
fn every_code_has_a_text_in_three_languages() {
    let room = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    sources(&room.join("src/import"), &mut files);
    sources(&room.join("src/table"), &mut files);
    let mut codes = BTreeSet::new();
    for file in files {
        codes.extend(keys(&fs::read_to_string(file).unwrap(), "\"import-"));
    }
    assert!(codes.len() > 40, "{codes:?}");
    for language in ["ru", "kk", "en"] {
        let path = room.join("../edge/locales").join(language).join("import.ftl");
        let texts = keys(&fs::read_to_string(path).unwrap(), "\nerr-import-");
        assert_eq!(texts, codes, "{language}");
    }
}
