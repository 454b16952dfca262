//! Makes sure that `web/dist` exists for embedding. Refuses to run npm or touch the network.

use std::{env, fs, path::Path};

fn main() -> Result<(), String> {
    println!("cargo::rerun-if-changed=../../web/dist/manifest.json");
    println!("cargo::rerun-if-env-changed=REQUIRE_ASSETS");
    let dist = Path::new("../../web/dist");
    let manifest = dist.join("manifest.json");
    if manifest.exists() {
        return Ok(());
    }
    if env::var("REQUIRE_ASSETS").is_ok_and(|value| value == "1") {
        return Err(format!(
            "{} is missing, and REQUIRE_ASSETS=1 asks for it: run `npm ci --ignore-scripts && node build.mjs` in web/ (or `make assets`) first",
            manifest.display()
        ));
    }
    fs::create_dir_all(dist).map_err(|error| format!("cannot make {}: {error}", dist.display()))?;
    println!(
        "cargo::warning=web/dist/manifest.json is missing: pages will come without styles and script until `make assets` has run"
    );
    Ok(())
}
