//! The command line.

use crate::{commands, config::Config, logs, rooms::Rooms, serve};
use anyhow::Context as _;
use clap::{Parser, Subcommand};
use sauda_messages::command::Asked;
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

/// Operations desk for merchants on Kaspi.kz.
#[derive(Debug, Parser)]
#[command(name = "sauda", version, about, propagate_version = true)]
pub struct Cli {
    /// Settings file; `sauda.toml` here when it exists.
    #[arg(long, global = true)]
    config: Option<PathBuf>,
    /// One setting, such as `server.listen=127.0.0.1:9000`; may be repeated, wins over file and environment.
    #[arg(long = "set", global = true, value_name = "KEY=VALUE", value_parser = key_value)]
    set: Vec<(String, String)>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serves pages, the API and the work, or only some of it.
    Serve {
        /// `web`, `worker`, or both with a comma; everything without this.
        #[arg(long, value_delimiter = ',')]
        roles: Vec<serve::Role>,
    },
    /// Starts the desk with a living pretend market and prints the address.
    Demo(commands::demo::DemoArgs),
    /// Runs the pretend Kaspi alone.
    Sim(sauda_sim::Options),
    /// Brings the tables up to date.
    Migrate,
    /// Writes everything into one file, while the program runs.
    Backup { file: PathBuf },
    /// Reads such a file into this database, replacing what is there.
    Restore {
        file: PathBuf,
        /// Replace what is in the database without asking.
        #[arg(long)]
        replace: bool,
    },
    /// Checks or shows the settings.
    Config {
        #[command(subcommand)]
        act: ConfigAct,
    },
    /// Looks at everything the program needs and says what is wrong and what to do.
    Doctor,
    /// Measures the program on this machine.
    Bench(crate::bench::BenchArgs),
    /// Prints the description of the API (OpenAPI 3.1).
    Openapi,
    /// Decides prices by the bot's rules: one JSON object a line in, one a line out. See docs/decide.md.
    Decide,
    /// Says what a sale earns, part by part: one JSON object a line in, one a line out. See docs/economics.md.
    Economics,
    /// Estimates the tax of a period: one JSON object a line in, one a line out. See docs/tax.md.
    Tax,
    /// Advises sizes: one JSON object a line in, one a line out. See docs/size.md.
    Size {
        /// The shop's own outcomes to learn from first: CSV or JSON lines.
        #[arg(long, value_name = "FILE")]
        outcomes: Vec<PathBuf>,
        /// Size tables of brands and products: CSV.
        #[arg(long, value_name = "FILE")]
        tables: Option<PathBuf>,
    },
    /// Says what to reorder and why: one product or group a line in, one answer a line out. See docs/reorder.md.
    Reorder,
    /// Forecasts demand: one JSON object a line, or a CSV of sales, in; one JSON line a series out. See docs/forecast.md.
    Forecast(commands::forecast::ForecastArgs),
    /// Says what buyers' messages mean: one message a line in, one JSON line out. See docs/understand.md.
    Understand,
    /// Finds the phone numbers of texts: one text a line in, one JSON line out. See docs/phone.md.
    Phone,
    /// Says whether reviews praise or blame, and about what: one review a line in, one JSON line out. See docs/sentiment.md.
    Sentiment,
    /// Runs the day of a shop: orders read, accepted, declared ready, waybills collected. See docs/day.md.
    Day(commands::day::DayArgs),
    /// Tests a shop's price list or writes it into a file, exactly as Kaspi would fetch it. See docs/feed.md.
    Feed(commands::feed::FeedArgs),
    /// Checks a seller's sheet of products, writes it into the catalogue, or takes an import back. See docs/import.md.
    Import(commands::import::ImportArgs),
    /// Prints labels, pick lists and waybills from a file of orders and a folder of PDFs. See docs/labels.md.
    Labels(commands::labels::LabelsArgs),
    /// Keeps the desk running: starts it with the machine and after a crash. See docs/service.md.
    Service(commands::service::ServiceArgs),
    /// Makes a link with which a person sets a new password.
    ResetPassword {
        /// Mail or phone.
        login: String,
    },
}

#[derive(Debug, Subcommand)]
enum ConfigAct {
    /// Says whether the settings can be used.
    Check,
    /// Shows every setting, secrets as stars.
    Show,
}

fn key_value(text: &str) -> Result<(String, String), String> {
    text.split_once('=')
        .map(|(key, value)| (key.trim().to_owned(), value.to_owned()))
        .ok_or_else(|| format!("{text:?} is not KEY=VALUE"))
}

impl Cli {
    /// Does what was asked.
    pub fn run(self) -> anyhow::Result<ExitCode> {
        match self.command {
            Command::Decide => commands::decide::run(),
            Command::Economics => commands::economics::run(sauda_economics::command::Asked::Economics),
            Command::Tax => commands::economics::run(sauda_economics::command::Asked::Tax),
            Command::Size { outcomes, tables } => commands::size::run(&outcomes, tables.as_deref()),
            Command::Reorder => commands::reorder::run(),
            Command::Forecast(args) => commands::forecast::run_command(args),
            Command::Understand => commands::messages::run(Asked::Meaning),
            Command::Phone => commands::messages::run(Asked::Phones),
            Command::Sentiment => commands::messages::sentiment(),
            Command::Labels(args) => commands::labels::run(args),
            Command::Import(args) if args.is_check() => commands::import::check(&args),
            Command::Openapi => {
                logs::say(sauda_api::openapi_json().trim_end());
                Ok(ExitCode::SUCCESS)
            }
            command => command.with_settings(self.config.as_deref(), &self.set),
        }
    }
}

impl Command {
    /// Commands that need the installation: its settings, mostly its database.
    fn with_settings(self, file: Option<&Path>, set: &[(String, String)]) -> anyhow::Result<ExitCode> {
        let config = Config::load(file, set)?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .context("the runtime cannot start")?;
        runtime.block_on(run(self, config, file))
    }
}

async fn run(command: Command, config: Config, file: Option<&Path>) -> anyhow::Result<ExitCode> {
    match command {
        Command::Serve { roles } => {
            logs::start(&config.logs)?;
            let rooms = Rooms::open(config).await?;
            serve::serve(rooms, &roles).await?;
        }
        Command::Demo(args) => {
            logs::start(&config.logs)?;
            commands::demo::run(config, args).await?;
        }
        Command::Sim(options) => {
            logs::start(&config.logs)?;
            commands::demo::run_sim(options).await?;
        }
        Command::Migrate => {
            Rooms::open(config).await?;
            logs::say("the tables are up to date");
        }
        Command::Backup { file } => commands::backup::backup(&config, &file).await?,
        Command::Restore { file, replace } => commands::backup::restore(&config, &file, replace).await?,
        Command::Config {
            act: ConfigAct::Check,
        } => logs::say("the settings can be used"),
        Command::Config { act: ConfigAct::Show } => {
            for (key, value) in config.show() {
                logs::say(&format!("{key} = {value}"));
            }
        }
        Command::Doctor => return Box::pin(commands::doctor::run(config)).await,
        Command::Day(args) => return Box::pin(commands::day::run(Rooms::open(config).await?, args)).await,
        Command::Bench(args) => Box::pin(crate::bench::run(config, args)).await?,
        Command::Import(args) => return commands::import::run(config, args).await,
        Command::Feed(args) => return commands::feed::run(config, args).await,
        Command::Service(args) => return commands::service::run(config, file, args).await,
        Command::ResetPassword { login } => commands::reset_password(config, &login).await?,
        Command::Decide
        | Command::Reorder
        | Command::Economics
        | Command::Tax
        | Command::Size { .. }
        | Command::Forecast(_)
        | Command::Understand
        | Command::Phone
        | Command::Sentiment
        | Command::Labels(_)
        | Command::Openapi => {}
    }
    Ok(ExitCode::SUCCESS)
}
