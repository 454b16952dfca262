//! A team with a bot: an owner and a packer, a shop of the pretend Kaspi, the pretend Telegram and mail server, one stepped clock.

use crate::team_desk::Desk;
use sauda_accounts::{
    Accounts, AccountsSettings, Language, NewOwner, NewPerson, PasswordCost, Role, Session, SessionFound,
    SignedIn, Visitor,
};
use sauda_catalog::{Catalog, LoginKind};
use sauda_channel::{MailBox, MailServer, Security};
use sauda_channel_email::{EmailSettings, Smtp};
use sauda_channel_telegram::{Telegram, TelegramSettings};
use sauda_cluster::Cluster;
use sauda_jobs::Jobs;
use sauda_kernel::{Clock, Ids, ShopId, Span, SystemIds, Timestamp};
use sauda_market_kaspi::{KaspiMarket, KaspiSettings};
use sauda_messages::team::{
    Ear, Heard, MailRoom, Rooms, Said, SendReport, Sender, Speaker, Team, TeamSettings, Teller,
};
use sauda_orders::{
    DayView, Orders,
    engine::{Clerk, DayKeeper},
    model::Stage,
};
use sauda_pricing::Pricing;
use sauda_sim::{BotMessage, Fault, FaultKind, Options, Running, Service, Sim, TelegramPerson, Way};
use sauda_store::Vault;
use sauda_testkit::TestDb;
use secrecy::{ExposeSecret as _, SecretString};
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

pub const TOKEN: &str = "2222222:AAEpretend_token_of_a_pretend_bot_0";
/// The owner's and the packer's Telegram.
pub const ARU: i64 = 1_111_111;
pub const DANIYAR: i64 = 3_333_333;
const PHONE: &str = "+7 700 100 00 01";
const CODE_TO: &str = "+7 (700) 100-00-01";

pub struct WorldTime(Arc<Sim>);

impl Clock for WorldTime {
    fn now(&self) -> Timestamp {
        self.0.now()
    }
}

/// Says the key and the values, so that tests can compare them.
pub struct Plain;

impl Speaker for Plain {
    fn say(&self, language: Language, now: Timestamp, key: &str, args: &[(&str, Said)]) -> String {
        let args: Vec<String> = args
            .iter()
            .map(|(name, said)| format!("{name}={}", plain(said, now)))
            .collect();
        let mark = if language == Language::Ru {
            ""
        } else {
            language.word()
        };
        if args.is_empty() {
            format!("{mark}{key}")
        } else {
            format!("{mark}{key}({})", args.join(","))
        }
    }

    fn day_report(&self, language: Language, _: Timestamp, shop: &str, run: &DayView) -> Option<Vec<u8>> {
        Some(format!("%PDF {} {shop} {}", language.word(), run.run.state.word()).into_bytes())
    }
}

fn plain(said: &Said, _: Timestamp) -> String {
    let clock = |at: &Timestamp| {
        let local = at.local();
        format!("{:02}:{:02}", local.hour, local.minute)
    };
    match said {
        Said::Text(text) | Said::Key(text) => text.clone(),
        Said::Number(number) => number.to_string(),
        Said::Money(sum) => sum.tiyn().to_string(),
        Said::Clock(at) | Said::Moment(at) => clock(at),
        Said::Day(at) => format!("{}.{}", at.local().day, at.local().month),
        Said::Span(span) => format!("{}s", span.as_secs()),
    }
}

pub struct World {
    _test: TestDb,
    pub running: Running,
    pub team: Team,
    pub accounts: Accounts,
    pub catalog: Catalog,
    pub orders: Orders,
    pub owner: Session,
    pub shop: Option<ShopId>,
    pub sender: Sender,
    pub teller: Teller,
    pub ear: Ear,
    pub clerk: Clerk,
    pub keeper: DayKeeper,
}

pub fn visitor() -> Visitor {
    Visitor {
        address: "127.0.0.1".to_owned(),
        device: String::new(),
    }
}

impl World {
    /// A team without a bot and without a shop.
    pub async fn open(test: TestDb) -> Self {
        let options = Options {
            cards: 60,
            offers: 30,
            shops: 1,
            smtp: Some("127.0.0.1:0".parse().unwrap()),
            ..Options::for_tests()
        };
        let running = sauda_sim::start(options).await.unwrap();
        running.sim().live(false, false);
        running.sim().telegram_person(&TelegramPerson {
            id: DANIYAR,
            name: "Данияр".to_owned(),
            language: "kk".to_owned(),
        });
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
            Arc::new(Desk {
                kaspi,
                sim: Arc::clone(running.sim()),
            }),
            clock.clone(),
            ids.clone(),
        );
        let pricing = Pricing::new(
            db.clone(),
            cluster.clone(),
            accounts.clone(),
            catalog.clone(),
            jobs,
            clock.clone(),
            ids.clone(),
        );
        let signed_in = accounts
            .sign_up(
                NewOwner {
                    merchant_name: "Aru Home".to_owned(),
                    name: "Ару".to_owned(),
                    login: "aru@mail.kz".to_owned(),
                    password: "чайник на полке".into(),
                    language: Some(Language::Ru),
                },
                &visitor(),
            )
            .await
            .unwrap();
        let owner = session(&accounts, &signed_in).await;
        let team = Team::new(
            Rooms {
                db,
                cluster,
                vault,
                accounts: accounts.clone(),
                catalog: catalog.clone(),
                pricing,
                orders: orders.clone(),
                clock,
                ids,
            },
            Arc::new(telegram(&at)),
            Some(mail_room(&running)),
            Arc::new(Plain),
            TeamSettings {
                public_url: "https://desk.example.kz".to_owned(),
            },
        );
        Self {
            _test: test,
            sender: Sender::new(team.clone()),
            teller: Teller::new(team.clone(), "one"),
            ear: Ear::new(team.clone(), "one"),
            clerk: Clerk::new(orders.clone(), "one"),
            keeper: DayKeeper::new(orders.clone(), "one"),
            running,
            team,
            accounts,
            catalog,
            orders,
            owner,
            shop: None,
        }
    }

    /// The same with the bot connected and the owner's chat linked; what was said about that is forgotten here.
    pub async fn linked(test: TestDb) -> Self {
        let world = Box::pin(Self::open(test)).await;
        world.connect().await;
        world.link(&world.owner, ARU).await;
        world
    }

    /// The same with a shop whose orders are read.
    pub async fn with_shop(test: TestDb) -> Self {
        let mut world = Box::pin(Self::linked(test)).await;
        let scope = world.owner.scope.clone();
        let asked = world
            .catalog
            .connect(&scope, LoginKind::Phone, PHONE, None)
            .await
            .unwrap();
        let code = world.sim().last_code(CODE_TO).unwrap();
        let connected = world
            .catalog
            .enter_code(&scope, &asked.access.id, &code)
            .await
            .unwrap();
        let shop = connected.shops[0].clone();
        let key = world.sim().world.shops[0].token.clone();
        world.orders.connect(&scope, &shop, &key).await.unwrap();
        world.shop = Some(shop);
        world.clerks(12).await;
        world
    }

    pub async fn connect(&self) {
        self.team
            .connect_bot(&self.owner.scope, &SecretString::from(TOKEN))
            .await
            .unwrap();
    }

    /// A person's chat becomes theirs by a code.
    pub async fn link(&self, session: &Session, person: i64) {
        let code = self.team.link_code(&session.scope).await.unwrap();
        self.sim().telegram_start(person, Some(&code.code)).unwrap();
        self.hear().await;
        self.say().await;
    }

    /// The owner's address is confirmed by the link that is sent there; the letter is forgotten here.
    pub async fn confirm_mail(&self) -> usize {
        self.team.ask_to_confirm(&self.owner.scope).await.unwrap();
        self.say().await;
        let word = self.confirm_word();
        self.team.confirm_mail(&self.owner.scope, &word).await.unwrap();
        self.sim().letters().len()
    }

    /// The word of the link in the newest letter.
    pub fn confirm_word(&self) -> String {
        let letter = self.sim().letters().pop().unwrap();
        let text = String::from_utf8(letter.parts[0].bytes.clone()).unwrap();
        let (_, rest) = text.split_once("/settings/notifications/confirm/").unwrap();
        rest.chars().take_while(char::is_ascii_hexdigit).collect()
    }

    pub fn sim(&self) -> &Arc<Sim> {
        self.running.sim()
    }

    pub fn shop(&self) -> &ShopId {
        self.shop.as_ref().unwrap()
    }

    /// Hears everything that waits.
    pub async fn hear(&self) -> usize {
        match self
            .ear
            .hear(self.owner.scope.merchant(), Span::ZERO)
            .await
            .unwrap()
        {
            Heard::Updates(many) => many,
            other => panic!("not heard: {other:?}"),
        }
    }

    /// Says what is due, with the time that the limits want between.
    pub async fn say(&self) -> u32 {
        let mut sent = 0;
        for _ in 0..12 {
            let report: SendReport = self.sender.turn().await.unwrap();
            sent += report.sent;
            self.sim().step(Span::from_millis(1_100));
        }
        sent
    }

    pub async fn clerks(&self, turns: usize) {
        for _ in 0..turns {
            self.clerk.turn(&CancellationToken::new()).await.unwrap();
            self.sim().step(Span::from_secs(5));
        }
    }

    /// Somebody orders; it is read.
    pub async fn order(&self) -> String {
        let uid = &self.sim().world.shops[0].uid;
        let code = self
            .sim()
            .order(uid, None, Some(Way::Kaspi { express: false }))
            .unwrap();
        self.orders
            .read_now(&self.owner.scope, self.shop())
            .await
            .unwrap();
        self.sim().step(Span::from_mins(1));
        self.clerks(1).await;
        code
    }

    pub async fn stage(&self, code: &str) -> Stage {
        let view = self
            .orders
            .view(&self.owner.scope, self.shop(), code)
            .await
            .unwrap();
        view.order.seen.stage
    }

    /// How many commands an order ever had.
    pub async fn commands(&self, code: &str) -> usize {
        let view = self
            .orders
            .view(&self.owner.scope, self.shop(), code)
            .await
            .unwrap();
        view.commands.len()
    }

    /// What the bot has said in a chat, oldest first.
    pub fn said(&self, chat: i64) -> Vec<BotMessage> {
        let mut all = self.sim().telegram_sent();
        all.retain(|message| message.chat == chat);
        all.sort_by_key(|message| message.id);
        all
    }

    pub fn last(&self, chat: i64) -> BotMessage {
        self.said(chat).pop().unwrap()
    }

    /// Texts in a chat that hold these words.
    pub fn count(&self, chat: i64, words: &str) -> usize {
        self.said(chat)
            .iter()
            .filter(|message| message.text.contains(words))
            .count()
    }

    /// Presses a button of the newest message that has it; the id of the press.
    pub fn press(&self, chat: i64, person: i64, button: &str) -> String {
        let message = self
            .said(chat)
            .into_iter()
            .rev()
            .find(|message| message.buttons.iter().any(|label| label == button))
            .unwrap_or_else(|| panic!("no button {button} in {:?}", self.said(chat)));
        self.sim()
            .telegram_press(chat, person, message.id, button)
            .unwrap()
    }

    /// What who pressed was told.
    pub fn answer(&self, press: &str) -> String {
        self.sim()
            .telegram_answer(press)
            .map(|(words, _)| words)
            .unwrap_or_default()
    }

    pub async fn hire(&self, role: Role, login: &str) -> Session {
        let link = self.accounts.invite(&self.owner.scope, role, "").await.unwrap();
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

    pub fn fault(&self, kind: FaultKind, after_effect: bool) {
        self.sim().add_fault(Fault {
            after_effect,
            path: Some("sendMessage".to_owned()),
            ..Fault::times(kind, Service::Telegram, 1)
        });
    }

    /// Words of the troubles that the page lists.
    pub async fn troubles(&self) -> Vec<String> {
        let troubles = self.team.troubles(&self.owner.scope).await.unwrap();
        troubles.into_iter().map(|trouble| trouble.word).collect()
    }

    /// Words of the open notices.
    pub async fn notices(&self) -> Vec<String> {
        let notices = self.catalog.notices(&self.owner.scope, None, 100).await.unwrap();
        notices.into_iter().map(|notice| notice.word).collect()
    }
}

pub fn telegram(at: &str) -> Telegram {
    Telegram::new(TelegramSettings {
        api_url: format!("{at}/telegram"),
        total_timeout_secs: 3,
        ..TelegramSettings::default()
    })
    .unwrap()
}

fn mail_room(running: &Running) -> MailRoom {
    let address = running.sim().mail_address().unwrap();
    MailRoom {
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
    }
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
