//! The two schemas are one: tables, columns, types by the profile, keys, indexes, words of enums.

use sauda_store::{Db, Engine, sql};
use sauda_testkit::{TestDb, postgres, sqlite};
use std::collections::{BTreeMap, BTreeSet};

/// One table in words that do not depend on the engine.
#[derive(Debug, PartialEq, Eq, Default)]
struct Table {
    /// Name, type and nullability of each column.
    columns: BTreeMap<String, String>,
    key: Vec<String>,
    /// Columns, order, condition; unique ones marked.
    indexes: BTreeSet<String>,
    foreign_keys: BTreeSet<String>,
    /// The words of each enum.
    enums: BTreeSet<String>,
}

type Schema = BTreeMap<String, Table>;

async fn texts(db: &Db, query: sauda_store::Query, columns: &[&str]) -> Vec<Vec<String>> {
    let rows = query.all(db).await.unwrap();
    rows.iter()
        .map(|row| {
            columns
                .iter()
                .map(|name| row.get::<String>(name).unwrap())
                .collect()
        })
        .collect()
}

/// `lower(state) <> 'x'` and `((state)::text <> 'x'::text)` are the same condition.
fn plain(text: &str) -> String {
    let mut text = text
        .to_lowercase()
        .replace("::text", "")
        .replace("::bigint", "")
        .replace("coalesce", "coalesce ");
    if let Some(start) = text.find("= any (array[") {
        let end = text[start..].find(']').unwrap() + start;
        text = format!(
            "{}in ({}{}",
            &text[..start],
            &text[start + "= any (array[".len()..end],
            &text[end + 1..]
        );
    }
    let text: String = text
        .chars()
        .filter(|letter| !matches!(letter, '(' | ')' | '"'))
        .collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words in quotes of each check that compares with words.
fn words(check: &str) -> Option<String> {
    let words: Vec<&str> = check.split('\'').skip(1).step_by(2).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// `CREATE INDEX … ON t (a, b DESC) WHERE x` as `a, b desc | x`.
fn index(create: &str) -> String {
    let create = create.to_lowercase();
    let unique = if create.starts_with("create unique") {
        "unique "
    } else {
        ""
    };
    let (head, condition) = create.split_once(" where ").unwrap_or((create.as_str(), ""));
    let list = &head[head.find('(').unwrap() + 1..head.rfind(')').unwrap()];
    // NULLS FIRST is what DESC means on PostgreSQL anyway.
    format!(
        "{unique}{} | {}",
        plain(&list.replace("nulls first", "").replace("nulls last", "")),
        plain(condition)
    )
}

async fn schema(db: &TestDb) -> Schema {
    match db.engine() {
        Engine::Sqlite => of_sqlite(db.db()).await,
        Engine::Postgres => of_postgres(db.db()).await,
    }
}

async fn of_sqlite(db: &Db) -> Schema {
    let tables = sql!(
        "SELECT name, sql AS text FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> '_sqlx_migrations'"
    );
    let mut schema = Schema::new();
    for found in texts(db, tables, &["name", "text"]).await {
        let (name, text) = (found[0].clone(), found[1].clone());
        assert!(
            text.trim_end().to_uppercase().ends_with("STRICT"),
            "table {name} is not STRICT"
        );
        let mut table = Table::default();
        let checks = checks(&text);
        let columns = sql!(
            "SELECT name, type AS kind, CAST(\"notnull\" AS TEXT) AS strict, CAST(pk AS TEXT) AS pk FROM pragma_table_info($1) ORDER BY pk, cid"
        );
        for column in texts(db, columns.bind(&name), &["name", "kind", "strict", "pk"]).await {
            let truth = checks
                .iter()
                .any(|check| plain(check) == format!("{} in 0, 1", column[0]));
            let kind = match (column[1].as_str(), truth) {
                ("INTEGER", true) => "boolean",
                ("INTEGER", false) => "integer",
                ("TEXT", _) => "text",
                ("REAL", _) => "real",
                ("BLOB", _) => "bytes",
                other => panic!("{name}.{}: {other:?}", column[0]),
            };
            let null = if column[2] == "1" { "not null" } else { "null" };
            table.columns.insert(column[0].clone(), format!("{kind} {null}"));
            if column[3] != "0" {
                table.key.push(column[0].clone());
            }
        }
        table.enums = checks.iter().filter_map(|check| words(check)).collect();
        let keys = sql!(
            "SELECT group_concat(\"from\", ', ') AS own, \"table\" AS parent, group_concat(COALESCE(\"to\", 'id'), ', ') AS theirs, lower(on_delete) AS del FROM pragma_foreign_key_list($1) GROUP BY id, \"table\", on_delete"
        );
        for key in texts(db, keys.bind(&name), &["own", "parent", "theirs", "del"]).await {
            table
                .foreign_keys
                .insert(format!("{} -> {} ({}) {}", key[0], key[1], key[2], key[3]));
        }
        let indexes = sql!(
            "SELECT i.name AS name, i.origin AS origin, COALESCE(m.sql, '') AS text FROM pragma_index_list($1) i LEFT JOIN sqlite_master m ON m.name = i.name"
        );
        for one in texts(db, indexes.bind(&name), &["name", "origin", "text"]).await {
            if one[1] == "c" {
                table.indexes.insert(index(&one[2]));
            } else if one[1] == "u" {
                let columns = texts(
                    db,
                    sql!("SELECT name FROM pragma_index_info($1) ORDER BY seqno").bind(&one[0]),
                    &["name"],
                )
                .await;
                table
                    .indexes
                    .insert(format!("unique {} | ", columns.concat().join(", ")));
            }
        }
        schema.insert(name, table);
    }
    schema
}

/// The insides of each `CHECK (…)` of a table's text.
fn checks(text: &str) -> Vec<String> {
    // Comments may hold brackets.
    let text: String = text
        .lines()
        .map(|line| line.split("--").next().unwrap())
        .collect::<Vec<_>>()
        .join("\n");
    let mut all = Vec::new();
    for (start, _) in text.match_indices("CHECK (") {
        let rest = &text[start + "CHECK (".len()..];
        let mut depth = 1;
        let end = rest
            .find(|letter| {
                depth += match letter {
                    '(' => 1,
                    ')' => -1,
                    _ => 0,
                };
                depth == 0
            })
            .unwrap();
        all.push(rest[..end].to_owned());
    }
    all
}

async fn of_postgres(db: &Db) -> Schema {
    let columns = sql!(
        "SELECT CAST(table_name AS TEXT) AS name, CAST(column_name AS TEXT) AS col, CAST(data_type AS TEXT) AS kind, \
         CAST(is_nullable AS TEXT) AS nullable, COALESCE(CAST(collation_name AS TEXT), '') AS coll FROM information_schema.columns \
         WHERE table_schema = 'public' AND table_name <> '_sqlx_migrations'"
    );
    let mut schema = Schema::new();
    for column in texts(db, columns, &["name", "col", "kind", "nullable", "coll"]).await {
        let kind = match column[2].as_str() {
            "bigint" => "integer",
            "double precision" => "real",
            "bytea" => "bytes",
            "boolean" | "text" => column[2].as_str(),
            other => panic!("{}.{}: {other} is not in the profile", column[0], column[1]),
        };
        if column[1] == "id" || column[1].ends_with("_id") {
            assert_eq!(
                (kind, column[4].as_str()),
                ("text", "C"),
                "{}.{} is an id: TEXT COLLATE \"C\"",
                column[0],
                column[1]
            );
        }
        let null = if column[3] == "NO" { "not null" } else { "null" };
        schema
            .entry(column[0].clone())
            .or_default()
            .columns
            .insert(column[1].clone(), format!("{kind} {null}"));
    }
    let constraints = sql!(
        "SELECT CAST(CAST(conrelid AS regclass) AS TEXT) AS name, CAST(contype AS TEXT) AS kind, pg_get_constraintdef(oid) AS text \
         FROM pg_constraint WHERE connamespace = CAST('public' AS regnamespace) AND contype IN ('p', 'f', 'c', 'u')"
    );
    for one in texts(db, constraints, &["name", "kind", "text"]).await {
        let Some(table) = schema.get_mut(&one[0]) else {
            continue;
        };
        let list = |text: &str| text[text.find('(').unwrap() + 1..text.find(')').unwrap()].to_owned();
        match one[1].as_str() {
            "p" => table.key = list(&one[2]).split(", ").map(str::to_owned).collect(),
            "c" => table.enums.extend(words(&one[2])),
            "f" => {
                let (own, rest) = one[2].split_once(" REFERENCES ").unwrap();
                let parent = &rest[..rest.find('(').unwrap()];
                let del = rest
                    .split_once("ON DELETE ")
                    .map_or("no action".to_owned(), |(_, act)| act.to_lowercase());
                table
                    .foreign_keys
                    .insert(format!("{} -> {parent} ({}) {del}", list(own), list(rest)));
            }
            _ => {}
        }
    }
    let indexes = sql!(
        "SELECT CAST(tablename AS TEXT) AS name, indexdef AS text FROM pg_indexes i WHERE schemaname = 'public' AND NOT EXISTS \
         (SELECT 1 FROM pg_constraint c WHERE c.contype = 'p' AND CAST(c.conname AS TEXT) = i.indexname)"
    );
    for one in texts(db, indexes, &["name", "text"]).await {
        if let Some(table) = schema.get_mut(&one[0]) {
            table.indexes.insert(index(&one[1]));
        }
    }
    schema
}

#[tokio::test]
async fn both_engines_have_one_schema() {
    let Some(postgres) = postgres().await else { return };
    let (on_sqlite, on_postgres) = (schema(&sqlite().await).await, schema(&postgres).await);
    assert_eq!(
        on_sqlite.keys().collect::<Vec<_>>(),
        on_postgres.keys().collect::<Vec<_>>(),
        "tables"
    );
    let jobs = &on_sqlite["jobs"];
    assert!(
        jobs.enums.contains("waiting running done parked cancelled"),
        "{:?}",
        jobs.enums
    );
    let dedupe = "unique dedupe | dedupe is not null and state in 'waiting', 'running'";
    assert!(jobs.indexes.contains(dedupe), "{:?}", jobs.indexes);
    for (name, table) in &on_sqlite {
        assert_eq!(
            table, &on_postgres[name],
            "table {name}: SQLite on the left, PostgreSQL on the right"
        );
    }
}

#[test]
fn both_folders_have_the_same_migrations_with_an_owner_and_a_word_for_each_column() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let files = |engine: &str| {
        let mut names: Vec<String> = std::fs::read_dir(folder.join(engine))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    assert_eq!(files("sqlite"), files("postgres"));
    let mut silent = Vec::new();
    for (engine, name) in ["sqlite", "postgres"]
        .into_iter()
        .flat_map(|engine| files(engine).into_iter().map(move |name| (engine, name)))
    {
        let text = std::fs::read_to_string(folder.join(engine).join(&name)).unwrap();
        assert!(
            text.starts_with("-- owner: "),
            "{engine}/{name} does not begin with its owner"
        );
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        for (place, line) in lines.iter().enumerate() {
            let is_column = line.split_whitespace().nth(1).is_some_and(|kind| {
                matches!(
                    kind.trim_end_matches(','),
                    "TEXT" | "INTEGER" | "BIGINT" | "BOOLEAN" | "REAL" | "BLOB" | "BYTEA" | "DOUBLE"
                )
            }) && line.split_whitespace().next().is_some_and(|word| {
                word.chars()
                    .all(|letter| letter.is_ascii_lowercase() || letter == '_' || letter.is_ascii_digit())
            });
            if is_column && !lines[place - 1].starts_with("--") {
                silent.push(format!("{engine}/{name}: no sentence before the column {line}"));
            }
        }
    }
    assert!(silent.is_empty(), "{}", silent.join("\n"));
}
