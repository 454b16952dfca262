//! `sauda feed`: tests a shop's price list, or writes it into a file, exactly as it would leave. Told in docs/feed.md.

use crate::{config::Config, logs, rooms::Rooms};
use anyhow::{Context as _, bail};
use sauda_accounts::Scope;
use sauda_catalog::{FeedCheck, RowsWanted, Shop};
use serde_json::json;
use std::{
    io::{BufWriter, Write as _},
    path::PathBuf,
    process::ExitCode,
};

/// Rows that are asked for at once.
const ROWS: usize = 1_000;

#[derive(Debug, clap::Args)]
pub struct FeedArgs {
    /// Short name of the shop, its id, or its number at Kaspi; needed when there are several.
    #[arg(long)]
    shop: Option<String>,
    /// Only test the list; nothing is written. So it is without `--out`, too.
    #[arg(long)]
    check: bool,
    /// Writes the list into this file, when it may leave.
    #[arg(long, value_name = "FILE", conflicts_with = "check")]
    out: Option<PathBuf>,
    /// Also one line for each offer that is not in the list.
    #[arg(long)]
    rows: bool,
}

/// 0: the list may leave; 2: it is held.
pub async fn run(config: Config, args: FeedArgs) -> anyhow::Result<ExitCode> {
    let rooms = Rooms::open(config).await?;
    let shop = shop_of(&rooms, args.shop.as_deref()).await?;
    let scope = Scope::system(shop.merchant.clone(), "price list from a terminal");
    if args.rows {
        tell_rows(&rooms, &scope, &shop).await?;
    }
    let check = match args.out.filter(|_| !args.check) {
        None => rooms.feeds.check(&scope, &shop.id).await?,
        Some(path) => {
            // Never a half of a list under the name of a whole one.
            let part = path.with_extension("part");
            let file = std::fs::File::create(&part).with_context(|| part.display().to_string())?;
            let mut file = BufWriter::new(file);
            let check = rooms.feeds.write_to(&scope, &shop.id, &mut file).await?;
            file.flush()?;
            drop(file);
            if check.held.is_none() {
                std::fs::rename(&part, &path).with_context(|| path.display().to_string())?;
            } else {
                std::fs::remove_file(&part)?;
            }
            check
        }
    };
    tell(&shop, &check);
    rooms.db.close().await;
    Ok(if check.held.is_some() {
        ExitCode::from(2)
    } else {
        ExitCode::SUCCESS
    })
}

async fn shop_of(rooms: &Rooms, named: Option<&str>) -> anyhow::Result<Shop> {
    let all = rooms.catalog.all_shops().await?;
    let slugs: Vec<String> = all.iter().map(|shop| shop.slug.clone()).collect();
    let is_named = |shop: &Shop| {
        named.is_none_or(|name| shop.slug == name || shop.uid == name || shop.id.as_str() == name)
    };
    let mut found: Vec<Shop> = all.into_iter().filter(is_named).collect();
    match (found.len(), named) {
        (1, _) => found.pop().context("a shop"),
        (0, Some(name)) => bail!("there is no shop {name:?}; there are: {}", slugs.join(", ")),
        (0, None) => bail!("there is no shop yet: connect one on the page /connect"),
        _ => bail!(
            "there are several shops: choose with --shop: {}",
            slugs.join(", ")
        ),
    }
}

fn tell(shop: &Shop, check: &FeedCheck) {
    let reasons: serde_json::Map<String, serde_json::Value> = check
        .counts
        .reasons
        .iter()
        .map(|(reason, count)| (reason.word().to_owned(), json!(count)))
        .collect();
    let about: serde_json::Map<String, serde_json::Value> = check
        .held
        .as_ref()
        .map(|held| held.args())
        .unwrap_or_default()
        .into_iter()
        .map(|(name, value)| (name.to_owned(), json!(value)))
        .collect();
    let line = json!({
        "shop": shop.slug,
        "leaves": check.held.is_none(),
        "held": check.held.as_ref().map(|held| held.word()),
        "about": about,
        "rows": check.counts.rows,
        "left_out": check.counts.left_out(),
        "bytes": check.bytes,
        "reasons": reasons,
    });
    logs::say(&line.to_string());
}

async fn tell_rows(rooms: &Rooms, scope: &Scope, shop: &Shop) -> anyhow::Result<()> {
    let mut wanted = RowsWanted {
        written: Some(false),
        limit: ROWS,
        ..RowsWanted::default()
    };
    loop {
        let page = rooms.feeds.rows(scope, &shop.id, &wanted).await?;
        for row in &page.rows {
            let reason = row.verdict.as_ref().err();
            let line = json!({
                "sku": row.sku,
                "title": row.title,
                "reason": reason.map(|reason| reason.word()),
                "holds": reason.is_some_and(|reason| !reason.leaves_out()),
            });
            logs::say(&line.to_string());
        }
        match page.next {
            Some(next) => wanted.after = next,
            None => return Ok(()),
        }
    }
}
