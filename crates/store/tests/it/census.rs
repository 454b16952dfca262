//! Every statement of the program is prepared on both engines: a text that one of them does not understand is named here.

use proc_macro2::{TokenStream, TokenTree};
use sauda_store::{Db, Query, Sql};
use sauda_testkit::{TestDb, engines};
use sqlx::{AssertSqlSafe, Executor as _, SqlSafeStr as _};
use std::path::{Path, PathBuf};

/// A statement and where it stands.
struct Found {
    place: String,
    text: &'static str,
}

fn crates() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// All `sql!("…")` of the crates' sources, also inside other macros.
fn statements() -> Vec<Found> {
    let mut all = Vec::new();
    for entry in walkdir::WalkDir::new(crates()).sort_by_file_name() {
        let path = entry.unwrap().into_path();
        let inside = path.strip_prefix(crates()).unwrap().to_owned();
        let is_source = inside
            .components()
            .nth(1)
            .is_some_and(|part| part.as_os_str() == "src");
        if is_source && path.extension().is_some_and(|end| end == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            let tokens: TokenStream = text
                .parse()
                .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            collect(tokens, &inside, &mut all);
        }
    }
    all
}

fn collect(tokens: TokenStream, file: &Path, all: &mut Vec<Found>) {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    for (place, tree) in trees.iter().enumerate() {
        let TokenTree::Group(group) = tree else { continue };
        let is_sql = place >= 2
            && matches!(&trees[place - 1], TokenTree::Punct(mark) if mark.as_char() == '!')
            && matches!(&trees[place - 2], TokenTree::Ident(name) if name == "sql");
        if !is_sql {
            collect(group.stream(), file, all);
        } else if let Ok(literal) = syn::parse2::<syn::LitStr>(group.stream()) {
            let place = format!("{}:{}", file.display(), literal.span().start().line);
            all.push(Found {
                place,
                text: Box::leak(literal.value().into_boxed_str()),
            });
        }
    }
}

async fn prepare(db: &TestDb, text: &'static str) -> Result<(), sqlx::Error> {
    let text = Query::new(Sql::literal(text)).text_for(db.engine()).into_owned();
    match db.db() {
        Db::Sqlite { writer, .. } => writer
            .acquire()
            .await?
            .prepare(AssertSqlSafe(text).into_sql_str())
            .await
            .map(|_| ()),
        Db::Postgres(pool) => pool
            .acquire()
            .await?
            .prepare(AssertSqlSafe(text).into_sql_str())
            .await
            .map(|_| ()),
    }
}

#[tokio::test]
async fn every_statement_is_understood_by_both_engines() {
    let statements = statements();
    assert!(
        statements.len() > 40,
        "only {} statements were found",
        statements.len()
    );
    println!("{} statements", statements.len());
    for db in engines().await {
        assert!(
            prepare(&db, "SELECT nothing FROM installation").await.is_err(),
            "the census would notice"
        );
        let mut refused = Vec::new();
        for found in &statements {
            if let Err(error) = prepare(&db, found.text).await {
                refused.push(format!("{}: {error}\n    {}", found.place, found.text));
            }
        }
        assert!(
            refused.is_empty(),
            "{:?} refuses {} of {}:\n{}",
            db.engine(),
            refused.len(),
            statements.len(),
            refused.join("\n")
        );
    }
}

#[test]
fn statements_inside_other_macros_are_found() {
    let source = r#"fn f() { tokio::select! { _ = sql!("SELECT 1").run(&db) => {} } let x = store::sql!("SELECT 2"); }"#;
    let mut all = Vec::new();
    collect(source.parse().unwrap(), Path::new("x.rs"), &mut all);
    assert_eq!(
        all.iter().map(|found| found.text).collect::<Vec<_>>(),
        ["SELECT 1", "SELECT 2"]
    );
}
