//! A merchant with a shop, a bot and letters on the pretend Telegram and mail server, one stepped clock, workers that run when told.

use sauda_accounts::{
    Accounts, AccountsSettings, Language, NewOwner, NewPerson, PasswordCost, Role, Scope, Session,
    SessionFound, SignedIn, Visitor,
};
use sauda_catalog::{Catalog, NewNotice, Products, Tone};
use sauda_channel::{MailBox, MailServer, Security};
use sauda_channel_email::{EmailSettings, Smtp};
use sauda_channel_telegram::{Telegram, TelegramSettings};
use sauda_cluster::{Cluster, Limit};
use sauda_jobs::{Jobs, Worker, WorkerSettings};
use sauda_kernel::{Clock, Id, Ids, ShopId, Span, SystemIds, Timestamp};
use sauda_market_kaspi::{KaspiMarket, KaspiSettings};
use sauda_messages::team::{Ear, MailRoom, Rooms, Said, Sender, Speaker, Team, TeamSettings};
use sauda_orders::Orders;
use sauda_pricing::Pricing;
use sauda_reports::{
    ReportPlans, Reports,
    timed::{Frequency, Made, MadeFilter, MakeJob, NewPlan, Plan, PlanKeeper, PlanKind, Recipient},
};
use sauda_research::Research;
use sauda_sim::{BotMessage, Options, Running, Sim};
use sauda_stock::Stock;
use sauda_store::{Db, Vault, sql};
use sauda_testkit::TestDb;
use secrecy::{ExposeSecret as _, SecretString};
use std::sync::Arc;

pub const TOKEN: &str = "2222222:AAEpretend_token_of_a_pretend_bot_0";
/// The owner's Telegram.
pub const ARU: i64 = 1_111_111;
pub const MAIL: &str = "aru@mail.kz";

struct WorldTime(Arc<Sim>);

impl Clock for WorldTime {
    fn now(&self) -> Timestamp {
        self.0.now()
    }
}

/// Says the key and the values, so that tests can compare them.
struct Plain;

impl Speaker for Plain {
    fn say(&self, language: Language, _: Timestamp, key: &str, args: &[(&str, Said)]) -> String {
        let shown = |said: &Said| match said {
            Said::Text(text) | Said::Key(text) => text.clone(),
            Said::Number(number) => number.to_string(),
            Said::Money(sum) => sum.tiyn().to_string(),
            Said::Day(at) => format!("{}.{}", at.local().day, at.local().month),
            Said::Clock(at) | Said::Moment(at) => format!("{:02}:{:02}", at.local().hour, at.local().minute),
            Said::Span(span) => format!("{}s", span.as_secs()),
        };
        if key == "team-value" {
            return args.iter().map(|(_, said)| shown(said)).collect();
        }
        let args: Vec<String> = args
            .iter()
            .map(|(name, said)| format!("{name}={}", shown(said)))
            .collect();
        let args = if args.is_empty() {
            String::new()
        } else {
            format!("({})", args.join(","))
        };
        format!("{}:{key}{args}", language.word())
    }
}

pub struct World {
    _test: TestDb,
    pub running: Running,
    pub db: Db,
    pub accounts: Accounts,
    pub catalog: Catalog,
    pub plans: ReportPlans,
    pub keeper: PlanKeeper,
    /// Of a second process.
    pub other: PlanKeeper,
    pub team: Team,
    sender: Sender,
    ear: Ear,
    worker: Worker,
    pub owner: Session,
    pub shop: ShopId,
}

fn visitor() -> Visitor {
    Visitor {
        address: "127.0.0.1".to_owned(),
        device: String::new(),
    }
}

impl World {
    /// The owner's chat is linked and their address confirmed; a shop stands there. It is Friday the 20th of November 2026 or later.
    pub async fn open(test: TestDb) -> Self {
        let options = Options {
            cards: 10,
            offers: 5,
            shops: 1,
            smtp: Some("127.0.0.1:0".parse().unwrap()),
            ..Options::for_tests()
        };
        let running = sauda_sim::start(options).await.unwrap();
        running.sim().live(false, false);
        let at = running.base_url();
        let kaspi = Arc::new(KaspiMarket::new(KaspiSettings::all_at(&at)).unwrap());
        let clock: Arc<dyn Clock> = Arc::new(WorldTime(Arc::clone(running.sim())));
        let ids: Arc<dyn Ids> = Arc::new(SystemIds);
        let db = test.db().clone();
        let cluster = Cluster::memory(clock.clone());
        let vault = Vault::from_base64("BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=").unwrap();
        let jobs = Jobs::new(db.clone(), cluster.clone(), clock.clone(), ids.clone());
        let settings = AccountsSettings {
            password_cost: PasswordCost {
                memory_kib: 8,
                passes: 1,
                parallel: 4,
            },
            ..AccountsSettings::default()
        };
        let accounts = Accounts::new(
            db.clone(),
            cluster.clone(),
            vault.clone(),
            clock.clone(),
            ids.clone(),
            settings,
        )
        .unwrap();
        let catalog = Catalog::new(
            db.clone(),
            cluster.clone(),
            jobs.clone(),
            kaspi.clone(),
            vault.clone(),
            clock.clone(),
            ids.clone(),
        );
        let orders = Orders::new(
            db.clone(),
            cluster.clone(),
            accounts.clone(),
            catalog.clone(),
            kaspi,
            clock.clone(),
            ids.clone(),
        );
        let pricing = Pricing::new(
            db.clone(),
            cluster.clone(),
            accounts.clone(),
            catalog.clone(),
            jobs.clone(),
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
            products,
            jobs.clone(),
            clock.clone(),
            ids.clone(),
        );
        let research = Research::new(
            db.clone(),
            cluster.clone(),
            accounts.clone(),
            catalog.clone(),
            jobs.clone(),
            clock.clone(),
            Limit::per(5, Span::from_secs(1)),
        );
        let money =
            sauda_economics::money::Money::new(db.clone(), accounts.clone(), clock.clone(), ids.clone());
        let reports = Reports::new(
            catalog.clone(),
            pricing.clone(),
            orders.clone(),
            money,
            stock.clone(),
        );
        let rooms = Rooms {
            db: db.clone(),
            cluster,
            vault,
            accounts: accounts.clone(),
            catalog: catalog.clone(),
            pricing,
            orders: orders.clone(),
            clock: clock.clone(),
            ids: ids.clone(),
        };
        let team = team(rooms, &running, &at);
        let plans = ReportPlans {
            db: db.clone(),
            jobs: jobs.clone(),
            accounts: accounts.clone(),
            catalog: catalog.clone(),
            stock,
            research,
            orders,
            reports,
            team: team.clone(),
            clock: clock.clone(),
            ids: ids.clone(),
        };
        let team = team.with_reports(Arc::new(plans.clone()));
        let signed_in = accounts
            .sign_up(
                NewOwner {
                    merchant_name: "Aru Home".to_owned(),
                    name: "Ару".to_owned(),
                    login: MAIL.to_owned(),
                    password: "чайник на полке".into(),
                    language: Some(Language::Ru),
                },
                &visitor(),
            )
            .await
            .unwrap();
        let owner = session(&accounts, &signed_in).await;
        let shop: ShopId = Id::new(&*clock, &*ids);
        sql!(
            "INSERT INTO shops (id, merchant_id, marketplace, uid, slug, name, egress, created_at) VALUES ($1, $2, 'kaspi', 'uid', 'aru', 'Aru Home', 'direct', 0)"
        )
        .bind(&shop)
        .bind(owner.scope.merchant())
        .run(&db)
        .await
        .unwrap();
        let worker = Worker::new(
            jobs,
            vec![Arc::new(MakeJob(plans.clone()))],
            WorkerSettings::default(),
        );
        let world = Self {
            _test: test,
            keeper: PlanKeeper::new(plans.clone()),
            other: PlanKeeper::new(plans.clone()),
            sender: Sender::new(team.clone()),
            ear: Ear::new(team.clone(), "one"),
            running,
            db,
            accounts,
            catalog,
            plans,
            team,
            worker,
            owner,
            shop,
        };
        world
            .team
            .connect_bot(world.scope(), &SecretString::from(TOKEN))
            .await
            .unwrap();
        world.link(&world.owner, ARU).await;
        world.confirm(&world.owner).await;
        world
    }

    pub fn scope(&self) -> &Scope {
        &self.owner.scope
    }

    pub fn sim(&self) -> &Arc<Sim> {
        self.running.sim()
    }

    pub fn now(&self) -> Timestamp {
        self.sim().now()
    }

    /// A person's chat becomes theirs by a code.
    pub async fn link(&self, session: &Session, person: i64) {
        let code = self.team.link_code(&session.scope).await.unwrap();
        self.sim().telegram_start(person, Some(&code.code)).unwrap();
        self.ear.hear(self.scope().merchant(), Span::ZERO).await.unwrap();
        self.say().await;
    }

    /// A person's address is confirmed by the link that is sent there.
    pub async fn confirm(&self, session: &Session) {
        self.team.ask_to_confirm(&session.scope).await.unwrap();
        self.say().await;
        let letter = self.sim().letters().pop().unwrap();
        let text = String::from_utf8(letter.parts[0].bytes.clone()).unwrap();
        let (_, rest) = text.split_once("/settings/notifications/confirm/").unwrap();
        let word: String = rest.chars().take_while(char::is_ascii_hexdigit).collect();
        self.team.confirm_mail(&session.scope, &word).await.unwrap();
    }

    /// Says what is due, with the time that the limits want between.
    pub async fn say(&self) -> u32 {
        let mut sent = 0;
        for _ in 0..6 {
            sent += self.sender.turn().await.unwrap().sent;
            self.sim().step(Span::from_millis(1_100));
        }
        sent
    }

    /// Looks what is due, makes it, tells it; how many reports were asked for.
    pub async fn turn(&self) -> u64 {
        let asked = self.keeper.turn().await.unwrap();
        self.work().await;
        self.say().await;
        asked
    }

    pub async fn work(&self) {
        self.worker.run_until_idle().await.unwrap();
    }

    /// Pushes the clock to a moment.
    pub fn until(&self, at: Timestamp) {
        let left = at.since(self.now());
        assert!(left > Span::ZERO, "{at} is over: it is {}", self.now());
        self.sim().step(left);
    }

    pub async fn add(&self, name: &str, kind: PlanKind, recipients: &[&str]) -> Plan {
        self.plans
            .add(self.scope(), &wish(name, kind, recipients))
            .await
            .unwrap()
    }

    pub async fn made(&self) -> Vec<Made> {
        let filter = MadeFilter {
            limit: 100,
            ..MadeFilter::default()
        };
        self.plans.made(self.scope(), &filter).await.unwrap()
    }

    /// What the bot has said in a chat that holds these words.
    pub fn said(&self, chat: i64, words: &str) -> Vec<BotMessage> {
        let mut all = self.sim().telegram_sent();
        all.retain(|message| message.chat == chat && format!("{message:?}").contains(words));
        all
    }

    /// Letters that hold these words.
    pub fn letters(&self, words: &str) -> usize {
        let letters = self.sim().letters();
        letters
            .iter()
            .filter(|letter| {
                let mut texts = letter
                    .parts
                    .iter()
                    .map(|part| String::from_utf8_lossy(&part.bytes));
                texts.any(|text| text.contains(words))
            })
            .count()
    }

    /// Something goes wrong.
    pub async fn trouble(&self, subject: &str) {
        let notice = NewNotice::new("session-ended", subject, Tone::Bad).arg("name", subject);
        let mut tx = self.db.write().await.unwrap();
        self.catalog.tell(&mut tx, self.scope(), &notice).await.unwrap();
        tx.commit().await.unwrap();
    }

    pub async fn hire(&self, role: Role, login: &str) -> Session {
        let link = self.accounts.invite(self.scope(), role, "").await.unwrap();
        let person = NewPerson {
            name: "Данияр".to_owned(),
            login: login.to_owned(),
            password: "совсем другой чайник".into(),
            language: Some(Language::Kk),
        };
        let signed_in = self
            .accounts
            .accept_invite_new(link.token.expose_secret(), person, &visitor())
            .await
            .unwrap();
        session(&self.accounts, &signed_in).await
    }
}

/// Every day at nine, in Russian, with its drawing.
pub fn wish(name: &str, kind: PlanKind, recipients: &[&str]) -> NewPlan {
    NewPlan {
        name: name.to_owned(),
        kind,
        shop: None,
        frequency: Frequency::Daily,
        day: 1,
        minute: 9 * 60,
        recipients: recipients
            .iter()
            .map(|word| Recipient::parse(word).unwrap())
            .collect(),
        language: Language::Ru,
        pictures: true,
    }
}

fn team(rooms: Rooms, running: &Running, at: &str) -> Team {
    let telegram = Telegram::new(TelegramSettings {
        api_url: format!("{at}/telegram"),
        total_timeout_secs: 3,
        ..TelegramSettings::default()
    })
    .unwrap();
    let address = running.sim().mail_address().unwrap();
    let mail = MailRoom {
        mailer: Arc::new(
            Smtp::new(EmailSettings {
                connect_timeout_secs: 1,
                command_timeout_secs: 1,
                content_timeout_secs: 1,
                later_wait_secs: 300,
            })
            .unwrap(),
        ),
        server: MailServer {
            host: address.ip().to_string(),
            port: address.port(),
            security: Security::Plain,
            login: None,
        },
        from: MailBox::new(Some("Sauda"), "desk@example.kz").unwrap(),
    };
    let settings = TeamSettings {
        public_url: "https://desk.example.kz".to_owned(),
    };
    Team::new(rooms, Arc::new(telegram), Some(mail), Arc::new(Plain), settings)
}

async fn session(accounts: &Accounts, signed_in: &SignedIn) -> Session {
    match accounts
        .session(signed_in.token.expose_secret(), &visitor())
        .await
        .unwrap()
    {
        SessionFound::Person(session) => *session,
        other => panic!("no open session: {other:?}"),
    }
}
