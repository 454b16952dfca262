//! `sauda demo`: the desk beside a living pretend market. Nothing in it is real, everything in it works.

use super::{demo_line, demo_market, demo_stock};
use crate::{config::Config, logs, rooms::Rooms, serve};
use sauda_messages::team::TeamError;
use sauda_sim::{Options, Sim};
use secrecy::SecretString;
use std::{path::PathBuf, time::Duration};

/// The pretend person whose chat is linked.
const PERSON: i64 = 1_111_111;
/// How often it is looked whether there is an owner.
const LOOK: Duration = Duration::from_secs(2);

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
    if world.smtp.is_none() {
        world.smtp = Some(std::net::SocketAddr::from(([127, 0, 0, 1], 0)));
    }
    world.past_year = true;
    if world.past_days == 0 {
        world.past_days = demo_market::PAST_DAYS;
    }
    let market = sauda_sim::start(world).await?;
    let at = market.base_url();
    config.telegram.api_url = format!("{at}/telegram");
    config.telegram.link_url = format!("{at}/_sim/telegram");
    config.market.live_trends = true;
    config.market.trends_url.clone_from(&at);
    if let Some(post) = market.sim().mail_address() {
        config.mail = crate::config::Mail {
            host: post.ip().to_string(),
            port: post.port(),
            security: "plain".to_owned(),
            from: "desk@demo.example.kz".to_owned(),
            ..crate::config::Mail::default()
        };
    }
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
    logs::say(
        "  4. Products with costs, a year of orders and this morning's buyers come by themselves within minutes; more buyers by a button on the pretend Kaspi's page.",
    );
    logs::say("     WhatsApp comes by itself: a pretend phone is linked as soon as a shop is connected.");
    logs::say(
        "  5. The team's bot is connected by itself, and the owner's chat with it: talk to it on the pretend Kaspi's page, under Telegram.",
    );
    logs::say("  Ctrl C ends the demo; start it again and it goes on where it was.");
    logs::say("");
    let serving = Box::pin(serve::serve(rooms.clone(), &[]));
    let linking = Box::pin(async {
        link_owner(&rooms, market.sim()).await;
        std::future::pending::<()>().await;
    });
    let line = tokio::spawn(demo_line::keep(
        rooms.messages.clone(),
        std::sync::Arc::clone(market.sim()),
    ));
    let shelves = tokio::spawn(demo_stock::keep(
        rooms.clone(),
        std::sync::Arc::clone(market.sim()),
    ));
    let shelf = tokio::spawn(demo_market::keep(
        rooms.clone(),
        std::sync::Arc::clone(market.sim()),
    ));
    tokio::select! {
        served = serving => served?,
        () = linking => {}
    }
    line.abort();
    shelves.abort();
    shelf.abort();
    market.shut_down().await;
    Ok(())
}

/// Once there is an owner: the pretend bot is theirs, and the pretend person's chat is linked to them.
async fn link_owner(rooms: &Rooms, sim: &Sim) {
    loop {
        match try_link(rooms, sim).await {
            Ok(true) => return,
            Ok(false) => {}
            Err(error) => tracing::info!(
                error = sauda_kernel::chain(&error),
                "the demo's bot is not connected"
            ),
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// Whether a chat of the first owner is linked now.
async fn try_link(rooms: &Rooms, sim: &Sim) -> Result<bool, TeamError> {
    let Some(merchant) = rooms.accounts.merchants().await?.into_iter().next() else {
        return Ok(false);
    };
    let Some(user) = rooms.accounts.members(&merchant.id).await?.into_iter().next() else {
        return Ok(false);
    };
    let Some(owner) = rooms.accounts.member(&merchant.id, &user, "demo").await? else {
        return Ok(false);
    };
    if rooms.team.bot(&owner.scope).await?.is_none() {
        let token = SecretString::from(sim.telegram_token());
        rooms.team.connect_bot(&owner.scope, &token).await?;
    }
    if !rooms.team.wishes(&owner.scope).await?.has_chat {
        let code = rooms.team.link_code(&owner.scope).await?;
        if let Err(missing) = sim.telegram_start(PERSON, Some(&code.code)) {
            tracing::warn!(%missing, "the pretend person is gone");
        }
    }
    Ok(true)
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
