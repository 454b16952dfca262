//! Every room of the house, built once from the settings and handed to whoever needs it.

use crate::{config::Config, papers::Reader, speech, trends::GoogleTrends, whatsapp};
use anyhow::Context;
use sauda_accounts::{Accounts, AccountsSettings};
use sauda_catalog::{Cards, Catalog, Feeds, Products};
use sauda_cluster::{Cluster, RedisSettings};
use sauda_economics::money::Money;
use sauda_jobs::Jobs;
use sauda_kernel::{Clock, Ids, Span, SystemClock, SystemIds};
use sauda_market_kaspi::KaspiMarket;
use sauda_messages::{Messages, engine::ByWhatsapp, team::Team};
use sauda_orders::Orders;
use sauda_pricing::{Pricing, engine::storefront_limit, service::Standings};
use sauda_reports::{ReportPlans, Reports};
use sauda_research::Research;
use sauda_stock::Stock;
use sauda_store::{Db, Vault};
use std::{path::Path, sync::Arc};

/// Between two calls of Google Trends.
const TRENDS_PAUSE: std::time::Duration = std::time::Duration::from_secs(10);

/// The rooms, shared: whoever clones them has the same.
#[derive(Clone)]
pub struct Rooms(Arc<House>);

impl std::ops::Deref for Rooms {
    type Target = House;

    fn deref(&self) -> &House {
        &self.0
    }
}

/// What stands in them.
pub struct House {
    pub config: Config,
    pub clock: Arc<dyn Clock>,
    pub ids: Arc<dyn Ids>,
    pub db: Db,
    pub cluster: Cluster,
    pub jobs: Jobs,
    pub accounts: Accounts,
    pub catalog: Catalog,
    pub products: Products,
    pub feeds: Feeds,
    pub cards: Cards,
    pub stock: Stock,
    pub pricing: Pricing,
    pub orders: Orders,
    pub messages: Messages,
    pub research: Research,
    pub team: Team,
    pub money: Money,
    pub reports: Reports,
    pub report_plans: ReportPlans,
}

impl Rooms {
    /// Opens the database (bringing its tables up to date), the shared state and everything above.
    pub async fn open(config: Config) -> anyhow::Result<Self> {
        Self::open_at(config, Arc::new(SystemClock)).await
    }

    /// The same with a clock of its own: what is measured has its own time.
    pub async fn open_at(config: Config, clock: Arc<dyn Clock>) -> anyhow::Result<Self> {
        let ids: Arc<dyn Ids> = Arc::new(SystemIds);
        let db = Db::open(&config.database.url)
            .await
            .context("database.url: the database cannot be opened")?;
        sauda_store::migrate(&db)
            .await
            .context("the tables cannot be brought up to date")?;
        let vault = match config.secrets.key.as_str() {
            "" => Vault::open_file(Path::new(&config.secrets.key_file)).context("secrets.key_file")?,
            key => Vault::from_base64(key).context("secrets.key")?,
        };
        let cluster = if config.redis.url.is_empty() {
            Cluster::memory(clock.clone())
        } else {
            Cluster::redis(&RedisSettings::new(&config.redis.url), clock.clone()).context("redis.url")?
        };
        let jobs = Jobs::new(db.clone(), cluster.clone(), clock.clone(), ids.clone());
        let market = Arc::new(KaspiMarket::new(config.kaspi.clone()).context("kaspi")?);
        let settings = AccountsSettings {
            open_sign_up: config.accounts.open_sign_up,
            session_idle: Span::from_days(config.accounts.session_idle_days),
            session_longest: Span::from_days(config.accounts.session_longest_days),
            ..AccountsSettings::default()
        };
        let accounts = Accounts::new(
            db.clone(),
            cluster.clone(),
            vault.clone(),
            clock.clone(),
            ids.clone(),
            settings,
        )?;
        let catalog = Catalog::new(
            db.clone(),
            cluster.clone(),
            jobs.clone(),
            market.clone(),
            vault.clone(),
            clock.clone(),
            ids.clone(),
        );
        let products = Products::new(
            db.clone(),
            accounts.clone(),
            jobs.clone(),
            clock.clone(),
            ids.clone(),
        );
        let stock = Stock::new(
            db.clone(),
            accounts.clone(),
            catalog.clone(),
            products.clone(),
            jobs.clone(),
            clock.clone(),
            ids.clone(),
        )
        .with_standing(Arc::new(Standings(db.clone())));
        let pricing = Pricing::new(
            db.clone(),
            cluster.clone(),
            accounts.clone(),
            catalog.clone(),
            jobs.clone(),
            clock.clone(),
            ids.clone(),
        )
        .with_stock(stock.clone());
        let cards = Cards::new(catalog.clone(), products.clone(), market.clone());
        let feeds = Feeds::new(catalog.clone(), accounts.clone(), Arc::new(pricing.clone()));
        let orders = Orders::new(
            db.clone(),
            cluster.clone(),
            accounts.clone(),
            catalog.clone(),
            market,
            clock.clone(),
            ids.clone(),
        )
        .with_papers(Arc::new(Reader))
        .with_imei(config.kaspi.imei)
        .with_stock(stock.clone());
        let messages = Messages {
            db: db.clone(),
            cluster: cluster.clone(),
            accounts: accounts.clone(),
            catalog: catalog.clone(),
            orders: orders.clone(),
            messenger: whatsapp::messenger(&config.whatsapp)?,
            ear: Arc::new(whatsapp::WahaEar),
            vault: vault.clone(),
            clock: clock.clone(),
            ids: ids.clone(),
            hook_base: whatsapp::hook_base(&config),
            servers: config.whatsapp.servers.clone(),
            qrs: Arc::default(),
        };
        let research = Research::new(
            db.clone(),
            cluster.clone(),
            accounts.clone(),
            catalog.clone(),
            jobs.clone(),
            clock.clone(),
            storefront_limit(config.checks.reads_per_second),
        );
        let research = if config.market.live_trends {
            let google =
                GoogleTrends::new(&config.market.trends_url, TRENDS_PAUSE).context("market.trends_url")?;
            research.with_interest(Arc::new(google))
        } else {
            research
        };
        let team = speech::team(
            &config,
            sauda_messages::team::Rooms {
                db: db.clone(),
                cluster: cluster.clone(),
                vault,
                accounts: accounts.clone(),
                catalog: catalog.clone(),
                pricing: pricing.clone(),
                orders: orders.clone(),
                clock: clock.clone(),
                ids: ids.clone(),
            },
        )?;
        let orders = orders.clone().with_askers(Arc::new(ByWhatsapp {
            messages: messages.clone(),
            orders,
        }));
        let money = Money::new(db.clone(), accounts.clone(), clock.clone(), ids.clone());
        let reports = Reports::new(
            catalog.clone(),
            pricing.clone(),
            orders.clone(),
            money.clone(),
            stock.clone(),
        );
        let report_plans = ReportPlans {
            db: db.clone(),
            jobs: jobs.clone(),
            accounts: accounts.clone(),
            catalog: catalog.clone(),
            stock: stock.clone(),
            research: research.clone(),
            orders: orders.clone(),
            reports: reports.clone(),
            team: team.clone(),
            clock: clock.clone(),
            ids: ids.clone(),
        };
        let team = team.with_reports(Arc::new(report_plans.clone()));
        Ok(Self(Arc::new(House {
            config,
            clock,
            ids,
            db,
            cluster,
            jobs,
            accounts,
            catalog,
            products,
            feeds,
            cards,
            stock,
            pricing,
            orders,
            messages,
            research,
            team,
            money,
            reports,
            report_plans,
        })))
    }
}
