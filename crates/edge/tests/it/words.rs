//! Three languages say the same things, and every refusal of the program has its words.

use regex::Regex;
use sauda_accounts::{Right, Role};
use sauda_edge::{Arg, Language, Words};
use sauda_kernel::{Public, Timestamp};
use std::{collections::BTreeSet, path::Path};

#[test]
fn the_files_are_whole() {
    let errors: Vec<String> = Words::load().errors().iter().map(ToString::to_string).collect();
    assert!(
        errors.is_empty(),
        "each text belongs to one file; of two only the first is ever shown:\n{}",
        errors.join("\n")
    );
    for language in Language::ALL {
        assert_eq!(
            Words::grammar(language).doubled,
            Vec::<String>::new(),
            "{}",
            language.word()
        );
    }
}

#[test]
fn three_languages_have_the_same_keys_with_the_same_variables() {
    let russian = Words::grammar(Language::Ru);
    assert!(russian.keys.len() > 100);
    for language in [Language::Kk, Language::En] {
        let other = Words::grammar(language);
        let missing: Vec<_> = russian
            .keys
            .keys()
            .filter(|key| !other.keys.contains_key(*key))
            .collect();
        let extra: Vec<_> = other
            .keys
            .keys()
            .filter(|key| !russian.keys.contains_key(*key))
            .collect();
        assert_eq!(
            (missing, extra),
            (vec![], vec![]),
            "{} against ru",
            language.word()
        );
        for (key, variables) in &russian.keys {
            assert_eq!(
                other.keys.get(key),
                Some(variables),
                "variables of {key} in {} against ru",
                language.word()
            );
        }
    }
}

#[test]
fn every_code_of_a_refusal_has_its_words() {
    let rooms = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let code = Regex::new(r#"Public::new\(\s*"([a-z0-9-]+)""#).unwrap();
    let grammar = Words::grammar(Language::Ru);
    let mut missing = BTreeSet::new();
    for entry in walkdir::WalkDir::new(rooms)
        .into_iter()
        .filter_entry(|entry| !matches!(entry.file_name().to_str(), Some("tests" | "target" | "benches")))
    {
        let entry = entry.unwrap();
        if entry
            .path()
            .extension()
            .is_some_and(|extension| extension == "rs")
        {
            let text = std::fs::read_to_string(entry.path()).unwrap();
            for found in code.captures_iter(&text) {
                if !grammar.keys.contains_key(&format!("err-{}", &found[1])) {
                    missing.insert(format!(
                        "err-{} ({})",
                        &found[1],
                        entry.path().strip_prefix(rooms).unwrap().display()
                    ));
                }
            }
        }
    }
    assert!(
        missing.is_empty(),
        "write these texts into locales/{{ru,kk,en}}/<room>.ftl: {missing:#?}"
    );
}

#[test]
fn roles_rights_and_acts_have_their_words() {
    let words = Words::load();
    let acts = Regex::new(r#"AuditEntry::new\("(accounts\.[a-z_]+)""#).unwrap();
    let mut keys: Vec<String> = Role::ALL
        .iter()
        .map(|role| format!("role-{}", role.word()))
        .collect();
    keys.extend(Right::ALL.iter().map(|right| format!("right-{}", right.word())));
    let accounts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../accounts/src/service");
    for entry in std::fs::read_dir(accounts).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        keys.extend(
            acts.captures_iter(&text)
                .map(|found| format!("audit-{}", found[1].replace('.', "-"))),
        );
    }
    assert!(keys.len() > 30);
    for key in keys {
        for language in Language::ALL {
            assert!(words.has(language, &key), "{key} in {}", language.word());
        }
    }
}

#[test]
fn values_are_put_in_and_plurals_follow_the_language() {
    let words = Words::load();
    let say = |language, rows: i64| words.text(language, "audit-log-intact", &[("rows", Arg::from(rows))]);
    for (rows, word) in [
        (0, "0 записей"),
        (1, "1 запись"),
        (2, "2 записи"),
        (5, "5 записей"),
        (21, "21 запись"),
        (2_418, "2\u{a0}418 записей"),
    ] {
        assert!(
            say(Language::Ru, rows).contains(word),
            "{}",
            say(Language::Ru, rows)
        );
    }
    assert!(say(Language::En, 1).contains("1 entry") && say(Language::En, 2).contains("2 entries"));
    assert!(say(Language::Kk, 5).contains("5 жазба"));
    assert_eq!(words.text(Language::Ru, "no-such-key", &[]), "⟦no-such-key⟧");
}

#[test]
fn values_of_refusals_are_shown_as_people_read_them() {
    let words = Words::load();
    let now = Timestamp::parse("2026-11-20T07:00:00Z").unwrap();
    let locked = Public::new("locked")
        .arg("until", Timestamp::parse("2026-11-20T07:04:00Z").unwrap())
        .arg("minutes", 4);
    assert_eq!(
        words.refusal(Language::Ru, &locked, now),
        "Слишком много попыток. Следующая возможна с 12:04 (ждать 4 мин)."
    );
    let short = Public::new("password-short").arg("min", 10);
    assert_eq!(
        words.refusal(Language::Ru, &short, now),
        "Пароль слишком короткий: нужно хотя бы 10 символов."
    );
    let gone = Public::new("not-found").arg("what", "shop").arg("id", "shp_1");
    assert_eq!(
        words.refusal(Language::En, &gone, now),
        "Not found: shop shp_1. It may have been removed, or another team is open."
    );
    let article = Public::new("bad-login").arg("value", "1234567");
    assert!(
        words
            .refusal(Language::En, &article, now)
            .starts_with("“1234567” is neither"),
        "digits that count nothing are not grouped"
    );
}
