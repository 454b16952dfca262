//! `sauda demo`: the desk beside a living pretend market. Nothing in it is real, everything in it works.

use super::demo_line;
use crate::{config::Config, logs, rooms::Rooms, serve};
use sauda_sim::Options;
use std::path::PathBuf;

/// How the demo runs.
#[derive(Debug, clap::Args)]
pub struct DemoArgs {
    /// Where the demo keeps its database; removed by hand when no longer wanted.
    #[arg(long, default_value = "data/demo")]
    data: PathBuf,
    /// The pretend market.
    #[command(flatten)]
    world: Options,
}

/// Starts the market, then the desk pointed at it.
pub async fn run(mut config: Config, args: DemoArgs) -> anyhow::Result<()> {
    let mut world = args.world;
    if world.listen.port() == 0 {
        // A steady address: a desk that was connected before finds its market again.
        world.listen.set_port(8091);
    }
    if world.memory.is_none() {
        world.memory = Some(args.data.join("market.json"));
    }
    let market = sauda_sim::start(world).await?;
    let at = market.base_url();
    config.kaspi = sauda_market_kaspi::KaspiSettings {
        zones: config.kaspi.zones.clone(),
        ..sauda_market_kaspi::KaspiSettings::all_at(&at)
    };
    if config.database.url == crate::config::Database::default().url {
        config.database.url = format!("sqlite://{}", args.data.join("sauda.sqlite").display());
        config.secrets.key_file = args.data.join("secret.key").display().to_string();
    }
    let address = config.server.public_url.clone();
    if config.whatsapp.callback_url.is_empty() {
        config.whatsapp.callback_url = format!("http://{}", config.server.listen);
    }
    let rooms = Rooms::open(config).await?;
    logs::say("");
    logs::say(&format!("  Sauda         {address}"));
    logs::say(&format!(
        "  Pretend Kaspi {at}/_sim/   (SMS codes, keys of shops, rivals, faults)"
    ));
    logs::say("");
    logs::say("  1. Make the owner's account on the first page.");
    if let Some(account) = market.sim().world.accounts.first() {
        logs::say(&format!(
            "  2. Connect a shop by phone {}; the code is on the pretend Kaspi's page.",
            account.phone
        ));
    }
    logs::say("  3. Set limits, switch the bot on.");
    if let Some(shop) = market.sim().world.shops.first() {
        logs::say(&format!(
            "  4. For orders: give the key {} under Settings → Shops; buyers come by themselves, and by a button on the pretend Kaspi's page.",
            shop.token
        ));
    }
    logs::say("     WhatsApp comes by itself: a pretend phone is linked as soon as a shop is connected.");
    logs::say("  Ctrl C ends the demo; start it again and it goes on where it was.");
    logs::say("");
    let line = tokio::spawn(demo_line::keep(
        rooms.messages.clone(),
        std::sync::Arc::clone(market.sim()),
    ));
    serve::serve(rooms, &[]).await?;
    line.abort();
    market.shut_down().await;
    Ok(())
}

/// Runs the pretend Kaspi alone until Ctrl C.
pub async fn run_sim(options: Options) -> anyhow::Result<()> {
    let market = sauda_sim::start(options).await?;
    logs::say(&format!(
        "pretend Kaspi at {0}, its page at {0}/_sim/",
        market.base_url()
    ));
    serve::until_told_to_stop().await;
    market.shut_down().await;
    Ok(())
}
