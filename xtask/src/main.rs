//! Development chores that `make` calls: tidy and the front-end bundle. Refuses to be part of the product.

mod assets;
mod tidy;

use anyhow::Context as _;
use clap::{Parser, Subcommand};
use std::{path::PathBuf, process::ExitCode};

#[derive(Debug, Parser)]
#[command(about = "Development chores of the Sauda workspace")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Debug, Subcommand)]
enum Chore {
    /// Checks the rules of the house that a machine can check.
    Tidy {
        /// Shows the warnings too, not only their number.
        #[arg(long)]
        warnings: bool,
    },
    /// Installs the front-end packages and bundles them into `web/dist`.
    Assets {
        /// Installs afresh even when the lock file has not changed.
        #[arg(long)]
        fresh: bool,
    },
}

fn main() -> anyhow::Result<ExitCode> {
    let root = root()?;
    match Arguments::parse().chore {
        Chore::Tidy { warnings } => tidy::run(&root, warnings),
        Chore::Assets { fresh } => assets::build(&root, fresh).map(|()| ExitCode::SUCCESS),
    }
}

/// The workspace folder: the parent of this crate's own.
fn root() -> anyhow::Result<PathBuf> {
    let own = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let root = own.parent().context("the folder of xtask has no parent")?;
    Ok(root.to_path_buf())
}
