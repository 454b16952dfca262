//! Opens a pretend world from flags, for the walk in the README. Refuses to do more than `sauda sim` does.

use clap::Parser;
use sauda_sim::{Options, start};
use std::io::Write;

#[derive(Parser)]
struct Cli {
    #[command(flatten)]
    options: Options,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let world = start(Cli::parse().options).await?;
    writeln!(std::io::stdout(), "{}/_sim/", world.base_url())?;
    tokio::select! {
        () = world.ended() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
    world.shut_down().await;
    Ok(())
}
