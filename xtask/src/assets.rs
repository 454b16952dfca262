//! Runs npm and the bundler in `web/`. Refuses to know what the bundle holds.

use anyhow::{Context as _, bail};
use std::{fs, path::Path, process::Command};

/// A copy of the lock file that the installed packages came from; npm keeps nothing as exact.
const INSTALLED: &str = "node_modules/.installed-lock.json";

/// Installs exactly what `web/package-lock.json` names, without install scripts, and bundles into `web/dist`.
///
/// # Errors
/// When Node is missing, or npm or the bundler fails; their own words are on stderr by then.
pub fn build(root: &Path, fresh: bool) -> anyhow::Result<()> {
    let web = root.join("web");
    let lock = fs::read(web.join("package-lock.json")).context("web/package-lock.json cannot be read")?;
    let installed = fs::read(web.join(INSTALLED)).unwrap_or_default();
    if fresh || installed != lock {
        run(&web, "npm", &["ci", "--ignore-scripts"])?;
        fs::write(web.join(INSTALLED), &lock).context("web/node_modules cannot be written")?;
    }
    run(&web, "node", &["build.mjs"])
}

fn run(folder: &Path, program: &str, arguments: &[&str]) -> anyhow::Result<()> {
    let status = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .status()
        .with_context(|| format!("{program} cannot be started: install Node.js 20 or newer, with npm"))?;
    if !status.success() {
        bail!(
            "`{program} {}` failed in {}: {status}",
            arguments.join(" "),
            folder.display()
        );
    }
    Ok(())
}
