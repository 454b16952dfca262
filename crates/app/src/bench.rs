//! `sauda bench`: measures this program on this machine against the simulator in another process.

use crate::config::Config;

/// What to measure.
#[derive(Debug, clap::Args)]
pub struct BenchArgs {
    /// Only this part: `decide`, `checks`, `pages`.
    #[arg(long)]
    only: Option<String>,
}

/// Measures and prints.
pub async fn run(_config: Config, _args: BenchArgs) -> anyhow::Result<()> {
    anyhow::bail!("nothing to measure yet")
}
