//! The one shared state behind every door of the pretend world. Refuses to answer requests; the doors do.

use crate::{
    clock::WorldClock,
    control::{
        counters::Counters,
        faults::{FaultKind, Faults, Subject},
        settings::Settings,
    },
    feeds::Feeds,
    kaspi::{
        identity::desk::IdentityDesk,
        official::cards::Uploads,
        pricefeed::limit::ChangeLimit,
        storefront::{cache::AnswerCache, limit::ReadLimit},
    },
    locks::{lock, read, write},
    mail::MailSink,
    options::{Options, Speed},
    random::Stream,
    telegram::Telegram,
    trends::Trends,
    waha::Whatsapp,
    world::{
        World, build, buyers,
        cities::CityIx,
        engine::{Engine, Wake},
        ledger::Ledger,
        orders::Orders,
        past::{self, Delivery},
        rivals,
    },
};
use sauda_kernel::{Clock, Span, Timestamp};
use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{Mutex, OnceLock, RwLock},
};
use tokio::sync::watch;

/// Everything that the doors share.
pub struct Sim {
    pub options: Options,
    pub clock: WorldClock,
    pub world: World,
    pub settings: RwLock<Settings>,
    pub faults: Faults,
    pub counters: Counters,
    pub ledger: Ledger,
    pub identity: IdentityDesk,
    pub answers: AnswerCache,
    pub read_limit: ReadLimit,
    pub change_limit: ChangeLimit,
    pub orders: Mutex<Orders>,
    pub whatsapp: Whatsapp,
    pub telegram: Telegram,
    pub mail: MailSink,
    pub feeds: Feeds,
    pub trends: Trends,
    pub uploads: Mutex<Uploads>,
    pub sales: Mutex<Vec<Sale>>,
    pub moves: Mutex<Vec<Move>>,
    /// Chance that belongs to no card: job ids, delays, codes.
    pub luck: Mutex<Stream>,
    /// When the last planned job of a sku is due.
    pub last_due: Mutex<HashMap<(u16, String), Timestamp>>,
    /// Wakes planned by doors, taken over by the engine.
    pub inbox: Mutex<Vec<Wake>>,
    engine: Mutex<Engine>,
    /// Turns true when the world ends; hanging answers end with it.
    pub ended: watch::Sender<bool>,
    /// The `citySelection` array, the same on every page.
    pub city_selection: String,
    /// Where the world answers, once it does.
    pub address: OnceLock<SocketAddr>,
}

/// One sale of an own shop.
#[derive(Debug, Clone)]
pub struct Sale {
    pub at: Timestamp,
    pub shop: u16,
    pub sku: String,
    pub city: CityIx,
    pub price: u32,
    /// Place in the list the buyer saw, from 1.
    pub position: u32,
}

/// One price move of a rival on a card that an own shop sells.
#[derive(Debug, Clone, Copy)]
pub struct Move {
    pub at: Timestamp,
    pub card: u32,
    pub seller: u32,
    /// None = in every city.
    pub city: Option<CityIx>,
    pub old: u32,
    pub new: u32,
}

impl Sim {
    /// Builds the world; nothing listens yet.
    ///
    /// # Errors
    /// When the options ask for an impossible world.
    pub fn new(options: Options) -> anyhow::Result<Self> {
        let clock = WorldClock::new(options.speed, options.start_at, options.limit_clock);
        let now = clock.now();
        let mut world = build::build(&options, now)?;
        world.born = now.minus(Span::from_days(i64::from(options.past_days)));
        let sim = Self {
            settings: RwLock::new(Settings::of(&options)),
            faults: Faults::new(options.seed),
            counters: Counters::default(),
            ledger: Ledger::default(),
            identity: IdentityDesk::new(options.seed),
            answers: AnswerCache::default(),
            read_limit: ReadLimit::default(),
            change_limit: ChangeLimit::new(world.shops.len()),
            orders: Mutex::new(Orders::new(options.seed)),
            mail: MailSink::default(),
            feeds: Feeds::default(),
            trends: Trends::default(),
            uploads: Mutex::default(),
            telegram: Telegram::new(&options.telegram_token, now),
            whatsapp: Whatsapp::new(options.seed, &options.whatsapp_key),
            sales: Mutex::default(),
            moves: Mutex::default(),
            luck: Mutex::new(Stream::new(options.seed, 40, 0)),
            last_due: Mutex::default(),
            inbox: Mutex::default(),
            engine: Mutex::default(),
            ended: watch::Sender::new(false),
            city_selection: world.cities.selection().to_string(),
            address: OnceLock::new(),
            clock,
            world,
            options,
        };
        let settings = *read(&sim.settings);
        sim.plan_life(settings.rivals, settings.buyers);
        if sim.options.past_year {
            sim.put_past(now);
        }
        Ok(sim)
    }

    /// Puts the year up to a moment behind the shops, in place of another one.
    pub(crate) fn put_past(&self, until: Timestamp) {
        let past = past::build(&self.world, until);
        lock(&self.orders).put_past(past, until);
    }

    /// Takes the year away: an older memory knows none.
    pub(crate) fn forget_past(&self) {
        let mut orders = lock(&self.orders);
        orders.past = None;
        orders.all.clear();
    }

    /// Goods that came to the shops in the year behind them: merchant id and what came. Empty without such a year.
    pub fn deliveries(&self) -> Vec<(String, Delivery)> {
        let orders = lock(&self.orders);
        let all = orders.past.iter().flat_map(|past| past.deliveries.iter());
        all.filter_map(|one| {
            let shop = self.world.shops.get(usize::from(one.shop))?;
            Some((shop.uid.clone(), one.clone()))
        })
        .collect()
    }

    /// The address of every pretend host, for links.
    pub fn base(&self) -> String {
        self.address.get().map_or_else(
            || "https://kaspi.kz".to_owned(),
            |address| format!("http://{address}"),
        )
    }

    /// Rivals' era while they live; none while they rest.
    pub fn era(&self) -> Option<u32> {
        let settings = read(&self.settings);
        settings.rivals.then_some(settings.era)
    }

    /// Plans something; a running engine takes it over before the next happening.
    pub fn wake_at(&self, wake: Wake) {
        lock(&self.inbox).push(wake);
    }

    pub fn wake_all(&self, wakes: Vec<Wake>) {
        lock(&self.inbox).extend(wakes);
    }

    /// Wakes rivals and buyers up, or lets them rest. Plans of the time before are forgotten.
    pub fn live(&self, rivals: bool, buyers: bool) {
        {
            let mut settings = write(&self.settings);
            if settings.rivals == rivals && settings.buyers == buyers {
                return;
            }
            settings.rivals = rivals;
            settings.buyers = buyers;
            settings.era += 1;
        }
        self.plan_life(rivals, buyers);
    }

    fn plan_life(&self, rivals: bool, buyers: bool) {
        let era = read(&self.settings).era;
        let now = self.clock.now();
        let mut engine = lock(&self.engine);
        for card in 0..crate::numbers::index(self.world.cards.len()) {
            if rivals {
                for wake in rivals::first_wakes(&self.world, card, now, era) {
                    engine.plan(wake);
                }
            }
            if buyers && let Some(wake) = buyers::first_wake(&self.world, card, now, era) {
                engine.plan(wake);
            }
        }
    }

    /// Lets everything happen that is due by now.
    pub fn catch_up(&self) {
        lock(&self.engine).advance(self, self.clock.now());
    }

    /// Moves a stepped world on by this much; everything due on the way has happened when this returns.
    pub fn step(&self, by: Span) {
        let target = self.clock.now().plus(by);
        lock(&self.engine).advance(self, target);
        self.clock.push(by);
        self.catch_up();
    }

    /// Changes the pace.
    pub fn set_speed(&self, speed: Speed) {
        self.clock.set_speed(speed);
    }

    /// Happenings so far, and planned ones.
    pub fn agenda(&self) -> (u64, usize) {
        let engine = lock(&self.engine);
        (engine.happened(), engine.planned())
    }

    /// True when a fault of this kind strikes this subject now; counts it.
    pub fn fault(&self, kind: FaultKind, subject: &Subject<'_>) -> bool {
        self.faults
            .strike(kind, subject, self.clock.limit_now())
            .is_some()
    }
}
