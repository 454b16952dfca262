//! `sauda-services up|down DIR`: one PostgreSQL and one Redis for a whole test run. Refuses to be more than that.

use anyhow::{Result, bail};
use std::{io::Write as _, path::Path};

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["up", folder] => {
            let lines = sauda_testkit::services::up(Path::new(folder))?;
            std::io::stdout().write_all(lines.as_bytes())?;
            Ok(())
        }
        ["down", folder] => sauda_testkit::services::down(Path::new(folder)),
        _ => bail!(
            "use: sauda-services up DIR (prints NAME=value lines for the environment) or sauda-services down DIR"
        ),
    }
}
