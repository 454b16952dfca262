//! A shop of the pretend Kaspi with a line of the pretend WhatsApp: the rooms that messages need, the clock of the world.

use crate::{inbox::Inbox, wire::Wire};
use sauda_accounts::{Accounts, AccountsSettings, Scope};
use sauda_catalog::{Catalog, LoginKind};
use sauda_channel::{ChannelError, Event};
use sauda_channel_waha::{Signature, Waha, WahaSettings};
use sauda_cluster::{Cluster, Limit};
use sauda_jobs::Jobs;
use sauda_kernel::{Clock, Id, Ids, MessageLineId, ShopId, Span, TalkId, Timestamp};
use sauda_market_kaspi::{KaspiMarket, KaspiSettings};
use sauda_messages::{
    Ear, Messages, NewLine, TalkView,
    engine::{PostReport, Postman},
    hours::Hours,
    model::{Message, MessageState},
    trigger::{Setting, Trigger},
};
use sauda_orders::{
    Orders,
    engine::Clerk,
    model::{Act, Order},
};
use sauda_sim::{BuyerTemper, Options, PersonChange, Running, Said, Sim, Way};
use sauda_store::Vault;
use sauda_testkit::TestDb;
use secrecy::SecretString;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

const PHONE: &str = "+7 700 100 00 01";
const CODE_TO: &str = "+7 (700) 100-00-01";
pub const LINE: &str = "shop_1";

/// The stepped time of the world, for both sides.
struct WorldTime(Arc<Sim>);

impl Clock for WorldTime {
    fn now(&self) -> Timestamp {
        self.0.now()
    }
}

/// Hears with the client's ears.
pub struct WahaEar;

impl Ear for WahaEar {
    fn verify(
        &self,
        key: &SecretString,
        signature: Option<&str>,
        algorithm: Option<&str>,
        body: &[u8],
    ) -> Result<(), ChannelError> {
        let signature = Signature {
            hmac: signature,
            algorithm,
        };
        sauda_channel_waha::verify(key, signature, body)
    }
    fn read(&self, body: &[u8]) -> Result<Event, ChannelError> {
        sauda_channel_waha::read_event(body)
    }
}

pub struct World {
    _test: TestDb,
    pub running: Running,
    pub wire: Arc<Wire>,
    pub orders: Orders,
    pub messages: Messages,
    pub scope: Scope,
    pub shop: ShopId,
    pub clerk: Clerk,
    pub postman: Postman,
    pub inbox: Inbox,
}

impl World {
    /// A world with a connected shop whose orders are read, and no line yet. It is ten in the morning.
    pub async fn open(test: TestDb) -> Self {
        let options = Options {
            cards: 60,
            offers: 40,
            shops: 1,
            ..Options::for_tests()
        };
        let running = sauda_sim::start(options).await.unwrap();
        running.sim().live(false, false);
        let settings = KaspiSettings {
            total_timeout_secs: 5,
            ..KaspiSettings::all_at(&running.base_url())
        };
        let kaspi = Arc::new(KaspiMarket::new(settings).unwrap());
        let clock: Arc<dyn Clock> = Arc::new(WorldTime(Arc::clone(running.sim())));
        let ids: Arc<dyn Ids> = Arc::new(sauda_kernel::SystemIds);
        let db = test.db().clone();
        let cluster = Cluster::memory(clock.clone());
        let vault = Vault::from_base64("BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=").unwrap();
        let jobs = Jobs::new(db.clone(), cluster.clone(), clock.clone(), ids.clone());
        let accounts = Accounts::new(
            db.clone(),
            cluster.clone(),
            vault.clone(),
            clock.clone(),
            ids.clone(),
            AccountsSettings::default(),
        )
        .unwrap();
        let catalog = Catalog::new(
            db.clone(),
            cluster.clone(),
            jobs,
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
        let scope = Scope::system(Id::new(&*clock, &*ids), "test");
        let asked = catalog
            .connect(&scope, LoginKind::Phone, PHONE, None)
            .await
            .unwrap();
        let code = running.sim().last_code(CODE_TO).unwrap();
        let connected = catalog.enter_code(&scope, &asked.access.id, &code).await.unwrap();
        let shop = connected.shops[0].clone();
        let waha = Waha::new(WahaSettings {
            total_timeout_secs: 5,
            ..WahaSettings::default()
        })
        .unwrap();
        let wire = Arc::new(Wire::new(waha));
        let inbox = Inbox::open().await;
        let messages = Messages {
            db,
            cluster,
            accounts,
            catalog,
            orders: orders.clone(),
            messenger: wire.clone(),
            ear: Arc::new(WahaEar),
            vault,
            clock,
            ids,
            hook_base: inbox.base.clone(),
            servers: Vec::new(),
            qrs: Arc::default(),
        };
        // The world stands still while the clerk calls: its own limit would wait for ever.
        let clerk = Clerk::new(orders.clone(), "clerk").with_limit(Limit::per(10_000, Span::from_secs(1)));
        let token = running.sim().world.shops[0].token.clone();
        orders.connect(&scope, &shop, &token).await.unwrap();
        let world = Self {
            _test: test,
            running,
            wire,
            orders,
            postman: Postman::new(messages.clone(), "one"),
            messages,
            scope,
            shop,
            clerk,
            inbox,
        };
        for _ in 0..4 {
            world.clerk.turn(&CancellationToken::new()).await.unwrap();
            world.step(5);
        }
        world.turn().await;
        world
    }

    /// The same with a line whose phone was linked long ago, so that nothing but the gap holds it.
    pub async fn linked(test: TestDb) -> Self {
        let world = Box::pin(Self::open(test)).await;
        Box::pin(world.add_line()).await;
        let wishes = sauda_messages::limits::Wishes {
            warm_up: false,
            jitter: Span::ZERO,
            ..sauda_messages::limits::Limits::default().wishes()
        };
        world
            .messages
            .put_limits(&world.scope, &world.shop, wishes)
            .await
            .unwrap();
        world
    }

    pub async fn add_line(&self) -> MessageLineId {
        let new = NewLine {
            server: format!("{}/waha", self.running.base_url()),
            key: SecretString::from("pretend-whatsapp-key"),
            name: LINE.to_owned(),
        };
        let id = self
            .messages
            .add_line(&self.scope, &self.shop, &new)
            .await
            .unwrap();
        self.step(2);
        self.sim().whatsapp_scan(LINE, "77000000001").unwrap();
        self.step(1);
        self.hear().await;
        self.turn().await;
        id
    }

    pub fn sim(&self) -> &Arc<Sim> {
        self.running.sim()
    }

    pub fn step(&self, seconds: i64) {
        self.sim().step(Span::from_secs(seconds));
    }

    /// What the server called us with reaches the desk.
    pub async fn hear(&self) {
        self.sim().webhooks_quiet().await;
        for came in self.inbox.take() {
            let heard = self
                .messages
                .hear(
                    came.word(),
                    came.header("x-webhook-hmac"),
                    came.header("x-webhook-hmac-algorithm"),
                    &came.body,
                )
                .await;
            heard.unwrap();
        }
    }

    pub async fn turn(&self) -> PostReport {
        self.postman.turn(&CancellationToken::new()).await.unwrap()
    }

    /// Turns of ten seconds, with what the server says between them.
    pub async fn turns(&self, turns: usize) {
        for _ in 0..turns {
            self.hear().await;
            self.turn().await;
            self.step(10);
        }
        self.hear().await;
        self.turn().await;
    }

    /// Somebody orders, and the order is read.
    pub async fn order(&self, way: Way) -> Order {
        let uid = self.sim().world.shops[0].uid.clone();
        let code = self.sim().order(&uid, None, Some(way)).unwrap();
        self.read_orders().await;
        self.orders
            .view(&self.scope, &self.shop, &code)
            .await
            .unwrap()
            .order
    }

    pub async fn read_orders(&self) {
        self.orders.read_now(&self.scope, &self.shop).await.unwrap();
        self.step(20);
        self.clerk.turn(&CancellationToken::new()).await.unwrap();
        self.step(5);
        self.clerk.turn(&CancellationToken::new()).await.unwrap();
    }

    /// An order that was accepted after it was read.
    pub async fn accepted(&self) -> Order {
        let order = self.order(Way::Kaspi { express: false }).await;
        self.person(&order, BuyerTemper::Silent, true);
        self.act(&order.seen.code, Act::Accept).await;
        order
    }

    pub async fn act(&self, code: &str, act: Act) {
        self.orders.ask(&self.scope, &self.shop, code, act).await.unwrap();
        for _ in 0..3 {
            self.clerk.turn(&CancellationToken::new()).await.unwrap();
            self.step(3);
        }
    }

    /// What sort of person the buyer of an order is, and whether the number is in WhatsApp.
    pub fn person(&self, order: &Order, temper: BuyerTemper, exists: bool) {
        let change = PersonChange {
            exists: Some(exists),
            shows_reading: Some(true),
            hidden: Some(false),
            careful: Some(true),
            temper: Some(temper),
            ..PersonChange::default()
        };
        self.sim().whatsapp_person(&number(order), change);
    }

    pub async fn switch(&self, trigger: Trigger, is_on: bool) {
        let setting = Setting {
            is_on,
            delay: Span::ZERO,
            hours: Hours::DAYTIME,
        };
        self.messages
            .put_trigger(&self.scope, &self.shop, trigger, setting)
            .await
            .unwrap();
    }

    /// The buyer of an order writes.
    pub fn say(&self, order: &Order, text: &str) {
        let said = Said {
            session: LINE.to_owned(),
            number: number(order),
            text: text.to_owned(),
            ..Said::default()
        };
        self.sim().whatsapp_say(&said).unwrap();
        self.step(2);
    }

    pub async fn talk_of(&self, order: &Order) -> TalkView {
        let talk = self
            .messages
            .order_talk(&self.scope, &self.shop, &order.seen.code)
            .await
            .unwrap();
        let talk = talk.talk.unwrap().id;
        self.messages.talk(&self.scope, &self.shop, &talk).await.unwrap()
    }

    pub async fn talk_id(&self, order: &Order) -> TalkId {
        self.talk_of(order).await.talk.id
    }

    pub async fn write(&self, order: &Order, text: &str) {
        self.messages
            .write_to_order(&self.scope, &self.shop, &order.seen.code, text)
            .await
            .unwrap();
        self.step(1);
    }

    /// Ours in the talk of an order, oldest first.
    pub async fn ours(&self, order: &Order) -> Vec<Message> {
        let mut all = self.talk_of(order).await.messages;
        all.retain(|message| message.is_ours);
        all
    }

    /// The states of ours in the talk of an order.
    pub async fn states(&self, order: &Order) -> Vec<MessageState> {
        self.ours(order)
            .await
            .into_iter()
            .map(|message| message.state)
            .collect()
    }

    /// Texts that left, oldest first.
    pub fn left(&self) -> Vec<String> {
        self.sim()
            .whatsapp_sent()
            .into_iter()
            .map(|sent| sent.text)
            .collect()
    }

    pub async fn notices(&self) -> Vec<String> {
        let notices = self
            .messages
            .catalog
            .notices(&self.scope, None, 100)
            .await
            .unwrap();
        notices.into_iter().map(|notice| notice.word).collect()
    }
}

/// The number of an order's buyer as the pretend WhatsApp knows it.
pub fn number(order: &Order) -> String {
    sauda_channel::Phone::parse(&order.seen.phone)
        .unwrap()
        .digits()
        .to_owned()
}
