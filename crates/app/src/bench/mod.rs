//! `sauda bench`: measures this program on this machine against the pretend Kaspi in another process, on databases of its own.
//! Refuses to touch the installation's data.

mod browse;
mod budgets;
mod chance;
mod checks;
mod day;
mod decide;
mod economics;
mod figures;
mod goods;
mod machine;
mod market;
mod pages;
mod processes;
mod sizes;
mod store;
mod worker;
mod year;

use crate::{config::Config, logs, rooms::Rooms};
use anyhow::Context as _;
use figures::Figures;
use market::Market;
use sauda_kernel::{Clock as _, SystemClock};
use sauda_market_kaspi::KaspiSettings;
use std::path::{Path, PathBuf};

/// What to measure.
#[derive(Debug, clap::Args)]
pub struct BenchArgs {
    /// Only these parts.
    #[arg(long, value_delimiter = ',', value_enum)]
    only: Vec<Part>,
    /// Offers in the database while checks are measured.
    #[arg(long, default_value_t = 100_000)]
    offers: usize,
    /// Watches checked in each round.
    #[arg(long, default_value_t = 5_000)]
    watches: i64,
    /// Offers of the shop whose pages are measured.
    #[arg(long, default_value_t = 50_000)]
    page_offers: usize,
    /// Orders of the large day.
    #[arg(long, default_value_t = 2_000)]
    day_orders: usize,
    /// Orders that are advised a size.
    #[arg(long, default_value_t = 10_000)]
    advised_orders: usize,
    /// Products of the shop whose year is measured.
    #[arg(long, default_value_t = 10_000)]
    year_products: usize,
    /// Its orders of a year.
    #[arg(long, default_value_t = 36_500)]
    year_orders: usize,
    /// Rows of the sheet that is imported.
    #[arg(long, default_value_t = 100_000)]
    sheet_rows: usize,
    /// `postgres://…` of an empty database, for the part `processes`.
    #[arg(long, requires = "redis")]
    postgres: Option<String>,
    /// `redis://…` of an empty server, for the part `processes`.
    #[arg(long, requires = "postgres")]
    redis: Option<String>,
    /// The handbook page whose table of figures is written anew; untouched when it does not exist or only parts are measured.
    #[arg(long, default_value = "docs/performance.md")]
    report: PathBuf,
}

/// The parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    /// The rules alone.
    Decide,
    /// The formula of a sale alone.
    Economics,
    /// The plans for reads and changes in simulated days.
    Budgets,
    /// The check pipeline on SQLite.
    Checks,
    /// The day over a heap of orders.
    Day,
    /// Size advice for a heap of orders.
    Sizes,
    /// A sheet brought in, the price list, labels.
    Goods,
    /// Memory of the whole program with a large catalogue.
    Memory,
    /// Server time of the Prices page.
    Pages,
    /// Server time of the pages of stock, profit and tax after a year of sales.
    Year,
    /// Two workers on PostgreSQL and Redis.
    Processes,
}

/// Measures, prints, and writes the table of the handbook.
pub async fn run(config: Config, args: BenchArgs) -> anyhow::Result<()> {
    let wanted = |part: Part| args.only.is_empty() || args.only.contains(&part);
    let folder = Folder::make()?;
    let program = std::env::current_exe().context("where this program lies")?;
    let mut figures = Figures::default();
    logs::say(&machine::describe());
    if wanted(Part::Decide) {
        decide::measure(SystemClock.now(), &mut figures)?;
    }
    if wanted(Part::Economics) {
        economics::measure(SystemClock.now(), &mut figures)?;
    }
    if wanted(Part::Budgets) {
        budgets::measure(&mut figures);
    }
    // The most memory of this process is told of the day: what needs more comes after it.
    if wanted(Part::Day) {
        day::measure(&config, &program, &folder.0, args.day_orders, &mut figures).await?;
    }
    if wanted(Part::Sizes) {
        sizes::measure(&config, &program, &folder.0, args.advised_orders, &mut figures).await?;
    }
    if wanted(Part::Pages) {
        let rooms = Rooms::open(on_file(&config, &folder.0, "pages", None)).await?;
        pages::measure(&rooms, args.page_offers, &mut figures).await?;
        rooms.db.close().await;
    }
    if wanted(Part::Year) {
        let rooms = Rooms::open(on_file(&config, &folder.0, "year", None)).await?;
        let many = year::Year {
            products: args.year_products,
            orders: args.year_orders,
        };
        year::measure(&rooms, many, &mut figures).await?;
        rooms.db.close().await;
    }
    if wanted(Part::Goods) {
        let many = goods::Goods {
            rows: args.sheet_rows,
            offers: args.page_offers,
        };
        goods::measure(&config, &program, &folder.0, many, &mut figures).await?;
    }
    if wanted(Part::Checks) || wanted(Part::Memory) {
        let market = open_market(&program, args.offers).await?;
        let rooms = Rooms::open(on_file(&config, &folder.0, "checks", Some(&market))).await?;
        checks::fill(&rooms, &market, args.offers).await?;
        if wanted(Part::Checks) {
            let plan = checks::Plan {
                watches: args.watches,
                lanes: config.checks.lanes,
                batch: i64::from(config.checks.batch),
            };
            checks::measure(&rooms, &market, plan, &mut figures).await?;
        }
        if wanted(Part::Memory) {
            processes::memory(
                &rooms,
                &market,
                &program,
                &folder.0,
                args.offers,
                args.watches,
                &mut figures,
            )
            .await?;
        }
        rooms.db.close().await;
    }
    if wanted(Part::Processes) {
        match (&args.postgres, &args.redis) {
            (Some(postgres), Some(redis)) => {
                let offers = usize::try_from(args.watches)?;
                let market = open_market(&program, offers).await?;
                let mut shared = on_file(&config, &folder.0, "shared", Some(&market));
                shared.database.url.clone_from(postgres);
                shared.redis.url.clone_from(redis);
                let rooms = Rooms::open(shared).await?;
                processes::measure(&rooms, &market, &program, &folder.0, offers, &mut figures).await?;
                rooms.db.close().await;
            }
            _ => logs::say("processes  not measured: give --postgres and --redis of empty servers"),
        }
    }
    if args.only.is_empty() {
        write(&args.report, &figures)?;
    }
    logs::say(&format!("{} goals missed", figures.missed()));
    Ok(())
}

/// A market in which each card has fifty rivals, our shop sells all of them, and time moves when told.
async fn open_market(program: &Path, cards: usize) -> anyhow::Result<Market> {
    let cards = cards.to_string();
    let flags = [
        "--cards",
        &cards,
        "--shops",
        "1",
        "--offers",
        &cards,
        "--rivals-per-card",
        "50",
        "--no-read-limit",
        "--no-buyers",
        "--speed",
        "stepped",
    ];
    Market::start(program, &["sim"], &flags.map(str::to_owned)).await
}

/// The same settings on a fresh file, pointed at the market.
fn on_file(config: &Config, folder: &Path, name: &str, market: Option<&Market>) -> Config {
    let mut own = config.clone();
    own.database.url = format!("sqlite://{}", folder.join(format!("{name}.sqlite")).display());
    own.redis.url = String::new();
    own.secrets.key = String::new();
    own.secrets.key_file = folder.join("secret.key").display().to_string();
    if let Some(market) = market {
        own.kaspi = KaspiSettings {
            zones: config.kaspi.zones.clone(),
            ..KaspiSettings::all_at(&market.address)
        };
    }
    own
}

const BEGIN: &str = "<!-- figures begin: written by sauda bench -->";
const END: &str = "<!-- figures end -->";

/// Puts the table between the marks of the page.
fn write(report: &Path, figures: &Figures) -> anyhow::Result<()> {
    let Ok(page) = std::fs::read_to_string(report) else {
        return Ok(());
    };
    let (Some((before, _)), Some((_, after))) = (page.split_once(BEGIN), page.split_once(END)) else {
        logs::say(&format!(
            "{} has no place for figures and stays as it is",
            report.display()
        ));
        return Ok(());
    };
    let about = format!(
        "Machine: {}. Version {}, {}.",
        machine::describe(),
        env!("CARGO_PKG_VERSION"),
        SystemClock.now().rfc3339()
    );
    std::fs::write(
        report,
        format!("{before}{BEGIN}\n\n{about}\n\n{}\n{END}{after}", figures.table()),
    )
    .with_context(|| report.display().to_string())?;
    logs::say(&format!("{} written", report.display()));
    Ok(())
}

/// A folder for this run, removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn make() -> anyhow::Result<Self> {
        let path = std::env::temp_dir().join(format!("sauda-bench-{}", std::process::id()));
        std::fs::create_dir_all(&path).with_context(|| path.display().to_string())?;
        Ok(Self(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            logs::complain(&format!("{} stays: {error}", self.0.display()));
        }
    }
}
