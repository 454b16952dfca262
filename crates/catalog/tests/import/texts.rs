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

#[test]
fn names_of_fields_in_every_language_are_known_columns_so_that_an_export_can_be_brought_back() {
    use sauda_catalog::import::products::ProductField;
    let room = Path::new(env!("CARGO_MANIFEST_DIR"));
    for language in ["ru", "kk", "en"] {
        let path = room.join("../edge/locales").join(language).join("catalogue.ftl");
        let text = fs::read_to_string(path).unwrap();
        for field in ProductField::ALL {
            let key = format!("catalogue-field-{} = ", field.word());
            let name = text
                .lines()
                .find_map(|line| line.strip_prefix(key.as_str()))
                .unwrap();
            assert_eq!(ProductField::of_header(name), Some(field), "{language}: {name}");
        }
    }
}
